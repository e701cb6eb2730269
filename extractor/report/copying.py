"""How much of one text stands word for word in another, and where: runs of equal words, in linear time.

A run counts from five equal words on. Runs of a passage may be parted by a few words that differ, as where
a district puts its own name for the province's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.report.wording import keys_of, spots

_RUN = 5  # words in a row that are no chance
_GAP = 4  # words that may differ between two runs of one passage
_PASSAGE = 12  # words from which on a passage is worth showing
_SHOWN, _LONGEST = 8, 600  # passages a pair, characters a passage
_PLACES = 8  # of one run of words in the parent that are looked at


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text, its words and their offsets, and where each run of five words stands among them."""

    text: str
    words: list[str]
    runs: dict[tuple[str, ...], tuple[int, ...]]
    spots: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Copied:
    """``ratio``: share of the child's words that the parent has; ``passages``: (child's, parent's) words."""

    ratio: float
    passages: tuple[tuple[str, str], ...]


def prepared(text: str) -> Prepared:
    """A text made ready to be compared with many."""
    words = keys_of(text)
    runs: dict[tuple[str, ...], tuple[int, ...]] = {}
    for at, run in enumerate(zip(*(words[shift:] for shift in range(_RUN)), strict=False)):
        places = runs.get(run, ())
        if len(places) < _PLACES:
            runs[run] = (*places, at)
    return Prepared(text, words, runs, spots(text))


def copied(text: str, parent: Prepared) -> Copied | None:
    """What a child's text took from the parent; ``None`` where one of them has no words to compare."""
    words = keys_of(text)
    if len(words) < _RUN or len(parent.words) < _RUN:
        return None
    runs = _runs(words, parent)
    share = sum(length for _, _, length in runs) / len(words)
    long = [p for p in _passages(runs) if p[1] - p[0] >= _PASSAGE]
    shown = sorted(sorted(long, key=lambda p: p[0] - p[1])[:_SHOWN])
    ours = spots(text) if shown else []
    return Copied(
        share, tuple((_words(text, ours, *p[:2]), _words(parent.text, parent.spots, *p[2:])) for p in shown)
    )


def _runs(keys: Sequence[str], parent: Prepared) -> list[tuple[int, int, int]]:
    """Runs of equal words: start in the child, start in the parent, length; apart in the child."""
    theirs = parent.words
    found: list[tuple[int, int, int]] = []
    at = 0
    while at <= len(keys) - _RUN:
        places = parent.runs.get(tuple(keys[at : at + _RUN]), ())
        length, place = max(((_equal(keys, at, theirs, p), -p) for p in places), default=(0, 0))
        if length:
            found.append((at, -place, length))
        at += length or 1
    return found


def _equal(ours: Sequence[str], i: int, theirs: Sequence[str], j: int) -> int:
    length = _RUN
    while i + length < len(ours) and j + length < len(theirs) and ours[i + length] == theirs[j + length]:
        length += 1
    return length


def _passages(runs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Runs that follow each other in both texts, as one: start and end in the child, in the parent."""
    found: list[tuple[int, int, int, int]] = []
    for at, place, length in runs:
        one = (at, at + length, place, place + length)
        if found and 0 <= at - found[-1][1] <= _GAP and 0 <= place - found[-1][3] <= _GAP:
            one = (found[-1][0], one[1], found.pop()[2], one[3])
        found.append(one)
    return found


def _words(of: str, at: Sequence[tuple[int, int]], start: int, end: int) -> str:
    text = of[at[start][0] : at[end - 1][1]]
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
