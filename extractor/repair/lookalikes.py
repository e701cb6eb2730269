"""Look-alikes: one letter, slash or dash that stands for another (``tables/mojibake/lookalikes.tsv``).

A row says when it holds: always, by the place in the word, by the syllable that comes out, or inside
document codes only. Words that are no Vietnamese (``El Niño``, ``Köln``) stay as they are.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable, toneless

NAME = "mojibake/lookalikes.tsv"
_LONGEST = 16  # letters of an abbreviation
_VOWELS = frozenset("aăâeêioôơuưy")


class Lookalike(NamedTuple):
    """``broken`` stands for ``fixed`` where ``when`` allows; ``yes``: ``a => b``, ``no``: stays."""

    broken: str
    fixed: str
    when: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def lookalikes(text: str) -> Iterator[Edit]:
    """Edits for the look-alikes of ``text``; nothing is read beyond the characters it holds."""
    if text.isascii():
        return
    yield from _letters(text)
    yield from _capital_words(text)
    yield from _signs(text, "slash", _slashed)
    yield from _signs(text, "dash", _dashed)


def _letters(text: str) -> Iterator[Edit]:
    for char, row in _rows("always").items():
        place = text.find(char)
        while place >= 0:
            yield Edit(place, place + 1, row.fixed, "lookalike")
            place = text.find(char, place + 1)
    present = "".join(char for char in _rows("eth", "syllable", "guess") if char in text)
    if present:
        for match in _word_with(present).finditer(text):
            yield from _word(match[0], match.start())


def _word(word: str, at: int) -> Iterator[Edit]:
    """The edits of one word; the letters of the class that only make sense together come together."""
    rows = _rows("always", "eth", "syllable", "guess")
    whole = "".join(rows[char].fixed if char in rows else char for char in word)
    good = is_syllable(whole)
    loud = len(word) <= _LONGEST and word.isupper()
    bare = len(word) <= _LONGEST and whole.isupper() and not any(map(_vowel, whole))
    for place, char in enumerate(word):
        row = rows.get(char)
        if row and row.when != "always":
            begins = place == 0 or (loud and not _vowel(word[place - 1]))
            if good or (row.when == "eth" and begins) or (row.when == "syllable" and bare):
                sure = 0.8 if row.when == "guess" else 1.0
                yield Edit(at + place, at + place + 1, row.fixed, "lookalike", sure)


def _vowel(char: str) -> bool:
    return toneless(char.lower())[0] in _VOWELS


def _capital_words(text: str) -> Iterator[Edit]:
    """``PHÕNG`` for ``PHÒNG``: the same bug, told by whole words because ``VÕ`` and ``NGÕ`` exist."""
    if "Õ" not in text:
        return
    rows = _rows("word")
    for match in _word_with("Õ").finditer(text):
        if row := rows.get(match[0]):
            place = match.start() + row.broken.index("Õ")
            yield Edit(place, place + 1, "Ò", "lookalike", 0.95)


def _signs(text: str, when: str, pattern: Callable[[str], re.Pattern[str]]) -> Iterator[Edit]:
    rows = {char: row for char, row in _rows(when).items() if char in text}
    if not rows:
        return
    for match in pattern("".join(rows)).finditer(text):
        for place, char in enumerate(match[0], match.start()):
            if char in rows:
                yield Edit(place, place + 1, rows[char].fixed, "lookalike", 0.95)


@cache
def _rows(*when: str) -> dict[str, Lookalike]:
    return {row.broken: row for row in table(NAME, Lookalike).rows if row.when in when}


@lru_cache(maxsize=256)
def _word_with(chars: str) -> re.Pattern[str]:
    """A run of letters that holds one of ``chars``."""
    other = rf"[^\W\d_{chars}]"
    return re.compile(rf"(?<![^\W\d_]){other}{{0,40}}[{chars}][^\W\d_]*")


@lru_cache(maxsize=64)
def _slashed(chars: str) -> re.Pattern[str]:
    """Number, slash, capitals (``4211⁄KH``) or capitals, slash, number; dates with two such slashes."""
    code = rf"\d ?[{chars}] ?(?=[A-ZĐ])|[A-ZĐ][{chars}](?=\d)"
    date = rf"\b\d\d?[{chars}]\d\d?[{chars}]\d{{4}}\b"
    return re.compile(f"{code}|{date}")


@lru_cache(maxsize=64)
def _dashed(chars: str) -> re.Pattern[str]:
    """The symbol of a document after its slash: ``/KH–UBND``, ``/NĐ‑CP``."""
    return re.compile(rf"/ ?[A-ZĐ][A-Za-zĐđ]{{0,9}}(?: ?[{chars}-] ?[A-ZĐ][A-Za-zĐđ&]{{0,9}}){{1,5}}")
