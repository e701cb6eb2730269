"""What pdfium tells of the characters of a text page: their places, sizes and fonts.

Each question is a call through ctypes, so each is asked once for what must share its answer. Coordinates are
those of PDF user space.
"""

import ctypes
import re
from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

#: spans of this many characters are asked for their font at three places
LONG = 12
_BOLD = r"(?i)bold|black|heavy|demi"


class Boxes(NamedTuple):
    """The sides of boxes, one after the other."""

    left: list[float]
    low: list[float]
    right: list[float]
    high: list[float]

    def of(self, indices: Sequence[int]) -> "Boxes":
        """Some of them."""
        return Boxes(*([side[at] for at in indices] for side in self))


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


def boxes(textpage: Any, indices: Sequence[int]) -> Boxes:
    """The boxes of characters; their height is that of the font, or of a letter that is higher."""
    sides = (ctypes.c_float * (4 * len(indices)))()
    first, step = ctypes.addressof(sides), 4 * ctypes.sizeof(ctypes.c_float)
    places = range(first, first + step * len(indices), step)
    deque(map(_asked()[0], repeat(_address(textpage)), indices, places), maxlen=0)
    left, high, right, low = (sides[at::4] for at in range(4))
    return Boxes(left, low, right, high)


def objects(textpage: Any, indices: Sequence[int]) -> list[int | None]:
    """The text objects that drew characters, each as a number; ``None`` for a blank that pdfium made."""
    return list(map(_asked()[1], repeat(_address(textpage)), indices))


@cache
def _asked() -> tuple[Callable[..., int], Callable[..., int | None]]:
    """The box and the object of a character, asked with addresses: cheaper than with typed pointers."""
    import pypdfium2.raw as raw

    def plain(function: Any, *types: Any) -> Any:
        return ctypes.cast(function, ctypes.CFUNCTYPE(*types))

    pointer, number = ctypes.c_void_p, ctypes.c_int
    box = plain(raw.FPDFText_GetLooseCharBox, number, pointer, number, pointer)
    return box, plain(raw.FPDFText_GetTextObject, pointer, pointer, number)


def _address(textpage: Any) -> int | None:
    return ctypes.cast(textpage.raw, ctypes.c_void_p).value


def bases(textpage: Any, indices: Sequence[int], boxes: Boxes) -> list[float]:
    """The baselines of characters; one with the same bottom and top as the one before has its baseline."""
    import pypdfium2.raw as raw

    page, origin, x, y = textpage.raw, raw.FPDFText_GetCharOrigin, ctypes.c_double(), ctypes.c_double()
    to_x, to_y, last = ctypes.byref(x), ctypes.byref(y), (0.0, 0.0)
    found = []
    for at, low, high in zip(indices, boxes.low, boxes.high, strict=True):
        if last != (low, high):
            origin(page, at, to_x, to_y)
            base, last = y.value, (low, high)
        found.append(base)
    return found


def bold(textpage: Any, spans: Sequence[tuple[int, int]]) -> list[bool]:
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
        all_bold = True
        for at in places:
            info(page, at, name, 128, to_flags)
            font = name.value
            if font not in known:
                known[font] = re.search(_BOLD, font.decode("latin-1")) is not None
            all_bold = all_bold and known[font]
        found.append(all_bold)
    return found


def sizes(textpage: Any, indices: Sequence[int], boxes: Boxes) -> list[float]:
    """The font sizes of characters, text matrix regarded; asked again where the height changes."""
    import pypdfium2.raw as raw

    page, matrix = textpage.raw, raw.FS_MATRIX()
    to_matrix = ctypes.byref(matrix)
    found: list[float] = []
    last = -1.0
    for at, low, high in zip(indices, boxes.low, boxes.high, strict=True):
        if abs(high - low - last) > 0.01:
            last = high - low
            scaled = raw.FPDFText_GetMatrix(page, at, to_matrix)
            scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5 if scaled else 1.0
            size = raw.FPDFText_GetFontSize(page, at) * (scale or 1.0)
        found.append(size)
    return found
