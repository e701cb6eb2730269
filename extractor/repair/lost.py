"""Which glyphs a document lost: learned from what its damaged stretches lack, then from what they became."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from math import exp, log

from extractor.ground.counts import counts
from extractor.repair.glyphs import Fill, Reader
from extractor.repair.torn import Torn, torn
from extractor.repair.vocabulary import COMMA, HOLE, Vocabulary

BASE = 5.0
_PASSES = 3
_PROOFS = 2
SURE = 0.93
_SURE_COMMA = 0.8
_ALONE = 0.98
_AROUND = 60
_POWER = 1.5
_CLOSE = 20


def read(text: str, stretches: Sequence[tuple[int, int]], known: Vocabulary) -> list[Fill]:
    """The changes for all regions."""
    missing = _missing(text, "\n".join(text[start:end] for start, end in stretches))
    prices, gap = {COMMA: 2.0, ".": 3.0} | {char: BASE - 3.5 * share for char, share in missing.items()}, 4.0
    middle: Counter[str] = Counter()
    regions = [region for start, end in stretches for region in torn(text, start, end, known)]
    for _ in range(_PASSES):
        reader = Reader(text, known, prices, gap, missing, middle)
        fills = [fill for region in regions for fill in reader.fills(region)]
        prices, learned = _learned(text, fills, missing)
        gap = _gap(text, regions, fills)
        middle = Counter(fill.new[0] for fill in fills if fill.sure > 0.9 and fill.middle)
    proofs = {fill.new.lower() for fill in fills if fill.sure > SURE and fill.new.isalpha() and all(
        new in learned for old, new in zip(text[fill.start : fill.end], fill.new, strict=True) if old == HOLE)}
    if len(proofs) < _PROOFS:
        return []
    done = kept(fills)
    for _ in range(2):
        chars = list(text)
        for fill in done:
            chars[fill.start : fill.end] = fill.new
        after = "".join(chars)
        regions = [region for start, end in stretches for region in torn(after, start, end, known)]
        reader.text = after
        more = kept([fill for region in regions for fill in reader.fills(region)])
        if not more:
            break
        done += more
    return done


def kept(fills: Sequence[Fill]) -> list[Fill]:
    """The fills that are sure enough."""
    letters = [fill for fill in fills if fill.new.isalpha() and fill.sure >= SURE]
    starts = [fill.start for fill in letters]
    return letters + [fill for fill in fills if fill.new == COMMA and fill.sure >= (_SURE_COMMA if _near(starts, fill.start) else _ALONE)]


def _near(places: list[int], place: int) -> bool:
    """Is one of ``places`` close to ``place``?"""
    at = bisect_left(places, place - _AROUND * 2)
    return at < len(places) and places[at] < place + _AROUND * 2


def _gap(text: str, regions: Sequence[Torn], fills: Iterable[Fill]) -> float:
    """What a space too many costs: less where careless typing left many."""
    taken = {place for fill in fills for place in range(fill.start, fill.end)}
    left = sum(
        not taken & {match.start(), match.start() + 1}
        for region in regions
        for match in _double().finditer(text, region.start, region.start + len(region.shown))
    )
    return min(7.0, max(3.0, -log((left + 0.5) / (text.count(HOLE) + 1))))


def _around(text: str, fills: Iterable[Fill]) -> str:
    """What stands close to the letters that were found."""
    parts, done = [], 0
    for fill in sorted(fills):
        if fill.new.isalpha():
            parts.append(text[max(done, fill.start - _CLOSE) : fill.end + _CLOSE])
            done = fill.end + _CLOSE
    return "".join(parts)


def _missing(text: str, near: str) -> dict[str, float]:
    """How much each letter that is frequent elsewhere is missing in the damaged stretches, from 0 to 1."""
    here, all_, size = Counter(near), Counter(text), len(near) / len(text)
    usual = _usual()
    usual = usual | {char.upper(): share / 20 for char, share in usual.items()}
    found = {}
    for char in {*all_, *usual}:
        if char.isalpha():
            expected = max(all_[char] * size, usual.get(char, 0.0) * len(near))
            found[char] = max(0.0, 1 - 3 * here[char] / expected) * (1 - exp(-expected))
    return found


def _learned(
    text: str, fills: Sequence[Fill], missing: dict[str, float]
) -> tuple[dict[str, float], set[str]]:
    """Cheap is what was found lost and hardly stands there intact."""
    lost: defaultdict[str, float] = defaultdict(float)
    words: dict[str, set[str]] = {}
    for fill in set(fills):
        if fill.sure > 0.9:
            for old, new in zip(text[fill.start : fill.end], fill.new, strict=True):
                if old == HOLE:
                    lost[new] += 1
                    words.setdefault(new, set()).add(text[max(0, fill.start - 7) : fill.start].split(HOLE)[-2:][0].lower() + fill.new.lower())
    for char, several in words.items():
        if char.isalpha():
            lost[char] *= (len(several) - 1) / len(several)
    here = Counter(_around(text, [fill for fill in fills if fill.sure > 0.9]))
    prices = {COMMA: 2.0, ".": 3.0}
    for char in {*here, *lost, *missing}:
        if char.isalpha() or char in ",.":
            seen = lost[char] + 0.02 + 0.3 * missing.get(char, 0.0)
            prices[char] = min(9.0, _POWER * -log(seen / (lost[char] + here[char] + 1)))
    learned = {char for char in prices if char in words and (len(words[char]) > 1 or missing.get(char, 0.0) > 0.8) and prices[char] < 3}
    return prices, learned


@cache
def _usual() -> dict[str, float]:
    """How frequent a letter is in plans."""
    found: Counter[str] = Counter()
    total = 0
    for word in counts().known():
        count = counts().count(word)
        total += count * (len(word) + 1)
        for char in word:
            found[char] += count
    return {char: count / total for char, count in found.items()}


@cache
def _double() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_])  (?= *[^\W\d_])")
