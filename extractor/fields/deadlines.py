"""``deadlines``: by when somebody has to report, to whom, by what way.

A reporting deadline is a clause that speaks of reporting and names a date or a recurrence as its
limit. Dates of events, and of handing in a unit's own plan, are none; nor is ``báo cáo … theo quy
định`` without a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.ground.assignees import is_assignee, unit_name
from extractor.ground.bodies import head_of
from extractor.ground.cues import cues
from extractor.ground.dates import DAY_MONTH, When, dates_in, when
from extractor.ground.field import INFERRED, Field, Finding
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


REPORTS = Shape(
    "words of reporting",
    r"(?i)(?<!\p{L})(?:báo\s+cáo(?!\s+(?:viên|đề\s+dẫn|chuyên\s+đề|tham\s+luận))|gửi\s+(?:kết\s+quả|tổng\s+kết|số\s+liệu)|kết\s+quả[^.;\n]{0,120}gửi|tổng\s+hợp\s+kết\s+quả)",
    yes=("báo cáo", "gửi kết quả", "tổng hợp kết quả"),
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
    r"(?i)(?:(?:trước|chậm\s+nhất|vào|định\s+kỳ)[^.;,\n]{0,12}?\s+)?(?:ngày\s+)?(?:\d{1,2}(?:/\d{1,2}|\s+tháng\s+\d{1,2})?\s+)?(?:của\s+)?(?:tháng\s+(?:cuối|đầu)\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?quý|(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm|tuần|ngày)|(?:định\s+kỳ\s+)(?:\(?\s*)?(?:(?:\d{1,2}|sáu|ba)\s+tháng|tháng|quý|năm|tuần)(?:[,\s]+(?:và\s+)?(?:(?:1\s+|một\s+)?năm|(?:hằng|hàng)\s+năm|quý|09\s+tháng|9\s+tháng))*)",
    yes=(
        "trước ngày 15 hằng tháng",
        "trước 25/11 hằng năm",
        "định kỳ 6 tháng, hằng năm",
        "hằng quý",
        "định kỳ hằng tháng",
    ),
    no=("năm 2022", "tháng 6"),
)
TO = Shape(
    "what stands before the addressee of a report",
    r"(?i)(?<!\p{L})(?P<verb>về|cho|gửi(?:\s+(?:cho|đến|tới|lên|về))?"
    r"|báo\s+cáo(?:\s+(?:kết\s+quả(?:\s+thực\s+hiện)?|bằng\s+văn\s+bản))?(?:\s+(?:về|cho|lên|tới|đến|với))?)\s+(?=\p{L})",
    yes=("gửi về UBND", "báo cáo Sở", "gửi Sở Y tế", "báo cáo kết quả cho Sở"),
    no=("gửi: ",),
)
VIA = Shape(
    "by way of whom: (qua Phòng X …), thông qua Sở Y",
    r"(?i)(?<!\p{L})(?P<bracket>\(\s*)?(?:thông\s+)?qua\s+"
    r"(?!(?:đó|các|email|thư|đường|hệ\s+thống|địa\s+chỉ|hộp|phần\s+mềm|zalo|trục|việc|kiểm)(?!\p{L}))(?=\p{L})",
    yes=("qua Phòng Y tế", "(qua Sở Y tế", "thông qua Sở Y tế"),
    no=("qua đó nâng cao", "qua email abc"),
)
MARK = Shape(
    "the marks that end an addressee; a comma within a name (Văn hóa, Thể thao) does not",
    r"[.;:()\n]|,(?!\s*(?:chống|ngừa|\p{Lu}))|\s(?=\d)",
    yes=("; ", ", để", "("),
    no=(", Thể thao", ", chống"),
)
ADDRESS = Shape(
    "an address behind a name in brackets",
    r"(?i)\)|;|\n|,?\s*(?:số\s+\d|địa\s+chỉ|điện\s+thoại|đt\s*[.:]|sđt|email|thư\s+điện\s+tử|trước\s|để\s)",
    yes=(")", ", số 8", " điện thoại"),
    no=(", công chức",),
)
ONWARD = Shape(
    "what the addressee does with the reports; no second deadline unless it names a date",
    r"(?i)(?:,\s*)?để\s+(?:kịp\s+thời\s+)?(?:tổng\s+hợp|báo\s+cáo|theo\s+dõi|tập\s+hợp)|(?<=tổng\s+hợp)[,\s]+báo\s+cáo",
    yes=("để tổng hợp", ", để báo cáo"),
    no=("để lại",),
)
CLAUSE = Shape(
    "the end of a clause: a semicolon, or a full stop before a capital",
    r";\s(?![^()\n]*\))|(?<!\d)\.\s+(?=\p{Lu}|[-+])|(?<=\d)\.\s+(?=\p{Lu})|;\s*$|\./\.",
    yes=("; ", "./."),
    no=(", ",),
)


def find(paper: Paper) -> list[Finding]:
    """All reporting deadlines of body and closing, in order."""
    year = plan_year(paper)
    found: list[Finding] = []
    for reach, section in _reaches(paper):
        for line, words in trimmed_lines(paper.text, reach):
            if "báo cáo" in words.lower() or "kết quả" in words.lower():
                found += _in_line(paper, line, section, year)
    return _unique(found)


def _unique(found: list[Finding]) -> list[Finding]:
    """The same duty said twice (in a unit's bullet and in the closing) is one."""
    seen: dict[tuple[str | None, ...], Finding] = {}
    for finding in found:
        d = finding.value
        key = (d.date, d.recurrence, (d.recipient or "").lower())
        seen.setdefault(key, finding)
    return list(seen.values())


def _reaches(paper: Paper) -> Iterator[tuple[Span, Section | None]]:
    for section in paper.root.walk():
        yield section.own, section
    for span in paper.spans("closing"):
        yield span, None


def _in_line(paper: Paper, line: Span, section: Section | None, year: When | None) -> Iterator[Finding]:
    speaks = False
    for clause in _clauses(paper.text, line):
        words = clause.of(paper.text)
        reports = bool(REPORTS.re.search(words))
        if reports or (speaks and LIMIT.re.match(words.lstrip(" -+"))):
            yield from _in_clause(paper, clause, line, section, year)
        speaks = reports


def _clauses(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for match in CLAUSE.re.finditer(text, line.start, line.end):
        yield Span(start, match.start())
        start = match.end()
    if start < line.end:
        yield Span(start, line.end)


def _in_clause(
    paper: Paper, clause: Span, line: Span, section: Section | None, year: When | None
) -> Iterator[Finding]:
    text = paper.text
    recurring = RECURS.re.search(text, clause.start, clause.end)
    points = [
        p
        for p in _dates(text, clause, year)
        if not (recurring and p[0].span.start < recurring.end() and recurring.start() < p[0].span.end)
    ]
    floor = clause.start
    for point, inferred in points:
        before = Span(floor, point.span.start)
        if _is_limit(text, before, point) and not _own_plan(
            text, Span(floor, point.span.start), Span(point.span.end, clause.end)
        ):
            yield _finding(
                paper,
                clause,
                Span(floor, clause.end if point is points[-1][0] else point.span.end),
                line,
                section,
                point,
                None,
                inferred,
            )
            floor = point.span.end
    if recurring and _limits_report(text, clause, recurring.start()):
        phrase = " ".join(recurring.group().split()).strip(" ,(")
        yield _finding(paper, clause, clause, line, section, None, phrase, False)


def _limits_report(text: str, clause: Span, at: int) -> bool:
    """``định kỳ hằng tháng báo cáo`` recurs; ``báo cáo hằng năm của ngành`` only names a report."""
    words = clause.of(text)
    return not _own_plan(text, Span(clause.start, at), Span(at, clause.end)) and bool(
        LIMIT.re.search(text, max(clause.start, at - 4), min(clause.end, at + 40))
        or "định kỳ" in words.lower()
        or text[clause.start : at].strip(" -+,") == ""
    )


def _dates(text: str, clause: Span, year: When | None) -> list[tuple[When, bool]]:
    found = [(w, False) for w in dates_in(text, clause.start, clause.end)]
    for match in DAY_MONTH.re.finditer(text, clause.start, clause.end):
        if not any(w.span.start <= match.start() < w.span.end for w, _ in found) and year:
            made = when(year.year, match["m"], match["d"], Span(*match.span()))
            if made:
                found.append((made, True))
    return sorted(found, key=lambda row: row[0].span)


def _is_limit(text: str, before: Span, point: When) -> bool:
    """A limit word close before the date, and no citation (``số … ngày``) or event date."""
    lead = text[max(before.start, point.span.start - 45) : point.span.start]
    own = text[point.span.start : point.span.start + 4].lower() == "ngày" or lead.rstrip().lower().endswith(
        "ngày"
    )
    if (
        not REPORTS.re.search(text, before.start, point.span.start)
        and len(text[before.start : point.span.start].strip(" -+")) > 24
    ):
        return False
    if "/" in lead[-25:] and any(c.isupper() for c in lead[-12:]) and not LIMIT.re.search(lead[-12:]):
        return False
    limits = [m.group().lower() for m in LIMIT.re.finditer(lead)]
    strong = [w for w in limits if w not in ("ngày", "từ", "vào")]
    return bool(strong) or (
        own
        and bool(REPORTS.re.search(text[before.start : point.span.start]))
        and "từ" not in limits
        and not lead.rstrip().endswith(("quyết định", "số"))
    )


def _own_plan(text: str, before: Span, after: Span) -> bool:
    """Whether what the date limits is a plan or a list, not a report."""
    words = text[before.start : before.end]
    plan = [m.start() for m in OWN_PLAN.re.finditer(words)]
    if not plan:
        return False
    report = [m.start() for m in REPORTS.re.finditer(words)]
    return not report or max(report) < max(plan)


def _finding(
    paper: Paper,
    clause: Span,
    reach: Span,
    line: Span,
    section: Section | None,
    point: When | None,
    phrase: str | None,
    inferred: bool,
) -> Finding:
    text = paper.text
    head = ONWARD.re.search(text, reach.start, reach.end)
    until = (
        head.start()
        if head and head.start() > reach.start and REPORTS.re.search(text, reach.start, head.start())
        else reach.end
    )
    to = _recipient(text, Span(reach.start, until)) or _recipient(text, reach)
    low, high = to.end if to else reach.start, until if to and to.end < until else reach.end
    via = _via(text, Span(low, high))
    reporter = _reporter(paper, clause, line, section)
    value = Deadline(
        point.iso if point else None,
        phrase,
        _body(to.of(text)) if to else None,
        _body(via.of(text)) if via else None,
        reporter,
        " ".join(clause.of(text).split()).strip(" ;.-+"),
    )
    score = (0.9 if to else 0.75) - (0.15 if inferred or phrase else 0)
    return Finding(
        value,
        (clause,),
        "report_by_date" if point else "report_recurring",
        score,
        INFERRED if inferred else "found",
    )


def _recipient(text: str, reach: Span) -> Span | None:
    """The first addressee that is a body: behind ``về``, else behind a verb, else behind ``cho``."""
    found: list[tuple[int, Span]] = []
    for match in TO.re.finditer(text, reach.start, reach.end, overlapped=True):
        span = _until(text, Span(match.end(), reach.end), brackets=False)
        words = span.of(text)
        if is_assignee(words) and (words[:1].isupper() or head_of(words)):
            verb = match["verb"].lower()
            found.append((0 if verb.endswith("về") else 2 if verb == "cho" else 1, span))
    return min(found)[1] if found else None


def _via(text: str, reach: Span) -> Span | None:
    for match in VIA.re.finditer(text, reach.start, reach.end):
        return _until(text, Span(match.end(), reach.end), brackets=bool(match["bracket"]))
    return None


def _until(text: str, reach: Span, brackets: bool) -> Span:
    """A name from the start of ``reach`` on: until a mark or a word that ends it.

    In brackets it goes on until they close or an address begins (``qua bà A, công chức …``).
    """
    if brackets:
        ends = [ADDRESS.re.search(text, reach.start, reach.end)]
    else:
        ends = [p.search(text, reach.start, reach.end) for p in (MARK.re, cues("to_whom_ends"))]
    end = min([match.start() for match in ends if match] or [reach.end])
    while end > reach.start and text[end - 1] in " ,\t":
        end -= 1
    return Span(reach.start, end)


def _body(words: str) -> str:
    return " ".join(words.split()).strip(" ,;.()*_")


def _reporter(paper: Paper, clause: Span, line: Span, section: Section | None) -> str | None:
    """The subject of the clause; in a unit's own section, that unit."""
    text = paper.text
    start = clause.start
    while start < clause.end and text[start] in " -+*•\t":
        start += 1
    match = cues("task_verbs", flags="").search(text, start, min(clause.end, start + 200))
    subject = text[start : match.start()] if match else ""
    if BEFORE_SUBJECT.re.match(subject) and ", " in subject:
        subject = subject.split(", ", 1)[1]
    return unit_name(subject) if subject.strip() and is_assignee(subject) else None


BEFORE_SUBJECT = Shape(
    "an adverbial before the subject",
    r"(?i)(?:trên\s+cơ\s+sở|căn\s+cứ|định\s+kỳ|kết\s+thúc|sau\s+khi|trước|hằng|hàng)(?!\p{L})",
    yes=("Trên cơ sở", "Kết thúc"),
    no=("Các đơn vị",),
)


FIELD = Field("deadlines", "reporting deadlines", Deadline, find, rank=150, many=True)
