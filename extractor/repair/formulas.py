"""Lines of letterhead and signature that every plan has word for word, as OCR misread them.

``Với nhận:`` → ``Nơi nhận:``. The lines are ``tables/ocr_formulas.tsv``; one that differs from a formula in
few letters, marks apart, is that formula.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.ground.source import Line, Seen
from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import strip_tones

RULE, NAME = "ocr formula", "ocr_formulas.tsv"
#: of this many letters one may differ
_PER_LETTER = 5
#: a line whose words are all surer than this is what it says
SURE = 0.9


class Formula(NamedTuple):
    """A line, and the half of the text (``head``, ``foot``) in which it stands."""

    line: str
    where: str


def formulas(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits (whole lines) for the lines of ``text`` that were read from a picture."""
    doubtful = [word.start for word in seen if word.sure < SURE]
    for line in lines:
        words = text[line.start : line.end]
        at = bisect_left(doubtful, line.start)
        if at < len(doubtful) and doubtful[at] < line.end and len(words) <= 40:
            where = "head" if line.start < len(text) / 2 else "foot"
            found = [
                row.line for row in table(NAME, Formula).rows if row.where == where and _near(words, row.line)
            ]
            if found and words not in found:
                yield Edit(line.start, line.end, found[0], RULE, 0.95)


def _near(words: str, whole: str) -> bool:
    """Do the two differ in few letters, marks and blanks apart?"""
    one, other = (strip_tones(text).replace(" ", "") for text in (words, whole))
    most = len(other) // _PER_LETTER
    return abs(len(one) - len(other)) <= most and _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    """The least number of letters to change, add or drop (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for place, to in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != to))
    return row[-1]
