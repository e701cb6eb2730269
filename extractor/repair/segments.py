"""Letters without spaces read as words: a Viterbi search over the counts of administrative text.

``UBNDtỉnhHàGiang`` is ``UBND``, ``tỉnh``, ``Hà``, ``Giang``. A capital behind a small letter begins a
word. Syllables and the abbreviations that plans share come first; only where these do not cover the
letters, other words may stand between them.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.ground.codes import TYPES
from extractor.ground.counts import cost, counts
from extractor.ground.vietnamese import is_syllable

_LONGEST, _STRANGER = 7, 14  # letters of a syllable, of another word
_SHORT, _KNOWN = 9.0, 8.0  # nats for an abbreviation
_STRANGE, _LETTER = 12.0, 3.0  # nats for another word, and for each letter of it
_LONE = 14.0  # nats for a lone letter (``b/c``)
_BEAM = 10.0  # nats behind the best path that a path may be
_RARE = 15.0  # nats that make a word doubtful
_SHARED = (
    "UBND HĐND MTTQ UBMTTQ UBMTTQVN MTTQVN THCS THPT TP TX TT TW TU KT TM TL TUQ VT YT PCT BCH BTV BTC BCĐ"
    " HIV AIDS LĐTBXH TBXH GDĐT GDTX PTNT TNCS HCM HSSV LHPN LĐLĐ CCB SYT BYT PCCC ATTP TCCB KHHGĐ ĐTN"
    " TTYT TNMT CNTT VHTT VHXH KGVX NTM BHXH BHYT BVMT CBCC CCVC CCHC TTHC QPAN ANTT TTATXH ATGT COVID"
    " TTg II III IV VI VII VIII IX XI XII XIII XIV XV STT VX VP HĐ CĐ TĐTN PGD SGDĐT BGDĐT HS CP QH"
)

Choice = tuple[int, str, float]


class Word(NamedTuple):
    """Letters that are one word, and what it costs to read them so."""

    text: str
    cost: float


class Path(NamedTuple):
    """The best way to a word: its cost so far and of the word itself, where it begins, the word before."""

    total: float
    own: float
    start: int
    before: str


def words_of(letters: str) -> list[Word]:
    """The words of a run of letters, in order."""
    words: list[Word] = []
    before = ""
    for part in _parts(letters):
        here = _search(part, before, False)
        if not here or any(word.cost > _RARE for word in here):
            here = _search(part, before, True)
        words += here
        before = _context(here[-1].text.lower())
    return words


def coded(letters: str) -> list[Word]:
    """The words of letters that stand in a code, which is one of them: its capitals (``TTCPngày``)."""
    capitals = len(letters) - len(letters.lstrip("".join(filter(str.isupper, set(letters)))))
    rest = words_of(letters[capitals:]) if capitals < len(letters) else []
    if capitals > 1 and all(is_syllable(word.text) and word.cost < _RARE for word in rest):
        return [Word(letters[:capitals], _KNOWN), *rest]
    return words_of(letters)


def known(word: str) -> bool:
    """Is a word a syllable or an abbreviation that plans share?"""
    return is_syllable(word) or word in _abbreviations()


def _parts(letters: str) -> Iterator[str]:
    """The run cut before every capital behind a small letter: a word begins there."""
    start = 0
    for at in range(1, len(letters)):
        if letters[at].isupper() and not letters[at - 1].isupper():
            yield letters[start:at]
            start = at
    yield letters[start:]


def _search(letters: str, before: str, strangers: bool) -> list[Word]:
    """The cheapest words that cover ``letters``; none where they cannot be covered."""
    low, size = letters.lower(), len(letters)
    if len(low) != size:
        return [Word(letters, _STRANGE + _LETTER * size)]
    capitals = size - len(letters.lstrip("".join(filter(str.isupper, set(letters)))))
    paths: list[dict[str, Path]] = [{} for _ in range(size + 1)]
    paths[0][before] = Path(0.0, 0.0, 0, "")
    for start in range(size):
        if paths[start]:
            found = _strangers if strangers else _seen
            alive = _alive(paths[start])
            for end, word, own in found(letters, low, start, capitals):
                _extend(paths[end], alive, start, word, own)
    return _back(letters, paths)


def _alive(here: dict[str, Path]) -> list[tuple[str, str, float]]:
    """The words that end here and are worth going on from: each, its context, its cost."""
    floor = min(path.total for path in here.values()) + _BEAM
    return [(last, _context(last), path.total) for last, path in here.items() if path.total <= floor]


def _extend(
    there: dict[str, Path], alive: list[tuple[str, str, float]], start: int, word: str, own: float
) -> None:
    """Lengthen the paths by one word; the best one for it stays."""
    best = there.get(word)
    for last, context, so_far in alive:
        price = own or cost(context, word)
        if best is None or so_far + price < best.total:
            best = Path(so_far + price, price, start, last)
    if best:
        there[word] = best


def _back(letters: str, paths: list[dict[str, Path]]) -> list[Word]:
    """The words of the cheapest path, from its end."""
    words: list[Word] = []
    end = len(letters)
    if not paths[end]:
        return words
    last = min(paths[end], key=lambda word: paths[end][word].total)
    while end:
        path = paths[end][last]
        words.append(Word(letters[path.start : end], path.own))
        end, last = path.start, path.before
    return words[::-1]


def _seen(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """The words of the counts, and abbreviations, that may begin at ``start``: end, word, own cost."""
    begun = _prefixes()
    for end in range(start + 1, min(len(low), start + _LONGEST) + 1):
        word = low[start:end]
        whole = begun.get(word)
        if whole is None:
            break
        if whole and (end <= capitals or start >= capitals - 1):
            yield end, word, 0.0
    yield from _short(letters, low, start, capitals)


def _strangers(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """Every syllable, abbreviation and other word that may begin at ``start``."""
    for end in range(start + 1, min(len(low), start + _STRANGER) + 1):
        if _cased(start, end, capitals):
            word = low[start:end]
            if end - start <= _LONGEST and is_syllable(word):
                yield end, word, 0.0
            else:
                yield end, word, _strange(word)
    yield from _short(letters, low, start, capitals)


def _strange(word: str) -> float:
    """What a word costs that is no syllable; long ones are rarely written with Vietnamese marks."""
    if len(word) == 1:
        return _LONE
    return _STRANGE + _LETTER * len(word) * (1 if len(word) < 5 or word.isascii() else 2)


def _short(letters: str, low: str, start: int, capitals: int) -> Iterator[Choice]:
    """The abbreviations that may begin at ``start``."""
    if start < capitals:
        for end in range(start + 2, min(capitals + 1, start + 8, len(letters)) + 1):
            if letters[start:end] in _abbreviations():
                yield end, low[start:end], _SHORT if end - start < 3 else _KNOWN


def _cased(start: int, end: int, capitals: int) -> bool:
    """Is a word all small, all capitals, or begun by a capital, if the letters begin with ``capitals``?"""
    return end <= capitals or start >= capitals - 1


def _context(word: str) -> str:
    return word if word and is_syllable(word) else ""


@cache
def _prefixes() -> dict[str, bool]:
    """The beginnings of the syllables of the counts, and whether each is a syllable itself."""
    seen = list(counts().known())
    found = {word[:end]: False for word in seen for end in range(1, len(word))}
    found.update(dict.fromkeys(seen, True))
    return found


@cache
def _abbreviations() -> frozenset[str]:
    types = (short for every in TYPES.values() for short in every)
    return frozenset([*_SHARED.split(), *(short for short in types if len(short) > 1)])
