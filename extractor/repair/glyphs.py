"""Guesses for one damaged word: which letters stood where the spaces are.

A stretch of a line is a pattern: its letters are known, its spaces are holes. The words that fit are
ranked by what bears them out: 3 a neighbour (a pair the document shows), 2 the document's own words.
Only 3 may teach which letters are lost; 2 is asked last, within that set, for a hole inside a word whose
neighbours are whole, and only where no other syllable fits. Lengths never change, so a line is mended
in place.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import Word, is_syllable
from extractor.repair.vocabulary import HOLE, Vocabulary, sound

_LONGEST = 7  # letters of a syllable
_HOLES = 3
_SURE = {3: 0.95, 2: 0.9}


class Stretch(NamedTuple):
    """A part of a line: its characters, its runs of letters, and whether it begins the line."""

    line: str
    words: tuple[Word, ...]
    opens: bool


class Guess(NamedTuple):
    """``word`` (lower case) fits ``[start, end)``; ``lost``: its letters in holes; ``sides``: witnesses."""

    start: int
    end: int
    word: str
    lost: frozenset[str]
    proof: int
    sides: int = 0


class Sheet:
    """A text under repair: its characters, every change with its certainty, and the lost set so far."""

    def __init__(self, text: str) -> None:
        self.text, self.chars = text, list(text)
        self.changes: dict[int, tuple[str, float]] = {}
        self.lost: set[str] = set()
        self.proven: set[str] = set()

    def line(self, start: int, end: int) -> str:
        """The characters ``[start, end)`` as they stand now."""
        return "".join(self.chars[start:end])

    def put(self, place: int, char: str, rule: str, sure: float) -> None:
        """Write ``char`` over the space at ``place``."""
        if self.chars[place] == HOLE:
            self.chars[place] = char
            self.changes[place] = (rule, sure)

    def write(self, start: int, stretch: Stretch, guess: Guess, final: bool) -> None:
        """Write the letters of ``guess`` into its holes; proven ones join the lost set."""
        word = self._cased(stretch, guess)
        for place, char in enumerate(word, guess.start):
            if stretch.line[place] == HOLE:
                self.put(start + place, char, "dropped letter", _SURE[guess.proof] - 0.1 * final)
                if guess.proof == 3 and not final:
                    self.lost.add(char)
        if guess.proof == 3 and not final:
            self.proven.add(guess.word)

    def _cased(self, stretch: Stretch, guess: Guess) -> str:
        """The guessed word with the capitals it needs: as the text has it elsewhere, else by its place."""
        shown = stretch.line[guess.start : guess.end]
        letters = shown.replace(HOLE, "")
        if stretch.line.isupper() or (shown[0] == HOLE and len(letters) > 1 and letters.isupper()):
            return guess.word.upper()
        if shown[0] != HOLE:
            return guess.word
        small, big = guess.word, guess.word[0].upper() + guess.word[1:]
        head = stretch.line[: guess.start].strip(" -+*•")
        if (not head and stretch.opens) or head[-1:] in (".", ":"):
            return small if small[0] in self.lost and big[0] not in self.lost else big
        before, after = head[head.rfind(HOLE) + 1 :], stretch.line[guess.end : guess.end + 3]
        here = [form for form in (small, big) if before and f"{before} {form}" in self.text]
        intact = [form for form in (small, big) if form[0] in stretch.line]
        there = [form for form in (small, big) if f" {form}{after}" in self.text]
        if len(here) == 1:
            return here[0]
        if len(intact) == 1:
            return big if intact[0] == small else small
        return there[0] if len(there) == 1 else small

    def edits(self) -> Iterator[Edit]:
        """The changes as edits, in order."""
        for place, (rule, sure) in sorted(self.changes.items()):
            yield Edit(place, place + 1, self.chars[place], rule, sure)


def guesses(stretch: Stretch, index: int, known: Vocabulary, lost: set[str], final: bool) -> Iterator[Guess]:
    """Every word that the surroundings of the fragment ``stretch.words[index]`` can be."""
    unknown = not known.has(stretch.words[index].text)
    for start, end in product(_starts(stretch, index), _ends(stretch, index)):
        if end - start > _LONGEST or not 0 < stretch.line.count(HOLE, start, end) <= _HOLES:
            continue
        pattern = stretch.line[start:end].lower()
        before, after = _neighbours(stretch, start, end)
        first = unknown and stretch.opens and not stretch.line[:start].strip(" -+*•")
        inner = pattern[-1] != HOLE and (first or pattern[0] != HOLE)
        quiet = final and _quiet(stretch, start, end, before, after)
        for word in known.like(pattern):
            sides = _witnesses(stretch.line, word, before, after, start, end, known)
            if sides:
                yield Guess(start, end, word, _letters(pattern, word), 3, sides)
            elif quiet and inner and _spelt(pattern, lost) <= {word}:
                yield Guess(start, end, word, _letters(pattern, word), 2)


def best(found: Iterable[Guess], sheet: Sheet, line: str, final: bool) -> Guess | None:
    """The one guess to take, or None where there are several.

    Before the end, only what its neighbours bear out; at the end also within the lost set, as long as
    no letter of it stands intact in the same line.
    """
    every = list(found)
    level = [guess for guess in every if guess.proof == 3]
    level = [guess for guess in level if guess.sides == max(each.sides for each in level)]
    if len({guess.word for guess in level}) == 1:
        return level[0] if len({guess[:2] for guess in level}) == 1 else None
    if not final:
        return None
    lost = {char.lower() for char in sheet.lost}
    small = line.lower()
    for proof in (3, 2):
        level = [
            g for g in every if g.proof == proof and g.lost <= lost and not any(c in small for c in g.lost)
        ]
        if len({guess[:3] for guess in level}) == 1:
            return level[0]
        if level:
            return None
    return None


def _starts(stretch: Stretch, index: int) -> set[int]:
    """Where the damaged word can begin: at its fragment, in the gap before it, at a piece before it."""
    starts, at = set[int](), index
    while at >= 0:
        word = stretch.words[at]
        gap = word.start - len(stretch.line[: word.start].rstrip(HOLE))
        room = gap if word.start == gap and stretch.opens else gap - 1
        starts |= {word.start - holes for holes in range(max(0, min(room, 2)) + 1)}
        at -= 1
        near = at >= 0 and stretch.words[at].end == word.start - gap and 0 < gap <= 2
        if not near or stretch.words[index].end - stretch.words[at].start > _LONGEST:
            break
    return starts


def _ends(stretch: Stretch, index: int) -> set[int]:
    """Where the damaged word can end; at least one space stays before the next word."""
    ends, at, words = set[int](), index, stretch.words
    while at < len(words):
        word = words[at]
        rest = stretch.line[word.end : word.end + 8]
        gap = len(rest) - len(rest.lstrip(HOLE))
        open_end = gap < len(rest) and rest[gap].isalpha()
        ends |= {word.end + holes for holes in range(max(0, min(gap - 1, 2)) + 1 if open_end else 1)}
        at += 1
        near = at < len(words) and words[at].start == word.end + gap and 0 < gap <= 2
        if not near or words[at].end - words[index].start > _LONGEST:
            break
    return ends


def _neighbours(stretch: Stretch, start: int, end: int) -> tuple[Word | None, Word | None]:
    before = next((word for word in reversed(stretch.words) if word.end <= start), None)
    after = next((word for word in stretch.words if word.start >= end), None)
    return before, after


def _quiet(stretch: Stretch, start: int, end: int, before: Word | None, after: Word | None) -> bool:
    """Are the words that touch the stretch whole, so that none of their letters can be meant?"""
    if before and not stretch.line[before.end : start].strip() and not sound(before.text):
        return False
    return not (after and not stretch.line[end : after.start].strip() and not sound(after.text))


def _witnesses(
    line: str, word: str, before: Word | None, after: Word | None, start: int, end: int, known: Vocabulary
) -> int:
    """How many neighbours of ``word`` the document shows beside it elsewhere."""
    count = 0
    if before and sound(before.text) and line[before.end : start] == HOLE:
        count += known.pair(before.text, HOLE, word)
    if after and sound(after.text) and line[end : after.start] == HOLE:
        count += known.pair(word, HOLE, after.text)
    return count


def _spelt(pattern: str, lost: set[str]) -> set[str]:
    """Syllables that ``pattern`` spells with letters of the lost set (one letter for all its holes)."""
    words = {pattern.replace(HOLE, char.lower()) for char in lost}
    return {word for word in words if is_syllable(word)}


def _letters(pattern: str, word: str) -> frozenset[str]:
    return frozenset(new for old, new in zip(pattern, word, strict=True) if old == HOLE)
