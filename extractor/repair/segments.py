"""Letters without spaces read as words: a Viterbi search over the counts of administrative text.

``UBNDtỉnhHàGiang`` is ``UBND``, ``tỉnh``, ``Hà``, ``Giang``. A capital behind a small letter begins a
word. Syllables and the abbreviations that plans share come first; only where these do not cover the
letters, other words may stand between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

import regex

from extractor.ground.codes import TYPES
from extractor.ground.counts import cost, counts, unlinked
from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable
from extractor.repair.joins import VOWELS

_LONGEST, _WINDOW, _STRANGER = 7, 10, 14  # letters of a syllable, of a known word, of another
_SHORT, _KNOWN = 9.0, 8.0  # nats for an abbreviation
_STRANGE, _LETTER = 12.0, 3.0  # nats for another word, and for each letter of it
_OTHER = 12.0  # nats for a foreign word that plans share
_LONE = 14.0  # nats for a lone letter (``b/c``)
_BEAM = 10.0  # nats behind the best path that a path may be
_RARE = 15.0  # nats that make a word doubtful
_AROUND = 2  # words on both sides that are read anew with a doubtful one
NAME = "words.tsv"

Choice = tuple[int, str, float, bool]  # its length, the word, its price, whether that is the same everywhere
Front = tuple[list[tuple[float, str, dict[str, int]]], float, str, float, str]
Path = tuple[float, int, str]  # the cost so far, where its last word begins, the word before that


class Term(NamedTuple):
    """``word``: no Vietnamese syllable; ``yes``: ``spaced => mended``, ``no``: stays."""

    word: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Word(NamedTuple):
    """Letters that are one word, and what it costs to read them so."""

    text: str
    cost: float


def words_of(letters: str) -> list[Word]:
    """The words of a run of letters, in order."""
    words: list[Word] = []
    before = ""
    for part in _parts(letters):
        words += _part(part, before)
        before = _context(words[-1].text.lower())
    return words


def _part(letters: str, before: str) -> list[Word]:
    """The words of letters that begin with their capitals; other words only where no syllables will do."""
    if letters in _abbreviations():
        return [Word(letters, _KNOWN)]
    here = _search(letters, before, False)
    return list(_mended(here, before)) if here else _search(letters, before, True)


def _mended(words: Sequence[Word], before: str) -> Iterator[Word]:
    """The words, where doubtful ones are read anew with their neighbours, as words of any kind."""
    doubts = [at for at, word in enumerate(words) if word.cost > _RARE]
    done = 0
    while doubts:
        first = max(doubts[0] - _AROUND, done)
        last = doubts.pop(0) + _AROUND
        while doubts and doubts[0] - _AROUND <= last:
            last = doubts.pop(0) + _AROUND
        yield from words[done:first]
        ahead = _context(words[first - 1].text.lower()) if first else before
        yield from _search("".join(word.text for word in words[first : last + 1]), ahead, True)
        done = last + 1
    yield from words[done:]


def coded(letters: str) -> list[Word]:
    """The words of letters that stand in a code, which is one of them: its capitals (``TTCPngày``)."""
    first = _parts(letters)[0]
    capitals = len(first) if first in _abbreviations() else _capitals(letters)
    rest = words_of(letters[capitals:]) if capitals < len(letters) else []
    if capitals > 1 and all(is_syllable(word.text) and word.cost < _RARE for word in rest):
        return [Word(letters[:capitals], _KNOWN), *rest]
    return words_of(letters)


def known(word: str) -> bool:
    """Is a word a syllable, an abbreviation or another word that plans share?"""
    return is_syllable(word) or word in _abbreviations() or word.lower() in _others()


def _parts(letters: str) -> list[str]:
    """The run cut before every capital behind a small letter: a word begins there."""
    return [letters] if letters[1:].islower() else _part_of().findall(letters)


def _capitals(letters: str) -> int:
    """How many capitals letters begin with."""
    return next((at for at, char in enumerate(letters) if not char.isupper()), len(letters))


def _search(letters: str, before: str, strangers: bool) -> list[Word]:
    """The cheapest words that cover ``letters``; none where they cannot be covered."""
    low, size = letters.lower(), len(letters)
    if len(low) != size:
        return [Word(letters, _STRANGE + _LETTER * size)]
    capitals = _capitals(letters)
    plain = capitals < 2 and not strangers
    paths: list[dict[str, Path]] = [{} for _ in range(size + 1)]
    paths[0][before] = (0.0, 0, "")
    for start in range(size):
        if paths[start]:
            some = _begun(low[start : start + _WINDOW])
            if not plain:
                some = [*(_strangers if strangers else _seen)(letters, low, start, capitals)]
            if some:
                _extend(paths, start, _front(paths[start]), some)
    return _back(letters, paths)


def _front(here: dict[str, Path]) -> Front:
    """What paths bring to the words that begin where they end.

    The cost so far, the last word and the words seen behind it of each path worth going on; the least cost,
    and its last word, for a word that was seen behind none; the same for a word of one price everywhere.
    """
    if len(here) == 1:
        word, path = next(iter(here.items()))
        fee, after = _links(word)
        return [(path[0], word, after)], path[0] + fee, word, path[0], word
    nearest = min(here, key=lambda word: here[word][0])
    least = here[nearest][0]
    unseen, ahead, alive = inf, "", []
    for word, (total, _, _) in here.items():
        if total <= least + _BEAM:
            fee, after = _links(word)
            alive.append((total, word, after))
            if total + fee < unseen:
                unseen, ahead = total + fee, word
    return alive, unseen, ahead, least, nearest


def _extend(paths: list[dict[str, Path]], start: int, front: Front, some: Iterable[Choice]) -> None:
    """Lengthen the paths that end at ``start`` by some words; the best path to each stays."""
    alive, unseen, ahead, least, nearest = front
    for size, word, price, fixed in some:
        total, last = (least, nearest) if fixed else (unseen, ahead)
        total += price
        if not fixed:
            for so_far, before, after in alive:
                if word in after and so_far + cost(before, word) < total:
                    total, last = so_far + cost(before, word), before
        there = paths[start + size]
        if word not in there or total < there[word][0]:
            there[word] = (total, start, last)


def _back(letters: str, paths: list[dict[str, Path]]) -> list[Word]:
    """The words of the cheapest path, from its end."""
    words: list[Word] = []
    end = len(letters)
    if not paths[end]:
        return words
    last = min(paths[end], key=lambda word: paths[end][word][0])
    while end:
        total, start, before = paths[end][last]
        words.append(Word(letters[start:end], total - paths[start][before][0]))
        end, last = start, before
    return words[::-1]


@lru_cache(maxsize=1 << 14)
def _begun(letters: str) -> Sequence[Choice]:
    """The words of the counts that begin a few letters, lower case."""
    found: list[Choice] = []
    begun = _prefixes()
    for size in range(1, len(letters) + 1):
        price = begun.get(letters[:size])
        if price is None:
            break
        if price:
            found.append((size, letters[:size], price, False))
    return found


def _seen(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """The words of the counts, and abbreviations, that may begin at ``start``."""
    for choice in _begun(low[start : start + _WINDOW]):
        if _cased(start, start + choice[0], capitals):
            yield choice
    yield from _short(letters, low, start, capitals)


def _strangers(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """Every syllable, abbreviation and other word that may begin at ``start``."""
    for size in range(1, min(len(low) - start, _STRANGER) + 1):
        if _cased(start, start + size, capitals):
            word = low[start : start + size]
            if size <= _LONGEST and is_syllable(word):
                yield size, word, cost("", word), False
            else:
                yield size, word, _strange(word), True
    yield from _short(letters, low, start, capitals)


def _strange(word: str) -> float:
    """What a word costs that is no syllable; long ones are rarely written with Vietnamese marks."""
    if len(word) == 1 or word in _others():
        return _LONE if len(word) == 1 else _OTHER
    return _STRANGE + _LETTER * len(word) * (1 if len(word) < 5 or word.isascii() else 2)


def _short(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """The abbreviations that may begin at ``start``."""
    if start < capitals:
        for size in range(2, min(capitals + 1 - start, 8, len(letters) - start) + 1):
            if letters[start : start + size] in _abbreviations():
                yield size, low[start : start + size], _SHORT if size < 3 else _KNOWN, True


def _cased(start: int, end: int, capitals: int) -> bool:
    """Is a word all small, all capitals, or begun by a capital, if the letters begin with ``capitals``?"""
    return end <= capitals or start >= capitals - 1


def _context(word: str) -> str:
    return word if word and is_syllable(word) else ""


@lru_cache(maxsize=1 << 13)
def _links(word: str) -> tuple[float, dict[str, int]]:
    """What a word costs behind ``word`` that was never seen there, beyond its own price; those that were."""
    known = counts()
    return unlinked(word), known.followers(word) if known.count(word) else {}


@cache
def _prefixes() -> dict[str, float]:
    """The beginnings of the syllables of the counts, and the price of each that is a syllable itself."""
    prices = {word: cost("", word) for word in counts().known()}
    prices.update({word: _OTHER for word in _others() if len(word) <= _WINDOW})
    found = {word[:end]: 0.0 for word in prices for end in range(1, len(word))}
    return found | prices


@cache
def _part_of() -> "regex.Pattern[str]":
    mixed = (word for word in _abbreviations() if not word.isupper())
    known = "|".join(sorted(mixed, key=len, reverse=True))
    return regex.compile(rf"(?:{known})(?![{VOWELS}])|\p{{Lu}}+\P{{Lu}}*|\P{{Lu}}+")


@cache
def _abbreviations() -> frozenset[str]:
    types = (short for every in TYPES.values() for short in every)
    told = (row.word for row in table(NAME, Term).rows if not row.word.islower())
    return frozenset([*told, *(short for short in types if len(short) > 1)])


@cache
def _others() -> frozenset[str]:
    """Foreign words that plans share."""
    return frozenset(row.word for row in table(NAME, Term).rows if row.word.islower())
