"""The readings of a torn region: which letters and commas stood where its spaces are.

A region is read from left to right (a beam over places): a word that stands there, a word with lost
letters, a space, a comma before a space, a space too many. A reading costs what its words cost side by
side and what its lost glyphs cost; the spread over the readings says how sure each change is. A lost
full stop is only weighed, never written: within a line it cannot be told from a comma before a name.
"""

from collections import defaultdict
from collections.abc import Mapping
from math import exp, inf, log
from typing import NamedTuple

from extractor.repair.torn import Torn
from extractor.repair.vocabulary import COMMA, HOLE, STOP, WEIGHT, Vocabulary

BASE = 5.0  # what a lost letter costs of which nothing is known
_BEAM = 5
_OPTIONS = 6  # words tried for one pattern
_FARTHEST = 5.0  # nats behind the likeliest word of the pattern, at most
_BEHIND = 9.0  # nats behind the best reading of the same characters, at most
_HOLES = 3
_LONGEST = 7
_KEEP = 12.0  # a fragment that is none
_USUAL = 12  # a word seen so often is whole
_STOPS = 2.0  # a sentence that ends

Mark = tuple[int, str]  # a place in its region, and what stands there: a word, a sign, nothing at all
Marks = tuple[Mark, ...]
Path = tuple[float, str, Marks]  # a reading so far: its cost, its last word, its changes
Places = list[list[Path]]
Option = tuple[float, str, float]  # what the lost letters cost, the word, how likely it is alone
Kind = tuple[bool, bool, bool]  # a hole at the head of a word, that opens a sentence, in capitals
Reading = tuple[float, Marks]  # what its words cost, its changes


class Losses(NamedTuple):
    """What lost glyphs cost, what a space too many costs, and what a letter costs that has no price."""

    prices: Mapping[str, float]
    gap: float
    other: float = BASE


class Reader:
    """Reads regions with the words that are known and the prices of lost glyphs.

    It remembers the options of a pattern, for one set of prices; nothing else.
    """

    def __init__(self, known: Vocabulary, losses: Losses) -> None:
        self.known, self.losses = known, losses
        self._least = min(losses.prices.values())
        self._options: dict[tuple[str, bool, bool], list[Option]] = {}
        self._letters: defaultdict[Kind, dict[str, float]] = defaultdict(dict)

    def readings(self, torn: Torn) -> list[Reading]:
        """All readings that the beam leaves, complete, the likeliest first."""
        return sorted([(cost, marks) for cost, _, marks in self._paths(torn)])

    def anew(self, torn: Torn, readings: list[Reading], before: "Reader") -> list[Reading]:
        """The ``readings`` that were made with the prices ``before``, under those of now."""
        changes: dict[Mark, float] = {}
        for _, marks in readings:
            for mark in marks:
                if mark not in changes:
                    changes[mark] = self._price(torn, *mark) - before._price(torn, *mark)
        return sorted([(cost + sum([changes[mark] for mark in marks]), marks) for cost, marks in readings])

    def _price(self, torn: Torn, at: int, new: str) -> float:
        if not new:
            return self.losses.gap
        if new in (COMMA, STOP):
            return self.losses.prices[new]
        part = torn.shown[at : at + len(new)]
        lost = "".join([char for old, char in zip(part, new, strict=True) if old == HOLE])
        upper = torn.upper or _capitals(part)
        return self._lost(lost, (part[0] == HOLE, torn.opens and not at, upper))

    def _lost(self, letters: str, kind: Kind) -> float:
        """What lost letters cost; one at the head of a word may have been a capital."""
        price = self._letters[kind].get(letters)
        if price is None:
            head, first, upper = kind
            get, other = self.losses.prices.get, self.losses.other
            tail = letters[1:] if head and not upper else letters
            price = sum([get(char, other) for char in (tail.upper() if upper else tail)])
            if head and not upper:
                small, big = (2.0, 0.0) if first else (0.0, 1.5)
                char = letters[0]
                price += min(get(char, other) + small, get(char.upper(), other) + big)
            self._letters[kind][letters] = price
        return price

    def _paths(self, torn: Torn) -> list[Path]:
        """All readings that the beam leaves, complete."""
        shown, size, gap = torn.shown, len(torn.shown), self.losses.gap
        begin: Places = [[] for _ in range(size + 3)]
        behind: Places = [[] for _ in range(size + 3)]
        (behind if torn.behind else begin)[0].append((0.0, torn.before, ()))
        for at in range(size):
            hole = shown[at] == HOLE
            if hole and behind[at]:
                self._part(shown, at, _best(behind[at]), begin)
            if begin[at]:
                paths = _best(begin[at])
                if hole:
                    begin[at + 1] += [
                        (cost + gap, last, (*marks, (at, ""))) for cost, last, marks in paths if last != COMMA
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
        shown, size = torn.shown, len(torn.shown)
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
            elif holes < len(part) and (options := self._fitting(part, first, torn.upper)):
                self._filled(at, options, paths, behind[end])

    def _filled(self, at: int, options: list[Option], paths: list[Path], behind: list[Path]) -> None:
        """The readings with each of the options at ``at``, those far behind the best left out."""
        limit = min([path[0] for path in behind], default=inf) + _BEHIND
        for before, last, marks in paths:
            own, followers, prior, weight = self.known.row(last)
            before += weight
            for price, word, share in options:
                pair = followers.get(word, 0)
                if word in own:
                    pair += WEIGHT * own[word]
                cost = before + price - log(pair + prior * share)
                if cost < limit:
                    behind.append((cost, word, (*marks, (at, word))))
                    if cost + _BEHIND < limit:
                        limit = cost + _BEHIND

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
            if not self.known.like(part.lower()):
                return []
            options = self._options[key] = self._ranked(part, first, upper or _capitals(part))
        return options

    def _ranked(self, part: str, first: bool, upper: bool) -> list[Option]:
        """The words as they come, the frequent ones first, until they fall behind the best."""
        kind = part[0] == HOLE, first, upper
        letters = self._letters[kind]
        ranked: list[tuple[float, float, str]] = []
        limit, least = inf, self._least * part.count(HOLE)
        for alone, word, lost in self.known.like(part.lower()):
            if alone + least >= limit:
                break
            price = letters.get(lost)
            if price is None:
                price = self._lost(lost, kind)
            rank = alone + price
            if rank < limit:
                ranked.append((rank, price, word))
                if rank + _FARTHEST < limit:
                    limit = rank + _FARTHEST
        ranked.sort()
        alone_of = self.known.alone
        return [(price, word, alone_of(word)) for rank, price, word in ranked[:_OPTIONS] if rank < limit]

    def _ended(self, torn: Torn, begin: Places, behind: Places) -> list[Path]:
        """The readings that reach the end, with what follows it."""
        size = len(torn.shown)
        if torn.ends == "word":
            after, cost = torn.after, self.known.cost
            return [
                (path[0] + (cost(path[1], after) if after else 0.0), path[1], path[2])
                for path in _best(begin[size])
            ]
        room = size - len(torn.shown.rstrip(HOLE))
        dear = torn.ends == "sign"
        return [
            (cost + self.losses.gap * left, last, (*marks, *((size - place, "") for place in range(left))))
            if dear
            else (cost, last, marks)
            for left in range(room + 1)
            for cost, last, marks in _best(behind[size - left])
        ]


def shares(readings: list[Reading]) -> dict[Mark, float]:
    """The changes of the likeliest of ``readings``, each with its share among all."""
    if not readings:
        return {}
    best, changes = readings[0]
    found = {mark: 0.0 for mark in changes if mark[1]}
    total = 0.0
    for cost, marks in readings if found else ():
        weight = exp(best - cost)
        total += weight
        for mark in marks:
            if mark in found:
                found[mark] += weight
    return {mark: share / total for mark, share in found.items()}


def certain(readings: list[Reading], least: float) -> bool:
    """Is the first reading as good as all the others together, at least so much?"""
    return bool(readings) and sum([exp(readings[0][0] - cost) for cost, _ in readings]) * least <= 1


def _best(paths: list[Path]) -> list[Path]:
    """The cheapest, few and close to the first."""
    paths.sort()
    few = paths[:_BEAM]
    if few and few[-1][0] > few[0][0] + _BEHIND:
        few = [path for path in few if path[0] <= few[0][0] + _BEHIND]
    return few


def _capitals(part: str) -> bool:
    letters = part.replace(HOLE, "")
    return len(letters) > 1 and letters.isupper()
