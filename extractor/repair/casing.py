"""Capitals that a code page could not keep: a letter with a tone has the code of its small letter.

A font of capitals (.VnTimeH) draws those codes as capitals, and the text layer does not say so. What tells
are the ASCII letters of the line, the headings that plans share, and where sentences begin.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

from extractor.ground.codes import TYPES
from extractor.ground.vietnamese import LETTERS, fold, is_syllable, letter_run
from extractor.repair.grades import says_nothing
from extractor.repair.vocabulary import phrases

_MOTTO = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
_ENDS = (".", ";", ":", "!", "?", "-", "+")
_NO, _MUTE, _MAYBE, _YES = range(4)
_OPENING = ' (“"-'
_OUTER = " .,;:()[]“”\"'-–*_|"
_LONGEST = 80  # characters of a heading


def finish(small: frozenset[str], read: Sequence[list[str]]) -> list[list[str]]:
    """The words of lines as read, with the capitals of sentences.

    ``small``: the letters whose capitals have no code of their own.
    """
    heads = {word for word in set(chain.from_iterable(read)) if word.lstrip(_OPENING)[:1] in small}
    cased, opens = [], True
    for words in read:
        cased.append(words if heads.isdisjoint(words) else _opened(words, small, opens))
        opens = words[-1] == "" or words[-1].endswith(_ENDS)
    return cased


def raised(line: str, words: list[str]) -> list[str]:
    """The words of ``line``, in capitals where the line is a heading or the word stands among capitals."""
    if not _capitals().search(line):
        return [word.upper() for word in words] if not _capital().search(line) and _heading(words) else words
    if not any(map(_torn().fullmatch, words)):
        return words
    words = [word if word.islower() else letter_run().sub(_loud_run, word) for word in words]
    loud = [_loud(old, new) for old, new in zip(line.split(" "), words, strict=True)]
    if not _small().search(line) and (_YES in loud or loud.count(_MAYBE) > 1):
        return [word.upper() for word in words]
    whole = _NO not in loud and loud.count(_MAYBE) > 1
    return [
        word.upper() if loud[at] == _MAYBE and (whole or _beside(loud, at)) else word
        for at, word in enumerate(words)
    ]


def _beside(loud: Sequence[int], at: int) -> bool:
    """Does a word stand beside one in capitals, with none between them that tells otherwise?"""
    ahead = next((each for each in reversed(loud[:at]) if each in (_NO, _YES)), _NO)
    return _YES in (ahead, next((each for each in loud[at + 1 :] if each in (_NO, _YES)), _NO))


def _loud_run(match: re.Match[str]) -> str:
    """A syllable whose ASCII letters are capitals, two of them at least, is in capitals (``CộNG``)."""
    letters = [char for char in match[0] if char.isascii()]
    loud = len(letters) > 1 and all(map(str.isupper, letters)) and is_syllable(match[0])
    return match[0].upper() if loud else match[0]


def _loud(found: str, word: str) -> int:
    """Is a word in capitals, as far as its ASCII letters tell? An abbreviation tells nothing."""
    if _small().search(found):
        return _NO
    letters = [char for char in found if char.isascii() and char.isalpha()]
    core = word.strip(_OUTER)
    if not core.isalpha():
        return _NO if core and letters else _MUTE
    if not is_syllable(core):
        return _MUTE if says_nothing(core) else _NO
    return _YES if len(letters) > 1 and not core.isascii() else _MAYBE


def _heading(words: Sequence[str]) -> bool:
    """A heading that plans share or a motto, all in small letters: typed in a font of capitals."""
    line = " ".join(words).strip(" .:")
    return len(line) <= _LONGEST and fold(_label().sub("", line)) in _headings()


def _opened(words: Sequence[str], small: frozenset[str], opens: bool) -> list[str]:
    """A letter that has no capital in the table begins a sentence, or a name (``ủy ban``)."""
    cased = list(words)
    for index, word in enumerate(words):
        at = next((place for place, char in enumerate(word) if char.isalpha()), -1)
        if at >= 0 and word[at] in small:
            body = word == "ủy" and words[index + 1 : index + 2] == ["ban"]
            if opens or body:
                cased[index] = word[:at] + word[at].upper() + word[at + 1 :]
        if word:
            opens = word[-1] in ".!?:;" or (opens and at < 0)
    return cased


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(fold, (*phrases("heading"), *_MOTTO, *TYPES)))


@cache
def _torn() -> re.Pattern[str]:
    """A word that holds letters beyond ASCII that are small, and no small letter of ASCII."""
    small = "".join(sorted(letter for letter in LETTERS if letter.islower()))
    return re.compile(rf"(?=[^A-ZĂÂĐÊÔƠƯ]*[A-ZĂÂĐÊÔƠƯ])[^a-z{small}]*[{small}][^a-z]*")


@cache
def _capital() -> re.Pattern[str]:
    return re.compile(r"[A-Z]")


@cache
def _small() -> re.Pattern[str]:
    return re.compile(r"[a-z]")


@cache
def _capitals() -> re.Pattern[str]:
    """Two capitals without a small letter of ASCII between them."""
    return re.compile(r"[A-Z][^a-z]*[A-Z]")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"^(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)/-] ?")
