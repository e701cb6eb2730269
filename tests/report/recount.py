"""Every number of the report once more, from the records alone: no analysis of the report is used.

Groups of themes and slogans are a judgement, no count; they come from the page (``word → group``), the counts
over them from here.
"""

import re
from collections import Counter, defaultdict
from typing import Any

from extractor.ground.places import today

Record = dict[str, Any]
STATED = ("found", "inferred")


def value(record: Record, name: str) -> Any:
    item = record["fields"][name]
    return item["value"] if item["status"] in STATED else None


def year(record: Record) -> int | None:
    date, period = value(record, "date"), value(record, "period")
    own = int(date[:4]) if date else None
    near = lambda one: own is None or abs(one - own) <= 1  # noqa: E731
    for match in re.finditer(
        r"(?i)(đến |trước |tầm nhìn )?năm(?: học)?\s*((?:19|20)\d\d)(?!\d)", value(record, "title") or ""
    ):
        if not match[1] and near(int(match[2])):
            return int(match[2])
    if period and period["start"] and near(int(period["start"][:4])):
        return int(period["start"][:4])
    return own


def province(record: Record) -> str | None:
    return (value(record, "issuer") or {}).get("province")


def heat(records: list[Record], mode: str) -> Counter[str]:
    """``place|year`` → documents that state a theme."""
    found: Counter[str] = Counter()
    for record in records:
        if value(record, "theme") and province(record) and year(record):
            place = province(record) if mode == "issued" else today(province(record) or "")
            found[f"heat|{mode}|{place}|{year(record)}"] += 1
    return found


def tiles(records: list[Record], mode: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for record in records:
        if value(record, "theme") and province(record):
            place = province(record) if mode == "63" else today(province(record) or "")
            found[f"tile|{mode}|{place}"] += 1
    return found


def statuses(records: list[Record]) -> Counter[str]:
    found: Counter[str] = Counter()
    for record in records:
        for name, item in record["fields"].items():
            status = ("found" if item else "absent") if isinstance(item, list | tuple) else item["status"]
            found[f"status|{name}|{status}"] += 1
    return found


def grouped(records: list[Record], name: str, home: dict[str, str]) -> dict[str, tuple[int, int, int]]:
    """Group → documents, wordings, provinces."""
    docs, words, places = defaultdict(set), defaultdict(set), defaultdict(set)
    for number, record in enumerate(records):
        items = record["fields"][name]
        for item in items if isinstance(items, list | tuple) else [items]:
            if item["status"] in STATED and item["value"]:
                group = home[item["value"]]
                docs[group].add(number)
                words[group].add(item["value"])
                places[group] |= {province(record)} - {None}
    return {group: (len(docs[group]), len(words[group]), len(places[group])) for group in docs}


def due_months(records: list[Record]) -> Counter[str]:
    dates = [d["value"]["date"] for r in records for d in r["fields"]["deadlines"]]
    return Counter(f"due|{date[:7]}" for date in dates if date and len(date) >= 7)


def recurring(records: list[Record]) -> Counter[str]:
    said = [d["value"]["recurrence"] for r in records for d in r["fields"]["deadlines"]]
    return Counter(words.lower() for words in said if words)


def unit_sums(records: list[Record]) -> tuple[int, int]:
    """Units as listed, and tasks, over all documents."""
    units = [unit["value"] for record in records for unit in record["fields"]["units"]]
    return len(units), sum(len(unit["tasks"]) for unit in units)


def cited(records: list[Record]) -> Counter[tuple[str, str, str]]:
    """A plan that is cited as a basis → how often."""
    bases = [basis["value"] for record in records for basis in record["fields"]["parent_plans"]]
    return Counter((b["number"], b["date"] or "", b["issuer"] or "") for b in bases)


def shares(records: list[Record], items: list[Any]) -> tuple[float, float, float]:
    """Of documents the scans; of values the inferred, and those of a confidence below .75."""
    scans = sum(r["source"]["origin"] != "text" for r in records) / max(1, len(records))
    inferred = sum(item["status"] == "inferred" for item in items) / max(1, len(items))
    low = sum(round(item["confidence"] * 100) < 75 for item in items) / max(1, len(items))
    return scans, inferred, low
