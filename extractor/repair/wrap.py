"""Hard-wrapped text: how wide its lines are, and whether a line continues the one before it.

Facts behind the rules (plans as PDF text): lines wrap near 80 columns, in proportional type, so that
their length in characters varies by a third but their natural width by a tenth; a blank line may stand
after every line; a new page begins with one space; bold headings wrap earlier.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from extractor.ground.formulas import BULLETS
from extractor.ground.shape import Shape, compiled
from extractor.ground.vietnamese import fold, is_syllable
from extractor.repair import lines
from extractor.repair.vocabulary import phrases
from extractor.repair.widths import ems

LONG = 60  # a line this long may stop in the middle of a sentence, wrapped text or not
SHORT = 30  # a line shorter than this is a cell, a name or a heading: only grammar may continue it
FULL = 0.88  # share of the wrap width that makes a line full, with the next line's first word

SPLIT_CODE = Shape(
    "a document code, a range or a name cut at its hyphen or slash (two lines, joined by a line break)",
    r".*(?:[\p{L}\d]-\n[\p{L}\d]|[\p{Lu}\d]/\n[\p{Lu}\d]|[\p{Ll}]/\n\p{Ll}|/\p{Lu}{1,6}\n-\p{Lu}{2}).*",
    yes=("số 56/2017/NĐ-\nCP ngày", "Phòng VH-\nXH", "2021-\n2025", "số 12/\nKH-UBND", "số 12/KH\n-UBND xã"),
    no=("Sở Y tế\n- Sở Nội vụ", "Lao động -\nThương binh"),
    how="fullmatch",
)

CITED = Shape(
    "a citation that goes on in a list parted by semicolons",
    r"(?:Kế hoạch|Quyết định|Nghị quyết|Nghị định|Chỉ thị|Thông tư|Công văn|Công điện|Kết luận|Thông báo"
    r"|Hướng dẫn) số.*",
    yes=("Kế hoạch số 15/KH-UBND", "Quyết định số 2"),
    no=("Kế hoạch này",),
    how="fullmatch",
)

YEAR_END = Shape(
    "the end of many titles",
    r".* năm \d{4}",
    yes=("Triển khai công tác năm 2020",),
    no=("năm 2020 này",),
    how="fullmatch",
)


NAMED = Shape(
    "a class word, and in the next line the name it wants",
    r"(?:tỉnh|huyện|quận|xã|phường|phố|trấn|thôn|ấp|khóm|tháng)\n\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*){0,3}[.,;)]",
    yes=("xã\nVĩnh Thành.", "tháng\nChạp; "),
    no=("huyện\nĐổi mới phong trào", "xã\nChủ trì, phối hợp"),
    how="match",
)


class Row(NamedTuple):
    """A line that is not blank: its words, where they stand, its indent, the blank lines before it.

    ``page``: a page begins here; ``title``: the line before is a type of document alone (``KẾ HOẠCH``).
    """

    words: str
    start: int
    end: int
    indent: int
    gap: int
    line: int
    page: bool = False
    title: bool = False


@dataclass(frozen=True)
class Wrap:
    """How a text is wrapped.

    ``places``: the lines that certainly wrap (empty: the text is not wrapped); ``widths``: how wide lines
    wrap near each of them and behind the last, in ems; ``gap``: blank lines between them; ``indented``:
    paragraphs begin with an indent; ``rows``: the text; ``columns``: at how many characters lines wrap, where
    characters were counted and not measured (0 where they were measured).
    """

    places: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    gap: int = 1
    indented: bool = False
    rows: Sequence[Row] = ()
    columns: int = 0

    def width(self, line: int) -> float:
        """The wrap width near ``line``; 0 where the text is not wrapped."""
        return self.widths[bisect_left(self.places, line)] if self.places else 0.0

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that stand with a capital inside a sentence somewhere in the text."""
        text = "\n".join(row.words for row in self.rows)
        return frozenset(compiled(r"(?<=\p{Ll},? )\p{Lu}\p{Ll}+").findall(text))


def wrap_of(rows: Sequence[Row]) -> Wrap:
    """Measure how ``rows`` are wrapped, from the pairs that certainly are one sentence."""
    longer = [row for row in rows if len(row.words) >= 40]
    sure = [(a, b) for a, b in pairwise(rows) if b.words[0].islower() and _sure(a, b)]
    if not sure or len(sure) < 0.12 * len(longer):
        return Wrap()
    typical = sorted(len(a.words) for a, _ in sure)[len(sure) // 2]
    if typical > 170 or sum(len(row.words) > 2 * typical for row in longer) > 0.1 * len(longer):
        return Wrap()
    gap = Counter(b.gap for _, b in sure).most_common(1)[0][0]
    places = tuple(a.line for a, _ in sure)
    return Wrap(places, _widths(sure), gap, _indented(rows, sure), rows, _columns(sure))


def _columns(sure: Sequence[tuple[Row, Row]]) -> int:
    """The number of characters at which nearly all lines wrap: no next word would have fitted on a line."""
    ends = sorted(_end(a) for a, _ in sure)
    most = ends[-1 - len(ends) // 50]
    kept = sum(_end(a) <= most < _end(a) + 1 + len(lines.first_word(b.words)) for a, b in sure)
    return most if len(sure) >= _FEW and kept >= 0.9 * len(sure) else 0


def _end(row: Row) -> int:
    return row.indent + len(row.words)


def _widths(sure: Sequence[tuple[Row, Row]]) -> tuple[float, ...]:
    """The wrap width near each line and behind the last: pages of one text may differ (a wide appendix)."""
    wide = [ems(a.words) for a, _ in sure]
    last = len(wide) - 8
    near = (sorted(wide[max(0, min(at, last) - 8) : at + 8]) for at in range(len(wide) + 1))
    return tuple(some[int(len(some) * 0.85)] for some in near)


def _indented(rows: Sequence[Row], sure: Sequence[tuple[Row, Row]]) -> bool:
    """Do items begin with an indent while lines that continue begin at the margin?"""
    flush = sum(b.indent <= 1 for _, b in sure) > 0.7 * len(sure)
    if not flush or not any(3 <= row.indent < 14 for row in rows):
        return False
    items = [row for row in rows if len(row.words) > SHORT and row.indent < 14 and lines.opens(row.words)]
    return len(items) > 2 and sum(row.indent >= 3 for row in items) > 0.7 * len(items)


_CENTRED = 12  # an indent at which a line may be centred: its end tells nothing
_FEW = 5  # lines that certainly wrap, by which characters are counted


class Joint(NamedTuple):
    """What stands between two lines that are one (a space, or nothing), and how sure it is."""

    text: str
    sure: float = 1.0


def glue(first: Row, before: Row, after: Row, wrap: Wrap) -> Joint | None:
    """What joins ``after`` to ``before`` (whose block began at ``first``); None where a block begins.

    What is cheap and decides most pairs is asked first.
    """
    here, there = before.words, after.words
    lower = there[0].islower()
    if _cut(here, there):
        joint = Joint("", 0.95)
    elif lines.splits_bracket(here, there):
        joint = Joint(" ", 0.95)
    elif not (_lower if lower else _other)(first, before, after, wrap) or _starts(before, after, wrap):
        return None
    else:
        joint = Joint(" ", 0.98 if lower else 0.9)
    return None if lines.alone(here) or there[0] == "|" else joint


def _starts(before: Row, after: Row, wrap: Wrap) -> bool:
    """Does ``after`` look like the start of a block, or like a block of its own?"""
    line = after.words
    if lines.opens(line) and not _goes_on(before, after, wrap):
        return True
    return not line[0].islower() and lines.alone(line)


def seam(here: str, there: str) -> Joint:
    """What stands between two lines that are known to be one: nothing in a cut code or word."""
    return Joint("" if _cut(here, there) else " ")


def _cut(here: str, there: str) -> bool:
    """Does the line end cut a code, a range or a syllable?"""
    begin = there[0]
    if here[-1] in "-/" or begin == "-":
        return there[:2] != "- " and SPLIT_CODE.re.fullmatch(f"{here[-24:]}\n{there[:24]}") is not None
    if begin.isupper() or not begin.isalpha() or is_syllable(lines.first_word(there)):
        return False
    head = _first_letters(there)
    if not head.islower() or is_syllable(head) or there[len(head) : len(head) + 1] in (")", "."):
        return False
    tail = lines.last_word(here)
    tail = tail[max(tail.rfind("/"), tail.rfind("-")) + 1 :]
    return here.endswith(tail) and tail.isalpha() and is_syllable(tail + head)


def _goes_on(before: Row, after: Row, wrap: Wrap) -> bool:
    """Does a line continue that looks like an item: ``Lao động⏎- Thương binh``, ``2021⏎- 2025``?"""
    here, there = before.words, after.words
    if lines.ended(here) or not full(before, after, wrap):
        return False
    if there[:2] in ("- ", "– "):
        rest = there[2:].lstrip()
        return rest[:1].islower() or (here[-4:].isdigit() and rest[:4].isdigit()) or _compound(here, rest)
    return there[0].isdigit() and lines.counts_on(here)


def _compound(here: str, rest: str) -> bool:
    """Names that hold a dash: ministries, divisions and posts that are named for two matters."""
    before, after = fold(here), fold(rest)
    return any(before.endswith(first) and after.startswith(second) for first, second in _dashed())


@cache
def _dashed() -> tuple[list[str], ...]:
    return tuple(fold(name).split(" - ") for name in phrases("dash"))


def _lower(first: Row, before: Row, after: Row, wrap: Wrap) -> bool:
    """Does a line in lower case continue? Yes, unless the line before is a cell, a heading or a whole.

    How long that is counts from where its block began: a block of one word a line is no list of cells.
    """
    here, length = before.words, before.end - first.start
    if lines.ended(here):
        return full(before, after, wrap) and after.gap <= wrap.gap
    if lines.capitals(here):
        return False
    if length >= LONG or lines.dangling(here) or lines.open_bracket(here):
        return length >= SHORT or (length > 12 and lines.opens(first.words))
    return bool(wrap.places) and length >= SHORT and after.gap <= wrap.gap + 1


def _other(first: Row, before: Row, after: Row, wrap: Wrap) -> bool:
    """Does a line continue that begins with a capital, a digit, a quote or a bracket, and is not alone?

    Where nothing tells a width, the length counts from where its block began, as in :func:`_lower`.
    """
    here, there, length = before.words, after.words, before.end - first.start
    if lines.ended(here):
        return bool(wrap.places) and _same_paragraph(first, before, after, wrap)
    parted = after.gap > wrap.gap or not wrap.places
    if parted and (length < LONG or not lines.dangling(here)):
        return False
    loud = lines.capitals(here)
    if loud != (lines.capitals(there) and (loud or " " in there)) or _next_number(here, there):
        return False
    if parted:
        return not wrap.places or full(before, after, wrap)
    dangling = lines.dangling(here)
    if wrap.indented and after.indent >= 3 and after.indent > before.indent:
        return False
    if loud:
        return lines.labelled(first.words) and (dangling or full(before, after, wrap))
    if full(before, after, wrap):
        return dangling or _goes_over(before, after, wrap) or not _new_sentence(first, before, after, wrap)
    return dangling and len(here) >= SHORT and ems(here) >= 0.5 * wrap.width(before.line)


def _same_paragraph(first: Row, before: Row, after: Row, wrap: Wrap) -> bool:
    """After a line that ends its sentence: told by indents, by a line that is brim-full, by a list.

    A last line of a paragraph is brim-full once in a dozen times; sentences inside paragraphs are far more
    frequent than paragraphs without a mark.
    """
    if lines.capitals(after.words) or (before.indent <= 1 and 3 <= first.indent <= after.indent):
        return False
    if wrap.indented:
        flush = after.indent <= 1 and after.gap <= wrap.gap + 3 and len(before.words) >= LONG
        return flush and full(before, after, wrap)
    if after.gap > wrap.gap:
        return False
    if before.words[-1] == ".":
        return full(before, after, wrap, share=1.0)
    return before.words[-1] == ";" and _listed(first, before, after) and full(before, after, wrap)


def _listed(first: Row, before: Row, after: Row) -> bool:
    """Can a semicolon part two items of one paragraph: slogans, citations in a list?"""
    if before.words[-2:-1] in '”"' and after.words[0] in '“"':
        return True
    listed = first.words[0] in BULLETS or first.words.startswith(("Căn cứ ", "Thực hiện "))
    return listed and CITED.re.match(after.words) is not None


def _next_number(here: str, there: str) -> bool:
    """A number and a capital (``3 Giao ban``) open a row of a list, unless a number is wanted here."""
    if not there[0].isdigit() or lines.counts_on(here):
        return False
    return compiled(r"\d{1,2} \p{Lu}").match(there) is not None


def _goes_over(before: Row, after: Row, wrap: Wrap) -> bool:
    """Does a line go on because it is full by count? One below a type alone may be a title."""
    return _counted(before, after, wrap) and not before.title


def _new_sentence(first: Row, before: Row, after: Row, wrap: Wrap) -> bool:
    """Is ``after`` the first sentence below a full heading, rather than a name the heading ends in?"""
    if first.title and YEAR_END.re.fullmatch(before.words):
        return True
    if first is not before or not (first.title or lines.labelled(first.words)):
        return False
    word = _first_letters(after.words)
    named = lines.last_word(before.words)[:1].isupper() or (len(word) > 1 and word.isupper())
    if named or NAMED.re.match(f"{lines.last_word(before.words)}\n{after.words}"):
        return False
    return bool(word) and word not in wrap.names


def full(before: Row, after: Row, wrap: Wrap, share: float = FULL) -> bool:
    """Would the first word of ``after`` not have fitted on the line ``before``?"""
    if not wrap.places:
        return False
    if _counted(before, after, wrap):
        return True
    if wrap.columns and share == 1.0:
        return False
    room = share * wrap.width(before.line) - 0.25
    word = lines.first_word(after.words)
    if len(before.words) + len(word) < room:  # no character is wider than an em
        return False
    return ems(before.words) + ems(word) >= room


def _counted(before: Row, after: Row, wrap: Wrap) -> bool:
    """Is that so where characters are counted? Of headings hardly one in ten is so long by chance."""
    if not wrap.columns or before.indent >= _CENTRED:
        return False
    return _end(before) + 1 + len(lines.first_word(after.words)) > wrap.columns


def _sure(a: Row, b: Row) -> bool:
    """Certainly one sentence, if ``b`` is in lower case: a long open line, and one that is no item."""
    if len(a.words) < 40 or a.words.isupper():
        return False
    return not lines.ended(a.words) and not lines.opens(b.words)


def _first_letters(line: str) -> str:
    match = compiled(r"\p{L}+").match(line)
    return match[0] if match else ""
