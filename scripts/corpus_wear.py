"""What office and scanner do to a page image.

A damage is ``name(image, rng, dpi) -> image``: RGB (or L, 1) in and out, ``rng`` a numpy Generator.
"""

import io
import math
from collections.abc import Callable
from functools import partial

import numpy as np
from corpus_ink import Rng, cloud, curve, edge_seal, incoming, seal, signature, word_stamp
from corpus_page import Page
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Wear = Callable[[Image.Image, Rng, int], Image.Image]
LEVELS = ("clean", "mild", "hard", "fax", "photo")


def skew(image: Image.Image, rng: Rng, dpi: int, most: float = 0.6) -> Image.Image:
    """Turned by up to ``most`` degrees, never less than a third of that."""
    angle = float(rng.uniform(most / 3, most) * rng.choice((-1, 1)))
    white = 255 if image.mode != "RGB" else (255, 255, 255)
    return image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=white)


def blur(image: Image.Image, rng: Rng, dpi: int, points: float = 0.2) -> Image.Image:
    """Gaussian blur of a radius in points, give or take a fifth."""
    return image.filter(ImageFilter.GaussianBlur(points * float(rng.uniform(0.8, 1.2)) * dpi / 72))


def noise(image: Image.Image, rng: Rng, dpi: int, spread: float = 5) -> Image.Image:
    """Grain of the sensor: normal noise of deviation ``spread``, the same in all channels."""
    pixels = np.asarray(image, np.int16)
    grain = (rng.standard_normal(pixels.shape[:2], np.float32) * spread).astype(np.int16)
    pixels = pixels + (grain[..., None] if pixels.ndim == 3 else grain)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def speckle(image: Image.Image, rng: Rng, dpi: int, count: int = 500) -> Image.Image:
    """Dust: ``count`` dark dots, a tenth as many light ones, a hair or two."""
    out = image.copy()
    pen = ImageDraw.Draw(out)
    for i in range(count + count // 10):
        x, y = float(rng.uniform(0, image.width)), float(rng.uniform(0, image.height))
        r = float(rng.exponential(0.28)) * dpi / 72
        shade = 255 if i >= count else int(rng.integers(20, 150))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(shade,) * len(image.getbands()))
    for _ in range(int(rng.integers(0, 3))):
        start = rng.uniform(0, 1, 2) * image.size
        path = curve(start + np.cumsum(rng.normal(0, 12, (5, 2)), axis=0) * dpi / 72)
        pen.line([tuple(p) for p in path], fill=(110,) * len(image.getbands()), width=max(1, dpi // 150))
    return out


def shade(image: Image.Image, rng: Rng, dpi: int, depth: float = 0.35) -> Image.Image:
    """Darker by up to ``depth`` towards a corner or along the fold at the left, and a little uneven."""
    high, wide = image.height // 8, image.width // 8
    y, x = np.ogrid[0 : 1 : high * 1j, 0 : 1 : wide * 1j]
    if rng.random() < 0.5:
        x, y = (x if rng.random() < 0.5 else 1 - x), (y if rng.random() < 0.5 else 1 - y)
        dark = np.clip(1 - np.hypot(x, y) / 0.9, 0, 1) ** 1.5
    else:
        dark = np.exp(-x / 0.07) + 0 * y
    return dimmed(image, 1 - depth * dark - 0.06 * cloud((high, wide), rng, 4))


def dimmed(
    image: Image.Image, light: np.ndarray, tint: tuple[float, float, float] = (1, 1, 1)
) -> Image.Image:
    """``image`` times a coarse map of ``light`` 0..1, each channel times its ``tint``."""
    maps = (Image.fromarray(np.clip(light * t * 255, 0, 255).astype(np.uint8)) for t in tint)
    layer = Image.merge("RGB", [m.resize(image.size, Image.Resampling.BICUBIC) for m in maps])
    return ImageChops.multiply(image.convert("RGB"), layer)


def paper(
    image: Image.Image, rng: Rng, dpi: int, white: tuple[int, int, int] = (246, 244, 238)
) -> Image.Image:
    """White becomes ``white``, black a dark grey."""
    table = [round(28 + (w - 28) * v / 255) for w in white for v in range(256)]
    return image.convert("RGB").point(table)


def jpeg(image: Image.Image, rng: Rng, dpi: int, quality: int = 70) -> Image.Image:
    """Through JPEG of ``quality`` and back."""
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert(image.mode)


def fax(image: Image.Image, rng: Rng, dpi: int) -> Image.Image:
    """1-bit with the threshold too low (thin strokes) or too high (fat ones), and specks."""
    grey = blur(image.convert("L"), rng, dpi, 0.16)
    grey = noise(grey, rng, dpi, 12)
    cut = float(rng.choice((rng.uniform(88, 110), rng.uniform(165, 195))))
    grey = grey.point([255 * (v > cut) for v in range(256)])
    return speckle(grey, rng, dpi, 350).convert("1", dither=Image.Dither.NONE)


def tilted(source: tuple[int, int], corners: np.ndarray) -> list[float]:
    """Eight numbers that map the sheet's ``corners`` (4 x 2, clockwise) to a picture of size ``source``."""
    wide, high = source
    rows, goal = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        goal += [u, v]
    return [float(n) for n in np.linalg.solve(np.array(rows, float), np.array(goal, float))]


def photo(image: Image.Image, rng: Rng, dpi: int) -> Image.Image:
    """The sheet on a table, seen a little from the side, warm light with a shadow across."""
    wide, high = image.size
    size = (round(wide * 1.08), round(high * 1.07))
    inset = np.array([[0.04, 0.035], [0.96, 0.035], [0.96, 0.965], [0.04, 0.965]]) * size
    corners = inset + rng.uniform(-0.022, 0.022, (4, 2)) * size
    how = (size, Image.Transform.PERSPECTIVE, tilted(image.size, corners), Image.Resampling.BICUBIC)
    sheet = image.convert("RGB").transform(*how)
    mask = Image.new("L", image.size, 255).transform(*how)
    out = table_top(size, rng)
    soft = mask.filter(ImageFilter.GaussianBlur(dpi / 16)).point([round(v * 0.45) for v in range(256)])
    out.paste((20, 14, 10), (dpi // 25, dpi // 25), soft)
    out.paste(sheet, (0, 0), mask)
    return lit(out, rng)


def table_top(size: tuple[int, int], rng: Rng) -> Image.Image:
    """A brown table with its grain running across."""
    wide, high = size
    grain = Image.fromarray((rng.random((high // 6, 5)) * 255).astype(np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    tone = 0.75 + 0.25 * np.asarray(grain, np.float32)[..., None] / 255
    base = np.array([(122, 84, 52), (92, 66, 48), (150, 118, 84)][int(rng.integers(3))], np.float32)
    return Image.fromarray(
        (base * tone * (0.85 + 0.15 * cloud((high, wide), rng, 3)[..., None])).astype(np.uint8)
    )


def lit(image: Image.Image, rng: Rng) -> Image.Image:
    """Warm light falling off to one side, and the soft edge of a shadow."""
    y, x = np.ogrid[-1 : 1 : (image.height // 8) * 1j, -1 : 1 : (image.width // 8) * 1j]
    turn, across = rng.uniform(0, 2 * math.pi, 2)
    light = 0.9 + 0.1 * (x * math.cos(turn) + y * math.sin(turn))
    edge = (x * math.cos(across) + y * math.sin(across) - rng.uniform(0.1, 0.6)) / 0.16
    return dimmed(image, light * (1 - 0.24 / (1 + np.exp(-edge))), (1.0, 0.965, 0.89))


def turned(image: Image.Image, degrees: int) -> Image.Image:
    """Laid on the glass the wrong way: 90, 180 or 270 degrees anticlockwise."""
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return image.transpose(ways[degrees])


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages side by side, with the dark fold of a bound file between colour or grey ones."""
    high = max(left.height, right.height)
    out = Image.new(left.mode, (left.width + right.width, high), "white" if left.mode == "RGB" else 255)
    out.paste(left, (0, 0))
    out.paste(right, (left.width, 0))
    if left.mode == "1":
        return out
    away = np.abs(np.arange(out.width) - left.width) / out.width
    fall = (1 - 0.45 * np.exp(-away / 0.012)).astype(np.float32)
    pixels = np.asarray(out, np.float32) * (fall[None, :, None] if out.mode == "RGB" else fall[None, :])
    return Image.fromarray(pixels.astype(np.uint8))


def signed(image: Image.Image, page: Page, names: list[str], rng: Rng, dpi: int, level: str) -> Image.Image:
    """Signatures and seals in the room the page leaves for them; one seal, for the last signer's column."""
    black = level == "fax"
    for i, box in enumerate(page.signs):
        image = signature(
            image, rng, dpi, box, "black" if black else "blue", 1.35 if level == "hard" else 1.0
        )
        if i == len(page.signs) - 1:
            near = (box[0] + box[2]) / 2 - float(rng.uniform(42, 56))
            low = (box[1] + box[3]) / 2 + float(
                rng.uniform(-14, 14) if level == "hard" else rng.uniform(-5, 5)
            )
            image = seal(image, rng, dpi, (near, low), names, "black" if black else "red")
    return image


def stamped(image: Image.Image, page: Page, names: list[str], rng: Rng, dpi: int, first: bool) -> Image.Image:
    """What else is stamped in a registry: edge seal, incoming mail, urgency, copy."""
    image = edge_seal(image, rng, dpi, names)
    if first and rng.random() < 0.5:
        image = incoming(image, rng, dpi)
    if first and rng.random() < 0.6:
        low = max([line.box[3] for line in page.lines if line.part == "letterhead"], default=120.0)
        text = ("HỎA TỐC", "SAO Y", "KHẨN")[int(rng.integers(3))]
        image = word_stamp(
            image, rng, dpi, text, (float(rng.uniform(84, 112)), low + float(rng.uniform(0, 8)))
        )
    return image


def passes(level: str) -> list[Wear]:
    """The damages of ``level`` in the order they happen; stamps and signatures come before."""
    return {
        "clean": [],
        "mild": [skew, partial(blur, points=0.14), partial(noise, spread=4), partial(jpeg, quality=70)],
        "hard": [
            paper,
            partial(speckle, count=300),
            shade,
            partial(skew, most=1.8),
            partial(blur, points=0.25),
            partial(noise, spread=9),
            partial(jpeg, quality=35),
        ],
        "fax": [partial(skew, most=0.8), fax],
        "photo": [
            paper,
            photo,
            partial(blur, points=0.16),
            partial(noise, spread=5),
            partial(jpeg, quality=60),
        ],
    }[level]


def wear(images: list[Image.Image], pages: list[Page], level: str, seed: int, dpi: int) -> list[Image.Image]:
    """Page images, RGB, as ``level`` leaves them; each page has its own generator."""
    names = next((page.issuer for page in pages if page.issuer), ["ỦY BAN NHÂN DÂN"])
    out = []
    for i, (image, page) in enumerate(zip(images, pages, strict=True)):
        rng = np.random.default_rng([seed, i])
        names = page.issuer or names
        if level != "clean":
            image = signed(image, page, names, rng, dpi, level)
        if level == "hard":
            image = stamped(image, page, names, rng, dpi, i == 0)
        for step in passes(level):
            image = step(image, rng, dpi)
        out.append(image)
    return out
