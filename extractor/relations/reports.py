"""Task → deadline → recipient, and how often a report comes again."""

from collections.abc import Sequence

from extractor.ground.field import INFERRED, Finding
from extractor.ground.recurrence import rule
from extractor.ground.text import Span


def limits(deadlines: Sequence[Finding]) -> list[Span]:
    """Where each deadline stands: at its date or recurrence (``trước ngày 15/7``), else its clause."""
    return [
        next((part.spans[0] for name, part in one.parts if name in ("date", "recurrence")), one.spans[0])
        for one in deadlines
    ]


def within(unit: Finding, limits: Sequence[Span]) -> list[tuple[str, Finding]]:
    """``reports``: which deadline (its index among the record's) stands in which task (its index).

    The recipient is the deadline's own. ``limits``: of the record's deadlines, in order.
    """
    tasks = next((part.spans for name, part in unit.parts if name == "tasks"), ())
    if not limits or not tasks:
        return []
    inside = [
        (n, one) for n, one in enumerate(limits) if tasks[0].start <= one.start and one.end <= tasks[-1].end
    ]
    rows = [
        ({"task": number, "deadline": index}, limit)
        for index, limit in inside
        for number, task in enumerate(tasks)
        if task.start <= limit.start and limit.end <= task.end
    ]
    if not rows:
        return []
    data, spans = [row for row, _ in rows], tuple(span for _, span in rows)
    return [("reports", Finding(data, spans, "stands_in_task", min(unit.score, 0.9), INFERRED))]


def again(deadline: Finding) -> list[tuple[str, Finding]]:
    """``rrule``: the recurrence as iCalendar writes it (RFC 5545)."""
    words = deadline.value.recurrence
    found = rule(words) if words else None
    if not found:
        return []
    proof = next((part for name, part in deadline.parts if name == "recurrence"), deadline)
    return [("rrule", Finding(found, proof.spans, "recurrence", proof.score, INFERRED))]
