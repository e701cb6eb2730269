"""Digital PDF: words with places, letterheads cut in columns, ruled tables as rows, blocks by geometry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from extractor.ground.source import Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import cids, compose, layer
from extractor.reading.columns import telling
from extractor.reading.rulings import Grid, grids_of
from extractor.reading.sheets import sheets_of
from extractor.reading.sniff import NEEDS_OCR
from extractor.reading.words import LINES, Frame, Word, frame_of, text_of, tidy, words_of

MAX_PAGES = 2000
CATALOG = rb"(\d{1,9})\s+0\s+obj\s*<<(?:(?!endobj).){0,300}?/Type\s*/Catalog"
TRAILER = b"trailer\n<</Root %d 0 R/Size 1>>\nstartxref\n0\n%%%%EOF\n"
#: what a page that was not read is called in the notes, by its state
UNREAD = {
    "scan": ("page_without_text", "page {} is a picture without text of its own and was not read"),
    "broken": ("page_damaged", "page {} is damaged and was not read"),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as an engine gave it; ``state``: ``text``, ``blank``, ``scan``, ``numbered``, ``broken``."""

    words: Sequence[Word]
    grids: Sequence[Grid]
    frame: Frame
    state: str
    odd: int = 0


def read(content: bytes, name: str, kind: str = "pdf", ocr: str = "auto") -> Source:
    """The text of a PDF file; pages that are pictures are named in ``notes``.

    Raises :class:`Missing` where no page has a text layer of its own (or ``ocr`` is ``"force"``).
    """
    if ocr == "force":
        raise Missing("needs_ocr", "OCR was asked for, but there is no OCR engine here", NEEDS_OCR)
    leaves = _lettered(content, _leaves(content))
    if not any(leaf.state == "text" and leaf.words for leaf in leaves):
        raise _refusal(leaves)
    sheets = sheets_of([(leaf.words, leaf.grids, leaf.frame) for leaf in leaves])
    raw, lines = compose.lines_of([piece for sheet in sheets for piece in sheet.pieces])
    pages = compose.sheet_pages(sheets, lines, len(raw))
    return compose.source(content, name, kind, raw, pages, lines, _cut(content) + _notes(leaves))


def _leaves(content: bytes) -> list[Leaf]:
    """Every page through pdfium; through pdfplumber where pdfium cannot open the file."""
    import pypdfium2

    try:
        document = _opened(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _encrypted() from error
        return _second_try(content)
    try:
        _check_length(len(document))
        return [_leaf(document, at) for at in range(len(document))] or _second_try(content)
    finally:
        document.close()


def _opened(content: bytes) -> Any:
    """The document; one whose end is cut off is tried with a new trailer that names its catalogue."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        roots = re.findall(CATALOG, content)
        if not roots or b"trailer" in content[-2048:]:
            raise
        return pypdfium2.PdfDocument(content + b"\nendobj\n" + TRAILER % int(roots[-1]))


def _leaf(document: Any, at: int) -> Leaf:
    import pypdfium2

    try:
        page = document[at]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Leaf((), (), Frame(595.0, 842.0), "broken")
    try:
        frame, text = frame_of(page), text_of(textpage)
        state = layer.state(page, text, frame)
        if state != "text":
            return Leaf((), (), frame, state)
        grids = grids_of(page, frame)
        odd = len(text) if layer.drops_letters(page, text) else cids.oddity(text)
        words = _lines(textpage, text, frame) if not grids and not telling(text) else None
        words = words or words_of(textpage, text, frame)
        return Leaf(words, grids, frame, "numbered" if cids.looks_numbered(odd, text) else state, odd)
    finally:
        textpage.close()
        page.close()


def _lines(textpage: Any, text: str, frame: Frame) -> list[Word] | None:
    """Whole lines for words, or ``None`` where this page needs its words one by one."""
    lines = words_of(textpage, text, frame, LINES)
    return lines if tidy(lines, frame) else None


def _lettered(content: bytes, leaves: list[Leaf]) -> list[Leaf]:
    """Pages of glyph numbers read again with letters, where that leaves fewer odd characters."""
    numbered = [at for at, leaf in enumerate(leaves) if leaf.state == "numbered"]
    if numbered:
        leaves = [replace(leaf, state="text") if leaf.state == "numbered" else leaf for leaf in leaves]
        try:
            for at, words, _, _ in cids.pages(content, numbered):
                text = " ".join(word.text for word in words)
                if words and cids.oddity(text) < leaves[at].odd:
                    leaves[at] = replace(leaves[at], words=words)
        except Exception:  # pdfminer raises kinds of its own; the words of pdfium stay
            return leaves
    return leaves


def _second_try(content: bytes) -> list[Leaf]:
    try:
        total = cids.count(content)
    except Exception as error:  # pdfminer raises kinds of its own on hostile bytes
        if "password" in type(error).__name__.lower() + repr(error).lower():
            raise _encrypted() from error
        raise _damaged() from error
    _check_length(total)
    leaves = [Leaf((), (), Frame(595.0, 842.0), "broken")] * total
    for at, words, width, height in cids.pages(content, range(total)):
        leaves[at] = Leaf(words, (), Frame(width, height), "text" if words else "blank")
    if not any(leaf.words for leaf in leaves):
        raise _damaged()
    return leaves


def _check_length(pages: int) -> None:
    if pages > MAX_PAGES:
        raise Trouble(
            "too_large", f"The PDF has {pages} pages, more than {MAX_PAGES}", "Split it and try again."
        )


def _refusal(leaves: Sequence[Leaf]) -> Trouble:
    states = {leaf.state for leaf in leaves}
    if "scan" in states:
        return Missing("needs_ocr", "The PDF is a scan: its pages are pictures without text", NEEDS_OCR)
    if "broken" in states:
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
    if b"%%EOF" in content[-4096:]:
        return []
    return [("truncated", "the end of the file is missing: pages may be lost")]


def _notes(leaves: Sequence[Leaf]) -> list[tuple[str, str]]:
    found = [(UNREAD[leaf.state], at) for at, leaf in enumerate(leaves, 1) if leaf.state in UNREAD]
    return [(code, message.format(at)) for (code, message), at in found]
