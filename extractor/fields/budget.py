"""``budget``: the stated funding, in the document's words."""

from collections.abc import Iterator

from extractor.ground.field import Field, Finding
from extractor.ground.formulas import ANY_BULLET
from extractor.ground.paper import Paper, trimmed_lines
from extractor.ground.sections import titled, unsaid
from extractor.ground.shape import Shape
from extractor.ground.text import Span

HEADING = Shape(
    "a heading about money as such (not a unit's name, not an activity)",
    r"(?i)^\s*(?:(?:dự\s+toán|dự\s+kiến|nguồn|về)\s+)?(?:kinh\s+phí|ngân\s+sách|nguồn\s+lực\s+tài\s+chính)(?!\p{L})",
    yes=("KINH PHÍ THỰC HIỆN", "Nguồn kinh phí", "Dự toán kinh phí", "Về kinh phí"),
    no=("Phòng Tài chính", "Vận động kinh phí"),
)
LINE = Shape(
    "a line of its own that states the funding",
    rf"(?m)^[ \t{ANY_BULLET}]*"
    r"(?:(?:Nguồn\s+)?[Kk]inh\s+phí[^\n:.]{0,60}:[ \t]*(?P<budget>[^\n]{8,600})"
    r"|(?P<budget>(?:Nguồn\s+)?[Kk]inh\s+phí[^\n:.]{0,60}(?:lấy\s+từ|được|do|từ|thực\s+hiện)[^\n]{8,600}))",
    yes=("- Kinh phí: từ nguồn ngân sách xã", "Kinh phí thực hiện được bố trí trong dự toán"),
    no=("Vận động kinh phí từ xã hội",),
)
REPORT = Shape(
    "a closing paragraph that wants a report, and does not speak of money",
    r"(?i)(?!.*(?:kinh\s+phí|ngân\s+sách|dự\s+toán|quyết\s+toán))(?=.*(?<!\p{L})ngày\s+\d|.*\d[/-]\d).*báo\s+cáo.*",
    yes=("Trước ngày 20/5/2016, các xã gửi báo cáo về Phòng Y tế.",),
    no=("Báo cáo quyết toán kinh phí trước ngày 20/5/2016.", "Ngân sách xã bảo đảm."),
    how="fullmatch",
)


def find(paper: Paper) -> Finding:
    """The text of the funding section; else a line that begins with ``Kinh phí``."""
    return next(candidates(paper), None) or unsaid(paper, HEADING)


def candidates(paper: Paper) -> Iterator[Finding]:
    """All such texts, sections before lines."""
    for section in titled(paper, HEADING):
        reach = Span(section.content.start, section.span.end)
        lines = [
            span for span, words in trimmed_lines(paper.text, reach) if words[0] != "|"
        ]  # no table below
        while lines[1:] and REPORT.re.fullmatch(lines[-1].words(paper.text)):
            lines.pop()
        if lines:
            words = " ".join(span.words(paper.text) for span in lines)
            yield Finding(words.strip(" ./"), (Span(lines[0].start, lines[-1].end),), "funding_section", 0.93)
    for name in ("body", "closing"):
        for zone in paper.spans(name):
            match = LINE.re.search(paper.text, zone.start, zone.end)
            if match:
                span = Span(*match.span("budget"))
                yield Finding(span.words(paper.text).strip(" .;/"), (span,), "funding_line", 0.75)


FIELD = Field("budget", "stated funding", str, find, rank=160, candidates=candidates)
