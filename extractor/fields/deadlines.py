"""``deadlines``: by when somebody has to report, to whom, by what way.

A reporting deadline is a clause that speaks of reporting and names a date or a recurrence as its
limit. Dates of events, and of handing in a unit's own plan, are none; nor is ``báo cáo … theo quy
định`` without a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractor.ground.addressees import channel, recipient
from extractor.ground.assignees import is_assignee, unit_name
from extractor.ground.cues import cues
from extractor.ground.dates import DAY_MONTH, When, dates_in, when
from extractor.ground.field import FOUND, INFERRED, Field, Finding
from extractor.ground.paper import Paper, Section, trimmed_lines
from extractor.ground.shape import Shape
from extractor.ground.text import Span
from extractor.ground.years import plan_year


@dataclass(frozen=True, slots=True)
class Deadline:
    """``date`` ISO, ``None`` where recurring; ``recurrence`` and ``text`` in the source's words."""

    date: str | None
    recurrence: str | None
    recipient: str | None
    via: str | None
    reporter: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Limit:
    """What limits a report: a date (``inferred``: its year is the plan's) or a recurrence."""

    span: Span
    date: str | None
    recurrence: str | None
    inferred: bool = False


_Whom = tuple[Span | None, Span | None]  # the recipient, and by way of whom


class _Lead(NamedTuple):
    """What a line says of the reports listed below it (``… báo cáo về Sở theo từng đợt:``)."""

    whom: _Whom
    reporter: str | None


REPORTS = Shape(
    "words of reporting",
    r"(?i)(?<!\p{L})(?<!(?:nghe|hội\s+nghị|hội\s+thảo|buổi)\s)(?:báo\s+(?:số\s+liệu|kết\s+quả|tình\s+hình|tiến\s+độ)|báo\s+cáo(?!\s+(?:viên|đề\s+dẫn|tham\s+luận))|gửi\s+(?:kết\s+quả|tổng\s+kết|số\s+liệu)|kết\s+quả[^.;\n]{0,120}gửi|tổng\s+hợp\s+kết\s+quả)",
    yes=("báo cáo", "báo số liệu", "gửi kết quả", "tổng hợp kết quả"),
    no=("báo cáo viên", "gửi kế hoạch"),
)
OWN_PLAN = Shape(
    "handing in the unit's own plan, registering, nominating: no report",
    r"(?i)(?:gửi|nộp|ban\s+hành|xây\s+dựng|hoàn\s+thành)\s+(?:(?:xong|và\s+gửi)\s+)?(?:bản\s+)?(?:kế\s+hoạch|chương\s+trình|danh\s+sách|đăng\s+ký|văn\s+bản|bài\s+dự\s+thi|tác\s+phẩm)",
    yes=("gửi kế hoạch", "xây dựng kế hoạch", "nộp danh sách"),
    no=("gửi báo cáo",),
)
LIMIT = Shape(
    "the words that make a date a limit",
    r"(?i)(?<!\p{L})(?:trước(?!\s+(?:khi|mắt|hết|tiên))|chậm\s+nhất|muộn\s+nhất|hạn(?:\s+(?:cuối|chót))?|xong|vào|đến\s+hết|không\s+quá|từ|ngày)(?!\p{L})",
    yes=("trước", "chậm nhất", "vào"),
    no=("trước khi", "trước hết"),
)
RECURS = Shape(
    "a recurrence: by the 15th of each month, every six months, each year before 25/11",
    r"(?i)(?:(?:trước|chậm\s+nhất|vào|định\s+kỳ)[^.;,\n]{0,12}?\s+)?(?:ngày\s+)?(?:\d{1,2}(?:/\d{1,2}|\s+tháng\s+\d{1,2})?\s+)?(?:(?:(?:mỗi\s+)?(?:sáng|chiều)\s+|\d{1,2}\s*giờ(?:\s*\d{1,2}\s*phút)?\s+)?thứ\s+\p{L}+\s+)?(?:của\s+)?(?:tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?quý|(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm|tuần|ngày)|(?:định\s+kỳ\s+)(?:\(\s*+)?(?:(?:\d{1,2}|sáu|ba)\s+tháng|tháng|quý|năm|tuần)(?:[,\s]+(?:và\s+)?(?:(?:1\s+|một\s+)?năm|(?:hằng|hàng)\s+năm|quý|09\s+tháng|9\s+tháng))*)"
    r"|(?:chậm\s+nhất|muộn\s+nhất|trong\s+vòng|sau)\s+(?:là\s+)?\d{1,2}\s+(?:ngày|giờ|tuần)(?:\s+làm\s+việc)?,?"
    r"\s+(?:sau|kể\s+từ|tính\s+từ)(?:\s+\p{Ll}+){2,8}"
    r"|(?:vào\s+|trước\s+)?(?:\d{1,2}\s*giờ(?:\s*\d{1,2}(?:\s*phút)?)?\s+)?(?:các|mỗi)\s+(?:ngày\s+)?thứ\s+(?:\p{L}+|[2-7])(?!\p{L})",
    yes=(
        "trước ngày 15 hằng tháng",
        "trước 25/11 hằng năm",
        "Mỗi chiều thứ Sáu hằng tuần",
        "định kỳ 6 tháng, hằng năm",
        "hằng quý",
        "định kỳ hằng tháng",
        "chậm nhất 02 ngày sau khi kết thúc mỗi đợt",
        "chậm nhất 03 ngày sau ngày bế giảng",
        "chậm nhất 05 ngày sau lễ giao nhận quân",
        "trước 16 giờ 30 các ngày thứ Sáu",
    ),
    no=("năm 2022", "tháng 6"),
)
ONWARD = Shape(
    "what the addressee does with the reports; no second deadline unless it names a date",
    r"(?i)(?:,\s*)?để\s+(?:kịp\s+thời\s+)?(?:tổng\s+hợp|báo\s+cáo|theo\s+dõi|tập\s+hợp)|(?<=tổng\s+hợp)[,\s]+báo\s+cáo",
    yes=("để tổng hợp", ", để báo cáo"),
    no=("để lại",),
)
CLAUSE = Shape(
    "the end of a clause: a semicolon, or a full stop before a capital",
    r";\s(?![^()\n]{0,200}\))|(?<!\d)\.\s{1,9}(?=\p{Lu}|[-+])|(?<=\d)\.\s{1,9}(?=\p{Lu})|;\s{0,9}$|\./\.",
    yes=("; ", "./."),
    no=(", ",),
)
BEFORE_SUBJECT = Shape(
    "an adverbial before the subject",
    r"(?i)(?:trên\s+cơ\s+sở|căn\s+cứ|định\s+kỳ|kết\s+thúc|sau\s+khi|trước|hằng|hàng|mỗi|vào|chậm\s+nhất)(?!\p{L})",
    yes=("Trên cơ sở", "Kết thúc", "Mỗi chiều"),
    no=("Các đơn vị",),
)
CITES = Shape(
    "a document's number right before its date",
    r"/[\p{Lu}\d][\p{L}\d/&.\-–]{0,60},?\s{0,9}(?:ngày\s{0,9})?$|(?i:quyết\s+định|số)\s+(?:ngày\s*)?$",
    yes=("Công văn số 12/UBND-VX ngày ", "Kế hoạch số 5/KH-UBND, ngày"),
    no=("trước ngày ", "báo cáo Sở ngày "),
)
HELD = Shape(
    "words right before a date on which something is held",
    r"(?i)(?:tổ\s+chức|diễn\s+ra|khai\s+mạc|dự\s+kiến|sáng|chiều|tối)\s+(?:vào\s+)?(?:ngày\s*)?$",
    yes=("dự kiến tổ chức ngày ", "sáng ngày "),
    no=("báo cáo trước ngày ",),
)
LISTED = Shape(
    "between dates that share one limit",
    r"\s*(?:,|;|và|,\s*và)\s*(?:(?:trước\s+)?ngày\s*)?",
    yes=(", ", " và ", ", ngày "),
    no=(" đến ", "; báo cáo"),
    how="fullmatch",
)
ITEM = Shape(
    "what stands before the limit in an item of a list of reports",
    r"^[\s\-–+*•]*(?:(?:\p{Lu}|\d)[^:;.\n]{0,40}:\s*)?",
    yes=("- Đợt 1: ", "- "),
    no=(),
)
_BULLETS = "-–+*•"
ANOTHER = Shape(
    "between two limits, the part of the reports that the second is for",
    r"(?i)\s*(?:\([^()\n]{0,40}\))?[\s,]*(?:và\s+)?(?:(?:kết\s+quả|tổng\s+kết|sơ\s+kết|số\s+liệu|quý|năm|đợt|6\s+tháng|cả\s+năm)[^.;]{0,60})?"
    r"(?:trước|chậm\s+nhất|muộn\s+nhất)[^.;\d]{0,12}",
    yes=(
        " và kết quả năm trước ngày ",
        " (6 tháng đầu năm) và trước ngày ",
        ", kết quả khám sức khỏe trước ngày ",
    ),
    no=(", hoàn thành việc trồng cây trước ngày ",),
    how="fullmatch",
)
_CLAUSE = 1500
_LEAD_IN = 24
_ONLY_DATE = 45
_ADVERBIAL = 12


def find(paper: Paper) -> list[Finding]:
    """All reporting deadlines of body and closing, in order; the same duty said twice is one."""
    year = plan_year(paper)
    found: dict[tuple[str | None, ...], Finding] = {}
    lead: _Lead | None = None
    for reach, unit in _reaches(paper):
        for line in _lines(paper.text, reach):
            words = line.of(paper.text).lower()
            lead = lead if lead and words[0] in _BULLETS else None
            if lead or "báo " in words or "kết quả" in words:
                for finding in _in_line(paper.text, line, lead.reporter if lead else unit, year, lead):
                    d: Deadline = finding.value
                    found.setdefault(
                        (d.date, d.recurrence, (d.recipient or "").lower(), (d.via or "").lower()), finding
                    )
            if words.endswith(":") and REPORTS.re.search(words):
                lead = _Lead(_addressed(paper.text, line), _subject(paper.text, line) or unit)
    return list(found.values())


def _lines(text: str, reach: Span) -> Iterator[Span]:
    """The lines of ``reach``; a line that is but a date limit (a table's next cell) joins the one before."""
    before: Span | None = None
    for span, words in trimmed_lines(text, reach):
        if before and len(words) < _ONLY_DATE and LIMIT.re.match(words) and any(dates_in(words)):
            before = Span(before.start, span.end)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before


def _reaches(paper: Paper) -> Iterator[tuple[Span, str | None]]:
    """The sections' own words with the unit in whose section they stand, then the closing."""
    stack: list[tuple[Section, str | None]] = [(paper.root, None)]
    while stack:
        section, unit = stack.pop()
        title = section.title.of(paper.text) if section.title else ""
        unit = unit_name(title) if title and is_assignee(title) else unit
        yield section.own, unit
        stack.extend((child, unit) for child in reversed(section.children))
    for span in paper.spans("closing"):
        yield span, None


def _in_line(
    text: str, line: Span, unit: str | None, year: When | None, lead: _Lead | None
) -> Iterator[Finding]:
    speaks = lead is not None
    told: _Whom = lead.whom if lead else (None, None)
    for clause in _clauses(text, line):
        words = clause.of(text)
        reports = bool(REPORTS.re.search(words))
        if reports or (speaks and LIMIT.re.match(ITEM.re.sub("", words))):
            limits = sorted(_limits(text, clause, year), key=lambda limit: limit.span)
            addressed = _shared(text, clause, limits, told)
            for limit, whom in zip(limits, addressed, strict=True):
                yield _finding(text, clause, whom, limit, unit)
            told = addressed[-1] if limits else _addressed(text, clause)
        speaks = reports


def _shared(text: str, clause: Span, limits: list[_Limit], told: _Whom) -> list[_Whom]:
    """To whom each report of a clause goes: as said with it, or before, or behind the last
    (``sơ kết trước ngày …, tổng kết trước ngày … gửi về Sở``).
    """
    found: list[_Whom] = []
    floor = clause.start
    for limit in limits:
        last = limit is limits[-1] or limit.recurrence
        own = _addressed(text, Span(floor, clause.end if last else limit.span.end))
        told = own if own[0] else told
        found.append(told)
        floor = limit.span.end
    behind = next((whom for whom in found if whom[0]), told)
    return [whom if whom[0] else behind for whom in found]


def _clauses(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    ends = [
        *((m.start(), m.end()) for m in CLAUSE.re.finditer(text, line.start, line.end)),
        (line.end, line.end),
    ]
    for stop, following in ends:
        while stop - start > _CLAUSE:  # nobody writes so long a clause: keep time linear
            yield Span(start, start + _CLAUSE)
            start += _CLAUSE
        if start < stop:
            yield Span(start, stop)
        start = following


def _limits(text: str, clause: Span, year: When | None) -> Iterator[_Limit]:
    """The dates of a clause that limit a report, then its recurrence if it has one."""
    recurring = _recurrences(text, clause)
    floor, after_limit = clause.start, False
    for point, inferred in _dates(text, clause, year):
        if any(point.span.start < span.end and span.start < point.span.end for span in recurring):
            continue
        before = Span(floor, point.span.start)
        listed = after_limit and LISTED.re.fullmatch(before.of(text)) is not None
        if listed or (
            _is_limit(text, before, point, after_limit)
            and not _own_plan(text, Span(clause.start, point.span.start))
        ):
            yield _Limit(point.span, point.iso, None, inferred)
            floor, after_limit = point.span.end, True
    for span in recurring:
        if _recurs(text, clause, span.start):
            yield _Limit(span, None, " ".join(span.of(text).split()).strip(" ,("))


def _recurrences(text: str, clause: Span) -> list[Span]:
    """The recurrence of a clause; several where each names its day (``trước 30/5 hằng năm, …``)."""
    found = [Span(*match.span()) for match in RECURS.re.finditer(text, clause.start, clause.end)]
    dated = [span for span in found if any(c.isdigit() for c in span.of(text))]
    return dated if len(dated) > 1 else found[:1]


def _recurs(text: str, clause: Span, at: int) -> bool:
    """``định kỳ hằng tháng báo cáo`` recurs; ``báo cáo hằng năm của ngành`` only names a report."""
    onward = ONWARD.re.search(text, clause.start, at)
    sent = onward and REPORTS.re.search(text, clause.start, onward.start())
    if _own_plan(text, Span(clause.start, at)) or sent:
        return False
    near = LIMIT.re.search(text, max(clause.start, at - 4), min(clause.end, at + 40))
    opens = len(text[clause.start : at].strip(" -+,")) <= _ADVERBIAL
    return opens or near is not None or "định kỳ" in clause.of(text).lower()


def _dates(text: str, clause: Span, year: When | None) -> list[tuple[When, bool]]:
    """The dates of a clause; one without a year gets the plan's and is marked as inferred."""
    found = [(w, False) for w in dates_in(text, clause.start, clause.end)]
    for match in DAY_MONTH.re.finditer(text, clause.start, clause.end):
        if year and not any(w.span.start <= match.start() < w.span.end for w, _ in found):
            made = when(year.year, match["m"], match["d"], Span(*match.span()))
            found += [(made, True)] if made else []
    return sorted(found, key=lambda row: row[0].span)


def _is_limit(text: str, before: Span, point: When, again: bool) -> bool:
    """A limit word close before the date, and no citation (``số … ngày``) or event's date.

    ``again``: the clause has limited a report before; another part of it may follow.
    """
    told = before.of(text)
    lead = told[-45:]
    reported = REPORTS.re.search(told) is not None or (again and ANOTHER.re.fullmatch(told) is not None)
    if not reported and len(told.strip(" -+")) > _LEAD_IN:
        return False
    if CITES.re.search(lead) or HELD.re.search(lead):
        return False
    limits = [m.group().lower() for m in LIMIT.re.finditer(lead)]
    if any(word not in ("ngày", "từ", "vào") for word in limits):
        return True
    dated = text[point.span.start : point.span.start + 4].lower() == "ngày" or lead.lower().rstrip().endswith(
        "ngày"
    )
    return dated and reported and "từ" not in limits


def _own_plan(text: str, before: Span) -> bool:
    """Whether what the date limits is a plan or a list, not a report."""
    words = before.of(text)
    plans = [m.start() for m in OWN_PLAN.re.finditer(words)]
    reports = [m.start() for m in REPORTS.re.finditer(words)]
    return bool(plans) and max(reports, default=-1) < max(plans)


def _addressed(text: str, reach: Span) -> _Whom:
    """To whom, and by way of whom; what the addressee does onward with the reports stays out."""
    onward = ONWARD.re.search(text, reach.start, reach.end)
    said = Span(reach.start, onward.start()) if onward else reach
    if not REPORTS.re.search(text, *said):
        said = reach
    to = recipient(text, said) or recipient(text, reach)
    low = to.end if to else reach.start
    return to, channel(text, Span(low, said.end if to and to.end < said.end else reach.end))


def _finding(text: str, clause: Span, addressed: _Whom, limit: _Limit, unit: str | None) -> Finding:
    to, via = addressed
    value = Deadline(
        limit.date,
        limit.recurrence,
        _words(text, to),
        _words(text, via),
        _subject(text, clause) or unit,
        clause.words(text).strip(" ;.-+"),
    )
    score = (0.9 if to else 0.75) - (0.15 if limit.inferred or limit.recurrence else 0)
    status = INFERRED if limit.inferred else FOUND
    rule = "report_by_date" if limit.date else "report_recurring"
    places = (("date" if limit.date else "recurrence", limit.span), ("recipient", to), ("via", via))
    parts = tuple((key, Finding(getattr(value, key), (span,), rule, score)) for key, span in places if span)
    return Finding(value, (clause,), rule, score, status, parts)


def _words(text: str, span: Span | None) -> str | None:
    return span.words(text).strip(" ,;.()*_") if span else None


def _subject(text: str, clause: Span) -> str | None:
    """The unit that is the subject of the clause."""
    start = clause.start
    while start < clause.end and text[start] in " -+*•\t":
        start += 1
    comma = text.find(", ", start, min(clause.end, start + 200))
    if comma > 0 and BEFORE_SUBJECT.re.match(text, start, comma):
        start = comma + 2
    match = cues("task_verbs", flags="").search(text, start, min(clause.end, start + 200))
    subject = text[start : match.start()] if match else ""
    return unit_name(subject) if subject.strip() and is_assignee(subject) else None


FIELD = Field("deadlines", "reporting deadlines", Deadline, find, rank=150, many=True)
