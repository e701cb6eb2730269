"""A page image made fit for OCR: upright, level, black on white; no seals, shadows, frames, ruled lines.

Every function takes and returns Pillow images or arrays of their pixels (rows first, 0 is black). What
can be told from a small copy is told from one, so a clean page costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from extractor.ground.source import Box

Pixels = NDArray[Any]

#: pixels an inch at which pages are read
WORK = 180
#: pixels an inch of the copy on which shadows, tilt and lines are looked for
SMALL = 75
#: darker than this on a page with an even white ground is ink
INK = 160
#: difference of the strongest and weakest channel from which ink has a colour
COLOUR = 60
#: degrees of tilt that are looked for, and the least that is worth a rotation
TILTS, LEVEL = 6.0, 0.12
#: bands into which a page is cut to see the direction of its lines
BANDS = 6
#: the least length and the greatest height of a ruled line, in pixels of the small copy
LONG, THIN = 40, 3


class Pose(NamedTuple):
    """How the page lay: quarter turns in degrees (clockwise, to set it upright), then the tilt in degrees
    (counter-clockwise, to level it); ``width`` and ``height`` in pixels of the image as it came.
    """

    turn: int
    tilt: float
    width: int
    height: int

    def back(self, box: Box) -> Box:
        """A box of the upright, level page on the image as it came (the upright box around it)."""
        upright = (self.height, self.width) if self.turn % 180 else (self.width, self.height)
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        points = [self._turned(*_rotated(x, y, -self.tilt, upright)) for x, y in corners]
        xs, ys = zip(*points, strict=True)
        return Box(
            max(0.0, min(xs)),
            max(0.0, min(ys)),
            min(float(self.width), max(xs)),
            min(float(self.height), max(ys)),
        )

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y, self.height - x
        if self.turn == 180:
            return self.width - x, self.height - y
        return (self.width - y, x) if self.turn == 270 else (x, y)


@dataclass(frozen=True, slots=True)
class Clean:
    """A page fit for OCR: the grey image, the boxes (pixels) of its ruled lines, how it lay.

    ``ink`` is the share of the page that is black, ``coloured`` the upright page in colour, where it has any.
    """

    image: Image.Image
    dpi: int
    lines: tuple[Box, ...]
    pose: Pose
    ink: float
    coloured: Image.Image | None = None

    @property
    def blank(self) -> bool:
        """Is there next to no ink, or nothing but ink?"""
        return self.ink < 0.0003 or self.ink > 0.6


def cleaned(picture: Image.Image, dpi: int, turn: int | None = None) -> Clean:
    """``picture`` (any mode, ``dpi`` pixels an inch) as OCR likes it; ``turn`` where it is known.

    The result has at most :data:`WORK` pixels an inch: Tesseract reads lines of 36 pixels, and a body of 13
    to 14 points has them there. More cost time and errors (clean .23 % of the characters at 300, .08 at 180).
    """
    binary = picture.mode == "1"
    picture = picture if picture.mode in ("1", "L", "RGB") else _opaque(picture)
    picture, dpi = _at_work(picture, dpi)
    grey = _framed(evened(_without_colour(picture), dpi), dpi)
    if turn is None:
        turn = 90 if lies(small_copy(grey, dpi)) else 0
    width, height = picture.size
    if turn:
        grey, picture = (page.transpose(_TURNS[turn]) for page in (grey, picture))
    tilt = tilt_of(small_copy(grey, dpi))
    if tilt:
        grey = grey.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    lines = lines_of(grey, dpi)
    grey = _smooth(_erased(grey, lines), binary, dpi)
    ink = float(np.mean(np.asarray(small_copy(grey, dpi)) < INK))
    colour = picture if picture.mode == "RGB" else None
    return Clean(grey, dpi, tuple(lines), Pose(turn, tilt, width, height), ink, colour)


_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def _at_work(picture: Image.Image, dpi: int) -> tuple[Image.Image, int]:
    """The page at :data:`WORK` pixels an inch, where it has more."""
    if dpi <= 1.1 * WORK:
        return (picture.convert("L") if picture.mode == "1" else picture), dpi
    size = (max(1, round(picture.width * WORK / dpi)), max(1, round(picture.height * WORK / dpi)))
    picture = picture.convert("L") if picture.mode == "1" else picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), WORK


def _opaque(picture: Image.Image) -> Image.Image:
    """Transparent pages lie on white paper."""
    if picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(paper, whole).convert("RGB")
    if picture.mode.startswith(("I", "F")):
        pixels = np.asarray(picture, dtype=np.float32)
        return Image.fromarray((pixels * (255 / max(1.0, float(pixels.max())))).astype(np.uint8))
    return picture.convert("RGB")


def _without_colour(picture: Image.Image) -> Image.Image:
    """The strongest of the three channels: red seals and blue pens turn light, black stays black.

    Where most of the ink has a colour (a page printed in blue, a carbon copy) that ink is the text.
    """
    if picture.mode != "RGB":
        return picture.convert("L")
    small = np.asarray(picture.reduce(max(1, round(min(picture.size) / 600))))
    high, low = small.max(axis=2).astype(np.int16), small.min(axis=2).astype(np.int16)
    ground = np.median(high)
    dark = low < 0.6 * ground
    if np.count_nonzero(dark & (high < 0.6 * ground)) < 0.5 * np.count_nonzero(dark):
        return picture.convert("L")
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def small_copy(grey: Image.Image, dpi: int) -> Image.Image:
    """The page at about 75 pixels an inch."""
    return grey.reduce(max(1, round(dpi / SMALL)))


def evened(grey: Image.Image, dpi: int) -> Image.Image:
    """The page divided by its background: shadows and tints go, the paper is white."""
    if min(grey.size) < 64:
        return grey
    small = grey.reduce(max(1, round(dpi / 25)))
    ground = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MedianFilter(5))
    ground = ground.filter(ImageFilter.BoxBlur(4))
    if np.asarray(ground).min() >= 250:
        return grey
    shade = np.asarray(ground.resize(grey.size, Image.Resampling.BILINEAR), dtype=np.uint16)
    pixels = np.asarray(grey, dtype=np.uint16) * 255
    pixels //= np.maximum(shade, 24)
    return Image.fromarray(np.minimum(pixels, 255).astype(np.uint8))


def _framed(grey: Image.Image, dpi: int) -> Image.Image:
    """The page without what is dark from the edge inwards: the scanner's lid, the next sheet, the fold."""
    pixels = np.asarray(small_copy(grey, dpi))
    dark = pixels < INK
    if not (dark[0].any() or dark[-1].any() or dark[:, 0].any() or dark[:, -1].any()):
        return grey
    edge = np.zeros_like(dark)
    for axis, flip in ((0, 1), (0, -1), (1, 1), (1, -1)):
        view = (slice(None, None, flip), slice(None)) if axis == 0 else (slice(None), slice(None, None, flip))
        edge[view] |= np.logical_and.accumulate(dark[view], axis=axis)
    mask = Image.fromarray((edge * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    grey = grey.copy()
    grey.paste(255, (0, 0), mask.resize(grey.size, Image.Resampling.NEAREST))
    return grey


def lies(small: Image.Image) -> bool:
    """Do the lines of a page run from top to bottom? Told by the stripes that lines of text make.

    Seen from far (25 pixels an inch), where letters blur and lines stay, and in bands that no tilt blurs;
    upright pages, hard ones too, give .1 to .2 of the stripes across.
    """
    ink = np.asarray(small) < INK
    height, width = (side - side % 3 for side in ink.shape)
    if not height or not width:
        return False
    grey = ink[:height, :width].reshape(height // 3, 3, width // 3, 3).mean(axis=(1, 3))
    return _banded(grey.T) > _banded(grey)


def _banded(grey: Pixels) -> float:
    """The stripes along the rows of a page, summed over bands."""
    bands = (band for band in np.array_split(grey, BANDS, axis=1) if band.size)
    return sum(_stripes(band.mean(axis=1)) for band in bands)


def _stripes(profile: Pixels) -> float:
    """How much neighbours in a profile differ."""
    steps = np.diff(profile)
    return float((steps * steps).sum())


def tilt_of(small: Image.Image) -> float:
    """The degrees of a counter-clockwise rotation that levels the lines; 0 where nothing is gained."""
    ys, xs = np.nonzero(np.asarray(small) < INK)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]
    best = 0.0
    for width, step in ((TILTS, 0.25), (0.2, 0.05), (0.04, 0.02)):
        angles = np.arange(best - width, best + width + step / 2, step)
        best = float(angles[int(np.argmax([_sharpness(xs, ys, angle) for angle in angles]))])
    plain = _sharpness(xs, ys, 0.0)
    return round(best, 2) if abs(best) >= LEVEL and _sharpness(xs, ys, best) > 1.02 * plain else 0.0


def _sharpness(xs: Pixels, ys: Pixels, angle: float) -> float:
    """How uneven the rows of ink are once the page is turned by ``angle``."""
    rows = (ys - xs * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return _stripes(counts)


def lines_of(grey: Image.Image, dpi: int) -> list[Box]:
    """The boxes (pixels) of straight lines across or down the page: borders of tables, rules under headings."""
    step = max(1, round(dpi / SMALL))
    dark = _darkest(np.asarray(grey), step) < INK
    across, down = _thin_runs(dark, LONG), _thin_runs(dark.T, LONG)
    found = across + [(left, top, right, low) for top, left, low, right in down]
    return [Box(x0 * step, top * step, x1 * step, low * step) for x0, top, x1, low in found]


def _darkest(pixels: Pixels, step: int) -> Pixels:
    """The darkest pixel of each square of ``step`` pixels, so that hairlines survive."""
    height, width = (side - side % step for side in pixels.shape)
    cut = pixels[:height, :width]
    rows = np.minimum.reduce([cut[at::step] for at in range(step)])
    return np.minimum.reduce([rows[:, at::step] for at in range(step)])


def _thin_runs(dark: Pixels, least: int) -> list[tuple[int, int, int, int]]:
    """``(left, top, right, bottom)`` of dark runs along the rows, ``least`` long and at most THIN rows high."""
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


def _erased(grey: Image.Image, lines: list[Box]) -> Image.Image:
    """The page with these lines painted white."""
    grey = grey.copy() if lines else grey
    for x0, top, x1, low in lines:
        grey.paste(255, (int(x0) - 1, int(top) - 1, int(x1) + 1, int(low) + 1))
    return grey


def _smooth(grey: Image.Image, binary: bool, dpi: int) -> Image.Image:
    """Stairs of 1-bit scans softened."""
    if binary:
        return grey.filter(ImageFilter.GaussianBlur(0.7 * dpi / 200))
    return grey


def _rotated(x: float, y: float, tilt: float, size: tuple[int, int]) -> tuple[float, float]:
    """A point after a rotation by ``tilt`` degrees (counter-clockwise) about the middle of an image."""
    angle = np.radians(tilt)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    dx, dy = x - size[0] / 2, y - size[1] / 2
    return size[0] / 2 + dx * cos + dy * sin, size[1] / 2 - dx * sin + dy * cos


def enlarged(clean: Clean, box: Box, scale: float) -> Image.Image:
    """A part of a cleaned page, larger, with some white around it."""
    part = clean.image.crop(tuple(round(side) for side in box))
    part = part.resize((max(1, round(part.width * scale)), max(1, round(part.height * scale))))
    framed = Image.new("L", (part.width + 20, part.height + 20), 255)
    framed.paste(part, (10, 10))
    return framed


def inked(clean: Clean, box: Box) -> bool:
    """Is there ink in a part of a cleaned page, black or of any colour? Specks do not count."""
    left, top, right, bottom = (round(side) for side in box)
    least = max(12, 0.05 * max(1, (right - left) * (bottom - top)))
    if np.count_nonzero(np.asarray(clean.image.crop((left, top, right, bottom))) < 128) >= least:
        return True
    pixels = _in_colour(clean, box)
    if pixels is None:
        return False
    darkest = pixels.min(axis=2)
    return bool(np.count_nonzero(darkest < 0.6 * np.median(darkest)) >= least)


def penned(clean: Clean, box: Box) -> bool:
    """Has most ink in a part of a page a colour, as of a pen or a stamp?"""
    pixels = _in_colour(clean, box)
    if pixels is None:
        return False
    darkest, lightest = pixels.min(axis=2).astype(np.int16), pixels.max(axis=2).astype(np.int16)
    ink = darkest < 0.6 * np.median(darkest)
    coloured = ink & (lightest - darkest > COLOUR)
    return bool(np.count_nonzero(coloured) > 0.3 * max(1, np.count_nonzero(ink)))


def _in_colour(clean: Clean, box: Box) -> Pixels | None:
    """The part of the page as it was before its colours were taken out; ``None`` for a grey page."""
    if clean.coloured is None:
        return None
    left, top, right, bottom = (round(side) for side in box)
    level = clean.coloured.rotate(clean.pose.tilt, fillcolor="white") if clean.pose.tilt else clean.coloured
    pixels: Pixels = np.asarray(level.crop((left, top, max(left + 1, right), max(top + 1, bottom))))
    return pixels


def strokes(clean: Clean, boxes: Sequence[tuple[int, int, int, int]]) -> list[float]:
    """How wide (pixels) the strokes of the words in ``boxes`` are on the whole: bold print has wider ones.

    The mean length of the runs of ink along the rows.
    """
    dark = np.asarray(clean.image) < 128
    widths = []
    for x0, top, x1, bottom in boxes:
        part = dark[top:bottom, x0:x1]
        begins = np.count_nonzero(part[:, 1:] & ~part[:, :-1]) + np.count_nonzero(part[:, :1])
        widths.append(float(np.count_nonzero(part) / begins) if begins else 0.0)
    return widths
