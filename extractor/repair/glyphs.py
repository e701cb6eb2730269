"""The readings of a torn region: which letters and commas stood where its spaces are.

A region is read from left to right (a beam over places): a word that stands there, a word with lost
letters, a space, a comma before a space, a space too many. A reading costs what its words cost side by
side and what its lost glyphs cost; the spread over the readings says how sure each change is. A lost
full stop is only weighed, never written: within a line it cannot be told from a comma before a name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import exp, inf, log
from typing import NamedTuple

from extractor.repair.torn import Torn
from extractor.repair.vocabulary import COMMA, HOLE, STOP, Vocabulary

BASE = 5.0  # what a lost letter costs of which nothing is known
_BEAM = 5
_OPTIONS = 8  # words tried for one pattern
_FARTHEST = 7.0  # nats behind the likeliest word of the pattern, at most
_HOLES = 3
_LONGEST = 7
_KEEP = 12.0  # a fragment that is none
_USUAL = 12  # a word seen so often is whole
_STOPS = 2.0  # a sentence that ends


class Fill(NamedTuple):
    """``new`` (a word in its case, or a sign) stands at ``[start, end)``; ``within``: inside a sentence."""

    start: int
    end: int
    new: str
    sure: float
    within: bool = False


Marks = tuple[tuple[int, str], ...]  # the changes of a reading: the place in its region, what stands there
Path = tuple[float, str, Marks]  # a reading so far: its cost, its last word, its changes
Places = list[list[Path]]
Option = tuple[float, str]  # what the lost letters cost, the word


class Losses(NamedTuple):
    """What lost glyphs cost, what a space too many costs, and what tells capitals from small letters.

    ``missing``: how much a letter is missing in the damaged stretches, from 0 to 1; ``within``: how often
    a letter was found lost at the head of a word within a sentence.
    """

    prices: Mapping[str, float]
    gap: float
    missing: Mapping[str, float]
    within: Mapping[str, int] = Counter()


class Reader:
    """Reads regions with the words that are known and the prices of lost glyphs."""

    def __init__(self, text: str, known: Vocabulary, losses: Losses) -> None:
        self.text, self.known, self.losses = text, known, losses
        self._options: dict[tuple[str, bool, bool], list[Option]] = {}
        self._readings: dict[Torn, list[tuple[int, str, float]]] = {}

    def fills(self, regions: Iterable[Torn]) -> list[Fill]:
        """The changes of the best reading of each region, each with its share among the readings."""
        return [self._fill(region, *mark) for region in regions for mark in self._marks(region)]

    def _marks(self, torn: Torn) -> list[tuple[int, str, float]]:
        key = torn._replace(start=0)
        if key not in self._readings:
            paths = sorted(self._paths(torn))
            weights = [exp(paths[0][0] - path[0]) for path in paths]
            shares = dict.fromkeys(paths[0][2] if paths else (), 0.0)
            for path, weight in zip(paths, weights, strict=True):
                for mark in shares.keys() & path[2]:
                    shares[mark] += weight
            total = sum(weights)
            self._readings[key] = [
                (at, _cased(torn.shown[at : at + len(new)], new, torn.upper), share / total)
                for (at, new), share in shares.items()
            ]
        return self._readings[key]

    def _fill(self, torn: Torn, place: int, new: str, sure: float) -> Fill:
        start = torn.start + place
        first = torn.opens and not place
        hole = torn.shown[place] == HOLE
        if hole and new.isalpha() and not new.isupper():
            new, case = self._capital(start, new, first)
            sure *= case
        return Fill(start, start + len(new), new, sure, hole and not first)

    def _paths(self, torn: Torn) -> list[Path]:
        """All readings that the beam leaves, complete."""
        shown, size = torn.shown, len(torn.shown)
        begin: Places = [[] for _ in range(size + 3)]
        behind: Places = [[] for _ in range(size + 3)]
        (behind if torn.behind else begin)[0].append((0.0, torn.before, ()))
        for at in range(size):
            hole = shown[at] == HOLE
            if hole and behind[at]:
                self._part(shown, at, sorted(behind[at])[:_BEAM], begin)
            if begin[at]:
                paths = sorted(begin[at])[:_BEAM]
                if hole:
                    gap = self.losses.gap
                    begin[at + 1] += [
                        (cost + gap, last, marks) for cost, last, marks in paths if last != COMMA
                    ]
                self._words(torn, at, paths, behind)
        return self._ended(torn, begin, behind)

    def _part(self, shown: str, at: int, paths: list[Path], begin: Places) -> None:
        """What can part two words at ``at``: a space, or a lost comma or full stop and a space."""
        if shown[at + 1 : at + 2] != HOLE:
            begin[at + 1] += paths
            return
        following = shown[at:].lstrip(HOLE)
        capital = 0.0
        if following[:1].isupper() and not shown.isupper():
            capital = -log(self.known.capital(following.split(HOLE)[0].lower()))
        comma = self.losses.prices[COMMA] + capital
        for cost, last, marks in paths:
            begin[at + 1].append((cost + capital, last, marks))
            if last and last != COMMA and self.known.count(last) >= _USUAL:
                more = cost + comma + self.known.cost(last, COMMA)
                begin[at + 2].append((more, COMMA, (*marks, (at, COMMA))))
                if capital:
                    more = cost + self.losses.prices[STOP] + _STOPS
                    begin[at + 2].append((more, "", (*marks, (at, STOP))))

    def _words(self, torn: Torn, at: int, paths: list[Path], behind: Places) -> None:
        """Every word that can begin at ``at``."""
        shown, size, known_cost = torn.shown, len(torn.shown), self.known.cost
        first = torn.opens and not at
        for end in range(at + 1, min(at + _LONGEST, size) + 1):
            if end < size and shown[end] != HOLE:
                continue
            part = shown[at:end]
            holes = part.count(HOLE)
            if holes > _HOLES:
                break
            if not holes:
                self._kept(part.lower(), end, paths, behind)
            elif holes < len(part):
                for price, word in self._fitting(part, first, torn.upper):
                    mark = at, word
                    behind[end] += [
                        (cost + price + known_cost(last, word), word, (*marks, mark))
                        for cost, last, marks in paths
                    ]

    def _kept(self, word: str, end: int, paths: list[Path], behind: Places) -> None:
        known = self.known.count(word) > 0
        for cost, last, marks in paths:
            more = min(self.known.cost(last, word), _KEEP) if known else _KEEP
            behind[end].append((cost + more, word if known else "", marks))

    def _fitting(self, part: str, first: bool, upper: bool) -> list[Option]:
        """The likeliest words for a pattern, each behind what its lost letters cost."""
        key = part, first, upper
        options = self._options.get(key)
        if options is None:
            options = self._options[key] = self._ranked(part, first, upper)
        return options

    def _ranked(self, part: str, first: bool, upper: bool) -> list[Option]:
        """The words as they come, the frequent ones first, until they fall behind the best."""
        get = self.losses.prices.get
        holes = [place for place, char in enumerate(part) if char == HOLE]
        upper = upper or _capitals(part)
        small, big = (2.0, 0.0) if first else (0.0, 1.5)
        ranked: list[tuple[float, float, str]] = []
        limit = inf
        for alone, word in self.known.like(part.lower()):
            if alone > limit:
                break
            price = 0.0
            for at in holes:
                char = word[at]
                if upper:
                    price += get(char.upper(), BASE)
                elif at:
                    price += get(char, BASE)
                else:  # it may have been a capital
                    price += min(get(char, BASE) + small, get(char.upper(), BASE) + big)
            ranked.append((alone + price, price, word))
            limit = min(limit, alone + price + _FARTHEST)
        ranked.sort()
        return [(price, word) for rank, price, word in ranked[:_OPTIONS] if rank < limit]

    def _capital(self, start: int, word: str, first: bool) -> tuple[str, float]:
        """``word`` with a capital or a small letter, and how sure that is.

        Its place speaks, then its neighbours elsewhere in the document, then which of the two letters
        was found lost or is missing.
        """
        small, big, end = word.lower(), word[0].upper() + word[1:].lower(), start + len(word)
        before = self.text[max(0, start - 9) : start].rsplit(HOLE, 2)
        left = before[-2] if len(before) > 1 and not before[-1] else ""
        right = self.text[end : end + 9].strip().split(HOLE)[0].strip(".,;:)")
        within, missing = self.losses.within, self.losses.missing
        lost, kept = missing.get(big[0], 0.0), missing.get(small[0], 0.0)
        score = (2.3 if first else -1.5) + 4 * (lost - kept)
        score += log((within.get(big[0], 0) + 0.1) / (within.get(small[0], 0) + 0.1))
        seen = self.known.cased(left, big, right) + 0.3, self.known.cased(left, small, right) + 0.3
        score += 2 * log(seen[0] / seen[1]) * (1 - (lost if seen[0] < seen[1] else kept))
        return big if score > 0 else small, 1 / (1 + exp(-1.5 * abs(score)))

    def _ended(self, torn: Torn, begin: Places, behind: Places) -> list[Path]:
        """The readings that reach the end, with what follows it."""
        size = len(torn.shown)
        if torn.ends == "word":
            after, cost = torn.after, self.known.cost
            return [
                (path[0] + (cost(path[1], after) if after else 0.0), path[1], path[2]) for path in begin[size]
            ]
        room = size - len(torn.shown.rstrip(HOLE))
        price = self.losses.gap if torn.ends == "sign" else 0.0
        return [
            (cost + price * left, last, marks)
            for left in range(room + 1)
            for cost, last, marks in behind[size - left]
        ]


def _capitals(part: str) -> bool:
    letters = part.replace(HOLE, "")
    return len(letters) > 1 and letters.isupper()


def _cased(part: str, word: str, upper: bool) -> str:
    """``word`` as the letters that stand at ``part`` ask for."""
    if upper or _capitals(part):
        return word.upper()
    return word if part[0] == HOLE else part[0] + word[1:]
