"""The readings of a torn region: which letters and commas stood where its spaces are.

A region is read from left to right (a beam over places): a word that stands there, a word with lost
letters, a space, a comma before a space, a space too many. A reading costs what its words cost side by
side and what its lost glyphs cost; the spread over the readings says how sure each change is.
"""

from collections import Counter
from collections.abc import Iterator
from math import exp, log
from typing import NamedTuple

from extractor.repair.torn import Torn
from extractor.repair.vocabulary import COMMA, HOLE, Vocabulary

_BEAM = 8
_OPTIONS = 14  # words tried for one pattern
_HOLES = 3
_USUAL = 12  # a word seen so often is whole
_LONGEST = 7
_KEEP = 12.0  # a fragment that is none


class Fill(NamedTuple):
    """``new`` (a word in its case, or a comma) stands at ``[start, end)`` of the text, with certainty ``sure``."""

    start: int
    end: int
    new: str
    sure: float
    middle: bool = False


class Path(NamedTuple):
    """A reading so far: its cost, its last word, and its changes (place in the region, what stands there)."""

    cost: float
    last: str
    marks: tuple[tuple[int, str], ...]


class Reader:
    """Reads regions with the words that are known and the prices of lost glyphs."""

    def __init__(self, text: str, known: Vocabulary, prices: dict[str, float], gap: float, missing: dict[str, float], middle: Counter[str]) -> None:
        self.missing, self.text, self.known, self.prices, self.gap = missing, text, known, prices, gap
        self.base, self.middle = 5.0, middle
        self._options: dict[tuple[str, bool, bool], list[tuple[str, float]]] = {}

    def fills(self, torn: Torn) -> Iterator[Fill]:
        """The changes of the best reading, each with its share among the readings."""
        paths = sorted(self._paths(torn))
        if not paths or not paths[0].marks:
            return
        weights = [exp(paths[0].cost - path.cost) for path in paths]
        total = sum(weights)
        for place, new in paths[0].marks:
            same = sum(weight for path, weight in zip(paths, weights, strict=True) if (place, new) in path.marks)
            start = torn.start + place
            if torn.shown[place] == HOLE and new.isalpha() and not new.isupper():
                new, case = self._case(torn, start, new)
                same *= case
            middle = torn.shown[place] == HOLE and not (torn.opens and not place and not torn.behind)
            yield Fill(start, start + len(new), new, same / total, middle)

    def _paths(self, torn: Torn) -> list[Path]:
        """All readings that the beam leaves, complete."""
        shown, size = torn.shown, len(torn.shown)
        begin: list[list[Path]] = [[] for _ in range(size + 3)]
        behind: list[list[Path]] = [[] for _ in range(size + 3)]
        (behind if torn.behind else begin)[0].append(Path(0.0, torn.before, ()))
        for at in range(size):
            hole = shown[at] == HOLE
            if hole and behind[at]:
                self._part(shown, at, sorted(behind[at])[:_BEAM], begin)
            if begin[at]:
                paths = sorted(begin[at])[:_BEAM]
                if hole:
                    begin[at + 1] += [path._replace(cost=path.cost + self.gap) for path in paths if path.last != COMMA]
                self._words(torn, at, paths, behind)
        return self._ended(torn, begin, behind)

    def _part(self, shown: str, at: int, paths: list[Path], begin: list[list[Path]]) -> None:
        """What can part two words at ``at``: a space, or a lost comma and a space."""
        if shown[at + 1 : at + 2] != HOLE:
            begin[at + 1] += paths
            return
        following = shown[at:].lstrip(HOLE)
        capital = 0.0
        if following[:1].isupper() and not shown.isupper():
            capital = -log(self.known.capital(following.split(HOLE)[0].lower()))
        comma, stop = self.prices[COMMA] + capital, self.prices["."] + 2.0
        for cost, last, marks in paths:
            begin[at + 1].append(Path(cost + capital, last, marks))
            if last and last != COMMA and self.known.count(last) >= _USUAL:
                begin[at + 2].append(Path(cost + comma + self.known.cost(last, COMMA), COMMA, (*marks, (at, COMMA))))
                if capital:
                    begin[at + 2].append(Path(cost + stop, "", (*marks, (at, "."))))

    def _words(self, torn: Torn, at: int, paths: list[Path], behind: list[list[Path]]) -> None:
        """Every word that can begin at ``at``."""
        shown = torn.shown
        for end in range(at + 1, min(at + _LONGEST, len(shown)) + 1):
            if end < len(shown) and shown[end] != HOLE:
                continue
            part = shown[at:end]
            holes = part.count(HOLE)
            if holes > _HOLES:
                break
            if holes == len(part):
                continue
            if not holes:
                self._kept(part.lower(), end, paths, behind)
                continue
            first = torn.opens and not at and not torn.behind
            for word, price in self._fitting(part, first, torn.upper):
                small = word.lower()
                behind[end] += [
                    Path(cost + price + self.known.cost(last, small), small, (*marks, (at, word)))
                    for cost, last, marks in paths
                ]

    def _kept(self, word: str, end: int, paths: list[Path], behind: list[list[Path]]) -> None:
        known = self.known.has(word)
        for cost, last, marks in paths:
            more = min(self.known.cost(last, word), _KEEP) if known else _KEEP
            behind[end].append(Path(cost + more, word if known else "", marks))

    def _fitting(self, part: str, first: bool, upper: bool) -> list[tuple[str, float]]:
        """The words for a pattern, in their case, with what their lost letters cost; the likeliest only."""
        key = part, first, upper
        if key not in self._options:
            pattern = part.lower()
            found = [self._cased(part, word, first, upper) for word in self.known.like(pattern)]
            found.sort(key=lambda option: option[1] + self.known.cost("", option[0].lower()))
            self._options[key] = found[:_OPTIONS]
        return self._options[key]

    def _cased(self, part: str, word: str, first: bool, upper: bool) -> tuple[str, float]:
        """``word`` as it is written at ``part``, and the price of its lost letters."""
        letters = part.replace(HOLE, "")
        if upper or (len(letters) > 1 and letters.isupper()):
            word = word.upper()
            return word, self._price(part, word)
        if part[0] != HOLE:
            return part[0] + word[1:], self._price(part, word)
        big = word[0].upper() + word[1:]
        small_price, big_price = self._price(part, word), self._price(part, big)
        if first:
            small_price += 2.0
        else:
            big_price += 1.5
        return word, min(small_price, big_price)

    def _case(self, torn: Torn, start: int, word: str) -> tuple[str, float]:
        """``word`` with the capital that its place, its neighbours and the lost letters speak for."""
        text, end = self.text, start + len(word)
        small, big = word.lower(), word[0].upper() + word[1:].lower()
        first = torn.opens and start == torn.start and not torn.behind
        before = text[max(0, start - 9) : start].rsplit(HOLE, 2)
        left = before[-2] if len(before) > 1 and not before[-1] else ""
        right = text[end : end + 9].strip().split(HOLE)[0].strip(".,;:)")
        score = 2.3 if first else -1.5
        score += log((self.middle[big[0]] + 0.1) / (self.middle[small[0]] + 0.1))
        score += 4 * (self.missing.get(big[0], 0.0) - self.missing.get(small[0], 0.0))
        seen = 2 * log((self.known.cased(left, big, right) + 0.3) / (self.known.cased(left, small, right) + 0.3))
        score += seen * (1 - self.missing.get(big[0] if seen < 0 else small[0], 0.0))
        return big if score > 0 else small, 1 / (1 + exp(-1.5 * abs(score)))

    def _price(self, part: str, word: str) -> float:
        get, base = self.prices.get, self.base
        return sum(get(new, base) for old, new in zip(part, word, strict=True) if old == HOLE)

    def _ended(self, torn: Torn, begin: list[list[Path]], behind: list[list[Path]]) -> list[Path]:
        size = len(torn.shown)
        if torn.ends == "word":
            cost = self.known.cost
            return [
                path._replace(cost=path.cost + (cost(path.last, torn.after) if torn.after else 0.0))
                for path in begin[size]
            ]
        room = size - len(torn.shown.rstrip(HOLE))
        price = self.gap if torn.ends == "sign" else 0.0
        return [
            path._replace(cost=path.cost + price * left)
            for left in range(room + 1)
            for path in behind[size - left]
        ]
