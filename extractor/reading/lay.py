"""How a page lies, told by its ink: the direction and the tilt of its lines, and its ruled lines.

Told from a small copy (``pixels.small_copy``), where letters blur and lines stay.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractor.ground.source import Box
from extractor.reading.pixels import INK, SMALL, Mask, darkest

Profile = NDArray[np.float64]

#: degrees of tilt that are looked for, and the least that is worth a rotation
TILTS, LEVEL = 6.0, 0.12
#: bands into which a page is cut to see the direction of its lines
BANDS = 6
#: inches between the text of the two pages of a spread, and what a page has of rows of text there
GAP, ROWS = 0.5, 0.2
#: share of a row or column of pixels that is ink from which it is no text: a fold, the edge of a sheet
LINE = 0.5
#: pixels of the small copy that are seen as one
BLURS = (3, 6)
#: the least length and the greatest height of a ruled line, in pixels of the small copy
LONG, THIN = 40, 3


def lies(small: Image.Image) -> bool:
    """Do the lines of a page run from top to bottom? Told by the stripes that lines of text make.

    Seen from far (25 and 12 pixels an inch), where letters blur and lines stay, and in bands that no tilt
    blurs; pages that stand, hard and short ones too, give less than a tenth of the stripes across.
    """
    ink = np.asarray(small) < INK
    if min(ink.shape) < 2 * max(BLURS):
        return False
    ink = ink & (ink.mean(axis=0) < LINE) & (ink.mean(axis=1, keepdims=True) < LINE)
    across, down = 1.0, 1.0
    for blur in BLURS:
        height, width = (side - side % blur for side in ink.shape)
        grey = ink[:height, :width].reshape(height // blur, blur, width // blur, blur).mean(axis=(1, 3))
        across, down = across * _banded(grey), down * _banded(grey.T)
    return down > across


def _banded(grey: Profile) -> float:
    """The stripes along the rows of a page, summed over bands."""
    bands = (band for band in np.array_split(grey, BANDS, axis=1) if band.size)
    return sum((_stripes(band.mean(axis=1)) for band in bands), 0.0)


def _stripes(profile: Profile) -> float:
    """How much neighbours in a profile differ."""
    steps = np.diff(profile)
    return float((steps * steps).sum())


def tilt_of(small: Image.Image) -> float:
    """The degrees of a counter-clockwise rotation that levels the lines; 0 where nothing is gained."""
    ys, xs = np.nonzero(np.asarray(small) < INK)
    if len(ys) < 200:
        return 0.0
    every = len(ys) // 60_000 + 1
    ys, xs = ys[::every], xs[::every]
    best = 0.0
    for width, step in ((TILTS, 0.25), (0.2, 0.05), (0.04, 0.02)):
        angles = np.arange(best - width, best + width + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(xs, ys, angle) for angle in angles]))])
    plain = _sharpness(xs, ys, 0.0)
    return round(best, 2) if abs(best) >= LEVEL and _sharpness(xs, ys, best) > 1.02 * plain else 0.0


def _sharpness(xs: NDArray[np.int64], ys: NDArray[np.int64], angle: float) -> float:
    """How uneven the rows of ink are once the page is turned by ``angle``."""
    rows = (ys - xs * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return _stripes(counts)


def fold_of(small: Image.Image, dpi: int) -> float:
    """Where the right page of a double-page spread begins, as a share of the width; 0 where there is no fold.

    A picture wider than high is a spread where an empty gap, or one with nothing but the dark line of the
    fold, runs from top to bottom near the middle, with text on both sides.
    """
    width, height = small.size
    if width < 1.15 * height:
        return 0.0
    ink = np.asarray(small) < INK
    filled = ink.mean(axis=0)
    empty = (filled < 0.004) | (filled > LINE)
    first, last = _run_near_middle(empty)
    if (
        first == 0
        or last == width
        or last - first < GAP * dpi
        or not width * 0.35 < (first + last) / 2 < width * 0.65
    ):
        return 0.0
    sides = ink[:, :first], ink[:, last:]
    if any(np.mean(side.mean(axis=1) > 0.02) < ROWS for side in sides):
        return 0.0
    return (first + last) / 2 / width


def _run_near_middle(empty: Mask) -> tuple[int, int]:
    """The longest run of columns that are empty, in the middle third of a page."""
    third = len(empty) // 3
    edges = np.diff(np.pad(empty.astype(np.int8), 1))
    starts, ends = np.nonzero(edges == 1)[0], np.nonzero(edges == -1)[0]
    lengths = np.minimum(ends, 2 * third) - np.maximum(starts, third)
    if not len(lengths) or lengths.max() <= 0:
        return 0, 0
    at = int(np.argmax(lengths))
    return int(starts[at]), int(ends[at])


def lines_of(grey: Image.Image, dpi: int) -> list[Box]:
    """The boxes (pixels) of straight lines across or down the page: borders of tables, rules under titles."""
    step = max(1, round(dpi / SMALL))
    dark = darkest(grey, step) < INK
    across, down = _thin_runs(dark, LONG), _thin_runs(dark.T, LONG)
    found = across + [(left, top, right, low) for top, left, low, right in down]
    return [Box(x0 * step, top * step, x1 * step, low * step) for x0, top, x1, low in found]


def _thin_runs(dark: Mask, least: int) -> list[tuple[int, int, int, int]]:
    """``(left, top, right, bottom)`` of dark runs along the rows, ``least`` long, at most THIN rows high."""
    if dark.shape[1] <= least:
        return []
    sums = np.zeros((dark.shape[0], dark.shape[1] + 1), dtype=np.int32)
    np.cumsum(dark, axis=1, out=sums[:, 1:])
    full = sums[:, least:] - sums[:, :-least] == least
    edges = np.diff(np.pad(full.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, lefts = np.nonzero(edges == 1)
    rights = np.nonzero(edges == -1)[1] + least - 1
    done: list[tuple[int, int, int, int]] = []
    growing: list[tuple[int, int, int, int]] = []
    for row, left, right in zip(rows.tolist(), lefts.tolist(), rights.tolist(), strict=True):
        for at, (x0, top, x1, low) in enumerate(growing):
            if low >= row - 1 and left < x1 and x0 < right:
                growing[at] = (min(x0, left), top, max(x1, right), row + 1)
                break
        else:
            done += [run for run in growing if run[3] < row - 1]
            growing = [run for run in growing if run[3] >= row - 1]
            growing.append((left, row, right, row + 1))
    return [run for run in done + growing if run[3] - run[1] <= THIN]


def erased(grey: Image.Image, lines: list[Box]) -> Image.Image:
    """The page with these lines painted white."""
    grey = grey.copy() if lines else grey
    for x0, top, x1, low in lines:
        grey.paste(255, (int(x0) - 1, int(top) - 1, int(x1) + 1, int(low) + 1))
    return grey
