"""``theme``: the stated chủ đề in the document's own wording, without quotes."""

from collections.abc import Iterator

from extractor.ground.field import Field, Finding
from extractor.ground.formulas import BULLETS
from extractor.ground.paper import Paper
from extractor.ground.sections import titled, unsaid
from extractor.ground.shape import Shape
from extractor.ground.text import Span

HEADING = Shape(
    "a heading that announces the theme",
    r"(?i)(?<!\p{L})(?:chủ\s+(?:đề|điểm)|tư\s+tưởng\s+chủ\s+đạo)(?!\p{L})(?!\s+(?:thi|bài|hội\s+thảo|sinh\s+hoạt|tuyên\s+truyền\s+pháp))",
    yes=("Chủ đề", "CHỦ ĐỀ", "Chủ điểm"),
    no=("chủ đềx", "chủ đề thi"),
)
QUOTED = Shape(
    "the theme in quotes behind the words chủ đề",
    r"(?i)chủ\s+(?:đề|điểm)(?P<gap>[^“”\"«‘.;\n]{0,120})\s*+[:,]?\s*+[“\"«‘](?P<theme>[^“”\"»\n]{6,260})[”\"»’“]?",
    yes=("chủ đề: “Chung tay vì trẻ em”", 'chủ đề năm 2022 là: "Một hai ba bốn"'),
    no=("chủ đề và nội dung.",),
)
STATED = Shape(
    "the theme in quotes right behind a colon or là; a campaign's own name in quotes may stand before",
    r"(?i)chủ\s+(?:đề|điểm)[^.;\n]{0,200}?(?::|\slà:?)\s*+[“\"«‘](?P<theme>[^“”\"»\n]{6,260})[”\"»’“]?",
    yes=("Chủ đề Tháng hành động “Vì trẻ em” năm 2022: “Chung tay bảo vệ trẻ em”",),
    no=("chủ đề “Một hai ba”",),
)
PLAIN = Shape(
    "the theme without quotes behind chủ đề (là): or chủ điểm tháng 12:",
    r"(?i)chủ\s+(?:đề|điểm)[^“”\"«.;:\n]{0,90}?(?::|\slà:?)\s*+(?P<theme>\p{L}[^“”\"\n;]{8,240}?)[^\S\n]*+(?=[.;]\s|[.;]?\s*+$|\n)",
    yes=("Chủ điểm tháng 12: UỐNG NƯỚC NHỚ NGUỒN",),
    no=("bám sát chủ đề, nội dung",),
)
#: ``bám sát chủ đề``, ``với chủ đề`` of a contest or a lesson: mentions, not statements.
EVENT = Shape(
    "words before chủ đề that make it an event's own",
    r"(?i)(?<!\p{L})(?:thi|trại|liên\s+hoan|giải|triển\s+khai\s+chuyên\s+đề|hội\s+thi|cuộc\s+thi|tọa\s+đàm|hội\s+thảo|diễn\s+đàn|lớp\s+tập\s+huấn|hội\s+nghị|triển\s+lãm|bài\s+viết|chuyên\s+đề|ngoại\s+khóa|chương\s+trình|bám\s+sát|tuyên\s+truyền\s+(?:về\s+)?|trang\s+trí|sân\s+khấu|viết\s+thư|vẽ\s+tranh)[^.;\n]{0,60}$",
    yes=("tổ chức hội thi với ", "bám sát "),
    no=("được phát động với ",),
)


def find(paper: Paper) -> Finding:
    """The first statement: a section headed chủ đề, the opening formula, the title, a general sentence."""
    return next(candidates(paper), None) or unsaid(paper, HEADING)


def candidates(paper: Paper) -> Iterator[Finding]:
    """All statements, the most trusted first."""
    for section in titled(paper, HEADING):
        reach = Span(section.own.start, section.span.end)
        span = (
            _quoted(paper.text, reach)
            or _first_quote(paper.text, section.content)
            or _sentence(paper.text, section.content)
        )
        if span:
            yield _found(paper, span, "theme_section", 0.96)
        elif len(section.children) == 1:
            child = section.children[0].content
            span = _first_quote(paper.text, child) or _sentence(paper.text, child)
            if span:
                yield _found(paper, span, "theme_section", 0.9)
    for name, score in (("preamble", 0.92), ("title", 0.9), ("closing", 0.85)):
        for zone in paper.spans(name):
            span = _quoted(paper.text, zone)
            if span:
                yield _found(paper, span, f"theme_in_{name}", score)
    yield from _in_sentences(paper)


def _in_sentences(paper: Paper) -> Iterator[Finding]:
    """A sentence of the body that states the campaign's theme, or a line ``Chủ điểm tháng 12: …``."""
    text = paper.text
    for zone in paper.spans("body"):
        for match in QUOTED.re.finditer(text, zone.start, zone.end):
            lead = _lead(text, match.start())
            of_campaign = OF_CAMPAIGN.re.match(match["gap"]) is not None
            if of_campaign or (CAMPAIGN.re.search(lead + match["gap"]) and not EVENT.re.search(lead)):
                yield _found(paper, Span(*match.span("theme")), "theme_in_sentence", 0.7)
        for match in PLAIN.re.finditer(text, zone.start, zone.end):
            lead = _lead(text, match.start())
            if len(lead.strip(f" {BULLETS}")) < 4:
                yield _found(paper, Span(*match.span("theme")), "theme_unquoted", 0.7)


def _lead(text: str, at: int) -> str:
    """The words of the line before ``at``, the nearest of them."""
    low = max(0, at - 240)
    return text[max(text.rfind("\n", low, at) + 1, low) : at]


CAMPAIGN = Shape(
    "a campaign whose theme a sentence may state",
    r"(?<!\p{L})(?:Tháng|Tuần|Ngày|Năm|Đợt|tháng\s+(?:hành|cao)|đợt|chiến\s+dịch|Chiến\s+dịch|phong\s+trào|Phong\s+trào|phát\s+động)(?!\p{L})",
    yes=("Tháng hành động", "được phát động với"),
    no=("thi vẽ tranh",),
)


OF_CAMPAIGN = Shape(
    "behind the word chủ đề, the campaign whose theme it is, whatever is done with it",
    r"\s*(?:của\s+|trong\s+)?(?:Tháng|Tuần\s+lễ|Ngày|Năm|Đợt|Chiến\s+dịch)\s+(?=\p{Lu}|\p{L}+\s)",
    yes=(" Tháng An toàn giao thông năm 2017 ",),
    no=(" thi vẽ tranh Ngày hội ",),
    how="match",
)


def _quoted(text: str, span: Span) -> Span | None:
    match = STATED.re.search(text, span.start, span.end) or QUOTED.re.search(text, span.start, span.end)
    if match is None or EVENT.re.search(text[max(span.start, match.start() - 90) : match.start()]):
        return None
    return Span(*match.span("theme"))


FIRST_QUOTE = Shape(
    "whatever stands in quotes",
    r"[“\"«](?P<theme>[^“”\"»\n]{6,260})[”\"»“]",
    yes=("“Chung tay vì trẻ em”",),
    no=("“”",),
)


def _first_quote(text: str, span: Span) -> Span | None:
    match = FIRST_QUOTE.re.search(text, span.start, span.end)
    return Span(*match.span("theme")) if match else None


def _sentence(text: str, span: Span) -> Span | None:
    """An unquoted theme: what follows ``chủ đề là:``, or the section's only short sentence."""
    match = PLAIN.re.search(text, span.start, span.end)
    if match:
        return Span(*match.span("theme"))
    words = text[span.start : span.end].strip(f" \n\t:{BULLETS}")
    if not 8 <= len(words) <= 220 or "\n" in words:
        return None
    start = text.index(words, span.start)
    return Span(start, start + len(words.rstrip(" .;")))


def _found(paper: Paper, span: Span, rule: str, score: float) -> Finding:
    words = span.words(paper.text).strip(' .;,*_“”"')
    return Finding(words, (span,), rule, score)


FIELD = Field("theme", "stated chủ đề, in its own wording", str, find, rank=100, candidates=candidates)
