"""HTML (and web pages saved as one file, MHTML): blocks become lines, tables as in DOCX.

White space collapses as a browser collapses it; nothing is fetched. Lists print their numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extractor.ground.source import Source
from extractor.ground.trouble import Trouble
from extractor.reading import compose, grid, plain
from extractor.reading.compose import Piece
from extractor.reading.grid import Cell
from extractor.reading.numbering import numeral

MAX_BYTES = 20 * 1024 * 1024
DROPPED = frozenset((
    "head", "script", "style", "nav", "noscript", "template", "svg", "iframe", "select", "button", "textarea",
    "object",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "ul",
))  # fmt: skip
BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
#: ``type`` or ``list-style-type`` of an ordered list → number format
FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
}

_COLUMNS = 128  # more are an attack, not a table


def read(content: bytes, name: str, kind: str = "html", ocr: str = "auto") -> Source:
    """The words of a web page, one block a line."""
    page = _saved_page(content) if kind == "mhtml" else content
    if len(page) > MAX_BYTES:
        raise Trouble("too_large", "The HTML has more than 20 MB", "Save its text alone and try again.")
    text, notes = _decoded(page)
    root = _parsed(text)
    writer = Writer()
    try:
        if root is not None:
            writer.element(root, False)
    except RecursionError as error:
        raise _too_deep() from error
    writer.end()
    raw, lines = compose.lines_of(writer.pieces)
    if not raw.strip():
        raise Trouble("empty", "The HTML holds no text", "Save the page once it is fully loaded.")
    return compose.source(content, name, kind, raw, compose.tiled([0], len(raw)), lines, notes)


class Writer:
    """Collects lines while it walks over elements."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._parts: list[tuple[str, bool]] = []
        self._opens: bool | None = True
        self._label = ""

    def element(self, element: Any, bold: bool) -> None:
        """Write one element and what it holds (not its tail)."""
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED or _hidden(element):
            return
        if tag == "br":
            self.end(None)
        elif tag == "table":
            self.end()
            self.pieces += table(element, bold)
        elif tag in ("ol", "ul"):
            self.end()
            self._list(element, bold)
            self.end()
        else:
            block = tag in BLOCKS
            if block:
                self.end()
            self.inside(element, bold or tag in BOLD or _bold(element))
            if block:
                self.end()

    def inside(self, element: Any, bold: bool) -> None:
        """Write the text and the children of an element."""
        keep = element.tag == "pre"
        self._text(element.text, bold, keep)
        for child in element:
            self.element(child, bold)
            self._text(child.tail, bold, keep)

    def end(self, opens: bool | None = True) -> None:
        """End the line; ``opens`` tells of the next one."""
        text = "".join(part for part, _ in self._parts).strip(" ")
        if text:
            bold = all(is_bold for part, is_bold in self._parts if part.strip())
            self.pieces.append(Piece(self._label + text, self._opens, bold))
            self._label = ""
        self._parts = []
        self._opens = opens if text or opens else self._opens

    def _text(self, text: str | None, bold: bool, keep: bool) -> None:
        if not text:
            return
        if keep and "\n" in text:
            first, *rest = text.split("\n")
            self._parts.append((first, bold))
            for line in rest:
                self.end(None)
                self._parts.append((line, bold))
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", text)
        after_space = not self._parts or self._parts[-1][0].endswith(" ")
        words = words[1:] if after_space and words.startswith(" ") else words
        if words:
            self._parts.append((words, bold))

    def _list(self, element: Any, bold: bool) -> None:
        style = _style(element, "list-style-type") or _style(element, "list-style").split(" ")[0]
        ordered = element.tag == "ol"
        form = FORMS.get(style) or FORMS.get(element.get("type", "1"), "decimal")
        number = _number(element.get("start"), 1)
        for child in element:
            if child.tag == "li":
                number = _number(child.get("value"), number)
                self.end()
                bare = style == "none"
                self._label = "" if bare else f"{numeral(number, form)}. " if ordered else "- "
                self.inside(child, bold or _bold(child))
                self.end()
                self._label = ""
                number += 1
            else:
                self.element(child, bold)


def table(element: Any, bold: bool) -> list[Piece]:
    """The lines of a table: a layout by columns, a real one by rows."""
    rows = list(_rows(element, bold))
    if grid.is_layout(rows, _bordered(element)):
        return grid.by_columns(rows)
    flat = [[replace(c, pieces=tuple(grid.unruled(p) for p in c.pieces)) for c in row] for row in rows]
    return grid.by_rows(flat)


def _rows(element: Any, bold: bool) -> Iterator[list[Cell]]:
    """The rows of a table; the place of a cell that hangs down from above is an empty cell."""
    hanging: dict[int, int] = {}
    for row in _own(element, "tr"):
        cells: list[Cell] = []
        column = 0
        for found in [*_own(row, "td", "th"), None]:
            while hanging.get(column, 0) > 0:
                hanging[column] -= 1
                cells.append(Cell((), column))
                column += 1
            if found is None:
                break
            writer = Writer()
            writer.inside(found, bold or found.tag == "th" or _bold(found))
            writer.end()
            if column >= _COLUMNS:
                break
            span = min(_number(found.get("colspan"), 1), _COLUMNS - column)
            cells.append(Cell(tuple(writer.pieces), column, span > 1 and column == 0))
            for at in range(column, column + span):
                hanging[at] = min(_number(found.get("rowspan"), 1), 1000) - 1
            column += span
        columns = len(hanging)
        yield [replace(c, wide=c.wide and len(cells) == 1 and columns > 1) for c in cells]


def _own(element: Any, *names: str) -> Iterator[Any]:
    """The rows of a table or cells of a row that belong to it, not to a table inside."""
    for child in element:
        if child.tag in names:
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form"):
            yield from _own(child, *names)


def _bordered(element: Any) -> bool:
    if element.get("border", "0") not in ("0", ""):
        return True
    cells = [element, *element.iter("td", "th")]
    return 2 * sum(1 for cell in cells if "border" in cell.get("style", "") and _drawn(cell)) > len(cells)


def _drawn(cell: Any) -> bool:
    return (
        re.search(r"border[^:;]*:[^;]*\b(?:solid|double|dotted|dashed|inset)", cell.get("style", ""))
        is not None
    )


def _style(element: Any, name: str) -> str:
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;!]+)", element.get("style", "").lower())
    return match[1].strip() if match else ""


def _bold(element: Any) -> bool:
    return _style(element, "font-weight") in ("bold", "bolder", "600", "700", "800", "900")


def _hidden(element: Any) -> bool:
    return "hidden" in element.attrib or _style(element, "display") == "none"


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _parsed(text: str) -> Any | None:
    from lxml import etree, html

    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if any("depth" in entry.message for entry in parser.error_log):
        raise _too_deep()
    return root


def _too_deep() -> Trouble:
    return Trouble("damaged", "The HTML is nested too deeply", "Save the page as text and try again.")


def _decoded(content: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The characters of a page: Unicode where it is, else the charset that the page names."""
    text, notes = plain.decode(content)
    named = re.search(rb"(?i)charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", content[:4096])
    if notes and named:
        try:
            return _tidy(content.decode(named[1].decode("ascii"))), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return _tidy(text), notes


def _tidy(text: str) -> str:
    """Without the marks that make the parser stop or change its mind about the encoding."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    return re.sub(r"(?i)(<meta[^>]+charset\s*=\s*[\"']?\s*)[a-z0-9_-]+", r"\1utf-8", text)


def _saved_page(content: bytes) -> bytes:
    """The first HTML part of a web archive."""
    import email

    for part in email.message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(payload, bytes):
                return _with_charset(payload, charset)
    raise Trouble("damaged", "The web archive holds no HTML", "Save the page as HTML or PDF.")


def _with_charset(payload: bytes, charset: str | None) -> bytes:
    try:
        return payload.decode(charset or "utf-8").encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return payload
