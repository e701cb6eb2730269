"""The record: what a document states, each value with status, confidence and evidence.

Shape and rules are a contract (``kehoach schema`` prints it): same major and not newer minor of
:data:`SCHEMA` can be read, anything else is refused. No clock, no random id: the same bytes in give
the same bytes out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from dataclasses import field as dataclass_field
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from extractor.fields import fields as all_fields
from extractor.ground.field import STATUSES, Field
from extractor.ground.paper import Note
from extractor.ground.source import Box, Place
from extractor.ground.text import Span, Text
from extractor.ground.trouble import Trouble

SCHEMA = "1.3"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a value rests on: ``quote`` is the repaired text at ``span``; ``places`` where it stands."""

    quote: str
    span: Span
    places: tuple[Place, ...] = ()


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One value of a record.

    ``status`` is ``found``, ``inferred``, ``blank``, ``absent``, ``unreadable``, or ``withheld`` where the
    caller asked for surer values (``value`` is ``None`` then, the evidence stays); ``confidence`` the
    probability that ``value`` is right (for an absent one: that the document does not state it);
    ``rule`` how it was found; ``parts`` proves single keys of a composed value, and ``confidence`` speaks for
    the other keys. ``estimate`` is what ``confidence`` was before the calibration: the rule's own estimate ×
    the doubt of repairs, words read from pictures, and pages; ``None`` in records of schema 1.1.
    """

    value: T
    status: str
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...] = ()
    parts: Mapping[str, "Value[Any]"] = dataclass_field(default_factory=dict)
    estimate: float | None = None


def flat(values: Iterable[Any]) -> Iterator[Value[Any]]:
    """All values of some fields, one by one: those of lists, and of parts."""
    waiting = [*values][::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value[::-1]
        else:
            yield value
            waiting += reversed(value.parts.values())


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the outline; ``title`` is ``None`` where the numbered item is a plain sentence."""

    path: str
    title: str | None
    span: Span


if TYPE_CHECKING:
    from extractor.fields.citations import Cited
    from extractor.fields.deadlines import Deadline
    from extractor.fields.issuer import Issuer
    from extractor.fields.parent_plans import ParentPlan
    from extractor.fields.period import Period
    from extractor.fields.signer import Signer
    from extractor.fields.units import Unit

    class _Fields:
        """The fields of the contract, for type checkers; at run time ``Record.fields`` holds them."""

        doc_type: Value[str | None]
        number: Value[str | None]
        symbol: Value[str | None]
        date: Value[str | None]
        place: Value[str | None]
        title: Value[str | None]
        issuer: Value[Issuer | None]
        parent_plans: tuple[Value[ParentPlan], ...]
        citations: tuple[Value[Cited], ...]
        theme: Value[str | None]
        period: Value[Period | None]
        scope: Value[str | None]
        slogans: tuple[Value[str], ...]
        units: tuple[Value[Unit], ...]
        deadlines: tuple[Value[Deadline], ...]
        budget: Value[str | None]
        recipients: tuple[Value[str], ...]
        signer: Value[Signer | None]

else:

    class _Fields:
        """``record.theme`` for ``record.fields["theme"]``."""

        def __getattr__(self, name: str) -> Any:
            found = self.__dict__.get("fields", {})
            if name not in found:
                known = ", ".join(found) or "none"
                raise AttributeError(f"a record has no field {name!r}; its fields are {known}")
            return found[name]


@dataclass(frozen=True)
class Record(_Fields):
    """All that is known of one document. ``record.theme`` is short for ``record.fields["theme"]``.

    ``accepted``: every value, the absent ones too, is so sure that nobody has to look (the threshold stands
    in ``ground/calibration.py``), and nothing is unreadable. It speaks for what the record says: an item of a
    list that was not found has no confidence.
    """

    source: Mapping[str, Any]
    made_by: Mapping[str, Any]
    fields: Mapping[str, Any]
    outline: tuple[Heading, ...] = ()
    text: Text | None = None
    notes: tuple[Note, ...] = ()
    accepted: bool = False

    @property
    def id(self) -> str:
        """The sha256 of the source's bytes."""
        return str(self.source["sha256"])

    @property
    def failed(self) -> bool:
        """Whether the source could not be read at all; ``notes`` say why and what to do."""
        return not self.fields

    def to_dict(self, plain: bool = False, text: bool = True) -> dict[str, Any]:
        """The record as JSON data: values only where ``plain``, without the text where not ``text``."""
        if plain:
            return _plain(self)
        data: dict[str, Any] = {"schema": SCHEMA, "source": dict(self.source), "made_by": dict(self.made_by)}
        data["accepted"] = self.accepted
        data["fields"] = {name: _json(value) for name, value in self.fields.items()}
        data["outline"] = [{"path": h.path, "title": h.title, "span": list(h.span)} for h in self.outline]
        if text and self.text is not None:
            data["text"] = {"raw": self.text.raw, "layers": self.text.ledger()}
        data["notes"] = [
            {"code": n.code, "message": n.message, "span": list(n.span) if n.span else None}
            for n in self.notes
        ]
        return data

    def to_json(self, plain: bool = False, text: bool = True, indent: int | None = None) -> str:
        """:meth:`to_dict` as JSON text; the same record gives the same characters."""
        data = self.to_dict(plain, text)
        return json.dumps(data, ensure_ascii=False, check_circular=False, indent=indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Record":
        """A record again from :meth:`to_dict` (not the plain form). Raises :class:`Trouble`."""
        _check_schema(data)
        kinds = {field.name: field for field in all_fields()}
        try:
            for key in ("name", "sha256", "media_type", "pages", "origin"):
                data["source"][key]
            values = {name: _value_back(kinds.get(name), item) for name, item in data["fields"].items()}
            text = Text.replay(data["text"]["raw"], data["text"]["layers"]) if "text" in data else None
            outline = tuple(Heading(h["path"], h["title"], Span(*h["span"])) for h in data["outline"])
            notes = tuple(
                Note(n["code"], n["message"], Span(*n["span"]) if n["span"] else None) for n in data["notes"]
            )
            accepted = bool(data.get("accepted", False))
            return cls(data["source"], data["made_by"], values, outline, text, notes, accepted)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Trouble(
                "bad_record",
                f"not a full record: {error!r}",
                "Make it again with 'kehoach extract'.",
                stage="record",
            ) from error

    @classmethod
    def from_json(cls, text: str) -> "Record":
        """A record again from :meth:`to_json`."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise Trouble(
                "bad_record", f"not JSON: {error}", "Give a file made by 'kehoach extract'.", stage="record"
            ) from error
        return cls.from_dict(data if isinstance(data, dict) else {})


def _check_schema(data: Mapping[str, Any]) -> None:
    version = str(data.get("schema", ""))
    major, _, minor = version.partition(".")
    ours = SCHEMA.split(".")
    if major != ours[0] or not minor.isdigit() or int(minor) > int(ours[1]):
        raise Trouble(
            "schema_version",
            f"a record of schema {version or 'unknown'} cannot be read by this version (schema {SCHEMA})",
            "Update kehoach, or make the record again with 'kehoach extract'.",
            stage="record",
        )


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_json(v) for v in value]
    data: dict[str, Any] = {
        "value": _data(value.value),
        "status": value.status,
        "confidence": value.confidence,
        **({} if value.estimate is None else {"estimate": value.estimate}),
        "rule": value.rule,
        "evidence": [
            {
                "quote": e.quote,
                "span": list(e.span),
                "places": [{"page": p.page, "box": list(p.box) if p.box else None} for p in e.places],
            }
            for e in value.evidence
        ],
    }
    if value.parts:
        data["parts"] = {name: _json(part) for name, part in value.parts.items()}
    return data


def _data(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            key: list(v) if isinstance(v := getattr(value, key), tuple) else v for key in _keys(type(value))
        }
    return value


@cache
def _keys(kind: type) -> tuple[str, ...]:
    """The keys of a composed value."""
    return tuple(field.name for field in fields(kind))


def _plain(record: Record) -> dict[str, Any]:
    """The plain record: values only, ``null`` or ``[]`` where there is none."""
    plain: dict[str, Any] = {}
    for field in all_fields():
        value = record.fields.get(field.name)
        if field.many:
            plain[field.name] = [_data(v.value) for v in value or ()]
        else:
            plain[field.name] = (
                _data(value.value) if value is not None and value.value is not None else _empty(field)
            )
    plain["outline"] = [[h.path, h.title] for h in record.outline]
    return plain


def _empty(field: Field) -> Any:
    """``null``, or an object of nulls for a composed value."""
    return {part.name: None for part in fields(field.value)} if is_dataclass(field.value) else None


def _value_back(field: Field | None, item: Any) -> Any:
    if isinstance(item, list):
        return tuple(_value_back(field, one) for one in item)
    evidence = tuple(
        Evidence(e["quote"], Span(*e["span"]), tuple(_place_back(e["places"]))) for e in item["evidence"]
    )
    parts = {name: _value_back(None, part) for name, part in item.get("parts", {}).items()}
    value = item["value"]
    if field and isinstance(value, dict) and is_dataclass(field.value):
        kind: Any = field.value
        value = kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in value.items()})
    if item["status"] not in STATUSES:
        raise ValueError(f"status {item['status']!r}")
    return Value(
        value, item["status"], item["confidence"], item["rule"], evidence, parts, item.get("estimate")
    )


def _place_back(places: Iterable[Mapping[str, Any]]) -> Iterator[Place]:
    for place in places:
        yield Place(place["page"], Box(*place["box"]) if place["box"] else None)
