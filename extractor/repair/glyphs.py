"""Guesses for one damaged word: which letters stood where the spaces are.

A stretch of a line is a pattern: its letters are known, its spaces are holes. The words that fit are
ranked by what bears them out: 3 the neighbours (a pair the document shows), 2 the document's own words,
1 spelling alone. Lengths never change, so a line is mended in place.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import Word, is_syllable
from extractor.repair.vocabulary import HOLE, Vocabulary, sound

_LONGEST = 7  # letters of a syllable
_HOLES = 3
_SURE = {3: 0.95, 2: 0.85, 1: 0.75}


class Guess(NamedTuple):
    """``word`` (lower case) fits ``[start, end)`` of the line; ``lost``: the letters in its holes."""

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

    def write(self, start: int, line: str, guess: Guess) -> None:
        """Write the letters of ``guess`` into its holes; proven ones join the lost set."""
        word = self._cased(line, guess)
        for place, char in enumerate(word, guess.start):
            if line[place] == HOLE:
                self.put(start + place, char, "dropped letter", _SURE[guess.proof])
                if guess.proof == 3:
                    self.lost.add(char)
        if guess.proof == 3:
            self.proven.add(guess.word)

    def _cased(self, line: str, guess: Guess) -> str:
        """The guessed word with the capitals it needs."""
        shown = line[guess.start : guess.end]
        letters = shown.replace(HOLE, "")
        if line.isupper() or (shown[0] == HOLE and len(letters) > 1 and letters.isupper()):
            return guess.word.upper()
        if shown[0] != HOLE:
            return guess.word
        small, big = guess.word, guess.word[0].upper() + guess.word[1:]
        if (big[0] in self.lost) != (small[0] in self.lost):
            return big if big[0] in self.lost else small
        head = line[: guess.start].strip(" -+*•")
        opens = not head or head[-1] in ".:"
        return big if opens or f"{head[head.rfind(HOLE) + 1 :]} {big}" in self.text else small

    def edits(self) -> Iterator[Edit]:
        """The changes as edits, in order."""
        for place, (rule, sure) in sorted(self.changes.items()):
            yield Edit(place, place + 1, self.chars[place], rule, sure)


def guesses(
    line: str, words: Sequence[Word], index: int, known: Vocabulary, lost: set[str]
) -> Iterator[Guess]:
    """Every word that a stretch around the fragment ``words[index]`` can be."""
    spans = [
        (start, end)
        for start, end in product(_starts(line, words, index), _ends(line, words, index))
        if end - start <= _LONGEST and 0 < line.count(HOLE, start, end) <= _HOLES
    ]
    for start, end in spans:
        pattern = line[start:end].lower()
        sides = _neighbours(words, start, end)
        for word in known.like(pattern):
            borne = _borne(line, word, sides, start, end, known)
            yield Guess(start, end, word, _letters(pattern, word), 3 if borne else 2, borne)
        for word in _spelt(pattern, lost):
            yield Guess(start, end, word, _letters(pattern, word), 1)


def best(found: Iterable[Guess], sheet: Sheet) -> Guess | None:
    """The one guess to take: by proof, then by neighbours on both sides, then within the lost set."""
    every = list(found)
    lost = {char.lower() for char in sheet.lost}
    for proof in (3, 2, 1):
        level = [guess for guess in every if guess.proof == proof]
        if proof == 3:
            level = [guess for guess in level if guess.sides == max(g.sides for g in level)]
        if proof < 3 or len({guess.word for guess in level}) > 1:
            level = [guess for guess in level if lost and guess.lost <= lost]
        if proof < 3 and len(sheet.proven) < 4 - proof:
            return None
        if len({(guess.start, guess.end, guess.word) for guess in level}) == 1:
            return level[0]
        if level:
            return None
    return None


def _starts(line: str, words: Sequence[Word], index: int) -> set[int]:
    """Where the damaged word can begin: at its fragment, in the gap before it, at a piece before it."""
    starts, at = set[int](), index
    while at >= 0:
        word = words[at]
        gap = word.start - len(line[: word.start].rstrip(HOLE))
        edge = word.start == gap  # the line begins here
        starts |= {word.start - holes for holes in range(min(gap if edge else gap - 1, 2) + 1)}
        at -= 1
        near = at >= 0 and words[at].end == word.start - gap and 0 < gap <= 2
        if not near or words[index].end - words[at].start > _LONGEST:
            break
    return starts


def _ends(line: str, words: Sequence[Word], index: int) -> set[int]:
    """Where the damaged word can end; at least one space stays before the next word."""
    ends, at = set[int](), index
    while at < len(words):
        word = words[at]
        rest = line[word.end :]
        gap = len(rest) - len(rest.lstrip(HOLE))
        edge = gap == len(rest) or not rest[gap].isalpha()
        ends |= {word.end + holes for holes in range(0 if edge else max(0, min(gap - 1, 2)) + 1)} | {word.end}
        at += 1
        near = at < len(words) and words[at].start == word.end + gap and 0 < gap <= 2
        if not near or words[at].end - words[index].start > _LONGEST:
            break
    return ends


def _neighbours(words: Sequence[Word], start: int, end: int) -> tuple[Word | None, Word | None]:
    before = next((word for word in reversed(words) if word.end <= start), None)
    after = next((word for word in words if word.start >= end), None)
    return before, after


def _borne(
    line: str, word: str, sides: tuple[Word | None, Word | None], start: int, end: int, known: Vocabulary
) -> int:
    """How many neighbours of ``word`` the document shows beside it elsewhere."""
    before, after = sides
    count = 0
    if before and sound(before.text) and line[before.end : start] == HOLE:
        count += known.pair(before.text, " ", word)
    if after and sound(after.text) and line[end : after.start] == HOLE:
        count += known.pair(word, " ", after.text)
    return count


def _spelt(pattern: str, lost: set[str]) -> Iterator[str]:
    """Syllables that ``pattern`` spells with one letter of the lost set in its one hole."""
    if pattern.count(HOLE) == 1:
        for char in {char.lower() for char in lost}:
            word = pattern.replace(HOLE, char)
            if is_syllable(word):
                yield word


def _letters(pattern: str, word: str) -> frozenset[str]:
    return frozenset(new for old, new in zip(pattern, word, strict=True) if old == HOLE)
