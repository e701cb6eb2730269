"""The deadlines of a store as a calendar (RFC 5545), for the program in which people keep their days."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from extractor.archive.store import Store
from extractor.ground.trouble import Missing

_QUERY = """
    SELECT sha256, n, deadlines.date, rrule, recipient, via, reporter, text, deadlines.confidence,
        number, issuer, title, plans.date AS plan_date, period_start, period_end, path
    FROM deadlines JOIN documents USING (document) JOIN plans USING (document)
        LEFT JOIN copies USING (document)
    WHERE best IS NULL OR best = document ORDER BY path, n
"""
_DAYED = re.compile("DAILY|BYDAY|BYMONTHDAY")  # rules that say on which day
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: the same store gives the same bytes


def calendar(store: Store) -> str:
    """One event a deadline that has a day or says how often it comes again; of copies only those of the best.

    What comes again begins on the first such day after the plan's date (or in its period), and ends with the
    period, else with the last year that the title names, else after a year. Where the words give no day
    (``hằng quý``), there is no event: none is invented.
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

    day, again, end = _day(row["date"]), None, None
    if day is None and row["rrule"]:
        again = row["rrule"]
        day, end = _first(row, again)
    if day is None:
        return None
    event = Event()
    event.add("uid", f"{row['sha256'][:16]}-{row['n']}@kehoach")
    event.add("dtstamp", _STAMP)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    if again:
        recurring = vRecur.from_ical(again)
        recurring["UNTIL"] = [end]
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


def _first(row: dict[str, Any], again: str) -> tuple[date | None, date | None]:
    """The first and the last possible day of what comes again; ``None`` where the words give no day."""
    start = _day(row["period_start"]) or _day(row["plan_date"])
    if start is None or not _DAYED.search(again):
        return None, None
    from dateutil.rrule import rrulestr

    end = _day(row["period_end"]) or _year_end(row["title"], start)
    first = rrulestr(again, dtstart=datetime(start.year, start.month, start.day)).after(
        datetime(start.year, start.month, start.day), inc=True
    )
    return (first.date(), end) if first and end and first.date() <= end else (None, None)


def _year_end(title: str | None, start: date) -> date:
    """The end of the last year that the title names, else a year after the start."""
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", title or "")]
    return date(max(years), 12, 31) if years and max(years) >= start.year else start + timedelta(365)


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
