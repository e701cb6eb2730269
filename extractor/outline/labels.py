"""What a line could be: every reading of its first characters as a label.

``"V."`` is Roman five or the letter V; ``"i)"`` a letter or a small Roman one. Nothing is decided
here: :mod:`extractor.outline.tree` does that by what each open list expects next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.ground import numerals
from extractor.ground.shape import Shape

PART = Shape(
    "Phần thứ nhất, Phần I, Chương II, Mục 3, Điều 5: named divisions",
    r"(?P<label>(?P<name>(?i:phần|chương|mục|điều))\s+(?P<number>(?i:thứ\s+)?(?:[IVX]+|\d{1,3}|[A-ZĐ](?!\p{L})|(?i:nhất|hai|ba|tư|năm|sáu|bảy)))(?!\p{L}|/|,)"
    r"\s*(?P<sep>[.:/)\-–]*)\s*)(?=\p{Lu}|$|[“\"])",
    yes=("Phần thứ nhất", "PHẦN I. ", "Phần thứ hai: ", "Điều 3. ", "Chương II"),
    no=("Phần lớn các đơn vị", "Điều kiện 3", "mục tiêu 1"),
    how="match",
)
ROMAN = Shape(
    "I. I/ I- I) I: and, before capitals, no mark at all",
    r"(?P<label>(?P<number>[IVXL]{1,6})(?:\s*(?P<sep>\.[-–]?|/\.?(?=\s|[\p{Lu}“])|[-–](?=[ \t]|\p{Lu}\p{L})"
    r"|\)|:)[ \t]*|(?P<bare>[ \t]+)(?:(?<=[ \t]{2})(?=\p{Lu})|(?=\p{Lu}{2}|\p{Lu}[ \t]+\p{Lu}))))"
    r"(?=[^\d\s.])",
    yes=(
        "I. Mục đích",
        "IV/ NỘI DUNG",
        "II  ĐÁNH GIÁ",
        "III.Nội dung",
        "V- Tổ chức",
        "I/. Mục đích",
        "V.- Kinh phí",
        "II  Nội dung",
    ),
    no=("VI-A2", "Iran", "II lần", "V/v tổ chức"),
    how="match",
)
DECIMAL = Shape(
    "1.1. 2.1.3 1.2) with or without a last dot",
    r"(?P<label>(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?P<sep>\.|\)|/\.?|:)?[ \t]*)(?=[\p{Lu}“\"(]"
    r"|(?<=[.)/ \t])\p{L}{3}|(?<=[.)/][ \t])(?!(?:19|20)\d\d(?!\d))\d)",
    yes=("1.1. Các sở", "2.1.3 Sở Y tế", "1.2.Nội dung", "6.2 Đối với", "1.2.1. 100% hộ"),
    no=("1.000 đồng", "5.10. 2019", "2.5", "10.12.2020"),
    how="match",
)
ARABIC = Shape(
    "1. 1/ 1) 1- 1: and, before two spaces and a capital, no mark (its dot was dropped)",
    r"(?P<label>(?P<number>\d{1,2})(?!\s?[-–]\s?\d{1,2}(?:\s{2,}|\s*$))"
    r"(?:\s?(?P<sep>\.(?:[-–](?=\s))?|/\.?(?=\s|[\p{Lu}“])|\)|-|–|:)(?:[ \t]+|(?![\d.]))"
    r"|(?P<bare>[ \t]{1,4})(?=\p{Lu})))(?=\S)",
    yes=(
        "1. Mục đích",
        "12/ Nội dung",
        "3) Yêu cầu",
        "2  Tổ chức",
        "1.Chủ đề",
        "5- Kinh phí",
        "4/. Phạm vi",
        "1- 100% gia súc",
        "1 - 5 lớp tập huấn",
    ),
    no=("1.5 triệu", "7 - 8   8 đợt", "30/4 và 1/5", "2021, cụ thể", "100% xã"),
    how="match",
)
CELLS = Shape(
    "cells of a table's row, parted by wide room",
    r"\S\s{3,}\S.*\S\s{3,}\S",
    yes=("Ký giao ước     UBND phường     Xong trước 20/8",),
    no=("Phòng   Y tế",),
)
UPPER = Shape(
    "A. B/ C)",
    r"(?P<label>(?P<number>[A-ZĐ])\s?(?P<sep>\.|/\.?|\)|[-–]|:)[ \t]+)(?=\S)",
    yes=("A. Mục tiêu", "B/ Nội dung", "Đ) Kinh phí", "C - Tổ chức"),
    no=("A1. ", "Đ/c Chung", "TM. "),
    how="match",
)
LOWER = Shape(
    "a) b. c/ đ) a/.",
    r"(?P<label>(?P<number>[a-zđ])\s?(?:(?P<sep>\))[ \t]*|(?P<sep2>\.|/\.?|[-–](?=[ \t]))[ \t]*)"
    r"(?=[\p{L}“\"(]{2}|\p{Lu}[ \t]|[“\"(\d]))(?:(?!\d)|(?<=\)[ \t])(?=\d))",
    yes=(
        "a) Mục đích",
        "đ)Rà soát",
        "c. Kiểm tra",
        "d– Yêu cầu",
        "b/ Thanh tra sở",
        "e/. Hoạt động",
        "b) 95% phụ nữ",
    ),
    no=("a1) ", "vd. ", "đ/c Hà"),
    how="match",
)
SMALL_ROMAN = Shape(
    "i) ii. iii)",
    r"(?P<label>(?P<number>[ivx]{1,5})(?P<sep>\)|\.)[ \t]*)(?=[\p{L}“\"(])",
    yes=("i) Một", "ii. Hai", "iv)Ba"),
    no=("vi phạm", "xi măng"),
    how="match",
)
PAREN = Shape(
    "(1) (a) (i)",
    r"(?P<label>\((?P<number>\d{1,2}|[a-zđ]|[ivx]{1,4})\)[ \t]*)(?=[\p{L}“\"])",
    yes=("(1) Rà soát", "(a)Rà soát", "(iv) Rà soát"),
    no=("(111) ", "(xã A)"),
    how="match",
)
BULLET = Shape(
    "- + * • and the private bullets of Word's symbol fonts",
    r"(?P<label>(?P<sep>[-–—−+*•●○▪■◦►➢❖✓✔·\uf0a7\uf0b7\uf0d8\uf0fc\uf02d]"
    r"|o(?=[ \t]))[ \t]*)(?=[\p{L}\d“\"‘'(\[…])",
    yes=("- Rà soát", "+Rà soát", "* Các khẩu hiệu", "• Rà soát", "– Rà soát", "o Báo cáo"),
    no=("---", "***", "_"),
    how="match",
)
MISREAD = Shape(
    "what is left of a misread number: a few signs, then a mark",
    r"(?!\p{Lu}\p{Ll}|[-+*•–|(“\"])\S{1,4}?[.)/:\-–]\s+",
    yes=("l. ", "!. ", "Y/ ", "z) ", "W- "),
    no=("Sở Y tế. ", "- ", "Tổ. "),
    how="match",
)


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a line's start.

    ``number`` counts from 1 (0 for bullets); ``chain`` are the printed parts of ``1.2.3``;
    ``mark`` is the punctuation (``"."``, ``")"``, ``""`` where it is lost) or the bullet itself;
    ``end`` is where, within the line, the words begin.
    """

    style: str
    text: str
    number: int
    mark: str
    end: int
    chain: tuple[int, ...] = ()


_LONGEST = 1000  # characters of a line whose readings are remembered


def labels(line: str) -> Sequence[Label]:
    """All readings of ``line`` (leading white space allowed), the likeliest first; often none.

    Zones and tree ask about the same lines, so those of usual length are remembered.
    """
    return _labels(line) if len(line) <= _LONGEST else _labels.__wrapped__(line)


@lru_cache(maxsize=1 << 10)
def _labels(line: str) -> tuple[Label, ...]:
    return tuple(_readings(line))


def _readings(line: str) -> list[Label]:
    start = len(line) - len(line.lstrip())
    if start == len(line):
        return []
    first = line[start]
    if first.isdigit():
        return _digits(line, start)
    if first in "IVXLABCDĐEFGHKMNOPQRSTU" or first in "PpCcMmĐđ":
        found = _capitals(line, start)
        if found:
            return found
    if first in "abcdđefghijklmnopqrstuvwxyz":
        return _small(line, start)
    if first == "(":
        match = PAREN.re.match(line, start)
        return (
            [Label("paren", match["number"], _value(match["number"]), "()", match.end("label"))]
            if match
            else []
        )
    match = BULLET.re.match(line, start)
    if match:
        mark = {"–": "-", "—": "-", "−": "-", "\uf02d": "-"}.get(match["sep"], match["sep"])
        return [Label("bullet", mark, 0, mark, match.end("label"))]
    return []


def words_begin(line: str) -> int:
    """Where the words of a line begin that has no label, behind what a misread number left."""
    start = len(line) - len(line.lstrip())
    match = MISREAD.re.match(line, start)
    return match.end() if match else start


def _digits(line: str, start: int) -> list[Label]:
    match = DECIMAL.re.match(line, start)
    if match:
        chain = tuple(int(part) for part in match["number"].split("."))
        return [Label("decimal", match["number"], chain[-1], match["sep"] or "", match.end("label"), chain)]
    match = ARABIC.re.match(line, start)
    if match and not (match["bare"] and CELLS.re.search(line, match.end())):
        return [
            Label(
                "arabic",
                str(int(match["number"])),
                int(match["number"]),
                _mark(match["sep"]),
                match.end("label"),
            )
        ]
    return []


def _capitals(line: str, start: int) -> list[Label]:
    found = []
    match = PART.re.match(line, start)
    if match:
        number = match["number"].split()[-1]
        value = numerals.word(number) or _TYPED.get(number) or _value(number)
        name = " ".join(line[start : match.end("number")].split())
        style = "part:" + match["name"].lower()
        if value:
            found.append(Label(style, name, value, _mark(match["sep"]), match.end("label")))
    match = ROMAN.re.match(line, start)
    value_or_none = (numerals.roman(match["number"]) or _TYPED.get(match["number"])) if match else None
    if match and value_or_none:
        found.append(Label("roman", match["number"], value_or_none, _mark(match["sep"]), match.end("label")))
    match = UPPER.re.match(line, start)
    if match:
        found.append(
            Label(
                "upper",
                match["number"],
                numerals.letter(match["number"]) or 0,
                _mark(match["sep"]),
                match.end("label"),
            )
        )
    return found


_TYPED = {"IIII": 4, "VIIII": 9}  # typists' own Roman numerals


def _small(line: str, start: int) -> list[Label]:
    found = []
    match = LOWER.re.match(line, start)
    if match:
        mark = _mark(match["sep"] or match["sep2"])
        found.append(
            Label("lower", match["number"], numerals.letter(match["number"]) or 0, mark, match.end("label"))
        )
    match = SMALL_ROMAN.re.match(line, start)
    value = numerals.roman(match["number"]) if match else None
    if match and value:
        found.append(Label("small_roman", match["number"], value, match["sep"], match.end("label")))
    if not found:
        match = BULLET.re.match(line, start)
        if match:
            found.append(Label("bullet", "o", 0, "o", match.end("label")))
    return found


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else numerals.roman(number) or numerals.letter(number) or 0


def _mark(sep: str | None) -> str:
    return (sep or "").strip().rstrip(".").replace("–", "-") or ("." if sep and "." in sep else "")
