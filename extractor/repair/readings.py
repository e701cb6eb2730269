"""Every way to read damaged words: the code pages of ``tables/charmaps``, and glyph numbers.

A reading takes lines and gives their words, those that plain spaces part. Where a word can be read in several
ways, the counts settle it in the context of its line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

from extractor.ground.charmaps import Charmap, charmaps
from extractor.ground.vietnamese import LETTERS
from extractor.repair import casing, glyphids, options, tcvn3
from extractor.repair.grades import settle


@dataclass(frozen=True, eq=False)
class Reading:
    """A way to read damaged words.

    ``tells``: the characters that it changes; ``sign``: the pattern of its table for what only this damage
    leaves, ``""`` where any of ``tells`` is one that is no letter of Vietnamese; ``penalty``: nats by which
    it must do better than others, since its class is rare; ``sure``: how sure a word is that it reads;
    ``finish``: what is done with the words of all lines, when they are known; ``loses``: letters get lost in
    it, so that lines of ASCII alone can be damaged too.
    """

    name: str
    tells: frozenset[str]
    sign: str
    read: Callable[[Sequence[str]], list[list[str]]]
    penalty: float
    sure: float
    finish: Callable[[Sequence[list[str]]], list[list[str]]]
    loses: bool = False

    @cached_property
    def tell(self) -> str:
        """A pattern for what this damage leaves in a word and Vietnamese never has."""
        strange = "".join(sorted(char for char in self.tells - LETTERS if char not in _SIGNS))
        return self.sign or f"[{re.escape(strange)}]"

    def may_be(self, line: str) -> bool:
        """Can some words of ``line`` be read so?"""
        return self._pattern.search(line) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self.tell)


# Signs of Latin-1 that texts use: they tell nothing where no letter touches them.
_SIGNS = frozenset("\u00a0«»°²³±×·“”‘’–—…•½¼¾©®§¹ª\u00ad")


@cache
def readings() -> tuple[Reading, ...]:
    """Every reading, the likelier ones first."""
    found = [_of_charmap(charmap) for charmap in charmaps()]
    glyphs = Reading("glyph ids", glyphids.tells(), "", glyphids.read, 2.0, 0.95, list)
    return (*found, glyphs)


def _of_charmap(charmap: Charmap) -> Reading:
    read = partial(_read, charmap, options.KINDS[charmap.kind])
    horns = charmap.name in tcvn3.NAMES
    finish = partial(_finish, horns, frozenset(charmap.small))
    sure = 1.0 if charmap.kind == "charmap" else 0.95
    rare = charmap.order / 10
    return Reading(charmap.name, charmap.tells, charmap.tell, read, rare, sure, finish, horns)


def _read(charmap: Charmap, ways: options.Ways, lines: Sequence[str]) -> list[list[str]]:
    text = "\n".join(lines)
    if options.is_plain(charmap, text):
        read = [line.split(" ") for line in charmap.decode(text).split("\n")]
    else:
        read = [settle(ways(charmap, line.split(" "))) for line in lines]
    if not charmap.small:
        return read
    return [casing.raised(line, words) for line, words in zip(lines, read, strict=True)]


def _finish(horns: bool, small: frozenset[str], read: Sequence[list[str]]) -> list[list[str]]:
    if horns:
        read = tcvn3.with_horns(read)
    return casing.finish(small, read) if small else list(read)
