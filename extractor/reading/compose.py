"""Pieces of text become a :class:`Source`: raw text, its lines with exact offsets, pages that tile it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.ground.source import Box, Line, Page, Route, Seen, Source

MEDIA_TYPES = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "mhtml": "multipart/related",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "jp2": "image/jp2",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "wordxml": "application/xml",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One line on its way into a source: its text (no line feed inside) and what the format knows.

    ``breaks``: offsets in ``text`` where a new page begins; ``opens``, ``bold``, ``size`` (points)
    ``box`` and ``aside`` as in :class:`Line`; ``words``: those read from a picture, with offsets in ``text``.
    """

    text: str
    opens: bool | None = True
    bold: bool = False
    size: float | None = None
    box: Box | None = None
    breaks: tuple[int, ...] = ()
    words: tuple[Seen, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pieces of one page, its size in points, where its characters come from, and why."""

    pieces: Sequence[Piece]
    width: float | None = None
    height: float | None = None
    origin: str = "text"
    route: Route | None = None


def lines_of(pieces: Sequence[Piece]) -> tuple[str, tuple[Line, ...]]:
    """The raw text (texts joined by a line feed) and one :class:`Line` for each of its lines."""
    texts = [one_line(piece.text) for piece in pieces]
    lines, at = [], 0
    for piece, text in zip(pieces, texts, strict=True):
        end = at + len(text)
        lines.append(Line(at, end, piece.box, piece.size, piece.bold, piece.opens, piece.aside))
        at = end + 1
    return "\n".join(texts), tuple(lines)


def seen_in(pieces: Sequence[Piece], lines: Sequence[Line]) -> tuple[Seen, ...]:
    """The words read from pictures with their offsets in the raw text."""
    return tuple(
        seen._replace(start=line.start + seen.start, end=line.start + seen.end)
        for piece, line in zip(pieces, lines, strict=True)
        for seen in piece.words
    )


def one_line(text: str) -> str:
    """``text`` with line feeds inside it as spaces (same length)."""
    return text.replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text


def flowing_pages(raw: str, pieces: Sequence[Piece], lines: Sequence[Line]) -> tuple[Page, ...]:
    """Pages of a text whose pieces mark their page breaks; a break before any text starts nothing.

    (Word writes a manual break and, right after it, the trace of the last layout: one page, not two.)
    """
    starts = [0]
    for piece, line in zip(pieces, lines, strict=True):
        for offset in piece.breaks:
            at = line.start + min(offset, line.end - line.start)
            if at > starts[-1] and raw[starts[-1] : at].strip():
                starts.append(at)
    return tiled(starts, len(raw))


def tiled(starts: Sequence[int], length: int) -> tuple[Page, ...]:
    """Pages without sizes that begin at ``starts`` and together cover ``[0, length)``."""
    ends = [*starts[1:], length]
    return tuple(Page(n, a, b) for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1))


def split_pages(raw: str) -> tuple[Page, ...]:
    """Pages of a plain text: a form feed ends one."""
    starts = [0]
    at = raw.find("\f")
    while 0 <= at < len(raw) - 1:
        starts.append(at + 1)
        at = raw.find("\f", at + 1)
    return tiled(starts, len(raw))


def sheet_pages(sheets: Sequence[Sheet], lines: Sequence[Line], length: int) -> tuple[Page, ...]:
    """One page a sheet; a page ends where the next one begins, a sheet without pieces is empty."""
    starts, at = [], 0
    for sheet in sheets:
        starts.append(lines[at].start if at < len(lines) else length)
        at += len(sheet.pieces)
    starts[:1] = [0]
    ends = [*starts[1:], length]
    return tuple(
        Page(n, start, end, sheet.origin, sheet.width, sheet.height, sheet.route)
        for n, (sheet, start, end) in enumerate(zip(sheets, starts, ends, strict=True), 1)
    )


def source(
    content: bytes,
    name: str,
    kind: str,
    raw: str,
    pages: Iterable[Page],
    lines: Iterable[Line] = (),
    notes: Iterable[tuple[str, str]] = (),
    words: Iterable[Seen] = (),
    engine: str | None = None,
) -> Source:
    """The finished :class:`Source`; ``kind`` is a key of :data:`MEDIA_TYPES`."""
    digest = hashlib.sha256(content).hexdigest()
    return Source(
        name, MEDIA_TYPES[kind], digest, raw, tuple(pages), tuple(lines), tuple(notes), tuple(words), engine
    )
