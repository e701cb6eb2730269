"""Spaces inside words: ``Hư ởng ứ ng, trồ ng c ây`` is ``Hưởng ứng, trồng cây``.

Kerning parts words before or after any letter. A space goes where the letters around it are a syllable
together and the counts of administrative text bear that out; where both sides are syllables of their
own (``to àn``), only in a document that shows the class again and again, or on a line that does. What no
space explains stays: pieces that have lost a letter (``c p``, ``nh n``), units behind numbers, list
letters, abbreviations, names that are no Vietnamese syllables, and rows of single letters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.joins import (
    BARE,
    CONSONANTS,
    GOOD,
    LONGEST,
    SYLLABLE,
    UNITS,
    VOWELS,
    Join,
    Run,
    apart_of,
    joins_of,
    kinds_of,
    seams_of,
    whole,
)
from extractor.repair.letters import Range, letter_spaced

_SURELY = 3  # signs that make a document sure of the class
_LIKELY, _LIKELY_LINE = 9.0, 13.0  # nats that joined words cost at most, on average, in a document, in a line
_SOUND, _SOUND_SURE = 0.75, 0.5  # share of whole words that a mended line must have


class Found(NamedTuple):
    """What the reading of one line gave: its edits, its joins and their cost, the pieces left unexplained."""

    edits: list[Edit]
    joins: int
    cost: float
    odd: int


def split(text: str) -> Iterator[Edit]:
    """Edits that take spaces out of words: first of letter-spaced lines, then of syllables."""
    marks = [match.start() for match in _mark().finditer(text)]
    if not marks:
        return
    spaced, done = letter_spaced(text, marks)
    yield from spaced
    signs = _signs(text, marks, done)
    if signs:
        yield from _joined(text, signs, done)


def _outside(marks: Sequence[int], done: Sequence[Range]) -> Sequence[int]:
    """The ``marks`` that lie in none of the sorted ranges."""
    left: list[int] = []
    at = 0
    for start, end in done:
        left += marks[at : bisect_left(marks, start, at)]
        at = bisect_left(marks, end, at)
    return [*left, *marks[at:]] if done else marks


def _joined(text: str, signs: Sequence[int], done: Sequence[Range]) -> Iterator[Edit]:
    """The edits of a document with ``signs``: of all its lines where it is sure, else of theirs."""
    words = text.count(" ") + text.count("\n") + 1
    share = len(signs) / words
    sure = len(signs) >= _SURELY and share > 0.01
    price = round(min(max(-log(2 * share), 0.5), 5.0), 1)
    found = [_line(text, line, price, sure or hits > 1) for line, hits in _lines(text, signs, sure, done)]
    joins, paid = sum(each.joins for each in found), sum(each.cost for each in found)
    if joins > 2 * sum(each.odd for each in found) and paid <= _LIKELY * joins:
        for each in found:
            dear = each.cost > _LIKELY_LINE * each.joins and (each.joins > 2 or not sure)
            if each.joins > each.odd - sure and not dear:
                yield from each.edits


def _lines(
    text: str, signs: Sequence[int], every: bool, done: Sequence[Range]
) -> Iterator[tuple[Range, int]]:
    """The lines to be read, each with the number of its signs; not those that are ``done``."""
    taken = {start for start, _ in done}
    at = start = 0
    while start < len(text) and (every or at < len(signs)):
        if not every:
            start = text.rfind("\n", 0, signs[at]) + 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        first = at
        while at < len(signs) and signs[at] < end:
            at += 1
        if start not in taken:
            yield (start, end), at - first
        start = end + 1


def _line(text: str, line: Range, price: float, sure: bool) -> Found:
    """What one line gives; nothing where it is not Vietnamese even then."""
    edits: list[Edit] = []
    joins = odd = good = total = 0
    paid = 0.0
    loud = text[line[0] : line[1]].isupper()
    known = kinds_of()
    for match in _run().finditer(text, *line):
        start, end = match.span()
        pieces = match[0].split(" ")
        kinds = [known[piece] for piece in pieces]
        good += len([kind for kind in kinds if kind & GOOD])
        total += len(pieces)
        here: list[Join] = []
        if len(pieces) > 1 and (places := seams_of(pieces, kinds)):
            run = Run(start, pieces, kinds, apart_of(text, start, end, pieces))
            here = joins_of(run, places, price, sure)
            edits += _edits(run, here)
            joins += len(here)
            paid += sum([join.cost for join in here])
            good += len(here)
            total -= sum([join.last - join.first for join in here])
        if any(kind & BARE for kind in kinds):
            odd += _odd(text, start, end, pieces, kinds, here, loud)
    share = _SOUND_SURE if sure else _SOUND
    return Found(edits if good >= share * total else [], joins, paid, odd)


def _odd(
    text: str,
    start: int,
    end: int,
    pieces: Sequence[str],
    kinds: Sequence[int],
    here: Sequence[Join],
    loud: bool,
) -> int:
    """How many consonants stay that stand alone: what is left of words that have lost letters."""
    left = [at for at, kind in enumerate(kinds) if kind & BARE]
    if here:
        inside = {at for join in here for at in range(join.first, join.last + 1)}
        left = [at for at in left if at not in inside]
    told = apart_of(text, start, end, pieces) if left else frozenset[int]()
    lone = [pieces[at] for at in left if at not in told]
    return sum(piece.islower() or (loud and len(piece) < 3) for piece in lone)


def _edits(run: Run, joins: Sequence[Join]) -> Iterator[Edit]:
    """One edit for every space inside a joined word."""
    place, at = run.start, 0
    for join in joins:
        place += sum(map(len, run.pieces[at : join.first])) + join.first - at
        at = join.first
        while at < join.last:
            place += len(run.pieces[at]) + 1
            at += 1
            yield Edit(place - 1, place, "", "split syllable", join.sure)


def _signs(text: str, marks: Sequence[int], done: Sequence[Range]) -> list[int]:
    """The ``marks`` that are signs; those between two whole words, by far the most, are told at once."""
    known, found, reach = kinds_of(), [], LONGEST + 1
    for place in _outside(marks, done):
        left = text[max(place - reach, 0) : place].rpartition(" ")[2]
        right = text[place + 1 : place + 1 + reach].partition(" ")[0].rstrip(",.;:)")
        kind = known[right]
        if known[left] & kind & SYLLABLE:
            continue
        if left.isalpha() and right.isalpha():
            if _parted(left, right) and not (left in UNITS and _numbered(text, place - len(left) - 1)):
                found.append(place)
                continue
            if not kind & BARE:
                continue
        if _sign(text, place):
            found.append(place)
    return found


@lru_cache(maxsize=1 << 12)
def _parted(left: str, right: str) -> bool:
    """Are two runs of letters one syllable, and not one each?"""
    return whole(left + right) and not (is_syllable(left) and is_syllable(right))


def _sign(text: str, place: int) -> bool:
    """Does the space at ``place`` touch a piece that only a join makes a syllable?"""
    left, right = _left(text, place), _right(text, place)
    if not right or (left in UNITS and _numbered(text, place - len(left) - 1)):
        return False
    if left and whole(left + right):
        return _parted(left, right)
    after = place + 1 + len(right)
    unit = right in UNITS and _numbered(text, place)
    if unit or not kinds_of()[right] & BARE or text[after : after + 1] != " ":
        return False
    return whole(right + _right(text, after))


def _numbered(text: str, place: int) -> bool:
    """Does a digit stand before ``place``, so that the letters behind may be a unit?"""
    return text[max(place - 1, 0) : max(place, 0)].isdigit()


def _left(text: str, place: int) -> str:
    start = place
    while start and place - start <= LONGEST and text[start - 1].isalpha():
        start -= 1
    return text[start:place]


def _right(text: str, place: int) -> str:
    match = _letters().match(text, place + 1)
    return match[0] if match else ""


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{1,8}")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@cache
def _mark() -> re.Pattern[str]:
    """A space before a vowel, or before a consonant (or ``ng``, ``nh``, ``ch``) that stands alone.

    The first condition alone turns most spaces of clean text away: a consonant and two letters.
    """
    vowels, consonants = VOWELS + VOWELS.upper(), CONSONANTS + CONSONANTS.upper()
    letters, end = vowels + consonants, r"(?=[ ,.;:\n)]|\Z)"
    often = r"(?<=ủ)y |(?<=a)n |(?<=e)m |(?<=y)êu |(?<=U)BND|(?<=ở) |(?<=í)t |(?<=ứ)ng "
    return re.compile(
        rf" (?![{consonants}][{letters}][{letters}])"
        rf"(?:[{vowels}](?!{often})|[{consonants}]{end}|[nNcC][ghGH]{end})"
    )
