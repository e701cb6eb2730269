"""PDF pages whose fonts lack a ToUnicode map: read through pdfplumber, glyph numbers mapped to letters.

Word writes such files: letters beyond Windows-1252 stand in a font of their own by glyph number
(``(cid:1250)``), and pdfium shows the numbers as Cyrillic or control characters. The numbers of Times
New Roman and Arial are known (``tables/mojibake/glyphid_*.tsv``). Also the second try for a file that
pdfium cannot open.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

from extractor.ground.tables import table
from extractor.reading.words import Word

_ODD = (
    "[\u0001-\u0008\u000b\u000e-\u001f\u0460-\u04ff\ufffd]|[\u02e0-\u02ff\u0305\u0307\u0308\u030a-\u031a"
    "\u031c-\u0322\u0324-\u036f]|\\(cid:"
)
_PRIVATE = "[\ue000-\uefff]"
_CID = r"\(cid:(\d+)\)"
MAX_CHARS = 60_000


class Glyph(NamedTuple):
    """A row of the glyph tables."""

    gid: int
    char: str
    note: str


def oddity(text: str) -> int:
    """How many characters of ``text`` look like glyph numbers (marks of Vietnamese in NFD do not)."""
    private = len(re.findall(_PRIVATE, text))
    return len(re.findall(_ODD, text)) + (private if private > 0.05 * len(text) else 0)


def looks_numbered(odd: int, text: str) -> bool:
    """Does a page's text with that many odd characters show glyph numbers instead of letters?"""
    return odd >= max(3, 0.004 * len(text))


def pages(content: bytes, wanted: Iterable[int]) -> Iterator[tuple[int, list[Word], float, float]]:
    """``(index, words, width, height)`` of the wanted pages (from 0) that pdfplumber can read.

    Raises whatever pdfminer raises when the file as a whole cannot be opened.
    """
    import pdfplumber

    with pdfplumber.open(BytesIO(content)) as document:
        for at in wanted:
            if at >= len(document.pages):
                return
            page = document.pages[at]
            words = _words_or_none(page)
            if words is not None:
                yield at, words, float(page.width), float(page.height)
            page.close()


def _words_or_none(page: Any) -> list[Word] | None:
    """The words of a page; ``None`` for a page that breaks pdfminer, which raises kinds of its own."""
    try:
        return list(words_of(page.chars[:MAX_CHARS]))
    except Exception:
        return None


def count(content: bytes) -> int:
    """The number of pages that pdfplumber sees."""
    import pdfplumber

    with pdfplumber.open(BytesIO(content)) as document:
        return len(document.pages)


def words_of(chars: Iterable[dict[str, Any]]) -> Iterator[Word]:
    """Words from the characters of a pdfplumber page, in its order."""
    letters = letter_of()
    run: list[tuple[str, dict[str, Any]]] = []
    gap, order = "", 0
    for char in chars:
        text = letters(char["text"], char["fontname"])
        blank = not text.strip()
        apart = not run or _apart(run[-1][1], char)
        if run and (blank or apart):
            yield _word(run, gap, order)
            order, gap = order + 1, ("\n" if _next_line(run[-1][1], char) else "")
            run = []
        if blank:
            gap += text or " "
        else:
            run.append((text, char))
    if run:
        yield _word(run, gap, order)


def letter_of() -> Callable[[str, str], str]:
    """``(text, font name)`` → the letters meant: glyph numbers resolved, U+FFFD for unknown ones."""
    times, slanted = _glyphs("glyphid_times"), _glyphs("glyphid_arial_italic")

    def letters(text: str, font: str) -> str:
        if "(cid:" not in text:
            return text
        leaning = re.search("(?i)arial.*(?:italic|oblique)", font)
        known = {**times, **slanted} if leaning else times
        return re.sub(_CID, lambda m: known.get(int(m[1]), "\ufffd"), text)

    return letters


@cache
def _glyphs(name: str) -> dict[int, str]:
    return {row.gid: row.char for row in table(f"mojibake/{name}.tsv", Glyph).rows}


def _base(char: dict[str, Any]) -> float:
    base: float = char["top"] + char["y1"] - char["matrix"][5]
    return base


def _next_line(last: dict[str, Any], char: dict[str, Any]) -> bool:
    return bool(abs(_base(char) - _base(last)) > 0.5 * max(char["size"], last["size"]))


def _apart(last: dict[str, Any], char: dict[str, Any]) -> bool:
    size = min(char["size"], last["size"])
    step = char["x0"] - last["x1"]
    return bool(_next_line(last, char) or step > 0.2 * size or step < -0.5 * size)


def _word(run: list[tuple[str, dict[str, Any]]], gap: str, order: int) -> Word:
    chars = [char for _, char in run]
    first = chars[0]
    return Word(
        "".join(text for text, _ in run),
        min(c["x0"] for c in chars),
        min(c["top"] for c in chars),
        max(c["x1"] for c in chars),
        max(c["bottom"] for c in chars),
        _base(first),
        float(first["size"]),
        all(re.search("(?i)bold|black|heavy|demi", c["fontname"]) for c in chars),
        gap,
        order,
    )
