"""Words of a PDF page with their places, read through pdfium: one call for the text, a few a word.

Where nothing on a page needs the places of single words, whole lines stand for words and the page
costs half. Coordinates are points from the displayed page's top left corner, y downwards.
"""

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

#: pdfium's sign for a hyphen at a line end
LINE_END_HYPHEN = "\ufffe"
#: what counts as a word: stretches without white space, or whole lines of the engine
WORDS = "[^ \t\r\n\u00a0\ufffe]+\ufffe?|\ufffe"
LINES = "[^ \t\r\n\u00a0\ufffe](?:[^\r\n\ufffe]*[^ \t\r\n\u00a0\ufffe])?\ufffe?|\ufffe"
#: spans of this many characters are asked for their font at three places
LONG = 12
_BOLD = r"(?i)bold|black|heavy|demi"


class Word(NamedTuple):
    """A word as its engine delivers it.

    ``base`` is its baseline, ``size`` the font size in points, ``gap`` what the engine had between
    it and the word before (``"\\n"`` for a new line), ``order`` its place in the engine's order.
    ``sure``: for a word read from a picture, the probability that it is read right.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool
    gap: str
    order: int
    sure: float | None = None


class Frame(NamedTuple):
    """The displayed page: its size and how user space maps to it."""

    width: float
    height: float
    turn: int = 0
    left: float = 0.0
    bottom: float = 0.0

    def mapped(self, x: float, y: float) -> tuple[float, float]:
        """A point of PDF user space on the displayed page."""
        x, y = x - self.left, y - self.bottom
        if self.turn == 0:
            return x, self.height - y
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return self.width - x, y
        return self.width - y, self.height - x

    def placed(
        self, box: tuple[float, float, float, float], origin: tuple[float, float]
    ) -> tuple[float, float, float, float, float]:
        """``(x0, top, x1, bottom, baseline)`` on the displayed page of ``(left, bottom, right, top)``."""
        if self.turn == 0:
            rise = self.height + self.bottom
            return box[0] - self.left, rise - box[3], box[2] - self.left, rise - box[1], rise - origin[1]
        ax, ay = self.mapped(box[0], box[1])
        bx, by = self.mapped(box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), self.mapped(*origin)[1]


def frame_of(page: Any) -> Frame:
    """The frame of a pypdfium2 page (rotation and crop box regarded)."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box)):
        return Frame(width, height, page.get_rotation())
    return Frame(width, height, page.get_rotation(), box.left, box.bottom)


def text_of(textpage: Any) -> str:
    """The characters of a text page; index for index those that pdfium counts."""
    import pypdfium2.raw as raw

    count = raw.FPDFText_CountChars(textpage.raw)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage.raw, at) for at in range(count))
    return "".join(
        chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes
    )


def words_of(textpage: Any, text: str, frame: Frame, unit: str = WORDS) -> list[Word]:
    """The words (or lines, by ``unit``) of a text page whose characters are ``text``."""
    spans = [match.span() for match in re.finditer(unit, text)]
    firsts = [start for start, _ in spans]
    left, right = _boxes(textpage, firsts), _boxes(textpage, [end - 1 for _, end in spans])
    facts = zip(spans, left, right, _bases(textpage, firsts, left), _bold(textpage, spans), strict=True)
    sizes = _sizes(textpage, firsts, left)
    words: list[Word] = []
    done = 0
    for (start, end), (x0, low, x1, high), (x2, low2, x3, high2), base, bold in facts:
        box = (min(x0, x2), min(low, low2), max(x1, x3), max(high, high2))
        shown = text[start:end]
        if shown[-1] == LINE_END_HYPHEN:
            shown = shown[:-1] + "-"
        at = len(words)
        words.append(Word(shown, *frame.placed(box, (x0, base)), sizes[at], bold, text[done:start], at))
        done = end
    return words


def _boxes(textpage: Any, indices: list[int]) -> list[tuple[float, float, float, float]]:
    """``(left, bottom, right, top)`` of characters in user space; their height is that of the font."""
    import pypdfium2.raw as raw

    page, box, rect = textpage.raw, raw.FPDFText_GetLooseCharBox, raw.FS_RECTF()
    to_rect = ctypes.byref(rect)
    found = []
    for at in indices:
        box(page, at, to_rect)
        found.append((rect.left, rect.bottom, rect.right, rect.top))
    return found


def _bases(textpage: Any, indices: list[int], boxes: list[tuple[float, float, float, float]]) -> list[float]:
    """The baselines of characters; one with the same bottom and top as the one before has its baseline."""
    import pypdfium2.raw as raw

    page, origin, x, y = textpage.raw, raw.FPDFText_GetCharOrigin, ctypes.c_double(), ctypes.c_double()
    to_x, to_y, last = ctypes.byref(x), ctypes.byref(y), (0.0, 0.0)
    found = []
    for at, (_, low, _, high) in zip(indices, boxes, strict=True):
        if last != (low, high):
            origin(page, at, to_x, to_y)
            base, last = y.value, (low, high)
        found.append(base)
    return found


def _bold(textpage: Any, spans: list[tuple[int, int]]) -> list[bool]:
    """Do the fonts say by their names that they are bold? Long spans are asked at three places."""
    import pypdfium2.raw as raw

    page, info, name, flags = (
        textpage.raw,
        raw.FPDFText_GetFontInfo,
        ctypes.create_string_buffer(128),
        ctypes.c_int(),
    )
    to_flags = ctypes.byref(flags)
    known: dict[bytes, bool] = {}
    found = []
    for start, end in spans:
        places = (start,) if end - start < LONG else (start, (start + end) // 2, end - 1)
        bold = True
        for at in places if bold else ():
            info(page, at, name, 128, to_flags)
            font = name.value
            if font not in known:
                known[font] = re.search(_BOLD, font.decode("latin-1")) is not None
            bold = bold and known[font]
        found.append(bold)
    return found


def _sizes(textpage: Any, indices: list[int], boxes: list[tuple[float, float, float, float]]) -> list[float]:
    """The font sizes of characters, text matrix regarded; asked again where the height changes."""
    import pypdfium2.raw as raw

    page, matrix = textpage.raw, raw.FS_MATRIX()
    to_matrix = ctypes.byref(matrix)
    found: list[float] = []
    last = -1.0
    for at, (_, low, _, high) in zip(indices, boxes, strict=True):
        if abs(high - low - last) > 0.01:
            last = high - low
            scaled = raw.FPDFText_GetMatrix(page, at, to_matrix)
            scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5 if scaled else 1.0
            size = raw.FPDFText_GetFontSize(page, at) * (scale or 1.0)
        found.append(size)
    return found


def tidy(lines: list[Word], frame: Frame) -> bool:
    """May lines stand for words? Not where one is no straight line, or two lie on one another."""
    for line in lines:
        if line.bottom - line.top > 2.2 * max(line.size, 4.0) or line.x1 - line.x0 > frame.width:
            return False
    ordered = sorted(lines, key=lambda w: w.base)
    return not any(
        b.base - a.base < 0.5 * min(a.size, b.size) and min(a.x1, b.x1) > max(a.x0, b.x0)
        for a, b in pairwise(ordered)
    )


def chunks(words: list[Word]) -> Iterator[list[Word]]:
    """Words that stand on one line, one after the other, as the engine delivered them."""
    chunk: list[Word] = []
    for word in words:
        if chunk:
            last = chunk[-1]
            step = abs(word.base - last.base)
            if "\n" in word.gap or step > 0.5 * max(word.size, last.size) or word.x0 < last.x1 - word.size:
                yield chunk
                chunk = []
        chunk.append(word)
    if chunk:
        yield chunk
