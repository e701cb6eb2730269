"""The ways in which the damaged words of a line can be read by a code page; the first is the likeliest.

``charmap``: every row holds. ``marks``: the marks are punctuation too (VIQR), so that a word may end in one.
``choices``: a character may stand for itself or for what its rows say (a converter that took one table for
another, UTF-16 whose high bytes are lost), so that only syllables tell.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import product
from math import prod

from extractor.ground.charmaps import Charmap
from extractor.ground.vietnamese import LETTERS
from extractor.repair.grades import grade, is_measure, price_behind

_MOST = 256  # ways of one word that are looked at
_KEPT = 4  # of which so many go on to be settled by their neighbours
_CUT = {".": 1.0, "?": 4.0, "'": 4.0}  # nats by which a mark is likelier than punctuation
_ENDS = ".?'"  # marks that are punctuation at the end of words
_OUTER = " .,;:!?()[]“”\"'"
_ADDRESS = frozenset("@/_0123456789")
_ROMAN = frozenset("IVX")
_BEYOND = frozenset(char for char in LETTERS if char > "\xff")  # no single byte of Latin-1 shows as these

Ways = Callable[[Charmap, Sequence[str]], list[list[str]]]


def charmap_ways(charmap: Charmap, words: Sequence[str]) -> list[list[str]]:
    """A word that is Unicode already stays; in a line that has such, so does every word that is right."""
    mixed = any(not _BEYOND.isdisjoint(word) for word in words)
    return [[word] if word.isascii() else _charmap_ways(charmap, word, mixed) for word in words]


def _charmap_ways(charmap: Charmap, word: str, mixed: bool) -> list[str]:
    if (mixed and (not _BEYOND.isdisjoint(word) or grade(word).right)) or is_measure(word):
        return [word]
    ways = [charmap.decode(word)]
    if not charmap.wide_signs.isdisjoint(word) and grade(wide := charmap.decode(word, wide=True)).right:
        ways.append(wide)
    if mixed:
        return [way for way in ways if grade(way).right][:1] or [word]
    return _likeliest(ways)


def mark_ways(charmap: Charmap, words: Sequence[str]) -> list[list[str]]:
    """A mark at the end may be punctuation: ``mu.`` is ``mụ``, or the end of a sentence before a capital.

    The word before tells, since nothing is known of words that punctuation parts. A line without any mark
    that is surely one stays.
    """
    if not _tell(charmap.tell).search(" ".join(words)):
        return [[word] for word in words]
    found: list[list[str]] = []
    before = ""
    for index, word in enumerate(words):
        end = not words[index + 1 : index + 2] or not words[index + 1][:1].islower()
        ways = _mark_ways(charmap, word, end)
        if len(ways) > 1:
            dear = [price_behind(way, before) + _CUT.get(way[-1:], 0.0) for way in ways]
            ways = [ways[dear.index(min(dear))]]
        found.append(ways)
        before = ways[0].strip(_OUTER).lower()
    return found


@lru_cache(maxsize=1 << 13)
def _mark_ways(charmap: Charmap, word: str, end: bool) -> list[str]:
    label = word.strip("*_ ")
    if "://" in word or "@" in word or "www." in word or _numbered().fullmatch(word):
        return [word]  # an address, a number with its parts
    if not LETTERS.isdisjoint(word) or (
        label[-1:] == "." and (_ROMAN.issuperset(label[:-1]) or len(label) == 2)
    ):
        return [word]  # Unicode already; a number or a letter, and its dot
    ways = [charmap.decode(word)]
    if end and word[-1:] in _ENDS:
        ways.append(charmap.decode(word[:-1]) + word[-1:])
    if any(char in _ADDRESS for char in word):
        ways.append(word)
    return [way for way in ways if grade(way).right] or _likeliest(ways)


def choice_ways(charmap: Charmap, words: Sequence[str]) -> list[list[str]]:
    """Every character as itself or as its rows say; the syllables among them."""
    return [_choice_ways(charmap, word) for word in words]


@lru_cache(maxsize=1 << 13)
def _choice_ways(charmap: Charmap, word: str) -> list[str]:
    if grade(word).total == 0 and not any(map(_control, word)) and not _inner().search(word):
        return [word]  # an abbreviation, a label, a number
    choices = charmap.choices
    letters = [choices.get(char, char) for char in word]
    count = prod(map(len, letters))
    if count == 1:
        return ["".join(letters)]
    if count > _MOST:
        return [word, "".join(each[-1] for each in letters)]
    return _likeliest(list(map("".join, product(*letters))))


def _control(char: str) -> bool:
    return char < " " or (char > "~" and char not in LETTERS)


def is_plain(charmap: Charmap, text: str) -> bool:
    """Does the table leave no choice anywhere in ``text``?"""
    plain = charmap.kind == "charmap" and _BEYOND.isdisjoint(text) and charmap.wide_signs.isdisjoint(text)
    return plain and not _number_and_sign().search(text)


@cache
def _tell(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(r"[(]?\d+(?:\.\w)+[.)]?")


@cache
def _number_and_sign() -> re.Pattern[str]:
    """A sign of measures that a digit touches."""
    return re.compile(r"[ºµØ€£¥½¼¾²³°]\d|\d[ºµ½¼¾²³°]")


@cache
def _inner() -> re.Pattern[str]:
    """A bracket inside a word (``NGH(A``)."""
    return re.compile(r"(?<=[A-Za-z])[()](?=[A-Za-z])")


KINDS: dict[str, Ways] = {"charmap": charmap_ways, "marks": mark_ways, "choices": choice_ways}


def _likeliest(ways: Sequence[str]) -> list[str]:
    """The ways that leave the fewest strange pieces, each once."""
    if len(ways) == 1:
        return list(ways)
    graded = [(each.total - each.good, way) for way, each in zip(ways, map(grade, ways), strict=True)]
    least = min(strange for strange, _ in graded)
    return list(dict.fromkeys(way for strange, way in graded if strange == least))[:_KEPT]
