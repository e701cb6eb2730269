"""The layers of a repair laid over one another: what stands where, what stood there before, and why.

For the eye only. Layers are walked, never merged, wherever a position has to be exact; here edits of several
layers that overlap become one change, with the classes of all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.ground.text import Edit, Span, Text


@dataclass(frozen=True, slots=True)
class Change:
    """``raw`` of the raw text became ``clean`` of the repaired one; ``rules`` name the classes of damage in
    the order of the layers, ``sure`` is the least probability that an edit of it is right.
    """

    raw: Span
    clean: Span
    rules: tuple[str, ...]
    sure: float = 1.0


def changes(text: Text) -> list[Change]:
    """The changes of ``text`` in order; what lies between two of them is as it was."""
    found: list[Change] = []
    for layer in text.layers:
        found = list(_over(found, layer.edits))
    return found


def _over(below: list[Change], edits: Iterable[Edit]) -> Iterator[Change]:
    """The changes of some layers and, over them, the edits of one more, in the text after it.

    ``shift`` is raw minus current offset where nothing is changed, ``grown`` how much longer the text has
    become by edits of this layer.
    """
    shift = grown = 0
    for group in _groups(below, edits):
        old = Span(min(_at(one).start for one in group), max(_at(one).end for one in group))
        raw_start = old.start + shift
        raw = old.end - old.start
        new = old.end - old.start
        rules: list[str] = []
        sure = 1.0
        for one in sorted(group, key=lambda one: isinstance(one, Edit)):
            if isinstance(one, Change):
                raw += (one.raw.end - one.raw.start) - (one.clean.end - one.clean.start)
                rules += one.rules
            else:
                new += len(one.new) - (one.end - one.start)
                rules.append(one.rule)
            sure = min(sure, one.sure)
        start = old.start + grown
        yield Change(Span(raw_start, raw_start + raw), Span(start, start + new), _once(rules), sure)
        shift += raw - (old.end - old.start)
        grown += new - (old.end - old.start)


def _groups(below: list[Change], edits: Iterable[Edit]) -> Iterator[list[Change | Edit]]:
    """Changes and edits in the order of the text; those that overlap together."""
    group: list[Change | Edit] = []
    reach = 0
    every: list[Change | Edit] = [*below, *edits]
    for one in sorted(every, key=lambda one: (*_at(one), isinstance(one, Edit))):
        if group and _at(one).start >= reach:
            yield group
            group = []
        group.append(one)
        reach = max(reach, _at(one).end) if len(group) > 1 else _at(one).end
    if group:
        yield group


def _at(one: Change | Edit) -> Span:
    return one.clean if isinstance(one, Change) else Span(one.start, one.end)


def _once(rules: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rules))
