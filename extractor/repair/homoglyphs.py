"""Homoglyphs: letters of other scripts that look like Latin ones (``ĐẠI ҺỌເ`` for ``ĐẠI HỌC``).

Sites that share documents put them in against copying (``tables/mojibake/homoglyphs.tsv``). A word is mended
whole or not at all; words of another language, whose letters have no Latin look, stay.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable, letter_run
from extractor.repair.grades import strange_characters

NAME = "mojibake/homoglyphs.tsv"
_MANY = 3  # words that prove the class for the whole text


class Homoglyph(NamedTuple):
    """``broken`` looks like ``fixed``; ``yes``: ``a => b``, ``no``: stays."""

    broken: str
    fixed: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def homoglyphs(text: str) -> Iterator[Edit]:
    """Edits for the words of ``text`` that mix scripts or stand beside such words."""
    if text.isascii() or strange_characters(text).isdisjoint(_signs()):
        return
    lines = list(_lines(text))
    everywhere = sum(proven for _, proven in lines) >= _MANY
    for words, proven in lines:
        if proven or everywhere:
            for at, word, new in words:
                yield from _edits(at, word, new)


def _lines(text: str) -> Iterator[tuple[list[tuple[int, str, str]], int]]:
    """The words of each line that can be mended (place, as it is, mended), and how many of them prove it.

    A word proves it that mixes scripts, or becomes a syllable of two letters and more. A line that holds a
    word of the other script (its letters have no Latin look) is in that language, and stays.
    """
    start = 0
    for line in text.split("\n"):
        if not line.isascii():
            found = ((start + match.start(), match[0]) for match in letter_run().finditer(line))
            words = [(at, word, new) for at, word in found if (new := word.translate(looks())) != word]
            if all(_latin(new) for _, _, new in words):
                proofs = (_mixed(word) or (len(new) > 1 and is_syllable(new)) for _, word, new in words)
                yield words, sum(proofs)
        start += len(line) + 1


def _edits(at: int, word: str, new: str) -> Iterator[Edit]:
    for place, (old, char) in enumerate(zip(word, new, strict=True), at):
        if old != char:
            yield Edit(place, place + 1, char, "homoglyph", 0.98)


def _mixed(word: str) -> bool:
    """Are some of the letters of ``word`` Latin already?"""
    return any(ord(char) not in looks() for char in word)


def _latin(word: str) -> bool:
    """Does ``word`` hold letters of Latin only (the blocks that Vietnamese uses)?"""
    return all(char < "\u0250" or "\u1e00" <= char <= "\u1eff" for char in word)


@cache
def _signs() -> frozenset[str]:
    return frozenset(map(chr, looks()))


@cache
def looks() -> dict[int, str]:
    """Character (code point) → the Latin letter that it looks like."""
    return {ord(row.broken): row.fixed for row in table(NAME, Homoglyph).rows}
