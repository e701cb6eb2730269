"""The pages of a document as small pictures for people to look at, in the measure of its boxes.

Many pages get coarser pictures: what all of them weigh together stays under :data:`ALL`.
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

from extractor.ground.source import Shown
from extractor.reading import READERS, sniff

#: bytes of all pictures together, and the least that one page gets
ALL, LEAST = 5_400_000, 60_000
#: pages of a document that are shown
MOST = 90
#: pixels of the longer side
LONGEST = 2200
#: from fine to coarse: pixels an inch, and quality of the JPEG; the first that fits is taken
STEPS = ((150, 72), (130, 66), (110, 60), (100, 50), (90, 42), (72, 36))

Draw = Any  # what draws a page: pixels an inch → a Pillow picture


def shots(content: bytes, name: str = "", first: Collection[int] = ()) -> Iterator[Shown]:
    """The pages of a PDF or a picture file, in order; none of other kinds. What cannot be drawn is left out.

    Where there are more than :data:`MOST`, those that ``first`` names go before the others.
    """
    reader = READERS.get(sniff.kind(content, name))
    pages = {"pdf": _of_pdf, "picture": _of_picture}.get(reader or "")
    if pages is None:
        return
    step = 0
    for total, page, size, draw in pages(content, name, first):
        most = max(LEAST, ALL // max(1, min(total, MOST)))
        try:
            jpeg, step = _fitting(draw, size, most, step)
        except (MemoryError, OSError, RuntimeError, ValueError):  # pypdfium2's error is a RuntimeError
            continue
        yield Shown(page, size[0], size[1], jpeg)


def _of_pdf(content: bytes, _: str, first: Collection[int]) -> Iterator[tuple[int, int, Any, Draw]]:
    from pypdfium2 import PdfiumError

    from extractor.reading.pdf import opened
    from extractor.reading.words import frame_of

    try:
        document = opened(content)
    except PdfiumError:
        return
    try:
        for at in _chosen(len(document), first):
            try:
                page = document[at - 1]
                frame = frame_of(page)
                yield len(document), at, (frame.width, frame.height), lambda dpi, p=page: _rendered(p, dpi)
                page.close()
            except (PdfiumError, MemoryError):
                continue
    finally:
        document.close()


def _rendered(page: Any, dpi: float) -> Any:
    return page.render(scale=dpi / 72).to_pil()


def _of_picture(content: bytes, name: str, first: Collection[int]) -> Iterator[tuple[int, int, Any, Draw]]:
    from extractor.ground.trouble import Trouble
    from extractor.reading import picture
    from extractor.reading.scan import paper_dpi

    kind = sniff.kind(content, name)
    total = picture.frames(content, kind)
    wanted = set(_chosen(total, first))
    try:
        for page, shot in enumerate(picture.pages(content, kind), 1):
            if page in wanted and shot.picture is not None:
                dots = paper_dpi(shot.picture.size, shot.dpi)
                size = (shot.picture.width * 72 / dots, shot.picture.height * 72 / dots)
                yield total, page, size, lambda dpi, p=shot.picture, d=dots: _smaller(p, dpi / d)
    except Trouble:
        return


def _smaller(picture: Any, scale: float) -> Any:
    from PIL import Image

    whole = picture.convert("L") if picture.mode == "1" else picture
    if scale >= 1:
        return whole
    size = (max(1, round(whole.width * scale)), max(1, round(whole.height * scale)))
    return whole.resize(
        size, Image.Resampling.BOX if scale < 0.5 else Image.Resampling.BILINEAR, reducing_gap=2.0
    )


def _chosen(total: int, first: Collection[int]) -> list[int]:
    """The pages to show, in order."""
    if total <= MOST:
        return list(range(1, total + 1))
    return sorted(sorted(range(1, total + 1), key=lambda page: (page not in first, page))[:MOST])


def _fitting(draw: Draw, size: tuple[float, float], most: int, step: int) -> tuple[bytes, int]:
    """The finest JPEG that weighs no more than ``most``, from ``step`` on, and the step that gave it."""
    jpeg = b""
    for at in range(step, len(STEPS)):
        dpi, quality = STEPS[at]
        jpeg = _jpeg(draw(min(dpi, LONGEST * 72 / max(1.0, *size))), quality)
        if len(jpeg) <= most:
            return jpeg, at
    return jpeg, len(STEPS) - 1


def _jpeg(picture: Any, quality: int) -> bytes:
    file = BytesIO()
    picture = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()
