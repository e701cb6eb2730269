"""Where a block begins: told by indents, line ends, gaps and marks of a column of PDF lines.

The rules are those of the eye. A line that ends well short of the right margin, so that the next word
would have fitted, ends its paragraph; a first-line indent begins one; full lines at one left margin go
on. Where signs disagree the answer is ``None`` and the words must tell.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.reading.rows import Row

_MARK = (
    r"\s*(?:[-–+*•o➢✓\uf000-\uf0ff]\s|\d{1,2}(?:\.\d{1,2})*[.)/-]\s|[a-zđ]\s?[.)]\s"
    r"|[IVX]{1,5}\s?[./-]\s|Điều \d)"
)
_STOP = r"[.;:!?…]\W*$"
#: width of a space, in font sizes
SPACE = 0.25


class Margins(NamedTuple):
    """The column of a page: its left and right margin, the usual distance of its lines, and where
    several lines begin (in steps of 3 points).
    """

    left: float
    right: float
    leading: float
    indents: frozenset[int] = frozenset()


def margins(rows: Sequence[Row]) -> Margins:
    """The margins that the rows of a column keep: the leftmost and rightmost that several share."""
    if not rows:
        return Margins(0.0, 0.0, 0.0)
    least = max(2, len(rows) // 12)
    lefts = Counter(round(row.x0 / 3) for row in rows)
    rights = Counter(round(row.x1 / 3) for row in rows)
    left = min((at for at in lefts if lefts[at] + lefts[at + 1] >= least), default=min(lefts))
    right = max((at for at in rights if rights[at] + rights[at - 1] >= least), default=max(rights))
    steps = sorted(b.base - a.base for a, b in pairwise(rows) if 0 < b.base - a.base < 4 * b.size)
    leading = steps[len(steps) // 3] if steps else 1.3 * rows[0].size
    return Margins(
        min(row.x0 for row in rows if round(row.x0 / 3) == left),
        max(row.x1 for row in rows if round(row.x1 / 3) == right),
        leading,
        frozenset(at for at in lefts if lefts[at] >= 3),
    )


def body(
    last: Row | None, row: Row, sides: Margins, same_page: bool = True, went_on: bool = False
) -> bool | None:
    """Does a block begin with ``row``, which follows ``last`` in one column of running text?

    ``went_on``: ``last`` itself continued a block.
    """
    if last is None:
        return True
    signs = _signs(last, row, sides, same_page, went_on)
    lower = row.text[:1].islower() and not re.match(_MARK, row.text)
    goes_on = lower and not re.search(_STOP, last.text)
    return None if signs and goes_on else signs


def _signs(last: Row, row: Row, sides: Margins, same_page: bool, went_on: bool) -> bool | None:
    if abs(last.size - row.size) >= 1.2:
        return True
    centred = _centred(row, sides)
    if centred or _centred(last, sides):
        return True if centred != _centred(last, sides) else _in_title(last, row, sides, same_page)
    short = _first_width(row) + SPACE * row.size < sides.right - last.x1 - 1
    indent, mark = row.x0 - sides.left, re.match(_MARK, row.text) is not None
    if short or (mark and indent > 5):
        return True
    if same_page and row.base - last.base > 1.45 * sides.leading:
        return True
    if mark:
        return None
    return _by_indent(last, row, indent, went_on)


def _first_width(row: Row) -> float:
    """The width of the first word, by its share of the letters where a line stands for a word."""
    first = row.words[0]
    if first.inner:
        return first.inner.head - first.x0
    word = first.text.split(None, 1)[0] if first.text.strip() else first.text
    return (first.x1 - first.x0) * len(word) / max(1, len(first.text))


def _by_indent(last: Row, row: Row, indent: float, went_on: bool) -> bool | None:
    """The judgement for a line without mark after a full line."""
    step = row.x0 - last.x0
    if step > 5:
        return not re.match(_MARK, last.text)
    if indent > 8:
        return False if went_on and abs(step) <= 3 else None
    return None if last.bold and not row.bold and abs(step) <= 3 else False


def _in_title(last: Row, row: Row, sides: Margins, same_page: bool) -> bool | None:
    if last.bold != row.bold or not same_page:
        return True
    return True if row.base - last.base > 1.45 * max(sides.leading, 1.2 * row.size) else None


def _centred(row: Row, sides: Margins) -> bool:
    off = (row.x0 + row.x1) / 2 - (sides.left + sides.right) / 2
    alone = row.bold or round(row.x0 / 3) not in sides.indents
    return alone and abs(off) < 10 and row.x0 > sides.left + 25 and row.x1 < sides.right - 15


def column(last: Row | None, row: Row) -> bool | None:
    """The same for a letterhead or signature column, where lines are short and centred."""
    if last is None or re.match(_MARK, row.text) or re.match(r"\s*(?:Số\s*:|Nơi\s+nhận)", row.text):
        return True
    if last.bold != row.bold or abs(last.size - row.size) >= 1.2:
        return True
    return True if row.base - last.base > 1.9 * row.size else None
