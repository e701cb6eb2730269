"""Tables: is one a layout (letterhead, signature block) or a real table, and how each is read.

A layout is read column by column, each paragraph a line of its own; a real table row by row, each
row one line ``| cell | cell |``. Shared by DOCX, HTML and PDF.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from unicodedata import normalize

from extractor.ground.source import Seen, around
from extractor.reading.compose import Piece

#: the national, the Party's and the Youth Union's motto, with usual slips; last in TCVN3 and VNI letters
MOTTO = (
    r"CỘNG\s+H[OÒÕ][AÀ]\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)"
    r"|Độc\s+lập\s*[-–]\s*Tự\s+do|(?i:céng\s+h\S+\s+x·\s+héi|§éc\s+lËp)|COÄNG\s+HO\S+\s+XAÕ|Ñoäc\s+laäp"
)
RECIPIENTS = r"Nơi\s+(?:nhận|gửi)|N¬i\s+nhËn|Nôi\s+nhaän"
#: lines in one cell from which the cell holds a text, not an entry
LONG_CELL = 40
_LETTERHEAD = MOTTO + rf"|(?m:^\s*(?:{RECIPIENTS}))"
_SIGNS = r"(?m)^\s*(?:Số\s*[:\d]|(?:KT|TM|TL|TUQ)\s*\.|Q\.|.*CHỦ TỊCH|.*HIỆU TRƯỞNG|.*GIÁM ĐỐC)"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, the grid column where it begins, and whether it spans the whole table."""

    pieces: tuple[Piece, ...]
    column: int = 0
    wide: bool = False

    @property
    def text(self) -> str:
        """The words of the cell on one line; a number cut after ``-`` or ``/`` is whole again."""
        return self.laid()[0]

    def laid(self) -> tuple[str, list[int]]:
        """The words of the cell on one line, and where each of its pieces begins in them."""
        words, starts = "", []
        for part in (piece.text.strip() for piece in self.pieces):
            cut = re.search(r"\w[-/]$", words) and re.match(r"\w", part)
            words += " " if words and part and not cut else ""
            starts.append(len(words))
            words += part
        return words, starts


def is_layout(rows: Sequence[Sequence[Cell]], bordered: bool) -> bool:
    """Does this table only arrange a letterhead or a signature block?

    Yes where it holds the motto or ``Nơi nhận`` (and is no ruled table of many columns or rows), or
    where it has no borders, at most three columns and words of such a block. A table of one column,
    or with a cell of very many lines, frames a text and is a layout too.
    """
    columns = max((len(row) for row in rows), default=0)
    if columns <= 1 or any(len(cell.pieces) > LONG_CELL for row in rows for cell in row):
        return True
    if columns > 4 or (bordered and (columns > 3 or len(rows) > 5)):
        return False
    text = normalize("NFC", "\n".join(piece.text for row in rows for cell in row for piece in cell.pieces))
    if re.search(_LETTERHEAD, text):
        return True
    return not bordered and columns <= 3 and bool(re.search(_SIGNS, text))


def by_columns(rows: Iterable[Sequence[Cell]]) -> list[Piece]:
    """The lines of a layout: left column from top to bottom, then the next; empty lines are dropped.

    A cell over the whole width closes the columns above it.
    """
    done: list[Piece] = []
    columns: dict[int, list[Piece]] = {}
    for row in rows:
        if any(cell.wide and cell.text for cell in row):
            done += _flush(columns)
        for cell in row:
            columns.setdefault(cell.column, []).extend(p for p in cell.pieces if p.text.strip())
    return done + _flush(columns)


def _flush(columns: dict[int, list[Piece]]) -> list[Piece]:
    pieces = [piece for column in sorted(columns) for piece in columns[column]]
    columns.clear()
    return pieces


def by_rows(rows: Iterable[Sequence[Cell]]) -> list[Piece]:
    """The lines of a real table, one a row; rows without any text are left out."""
    return [row_piece(row) for row in rows if any(cell.text for cell in row)]


def row_piece(row: Sequence[Cell]) -> Piece:
    """One row as a piece; bold where every cell with text is."""
    parts = [piece for cell in row for piece in cell.pieces if piece.text.strip()]
    sizes = [piece.size for piece in parts if piece.size is not None]
    bold = bool(parts) and all(piece.bold for piece in parts)
    breaks = (0,) if any(piece.breaks for piece in parts) else ()
    boxes = [piece.box for piece in parts if piece.box is not None]
    return Piece(
        row_line([cell.text for cell in row]),
        True,
        bold,
        sizes[0] if sizes else None,
        reduce(around, boxes) if boxes else None,
        breaks,
        tuple(_seen(row)),
    )


def _seen(row: Sequence[Cell]) -> Iterator[Seen]:
    """The words of a row that were read from a picture, with offsets in :func:`row_line`."""
    at = len("| ")
    for cell in row:
        text, starts = cell.laid()
        for piece, start in zip(cell.pieces, starts, strict=True):
            shift = at + start - (len(piece.text) - len(piece.text.lstrip()))
            yield from (w._replace(start=w.start + shift, end=w.end + shift) for w in piece.words)
        at += len(text) + len(" | ")


def row_line(cells: Iterable[str]) -> str:
    """``["a", "b|c"]`` → ``"| a | b/c |"``."""
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split("\n")) for cell in cells) + " |"


def unruled(piece: Piece) -> Piece:
    """A row of a nested table as plain words, for the cell that holds it."""
    words = " ".join(part.strip() for part in piece.text.split("|") if part.strip())
    return replace(piece, text=words) if piece.text.startswith("| ") else piece
