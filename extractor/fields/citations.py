"""``citations``: every document cited in the main body with a number, each once."""

from dataclasses import dataclass

from extractor.ground.codes import Citation, citations_in
from extractor.ground.field import Field, Finding
from extractor.ground.letterhead import own_document
from extractor.ground.paper import Paper
from extractor.ground.text import Span

_ZONES = ("title", "preamble", "body", "closing")


@dataclass(frozen=True, slots=True)
class Cited:
    """A cited document: type in sentence case, number without spaces, ISO date where printed."""

    type: str
    number: str
    date: str | None


def find(paper: Paper) -> list[Finding]:
    """In order of first appearance; a repeat adds its place, and its date where that was missing."""
    own = own_document(paper)
    seen: dict[tuple[str, str], list[Citation]] = {}
    for name in _ZONES:
        for zone in paper.spans(name):
            for cited in citations_in(paper.text, zone):
                if not own.is_cited_by(cited):
                    seen.setdefault((cited.type, cited.number.upper()), []).append(cited)
    return [_finding(mentions) for mentions in _merged(seen)]


def _merged(seen: dict[tuple[str, str], list[Citation]]) -> list[list[Citation]]:
    """A number that a generic word repeats (``Văn bản số …``) is the same citation."""
    typed = {number for kind, number in seen if kind != "Văn bản"}
    return [mentions for (kind, number), mentions in seen.items() if kind != "Văn bản" or number not in typed]


def _finding(mentions: list[Citation]) -> Finding:
    dated = next((c for c in mentions if c.when), None)
    first = mentions[0]
    spans: tuple[Span, ...] = tuple(dict.fromkeys(c.span for c in ([dated] if dated else []) + mentions))
    value = Cited(first.type, first.number, dated.when.iso if dated and dated.when else None)
    score = 0.97 if first.symbol and dated else 0.9 if first.symbol else 0.8
    if len({c.when.iso for c in mentions if c.when}) > 1:  # the document contradicts itself
        return Finding(value, spans[:5], "code_with_two_dates", 0.6)
    return Finding(value, spans[:5], "code_with_date" if dated else "code", score)


FIELD = Field("citations", "documents cited in the main body", Cited, find, rank=90, many=True)
