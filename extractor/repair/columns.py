"""Two columns on one line, set apart: letterheads and footers of text that has lost its geometry.

``Nơi nhận: TM. ỦY BAN NHÂN DÂN`` are two lines at the same place; so are the halves of a letterhead,
with many spaces between or, in flattened text, with one. The cut stands before the words that can only
begin the right column (motto, place and date, authority and post of the signer).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from extractor.ground.formulas import ANY_BULLET, BULLETS
from extractor.ground.names import person_name
from extractor.ground.shape import Shape, compiled
from extractor.ground.text import Edit
from extractor.repair.lines import DATED, FIGURES

_POST = (
    r"(?:(?:KT|TM|TL|TUQ|T/M|K/T|T/L)\s?\.?\s?\p{Lu}{2}|Q\.\s?\p{Lu}{2}|(?:PHÓ |TRƯỞNG |QUYỀN )?"
    r"(?:GIÁM ĐỐC|CHỦ TỊCH|HIỆU TRƯỞNG|TRƯỞNG (?:PHÒNG|BAN|ĐOÀN|KHOA|THÔN|TRẠM|CÔNG AN)|BÍ THƯ"
    r"|CHÁNH VĂN PHÒNG|(?:BỘ|THỨ|THỦ|CỤC|VỤ|VIỆN) TRƯỞNG)|(?:ỦY|UỶ) BAN NHÂN DÂN)[\p{Lu}\d\s.,()&–-]*"
)
_CAPITALS = r"[\p{Lu}\d\s.,&()'’-]"
_PLACE = (
    r"(?:\p{Lu}\p{Ll}|[AIYÔĐ] (?=\p{Lu}\p{Ll})|TP\.?|TX\.?|TT\.?|Ea |Ia )[\p{L}.’'-]*"
    r"(?: (?:- )?[\p{L}\d.’'-]+){0,6}"
)
_DATE = rf"{_PLACE},? ?(?:{DATED}|{FIGURES})"
_DEGREE = r"(?:(?:PGS|GS|TS|ThS|BS|Bs|DS|KS|CN)\.? ?(?:CKI{1,2}\.? ?)?)*"
_NAME = _DEGREE + r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4}"
_LOUD = r"\p{Lu}{2,}(?:\s\p{Lu}{2,})+"
_MOTTO = (
    r"(?:(?:CỘNG H[ÒO][AÀ] XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN) VIỆT NAM|Cộng h[òo][aà] xã hội chủ nghĩa Việt Nam"
    r"|ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH)\W*"
)
_CAPITAL_NAME = _DEGREE + r"\p{Lu}{2,}(?: \p{Lu}+){1,4}"
_SIGNED = r"\((?i:đã ký|ký tên|ký,)[^()\n]{0,30}\)"
_ITEM = tuple(BULLETS)
_BULLET = f"[{ANY_BULLET}]"
_LINE_TWO = r"Độc lập\s?[-–—]\s?Tự do\s?[-–—]\s?Hạnh [pP]húc\W*"


class Cut(NamedTuple):
    """``shape``: the whole line; ``right``: where its right column begins.

    ``begins``, ``holds``: what every such line begins with and holds, asked before its shape.
    """

    shape: Shape
    right: str
    begins: tuple[str, ...] = ("",)
    holds: str = ""


CUTS = (
    Cut(
        Shape(
            "recipients beside the signature",
            rf"Nơi nhận(?: ?:\s+(?:{_POST}|{_LOUD})|\s{{3,}}(?:{_POST}|{_LOUD})|\s{_POST})",
            yes=(
                "Nơi nhận: TM. ỦY BAN NHÂN DÂN",
                "Nơi nhận:    KT. GIÁM ĐỐC",
                "Nơi nhận: CHỦ TỊCH",
                "Nơi nhận      TM. BAN THƯỜNG VỤ",
                "Nơi nhận KT. GIÁM ĐỐC",
            ),
            no=("Nơi nhận:", "Nơi nhận: Như trên", "Nơi nhận: Chủ tịch"),
            how="fullmatch",
        ),
        r"(?<=:)\s+|\s{3,}|(?<=nhận)\s(?=[^\s:])",
        begins=("Nơi nhận",),
    ),
    Cut(
        Shape(
            "a recipients item beside the signature",
            rf"{_BULLET} ?\p{{Lu}}(?=[^\n]{{0,90}}?\p{{Ll}})[^\n]{{0,90}}?"
            rf"(?:[;.]\s+|\((?:b/c|t/h|p/h|để b/c|báo cáo)\)[;,.]?\s+|\s{{3,}}){_POST}",
            yes=(
                "- Như trên;          KT. CHỦ TỊCH",
                "- Sở Y tế (b/c); PHÓ HIỆU TRƯỞNG",
                "- Lưu: VT.  PHÓ CHỦ TỊCH",
                "• Ban Tuyên giáo TW (b/c), PHÓ TRƯỞNG BAN",
            ),
            no=(
                "- Sở Y tế;",
                "- Báo cáo CHỦ TỊCH",
                "- Như trên; - Lưu",
                "- Trình; CHỦ TỊCH huyện quyết định",
                "- BAN GIÁM HIỆU, BÍ THƯ CHI BỘ",
                "- Ông Nguyễn Văn Hùng, CHỦ TỊCH UBND",
                "- Ông Hùng (UVTV), TRƯỞNG BAN",
            ),
            how="fullmatch",
        ),
        rf"\s+(?={_POST}$)",
        begins=_ITEM,
    ),
    Cut(
        Shape(
            "the last recipients item beside the signer's name",
            _BULLET + r" ?Lưu ?:?[^\n]{2,60}?(?:\.|\s{3,})\s+" + _NAME,
            yes=("- Lưu: VT, YT.                 Phan Hữu Lạng", "- Lưu: VT, CA. Đặng Tấn Hải"),
            no=("- Lưu: VT.", "- Lưu: VT, LĐTBXH (Hạnh).", "- Lưu: VT, Phòng Kế hoạch."),
            how="fullmatch",
        ),
        rf"\s+(?={_NAME}$)",
        begins=_ITEM,
        holds="Lưu",
    ),
    Cut(
        Shape(
            "a recipients item, wide room, the signer's name or the note that it is signed",
            rf"{_BULLET} ?\p{{Lu}}[^\n]{{1,90}}?"
            rf"(?:(?:\s{{5,}}|\s*\t\s*)(?:{_SIGNED}|{_NAME}|{_CAPITAL_NAME})|[;.,)]\s+{_SIGNED})",
            yes=(
                "- Sở Y tế (b/c);              (đã ký)",
                "- Các khoa, phòng;            Nguyễn Thị Nga",
                "- Đảng ủy xã,                 TS. Lò Văn Sơn",
                "- Lưu: VT.                    NGUYỄN THỊ NGA",
                "- Các ấp;\t(đã ký)",
                "- Các ấp; (đã ký)",
            ),
            no=("- Sở Y tế (đã ký)", "- Các tổ;       - Lưu: VT."),
            how="fullmatch",
        ),
        rf"(?:\s{{5,}}|\s*\t\s*)(?=(?:{_SIGNED}|{_NAME}|{_CAPITAL_NAME})$)|\s+(?={_SIGNED}$)",
        begins=_ITEM,
    ),
    Cut(
        Shape(
            "letterhead beside the motto",
            rf"\p{{Lu}}{_CAPITALS}{{2,90}}?(?=\s)(?<!NƯỚC|CỦA|LẬP|ĐỘI|MỪNG)"
            rf"(?:\s+(?=CỘNG)|\s{{3,}}|(?<=ỦY.{{0,40}})\s){_MOTTO}",
            yes=(
                "SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "ĐẢNG ỦY XÃ     ĐẢNG CỘNG SẢN VIỆT NAM",
                "TỈNH ĐOÀN BẮC KẠN     ĐOÀN TNCS HỒ CHÍ MINH",
                "UBND XÃ QUỲNH HẢI        Cộng hoà xã hội chủ nghĩa Việt Nam",
            ),
            no=(
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "NGÀY THÀNH LẬP ĐẢNG CỘNG SẢN VIỆT NAM",
            ),
            how="fullmatch",
        ),
        rf"\s+(?={_MOTTO}$)",
        holds="N",
    ),
    Cut(
        Shape(
            "letterhead beside the second line of the motto",
            rf"[\p{{Lu}}*][^\n]{{2,90}}?\s+{_LINE_TWO}",
            yes=("TỈNH HÀ NAM      Độc lập - Tự do - Hạnh phúc", "XÃ AN BÌNH Độc lập - Tự do - Hạnh phúc"),
            no=("Độc lập - Tự do - Hạnh phúc",),
            how="fullmatch",
        ),
        rf"\s+(?={_LINE_TWO}$)",
        holds="Độc lập",
    ),
    Cut(
        Shape(
            "number, or letterhead, beside place and date",
            r"(?:Số ?:?[^\n,]{0,40}?(?:\s{2,}|(?<=[\p{L}\d])\s)|\p{Lu}[^\n,]{2,60}?\s{3,})" + _DATE,
            yes=(
                "Số: 12/KH-UBND       Kiên Giang, ngày 5 tháng 6 năm 2019",
                "Số: 01/KH-LĐ Tân Hòa, ngày 8 tháng 9 năm 2020",
                "XÃ AN HẢI     Huế, ngày 5 tháng 6 năm 2019",
                "Số: 12/KH-UBND       Huế, ngày 5/6/2019",
            ),
            no=("Số: 12/KH-UBND", "Số: 12/KH-UBND ngày 5 tháng 6 năm 2019", "Huế, ngày 5 tháng 6 năm 2019"),
            how="fullmatch",
        ),
        rf"\s+(?={_DATE}$)",
        holds="ngày",
    ),
)
_TELLS = (
    "     ",
    "\t(",
    "Lưu",
    "(Đã",
    "(đã",
    "(ĐÃ",
    "HỒ CHÍ MINH",
    "Nơi nhận",
    "VIỆT NAM",
    "Độc lập",
    ", ngày",
    "Số:",
    "CHỦ TỊCH",
    "TRƯỞNG",
    "GIÁM ĐỐC",
    "BÍ THƯ",
    "CHÁNH VĂN",
    "KT.",
    "TM.",
    "TL.",
    "TUQ.",
    "T/M",
    "K/T",
    "T/L",
)
_LONGEST = 240
_OPEN = 30  # a recipients item at least so long may go on below the signer's post


def columns(text: str) -> Iterator[Edit]:
    """Edits that put a line break between two columns of one line."""
    done = 0
    for start, line in sorted({*_lines(text), *_listed(text)}):
        if start < done:
            continue
        flat = _flattened(start, line)
        if flat:
            done = flat[-1].end
            yield from flat
            continue
        cut = (_cut(line) or _name_behind(text, start, line)) if len(line) <= _LONGEST else None
        if cut:
            plain = Edit(start + cut.start(), start + cut.end(), "\n", "columns", 0.95)
            edit = _past(text, start, line, cut) or plain
            done = edit.end
            yield edit


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold a tell, stripped, with the place where they begin."""
    tell = _tell().search(text)
    while tell:
        start = text.rfind("\n", 0, tell.start()) + 1
        end = text.find("\n", tell.end())
        line = text[start : end if end >= 0 else len(text)]
        words = line.strip()
        yield start + line.index(words), words
        tell = _tell().search(text, start + len(line))


@cache
def _tell() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _TELLS)))


BORDERS = Shape(
    "where a flattened opening had its line ends: around the motto, before number, date, type and basis",
    r"(?<!\s)\s++(?=CỘNG H[ÒO][AÀ] XÃ HỘI CHỦ NGHĨA|Độc lập\s?[-–—]\s?Tự do|Số ?: ?\S|(?:KẾ HOẠCH|QUYẾT ĐỊNH"
    r"|CHƯƠNG TRÌNH)(?!\p{L}))"
    r"|(?<=CHỦ NGHĨA VIỆT NAM)\s+(?=\p{Lu})|(?<=Hạnh [pP]húc)\s+(?=\p{Lu})"
    rf"|(?<=[\p{{Lu}}\d])(?<!\s[AIYÔĐ])\s+(?={_DATE}(?:\s|$))"
    r"|(?<=(?:KẾ HOẠCH|QUYẾT ĐỊNH))\s+(?=\p{Lu}\p{Ll})"
    rf"|(?<=năm \d{{4}})\s+(?=KẾ HOẠCH|\p{{Lu}}{{3}})"
    r"|(?<=năm \d{4})\s+(?=(?:Căn cứ|Thực hiện|Nhằm|Tiếp tục|Để)\s)"
    r"|(?<!\s)\s++(?=(?:Căn cứ|Thực hiện|Tiếp tục thực hiện) (?:Luật|Nghị|Quyết|Chỉ|Công|Kế hoạch|Chương"
    r"|Thông|Kết luận|Hướng))",
    yes=(
        "XÃ PHÚ MẬU Độc lập - Tự do",
        "DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "năm 2021 KẾ HOẠCH",
        "2021 Căn cứ Luật",
        "KẾ HOẠCH Triển khai",
    ),
    no=("KẾ HOẠCH năm 2021", "Độc lập - Tự do"),
    how="search",
)
_OPENING = 900  # a flattened opening is looked for in so many characters of its line


def _flattened(start: int, line: str) -> list[Edit]:
    """The line breaks of an opening that was flattened onto one line, both motto lines included."""
    head = line[:_OPENING]
    nation = head.find("CHỦ NGHĨA VIỆT NAM")
    motto = head.find("Độc lập") if nation >= 0 else -1
    if not nation < motto < nation + 150:
        return []
    if nation < 30 and motto + 40 >= len(line):
        return []
    found: list[Edit] = []
    basis = False
    for border in BORDERS.re.finditer(head):
        begins = head[border.end() :].startswith(("Căn", "Thực", "Tiếp"))
        if border.start() > 0 and not (begins and basis):
            found.append(Edit(start + border.start(), start + border.end(), "\n", "columns", 0.9))
        basis = basis or begins
    return found


def _cut(line: str) -> "regex.Match[str] | None":
    """The place where the right column of ``line`` begins, if it has two."""
    for shape, right, begins, holds in CUTS:
        if holds in line and line.startswith(begins) and shape.re.fullmatch(line):
            return next((cut for cut in compiled(right).finditer(line) if cut.start() > 0), None)
    return None


BESIDE = Shape(
    "a recipients item that has ended, and a name: the signer's, where surnames know it",
    rf"{_BULLET} ?\p{{Lu}}[^\n]{{1,90}}?[;.)](?P<gap>\s+)(?P<name>{_NAME})",
    yes=("- Sở Y tế; Nguyễn Thị Nga", "- Lãnh đạo Sở (b/c) Hồ Văn Thiềng"),
    no=("- Sở Y tế; - Lưu: VT", "- Nguyễn Thị Nga"),
    how="fullmatch",
)
_REACH = 1500  # characters behind Nơi nhận in which its items stand
_ITEMS = 15


def _listed(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a list of recipients, stripped, with the place where they begin."""
    at = text.find("Nơi nhận")
    while at >= 0:
        start = text.find("\n", at) + 1
        for line in text[start : start + _REACH].split("\n")[:_ITEMS] if start else ():
            words = line.strip()
            if words:
                yield start + line.index(words), words
            start += len(line) + 1
        at = text.find("Nơi nhận", at + _REACH)


def _name_behind(text: str, start: int, line: str) -> "regex.Match[str] | None":
    """The room before a signer's name that stands behind a recipients item with a single space."""
    found = BESIDE.re.fullmatch(line) if "Nơi nhận" in text[max(0, start - _REACH) : start] else None
    if not found or len(found["name"].split()) < 3 or person_name(found["name"]) is None:
        return None
    return compiled(r"\s+").match(line, found.start("gap"))


def _past(text: str, start: int, line: str, cut: "regex.Match[str]") -> Edit | None:
    """The right column moved past the rest of a recipients item that goes on in the next line."""
    left, right = line[: cut.start()], line[cut.end() :]
    goes_on = compiled(r"[^\S\n]*\n[^\S\n]*(\p{Ll}[^\n]{0,80}[;.])(?=[^\S\n]*(?:\n|$))")
    rest = goes_on.match(text, start + len(line))
    if left[0] not in _ITEM or left[-1] in ";.,:" or len(left) < _OPEN or not rest:
        return None
    return Edit(start + cut.start(), rest.end(1), f" {rest[1]}\n{right}", "columns", 0.85)
