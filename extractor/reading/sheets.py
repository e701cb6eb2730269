"""The words and grids of PDF pages become pieces in reading order."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.ground.source import Box, Route, Source
from extractor.reading import compose, ocr, opens
from extractor.reading import grid as tables
from extractor.reading.columns import Flow, flows_of
from extractor.reading.compose import Piece, Sheet
from extractor.reading.grid import Cell
from extractor.reading.opens import Margins
from extractor.reading.rows import Row, piece_of, rows_of
from extractor.reading.rulings import Grid
from extractor.reading.words import Frame, Word, parted

#: a column of a grid that is narrower (points) and empty is a slip of the drawing
NARROW = 8.0
#: rows from which a page tells its own margins
ENOUGH = 8

Notes = Sequence[tuple[str, str]]
Part = Flow | tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as an engine gave it: words and ruled tables in points of ``frame``.

    ``back`` takes a box to the page as it is displayed, where that is another (a tilted or turned scan),
    ``shown`` is then the size of that page. ``origin`` and ``route`` as in :class:`Page`.
    """

    words: Sequence[Word]
    grids: Sequence[Grid]
    frame: Frame
    origin: str = "text"
    route: Route | None = None
    back: Callable[[Box], Box] | None = None
    shown: tuple[float, float] | None = None


def sheets_of(leaves: Sequence[Leaf]) -> list[Sheet]:
    """One sheet a page: letterheads and signatures by columns, ruled tables by rows, the rest by lines."""
    laid = [list(parts_of(list(leaf.words), leaf.grids, leaf.frame.width)) for leaf in leaves]
    widths = [leaf.frame.width for leaf in leaves]
    sides = _all_margins([_body_rows(parts) for parts in laid], widths)
    made: list[Sheet] = []
    last: Row | None = None
    for parts, margin, leaf in zip(laid, sides, leaves, strict=True):
        pieces, last = _pieces(parts, margin, last)
        if leaf.back is not None:
            pieces = [_displayed(piece, leaf.back) for piece in pieces]
        pieces = _numbered(pieces, len(made) + 1)
        width, height = leaf.shown or (leaf.frame.width, leaf.frame.height)
        made.append(Sheet(pieces, round(width, 1), round(height, 1), leaf.origin, leaf.route))
    return made


def bound(content: bytes, name: str, kind: str, leaves: Sequence[Leaf], notes: Notes) -> Source:
    """The leaves of a document as its source."""
    sheets = sheets_of(leaves)
    pieces = [piece for sheet in sheets for piece in sheet.pieces]
    raw, lines = compose.lines_of(pieces)
    pages = compose.sheet_pages(sheets, lines, len(raw))
    seen = compose.seen_in(pieces, lines)
    engine = ocr.identity() if seen else None
    return compose.source(content, name, kind, raw, pages, lines, notes, seen, engine)


def _numbered(pieces: list[Piece], number: int) -> list[Piece]:
    """The pieces of a page with its number marked, where that is its first or last line."""
    for at in {0, len(pieces) - 1} if len(pieces) > 1 else ():
        figures = re.fullmatch(r"\W*(\d{1,4})\W*", pieces[at].text)
        if figures and int(figures[1]) == number:
            pieces[at] = replace(pieces[at], aside=True)
    return pieces


def _displayed(piece: Piece, back: Callable[[Box], Box]) -> Piece:
    box = back(piece.box) if piece.box is not None else None
    return replace(piece, box=box, words=tuple(w._replace(box=back(w.box)) for w in piece.words))


def parts_of(words: list[Word], grids: Sequence[Grid], width: float) -> Iterator[Part]:
    """A page in reading order: flows of rows, and the rows of each ruled table as finished pieces."""
    rest = parted(words) if grids else words
    found: list[tuple[float, tuple[Piece, ...]]] = []
    for grid in grids:
        inside = [word for word in rest if _inside(word, grid)]
        rows = table_rows(inside, grid)
        if inside and not tables.is_layout(rows, bordered=True):
            chosen = {word.order for word in inside}
            rest = [word for word in rest if word.order not in chosen]
            found.append((grid.ys[0], tuple(tables.by_rows(rows))))
    rows_left = rows_of(rest)
    for top, pieces in found:
        above = [row for row in rows_left if row.base <= top + 1]
        yield from flows_of(above, width)
        yield pieces
        rows_left = rows_left[len(above) :]
    yield from flows_of(rows_left, width)


def table_rows(words: Sequence[Word], grid: Grid) -> list[list[Cell]]:
    """The cells of a ruled table, row by row; a merged cell holds its words where it begins."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        held.setdefault(grid.cell((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2), []).append(word)
    rows = []
    for row in range(len(grid.ys) - 1):
        cells: list[Cell] = []
        for column in range(len(grid.xs) - 1):
            first = grid.cells[row, column]
            begins = first == (row, column)
            if not begins and column and grid.cells[row, column - 1] == first:
                continue
            texts = rows_of(held.get(first, [])) if begins else []
            if texts or grid.xs[column + 1] - grid.xs[column] >= NARROW:
                cells.append(Cell(tuple(piece_of(text, True) for text in texts), column))
        rows.append(cells)
    return rows


def _inside(word: Word, grid: Grid) -> bool:
    box, x, y = grid.box, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 - 2 <= x <= box.x1 + 2 and box.top - 1 <= y <= box.bottom + 1


def _body_rows(parts: Iterable[Part]) -> list[Row]:
    return [
        row
        for part in parts
        if isinstance(part, Flow) and part.side == "body"
        for row in part.rows
        if not is_page_number(row)
    ]


def _all_margins(pages: Sequence[list[Row]], widths: Sequence[float]) -> list[Margins]:
    """Margins page by page; pages of one width share the right margin, thin pages the left one too."""
    shared = {
        width: opens.margins(
            [row for rows, w in zip(pages, widths, strict=True) if w == width for row in rows]
        )
        for width in set(widths)
    }
    found = []
    for rows, width in zip(pages, widths, strict=True):
        whole = shared[width]
        own = opens.margins(rows) if len(rows) >= ENOUGH else whole
        found.append(own._replace(right=max(own.right, whole.right)))
    return found


def _pieces(parts: Iterable[Part], sides: Margins, last: Row | None) -> tuple[list[Piece], Row | None]:
    """The pieces of one page; ``last`` is the row of running text before, carried over pages."""
    pieces: list[Piece] = []
    same_page = False
    for part in parts:
        if not isinstance(part, Flow):
            pieces += part
            last = None
        elif part.side == "body":
            for row in part.rows:
                if is_page_number(row):
                    pieces.append(piece_of(row, True))
                    continue
                went_on = bool(pieces) and pieces[-1].opens is False
                pieces.append(piece_of(row, opens.body(last, row, sides, same_page, went_on)))
                last, same_page = row, True
        else:
            befores = (None, *part.rows)
            pieces += [
                piece_of(row, opens.column(old, row)) for old, row in zip(befores, part.rows, strict=False)
            ]
            last = None
    return pieces, last


def is_page_number(row: Row) -> bool:
    """Nothing but a number: ``"2"``, ``"- 2 -"``."""
    return re.fullmatch(r"\W*\d{1,4}\W*", row.text) is not None
