"""By when reports are due: the dates and recurrences of a clause that limit one.

A date is a limit where a word says so (``trước``, ``chậm nhất``) behind words of reporting; days of events,
of citations and of handing in a unit's own plan are none. Dates without a year get that of the plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.ground.addressees import further
from extractor.ground.dates import DAY_MONTH, When, dates_in, when
from extractor.ground.formulas import BULLETS
from extractor.ground.shape import Shape
from extractor.ground.text import Span


@dataclass(frozen=True, slots=True)
class Limit:
    """What limits a report: a date (``inferred``: its year is the plan's) or a recurrence."""

    span: Span
    date: str | None
    recurrence: str | None
    inferred: bool = False


REPORTS = Shape(
    "words of reporting",
    r"(?i)(?<!\p{L})(?<!(?:nghe|hội\s+nghị|hội\s+thảo|buổi)\s)(?:(?<!(?:thông|cảnh|dự|loan)\s)báo\s+(?:số\s+liệu|kết\s+quả|tình\s+hình|tiến\s+độ)|báo\s+cáo(?!\s+(?:viên|đề\s+dẫn|tham\s+luận))|gửi\s+(?:kết\s+quả|tổng\s+kết|số\s+liệu)|kết\s+quả[^.;\n]{0,120}gửi|tổng\s+hợp\s+kết\s+quả)",
    yes=("báo cáo", "báo số liệu", "gửi kết quả", "tổng hợp kết quả"),
    no=("báo cáo viên", "gửi kế hoạch", "thông báo kết quả xét nghiệm", "cảnh báo tình hình"),
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
    r"|sau\s+(?:mỗi|từng|khi\s+kết\s+thúc)(?:\s+\p{Ll}+){1,6}?,?\s+(?:chậm\s+nhất|muộn\s+nhất|trong\s+vòng|không\s+quá)"
    r"\s+(?:là\s+)?\d{1,2}\s+(?:ngày|giờ|tuần)(?:\s+làm\s+việc)?"
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
        "sau mỗi vòng chậm nhất 02 ngày làm việc",
    ),
    no=("năm 2022", "tháng 6"),
)
ONWARD = Shape(
    "what the addressee does with the reports; no second deadline unless it names a date",
    r"(?i)(?:,\s*)?để\s+(?:kịp\s+thời\s+)?(?:tổng\s+hợp|báo\s+cáo|theo\s+dõi|tập\s+hợp)|(?<=tổng\s+hợp)[,\s]+báo\s+cáo",
    yes=("để tổng hợp", ", để báo cáo"),
    no=("để lại",),
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
MEETS = Shape(
    "what recurs behind a report but is none",
    r"(?:,|\svà)\s+(?:họp|giao\s+ban|tổ\s+chức|sinh\s+hoạt|ra\s+quân|phát\s+(?:thanh|sóng)|tiêm|kiểm\s+tra)(?!\p{L})",
    yes=(", họp giao ban vào ",),
    no=(" tiến độ về Vụ Tổ chức cán bộ ", " tiến độ kiểm tra về Sở "),
)
LISTED = Shape(
    "between dates that share one limit",
    r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:,|;|và|,\s*và)\s*(?:(?:trước\s+)?ngày\s*)?",
    yes=(", ", " và ", ", ngày ", " (học kỳ I) và ngày "),
    no=(" đến ", "; báo cáo"),
    how="fullmatch",
)
ANOTHER = Shape(
    "between two limits, the part of the reports that the second is for, or who gets them",
    r"(?i)\s*+(?:\([^()\n]{0,40}\))?[\s,]*+(?:và\s+)?"
    r"(?:(?:kết\s+quả|tổng\s+kết|sơ\s+kết|số\s+liệu|quý|năm|đợt|6\s+tháng|cả\s+năm)"
    r"(?:(?!(?:tổ\s+chức|tiêm|đạt|hoàn\s+thành|họp|triển\s+khai|xây\s+dựng|phải)(?!\p{L}))[^.;]){0,60}?"
    r"|(?-i:\p{Lu})[^.;]{1,120}?)?"
    r"(?:trước|chậm\s+nhất|muộn\s+nhất)[^.;\d]{0,12}",
    yes=(
        " và kết quả năm trước ngày ",
        " (6 tháng đầu năm) và trước ngày ",
        ", kết quả khám sức khỏe trước ngày ",
        " và Sở Y tế (qua Phòng Nghiệp vụ Y) trước ngày ",
    ),
    no=(
        ", hoàn thành việc trồng cây trước ngày ",
        ", đợt 2 tổ chức tiêm trước ngày ",
        " và kết quả tiêm phòng phải đạt 80% trước ngày ",
    ),
    how="fullmatch",
)
_LEAD_IN = 24
_ADVERBIAL = 12


def limits_of(text: str, clause: Span, year: When | None) -> Iterator[Limit]:
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
            yield Limit(point.span, point.iso, None, inferred)
            floor, after_limit = point.span.end, True
    for span in recurring:
        if _recurs(text, clause, span.start):
            yield Limit(span, None, " ".join(span.of(text).split()).strip(" ,("))


def _recurrences(text: str, clause: Span) -> list[Span]:
    """The recurrence of a clause; several where each names its day (``trước 30/5 hằng năm, …``)."""
    found = [Span(*match.span()) for match in RECURS.re.finditer(text, clause.start, clause.end)]
    dated = [span for span in found if any(c.isdigit() for c in span.of(text))]
    return dated if len(dated) > 1 else found[:1]


def _recurs(text: str, clause: Span, at: int) -> bool:
    """``định kỳ hằng tháng báo cáo`` recurs; ``báo cáo hằng năm của ngành`` only names a report."""
    onward = ONWARD.re.search(text, clause.start, at)
    sent = onward and REPORTS.re.search(text, clause.start, onward.start())
    told = max((m.end() for m in REPORTS.re.finditer(text, clause.start, at)), default=at)
    if _own_plan(text, Span(clause.start, at)) or sent or MEETS.re.search(text, told, at):
        return False
    near = LIMIT.re.search(text, max(clause.start, at - 4), min(clause.end, at + 40))
    opens = len(text[clause.start : at].strip(f" ,{BULLETS}")) <= _ADVERBIAL
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
    reported = REPORTS.re.search(told) is not None or (again and _another(text, before))
    if not reported and len(told.strip(f" {BULLETS}")) > _LEAD_IN:
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


def _another(text: str, between: Span) -> bool:
    """Whether what stands between two limits is another part of the reports, or who gets them."""
    if ANOTHER.re.fullmatch(between.of(text)) is None:
        return False
    words = between.of(text).lstrip(" ,")
    begins = words.removeprefix("và ").lstrip()[:1]
    return not begins.isupper() or further(text, between) is not None


def _own_plan(text: str, before: Span) -> bool:
    """Whether what the date limits is a plan or a list, not a report."""
    words = before.of(text)
    plans = [m.start() for m in OWN_PLAN.re.finditer(words)]
    reports = [m.start() for m in REPORTS.re.finditer(words)]
    return bool(plans) and max(reports, default=-1) < max(plans)
