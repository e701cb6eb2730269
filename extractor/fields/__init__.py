"""``find``: what a paper states, field by field.

Every module of this package that holds a ``FIELD`` is a field; adding one is adding a file. Fields
know the ground and their own rules, never each other.
"""

from functools import cache
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules
from typing import Any

from extractor.ground.field import Field, Finding
from extractor.ground.paper import Paper

__all__ = ["considered", "fields", "find"]

_MOST = 12  # candidates of one field that anybody looks at


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
