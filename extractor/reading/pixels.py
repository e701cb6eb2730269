"""The pixels of a page image: one channel of black on white; no colours, shadows, dark edges, specks.

Grey images hold 0 for black; masks are boolean arrays, rows first. Lengths are in pixels unless told.
"""

from functools import reduce

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

#: pixels an inch at which pages are read
WORK = 180
#: pixels an inch of the copy on which shadows, tilt and lines are looked for
SMALL = 75
#: darker than this on a page with an even white ground is ink
INK = 160
#: share of a page's small copy that is light where the page is a negative
NEGATIVE = 0.3
#: the grey of a soft page that becomes white
PALE = 200
#: a page is soft where less than this share of its ink is darker than CORE
SOFT, CORE = 0.35, 64
#: cells (90 to an inch) of the largest speck, and of the empty ring around one
SPECK, RING = 3, 9
#: darker than this, a pixel may be part of a letter that a speck lies beside
FAINT = 200


def opaque(picture: Image.Image, white: float | None = None) -> Image.Image:
    """A page of any mode as one of mode 1, L or RGB; transparent pages lie on white paper.

    ``white`` is the lightest value where a pixel has more than 8 bits, its own if not given.
    """
    if picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        paper = Image.new("RGBA", whole.size, "white")
        return Image.alpha_composite(paper, whole).convert("RGB")
    if picture.mode in ("1", "L", "RGB"):
        return picture
    if picture.mode.startswith(("I", "F")):
        pixels = np.nan_to_num(np.asarray(picture, dtype=np.float32))
        scaled = pixels * (255 / max(1.0, lightest(picture) if white is None else white))
        return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))
    return picture.convert("RGB")


def lightest(picture: Image.Image) -> float:
    """The lightest value of a page with one channel of more than 8 bits; 255 for every other."""
    if not picture.mode.startswith(("I", "F")):
        return 255.0
    values = np.asarray(picture)
    return float(np.nanmax(values, initial=1, where=np.isfinite(values)))


def at_work(picture: Image.Image, dpi: int) -> tuple[Image.Image, int]:
    """The page at :data:`WORK` pixels an inch, where it has more.

    Softer filters take half the time and cost a third more errors.
    """
    if dpi <= 1.1 * WORK:
        return picture, dpi
    size = (max(1, round(picture.width * WORK / dpi)), max(1, round(picture.height * WORK / dpi)))
    return picture.resize(size, Image.Resampling.LANCZOS), WORK


def without_colour(picture: Image.Image) -> Image.Image:
    """The strongest of the three channels: red seals and blue pens turn light, black stays black.

    Where most of the ink has a colour (a page printed in blue, a carbon copy) that ink is the text.
    """
    if picture.mode != "RGB":
        return picture.convert("L")
    small = picture.reduce(max(1, round(min(picture.size) / 600)))
    high, low = np.asarray(strongest(small)), np.asarray(weakest(small))
    ground = 0.6 * float(np.median(high))
    if np.count_nonzero(high < ground) < 0.5 * np.count_nonzero(low < ground):
        return picture.convert("L")
    return strongest(picture)


def strongest(picture: Image.Image) -> Image.Image:
    """The strongest of the channels of a page."""
    return reduce(ImageChops.lighter, picture.split())


def weakest(picture: Image.Image) -> Image.Image:
    """The weakest of the channels of a page."""
    return reduce(ImageChops.darker, picture.split())


def positive(grey: Image.Image) -> Image.Image:
    """A page that is white on black (a negative, an inverted fax) as black on white."""
    if min(grey.size) < 16:
        return grey
    small = np.asarray(grey.reduce(max(1, min(grey.size) // 300)))
    dark, light = np.percentile(small, (5, 99.5))
    if np.mean(small > (dark + light) / 2) > NEGATIVE or light - dark < 64:
        return grey
    return ImageChops.invert(grey)


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


def framed(grey: Image.Image, dpi: int) -> Image.Image:
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


def unspecked(grey: Image.Image, dpi: int) -> Image.Image:
    """The page without specks: dots of at most a thirtieth of an inch with nothing for a tenth around.

    The dot of an i, a tone mark, a full stop, a leader's dots have a neighbour within that ring; a hyphen
    and a bullet are longer.
    """
    step = max(1, round(dpi / 90))
    dark = darkest(grey, step)
    if min(dark.shape) <= 2 * RING:
        return grey
    ink = dark < FAINT
    sums = np.zeros((ink.shape[0] + 2 * RING + 1, ink.shape[1] + 2 * RING + 1), dtype=np.int32)
    sums[1 + RING : -RING, 1 + RING : -RING] = ink
    np.cumsum(sums, axis=0, out=sums)
    np.cumsum(sums, axis=1, out=sums)
    sums[-RING:] = sums[-RING - 1]
    sums[:, -RING:] = sums[:, -RING - 1 : -RING]
    alone = ink & (_windows(sums, RING) == _windows(sums, SPECK // 2))
    if not alone.any():
        return grey
    mask = Image.fromarray(alone).convert("L").filter(ImageFilter.MaxFilter(2 * (SPECK // 2) + 1))
    mask = mask.resize((mask.width * step, mask.height * step), Image.Resampling.NEAREST)
    out = grey.copy()
    out.paste(255, (0, 0), mask)
    return out


def _windows(sums: NDArray[np.int32], reach: int) -> NDArray[np.int32]:
    """The ink within ``reach`` cells of each cell, by a summed-area table with :data:`RING` cells around."""
    low, high = RING - reach, RING + reach + 1
    height, width = sums.shape[0] - 2 * RING - 1, sums.shape[1] - 2 * RING - 1
    rows, columns = (
        (slice(low, low + height), slice(high, high + height)),
        (
            slice(low, low + width),
            slice(high, high + width),
        ),
    )
    above, below = sums[rows[0]], sums[rows[1]]
    return below[:, columns[1]] - below[:, columns[0]] - above[:, columns[1]] + above[:, columns[0]]


def darkest(grey: Image.Image, step: int) -> Pixels:
    """The darkest pixel of each square of ``step`` pixels, so that hairlines survive."""
    pixels: Pixels = np.asarray(grey)
    height, width = (side - side % step for side in pixels.shape)
    rows = pixels[:height:step, :width]
    for at in range(1, step):
        rows = np.minimum(rows, pixels[at:height:step, :width])
    cells = rows[:, ::step]
    for at in range(1, step):
        cells = np.minimum(cells, rows[:, at::step])
    return cells


def smooth(grey: Image.Image, binary: bool, dpi: int) -> Image.Image:
    """Stairs of 1-bit scans softened."""
    if binary:
        return grey.filter(ImageFilter.GaussianBlur(0.7 * dpi / 200))
    return grey


def cleared(grey: Image.Image) -> Image.Image:
    """A soft page (blurred, faint) with lighter greys, what is nearly white made white; others as they are.

    On a soft page the edges of letters run into each other and into their marks, and what is left of a seal
    or a pen is as dark as they are. Where print is crisp, the same would make thin strokes break.
    """
    pixels = np.asarray(grey)[::2, ::2]
    ink = np.count_nonzero(pixels < PALE)
    if not ink or np.count_nonzero(pixels < CORE) >= SOFT * ink:
        return grey
    return grey.point([min(255, round(value * 255 / PALE)) for value in range(256)])
