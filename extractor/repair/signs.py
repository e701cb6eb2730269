"""Where spaces stand around signs, digits and codes of text that has lost its spaces.

``12/KH-UBND``, ``(b/c)``, ``1.000``, ``2021-2025`` hold none; a comma, a colon and a dot have one behind
them unless digits stand on both sides; ``Độc lập - Tự do`` has one on both sides of its dash.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extractor.ground.vietnamese import is_syllable

_BULLETS = frozenset("-+*•–▪●○")
_OPENING, _CLOSING = frozenset("([{“‘«"), frozenset(")]}”’»")
_DASHES = frozenset("-–—")
_TIGHT = frozenset("/&@_\\°#")
_ENDING = frozenset(",;:.!?%…")
_ROMAN = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])


class Atom(NamedTuple):
    """A word, a number or a sign, and where it begins among the characters."""

    text: str
    start: int


def atoms(chars: str) -> list[Atom]:
    """The runs of letters, of digits and of dots, and the other signs one by one."""
    return [Atom(match[0], match.start()) for match in _atom().finditer(chars)]


def spaced(read: Sequence[Atom], opens: bool) -> list[int]:
    """The places (among the characters) before which a space belongs; ``opens``: the line begins here."""
    places: list[int] = []
    quoted = False
    for at in range(1, len(read)):
        left, right = read[at - 1].text, read[at].text
        if left == '"':
            quoted = not quoted
        both = left.isalpha() and right.isalpha()
        first = _first(read, at) if opens and at < 3 and not both else None
        if both or (_space(read, at, quoted) if first is None else first):
            places.append(read[at].start)
    return places


def _first(read: Sequence[Atom], at: int) -> bool | None:
    """Does a space stand behind a bullet, or around the sign of a label (``I- ``, ``2/ ``)? None: no such."""
    left, right = read[at - 1].text, read[at].text
    if at == 1 and left in _BULLETS:
        return True
    sign = right if at == 1 else left
    label = read[0].text
    if len(read) < 3 or sign not in ("-", "/") or not _label(label):
        return None
    after = read[2].text
    coded = after.isupper() and (len(after) < 2 or (len(read) > 3 and read[3].text in "-/"))
    return at == 2 if after.isalpha() and is_syllable(after) and not coded else None


def _label(text: str) -> bool:
    return text in _ROMAN or (len(text) < 3 and text.isdigit()) or (len(text) == 1 and text.islower())


def _space(read: Sequence[Atom], at: int, quoted: bool) -> bool:
    """Does a space stand before ``read[at]``?"""
    left, right = read[at - 1].text, read[at].text
    if left == '"':
        return not quoted and right not in _ENDING | _CLOSING
    if right == '"':
        return not quoted and left not in _OPENING
    if left == "’" and right.islower() and at > 1 and len(read[at - 2].text) == 1:  # ``M’nông``
        return False
    if left in _OPENING or right in _CLOSING or left in _TIGHT or right in _TIGHT:
        return (left == ":" and right == "/") or (left == "/" and _levelled(read, at - 1))
    if left in _DASHES or right in _DASHES:
        return _dashed(read, at if right in _DASHES else at - 1)
    if right[0] in _ENDING:
        return False
    if left[0] in _ENDING:
        return not (left in ",.:" and right.isdigit() and _counted(read, at - 2, left == ":"))
    if left[-1].isalnum() and right[0].isalnum():
        return _worded(read, at)
    return True


def _levelled(read: Sequence[Atom], at: int) -> bool:
    """Is ``read[at]`` the slash of a label of several levels (``2.1/ Mục đích``)?"""
    if at != 3:
        return False
    first, dot, second, _, title = (atom.text for atom in read[:5])
    return dot == "." and (first + second).isdigit() and title.istitle()


def _counted(read: Sequence[Atom], at: int, hour: bool) -> bool:
    """Is ``read[at]`` a number that may go on behind a sign, not the end of a date? An hour is short."""
    if at < 0 or not read[at].text.isdigit() or _dated(read, at):
        return False
    return not hour or len(read[at].text) < 3


def _dated(read: Sequence[Atom], at: int) -> bool:
    return at > 0 and read[at - 1].text == "/"


def _dashed(read: Sequence[Atom], at: int) -> bool:
    """Do spaces stand around the dash ``read[at]``?"""
    left = read[at - 1].text if at else ""
    right = read[at + 1].text if at + 1 < len(read) else ""
    if not left or not right:
        return bool(left)
    if left.isdigit() and right.isdigit():
        return _dated(read, at - 1)
    if left.isdigit() or right.isdigit():
        return left.isdigit() and right.isalpha() and right.islower()
    if not (left.isalpha() and right.isalpha()):
        return left not in "/."
    if not left[:2].isupper() or not right[:2].isupper():
        return True
    slash = at > 1 and read[at - 2].text in ("/", "-")
    return not slash and is_syllable(left) and is_syllable(right)


def _worded(read: Sequence[Atom], at: int) -> bool:
    """Does a space part two words, or a word and a number?"""
    left, right = read[at - 1].text, read[at].text
    if left.isdigit() == right.isdigit():
        return True
    if left.isdigit():
        after = read[at + 1].text if at + 1 < len(read) else ""
        return not (right == "h" or (len(right) == 1 and right.isupper() and not after.istitle()))
    coded = at > 1 and read[at - 2].text in ("/", "-") and left.isupper()
    label = len(left) == 1 and left.isupper() and (at < 2 or not read[at - 2].text.isalpha())
    return not (coded or label or (left == "h" and at > 1 and read[at - 2].text.isdigit()))


@cache
def _atom() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+|\d+|([-*=_.~+])\1+|.", re.DOTALL)
