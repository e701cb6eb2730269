#!/usr/bin/env python3
"""Plans from corpus/**/plans/*.txt as page images.

    corpus_scan.py PLAN.txt OUT_DIR --level mild --dpi 200 --seed 1 [--hand] [--pdf]

Set by ``corpus_plan``, damaged by ``corpus_wear``, written by ``corpus_scanfile``.
The same seed gives the same pixels.
"""

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus_ink import INKS, pen_digits
from corpus_page import HEIGHT, WIDTH, Page, face, truth
from corpus_plan import layout
from corpus_scanfile import to_pdf
from corpus_wear import LEVELS, wear

FINER = 2  # pages are drawn at twice the resolution


@dataclass
class Scan:
    """Images as scanned, and the pages they show as they were before their damage."""

    images: list[Image.Image]
    pages: list[Page]
    dpi: int


def draw(page: Page, dpi: int, rng: random.Random, ink: str = "blue") -> Image.Image:
    """One page, RGB, ``dpi`` pixels an inch; words marked ``hand`` are written with a pen in ``ink``."""
    scale = dpi / 72 * FINER
    size = (round(WIDTH * dpi / 72) * FINER, round(HEIGHT * dpi / 72) * FINER)
    sheet = Image.new("L", size, 255)
    pen = ImageDraw.Draw(sheet)
    for line in page.lines:
        for word in line.words:
            if not word.hand:
                at = (round(word.x * scale), round(word.y * scale))
                pen.text(at, word.text, font=face(word.style, round(word.size * scale)), fill=12, anchor="ls")
    for x0, y0, x1, y1 in page.rules:
        ends = [round(x0 * scale), round(y0 * scale), round(x1 * scale), round(y1 * scale)]
        pen.line(ends, fill=20, width=max(2, round(0.6 * scale)))
    image = sheet.reduce(FINER).convert("RGB")
    for line in page.lines:
        for word in line.words:
            if word.hand:
                write(image, word.text, word.x, word.y, word.size, dpi, rng, ink)
    return image


def write(
    image: Image.Image, text: str, x: float, y: float, size: float, dpi: int, rng: random.Random, ink: str
) -> None:
    """Write digits with a pen into ``image``, from ``x`` on the baseline ``y``, ``size`` in points."""
    mask = pen_digits(text, size * dpi / 72, rng)
    at = (round((x - 2) * dpi / 72), round((y + 0.25 * size) * dpi / 72) - mask.height)
    layer = Image.new("RGB", image.size, "white")
    layer.paste(INKS[ink], at, mask)
    image.paste(ImageChops.multiply(image, layer))


def scan(text: str, level: str = "clean", dpi: int = 200, seed: int = 0, hand: bool = False) -> Scan:
    """A plan's text as a scan of ``level``; a fax is always 200 dpi and 1-bit."""
    rng = random.Random(seed)
    dpi = 200 if level == "fax" else dpi
    pages = layout(text, seed, hand)
    ink = rng.choice(("blue", "blue", "black"))
    images = [draw(page, dpi, rng, ink) for page in pages]
    return Scan(wear(images, pages, level, seed, dpi), pages, dpi)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("plan", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--level", choices=LEVELS, default="clean")
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hand", action="store_true", help="own number and day by hand")
    parser.add_argument("--pdf", action="store_true", help="one PDF instead of pictures")
    args = parser.parse_args(argv)
    made = scan(args.plan.read_text("utf-8"), args.level, args.dpi, args.seed, args.hand)
    args.out.mkdir(parents=True, exist_ok=True)
    stem = f"{args.plan.stem}.{args.level}"
    if args.pdf:
        (args.out / f"{stem}.pdf").write_bytes(to_pdf(made.images, made.dpi))
    else:
        for i, image in enumerate(made.images, 1):
            image.save(args.out / f"{stem}.{i}.png", dpi=(made.dpi, made.dpi))
    (args.out / f"{stem}.txt").write_text(truth(made.pages) + "\n", "utf-8")


if __name__ == "__main__":
    main()
