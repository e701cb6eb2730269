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


def gold(marked: Marked) -> Gold:
    """The gold record of a text with its marks.

    Every field that the marks settle is ``scored``, one without marks as well: people have looked at the
    whole text and found nothing. A field with a mark that says too little (a citation without its type)
    is not.
    """
    plain: dict[str, Any] = {}
    unsaid: dict[str, tuple[str, ...]] = {}
    for field in all_fields():
        values, missing = _values(marked, field)
        plain[field.name] = values if field.many else next(iter(values), _nothing(field))
        if missing:
            unsaid[field.name] = tuple(missing)
    headings, missing = _values(marked, None)
    plain[OUTLINE] = headings
    if missing:
        unsaid[OUTLINE] = tuple(missing)
    return Gold({**plain, "scored": [name for name in plain if name not in unsaid]}, unsaid)


def _values(marked: Marked, field: Field | None) -> tuple[list[Any], list[str]]:
    """The values of a field (``None``: headings) in order, and the words of marks that do not say theirs."""
    name = field.name if field else OUTLINE
    found: list[tuple[tuple[float, ...], Any]] = []
    missing: list[str] = []
    marks = [mark for mark in marked.marks if mark.label == name]
    for mark in marks:
        try:
            found.append((_order(mark, marks), _value(marked, mark, field)))
        except _Unsaid:
            missing.append(mark.words(marked.text))
    for key, data in marked.loose.items():
        label, number = _parsed(key)
        if label == name:
            found.append(((float(number or 0), 0.0), data))
    return [value for _, value in sorted(found, key=lambda one: one[0])], missing


def _order(mark: Mark, marks: list[Mark]) -> tuple[float, ...]:
    """Items stand in the order of the record; a new one behind the last before it in the text."""
    number = _parsed(mark.id)[1]
    if number is not None or mark.id == mark.label:
        return (float(number or 0), 0.0)
    start = mark.spans[0].start
    before = [n for m in marks if (n := _parsed(m.id)[1]) is not None and m.spans[0].start <= start]
    return (float(max(before, default=-1)), 1.0 + start)


def _parsed(key: str) -> tuple[str, int | None]:
    """``"citations.2"`` → the label and the number."""
    label, _, number = key.partition(".")
    return label, int(number) if number.isascii() and number.isdecimal() else None


def _value(marked: Marked, mark: Mark, field: Field | None) -> Any:
    if field is None:
        said = mark.said
        if not (isinstance(said, list) and len(said) == 2 and isinstance(said[0], str)):
            raise _Unsaid
        return said
    if field.name == "units":
        return _unit(marked, mark)
    if not is_dataclass(field.value):
        return _words(field.name, mark, marked.text)
    if isinstance(mark.said, dict) and {one.name for one in fields(field.value)} == mark.said.keys():
        return mark.said
    raise _Unsaid


def _words(label: str, mark: Mark, text: str) -> str:
    """A value that is words. Words are not enough for a day: ``date`` is ISO."""
    if isinstance(mark.said, str):
        return mark.said
    if label == "date" or mark.said is not None:
        raise _Unsaid
    return plain_words(label, mark.words(text))


def _unit(marked: Marked, mark: Mark) -> dict[str, Any]:
    """A unit with the tasks that are linked to it, in the order of the text."""
    by_id = {one.id: one for one in marked.marks}
    ends = {link.end for link in marked.links if link.kind == DOES and link.start == mark.id}
    tasks = sorted((by_id[end] for end in ends if by_id[end].label == TASK), key=lambda one: one.spans)
    said = mark.said if isinstance(mark.said, dict) else {}
    around = next(
        (by_id[one.end] for one in marked.links if one.kind == WITHIN and one.start == mark.id), None
    )
    return {
        "name": said.get("name") or mark.words(marked.text),
        "within": unit_name_of(around, marked.text) if around else said.get("within"),
        "tasks": [_words(TASK, task, marked.text) for task in tasks] or list(said.get("tasks") or ()),
    }


def _nothing(field: Field) -> Any:
    return {part.name: None for part in fields(field.value)} if is_dataclass(field.value) else None
