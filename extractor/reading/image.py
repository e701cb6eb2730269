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

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


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

    The result has at most :data:`~extractor.reading.pixels.WORK` pixels an inch: Tesseract reads lines of 36
    pixels, and a body of 13 to 14 points has them there. More cost time and errors (clean .23 % of the
    characters at 300, .08 at 180).
    """
    binary = picture.mode == "1"
    picture, dpi = pixels.at_work(opaque(picture), dpi)
    grey = pixels.positive(pixels.without_colour(picture))
    width, height = picture.size
    plane, flat = sheet.found(picture) or ((), (0, 0))
    if plane:
        grey, dpi = sheet.flattened(grey, plane, flat), sheet.dpi_of(flat, dpi)
    grey = pixels.framed(pixels.evened(grey, dpi), dpi)
    if turn is None:
        turn = 90 if lay.lies(pixels.small_copy(grey, dpi)) else 0
    if turn:
        grey, picture = (page.transpose(_TURNS[turn]) for page in (grey, picture))
    tilt = lay.tilt_of(pixels.small_copy(grey, dpi))
    if tilt:
        grey = grey.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    lines = lay.lines_of(grey, dpi)
    grey = pixels.unspecked(lay.erased(grey, lines), dpi)
    grey = pixels.smooth(grey, binary, dpi)
    ink = float(np.mean(np.asarray(pixels.small_copy(grey, dpi)) < pixels.INK))
    colour = picture if picture.mode == "RGB" else None
    return Clean(grey, dpi, tuple(lines), Pose(turn, tilt, width, height, plane, flat), ink, colour)
