"""Build the documentation: the pages of scripts/site, and a reference that is written from the code.

Sphinx with MyST and the theme Furo: permissive licences, docstrings as they are, and a site that works from a
folder, search included, as it loads no font and no script from the network. A warning fails the build.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a program, its folder would be scripts/

from scripts._docs_reference import pages  # noqa: E402

LINK = re.compile(r"(?<!!)\[([^]]+)\]\((?![a-z]+://|#)([^)#]+)[^)]*\)")
SETTINGS = {
    "project": "kehoach",
    "author": "The kehoach authors",
    "extensions": ["myst_parser", "sphinx.ext.autodoc"],
    "html_theme": "furo",
    "html_title": "kehoach",
    "html_show_sourcelink": False,
    "html_copy_source": False,
    "html_show_copyright": False,
    "myst_heading_anchors": 3,
    "autodoc_typehints": "signature",
    "autodoc_member_order": "bysource",
    "autodoc_preserve_defaults": True,
    "exclude_patterns": [],
    "highlight_language": "text",
}


def sources(folder: Path) -> None:
    """All pages into ``folder``: those of scripts/site, the reference, README.vi.md, its pictures."""
    shutil.copytree(ROOT / "scripts" / "site", folder, dirs_exist_ok=True)
    for name, page in pages().items():
        target = folder / f"{name}.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(page, "utf-8")
    readme = (ROOT / "README.vi.md").read_text("utf-8")
    (folder / "vi.md").write_text(LINK.sub(_link, readme), "utf-8")
    shutil.copytree(ROOT / "corpus" / "pictures", folder / "corpus" / "pictures")


def _link(link: re.Match[str]) -> str:
    """A link of the README as the site has it: files of the checkout are only named."""
    return f"[{link[1]}](index.md)" if link[2] == "README.md" else f"{link[1]} (`{link[2]}`)"


def build(target: Path) -> int:
    """The site in ``target``; 0 where nothing was wrong."""
    from sphinx.application import Sphinx

    with tempfile.TemporaryDirectory() as name:
        folder, trees = Path(name, "pages"), Path(name, "trees")
        sources(folder)
        app = Sphinx(
            folder, None, target, trees, "html", SETTINGS, status=None, freshenv=True, warningiserror=True
        )
        app.build()
    return int(app.statuscode)


def main() -> int:
    """Build, and say where the site lies."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "docs").resolve()
    code = build(target)
    print(f"{'FAILED' if code else 'ok'}: {target / 'index.html'}")
    return code


if __name__ == "__main__":
    sys.exit(main())
