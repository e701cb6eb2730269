"""Words become rows: what stands on one baseline, from left to right."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.ground.source import Box, Seen
from extractor.reading.compose import Piece
from extractor.reading.words import Word, chunks, parted

#: two baselines nearer than this part of the font size are one
SAME_BASE = 0.36


class Row(NamedTuple):
    """The words on one baseline, from left to right, their text and their common box; ``bold``: are all?"""

    words: tuple[Word, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool

    @property
    def parted(self) -> list[Word]:
        """The words one by one."""
        return parted(self.words)


def row_of(words: Iterable[Word]) -> Row:
    """The row of words that share a baseline (at least one)."""
    ordered = tuple(sorted(words, key=lambda w: w.x0))
    if len(ordered) == 1:
        return Row(ordered, ordered[0].text, *ordered[0][1:8])
    first = max(ordered, key=lambda w: w.size)
    return Row(
        ordered,
        joined(ordered),
        ordered[0].x0,
        min(w.top for w in ordered),
        max(w.x1 for w in ordered),
        max(w.bottom for w in ordered),
        first.base,
        first.size,
        all(w.bold for w in ordered),
    )


def rows_of(words: list[Word]) -> list[Row]:
    """All words of a page as rows from top to bottom, whatever the order of the engine."""
    parts = sorted(((row_of(chunk), chunk) for chunk in chunks(words)), key=lambda p: p[0].base)
    groups: list[list[tuple[Row, list[Word]]]] = []
    for part in parts:
        if groups and _beside(groups[-1], part[0]):
            groups[-1].append(part)
        else:
            groups.append([part])
    return [
        group[0][0] if len(group) == 1 else row_of(word for _, chunk in group for word in parted(chunk))
        for group in groups
    ]


def _beside(group: list[tuple[Row, list[Word]]], row: Row) -> bool:
    """Does ``row`` share the baseline of the group, without lying on top of the words there?"""
    first = group[0][0]
    if row.base - first.base > SAME_BASE * min(row.size, first.size):
        return False
    return not any(_on_top(row, other) for other, _ in group)


def _on_top(row: Row, other: Row) -> bool:
    """Does a word of one row cover a word of the other (more than a fringe)?"""
    if min(row.x1, other.x1) - max(row.x0, other.x0) <= 0:
        return False
    fringe = 0.4 * min(row.size, other.size)
    return any(min(a.x1, b.x1) - max(a.x0, b.x0) > fringe for a in row.parted for b in other.parted)


def joined(words: Sequence[Word]) -> str:
    """The words of a row as text: the engine's own gaps where it had them, else by distance.

    A stamped day or number may touch the word before it: letters and digits of two objects stay apart.
    """
    return "".join(part for pair in zip(_gaps(words), words, strict=True) for part in (pair[0], pair[1].text))


def _gaps(words: Sequence[Word]) -> Iterator[str]:
    """What stands before each word of a row."""
    yield from [""] if words else []
    for last, word in pairwise(words):
        follows = word.order == last.order + (last.inner.many if last.inner else 1)
        if follows and word.gap and "\n" not in word.gap:
            yield word.gap
        elif word.x0 - last.x1 > 0.12 * min(word.size, last.size) or (
            not follows and last.text[-1].isalpha() and word.text[0].isdigit()
        ):
            yield " "
        else:
            yield ""


def piece_of(row: Row, opens: bool | None) -> Piece:
    """The row as a line of the source."""
    box = Box(round(row.x0, 1), round(row.top, 1), round(row.x1, 1), round(row.bottom, 1))
    return Piece(row.text, opens, row.bold, round(row.size, 1), box, words=tuple(_seen(row.words)))


def _seen(words: Sequence[Word]) -> Iterator[Seen]:
    """The words of a row that were read from a picture."""
    if all(word.sure is None for word in words):
        return
    at = 0
    for gap, word in zip(_gaps(words), words, strict=True):
        start, at = at + len(gap), at + len(gap) + len(word.text)
        if word.sure is not None:
            box = Box(round(word.x0, 1), round(word.top, 1), round(word.x1, 1), round(word.bottom, 1))
            yield Seen(start, at, box, word.sure)
