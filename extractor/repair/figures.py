"""Figures that OCR misread where a closed form leaves no choice: dates and document numbers.

``ngày 22 tháng Ô1 năm 2020``, ``20]7``, ``366KH-BVĐK``. A letter is taken for a digit only inside a date, a
slash is put back only between the number and the type of a document. Whatever else is wrong in a number
stays: a digit for another digit cannot be told.
"""

import re
from collections.abc import Iterator, Sequence

from extractor.ground.codes import PIECE
from extractor.ground.shape import Shape
from extractor.ground.source import Seen, within
from extractor.ground.text import Edit, Span
from extractor.ground.vietnamese import is_syllable

RULE = "ocr figure"
_DIGITS = {
    **dict.fromkeys("OoÔÓÒÕÖØ", "0"),
    **dict.fromkeys("lI|]![ìíÌÍ", "1"),
    **dict.fromkeys("SŠ§", "5"),
    "B": "8",
}
_FIGURE = rf"[\d{re.escape(''.join(_DIGITS))}]"
DATES = Shape(
    "a date with a letter among its digits",
    rf"(?i:ngày)\s+(?P<f>{_FIGURE}{{1,2}})\s+(?i:tháng)\s+(?P<f>{_FIGURE}{{1,2}})(?:\s+(?i:năm)\s+(?P<f>{_FIGURE}{{4}}))?"
    rf"|(?<![\w/])(?P<f>{_FIGURE}{{1,2}})/(?P<f>{_FIGURE}{{1,2}})/(?P<f>{_FIGURE}{{4}})(?![\w/])"
    rf"|(?i:năm)\s+(?P<f>20{_FIGURE}{{2}})(?!\w)",
    yes=("ngày 22 tháng Ô1 năm 2020", "l5/11/2017", "năm 20]7", "ngày IŠ tháng 10 năm 2018"),
    no=("ngày hội", "năm 2017a"),
)
PREMIER = Shape(
    "the code of the Prime Minister behind a document's type: QĐ-TTg, CT-TTg, CĐ-TTg",
    r"(?<=\d/(?:QĐ|CT|CĐ|KH|TB|VP)[-–])(?P<code>T[TI]?[A-Za-zé]{0,2}[gq9ø])(?!\w)",
    yes=("1410/CĐ-TTeg", "07/CT-TTø"),
    no=("07/CT-TTgCP", "07/CT-TW"),
)
GLUED = Shape(
    "a number and the type of a document without the slash between",
    rf"(?i:số)\s*+:?\s*+\d{{1,5}}(?=(?:KH|QĐ|CT|CV|TB|NQ|BC|HD|TTr|CTr)[-–/]{PIECE})",
    yes=("Số: 366KH-BVĐK", "số 15QĐ-UBND"),
    no=("Số: 366/KH-BVĐK", "số 15KH"),
)

AIM = Shape(
    "why a recipient gets the document: (b/c), (để b/c); Tesseract reads c as a sign of money",
    r"\((?:đ\w )?b/(?P<c>[€©e¢ç£])\)",
    yes=("- Sở Nội vụ (b/€);", "(để b/e)"),
    no=("(b/c)", "(b/cáo)"),
)
FOR = Shape(
    "the word để that says why a recipient gets the document",
    r"\((?P<word>đ[eéèẻẽẹêếềễệ])(?=\s+(?:[bt]/|báo cáo|thực hiện|phối hợp|chỉ đạo|theo dõi|biết))",
    yes=("- Phòng PC06 (đế b/c);", "(đề báo cáo)"),
    no=("(để b/c)", "(đề án)", "(đê biển)"),
)
DAY = Shape(
    "the word ngày of a date, its y lost",
    r"(?i)(?<!\w)(?P<word>ng[àaáảãạ][^\s\wy]?)(?=\s+(?:[\d.…\ufffd]{1,9}\s*)?tháng\s+\d)",
    yes=("Nghệ An, ngà tháng 4 năm 2015", "ngà. 12 tháng 5"),
    no=("ngày 12 tháng 5", "ngà voi"),
)
DOUBLED = Shape(
    "an abbreviation with Đ twice, as Tesseract writes it",
    r"(?<=\p{Lu}|[/-])(?P<letters>ĐĐ|ĐÐ)(?=\p{Lu}|\b)",
    yes=("HĐĐND", "09-NQ/ĐĐU"),
    no=("HĐND", "QĐ"),
)


JOINT = Shape(
    "the hyphen of a document's number, read as another sign",
    r"(?<=\d[/-]\p{Lu}{2,5})(?P<sign>[:;=~_»])(?=\p{Lu}{2})",
    yes=("Số: 74/KH:UBND", "12/QĐ~UBND"),
    no=("74/KH-UBND", "12/KH.LĐ"),
)
STOP = Shape(
    "a full stop between two words in capitals: a speck, where the first is no abbreviation",
    r"(?<=(?<!\p{L})(?P<word>\p{Lu}{3,7}))(?P<sign>\.)(?=[ ]\p{Lu}{2})",
    yes=("TRƯỜNG. THCS VĂN PHƯƠNG",),
    no=("TP. HỒ CHÍ MINH", "trường. Sau đó", "PHẦN 1. MỤC"),
)
_CLOSED = (
    (AIM, "c", "c"),
    (FOR, "word", "để"),
    (PREMIER, "code", "TTg"),
    (DAY, "word", "ngày"),
    (DOUBLED, "letters", "Đ"),
    (JOINT, "sign", "-"),
)


def figures(text: str, seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits for dates and numbers among the words ``seen``."""
    for match in DATES.re.finditer(text):
        figured = [(at, text[at]) for span in match.spans("f") for at in range(*span)]
        wrong = [(at, _DIGITS[char]) for at, char in figured if char in _DIGITS]
        if wrong and len(wrong) < len(figured) and within(seen, Span(*match.span())):
            yield from (Edit(at, at + 1, digit, RULE, 0.9) for at, digit in wrong)
    for shape, group, right in _CLOSED:
        for match in shape.re.finditer(text):
            if match[group] != right and within(seen, Span(*match.span())):
                yield Edit(*match.span(group), right, RULE, 0.95)
    for match in STOP.re.finditer(text):
        if is_syllable(match["word"]) and within(seen, Span(*match.span("sign"))):
            yield Edit(*match.span("sign"), "", RULE, 0.95)
    for match in GLUED.re.finditer(text):
        if within(seen, Span(*match.span())):
            yield Edit(match.end(), match.end(), "/", RULE, 0.9)
