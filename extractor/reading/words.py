"""Words of a page with their places: in points from the displayed page's top left corner, y downwards."""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple


class Inner(NamedTuple):
    """The words of a line, made when asked for; how many they are, and where the first of them ends."""

    words: "Callable[[], list[Word]]"
    many: int
    head: float


class Word(NamedTuple):
    """A word as its engine delivers it.

    ``base`` is its baseline, ``size`` the font size in points, ``gap`` what the engine had between
    it and the word before (``"\\n"`` for a new line), ``order`` its place in the engine's order.
    ``sure``: for a word read from a picture, the probability that it is read right. ``inner``: where it
    is a line of words that are known one by one, these.
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
    inner: Inner | None = None


def parted(words: Iterable[Word]) -> list[Word]:
    """The words, lines whose words are known one by one parted into them."""
    return [one for word in words for one in (word.inner.words() if word.inner else (word,))]


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
