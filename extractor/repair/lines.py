"""What one line says about itself: does it open a block, can anything follow it, is it all capitals?

The marks are those that Nghị định 30/2020/NĐ-CP prescribes for plans (letterhead, headings, recipients,
signature) and the looser ones that plans use (``1/``, ``a.``, ``*``, numbers whose dot is lost).
"""

import re
from functools import cache

import regex

from extractor.ground.shape import Shape, compiled

#: the date of a date line, in words and in figures
DATED = r"ngày(?: m[ùồ]ng)?[\s\d….]{0,9}tháng[\s\d….]{0,9}năm[\s\d….]{0,8}"
FIGURES = r"ngày\s?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d"

OPENING = (
    Shape(
        "bullet",
        r"[-–—+*•▪◦○●■□➢➤✓❖→⇨☐☑]\s*[^\s\d*_=–—-].*|[-+*•]\s+\d.*|o \p{Lu}.*",
        yes=("- Sở Y tế;", "+ Giao ban", "•Tổ chức", "* Ghi chú", "- 100% số xã", "o Báo cáo"),
        no=("-----", "***", "o tô"),
        how="fullmatch",
    ),
    Shape(
        "number with its mark",
        r"\d{1,2}(?:\.\d{1,2}){0,4}(?:[.):]|/\.?(?=\s)|\.\))\s*[“\"‘(\[*]?\p{L}.*"
        r"|\d{1,2}(?:\.\d{1,2}){1,4}\s+\p{Lu}.*|\d{1,2}\s?[-–]\s+\p{Lu}.*",
        yes=(
            "1. Mục đích",
            "1.1. Phạm vi",
            "2/ Yêu cầu",
            "3) Kinh phí",
            "6.2 Đối với",
            "1.Mục đích",
            "4- Sở Y tế",
        ),
        no=("12/KH-UBND", "1.000 người", "15/5 đến", "2021, cụ thể", "26,85% dân số", "2 - 3 buổi"),
        how="fullmatch",
    ),
    Shape(
        "number whose dot is lost",
        r"\d{1,2}\s{2,3}\p{Lu}.*",
        yes=("2  Tổ chức", "1   Phòng Văn hóa"),
        no=("2 tổ", "12 Quỹ"),
        how="fullmatch",
    ),
    Shape(
        "Roman number",
        r"[IVX]{1,6}(?:\.\d{1,2})?\s*[.):/-]\s*[\p{L}“\"].*|[IVX]{1,6}\s{1,3}\p{Lu}{2}[\p{Lu}\s,;:–-]*",
        yes=("I. MỤC ĐÍCH", "IV/ KINH PHÍ", "II  ĐÁNH GIÁ", "VI.KINH PHÍ", "V- TỔ CHỨC"),
        no=("I", "Vì trẻ em", "XH và"),
        how="fullmatch",
    ),
    Shape(
        "letter",
        r"[a-zđ](?:\.?\d{1,2})?(?:\.?\)|\.(?=\s)|/\.?(?=\s))\s*\S.*|[A-HĐ](?:[.)]|/)\s+\p{L}.*|[a-eđ][-–]\s+\p{Lu}.*",
        yes=(
            "a) Phòng",
            "b- Yêu cầu",
            "đ) Thanh tra",
            "a. Thu thập",
            "a.1) Cấp",
            "b/. Địa chỉ",
            "A. PHẦN",
            "a/ Cấp",
        ),
        no=("a", "ab) đ", "A1 cao"),
        how="fullmatch",
    ),
    Shape(
        "named part",
        r"(?:Điều|ĐIỀU) \d{1,3}[.:].*"
        r"|(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC) (?:[IVX]{1,6}|\d{1,2}|thứ \p{Ll}+)"
        r"(?:[.:]?\s*\p{Lu}.*|[.:]?)"
        r"|PHỤ LỤC.*|Phụ lục(?: [\dIVX]{1,4}\b.*|:.*)?|BIỂU MẪU.*",
        yes=("Điều 3. Tổ chức", "Phần I", "CHƯƠNG II QUY ĐỊNH", "PHỤ LỤC", "Phụ lục 2"),
        no=("Điều 3 Luật", "Phần mềm", "Mục tiêu"),
        how="fullmatch",
    ),
    Shape(
        "letterhead, closing, recipients, signature",
        r"CỘNG H[ÒO][AÀ] XÃ HỘI CHỦ NGHĨA VIỆT NAM.*|Độc lập\s*[-–—].*|ĐẢNG CỘNG SẢN VIỆT NAM|Số\s*:.*"
        r"|Nơi nhận\b.*|Kính gửi\b.*|(?:KT|TM|TL|TUQ|T/M|K/T|T/L)\s*[./]?\s*\p{Lu}{2}.*"
        r"|Q\.\s*\p{Lu}{2}.*|Trên đây là .*",
        yes=(
            "Số: 12/KH-UBND",
            "Nơi nhận:",
            "KT. CHỦ TỊCH",
            "TM.UBND XÃ",
            "Q. GIÁM ĐỐC",
            "Trên đây là Kế hoạch",
        ),
        no=("Số 111", "TM", "Trên địa bàn", "Q. Bình Thạnh"),
        how="fullmatch",
    ),
    Shape(
        "place and date on their own line",
        rf"\p{{Lu}}[^,;.:\n]{{1,40}}, ?(?:{DATED}|{FIGURES})",
        yes=(
            "Hà Giang, ngày 5 tháng 6 năm 2019",
            "Huế, ngày 5/6/2019",
            "Kiến An, ngày tháng năm 2022",
            "Huế, ngày … tháng … năm",
        ),
        no=("Hà Giang, ngày 5 tháng 6 năm 2019 của Chính phủ", "ngày 5 tháng 6 năm 2019"),
        how="fullmatch",
    ),
    Shape(
        "legal basis",
        r"(?:Căn cứ|Thực hiện|Xét) (?:các )?(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị|Quyết định|Kế hoạch"
        r"|Chỉ thị|Thông tư|Công văn|Công điện|Hướng dẫn|Chương trình|Kết luận|Thông báo|đề nghị)\b.*",
        yes=("Căn cứ Luật Trẻ em", "Thực hiện Kế hoạch số 5", "Xét đề nghị của"),
        no=("Căn cứ tình hình", "căn cứ Luật", "Thực hiện tốt"),
        how="fullmatch",
    ),
    Shape(
        "table row",
        r"\|.*|[^|\n]{1,300}\|[^|\n]{0,300}\|.*",
        yes=("| TT | Nội dung |", "1 | Thu học phí | Phòng Kế hoạch"),
        no=("a | b",),
        how="fullmatch",
    ),
)

ALONE = Shape(
    "a line that nothing continues: a rule, a table row, a motto, a number line, a place and date",
    r"[-–—_*=~.…•·\s]{3,}|[-–•*+]|\|.*|[^|\n]{1,300}\|[^|\n]{0,300}\|.*"
    r"|[^\s(][^\n]*?[^\s.)]\s{5,}\S(?s:.*)|.{0,80}(?:Hạnh [pP]húc|HẠNH PHÚC)\W*"
    r"|.{0,60}CHỦ NGHĨA VIỆT NAM|Số\s*:.{0,40}"
    rf"|.{{0,60}}\p{{Lu}}[^,;.:\n]{{1,40}}, ?{DATED}",
    yes=(
        "-----",
        "***",
        "-",
        "| a | b |",
        "1 | Thu học phí | Phòng Kế hoạch",
        "Tên đơn vị        Thời hạn",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 5/KH-UBND",
        "Huế, ngày 1 tháng 2 năm 2020",
    ),
    no=("ngày 1 tháng 2 năm 2020", "- Sở Y tế"),
    how="fullmatch",
)

LABELLED = Shape(
    "begins with a number, a Roman number or a letter as label",
    r"(?:\d{1,2}(?:\.\d{1,2}){0,4}[.)/–-]?|[IVX]{1,6}\s*[.)/-]?|[a-zđA-HĐ][.)/])\s.*|PHẦN .*|CHƯƠNG .*",
    yes=("1. Mục đích", "2- Yêu cầu", "II  ĐÁNH GIÁ", "a) Phòng", "PHẦN I"),
    no=("- Sở", "Phòng"),
    how="fullmatch",
)

_DANGLING = frozenset(
    {
        "và",
        "của",
        "các",
        "cho",
        "với",
        "về",
        "tại",
        "trong",
        "là",
        "do",
        "theo",
        "từ",
        "đến",
        "thuộc",
        "giữa",
        "trên",
        "bởi",
        "hoặc",
        "những",
        "mọi",
        "để",
        "nhằm",
        "vào",
        "bằng",
        "số",
        "ngày",
        "năm",
        "việc",
        "qua",
        "khoản",
        "điều",
        "điểm",
        "mục",
        "giao",
        "gồm",
        "nếu",
        "khi",
        "mà",
        "một",
        "hai",
        "ba",
        "lĩnh",
        "nhiệm",
        "trách",
        "chương",
    }
)
_COUNTED = frozenset(
    {
        "số",
        "ngày",
        "tháng",
        "năm",
        "khoản",
        "điều",
        "điểm",
        "mục",
        "quý",
        "lúc",
        "từ",
        "đến",
        "tuổi",
        "trên",
        "dưới",
    }
)
_ENDS = ".;:!?"
_CLOSERS = "”’\"')]*_»"


#: what every line that stands alone and begins with a word holds
_TOLD = ("tháng", "     ", "Số", "|")


def opens(line: str) -> bool:
    """Does ``line`` begin a block by its first characters?"""
    if line[0].islower() and line[1:2].isalpha():
        return False
    return _opening().match(line) is not None


def alone(line: str) -> bool:
    """Is ``line`` one that nothing continues?"""
    if _wordy(line) and not any(told in line for told in _TOLD) and not _nation(line):
        return False
    return ALONE.re.fullmatch(line) is not None


def _wordy(line: str) -> bool:
    """Does a word begin ``line``, perhaps behind a bullet? Then it is no rule, no table row."""
    return line[0].isalnum() or (line[2:3].isalnum() and line[0] != "|" and line.isprintable())


def _nation(line: str) -> bool:
    """Does ``line`` hold words of the motto?"""
    return "VIỆT NAM" in line or "Hạnh" in line or "HẠNH" in line


def labelled(line: str) -> bool:
    """Does ``line`` begin with the label of a heading?"""
    return LABELLED.re.match(line) is not None


def capitals(line: str) -> bool:
    """Are all letters of ``line`` capitals, and is there a word of two at least?"""
    return line.isupper() and compiled(r"\p{Lu}{2}").search(line) is not None


def ended(line: str) -> str:
    """The mark that closes ``line`` (``.;:!?``), or ``""``; dots of an omission close nothing."""
    last = line[-1:]
    if last == ";" or last == ":":
        return last
    if last == "," or last.isalnum():
        return ""
    words = line.rstrip(_CLOSERS + " ")
    if words.endswith("..") or (words.endswith(".") and _abbreviation().search(line[-6:])):
        return ""
    return words[-1:] if words[-1:] in _ENDS else ""


def dangling(line: str) -> bool:
    """Does ``line`` stop where its sentence cannot: at a comma, an open dash, a function word?"""
    if line[-1:] in ",(–" or line.endswith((" -", " &", "“")):
        return True
    return last_word(line).lower() in _DANGLING


def open_bracket(line: str) -> bool:
    """Is the last bracket of ``line`` open at its end?"""
    return line.rfind("(") > line.rfind(")")


def splits_bracket(here: str, there: str) -> bool:
    """Does a bracket open at the end of ``here`` and close in the first word of ``there``: ``(Cụm⏎2) năm``?

    Catches a number or letter that looks like a label ``2)``; leaves one before a capital, which may be
    the item it seems to be.
    """
    return there.find(")", 1, 13) > 0 and open_bracket(here[-40:]) and _closing().match(there) is not None


def counts_on(line: str) -> bool:
    """Does ``line`` end in a word that wants a number (``khoản``, ``ngày`` …)?"""
    return last_word(line).lower() in _COUNTED


def last_word(line: str) -> str:
    """The last run of non-spaces, without the marks around it."""
    return line[line.rfind(" ") + 1 :].strip("“”\"'()[].,;:*")


def first_word(line: str) -> str:
    """The first run of non-spaces."""
    return line.split(None, 1)[0] if line else ""


@cache
def _opening() -> "regex.Pattern[str]":
    return compiled("|".join(f"(?:{shape.pattern})" for shape in OPENING))


@cache
def _closing() -> "regex.Pattern[str]":
    return compiled(r"[\p{L}\p{N}/.\-–]{1,12}\)(?:[,;.:]|\s*$|\s+\p{Ll})")


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[\s(,;])(?:TP|Tp|tp|TT|TX|P|Q|H|ThS|Ths|TS|PGS|GS|BS|CN|Đ/c|đ/c|Ông|Bà|[Nn]o)\.$"
    )
