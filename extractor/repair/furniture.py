"""Page furniture: page numbers on their own lines, running heads and feet.

A bare number counts as furniture only at a page break, inside a sentence that goes on, or as one of a
rising series with a page of text in between; never as a cell of a flattened table or a list.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from extractor.ground.shape import Shape, compiled
from extractor.repair import lines
from extractor.repair.wrap import Row

PAGE_NUMBER = Shape(
    "page number that says so",
    r"[-–—]\s?\d{1,3}\s?[-–—]|(?:Trang|trang|TRANG|Page)\s?\d{1,3}(?:\s?(?:/|trên|of)\s?\d{1,3})?|\[\s?\d{1,3}\s?\]",
    yes=("- 2 -", "–12–", "Trang 2/5", "trang 3", "Page 2 of 5"),
    no=("2", "- 2", "Trang bị", "2/5"),
    how="fullmatch",
)
BARE = Shape(
    "bare number",
    r"\d{1,3}(?:\s?/\s?\d{1,3})?",
    yes=("2", "12", "2/5"),
    no=("2.", "2021", "2a"),
    how="fullmatch",
)
_LAST = "-–—]"  # what a page number may end in, if not in its last digit
_PAGE = 12  # lines at least between the numbers of two pages


def furniture(rows: Sequence[Row], aside: Collection[int] = ()) -> dict[int, str]:
    """Index in ``rows`` → rule, for the rows that belong to the page and not to the text.

    ``aside``: numbers of lines that are known to be page numbers.
    """
    found = _running(rows) | {at: "page number" for at, row in enumerate(rows) if row.line in aside}
    bare = []
    for index, row in enumerate(rows):
        words = row.words
        if len(words) > 16 or not (words[-1].isdigit() or words[-1] in _LAST):
            continue
        if PAGE_NUMBER.re.fullmatch(words):
            found[index] = "page number"
        elif BARE.re.fullmatch(words):
            bare.append(index)
    lonely = _lonely(bare)
    series = set(_series(rows, lonely))
    alone = set(lonely)
    for index in bare:
        if index in series or _at_break(rows, index) or _interrupts(rows, index, index in alone):
            found[index] = "page number"
    return found


def _at_break(rows: Sequence[Row], index: int) -> bool:
    """First or last on a page whose break the text shows by a form feed."""
    return rows[index].page or (index + 1 < len(rows) and rows[index + 1].page)


def _lonely(bare: Sequence[int]) -> list[int]:
    """The bare numbers that no other one stands near, as it would in a table or a list."""
    ends = [-_PAGE, *bare, (bare[-1] if bare else 0) + _PAGE]
    near = zip(ends, ends[1:], ends[2:], strict=False)
    return [index for before, index, after in near if min(index - before, after - index) >= _PAGE]


def _interrupts(rows: Sequence[Row], index: int, lonely: bool) -> bool:
    """Stands in the middle of a sentence: a long open line before it, lower case after it."""
    if not 0 < index < len(rows) - 1:
        return False
    before, after = rows[index - 1].words, rows[index + 1].words
    if len(before) < 50 or lines.ended(before) or lines.capitals(before) or lines.counts_on(before):
        return False
    if lines.opens(after) or lines.capitals(after):
        return False
    return (after[0].islower() and len(after) > 8) or (lonely and len(after) >= 40)


def _series(rows: Sequence[Row], bare: Sequence[int]) -> list[int]:
    """Bare numbers that rise by one, a page of text apart, one of them at least between lines of prose."""
    series: list[int] = []
    for index in bare:
        if series and _value(rows[index]) == _value(rows[series[-1]]) + 1:
            series.append(index)
        elif len(series) < 2:
            series = [index]
    if len(series) < 2 or _value(rows[series[0]]) > 3:
        return []
    return series if any(_in_prose(rows, index) for index in series) else []


def _in_prose(rows: Sequence[Row], index: int) -> bool:
    around = [rows[at].words for at in (index - 1, index + 1) if 0 <= at < len(rows)]
    return any(len(words) >= 50 for words in around) and not any(BARE.re.fullmatch(words) for words in around)


def _value(row: Row) -> int:
    match = compiled(r"\d+").match(row.words)
    return int(match[0]) if match else -1


def _running(rows: Sequence[Row]) -> dict[int, str]:
    """First and last lines of pages (parted by form feeds) that repeat on half of three pages or more."""
    starts = [index for index, row in enumerate(rows) if row.page]
    if len(starts) < 2:
        return {}
    edges = [0, *starts] + [start - 1 for start in starts] + [len(rows) - 1]
    keys = {index: compiled(r"\d+").sub("#", rows[index].words) for index in edges}
    counts = Counter(keys.values())
    least = max(3, (len(starts) + 1) // 2)
    return {index: "running head" for index, key in keys.items() if counts[key] >= least and len(key) > 1}
