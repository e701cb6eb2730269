"""How often syllables stand in administrative text, alone and side by side (``models/counts.tsv``).

A bigram model with Dirichlet smoothing (MacKay and Peto 1995): it ranks readings of damaged words, it never
says what a word may be. Loaded on first need; clean text never needs it. ``scripts/train counts``
makes the file: a line a syllable, ``syllable TAB count TAB next count next count …``, lower case, NFC.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from math import log

from extractor.ground import models
from extractor.ground.vietnamese import is_syllable

NAME = "counts.tsv"
_PRIOR = 8.0  # weight of the syllable alone against the pair, in occurrences
_UNSEEN = 0.05  # what a syllable that was never seen counts
_STRANGE = 1e-6  # what no syllable at all counts


class Counts:
    """The counts of one model file; pairs are parsed when first asked for."""

    def __init__(self, text: str) -> None:
        rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
        self._rows = {row[0]: (int(row[1]), row[2]) for row in rows}
        self._pairs: dict[str, dict[str, int]] = {}
        self.total = sum(count for count, _ in self._rows.values()) or 1

    def count(self, syllable: str) -> int:
        """How often ``syllable`` (lower case, NFC) was seen."""
        row = self._rows.get(syllable)
        return row[0] if row else 0

    def pair(self, first: str, second: str) -> int:
        """How often ``second`` was seen right behind ``first``."""
        if first not in self._pairs:
            row = self._rows.get(first)
            parts = row[1].split(" ") if row and row[1] else []
            self._pairs[first] = dict(zip(parts[::2], map(int, parts[1::2]), strict=True))
        return self._pairs[first].get(second, 0)

    def followers(self, first: str) -> dict[str, int]:
        """The syllables seen right behind ``first``, with their counts."""
        self.pair(first, "")
        return self._pairs[first]

    def known(self) -> Iterable[str]:
        """Every syllable that was seen."""
        return self._rows.keys()


@cache
def counts() -> Counts:
    """The shipped counts."""
    return Counts(models.read(NAME))


@lru_cache(maxsize=1 << 16)
def cost(first: str, second: str) -> float:
    """What it costs to read ``second`` behind ``first`` (``""``: unknown), in nats; less is likelier."""
    known = counts()
    seen = known.count(second) or (_UNSEEN if is_syllable(second) else _STRANGE)
    alone = seen / known.total
    if not first:
        return -log(alone)
    return -log((known.pair(first, second) + _PRIOR * alone) / (known.count(first) + _PRIOR))


def unlinked(first: str) -> float:
    """What a word costs behind ``first`` that was never seen there, beyond what it costs alone, in nats."""
    return log((counts().count(first) + _PRIOR) / _PRIOR) if first else 0.0
