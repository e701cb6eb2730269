"""The inside of a DOCX paragraph: runs, breaks, fields, symbols, notes and text boxes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from extractor.reading.package import W
from extractor.reading.styles import Look, Styles, look_of

_RPR, _RSTYLE = W + "rPr", W + "rStyle"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SILENT = frozenset(
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "instrText", "delText", "delInstrText")
) | {_MATH + "rPr", _MATH + "ctrlPr"}
_GRAPHICS = frozenset(W + name for name in ("drawing", "pict", "object"))


@dataclass(slots=True)
class Flow:
    """What a paragraph holds: its lines as lists of ``(text, look)``, and what hangs on it.

    ``breaks``: ``(line, offset)`` of page breaks; ``boxes``: ``w:txbxContent`` elements; ``notes``:
    ``(kind, id, mark)`` of footnotes and endnotes referred to.
    """

    lines: list[list[tuple[str, Look]]] = field(default_factory=lambda: [[]])
    breaks: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The lines as plain strings."""
        return ["".join(text for text, _ in line) for line in self.lines]


class RunReader:
    """Reads paragraphs one after the other; keeps the count of notes between them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._note = 0
        self._fields: list[bool] = []
        self._on: dict[str, Callable[[Any, Flow, Look], None]] = {
            W + "r": self._run,
            W + "t": self._text,
            _MATH + "t": self._text,
            W + "tab": lambda e, flow, look: self._put("\t", flow, look),
            W + "ptab": lambda e, flow, look: self._put("\t", flow, look),
            W + "noBreakHyphen": lambda e, flow, look: self._put("-", flow, look),
            W + "br": self._break,
            W + "cr": self._break,
            W + "lastRenderedPageBreak": self._page,
            W + "sym": self._symbol,
            W + "fldChar": self._field,
            W + "footnoteReference": self._note_mark,
            W + "endnoteReference": self._note_mark,
            _MC + "AlternateContent": self._alternative,
        }

    def flow(self, paragraph: Any, style: str | None) -> Flow:
        """The flow of a ``w:p`` whose paragraph style is ``style``."""
        flow = Flow()
        self._children(paragraph, flow, self._styles.paragraph_look(style))
        self._fields = [False for _ in self._fields]
        return flow

    def _children(self, element: Any, flow: Flow, look: Look) -> None:
        for inner in element:
            tag = inner.tag
            if tag in self._on:
                self._on[tag](inner, flow, look)
            elif tag in _GRAPHICS:
                flow.boxes += text_boxes(inner)
            elif tag not in _SILENT and isinstance(tag, str):
                self._children(inner, flow, look)

    def _run(self, run: Any, flow: Flow, look: Look) -> None:
        properties = run.find(_RPR)
        if properties is not None:
            own, style = look_of(properties), properties.find(_RSTYLE)
            named = self._styles.run_look(style.get(W + "val")) if style is not None else look
            look = own.over(named).over(look)
        if not look.hidden:
            self._children(run, flow, look)

    def _put(self, text: str, flow: Flow, look: Look) -> None:
        if text and not any(self._fields):
            flow.lines[-1].append((text, look))

    def _text(self, element: Any, flow: Flow, look: Look) -> None:
        self._put((element.text or "").replace("\r", " ").replace("\n", " "), flow, look)

    def _break(self, element: Any, flow: Flow, look: Look) -> None:
        kind = element.get(W + "type", "textWrapping")
        if any(flow.lines[-1]) or kind == "textWrapping":
            flow.lines.append([])
        if kind == "page":
            self._page(element, flow, look)

    def _page(self, element: Any, flow: Flow, look: Look) -> None:
        flow.breaks.append((len(flow.lines) - 1, sum(len(text) for text, _ in flow.lines[-1])))

    def _symbol(self, element: Any, flow: Flow, look: Look) -> None:
        """Symbol fonts number their signs from U+F000: all bullets here, whatever their shape."""
        code, font = element.get(W + "char", ""), element.get(W + "font", "").lower()
        try:
            sign = chr(int(code, 16))
        except (ValueError, OverflowError):
            return
        pictures = font.startswith(("wingdings", "webdings", "symbol", "zapf"))
        self._put("•" if pictures or "\ue000" <= sign <= "\uf8ff" else sign, flow, look)

    def _field(self, element: Any, flow: Flow, look: Look) -> None:
        """``True`` on the stack while the instruction of a field is read, which nobody sees."""
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()

    def _note_mark(self, element: Any, flow: Flow, look: Look) -> None:
        self._note += 1
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        flow.notes.append((kind, element.get(W + "id", ""), f"[{self._note}]"))
        self._put(f"[{self._note}]", flow, look)

    def _alternative(self, element: Any, flow: Flow, look: Look) -> None:
        self._children(chosen(element), flow, look)


def chosen(alternative: Any) -> Any:
    """The one branch of an ``mc:AlternateContent`` to read: that with the text box, else the first."""
    branches = [e for e in alternative if e.tag in (_MC + "Choice", _MC + "Fallback")]
    with_text = [b for b in branches if next(b.iter(W + "txbxContent"), None) is not None]
    return (with_text or branches or [[]])[0]


def text_boxes(element: Any) -> list[Any]:
    """The outermost ``w:txbxContent`` below ``element``, one branch of each alternative only."""
    if element.tag == W + "txbxContent":
        return [element]
    if element.tag == _MC + "AlternateContent":
        return [box for inner in chosen(element) for box in text_boxes(inner)]
    return [box for inner in element if isinstance(inner.tag, str) for box in text_boxes(inner)]
