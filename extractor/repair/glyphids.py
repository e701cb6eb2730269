"""Glyph numbers in place of characters: what comes out of fonts without ToUnicode (Type0, Identity-H).

Word writes such runs beside others that are right, and a shifted run shifts its ASCII letters too
(``YLӋF`` is ``việc``), so each word is read in three ways: as it is, only its foreign characters, all of
it. What a reader dropped (digits and signs are control characters here) cannot come back. ``(cid:75)`` is the
same number written out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice, product
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import LETTERS
from extractor.repair.grades import grade, settle

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


def read(lines: Sequence[str]) -> list[list[str]]:
    """The words of ``lines`` by the numbers of Times New Roman and Arial, all in the same way."""
    mode = _mode(lines)
    return [_read(line, mode) for line in lines]


def _mode(lines: Sequence[str]) -> str:
    """How a text is shifted.

    ``foreign``: only letters that are none of ASCII, so that à, á, ê … fall on ASCII letters (``ngjy``);
    ``whole``: every word; ``mixed``: some words, beside others that are right as they are.
    """
    ways = [_ways(word) for line in lines for word in line.split(" ")]
    raw, whole = sum(each.raw for each in ways), sum(each.whole for each in ways)
    toned = sum(each.toned for each in ways)
    if toned > max(whole, 1):
        return "foreign"
    return "whole" if whole > 1 + 4 * raw else "mixed"


def _read(line: str, mode: str) -> list[str]:
    words = line.split(" ")
    if mode == "foreign":
        return settle([_with_toned(word) for word in words])
    if mode == "whole":
        return settle([_shifted(word) for word in words])
    return settle([_ways(word).words for word in words])


def written_out(text: str) -> Iterator[Edit]:
    """Edits for ``(cid:N)``, the number as a reader of PDF writes it; unknown numbers stay."""
    known = _glyphs()
    for match in _cids().finditer(text):
        chars = [known.get(int(number), "") for number in _cid().findall(match[0])]
        if all(chars):
            yield Edit(match.start(), match.end(), "".join(chars), "glyph ids", 0.95)


class _Ways(NamedTuple):
    """The readings of a word, and what tells: it is right as it is, all shifted, or with à, á … alone."""

    words: list[str]
    raw: bool
    whole: bool
    toned: bool


@lru_cache(maxsize=1 << 14)
def _ways(word: str) -> _Ways:
    mild, whole = word.translate(_foreign()), word.translate(_glyphs())
    if _control(word):
        words = [mild, whole]
    elif _natural().fullmatch(word):
        words = [word]
    else:
        words = [mild, word, whole]
    right = list(dict.fromkeys(filter(_right, words)))
    toned = [] if right or _right(whole) else _toned_ways(word)
    kept = right if len(right) == 1 else list(dict.fromkeys([*toned, *words]))
    told = _right(word), _right(whole) and not _right(mild), bool(toned)
    return _Ways(kept, told[0] and not told[1], told[1] and not told[0], told[2])


@lru_cache(maxsize=1 << 14)
def _shifted(word: str) -> list[str]:
    """All of a word; a word in capitals that means nothing when shifted was never shifted."""
    whole = word.translate(_glyphs())
    letters = sum(map(str.isalpha, word))
    if letters > 1 and not _right(whole) and not _control(word) and _natural().fullmatch(word):
        return [word]
    return [whole]


def _right(word: str) -> bool:
    """Are the letter runs of ``word`` syllables, with the signs about them that words have?"""
    return grade(word).right and _shape().fullmatch(word) is not None


def _control(word: str) -> bool:
    return any(char < " " or "\x7f" <= char <= "\x9f" for char in word)


@lru_cache(maxsize=1 << 14)
def _with_toned(word: str) -> list[str]:
    """The readings of a word whose letters beyond ASCII alone were shifted."""
    mild = word.translate(_foreign())
    return list(dict.fromkeys([mild, *_toned_ways(word)]))


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
