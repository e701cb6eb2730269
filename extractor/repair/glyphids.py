"""Glyph numbers in place of characters: what comes out of fonts without ToUnicode (Type0, Identity-H).

Word writes such runs beside others that are right, and a shifted run shifts its ASCII letters too
(``YLӋF`` is ``việc``), so each word is read in three ways: as it is, only its foreign characters, all of it.
What a reader dropped (digits and signs are control characters here) cannot come back. ``(cid:75)`` is the same
number written out.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import LETTERS
from extractor.repair.judge import grade, settle

NAME = "mojibake/glyphid_times.tsv"

_RARE = frozenset((255, 264))  # đ and Đ show as ÿ and Ĉ
_LONGEST = 16
_MOST = 256


class Glyph(NamedTuple):
    """The number ``gid`` of a font is the character ``char``."""

    gid: int
    char: str
    note: str


def tells() -> frozenset[str]:
    """Characters that Vietnamese text never has and that glyph numbers show as."""
    rare = (gid for gid in _glyphs() if gid > 0x2B0 or gid < 0x09 or 0x0D < gid < 0x20 or gid in _RARE)
    return frozenset(map(chr, rare))


def read(line: str) -> list[str]:
    """The words of ``line`` by the numbers of Times New Roman and Arial.

    Where the line is right only when all of it is read, so is a word that tells nothing and looks like no
    number or abbreviation (``8%1'`` is ``UBND``); where only its letters beyond ASCII were shifted, a word that
    is right as it is may be another (``chju`` and ``tru`` are ``châu`` and ``trì``).
    """
    words = line.split(" ")
    ways = list(map(_ways, words))
    if sum(each.toned for each in ways) > 1:
        return settle([_with_toned(word) for word in words])
    if sum(each.whole for each in ways) > 1 + 4 * sum(each.raw for each in ways):
        return settle([each.words[-1:] if each.odd else each.words for each in ways])
    return settle([each.words for each in ways])


def written_out(text: str) -> Iterator[Edit]:
    """Edits for ``(cid:N)``, the number as a reader of PDF writes it; unknown numbers stay."""
    known = _glyphs()
    for match in _cids().finditer(text):
        chars = [known.get(int(number), "") for number in _cid().findall(match[0])]
        if all(chars):
            yield Edit(match.start(), match.end(), "".join(chars), "glyph ids", 0.95)


class _Ways(NamedTuple):
    """The readings of a word, all of it last, and what they tell.

    ``raw``, ``whole``, ``toned``: only as it is, only all of it, only with letters that fall on ASCII is it
    right; ``odd``: it tells nothing, and looks like no number or abbreviation.
    """

    words: list[str]
    raw: bool
    whole: bool
    toned: bool
    odd: bool


@lru_cache(maxsize=1 << 14)
def _ways(word: str) -> _Ways:
    mild, whole = word.translate(_foreign()), word.translate(_glyphs())
    words = [word, mild, whole]
    if any(char < " " or "\x7f" <= char <= "\x9f" for char in word):
        words = [mild, whole]
    right = list(dict.fromkeys(filter(_right, words)))
    toned = [] if right else _toned_ways(word)
    odd = grade(word).total == 0 and not _natural().fullmatch(word)
    kept = right if len(right) == 1 else list(dict.fromkeys([*toned, *words]))
    return _Ways(kept, right == [word], right == [whole], bool(toned), odd)


def _right(word: str) -> bool:
    """Are the letter runs of ``word`` syllables, with the signs about them that words have?"""
    return grade(word).right and _shape().fullmatch(word) is not None


@lru_cache(maxsize=1 << 14)
def _with_toned(word: str) -> list[str]:
    return list(dict.fromkeys([*_ways(word).words, *_toned_ways(word)]))


def _toned_ways(word: str) -> list[str]:
    """à, á, ê … fall on letters of ASCII (``ngjy``): the syllables that come out."""
    if len(word) > _LONGEST or grade(word).total == 0:
        return []
    choices = [char + _toned().get(char, "") for char in word.translate(_foreign())]
    return [way for way in islice(map("".join, product(*choices)), _MOST) if _right(way)]


@cache
def _glyphs() -> dict[int, str]:
    return {row.gid: row.char for row in table(NAME, Glyph).rows}


@cache
def _foreign() -> dict[int, str]:
    return {gid: char for gid, char in _glyphs().items() if gid > 0x7E}


@cache
def _toned() -> dict[str, str]:
    """ASCII character → the Vietnamese letter whose glyph number it is."""
    return {chr(gid): char for gid, char in _glyphs().items() if 0x60 < gid < 0x7F and char in LETTERS}


@cache
def _shape() -> re.Pattern[str]:
    """A word, or several parted by a hyphen or slash, in brackets, quotes and punctuation."""
    return re.compile(r"[(\[“\"‘-]*[^\W\d_]+(?:[-/–][^\W\d_]+)*[)\]”\"’.,;:?!…]*")


@cache
def _natural() -> re.Pattern[str]:
    """Numbers, codes, abbreviations, labels and lone signs."""
    return re.compile(r"[(\[“\"]*(?:[\d./,:-]*|[A-Za-zĐ./&-]*)[)\].,;:%”\"]*")


@cache
def _cid() -> re.Pattern[str]:
    return re.compile(r"\(cid:(\d{1,5})\)")


@cache
def _cids() -> re.Pattern[str]:
    return re.compile(r"(?:\(cid:\d{1,5}\))+")
