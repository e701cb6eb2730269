"""Wordings that mean one theme fall together, misprints, OCR noise and shortened forms among them.

A wording that keeps to a known theme (a national one) joins it: its own campaign and year first, then
any. The others are joined to each other by average linkage over how near their words are, weighed by
rarity, so that the frame of a season's themes (``Tuổi trẻ … chung tay xây dựng nông thôn mới``) binds
less than the names in it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush, nlargest
from math import log

from extractor.ground.vietnamese import strip_tones
from extractor.report.national import National
from extractor.report.vectors import neighbours
from extractor.report.wording import (
    ALTERED,
    OWN,
    SHORTENED,
    VERBATIM,
    is_shortened,
    key_of,
    label,
    similarity,
    tokens,
)  # fmt: skip

_NEAR = 0.25  # cosine from which on two wordings are looked at closely
_LOOKED_AT = 6  # national themes compared with a wording of no year
_TORN = 2  # words run together or torn in a misprinted wording
_ALIKE, _TRIED = 0.45, 12  # cosine and number of neighbours that a misprint is looked for among
_LINKED = 40  # neighbours that a wording may be linked to
_JOIN = 0.68  # nearness from which on two groups become one
_RANK = {VERBATIM: 3, SHORTENED: 2, ALTERED: 1, OWN: 0}


@dataclass(frozen=True, slots=True)
class Stated:
    """A theme as a document states it, with what is known of its campaign and year."""

    wording: str
    campaign: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a stated theme is: the group it falls into, and what it makes of the national theme of its year.

    ``group``: a number, or the index of a national theme as ``-1 - index``; ``label`` is ``None`` and
    ``base`` too where no national theme of that campaign and year is known; ``base`` indexes the themes.
    """

    group: int
    label: str | None
    base: int | None


def judged(stated: Sequence[Stated], themes: Sequence[National]) -> list[Judged]:
    """One judgement for each stated theme, in order."""
    distinct = list(dict.fromkeys(Stated(key_of(s.wording), s.campaign, s.year) for s in stated))
    against = {one: _against(one, themes) for one in distinct}
    homes = {one: home for one in distinct if (home := _home(one, themes, against[one])) is not None}
    keyed = [Stated(key_of(s.wording), s.campaign, s.year) for s in stated]
    joint = joined(Counter(one.wording for one in keyed if one not in homes))
    number = {name: n for n, name in enumerate(sorted(set(joint.values())))}
    groups = {key: number[name] for key, name in joint.items()}
    out = []
    for one in keyed:
        group = -1 - homes[one] if one in homes else groups[one.wording]
        base = against[one]
        out.append(Judged(group, None if base is None else label(themes[base].theme, one.wording), base))
    return out


def _against(one: Stated, themes: Sequence[National]) -> int | None:
    """The national theme of the document's campaign and year; of two announced wordings the nearer."""
    if one.campaign is None or one.year is None:
        return None
    same = [i for i, t in enumerate(themes) if t.campaign == one.campaign and t.year == one.year]
    return max(same, key=lambda i: (*_fit(themes[i], one), -i), default=None)


def _fit(theme: National, one: Stated) -> tuple[int, float]:
    return _RANK[label(theme.theme, one.wording)], similarity(theme.theme, one.wording)


def _home(one: Stated, themes: Sequence[National], own: int | None) -> int | None:
    """The theme a wording belongs to: any that it says word for word, its own year's, the nearest."""
    fits = {i: _fit(themes[i], one) for i in (*((own,) if own is not None else ()), *_sharing(one, themes))}
    exact = [i for i, (rank, _) in fits.items() if rank == _RANK[VERBATIM]]
    if exact:
        return _first_of(themes, exact[0])
    if own is not None and fits[own][0]:
        return _first_of(themes, own)
    near = [(near, -i) for i, (rank, near) in fits.items() if rank and _enough(themes[i], one, near)]
    return _first_of(themes, -max(near)[1]) if near else None


def _enough(theme: National, one: Stated, near: float) -> bool:
    """Is a likeness to another year's theme, or to one of an unknown year, more than shared phrases?

    A theme announced later than the document was made for can only be met by chance.
    """
    if one.year is not None and theme.year > one.year:
        return False
    return near >= (0.6 if theme.campaign == one.campaign or one.campaign is None else 0.8)


def _sharing(one: Stated, themes: Sequence[National]) -> list[int]:
    """The few themes that share most words with a wording; only they are compared word by word."""
    words = set(strip_tones(one.wording).split())
    shared = ((len(words & _bare(t.theme)) / (3 + len(_bare(t.theme))), -i) for i, t in enumerate(themes))
    found = [-i for share, i in nlargest(_LOOKED_AT, shared) if share > 0.15]
    return [i for i in found if _overlap(words, _bare(themes[i].theme)) >= 0.4]


def _overlap(words: set[str], of: frozenset[str]) -> float:
    return len(words & of) / max(1, min(len(words), len(of)))


@lru_cache(maxsize=1 << 12)
def _bare(theme: str) -> frozenset[str]:
    return frozenset(strip_tones(key_of(theme)).split())


def _first_of(themes: Sequence[National], index: int) -> int:
    """The same words announced for two years are one theme."""
    key = key_of(themes[index].theme)
    return next(i for i, theme in enumerate(themes) if key_of(theme.theme) == key)


def joined(counted: Mapping[str, int], join: float = _JOIN) -> dict[str, str]:
    """Each key's group, named by one of its keys; ``counted`` says how often each occurs.

    First each key goes to the most frequent one that it misprints; only what remains is linked pair by pair,
    so that thousands of misprints of one slogan cost no millions of pairs.
    """
    keys = sorted(counted, key=lambda key: (-counted[key], key))
    leader = _led(keys)
    leaders = [key for key in keys if leader[key] == key]
    group = dict(zip(leaders, _linked(leaders, join), strict=True))
    return {key: leaders[group[leader[key]]] for key in keys}


def _led(keys: Sequence[str]) -> dict[str, str]:
    """The key that each is a misprint of, itself where it is none; frequent keys lead."""
    by_bare: dict[str, str] = {}
    alike = {key: by_bare.setdefault(strip_tones(key), key) for key in keys}
    rest = list(by_bare.values())
    led: dict[str, str] = {}
    for key, near in zip(rest, neighbours(rest, _ALIKE, _TRIED), strict=True):
        length = len(tokens(key))
        first = (rest[i] for i in sorted(near) if led.get(rest[i]) == rest[i])
        first = (one for one in first if abs(len(tokens(one)) - length) <= _TORN)
        led[key] = next((one for one in first if label(one, key) == VERBATIM), key)
    return {key: led[alike[key]] for key in keys}


def _linked(keys: Sequence[str], join: float) -> list[int]:
    """Average linkage over how near the keys are; the number of a key in each one's group."""
    weight = _weights(keys)
    pairs = {(min(i, j), max(i, j)) for i, near in enumerate(neighbours(keys, _NEAR, _LINKED)) for j in near}
    near = {pair: nearness(keys[pair[0]], keys[pair[1]], weight) for pair in sorted(pairs)}
    return _clusters(len(keys), {pair: n for pair, n in near.items() if n > 0.3}, join)


def _weights(keys: Sequence[str]) -> Callable[[str], float]:
    """How much a word tells, by the share of wordings that have it; from 1 (rare) down to a quarter."""
    seen = Counter(word for key in keys for word in set(key.split()))
    scale = log(len(keys) + 2)
    return lambda word: max(0.25, log((len(keys) + 2) / (1 + seen.get(word, 0))) / scale)


def nearness(a: str, b: str, weight: Callable[[str], float]) -> float:
    """From 0 to 1; a wording that is a shortened form of the other is nearer than its length says."""
    plain = similarity(a, b, weight)
    longer, shorter = (a, b) if len(tokens(a)) >= len(tokens(b)) else (b, a)
    if is_shortened(longer, shorter) and len(tokens(shorter)) * 2 >= len(tokens(longer)):
        return max(plain, 0.75)
    return plain


def _clusters(count: int, near: Mapping[tuple[int, int], float], join: float) -> list[int]:
    """Average linkage inside the connected parts; pairs that are not named have nearness 0."""
    parent = list(range(count))
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in near.items():
        links[i][j] = links[j][i] = value
    size = [1] * count
    heap = [(-value, i, j) for (i, j), value in near.items() if value >= join]
    heapify(heap)
    while heap:
        value, i, j = heappop(heap)
        if parent[i] == i and parent[j] == j and links[i].get(j) == -value:
            for one in _merge(i, j, parent, size, links, join):
                heappush(heap, one)
    return [_root(parent, i) for i in range(count)]


def _merge(
    i: int, j: int, parent: list[int], size: list[int], links: dict[int, dict[int, float]], join: float
) -> list[tuple[float, int, int]]:
    """Put j into i, whose nearness becomes the mean over all members; the links that could be next."""
    fresh = []
    for other in (links[i].keys() | links[j].keys()) - {i, j}:
        value = links[i].get(other, 0.0) * size[i] + links[j].get(other, 0.0) * size[j]
        value /= size[i] + size[j]
        links[i][other] = links[other][i] = value
        links[other].pop(j, None)
        if value >= join:
            fresh.append((-value, min(i, other), max(i, other)))
    links[i].pop(j, None)
    links.pop(j, None)
    size[i] += size[j]
    parent[j] = i
    return fresh


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
