"""``period``: the stated time window of the whole plan."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.ground.dates import When, when
from extractor.ground.field import INFERRED, Field, Finding
from extractor.ground.formulas import ANY_BULLET, BULLETS
from extractor.ground.numerals import roman
from extractor.ground.paper import Paper, Section
from extractor.ground.sections import depth, heading, titled, unsaid
from extractor.ground.shape import Shape
from extractor.ground.text import Span
from extractor.ground.years import plan_year


@dataclass(frozen=True, slots=True)
class Period:
    """A window in ISO 8601, partial where the source is; a one-day event has start = end."""

    start: str | None
    end: str | None


HEADING = Shape(
    "a heading about the plan's time",
    r"(?i)^(?!.*báo\s+cáo)(?:.*(?<!\p{L}))?(?:thời\s+gian|thời\s+điểm|thời\s+hạn)(?!\p{L})",
    yes=("Thời gian", "CHỦ ĐỀ, THỜI GIAN", "Thời gian, địa điểm"),
    no=("Thời gian báo cáo", "Thời giant"),
)
LINE = Shape(
    "a line or bullet that begins with the time of the event",
    rf"(?im)^[ \t{ANY_BULLET}]*(?:[a-zđ\d][.)]\s*)?thời\s+gian"
    r"(?![^:\n]{0,30}báo\s+cáo)[^:\n]{0,40}:(?P<rest>[^\n]{4,300})",
    yes=("- Thời gian: từ ngày 01/6/2024", "Thời gian tổ chức: 5/6/2020"),
    no=("- Thời gian báo cáo: trước 5/6/2020",),
)


_HOUR = r"(?:\d{1,2}(?:\s?(?:h|giờ)\s?(?:\d{2})?(?:\s?phút)?|:\d{2}),?\s{1,9}(?=(?i:ngày|thứ|chủ)))?"
_WEEKDAY = _HOUR + r"(?i:(?:thứ\s{1,9}\p{L}{2,4}|thứ\s{1,9}[2-7]|chủ\s{1,9}nhật),?\s{1,9})?"


def _point(p: str) -> str:
    year = r"(?:19|20)\d\d"
    return (
        rf"(?:{_WEEKDAY}(?i:ngày\s{{0,9}}|mùng\s{{0,9}})?(?P<{p}d>\d{{1,2}})\s{{0,9}}(?:/\s{{0,9}}|\.|-(?=\d{{1,2}}-)|\s{{1,9}}tháng\s{{1,9}})(?P<{p}m>\d{{1,2}})"
        rf"(?:\s{{0,9}}(?:[/.\-]|,?\s{{0,9}}năm)\s{{0,9}}(?P<{p}y>{year}))?(?!\d)"
        rf"|(?i:(?:hết\s{{1,9}}|đầu\s{{1,9}}|cuối\s{{1,9}}|giữa\s{{1,9}})?tháng)\s{{0,9}}(?P<{p}M>\d{{1,2}})(?:\s{{0,9}}(?:/|-|năm)\s{{0,9}}(?P<{p}Y>{year}))?(?!\d)"
        rf"|(?i:quý)\s{{0,9}}(?P<{p}q>IV|I{{1,3}}|[1-4])(?!\p{{L}})(?:\s{{0,9}}(?:/|năm)\s{{0,9}}(?P<{p}Z>{year}))?"
        rf"|(?i:năm)\s{{0,9}}(?P<{p}w>{year})(?!\d))"
    )


_JOIN = (
    r"\s{0,9}(?:,?\s{0,9}(?i:(?:và\s{1,9})?kết\s{1,9}thúc(?:\s{1,9}vào)?|đến|tới)"
    r"(?:\s{1,9}(?i:hết|cuối))?(?:\s{1,9}(?i:ngày))?|[-–])\s{0,9}"
)
RANGE = Shape(
    "two points in time joined by đến or a dash; the first may lack what the second says",
    rf"(?:(?i:từ)\s{{1,9}})?(?:{_point('a')}|(?i:ngày\s{{0,9}})?(?P<ax>\d{{1,2}}))(?:\s{{0,4}}\([^)\n]{{0,20}}\))?{_JOIN}{_point('b')}",
    yes=(
        "từ ngày 01/6/2024 đến ngày 30/6/2024",
        "01/6/2017 - 30/6/2017",
        "5-13/9/2019",
        "Từ 21/4/2022 đến 29/4/2022",
        "từ ngày 15 đến ngày 30 tháng 4 năm 2019",
        "từ tháng 6 đến tháng 12/2022",
        "quý IV/2018 đến hết tháng 5/2019",
        "15/11 đến ngày 15/12/2023",
        "từ ngày 15 tháng 4 đến hết ngày 15 tháng 5 năm 2021",
        "từ thứ hai, ngày 02/10/2023 đến chủ nhật, ngày 08/10/2023",
        "Từ 00h00 ngày 31/12/2019 đến 24h00 ngày 01/02/2020",
        "Từ 7h30 ngày 10/4/2021 đến 11 giờ 30 phút, thứ 7, ngày 17/4/2021",
    ),
    no=("07h00 – 11h00", "2020-2025", "7h30 đến 9h00"),
)
UNTIL = Shape(
    "from now until",
    rf"(?i:từ\s{{1,9}}nay|từ\s{{1,9}}khi\s{{1,9}}ban\s{{1,9}}hành|từ\s{{1,9}}ngày\s{{1,9}}(?:ký|ban\s{{1,9}}hành))[^.;\n]{{0,40}}?(?i:đến)(?:\s{{1,9}}(?i:hết))?(?:\s{{1,9}}(?i:ngày))?\s{{0,9}}{_point('b')}",
    yes=("từ nay đến hết ngày 31/12/2023",),
    no=("từ nay trở đi",),
)
DAYS = Shape(
    "several days of one month",
    r"(?<![\d,])(?P<d>\d{1,2})(?:\s?,\s?\d{1,2}(?=\s?[,&v\s])){0,10}\s?(?:,|và|&)\s{0,4}(?P<e>\d{1,2})\s{0,9}(?:/|tháng\s{1,9})\s{0,9}(?P<m>\d{1,2})\s{0,9}(?:/|năm)\s{0,9}(?P<y>(?:19|20)\d\d)",
    yes=("24, 25 và 26 tháng 8 năm 2026", "5, 6/9/2019"),
    no=("24 và các ngày",),
)
MERGED = Shape(
    "a heading that announces another matter beside the time, which stands in a section below",
    r"(?i),|\svà\s",
    yes=("Thời gian, địa điểm", "Chủ đề và thời gian thực hiện"),
    no=("Thời gian thực hiện",),
)
SENTENCE_END = Shape(
    "the end of a sentence",
    r"[.;]\s",
    yes=(". Luyện tập",),
    no=("1.500",),
)
POINT = Shape(
    "one point in time",
    rf"(?<![\d/]){_point('b')}",
    yes=("ngày 28 tháng 4 năm 2026", "29/4/2026", "tháng 11 năm 2023", "Quý III/2022"),
    no=("7h15",),
)


def find(paper: Paper) -> Finding:
    """The widest window in a section headed thời gian; else in a line that begins so; else the title."""
    return next(candidates(paper), None) or unsaid(paper, HEADING)


def candidates(paper: Paper) -> Iterator[Finding]:
    """All windows, the most trusted first."""
    year = plan_year(paper)
    for section in sorted(titled(paper, HEADING), key=lambda s: _order(paper, s)):
        reach = Span(section.content.start, section.span.end)
        finding = _window(paper.text, reach, year, "time_section", 0.95)
        if finding:
            yield finding
    body = paper.zone("body")
    for match in LINE.re.finditer(paper.text, body.start, body.end):
        finding = _window(paper.text, Span(*match.span("rest")), year, "time_line", 0.75)
        if finding:
            yield finding
    for name in ("title", "preamble"):
        for zone in paper.spans(name):
            finding = _ranges(paper.text, zone, year, f"window_in_{name}", 0.7)
            if finding and not _of_a_basis(paper.text, finding):
                yield finding


def _of_a_basis(text: str, finding: Finding) -> bool:
    """Whether the years are what a cited document is about: ``Căn cứ … từ năm 2011 đến năm 2020``."""
    line = text[text.rfind("\n", 0, finding.spans[0].start) + 1 :]
    years = all(end is None or len(end) == 4 for end in (finding.value.start, finding.value.end))
    return years and line.lstrip(f" {BULLETS}").lower().startswith("căn cứ")


def _order(paper: Paper, section: Section) -> tuple[bool, int, int]:
    """Sections of their own before merged ones' parents; the shallow before the deep."""
    merged = bool(section.children) and MERGED.re.search(heading(paper, section)) is not None
    return merged, depth(section), section.span.start


def _window(text: str, span: Span, year: When | None, rule: str, score: float) -> Finding | None:
    found = _ranges(text, span, year, rule, score)
    if found:
        return found
    match = DAYS.re.search(text, span.start, span.end)
    if match and not _said_before(text, span.start, match.start()):
        first = when(match["y"], match["m"], match["d"], Span(*match.span()))
        last = when(match["y"], match["m"], match["e"], Span(*match.span()))
        if first and last:
            return Finding(Period(first.iso, last.iso), (first.span,), rule, score - 0.03)
    return _point_window(text, span, rule, score)


def _said_before(text: str, start: int, end: int) -> bool:
    """Whether a sentence before ``end`` names a day: ``Hội thi ngày 20/8/2024. Tập luyện ngày 17 và …``."""
    points = POINT.re.finditer(text, start, end)
    return any(match["bd"] and SENTENCE_END.re.search(text, match.end(), end) for match in points)


def _point_window(text: str, span: Span, rule: str, score: float) -> Finding | None:
    for match in POINT.re.finditer(text, span.start, span.end):
        low, high = _ends(match, "b", None)
        if low and high:
            return Finding(Period(low, high), (Span(*match.span()),), rule, score - 0.06)
    return None


def _ranges(text: str, span: Span, year: When | None, rule: str, score: float) -> Finding | None:
    found = [f for m in RANGE.re.finditer(text, span.start, span.end) if (f := _range(m, year, rule, score))]
    if found:
        return max(found, key=lambda f: _width(f.value))
    match = UNTIL.re.search(text, span.start, span.end)
    end = _ends(match, "b", year)[1] if match else None
    if match and end:
        return Finding(Period(None, end), (Span(*match.span()),), rule, score - 0.05)
    return None


def _range(match: "regex.Match[str]", year: When | None, rule: str, score: float) -> Finding | None:
    end = _ends(match, "b", None)[1]
    inferred = end is None
    if end is None:
        end = _ends(match, "b", year)[1]
    if end is None:
        return None
    start = _start(match, end)
    if start is None:
        return None
    if start > end + "-99":  # printed the wrong way round: kept as it is, and doubted
        score = min(score, 0.4)
    spans = (Span(*match.span()),) + ((year.span,) if inferred and year else ())
    return Finding(
        Period(start, end), spans, rule, score - (0.15 if inferred else 0), INFERRED if inferred else "found"
    )


def _start(match: "regex.Match[str]", end: str) -> str | None:
    """The start of a range, completed by what its end says."""
    whole = Span(*match.span())
    if match["ax"]:
        if len(end) < 10 or match["bM"] or match["bq"] or match["bw"]:
            return None
        made = when(end[:4], end[5:7], match["ax"], whole)
        return made.iso if made else None
    last = When(int(end[:4]), None, None, whole)
    start = _ends(match, "a", last)[0]
    if start and start > end + "-99":  # 15/11 đến 15/1/2024: the start lies in the year before
        start = _ends(match, "a", When(int(end[:4]) - 1, None, None, whole))[0]
    return start


def _ends(match: "regex.Match[str]", p: str, year: When | None) -> tuple[str | None, str | None]:
    """First and last day of a point: the same for days, months and years; a quarter has three months."""
    span = Span(*match.span())
    own = (
        match[p + "y"]
        or match[p + "Y"]
        or match[p + "Z"]
        or match[p + "w"]
        or (str(year.year) if year else None)
    )
    if own is None:
        return None, None
    if match[p + "d"]:
        made = when(own, match[p + "m"], match[p + "d"], span)
        return (made.iso, made.iso) if made else (None, None)
    if match[p + "M"]:
        made = when(own, match[p + "M"], None, span)
        return (made.iso, made.iso) if made else (None, None)
    if match[p + "q"]:
        quarter = roman(match[p + "q"]) or int(match[p + "q"])
        return f"{own}-{3 * quarter - 2:02d}", f"{own}-{3 * quarter:02d}"
    return own, own


def _width(period: Period) -> int:
    start, end = ((value or "").split("-") for value in (period.start, period.end))
    days = [
        int(p[0]) * 372 + int(p[1] if len(p) > 1 else 1) * 31 + int(p[2] if len(p) > 2 else 1)
        for p in (start, end)
        if p[0]
    ]
    return days[-1] - days[0] if len(days) == 2 else 0


FIELD = Field("period", "stated time window of the whole plan", Period, find, rank=110, candidates=candidates)
