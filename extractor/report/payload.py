"""All that the page shows, as compact JSON: columns instead of objects, words once, details in parcels.

The core holds what charts count; parcels (tasks, passages) are packed apart and opened when somebody asks.
The parts are gzip in base64. Where a page would grow too large, details are cut, and it says so.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.ground.field import STATUSES
from extractor.ground.kinds import work_of
from extractor.ground.tables import table
from extractor.report.cascade import Link, links
from extractor.report.columns import Pool, proof, slogan_columns, theme_columns
from extractor.report.duties import due_of, dues_of, unit_key
from extractor.report.facts import LOW, Duty, Facts
from extractor.report.national import National
from extractor.report.vectors import tokeniser
from extractor.report.wording import LABELS

MOST_BYTES = 13_500_000  # of all packed parts; the rest of the page is small
_PARCEL = 400  # documents whose details are opened together
_CUTS = (600, 200, 90, 0)  # characters of a task that are kept, tried in turn
Href = Callable[[str], tuple[str | None, str | None]]


class Tile(NamedTuple):
    """One row of ``tables/tiles.tsv``."""

    map: str
    province: str
    code: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Payload:
    """``core`` and ``parcels`` as the page takes them; ``cut``: characters left of a task, ``None``: all."""

    core: str
    parcels: tuple[str, ...]
    cut: int | None

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return len(self.core) + sum(map(len, self.parcels))


def payload_of(
    documents: Sequence[Facts], themes: Sequence[National], skipped: Sequence[tuple[str, str]], href: Href
) -> Payload:
    """The payload of a report on ``documents`` (sorted as given)."""
    provinces, campaigns = Pool(), Pool()
    found = links(documents)
    core: dict[str, Any] = {
        "docs": _docs(documents, provinces, campaigns, href),
        "themes": theme_columns(documents, themes),
        "slogans": slogan_columns(documents),
        "links": _links(found),
        "duties": _duties(documents),
        "dues": _dues(documents),
        "provinces": provinces.all,
        "campaigns": campaigns.all,
        "tiles": [list(tile) for tile in table("tiles.tsv", Tile).rows],
        "statuses": list(STATUSES),
        "labels": list(LABELS),
        "low": LOW,
        "skipped": [list(one) for one in skipped],
        "words_by": tokeniser(),
        "parcel": _PARCEL,
    }
    packed = _packed(core)
    for cut in _CUTS:
        parcels = tuple(_packed(part) for part in _parcels(documents, found, cut))
        done = Payload(packed, parcels, cut if cut < _CUTS[0] else None)
        if done.size <= MOST_BYTES:
            break
    return done


def _packed(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return base64.b64encode(gzip.compress(text, 6, mtime=0)).decode()


def _docs(documents: Sequence[Facts], provinces: Pool, campaigns: Pool, href: Href) -> dict[str, Any]:
    files = [href(d.path) for d in documents]
    names = documents[0].statuses.keys() if documents else ()
    return {
        "path": [d.path for d in documents],
        "file": [file for file, _ in files],
        "view": [view for _, view in files],
        "title": [d.title.text if d.title else None for d in documents],
        "number": [d.number for d in documents],
        "date": [d.date for d in documents],
        "year": [d.year for d in documents],
        "year_from": [d.year_from for d in documents],
        "issuer": [d.issuer.text if d.issuer else None for d in documents],
        "level": [d.level for d in documents],
        "province": [provinces(d.province.text if d.province else None) for d in documents],
        "today": [provinces(d.today) for d in documents],
        "inferred_place": [int(bool(d.province and d.province.status == "inferred")) for d in documents],
        "campaign": [campaigns(d.campaign) for d in documents],
        "scan": [int(d.scan) for d in documents],
        "values": [d.trust.values for d in documents],
        "inferred": [d.trust.inferred for d in documents],
        "low": [d.trust.low for d in documents],
        "status": {
            name: "".join(str(STATUSES.index(d.statuses.get(name, "absent"))) for d in documents)
            for name in names
        },
        "proof": [[proof(d.title), proof(d.issuer), proof(d.province)] for d in documents],
    }


def _links(found: Sequence[Link]) -> dict[str, Any]:
    return {
        "child": [link.child for link in found],
        "parent": [-1 if link.parent is None else link.parent for link in found],
        "number": [link.basis.number for link in found],
        "date": [link.basis.date for link in found],
        "issuer": [link.basis.issuer for link in found],
        "proof": [proof(link.basis.claim) for link in found],
        "days": [link.days for link in found],
        "ratio": [None if link.copied is None else round(link.copied.ratio, 3) for link in found],
    }


def _duties(documents: Sequence[Facts]) -> dict[str, Any]:
    rows = [(i, duty) for i, d in enumerate(documents) for duty in d.duties]
    units, within = Pool(), Pool()
    names: dict[str, str] = {}
    for _, duty in rows:
        names.setdefault(unit_key(duty.unit.text), duty.unit.text)
    numbers = [units(names[unit_key(duty.unit.text)]) for _, duty in rows]
    return {
        "doc": [i for i, _ in rows],
        "unit": numbers,
        "proof": [proof(duty.unit) for _, duty in rows],
        "within": [within(duty.within) for _, duty in rows],
        "tasks": [len(duty.tasks) for _, duty in rows],
        "due": [_dues_beside(duty, documents[i]) for i, duty in rows],
        "dated": [_dated(duty, documents[i]) for i, duty in rows],
        "units": units.all,
        "kinds": [work_of(name) for name in units.all],
        "withins": within.all,
    }


def _in_tasks(duty: Duty, facts: Facts) -> set[int]:
    return {due for n in range(len(duty.tasks)) if (due := due_of(duty, n, facts.dues)) is not None}


def _dues_beside(duty: Duty, facts: Facts) -> list[int]:
    """The document's reports that name the unit outside its tasks."""
    return sorted(set(dues_of(duty.unit.text, facts.dues)) - _in_tasks(duty, facts))


def _dated(duty: Duty, facts: Facts) -> int:
    """How many reports with a time bind a unit."""
    return len(_in_tasks(duty, facts)) + len(_dues_beside(duty, facts))


def _dues(documents: Sequence[Facts]) -> dict[str, Any]:
    rows = [(i, due) for i, d in enumerate(documents) for due in d.dues]
    return {
        "doc": [i for i, _ in rows],
        "date": [due.date for _, due in rows],
        "recurrence": [due.recurrence for _, due in rows],
        "reporter": [due.reporter for _, due in rows],
        "kind": [work_of(due.reporter) if due.reporter else "other" for _, due in rows],
        "recipient": [due.recipient for _, due in rows],
        "text": [due.claim.text for _, due in rows],
        "proof": [proof(due.claim) for _, due in rows],
    }


def _parcels(documents: Sequence[Facts], found: Sequence[Link], cut: int) -> Iterable[Any]:
    """For each lot of documents the tasks of their units, and the passages that they took from parents."""
    for start in range(0, len(documents), _PARCEL):
        lot = documents[start : start + _PARCEL]
        yield {
            "tasks": [[_tasks(duty, d, cut) for duty in d.duties] for d in lot],
            "passages": {
                str(n): [list(p) for p in link.copied.passages]
                for n, link in enumerate(found)
                if link.copied and start <= link.child < start + _PARCEL
            },
        }


def _tasks(duty: Duty, facts: Facts, cut: int) -> list[list[Any]]:
    """Words, page, confidence in percent, and the number of the document's report that stands in the task."""
    return [
        [_short(task.text, cut), task.page, round(task.confidence * 100), due_of(duty, n, facts.dues)]
        for n, task in enumerate(duty.tasks)
    ]


def _short(words: str, cut: int) -> str:
    return words if len(words) <= cut else words[:cut].rsplit(" ", 1)[0] + " …"
