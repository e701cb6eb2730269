"""The picture of a page becomes a leaf: cleaned, read, what is no text left out.

Words stand in points of the upright, level page, so that rows and columns are straight; the leaf's ``back``
takes a box to the page as it is displayed.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from statistics import median
from typing import Any

from extractor.ground.source import ROUTES, Box, Route
from extractor.ground.vietnamese import validity
from extractor.reading import ocr
from extractor.reading.ocr import Token
from extractor.reading.rulings import grids
from extractor.reading.sheets import Leaf
from extractor.reading.typeface import size_of
from extractor.reading.words import Frame, Word

Notes = list[tuple[str, str]]
OCR, MIXED = "ocr", "mixed"
#: inches: the short side of A4, and what the short side of a page may be
SHORT_SIDE, SIDES = 8.27, (5.0, 13.0)
#: share of Vietnamese syllables, weighed by confidence, under which a page may lie on its side or head
UPRIGHT = 0.6
#: sizes within this part of the page's usual size are that size
ONE_SIZE = 0.12
#: share of wrong characters from which a page is called hard to read
HARD = 0.05


def paper_dpi(size: tuple[int, int], dpi: float | None) -> int:
    """The pixels an inch of a picture of ``size``: as its file says, where that makes a sheet of paper, else
    as of a sheet of A4.
    """
    short = min(size)
    told = dpi is not None and dpi > 0 and SIDES[0] <= short / dpi <= SIDES[1]
    return max(1, round(dpi if told and dpi else short / SHORT_SIDE))


def leaf_of(
    picture: Any, dpi: int, route: str, number: int, shown: tuple[float, float]
) -> tuple[Leaf, Notes]:
    """The leaf of a page's picture (Pillow image of ``dpi`` pixels an inch), and what there is to note.

    ``route`` is a key of ``ROUTES``, ``number`` the page's, ``shown`` the size (points) at which the page is
    displayed. Raises :class:`~extractor.ground.trouble.Missing` where there is no OCR engine.
    """
    from extractor.reading import image

    clean = image.cleaned(picture, dpi)
    reading = ocr.Reading() if clean.blank else ocr.read(clean.image, clean.dpi)
    if not clean.blank and _trust(reading) < UPRIGHT:
        clean, reading = _turned(picture, dpi, clean, reading)
    scale = 72 / clean.dpi
    pose, zoom = clean.pose, shown[0] / clean.pose.width

    def back(box: Box) -> Box:
        pixels = pose.back(Box(*(side / scale for side in box)))
        return Box(*(round(side * zoom, 1) for side in pixels))

    tokens = _kept(reading.words)
    error = error_of(reading.words) if tokens else None
    leaf = Leaf(
        tuple(_words(tokens, scale)),
        tuple(grids([Box(*(side * scale for side in line)) for line in clean.lines])),
        Frame(clean.image.width * scale, clean.image.height * scale),
        OCR,
        Route(route, ROUTES[route], error, pose.turn) if tokens else Route("blank", ROUTES["blank"]),
        back,
        shown,
    )
    return leaf, list(_notes(number, error, reading.whole))


def _notes(number: int, error: float | None, whole: bool) -> Iterator[tuple[str, str]]:
    if not whole:
        yield "page_cut", f"page {number} took more than {ocr.SECONDS} s to read: its end is missing"
    if error is not None and error >= HARD:
        yield "poor_scan", f"page {number} is hard to read: about {error:.0%} of its characters are wrong"


def _trust(reading: ocr.Reading) -> float:
    """The share of words that are Vietnamese syllables, weighed by confidence."""
    text = " ".join(token.text for token in reading.words)
    sure = [token.sure for token in reading.words]
    return validity(text) * (sum(sure) / len(sure)) if sure else 0.0


def _turned(picture: Any, dpi: int, clean: Any, reading: ocr.Reading) -> tuple[Any, ocr.Reading]:
    """The best of the page's four ways to lie."""
    from extractor.reading import image

    best = clean, reading
    for turn in (180, 90, 270, 0):
        if turn == clean.pose.turn or (turn + clean.pose.turn) % 180:
            continue
        other = image.cleaned(picture, dpi, turn)
        read = ocr.read(other.image, dpi)
        if _trust(read) > _trust(best[1]):
            best = other, read
    return best


def _kept(tokens: Iterable[Token]) -> list[Token]:
    """The tokens without specks: signs without letter or digit that are unsure."""
    return [token for token in tokens if any(map(str.isalnum, token.text)) or token.sure > 0.6]


def _words(tokens: list[Token], scale: float) -> Iterator[Word]:
    """Tokens as words: sizes by their lines, gaps by Tesseract's lines."""
    usual = [size for token in tokens if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    common = median(usual) if usual else 13.0
    at = 0
    for _, group in groupby(tokens, key=lambda token: token.line):
        line = list(group)
        size = _size(line, scale, common)
        for place, token in enumerate(line):
            box = (token.x0 * scale, token.top * scale, token.x1 * scale, token.bottom * scale)
            gap = " " if place else "\n"
            yield Word(token.text, *box, token.base * scale, size, False, gap, at, token.sure)
            at += 1


def _size(line: list[Token], scale: float, common: float) -> float:
    sizes = [size for token in line if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    size = median(sizes) if sizes else common
    return common if abs(size - common) <= ONE_SIZE * common else size


def error_of(tokens: list[Token]) -> float:
    """The share of characters that are likely wrong, by the confidences of their words."""
    letters = sum(len(token.text) for token in tokens)
    wrong = sum(len(token.text) * (1 - token.sure) for token in tokens)
    return round(wrong / letters, 3) if letters else 0.0
