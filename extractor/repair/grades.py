"""How Vietnamese words look: the measure by which a reading of damaged text is better than another.

Words are runs of characters without a plain space; they are graded once and remembered, so that a text costs
what its distinct words cost. Grades need no counts; prices do, and rank readings that are equally good.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from unicodedata import normalize

from extractor.ground.counts import cost
from extractor.ground.vietnamese import Tally, foreign, is_syllable, letter_run

_FOREIGN = 20.0  # nats
_ABBREVIATION = 10.0  # nats
_D = {ord("Đ"): "D"}


def grade(word: str) -> Tally:
    """How many of the letter runs and strange signs of a word are syllables (none with a capital inside)."""
    return _grade(word) if len(word) <= _LONGEST else _grade.__wrapped__(word)


@lru_cache(maxsize=1 << 14)
def _grade(word: str) -> Tally:
    good = total = 0
    for letters in letter_run().findall(word):
        if says_nothing(letters):
            continue
        total += 1
        good += is_syllable(letters) and (letters.islower() or letters.isupper() or letters.istitle())
    return Tally(good, total + _strangers(word))


def _strangers(word: str) -> int:
    """How many characters of a word no Vietnamese has there."""
    if word.isascii():
        return 0 if word.isalnum() else len(_ascii_in_word().findall(word))
    return len(foreign(word)) + len(_sign_in_word().findall(word)) + len(_ascii_in_word().findall(word))


@lru_cache(maxsize=1 << 14)
def is_whole(word: str) -> bool:
    """Is ``word`` one syllable, punctuation about it apart?"""
    core = word.strip(" .,;:!?()[]“”\"'…-–*_|")
    return core.isalpha() and grade(core).right


@lru_cache(maxsize=1 << 14)
def is_measure(word: str) -> bool:
    """A number with its unit or currency: ``25ºC``, ``10µm``, ``Ø16``, ``€35``, ``20º15’``."""
    return _measure().fullmatch(word) is not None


def says_nothing(letters: str) -> bool:
    """An abbreviation (``UBND``, ``HĐND``, ``TTg``), a single letter (``5.000đ``): no sign of damage."""
    if letters.isascii():
        return len(letters) == 1 or letters.isupper() or _mixed().fullmatch(letters) is not None
    if letters in ("đ", "Đ"):
        return True
    return (
        letters.isupper()
        and len(letters) > 1
        and letters.translate(_D).isascii()
        and not is_syllable(letters)
    )


def grade_all(words: Iterable[str]) -> Tally:
    """The grade of some words together."""
    good = total = 0
    for one in map(grade, words):
        good += one[0]
        total += one[1]
    return Tally(good, total)


_plain_words: set[str] = set()  # words that were judged and hold nothing strange: a memo, never an answer
_MEMO = 1 << 15
_LONGEST = 64  # characters of a word that is remembered


@lru_cache(maxsize=2)
def odd(text: str) -> frozenset[str]:
    """The words of ``text`` that hold something that is no Vietnamese, however its marks are composed."""
    fresh = words_of(text) - _plain_words
    found = frozenset(word for word in fresh if not _plain(word))
    if len(_plain_words) > _MEMO:
        _plain_words.clear()
    _plain_words.update(word for word in fresh - found if len(word) <= _LONGEST)
    return found


@lru_cache(maxsize=2)
def strange_characters(text: str) -> frozenset[str]:
    """The characters of the odd words of ``text``: what no Vietnamese has is among them."""
    return frozenset("".join(odd(text)))


def words_of(text: str) -> set[str]:
    """The distinct words of ``text``: what plain spaces and line ends part, nothing else."""
    return set(text.replace("\n", " ").split(" "))


def price(words: Iterable[str]) -> float:
    """What some words cost by the counts, in nats; foreign characters cost as much as a strange word."""
    total, last = 0.0, ""
    for word in words:
        spent, last = _priced(word, last)
        total += spent
    return total


def price_behind(word: str, before: str) -> float:
    """What ``word`` costs behind the letter run ``before`` (lower case), in nats."""
    return _priced(word, before)[0]


def settle(choices: Sequence[Sequence[str]]) -> list[str]:
    """One of the readings of every word of a line: those that cost least together, the first of equals."""
    read = [each[0] for each in choices]
    doubts = [at for at, each in enumerate(choices) if len(each) > 1]
    while doubts:
        start = end = doubts.pop(0)
        while doubts and doubts[0] == end + 1:
            end = doubts.pop(0)
        last = ""
        for word in read[max(0, start - 1) : start]:
            last = _priced(word, "")[1]
        read[start : end + 1] = _cheapest(choices[start : end + 1], last, read[end + 1 : end + 2])
    return read


def _cheapest(choices: Sequence[Sequence[str]], last: str, after: Sequence[str]) -> list[str]:
    """The cheapest readings of neighbouring words between the run ``last`` and the word ``after``."""
    paths: dict[str, tuple[float, list[str]]] = {last: (0.0, [])}
    for readings in choices:
        step: dict[str, tuple[float, list[str]]] = {}
        for reading in readings:
            for end, (spent, before) in paths.items():
                more, new = _priced(reading, end)
                if new not in step or spent + more < step[new][0] - 1e-9:
                    step[new] = (spent + more, [*before, reading])
        paths = step
    ends = [
        (spent + sum(_priced(word, end)[0] for word in after), words) for end, (spent, words) in paths.items()
    ]
    return min(ends, key=lambda each: each[0])[1]


@lru_cache(maxsize=1 << 16)
def _priced(word: str, last: str) -> tuple[float, str]:
    """The price of a word behind the letter run ``last``, and the run it leaves for the next word."""
    total = 0.0
    for letters in letter_run().findall(word):
        small = letters.lower()
        total += _ABBREVIATION if says_nothing(letters) else cost(last, small)
        last = small
    if word and not word[-1].isalpha():
        last = ""
    return total + _FOREIGN * _strangers(word), last


def _plain(word: str) -> bool:
    graded = _grade.__wrapped__  # what is plain is remembered by `odd`
    one = graded(word)
    if one[0] < one[1] and not word.isascii():
        one = graded(normalize("NFC", word))
    return one[0] == one[1]


@cache
def _mixed() -> re.Pattern[str]:
    """An abbreviation with small consonants: ``TTg``, ``TTr``, ``GDTrH``."""
    return re.compile(r"[A-Z]{2}[A-Zbcdfghjklmnpqrstvwxz]*")


@cache
def _ascii_in_word() -> re.Pattern[str]:
    """A sign of ASCII beside a letter as glyph numbers leave it; a control character."""
    return re.compile(r"(?<=[^\W\d_])[~{}|^`\\]|[~{}|^`\\](?=[^\W\d_])|[\x00-\x08\x0e-\x1f\x7f]")


@cache
def _sign_in_word() -> re.Pattern[str]:
    """A sign of Latin-1, a minus or a bullet operator that letters touch as no text has it."""
    return re.compile(
        r"[¡-©¬-¯´-¸¼-¿\u2212\u2219](?=[^\W\d_])|(?<=[^\W\d_])[¡-©¬-¯´-¸¼-¾\u2212\u2219¹ºª»«]|[¡-©¬-¯´-¸¼-¿]{2}"
    )


@cache
def _measure() -> re.Pattern[str]:
    part = r"[£€¥Ø]?[\d.,]+[º°µ½¼¾²³]?(?:[a-zA-Z]{1,2}[²³]?)?[’'”″]?"
    return re.compile(rf"[(]?(?:{part}){{1,4}}[).,;:]*|[µ][a-zA-Z]{{1,2}}[²³]?[).,;:]*")
