"""Who must do what by when: the reports that stand in a unit's own tasks."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.ground.bodies import unified
from extractor.ground.canonical import written_out
from extractor.report.facts import Due, Duty


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
