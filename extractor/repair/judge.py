"""How Vietnamese words look: the measure by which a reading of damaged text is better than another.

Words are runs of characters without a plain space; they are graded once and remembered, so that a text costs
what its distinct words cost. Nothing here needs the counts; they rank readings that are equally good.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from extractor.ground.counts import cost
from extractor.ground.vietnamese import foreign, is_syllable


_FOREIGN = 20.0  # nats


class Grade(NamedTuple):
    """``good`` of ``total`` letter runs and foreign characters are Vietnamese syllables."""

    good: int
    total: int

    @property
    def share(self) -> float:
        """1.0 where there is nothing to judge."""
        return self.good / self.total if self.total else 1.0


@lru_cache(maxsize=1 << 16)
def grade(word: str) -> Grade:
    """The grade of one word. Capitals without marks and single ASCII letters say nothing."""
    good = total = 0
    for letters in _runs().findall(word):
        if letters.isascii() and (len(letters) == 1 or letters.isupper()):
            continue
        total += 1
        good += is_syllable(letters)
    if not word.isascii():
        total += len(foreign(word)) + len(_sign_in_word().findall(word))
    return Grade(good, total)


def grade_all(words: Iterable[str]) -> Grade:
    """The grade of some words together."""
    good = total = 0
    for one in map(grade, words):
        good += one[0]
        total += one[1]
    return Grade(good, total)


@lru_cache(maxsize=8)
def odd(text: str) -> frozenset[str]:
    """The words of ``text`` that hold something that is no Vietnamese, however its marks are composed."""
    return frozenset(word for word in set(text.split(" ")) if not _plain(word))


def price(words: Iterable[str]) -> float:
    """What some words cost by the counts, in nats; foreign characters cost as much as a strange word."""
    total, last = 0.0, ""
    for word in words:
        spent, last = _priced(word, last)
        total += spent
    return total


def settle(choices: Sequence[Sequence[str]]) -> list[str]:
    """One of the readings of every word of a line: those that cost least together, the first of equals."""
    paths: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
    for readings in choices:
        step: dict[str, tuple[float, list[str]]] = {}
        for reading in readings:
            for last, (spent, before) in paths.items():
                more, end = _priced(reading, last)
                if end not in step or spent + more < step[end][0] - 1e-9:
                    step[end] = (spent + more, [*before, reading])
        paths = step
    return min(paths.values(), key=lambda path: path[0])[1]


@lru_cache(maxsize=1 << 16)
def _priced(word: str, last: str) -> tuple[float, str]:
    """The price of a word behind the letter run ``last``, and the run it leaves for the next word."""
    total = 0.0
    for letters in _runs().findall(word.lower()):
        total += cost(last, letters)
        last = letters
    if word and not word[-1].isalpha():
        last = ""
    if not word.isascii():
        total += _FOREIGN * (len(foreign(word)) + len(_sign_in_word().findall(word)))
    return total, last


def _plain(word: str) -> bool:
    one = grade(word)
    if one[0] < one[1] and not word.isascii():
        one = grade(normalize("NFC", word))
    return one[0] == one[1]


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


@cache
def _sign_in_word() -> re.Pattern[str]:
    """A sign of Latin-1, a minus or a bullet operator that letters touch as no text has it."""
    return re.compile(r"[¡-©¬-¯´-¸¼-¿\u2212\u2219](?=[^\W\d_])|(?<=[^\W\d_])[¡-©¬-¯´-¸¼-¾\u2212\u2219¹ºª»«]")
