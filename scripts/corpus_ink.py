"""Pens and stamps on a page image: written digits, signatures, seals, framed words.

Images are RGB, ``rng`` is a numpy Generator where pixels are drawn; places are points where not said to be
pixels.
"""

import math
import random
from functools import lru_cache

import numpy as np
from corpus_page import font_file
from PIL import Image, ImageChops, ImageDraw, ImageFont

Rng = np.random.Generator
INKS = {"blue": (28, 52, 150), "black": (30, 30, 34), "red": (205, 32, 44), "violet": (88, 60, 150)}

#: Strokes of the digits; x to the right 0..0.6, y up 0..1.
DIGITS = {
    "0": [[(0.35, 1), (0.08, 0.75), (0.05, 0.3), (0.25, 0), (0.5, 0.25), (0.52, 0.7), (0.33, 1)]],
    "1": [[(0.12, 0.72), (0.32, 1), (0.3, 0.5), (0.27, 0)]],
    "2": [[(0.05, 0.78), (0.25, 1), (0.48, 0.78), (0.35, 0.4), (0.03, 0.02), (0.25, 0.06), (0.55, 0.02)]],
    "3": [[(0.06, 0.92), (0.35, 0.98), (0.42, 0.75), (0.2, 0.54), (0.46, 0.36), (0.38, 0.05), (0.03, 0.08)]],
    "4": [
        [(0.32, 1), (0.15, 0.6), (0.03, 0.32), (0.3, 0.35), (0.58, 0.36)],
        [(0.42, 0.65), (0.4, 0.3), (0.36, -0.05)],
    ],
    "5": [
        [(0.15, 0.97), (0.12, 0.6), (0.38, 0.58), (0.48, 0.28), (0.3, 0.02), (0.03, 0.08)],
        [(0.15, 0.96), (0.52, 1)],
    ],
    "6": [[(0.45, 1), (0.15, 0.65), (0.06, 0.25), (0.25, 0), (0.47, 0.2), (0.35, 0.44), (0.1, 0.3)]],
    "7": [
        [(0.04, 0.92), (0.3, 0.95), (0.54, 0.97), (0.38, 0.55), (0.22, -0.03)],
        [(0.18, 0.48), (0.5, 0.52)],
    ],
    "8": [
        [(0.46, 0.88), (0.25, 1), (0.1, 0.78), (0.3, 0.54), (0.48, 0.25), (0.26, 0), (0.06, 0.2)],
        [(0.06, 0.2), (0.24, 0.48), (0.44, 0.68), (0.46, 0.88)],
    ],
    "9": [[(0.47, 0.8), (0.25, 1), (0.06, 0.75), (0.22, 0.52), (0.46, 0.72), (0.44, 0.35), (0.28, -0.04)]],
}


def curve(points: np.ndarray, steps: int = 12) -> np.ndarray:
    """Catmull-Rom curve through ``points`` (n x 2)."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        out.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.vstack([*out, points[-1:]])


def stroke(pen: ImageDraw.ImageDraw, points: np.ndarray, thick: float) -> None:
    """Draw a curve of dots ``thick`` pixels across, thinner at its ends."""
    path = curve(points)
    count = len(path)
    pen.line([tuple(p) for p in path], fill=235, width=max(1, round(thick * 0.8)), joint="curve")
    for i, (x, y) in enumerate(path):
        r = thick / 2 * (0.75 + 0.25 * math.sin(math.pi * i / count))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=240)


def pen_digits(text: str, size: float, rng: random.Random) -> Image.Image:
    """Mask (L) of ``text`` written by hand; ``size`` in pixels, other signs than digits leave a gap."""
    fine, slant = 3, rng.uniform(0.05, 0.32)
    tall = size * fine * rng.uniform(0.82, 1.0)
    step = size * fine * 0.52
    mask = Image.new("L", (round(step * len(text) + tall), round(tall * 1.5)), 0)
    pen, x = ImageDraw.Draw(mask), tall * 0.12
    thick = max(2.0, tall * rng.uniform(0.055, 0.08))
    for char in text:
        grow, drop = rng.uniform(0.88, 1.12), rng.uniform(-0.06, 0.06) * tall
        for points in DIGITS.get(char, []):
            path = [(px + rng.gauss(0, 0.018), py + rng.gauss(0, 0.02)) for px, py in points]
            xs = [x + (px * 0.85 + slant * py) * tall * grow for px, py in path]
            ys = [tall * (1.25 - py * grow) + drop for _, py in path]
            stroke(pen, np.column_stack([xs, ys]), thick)
        x += step * rng.uniform(0.9, 1.1)
    return mask.reduce(fine)


def cloud(shape: tuple[int, int], rng: Rng, cells: int) -> np.ndarray:
    """Smooth noise 0..1 of ``shape`` (height, width), about ``cells`` hills on the longer side."""
    rows, cols = (max(2, round(cells * n / max(shape))) for n in shape)
    small = Image.fromarray((rng.random((rows, cols)) * 255).astype(np.uint8))
    return np.asarray(small.resize(shape[::-1], Image.Resampling.BICUBIC), np.float32) / 255


def stamp(
    image: Image.Image,
    mask: Image.Image,
    at: tuple[int, int],
    ink: tuple[int, int, int],
    rng: Rng,
    strength: float = 0.85,
    patchy: float = 0.5,
) -> Image.Image:
    """Multiply ``ink`` into ``image`` through ``mask`` (L) with its corner ``at``; ``patchy`` 0..1 uneven."""
    shape = (mask.height, mask.width)
    cover = np.asarray(mask, np.float32) / 255 * strength
    cover *= 1 - patchy * np.clip(1.6 * cloud(shape, rng, 9) - 0.45, 0, 1)
    cover *= 1 - patchy * 0.5 * (rng.random(shape, np.float32) < 0.25)
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    ground = np.asarray(image.convert("RGB").crop(box), np.float32)
    tint = 1 - cover[..., None] * (1 - np.array(ink, np.float32) / 255)
    out = image.convert("RGB")
    out.paste(Image.fromarray((ground * tint).astype(np.uint8)), at)
    return out


@lru_cache(maxsize=64)
def sans(pixels: int, style: str = "Bold") -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file("Sans", style), max(6, pixels))


def ring_text(mask: Image.Image, text: str, radius: float, size: int, centre: float) -> None:
    """Write ``text`` clockwise around the middle of ``mask``, centred ``centre`` degrees from the top."""
    font, middle = sans(size), mask.width / 2
    wide = [font.getlength(char) * 1.12 for char in text]
    angle = centre - math.degrees(sum(wide) / radius) / 2
    for char, w in zip(text, wide, strict=True):
        angle += math.degrees(w / radius) / 2
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size * 1.35), char, font=font, fill=255, anchor="ms")
        tile = tile.rotate(-angle, Image.Resampling.BICUBIC)
        turn = math.radians(angle)
        at = (round(middle + radius * math.sin(turn) - size), round(middle - radius * math.cos(turn) - size))
        mask.paste(ImageChops.lighter(mask.crop((*at, at[0] + tile.width, at[1] + tile.height)), tile), at)
        angle += math.degrees(w / radius) / 2


def star(pen: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    """A filled star of five points around (x, y)."""
    spokes = [(r if i % 2 == 0 else r * 0.4, math.pi * i / 5) for i in range(10)]
    pen.polygon([(x + s * math.sin(a), y - s * math.cos(a)) for s, a in spokes], fill=255)


def in_lines(text: str, most: int) -> list[str]:
    """``text`` in at most ``most`` lines of about the same length."""
    words = text.split()
    count = min(most, max(1, round(len(text) / 6)))
    out, goal = [""], len(text) / count
    for word in words:
        if out[-1] and len(out[-1]) + len(word) / 2 > goal and len(out) < count:
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return out


def seal_mask(ring: str, centre: str, dpi: int) -> Image.Image:
    """Round seal, 36 mm across: two circles, ``ring`` along them, a star below, ``centre`` in the middle."""
    fine = 2
    d = round(36 / 25.4 * dpi) * fine
    mask = Image.new("L", (d, d), 0)
    pen = ImageDraw.Draw(mask)
    for inset, thick in ((0.01, 0.02), (0.045, 0.008), (0.24, 0.008)):
        pen.ellipse(
            [d * inset, d * inset, d * (1 - inset), d * (1 - inset)],
            outline=255,
            width=max(2, round(d * thick)),
        )
    size = round(d * 0.105)
    while (
        sum(sans(size).getlength(c) * 1.12 for c in ring) > d * 0.36 * 2 * math.pi * 0.84 and size > d * 0.05
    ):
        size -= 1
    ring_text(mask, ring, d * 0.358, size, 0)
    star(pen, d / 2, d * 0.858, d * 0.045)
    lines = in_lines(centre, 3)
    size = round(d * 0.12)
    while max(sans(size).getlength(line) for line in lines) > d * 0.45 and size > d * 0.04:
        size -= 1
    for i, line in enumerate(lines):
        y = d / 2 + (i - (len(lines) - 1) / 2) * size * 1.15
        pen.text((d / 2, y), line, font=sans(size), fill=255, anchor="mm")
    return mask.reduce(fine)


def seal(
    image: Image.Image, rng: Rng, dpi: int, middle: tuple[float, float], names: list[str], ink: str = "red"
) -> Image.Image:
    """A round seal with its middle at ``middle`` (points), a little turned."""
    ring, centre = (
        (names[0], " ".join(names[1:]))
        if len(names) > 1
        else ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", names[0])
    )
    mask = seal_mask(ring, centre, dpi).rotate(float(rng.uniform(-14, 14)), Image.Resampling.BICUBIC)
    at = (round(middle[0] * dpi / 72 - mask.width / 2), round(middle[1] * dpi / 72 - mask.height / 2))
    return stamp(image, mask, at, INKS[ink], rng, float(rng.uniform(0.72, 0.95)))


def signature(
    image: Image.Image,
    rng: Rng,
    dpi: int,
    box: tuple[float, float, float, float],
    ink: str = "blue",
    reach: float = 1.0,
) -> Image.Image:
    """A pen signature in ``box`` (points); ``reach`` over 1 lets it run over the lines around."""
    scale, fine = dpi / 72, 2
    wide, tall = 120 * reach, (box[3] - box[1]) * 0.8 * reach
    mask = Image.new("L", (round(wide * scale * fine * 1.2), round(tall * scale * fine * 1.3)), 0)
    pen = ImageDraw.Draw(mask)
    for points in signature_strokes(rng):
        path = (points * [wide, tall] + [wide * 0.08, tall * 0.12]) * scale * fine
        stroke(pen, path, 1.25 * scale * fine * float(rng.uniform(0.8, 1.2)))
    mask = mask.reduce(fine).rotate(float(rng.uniform(2, 12)), Image.Resampling.BICUBIC)
    x = (box[0] + box[2]) / 2 + float(rng.uniform(-14, 8))
    y = (box[1] + box[3]) / 2
    at = (round(x * scale - mask.width / 2), round(y * scale - mask.height / 2))
    return stamp(image, mask, at, INKS[ink], rng, 0.92, 0.15)


def signature_strokes(rng: Rng) -> list[np.ndarray]:
    """Curves in the unit square: a tall first letter, loops to the right, a flourish back under them."""
    first = np.array([(0.08, 0.55), (0.2, 0.05), (0.22, 0.5), (0.14, 0.95), (0.06, 0.75), (0.3, 0.45)])
    count = int(rng.integers(4, 7))
    loops = []
    for i in range(count):
        x = 0.3 + 0.5 * i / count
        loops += [(x + 0.05, 0.32), (x + 0.02, 0.58), (x + 0.09, 0.5)]
    tail = [(0.95, 0.25), (0.85, 0.72), (0.3, 0.82), (0.6, 0.7), (1.0, 0.62)]
    shapes = [first, np.array([(0.3, 0.45), *loops, *tail])]
    return [shape + rng.normal(0, 0.03, shape.shape) for shape in shapes]


def edge_seal(image: Image.Image, rng: Rng, dpi: int, names: list[str]) -> Image.Image:
    """Giáp lai: the left slice of a seal that goes over the right edge."""
    return seal(image, rng, dpi, (595 - float(rng.uniform(-12, 14)), float(rng.uniform(300, 620))), names)


def framed(rows: list[str], size: float, dpi: int) -> tuple[Image.Image, list[int]]:
    """Mask of a frame around centred ``rows`` of ``size`` points, and the rows' baselines in pixels."""
    px = round(size * dpi / 72)
    wide = round(max(sans(px).getlength(row) for row in rows) + px * 1.2)
    mask = Image.new("L", (wide, round(px * 1.45 * len(rows) + px * 0.7)), 0)
    pen = ImageDraw.Draw(mask)
    pen.rectangle((1, 1, wide - 2, mask.height - 2), outline=255, width=max(2, px // 9))
    bases = [round(px * (1.35 + 1.45 * i)) for i in range(len(rows))]
    for row, base in zip(rows, bases, strict=True):
        pen.text((wide / 2, base), row, font=sans(px), fill=255, anchor="ms")
    return mask, bases


def word_stamp(
    image: Image.Image, rng: Rng, dpi: int, text: str, at: tuple[float, float], size: float = 15
) -> Image.Image:
    """A red framed word such as HỎA TỐC with its corner ``at`` (points)."""
    mask, _ = framed([text], size, dpi)
    mask = mask.rotate(float(rng.uniform(-4, 4)), Image.Resampling.BICUBIC, expand=True)
    return stamp(image, mask, (round(at[0] * dpi / 72), round(at[1] * dpi / 72)), INKS["red"], rng)


def incoming(image: Image.Image, rng: Rng, dpi: int) -> Image.Image:
    """The stamp of incoming mail at the top left, number and day filled in with a pen."""
    mask, bases = framed(["CÔNG VĂN ĐẾN", "Số: ……………", "Ngày: …………"], 10, dpi)
    at = (round(float(rng.uniform(18, 34)) * dpi / 72), round(float(rng.uniform(3, 9)) * dpi / 72))
    out = stamp(image, mask, at, INKS["red"], rng)
    pen = random.Random(int(rng.integers(1 << 30)))
    for base, text in zip(
        bases[1:], (str(pen.randint(20, 3999)), f"{pen.randint(1, 28)} {pen.randint(1, 12)}"), strict=True
    ):
        ink = pen_digits(text, 14 * dpi / 72, pen)
        out = stamp(
            out,
            ink,
            (at[0] + round(mask.width * 0.42), at[1] + base - round(ink.height * 0.85)),
            INKS["blue"],
            rng,
            0.9,
            0.1,
        )
    return out
