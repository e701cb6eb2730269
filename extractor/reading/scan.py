"""The picture of a page becomes a leaf: cleaned, read, what is no text left out.

Words stand in points of the upright, level page, so that rows and columns are straight; the leaf's ``back``
takes a box to the page as it is displayed.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from extractor.ground.source import ROUTES, Box, Route
from extractor.ground.vietnamese import tally, validity
from extractor.reading import ocr, slots
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
#: the scales of further readings
AGAIN = (1.35, 0.85)
#: parts of the usual height of a token: a letter is not smaller; how much wider than high a hyphen is
SPECK, FLAT = 0.3, 1.4
#: signs that never stand alone between words, and the confidence under which no sign does
NEVER_ALONE, UNSURE = ".,'`’°ˆ^_¬|~?*¡‡•·", 0.6
#: a line of at most so many words whose mean confidence is lower is no print
FEW, SCRIBBLE = 4, 0.45
#: how much wider than usual the strokes of bold print are
BOLD = 1.22
#: what no pen leaves: a marked slot, a number line, a date, a document's number
FORMS = rf"{slots.UNREADABLE}|^S\w{{1,2}}\s?[:.]|(?i:ng[aà]y|th[aá]ng)\b|[-/]\s?[A-ZĐ]{{2}}"
#: what begins the items of lists, and the confidence from which it may stand alone
BULLETS, LONELY = ("-", "–", "+"), 0.8
#: Tesseract's confidence → share of words that are right, counted on 16,500 words of rendered pages
TRUST = (
    (0.0, 0.2),
    (0.4, 0.4),
    (0.6, 0.5),
    (0.8, 0.7),
    (0.9, 0.9),
    (0.92, 0.95),
    (0.95, 0.975),
    (0.96, 0.996),
    (1.0, 0.998),
)
#: of a word that is misread this share of its letters is wrong
WRONG_LETTERS = 0.35
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

    tokens = _legible(slots.settled(_kept(reading.words), clean.image.height, _views(clean), number == 1))
    error = error_of(reading.words) if tokens else None
    leaf = Leaf(
        tuple(_words(tokens, scale, _bold(clean, tokens))),
        tuple(grids([Box(*(side * scale for side in line)) for line in clean.lines])),
        Frame(clean.image.width * scale, clean.image.height * scale),
        OCR,
        Route(route, ROUTES[route], error, pose.turn) if tokens else Route("blank", ROUTES["blank"]),
        back,
        shown,
    )
    return leaf, list(_notes(number, error, reading.whole))


def _views(clean: Any) -> slots.Views:
    """A second look at parts of a cleaned page."""
    from extractor.reading import image

    def again(box: Box) -> tuple[str, ...]:
        parts = [(image.enlarged(clean, box, scale), round(clean.dpi * scale)) for scale in AGAIN]
        found = (ocr.read(part, dpi, ocr.LINE).words for part, dpi in parts)
        return tuple(" ".join(token.text for token in words) for words in found)

    return slots.Views(
        again, lambda box: image.inked(clean, box), lambda box: image.penned(clean, box)
    )


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


def _kept(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without specks, and hyphens for what has the shape of one.

    A speck is a sign that stands alone and has no use there, or a token too small for what it is said to be.
    """
    heights = [token.bottom - token.top for token in tokens if any(map(str.isalnum, token.text))]
    tall = median(heights) if heights else 30
    found = (_shaped(token, tall) for token in tokens)
    return [token for token in found if token is not None]


def _shaped(token: Token, tall: float) -> Token | None:
    width, height = token.x1 - token.x0, token.bottom - token.top
    if any(map(str.isalnum, token.text)):
        return token if height >= SPECK * tall else None
    if set(token.text) <= {".", "…"}:
        return token if len(token.text) > 2 else None
    if FLAT * height <= width <= 1.2 * tall and height <= 0.25 * tall:
        return token if token.text in ("-", "–") else token._replace(text="-", sure=min(token.sure, 0.8))
    if set(token.text) <= set(NEVER_ALONE):
        return None
    return token if token.sure > UNSURE else None


def _legible(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without what pens and seals left: stretches of few words that are mostly guesses, and a
    doubtful hyphen that begins no list.
    """
    parts = [part for _, line in groupby(tokens, key=lambda token: token.line) for part in _apart(list(line))]
    bullets = [part[0].x0 for part in parts if part[0].text in BULLETS]
    kept: list[Token] = []
    for part in parts:
        if part[0].text in BULLETS and part[0].sure < LONELY and len(part) > 1:
            alone = sum(abs(part[0].x0 - x0) <= part[0].x1 - part[0].x0 + 8 for x0 in bullets) == 1
            part = part[1:] if alone else part
        if len(part) > 1 and part[-1].text in BULLETS and part[-1].sure < LONELY:
            part = part[:-1]
        if not any(char.isalnum() or char == slots.UNREADABLE for token in part for char in token.text):
            continue
        letters = sum(len(token.text) for token in part)
        sure = sum(token.sure * len(token.text) for token in part) / letters
        if sure >= SCRIBBLE or len(part) > FEW or _says_something(part):
            kept += [token._replace(text=_bare(token)) for token in part]
    return kept


def _says_something(part: Sequence[Token]) -> bool:
    """Is a doubtful stretch print all the same: an item of a list, a marked slot, nothing but words?"""
    said = " ".join(token.text for token in part)
    if part[0].text in BULLETS or re.search(FORMS, said):
        return True
    counted = tally(said)
    return counted.right and counted.total > 1


def _apart(line: list[Token]) -> Iterator[list[Token]]:
    """A line cut where its words stand far from each other, as in two columns."""
    part = [line[0]]
    for last, token in pairwise(line):
        if not -30 < token.x0 - last.x1 < 1.5 * max(12, last.bottom - last.top, token.bottom - token.top):
            yield part
            part = []
        part.append(token)
    yield part


def _bare(token: Token) -> str:
    """The text of a token without the strokes that a pen put before it."""
    return re.sub(r"^[=—_|^°~*\\`‘]+[-=—_|^°~*\\`‘]*(?=[\w/])", "", token.text)


def _bold(clean: Any, tokens: Sequence[Token]) -> list[bool]:
    """Which tokens stand on bold lines: most letters there have wider strokes than usual on the page."""
    from extractor.reading import image

    widths = image.strokes(clean, [token[1:5] for token in tokens])
    sizes = [size_of(token.text, token.x1 - token.x0) for token in tokens]
    shares = [width / size if size else 0.0 for width, size in zip(widths, sizes, strict=True)]
    told = [share for share in shares if share]
    usual = median(told) if told else 1.0
    lines: dict[int, int] = {}
    for token, share in zip(tokens, shares, strict=True):
        if share:
            weight = len(token.text) if share >= BOLD * usual else -3 * len(token.text)
            lines[token.line] = lines.get(token.line, 0) + weight
    return [lines.get(token.line, 0) > 0 for token in tokens]


def _words(tokens: Sequence[Token], scale: float, bold: Sequence[bool]) -> Iterator[Word]:
    """Tokens as words: sizes by their lines, gaps by Tesseract's lines."""
    usual = [size for token in tokens if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    common = median(usual) if usual else 13.0
    at = 0
    for _, group in groupby(zip(tokens, bold, strict=True), key=lambda pair: pair[0].line):
        line = list(group)
        size = _size([token for token, _ in line], scale, common)
        for place, (token, heavy) in enumerate(line):
            box = (token.x0 * scale, token.top * scale, token.x1 * scale, token.bottom * scale)
            gap = " " if place else "\n"
            yield Word(token.text, *box, token.base * scale, size, heavy, gap, at, trust(token.sure))
            at += 1


def _size(line: list[Token], scale: float, common: float) -> float:
    sizes = [size for token in line if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    size = median(sizes) if sizes else common
    return common if abs(size - common) <= ONE_SIZE * common else size


def trust(confidence: float) -> float:
    """The probability that a word of this confidence is read right (:data:`TRUST`)."""
    at = max(1, bisect_left(TRUST, confidence, hi=len(TRUST) - 1, key=lambda point: point[0]))
    (low, p), (high, q) = TRUST[at - 1], TRUST[at]
    return round(p + (q - p) * min(1.0, max(0.0, (confidence - low) / (high - low))), 4)


def error_of(tokens: Sequence[Token]) -> float:
    """The share of characters that are likely wrong, by the confidences of their words."""
    letters = sum(len(token.text) for token in tokens)
    wrong = sum(len(token.text) * (1 - trust(token.sure)) for token in tokens)
    return round(WRONG_LETTERS * wrong / letters, 3) if letters else 0.0
