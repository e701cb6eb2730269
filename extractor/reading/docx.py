"""DOCX: paragraphs, tables, notes, text boxes and automatic numbers, in the order of the page.

Pages begin at page breaks, section breaks and where Word left the trace of its last layout
(``w:lastRenderedPageBreak``): an approximation, and one page only where a file holds no trace.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from extractor.ground.source import Source
from extractor.ground.trouble import Trouble
from extractor.reading import compose, grid
from extractor.reading.compose import Piece
from extractor.reading.grid import Cell
from extractor.reading.numbering import numbering_of
from extractor.reading.package import Package, W, child, damaged, is_on, value
from extractor.reading.runs import Flow, RunReader
from extractor.reading.styles import Look, Styles, borders_of

FRONT_BLOCKS = 8
_FRONT = grid.MOTTO + r"|(?m:^\s*Số\s*:)"
#: how table styles dress single rows and columns: often more than half of a large part, and not read
BANDS = b"w:tblStylePr"
_LIST_MARK = r"\s*(?:[-–+*•]|\d{1,2}[.)/]|[a-zđ][.)]|[IVX]+[./])\s"


def read(content: bytes, name: str, kind: str = "docx", ocr: str = "auto") -> Source:
    """The document of a DOCX file; ``kind`` says what it was before a conversion."""
    package = Package(content)
    try:
        pieces = DocxReader(package).pieces()
    except RecursionError as error:
        raise damaged() from error
    raw, lines = compose.lines_of(pieces)
    if not raw.strip():
        raise Trouble(
            "empty", "The document holds no text", "If it holds pictures of pages, run an OCR program first."
        )
    return compose.source(content, name, kind, raw, compose.flowing_pages(raw, pieces, lines), lines)


class DocxReader:
    """One reading of one package: numbers and notes count on from block to block."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles.xml", without=BANDS))
        self._numbering = numbering_of(package.part("numbering.xml"), self._styles)
        self._runs = RunReader(self._styles)
        self._document = package.part(package.main)
        self._notes = {
            kind: {n.get(W + "id", ""): n for n in root} if root is not None else {}
            for kind, root in ((k, package.part(f"{k}s.xml")) for k in ("footnote", "endnote"))
        }
        self._sections = list(self._document.iter(W + "sectPr")) if self._document is not None else []
        self._section_starts = [value(section, "type") or "nextPage" for section in self._sections[1:]]
        self._new_page = False
        self._tables = 0
        self._table_notes: list[Piece] = []

    def pieces(self) -> list[Piece]:
        """Every line of the document; a letterhead in text boxes or in the page header comes first."""
        body = child(self._document, "body")
        if body is None:
            raise damaged()
        front: list[Piece] = []
        rest: list[Piece] = []
        for at, block in enumerate(blocks_of(body)):
            boxes: list[Piece] = []
            rest += self._block(block, boxes if at < FRONT_BLOCKS else None)
            (front if _holds(boxes, _FRONT) else rest).extend(boxes)
        if not _holds(front + rest, grid.MOTTO):
            front = self._page_header() + front
        return front + rest

    def _block(self, block: Any, boxes: list[Piece] | None = None) -> list[Piece]:
        """The lines of a ``w:p`` or ``w:tbl``; lines of its text boxes go to ``boxes`` where given."""
        if block.tag == W + "tbl":
            return self._table(block) + self._late_notes()
        own = self._paragraph(block)
        inside = [piece for box in own[1].boxes for piece in self._blocks(box)]
        if boxes is None:
            return own[0] + inside
        boxes += inside
        return own[0]

    def _blocks(self, container: Any) -> list[Piece]:
        return [piece for block in blocks_of(container) for piece in self._block(block)]

    def _paragraph(self, paragraph: Any) -> tuple[list[Piece], Flow]:
        properties = child(paragraph, "pPr")
        told = {e.tag: e for e in properties} if properties is not None else {}
        style = told[W + "pStyle"].get(W + "val") if W + "pStyle" in told else None
        flow = self._runs.flow(paragraph, style)
        label = self._label(told.get(W + "numPr"), style)
        pieces = [
            _piece(line, label if at == 0 else "", at, [b for n, b in flow.breaks if n == at])
            for at, line in enumerate(flow.lines)
        ]
        if self._begins_page(told.get(W + "pageBreakBefore"), style):
            pieces[0] = replace(pieces[0], breaks=(0, *pieces[0].breaks))
        if W + "sectPr" in told and self._section_starts:
            self._new_page = self._section_starts.pop(0) in ("nextPage", "oddPage", "evenPage")
        notes = [self._note(*note) for note in flow.notes]
        if self._tables:
            self._table_notes += notes
            notes = []
        return pieces + notes, flow

    def _late_notes(self) -> list[Piece]:
        """The notes that the cells of a table refer to: they follow the outermost table."""
        if self._tables:
            return []
        notes, self._table_notes = self._table_notes, []
        return notes

    def _begins_page(self, asked: Any | None, style: str | None) -> bool:
        told = self._new_page or (self._styles.page_break(style) if asked is None else is_on(asked))
        self._new_page = False
        return told

    def _label(self, numbering: Any | None, style: str | None) -> str:
        number = value(numbering, "numId") if numbering is not None else None
        level = value(numbering, "ilvl") if numbering is not None else None
        by_style = None
        if number is None:
            number, own_level = self._styles.numbering(style)
            by_style, level = (style if level is None else None), level or own_level
        depth = int(level) if level and level.isdigit() else 0
        return self._numbering.label(number, min(depth, 8), by_style)

    def _note(self, kind: str, name: str, mark: str) -> Piece:
        note = self._notes[kind].get(name)
        flows = [self._runs.flow(p, None) for p in note.iter(W + "p")] if note is not None else []
        text = " ".join(part for flow in flows for part in (t.strip() for t in flow.texts()) if part)
        return Piece(f"{mark} {text}".rstrip())

    def _table(self, table: Any) -> list[Piece]:
        self._tables += 1
        rows = self._rows(table)
        self._tables -= 1
        if not grid.is_layout(rows, self._bordered(table)):
            flat = [
                [replace(c, pieces=tuple(grid.unruled(p) for p in c.pieces)) for c in row] for row in rows
            ]
            return grid.by_rows(flat)
        pieces = [replace(p, opens=None) if p.opens is False else p for p in grid.by_columns(rows)]
        breaks = next((p.breaks for p in pieces if p.breaks), ())
        plain = [replace(p, breaks=()) for p in pieces]
        return [replace(plain[0], breaks=breaks and (0,)), *plain[1:]] if plain else []

    def _rows(self, table: Any) -> list[list[Cell]]:
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        rows = []
        for row in inner_of(table, "tr"):
            at = _count(value(row, "trPr", "gridBefore"), 0)
            cells = []
            for element in inner_of(row, "tc"):
                span = _count(value(element, "tcPr", "gridSpan"), 1)
                pieces = () if _continues(element) else tuple(self._blocks(element))
                cells.append(Cell(pieces, at, at == 0 and span >= max(columns, 2)))
                at += span
            rows.append(cells)
        return rows

    def _bordered(self, table: Any) -> bool:
        told = borders_of(child(table, "tblPr", "tblBorders"))
        if told is None:
            told = self._styles.bordered(value(table, "tblPr", "tblStyle"))
        cells = [borders_of(e) for e in table.iter(W + "tcBorders")]
        ruled = sum(1 for shown in cells if shown)
        return told or ruled > 0.5 * sum(1 for _ in table.iter(W + "tc"))

    def _page_header(self) -> list[Piece]:
        """The lines of the first page's header where it holds the motto, else none."""
        section = next(iter(self._sections), None)
        references = section.findall(W + "headerReference") if section is not None else []
        references.sort(key=lambda r: r.get(W + "type") != "first")
        for reference in references:
            relation = next((v for k, v in reference.attrib.items() if k.endswith("}id")), "")
            target = self._package.target(relation)
            header = self._package.part(target) if target else None
            pieces = self._blocks(header) if header is not None else []
            if _holds(pieces, grid.MOTTO):
                return [piece for piece in pieces if piece.text.strip()]
        return []


def _piece(line: list[tuple[str, Look]], label: str, at: int, breaks: list[int]) -> Piece:
    text = label + "".join(part for part, _ in line)
    opens = True if at == 0 else None if re.match(_LIST_MARK, text) else False
    seen = [(part, look) for part, look in line if part.strip()]
    sizes: dict[float | None, int] = {}
    for part, look in seen:
        sizes[look.size] = sizes.get(look.size, 0) + len(part)
    size = max(sizes, key=lambda s: sizes[s]) if sizes else None
    bold = bool(seen) and all(look.bold for _, look in seen)
    return Piece(text, opens, bold, size, None, tuple(b + len(label) if b else 0 for b in breaks))


def _holds(pieces: Iterable[Piece], pattern: str) -> bool:
    return re.search(pattern, normalize("NFC", "\n".join(piece.text for piece in pieces))) is not None


def blocks_of(container: Any) -> list[Any]:
    """The ``w:p`` and ``w:tbl`` of a container, content controls and tracked insertions opened."""
    found = []
    for element in container:
        if element.tag in (W + "p", W + "tbl"):
            found.append(element)
        elif isinstance(element.tag, str) and element.tag not in (W + "del", W + "moveFrom", W + "sectPr"):
            found += blocks_of(element)
    return found


def inner_of(container: Any, name: str) -> list[Any]:
    """The ``w:tr`` of a table or ``w:tc`` of a row, content controls opened; not those of inner tables."""
    found = []
    for element in container:
        if element.tag == W + name:
            deleted = name == "tr" and child(element, "trPr", "del") is not None
            found += [] if deleted else [element]
        elif element.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins"):
            found += inner_of(element, name)
    return found


def _continues(cell: Any) -> bool:
    """Is this the lower part of a vertically merged cell, whose words stand in the upper part?"""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and merge.get(W + "val", "continue") != "restart"


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
