"""Spaces inside words: ``qu ốc gia, Trư ờng h ọc`` is ``quốc gia, Trường học``.

Kerning parts words before or after any letter. A space goes where the letters around it are a syllable
together and the counts of administrative text bear that out; where both sides are syllables of their
own (``to àn``), only in a document that shows the class again and again, or on a line that does. What no
space explains stays: pieces that have lost a letter (``c p``, ``nh n``), units behind numbers, list
letters, abbreviations, names that are no Vietnamese syllables, and rows of single letters.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from extractor.ground.counts import cost, counts
from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.letters import Range, letter_spaced

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_CONSONANTS = "bcdđghklmnpqrstvx"
_LONGEST, _PIECES = 7, 4  # letters of a syllable, pieces that one may be in
_ODD, _SHORT, _APART = 18.0, 13.0, 8.0  # nats for a piece that is no word, in capitals, a unit or label
_SURELY = 3  # signs that make a document sure of the class
_CLEAR = 2.0  # nats by which two syllables must be likelier as one
_LIKELY, _LIKELY_LINE = 9.0, 13.0  # nats that joined words cost at most, on average, in a document, in a line
_SOUND, _SOUND_SURE = 0.75, 0.5  # share of whole words that a mended line must have

_TOUCHING, _LABELLED = frozenset("/-&@_"), frozenset(").")
_UNITS = frozenset(["m", "h", "g", "l", "s", "t", "đ", "k", "x", "km", "kg", "cm", "mm", "ml", "tr"])
_LETTERS = frozenset("abcdđeghiklmnopqrstuvxyABCDĐEGHIKLMNOPQRSTUVXY")  # of lists and rows: no tone, no mark
_VOWEL, _BARE, _GOOD, _SYLLABLE = 1, 2, 4, 8


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


class Found(NamedTuple):
    """What the reading of one line gave: its edits, its joins and their cost, the pieces left unexplained."""

    edits: list[Edit]
    joins: int
    cost: float
    odd: int


def split(text: str) -> Iterator[Edit]:
    """Edits that take spaces out of words: first of letter-spaced lines, then of syllables."""
    marks = [match.start() for match in _mark().finditer(text)]
    if not marks:
        return
    spaced, done = letter_spaced(text, marks)
    yield from spaced
    signs = _signs(text, marks, done)
    if signs:
        yield from _joined(text, signs, done)


def _within(ranges: Sequence[Range], place: int) -> bool:
    """Does ``place`` lie in one of the sorted ``ranges``?"""
    at = bisect_right(ranges, (place, place)) - 1
    return at >= 0 and place < ranges[at][1]


def _joined(text: str, signs: Sequence[int], done: Sequence[Range]) -> Iterator[Edit]:
    """The edits of a document with ``signs``: of all its lines where it is sure, else of theirs."""
    words = text.count(" ") + text.count("\n") + 1
    share = len(signs) / words
    sure = len(signs) >= _SURELY and share > 0.01
    price = min(max(-log(2 * share), 0.5), 5.0)
    found = [_line(text, line, price, sure or hits > 1) for line, hits in _lines(text, signs, sure, done)]
    joins, paid = sum(each.joins for each in found), sum(each.cost for each in found)
    if joins > 2 * sum(each.odd for each in found) and paid <= _LIKELY * joins:
        for each in found:
            dear = each.cost > _LIKELY_LINE * each.joins and (each.joins > 2 or not sure)
            if each.joins > each.odd - sure and not dear:
                yield from each.edits


def _lines(
    text: str, signs: Sequence[int], every: bool, done: Sequence[Range]
) -> Iterator[tuple[Range, int]]:
    """The lines to be read, each with the number of its signs; not those that are ``done``."""
    taken = {start for start, _ in done}
    at = start = 0
    while start < len(text) and (every or at < len(signs)):
        if not every:
            start = text.rfind("\n", 0, signs[at]) + 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        first = at
        while at < len(signs) and signs[at] < end:
            at += 1
        if start not in taken:
            yield (start, end), at - first
        start = end + 1


def _line(text: str, line: Range, price: float, sure: bool) -> Found:
    """What one line gives; nothing where it is not Vietnamese even then."""
    edits: list[Edit] = []
    joins = odd = good = total = 0
    paid = 0.0
    loud = text[line[0] : line[1]].isupper()
    known = _kinds()
    for match in _run().finditer(text, *line):
        pieces = match[0].split(" ")
        kinds = [known[piece] for piece in pieces]
        here: list[Join] = []
        if len(pieces) > 1:
            run = Run(match.start(), pieces, kinds, _apart(text, match.start(), match.end(), pieces))
            here = _joins(run, price, sure)
            edits += _edits(run, here)
        inside = sum(join.last - join.first + 1 for join in here)
        joins += len(here)
        paid += sum(join.cost for join in here)
        good += sum(1 for kind in kinds if kind & _GOOD) + len(here)
        total += len(pieces) - inside + len(here)
        if any(kind & _BARE for kind in kinds):
            odd += _odd(text, match.start(), match.end(), pieces, kinds, here, loud)
    share = _SOUND_SURE if sure else _SOUND
    return Found(edits if good >= share * total else [], joins, paid, odd)


def _odd(
    text: str,
    start: int,
    end: int,
    pieces: Sequence[str],
    kinds: Sequence[int],
    here: Sequence[Join],
    loud: bool,
) -> int:
    """How many consonants stay that stand alone: what is left of words that have lost letters."""
    inside = {at for join in here for at in range(join.first, join.last + 1)}
    told = inside | _apart(text, start, end, pieces)
    left = [piece for at, piece in enumerate(pieces) if kinds[at] & _BARE and at not in told]
    return sum(piece.islower() or (loud and len(piece) < 3) for piece in left)


def _edits(run: Run, joins: Sequence[Join]) -> Iterator[Edit]:
    """One edit for every space inside a joined word."""
    place, at = run.start, 0
    for join in joins:
        sure = round(min(max(1 / (1 + exp(-min(join.margin, 9.0))), 0.6), 0.99), 2)
        place += sum(map(len, run.pieces[at : join.first])) + join.first - at
        at = join.first
        while at < join.last:
            place += len(run.pieces[at]) + 1
            at += 1
            yield Edit(place - 1, place, "", "split syllable", sure)


def _apart(text: str, start: int, end: int, pieces: Sequence[str]) -> frozenset[int]:
    """The pieces that may be a unit, a label, a part of a code, or one of a row of letters."""
    found = set()
    last = len(pieces) - 1
    before, behind = text[max(start - 2, 0) : start], text[end : end + 1]
    if before[-1:] in _TOUCHING or (pieces[0] in _UNITS and before[:1].isdigit()):
        found.add(0)
    short = not last and (len(pieces[0]) == 1 or pieces[0].isupper())
    if behind in _TOUCHING or (short and behind in _LABELLED):
        found.add(last)
    for at in range(1, last):
        if _LETTERS.issuperset(pieces[at - 1 : at + 2]):
            found |= {at - 1, at, at + 1}
    return frozenset(found)


def _joins(run: Run, price: float, sure: bool) -> list[Join]:
    """The words of a run that are in pieces, island by island."""
    kinds = run.kinds
    seams = [at for at, (a, b) in enumerate(pairwise(kinds)) if b & _VOWEL or (a | b) & _BARE]
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
    first, second = _kinds()[left], _kinds()[right]
    loose = first & (_BARE | _VOWEL) and second & (_BARE | _VOWEL) and (first | second) & _BARE
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
            if start < end and size > _LONGEST:
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
    if not _whole(word := "".join(parts)) or (not sure and all(map(is_syllable, parts))):
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


def _signs(text: str, marks: Sequence[int], done: Sequence[Range]) -> list[int]:
    """The ``marks`` that are signs; those between two whole words, by far the most, are told at once."""
    known, floor, ceiling = _kinds(), _LONGEST + 1, _LONGEST + 2
    found = []
    for place in marks if not done else [place for place in marks if not _within(done, place)]:
        left = text[text.rfind(" ", max(place - floor, 0), place) + 1 : place]
        right = text[place + 1 : text.find(" ", place + 1, place + ceiling)]
        if not known[left] & known[right] & _SYLLABLE and _sign(text, place):
            found.append(place)
    return found


def _sign(text: str, place: int) -> bool:
    """Does the space at ``place`` touch a piece that only a join makes a syllable?"""
    left, right = _left(text, place), _right(text, place)
    if not right or (left in _UNITS and text[place - len(left) - 2 : place - len(left) - 1].isdigit()):
        return False
    if left and _whole(left + right):
        return not (is_syllable(left) and is_syllable(right))
    after = place + 1 + len(right)
    unit = right in _UNITS and text[place - 1 : place].isdigit()
    if unit or not _kinds()[right] & _BARE or text[after : after + 1] != " ":
        return False
    return _whole(right + _right(text, after))


def _whole(word: str) -> bool:
    """Is a word a syllable, and in one case?"""
    return len(word) <= _LONGEST and is_syllable(word) and (word[1:].islower() or word.isupper())


def _left(text: str, place: int) -> str:
    start = place
    while start and place - start <= _LONGEST and text[start - 1].isalpha():
        start -= 1
    return text[start:place]


def _right(text: str, place: int) -> str:
    match = _letters().match(text, place + 1)
    return match[0] if match else ""


class _Kinds(dict[str, int]):
    """A piece begins with a vowel, is all consonants, is a whole word; for each a bit."""

    def __missing__(self, piece: str) -> int:
        low = piece.lower()
        kind = _VOWEL if low[:1] in _VOWELS else 0 if low.strip(_CONSONANTS) else _BARE
        kind |= _GOOD | _SYLLABLE if is_syllable(piece) else 0
        kind |= _GOOD if len(piece) > 1 and piece.isupper() else 0
        if len(self) < 1 << 16:
            self[piece] = kind
        return kind


@cache
def _kinds() -> _Kinds:
    return _Kinds()


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]{1,8}")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@cache
def _mark() -> re.Pattern[str]:
    """A space before a vowel, or before a consonant (or ``ng``, ``nh``, ``ch``) that stands alone."""
    vowels, consonants, end = (
        _VOWELS + _VOWELS.upper(),
        _CONSONANTS + _CONSONANTS.upper(),
        r"(?:[ ,.;:\n)]|\Z)",
    )
    often = r"(?<=ủ)y |(?<=a)n |(?<=e)m |(?<=y)êu |(?<=U)BND|(?<=ở) |(?<=í)t |(?<=ứ)ng "
    return re.compile(rf" (?=[{vowels}](?!{often})|[{consonants}]{end}|[nNcC][ghGH]{end})")
