"""A record as marks on its text: what every annotation format can carry.

A :class:`Mark` is one value at its words. Where these words on one line are the value, nothing more is said;
where they are not (``2019-05-06`` for ``ngày 06 tháng 5 năm 2019``) the mark also says the value. Links tell
which task is whose, and which deadline stands in it. ``corrected.py`` makes a gold record of marks again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extractor.fields import fields
from extractor.ground.calibration import ACCEPTED
from extractor.ground.field import FOUND
from extractor.ground.text import Span
from extractor.ground.trouble import Misuse
from extractor.record import Record

TASK, OUTLINE = "task", "outline"
#: how links are called: a unit has a task, stands within a unit; a task has a deadline
DOES, WITHIN, DUE = "does", "within", "due"
#: what a link joins
LINKS = {DOES: ("units", TASK), WITHIN: ("units", "units"), DUE: (TASK, "deadlines")}
#: fields whose values stand without the mark at their end
_UNMARKED = ("budget", "recipients", "scope", "slogans", "theme")


class Mark(NamedTuple):
    """One value at its words.

    ``spans``: half open, in code points of the text; in order, apart, none empty. ``said``: the value as JSON
    data where the words do not say it, else ``None``. ``doubtful``: below the confidence from which on nobody
    has to look, or inferred.
    """

    id: str
    label: str
    spans: tuple[Span, ...]
    said: Any = None
    confidence: float | None = None
    how: str = ""
    doubtful: bool = False

    def words(self, text: str) -> str:
        """The words of the mark on one line."""
        return " ".join(" ".join(span.of(text) for span in self.spans).split())


class Link(NamedTuple):
    """``kind`` is a key of :data:`LINKS`; ``start`` and ``end`` are ids of marks."""

    kind: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its marks; ``loose`` are values that stand at no words, by their id."""

    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    loose: Mapping[str, Any] = field(default_factory=dict)


def labels() -> tuple[str, ...]:
    """All labels, in the order of the fields; tasks follow their units, headings come last."""
    names: list[str] = []
    for one in fields():
        names += [one.name, TASK] if one.name == "units" else [one.name]
    return (*names, OUTLINE)


def text_of(record: Record) -> str:
    """The repaired text of a record. Raises :class:`Misuse` where the record was made without it."""
    if record.text is None:
        raise Misuse(
            "no_text",
            f"the record of {record.source['name'] or 'a document'} holds no text",
            "Make it again without --no-text.",
            stage="interop",
        )
    return record.text.clean


def mend_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch each other's letters made one, empty ones left out."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.end > span.start):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return tuple(found)


def plain_words(label: str, words: str) -> str:
    """What words say of a value of the field ``label``: some leave out the mark at their end."""
    return words.rstrip(" .;,") if label in _UNMARKED else words


def marked(record: Record) -> Marked:
    """The marks of a record, field by field. Raises :class:`Misuse` for one without its text."""
    text = text_of(record)
    marks: list[Mark] = []
    links: list[Link] = []
    loose: dict[str, Any] = {}
    data = record.to_dict(text=False)
    for name, found in data["fields"].items():
        for n, value in enumerate(found if isinstance(found, list) else [found]):
            if value["value"] is None:
                continue
            mark = _mark(text, f"{name}.{n}" if isinstance(found, list) else name, name, value)
            if not mark.spans:
                loose[mark.id] = value["value"]
            elif name == "units":
                _unit(text, mark, value, marks, links)
            else:
                marks.append(mark)
    for n, heading in enumerate(record.outline):
        spans = mend_spans((heading.span,))
        said = [heading.path, heading.title]
        if spans:
            marks.append(Mark(f"{OUTLINE}.{n}", OUTLINE, spans, said))
        else:
            loose[f"{OUTLINE}.{n}"] = said
    ids = {mark.id for mark in marks}
    return Marked(text, tuple(marks), tuple(one for one in links if {one.start, one.end} <= ids), loose)


def _mark(text: str, name: str, label: str, value: Mapping[str, Any]) -> Mark:
    spans = mend_spans([Span(*proof["span"]) for proof in value["evidence"]])
    how = f"{value['status']} · {value['rule']} · {value['confidence']:.3f}"
    doubtful = value["confidence"] < ACCEPTED or value["status"] != FOUND
    mark = Mark(name, label, spans, value["value"], value["confidence"], how, doubtful)
    return mark._replace(said=None) if value["value"] == plain_words(label, mark.words(text)) else mark


def _unit(text: str, mark: Mark, value: Mapping[str, Any], marks: list[Mark], links: list[Link]) -> None:
    """A unit, its tasks, and what joins them with each other, their deadlines and the unit around.

    Tasks whose places are not known one by one stay in what the unit's mark says.
    """
    unit = value["value"]
    tasks, reports = (value.get("parts", {}).get(name) for name in ("tasks", "reports"))
    said = {key: one for key, one in unit.items() if key != "tasks"}
    proofs = tasks["evidence"] if tasks else []
    placed = len(proofs) == len(unit["tasks"]) and all(p["quote"].strip() for p in proofs)
    if not placed:
        said["tasks"] = unit["tasks"]
    around = _around(unit["within"], marks, text)
    if around:
        links.append(Link(WITHIN, mark.id, around))
    told = placed and unit["name"] == mark.words(text) and bool(around) == (unit["within"] is not None)
    marks.append(mark._replace(said=None if told else said))
    if not placed:
        return
    for n, (task, proof) in enumerate(zip(unit["tasks"], proofs, strict=True)):
        one = _mark(text, f"{mark.id}.{n}", TASK, {**tasks, "value": task, "evidence": [proof]})
        marks.append(one)
        links.append(Link(DOES, mark.id, one.id))
    for report in (reports or {}).get("value") or ():
        links.append(Link(DUE, f"{mark.id}.{report['task']}", f"deadlines.{report['deadline']}"))


def _around(name: str | None, marks: list[Mark], text: str) -> str | None:
    """The id of the last unit before that is called ``name``."""
    for mark in reversed(marks):
        if name and mark.label == "units" and unit_name_of(mark, text) == name:
            return str(mark.id)
    return None


def unit_name_of(mark: Mark, text: str) -> str:
    """The name of the unit that a mark stands for."""
    said = mark.said.get("name") if isinstance(mark.said, dict) else mark.said
    return str(said or mark.words(text))


def written(said: Any) -> str:
    """What a mark says, for people to read and correct: words as they are, anything else as JSON."""
    if isinstance(said, str) and said.isprintable() and not said.startswith(('"', "{", "[")):
        return said
    return json.dumps(said, ensure_ascii=False)


def understood(words: str) -> Any:
    """What :func:`written` wrote; words that are no JSON object, list or quoted text are words."""
    if not words.lstrip().startswith(('"', "{", "[")):
        return words.strip()
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words.strip()
