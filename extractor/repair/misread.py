"""UTF-8 that was read as a single-byte code page: ``Káº¿ hoáº¡ch`` for ``Kế hoạch``.

Every character stands for one byte; two or three of them are the UTF-8 of one letter. This runs before
everything else, because cleaning destroys the evidence (NBSP and soft hyphen are bytes here).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractor.ground.text import Edit

_PAGES = {"cp1252": ("á»", "áº", "Ã", "Ä", "Æ", "â€"), "mac_roman": ("√", "·∫", "·ª", "∆∞")}
_LEAST = 2  # letters that must come out before a text counts as misread


def misread(text: str) -> Iterator[Edit]:
    """Edits that give back the letters of the code page that explains most of ``text``."""
    if text.isascii():
        return
    found = [_decoded(text, page) for page, tells in _PAGES.items() if _shows(text, tells)]
    edits = max(found, key=len, default=[])
    if len(edits) >= _LEAST:
        yield from edits


def _shows(text: str, tells: Iterable[str]) -> bool:
    """Does ``text`` hold one of ``tells``? Their last characters are rare, and sooner found than pairs."""
    return any(tell in text for tell in tells if tell[-1] in text)


def _decoded(text: str, page: str) -> list[Edit]:
    bytes_of = _bytes(page)
    edits = []
    for match in _sequence(page).finditer(text):
        try:
            new = bytes(bytes_of[char] for char in match[0]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        if new.isalpha() or not new.isprintable() or ord(new) > 0x2000:
            edits.append(Edit(match.start(), match.end(), new, "utf-8 misread"))
    return edits


@cache
def _bytes(page: str) -> dict[str, int]:
    """Character → byte, for the bytes that UTF-8 needs; undefined bytes surface as control characters."""
    pairs = {chr(byte): byte for byte in range(0x80, 0x100)} if page == "cp1252" else {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(page, "ignore")
        if char:
            pairs[char] = byte
    return pairs


@cache
def _sequence(page: str) -> re.Pattern[str]:
    """Two or three characters whose bytes are the UTF-8 of one letter or sign."""

    def among(first: int, last: int) -> str:
        return re.escape("".join(char for char, byte in _bytes(page).items() if first <= byte <= last))

    of_two, of_three = among(0xC2, 0xC6) + among(0xCC, 0xCC), among(0xE1, 0xE2)
    more = f"[{among(0x80, 0xBF)}]"  # the sets of first characters are one, so that the search is fast
    return re.compile(f"[{of_two}{of_three}]{more}(?:(?<=[{of_two}].)|{more}(?<=[{of_three}]..))")
