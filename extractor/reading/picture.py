"""Picture files: scans and photographs (PNG, JPEG, TIFF of several pages, WebP, GIF, BMP, JPEG 2000)."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from extractor.ground.source import ROUTES, Route, Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import ocr
from extractor.reading.scan import Notes, leaf_of, paper_dpi
from extractor.reading.sheets import Leaf, bound
from extractor.reading.words import Frame

#: pixels of one page (A4 at 1000 dots an inch has 97 million), pages of one file
MAX_PIXELS, MAX_PAGES = 100_000_000, 300
#: pixels above which a page is made smaller while it is laid on white
LARGE = 40_000_000
#: a page whose shorter side has fewer pixels, or whose longer side is so many times as long, holds no text
SMALLEST, SLIMMEST = 40, 20
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


def read(content: bytes, name: str, kind: str, choice: str = "auto") -> Source:
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
        if any(code == "truncated" for code, _ in notes):
            raise _damaged()
        raise Trouble("nothing_read", "No text can be read on this picture", ocr.BETTER)
    return bound(content, name, kind, leaves, notes)


class Shot(NamedTuple):
    """A page as its file holds it: upright, its pixels an inch as the file tells them; ``None`` where it is
    damaged. ``notes`` are about this page.
    """

    picture: Any
    dpi: float | None = None
    notes: tuple[tuple[str, str], ...] = ()


def _leaves(content: bytes, kind: str) -> tuple[list[Leaf], Notes]:
    leaves: list[Leaf] = []
    notes: Notes = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what decoders say of odd files is no news to the caller
        for page, shot in enumerate(pages(content, kind), 1):
            leaf, more = _leaf(shot, page)
            leaves.append(leaf)
            notes += [*shot.notes, *more]
    return leaves, notes


def _leaf(shot: Shot, page: int) -> tuple[Leaf, Notes]:
    """The leaf of page number ``page``; an empty one where there is nothing to read."""
    if shot.picture is None:
        return Leaf((), (), Frame(595.0, 842.0), route=Route("damaged", ROUTES["damaged"])), []
    dots = paper_dpi(shot.picture.size, shot.dpi)
    shown = (shot.picture.width * 72 / dots, shot.picture.height * 72 / dots)
    low, high = sorted(shot.picture.size)
    if low < SMALLEST or high > SLIMMEST * low:
        return Leaf((), (), Frame(*shown), route=Route("blank", ROUTES["blank"])), []
    return leaf_of(shot.picture, dots, "no_text_layer", page, shown)


def frames(content: bytes, kind: str) -> int:
    """How many pages a file has, no more than are read."""
    return min(MAX_PAGES, getattr(_file(content, kind), "n_frames", 1)) if kind == PAGED else 1


def _file(content: bytes, kind: str) -> Any:
    from PIL import Image

    try:
        return Image.open(BytesIO(content), formats=[FORMATS[kind]])
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # each decoder raises kinds of its own on hostile bytes
        raise _damaged() from error


def pages(content: bytes, kind: str) -> Iterator[Shot]:
    """The pages of a file. Damaged ones are told; damage that hides the pages behind it ends the file."""
    from PIL import Image

    file = _file(content, kind)
    good = 0
    for at in range(MAX_PAGES if kind == PAGED else 1):
        try:
            file.seek(at)
        except EOFError:
            break
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except Exception as error:
            if not good:
                raise _damaged() from error
            said = f"page {at + 1} and what follows is damaged and was not read"
            yield Shot(None, notes=(("truncated", said),))
            break
        shot = _shot(file, at + 1)
        good += shot.picture is not None
        yield shot
    if not good:
        raise _damaged()


def _shot(file: Any, page: int) -> Shot:
    """The page at which an open file stands. Raises :class:`Trouble` where it is too large."""
    notes = []
    try:
        _check(file)
        dpi = _dpi(file)
        if not _load(file):
            notes.append(("truncated", f"the end of page {page} is missing: text may be lost"))
        picture, shrunk = _on_white(file)
        if file.format != "TIFF":  # Pillow turns those itself
            picture = _upright(picture, file)
    except Trouble:
        raise
    except Exception:  # each decoder raises kinds of its own on hostile bytes
        return Shot(None, notes=(("truncated", f"page {page} is damaged and was not read"),))
    if page == MAX_PAGES and _has_more(file):
        notes.append(("page_too_late", f"only the first {MAX_PAGES} pages were read"))
    return Shot(picture, dpi / shrunk if dpi else None, tuple(notes))


def _has_more(file: Any) -> bool:
    try:
        file.seek(file.tell() + 1)
    except Exception:  # the end, or damage: no page either way
        return False
    return True


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


def _on_white(file: Any) -> tuple[Any, int]:
    """A page of mode 1, L or RGB on white paper, and how many times smaller it was made.

    Large pages are taken strip by strip: no second copy of all their pixels is ever made.
    """
    from PIL import Image

    from extractor.reading import image

    if file.width * file.height <= LARGE:
        picture = image.opaque(file)
        return (picture.copy() if picture is file else picture), 1
    times, step = 2, 1000
    white = image.lightest(file)
    out = Image.new(
        "L" if file.mode in ("1", "L") or file.mode[0] in "IF" else "RGB",
        (file.width // times, file.height // times),
    )
    for top in range(0, file.height, step):
        strip = image.opaque(file.crop((0, top, file.width, min(top + step, file.height))), white)
        out.paste(strip.convert(out.mode).reduce(times), (0, top // times))
    return out, times


def _upright(picture: Any, file: Any) -> Any:
    """The page as its file's Exif says that it was held."""
    from PIL.Image import Transpose

    ways = (
        (2, Transpose.FLIP_LEFT_RIGHT),
        (3, Transpose.ROTATE_180),
        (4, Transpose.FLIP_TOP_BOTTOM),
        (5, Transpose.TRANSPOSE),
        (6, Transpose.ROTATE_270),
        (7, Transpose.TRANSVERSE),
        (8, Transpose.ROTATE_90),
    )
    try:
        held = file.getexif().get(0x0112, 1)
    except Exception:  # Exif of any bytes at all
        return picture
    return next((picture.transpose(way) for tag, way in ways if tag == held), picture)


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
