"""Where spaces stand around signs, digits and codes of text that has lost its spaces.

``12/KH-UBND``, ``(b/c)``, ``1.000``, ``2021-2025`` hold none; a comma, a colon and a dot have one behind
them unless digits stand on both sides; ``Độc lập - Tự do`` has one on both sides of its dash.
"""

import re
from collections.abc import Sequence, Set
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractor.ground.formulas import BULLETS
from extractor.ground.vietnamese import is_syllable

_OPENING, _CLOSING = frozenset("([{“‘«"), frozenset(")]}”’»")
_DASHES = frozenset("-–—")
_TIGHT = frozenset("/&@_\\°#")
_ENDING = frozenset(",;:.!?%…")
_DEGREES = frozenset(["GS", "PGS", "TS", "ThS", "BS", "KS"])
_PAIRED = ("*", "**", "***")
_ROMAN = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"])


class Atom(NamedTuple):
    """A word, a number or a sign, and where it begins among the characters."""

    text: str
    start: int


def atoms(chars: str) -> list[Atom]:
    """The runs of letters, of digits and of dots, addresses, and the other signs one by one."""
    addressed = "@" in chars or "://" in chars or "www." in chars
    return [Atom(match[0], match.start()) for match in _atom(addressed).finditer(chars)]


def spaced(read: Sequence[Atom], opens: bool) -> list[int]:
    """The places (among the characters) before which a space belongs; ``opens``: the line begins here."""
    texts = [atom.text for atom in read]
    paired = {'"', *(mark for mark in _PAIRED if texts.count(mark) % 2 == 0)}
    places: list[int] = []
    quoted: set[str] = set()
    for at, (left, right) in enumerate(pairwise(texts), 1):
        if left.isalpha() and right.isalpha():
            places.append(read[at].start)
            continue
        if left in paired:
            quoted ^= {left}
        first = _first(read, at) if opens and at < 3 and texts[0] not in paired else None
        if left in paired or right in paired:
            first = _quoted(left, right, paired, quoted)
        if _space(read, at) if first is None else first:
            places.append(read[at].start)
    return places


def _quoted(left: str, right: str, paired: Set[str], quoted: Set[str]) -> bool:
    """Does a space stand beside quotes, or the stars of Markdown, of which those ``quoted`` are open?"""
    if left in paired:
        return left not in quoted and right not in _ENDING | _CLOSING
    return right not in quoted and left not in _OPENING


def _first(read: Sequence[Atom], at: int) -> bool | None:
    """Does a space stand behind a bullet, or around the sign of a label (``I- ``, ``2/ ``)? None: no such."""
    left, right = read[at - 1].text, read[at].text
    if at == 1 and left in BULLETS:
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


def _space(read: Sequence[Atom], at: int) -> bool:
    """Does a space stand before ``read[at]``?"""
    left, right = read[at - 1].text, read[at].text
    if left == "’" and right.islower() and at > 1 and len(read[at - 2].text) == 1:  # ``M’nông``
        return False
    if left in _OPENING or right in _CLOSING or left in _TIGHT or right in _TIGHT:
        return (left == ":" and right == "/") or (left == "/" and _levelled(read, at - 1))
    if left in _DASHES or right in _DASHES:
        return _dashed(read, at if right in _DASHES else at - 1)
    if right[0] in _ENDING:
        return left == ":" and _dots(right)
    if left == "." and right in _DEGREES and at > 1 and read[at - 2].text in _DEGREES:  # ``PGS.TS``
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
        return _dated(read, at - 1) or _ranged(read, at)
    if left.isdigit() or right.isdigit():
        return left.isdigit() and right.isalpha() and right.islower()
    if not (left.isalpha() and right.isalpha()):
        return left not in "/." and not (left.isupper() and _dots(right))
    if not left[:2].isupper() or not right[:2].isupper():
        return True
    slash = at > 1 and read[at - 2].text in ("/", "-")
    return not slash and is_syllable(left) and is_syllable(right)


def _dots(text: str) -> bool:
    """Are these dots to be filled in?"""
    return text[0] == "…" or text[:2] == ".."


def _ranged(read: Sequence[Atom], at: int) -> bool:
    """Does the dash ``read[at]`` part two years, or two hours with their minutes (``07 giờ 30 - 08 giờ``)?"""
    left, right = read[at - 1].text, read[at + 1].text
    if len(left) == len(right) == 4:
        return left[:2] in ("19", "20") and right[:2] in ("19", "20")
    return at > 1 and at + 2 < len(read) and read[at - 2].text == read[at + 2].text == "giờ"


def _worded(read: Sequence[Atom], at: int) -> bool:
    """Does a space part two words, or a word and a number?"""
    left, right = read[at - 1].text, read[at].text
    if left.isdigit() == right.isdigit():
        return True
    after = read[at + 1].text if at + 1 < len(read) else ""
    if left.isdigit():
        item = right in "abcde" and not after.isalnum()  # ``30c/NQ-CP``, ``(45b)``
        hour = right == "h" or (right == "g" and after.isdigit())
        return not (hour or item or (len(right) == 1 and right.isupper() and not after.istitle()))
    coded = at > 1 and read[at - 2].text in ("/", "-") and left.isupper()
    label = (
        len(left) == 1 and left.isupper() and (left not in "IVX" or at < 2 or not read[at - 2].text.isalpha())
    )
    return not (coded or label or (left in "hg" and at > 1 and read[at - 2].text.isdigit()))


@cache
def _atom(addressed: bool) -> re.Pattern[str]:
    """A run of letters, of digits, of one sign, or another sign; ``addressed``: or an address."""
    known = r"(?:[A-Za-z0-9._-]{1,40}@|https?://|www\.)[a-z0-9.-]{1,60}\.(?:vn|com|net|org|info|edu|example)"
    return re.compile((f"{known}|" if addressed else "") + r"[^\W\d_]+|\d+|([-*=_.~+…])\1+|.", re.DOTALL)
