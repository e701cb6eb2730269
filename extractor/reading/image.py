"""A page image made fit for OCR: upright, level, black on white; no seals, shadows, frames, ruled lines.

The order of the steps. What can be told from a small copy is told from one, so a clean page costs little.
"""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from extractor.ground.source import Box
from extractor.reading import lay, pixels, sheet
from extractor.reading.pixels import lightest, opaque
from extractor.reading.sheet import Pose

__all__ = ["Clean", "Pose", "cleaned", "lightest", "opaque"]

#: inches of the width of a page under which a spread was taken for one sheet of A4
NARROW = 7.2

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Clean:
    """A page fit for OCR: the grey image, the boxes (pixels) of its ruled lines, how it lay.

    ``ink`` is the share of the page that is black.
    """

    image: Image.Image
    dpi: int
    lines: tuple[Box, ...]
    pose: Pose
    ink: float

    @property
    def blank(self) -> bool:
        """Is there next to no ink, or nothing but ink?"""
        return self.ink < 0.0003 or self.ink > 0.6


def cleaned(picture: Image.Image, dpi: int, turn: int | None = None) -> Clean:
    """``picture`` (any mode, ``dpi`` pixels an inch) as OCR likes it; ``turn`` where it is known.

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
    if pose.fold and grey.width < NARROW * dpi:
        return cleaned(picture, round(told * grey.width / dpi / sheet.SHORT_SIDE), turn)
    lines = lay.lines_of(grey, dpi)
    grey = pixels.unspecked(lay.erased(grey, lines), dpi)
    grey = pixels.smooth(grey, binary, dpi)
    ink = float(np.mean(np.asarray(pixels.small_copy(grey, dpi)) < pixels.INK))
    return Clean(grey, dpi, tuple(lines), pose, ink)


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
