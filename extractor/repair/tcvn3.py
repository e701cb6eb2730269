"""The letter ư of TCVN3: byte AD, a soft hyphen to everybody else.

Readers drop it (``®îc``, ``trêng``), some show a plain hyphen (``t-íng``). Most words without it are no
syllables; where a word is one both ways (``lu``, ``lưu``), its neighbours tell, in a text that has no ư.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, islice, product

from extractor.ground.counts import counts
from extractor.ground.vietnamese import is_syllable
from extractor.repair.grades import grade, settle

NAMES = ("tcvn3", "tcvn5712")

_RARE = 200  # one word in 40 has ư; where one in so many has, it is lost
_PROOFS = 3  # words that must have lost it where others have it
_MOST = 16  # readings of one word


def with_horns(read: Sequence[list[str]]) -> list[list[str]]:
    """The words of lines as read, with ư where it is lost."""
    distinct = set(chain.from_iterable(read))
    strange = [word for word in distinct if (one := grade(word))[0] < one[1]]
    lost = sum(_with_horn(word, False) != [word] for word in strange)
    every = sum("ư" in word for word in chain.from_iterable(read)) * _RARE < sum(map(len, read))
    if not lost or (lost < _PROOFS and not every):
        return list(read)
    damaged = {word for word in distinct if _with_horn(word, every) != [word]}
    return [
        words if damaged.isdisjoint(words) else settle([_with_horn(word, every) for word in words])
        for words in read
    ]


@lru_cache(maxsize=1 << 14)
def _with_horn(word: str, every: bool) -> list[str]:
    """``word``, and its readings with ư where only ư makes a syllable (``every``: where it makes another)."""
    if "-" in word and (every or grade(word).share < 1) and not _compound(word):
        joined = [f"{word[: at.start()]}ư{word[at.end() :]}" for at in _hyphen().finditer(word)]
        if found := [way for way in joined if (one := grade(way)).share == 1 and one.total]:
            return [word, *found] if grade(word).share == 1 else found
    ways = [_piece_ways(piece, word, every) for piece in _pieces().split(word)]
    return ["".join(way) for way in islice(product(*ways), _MOST)]


def _piece_ways(piece: str, word: str, every: bool) -> list[str]:
    if not piece[:1].isalpha() or len(piece) > 6 or (piece.isupper() and piece.isascii()):
        return [piece]
    lone = len(piece) == 1 and piece.isascii()
    if (lone and (not every or word.strip(",;:") != piece)) or any(map(str.isdigit, word)):
        return [piece]
    if is_syllable(piece) and not every:
        return [piece]
    more = (f"{piece[:at]}ư{piece[at:]}" for at in range(len(piece) + 1))
    return [piece, *(way for way in more if is_syllable(way) and counts().count(way.lower()))]


def _compound(word: str) -> bool:
    """Whole syllables that a hyphen parts."""
    parts = [part for part in _pieces().split(word) if part[:1].isalpha()]
    return len(parts) > 1 and all(len(part) > 1 and is_syllable(part) for part in parts)


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_]+)")


@cache
def _hyphen() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_])-(?!\d)|(?<![\w-])-(?=[^\W\d_])")
