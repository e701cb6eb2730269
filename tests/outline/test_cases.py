"""Every case of `cases/tree.txt` and `cases/zones.txt`: the section tree, and the zones.

A block is `# name`, the document, `=>` and what must come out: in `tree.txt` one line a numbered
section, `path | title`, without title where the item is a plain sentence; in `zones.txt` one line a
zone, `name | its first words`. Below the name `# known failure: why` marks a case that does not hold yet.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor.pipeline import drawn

CASES = Path(__file__).parent / "cases"
BLOCK = re.compile(
    r"^# (?!known failure:)(?P<name>.+)\n(?:# known failure: (?P<fails>.+)\n)?(?P<text>(?s:.*?))\n=>\n?"
    r"(?P<lines>(?s:.*?))(?=\n+# |\n*\Z)",
    re.MULTILINE,
)


class Case(NamedTuple):
    """One block: the document and the lines that must come out."""

    name: str
    fails: str | None
    text: str
    lines: list[str]


def read(name: str) -> list[Any]:
    found = []
    for m in BLOCK.finditer((CASES / name).read_text("utf-8")):
        lines = [line.strip() for line in m["lines"].splitlines() if line.strip()]
        marks = [pytest.mark.xfail(reason=m["fails"], strict=True)] if m["fails"] else []
        found.append(pytest.param(Case(m["name"], m["fails"], m["text"], lines), id=m["name"], marks=marks))
    return found


@pytest.mark.parametrize("case", read("tree.txt"))
def test_tree(case: Case) -> None:
    paper = drawn(case.text)
    sections = [s for s in paper.root.walk() if s.numbered]
    titles = [" ".join(s.title.of(paper.text).split()) if s.title else "" for s in sections]
    assert [f"{s.path} | {t}".strip() for s, t in zip(sections, titles, strict=True)] == case.lines


@pytest.mark.parametrize("case", read("zones.txt"))
def test_zones(case: Case) -> None:
    paper = drawn(case.text)
    found = [(zone.name, " ".join(zone.span.of(paper.text).split())) for zone in paper.zones]
    wanted = [tuple(line.split(" | ", 1)) for line in case.lines]
    assert [name for name, _ in found] == [name for name, _ in wanted]
    for (name, words), (_, first) in zip(found, wanted, strict=True):
        assert words.startswith(first), name


@pytest.mark.parametrize("name", ["tree.txt", "zones.txt"])
def test_every_block_is_read(name: str) -> None:
    lines = (CASES / name).read_text("utf-8").splitlines()
    heads = sum(line.startswith("# ") and not line.startswith("# known failure:") for line in lines)
    assert len({case.id for case in read(name)}) == len(read(name)) == heads
