"""Marks that people have corrected, as a gold record for ``kehoach eval``."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from extractor.fields import fields as all_fields
from extractor.ground.field import Field
from extractor.interop.marks import DOES, OUTLINE, TASK, WITHIN, Mark, Marked, plain_words, unit_name_of


@dataclass(frozen=True, slots=True)
class Gold:
    """``plain``: a plain record with ``scored``, the fields that it settles; ``open``: for the others, which
    marks do not say their value.
    """

    plain: Mapping[str, Any]
    open: Mapping[str, tuple[str, ...]]


class _Unsaid(Exception):
    """The words of a mark do not tell its value, and nothing else does."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The marks by their ids and their labels, and where the links of each kind lead from a mark."""

    marked: Marked
    by_id: Mapping[str, Mark]
    by_label: Mapping[str, list[Mark]]
    ends: Mapping[tuple[str, str], list[str]]

    @classmethod
    def of(cls, marked: Marked) -> "_Found":
        """The same marks, ready to be asked."""
        by_label: dict[str, list[Mark]] = {}
        for mark in marked.marks:
            by_label.setdefault(mark.label, []).append(mark)
        ends: dict[tuple[str, str], list[str]] = {}
        for link in marked.links:
            ends.setdefault((link.kind, link.start), []).append(link.end)
        return cls(marked, {mark.id: mark for mark in marked.marks}, by_label, ends)

    def linked(self, kind: str, mark: Mark) -> list[Mark]:
        """The marks to which links of a kind lead, in the order of the text, each once."""
        ends = dict.fromkeys(self.ends.get((kind, mark.id), ()))
        return sorted((self.by_id[end] for end in ends), key=lambda one: one.spans)


def gold(marked: Marked) -> Gold:
    """The gold record of a text with its marks.

    Every field that the marks settle is ``scored``, one without marks as well: people have looked at the
    whole text and found nothing. A field with a mark that says too little (a citation without its type)
    is not.
    """
    found = _Found.of(marked)
    plain: dict[str, Any] = {}
    unsaid: dict[str, tuple[str, ...]] = {}
    for field in (*all_fields(), None):
        name = field.name if field else OUTLINE
        values, missing = _values(found, name, field)
        plain[name] = values if field is None or field.many else next(iter(values), _nothing(field))
        if missing:
            unsaid[name] = tuple(missing)
    return Gold({**plain, "scored": [name for name in plain if name not in unsaid]}, unsaid)


def _values(found: _Found, name: str, field: Field | None) -> tuple[list[Any], list[str]]:
    """The values of a field (``None``: headings) in order, and the words of marks that do not say theirs."""
    values: list[tuple[tuple[float, ...], Any]] = []
    missing: list[str] = []
    marks = found.by_label.get(name, [])
    known = [(number, mark.spans[0].start) for mark in marks if (number := _parsed(mark.id)[1]) is not None]
    for mark in marks:
        try:
            values.append((_order(mark, known), _value(found, mark, field)))
        except _Unsaid:
            missing.append(mark.words(found.marked.text))
    for key, data in found.marked.loose.items():
        label, number = _parsed(key)
        if label == name:
            values.append(((float(number or 0), 0.0), data))
    return [value for _, value in sorted(values, key=lambda one: one[0])], missing


def _order(mark: Mark, known: list[tuple[int, int]]) -> tuple[float, ...]:
    """Items stand in the order of the record; a new one behind the last before it in the text."""
    number = _parsed(mark.id)[1]
    if number is not None or mark.id == mark.label:
        return (float(number or 0), 0.0)
    start = mark.spans[0].start
    return (float(max((n for n, at in known if at <= start), default=-1)), 1.0 + start)


def _parsed(key: str) -> tuple[str, int | None]:
    """``"citations.2"`` → the label and the number."""
    label, _, number = key.partition(".")
    return label, int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else None


def _value(found: _Found, mark: Mark, field: Field | None) -> Any:
    said = mark.said
    if field is None:
        if not (isinstance(said, list) and len(said) == 2 and isinstance(said[0], str) and _is_text(said[1])):
            raise _Unsaid
        return said
    if field.name == "units":
        return _unit(found, mark)
    if not is_dataclass(field.value):
        return _words(field.name, mark, found.marked.text)
    if isinstance(said, dict) and {one.name for one in fields(field.value)} == said.keys():
        return said
    raise _Unsaid


def _words(label: str, mark: Mark, text: str) -> str:
    """A value that is words. Words are not enough for a day: ``date`` is ISO."""
    if isinstance(mark.said, str):
        return mark.said
    if label == "date" or mark.said is not None:
        raise _Unsaid
    return plain_words(label, mark.words(text))


def _unit(found: _Found, mark: Mark) -> dict[str, Any]:
    """A unit with the tasks that are linked to it, in the order of the text."""
    text = found.marked.text
    tasks = [one for one in found.linked(DOES, mark) if one.label == TASK]
    around = found.linked(WITHIN, mark)
    said = mark.said if isinstance(mark.said, dict) else {}
    name = mark.said if isinstance(mark.said, str) else said.get("name")
    told = said.get("tasks") or []
    if not (_is_text(name) and _is_text(said.get("within")) and isinstance(told, list)):
        raise _Unsaid
    if not all(isinstance(one, str) for one in told):
        raise _Unsaid
    return {
        "name": name or mark.words(text),
        "within": unit_name_of(around[0], text) if around else said.get("within"),
        "tasks": [_words(TASK, task, text) for task in tasks] or told,
    }


def _is_text(said: Any) -> bool:
    return said is None or isinstance(said, str)


def _nothing(field: Field) -> Any:
    return {part.name: None for part in fields(field.value)} if is_dataclass(field.value) else None
