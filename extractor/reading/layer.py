"""Is a page's text layer its text? Signature overlays and English OCR over a scan are not.

Of 200 scans 57 carried only an e-signature overlay, of 59 PDFs that looked digital 6 a layer written
by English OCR: "has text" does not mean "is digital". What is told here are keys of
:data:`~extractor.ground.source.ROUTES`.
"""

import ctypes
import re
from typing import Any

from extractor.ground.source import Box
from extractor.reading.words import Frame

#: letters under which a page-size picture makes a page a scan
FEW_LETTERS = 300
#: share of non-ASCII letters that Vietnamese text (also in TCVN3 or VNI) never stays under
FOREIGN = 0.08
#: share of the page that a page-size picture covers
WHOLE = 0.7
SHAPES = 200


#: share of the page from which a picture beside text may hold text too (a seal has .02, a signature .04)
PART = 0.08
#: letters of a page that leaves room for such a picture
ROOM = 1500


def route(page: Any, text: str, frame: Frame) -> str:
    """What a pypdfium2 page with the text layer ``text`` is: a key of ``ROUTES``."""
    letters = sum(map(str.isalpha, text))
    marked = sum(map(str.isalpha, "".join(re.findall("[^\0-\x7f]+", text))))
    real = letters >= FEW_LETTERS and marked >= FOREIGN * letters
    if real and letters >= ROOM:
        return "text_layer"
    pictures, shapes = _drawn(page, frame)
    if not text.strip():
        return "no_text_layer" if pictures > 0.1 or shapes > SHAPES else "blank"
    if real or pictures < WHOLE:
        return "mixed" if PART <= pictures < WHOLE else "text_layer"
    return "signature_overlay" if letters < FEW_LETTERS else "foreign_ocr_layer"


def picture_boxes(page: Any, frame: Frame) -> list[Box]:
    """The boxes of the pictures of a page that are large enough to hold text, as displayed."""
    import pypdfium2.raw as raw

    found = []
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), 5000)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE and (sides := _sides(item)):
            (ax, ay), (bx, by) = frame.mapped(*sides[:2]), frame.mapped(*sides[2:])
            box = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if (box.x1 - box.x0) * (box.bottom - box.top) >= PART / 2 * frame.width * frame.height:
                found.append(box)
    return found


def picture_dpi(page: Any, frame: Frame) -> int | None:
    """The pixels an inch of the picture that fills a page; ``None`` where none does."""
    import pypdfium2.raw as raw

    width, height = ctypes.c_uint(), ctypes.c_uint()
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), 50)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            whole = _area(item) >= WHOLE * frame.width * frame.height
            if whole and raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height)):
                return round(72 * max(width.value, height.value) / max(frame.width, frame.height))
    return None


def drops_letters(page: Any, text: str) -> bool:
    """Did pdfium drop letters because a font is not embedded and its stand-in lacks them?

    Asked of pages without any letter beyond Latin-1; Vietnamese has one in every second word.
    """
    import pypdfium2.raw as raw

    if len(text) < 40 or any("\u0100" <= c <= "\u1ef9" for c in text):
        return False
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), 60)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            font = raw.FPDFTextObj_GetFont(item)
            if font and raw.FPDFFont_GetIsEmbedded(font) == 0:
                return True
    return False


def _drawn(page: Any, frame: Frame) -> tuple[float, int]:
    """The share of the page under pictures (those in forms too) and the number of other shapes."""
    import pypdfium2.raw as raw

    area, shapes = 0.0, 0
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), 5000)):
        item = raw.FPDFPage_GetObject(page.raw, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and _has_picture(item, 0)):
            area += _area(item)
        else:
            shapes += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    return area / max(1.0, frame.width * frame.height), shapes


def _has_picture(form: Any, depth: int) -> bool:
    import pypdfium2.raw as raw

    for at in range(min(raw.FPDFFormObj_CountObjects(form), 200)):
        item = raw.FPDFFormObj_GetObject(form, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < 4 and _has_picture(item, depth + 1):
            return True
    return False


def _area(item: Any) -> float:
    left, low, right, high = _sides(item) or (0.0, 0.0, 0.0, 0.0)
    return (right - left) * (high - low)


def _sides(item: Any) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a page object in user space."""
    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *map(ctypes.byref, sides)):
        return None
    left, low, right, high = (side.value for side in sides)
    return left, low, right, high
