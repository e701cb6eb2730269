"""What holds of every text whatever it says: checked by the fuzzer and by the tests."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree, html

from extractor import pipeline
from extractor.ground.paper import Paper, Section
from extractor.ground.text import Span, Text
from extractor.interop import akn, brat, gold, marked
from extractor.outline import draw
from extractor.record import Record
from extractor.repair import mend
from extractor.view import Viewed, view

#: elements and attributes that no page of ours has; a text that holds them must not bring them in
FOREIGN = "fuzzed"
BREAKOUTS = (
    f"<{FOREIGN}>", f"</script><{FOREIGN} {FOREIGN}=1>", f"\"{FOREIGN}='", f"'><{FOREIGN}>",
    f"--><{FOREIGN}/>", f"</style></textarea></title><{FOREIGN}>", f"]]><{FOREIGN}>",
    f"<!--<script><{FOREIGN}>", "{{7*7}}", f"`><img src=x {FOREIGN}=1>", "&lt;fuzzed&gt;", "\u2028",
    "&#60;fuzzed&#62;",
)  # fmt: skip


class Broken(AssertionError):
    """A law does not hold; the message says which."""


def holds(law: str, true: object) -> None:
    """Raises :class:`Broken` with the law's name where it does not hold."""
    if not true:
        raise Broken(law)


def check(words: str) -> None:
    """A text through every room; raises :class:`Broken`, or whatever a room raises."""
    read = pipeline.mended(words)
    record = pipeline.build(read)
    check_repair(read.text)
    check_drawing(read.text.clean)
    check_values(record)
    check_record(record)
    check_formats(record)
    check_page(view(Viewed(record, (), pipeline.considered(read))))


def check_repair(text: Text) -> None:
    """Mending again changes nothing; the ledger replays from JSON."""
    holds("mending twice changes nothing", mend(text.clean).clean == text.clean)
    holds("the ledger replays", Text.replay(text.raw, json.loads(json.dumps(text.ledger()))) == text)


def check_drawing(clean: str) -> Paper:
    """Zones tile the text, sections the body."""
    paper, at = draw(clean), 0
    for zone in paper.zones:
        holds("zones tile the text", zone.span.start == at <= zone.span.end)
        at = zone.span.end
    holds("zones end with the text", at == len(clean))
    _tiles(paper.root)
    return paper


def _tiles(section: Section) -> None:
    at = section.own.end
    holds("own words begin the section", section.own.start == section.span.start)
    for child in section.children:
        holds("sections tile the body", child.span.start == at)
        _tiles(child)
        at = child.span.end
    holds("children end with their section", at == section.span.end)


def check_values(record: Record) -> None:
    """Every quote is the text at its span, inside the text; its raw place is inside the raw text."""
    text = record.text
    holds("a record has its text", text is not None)
    assert text is not None
    data = record.to_dict()
    for value in values_of([data["fields"], data["outline"]]):
        for evidence in value.get("evidence", ()):
            span = Span(*evidence["span"])
            holds("spans are inside the text", 0 <= span.start < span.end <= len(text.clean))
            holds("quotes are the text at their spans", evidence["quote"] == span.of(text.clean))
            raw = text.raw_span(span)
            holds("raw places are inside the raw text", 0 <= raw.start <= raw.end <= len(text.raw))
        holds("confidence is a probability", 0 <= value.get("confidence", 0) <= 1)
    for heading in record.outline:
        holds("headings are inside the text", 0 <= heading.span.start <= heading.span.end <= len(text.clean))


def values_of(data: Any) -> Iterator[dict[str, Any]]:
    """Every value object of a full record, parts included."""
    for item in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        if isinstance(item, dict) and "evidence" in item:
            yield item
        yield from values_of(item)


def check_record(record: Record) -> None:
    """The record comes back from its own JSON."""
    words = record.to_json()
    back = Record.from_json(words)
    holds("a record comes back from its JSON", back.to_json() == words)
    holds("plain values come back", back.to_json(plain=True) == record.to_json(plain=True))


def check_formats(record: Record) -> None:
    """What nobody changed comes back from annotations as the plain record; the XML is whole."""
    plain = record.to_dict(plain=True)
    for name, found in (("marks", marked(record)), ("brat", brat.back(*brat.standoff(record)))):
        made = gold(found).plain
        holds(f"{name} say what the record says", {key: made[key] for key in plain} == plain)
    holds("the XML is whole", len(etree.fromstring(akn.akn(record).encode())) == 1)


def check_page(page: str) -> None:
    """No element, attribute or comment on the page comes from the text."""
    names, scripts = _elements(page)
    holds("no foreign element or attribute", not any(FOREIGN in name for name in names))
    holds("no handler", not any(name.startswith("on") for name in names))
    holds("no comment", "<!--" not in names)
    holds("the page is whole, and no script of the text", scripts == _scripts())


def _elements(page: str) -> tuple[set[str], int]:
    """The names of the elements and attributes of a page (``<!--``: a comment), and its number of scripts."""
    names, scripts = set(), 0
    for element in html.document_fromstring(
        page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
    ).iter():
        tag = element.tag if isinstance(element.tag, str) else "<!--"
        names |= {tag, *element.attrib}
        scripts += tag in ("script", "style")
    return names, scripts


@cache
def _scripts() -> int:
    return _elements(view(Viewed(pipeline.extract(""))))[1]
