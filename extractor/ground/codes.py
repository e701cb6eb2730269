"""Document types, numbers and symbols, and the citations that a text makes of other documents.

The grammar of a document's ``số, ký hiệu``: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3 and
Phụ lục III (types and their abbreviations); for Party documents Hướng dẫn 36-HD/VPTW (``12-KH/TU``).
It reads what offices really type: spaces inside, a hyphen or nothing for the slash, dots, ampersands.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractor.ground.bodies import head_of
from extractor.ground.cues import cues
from extractor.ground.dates import When, dates_in
from extractor.ground.shape import Shape
from extractor.ground.text import Span

#: Type name in sentence case → its abbreviations in symbols.
TYPES: dict[str, tuple[str, ...]] = {
    "Kế hoạch": ("KH", "KHLT", "KHPH", "KHLN", "KHHĐ"),
    "Quyết định": ("QĐ",),
    "Chỉ thị": ("CT",),
    "Nghị quyết": ("NQ",),
    "Nghị quyết liên tịch": ("NQLT",),
    "Nghị định": ("NĐ",),
    "Thông tư": ("TT",),
    "Thông tư liên tịch": ("TTLT",),
    "Công văn": ("CV",),
    "Công điện": ("CĐ",),
    "Kết luận": ("KL",),
    "Thông báo": ("TB",),
    "Thông tri": ("TTi",),
    "Hướng dẫn": ("HD", "HDLN"),
    "Chương trình": ("CTr", "CTHĐ", "CTPH"),
    "Tờ trình": ("TTr",),
    "Báo cáo": ("BC",),
    "Quy chế": ("QC",),
    "Quy định": ("QyĐ",),
    "Đề án": ("ĐA",),
    "Dự án": ("DA",),
    "Phương án": ("PA",),
    "Công ước": (),
    "Luật": ("QH",),
    "Bộ luật": (),
    "Pháp lệnh": ("PL",),
    "Lệnh": ("L",),
    "Văn bản": (),
    "Thông cáo": ("TC",),
    "Giấy mời": ("GM",),
    "Giấy phép": ("GP",),
    "Biên bản": ("BB",),
    "Hợp đồng": ("HĐ",),
    "Điều lệ": ("ĐL",),
    "Chiến lược": (),
    "Tuyên bố": (),
    "Sắc lệnh": ("SL",),
}
BY_CODE = {code.upper(): name for name, codes in TYPES.items() for code in codes}
PLAN = "Kế hoạch"

_DASH = r"[/\-–−⁄∕]"
#: One part of a symbol: ``UBND``, ``GDTrH``, ``TTg``, ``PGD&ĐT``.
PIECE = r"\p{Lu}[\p{Lu}\d&]*+(?:[a-z]{1,2}\p{Lu}[\p{Lu}\d]*+)?(?:[a-z]{1,3}(?!\p{L}))?"
_CODES = "|".join(sorted((c for codes in TYPES.values() for c in codes if len(c) > 1), key=len, reverse=True))
_SYMBOL = (
    rf"{PIECE}(?:\s?{_DASH}\s?{PIECE})?"
    rf"(?:[/\-–−⁄∕.&+](?:{PIECE}|\d[\p{{Lu}}\d&]*+(?:[a-z]{{1,3}}(?!\p{{L}}))?))*"
)

CODE = Shape(
    "a document number with its symbol, anywhere in a text",
    rf"(?<![\p{{L}}\d/.\-])(?P<no>\d{{1,5}}(?:[a-z]|[A-D](?=\s?{_DASH}))?(?:\.\d{{1,2}})?)"
    rf"(?:\s?{_DASH}\s?(?P<year>(?:19|20)\d\d))?"
    rf"(?:\s?{_DASH}\s?|(?={_CODES})|\s(?=(?:{_CODES})\s?{_DASH}))"
    rf"(?P<symbol>{_SYMBOL}(?:\([\p{{Lu}}\d\-]{{1,8}}\))?)(?:(?=ngày|của|về)|(?!\p{{Ll}}))",
    yes=(
        "264/KH-UBND",
        "36 /KH - UBND",
        "389-KH/TU",
        "02-KH/BCĐTW",
        "298 KH/TWĐTN",
        "56/2017/NĐ-CP",
        "121/2020/QH14",
        "23/CT-TTg",
        "144/KH-UBND.VX",
        "78 /KH-PGD&ĐT",
        "4155QĐ/ BTP",
        "80 /KHĐH/PL-ĐTN",
        "20NQ/TW",
        "07/CT-BCA-V28",
        "129/V28-P5",
        "21.4/GĐN",
        "27/ĐN-Cty",
        "4211⁄KH-BCĐ",
        "982/LĐTBXH-CTE",
        "11/2026CV-YVG",
        "16-CTr/TU",
        "7308/KH-BNN-TCLN",
        "05/2026/VLN/CV-LV",
        "380/TB/TW",
        "127A/2020/KH-CTN",
        "1864/SGDĐT-GDTrH",
        "55/QyĐ-TU",
        "412/CAT-PV11(PX15)",
        "6880/EVNNPC-KT+KH+TTr",
    ),
    no=(
        "24/24",
        "01/6",
        "29/4/2021",
        "1900571208",
        "7 chỗ/Xe",
        "02 ngày/01 đơn vị",
        "Km26+793",
        "50 Hội viên",
    ),
)
LOOSE = Shape(
    "a number that no symbol grammar covers: letters first, or a bare number before its date",
    rf"(?i:số)\s*+:?\s*+(?P<code>(?=[\p{{Lu}}\-]*\d)\p{{Lu}}[\p{{Lu}}\d]*(?:{_DASH}[\p{{Lu}}\d]+)+"
    r"|\d{1,5}(?=,?\s+ngày\s+\d))",
    yes=("số YBB-SA032/26-LR",),
    no=("số HIV/AIDS", "số 12 đơn vị", "số 5, ngõ 3"),
)
_TYPE_WORDS = "|".join(sorted((n.replace(" ", r"\s+") for n in TYPES), key=len, reverse=True))
TYPE = Shape(
    "a document type word as a citation uses it",
    rf"(?<!\p{{L}})(?:(?P<type>(?i:{_TYPE_WORDS}))|(?P<abbr>CV|KH|QĐ|NQ|NĐ|CT|TT|TB|HD|KL)(?=\s+số\s))(?!\p{{L}})",
    yes=("Kế hoạch", "nghị quyết", "THÔNG TƯ", "Thông tư liên tịch", "CV số 12"),
    no=("hợp lệnhh", "kế hoạchx", "TT Huyện ủy"),
)
#: What may stand between the type word and its number: the law's name, ``phối hợp``, ``số:``.
_BETWEEN = Shape(
    "between a type word and its number nothing ends a clause, and no other document begins",
    r"[^;.:(“”\"\n]{0,90}?(?:(?i:số)\s*[:.]?\s*)?",
    yes=(" số ", " số: ", " Trẻ em số ", " phối hợp số ", " "),
    no=(),
)
_TO_DATE = Shape(
    "between a number and its date",
    r"[\s,(;)]*(?:(?:được\s+)?(?:ban\s+hành|ký)\s+)?(?:(?:vào\s+)?ngày\s*)?",
    yes=(" ngày ", ", ngày ", " ", " ban hành ngày "),
    no=(),
)
_BODY_TO_DATE = Shape(
    "between a number and its date, the body that issued it",
    r"\)?[\s,]*(?:(?:của|do|được)\s|\()\s*(?P<body>\p{Lu}[^.;:()“”\"\n]{2,90}?)[\s,(]*"
    r"(?:(?:đã\s+)?(?:ký\s+)?(?:ban\s+hành|ký|thông\s+qua)\s+)?(?:vào\s+)?(?:ngày\s*)?",
    yes=(
        " của Thủ tướng Chính phủ ngày ",
        ", do Bộ Y tế ký ngày ",
        " (Chính phủ ban hành ngày ",
        ") được Quốc hội thông qua ngày ",
        " của Bộ Y tế (ban hành ngày ",
    ),
    no=(" ngày ", "; Quyết định số 5/QĐ-TTg ngày ", " về Ngày hội ngày "),
    how="fullmatch",
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the text cites; ``number`` without spaces, ``when`` its printed date.

    ``by`` is the body where it stands before the date (``… của Chính phủ ngày …``).
    """

    type: str
    number: str
    symbol: str
    when: When | None
    span: Span
    by: Span | None = None

    @property
    def is_plan(self) -> bool:
        """Whether it is a KẾ HOẠCH; where type word and symbol disagree, the symbol decides."""
        return self.type == PLAN


def tidy(code: str) -> str:
    """A number as the record has it: no spaces, plain slash and hyphen."""
    for old, new in (
        (" ", ""),
        ("\n", ""),
        ("\t", ""),
        ("\xa0", ""),
        ("–", "-"),
        ("−", "-"),
        ("⁄", "/"),
        ("∕", "/"),
    ):
        code = code.replace(old, new)
    return code


def symbol_type(symbol: str) -> str | None:
    """The type that a symbol says (``"KH-UBND"`` → ``"Kế hoạch"``)."""
    first = symbol.replace("–", "-").replace("-", "/").split("/")[0].strip().upper()
    return BY_CODE.get(first) or ("Luật" if first.startswith("QH") and first[2:].isdigit() else None)


def sentence_case(name: str) -> str:
    """``"KẾ HOẠCH"`` → ``"Kế hoạch"``."""
    flat = " ".join(name.split()).lower()
    return flat[:1].upper() + flat[1:]


@lru_cache(maxsize=8)
def citations_in(text: str, span: Span) -> tuple[Citation, ...]:
    """The documents that ``text`` cites within ``span``, in order, repeats included.

    A bare code counts only with a type word or ``số`` before it, or a known type in its symbol;
    fractions, dates and telephone numbers are none. Several fields ask for the same zones of one text.
    """
    return tuple(_citations(text, span))


def _citations(text: str, span: Span) -> Iterator[Citation]:
    floor = span.start
    matches = [(m.start("no"), m.end(), m) for m in CODE.re.finditer(text, span.start, span.end)]
    loose = [(m.start("code"), m.end(), m) for m in LOOSE.re.finditer(text, span.start, span.end)]
    starts = [start for start, _, _ in matches]
    for row in loose:
        at = bisect_left(starts, row[1]) - 1
        if at < 0 or matches[at][1] <= row[0]:
            matches.append(row)
    last_type = ""
    for start, end, match in sorted(matches, key=lambda row: row[:2]):
        symbol = match.groupdict().get("symbol") or ""
        word, at = _type_before(text, floor, start)
        known = symbol_type(symbol)
        if not word and not known and not _counted(text, start):
            continue
        if not word and not symbol:
            continue
        kind = word or known or last_type or "Văn bản"
        if known == PLAN and kind in ("Công văn", "Văn bản"):
            kind = PLAN
        found, by = _date_after(text, end, span.end)
        stop = found.span.end if found else end
        whole = Span(at if word else start, stop)
        yield Citation(kind, tidy(text[start:end]), tidy(symbol), found, whole, by)
        floor, last_type = end, kind


def _type_before(text: str, floor: int, start: int) -> tuple[str, int]:
    """The type word that governs a number at ``start``, and where it begins."""
    low = max(floor, start - 110)
    last = None
    for match in TYPE.re.finditer(text, low, start):
        last = match
    if last is None or not _BETWEEN.re.fullmatch(text, last.end(), start):
        return "", start
    gap = text[last.end() : start].strip()
    if len(gap) > 12 and not gap.lower().rstrip(" :").endswith("số") and "Luật" not in last.group():
        return "", start
    return BY_CODE[last["abbr"]] if last["abbr"] else sentence_case(last.group()), last.start()


def _cites(text: str, start: int, end: int) -> bool:
    """Whether another document stands there, whose date follows (``…, Thông báo 19/TB-VPCP``)."""
    codes = CODE.re.finditer(text, start, end)
    return any(_type_before(text, start, code.start("no"))[0] for code in codes)


def _counted(text: str, start: int) -> bool:
    return text[max(0, start - 6) : start].strip().rstrip(":").lower().endswith("số")


def _date_after(text: str, end: int, limit: int) -> tuple[When | None, Span | None]:
    """The date behind a number, at once or behind the body that issued it, and that body."""
    found = next(dates_in(text, end, min(limit, end + 140)), None)
    if found is None:
        return None, None
    gap = text[end : found.span.start]
    if _TO_DATE.re.fullmatch(gap):
        return found, None
    match = _BODY_TO_DATE.re.fullmatch(gap)
    if (
        match is None
        or _cites(text, end, found.span.start)
        or cues("about", flags="").search(match["body"])
        or head_of(match["body"]) is None
    ):
        return None, None
    return found, Span(end + match.start("body"), end + match.end("body"))
