"""Every way to read damaged words: the code pages of ``tables/charmaps``, and glyph numbers.

A reading takes the words of a line and gives as many back. Where a word can be read in several ways, the
counts settle it in the context of its line.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import NamedTuple

from extractor.ground.charmaps import Charmap, charmaps
from extractor.repair import glyphids, options, tcvn3
from extractor.repair.judge import settle

Rows = Sequence[tuple[list[str], list[str]]]


def as_read(rows: Rows) -> list[list[str]]:
    """The words as read."""
    return [words for _, words in rows]


class Reading(NamedTuple):
    """A way to read damaged words.

    ``tells``: characters without which it changes nothing; ``penalty``: nats by which it must do better than
    others, since its class is rare; ``sure``: how sure a word is that it reads; ``finish``: what is done with
    all lines together (words as found, words as read), when they are known.
    """

    name: str
    tells: frozenset[str]
    read: Callable[[Sequence[str]], list[str]]
    penalty: float = 0.0
    sure: float = 1.0
    finish: Callable[[Rows], list[list[str]]] = as_read


@cache
def readings() -> tuple[Reading, ...]:
    """Every reading, the likelier ones first."""
    found = [_of_charmap(charmap) for charmap in charmaps()]
    return (*found, Reading("glyph ids", glyphids.tells(), glyphids.read, 2.0, 0.95))


def _of_charmap(charmap: Charmap) -> Reading:
    ways = options.KINDS[charmap.kind]
    finish = tcvn3.finish if charmap.name in tcvn3.NAMES else as_read
    sure = 1.0 if charmap.kind == "charmap" else 0.95
    return Reading(charmap.name, charmap.tells, partial(_read, charmap, ways), charmap.order / 10, sure, finish)


def _read(charmap: Charmap, ways: options.Ways, words: Sequence[str]) -> list[str]:
    mixed = any(map(options.is_unicode, words))
    found = [ways(charmap, word, mixed) for word in words]
    if any(len(each) > 1 for each in found):
        return settle(found)
    return [each[0] for each in found]
