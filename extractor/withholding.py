"""``withhold``: a record without the values that are less sure than somebody asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from extractor.ground.field import UNREADABLE, WITHHELD
from extractor.ground.paper import Note
from extractor.record import Record, Value


def withhold(record: Record, least: float) -> Record:
    """The record with no value less sure than ``least`` (0 … 1).

    A single value becomes ``None`` and ``withheld``: something was found, or nothing, and neither is sure
    enough to say; rule, confidence and evidence stay, so that a person can look. What is unreadable stays so.
    A key that a part proves goes alone where the part is unsure. Items of lists are left out, each with a
    note ``withheld`` at its words; a list is no proof of completeness then. The outline has no confidences
    and stays.
    """
    kept: dict[str, Any] = {}
    notes = list(record.notes)
    for name, value in record.fields.items():
        if isinstance(value, tuple):
            notes += [_told(name, item) for item in value if item.confidence < least]
            kept[name] = tuple(_parted(item, least) for item in value if item.confidence >= least)
        else:
            kept[name] = _single(value, least)
            if kept[name].status == WITHHELD:
                notes.append(_told(name, value))
    return replace(record, fields=kept, notes=tuple(notes))


def _single(value: Value[Any], least: float) -> Value[Any]:
    if value.status == UNREADABLE or value.confidence >= least:
        return _parted(value, least)
    parts = {name: replace(part, value=None, status=WITHHELD) for name, part in value.parts.items()}
    return replace(value, value=None, status=WITHHELD, parts=parts)


def _parted(value: Value[Any], least: float) -> Value[Any]:
    """A value without those of its keys whose own proof is unsure; a list under a key becomes empty."""
    unsure = dict(_unsure(value.parts, least))
    if not unsure:
        return value
    kept = value.value
    if is_dataclass(kept) and not isinstance(kept, type):
        keys = unsure.keys() & {key.name for key in fields(kept)}  # a part such as ``bodies`` is no key
        kept = replace(kept, **{key: () if isinstance(getattr(kept, key), tuple) else None for key in keys})
    return replace(value, value=kept, parts={**value.parts, **unsure})


def _unsure(parts: Mapping[str, Value[Any]], least: float) -> Iterator[tuple[str, Value[Any]]]:
    for name, part in parts.items():
        if part.confidence < least:
            yield name, replace(part, value=None, status=WITHHELD)


def _told(field: str, value: Value[Any]) -> Note:
    span = value.evidence[0].span if value.evidence else None
    return Note("withheld", f"{field}: {value.status}, but only {value.confidence:.0%} sure", span)
