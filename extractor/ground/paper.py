"""A plan drawn as a document: zones by their function, and the tree of its numbered sections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from extractor.ground.text import Span


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text with one function (the parts of Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered item, a bullet, a line that heads bullets (``"lead"``), a heading whose number is lost
    (``"told"``, by its words), or (the root) the whole body.

    ``label`` is as printed without its dot or bracket (``"I"``, ``"1.1"``, ``"đ"``, ``"-"``);
    ``style`` its kind of numbering; ``path`` joins the labels of the numbered sections above it.
    ``span`` covers the section with all below it, ``own`` only up to its first child;
    ``title`` is the heading without its label and colon, ``None`` where the item is a plain
    sentence; ``content`` is what of ``own`` follows label and title. Offsets are clean ones.
    """

    label: str
    style: str
    path: str
    span: Span
    own: Span
    title: Span | None
    content: Span
    children: tuple["Section", ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether it counts in the outline: a number is printed."""
        return self.heads and self.style != "told"

    @property
    def heads(self) -> bool:
        """Whether it stands where numbers do (a bullet, or a line that heads bullets, does not)."""
        return self.style not in ("bullet", "lead", "root")

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in reading order."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting.extend(reversed(section.children))


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know: a missing number, a contradiction. ``span`` is clean."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The clean text of a document with its zones (they tile it) and section tree (it tiles the body)."""

    text: str
    zones: tuple[Zone, ...]
    root: Section
    notes: tuple[Note, ...] = ()

    def spans(self, name: str) -> list[Span]:
        """The stretches of the zone ``name``, in order; recipients and signature may take turns."""
        return [zone.span for zone in self.zones if zone.name == name]

    def zone(self, name: str) -> Span:
        """The first stretch of the zone ``name``; empty (at the text's end) where there is none."""
        return next(iter(self.spans(name)), Span(len(self.text), len(self.text)))

    def lines(self, *names: str) -> Iterator[tuple[Span, str]]:
        """The lines with words of the named zones, in text order: their spans (trimmed) and words."""
        for zone in self.zones:
            if zone.name in names:
                yield from trimmed_lines(self.text, zone.span)


def trimmed_lines(text: str, span: Span) -> Iterator[tuple[Span, str]]:
    """The lines with words within ``span``, each trimmed to its words."""
    at = span.start
    for line in text[span.start : span.end].split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words)
            yield Span(start, start + len(words)), words
        at += len(line) + 1


Answer = TypeVar("Answer")


def once(ask: Callable[[Paper], Answer]) -> Callable[[Paper], Answer]:
    """``ask`` with the answer for its last paper remembered: many fields ask the same of one document.

    For answers that nobody changes. The last paper lives until another one is asked about.
    """
    last: tuple[Paper, Answer] | None = None

    @wraps(ask)
    def answered(paper: Paper) -> Answer:
        nonlocal last
        if (known := last) is None or known[0] is not paper:
            known = last = (paper, ask(paper))
        return known[1]

    return answered
