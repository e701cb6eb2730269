"""Looking up sections by their headings, and reading what stands in them."""

from collections.abc import Iterator

from extractor.ground.field import Finding, absent
from extractor.ground.paper import Paper, Section, once, trimmed_lines
from extractor.ground.shape import Shape
from extractor.ground.text import Span


def heading(paper: Paper, section: Section) -> str:
    """The words of a section's heading, ``""`` where it has none."""
    return section.title.of(paper.text) if section.title else ""


def titled(paper: Paper, shape: Shape) -> Iterator[Section]:
    """The numbered sections whose heading ``shape`` finds, in reading order."""
    for section, words in _headings(paper):
        if shape.re.search(words):
            yield section


@once
def _headings(paper: Paper) -> tuple[tuple[Section, str], ...]:
    return tuple((each, each.title.of(paper.text)) for each in paper.root.walk() if each.title)


def unsaid(paper: Paper, shape: Shape) -> Finding:
    """That nothing states a value; doubted where a heading that ``shape`` finds announces it."""
    return absent("announced", 0.5) if any(titled(paper, shape)) else absent()


def bullet_words(paper: Paper, section: Section) -> Span:
    """The first paragraph of a bullet or numbered sentence, without its label, trimmed."""
    start = section.content.start
    first = next(trimmed_lines(paper.text, Span(start, section.own.end)), None)
    return first[0] if first else Span(start, start)


def depth(section: Section) -> int:
    """How many labels the path has: 1 for ``I``, 2 for ``I.1``."""
    return section.path.count(".") + 1 if section.path else 0
