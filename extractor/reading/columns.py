"""Letterheads and signature blocks: two columns side by side, read one after the other.

Both are found by their words (the motto, ``Nơi nhận``, a signature) and cut by a gutter: an
interval of x that no word of the region crosses. It starts wide and every row narrows it; the first
row that crosses it ends the region. Everything else on a page is one column.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

from extractor.reading.grid import MOTTO, RECIPIENTS
from extractor.reading.rows import Row, row_of
from extractor.reading.words import Word

_SIGNED = (
    r"(?:^|\s)(?:(?:TM|KT|TL|TUQ|Q)\s*\.|CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG\s|BÍ THƯ|NGƯỜI LẬP|CHÁNH)|DUYỆT"
)
_HEAD_MORE = r"(?i)^\s*(?:số\s*[:\d]|v/v|.{0,40}ngày.{0,20}tháng)|Độc\s+lập|^\W+$"
#: the narrowest gutter, in points
GUTTER = 3.0
#: a gap inside a row that can only be a gutter, in font sizes
WIDE_GAP = 1.6


class Flow(NamedTuple):
    """Rows that are read one after the other; ``side`` is ``"body"``, ``"left"`` or ``"right"``."""

    rows: tuple[Row, ...]
    side: str = "body"


class Gutter(NamedTuple):
    """The interval of x without words between two columns."""

    low: float
    high: float


def flows_of(rows: Sequence[Row], width: float) -> list[Flow]:
    """The rows of a page (from top to bottom) in reading order, two-column regions cut apart."""
    flows: list[Flow] = []
    done = 0
    for start, end, gutter in regions(rows, width):
        flows += [Flow(tuple(rows[done:start])), *_sides(rows[start:end], gutter)]
        done = end
    flows.append(Flow(tuple(rows[done:])))
    return [flow for flow in flows if flow.rows]


def regions(rows: Sequence[Row], width: float) -> Iterator[tuple[int, int, Gutter]]:
    """``(first row, row after the last, gutter)`` of each two-column region of a page."""
    done = 0
    for at, row in enumerate(rows):
        if at < done:
            continue
        told = telling(row.text)
        found = (_letterhead(rows, at, done, width) or _footer(rows, at, done, width)) if told else None
        if found is not None:
            done = found[1]
            yield found


def telling(text: str) -> bool:
    """Does the text of a row (or page) hold words of a letterhead or signature block?"""
    return re.search(f"{MOTTO}|{RECIPIENTS}|{_SIGNED}", normalize("NFC", text)) is not None


def _letterhead(rows: Sequence[Row], at: int, done: int, width: float) -> tuple[int, int, Gutter] | None:
    """The region around the motto in row ``at``: the issuer to its left, number and date below."""
    start = _word_of(rows[at], MOTTO)
    if start is None or start.x0 < 0.25 * width:
        return None
    before = [word for word in rows[at].parted if word.x1 <= start.x0]
    gutter = Gutter(max((w.x1 for w in before), default=0.0), start.x0)
    first, last = at, at + 1
    while first > done and _fits_above(rows[first - 1], rows[first], gutter):
        first -= 1
        gutter = narrowed(gutter, rows[first], width) or gutter
    end = last
    while end < len(rows) and end - at < 14:
        narrower = narrowed(gutter, rows[end], width)
        if narrower is None or rows[end].base - rows[end - 1].base > 5 * rows[end].size:
            break
        gutter, end = narrower, end + 1
        if _belongs(rows[last - 1] if last == end - 1 else None, rows[end - 1], gutter):
            last = end
    return (first, last, gutter) if gutter.low > 0 else None


def _belongs(above: Row | None, row: Row, gutter: Gutter) -> bool:
    """Is a row part of the letterhead? ``above``: the row before it, where that is."""
    told = _both(row, gutter) or re.search(_HEAD_MORE, row.text) is not None
    return told or (above is not None and _goes_on(above, row, gutter))


def _goes_on(above: Row, row: Row, gutter: Gutter) -> bool:
    """Does a row of the left column go on with what the one above says there (``V/v …``)?"""
    left = row.x1 <= gutter.high and row.x0 < gutter.low
    return left and above.x0 < gutter.low and row.base - above.base < 1.7 * row.size


def _footer(rows: Sequence[Row], at: int, done: int, width: float) -> tuple[int, int, Gutter] | None:
    """The region from ``Nơi nhận`` or a row of two signatures down to the first row across it."""
    row = rows[at]
    start = _word_of(row, RECIPIENTS)
    gap = _widest_gap(row)
    if start is not None and start.x0 < 0.4 * width:
        gutter = Gutter(start.x1, width) if gap is None else gap
    elif gap is not None and _two_signatures(row, gap):
        gutter = gap
    else:
        return None
    end, last = at, at
    while end < len(rows):
        narrower = narrowed(gutter, rows[end], width)
        if narrower is None or _page_number(rows[end]):
            break
        gutter, end = narrower, end + 1
        last = end
    first = at
    while first > done and rows[first - 1].x0 >= gutter.low and _signs_above(rows[first - 1], rows[first]):
        first -= 1
        gutter = Gutter(gutter.low, min(gutter.high, rows[first].x0))
    return (first, last, gutter) if gutter.high < width else None


def narrowed(gutter: Gutter, row: Row, width: float) -> Gutter | None:
    """The gutter with ``row`` beside it, or ``None`` where the row crosses it."""
    if row.x1 <= gutter.low or row.x0 >= gutter.high:
        return gutter
    edges = [(a.x1, b.x0) for a, b in pairwise(row.parted)]
    gaps = [Gutter(max(a, gutter.low), min(b, gutter.high)) for a, b in edges]
    best = max(gaps, key=lambda g: g.high - g.low, default=Gutter(0, 0))
    if _is_gutter(best, [b - a for a, b in edges], row.size) and (
        gutter.high < width or best.high - best.low >= WIDE_GAP * row.size
    ):
        return best
    left = Gutter(max(gutter.low, row.x1), gutter.high)
    right = Gutter(gutter.low, min(gutter.high, row.x0))
    chosen = right if row.x0 > 0.42 * width or (row.x0 > gutter.low and row.x1 >= gutter.high) else left
    return chosen if chosen.high - chosen.low >= GUTTER else None


def _is_gutter(best: Gutter, gaps: list[float], size: float) -> bool:
    """Is this gap of a row more than a space: wide, or much wider than every other gap there?"""
    wide = best.high - best.low
    others = sorted(gaps)[:-1]
    return wide >= max(GUTTER, 0.6 * size) or (bool(others) and wide >= max(GUTTER, 1.8 * others[-1]))


def _sides(rows: Sequence[Row], gutter: Gutter) -> list[Flow]:
    """The left and the right column of a region; every word goes to one of them."""
    middle = (gutter.low + gutter.high) / 2
    whole = [row.parted for row in rows]
    found = []
    for side in ("left", "right"):
        parts = [[w for w in words if ((w.x0 + w.x1) / 2 < middle) == (side == "left")] for words in whole]
        found.append(Flow(tuple(row_of(words) for words in parts if words), side))
    return [flow for flow in found if flow.rows]


def _word_of(row: Row, pattern: str) -> Word | None:
    """The word where ``pattern`` begins in the row, or ``None``."""
    words = [normalize("NFC", word.text) for word in row.parted]
    match = re.search(pattern, " ".join(words))
    at = 0
    for word, text in zip(row.parted, words, strict=True):
        at += len(text) + 1
        if match is not None and at > match.start():
            return word
    return None


def _widest_gap(row: Row) -> Gutter | None:
    pairs = pairwise(row.parted)
    gaps = [Gutter(a.x1, b.x0) for a, b in pairs if b.x0 - a.x1 >= WIDE_GAP * row.size]
    return max(gaps, key=lambda g: g.high - g.low, default=None)


def _two_signatures(row: Row, gap: Gutter) -> bool:
    """Capitals and the words of a signature on both sides of a gap?"""
    left = " ".join(w.text for w in row.parted if w.x1 <= gap.low)
    right = " ".join(w.text for w in row.parted if w.x0 >= gap.high)
    both = all(side.isupper() and len(side) > 4 for side in (left, right))
    return both and all(re.search(_SIGNED, side) for side in (left, right))


def _fits_above(row: Row, below: Row, gutter: Gutter) -> bool:
    aside = row.x1 <= gutter.high - GUTTER or row.x0 >= gutter.low
    return aside and below.base - row.base < 2.5 * below.size and not _page_number(row)


def _signs_above(row: Row, below: Row) -> bool:
    return below.base - row.base < 2 * below.size and (
        row.text.isupper() or bool(re.search(_SIGNED, row.text))
    )


def _both(row: Row, gutter: Gutter) -> bool:
    return row.x0 < gutter.low + 1 and row.x1 > gutter.high - 1


def _page_number(row: Row) -> bool:
    return re.fullmatch(r"\W*\d{1,4}\W*", row.text) is not None
