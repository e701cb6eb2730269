"""The picture of a page becomes a leaf: cleaned, read, what is no text left out.

Words stand in points of the upright, level page, so that rows and columns are straight; the leaf's ``back``
takes a box to the page as it is displayed.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from statistics import median
from typing import Any

from extractor.ground.source import ROUTES, Box, Route
from extractor.ground.vietnamese import validity
from extractor.reading import ocr, slots, tokens
from extractor.reading.ocr import Token
from extractor.reading.rulings import grids
from extractor.reading.sheets import Leaf
from extractor.reading.typeface import SHORT_SIDE, size_of
from extractor.reading.words import Frame, Word

Notes = list[tuple[str, str]]
OCR, MIXED = "ocr", "mixed"
#: what the short side of a page may be, in inches
SIDES = (5.0, 13.0)
#: share of Vietnamese syllables, weighed by confidence, under which a page may stand on its head, and under
#: which it may lie on its side although its lines seem to stand
UPRIGHT, LOST = 0.6, 0.2
#: sizes within this part of the page's usual size are that size
ONE_SIZE = 0.12
#: mean confidence under which a stretch is read once more; how many a page; by how much that must be surer
DOUBTFUL, MANY, SURER = 0.7, 10, 0.1
#: confidence from which a word is print
PRINT = 0.9
#: the scales of further readings
AGAIN = (1.35, 0.85)
#: how much wider than usual the strokes of bold print are
BOLD = 1.22
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
    if not clean.blank and reading.whole and _trust(reading) < UPRIGHT:
        clean, reading = _turned(picture, dpi, clean, reading)
    scale = 72 / clean.dpi
    pose, zoom = clean.pose, shown[0] / clean.pose.width

    def back(box: Box) -> Box:
        pixels = pose.back(Box(*(side / scale for side in box)))
        return Box(*(round(side * zoom, 1) for side in pixels))

    found = tokens.kept(reading.words)
    found = _once_more(clean, found) if reading.whole else found
    found = slots.settled(found, clean.image.height, _views(clean), number == 1)
    found = tokens.legible(found, _pens(clean, found))
    error = tokens.error_of(found) if found else None
    leaf = Leaf(
        tuple(_words(found, scale, _bold(clean, found))),
        tuple(grids([Box(*(side * scale for side in line)) for line in clean.lines])),
        Frame(clean.image.width * scale, clean.image.height * scale),
        OCR,
        Route("blank", ROUTES["blank"]) if clean.empty else Route(route, ROUTES[route], error, pose.turn),
        back,
        shown,
    )
    unread = not found and not clean.empty
    return leaf, list(_notes(number, error, reading.whole, unread))


def _views(clean: Any) -> slots.Views:
    """A second look at parts of a cleaned page."""
    from extractor.reading import image

    @cache  # the slots of a date stand in one row
    def again(box: Box) -> tuple[str, ...]:
        parts = [(image.enlarged(clean, box, scale), round(clean.dpi * scale)) for scale in AGAIN]
        found = (ocr.read(part, dpi, ocr.LINE, ocr.LINE_SECONDS).words for part, dpi in parts)
        return tuple(" ".join(token.text for token in words) for words in found)

    return slots.Views(again, lambda box: image.inked(clean, box), lambda box: image.penned(clean, box))


def _pens(clean: Any, found: Sequence[Token]) -> Callable[[Token], bool]:
    """Whether a token has the colour of a pen or a seal; none has where print has one, too."""
    from extractor.reading import image

    @cache
    def tinted(token: Token) -> bool:
        return image.tinted(clean, Box(*token[1:5]))

    @cache
    def printed_in_colour() -> bool:
        print_ = [token for token in found if token.sure >= PRINT and len(token.text) > 2]
        some = print_[:: len(print_) // MANY + 1]
        return 2 * sum(map(tinted, some)) > len(some)

    return lambda token: tinted(token) and not printed_in_colour()


def _notes(number: int, error: float | None, whole: bool, unread: bool) -> Iterator[tuple[str, str]]:
    if unread:
        yield "page_unread", f"page {number} is not empty, but nothing on it can be read"
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
    """The best way for a page to lie: on its head, and where nothing is read so either, on its sides."""
    from extractor.reading import image

    best = clean, reading
    for more in (180, 90, 270):
        if more != 180 and _trust(best[1]) > LOST:
            break
        other = image.cleaned(picture, dpi, (clean.pose.turn + more) % 360)
        read = ocr.read(other.image, other.dpi)
        if _trust(read) > _trust(best[1]):
            best = other, read
    return best


def _once_more(clean: Any, found: Sequence[Token]) -> list[Token]:
    """The tokens; those of doubtful stretches as a second reading gives them, where that is surer.

    Columns whose lines do not stand side by side disturb each other, and so do a seal or a stroke; alone and
    larger a stretch is often read well.
    """
    done: list[Token] = []
    left = MANY
    for part in tokens.stretches(found):
        doubtful = tokens.sureness(part) < DOUBTFUL and sum(len(token.text) for token in part) > 3
        better = _alone(clean, part) if doubtful and left else part
        left -= doubtful
        done += better if tokens.sureness(better) > tokens.sureness(part) + SURER else part
    return done


def _alone(clean: Any, part: Sequence[Token]) -> list[Token]:
    """A stretch of one line as it is read alone, in the place where it stands."""
    from extractor.reading import image

    x0, x1 = min(t.x0 for t in part) - 4, max(t.x1 for t in part) + 4
    top, low = round(median(t.top for t in part)) - 5, round(median(t.bottom for t in part)) + 5
    x0, top = max(0, x0), max(0, top)
    scale = AGAIN[0]
    read = ocr.read(
        image.enlarged(clean, Box(x0, top, x1, low), scale),
        round(clean.dpi * scale),
        ocr.LINE,
        ocr.LINE_SECONDS,
    )

    def back(x: float, y: float) -> tuple[int, int]:
        return round((x - image.MARGIN) / scale) + x0, round((y - image.MARGIN) / scale) + top

    moved = []
    for token in read.words:
        glyphs = tuple(
            glyph._replace(x0=a, top=b, x1=c, bottom=d)
            for glyph in token.glyphs
            for (a, b), (c, d) in [(back(glyph.x0, glyph.top), back(glyph.x1, glyph.bottom))]
        )
        (a, b), (c, d) = back(token.x0, token.top), back(token.x1, token.bottom)
        moved.append(Token(token.text, a, b, c, d, part[0].base, token.sure, part[0].line, glyphs))
    return tokens.kept(moved)


def _bold(clean: Any, found: Sequence[Token]) -> list[bool]:
    """Which tokens stand on bold lines: most letters there have wider strokes than usual on the page."""
    from extractor.reading import image

    widths = image.strokes(clean, [token[1:5] for token in found])
    sizes = [size_of(token.text, token.x1 - token.x0) for token in found]
    shares = [width / size if size else 0.0 for width, size in zip(widths, sizes, strict=True)]
    told = [share for share in shares if share]
    usual = median(told) if told else 1.0
    lines: dict[int, int] = {}
    for token, share in zip(found, shares, strict=True):
        if share:
            weight = len(token.text) if share >= BOLD * usual else -3 * len(token.text)
            lines[token.line] = lines.get(token.line, 0) + weight
    return [lines.get(token.line, 0) > 0 for token in found]


def _words(found: Sequence[Token], scale: float, bold: Sequence[bool]) -> Iterator[Word]:
    """Tokens as words: sizes by their lines, gaps by Tesseract's lines."""
    usual = [size for token in found if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    common = median(usual) if usual else 13.0
    at = 0
    for _, group in groupby(zip(found, bold, strict=True), key=lambda pair: pair[0].line):
        line = list(group)
        size = _size([token for token, _ in line], scale, common)
        for place, (token, heavy) in enumerate(line):
            box = (token.x0 * scale, token.top * scale, token.x1 * scale, token.bottom * scale)
            gap = " " if place else "\n"
            yield Word(token.text, *box, token.base * scale, size, heavy, gap, at, tokens.trust(token.sure))
            at += 1


def _size(line: list[Token], scale: float, common: float) -> float:
    sizes = [size for token in line if (size := size_of(token.text, (token.x1 - token.x0) * scale))]
    size = median(sizes) if sizes else common
    return common if abs(size - common) <= ONE_SIZE * common else size
