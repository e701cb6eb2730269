"""How likely words stand side by side: in the document, in the phrases that plans share, in all plans.

Damage hits some runs of a document only; its other runs say how its words are spelt. To them come the
word groups that plans share (``tables/mojibake/phrases.tsv``) and the counts of ``ground.counts``, whose
shape the model has too (a pair against the word alone, after MacKay and Peto).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from extractor.ground.counts import counts
from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable

NAME = "mojibake/phrases.tsv"
HOLE = " "  # a lost glyph leaves exactly one space
COMMA = ","
STOP = "."
_LONGEST = 7  # letters of a syllable
_WEIGHT = 4  # a word of the document weighs as much as so many of the counts
_PRIOR = 8.0  # weight of the word alone against the pair
_AFTER_COMMA = 60.0  # the same behind a comma, where pairs say less
_COMMAS = 0.06  # a word in so many has a comma behind it
_MOST = 40  # words tried for one pattern
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
        self.words, self.pairs = _shared()[0].copy(), _shared()[1].copy()
        self.words.update(tokens)
        self.pairs.update(pairwise(tokens))
        self._text = text
        self._counts: dict[str, int] = {}
        self._alone: dict[str, float] = {}
        self._costs: dict[tuple[str, str], float] = {}
        self._rows: dict[str, tuple[dict[str, int], float, float]] = {}
        self._like: dict[str, list[tuple[float, str]]] = {}

    @cached_property
    def _written(self) -> frozenset[str]:
        """The words of the document as they are written."""
        return frozenset(self._text.split())

    @cached_property
    def _own(self) -> Index:
        """The words of the document that the counts do not know."""
        return _indexed(word for word in self.words.keys() - counts().known() if self.count(word))

    @cached_property
    def _cased(self) -> tuple[Counter[tuple[str, str]], Counter[str]]:
        """What touches what, in its case; and the words that do not begin a sentence."""
        tokens = _tokens(self._text)
        pairs = Counter(pairwise(tokens))
        within: Counter[str] = Counter()
        for (first, second), count in pairs.items():
            if first != ".":
                within[second] += count
        return pairs, within

    def count(self, word: str) -> int:
        """How often ``word`` was seen, the document weighing more; a name must have its capital there."""
        count = self._counts.get(word)
        if count is None:
            here = self.words.get(word, 0)
            if here and not (is_syllable(word) or (sound(word) and self._named(word))):
                here = 0
            count = self._counts[word] = _WEIGHT * here + counts().count(word)
        return count

    def _named(self, word: str) -> bool:
        return word[0].upper() + word[1:] in self._written

    def alone(self, word: str) -> float:
        """How likely ``word`` is where nothing is known."""
        share = self._alone.get(word)
        if share is None:
            share = self._alone[word] = (self.count(word) or _STRANGE) / counts().total
        return share

    def cost(self, first: str, second: str) -> float:
        """What it costs to read ``second`` behind ``first`` (``""``: nothing is known), in nats."""
        key = first, second
        cost = self._costs.get(key)
        if cost is None:
            followers, prior, weight = self._rows.get(first) or self._row(first)
            pair = _WEIGHT * self.pairs.get(key, 0) + followers.get(second, 0)
            alone = _COMMAS if second == COMMA else self._alone.get(second) or self.alone(second)
            cost = self._costs[key] = -log((pair + prior * alone) / weight)
        return cost

    def _row(self, first: str) -> tuple[dict[str, int], float, float]:
        """What follows ``first`` in the counts, the weight of a word alone behind it, and that of all."""
        if not first:
            row: tuple[dict[str, int], float, float] = ({}, 1.0, 1.0)
        else:
            prior = _AFTER_COMMA if first == COMMA else _PRIOR
            row = counts().followers(first), prior, self.count(first) + prior
        self._rows[first] = row
        return row

    def like(self, pattern: str) -> list[tuple[float, str]]:
        """The words that ``pattern`` (lower case, a space for every unknown letter) can be, dearest last."""
        found = self._like.get(pattern)
        if found is None:
            here = self.words
            found = [
                (-log(self.alone(word)), word) if word in here else (far, word)
                for far, word in _common(pattern)
            ]
            found += [(-log(self.alone(word)), word) for word in _fitting(pattern, self._own)]
            found.sort()
            self._like[pattern] = found
        return found

    def cased(self, left: str, word: str, right: str) -> int:
        """How often ``word`` stands in just this case beside one of its neighbours."""
        pairs = self._cased[0]
        return pairs[left, word] + pairs[word, right]

    def capital(self, word: str) -> float:
        """How likely ``word`` has a capital within a sentence, by what the document shows."""
        within = self._cased[1]
        big, small = within[word[:1].upper() + word[1:]], within[word]
        return (big + 0.1) / (big + small + 0.6)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind."""
    return tuple(row.phrase for row in table(NAME, Phrase).rows if row.kind == kind)


@lru_cache(maxsize=1 << 14)
def _common(pattern: str) -> list[tuple[float, str]]:
    """The likeliest of the counted words that fit, behind what they cost alone."""
    known = counts()
    found = ((-log(known.count(word) / known.total), word) for word in _fitting(pattern, _lexicon()))
    return sorted(found)[:_MOST]


def _fitting(pattern: str, index: Index) -> list[str]:
    known = [(place, char) for place, char in enumerate(pattern) if char != HOLE]
    if not known or not index:
        return []
    lists = [index.get((len(pattern), at, char), []) for at, char in known]
    words = min(lists, key=len)
    for at, char in known:
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
    return Counter(tokens), Counter(pairwise(tokens))


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
