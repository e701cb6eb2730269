"""Task → deadline → recipient, and how often a report comes again."""

from collections.abc import Sequence

from extractor.ground.field import INFERRED, Finding
from extractor.ground.recurrence import rule
from extractor.ground.text import Span


def within(unit: Finding, deadlines: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """``reports``: which deadline (its index among the record's) stands in which task (its index).

    The recipient is the deadline's own. A deadline stands where its limit does (``trước ngày 15/7``).
    """
    tasks = next((part.spans for name, part in unit.parts if name == "tasks"), ())
    rows: list[tuple[dict[str, int], Span]] = []
    for number, task in enumerate(tasks):
        for index, deadline in enumerate(deadlines):
            limit = _limit(deadline)
            if task.start <= limit.start and limit.end <= task.end:
                rows.append(({"task": number, "deadline": index}, limit))
    if not rows:
        return []
    data, spans = [row for row, _ in rows], tuple(span for _, span in rows)
    return [("reports", Finding(data, spans, "stands_in_task", min(unit.score, 0.9), INFERRED))]


def _limit(deadline: Finding) -> Span:
    """The words of the date or of the recurrence, else the clause."""
    told = (part.spans[0] for name, part in deadline.parts if name in ("date", "recurrence"))
    return next(told, deadline.spans[0])


def again(deadline: Finding) -> list[tuple[str, Finding]]:
    """``rrule``: the recurrence as iCalendar writes it (RFC 5545)."""
    words = deadline.value.recurrence
    found = rule(words) if words else None
    if not found:
        return []
    proof = next((part for name, part in deadline.parts if name == "recurrence"), deadline)
    return [("rrule", Finding(found, proof.spans, "recurrence", proof.score, INFERRED))]
