"""One document as the report needs it: who, where, when, for what campaign, what it states, and how sure.

``Facts`` keep values with their proof and drop the rest of a record; the text stays packed, for the cascade.
"""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.ground.places import province_of, today
from extractor.ground.text import Text
from extractor.ground.years import TITLE_YEAR
from extractor.pages.trust import GRADES
from extractor.report.entries import Entry
from extractor.report.national import campaign_of

LOW = GRADES["fair"]  # a confidence below this counts as low
_STATED = ("found", "inferred")
_GOAL = re.compile(r"(?i)(?:đến|trước|tầm nhìn)\s+$")


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a document states, and their proof; ``page`` is 0 where no place is known."""

    text: str
    quote: str
    page: int
    confidence: float
    status: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit with its tasks; ``spans`` are the tasks' places in the repaired text, beside them."""

    unit: Claim
    within: str | None
    tasks: tuple[Claim, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A report to be made: ISO date (may be partial) or recurrence, by whom, to whom."""

    claim: Claim
    date: str | None
    recurrence: str | None
    reporter: str | None
    recipient: str | None
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Basis:
    """A plan named as the basis."""

    claim: Claim
    number: str
    date: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class Trust:
    """How many values a document states (found or inferred); how many are inferred, of low confidence."""

    values: int
    inferred: int
    low: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the report knows of one document; ``year_from`` says what told its year (title, period, date)."""

    path: str
    id: str
    title: Claim | None
    number: str | None
    date: str | None
    year: int | None
    year_from: str | None
    issuer: Claim | None
    level: str | None
    province: Claim | None
    today: str | None
    district: str | None
    commune: str | None
    campaign: str | None
    theme: Claim | None
    slogans: tuple[Claim, ...]
    duties: tuple[Duty, ...]
    dues: tuple[Due, ...]
    bases: tuple[Basis, ...]
    scan: bool
    trust: Trust
    statuses: Mapping[str, str]
    packed: bytes


def facts_of(entry: Entry) -> Facts:
    """The facts of an entry. Data that is no record raises ``KeyError``, ``TypeError`` and their like."""
    record = entry.record
    fields: Mapping[str, Any] = record["fields"]
    issuer = _value(fields, "issuer") or {}
    title, date = _claim(fields.get("title")), _value(fields, "date")
    year, year_from = _year(title, _value(fields, "period"), date)
    province = _part(fields.get("issuer"), "province", issuer.get("province"))
    return Facts(
        path=entry.path,
        id=str(record["source"].get("sha256") or ""),
        title=title,
        number=_value(fields, "number"),
        date=date,
        year=year,
        year_from=year_from,
        issuer=_claim(fields.get("issuer"), issuer.get("name")),
        level=issuer.get("level"),
        province=province,
        today=today(province.text) if province and province_of(province.text) else None,
        district=issuer.get("district"),
        commune=issuer.get("commune"),
        campaign=campaign_of(title.text) if title else None,
        theme=_claim(fields.get("theme")),
        slogans=tuple(c for item in fields.get("slogans", ()) if (c := _claim(item))),
        duties=tuple(map(_duty, fields.get("units", ()))),
        dues=tuple(map(_due, fields.get("deadlines", ()))),
        bases=tuple(map(_basis, fields.get("parent_plans", ()))),
        scan=record["source"].get("origin") != "text",
        trust=_trust(fields),
        statuses=dict(_statuses(fields)),
        packed=_packed(record),
    )


def body_of(facts: Facts) -> str:
    """The repaired text from the first heading on; ``""`` where the record was made without its text."""
    if not facts.packed:
        return ""
    start, raw, layers = json.loads(zlib.decompress(facts.packed))
    return Text.replay(raw, layers).clean[start:]


def _packed(record: Mapping[str, Any]) -> bytes:
    if "text" not in record:
        return b""
    outline = record.get("outline") or ({"span": [0, 0]},)
    kept = [outline[0]["span"][0], record["text"]["raw"], record["text"]["layers"]]
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _year(title: Claim | None, period: Any, date: str | None) -> tuple[int | None, str | None]:
    """The year a plan is for: of its title, else of its period's start, else of its date.

    A year that the date contradicts (``định hướng đến năm 2030`` in a plan of 2021) is a goal.
    """
    own = int(date[:4]) if date else None
    if title:
        for match in TITLE_YEAR.re.finditer(title.text):
            year = int(match["y"])
            if not _GOAL.search(title.text, 0, match.start()) and (own is None or abs(year - own) <= 1):
                return year, "title"
    if period and period.get("start") and (own is None or abs(int(period["start"][:4]) - own) <= 1):
        return int(period["start"][:4]), "period"
    return (own, "date") if own else (None, None)


def _value(fields: Mapping[str, Any], name: str) -> Any:
    item = fields.get(name)
    return item["value"] if item else None


def _claim(item: Any, text: Any = None) -> Claim | None:
    """The claim of a value, ``None`` where it states nothing."""
    if not item or item["status"] not in _STATED or item["value"] is None:
        return None
    words = item["value"] if text is None else text
    proof: Any = item["evidence"][0] if item["evidence"] else {"quote": "", "places": ()}
    page = proof["places"][0]["page"] if proof["places"] else 0
    return Claim(str(words), str(proof["quote"]), int(page), float(item["confidence"]), item["status"])


def _part(item: Any, name: str, text: str | None) -> Claim | None:
    """The claim of one part of a value, with its own proof where it has one."""
    if text is None:
        return None
    return _claim(item.get("parts", {}).get(name), text) or _claim(item, text)


def _duty(item: Any) -> Duty:
    value, part = item["value"], item.get("parts", {}).get("tasks", item)
    proofs = part["evidence"]
    tasks, spans = [], []
    for number, words in enumerate(value["tasks"]):
        proof = proofs[number] if number < len(proofs) and len(proofs) == len(value["tasks"]) else None
        lone = {**part, "value": words, "evidence": [proof] if proof else []}
        if claim := _claim(lone):
            tasks.append(claim)
            spans.append(_span(proof))
    unit = _claim(item, value["name"]) or Claim(value["name"], "", 0, 0.0, item["status"])
    return Duty(unit, value["within"], tuple(tasks), tuple(spans))


def _span(proof: Any) -> tuple[int, int]:
    return (int(proof["span"][0]), int(proof["span"][1])) if proof else (-1, -1)


def _due(item: Any) -> Due:
    value = item["value"]
    claim = _claim(item, value["text"]) or Claim(value["text"], "", 0, 0.0, item["status"])
    span = _span(item["evidence"][0] if item["evidence"] else None)
    return Due(claim, value["date"], value["recurrence"], value["reporter"], value["recipient"], span)


def _basis(item: Any) -> Basis:
    value = item["value"]
    claim = _claim(item, value["number"]) or Claim(value["number"], "", 0, 0.0, item["status"])
    return Basis(claim, value["number"], value["date"], value["issuer"])


def _items(fields: Mapping[str, Any]) -> Iterator[Any]:
    for item in fields.values():
        yield from item if isinstance(item, list | tuple) else (item,)


def _trust(fields: Mapping[str, Any]) -> Trust:
    """Every value of the record counts once; parts of a composed value do not."""
    stated = [item for item in _items(fields) if item["status"] in _STATED and item["value"] is not None]
    count = Counter(item["status"] for item in stated)
    return Trust(len(stated), count["inferred"], sum(item["confidence"] < LOW for item in stated))


def _statuses(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The status of each field; of a list ``found`` or ``absent``, as an empty list has none of its own."""
    for name, item in fields.items():
        many = isinstance(item, list | tuple)
        yield name, ("found" if item else "absent") if many else item["status"]
