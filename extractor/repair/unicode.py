"""Composed letters (NFC), and marks in the order that lets them compose. Never NFKC.

Vietnamese vowels carry a modifier (circumflex, breve, horn) and a tone. Some writers put the tone
first; NFC sorts dot below and horn itself, but ``é`` + circumflex stays two characters
(Unicode combining classes 230 and 230), so the modifier is put first here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extractor.ground.text import Edit

_MODIFIERS = "\u0302\u0306\u031b"


def compose(text: str) -> Iterable[Edit]:
    """Edits that make ``text`` NFC, one for every run of letters and marks that changes."""
    if unicodedata.is_normalized("NFC", text) and not any(mark in text for mark in _MODIFIERS):
        return []
    return _by_line(text)


def _by_line(text: str) -> Iterator[Edit]:
    """Line by line, because nothing composes over a line end."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        edits = [] if line.isascii() else list(_clusters(text, start, end))
        if not unicodedata.is_normalized("NFC", _applied(text, start, end, edits)):
            edits = [Edit(start, end, composed(line), "unicode")]
        yield from edits
        start = end + 1


def _clusters(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _cluster().finditer(text, start, end):
        old = match[0]
        new = _letter(old)
        if new != old:
            yield Edit(match.start(), match.end(), new, "unicode")


@lru_cache(maxsize=4096)
def _letter(cluster: str) -> str:
    """As :func:`composed`: a text has thousands of clusters, but few different ones."""
    return composed(cluster)


def _applied(text: str, start: int, end: int, edits: list[Edit]) -> str:
    """The line ``[start, end)`` of ``text`` after ``edits``."""
    parts, done = [], start
    for edit in edits:
        parts += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*parts, text[done:end]])


def composed(text: str) -> str:
    """NFC of ``text`` after each modifier has moved before the tone marks it follows."""
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _tone_first().sub(r"\2\1", plain))


@cache
def _cluster() -> re.Pattern[str]:
    """A character with its marks, or one that NFC itself replaces (singletons such as U+2126)."""
    return re.compile(r"[^\u0300-\u036f\n][\u0300-\u036f]+|[\u0300-\u036f]+|[^\x00-\u036f\u1e00-\u1eff]")


@cache
def _tone_first() -> re.Pattern[str]:
    return re.compile(rf"(?<![\u0300\u0301\u0303\u0309])([\u0300\u0301\u0303\u0309]++)([{_MODIFIERS}]+)")
