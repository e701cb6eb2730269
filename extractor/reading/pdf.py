"""PDF: pages with a text of their own by its geometry, the others by their pictures.

Digital pages: words with places, letterheads cut in columns, ruled tables as rows, blocks by geometry.
A page that is a picture (:mod:`extractor.reading.layer` tells) is rendered and read by OCR, and its words
go the same way.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.ground.source import ROUTES, Route, Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import cids, layer, ocr
from extractor.reading.characters import text_of
from extractor.reading.columns import telling
from extractor.reading.damaged import damaged
from extractor.reading.rulings import grids_of
from extractor.reading.sheets import Leaf, bound
from extractor.reading.stretches import LINES, lines_of, words_of
from extractor.reading.words import Frame, Word, frame_of, tidy

MAX_PAGES = 2000
#: pictures read in one document; a page takes about a second
MAX_SCANS = 300
CATALOG = rb"(\d{1,9})\s+0\s+obj\s*<<(?:(?!endobj).){0,300}?/Type\s*/Catalog"
TRAILER = b"trailer\n<</Root %d 0 R/Size 1>>\nstartxref\n0\n%%%%EOF\n"
#: what the notes say of a page that was not read
UNREAD = {
    "page_without_text": "page {} is a picture without text of its own and was not read",
    "picture_unread": "page {} holds a picture beside its text that was not read",
    "page_damaged": "page {} is damaged and was not read",
    "page_too_late": f"page {{}} is a picture and was not read: there are more than {MAX_SCANS}",
}
#: routes of pages that hold nothing but a picture
PICTURES = ("no_text_layer", "signature_overlay", "foreign_ocr_layer")


@dataclass(frozen=True, slots=True)
class Found:
    """A page as its text layer gives it: a key of ``ROUTES``, its leaf, and how odd its characters are.

    ``numbered``: do its characters look like glyph numbers?
    """

    route: str
    leaf: Leaf
    numbered: bool = False
    odd: int = 0


def read(
    content: bytes,
    name: str,
    kind: str = "pdf",
    choice: str = "auto",
    again: Mapping[int, str] | None = None,
) -> Source:
    """The text of a PDF file.

    ``choice``: ``"auto"`` reads the pictures of pages that have no text of their own and of those in
    ``again`` (page number → a key of ``ROUTES``, why); ``"force"`` all; ``"never"`` none. Pages that were
    not read are named in ``notes``. Raises :class:`Trouble` where no page can be read (:class:`Missing`
    where an OCR engine could).
    """
    pages = _lettered(content, _pages(content))
    leaves, notes = _read_pictures(content, pages, choice, again or {})
    if not any(leaf.words for leaf in leaves):
        raise _refusal(pages, choice)
    return bound(content, name, kind, leaves, _cut(content) + notes)


def _pages(content: bytes) -> list[Found]:
    """Every page through pdfium; through pdfplumber where pdfium cannot open the file."""
    import pypdfium2

    try:
        document = opened(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _encrypted() from error
        return _second_try(content)
    try:
        _check_length(len(document))
        return [_page(document, at) for at in range(len(document))] or _second_try(content)
    finally:
        document.close()


def opened(content: bytes) -> Any:
    """The pypdfium2 document; one whose end is cut off gets a new trailer that names its catalogue."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        roots = re.findall(CATALOG, content)
        if not roots or b"trailer" in content[-2048:]:
            raise
        return pypdfium2.PdfDocument(content + b"\nendobj\n" + TRAILER % int(roots[-1]))


def _page(document: Any, at: int) -> Found:
    import pypdfium2

    try:
        page = document[at]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Found("damaged", Leaf((), (), Frame(595.0, 842.0)))
    try:
        frame, text = frame_of(page), text_of(textpage)
        route = layer.route(page, text, frame)
        if route not in ("text_layer", "mixed"):
            return Found(route, Leaf((), (), frame))
        grids = grids_of(page, frame)
        odd = len(text) if layer.drops_letters(page, text) else cids.oddity(text)
        words = _lines(textpage, text, frame) if not grids and not telling(text) else None
        words = words or lines_of(textpage, text, frame)
        return Found(route, Leaf(words, grids, frame), cids.looks_numbered(odd, text), odd)
    finally:
        textpage.close()
        page.close()


def _lines(textpage: Any, text: str, frame: Frame) -> list[Word] | None:
    """Whole lines for words, or ``None`` where this page needs its words one by one."""
    lines = words_of(textpage, text, frame, LINES)
    return lines if tidy(lines, frame) else None


def _lettered(content: bytes, found: list[Found]) -> list[Found]:
    """Pages of glyph numbers read again with letters, where that leaves fewer odd characters."""
    numbered = [at for at, page in enumerate(found) if page.numbered]
    if numbered:
        found = list(found)
        try:
            for at, words, _, _ in cids.pages(content, numbered):
                text = " ".join(word.text for word in words)
                if words and cids.oddity(text) < found[at].odd:
                    found[at] = replace(found[at], leaf=replace(found[at].leaf, words=words))
        except Exception:  # pdfminer raises kinds of its own; the words of pdfium stay
            return found
    return found


def _second_try(content: bytes) -> list[Found]:
    try:
        total = cids.count(content)
    except Exception as error:  # pdfminer raises kinds of its own on hostile bytes
        if "password" in type(error).__name__.lower() + repr(error).lower():
            raise _encrypted() from error
        raise _damaged() from error
    _check_length(total)
    found = [Found("damaged", Leaf((), (), Frame(595.0, 842.0)))] * total
    for at, words, width, height in cids.pages(content, range(total)):
        found[at] = Found("text_layer" if words else "blank", Leaf(words, (), Frame(width, height)))
    if not any(page.leaf.words for page in found):
        raise _damaged()
    return found


def _read_pictures(
    content: bytes, pages: Sequence[Found], choice: str, again: Mapping[int, str]
) -> tuple[list[Leaf], list[tuple[str, str]]]:
    """The leaves of all pages, their pictures read where ``choice`` asks for it and an engine is here."""
    from extractor.reading import pdfscan

    leaves = [replace(page.leaf, route=Route(page.route, ROUTES[page.route])) for page in pages]
    wanted = {at: route for at, page in enumerate(pages) if (route := _asked(page, at, choice, again))}
    unread = [at for at, page in enumerate(pages) if page.route in PICTURES and at not in wanted]
    if wanted and not ocr.available():
        if choice == "force" or not any(page.leaf.words for page in pages):
            raise ocr.missing()
        unread = [at for at, page in enumerate(pages) if page.route in PICTURES]
        wanted = {}
    chosen = dict(list(wanted.items())[:MAX_SCANS])
    notes = [_said("page_damaged", at) for at, page in enumerate(pages) if page.route == "damaged"]
    notes += [_said("page_without_text", at) for at in unread]
    skipped = [at for at, page in enumerate(pages) if page.route == "mixed" and at not in wanted]
    notes += [_said("picture_unread", at) for at in skipped]
    notes += [_said("page_too_late", at) for at in wanted if at not in chosen]
    for at, leaf, said in pdfscan.leaves(content, leaves, chosen):
        leaves[at] = leaf
        notes += said
    return leaves, notes


def _asked(page: Found, at: int, choice: str, again: Mapping[int, str]) -> str | None:
    """The route by which the picture of a page is to be read; ``None`` where it is not."""
    if choice == "never" or page.route in ("blank", "damaged"):
        return None
    if page.route in PICTURES:
        return page.route
    if at + 1 in again:
        return again[at + 1]
    if choice == "force":
        return "forced"
    return "mixed" if page.route == "mixed" else None


def _said(code: str, at: int) -> tuple[str, str]:
    return code, UNREAD[code].format(at + 1)


def _check_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise Trouble(
            "too_large", f"The PDF has {pages} pages, more than {MAX_PAGES}", "Split it and try again."
        )


def _refusal(pages: Sequence[Found], choice: str) -> Trouble:
    routes = {page.route for page in pages}
    if choice == "never" and routes.intersection(PICTURES):
        said = "The PDF is a scan: its pages are pictures without text"
        return Missing("ocr_off", said, "Read it with OCR: --ocr auto.")
    if routes.intersection(PICTURES):
        return Trouble("nothing_read", "The PDF is a scan on which no text can be read", ocr.BETTER)
    if "damaged" in routes:
        return _damaged()
    return Trouble("empty", "The PDF has no text and no pictures", "Check the file and try again.")


def _encrypted() -> Trouble:
    return Trouble(
        "encrypted", "The PDF is protected by a password", "Save it without password and try again."
    )


def _damaged() -> Trouble:
    return Trouble(
        "damaged", "The PDF is damaged and cannot be read", "Get a fresh copy, or print it anew to PDF."
    )


def _cut(content: bytes) -> list[tuple[str, str]]:
    if b"%%EOF" not in content[-4096:]:
        return [("truncated", "the end of the file is missing: pages may be lost")]
    if damaged(content):
        return [("content_damaged", "the file is damaged inside: words may be missing or wrong")]
    return []
