"""Text that remembers every change: raw, clean, and the layers of edits between them.

Nobody rewrites text. Rules propose :class:`Edit` s, :meth:`Text.edited` alone applies them and keeps
them as a :class:`Layer`; so every character of the clean text walks back to the raw text. Layers are
walked, never merged: composing edits is the hard part of every system that tried (ICU ``Edits``).

All offsets are code points, spans are half open. "Clean" offsets count in ``Text.clean``, raw ones
in ``Text.raw``.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of a text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of ``text`` at this span."""
        return text[self.start : self.end]

    def words(self, text: str) -> str:
        """The words of ``text`` at this span on one line, one space between them."""
        return " ".join(self.of(text).split())


class Edit(NamedTuple):
    """One proposal: replace ``[start, end)`` of the text that the rule was shown by ``new``.

    ``rule`` names the class of damage (``"lookalike"``, ``"wrap"`` …); ``sure`` is the probability
    that the change is right (1.0: the rule leaves no choice; less: a guess, shown as such).
    """

    start: int
    end: int
    new: str
    rule: str
    sure: float = 1.0


class OverlappingEdits(ValueError):
    """Two proposals of one layer want the same characters: a bug in the rule, never in the input."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Edits that were applied together, sorted, in coordinates of the text before them."""

    name: str
    edits: tuple[Edit, ...]
    starts: list[int] = field(default_factory=list, compare=False, repr=False)

    @classmethod
    def of(cls, name: str, edits: tuple[Edit, ...]) -> "Layer":
        """A layer with its index: where each edit begins in the text after the layer."""
        starts, shift = [], 0
        for edit in edits:
            starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)
        return cls(name, edits, starts)

    def before(self, span: Span) -> Span:
        """The span of the text before this layer that ``span`` of the text after it came from.

        A span that cuts into a replacement widens to all of it; a start at a deletion binds right,
        an end binds left, so that deleted characters stay outside.
        """
        start, end = span
        at = bisect_right(self.starts, start) - 1
        if at >= 0:
            edit, new_end = self.edits[at], self.starts[at] + len(self.edits[at].new)
            start = edit.start if start < new_end else start - new_end + edit.end
        at = bisect_left(self.starts, end) - 1
        if at >= 0:
            edit, new_end = self.edits[at], self.starts[at] + len(self.edits[at].new)
            end = edit.end if end < new_end else end - new_end + edit.end
        return Span(min(start, end), end)

    def after(self, offset: int) -> int:
        """Where ``offset`` of the text before this layer lies behind it; inside an edit: at its end."""
        at = bisect_left(self.edits, offset, key=lambda edit: edit.end) - 1
        if at + 1 < len(self.edits) and self.edits[at + 1].start < offset:
            at += 1  # the edit that holds the offset
        if at < 0:
            return offset
        edit, new_end = self.edits[at], self.starts[at] + len(self.edits[at].new)
        return new_end + max(0, offset - edit.end)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its history: ``raw`` as found, ``clean`` as repaired, ``layers`` in between."""

    raw: str
    clean: str
    layers: tuple[Layer, ...] = ()

    @classmethod
    def of(cls, raw: str) -> "Text":
        """A text that nobody has touched yet."""
        return cls(raw, raw)

    def edited(self, name: str, edits: Iterable[Edit]) -> "Text":
        """The text with ``edits`` (in coordinates of ``clean``) applied as one more layer.

        Edits that change nothing are dropped. Raises :class:`OverlappingEdits`.
        """
        clean = self.clean
        kept = sorted(e for e in edits if clean[e.start : e.end] != e.new)
        if not kept:
            return self
        parts, done = [], 0
        for edit in kept:
            if edit.start < done or edit.end > len(clean) or edit.end < edit.start:
                raise OverlappingEdits(f"{name}: {edit} does not fit after offset {done}")
            parts += [clean[done : edit.start], edit.new]
            done = edit.end
        parts.append(clean[done:])
        return Text(self.raw, "".join(parts), (*self.layers, Layer.of(name, tuple(kept))))

    def raw_span(self, span: Span) -> Span:
        """Where in ``raw`` the clean ``span`` came from (see :meth:`Layer.before`)."""
        for layer in reversed(self.layers):
            span = layer.before(span)
        return span

    def clean_offset(self, raw: int) -> int:
        """Where in ``clean`` the raw offset ``raw`` has come to lie (see :meth:`Layer.after`)."""
        for layer in self.layers:
            raw = layer.after(raw)
        return raw

    def ledger(self) -> list[dict[str, Any]]:
        """The layers as plain data: ``[{"layer", "edits": [[start, end, new, rule, sure], …]}, …]``."""
        return [{"layer": layer.name, "edits": [list(e) for e in layer.edits]} for layer in self.layers]

    @classmethod
    def replay(cls, raw: str, ledger: Iterable[dict[str, Any]]) -> "Text":
        """The same text again from its raw characters and its ledger."""
        text = cls.of(raw)
        for layer in ledger:
            text = text.edited(layer["layer"], [Edit(*edit) for edit in layer["edits"]])
        return text
