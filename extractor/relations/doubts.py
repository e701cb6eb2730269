"""What cannot be true at once: notes on values of one document that contradict each other.

A note speaks of two printed values, never of one that was inferred: either the document is wrong, or one of
the two was read wrongly, and a reader has to look. Partial dates contradict nothing that they leave open.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from extractor.ground.codes import BY_CODE, symbol_type
from extractor.ground.field import FOUND, Finding
from extractor.ground.paper import Note
from extractor.ground.places import until

_SURE = 0.7  # scores below are no ground for a doubt
_PRINTED = ("own_name", "letterhead")
_ALIKE = {"Nghị quyết liên tịch": "Nghị quyết", "Thông tư liên tịch": "Thông tư"}


def doubts(findings: Mapping[str, Any]) -> Iterator[Note]:
    """The notes, in the order of the fields that they are about."""
    yield from _type(findings["doc_type"], findings["number"], findings["symbol"])
    day = _day(findings["date"])
    yield from _province(findings["issuer"], day)
    yield from _period(findings["period"])
    if day:
        yield from _citations(findings["citations"], day)
        yield from _deadlines(findings["deadlines"], day)


def _stated(finding: Finding) -> bool:
    return finding.status == FOUND and finding.score >= _SURE and finding.value is not None


def _whole(date: str | None) -> bool:
    return date is not None and len(date) == 10


def _day(date: Finding) -> str | None:
    """The own date, where all of it is printed."""
    return date.value if _stated(date) and _whole(date.value) else None


def _type(kind: Finding, number: Finding, symbol: Finding) -> Iterator[Note]:
    """``12/QĐ-UBND`` on a Kế hoạch. A symbol without a type of its own says nothing."""
    own = number if _stated(number) else symbol
    if not (_stated(kind) and _stated(own)):
        return
    told = symbol_type(_symbol(own.value))
    if (
        told
        and _ALIKE.get(told, told) != _ALIKE.get(kind.value, kind.value)
        and kind.value in BY_CODE.values()
    ):
        said = f"the symbol {own.value} is that of another type ({told}) than {kind.value}"
        yield Note("symbol_against_type", said, own.spans[0])


def _symbol(number: str) -> str:
    return number.lstrip("0123456789").lstrip("/-–")


def _province(issuer: Finding, day: str | None) -> Iterator[Note]:
    """A province that issues after it went into another (Thái Bình in 2026)."""
    part = next((part for name, part in issuer.parts if name == "province"), None)
    if part is None or day is None or part.status != FOUND or part.rule not in _PRINTED:
        return
    last = until(part.value)
    if last and day > last:
        said = f"the document is of {day}, {part.value} was a province until {last}"
        yield Note("province_gone", said, part.spans[0] if part.spans else None)


def _period(period: Finding) -> Iterator[Note]:
    value = period.value
    if _stated(period) and _whole(value.start) and _whole(value.end) and value.end < value.start:
        yield Note("period_backwards", f"the period ends ({value.end}) before it begins", period.spans[0])


def _citations(citations: list[Finding], day: str) -> Iterator[Note]:
    for cited in citations:
        date = cited.value.date
        if _stated(cited) and _whole(date) and date > day:
            said = f"{cited.value.number} of {date} is cited in a document of {day}"
            yield Note("citation_after_date", said, cited.spans[0])


def _deadlines(deadlines: list[Finding], day: str) -> Iterator[Note]:
    for due in deadlines:
        date = due.value.date
        if _stated(due) and _whole(date) and date < day:
            said = f"a report is due on {date}, the document is of {day}"
            yield Note("deadline_before_date", said, due.spans[0])
