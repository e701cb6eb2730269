"""Where a page lies on its picture: the sheet found on a photograph and flattened, and the way back.

Points are ``(x, y)`` in pixels, y downwards. A perspective is eight numbers as Pillow takes them: those that
lead from a point of the flat sheet to a point of the picture.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from extractor.ground.source import Box
from extractor.reading.pixels import weakest
from extractor.reading.typeface import SHORT_SIDE

Points = NDArray[np.float64]
Point = tuple[float, float]
Perspective = tuple[float, ...]

#: pixels of the short side of the copy on which a sheet is looked for
COPY = 300
#: share of a picture's rim that is darker than the sheet where there is ground around it
GROUND = 0.5
#: least difference (of 255) between sheet and ground
CONTRAST = 40
#: share of the picture that a sheet covers at least
LEAST = 0.3
#: share of the points of an edge that lie on one line, and how far off (pixels of the copy) they may be
STRAIGHT, OFF = 0.6, 1.5
#: the edge of a picture as an edge of the sheet on it
WHOLE = 0.0, 0.0
#: the long side of A4 to its short side, and by how much a sheet seen from the side may differ
A4, NEAR = 2**0.5, 0.12


class Pose(NamedTuple):
    """How the page lay. To set it upright it was, in this order: taken from its ``sheet`` (a perspective,
    with the ``flat`` size that it has then), turned by quarters (``turn`` degrees clockwise), levelled
    (``tilt`` degrees counter-clockwise), and its right half, from x = ``fold``, put under the left; then
    each half was levelled (``tilts``).

    ``width`` and ``height`` are those of the picture as it came, in pixels.
    """

    turn: int
    tilt: float
    width: int
    height: int
    sheet: Perspective = ()
    flat: tuple[int, int] = (0, 0)
    fold: int = 0
    tilts: tuple[float, float] = (0.0, 0.0)

    def back(self, box: Box) -> Box:
        """A box of the upright, level page on the picture as it came (the upright box around it)."""
        points = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = zip(*points, strict=True)
        return Box(
            max(0.0, min(xs)),
            max(0.0, min(ys)),
            min(float(self.width), max(xs)),
            min(float(self.height), max(ys)),
        )

    def point(self, x: float, y: float) -> Point:
        """A point of the upright, level page on the picture as it came."""
        width, height = self.flat if self.sheet else (self.width, self.height)
        upright = (height, width) if self.turn % 180 else (width, height)
        if self.fold:
            right = y >= upright[1]
            half = max(self.fold, upright[0] - self.fold), upright[1]
            x, y = _rotated(x, y - right * upright[1], -self.tilts[right], half)
            x += right * self.fold
        x, y = _rotated(x, y, -self.tilt, upright)
        if self.turn == 90:
            x, y = y, height - x
        elif self.turn == 180:
            x, y = width - x, height - y
        elif self.turn == 270:
            x, y = width - y, x
        return seen(self.sheet, x, y) if self.sheet else (x, y)


def _rotated(x: float, y: float, tilt: float, size: tuple[int, int]) -> Point:
    """A point after a rotation by ``tilt`` degrees (counter-clockwise) about the middle of an image."""
    angle = np.radians(tilt)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    dx, dy = x - size[0] / 2, y - size[1] / 2
    return size[0] / 2 + dx * cos + dy * sin, size[1] / 2 - dx * sin + dy * cos


def seen(sheet: Perspective, x: float, y: float) -> Point:
    """Where a point of the flat sheet is on the picture."""
    a, b, c, d, e, f, g, h = sheet
    depth = g * x + h * y + 1
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


def perspective(size: tuple[float, float], corners: Points) -> Perspective:
    """The numbers that lead from a flat sheet of ``size`` to its ``corners`` on a picture (4 x 2: top left,
    then clockwise).
    """
    width, height = size
    rows: list[list[float]] = []
    goal: list[float] = []
    flat = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    for (x, y), (u, v) in zip(flat, corners.tolist(), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        goal += [u, v]
    return tuple(np.linalg.solve(np.array(rows), np.array(goal)).tolist())


def flattened(picture: Image.Image, sheet: Perspective, flat: tuple[int, int]) -> Image.Image:
    """The sheet alone, as seen from above."""
    how = Image.Transform.PERSPECTIVE
    return picture.transform(flat, how, sheet, Image.Resampling.BICUBIC, fillcolor="white")


def found(picture: Image.Image, scale: float = 1.0) -> tuple[Perspective, tuple[int, int]] | None:
    """The perspective and the flat size of a bright sheet on a darker ground; ``None`` where there is none.
    Both are for the picture made ``scale`` times as large.

    An edge of the sheet that is out of the picture is the picture's.
    """
    step = max(1, min(picture.size) // COPY)
    copy = weakest(picture.reduce(step))
    small = np.asarray(copy)
    cut = _between(small)
    rim = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    if cut is None or np.mean(rim < cut) < GROUND:
        return None
    bright = np.asarray(copy.filter(ImageFilter.MedianFilter(5))) >= cut
    edges = [_edge(view) for view in (bright, bright.T, bright[:, ::-1], bright.T[:, ::-1])]
    lines = [edge for edge in edges if edge is not None]
    if len(lines) < 4 or set(lines) == {WHOLE}:
        return None
    corners = _corners(lines, bright.shape)
    if _area(corners) < LEAST * bright.size:
        return None
    corners = corners * step * scale
    flat = _size(corners)
    return perspective(flat, corners), flat


def dpi_of(flat: tuple[int, int], dpi: int) -> int:
    """The pixels an inch of a flat sheet: as of A4 where it has its shape, else ``dpi``."""
    low, high = sorted(flat)
    return max(1, round(low / SHORT_SIDE)) if abs(high / low / A4 - 1) < 0.01 else dpi


def _between(small: NDArray[np.uint8]) -> float | None:
    """The grey that parts light from dark best (Otsu's), where the two differ enough."""
    counts = np.bincount(small.ravel(), minlength=256).astype(np.float64)
    values = np.arange(256)
    below, total = np.cumsum(counts), np.cumsum(counts * values)
    above = below[-1] - below
    ok = (below > 0) & (above > 0)
    if not ok.any():
        return None
    dark, light = total[ok] / below[ok], (total[-1] - total[ok]) / above[ok]
    at = int(np.argmax(below[ok] * above[ok] * (light - dark) ** 2))
    return float(values[ok][at]) + 1 if light[at] - dark[at] >= CONTRAST else None


def _edge(bright: NDArray[np.bool_]) -> tuple[float, float] | None:
    """The left edge of what is bright: slope and start of the line x = start + slope · y."""
    height, width = bright.shape
    solid = bright[:, :-4] & bright[:, 1:-3] & bright[:, 2:-2] & bright[:, 4:]
    ys = np.nonzero(solid[:, : width // 2].any(axis=1))[0]
    if len(ys) < 0.5 * height:
        return None
    xs = np.argmax(solid[ys], axis=1)
    if np.mean(xs <= 1) > 0.7:
        return WHOLE
    middle = ys[(ys > 0.12 * height) & (ys < 0.88 * height)]
    at = np.searchsorted(ys, middle)
    return _line(middle.astype(np.float64), xs[at].astype(np.float64))


def _line(ys: Points, xs: Points) -> tuple[float, float] | None:
    """The line through most of the points: the best of lines through two of them, then least squares."""
    if len(ys) < 20:
        return None
    third = len(ys) // 3
    best, most = (0.0, 0.0), 0
    for first in range(0, third, max(1, third // 12)):
        for last in range(len(ys) - 1, len(ys) - third, -max(1, third // 12)):
            slope = (xs[last] - xs[first]) / (ys[last] - ys[first])
            near = int(np.count_nonzero(np.abs(xs - xs[first] - slope * (ys - ys[first])) <= OFF))
            if near > most:
                best, most = (float(slope), float(xs[first] - slope * ys[first])), near
    if most < STRAIGHT * len(ys) or abs(best[0]) > 0.3:
        return None
    near_points = np.abs(xs - best[1] - best[0] * ys) <= OFF
    slope, start = np.polyfit(ys[near_points], xs[near_points], 1)
    return float(slope), float(start)


def _corners(edges: list[tuple[float, float]], shape: tuple[int, ...]) -> Points:
    """Top left, top right, bottom right and bottom left of the left, top, right and bottom edge.

    The right and the bottom edge are told from the other side of the picture.
    """
    height, width = shape
    left, top, (slope, start), (fall, base) = edges
    right, bottom = (-slope, width - start), (-fall, height - base)
    pairs = ((left, top), (right, top), (right, bottom), (left, bottom))
    return np.array([_crossing(down, across) for down, across in pairs])


def _crossing(down: tuple[float, float], across: tuple[float, float]) -> Point:
    """Where the lines x = b + a · y and y = d + c · x meet."""
    (a, b), (c, d) = down, across
    x = (b + a * d) / (1 - a * c)
    return x, d + c * x


def _area(corners: Points) -> float:
    xs, ys = corners[:, 0], corners[:, 1]
    return abs(float(np.dot(xs, np.roll(ys, -1)) - np.dot(ys, np.roll(xs, -1)))) / 2


def _size(corners: Points) -> tuple[int, int]:
    """Width and height of the flat sheet: as its edges are long; A4 where that is near."""
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    width, height = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    if abs(height / width / A4 - 1) < NEAR:
        height = width * A4
    elif abs(width / height / A4 - 1) < NEAR:
        width = height * A4
    return max(1, round(width)), max(1, round(height))
