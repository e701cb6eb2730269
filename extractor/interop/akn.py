"""The document as XML in the manner of Akoma Ntoso 3.0 (OASIS LegalDocML).

Every word of the repaired text stands in it, in order, in the document's own structure: preface, preamble,
numbered sections with ``num``, ``heading`` and ``eId``, conclusions. It validates against the schema of
OASIS. It is "in the manner of", as no authority gives Vietnamese plans their identifiers: the IRIs are
composed of what the document says of itself, and appendices stand in the conclusions, not as documents of
their own.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from extractor.ground.paper import Section, trimmed_lines
from extractor.ground.text import Span
from extractor.interop.marks import text_of
from extractor.pipeline import paper_of
from extractor.record import Record

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: a day for a document whose day is not known; the schema demands one
NO_DAY = "0001-01-01"
_BY = "#kehoach"
#: kind of numbering → element, and its short form in an eId (AKN-NC 1.0)
_ELEMENTS = {
    "part:phần": ("part", "part"),
    "part:chương": ("chapter", "chp"),
    "part:mục": ("section", "sec"),
    "part:điều": ("article", "art"),
    "roman": ("section", "sec"),
    "upper": ("section", "sec"),
    "arabic": ("paragraph", "para"),
    "decimal": ("paragraph", "para"),
    "lower": ("point", "point"),
    "small_roman": ("point", "point"),
    "paren": ("point", "point"),
    "bullet": ("indent", "indent"),
    "lead": ("level", "level"),
}
#: zones in front of the body and behind it, by the element that takes them
_PREFACE, _PREAMBLE = ("letterhead", "title"), ("preamble",)
_CONCLUSIONS = ("closing", "recipients", "signature", "appendices")
#: values that have an inline element of their own
_INLINE = {"number": "docNumber", "doc_type": "docType", "title": "docTitle", "issuer": "docProponent"}
_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_DAY = r"\d{4}-\d{2}-\d{2}"


class _Inline(NamedTuple):
    """A stretch of the text that an inline element takes."""

    span: Span
    element: str
    attributes: dict[str, str]


def akn(record: Record) -> str:
    """The XML of a record, with its declaration. Raises :class:`Misuse` for a record without its text."""
    from lxml import etree

    text = _legal(text_of(record))
    paper = paper_of(record)
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    made = _Maker(etree, text, _inlines(record))
    doc = made.add(root, "doc", name=_slug(_value(record, "doc_type") or "") or "van-ban")
    _meta(made, doc, record)
    for element, names in (("preface", _PREFACE), ("preamble", _PREAMBLE)):
        made.zones(doc, element, [z.span for z in paper.zones if z.name in names])
    body = made.add(doc, "mainBody")
    made.blocks(body, paper.root.own if paper.spans("body") else Span(0, 0))
    made.sections(body, paper.root.children, "")
    if not len(body):
        made.add(body, "p")
    made.zones(doc, "conclusions", [z.span for z in paper.zones if z.name in _CONCLUSIONS])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


class _Maker:
    """Adds elements with stretches of the text in them."""

    def __init__(self, etree: Any, text: str, inlines: Sequence[_Inline]) -> None:
        self.etree, self.text, self.inlines = etree, text, inlines

    def add(self, parent: Any, tag: str, /, **attributes: str) -> Any:
        """A new element; the line break behind it is for readers, behind inline ones come words instead."""
        made = self.etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
        made.tail = "\n"
        return made

    def zones(self, doc: Any, element: str, spans: Sequence[Span]) -> None:
        """One element for some zones; none where they hold no words."""
        if any(span.of(self.text).strip() for span in spans):
            parent = self.add(doc, element)
            for span in spans:
                self.blocks(parent, span)

    def blocks(self, parent: Any, span: Span) -> None:
        """A paragraph for each line with words."""
        for line, _ in trimmed_lines(self.text, span):
            self.words(self.add(parent, "p"), line)

    def words(self, element: Any, span: Span) -> None:
        """The words at ``span``, with the inline elements that begin in it."""
        at, last = span.start, None
        for one in _cut(self.inlines, span):
            self._say(element, last, self.text[at : one.span.start])
            last = self.add(element, one.element, **one.attributes)
            last.text = one.span.of(self.text)
            at = one.span.end
        self._say(element, last, self.text[at : span.end])

    @staticmethod
    def _say(element: Any, last: Any, words: str) -> None:
        if last is None:
            element.text = words
        else:
            last.tail = words

    def sections(self, parent: Any, sections: Sequence[Section], path: str) -> None:
        """Sections with all below them. No recursion: depth is the document's choice."""
        open_ = [(parent, sections, path)]
        while open_:
            above, children, prefix = open_.pop()
            taken: set[str] = set()
            for n, section in enumerate(children, 1):
                element, short = _ELEMENTS.get(section.style, ("level", "level"))
                number = re.sub(r"[\W_]+", "-", section.label).strip("-")
                key = f"{prefix}{short}_{number if section.numbered and number else n}"
                name = next(name for name in _again(key) if name not in taken)
                taken.add(name)
                made = self.add(above, element, eId=name)
                self._section(made, section)
                if section.children:
                    open_.append((made, section.children, f"{name}__"))

    def _section(self, made: Any, section: Section) -> None:
        words = section.title or section.content
        label = Span(section.own.start, words.start)
        if label.of(self.text).strip():
            self.add(made, "num").text = label.of(self.text).strip()
        if section.title:
            heading = Span(section.title.start, max(section.title.end, section.content.start))
            trimmed = heading.of(self.text).rstrip()
            self.words(self.add(made, "heading"), Span(heading.start, heading.start + len(trimmed)))
        own = Span(section.content.start, section.own.end)
        if not section.children:
            content = self.add(made, "content")
            self.blocks(content, own)
            if not len(content):
                self.add(content, "p")
        elif own.of(self.text).strip():
            self.blocks(self.add(made, "intro"), own)


def _again(key: str) -> Iterator[str]:
    """Names for sections of one number: ``para_1``, ``para_1-2`` …"""
    yield key
    yield from (f"{key}-{n}" for n in count(2))


def _cut(inlines: Sequence[_Inline], span: Span) -> Iterator[_Inline]:
    """The parts of inline stretches (in order, apart) that lie within ``span``."""
    for at in range(bisect_right(inlines, span.start, key=lambda one: one.span.end), len(inlines)):
        one = inlines[at]
        if one.span.start >= span.end:
            break
        yield one._replace(span=Span(max(one.span.start, span.start), min(one.span.end, span.end)))


def _inlines(record: Record) -> list[_Inline]:
    """What the values of the head and the citations mark in the text, in order, apart."""
    found = []
    for name, element in _INLINE.items():
        found += [_Inline(span, element, {}) for span in _spans(record.fields.get(name))]
    day = _value(record, "date") or ""
    if re.fullmatch(_DAY, day):
        found += [_Inline(span, "docDate", {"date": day}) for span in _spans(record.fields.get("date"))]
    for cited in record.fields.get("citations", ()):
        iri = _iri(cited.value.type, cited.value.number, cited.value.date)
        found += [_Inline(span, "ref", {"href": iri}) for span in _spans(cited)]
    return list(_apart(sorted(found, key=lambda one: one.span)))


def _apart(inlines: Iterable[_Inline]) -> Iterator[_Inline]:
    """Of stretches that overlap the first has the words; the next begins behind it."""
    at = 0
    for one in inlines:
        start = max(one.span.start, at)
        if start < one.span.end:
            yield one._replace(span=Span(start, one.span.end))
            at = one.span.end


def _spans(value: Any) -> list[Span]:
    return [proof.span for proof in value.evidence] if value is not None and value.value is not None else []


def _value(record: Record, name: str) -> Any:
    return getattr(record.fields.get(name), "value", None)


def _iri(kind: str | None, number: str | None, day: str | None) -> str:
    """The IRI of a work by what it says of itself; what is not known is left out."""
    parts = ("akn", "vn", "doc", _slug(kind or "") or "van-ban", day or "", _slug(number or "") or "khong-so")
    return "/" + "/".join(part for part in parts if part)


def _slug(words: str) -> str:
    """Words in letters that any IRI takes (``Kế hoạch`` → ``ke-hoach``)."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def _meta(made: _Maker, doc: Any, record: Record) -> None:
    """The identification of the work, of this text of it, and of this file."""
    day = _value(record, "date") or ""
    number, kind = _value(record, "number"), _value(record, "doc_type")
    work = _iri(kind, number, day)
    day = day if re.fullmatch(_DAY, day) else NO_DAY
    issuer = _value(record, "issuer")
    identification = made.add(made.add(doc, "meta"), "identification", source=_BY)
    for level, iri, this in (
        ("FRBRWork", work, f"{work}/!main"),
        ("FRBRExpression", f"{work}/vie@", f"{work}/vie@/!main"),
        ("FRBRManifestation", f"{work}/vie@.xml", f"{work}/vie@/!main.xml"),
    ):
        one = made.add(identification, level)
        made.add(one, "FRBRthis", value=this)
        made.add(one, "FRBRuri", value=iri)
        made.add(one, "FRBRdate", date=day, name="ban-hanh" if day != NO_DAY else "khong-ro")
        made.add(one, "FRBRauthor", href="#issuer" if level != "FRBRManifestation" else _BY)
        if level == "FRBRWork":
            made.add(one, "FRBRcountry", value="vn")
            if number:
                made.add(one, "FRBRnumber", value=_legal(number))
        elif level == "FRBRExpression":
            made.add(one, "FRBRlanguage", language="vie")
        else:
            made.add(one, "FRBRformat", value="application/akn+xml")
    references = made.add(doc[0], "references", source=_BY)
    name = _legal(issuer.name) if issuer else "không rõ"
    for key, iri, shown in (
        ("issuer", f"/akn/ontology/organization/vn/{_slug(name)}", name),
        ("kehoach", "/akn/ontology/software/kehoach", "kehoach"),
    ):
        made.add(references, "TLCOrganization", eId=key, href=iri, showAs=shown)


def _legal(words: str) -> str:
    """Words without the characters that no XML may hold; each becomes U+FFFD, so that places stay."""
    return re.sub(_ILLEGAL, "\ufffd", words)
