"""What kind of body a name stands for, from the words that it begins with (``tables/unit_kinds.tsv``)."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.ground.bodies import unified
from extractor.ground.tables import table

OTHER = "other"
#: what a body is, whatever it does
KINDS = ("government", "party", "front", "union", "school", "enterprise", "person", OTHER)


class UnitKind(NamedTuple):
    """A kind of work, the kind of body that does it, and the words of names that tell it."""

    work: str
    kind: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def unit_kinds() -> Sequence[UnitKind]:
    """The table of kinds."""
    return table("unit_kinds.tsv", UnitKind).rows


def kind_of(name: str) -> str:
    """One of :data:`KINDS`: ``"Hội Liên hiệp Phụ nữ"`` → ``"union"``, ``"other"`` where no words tell."""
    return _told(name)[1]


def work_of(name: str) -> str:
    """What it does: ``"Trạm Y tế"`` → ``"health"``, which is a ``"government"`` body."""
    return _told(name)[0]


@lru_cache(maxsize=1 << 15)
def _told(name: str) -> tuple[str, str]:
    words = " ".join(re.findall(r"[^\W_]+", unified(name)))
    first = _pattern().search(words)
    return _by_words()[first[0]] if first else (OTHER, OTHER)


@cache
def _by_words() -> dict[str, tuple[str, str]]:
    return {
        " ".join(unified(words).split()): (row.work, row.kind) for row in unit_kinds() for words in row.words
    }


@cache
def _pattern() -> re.Pattern[str]:
    """The first words that tell, of two there the longer."""
    words = "|".join(sorted(map(re.escape, _by_words()), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b")
