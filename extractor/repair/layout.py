"""From physical lines to logical ones: one paragraph, heading, bullet or table row per line.

The lines of the text are read as rows; furniture is taken out, and every other row is joined to the one
before it where the format says so (``opens``) or, failing that, where the words do (``wrap``). Blank
lines between blocks stay.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from extractor.ground.text import Edit
from extractor.repair.furniture import furniture
from extractor.repair.wrap import Joint, Row, Wrap, glue, seam, wrap_of


def layout(text: str, opens: Sequence[bool | None] = (), aside: Collection[int] = ()) -> Iterator[Edit]:
    """Edits that take page furniture out and join broken lines.

    ``opens``: for every line of ``text`` whether a block begins there, as far as the format knows;
    ignored where it does not fit the number of lines. ``aside``: numbers of lines known to be page numbers.
    """
    rows = _rows(text)
    hints = opens if len(opens) == text.count("\n") + 1 else ()
    yield from _edits(text, rows, hints, aside if hints else ())


def _rows(text: str) -> list[Row]:
    """The lines of ``text`` that hold something, stripped."""
    rows: list[Row] = []
    feeds = "\f" in text
    start, gap, page, title = 0, 0, False, False
    for number, line in enumerate(text.split("\n")):
        words = line.strip()
        page = page or (feeds and "\f" in line)
        if words:
            indent = line.index(words)
            begin = start + indent
            rows.append(Row(words, begin, begin + len(words), indent, gap, number, page, title))
            gap, page, title = 0, False, words.isupper() and len(words) < 30
        else:
            gap += 1
        start += len(line) + 1
    return rows


def _edits(
    text: str, rows: list[Row], hints: Sequence[bool | None], aside: Collection[int]
) -> Iterator[Edit]:
    extra = furniture(rows, aside)
    kept = _kept(rows, extra) if extra else rows
    out = {rows[index].line: (rows[index], rule) for index, rule in extra.items()}
    feeds = "\f" in text
    wrap = wrap_of(kept)
    ask = partial(_joint, hints) if hints else glue
    first: Row | None = None
    before: Row | None = None
    for after in kept:
        if feeds:
            yield from _feeds(text, after.start, after.end, "\n")
        joint = ask(first, before, after, wrap) if first and before else None
        lost = _lost(out, before, after) if out else []
        if before and joint:
            yield from _join(before, after, joint, lost)
        else:
            first = after
            if lost or feeds:
                yield from _between(text, before.end if before else 0, after.start, lost)
        before = after
    if feeds or out:
        yield from _between(text, before.end if before else 0, len(text), _lost(out, before, None))


def _kept(rows: list[Row], extra: dict[int, str]) -> list[Row]:
    """The rows of the text; behind furniture the blank lines are the page's, not the text's."""
    kept = [(row, index - 1 in extra) for index, row in enumerate(rows) if index not in extra]
    return [row._replace(gap=0) if behind else row for row, behind in kept]


Lost = list[tuple[Row, str]]


def _lost(out: dict[int, tuple[Row, str]], before: Row | None, after: Row | None) -> Lost:
    """The furniture between two rows that stay."""
    start = before.line + 1 if before else 0
    stop = after.line if after else max(out, default=-1) + 1
    return [out[line] for line in range(start, stop) if line in out]


def _joint(hints: Sequence[bool | None], first: Row, before: Row, after: Row, wrap: Wrap) -> Joint | None:
    """What joins two rows: the format says it, or else the words."""
    hint = hints[after.line]
    if hint is None:
        return glue(first, before, after, wrap)
    return None if hint else seam(before.words, after.words)


def _join(before: Row, after: Row, joint: Joint, lost: Lost) -> Iterator[Edit]:
    """One edit for the line end, and one for every row of furniture that stood in the gap."""
    ends = [row.start for row, _ in lost] + [after.start]
    yield Edit(before.end, ends[0], joint.text, "wrap", joint.sure)
    for (row, rule), end in zip(lost, ends[1:], strict=True):
        yield Edit(row.start, end, "", rule)


def _between(text: str, start: int, end: int, lost: Lost) -> Iterator[Edit]:
    """Edits in a gap that stays: furniture goes with its line end, form feeds go."""
    if not lost and "\f" not in text[start:end]:
        return
    for row, rule in lost:
        line_start = text.rfind("\n", 0, row.start) + 1
        line_end = text.find("\n", row.end)
        yield from _feeds(text, start, line_start)
        start = len(text) if line_end < 0 else line_end + 1
        yield Edit(line_start, start, "", rule)
    yield from _feeds(text, start, end)


def _feeds(text: str, start: int, end: int, new: str = "") -> Iterator[Edit]:
    """Form feeds of a stretch go, or become ``new`` where they part words of one line."""
    place = text.find("\f", start, end)
    while place >= 0:
        yield Edit(place, place + 1, new, "page break")
        place = text.find("\f", place + 1, end)
