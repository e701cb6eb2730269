"""``find``: what a paper states, field by field.

Every module of this package that holds a ``FIELD`` is a field; adding one is adding a file. Fields
know the ground and their own rules, never each other.
"""

from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules
from typing import Any

from extractor.ground.field import ABSENT, TOLD, Field, Finding
from extractor.ground.paper import Paper

__all__ = ["completed", "considered", "fields", "find", "more_considered"]

_MOST = 12  # candidates of one field that anybody looks at
_TRUST = 0.9  # what is left of an estimate that rests on a heading without a number


@cache
def fields() -> tuple[Field, ...]:
    """All fields, in the order of the record."""
    found = [import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__)]
    return tuple(sorted((m.FIELD for m in found if hasattr(m, "FIELD")), key=lambda f: (f.rank, f.name)))


def find(paper: Paper) -> dict[str, Any]:
    """The findings of every field: one :class:`Finding`, or a list of them where ``field.many``."""
    return {field.name: field.find(paper) for field in fields()}


def considered(paper: Paper) -> dict[str, list[Finding]]:
    """The candidates of every field that judges between several, the winner first."""
    return {
        field.name: list(islice(field.candidates(paper), _MOST))
        for field in fields()
        if field.candidates is not None
    }


def completed(ruled: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The findings of a paper without, and with, headings that a model told.

    A single value stays where the first states it. A list is that of the second where it is as long: its
    items that the first has not are marked as told.
    """
    return {name: _completed(first, told[name]) for name, first in ruled.items()}


def more_considered(
    ruled: dict[str, list[Finding]], told: dict[str, list[Finding]]
) -> dict[str, list[Finding]]:
    """The candidates of a paper without, then those that it has only with, headings that a model told."""
    return {
        name: [*first, *(_told(f) for f in told[name] if all(f.value != one.value for one in first))]
        for name, first in ruled.items()
    }


def _completed(first: Any, second: Any) -> Any:
    if isinstance(first, list):
        known = {(str(f.value), f.spans) for f in first}
        if len(second) < len(first):
            return first
        return [f if (str(f.value), f.spans) in known else _told(f) for f in second]
    return first if first.status != ABSENT or second.status == ABSENT else _told(second)


def _told(finding: Finding) -> Finding:
    parts = tuple((key, _told(part)) for key, part in finding.parts)
    return replace(finding, rule=f"{finding.rule}{TOLD}", score=finding.score * _TRUST, parts=parts)
