"""The documents for people: what they show is run, and what runs them notices what is wrong."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import _readme_check as check

READMES = ("README.md", "README.vi.md")


@pytest.mark.parametrize(
    ("said", "printed", "right"),
    [
        ("a\nb", "a\nb\n", True),
        ("a\nb", "a\n", False),
        ("a", "a\nb\n", False),
        ("a\n…", "a\nb\nc\n", True),
        ("kehoach: … failed", "kehoach: 3 failed\n", True),
        ("1.5", "1x5\n", False),
    ],
)
def test_what_is_shown_is_compared_with_what_is_printed(said: str, printed: str, right: bool) -> None:
    assert check.shown(said, printed) is right


DOCUMENT = """
```console
$ echo one \\
    two
one two
$ scripts/test
```

```text
$ echo never
```

```{code-block} python
:caption: extractor/fields/more.py

FIELD = None
```

```pycon
>>> 1 + 1
3
```
"""


def test_steps_are_told_from_what_is_only_read() -> None:
    found = list(check.steps(DOCUMENT))
    assert [step.kind for step in found] == ["console", "file", "pycon"]
    assert found[0].what.split() == ["echo", "one", "two"]
    assert (found[0].said, found[1].path, found[1].what) == (
        "one two\n",
        "extractor/fields/more.py",
        "FIELD = None\n",
    )


@pytest.mark.parametrize(
    ("block", "wrong"),
    [
        ("```pycon\n>>> 1 + 1\n2\n```\n", 0),
        ("```pycon\n>>> 1 + 1\n3\n```\n", 1),
        ("```python\nimport extractor\n```\n", 0),
        ("```python\nimport extractor.nowhere\n```\n", 1),
        ("```console\n$ echo a\nb\n```\n", 1),
        ("```console\n$ false\n```\n", 1),
        ("```{code-block} python\n:caption: ../x.py\n\n1\n```\n", 1),
        (
            "```{code-block} text\n:caption: extractor/x.txt\n\n1\n```\n"
            "```console\n$ cat extractor/x.txt\n1\n```\n",
            0,
        ),
    ],
)
def test_a_wrong_example_is_a_fault(tmp_path: Path, root: Path, block: str, wrong: int) -> None:
    document = tmp_path / "page.md"
    document.write_text(block, "utf-8")
    count, faults = check.run(document)
    assert count
    assert len(faults) == wrong
    assert not (root / "extractor" / "x.txt").exists()


def test_the_python_of_the_readme_runs(root: Path) -> None:
    pytest.importorskip("spacy")
    pytest.importorskip("polars")
    for kind in ("python", "pycon"):
        count, faults = check.run(root / "README.md", only=kind)
        assert count
        assert faults == []


@pytest.mark.parametrize("document", check.documents(), ids=lambda path: path.name)
def test_links_lead_somewhere(root: Path, document: Path) -> None:
    text = re.sub(r"^```.*?^```", "", document.read_text("utf-8"), flags=re.M | re.S)
    for link in re.findall(r"\]\((?![a-z]+://|#)([^)#]+)", text):
        made = link.startswith(("reference/", "../reference/")) or link == "vi.md"  # written at each build
        assert made or (document.parent / link).exists(), link


def test_each_readme_names_the_other(root: Path) -> None:
    for one, other in (READMES, READMES[::-1]):
        head = (root / one).read_text("utf-8").split("\n## ")[0]
        assert f"({other})" in head


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx")
    pytest.importorskip("furo")
    pytest.importorskip("myst_parser")
    target = tmp_path_factory.mktemp("site")
    build = [
        sys.executable,
        "scripts/_docs.py",
        str(target),
    ]  # a process of its own: Sphinx loads modules anew
    made = subprocess.run(build, cwd=check.ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return target


def test_the_site_fetches_nothing(site: Path) -> None:
    loads = re.compile(
        r"""<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["'](?:https?:)?//|(?:url\(|@import)\s*["']?(?:https?:)?//"""
    )
    pages = [path for kind in ("html", "css") for path in site.rglob(f"*.{kind}")]
    assert len(pages) > 15
    assert [path.name for path in pages if loads.search(path.read_text("utf-8"))] == []


def test_the_reference_names_all_there_is(site: Path) -> None:
    from extractor import __all__ as names
    from extractor.archive.rows import COLUMNS
    from extractor.fields import fields

    def page(name: str) -> str:
        return (site / "reference" / f"{name}.html").read_text("utf-8")

    assert [field.name for field in fields() if f">{field.name}<" not in page("record")] == []
    assert [table for table in COLUMNS if f"<h2>{table}<" not in page("store")] == []
    assert [name for name in names if name != "__version__" and f">{name}<" not in page("python")] == []
    for command in ("extract", "batch", "merge", "doctor"):
        assert f"kehoach {command}<" in page("commands")
    assert "--retry-failed" in page("commands")
    assert "no_libreoffice" in page("refusals")
