"""What a field is, and what it finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from extractor.ground.paper import Paper
from extractor.ground.text import Span

FOUND, INFERRED, BLANK, ABSENT, UNREADABLE = "found", "inferred", "blank", "absent", "unreadable"
WITHHELD = "withheld"  # no finding has it: a reader asked for surer values
#: rules by which parts follow from other values (``relations/``); they are no statements of the document
FOLLOWS = BODY_NAMES, STANDS_IN_TASK, RECURRENCE, MERGER = (
    "body_names",
    "stands_in_task",
    "recurrence",
    "merger",
)
TOLD = "_unnumbered"  # what rules are called by values that rest on headings which have lost their numbers
STATUSES = (FOUND, INFERRED, BLANK, ABSENT, UNREADABLE, WITHHELD)


@dataclass(frozen=True, slots=True)
class Finding:
    """A value with its proof.

    ``spans`` are the clean stretches it rests on, ``rule`` the way it was found (a stable word),
    ``score`` the rule's own estimate that the value is right (0 … 1). ``parts`` hold the proof of
    single keys of a composed value where it differs, such as a province that was inferred.
    """

    value: Any
    spans: tuple[Span, ...] = ()
    rule: str = ""
    score: float = 0.0
    status: str = FOUND
    parts: tuple[tuple[str, "Finding"], ...] = ()


def absent(rule: str = "not_stated", score: float = 0.9) -> Finding:
    """The document does not state it."""
    return Finding(None, (), rule, score, ABSENT)


def blank(span: Span, rule: str = "blank_slot", value: Any = None) -> Finding:
    """The document has the slot at ``span`` and left it unfilled."""
    return Finding(value, (span,), rule, 0.95, BLANK)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the record.

    ``value`` is the type of one value (the JSON Schema follows from it), ``many`` tells whether the
    record holds a list, ``rank`` its place in the record. ``find`` gets the paper and returns one
    finding, or a list where ``many``. A field that takes the most trusted of several findings has
    ``candidates``: all of them in the order of trust, so that the first is what ``find`` gives.
    """

    name: str
    about: str
    value: Any
    find: Callable[[Paper], Any]
    rank: int
    many: bool = False
    candidates: Callable[[Paper], Iterator[Finding]] | None = None
