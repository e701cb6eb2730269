"""The repaired text as lines to show, with the changes of the repair in their places.

Browsers count UTF-16 units, records count code points: a :class:`Ruler` leads from one to the other.
Characters that a browser would drop or turn into others stand as signs of the same length, so that offsets
hold.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.ground.text import Span, Text
from extractor.view.changes import Change

_LOST = (*range(9), *range(14, 32), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
_SIGNS = dict.fromkeys(_LOST, "\ufffd")
_SIGNS |= {0x0B: " ", 0x0C: " ", 0x0D: "␍", 0x85: " ", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line: ``text`` as repaired, ``gone`` as they stood before; ``change`` is the number
    of the change that made them so, ``None`` where nothing was changed.
    """

    text: str
    gone: str = ""
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the repaired text; ``at`` counts UTF-16 units."""

    at: int
    pieces: tuple[Piece, ...]


class Ruler:
    """Offsets in code points as offsets in UTF-16 units."""

    __slots__ = ("_astral",)

    def __init__(self, text: str) -> None:
        self._astral = (
            [at for at, char in enumerate(text) if char > "\uffff"]
            if max(text, default="") > "\uffff"
            else []
        )

    def at(self, offset: int) -> int:
        """The offset that browsers count."""
        return offset + bisect_left(self._astral, offset)

    def span(self, span: Span) -> list[int]:
        """A span as browsers count it."""
        return [self.at(span.start), self.at(span.end)]


def lines(text: Text, found: Sequence[Change], ruler: Ruler) -> Iterator[Line]:
    """The lines of ``text`` in order; ``found`` are its changes."""
    at, pieces = 0, list[Piece]()
    for piece, end in _pieces(text, found):
        first, *more = piece.text.split("\n")
        pieces.append(Piece(first, piece.gone, piece.change))
        start = end - len(piece.text) + len(first)
        for words in more:
            yield Line(ruler.at(at), tuple(pieces))
            at = start + 1
            start = at + len(words)
            pieces = [Piece(words, "", piece.change)]
    yield Line(ruler.at(at), tuple(pieces))


def _pieces(text: Text, found: Sequence[Change]) -> Iterator[tuple[Piece, int]]:
    """Pieces that may hold line ends, each with its end in the repaired text."""
    done = 0
    for number, change in enumerate(found):
        if change.clean.start > done:
            yield Piece(shown(text.clean[done : change.clean.start])), change.clean.start
        gone = shown(change.raw.of(text.raw)).replace("\n", "⏎")
        yield Piece(shown(change.clean.of(text.clean)), gone, number), change.clean.end
        done = change.clean.end
    yield Piece(shown(text.clean[done:])), len(text.clean)


def shown(words: str) -> str:
    """Words whose every character a browser keeps; of the same length."""
    return words.translate(_SIGNS)
