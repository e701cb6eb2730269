"""What a reader hands over: the text as found, with its pages, and its lines where they have places."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.ground.text import Span


class Box(NamedTuple):
    """A rectangle on a page: points (1/72 inch) from the page's top left corner, y downwards."""

    x0: float
    top: float
    x1: float
    bottom: float


class Place(NamedTuple):
    """Where a stretch of raw text stands: the page (from 1) and, where the format has one, the box."""

    page: int
    box: Box | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the raw text as the format knows it; ``[start, end)`` are raw offsets.

    ``opens``: does a block (paragraph, heading, bullet, table row) begin here? ``True`` / ``False``
    where the format or its geometry tells, ``None`` where only the words can. ``size`` is in points.
    ``aside``: a page number, by its value and its place at the page's edge.
    """

    start: int
    end: int
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    opens: bool | None = None
    aside: bool = False


#: what a reader puts in the place of something that cannot be read (Unicode's REPLACEMENT CHARACTER)
REPLACEMENT = "\ufffd"


class Seen(NamedTuple):
    """One word read from a picture: ``[start, end)`` in the raw text (in its line, before that is joined),
    its box, and the probability that it is read right.
    """

    start: int
    end: int
    box: Box
    sure: float


class Route(NamedTuple):
    """Why a page was read as it was.

    ``kind`` is one of :data:`ROUTES`, ``reason`` says it in words. ``error`` is, for a page read from its
    picture, the share of its characters that are likely wrong; ``turn`` the quarter turns (degrees,
    clockwise) that set the picture upright.
    """

    kind: str
    reason: str
    error: float | None = None
    turn: int = 0


#: what a page can be → what it says of itself
ROUTES = {
    "text_layer": "the page has its own text",
    "no_text_layer": "the page is a picture without text",
    "signature_overlay": "the page is a picture; its text is only an overlay, such as a signature's",
    "foreign_ocr_layer": "the text layer was written by an OCR program that knows no Vietnamese",
    "unreadable_text": "the text layer is damaged beyond repair",
    "mixed": "the page has text and, beside it, a picture with text",
    "forced": "reading from the picture was asked for",
    "blank": "the page is empty",
    "damaged": "the page cannot be opened",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``[start, end)`` in the raw text; ``origin`` is ``"text"``, ``"ocr"`` or ``"mixed"``.

    ``route`` says why, where the format leaves a choice (PDF and pictures).
    """

    number: int
    start: int
    end: int
    origin: str = "text"
    width: float | None = None
    height: float | None = None
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read: nothing tidied, nothing guessed.

    ``words`` are those that were read from pictures, in order, by ``engine`` (version and model's digest).

    ``raw`` joins the lines by ``"\\n"``. A table row is one line of the form ``| cell | cell |``.
    Pages tile ``raw``; a format that keeps no trace of them has none. ``lines`` is empty where a format
    has neither boxes nor blocks (plain text); otherwise it names every line of ``raw``.
    """

    name: str
    media_type: str
    sha256: str
    raw: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    words: tuple[Seen, ...] = ()
    engine: str | None = None

    def places(self, span: Span) -> list[Place]:
        """The pages, and boxes where lines have them, that the raw ``span`` touches."""
        boxes = self._boxes(span)
        return boxes or [Place(p.number, None) for p in self._pages(span)]

    def _pages(self, span: Span) -> Sequence[Page]:
        """The pages that a raw span touches; none where the format knows none."""
        if len(self.pages) < 2:
            return self.pages
        first = max(0, bisect_right(self.pages, span.start, key=lambda p: p.start) - 1)
        found: list[Page] = []
        for page in self.pages[first:]:
            if found and page.start >= span.end:
                break
            found.append(page)
        return found

    def _boxes(self, span: Span) -> list[Place]:
        if not self.lines:
            return []
        first = max(0, bisect_right(self.lines, span.start, key=lambda li: li.start) - 1)
        merged: dict[int, Box] = {}
        for line in self.lines[first:]:
            if line.start >= span.end:
                break
            if line.box is None or line.end <= span.start:
                continue
            page = self._pages(Span(line.start, line.end))[0].number
            inside = Span(max(span.start, line.start), min(span.end, line.end))
            for box in [seen.box for seen in self.seen(inside)] or [line.box]:
                merged[page] = around(merged.get(page, box), box)
        return [Place(page, box) for page, box in merged.items()]

    def seen(self, span: Span) -> list[Seen]:
        """The words read from pictures that the raw ``span`` touches."""
        return within(self.words, span)


class Shown(NamedTuple):
    """A page to look at: its number (from 1), its size in points (boxes count in them), and a JPEG."""

    page: int
    width: float
    height: float
    jpeg: bytes


def within(words: Sequence[Seen], span: Span) -> list[Seen]:
    """Those of ``words`` (in order) that a raw ``span`` touches."""
    if not words:
        return []
    first = bisect_right(words, span.start, key=lambda word: word.end)
    last = bisect_left(words, span.end, lo=first, key=lambda word: word.start)
    return list(words[first:last])


def around(one: Box, other: Box) -> Box:
    """The box around two boxes."""
    return Box(
        min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom)
    )


def origin(source: Source) -> str:
    """``"text"``, ``"ocr"`` or ``"mixed"``: where the pages' characters come from."""
    kinds = {page.origin for page in source.pages} or {"text"}
    return kinds.pop() if len(kinds) == 1 else "mixed"
