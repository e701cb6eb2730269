"""How likely words stand side by side: in the document, in the phrases that plans share, in all plans.

Damage hits some runs of a document only; its other runs say how its words are spelt. To them come the
word groups that plans share (``tables/mojibake/phrases.tsv``) and the counts of ``ground.counts``, whose
shape the model has too (a pair against the word alone, after MacKay and Peto).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from extractor.ground.counts import counts
from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable

NAME = "mojibake/phrases.tsv"
HOLE = " "  # a lost glyph leaves exactly one space
COMMA = ","
_LONGEST = 7  # letters of a syllable
_WEIGHT = 4  # a word of the document weighs as much as so many of the counts
_PRIOR = 8.0  # weight of the word alone against the pair
_AFTER_COMMA = 60.0  # the same behind a comma, where pairs say less
_COMMAS = 0.06  # a word in so many has a comma behind it
_STRANGE = 0.02  # what a word that was never seen counts

Index = dict[tuple[int, int, str], list[str]]


class Phrase(NamedTuple):
    """A group of words in its usual spelling; ``kind``: ``heading``, ``words`` or ``dash``."""

    phrase: str
    kind: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Vocabulary:
    """The words of a document (lower case) and what touches what; memories of its answers."""

    def __init__(self, text: str) -> None:
        tokens = _tokens(_unsuspicious(text).lower())
        self.words = Counter(tokens)
        self.pairs = Counter(zip(tokens, tokens[1:], strict=False))
        self._costs: dict[tuple[str, str], float] = {}
        self._own: Index | None = None
        self._text = text
        self._written: frozenset[str] | None = None
        self._cased: Counter[tuple[str, str]] | None = None
        self._within: Counter[str] = Counter()

    def shown(self, word: str) -> int:
        """How often the document and the shared phrases show ``word``."""
        if is_syllable(word) or (sound(word) and word[0].upper() + word[1:] in self._forms()):
            return self.words[word] + _shared()[0][word]
        return 0

    def _forms(self) -> frozenset[str]:
        """The words of the document as they are written."""
        if self._written is None:
            self._written = frozenset(self._text.split())
        return self._written

    def touch(self, first: str, second: str) -> int:
        """How often they show ``second`` right behind ``first``; a comma is a word of its own."""
        return self.pairs[first, second] + _shared()[1][first, second]

    def has(self, word: str) -> bool:
        """Was ``word`` (lower case) seen anywhere?"""
        return self.shown(word) > 0 or counts().count(word) > 0

    def cost(self, first: str, second: str) -> float:
        """What it costs to read ``second`` behind ``first`` (``""``: nothing is known), in nats."""
        key = first, second
        if key not in self._costs:
            self._costs[key] = self._cost(first, second)
        return self._costs[key]

    def _cost(self, first: str, second: str) -> float:
        if second == COMMA:
            seen = _WEIGHT * self.touch(first, COMMA) + _PRIOR * _COMMAS
            return -log(seen / (self.count(first) + _PRIOR))
        alone = (self.count(second) or _STRANGE) / counts().total
        if not first:
            return -log(alone)
        prior = _AFTER_COMMA if first == COMMA else _PRIOR
        pair = _WEIGHT * self.touch(first, second) + counts().pair(first, second)
        return -log((pair + prior * alone) / (self.count(first) + prior))

    def cased(self, left: str, word: str, right: str) -> int:
        """How often ``word`` stands in just this case beside one of its neighbours."""
        if self._cased is None:
            tokens = _tokens(self._text)
            self._cased = Counter(zip(tokens, tokens[1:], strict=False))
            self._within = Counter(second for first, second in zip(tokens, tokens[1:], strict=False) if first != ".")
        return self._cased[left, word] + self._cased[word, right]

    def capital(self, word: str) -> float:
        """How likely ``word`` has a capital within a sentence, by what the document shows."""
        self.cased("", "", "")
        big, small = self._within[word[0].upper() + word[1:]], self._within[word]
        return (big + 0.1) / (big + small + 0.6)

    def count(self, word: str) -> int:
        """How often ``word`` was seen, the document weighing more."""
        return _WEIGHT * self.shown(word) + counts().count(word)

    def like(self, pattern: str) -> list[str]:
        """The words that ``pattern`` (lower case, a space for every unknown letter) can be."""
        if self._own is None:
            self._own = _indexed(word for word in self.words if not counts().count(word) and self.shown(word))
        return _common(pattern) + _fitting(pattern, self._own)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind."""
    return tuple(row.phrase for row in table(NAME, Phrase).rows if row.kind == kind)


@lru_cache(maxsize=1 << 14)
def _common(pattern: str) -> list[str]:
    return _fitting(pattern, _lexicon())


def _fitting(pattern: str, index: Index) -> list[str]:
    known = [(place, char) for place, char in enumerate(pattern) if char != HOLE]
    if not known:
        return []
    words: Iterable[str] = index.get((len(pattern), *known[-1]), ())
    for at, char in known[:-1]:
        words = [word for word in words if word[at] == char]
    return list(words)


@cache
def _lexicon() -> Index:
    return _indexed(counts().known())


def _indexed(words: Iterable[str]) -> Index:
    index: Index = {}
    for word in words:
        if len(word) <= _LONGEST:
            for place, char in enumerate(word):
                index.setdefault((len(word), place, char), []).append(word)
    return index


@cache
def _shared() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    tokens = _tokens("\n".join(phrases("words")).lower())
    return Counter(tokens), Counter(zip(tokens, tokens[1:], strict=False))


def _tokens(text: str) -> list[str]:
    """Words and commas; all else parts them."""
    text = text.replace(COMMA, " , ")
    for sign in "\n.;:()/":
        text = text.replace(sign, " . ")
    return text.split()


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


@lru_cache(maxsize=1 << 15)
def sound(word: str) -> bool:
    """Can ``word`` stand for itself: a syllable, or a name of three letters with a vowel (``Kạn``)?"""
    if is_syllable(word):
        return True
    return 2 < len(word) <= _LONGEST and word.isalpha() and any(char in _vowels() for char in word.lower())


@cache
def _vowels() -> frozenset[str]:
    return frozenset("aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"  +|\n ")
