"""Glyph numbers in place of characters: what comes out of fonts without ToUnicode (Type0, Identity-H).

Word writes such runs beside others that are right, and a shifted run shifts its ASCII letters too
(``YLӋF`` is ``việc``), so each word is read in three ways: as it is, only its foreign characters, all of it.
What a reader dropped (digits and signs are control characters here) cannot come back. ``(cid:75)`` is the same
number written out.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.repair.judge import settle

NAME = "mojibake/glyphid_times.tsv"


class Glyph(NamedTuple):
    """The number ``gid`` of a font is the character ``char``."""

    gid: int
    char: str
    note: str


def tells() -> frozenset[str]:
    """Characters that Vietnamese text never has and that glyph numbers show as."""
    return frozenset(chr(gid) for gid in _glyphs() if gid > 0x2B0 or gid < 0x09 or 0x0D < gid < 0x20 or gid in _RARE)


def read(words: Sequence[str]) -> list[str]:
    """The words of a line by the numbers of Times New Roman and Arial."""
    return settle([_ways(word) for word in words])


def written_out(text: str) -> Iterator[Edit]:
    """Edits for ``(cid:N)``, the number as a reader of PDF writes it; unknown numbers stay."""
    known = _glyphs()
    for match in _cids().finditer(text):
        chars = [known.get(int(number), "") for number in _cid().findall(match[0])]
        if all(chars):
            yield Edit(match.start(), match.end(), "".join(chars), "glyph ids", 0.95)


def _ways(word: str) -> list[str]:
    """As it is (unless it holds control characters), its foreign characters only, all of it."""
    partly, whole = word.translate(_partly()), word.translate(_glyphs())
    if any(char < " " or "\x7f" <= char <= "\x9f" for char in word):
        return list(dict.fromkeys([whole, partly]))
    return list(dict.fromkeys([word, partly, whole]))


_RARE = frozenset((255, 264))  # đ and Đ show as ÿ and Ĉ


@cache
def _glyphs() -> dict[int, str]:
    return {row.gid: row.char for row in table(NAME, Glyph).rows}


@cache
def _partly() -> dict[int, str]:
    return {gid: char for gid, char in _glyphs().items() if gid > 0x7E}


@cache
def _cid() -> re.Pattern[str]:
    return re.compile(r"\(cid:(\d{1,5})\)")


@cache
def _cids() -> re.Pattern[str]:
    return re.compile(r"(?:\(cid:\d{1,5}\))+")
