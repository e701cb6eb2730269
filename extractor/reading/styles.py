"""Styles of a DOCX: what a paragraph or a run inherits (bold, size, hidden, numbering, page break)."""

from typing import Any, NamedTuple

from extractor.reading.package import W, child, is_on, switch, value

_BOLD, _SIZE, _VANISH, _VAL = W + "b", W + "sz", W + "vanish", W + "val"


class Look(NamedTuple):
    """How a run looks; ``None`` where nothing says. ``size`` in points."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None

    def over(self, below: "Look") -> "Look":
        """This look, with what it leaves open taken from ``below``."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.size if self.size is None else self.size,
            below.hidden if self.hidden is None else self.hidden,
        )


class Style(NamedTuple):
    """One style as its file says it, before inheritance; ``numbering`` is ``(numId, ilvl)``."""

    based_on: str | None
    look: Look
    numbering: tuple[str | None, str | None]
    page_break: bool | None
    bordered: bool | None


class Styles:
    """The styles of a document, inheritance resolved and remembered.

    A file brings hundreds of styles and uses a dozen: each is read when it is asked for.
    """

    def __init__(self, root: Any | None) -> None:
        self._styles: dict[str, Any] = {}
        self._known: dict[str, Style] = {}
        self._looks: dict[str | None, Look] = {}
        self._default: str | None = None
        self._base = look_of(child(root, "docDefaults", "rPrDefault", "rPr")) if root is not None else Look()
        for element in root.findall(W + "style") if root is not None else ():
            name = element.get(W + "styleId", "")
            self._styles[name] = element
            if element.get(W + "default") in ("1", "true") and element.get(W + "type") == "paragraph":
                self._default = name

    def chain(self, name: str | None) -> list[Style]:
        """The style and what it is based on, nearest first; loops end."""
        found: list[Style] = []
        while name in self._styles and len(found) < 20:
            if name not in self._known:
                self._known[name] = _style(self._styles[name])
            found.append(self._known[name])
            name = found[-1].based_on
        return found

    def paragraph_look(self, name: str | None) -> Look:
        """The look of a run in a paragraph of this style (the default style for ``None``)."""
        if name not in self._looks:
            look = Look()
            for style in self.chain(name or self._default):
                look = look.over(style.look)
            self._looks[name] = look.over(self._base)
        return self._looks[name]

    def run_look(self, name: str | None) -> Look:
        """What a character style adds."""
        look = Look()
        for style in self.chain(name):
            look = look.over(style.look)
        return look

    def numbering(self, name: str | None) -> tuple[str | None, str | None]:
        """``(numId, ilvl)`` that a paragraph style brings along; ``(None, None)`` without."""
        for style in self.chain(name or self._default):
            if style.numbering[0] is not None:
                return style.numbering
        return None, None

    def page_break(self, name: str | None) -> bool:
        """Does a paragraph of this style begin a page?"""
        told = [
            style.page_break for style in self.chain(name or self._default) if style.page_break is not None
        ]
        return bool(told and told[0])

    def bordered(self, name: str | None) -> bool:
        """Does a table of this style have ruling lines?"""
        told = [style.bordered for style in self.chain(name) if style.bordered is not None]
        return bool(told and told[0])


def _style(element: Any) -> Style:
    numbering = child(element, "pPr", "numPr")
    pair = (value(numbering, "numId"), value(numbering, "ilvl")) if numbering is not None else (None, None)
    paragraph = child(element, "pPr")
    breaks = switch(paragraph, "pageBreakBefore") if paragraph is not None else None
    borders = borders_of(child(element, "tblPr", "tblBorders"))
    return Style(value(element, "basedOn"), look_of(child(element, "rPr")), pair, breaks, borders)


def look_of(properties: Any | None) -> Look:
    """The look that a ``w:rPr`` names."""
    bold = hidden = size = None
    for element in properties if properties is not None else ():
        tag = element.tag
        if tag == _BOLD:
            bold = is_on(element)
        elif tag == _VANISH:
            hidden = is_on(element)
        elif tag == _SIZE:
            points = element.get(_VAL, "")
            size = int(points) / 2 if points.isascii() and points.isdigit() and len(points) < 6 else None
    return Look(bold, size, hidden)


def borders_of(element: Any | None) -> bool | None:
    """Do these borders show? ``None`` where there is no such element."""
    if element is None:
        return None
    return any(b.get(W + "val", "none") not in ("none", "nil") for b in element if isinstance(b.tag, str))
