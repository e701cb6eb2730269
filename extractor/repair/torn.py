"""Where words are torn: the stretches of a line that hold a fragment or a gap, and what stands around them.

A region begins and ends at whole words that a single space parts from it, at signs, or at the ends of
its line; so each can be read by itself. Codes, units, labels and abbreviations are never fragments.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extractor.ground.formulas import BULLETS
from extractor.ground.vietnamese import is_syllable
from extractor.repair.vocabulary import COMMA, HOLE, Vocabulary, sound

_LONGEST = 7
_AT_MOST = 60  # characters of a region
_WIDEST = 4  # spaces; more are a blank to fill in, or a column
_OPENING = set("(“\"'[")  # signs that no space follows
_CLOSING = set(".,;:)”\"'!?…]/")  # signs that no space precedes


class Torn(NamedTuple):
    """A region: where it begins, its characters, and the words (lower case) that touch it.

    ``behind``: it begins right behind a word; ``ends``: ``word`` (a space must part it from what
    follows), ``sign`` or ``line``; ``opens``: its first word begins a sentence; ``upper``: in capitals.
    """

    start: int
    shown: str
    before: str
    behind: bool
    after: str
    ends: str
    opens: bool
    upper: bool


Token = tuple[str, int, int]


def torn(text: str, start: int, end: int, known: Vocabulary) -> Iterator[Torn]:
    """The regions of ``text[start:end]``, a part of one line."""
    words = [(match[0], match.start(), match.end()) for match in _letters().finditer(text, start, end)]
    bad = [_torn(text, word, known) for word in words]
    _widen(words, bad, known)
    upper = text[start:end].isupper()
    at = 0
    while at < len(words):
        last = at
        if bad[at]:
            while bad[last + 1 : last + 2] == [True] and _one(text, words, at, last + 1):
                last += 1
            yield _region(text, words[at][1], words[last][2], upper, known)
        at = last + 1


def apart(text: str, word: Token) -> bool:
    """A code, a unit behind a number, a label, an abbreviation: short without being a fragment."""
    shown, start, end = word
    before, after = text[start - 1 : start].strip("\n"), text[end : end + 1]
    if len(shown) > _LONGEST or (before and before in "/-_&@.") or (after and after in "/-_&@"):
        return True
    if after == "." and len(shown) < 2 and shown.isupper():
        return True
    head = text[max(0, start - 9) : start]
    head = head[head.rfind("\n") + 1 :]
    number = head.rstrip(HOLE)
    if number[-1:].isdigit():
        if number.isdigit() and len(head) - len(number) == 3:  # its dot was lost, and the first letter
            return False
        return len(shown) < 2 or not shown[0].isupper() or bool(head.strip("0123456789. "))
    if not head.strip() and _label(shown, text[end : end + 2], bool(before)):
        return True
    return shown.isupper() and len(shown) > 1 and not _line(text, start).isupper()


def _label(shown: str, behind: str, moved: bool) -> bool:
    """Is the word that begins a line its label: ``a)``, ``IV.``, or ``B`` without its dot?"""
    if len(shown) < 2 and behind == HOLE * 2:
        return True
    if moved:  # spaces stand before it
        return False
    if behind[:1] == ")" and len(shown) < 3:
        return True
    return len(shown) < 5 and (behind[:1] == "." or set(shown) <= set("IVX"))


def _line(text: str, place: int) -> str:
    """A part of the line around ``place``."""
    start, end = text.rfind("\n", max(0, place - 40), place) + 1, text.find("\n", place, place + 40)
    return text[start or max(0, place - 40) : end if end >= 0 else place + 40]


def _torn(text: str, word: Token, known: Vocabulary) -> bool:
    """Is a word a fragment, or beside a gap?"""
    shown, start, end = word
    small = shown.lower()
    whole = known.seen(small)
    left = start > 0 and text[start - 1] == HOLE and text[start - 2 : start - 1] in ("", HOLE, "\n")
    right = text[end : end + 2] == HOLE * 2
    if (whole and not left and not right) or apart(text, word):
        return False
    if len(shown) < 2 and shown.isupper() and not is_syllable(shown):
        lone = not text[start - 2 : start].strip() or not text[end : end + 2].strip()
        if not lone and text[end : end + 1] != HOLE:
            return False
    if not whole and not (shown[0].isupper() and sound(small)):
        return True
    return (left and _gap_before(text, start)) or (right and _gap_behind(text, end))


def _gap_before(text: str, start: int) -> bool:
    """Is there a gap before ``start``, behind a word or in place of the first letter of a line?"""
    near = text[max(0, start - 6) : start]
    before = near.rstrip(HOLE)
    spaces = len(near) - len(before)
    if before[-1:] in ("", "\n"):
        return spaces == 1
    return 1 < spaces <= _WIDEST


def _gap_behind(text: str, end: int) -> bool:
    """Is there a gap before the next word?"""
    right = text[end : end + 6]
    rest = right.lstrip(HOLE)
    return 1 < len(right) - len(rest) <= _WIDEST and rest[:1].isalpha()


def _widen(words: Sequence[Token], bad: list[bool], known: Vocabulary) -> None:
    """A whole word beside a fragment belongs to the region if the two can be one word."""
    for at in [at for at, flag in enumerate(bad) if flag and not is_syllable(words[at][0])]:
        for side in (at - 1, at + 1):
            if not 0 <= side < len(words) or bad[side]:
                continue
            first, second = sorted((words[at], words[side]), key=lambda word: word[1])
            joined = first[0] + HOLE + second[0]
            if second[1] - first[2] == 1 and len(joined) <= _LONGEST and known.like(joined.lower()):
                bad[side] = True


def _region(text: str, first: int, last: int, upper: bool, known: Vocabulary) -> Torn:
    start, before, behind, opens = _before(text, first)
    if before != COMMA and not known.count(before):
        before = ""
    end, after, ends = _after(text, last)
    return Torn(start, text[start:end], before, behind, after, ends, opens, upper)


def _before(text: str, first: int) -> tuple[int, str, bool, bool]:
    """Where a region whose first letter is at ``first`` begins, the word before it, and what kind that is."""
    near = text[max(0, first - 12) : first]
    near = near[near.rfind("\n") + 1 :]
    left = near.rstrip(HOLE)
    spaces, sign = len(near) - len(left), left[-1:]
    if not sign:
        return first - (spaces == 1), "", False, True
    if spaces > _WIDEST:
        return first, "", False, False
    if sign.isalpha():
        match = _last().search(left)
        word = match[0].lower() if match else ""
        label = match and set(match[0]) <= set("IVX") and not left[: match.start()].strip(HOLE)
        if label:
            return first - max(0, spaces - 2), "", False, True
        return first - spaces, word if sound(word) else "", True, False
    if sign.isdigit() or not spaces:
        label = not left.strip("0123456789. ")
        return first - (max(0, spaces - 2) if label else 0), "", False, label
    bullet = sign in BULLETS and left[-2:-1] in ("", "\n")
    keep = 0 if sign in _OPENING else 1
    return first - spaces + keep, COMMA if sign == COMMA else "", False, sign in ".:" or bullet


def _after(text: str, last: int) -> tuple[int, str, str]:
    """Where a region whose last letter is before ``last`` ends, the word behind it, and what ends it."""
    near = text[last : last + 20]
    right = near.lstrip(HOLE)
    end, sign = last + len(near) - len(right), right[:1]
    if not sign or sign == "\n" or end - last > _WIDEST:
        return end, "", "line"
    if sign in _CLOSING:
        return end, "", "sign"
    match = _letters().match(right)
    word = match[0].lower() if match else ""
    return end, word if sound(word) else "", "word" if end > last else "sign"


def _one(text: str, words: Sequence[Token], first: int, at: int) -> bool:
    """Does the word ``at`` belong to the region that begins with the word ``first``?"""
    between = text[words[at - 1][2] : words[at][1]]
    near = 0 < len(between) <= _WIDEST and not between.strip(HOLE)
    return near and words[at][2] - words[first][1] <= _AT_MOST


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


@cache
def _last() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+$")
