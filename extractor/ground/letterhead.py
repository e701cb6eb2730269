"""The lines of a letterhead: own number, place and date, motto, and the bodies.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.1–4. What follows reads lines of the letterhead
zone only, so nothing that the text merely cites can be taken for the document's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

import regex

from extractor.ground import formulas
from extractor.ground.bodies import head_of
from extractor.ground.codes import PIECE, TYPE, Citation, tidy
from extractor.ground.dates import When, when
from extractor.ground.paper import Paper, once
from extractor.ground.shape import Shape
from extractor.ground.source import REPLACEMENT
from extractor.ground.text import Span

NUMBER_LINE = Shape(
    "Số: 12/KH-UBND with blanks, dots and odd spaces in every place",
    rf"(?P<word>(?i:số))\s*(?P<colon>[:.])?[ \t]*"
    rf"(?P<full>(?P<no>\d{{1,5}}(?:[a-z]|[A-D](?=\s?[/\-–⁄]))?(?:\.\d)?)?(?P<gap>[\s.…_\ufffd]*)"
    rf"(?:(?:[/\-–⁄]|(?<=\d)[ \t](?=\p{{Lu}}{{2}})|(?<=\d)(?=\p{{Lu}}{{2}}))\s*(?P<symbol>(?:(?:19"
    rf"|20)\d\d\s*/\s*)?{PIECE}(?:\s?[-–/&.]\s?{PIECE}|[-–/][\p{{Lu}}\d]+)*(?:\((?=[\d\-]*\p{{Lu}})[\p{{Lu}}\d\-]{{1,8}}\))?))?)(?!\p{{Ll}})",
    yes=(
        "Số: 12/KH-UBND",
        "Số:      /KH-UBND",
        "Số: … /KH",
        "Số: 36 /KH - UBND",
        "Số 129 - KH/HNDT",
        "Số: 01/ KH.LĐ",
        "Số: 07 -KH/ĐTN",
        "Số: 2022/KH-UBND",
        "Số: 55/2007/CT-UBND",
        "Số: 1105/KH-ĐKT",
        "Số: /CĐ -NHTC",
        "Số: 58/KH-THPTCL2",
        "Số: 318A/KH-BV333",
        "Số: 29/KH-CAH(TH)",
        "Số: 127A/2020/KH-CTN",
        "Số: \ufffd/KH-UBND",
    ),
    no=(),
)
_GAP = r"[\s.…_/\ufffd]{0,60}+"
_SLASH = r"[\s.…_\ufffd]{0,60}+"  # the slash before a month stays for it
_YEAR = r"(?i:năm)[\s.…_]*(?P<y>(?:19|20)\s?\d\s?\d|20[\s.…_]*)?"
DATELINE = Shape(
    "place, ngày … tháng … năm …; the year may stand in the next line, or be missing",
    r"(?:(?P<place>\p{Lu}[\p{L}\d .’'\-–]{1,60}?)\s*+[,.]?\s*+)?"
    r"(?P<when>(?i:ngày)(?:\s{0,3}(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>(?:19|20)\d\d)(?!\d)"
    rf"|(?:\s+(?i:mùng|mồng))?{_GAP}(?:(?P<d>\d{{1,2}}){_SLASH})?"
    rf"(?:(?i:tháng|/){_GAP}(?:(?P<m>\d{{1,2}}){_GAP})?(?:{_YEAR})?|(?:(?P<m>\d{{1,2}}){_GAP})?{_YEAR})))",
    yes=(
        "Kiến Xương, ngày tháng năm 2022",
        "Hà nội ngày 30 tháng 5 năm 2012",
        "Đà Nẵng, ngày10 tháng 12 năm 2014",
        "TP. Hồ Chí Minh, ngày 5 tháng 6 năm 2020",
        "Huế, ngày 5 tháng 6",
        "Huế, ngày 28/8/2023",
        "Hải Minh, ngày mùng 5 tháng 9 năm 2017",
        "Huế, ngày \ufffd tháng 6 năm 2020",
    ),
    no=("ngày càng nhiều", "Ngày đăng"),
)


@dataclass(frozen=True, slots=True)
class NumberSlot:
    """The own number's line: its whole span, and the spans of number and symbol where filled.

    ``unreadable``: something stands in the number's place that could not be read.
    """

    span: Span
    number: Span | None
    symbol: Span | None
    colon: bool
    unreadable: bool = False

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """The fuller the slot, the likelier it is the document's own."""
        return self.symbol is not None and self.number is not None, self.colon, self.symbol is not None


@dataclass(frozen=True, slots=True)
class DateSlot:
    """The date line: ``place`` and ``when`` as far as they are printed.

    ``garbled``: its figures are no figures; ``unreadable``: a day or month there could not be read.
    """

    span: Span
    place: Span | None
    when: When | None
    date: Span
    garbled: bool = False
    unreadable: bool = False


@once
def own_number(paper: Paper) -> NumberSlot | None:
    """The slot of the document's own number in its letterhead; ``None`` where there is none.

    ``SỐ 1050/QĐ-SCT`` behind a type word (``THEO QUYẾT ĐỊNH``) cites another document.
    """
    best: NumberSlot | None = None
    before = ""
    for span, words in paper.lines("letterhead"):
        for match in NUMBER_LINE.re.finditer(words):
            if match.start() and words[match.start() - 1].isalpha():
                continue
            if match.start() and not match["colon"] and not match["no"]:
                continue
            lead = f"{before} {words[: match.start()]}".rstrip()
            slot = _slot(span.start, match)
            if slot and (slot.colon or not _cites(lead)) and (best is None or slot.rank > best.rank):
                best = slot
        before = words
    return best


def _cites(lead: str) -> bool:
    last = None
    for match in TYPE.re.finditer(lead, max(0, len(lead) - 30)):
        last = match
    return last is not None and last.end() == len(lead)


def _slot(at: int, match: "regex.Match[str]") -> NumberSlot | None:
    number, symbol = _span(at, match, "no"), _span(at, match, "symbol")
    if number is None and symbol is None and not match["colon"]:
        return None
    if number and symbol:
        number = _span(at, match, "full")
    elif number and not match["colon"]:
        return None
    lost = number is None and REPLACEMENT in match["gap"]
    return NumberSlot(_at(Span(at, at), match, 0), number, symbol, bool(match["colon"]), lost)


def _span(at: int, match: "regex.Match[str]", group: str | int) -> Span | None:
    start, end = match.span(group)
    return Span(at + start, at + end) if start >= 0 else None


@once
def date_slot(paper: Paper) -> DateSlot | None:
    """The date line of the letterhead; some schools and Party cells date above the signature."""
    for zones in (("letterhead",), ("signature", "closing")):
        lines = [span for span, _ in paper.lines(*zones)]
        for span, following in zip_longest(lines, lines[1:]):
            words = span.of(paper.text)
            slot = _date_in(span, words)
            if (slot is None or slot.when is None) and following and "ng" in words:
                whole = Span(span.start, following.end)  # the date may go on in the next line
                longer = _date_in(whole, whole.of(paper.text))
                slot = longer if longer and longer.when and longer.span.start < span.end else slot
            if slot:
                return slot
    return None


def _date_in(span: Span, words: str) -> DateSlot | None:
    start = _behind_number(words)
    match = DATELINE.re.search(words, start)
    if match is None or len(words) - start > _DATELINE:
        broken = GARBLED.re.search(words, start) if len(words) - start <= _DATELINE else None
        return DateSlot(_at(span, broken, 0), None, None, _at(span, broken, 0), True) if broken else None
    if any(c.isalnum() for c in words[start : match.start()]):  # a date within other words is not this one
        return None
    if "tháng" not in match["when"].lower() and match["y"] and not _is_place(match["place"] or ""):
        return None  # ``Cập nhật ngày 12/6/2023``
    made = (
        when(match["y"], match["m"], match["d"], _at(span, match, "when"))
        if match["y"] and len(match["y"].strip(" .…_")) >= 4
        else None
    )
    place = _placed(_at(span, match, "place"), match["place"]) if match["place"] else None
    filled = made is None and bool(match["d"] or match["m"]) and bool(match["y"] and match["y"].strip(" .…_"))
    lost = REPLACEMENT in match["when"]
    return DateSlot(_at(span, match, 0), place, made, _at(span, match, "when"), filled, lost)


_OF_PLACES = ("phố", "xã", "trấn", "khu")


def _is_place(words: str) -> bool:
    return bool(words) and not any(word[0].islower() and word not in _OF_PLACES for word in words.split())


def _placed(span: Span, words: str) -> Span:
    """A place without the right column's words before it (``HỒ CHÍ MINH Lấp Vò``)."""
    loud = LOUD.re.match(words)
    return span._replace(start=span.start + loud.end()) if loud else span


LOUD = Shape(
    "words in capitals before a place in small letters",
    r"(?!(?:KRÔNG|ĐẮK|ĐĂK|ĐAK|BUÔN|MƯỜNG)\s)(?:HỒ\s+)?(?:\p{Lu}{3,}\s+)+(?=\p{Lu}\p{Ll})",
    yes=("CHÍ MINH Lấp Vò", "ĐOÀN Ninh Thuận"),
    no=("TP Hồ Chí Minh", "HÀ NỘI", "Lấp Vò", "EA Kar", "KRÔNG Pa"),
    how="match",
)
GARBLED = Shape(
    "a date line whose figures are no figures",
    r"(?i)ngày\s*+\S{0,4}\s*+tháng\s*+\S{0,4}\s*+năm\s*+\S{0,6}",
    yes=("ngày 0G tháng 5 năm 2O19",),
    no=("ngày càng nhiều",),
)
_DATELINE = 110


def _behind_number(words: str) -> int:
    """Where, on a line that also holds the number, the date may begin."""
    if len(words) > _DATELINE or words[:2].lower() == "số":
        for match in NUMBER_LINE.re.finditer(words):
            if match["no"] or match["colon"] or match["symbol"]:
                return match.end()
    return 0


def _at(span: Span, match: "regex.Match[str]", group: str | int) -> Span:
    start, end = match.span(group)
    return Span(span.start + start, span.start + end)


RULE_BESIDE = Shape(
    "a rule in the right column, beside a body's name",
    r"\s{3,}[-–—_=*─]{3,}$|\s[-–—_=*─]{5,}$",
    yes=("CHÁY NỔ TỈNH          ---", "UBND TỈNH -------"),
    no=("Y TẾ - XÃ HỘI",),
)


_GO_ON = ("v/v", "kính gửi")  # what is asked and who is asked may take several lines


def body_lines(paper: Paper) -> Iterator[tuple[Span, str]]:
    """The letterhead's lines that name bodies: neither motto, number, date nor rule."""
    slot, dated = own_number(paper), date_slot(paper)
    motto = goes_on = False
    for span, words in paper.lines("letterhead"):
        beside = RULE_BESIDE.re.search(words)
        if beside:
            span, words = _cut(paper, span, span.start + beside.start())
        for taken in (slot.span if slot else None, dated.span if dated else None):
            if taken and span.start < taken.end and taken.start < span.end:
                span, words = _cut(paper, span, max(span.start, taken.start))
        motto = formulas.MOTTO.catches(words) or (motto and formulas.MOTTO_REST.catches(words))
        goes_on = words.lower().startswith(_GO_ON) or (goes_on and not words.isupper() and not head_of(words))
        aside = goes_on or formulas.ASIDE.catches(words)
        if words and not motto and not aside and any(c.isalpha() for c in words):
            yield span, words


def _cut(paper: Paper, span: Span, end: int) -> tuple[Span, str]:
    words = span._replace(end=end).of(paper.text).rstrip()
    return Span(span.start, span.start + len(words)), words


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """The document's own number and date, as far as they are printed."""

    number: str | None
    date: str | None

    def is_cited_by(self, cited: Citation) -> bool:
        """Whether a citation means the document itself: its number, and no other date."""
        same = self.number is not None and cited.number.upper() == self.number.upper()
        return same and (cited.when is None or self.date is None or cited.when.iso == self.date)


def own_document(paper: Paper) -> OwnDocument:
    """What the letterhead says of the document itself."""
    slot, dated = own_number(paper), date_slot(paper)
    number = tidy(slot.number.of(paper.text)) if slot and slot.number else None
    return OwnDocument(number, dated.when.iso if dated and dated.when else None)
