"""The words that a document itself shows intact, and what stands beside them.

Damage hits some runs of a document only; its other runs say how its words are spelt. To them come the
word groups that plans share (``tables/mojibake/phrases.tsv``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable

NAME = "mojibake/phrases.tsv"
HOLE = " "  # a lost glyph leaves exactly one space


class Phrase(NamedTuple):
    """A group of words in its usual spelling; ``kind``: ``heading``, ``words`` or ``dash``."""

    phrase: str
    kind: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Vocabulary(NamedTuple):
    """Words in lower case, the pairs that touch (first, what parts them, second), and an index."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str, str]]
    by_letter: dict[tuple[int, int, str], list[str]]
    seen: dict[str, list[str]]

    def like(self, pattern: str) -> list[str]:
        """The words that ``pattern`` (lower case, a space for every unknown letter) can be."""
        if pattern not in self.seen:
            known = [(place, char) for place, char in enumerate(pattern) if char != HOLE]
            key = (len(pattern), *known[-1]) if known else (0, 0, "")
            words = self.by_letter.get(key, ())
            self.seen[pattern] = [word for word in words if all(word[at] == char for at, char in known)]
        return self.seen[pattern]

    def has(self, word: str) -> bool:
        """Does ``word`` (any case) stand intact somewhere?"""
        return word.lower() in self.words or word.lower() in _shared().words

    def pair(self, first: str, sign: str, second: str) -> bool:
        """Do the two words touch somewhere, parted by ``sign`` (a space, or a comma and a space)?"""
        pair = (first.lower(), sign, second.lower())
        return pair in self.pairs or pair in _shared().pairs


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind."""
    return tuple(row.phrase for row in table(NAME, Phrase).rows if row.kind == kind)


def vocabulary(text: str) -> Vocabulary:
    """What ``text`` and the shared phrases show intact. Words at suspicious gaps do not count."""
    words, pairs = _read(_unsuspicious(text).lower())
    return Vocabulary(words, pairs, _indexed(words | _shared().words), {})


def _read(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str, str]]]:
    """The sound words and the pairs of a text in lower case."""
    runs = _word().findall(text)
    if not runs:
        return frozenset(), frozenset()
    words, signs = zip(*runs, strict=True)
    return frozenset(filter(sound, set(words))), frozenset(zip(words, signs, words[1:], strict=False))


@cache
def _shared() -> Vocabulary:
    words, pairs = _read("\n".join(phrases("words")).lower())
    return Vocabulary(words, pairs, {}, {})


def _unsuspicious(text: str) -> str:
    """``text`` without the words beside a run of spaces or begun by a single space on their line."""
    kept, done = [], 0
    for match in _gap().finditer(text):
        start, end = match.span()
        while start > done and text[start - 1].isalpha():
            start -= 1
        while end < len(text) and text[end].isalpha():
            end += 1
        kept.append(text[done : max(start, done)])
        done = max(end, done)
    return "\n".join([*kept, text[done:]])


def sound(word: str) -> bool:
    """Can ``word`` stand for itself: a syllable, or a name of three letters with a vowel (``Kạn``)?"""
    return is_syllable(word) or (2 < len(word) <= 7 and any(char in _vowels() for char in word.lower()))


def _indexed(words: Iterable[str]) -> dict[tuple[int, int, str], list[str]]:
    index: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    for word in words:
        if len(word) <= 7:
            for place, char in enumerate(word):
                index[len(word), place, char].append(word)
    return dict(index)


@cache
def _vowels() -> frozenset[str]:
    return frozenset("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_]+)(, (?! )| (?! ))?")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"  +|\n ")
