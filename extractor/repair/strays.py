"""Marks that went astray: spacing accents (``tiê´ng``), a mark behind a space or behind the next letter.

Composition itself is ``unicode``; here a word that is no syllable as it stands gets its marks on the vowel
that makes it one, the vowel before first. Signs that look like marks come from ``tables/mojibake/marks.tsv``.
A word that no vowel makes right stays.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import LETTERS, is_syllable, strip_tones
from extractor.repair.grades import strange_characters
from extractor.repair.unicode import composed

NAME = "mojibake/marks.tsv"

_MOST = 64
_VOWELS = frozenset("aeiouy")


class Mark(NamedTuple):
    """``broken`` looks like the combining mark ``fixed``; ``yes``: ``a => b``, ``no``: stays."""

    broken: str
    fixed: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def stray_marks(text: str) -> Iterator[Edit]:
    """Edits for words of ``text`` whose marks do not stand on their vowels."""
    if text.isascii() or strange_characters(text).isdisjoint(_marks()) or not _any().search(text):
        return
    for match in _word().finditer(text):
        if new := _placed(match[0]):
            yield Edit(match.start(), match.end(), new, "stray mark", 0.95)


def _placed(word: str) -> str:
    """The syllable that ``word`` is with its marks where they belong, ``""`` where there is none."""
    if is_syllable(composed(word)):
        return ""
    letters: list[str] = []
    marks: list[tuple[str, int]] = []
    for char in word:
        if char in _marks():
            marks.append((_marks()[char], len(letters)))
        elif char != " ":
            letters.append(char)
    ways = [_vowels(letters, at) for _, at in marks]
    for places in islice(product(*ways), _MOST):
        dressed = list(letters)
        for (mark, _), place in zip(marks, places, strict=True):
            dressed[place] += mark
        whole = composed("".join(dressed))
        if is_syllable(whole) or (len(letters) == 1 and whole in LETTERS):  # ``l a ̂ ̣ p`` in a spaced line
            return whole
    return ""


def _vowels(letters: list[str], at: int) -> list[int]:
    """The places of the vowels, those before a mark first, the nearest first."""
    places = [place for place, char in enumerate(letters) if strip_tones(char).lower() in _VOWELS]
    before = [place for place in reversed(places) if place < at]
    return before + [place for place in places if place >= at]


@cache
def _marks() -> dict[str, str]:
    """Sign → the combining mark that it is."""
    known = {row.broken: row.fixed for row in table(NAME, Mark).rows}
    return {**known, **{mark: mark for mark in "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"}}


@cache
def _any() -> re.Pattern[str]:
    """A sign that may be a mark, behind or before a letter."""
    signs = re.escape("".join(_marks()))
    return re.compile(rf"[^\W\d_] ?[{signs}]|[{signs}][^\W\d_]")


@cache
def _word() -> re.Pattern[str]:
    """Letters with at least one such sign among them; one space may part a combining mark from its letter."""
    signs = re.escape("".join(_marks()))
    mark = rf"(?: (?=[\u0300-\u036f]))?[{signs}]"
    return re.compile(rf"(?<![^\W\d_])(?<![`~])[^\W\d_]{{1,7}}(?:{mark}[^\W\d_]{{0,6}}){{1,4}}(?![^\W\d_])")
