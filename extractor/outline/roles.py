"""What each line is, told by its words and its place: for documents whose numbers are lost.

A linear model over named features (``models/roles.tsv``, made by ``scripts/train roles``) and the transitions
between neighbours; the likeliest row of roles is found by Viterbi (1967), the probability of each role by
forward and backward sums. Loaded on first need: documents whose numbering is whole never need it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import exp, log
from operator import add, mul
from typing import NamedTuple

from extractor.ground import models
from extractor.ground.assignees import is_assignee, split_subject
from extractor.ground.text import Span
from extractor.outline.labels import MISREAD, labels
from extractor.outline.rows import Row

NAME = "roles.tsv"
LONGEST = 1500  # rows that are read; a longer document is read so far
_OPENING = 40  # letters of a line's begin that give n-grams
_UNIT = 160  # letters within which a line names its unit

#: roles of lines that head what follows: sections of the first level and below, units, units as subjects
HEADS = frozenset({"head", "sub", "unit", "duty"})


class Told(NamedTuple):
    """The role of a row, and how probable it is that the row is a heading, or none, as the role says."""

    role: str
    sure: float

    @property
    def heads(self) -> bool:
        """Whether the row heads what follows."""
        return self.role in HEADS


class Roles:
    """The model of one file: weights in hundredths, ``feature TAB role:weight role:weight …``."""

    def __init__(self, text: str) -> None:
        rows = dict(line.split("\t", 1) for line in text.split("\n") if line and line[0] != "#")
        self.names = tuple(rows.pop("roles").split(" "))
        self._heads = {at for at, name in enumerate(self.names) if name in HEADS}
        self._first = _numbers(rows.pop("first"))
        steps = [_numbers(rows.pop(f"after {name}")) for name in self.names]
        self._into = [list(into) for into in zip(*steps, strict=True)]
        self._odds = [list(map(exp, step)) for step in steps]
        self._odds_into = [list(map(exp, into)) for into in self._into]
        self._weights = rows
        self._known: dict[str, tuple[tuple[int, float], ...]] = {}

    def told(self, rows: Sequence[Row]) -> list[Told]:
        """The role of every row; ``rows`` in the order of the text."""
        if not rows:
            return []
        seen = [self._scores(found) for found in features(rows)]
        return [self._told(*row) for row in zip(self._path(seen), self._sums(seen), strict=True)]

    def _told(self, best: int, odds: Sequence[float]) -> Told:
        """The role of the likeliest row of roles, unless the sums say heading where it says none, or not."""
        heads = sum(odds[at] for at in self._heads)
        if (heads > 0.5) == (best in self._heads):
            return Told(self.names[best], max(heads, 1.0 - heads))
        some = self._heads if heads > 0.5 else set(range(len(odds))) - self._heads
        return Told(self.names[max(some, key=odds.__getitem__)], max(heads, 1.0 - heads))

    def _scores(self, found: Iterable[str]) -> list[float]:
        """The log probability of every role by the row's own features."""
        sums = [0.0] * len(self.names)
        for name in found:
            for role, weight in self._weight(name):
                sums[role] += weight
        return _normal(sums)

    def _weight(self, name: str) -> tuple[tuple[int, float], ...]:
        """The weights of a feature, parsed when it is first met; none for one that nobody learned."""
        row = self._weights.pop(name, "")
        if row:
            pairs = (pair.split(":") for pair in row.split(" "))
            self._known[name] = tuple((int(role), int(weight) / 100) for role, weight in pairs)
        return self._known.get(name, ())

    def _path(self, seen: Sequence[Sequence[float]]) -> list[int]:
        """The likeliest row of roles."""
        score = list(map(add, self._first, seen[0]))
        back: list[list[int]] = []
        for own in seen[1:]:
            ways = [list(map(add, score, into)) for into in self._into]
            best = list(map(max, ways))
            back.append([way.index(top) for way, top in zip(ways, best, strict=True)])
            score = list(map(add, best, own))
        path = [score.index(max(score))]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def _sums(self, seen: Sequence[Sequence[float]]) -> list[list[float]]:
        """The probability of every role of every row, all rows considered."""
        odds = [list(map(exp, own)) for own in seen]
        ahead = [_shares(map(mul, map(exp, self._first), odds[0]))]
        for own in odds[1:]:
            came = (sum(map(mul, ahead[-1], step)) for step in self._odds_into)
            ahead.append(_shares(map(mul, own, came)))
        behind = [[1.0] * len(self.names)]
        for own in reversed(odds[1:]):
            after = list(map(mul, own, behind[-1]))
            behind.append(_shares(sum(map(mul, step, after)) for step in self._odds))
        return [_shares(map(mul, one, two)) for one, two in zip(ahead, reversed(behind), strict=True)]


@cache
def roles() -> Roles:
    """The shipped model."""
    return Roles(models.read(NAME))


def _numbers(cells: str) -> list[float]:
    return [int(cell) / 100 for cell in cells.split(" ")]


def _normal(sums: Sequence[float]) -> list[float]:
    top = max(sums)
    whole = top + log(sum(exp(value - top) for value in sums))
    return [value - whole for value in sums]


def _shares(values: Iterable[float]) -> list[float]:
    found = list(values)
    whole = sum(found) or 1.0
    return [value / whole for value in found]


class _Look(NamedTuple):
    """What a row looks like, for itself and for its neighbours."""

    style: str
    words: str
    length: int
    end: str
    case: str


def features(rows: Sequence[Row]) -> Iterator[list[str]]:
    """The features of every row by name: its look, its neighbours', its place, its unit, its letters."""
    looks = [_look(row.words) for row in rows]
    none = _Look("edge", "", 0, "", "")
    caps = min(sum(look.case == "upper" and look.length > 3 for look in looks[len(looks) // 6 : -6]), 3)
    for at, look in enumerate(looks):
        before = looks[at - 1] if at else none
        after, next_one = [*looks[at + 1 : at + 3], none, none][:2]
        found = ["1", *_named("", look), *_named("before ", before), *_named("after ", after)]
        found.append(f"pair {look.style} {look.case} {after.style} {next_one.style}")
        found.append(f"caps {caps} {look.case} {look.length}")
        found.append(f"place {10 * at // len(looks)}")
        found.append(f"top {min(at // 3, 6)}")
        found += _unit(look.words)
        found += _grams(look.words)
        yield found


def _look(words: str) -> _Look:
    readings = labels(words)
    style = readings[0].style if readings else "none"
    style = "table" if "|" in words else style
    rest = words[readings[0].end :] if readings else words
    misread = MISREAD.re.match(rest) if not readings else None
    if misread:
        style, rest = "misread", rest[misread.end() :]
    rest = rest.strip()
    case = "upper" if rest.isupper() else "capital" if rest[:1].isupper() else "small"
    return _Look(style.split(":")[0], rest, min(len(rest).bit_length(), 9), _end(rest), case)


def _end(words: str) -> str:
    return "letter" if words[-1:].isalpha() else "digit" if words[-1:].isdigit() else words[-1:]


def _named(where: str, look: _Look) -> list[str]:
    return [
        f"{where}style {look.style}",
        f"{where}length {look.length}",
        f"{where}end {look.end}",
        f"{where}case {look.case}",
        f"{where}look {look.length} {look.end} {look.case}",
    ]


def _unit(words: str) -> Iterator[str]:
    """Whether the row names somebody who can be given work, and how."""
    colon = words.find(":", 0, _UNIT)
    if colon >= 0:
        run_in = "colon" if colon + 1 == len(words) else "run-in"
        yield f"has {run_in} {min(colon.bit_length(), 7)}"
        if is_assignee(words[:colon]):
            yield f"unit {run_in}"
    elif len(words) < _UNIT and words[-1:] not in ".;":
        if is_assignee(words):
            yield "unit whole"
    else:
        name, rest = split_subject(words, Span(0, min(len(words), _UNIT)))
        if rest is not None and is_assignee(name.of(words)):
            yield "unit subject"


def _grams(words: str) -> set[str]:
    """Letters of the begin, by twos to fives, and the first words."""
    begin = "^" + words[:_OPENING].lower()
    found = {begin[at : at + size] for size in (3, 4, 5) for at in range(len(begin) - size + 1)}
    first = begin.split()[:3]
    return found | {" ".join(first[:count]) + "_" for count in range(1, len(first) + 1)}
