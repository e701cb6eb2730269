"""Lines of letterhead and signature that every plan has word for word, as OCR misread them.

``Với nhận:`` → ``Nơi nhận:``. The lines are ``tables/ocr_formulas.tsv``; one that differs from a formula in
few letters, marks apart, is that formula.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.ground.shape import Shape
from extractor.ground.source import Line, Seen, within
from extractor.ground.tables import table
from extractor.ground.text import Edit, Span
from extractor.ground.vietnamese import strip_tones

RULE, NAME = "ocr formula", "ocr_formulas.tsv"
#: of this many letters one may differ
_PER_LETTER = 4
#: letters from which a word may differ in more than marks
SHORT = 3
#: a line whose words are all surer than this is what it says
SURE = 0.9
#: characters of a line that may be a formula
LONGEST = 44

SIGNER = Shape(
    "a signer's name with the stroke of a pen between its words, or another sign behind a degree",
    r"(?P<junk>[^\w\s(]{1,2}\s?)?(?:(?:PGS|GS|TS|ThS|BS|DS|KS|CN)(?:(?P<stop>[:;,])|\.)\s?){0,4}"
    r"\p{Lu}\p{Ll}+(?:(?:(?P<stroke>[-_–~])| )\p{Lu}\p{Ll}+){1,4}",
    yes=("Lâm-Thị Ngọc Điệp", "TS: Hoàng Thị Lụa", "'Nguyễn Văn An"),
    no=("Lưu: VT", "- Như trên", "TM. UBND"),
    how="fullmatch",
)


class Formula(NamedTuple):
    """A line, and the half of the text (``head``, ``foot``) in which it stands."""

    line: str
    where: str


def formulas(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits (words of fixed lines, signs in a signer's name) for lines of ``text`` read from a picture."""
    for line in lines:
        words = text[line.start : line.end]
        read = within(seen, Span(line.start, line.end))
        if len(words) > LONGEST or all(word.sure >= SURE for word in read):
            continue
        where = "head" if line.start < len(text) / 2 else "foot"
        whole = _formula(words, where)
        if whole is not None:
            if words != whole:
                yield Edit(line.start, line.end, whole, RULE, 0.95)
        elif where == "foot" and (name := SIGNER.re.fullmatch(words)):
            for group, new in (("junk", ""), ("stroke", " "), ("stop", ".")):
                yield from (
                    Edit(line.start + a, line.start + b, new, RULE, 0.9) for a, b in name.spans(group)
                )


def _formula(words: str, where: str) -> str | None:
    """The one fixed line that ``words`` is; ``None`` where it is none, or could be two."""
    rows = [row.line for row in table(NAME, Formula).rows if row.where == where]
    same = [whole for whole in rows if _letters(words) == _letters(whole)]
    if same:
        return same[0] if not words[:1].isalnum() or not words[-1:].isalnum() else words
    near = [(off, whole) for whole in rows if (off := _off(words, whole)) is not None]
    least = min(near, default=(0, ""))[0]
    found = {strip_tones(whole): whole for off, whole in near if off == least}
    return next(iter(found.values())) if len(found) == 1 else None


def _letters(words: str) -> str:
    """The letters and digits of a line, its marks kept."""
    return "".join(filter(str.isalnum, words))


def _off(words: str, whole: str) -> int | None:
    """How many letters the two differ in, word by word, marks and signs apart; ``None`` where by too many.

    As many words as the formula has. Two letters (``TM``, ``KT``) may differ in marks alone, for they say who
    signs; three in one letter, longer ones in one of four.
    """
    one, other = (re.findall(r"[^\W_]+", strip_tones(text)) for text in (words, whole))
    if len(one) != len(other):
        return None
    total = 0
    for read, right in zip(one, other, strict=True):
        off = _distance(read, right)
        if off > (max(1, len(right) // _PER_LETTER) if len(right) >= SHORT else 0):
            return None
        total += off
    return total


def _distance(one: str, other: str) -> int:
    """The least number of letters to change, add or drop (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        last, row[0] = row[0], at
        for place, to in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != to))
    return row[-1]
