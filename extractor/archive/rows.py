"""A record as rows of the store's tables. Workers make them, so that the one writer only has to write."""

import json
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from extractor.archive.sketch import sketch
from extractor.ground.field import ABSENT, UNREADABLE
from extractor.record import Record, Value

Row = tuple[Any, ...]
#: no table, but what the row of ``documents`` says of the source: media type, pages, origin, engine
SOURCE = "source"

#: table → its columns, without the document's key; the SQL of ``migrations/`` says the same
COLUMNS = {
    "plans": (
        *("doc_type", "number", "symbol", "date", "year", "place", "title", "issuer", "level", "province"),
        *("district", "commune", "theme", "period_start", "period_end", "scope", "budget", "signer"),
        *("signer_title", "authority", "least_confidence", "unreadable", "accepted"),
        *("province_today", "commune_today"),
    ),
    "trust": ("field", "status", "confidence", "rule", "page", "quote"),
    "tasks": ("n", "unit", "within", "task", "confidence", "page"),
    "deadlines": (
        *("n", "date", "recurrence", "recipient", "via", "reporter", "text", "confidence", "page"),
        *("rrule", "task_n"),
    ),
    "bodies": ("n", "task_n", "role", "printed", "body", "kind", "today", "confidence", "page"),
    "slogans": ("n", "slogan", "confidence", "page"),
    "citations": ("n", "type", "number", "date", "confidence", "page"),
    "parents": ("n", "number", "date", "issuer", "confidence", "page", "parent"),
    "recipients": ("n", "recipient", "confidence"),
    "notes": ("n", "code", "message"),
}
#: columns that are no text → their type by its name in Arrow
NUMBERS = dict.fromkeys(("n", "year", "page", "pages", "task_n", "accepted"), "int32") | {"parent": "int64"}
NUMBERS |= dict.fromkeys(("confidence", "least_confidence"), "float64")

#: field → the columns of ``plans`` that hold it (single values by its name, composed ones key by key)
_COMPOSED = {
    "issuer": ("name", "level", "province", "district", "commune"),
    "period": ("start", "end"),
    "signer": ("name", "title", "authority"),
}
_BEFORE_YEAR = ("doc_type", "number", "symbol", "date")


def rows(record: Record) -> dict[str, list[Row]]:
    """Table → its rows without the first column, the document's key; and under :data:`SOURCE` one more."""
    numbered = {
        "tasks": _tasks(record),
        "deadlines": _deadlines(record),
        "bodies": _bodies(record),
        "slogans": _listed(record, "slogans"),
        "citations": _listed(record, "citations", "type", "number", "date"),
        "parents": ((*row, None) for row in _listed(record, "parent_plans", "number", "date", "issuer")),
        "recipients": (row[:-1] for row in _listed(record, "recipients")),
        "notes": ((note.code, note.message) for note in record.notes),
    }
    tables = {name: [(n, *row) for n, row in enumerate(given, 1)] for name, given in numbered.items()}
    words = sketch(record.text.clean) if record.text else []
    single: dict[str, list[Row]] = {
        SOURCE: [_source(record)],
        "plans": [_plan(record)],
        "sketches": [(json.dumps(words),)],
    }
    return single | {"trust": list(_trust(record))} | tables


def _source(record: Record) -> Row:
    source = record.source
    engine = json.dumps(source["engine"], ensure_ascii=False) if source["engine"] else None
    return (source["media_type"], source["pages"], source["origin"], engine)


def _plan(record: Record) -> Row:
    cells: list[Any] = []
    for name in (*_BEFORE_YEAR, "place", "title", "issuer", "theme", "period", "scope", "budget", "signer"):
        value = record.fields[name].value
        if name == "place":
            cells.append(_year(record.fields["date"].value))
        if name in _COMPOSED:
            cells += [getattr(value, key, None) for key in _COMPOSED[name]]
        else:
            cells.append(value)
    singles = dict(_singles(record.fields))
    stated = [value.confidence for value in singles.values() if value.value is not None]
    unreadable = [name for name, value in singles.items() if value.status == UNREADABLE]
    return (
        *cells,
        min(stated, default=None),
        ", ".join(unreadable),
        int(record.accepted),
        _part(record.fields["issuer"], "province_today"),
        _heirs(_part(record.fields["issuer"], "commune_today")),
    )


def _heirs(communes: list[dict[str, Any]] | None) -> str | None:
    """``phường Ba Đình (một phần); phường Ngọc Hà (một phần)``: where the land of the commune lies today."""
    told = (f"{one['name']} (một phần)" if one["part"] else one["name"] for one in communes or ())
    return "; ".join(told) or None


def _year(date: str | None) -> int | None:
    return int(date[:4]) if date else None


def _singles(fields: Mapping[str, Any]) -> Iterator[tuple[str, Value[Any]]]:
    return ((name, value) for name, value in fields.items() if isinstance(value, Value))


def _trust(record: Record) -> Iterator[Row]:
    for name, value in _singles(record.fields):
        if value.status != ABSENT:
            quote = value.evidence[0].quote if value.evidence else None
            yield (name, value.status, value.confidence, value.rule, _page(value), quote)


def _tasks(record: Record) -> Iterator[Row]:
    for value in record.fields["units"]:
        for task in value.value.tasks:
            yield (value.value.name, value.value.within, task, value.confidence, _page(value))


def _part(value: Value[Any], name: str) -> Any:
    """A part's value; ``None`` where the record, or an older schema, has none."""
    part = value.parts.get(name)
    return part.value if part else None


def _deadlines(record: Record) -> Iterator[Row]:
    first = _numbers(record)
    stands: dict[int, int] = {}
    for unit, value in enumerate(record.fields["units"]):
        for row in _part(value, "reports") or ():
            stands.setdefault(row["deadline"], first[unit] + row["task"])
    listed = _listed(record, "deadlines", "date", "recurrence", "recipient", "via", "reporter", "text")
    for number, (row, value) in enumerate(zip(listed, record.fields["deadlines"], strict=True)):
        yield (*row, _part(value, "rrule"), stands.get(number))


def _numbers(record: Record) -> list[int]:
    """For each unit the number that its first task has among all tasks."""
    counts = [len(value.value.tasks) for value in record.fields["units"]]
    return list(accumulate(counts, initial=1))


def _bodies(record: Record) -> Iterator[Row]:
    """Who each task is given to, then who leads it or has a part in it by its own words."""
    for first, value in zip(_numbers(record), record.fields["units"], strict=False):
        for task in range(len(value.value.tasks)):
            assigned = [{"role": "assigned", **row} for row in _part(value, "bodies") or ()]
            others = [row for row in _part(value, "roles") or () if row["task"] == task]
            for row in assigned + others:
                part = value.parts["bodies" if row["role"] == "assigned" else "roles"]
                told = (row[key] for key in ("role", "name", "body", "kind", "today"))
                yield (first + task, *told, part.confidence, _page(value))


def _listed(record: Record, field: str, *keys: str) -> Iterator[Row]:
    """The values of a list field, with confidence and page; composed ones key by key."""
    for value in record.fields[field]:
        cells = [getattr(value.value, key) for key in keys] if keys else [value.value]
        yield (*cells, value.confidence, _page(value))


def _page(value: Value[Any]) -> int | None:
    return next((place.page for proof in value.evidence for place in proof.places), None)
