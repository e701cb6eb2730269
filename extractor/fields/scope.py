"""``scope``: the stated phạm vi."""

from collections.abc import Iterator

from extractor.ground.field import Field, Finding
from extractor.ground.formulas import ANY_BULLET, BULLETS
from extractor.ground.paper import Paper, trimmed_lines
from extractor.ground.sections import heading, titled, unsaid
from extractor.ground.shape import Shape
from extractor.ground.text import Span

HEADING = Shape(
    "a heading that announces the scope",
    r"(?i)(?<!\p{L})phạm\s+vi(?!\p{L})",
    yes=("Phạm vi", "PHẠM VI TRIỂN KHAI"),
    no=("phạm việc",),
)
MERGED = Shape(
    "a heading that announces another matter too, so that its text is not the scope alone",
    r"(?i),(?!\s*đối\s+tượng(?!\p{L}))",
    yes=("Phạm vi, thời gian", "Chủ đề, thời gian, phạm vi"),
    no=("Phạm vi, đối tượng", "Phạm vi và đối tượng áp dụng"),
)
LINE = Shape(
    "a bullet or line that states the scope behind a colon",
    rf"(?im)^[ \t{ANY_BULLET}]*"
    r"(?:về\s+)?phạm\s+vi[^:\n]{0,40}:[ \t]*(?P<scope>[^\n]{4,300})",
    yes=("- Phạm vi: Trên địa bàn xã", "Phạm vi triển khai: toàn tỉnh"),
    no=("trong phạm vi: xã",),
)


def find(paper: Paper) -> Finding:
    """The words behind a line's ``Phạm vi:`` or under a heading of its own."""
    return next(candidates(paper), None) or unsaid(paper, HEADING)


def candidates(paper: Paper) -> Iterator[Finding]:
    """All such words: those under headings, then the first of a line."""
    body = paper.zone("body")
    for section in titled(paper, HEADING):
        merged = MERGED.re.search(heading(paper, section)) is not None
        lines = [span for span, _ in trimmed_lines(paper.text, section.content)]
        if lines and not merged:
            yield _found(paper, lines[0], "scope_section", 0.93)
        elif section.children and not merged:
            first = [span for span, _ in trimmed_lines(paper.text, section.children[0].content)]
            if first and not section.children[0].heads:
                yield _found(paper, first[0], "scope_section", 0.85)
    match = LINE.re.search(paper.text, body.start, body.end)
    if match:
        yield _found(paper, Span(*match.span("scope")), "scope_line", 0.85)


def _found(paper: Paper, span: Span, rule: str, score: float) -> Finding:
    return Finding(span.words(paper.text).strip(f" .;:{BULLETS}"), (span,), rule, score)


FIELD = Field("scope", "stated phạm vi", str, find, rank=120, candidates=candidates)
