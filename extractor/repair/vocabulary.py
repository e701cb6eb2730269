"""How likely words stand side by side: in the document, in the phrases that plans share, in all plans.

Damage hits some runs of a document only; its other runs say how its words are spelt. To them come the
word groups that plans share (``tables/mojibake/phrases.tsv``) and the counts of ``ground.counts``, whose
shape the model has too (a pair against the word alone, after MacKay and Peto).
"""

import re
from collections import Counter, defaultdict
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
WEIGHT = 4  # a word of the document weighs as much as so many of the counts
_PRIOR = 8.0  # weight of the word alone against the pair
_AFTER_COMMA = 60.0  # the same behind a comma, where pairs say less
_COMMAS = 0.06  # a word in so many has a comma behind it
_MOST = 40  # words tried for one pattern
_STRANGE = 0.02  # what a word that was never seen counts

Index = dict[tuple[int, int, str], list[str]]
Fitting = tuple[float, str, str]  # what a word costs alone, the word, the letters that its pattern lost
Row = tuple[dict[str, int], dict[str, int], float, float]


class Phrase(NamedTuple):
    """A group of words in its usual spelling; ``kind``: ``heading``, ``words`` or ``dash``."""

    phrase: str
    kind: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Vocabulary:
    """The words of a part of a document (lower case) and what touches what.

    Its answers are remembered as long as the part is read: a part is bounded (``dropped``), and so are they.
    """

    def __init__(self, text: str) -> None:
        self._text = _unsuspicious(text)
        self._lower = ["", *_tokens(self._text.lower()), ""]
        self._at: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._lower):
            self._at[word].append(place)
        self._counts: dict[str, int] = {}
        self._alone: dict[str, float] = {}
        self._rows: dict[str, Row] = {}
        self._like: dict[str, list[Fitting]] = {}
        self._cases: dict[str, tuple[Counter[tuple[str, str]], float]] = {}

    @cached_property
    def _tokens(self) -> list[str]:
        """The same words in their case."""
        return ["", *_tokens(self._text), ""]

    def words(self) -> Iterable[str]:
        """The words of the document."""
        return self._at.keys()

    def here(self, word: str) -> int:
        """How often ``word`` stands in the document and in the phrases of plans."""
        return len(self._at.get(word, ())) + _shared()[0][word]

    @cached_property
    def _own(self) -> Index:
        """The words of the document that the counts do not know."""
        return _indexed(word for word in self._at.keys() - counts().known() if self.count(word))

    def count(self, word: str) -> int:
        """How often ``word`` was seen, the document weighing more; a name must have its capital there."""
        count = self._counts.get(word)
        if count is None:
            here = self.here(word)
            if here and not (is_syllable(word) or (sound(word) and self._named(word))):
                here = 0
            count = self._counts[word] = WEIGHT * here + counts().count(word)
        return count

    def seen(self, word: str) -> bool:
        """Was ``word`` ever seen?"""
        return counts().count(word) > 0 or self.count(word) > 0

    def _named(self, word: str) -> bool:
        name = word[0].upper() + word[1:]
        return any(self._tokens[place] == name for place in self._at.get(word, ()))

    def alone(self, word: str) -> float:
        """How likely ``word`` is where nothing is known."""
        share = self._alone.get(word)
        if share is None:
            share = self._alone[word] = (self.count(word) or _STRANGE) / counts().total
        return share

    def cost(self, first: str, second: str) -> float:
        """What it costs to read ``second`` behind ``first`` (``""``: nothing is known), in nats."""
        own, followers, prior, weight = self.row(first)
        pair = WEIGHT * own.get(second, 0) + followers.get(second, 0)
        alone = _COMMAS if second == COMMA else self.alone(second)
        return weight - log(pair + prior * alone)

    def row(self, first: str) -> Row:
        """What follows ``first`` here and in the counts, the weight of a word alone, the log of all."""
        row = self._rows.get(first)
        if row is None:
            row = self._rows[first] = self._row(first) if first else ({}, {}, 1.0, 0.0)
        return row

    def _row(self, first: str) -> Row:
        prior = _AFTER_COMMA if first == COMMA else _PRIOR
        own = Counter([self._lower[place + 1] for place in self._at.get(first, ())])
        own.update(_shared()[1].get(first, {}))
        return own, counts().followers(first), prior, log(self.count(first) + prior)

    def like(self, pattern: str) -> list[Fitting]:
        """The words that ``pattern`` (lower case, a space for every unknown letter) can be, dearest last."""
        found = self._like.get(pattern)
        if found is None:
            found = _common(pattern)
            own = _fitting(pattern, self._own) if self._own else []
            if own:
                more = [(-log(self.alone(word)), word, _lost(pattern, word)) for word in own]
                found = sorted([*found, *more])
            self._like[pattern] = found
        return found

    def cased(self, left: str, word: str, right: str) -> int:
        """How often ``word`` stands in just this case beside one of its neighbours."""
        pairs = self._case(word.lower())[0]
        return pairs[left, word] + pairs[word, right]

    def capital(self, word: str) -> float:
        """How likely ``word`` (lower case) has a capital within a sentence, by what the document shows."""
        return self._case(word)[1]

    def _case(self, small: str) -> tuple[Counter[tuple[str, str]], float]:
        """What touches ``small`` in the document, all in its case; and how often it has a capital."""
        case = self._cases.get(small)
        if case is None:
            pairs, within = Counter[tuple[str, str]](), Counter[str]()
            for place in self._at.get(small, ()):
                before, word, after = self._tokens[place - 1 : place + 2]
                pairs[before, word] += 1
                pairs[word, after] += 1
                within[word] += before != STOP
            big = within[small[:1].upper() + small[1:]]
            case = self._cases[small] = pairs, (big + 0.1) / (big + within[small] + 0.6)
        return case


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The phrases of one kind."""
    return tuple(row.phrase for row in table(NAME, Phrase).rows if row.kind == kind)


@lru_cache(maxsize=1 << 14)
def _common(pattern: str) -> list[Fitting]:
    """The likeliest of the counted words that fit, behind what they cost alone."""
    known = counts()
    found = ((-log(known.count(word) / known.total), word) for word in _fitting(pattern, _lexicon()))
    return [(cost, word, _lost(pattern, word)) for cost, word in sorted(found)[:_MOST]]


def _lost(pattern: str, word: str) -> str:
    """The letters of ``word`` that ``pattern`` has lost."""
    return "".join([new for old, new in zip(pattern, word, strict=True) if old == HOLE])


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
def _shared() -> tuple[Counter[str], dict[str, Counter[str]]]:
    """How often words stand in the phrases that plans share, and what follows them."""
    tokens = _tokens("\n".join(phrases("words")).lower())
    following: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for first, second in pairwise(tokens):
        following[first][second] += 1
    return Counter(tokens), dict(following)


def _tokens(text: str) -> list[str]:
    """Words and commas; all else parts them."""
    for sign in "\n;:()/":
        text = text.replace(sign, STOP)
    return text.replace(STOP, " . ").replace(COMMA, " , ").split()


def _unsuspicious(text: str) -> str:
    """``text`` without the words beside a run of spaces or begun by a single space on their line."""
    kept, done = [], 0
    for start, end in sorted(match.span() for gap in _gaps() for match in gap.finditer(text)):
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
def _gaps() -> tuple[re.Pattern[str], ...]:
    return re.compile("  +"), re.compile("\n ")
