"""A page image made fit for OCR: upright, level, black on white; no seals, shadows, frames, ruled lines.

The order of the steps. What can be told from a small copy is told from one, so a clean page costs little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from extractor.ground.source import Box
from extractor.reading import lay, pixels, sheet
from extractor.reading.pixels import lightest, opaque
from extractor.reading.sheet import Pose
from extractor.reading.typeface import SHORT_SIDE

__all__ = ["Clean", "Pose", "cleaned", "lightest", "opaque"]

#: difference of the strongest and weakest channel from which ink has a colour
COLOUR = 60
#: the same where it is a mean over the darkest pixels of a word, above that of the paper; their per cent
TINT, DARKEST = 11, 12
#: inches of the width of a page under which a spread was taken for one sheet of A4
NARROW = 7.2

#: darker than this, a pixel of an even page belongs to a stroke
DARK = 128
#: pixels of white around a part that is read alone
MARGIN = 10

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Clean:
    """A page fit for OCR: the grey image, the boxes (pixels) of its ruled lines, how it lay.

    ``ink`` is the share of the page that is black, ``coloured`` the picture as it came, where it has colours,
    ``dark`` the grey from which a pixel of ``image`` belongs to a stroke.
    """

    image: Image.Image
    dpi: int
    lines: tuple[Box, ...]
    pose: Pose
    ink: float
    coloured: Image.Image | None = None
    dark: int = DARK

    @property
    def empty(self) -> bool:
        """Is there no ink?"""
        return self.ink < 0.0003

    @property
    def blank(self) -> bool:
        """Is there next to no ink, or nothing but ink?"""
        return self.empty or self.ink > 0.6


def cleaned(picture: Image.Image, dpi: int, turn: int | None = None, *, sized: bool = False) -> Clean:
    """``picture`` (any mode, ``dpi`` pixels an inch) as OCR likes it; ``turn`` where it is known.
    ``sized``: ``dpi`` is already that of a double-page spread.

    The result has at most :data:`~extractor.reading.pixels.WORK` pixels an inch: Tesseract reads lines of 36
    pixels, and a body of 13 to 14 points has them there. More cost time and errors (clean .23 % of the
    characters at 300, .08 at 180).
    """
    binary, told = picture.mode == "1", dpi
    picture = picture.convert("L") if binary else opaque(picture)
    grey, dpi = pixels.at_work(pixels.without_colour(picture), dpi)
    grey = pixels.positive(grey)
    pose = Pose(turn or 0, 0.0, *grey.size)
    if (seen := sheet.found(picture, grey.width / picture.width)) is not None:
        pose = pose._replace(sheet=seen[0], flat=seen[1])
        grey, dpi = sheet.flattened(grey, *seen), sheet.dpi_of(seen[1], dpi)
    grey = pixels.framed(pixels.evened(grey, dpi), dpi)
    if turn is None and lay.lies(pixels.small_copy(grey, dpi)):
        pose = pose._replace(turn=90)
    grey, tilt = _level(_turned(grey, pose.turn), dpi)
    grey, pose = _unfolded(grey, pose._replace(tilt=tilt), dpi)
    if pose.fold and not pose.sheet and not sized and grey.width < NARROW * dpi:
        return cleaned(picture, round(told * grey.width / dpi / SHORT_SIDE), turn, sized=True)
    lines = lay.lines_of(grey, dpi)
    grey = pixels.unspecked(lay.erased(grey, lines), dpi)
    grey = pixels.smooth(grey, binary, dpi)
    ink = float(np.mean(np.asarray(pixels.small_copy(grey, dpi)) < pixels.INK))
    clear = pixels.cleared(grey)
    dark = DARK if clear is grey else round(DARK * 255 / pixels.PALE)
    return Clean(clear, dpi, tuple(lines), pose, ink, picture if picture.mode == "RGB" else None, dark)


def _turned(page: Image.Image, turn: int) -> Image.Image:
    """The page turned by ``turn`` degrees clockwise: 0, 90, 180 or 270."""
    return page.transpose(_TURNS[turn]) if turn else page


def _level(grey: Image.Image, dpi: int) -> tuple[Image.Image, float]:
    """The page with level lines, and its tilt."""
    tilt = lay.tilt_of(pixels.small_copy(grey, dpi))
    return (grey.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255) if tilt else grey), tilt


def _unfolded(grey: Image.Image, pose: Pose, dpi: int) -> tuple[Image.Image, Pose]:
    """The right page of a double-page spread under the left one."""
    fold = round(lay.fold_of(pixels.small_copy(grey, dpi), pixels.SMALL) * grey.width)
    if not fold:
        return grey, pose
    width, height = max(fold, grey.width - fold), grey.height
    out = Image.new("L", (width, 2 * height), 255)
    tilts = []
    for at, (left, right) in enumerate(((0, fold), (fold, grey.width))):
        half = Image.new("L", (width, height), 255)
        half.paste(grey.crop((left, 0, right, height)))
        half, tilt = _level(half, dpi)
        out.paste(half, (0, at * height))
        tilts.append(tilt)
    return out, pose._replace(fold=fold, tilts=(tilts[0], tilts[1]))


def enlarged(clean: Clean, box: Box, scale: float) -> Image.Image:
    """A part of a cleaned page, ``scale`` times as large, with :data:`MARGIN` pixels of white around it."""
    x0, top, x1, bottom = (round(side) for side in box)
    part = clean.image.crop((x0, top, x1, bottom))
    part = part.resize((max(1, round(part.width * scale)), max(1, round(part.height * scale))))
    framed = Image.new("L", (part.width + 2 * MARGIN, part.height + 2 * MARGIN), 255)
    framed.paste(part, (MARGIN, MARGIN))
    return framed


def inked(clean: Clean, box: Box) -> bool:
    """Is there ink in a part of a cleaned page, black or of any colour? Specks do not count."""
    left, top, right, bottom = (round(side) for side in box)
    least = max(12, 0.05 * max(1, (right - left) * (bottom - top)))
    if np.count_nonzero(np.asarray(clean.image.crop((left, top, right, bottom))) < clean.dark) >= least:
        return True
    part = _in_colour(clean, box)
    if part is None:
        return False
    darkest = part.min(axis=2)
    return bool(np.count_nonzero(darkest < 0.6 * float(np.median(darkest))) >= least)


def penned(clean: Clean, box: Box) -> bool:
    """Has most ink in a part of a page a colour, as of a pen or a stamp?"""
    part = _in_colour(clean, box)
    if part is None:
        return False
    darkest, lightest = part.min(axis=2).astype(np.int16), part.max(axis=2).astype(np.int16)
    ink = darkest < 0.6 * float(np.median(darkest))
    coloured = ink & (lightest - darkest > COLOUR)
    return bool(np.count_nonzero(coloured) > 0.3 * max(1, int(np.count_nonzero(ink))))


def tinted(clean: Clean, box: Box) -> bool:
    """Have the darkest strokes in a part of a page a colour, however weak?

    Those of a pen or a seal have; of print under a seal the black shows. JPEG leaves thin strokes little.
    """
    part = _in_colour(clean, box)
    if part is None:
        return False
    darkest = part.min(axis=2).astype(np.int16)
    spread = part.max(axis=2) - darkest
    middle = float(np.median(darkest))
    ink = darkest <= min(float(np.percentile(darkest, DARKEST)), 0.8 * middle)
    return bool(ink.any() and np.mean(spread[ink]) > np.median(spread[darkest >= middle]) + TINT)


def _in_colour(clean: Clean, box: Box) -> pixels.Pixels | None:
    """The part of the page as it was before its colours were taken out; ``None`` for a grey page."""
    if clean.coloured is None:
        return None
    left, top, right, bottom = (round(side) for side in box)
    size = max(1, right - left), max(1, bottom - top)
    times = clean.coloured.width / clean.pose.width
    corners = (left, top), (left, top + size[1]), (left + size[0], top + size[1]), (left + size[0], top)
    ends = [float(times * side) for x, y in corners for side in clean.pose.point(x, y)]
    part = clean.coloured.transform(
        size, Image.Transform.QUAD, ends, Image.Resampling.BILINEAR, fillcolor="white"
    )
    return np.asarray(part)


def strokes(clean: Clean, boxes: Sequence[tuple[int, int, int, int]]) -> list[float]:
    """How wide (pixels) the strokes of the words in ``boxes`` are on the whole: bold print has wider ones.

    The mean length of the runs of ink along the rows.
    """
    dark = np.asarray(clean.image) < clean.dark
    widths = []
    for x0, top, x1, bottom in boxes:
        part = dark[top:bottom, x0:x1]
        begins = np.count_nonzero(part[:, 1:] & ~part[:, :-1]) + np.count_nonzero(part[:, :1])
        widths.append(float(np.count_nonzero(part) / begins) if begins else 0.0)
    return widths
