"""What a TCVN3 text has lost beyond its table: the letter ư, and the case of capitals.

ư is byte AD, a soft hyphen to everybody else: readers drop it (``®îc``, ``trêng``), some show a plain hyphen
(``t-íng``). Capitals with a tone have no code at all: a font of capitals (.VnTimeH) draws the codes of the
small letters as capitals, and the text layer does not say so.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from extractor.ground.vietnamese import fold, is_syllable
from extractor.repair.judge import grade, settle
from extractor.repair.vocabulary import phrases

NAMES = ("tcvn3", "tcvn5712")

_MOTTO = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
_ENDS = (".", ";", ":", "!", "?", "-", "+")
_ENOUGH = 60  # words among which ư must stand, if it is not lost
_MOST = 16


def finish(rows: Sequence[tuple[list[str], list[str]]]) -> list[list[str]]:
    """The lines (words as found, words as read) with ư where it is lost, and with their capitals."""
    read = [words for _, words in rows]
    horns = sum("ư" in word for words in read for word in words)
    lost = sum(len(_with_horn(word, False)) > 1 for words in read for word in words)
    if lost > horns:
        every = not horns and (lost > 1 or sum(map(len, read)) > _ENOUGH)
        read = [settle([_with_horn(word, every) for word in words]) for words in read]
    elif lost:
        read = [settle([_with_horn(word, False) for word in words]) for words in read]
    cased, opens = [], True
    for (found, _), words in zip(rows, read, strict=True):
        cased.append(_cased(found, words, opens))
        opens = not words or not words[-1] or words[-1].endswith(_ENDS)
    return cased


@lru_cache(maxsize=1 << 14)
def _with_horn(word: str, every: bool) -> list[str]:
    """``word``, and its readings with ư where only ư makes a syllable (``every``: where it makes another)."""
    pieces = _pieces().split(word)
    ways = [_piece_ways(piece, every) for piece in pieces]
    found = ["".join(way) for _, way in zip(range(_MOST), product(*ways), strict=False)]
    if "-" in word and grade(word).share < 1:
        joined = [f"{word[: at.start()]}ư{word[at.end() :]}" for at in _hyphen().finditer(word)]
        found += [way for way in joined if grade(way).share == 1]
    return found


def _piece_ways(piece: str, every: bool) -> list[str]:
    if not piece[:1].isalpha() or len(piece) > 6 or (piece.isupper() and piece.isascii()):
        return [piece]
    if is_syllable(piece) and not every:
        return [piece]
    more = (f"{piece[:at]}ư{piece[at:]}" for at in range(len(piece) + 1))
    return [piece, *filter(is_syllable, more)]


def _cased(found: Sequence[str], words: list[str], opens: bool) -> list[str]:
    """The words of a line with the capitals that its font drew or that its grammar wants."""
    if _heading(words):
        return [word.upper() for word in words]
    shouted = [_shouted(old) for old in found]
    cased = []
    for index, word in enumerate(words):
        if shouted[index] == 2 or (shouted[index] == 1 and 2 in shouted[max(0, index - 1) : index + 2]):
            word = word.upper()
        elif shouted[index] == 1 and _all_capital(found):
            word = word.upper()
        cased.append(word)
    return _opened(cased, found, opens)


def _shouted(word: str) -> int:
    """2: in capitals as far as ASCII tells, 1: could be (at most one ASCII letter, a capital), 0: not."""
    letters = [char for char in word if char.isascii() and char.isalpha()]
    if any(map(str.islower, letters)):
        return 0
    return 2 if len(letters) > 1 else 1


def _all_capital(words: Sequence[str]) -> bool:
    """Are all ASCII letters of a line capitals, and more than one?"""
    letters = [char for word in words for char in word if char.isascii() and char.isalpha()]
    return len(letters) > 1 and all(map(str.isupper, letters))


def _heading(words: Sequence[str]) -> bool:
    """A heading that plans share or a motto, all in small letters: typed in a font of capitals."""
    line = " ".join(words).strip(" .:")
    if not line or line != line.lower() or len(line) > 80:
        return False
    body = _label().sub("", line)
    return fold(body) in _headings() and (body != line or " " in body)


def _opened(words: list[str], found: Sequence[str], opens: bool) -> list[str]:
    """A small letter that has no capital in the table begins a sentence, or a name (``ủy ban``)."""
    start = opens
    for index, word in enumerate(words):
        at = next((place for place, char in enumerate(word) if char.isalpha()), -1)
        if at >= 0 and word[at].islower() and not word[at].isascii() and found[index][at : at + 1] != word[at]:
            follows = words[index + 1] if index + 1 < len(words) else ""
            if start or (word == "ủy" and follows.startswith("ban")):
                words[index] = word[:at] + word[at].upper() + word[at + 1 :]
        if word:
            start = word[-1] in ".!?:;" or (start and not any(map(str.isalpha, word)))
    return words


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(fold, (*phrases("heading"), *_MOTTO)))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"^(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)/-] ?")


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_]+)")


@cache
def _hyphen() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
