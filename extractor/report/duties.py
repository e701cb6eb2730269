"""Who must do what by when: kinds of units, and the reports that stand in a unit's own tasks."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.ground.bodies import unified, written_out
from extractor.ground.tables import table
from extractor.report.facts import Due, Duty

OTHER = "other"


class UnitKind(NamedTuple):
    """A kind of units and the words of names that tell it."""

    kind: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


def unit_kinds() -> Sequence[UnitKind]:
    """The table of kinds."""
    return table("unit_kinds.tsv", UnitKind).rows


@lru_cache(maxsize=1 << 15)
def kind_of(name: str) -> str:
    """The kind of a unit: ``"Hội Liên hiệp Phụ nữ"`` → ``"union"``, ``"other"`` where no words tell."""
    words = " ".join(re.findall(r"[^\W_]+", unified(name)))
    match = min(
        ((m.start(), -len(m[0]), kind) for kind, pattern in _patterns() if (m := pattern.search(words))),
        default=None,
    )
    return match[2] if match else OTHER


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for row in unit_kinds():
        words = "|".join(sorted(map(re.escape, map(unified, row.words)), key=len, reverse=True))
        found.append((row.kind, re.compile(rf"\b(?:{words})\b")))
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def unit_key(name: str) -> str:
    """Under which a unit's names meet: ``UBND các xã`` and ``Ủy ban nhân dân các xã``."""
    return " ".join(re.findall(r"[^\W_]+", unified(written_out(name))))


def dues_of(unit: str, dues: Sequence[Due]) -> list[int]:
    """The reports (their indices) that name a unit as the one who reports; ``"các đơn vị"`` names nobody."""
    key = unit_key(unit)
    if len(key.split()) < 2:
        return []
    return [i for i, due in enumerate(dues) if due.reporter and _names(unit_key(due.reporter), key)]


def _names(reporter: str, unit: str) -> bool:
    return len(reporter.split()) > 1 and (f" {unit} " in f" {reporter} " or f" {reporter} " in f" {unit} ")


def due_of(duty: Duty, number: int, dues: Sequence[Due]) -> int | None:
    """The report (its index) that stands in the words of a task; ``None`` where none does."""
    start, end = duty.spans[number]
    inside = (i for i, due in enumerate(dues) if 0 <= start <= due.span[0] and due.span[1] <= end)
    return next(inside, None)
