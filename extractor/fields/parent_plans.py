"""``parent_plans``: the KẾ HOẠCH that the plan names as its basis.

A plan is told from other citations by type word and symbol (the symbol decides where they differ),
a basis from a mere mention by its place: the opening formula, or a first section that lists bases.
"""

import re
from dataclasses import dataclass

from extractor.ground.bodies import head_of, written_out
from extractor.ground.codes import TYPES, Citation, citations_in
from extractor.ground.cues import cues
from extractor.ground.field import Field, Finding
from extractor.ground.letterhead import own_document
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span


@dataclass(frozen=True, slots=True)
class ParentPlan:
    """A superior or own earlier plan: number, ISO date, the body named as its issuer."""

    number: str
    date: str | None
    issuer: str | None


OF = Shape(
    "between a citation's date and the body it is of",
    r"[\s,)]*(?:(?:(?:của|do)\s+)?(?=\p{Lu})|(?:của|do)\s+(?=(?:trường|nhà\s+trường|phòng|sở|ban|chi\s+bộ|đảng\s+ủy)\s))",
    yes=(" của UBND", " Quận Hai Bà Trưng", ", Sở Y tế", " do Sở Y tế", " của trường Mầm non Hoa Sen"),
    no=("; ", " về ", " của hàng"),
    how="match",
)
_TYPES = "|".join(sorted((re.escape(name) for name in TYPES), key=len, reverse=True))
END = Shape(
    "what ends a body's name: a mark, or the next document (``và Chương trình số 11/CTr-CAH``)",
    rf"[.;:(“\n]|,\s|\s+(?:và|cùng)\s+(?:các\s+)?(?i:{_TYPES})\s+(?:liên\s+tịch\s+)?(?:số\s+)?\d",
    yes=(". ", "; ", ", ", " và Chương trình số 11/CTr-CAH", " và Quyết định 15/QĐ-UBND"),
    no=("-", " và Xã hội", " và kế hoạch hóa gia đình"),
)
NAMED_BY_TOPIC = Shape(
    "bodies whose name says what they are about",
    r"(?i)(?:ban\s+chỉ\s+đạo|ban\s+chỉ\s+huy|hội\s+đồng|ủy\s+ban\s+quốc\s+gia|tổ\s+công\s+tác|đoàn\s+kiểm\s+tra)",
    yes=("Ban Chỉ đạo", "Hội đồng"),
    no=("Sở Y tế",),
)
TOPIC = Shape(
    "the topic in a body's name, before what the cited document itself is about",
    r"\s*(?P<topic>(?:về\s|phòng,?\s+chống\s|thực\s+hiện\s)[^.;:\n]{3,110}?)(?=\s+(?:về\s|triển\s+khai\s|tổ\s+chức\s|phát\s+động\s))"
    r"|\s*(?P<topic>phòng,?\s+chống\s[^.;:\n]{3,110})(?=[.;:\n])",
    yes=(" về an toàn thực phẩm huyện về tổ chức", " phòng, chống tội phạm huyện Krông Búk;"),
    no=(" tổ chức tháng", " về tổ chức tháng."),
    how="match",
)
SEVERAL = Shape(
    "bodies that are named by several fields of work",
    r"(?i)(?:sở|bộ|phòng|trung\s+tâm|chi\s+cục)\s+\p{L}[^,]{0,40}",
    yes=("Sở Văn hóa",),
    no=("Ủy ban nhân dân huyện",),
    how="fullmatch",
)
GOES_ON = Shape(
    "the fields that follow the first",
    r"\p{Lu}\p{L}*\s[^.;:,]{1,40}?và\s\p{Lu}",
    yes=("Thể thao và Du lịch", "Thương binh và Xã hội"),
    no=("Trường THPT Lê Lợi",),
    how="match",
)
BASES = Shape(
    "a first section that lists the bases",
    r"(?i)^(?:các\s+|những\s+)?(?:căn\s+cứ|cơ\s+sở)(?!\p{L})",
    yes=("CĂN CỨ", "Cơ sở"),
    no=("CĂN CỨC",),
)


def find(paper: Paper) -> list[Finding]:
    """All plans cited as basis, in order, each number once."""
    own = own_document(paper)
    found: dict[str, Finding] = {}
    for zone, rule, score in _basis_zones(paper):
        for cited in citations_in(paper.text, zone):
            if cited.is_plan and not own.is_cited_by(cited) and cited.number not in found:
                found[cited.number] = _finding(paper.text, cited, zone, rule, score)
    return list(found.values())


def _basis_zones(paper: Paper) -> list[tuple[Span, str, float]]:
    zones = [(span, "opening_formula", 0.95) for span in paper.spans("preamble")]
    for section in paper.root.children[:2]:
        if section.title and BASES.re.match(section.title.of(paper.text)):
            zones.append((section.span, "section_of_bases", 0.85))
    return zones


def _finding(text: str, cited: Citation, zone: Span, rule: str, score: float) -> Finding:
    body = cited.by or _issuer(text, cited.span.end, zone.end)
    iso = cited.when.iso if cited.when else None
    value = ParentPlan(cited.number, iso, written_out(body.words(text)) if body else None)
    spans = (Span(cited.span.start, max(body.end, cited.span.end) if body else cited.span.end),)
    return Finding(value, spans, rule, score if iso else score - 0.1)


def _issuer(text: str, start: int, end: int) -> Span | None:
    """The body behind a citation: of whom it is, until the words that say what it is about."""
    match = OF.re.match(text, start, min(end, start + 60))
    if match is None:
        return None
    limit = min(end, match.end() + 180)
    about = cues("about", flags="").search(text, match.end(), limit)
    stop = about.start() if about else limit
    marks = END.re.finditer(text, match.end(), stop)
    ends = (mark.start() for mark in marks if not _named_on(text, match.end(), mark.start(), stop))
    body = Span(match.end(), next(ends, stop))
    words = body.of(text)
    if head_of(words) is None and not match.group().strip(" ,)"):
        return None
    topic = TOPIC.re.match(text, body.end, limit) if NAMED_BY_TOPIC.re.match(words) else None
    if topic:
        body = body._replace(end=topic.end("topic"))
    while body.end > body.start and text[body.end - 1] in " ,\t":
        body = body._replace(end=body.end - 1)
    return body if body.end > body.start else None


def _named_on(text: str, start: int, comma: int, limit: int) -> bool:
    """Whether a comma stands within a body's name (``Sở Văn hóa, Thể thao và Du lịch``)."""
    before, after = text[start:comma], text[comma + 1 : limit].lstrip()
    if text[comma] != "," or head_of(after) is not None:
        return False
    if NAMED_BY_TOPIC.re.match(before):
        return after[:1].islower()
    return SEVERAL.re.fullmatch(before) is not None and GOES_ON.re.match(after) is not None


FIELD = Field("parent_plans", "plans named as the basis", ParentPlan, find, rank=80, many=True)
