"""Task → deadline → recipient, and how often a report comes again."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.ground.field import INFERRED, RECURRENCE, STANDS_IN_TASK, Finding
from extractor.ground.recurrence import rule
from extractor.ground.text import Span


def limits(deadlines: Sequence[Finding]) -> list[tuple[Span, int]]:
    """Where each deadline stands, with its index: at its date or recurrence (``trước ngày 15/7``)."""
    return sorted((_limit(one), index) for index, one in enumerate(deadlines))


def _limit(deadline: Finding) -> Span:
    told = (part.spans[0] for name, part in deadline.parts if name in ("date", "recurrence"))
    return next(told, deadline.spans[0])


def within(unit: Finding, limits: Sequence[tuple[Span, int]]) -> list[tuple[str, Finding]]:
    """``reports``: which deadline (its index among the record's) stands in which task (its index).

    The recipient is the deadline's own. ``limits``: of the record's deadlines, in the order of the text.
    """
    tasks = next((part.spans for name, part in unit.parts if name == "tasks"), ()) if limits else ()
    data, spans = [], []
    for number, task in enumerate(tasks):
        for limit, index in _from(limits, task.start):
            if limit.start >= task.end:
                break
            if limit.end <= task.end:
                data.append({"task": number, "deadline": index})
                spans.append(limit)
    if not data:
        return []
    return [("reports", Finding(data, tuple(spans), STANDS_IN_TASK, min(unit.score, 0.9), INFERRED))]


def _from(limits: Sequence[tuple[Span, int]], start: int) -> Iterator[tuple[Span, int]]:
    first = bisect_left(limits, (Span(start, 0), -1))
    return (limits[at] for at in range(first, len(limits)))


def again(deadline: Finding) -> list[tuple[str, Finding]]:
    """``rrule``: the recurrence as iCalendar writes it (RFC 5545)."""
    words = deadline.value.recurrence
    found = rule(words) if words else None
    if not found:
        return []
    proof = next((part for name, part in deadline.parts if name == "recurrence"), deadline)
    return [("rrule", Finding(found, proof.spans, RECURRENCE, proof.score, INFERRED))]
