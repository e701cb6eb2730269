"""Pages of print: words placed in points, fonts, line breaking.

Lengths are points from the top left corner of the page (A4, 595 x 842).
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP, BOTTOM = 85, 57, 57, 57
INDENT = 28

FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/truetype/croscore",
)

Run = tuple[str, str]  # text, style: "", "B", "I", "BI"
STYLES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}


@dataclass
class Word:
    """A piece drawn at once: left end ``x`` and baseline ``y`` in points."""

    text: str
    x: float
    y: float
    size: float
    style: str = ""
    hand: bool = False


@dataclass
class Line:
    """One printed line; ``box`` is x0, y0, x1, y1; ``part`` letterhead, body, footer, table or pagenumber."""

    text: str
    box: tuple[float, float, float, float]
    part: str
    words: list[Word]


@dataclass
class Page:
    """``rules`` are x0, y0, x1, y1; ``signs`` the boxes left free between a post and its name."""

    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    signs: list[tuple[float, float, float, float]] = field(default_factory=list)
    issuer: list[str] = field(default_factory=list)


def truth(pages: list[Page], parts: tuple[str, ...] = ("body", "table")) -> str:
    """Text of the lines of ``parts`` in reading order, a printed line a line."""
    return "\n".join(line.text for page in pages for line in page.lines if line.part in parts)


@lru_cache(maxsize=64)
def font_file(family: str, style: str) -> str:
    """Path of Liberation ``family`` (Serif, Sans), or of its twin Tinos or Arimo."""
    twin = {"Serif": "Tinos", "Sans": "Arimo"}[family]
    for folder in FOLDERS:
        for name in (f"Liberation{family}", twin):
            path = Path(folder) / f"{name}-{style}.ttf"
            if path.is_file():
                return str(path)
    raise FileNotFoundError(f"no Liberation {family} {style}: install the Debian package fonts-liberation2")


@lru_cache(maxsize=256)
def face(style: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file("Serif", STYLES[style]), pixels)


@lru_cache(maxsize=65536)
def width(text: str, style: str, size: float) -> float:
    """Points that ``text`` takes at ``size`` points."""
    return face(style, 400).getlength(text) * size / 400


Piece = tuple[str, str, bool]  # text, style, by hand


def pieces_width(pieces: list[Piece], size: float) -> float:
    return sum(width(text, style, size * (1.25 if hand else 1)) for text, style, hand in pieces)


def words_of(line: list[Run]) -> list[list[Piece]]:
    """Words, each a list of pieces of one style."""
    words: list[list[Piece]] = [[]]
    for text, style in line:
        for i, part in enumerate(re.split(r"[ \n]+", text)):
            if i and words[-1]:
                words.append([])
            if part:
                words[-1].append((part, style, False))
    return [word for word in words if word]


def broken(words: list[list[Piece]], size: float, room: float) -> list[list[Piece]]:
    """Words wider than ``room`` cut into pieces that fit."""
    out: list[list[Piece]] = []
    for word in words:
        if pieces_width(word, size) <= room:
            out.append(word)
            continue
        out.append([])
        for char, style in ((c, style) for text, style, _ in word for c in text):
            if pieces_width([*out[-1], (char, style, False)], size) > room:
                out.append([])
            if out[-1] and out[-1][-1][1] == style:
                char = out[-1].pop()[0] + char
            out[-1].append((char, style, False))
    return out


def wrap(words: list[list[Piece]], size: float, room: float, indent: float = 0) -> list[list[list[Piece]]]:
    """Words in lines of ``room`` points, the first shorter by ``indent``."""
    rows: list[list[list[Piece]]] = [[]]
    used, blank = indent, width(" ", "", size)
    for word in broken(words, size, room - indent):
        wide = pieces_width(word, size)
        if rows[-1] and used + blank + wide > room:
            rows.append([])
            used = 0
        used += wide + (blank if rows[-1] else 0)
        rows[-1].append(word)
    return rows


class Setter:
    """Sets lines one below the other; ``y`` is the top of the next line on the last page."""

    def __init__(self, size: float, leading: float, hand: bool) -> None:
        self.pages, self.y = [Page()], float(TOP)
        self.size, self.leading, self.hand = size, leading, hand

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def need(self, height: float) -> None:
        """A new page where ``height`` points are not left."""
        if self.y + height > HEIGHT - BOTTOM and self.y > TOP:
            self.feed()

    def feed(self) -> None:
        self.pages.append(Page())
        self.y = TOP

    def row(self, row: list[list[Piece]], x: float, y: float, size: float, part: str, blank: float) -> Line:
        """Draw words from ``x`` on the line whose top is ``y``, ``blank`` points between them."""
        words, at, base = [], x, y + size * 0.95
        for i, word in enumerate(row):
            at += blank if i else 0
            for text, style, hand in word:
                tall = size * (1.25 if hand else 1)
                words.append(Word(text, at, base, tall, style, hand))
                at += width(text, style, tall)
        text = " ".join("".join(piece[0] for piece in word) for word in row).replace("\u00a0", " ")
        line = Line(text, (x, y, at, y + size * 1.2), part, words)
        self.page.lines.append(line)
        return line

    def paragraph(
        self, line: list[Run], part: str = "body", size: float = 0, align: str = "justify", gap: float = 3
    ) -> list[Line]:
        """Set a paragraph over the full width, turning the page where it is full."""
        size = size or self.size
        indent = INDENT if align == "justify" else 0
        room = WIDTH - LEFT - RIGHT
        rows = wrap(words_of(line), size, room, indent)
        out = []
        for i, row in enumerate(rows):
            self.need(size * 1.25)
            start = indent if not i else 0
            free = room - start - sum(pieces_width(word, size) for word in row)
            blank = width(" ", "", size)
            if align == "justify" and i < len(rows) - 1 and len(row) > 1:
                blank = free / (len(row) - 1)
            if align == "centre":
                start = (free - blank * (len(row) - 1)) / 2
            out.append(self.row(row, LEFT + start, self.y, size, part, blank))
            self.y += size * self.leading
        self.y += gap
        return out

    def block(
        self,
        rows: list[tuple[list[list[Piece]], float, float]],
        x: float,
        room: float,
        part: str,
        centre: bool,
    ) -> float:
        """Set (words, size, space above) from ``y`` down between ``x`` and ``x + room``; the height used."""
        y = self.y
        for words, size, above in rows:
            y += above
            for row in wrap(words, size, room):
                blank = width(" ", "", size)
                wide = sum(pieces_width(word, size) for word in row) + blank * (len(row) - 1)
                self.row(row, x + (room - wide) / 2 if centre else x, y, size, part, blank)
                y += size * 1.22
        return y - self.y

    def rule(self, centre: float, y: float, length: float) -> None:
        self.page.rules.append((centre - length / 2, y, centre + length / 2, y))
