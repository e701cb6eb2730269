"""Pages of a PDF as pictures: rendered at their own resolution, read, and put in the place of their text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.ground.source import ROUTES, Box, Route
from extractor.reading import layer
from extractor.reading.scan import MIXED, Notes, leaf_of, paper_dpi
from extractor.reading.sheets import Leaf
from extractor.reading.words import Frame, Word, frame_of, parted

#: pixels an inch: of a page without a picture that fills it, and the bounds of one that has such a picture
DRAWN, LEAST, MOST = 200, 100, 300
#: pixels of one rendered page
MAX_PIXELS = 40_000_000


def leaves(
    content: bytes, texts: Sequence[Leaf], wanted: Mapping[int, str]
) -> Iterator[tuple[int, Leaf, Notes]]:
    """Page index, leaf and notes of each page of ``wanted`` (index → a key of ``ROUTES``), one at a time.

    ``texts`` are the leaves that the text layers gave; a mixed page keeps its own.
    """
    if not wanted:
        return
    from pypdfium2 import PdfiumError

    from extractor.reading.pdf import opened

    try:
        document = opened(content)
    except PdfiumError:  # a file that only pdfplumber could open shows no pictures
        return
    try:
        for at in sorted(wanted):
            try:
                leaf, notes = _read(document, at, wanted[at], texts[at])
            except (PdfiumError, MemoryError):
                leaf, notes = texts[at], [("page_damaged", f"page {at + 1} is damaged and was not read")]
            yield at, leaf, notes
    finally:
        document.close()


def _read(document: Any, at: int, route: str, text: Leaf) -> tuple[Leaf, Notes]:
    page = document[at]
    try:
        return _mixed(page, at, text) if route == "mixed" else _whole(page, at, route)
    finally:
        page.close()


def _whole(page: Any, at: int, route: str) -> tuple[Leaf, Notes]:
    frame = frame_of(page)
    picture, dpi = _rendered(page, frame)
    return leaf_of(picture, paper_dpi(picture.size, dpi), route, at + 1, (frame.width, frame.height))


def _mixed(page: Any, at: int, text: Leaf) -> tuple[Leaf, Notes]:
    """The text of a page, and what its pictures hold where no text lies over them."""
    frame, own = frame_of(page), parted(text.words)
    free = [box for box in layer.picture_boxes(page, frame) if not _covered(box, own)]
    if not free:
        return replace(text, route=Route("text_layer", ROUTES["text_layer"])), []
    picture, dpi = _rendered(page, frame)
    words, notes = list(own), []
    for box in free:
        scale = dpi / 72
        part = picture.crop(tuple(round(side * scale) for side in box))
        leaf, said = leaf_of(
            part, max(1, round(dpi)), "mixed", at + 1, (box.x1 - box.x0, box.bottom - box.top)
        )
        notes += said
        words += [_moved(word, leaf, box, len(words) + place) for place, word in enumerate(leaf.words)]
    if len(words) == len(own):
        return replace(text, route=Route("text_layer", ROUTES["text_layer"])), []
    return replace(text, words=words, origin=MIXED, route=Route("mixed", ROUTES["mixed"])), notes


def _moved(word: Word, leaf: Leaf, box: Box, order: int) -> Word:
    """A word of a picture on the page that holds the picture."""
    own = Box(word.x0, word.top, word.x1, word.bottom)
    x0, top, x1, bottom = leaf.back(own) if leaf.back else own
    base = word.base - word.top + top
    return word._replace(
        x0=x0 + box.x0,
        top=top + box.top,
        x1=x1 + box.x0,
        bottom=bottom + box.top,
        base=base + box.top,
        order=order,
    )


def _covered(box: Box, words: Sequence[Word]) -> bool:
    """Does text lie on a picture, as on a background?"""
    return any(box.x0 < w.x0 and w.x1 < box.x1 and box.top < w.top and w.bottom < box.bottom for w in words)


def _rendered(page: Any, frame: Frame) -> tuple[Any, float]:
    """The page as a Pillow image and its pixels an inch of the displayed page."""
    dpi: float = min(MOST, max(LEAST, layer.picture_dpi(page, frame) or DRAWN))
    pixels = frame.width * frame.height * (dpi / 72) ** 2
    if pixels > MAX_PIXELS:
        dpi *= (MAX_PIXELS / pixels) ** 0.5
    return page.render(scale=dpi / 72).to_pil(), dpi
