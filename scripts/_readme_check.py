"""Run what the documents for people show, in order, as a reader would: the READMEs and the pages of the site.

In ```console blocks stand commands after `$ `; lines below one are what it prints, an ellipsis (…) for
anything. A ```python block is a program of its own, a ```pycon block a session whose answers are compared.
A {code-block} with a caption is a file of that name, which the blocks below find. Other blocks are only read.
Every document is run in a scratch folder that looks like the checkout, with a copy of the package in it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("README.md", "README.vi.md", "scripts/site/**/*.md")
BLOCK = re.compile(r"^(```+)(\{code-block\} *)?(\w+)\n(?::caption: (\S+)\n\n?)?(.*?)^\1$", re.M | re.S)
NEVER = ("scripts/test",)  # it runs this
TIMEOUT = 900


class Step(NamedTuple):
    """One thing to do: ``kind`` is console, python, pycon or file; ``said`` what a command shall print."""

    kind: str
    what: str
    said: str = ""
    path: str = ""


def documents() -> list[Path]:
    """All documents that are checked."""
    return [path for pattern in DOCUMENTS for path in sorted(ROOT.glob(pattern))]


def steps(document: str) -> Iterator[Step]:
    """What a document shows to be done."""
    for _, _, kind, path, body in BLOCK.findall(document):
        if path:
            yield Step("file", body, path=path)
        elif kind == "console":
            yield from _commands(body)
        elif kind in ("python", "pycon"):
            yield Step(kind, body)


def _commands(block: str) -> Iterator[Step]:
    for piece in re.split(r"^\$ ", re.sub(r"\\\n\s*(?:> )?", "", block), flags=re.M)[1:]:
        command, _, said = piece.partition("\n")
        if not command.startswith(NEVER):
            yield Step("console", command, said)


def run(document: Path, only: str = "") -> tuple[int, list[str]]:
    """How many steps a document has (of the kind ``only``), and what went wrong."""
    found = [step for step in steps(document.read_text("utf-8")) if only in ("", step.kind)]
    with tempfile.TemporaryDirectory() as name:
        scratch = _checkout(Path(name))
        wrong = [told for step in found if (told := _fault(step, scratch))]
    return len(found), wrong


def _checkout(scratch: Path) -> Path:
    """The checkout by links, but the package, of which documents write files: nothing of the user's own."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    tracked = {path.split("/")[0] for path in listed.stdout.split("\0") if path}
    for name in sorted((tracked | {".venv"}) - {"extractor"}):
        if (ROOT / name).exists():
            (scratch / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "extractor", scratch / "extractor", ignore=shutil.ignore_patterns("__pycache__"))
    return scratch


def _fault(step: Step, scratch: Path) -> str:
    """Do one step; what is wrong with it, empty where nothing is."""
    if step.kind == "file":
        return _write(step, scratch)
    with tempfile.TemporaryDirectory() as aside:
        program = Path(aside, "block.txt")
        program.write_text(step.what, "utf-8")
        done = subprocess.run(
            _line(step, program), cwd=scratch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT,
            env={**os.environ, "PYTHONPATH": str(scratch), "PYTHONUTF8": "1", "KEHOACH_LOCALE": "C"},
        )  # fmt: skip
    if done.returncode:
        return f"{step.what.strip()}\nexit {done.returncode}\n{done.stdout[-2000:]}"
    if step.said and not shown(step.said, done.stdout):
        return f"{step.what}\nprints\n{done.stdout[-2000:]}and the document says\n{step.said}"
    return ""


def _line(step: Step, program: Path) -> list[str]:
    if step.kind == "console":
        return ["bash", "-o", "pipefail", "-c", step.what]
    if step.kind == "python":
        return [sys.executable, str(program)]
    return [sys.executable, "-m", "doctest", "-o", "ELLIPSIS", "-o", "NORMALIZE_WHITESPACE", str(program)]


def _write(step: Step, scratch: Path) -> str:
    path = (scratch / step.path).resolve()
    if not path.is_relative_to((scratch / "extractor").resolve()):
        return f"{step.path}: a document may write below extractor/ only"
    path.write_text(step.what, "utf-8")
    return ""


def shown(said: str, printed: str) -> bool:
    """Whether a command printed what the document says; `…` stands for anything, also for many lines."""
    pattern = ".*?".join(map(re.escape, said.rstrip().split("…")))
    return re.fullmatch(pattern, printed.rstrip(), re.S) is not None


def main() -> int:
    """Run every document; 1 where a step fails, or a README shows none."""
    failed = False
    for document in documents():
        count, wrong = run(document)
        name = document.relative_to(ROOT)
        print(
            f"{'FAILED' if wrong else 'ok    '} {name}: {count} examples, {len(wrong)} of them failed",
            flush=True,
        )
        print("".join(f"{name}: {told}\n" for told in wrong), end="", file=sys.stderr)
        failed |= bool(wrong) or (not count and document.parent == ROOT)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
