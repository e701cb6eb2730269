"""The lines that have words, with their places: what zones are cut from."""

from dataclasses import dataclass

from extractor.ground.text import Span
from extractor.outline.tree import lines_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line that has words: where it begins and ends in the text, and its words."""

    start: int
    end: int
    words: str


def rows_of(text: str) -> list[Row]:
    """The lines of ``text`` that have words."""
    found = lines_of(text, Span(0, len(text)))
    return [Row(start, start + len(line), line.strip()) for start, line in found if line.strip()]
