"""How often something comes again, from the words of a plan: ``trước ngày 15 hằng tháng``.

The rule is written as iCalendar has it (RFC 5545, RRULE). What the words leave open is left open: a report
``hằng quý`` without a day has no day in its rule.
"""

from extractor.ground.shape import Shape
from extractor.ground.vietnamese import fold

EVERY = Shape(
    "a stretch of time after which it comes again",
    r"(?i)(?:hằng|hàng|mỗi|từng|định\s+kỳ(?:\s+(?:theo|vào))?)\s+(?P<unit>ngày|tuần|tháng|quý|năm)|"
    r"(?:định\s+kỳ\s+|mỗi\s+)?(?<!\d)(?<!ngày\s)(?:0?6|sáu)\s+tháng(?:\s+(?:một\s+lần|đầu\s+năm|/\s*lần))?(?P<half>)|"
    r"tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+|từng\s+|hằng\s+|hàng\s+)?quý(?P<quarter>)",
    yes=("hằng tháng", "định kỳ hàng quý", "mỗi tuần", "định kỳ sáu tháng", "tháng cuối quý"),
    no=("ngày 15 tháng 6", "trong tháng", "quý I"),
)
DAY = Shape(
    "the day of the month, with or without the month",
    r"(?i)ngày\s+(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?:\s*(?:/|tháng)\s*(?P<month>0?[1-9]|1[0-2])(?!\d))?",
    yes=("ngày 15", "ngày 05 tháng 12", "ngày 15/11"),
    no=("ngày thứ Sáu", "hằng ngày", "ngày 32"),
)
WEEKDAY = Shape(
    "a day of the week",
    r"(?i)thứ\s+(?P<weekday>hai|ba|tư|năm|sáu|bảy|[2-7])(?!\w)|(?P<sunday>chủ\s+nhật)",
    yes=("thứ Sáu", "chiều thứ 6", "Chủ nhật"),
    no=("thứ nhất", "thứ hạng"),
)
_DAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA"}
_NUMBERED = dict(zip("234567", _DAYS.values(), strict=True))
_SIMPLE = {"ngày": "FREQ=DAILY", "tuần": "FREQ=WEEKLY", "tháng": "FREQ=MONTHLY", "năm": "FREQ=YEARLY"}
_QUARTERS = "FREQ=MONTHLY;BYMONTH=3,6,9,12"


def rule(words: str) -> str | None:
    """The RRULE of ``words``, ``None`` where they do not say how often."""
    found = EVERY.re.search(words)
    if not found:
        return None
    if found["half"] is not None:
        return _half_years(words)
    if found["quarter"] is not None or fold(found["unit"]) == "quý":
        day = _month_day(words)  # a quarter's day is one of its last month
        return _QUARTERS + day if day or found["quarter"] is not None else "FREQ=MONTHLY;INTERVAL=3"
    unit = fold(found["unit"])
    if unit == "tuần":
        return _SIMPLE[unit] + _weekday(words)
    if unit == "năm":
        return _SIMPLE[unit] + _date(words)
    return _SIMPLE[unit] + (_month_day(words) if unit == "tháng" else "")


def _half_years(words: str) -> str:
    return "FREQ=MONTHLY;INTERVAL=6" + _month_day(words)


def _month_day(words: str) -> str:
    found = DAY.re.search(words)
    return f";BYMONTHDAY={int(found['day'])}" if found else ""


def _date(words: str) -> str:
    found = DAY.re.search(words)
    if not found or not found["month"]:
        return ""
    return f";BYMONTH={int(found['month'])};BYMONTHDAY={int(found['day'])}"


def _weekday(words: str) -> str:
    found = WEEKDAY.re.search(words)
    if not found:
        return ""
    if found["sunday"]:
        return ";BYDAY=SU"
    name = fold(found["weekday"])
    return f";BYDAY={_DAYS.get(name) or _NUMBERED[name]}"
