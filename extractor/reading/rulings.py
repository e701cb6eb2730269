"""Ruled tables of a PDF page: the grid of its lines, found without reading the page a second time.

Borders are thin rectangles or strokes. Horizontal and vertical ones that touch make a frame; its
distinct positions make base cells; base cells without a line between them are one merged cell.
"""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from extractor.ground.source import Box
from extractor.reading.words import Frame

#: lines nearer than this are one (points)
SNAP = 3.0
#: thinner than this, a filled shape is a line
THIN = 2.6
#: a page with fewer drawn shapes has no table
FEW = 4
MANY = 20_000


class Ruling(NamedTuple):
    """One straight line: its fixed coordinate ``at`` and the interval it covers."""

    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """A ruled table: x of its column borders, y of its row borders, and its merged cells.

    ``cells``: ``(row, column)`` of each base cell → ``(row, column)`` of the first base cell of the
    merged cell that it is part of.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> Box:
        """The outer frame."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The merged cell at a point inside the frame."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.cells[row, column]


def grids_of(page: Any, frame: Frame) -> list[Grid]:
    """The ruled tables of a pypdfium2 page, from top to bottom."""
    boxes = list(_shapes(page, frame))
    return grids(boxes) if len(boxes) >= FEW else []


def _shapes(page: Any, frame: Frame) -> Iterable[Box]:
    """The boxes of thin or stroked shapes, and of the segments of shapes that hold several lines.

    Filled areas (shading behind text) are no borders.
    """
    import pypdfium2.raw as raw

    count = raw.FPDFPage_CountObjects(page.raw)
    paths = (raw.FPDFPage_GetObject(page.raw, at) for at in range(min(count, MANY)))
    found = [path for path in paths if raw.FPDFPageObj_GetType(path) == raw.FPDF_PAGEOBJ_PATH]
    sides = [ctypes.c_float() for _ in range(4)]
    to_sides = [ctypes.byref(side) for side in sides]
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    to_mode = (ctypes.byref(fill), ctypes.byref(stroked))
    for path in found if len(found) >= 2 else ():
        raw.FPDFPageObj_GetBounds(path, *to_sides)
        left, low, right, high = (side.value for side in sides)
        raw.FPDFPath_GetDrawMode(path, *to_mode)
        if min(right - left, high - low) > THIN and not stroked.value:
            continue
        several = raw.FPDFPath_CountSegments(path) > 5 and min(right - left, high - low) > THIN
        if several and frame.turn == 0:
            yield from _segments(path, frame)
        else:
            yield _framed(left, low, right, high, frame)


def _segments(path: Any, frame: Frame) -> Iterable[Box]:
    import pypdfium2.raw as raw

    matrix, x, y = raw.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    last = start = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), MANY)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield _framed(*last, *point, frame)
        if raw.FPDFPathSegment_GetClose(segment):
            yield _framed(*point, *start, frame)
        last = point


def _framed(x0: float, y0: float, x1: float, y1: float, frame: Frame) -> Box:
    ax, ay = frame.mapped(x0, y0)
    bx, by = frame.mapped(x1, y1)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def grids(boxes: Sequence[Box]) -> list[Grid]:
    """The tables that the boxes of drawn shapes make: at least two rows and two columns each."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for box in boxes:
        _rule(box, across, down)
    across, down = _merged(across), _merged(down)
    found = [_grid(*frame) for frame in _frames(across, down)]
    return sorted((grid for grid in found if grid is not None), key=lambda g: g.ys[0])


def _rule(box: Box, across: list[Ruling], down: list[Ruling]) -> None:
    """Add the lines of one shape: itself where it is thin, its four sides where it is a rectangle."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if height <= THIN and width > THIN:
        across.append(Ruling((box.top + box.bottom) / 2, box.x0, box.x1))
    elif width <= THIN and height > THIN:
        down.append(Ruling((box.x0 + box.x1) / 2, box.top, box.bottom))
    elif width > 12 and height > 7:
        across += [Ruling(box.top, box.x0, box.x1), Ruling(box.bottom, box.x0, box.x1)]
        down += [Ruling(box.x0, box.top, box.bottom), Ruling(box.x1, box.top, box.bottom)]


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines on one position that touch or overlap, as one; short bits (corners) vanish in them."""
    levels: list[list[Ruling]] = []
    for ruling in sorted(rulings):
        if levels and ruling.at - levels[-1][0].at <= SNAP:
            levels[-1].append(ruling)
        else:
            levels.append([ruling])
    return [ruling for level in levels for ruling in _level(level)]


def _level(level: Sequence[Ruling]) -> list[Ruling]:
    at = sum(ruling.at for ruling in level) / len(level)
    done: list[Ruling] = []
    for ruling in sorted(level, key=lambda r: r.start):
        if done and ruling.start <= done[-1].end + SNAP:
            done[-1] = Ruling(at, done[-1].start, max(done[-1].end, ruling.end))
        else:
            done.append(Ruling(at, ruling.start, ruling.end))
    return [ruling for ruling in done if ruling.end - ruling.start > 2 * SNAP]


def _frames(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, group by group."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, row in enumerate(across):
        for d, column in enumerate(down):
            if _cover(row, column.at) and _cover(column, row.at):
                parent[root(a)] = root(len(across) + d)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for at, ruling in enumerate(across + down):
        group = groups.setdefault(root(at), ([], []))
        group[0 if at < len(across) else 1].append(ruling)
    return list(groups.values())


def _cover(ruling: Ruling, at: float) -> bool:
    return ruling.start - SNAP <= at <= ruling.end + SNAP


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    xs, ys = _positions(down), _positions(across)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) < 2:
        return None
    firsts: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            here = (row, column)
            if column and not _ruled(down, xs[column], y):
                here = firsts[row, column - 1]
            elif row and not _ruled(across, ys[row], x):
                here = firsts[row - 1, column]
            firsts[row, column] = here
    return Grid(xs, ys, firsts) if len(set(firsts.values())) > 1 else None


def _positions(rulings: Iterable[Ruling]) -> tuple[float, ...]:
    return tuple(sorted({ruling.at for ruling in rulings}))


def _ruled(rulings: Iterable[Ruling], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= SNAP and r.start <= along <= r.end for r in rulings)
