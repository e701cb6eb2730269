"""Symbols of documents that OCR misread: ``39/2012/TI-BTC``, ``1549-CT/IW``, ``46/B1111-THH``, ``Lưu: VI``.

Behind a document's number stand a type and offices, abbreviated. A piece that is none of the known ones
(``ground/codes.py``, ``tables/ocr_codes.tsv``) but has the outline of exactly one of them is that one. An
office that is not in the table stays as it was read.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extractor.ground.codes import TYPES
from extractor.ground.shape import Shape
from extractor.ground.source import Seen, within
from extractor.ground.tables import table
from extractor.ground.text import Edit, Span

RULE, NAME = "ocr symbol", "ocr_codes.tsv"
_SURE = 0.9
#: what pixels hardly tell apart
_OUTLINES = (
    ("TI1lÍÌỈÏJ|]!", "T"),
    ("OÔƠQ0", "O"),
    ("B8", "B"),
    ("gE9qøe", "g"),
    ("UÙÚƯ", "U"),
)
_OUTLINE = str.maketrans({char: to for chars, to in _OUTLINES for char in chars})

SYMBOL = Shape(
    "what stands behind a document's number, as OCR may give it",
    r"(?<=(?<![\w/])\d{1,5}(?:/(?:19|20)\d\d)?[/\-–])(?![\w|!\]]{1,3}[/-](?:19|20)\d\d|\d+\b)(?P<piece>[\p{Lu}1|!\]][\p{L}\d|!\]]{1,8})"
    r"(?:[/\-–](?P<piece>[\p{Lu}1|!\]][\p{L}\d|!\]]{1,8}))*",
    yes=("39/2012/TI-BTC", "1549-CT/IW", "46/B1111-THH", "12/KH-UBND"),
    no=("ngày 12/5", "24/24 giờ", "15/11/2017", "15/1I/2017"),
)
NUMBERED = Shape(
    "a document's type or the word số before its number",
    r"(?i)(?<!\p{L})(?:số|kế\s+hoạch|quyết\s+định|chỉ\s+thị|nghị\s+quyết|kết\s+luận|thông\s+báo|hướng\s+dẫn|công\s+văn"
    r"|chương\s+trình)\s*:?\s*\d{1,5}(?:/(?:19|20)\d\d)?[/\-–]$",
    yes=("Chỉ thị số 12/", "Số: 7-"),
    no=("lớp 10/", "căn 12-", "đường 2011-"),
)
YEAR = Shape(
    "the year and the type of a document without the slash between",
    r"(?<=\d{1,4}/(?:19|20)\d\d)(?=(?:NĐ|TT|TTLT|QĐ|NQ|CT)[-–]\p{Lu})",
    yes=("14/2025NĐ-CP",),
    no=("14/2025/NĐ-CP",),
)
ARCHIVED = Shape(
    "the archive's copy: Lưu: VT",
    r"(?<=Lưu\s?:\s?)(?P<piece>V[I1lÍÌ|])(?!\w)",
    yes=("- Lưu: VI", "Lưu: V1, NV"),
    no=("- Lưu: VP", "Lưu: VT"),
)


class Office(NamedTuple):
    """An office as symbols abbreviate it."""

    office: str


def symbols(text: str, seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits for pieces of symbols among the words ``seen``."""
    for match in SYMBOL.re.finditer(text):
        if within(seen, Span(*match.span())):
            pieces = match.spans("piece")
            if len(pieces) == 1 and not NUMBERED.re.search(text[max(0, match.start() - 40) : match.start()]):
                continue
            for start, end in pieces:
                if meant := _meant(text[start:end]):
                    yield Edit(start, end, meant, RULE, _SURE)
    for match in YEAR.re.finditer(text):
        if within(seen, Span(match.start() - 1, match.end())):
            yield Edit(match.end(), match.end(), "/", RULE, _SURE)
    for match in ARCHIVED.re.finditer(text):
        if within(seen, Span(*match.span())):
            yield Edit(*match.span("piece"), "VT", RULE, _SURE)


def _meant(read: str) -> str:
    """The one known piece of the outline of ``read``; ``""`` where that is it, or there are two."""
    pieces = _pieces().get(read.translate(_OUTLINE), ())
    return pieces[0] if len(pieces) == 1 and pieces[0] != read else ""


@cache
def _pieces() -> Mapping[str, Sequence[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    offices = (row.office for row in table(NAME, Office).rows)
    for piece in (*offices, *(code for codes in TYPES.values() for code in codes if len(code) > 1)):
        found[piece.translate(_OUTLINE)].append(piece)
    return found
