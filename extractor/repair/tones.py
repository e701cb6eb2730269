"""Marks that OCR misread: ``tố chức`` → ``tổ chức``, ``bình đăng giới`` → ``bình đẳng giới``.

Tesseract confuses marks on stacked vowels (rendered pages: ổ → ố, ể → ế, ả → á, i → ỉ, ề → ê, đ → d), and
most of what comes out are syllables too, so only the words around can tell. A noisy channel decides: what
an engine of this confidence likely misread, times how administrative text goes on (``ground/counts.py``),
over each stretch between two signs. Every change is a guess with its probability; letters never change.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from math import exp, log
from typing import NamedTuple

from extractor.ground.counts import cost, counts
from extractor.ground.source import Seen
from extractor.ground.text import Edit
from extractor.ground.vietnamese import letter_run, strip_tones

RULE = "ocr tone"
#: nats by which a reading must be better; more for names, which no counts know
ENOUGH, ENOUGH_NAME = 2.0, 4.0
#: of some 115 such edits on real scans about five were wrong
MOST_SURE = 0.96
#: the share of errors of an engine that go to one neighbour, and what each further letter costs (nats)
_NEIGHBOUR, _FURTHER = 0.2, 1.5
_LEAST_DOUBT = 0.003


class Unit(NamedTuple):
    """A run of letters read from a picture, lower case, with what the engine's confidence leaves of it."""

    start: int
    end: int
    word: str
    sure: float


def tones(raw: str, seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits (each as long as what it replaces) for the words ``seen`` of ``raw``."""
    for stretch in _stretches(raw, seen):
        best = _best(stretch)
        for at, (unit, word) in enumerate(zip(stretch, best, strict=True)):
            if word == unit.word:
                continue
            before, after = best[at - 1] if at else "", best[at + 1] if at + 1 < len(best) else ""
            gain = _cost(unit, unit.word, before, after) - _cost(unit, word, before, after)
            written = raw[unit.start : unit.end]
            capital = written[0].isupper() and not written.isupper()
            if (capital and _named(raw, stretch, at)) or _short_for(raw, stretch, at):
                continue
            if gain >= (ENOUGH_NAME if capital else ENOUGH):
                sure = min(MOST_SURE, round(1 / (1 + exp(-gain)), 3))
                yield Edit(unit.start, unit.end, _cased(word, written), RULE, sure)


def _named(raw: str, stretch: Sequence[Unit], at: int) -> bool:
    """Does a word with a capital stand beside another one, as in a name, of which the counts know nothing?"""
    beside = [stretch[place] for place in (at - 1, at + 1) if 0 <= place < len(stretch)]
    return any(raw[unit.start].isupper() for unit in beside)


def _short_for(raw: str, stretch: Sequence[Unit], at: int) -> bool:
    """Is a word in capitals an abbreviation (``CAT``: Công an tỉnh)? It has no marks and stands alone."""
    words = [
        raw[stretch[place].start : stretch[place].end]
        for place in (at, at - 1, at + 1)
        if 0 <= place < len(stretch)
    ]
    return words[0].isupper() and words[0].isascii() and not any(word.isupper() for word in words[1:])


def _stretches(raw: str, seen: Sequence[Seen]) -> Iterator[list[Unit]]:
    """Words with nothing but blanks between them."""
    stretch: list[Unit] = []
    for word in seen:
        text = raw[word.start : word.end]
        coded = re.search(r"[\d/&\ufffd]", text) is not None
        for run in letter_run().finditer(text) if not coded else ():
            lower = run[0].lower() if len(run[0].lower()) == len(run[0]) else run[0]
            unit = Unit(word.start + run.start(), word.start + run.end(), lower, word.sure)
            if stretch and raw[stretch[-1].end : unit.start].strip():
                yield stretch
                stretch = []
            stretch.append(unit)
        if coded and stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _best(stretch: Sequence[Unit]) -> list[str]:
    """The cheapest words for a stretch (Viterbi)."""
    columns: list[dict[str, tuple[float, str]]] = []
    for unit in stretch:
        before = columns[-1] if columns else {"": (0.0, "")}
        columns.append(
            {
                word: min(
                    (spent + cost(old, word) + _misread(unit, word), old)
                    for old, (spent, _) in before.items()
                )
                for word in _candidates(unit.word)
            }
        )
    word = min(columns[-1], key=lambda w: columns[-1][w][0])
    path = [word]
    for column in reversed(columns[1:]):
        path.append(column[path[-1]][1])
    return path[::-1]


def _cost(unit: Unit, word: str, before: str, after: str) -> float:
    return cost(before, word) + (cost(word, after) if after else 0.0) + _misread(unit, word)


def _misread(unit: Unit, word: str) -> float:
    """What it costs (nats) that the engine saw ``unit.word`` where ``word`` stands."""
    doubt = max(_LEAST_DOUBT, 1 - unit.sure)
    if word == unit.word:
        return -log(1 - min(doubt, 0.95))
    further = sum(a != b for a, b in zip(word, unit.word, strict=True)) - 1
    return -log(doubt * _NEIGHBOUR) + _FURTHER * further


def _candidates(word: str) -> list[str]:
    """The word and all known ones with the same letters."""
    return [word, *(other for other in _by_letters().get(strip_tones(word), ()) if other != word)]


@cache
def _by_letters() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in counts().known():
        found.setdefault(strip_tones(word), []).append(word)
    return {letters: [w for w in words if len(w) == len(letters)] for letters, words in found.items()}


def _cased(word: str, like: str) -> str:
    return "".join(new.upper() if old.isupper() else new for new, old in zip(word, like, strict=True))
