"""Label Studio: a record as a task with predictions, and annotations as a gold record.

Label Studio counts places in the browser, where a letter beyond U+FFFF is two, and in Python, where it is
one. So the task's text has U+FFFD in the place of each such letter (they are rare: signs of a font, emoji),
and both counts agree; ``data.letters`` says what stood there.

``config()`` is the labelling interface that the tasks are made for.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from extractor.ground.source import REPLACEMENT
from extractor.ground.text import Span
from extractor.ground.trouble import Misuse
from extractor.interop.marks import (
    LINKS,
    TASK,
    Link,
    Mark,
    Marked,
    labels,
    marked,
    mend_spans,
    understood,
    written,
)
from extractor.pages.words import Words
from extractor.record import Record

#: joins the regions of one value that stands in several places
SAME = "same"
_LAST_SHORT = "\uffff"


def config() -> str:
    """The labelling interface (XML); each label says in Vietnamese what it is."""
    hint = {**Words.of("vi", "extractor.pages").all, f"field_{TASK}": "Nhiệm vụ"}
    rows = "\n".join(
        f"    <Label value={quoteattr(one)} hint={quoteattr(hint.get(f'field_{one}', one))}/>"
        for one in labels()
    )
    links = "\n".join(f"    <Relation value={quoteattr(one)}/>" for one in (*LINKS, SAME))
    return f"""<View>
  <Relations>
{links}
  </Relations>
  <Labels name="label" toName="text">
{rows}
  </Labels>
  <Text name="text" value="$text" granularity="symbol"/>
  <TextArea name="value" toName="text" perRegion="true" editable="true" rows="2" maxSubmissions="1"/>
  <TextArea name="loose" toName="text" editable="true" rows="2" maxSubmissions="1"/>
</View>
"""


def task(record: Record) -> dict[str, Any]:
    """One task with the record as its prediction; the least sure value is the prediction's score."""
    found = marked(record)
    text = "".join(map(_short, found.text))
    sure = [mark.confidence for mark in found.marks if mark.confidence is not None]
    return {
        "data": {
            "text": text,
            "name": str(record.source["name"]),
            "sha256": record.id,
            "letters": [[at, letter] for at, letter in enumerate(found.text) if letter > _LAST_SHORT],
        },
        "predictions": [
            {
                "model_version": f"kehoach {record.made_by['version']}",
                "score": min(sure, default=0.0),
                "result": list(_result(found, text)),
            }
        ],
    }


def _short(letter: str) -> str:
    return REPLACEMENT if letter > _LAST_SHORT else letter


def _result(found: Marked, text: str) -> Iterator[dict[str, Any]]:
    for mark in found.marks:
        for n, span in enumerate(mark.spans):
            yield from _region(mark, f"{mark.id}+{n}" if n else mark.id, span, text, first=not n)
        for n in range(1, len(mark.spans)):
            yield _relation(SAME, mark.id, f"{mark.id}+{n}")
    for link in found.links:
        yield _relation(*link)
    if found.loose:
        said = json.dumps(found.loose, ensure_ascii=False)
        yield _result_of("loose", "textarea", "loose", {"text": [said]})


def _region(mark: Mark, name: str, span: Span, text: str, first: bool) -> Iterator[dict[str, Any]]:
    place = {"start": span.start, "end": span.end}
    region = _result_of(name, "labels", "label", {**place, "text": span.of(text), "labels": [mark.label]})
    if mark.confidence is not None:
        region["score"] = mark.confidence
        region["meta"] = {"text": [mark.how]}
    yield region
    if first and mark.said is not None:
        yield _result_of(name, "textarea", "value", {**place, "text": [written(mark.said)]})


def _result_of(name: str, kind: str, source: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": kind, "from_name": source, "to_name": "text", "value": value}


def _relation(kind: str, start: str, end: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [kind]}


# --- and back


def tasks_of(content: bytes) -> list[Mapping[str, Any]]:
    """The tasks of an export (JSON). Raises :class:`Misuse` for anything else."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_export("it is no JSON") from error
    tasks = data if isinstance(data, list) else [data]
    if not all(isinstance(one, dict) and isinstance(one.get("data"), dict) for one in tasks):
        raise _no_export("it holds no tasks")
    return tasks


def name_of(one: Mapping[str, Any]) -> str:
    """What the document of a task is called, as a name of a file."""
    name = str(one["data"].get("name") or one.get("id") or "").rpartition("/")[2]
    return "".join(c if c.isprintable() else "_" for c in name).strip(". ")[:200] or "task"


def back(one: Mapping[str, Any]) -> Marked | None:
    """The marks of the last annotation of a task that was not cancelled, ``None`` where it has none.

    Raises :class:`Misuse` where its regions do not fit its text.
    """
    try:
        done = [a for a in one.get("annotations") or () if not a.get("was_cancelled")]
        if not done:
            return None
        text = _restored(str(one["data"]["text"]), one["data"].get("letters") or ())
        return _marked(text, done[-1]["result"])
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise _no_export(f"{name_of(one)}: {error!r}") from error


def _restored(text: str, letters: Any) -> str:
    found = list(text)
    for at, letter in letters:
        if found[at] == REPLACEMENT and len(letter) == 1:
            found[at] = letter
    return "".join(found)


def _marked(text: str, result: list[dict[str, Any]]) -> Marked:
    first = {
        r["to_id"]: r["from_id"]
        for r in result
        if r["type"] == "relation" and SAME in (r.get("labels") or ())
    }
    root = {name: _root(name, first) for name in (r.get("id") for r in result) if name}
    spans: dict[str, list[Span]] = {}
    label: dict[str, str] = {}
    said: dict[str, Any] = {}
    loose: dict[str, Any] = {}
    for one in result:
        if one["type"] == "labels" and one["value"].get("labels"):
            spans.setdefault(root[one["id"]], []).append(_span(one["value"], text))
            label.setdefault(root[one["id"]], str(one["value"]["labels"][0]))
        elif one["type"] == "textarea":
            words = understood(" ".join(one["value"]["text"]))
            if one["from_name"] == "loose":
                loose = words if isinstance(words, dict) else {}
            elif words:
                said[root[one["id"]]] = words
    marks = [Mark(name, label[name], mend_spans(found), said.get(name)) for name, found in spans.items()]
    links = [
        Link(kind, root.get(one["from_id"], ""), root.get(one["to_id"], ""))
        for one in result
        if one["type"] == "relation"
        for kind in one.get("labels") or ()
        if kind in LINKS
    ]
    known = {mark.id for mark in marks if mark.spans}
    return Marked(
        text,
        tuple(mark for mark in marks if mark.spans),
        tuple(link for link in links if {link.start, link.end} <= known),
        loose,
    )


def _root(name: str, first: Mapping[str, str]) -> str:
    """The first region of a value; people may draw relations in a circle."""
    seen = {name}
    while name in first and first[name] not in seen:
        name = first[name]
        seen.add(name)
    return name


def _span(value: Mapping[str, Any], text: str) -> Span:
    start, end = int(value["start"]), int(value["end"])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"a region from {start} to {end} in a text of {len(text)} letters")
    return Span(start, end)


def _no_export(why: str) -> Misuse:
    return Misuse(
        "bad_annotations",
        f"no export of Label Studio: {why}",
        "Export the project as JSON, not JSON-MIN, and give that file.",
        stage="interop",
    )
