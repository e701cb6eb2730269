"""The ledger of a repair as lines to read: what was changed, where, and how sure it is."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from extractor.ground.text import Span, Text

_CONTEXT = 24  # characters shown on both sides of a change
_SIGNS = {"\n": "⏎", "\t": "⇥", "\f": "⇟", "\r": "␍", "\u00a0": "⍽"}


class Change(NamedTuple):
    """One edit: its class, the line and column of the raw text (from 1), and both readings in context."""

    rule: str
    line: int
    column: int
    before: str
    after: str
    sure: float

    def __str__(self) -> str:
        doubt = "" if self.sure >= 1 else f"  (sure: {self.sure:.2f})"
        return f"{self.line}:{self.column}\t{self.rule}\t{self.before} → {self.after}{doubt}"


def explain(text: Text) -> Iterator[Change]:
    """Every edit of ``text``, layer by layer, in order of place within a layer."""
    starts = _line_starts(text.raw)
    step = Text.of(text.raw)
    for layer in text.layers:
        done, shift = step.edited(layer.name, layer.edits), 0
        for edit in layer.edits:
            at = step.raw_span(Span(edit.start, edit.end)).start
            line = bisect_right(starts, at)
            new = edit.start + shift
            before = _shown(step.clean, edit.start, edit.end)
            after = _shown(done.clean, new, new + len(edit.new))
            yield Change(edit.rule, line, at - starts[line - 1] + 1, before, after, edit.sure)
            shift += len(edit.new) - (edit.end - edit.start)
        step = done


def _line_starts(raw: str) -> list[int]:
    starts, place = [0], raw.find("\n")
    while place >= 0:
        starts.append(place + 1)
        place = raw.find("\n", place + 1)
    return starts


def _shown(text: str, start: int, end: int) -> str:
    """``text[start:end]`` in brackets with some words of its line around it."""
    left = text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    right = text[end : end + _CONTEXT].partition("\n")[0]
    left = left if len(left) < _CONTEXT else left[left.find(" ") + 1 :]
    right = right if len(right) < _CONTEXT else right[: right.rfind(" ") + 1].rstrip()
    return _visible(f"{left}[{text[start:end]}]{right}")


def _visible(text: str) -> str:
    return "".join(_SIGNS.get(char, char if char.isprintable() else f"\\u{ord(char):04X}") for char in text)
