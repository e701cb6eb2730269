"""``doc_type``: the type of the document (Nghị định 30/2020/NĐ-CP, Điều 7, and the Party's types)."""

from collections.abc import Iterator

from extractor.ground.codes import CODE, PLAN, symbol_type
from extractor.ground.field import INFERRED, Field, Finding, absent
from extractor.ground.formulas import spaced_type, type_at_start
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span

SUBJECT = Shape(
    "the trích yếu of a công văn stands under its number, without a type line",
    r"(?m)^\s*V/v(?!\p{L})",
    yes=("V/v",),
    no=("KV/vùng",),
)
ISSUES_PLAN = Shape(
    "the issuing sentence names the type",
    r"(?i)(?:ban\s+hành|xây\s+dựng|lập|triển\s+khai|đề\s+ra)\s+(?P<type>kế\s+hoạch)",
    yes=("ban hành Kế hoạch", "xây dựng kế hoạch"),
    no=("ban hành Quyết định",),
)


def find(paper: Paper) -> Finding:
    """From the type line; else the ``V/v`` of a công văn, the own symbol, the issuing sentence."""
    return next(candidates(paper), None) or absent("no_type", 0.6)


def candidates(paper: Paper) -> Iterator[Finding]:
    """What each of these places gives, in this order."""
    for span, words in paper.lines("title"):
        spaced = spaced_type(words)
        if spaced:
            yield Finding(spaced, (span,), "type_line_spaced", 0.95)
            break
        name = type_at_start(" ".join(words.strip(' *_“"').split()))
        if name:
            at = span.start + len(words) - len(words.lstrip(' *_“"'))
            yield Finding(name, (Span(at, at + len(name)),), "type_line", 0.99)
        break
    head = paper.zone("letterhead")
    match = SUBJECT.re.search(paper.text, head.start, head.end)
    if match:
        yield Finding("Công văn", (Span(match.end() - 3, match.end()),), "subject_line", 0.93)
    for span, words in paper.lines("letterhead", "title"):
        code = CODE.re.search(words) if words.lower().startswith("số") else None
        kind = symbol_type(code["symbol"]) if code else None
        if code and kind:
            yield Finding(
                kind,
                (Span(span.start + code.start(), span.start + code.end()),),
                "own_symbol",
                0.85,
                INFERRED,
            )
    zone = paper.zone("preamble")
    match = ISSUES_PLAN.re.search(paper.text, zone.start, zone.end)
    if match:
        yield Finding(
            PLAN, (Span(match.start("type"), match.end("type")),), "issuing_sentence", 0.8, INFERRED
        )


FIELD = Field("doc_type", "type of the document in sentence case", str, find, rank=10, candidates=candidates)
