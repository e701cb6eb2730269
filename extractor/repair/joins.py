"""The pieces of one run of letters read as words: which of them a space has parted.

Pieces that may belong together stand on islands; each island is read by a Viterbi search over the counts,
with the words around it.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, inf
from typing import NamedTuple

from extractor.ground.counts import cost, counts
from extractor.ground.vietnamese import is_syllable

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
CONSONANTS = "bcdđghklmnpqrstvx"
LONGEST, _PIECES = 7, 4  # letters of a syllable, pieces that one may be in
_ODD, _SHORT, _APART = 18.0, 13.0, 8.0  # nats for a piece that is no word, in capitals, a unit or label
_CLEAR = 2.0  # nats by which two syllables must be likelier as one

_TOUCHING, _LABELLED = frozenset("/-&@_"), frozenset(").")
UNITS = frozenset(["m", "h", "g", "l", "s", "t", "đ", "k", "x", "km", "kg", "cm", "mm", "ml", "tr"])
_LETTERS = frozenset("abcdđeghiklmnopqrstuvxyABCDĐEGHIKLMNOPQRSTUVXY")  # of lists and rows: no tone, no mark
VOWEL, BARE, GOOD, SYLLABLE = 1, 2, 4, 8

# the cost so far, where its last word begins, the word before that, what the next word sees of the last
_Path = tuple[float, int, str, str]


class Run(NamedTuple):
    """Pieces that single spaces part, where they begin, what kind each is, and which may stand alone."""

    start: int
    pieces: list[str]
    kinds: list[int]
    apart: frozenset[int]


class Join(NamedTuple):
    """The pieces ``first`` to ``last`` are one word that costs ``cost`` nats, ``margin`` less than they.

    ``sure``: how likely that makes it.
    """

    first: int
    last: int
    margin: float
    cost: float
    sure: float


def apart_of(text: str, start: int, end: int, pieces: Sequence[str]) -> frozenset[int]:
    """The pieces that may be a unit, a label, a part of a code, or one of a row of letters."""
    found = set()
    last = len(pieces) - 1
    before, behind = text[max(start - 2, 0) : start], text[end : end + 1]
    if before[-1:] in _TOUCHING or (pieces[0] in UNITS and before[:1].isdigit()):
        found.add(0)
    short = not last and (len(pieces[0]) == 1 or pieces[0].isupper())
    if behind in _TOUCHING or (short and behind in _LABELLED):
        found.add(last)
    for at in range(1, last):
        if pieces[at] in _LETTERS and pieces[at - 1] in _LETTERS and pieces[at + 1] in _LETTERS:
            found |= {at - 1, at, at + 1}
    return frozenset(found)


def seams_of(pieces: Sequence[str], kinds: Sequence[int]) -> list[int]:
    """The pieces that may belong together with the next one."""
    return [
        at
        for at, (a, b) in enumerate(pairwise(kinds))
        if (b & VOWEL or (a | b) & BARE) and _seam(pieces[at], pieces[at + 1], a, b)
    ]


def joins_of(run: Run, seams: Sequence[int], price: float, sure: bool) -> list[Join]:
    """The words of a run that are in pieces, island by island; ``seams``: pieces that may go on."""
    found: list[Join] = []
    index = 0
    while index < len(seams):
        first = last = seams[index]
        while index < len(seams) and seams[index] == last:
            last, index = last + 1, index + 1
        before = _before(run, found, first)
        if last == first + 1:
            found += _pair(run, first, before, price, sure)
        else:
            found += _island(run, first, last, before, price, sure)
    return found


def _seam(left: str, right: str, first: int, second: int) -> bool:
    """Can two pieces be parts of one syllable, or of two that a third piece between them tells apart?"""
    loose = first & (BARE | VOWEL) and second & (BARE | VOWEL) and (first | second) & BARE
    return bool(loose) or is_syllable(left + right)


def _before(run: Run, found: Sequence[Join], at: int) -> str:
    """The word before a piece, as it is read now; empty where there is none or it is no syllable."""
    if not at:
        return ""
    first = found[-1].first if found and found[-1].last == at - 1 else at - 1
    return _alone("".join(run.pieces[first:at]))[1]


def _pair(run: Run, at: int, before: str, price: float, sure: bool) -> list[Join]:
    """Two pieces that only each other can explain."""
    word, doubt = _joined(run, at, at + 1, sure)
    if not word:
        return []
    join = _priced(run, at, at + 1, before, price)
    return [join] if join.margin > doubt else []


def _island(run: Run, first: int, last: int, before: str, price: float, sure: bool) -> Iterator[Join]:
    """The cheapest reading of the pieces ``first`` to ``last``: a Viterbi search over ways to join them."""
    pieces = run.pieces
    paths: list[dict[str, _Path]] = [{before: (0.0, 0, "", before)}]
    for end in range(first, last + 1):
        low, context, own = _alone(pieces[end])
        fixed = _APART if own and end in run.apart else own
        step = {low: (*_best(paths[end - first], end, low, fixed), context)}
        size = len(low)
        for start in range(end - 1, max(first, end - _PIECES + 1) - 1, -1):
            size += len(pieces[start])
            if size > LONGEST:
                break
            word, doubt = _joined(run, start, end, sure)
            if word:
                total, _, ahead = _best(paths[start - first], start, word, 0.0)
                total += price * (end - start) + doubt
                if word not in step or total < step[word][0]:
                    step[word] = (total, start, ahead, word)
        paths.append(step)
    return _back(run, paths, first, last, price)


def _best(front: dict[str, _Path], start: int, word: str, own: float) -> tuple[float, int, str]:
    """The cheapest way to a word that begins at ``start``; ``own``: its price, where it is no syllable."""
    best, last = inf, ""
    for ahead, (total, _, _, context) in front.items():
        total += own or cost(context, word)
        if total < best:
            best, last = total, ahead
    return best, start, last


def _back(run: Run, paths: Sequence[dict[str, _Path]], first: int, last: int, price: float) -> Iterator[Join]:
    """The joins of the cheapest path, in order."""
    after = _after(run, last)
    ends = {word: path[0] + (cost(path[3], after) if after else 0.0) for word, path in paths[-1].items()}
    word, end = min(ends, key=lambda word: ends[word]), last
    joins: list[Join] = []
    while end >= first:
        _, start, ahead, _ = paths[end - first + 1][word]
        if start < end:
            joins.append(_priced(run, start, end, paths[start - first][ahead][3], price))
        word, end = ahead, start - 1
    return reversed(joins)


def _after(run: Run, last: int) -> str:
    return _alone(run.pieces[last + 1])[1] if last + 1 < len(run.pieces) else ""


def _joined(run: Run, start: int, end: int, sure: bool) -> tuple[str, float]:
    """The word (lower case) that some pieces make together, and what it costs that they could stand alone.

    No word where they make none.
    """
    word, alone = _made(tuple(run.pieces[start : end + 1]))
    if not word or sure:
        return word, _CLEAR if alone else 0.0
    told = alone or not run.apart.isdisjoint(range(start, end + 1))
    return "" if told or not counts().count(word) else word, 0.0


@lru_cache(maxsize=1 << 13)
def _made(parts: tuple[str, ...]) -> tuple[str, bool]:
    """The word (lower case) that pieces are together, if any, and whether each is a word alone."""
    word = "".join(parts)
    return word.lower() if whole(word) else "", all(map(is_syllable, parts))


@lru_cache(maxsize=1 << 13)
def _alone(piece: str) -> tuple[str, str, float]:
    """A piece in lower case, what the next word sees of it, and its price where it is no syllable."""
    low = piece.lower()
    if is_syllable(piece):
        return low, low, 0.0
    return low, "", _SHORT if piece.isupper() else _ODD


def _priced(run: Run, first: int, last: int, before: str, price: float) -> Join:
    """The join of some pieces, with what the word costs and by how much it is likelier than they are."""
    after = _after(run, last)
    word, context, apart = "".join(run.pieces[first : last + 1]).lower(), before, 0.0
    for at in range(first, last + 1):
        low, behind, odd = _alone(run.pieces[at])
        apart += (_APART if at in run.apart else odd) if odd else cost(context, low)
        context = behind
    own = cost(before, word)
    whole = own + price * (last - first)
    if after:
        apart, whole = apart + cost(context, after), whole + cost(word, after)
    margin = apart - whole
    return Join(first, last, margin, own, round(min(max(1 / (1 + exp(-min(margin, 9.0))), 0.6), 0.99), 2))


@lru_cache(maxsize=1 << 13)
def whole(word: str) -> bool:
    """Is a word a syllable, and in one case?"""
    return len(word) <= LONGEST and is_syllable(word) and (word[1:].islower() or word.isupper())


class _Kinds(dict[str, int]):
    """A piece begins with a vowel, is all consonants, is a whole word; for each a bit."""

    def __missing__(self, piece: str) -> int:
        low = piece.lower()
        kind = VOWEL if low[:1] in VOWELS else 0 if low.strip(CONSONANTS) else BARE
        kind |= GOOD | SYLLABLE if is_syllable(piece) else 0
        kind |= GOOD if len(piece) > 1 and piece.isupper() else 0
        if len(self) < 1 << 16:
            self[piece] = kind
        return kind


@cache
def kinds_of() -> _Kinds:
    return _Kinds()
