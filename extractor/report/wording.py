"""Two wordings side by side: which words stayed, were misprinted, changed, left out or added.

Words are compared by a key (case, tone style, i/y, punctuation and short forms say nothing). A
misprint is a word whose letters are the same but for marks, or that is no Vietnamese syllable and
one or two letters away; a valid other word is a change, however near (``tinh thần`` / ``tâm thần``).
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.vietnamese import fold, is_syllable, strip_tones

SAME, MISPRINT, CHANGED, MISSING, ADDED = "same", "misprint", "changed", "missing", "added"
VERBATIM, SHORTENED, ALTERED, OWN = "verbatim", "shortened", "altered", "own"
LABELS = (VERBATIM, SHORTENED, ALTERED, OWN)

_COST = {MISPRINT: 0.25, CHANGED: 1.7}  # a word left out or added costs 1
_MOST_WORDS, _MOST_CHARACTERS = 120, 1000  # of a wording; what stands behind is not compared
_ALTERED = 0.56  # similarity from which on two wordings are one theme in other words
_SHORT_SHARE, _SHORT_WORDS, _SHORT_GAPS = 0.3, 3, 3
_MOST_MISPRINTS = 0.5
_I_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
_LOOKS = str.maketrans("oOlIiSsB", "00111558")


class Token(NamedTuple):
    """A word of a wording: its offsets and the key it is compared by."""

    start: int
    end: int
    key: str


class Step(NamedTuple):
    """One step of an alignment: kind, offsets in the wording compared with, offsets in the wording."""

    kind: str
    base: tuple[int, int] | None
    own: tuple[int, int] | None


class _Short(NamedTuple):
    short: str
    words: str


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {row.short: tuple(map(_key, row.words.split())) for row in table("short_forms.tsv", _Short).rows}


@lru_cache(maxsize=1 << 15)
def _key(word: str) -> str:
    """``"Kỹ"`` and ``"kĩ"`` meet, ``"Hoà"`` and ``"hòa"``."""
    key = fold(word)
    if re.fullmatch(r"(?:qu|[hklmst])[iìíỉĩị]", key):
        key = key[:-1] + key[-1].translate(_I_TO_Y)
    return key


@lru_cache(maxsize=1 << 16)
def tokens(wording: str) -> tuple[Token, ...]:
    """The words of a wording with their offsets; a short form gives its words, all at its place."""
    return tokens_of(wording[:_MOST_CHARACTERS])[:_MOST_WORDS]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The same for a text of any length; nothing is remembered."""
    short = _short_forms()
    found: list[Token] = []
    for match in _word().finditer(text):
        key = _key(match[0])
        if key in short:
            found += [Token(match.start(), match.end(), word) for word in short[key]]
        else:
            found.append(Token(match.start(), match.end(), key))
    return tuple(found)


def keys_of(text: str) -> list[str]:
    """The keys of a long text's words, short forms as they stand; its offsets are seldom asked for."""
    return list(map(_key, _word().findall(text)))


def spots(text: str) -> list[tuple[int, int]]:
    """The offsets of the words that :func:`keys_of` gives."""
    return [match.span() for match in _word().finditer(text)]


def key_of(wording: str) -> str:
    """All keys in one string: wordings that differ in case, punctuation or tone style share it."""
    return " ".join(token.key for token in tokens(wording))


@lru_cache(maxsize=1 << 18)
def is_misprint(word: str, of: str) -> bool:
    """Could ``word`` be ``of``, misprinted or misread? Both are keys.

    Yes: "bão"/"bảo" (marks), "nghco"/"nghèo" (no syllable), "203o"/"2030". No: "tâm"/"tinh", "2025"/"2030".
    """
    if any(c.isdigit() for c in word + of):
        return word.translate(_LOOKS) == of.translate(_LOOKS) and word != of
    bare, target = _bare(word), _bare(of)
    if bare == target:
        return True
    if is_syllable(word) and is_syllable(of):
        return False
    return len(target) > 1 and _distance(bare, target) <= (1 if len(target) < 5 else 2)


def _distance(a: str, b: str) -> int:
    """Letters put in, left out, replaced, or swapped with their neighbour."""
    if abs(len(a) - len(b)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row_before = row, before
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, row_before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]


@lru_cache(maxsize=1 << 16)
def steps(base: str, own: str) -> tuple[Step, ...]:
    """The cheapest way from ``base`` to ``own``, in order. Words run together or torn are misprints."""
    a, b = tokens(base), tokens(own)
    head = _shared(a, b)
    tail = _shared(a[head:][::-1], b[head:][::-1])
    middle = _path(a[head : len(a) - tail], b[head : len(b) - tail])
    ends = (
        [*zip(a[:head], b[:head], strict=True)],
        [*zip(a[len(a) - tail :], b[len(b) - tail :], strict=True)],
    )
    first, last = ([Step(SAME, (x.start, x.end), (y.start, y.end)) for x, y in pairs] for pairs in ends)
    return (*first, *middle, *last)


def _shared(a: Sequence[Token], b: Sequence[Token]) -> int:
    """How many words two sequences begin with together."""
    count = 0
    for x, y in zip(a, b, strict=False):
        if x.key != y.key:
            break
        count += 1
    return count


def _path(base: Sequence[Token], own: Sequence[Token]) -> list[Step]:
    ways = _ways([token.key for token in base], [token.key for token in own])
    found: list[Step] = []
    i, j = len(base), len(own)
    while i or j:
        up, left, kind = ways[i][j]
        found.append(Step(kind, _over(base, i - up, i), _over(own, j - left, j)))
        i, j = i - up, j - left
    return found[::-1]


_Way = tuple[int, int, str]  # words of the base, words of the wording, kind
_SKIP, _PUT, _BOTH, _ONE, _TWO = (
    (1, 0, MISSING),
    (0, 1, ADDED),
    (1, 1, MISPRINT),
    (2, 1, MISPRINT),
    (1, 2, MISPRINT),
)
_EQUAL, _OTHER = (1, 1, SAME), (1, 1, CHANGED)


def _ways(base: Sequence[str], own: Sequence[str]) -> list[list[_Way]]:
    """For each pair of beginnings the last step of the cheapest way; the innermost loop of the room."""
    bare, flat = list(map(_bare, base)), list(map(_bare, own))
    before: list[float] = []
    above = [float(j) for j in range(len(own) + 1)]
    ways: list[list[_Way]] = [[_PUT] * (len(own) + 1)]
    for i, word in enumerate(base):
        row, way = [i + 1.0], [_SKIP]
        for j, other in enumerate(own):
            if word == other:
                best, step = above[j], _EQUAL
            elif abs(len(bare[i]) - len(flat[j])) < 3 and is_misprint(other, word):
                best, step = above[j] + _COST[MISPRINT], _BOTH
            else:
                best, step = above[j] + _COST[CHANGED], _OTHER
            if above[j + 1] + 1 < best:
                best, step = above[j + 1] + 1, _SKIP
            if row[j] + 1 < best:
                best, step = row[j] + 1, _PUT
            if i and before[j] + _COST[MISPRINT] < best and bare[i - 1] + bare[i] == flat[j]:
                best, step = before[j] + _COST[MISPRINT], _ONE
            if j and above[j - 1] + _COST[MISPRINT] < best and flat[j - 1] + flat[j] == bare[i]:
                best, step = above[j - 1] + _COST[MISPRINT], _TWO
            row.append(best)
            way.append(step)
        before, above = above, row
        ways.append(way)
    return ways


@lru_cache(maxsize=1 << 15)
def _bare(key: str) -> str:
    return strip_tones(key)


def _over(words: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    return (words[start].start, words[end - 1].end) if end > start else None


def similarity(base: str, own: str, weight: Callable[[str], float] = lambda _: 1.0) -> float:
    """From 0 to 1: words kept (misprints count a little less) among all words of both, each by its weight."""
    kept = total = 0.0
    for step in steps(base, own):
        mass = _mass(_cut(base, step.base), weight) + _mass(_cut(own, step.own), weight)
        total += mass
        kept += mass * {SAME: 1.0, MISPRINT: 0.9}.get(step.kind, 0.0)
    return kept / total if total else 0.0


def _mass(words: str, weight: Callable[[str], float]) -> float:
    return sum(weight(_key(word)) for word in words.split())


def _cut(text: str, at: tuple[int, int] | None) -> str:
    return text[at[0] : at[1]] if at else ""


def is_shortened(base: str, own: str) -> bool:
    """Does ``own`` hold nothing but words of ``base``, in its order, in few runs, and enough of them?"""
    path = steps(base, own)
    if any(step.kind in (CHANGED, ADDED) for step in path):
        return False
    kept = sum(step.kind in (SAME, MISPRINT) for step in path)
    inner = "".join("." if step.kind == MISSING else "x" for step in path).strip(".")
    gaps = len(re.findall(r"\.+", inner))
    return kept >= _SHORT_WORDS and kept >= _SHORT_SHARE * len(path) and gaps <= _SHORT_GAPS


def label(base: str, own: str) -> str:
    """What ``own`` makes of ``base``: verbatim (misprints apart), shortened, altered, or its own."""
    path = steps(base, own)
    kinds = [step.kind for step in path]
    if not path or kinds.count(MISPRINT) > _MOST_MISPRINTS * len(path):
        return OWN
    if set(kinds) <= {SAME, MISPRINT}:
        return VERBATIM
    if is_shortened(base, own):
        return SHORTENED
    return ALTERED if similarity(base, own) >= _ALTERED or _holds(base, own) else OWN


def _holds(base: str, own: str) -> bool:
    """Does ``own`` hold all of ``base``, with words around it?"""
    return len(tokens(base)) >= 6 and is_shortened(own, base)
