"""The deadlines of a store as a calendar (RFC 5545), for the program in which people keep their days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from extractor.archive.store import Store
from extractor.ground.recurrence import rule
from extractor.ground.trouble import Missing

_QUERY = """
    SELECT sha256, n, deadlines.date, recurrence, recipient, via, reporter, text, deadlines.confidence,
    number, issuer,     title, plans.date AS plan_date, period_end, path
    FROM deadlines JOIN documents USING (document) JOIN plans USING (document) JOIN copies USING (document)
    WHERE copies.best = document ORDER BY path, n
"""
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: the same store gives the same bytes


def calendar(store: Store) -> str:
    """One event a deadline that has a day or says how often it comes again; of copies only those of the best.

    What comes again ends with the plan's period, or with its year where it states none.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        said, remedy = "a calendar needs icalendar", "Install kehoach[tables]."
        raise Missing("no_package", said, remedy, stage="install") from error
    made = Calendar()
    made.add("prodid", "-//kehoach//deadlines//VI")
    made.add("version", "2.0")
    for row in _rows(store):
        event = _event(row)
        if event is not None:
            made.add_component(event)
    return str(made.to_ical().decode("utf-8"))


def _rows(store: Store) -> Iterator[dict[str, Any]]:
    found = store.db.execute(_QUERY)
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _event(row: dict[str, Any]) -> Any:
    from icalendar import Event, vRecur

    day, again = _day(row["date"]), None
    if day is None and row["recurrence"]:
        day, again = _day(row["plan_date"]), rule(row["recurrence"])
    if day is None or (again is None and row["date"] is None):
        return None
    event = Event()
    event.add("uid", f"{row['sha256'][:16]}-{row['n']}@kehoach")
    event.add("dtstamp", _STAMP)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    if again:
        recurring = vRecur.from_ical(again)
        recurring["UNTIL"] = [_end(row, day)]
        event.add("rrule", recurring)
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    return event


def _day(written: str | None) -> date | None:
    """A whole date; a month alone is no day."""
    try:
        return date.fromisoformat(written) if written and len(written) == 10 else None
    except ValueError:
        return None


def _end(row: dict[str, Any], start: date) -> date:
    end = _day(row["period_end"])
    return end if end and end > start else date(start.year, 12, 31)


def _summary(row: dict[str, Any]) -> str:
    to_whom = f" về {row['recipient']}" if row["recipient"] else ""
    return f"Báo cáo{to_whom} ({row['number'] or row['title'] or row['path']})"


def _description(row: dict[str, Any]) -> str:
    said = (
        ("", row["text"]),
        ("Đơn vị báo cáo: ", row["reporter"]),
        ("Gửi qua: ", row["via"]),
        ("Kế hoạch: ", row["title"]),
        ("Cơ quan ban hành: ", row["issuer"]),
        ("Tệp: ", row["path"]),
        ("Độ tin cậy: ", f"{row['confidence']:.2f}"),
    )
    return "\n".join(f"{label}{words}" for label, words in said if words)
