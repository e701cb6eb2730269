"""``title``: the trích yếu on one line, without the type word."""

from collections.abc import Iterator

from extractor.ground.field import INFERRED, Field, Finding, absent
from extractor.ground.formulas import VARIANTS, spaced_type, type_at_start
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span

ASIDE = Shape(
    "lines under the title that are none of its words: rules, (Kèm theo …), page heads",
    r"(?i)[\s\-–—_*=~.]+$|\(?\s*(?:ban\s+hành\s+)?kèm\s+theo\s|\(?\s*dự\s+thảo",
    yes=("-----", "(Ban hành kèm theo ", "(Dự thảo", "***"),
    no=("Kế hoạch",),
    how="match",
)
SUBJECT = Shape(
    "the subject line of a công văn, or a V/v where a plan's title stands",
    r"(?i)v/v[:.]?\s*",
    yes=("V/v ", "V/v: "),
    no=("Về việc ",),
)
CLOSING = Shape(
    "the closing formula repeats the title",
    r"Trên\s+đây\s+là\s+(?i:kế\s+hoạch)\s+(?P<title>[^,;.\n]{12,220})",
    yes=("Trên đây là Kế hoạch tổ chức Tháng hành động",),
    no=("Trên đây là các nội dung",),
)


def find(paper: Paper) -> Finding:
    """The lines of the title zone; else the subject line; else what the closing formula repeats."""
    return next(candidates(paper), None) or absent("no_title", 0.7)


def candidates(paper: Paper) -> Iterator[Finding]:
    """What each of these places gives, in this order."""
    spans = _title_lines(paper)
    if spans:
        yield Finding(_joined(paper, spans), tuple(spans), "title_lines", 0.95)
    spans = _subject(paper)
    if spans:
        yield Finding(_joined(paper, spans), tuple(spans), "subject_line", 0.9)
    for zone in paper.spans("closing"):
        match = CLOSING.re.search(paper.text, zone.start, zone.end)
        if match:
            span = Span(*match.span("title"))
            yield Finding(_joined(paper, [span]), (span,), "closing_formula", 0.6, INFERRED)


def _title_lines(paper: Paper) -> list[Span]:
    spans = []
    for at, (span, words) in enumerate(paper.lines("title")):
        if at == 0:
            span = _behind_type(paper.text, span)
        if span.end > span.start and not ASIDE.re.match(words if at else span.of(paper.text)):
            match = SUBJECT.re.match(paper.text, span.start, span.end)
            spans.append(Span(match.end(), span.end) if match else span)
    return spans


def _behind_type(text: str, span: Span) -> Span:
    """What of the first title line follows the type word."""
    if spaced_type(span.of(text)):
        return Span(span.end, span.end)
    start = span.start
    while start < span.end and text[start] in ' *_“"':
        start += 1
    kind = type_at_start(text[start : span.end])
    if kind:
        start += len(kind)
        rest = text[start : span.end].strip(' *_:“"')
        if rest in VARIANTS:
            return Span(span.end, span.end)
    while start < span.end and text[start] in " *_:-–":
        start += 1
    return Span(start, span.end)


def _subject(paper: Paper) -> list[Span]:
    spans: list[Span] = []
    for span, words in paper.lines("letterhead"):
        match = SUBJECT.re.match(words)
        if match:
            spans = [Span(span.start + match.end(), span.end)]
        elif spans and words[:1].islower() and len(spans) < 4:
            spans.append(span)
        elif spans:
            break
    return spans


def _joined(paper: Paper, spans: list[Span]) -> str:
    words = " ".join(span.words(paper.text) for span in spans).removesuffix("./.")
    return words.strip(' *_"“”.') if words.count("“") == 0 else words.strip(" *_.")


FIELD = Field(
    "title", "trích yếu on one line, without the type word", str, find, rank=60, candidates=candidates
)
