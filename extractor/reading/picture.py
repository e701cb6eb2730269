"""Picture files: scans and photographs (PNG, JPEG, TIFF of several pages, WebP, GIF, BMP, JPEG 2000)."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from extractor.ground.source import Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import compose, ocr
from extractor.reading.scan import Notes, leaf_of, paper_dpi
from extractor.reading.sheets import Leaf, sheets_of

#: pixels of one page (A4 at 1000 dots an inch has 97 million), pages of one file
MAX_PIXELS, MAX_PAGES = 100_000_000, 300
#: a page with a shorter side (pixels) holds no text
SMALLEST = 40
#: the one kind whose frames are pages
PAGED = "tiff"
FORMATS = {
    "png": "PNG",
    "jpeg": "JPEG",
    "tiff": "TIFF",
    "webp": "WEBP",
    "gif": "GIF",
    "bmp": "BMP",
    "jp2": "JPEG2000",
}


def read(
    content: bytes, name: str, kind: str, choice: str = "auto", again: Mapping[int, str] | None = None
) -> Source:
    """The text of a picture file, page by page; ``choice`` ``"never"`` refuses it.

    Raises :class:`Missing` where there is no OCR engine, :class:`Trouble` for a file that is damaged, too
    large, or without any text.
    """
    if choice == "never":
        raise Missing("ocr_off", "The file is a picture without text", "Read it with OCR: --ocr auto.")
    if not ocr.available():
        raise ocr.missing()
    leaves, notes = _leaves(content, kind)
    if not any(leaf.words for leaf in leaves):
        raise Trouble("nothing_read", "No text can be read on this picture", ocr.BETTER)
    sheets = sheets_of(leaves)
    pieces = [piece for sheet in sheets for piece in sheet.pieces]
    raw, lines = compose.lines_of(pieces)
    pages = compose.sheet_pages(sheets, lines, len(raw))
    return compose.source(content, name, kind, raw, pages, lines, notes, compose.seen_in(pieces, lines))


def _leaves(content: bytes, kind: str) -> tuple[list[Leaf], Notes]:
    leaves: list[Leaf] = []
    notes: Notes = []
    for page, (picture, dpi, said) in enumerate(_pages(content, kind), 1):
        notes += [(code, message.format(page)) for code, message in said]
        if picture is None:
            continue
        dots = paper_dpi(picture.size, dpi)
        shown = (picture.width * 72 / dots, picture.height * 72 / dots)
        leaf, more = leaf_of(picture, dots, "no_text_layer", page, shown)
        leaves.append(leaf)
        notes += more
    return leaves, notes


def _pages(content: bytes, kind: str) -> Iterator[tuple[Any, float | None, Notes]]:
    """Each page as an upright Pillow image with its pixels an inch as the file tells them, and notes."""
    from PIL import Image, ImageOps

    try:
        file = Image.open(BytesIO(content), formats=[FORMATS[kind]])
        frames = getattr(file, "n_frames", 1) if kind == PAGED else 1
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # each decoder raises kinds of its own on hostile bytes
        raise _damaged() from error
    for at in range(min(frames, MAX_PAGES)):
        try:
            file.seek(at)
            _check(file)
            dpi, whole = _dpi(file), _load(file)
            picture = ImageOps.exif_transpose(file) if kind == "jpeg" else file.copy()
        except Trouble:
            raise
        except Exception as error:
            if not at:
                raise _damaged() from error
            yield None, None, [("truncated", "page {} and what follows is damaged and was not read")]
            return
        yield (
            picture,
            dpi,
            [] if whole else [("truncated", "the end of page {} is missing: text may be lost")],
        )
    if frames > MAX_PAGES:
        yield None, None, [("page_too_late", f"only the first {MAX_PAGES} pages were read")]


def _check(file: Any) -> None:
    if file.width * file.height > MAX_PIXELS:
        file.draft("RGB", (5000, 5000))
    if file.width * file.height > MAX_PIXELS:
        raise _too_large()


def _load(file: Any) -> bool:
    """Decode the page; ``False`` where the end of its data is missing."""
    from PIL import ImageFile

    try:
        file.load()
    except OSError:
        kept, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
        try:
            file.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = kept
        return False
    return True


def _dpi(file: Any) -> float | None:
    told = file.info.get("dpi")
    try:
        return float(max(told)) if told else None
    except (TypeError, ValueError, ZeroDivisionError):
        return None


def _too_large() -> Trouble:
    return Trouble(
        "too_large",
        f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels",
        "Save it with 300 dots an inch and try again.",
    )


def _damaged() -> Trouble:
    return Trouble(
        "damaged", "The picture is damaged and cannot be read", "Get a fresh copy, or scan it again."
    )
