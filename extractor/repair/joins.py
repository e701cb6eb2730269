"""The pieces of one run of letters read as words: which of them a space has parted.

Pieces that may belong together stand on islands; each island is read by a Viterbi search over the counts,
with the words around it.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
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


class Run(NamedTuple):
    """Pieces that single spaces part, where they begin, what kind each is, and which may stand alone."""

    start: int
    pieces: list[str]
    kinds: list[int]
    apart: frozenset[int]


class Join(NamedTuple):
    """The pieces ``first`` to ``last`` are one word that costs ``cost`` nats, ``margin`` less than they."""

    first: int
    last: int
    margin: float
    cost: float


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
        if _LETTERS.issuperset(pieces[at - 1 : at + 2]):
            found |= {at - 1, at, at + 1}
    return frozenset(found)


def joins_of(run: Run, price: float, sure: bool) -> list[Join]:
    """The words of a run that are in pieces, island by island."""
    kinds = run.kinds
    seams = [at for at, (a, b) in enumerate(pairwise(kinds)) if b & VOWEL or (a | b) & BARE]
    seams = [at for at in seams if _seam(run.pieces[at], run.pieces[at + 1])]
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


def _seam(left: str, right: str) -> bool:
    """Can two pieces be parts of one syllable, or of two that a third piece between them tells apart?"""
    first, second = kinds_of()[left], kinds_of()[right]
    loose = first & (BARE | VOWEL) and second & (BARE | VOWEL) and (first | second) & BARE
    return bool(loose) or is_syllable(left + right)


def _before(run: Run, found: Sequence[Join], at: int) -> str:
    """The word before a piece, as it is read now; empty where there is none or it is no syllable."""
    if not at:
        return ""
    first = found[-1].first if found and found[-1].last == at - 1 else at - 1
    return _context("".join(run.pieces[first:at]).lower())


def _pair(run: Run, at: int, before: str, price: float, sure: bool) -> list[Join]:
    """Two pieces that only each other can explain."""
    if not _word(run, at, at + 1, sure):
        return []
    join = _priced(run, at, at + 1, before, price)
    return [join] if join.margin > _doubt(run, at, at + 1) else []


def _island(run: Run, first: int, last: int, before: str, price: float, sure: bool) -> list[Join]:
    """The cheapest reading of the pieces ``first`` to ``last``: a Viterbi search over ways to join them."""
    paths: list[dict[str, _Path]] = [{before: (0.0, 0, "")}]
    for end in range(first, last + 1):
        step: dict[str, _Path] = {}
        size = 0
        for start in range(end, max(first, end - _PIECES + 1) - 1, -1):
            size += len(run.pieces[start])
            if start < end and size > LONGEST:
                break
            word = _word(run, start, end, sure)
            if word:
                fee = price * (end - start) + _doubt(run, start, end)
                own = _price(run, start) if start == end else None
                for ahead, path in paths[start - first].items():
                    whole = path[0] + fee + (cost(_context(ahead), word) if own is None else own)
                    if word not in step or whole < step[word][0]:
                        step[word] = (whole, start, ahead)
        paths.append(step)
    return list(_back(run, paths, first, last, price))


_Path = tuple[float, int, str]  # the cost so far, where its last word begins, the word before that


def _back(run: Run, paths: Sequence[dict[str, _Path]], first: int, last: int, price: float) -> Iterator[Join]:
    """The joins of the cheapest path, in order."""
    after = _after(run, last)
    ends = {
        word: path[0] + (cost(_context(word), after) if after else 0.0) for word, path in paths[-1].items()
    }
    word, end = min(ends, key=lambda word: ends[word]), last
    joins: list[Join] = []
    while end >= first:
        _, start, before = paths[end - first + 1][word]
        if start < end:
            joins.append(_priced(run, start, end, _context(before), price))
        word, end = before, start - 1
    return reversed(joins)


def _after(run: Run, last: int) -> str:
    return _context(run.pieces[last + 1].lower()) if last + 1 < len(run.pieces) else ""


def _word(run: Run, start: int, end: int, sure: bool) -> str:
    """The word (lower case) that some pieces make together; empty where they make none."""
    if start == end:
        return run.pieces[start].lower()
    parts = run.pieces[start : end + 1]
    if not whole(word := "".join(parts)) or (not sure and all(map(is_syllable, parts))):
        return ""
    if not sure and not run.apart.isdisjoint(range(start, end + 1)):
        return ""
    low = word.lower()
    return low if sure or counts().count(low) else ""


def _doubt(run: Run, start: int, end: int) -> float:
    """What a join costs because its pieces could stand alone."""
    return _CLEAR if start < end and all(map(is_syllable, run.pieces[start : end + 1])) else 0.0


def _price(run: Run, at: int) -> float | None:
    """What a piece costs that is no syllable; None for a syllable."""
    piece = run.pieces[at]
    if is_syllable(piece):
        return None
    if at in run.apart:
        return _APART
    return _SHORT if piece.isupper() else _ODD


def _context(word: str) -> str:
    return word if word and is_syllable(word) else ""


def _priced(run: Run, first: int, last: int, before: str, price: float) -> Join:
    """The join of some pieces, with what the word costs and by how much it is likelier than they are."""
    word = "".join(run.pieces[first : last + 1]).lower()
    after = _after(run, last)
    own = cost(before, word)
    whole = own + price * (last - first) + (cost(word, after) if after else 0.0)
    apart = 0.0
    for at in range(first, last + 1):
        low = run.pieces[at].lower()
        odd = _price(run, at)
        apart += cost(before, low) if odd is None else odd
        before = _context(low)
    return Join(first, last, apart + (cost(before, after) if after else 0.0) - whole, own)


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
