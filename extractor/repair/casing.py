"""Capitals that a code page could not keep: a letter with a tone has the code of its small letter.

A font of capitals (.VnTimeH) draws those codes as capitals, and the text layer does not say so. What tells are
the ASCII letters of the line, the headings that plans share, and where sentences begin.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from extractor.ground.vietnamese import fold, is_syllable
from extractor.repair.vocabulary import phrases

Rows = Sequence[tuple[list[str], list[str]]]

_MOTTO = ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc")
_ENDS = (".", ";", ":", "!", "?", "-", "+")
_NO, _MAYBE, _YES = range(3)


def finish(small: frozenset[str], rows: Rows) -> list[list[str]]:
    """The lines (words as found, words as read) with the capitals of sentences.

    ``small``: the letters whose capitals have no code of their own.
    """
    cased, opens = [], True
    for _, words in rows:
        cased.append(_opened(words, small, opens) if any(word[:2] and not small.isdisjoint(word[:2]) for word in words) else words)
        opens = not words or not words[-1] or words[-1].endswith(_ENDS)
    return cased


def raised(found: Sequence[str], words: list[str]) -> list[str]:
    """The words of a line, in capitals where the line is a heading or the word stands among capitals."""
    if not _capitals().search(" ".join(found)):
        return [word.upper() for word in words] if _heading(words) else words
    loud = [_loud(old, new) for old, new in zip(found, words, strict=True)]
    whole = _NO not in loud and (_YES in loud or loud.count(_MAYBE) > 1)
    near = [_YES in loud[max(0, at - 1) : at + 2] for at in range(len(loud))]
    return [
        word.upper() if each == _YES or (each == _MAYBE and (whole or beside)) else word
        for word, each, beside in zip(words, loud, near, strict=True)
    ]


def _loud(found: str, word: str) -> int:
    """Is a word in capitals, as far as its ASCII letters tell? An abbreviation or a code tells nothing."""
    letters = [char for char in found if char.isascii() and char.isalpha()]
    if any(map(str.islower, letters)):
        return _NO
    core = word.strip(" .,;:()[]“”\"'-–")
    if not core.isalpha():
        return _NO if core and letters else _MAYBE
    if not is_syllable(core):
        return _NO
    return _YES if len(letters) > 1 and not core.isascii() else _MAYBE


def _heading(words: Sequence[str]) -> bool:
    """A heading that plans share or a motto, all in small letters: typed in a font of capitals."""
    line = " ".join(words).strip(" .:")
    if len(line) > 80 or not line or line != line.lower():
        return False
    return fold(_label().sub("", line)) in _headings()


def _opened(words: list[str], small: frozenset[str], opens: bool) -> list[str]:
    """A letter that has no capital in the table begins a sentence, or a name (``ủy ban``)."""
    for index, word in enumerate(words):
        at = next((place for place, char in enumerate(word) if char.isalpha()), -1)
        if at >= 0 and word[at] in small:
            follows = words[index + 1] if index + 1 < len(words) else ""
            if opens or (word == "ủy" and follows.startswith("ban")):
                words[index] = word[:at] + word[at].upper() + word[at + 1 :]
        if word:
            opens = word[-1] in ".!?:;" or (opens and at < 0)
    return words


@cache
def _headings() -> frozenset[str]:
    return frozenset(map(fold, (*phrases("heading"), *_MOTTO)))


@cache
def _capitals() -> re.Pattern[str]:
    """Two capitals without a small letter of ASCII between them."""
    return re.compile(r"[A-Z][^a-z]*[A-Z]")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"^(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)/-] ?")
