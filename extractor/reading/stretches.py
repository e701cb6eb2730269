"""The words of a PDF page: stretches of its text with the places that pdfium tells of their ends.

Where nothing on a page needs the places of single words, whole lines stand for words and the page
costs half. Elsewhere the words of a line that was drawn at once stay together until somebody needs them one
by one (:func:`~extractor.reading.words.parted`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from extractor.reading import characters
from extractor.reading.characters import Boxes
from extractor.reading.words import Frame, Inner, Word

#: pdfium's sign for a hyphen at a line end
LINE_END_HYPHEN = "\ufffe"
#: what counts as a word: stretches without white space, or whole lines of the engine
WORDS = "[^ \t\r\n\u00a0\ufffe]+\ufffe?|\ufffe"
LINES = "[^ \t\r\n\u00a0\ufffe](?:[^\r\n\ufffe]*[^ \t\r\n\u00a0\ufffe])?\ufffe?|\ufffe"
#: of a stretch: its baseline (user space), its font size, and whether it is bold
Facts = tuple[float, float, bool]


class _Stretches(NamedTuple):
    """Stretches ``[start, end)`` of a page's text, and the boxes of their first and last characters."""

    text: str
    frame: Frame
    starts: list[int]
    ends: list[int]
    firsts: Boxes
    lasts: Boxes

    def word(self, at: int, facts: Facts) -> Word:
        """One stretch as a word."""
        one, other = self.firsts, self.lasts
        box = (
            min(one.left[at], other.left[at]),
            min(one.low[at], other.low[at]),
            max(one.right[at], other.right[at]),
            max(one.high[at], other.high[at]),
        )
        return self._placed(at, at, box, facts)

    def line(self, first: int, last: int, facts: Facts) -> Word:
        """Stretches that were drawn at once, as one word."""
        one, other, end = self.firsts, self.lasts, last + 1
        low = min(*one.low[first:end], *other.low[first:end])
        high = max(*one.high[first:end], *other.high[first:end])
        head = max(one.right[first], other.right[first]) - self.frame.left

        def words() -> list[Word]:
            return [self.word(at, facts) for at in range(first, end)]

        box = (one.left[first], low, other.right[last], high)
        return self._placed(first, last, box, facts, Inner(words, end - first, head))

    def _placed(
        self,
        first: int,
        last: int,
        box: tuple[float, float, float, float],
        facts: Facts,
        inner: Inner | None = None,
    ) -> Word:
        start, end, (base, size, bold) = self.starts[first], self.ends[last], facts
        shown, gap = self.text[start:end], self.text[self.ends[first - 1] if first else 0 : start]
        if shown[-1] == LINE_END_HYPHEN:
            shown = shown[:-1] + "-"
        corners = self.frame.placed(box, (self.firsts.left[first], base))
        return Word(shown, *corners, size, bold, gap, first, None, inner)

    def rightwards(self, first: int, last: int) -> bool:
        """Do these words stand from left to right, none on another?"""
        sides = [0.0] * (2 * (last + 1 - first))
        sides[::2], sides[1::2] = self.firsts.left[first : last + 1], self.lasts.right[first : last + 1]
        return sides == sorted(sides)


def words_of(textpage: Any, text: str, frame: Frame, unit: str = WORDS) -> list[Word]:
    """The words (or lines, by ``unit``) of a text page whose characters are ``text``."""
    found = _stretches(textpage, text, frame, unit)
    facts = _facts(textpage, found, range(len(found.starts)))
    return [found.word(at, fact) for at, fact in enumerate(facts)]


def lines_of(textpage: Any, text: str, frame: Frame) -> list[Word]:
    """The words of a text page, those of a line that was drawn at once as one."""
    found = _stretches(textpage, text, frame, WORDS)
    runs = list(_runs(textpage, found))
    facts = _facts(textpage, found, [first for first, _ in runs])
    return [
        found.line(first, last, fact) if last > first else found.word(first, fact)
        for (first, last), fact in zip(runs, facts, strict=True)
    ]


def _stretches(textpage: Any, text: str, frame: Frame, unit: str) -> _Stretches:
    spans = [match.span() for match in re.finditer(unit, text)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    firsts = characters.boxes(textpage, starts)
    return _Stretches(
        text, frame, starts, ends, firsts, characters.boxes(textpage, [end - 1 for end in ends])
    )


def _facts(textpage: Any, found: _Stretches, wanted: Sequence[int]) -> Iterator[Facts]:
    """What pdfium tells of the wanted stretches."""
    firsts, boxes = [found.starts[at] for at in wanted], found.firsts.of(wanted)
    bold = characters.bold(textpage, [(found.starts[at], found.ends[at]) for at in wanted])
    bases, sizes = characters.bases(textpage, firsts, boxes), characters.sizes(textpage, firsts, boxes)
    return zip(bases, sizes, bold, strict=True)


def _runs(textpage: Any, words: _Stretches) -> Iterator[tuple[int, int]]:
    """The first and the last word of each line that was drawn at once; other words one by one.

    At once: by one text object, level, from left to right.
    """
    lasts = [bisect_left(words.starts, line.end()) - 1 for line in re.finditer(LINES, words.text)]
    firsts = [0, *(last + 1 for last in lasts[:-1])] if lasts else []
    begin = _hands(textpage, [words.starts[at] for at in firsts], words.firsts.of(firsts))
    end = _hands(textpage, [words.ends[at] - 1 for at in lasts], words.lasts.of(lasts))
    for first, last, one, other in zip(firsts, lasts, begin, end, strict=True):
        if one == other and one[0] and not words.frame.turn and words.rightwards(first, last):
            yield first, last
        else:
            yield from ((at, at) for at in range(first, last + 1))


def _hands(textpage: Any, indices: list[int], boxes: Boxes) -> Iterator[tuple[int | None, float]]:
    """The text object and the baseline of characters."""
    bases = characters.bases(textpage, indices, boxes)
    return zip(characters.objects(textpage, indices), bases, strict=True)
