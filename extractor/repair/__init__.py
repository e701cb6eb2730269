"""The room that repairs: raw text in, the same text without its damage out, every change in a ledger.

Each step looks at the text and proposes edits; :meth:`Text.edited` alone applies them. The steps run
in the order of :data:`STEPS` (an early one must not destroy what a later one reads), and again until
nothing changes, so mending twice changes nothing. :func:`judge` then says what no step can mend.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple

from extractor.ground.source import Line, Seen
from extractor.ground.text import Edit, Text
from extractor.repair.breaks import line_ends
from extractor.repair.columns import columns
from extractor.repair.dropped import dropped
from extractor.repair.encodings import decoded
from extractor.repair.figures import figures
from extractor.repair.formulas import formulas
from extractor.repair.glued import glued
from extractor.repair.homoglyphs import homoglyphs
from extractor.repair.layout import layout
from extractor.repair.lookalikes import lookalikes
from extractor.repair.markdown import marks
from extractor.repair.misread import misread
from extractor.repair.numerals import numerals
from extractor.repair.signatures import signatures
from extractor.repair.spacing import spaces
from extractor.repair.split import split
from extractor.repair.strays import stray_marks
from extractor.repair.symbols import symbols
from extractor.repair.tones import tones
from extractor.repair.unicode import compose
from extractor.repair.verdict import judge

__all__ = ["STEPS", "Step", "judge", "mend"]

_ROUNDS = 8


class Step(NamedTuple):
    """One step: what the ledger calls it, what it does, and the edits it proposes for a text."""

    name: str
    about: str
    propose: Callable[[str], Iterable[Edit]]


_BEFORE_LINES = (  # these never add or remove a line end
    Step("misread", "UTF-8 read as another code page", misread),
    Step("misread", "and once more, where that happened twice", misread),
    Step("encoding", "legacy code pages and glyph numbers", decoded),
    Step("unicode", "composed letters (NFC), marks in order", compose),
    Step("marks", "marks that stand beside their vowels", stray_marks),
    Step("lookalikes", "letters that stand for others", lookalikes),
    Step("homoglyphs", "letters of other scripts that look Latin", homoglyphs),
    Step("spacing", "invisible characters, odd spaces, bullets of symbol fonts", spaces),
    Step("markdown", "marks of Markdown and HTML", marks),
    Step("split", "spaces inside words: split syllables, letter-spaced lines", split),
)
STEPS = (
    *_BEFORE_LINES,
    Step("breaks", "one kind of line end", line_ends),
    Step("columns", "two columns on one line set apart", columns),
    Step("layout", "page furniture out, broken lines joined", layout),
    Step("dropped", "letters, commas and dots that left a space", dropped),
)


def mend(raw: str, lines: Sequence[Line] = (), *, lost: str = "", seen: Sequence[Seen] = ()) -> Text:
    """The repaired text with its ledger.

    ``lines``: what the format knows of the lines of ``raw``; where they say whether a block opens, they
    are believed, and only the other steps look at the joined text again. ``lost``: the letters and signs
    that a person or the fonts of the file know to be dropped, each leaving a space (``"âãp,."``); the step
    ``dropped`` then writes these alone and needs no other proof. Else it learns them from the text. ``seen``:
    the words of ``raw`` that were read from pictures; what OCR misreads is looked for in them alone.
    """
    text, steps = _recognized(Text.of(raw), lines, seen), _knowing(lost)
    hints = [line.opens for line in lines]
    aside = {at for at, line in enumerate(lines) if line.aside}
    if any(hint is not None for hint in hints):
        text = _rounds(text, _BEFORE_LINES, 1)
        text = text.edited("layout", layout(text.clean, hints, aside))
        return _rounds(text, [step for step in steps if step.name != "layout"], _ROUNDS)
    return _rounds(text, steps, _ROUNDS)


def _recognized(text: Text, lines: Sequence[Line], seen: Sequence[Seen]) -> Text:
    """Misreadings of OCR mended; these edits come first, while words and lines are where they were seen."""
    if not seen:
        return text
    text = text.edited("ocr", tones(text.clean, seen))
    proposals = (
        formulas(text.clean, lines, seen),
        signatures(text.clean, lines, seen),
        numerals(text.clean, lines, seen),
        figures(text.clean, seen),
        symbols(text.clean, seen),
        glued(text.clean, seen),
    )
    return text.edited("ocr", _apart(chain.from_iterable(proposals)))


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits without those that touch one before them in the list."""
    kept: list[Edit] = []
    for edit in edits:
        at = bisect_left(kept, edit)
        beside = kept[max(0, at - 1) : at + 1]
        if not any(edit.start < other.end and other.start < edit.end for other in beside):
            kept.insert(at, edit)
    return kept


def _knowing(lost: str) -> Sequence[Step]:
    """The steps, of which ``dropped`` knows which letters were lost."""
    if not lost:
        return STEPS
    told = partial(dropped, lost=lost)
    return [step._replace(propose=told) if step.propose is dropped else step for step in STEPS]


def _rounds(text: Text, steps: Sequence[Step], rounds: int) -> Text:
    """The steps in turn, until each of them has seen the text and left it as it is."""
    quiet = 0
    for step in chain.from_iterable(repeat(steps, rounds)):
        before, text = text, text.edited(step.name, step.propose(text.clean))
        quiet = quiet + 1 if text is before else 0
        if quiet == len(steps):
            break
    return text
