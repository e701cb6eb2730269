"""What a Vietnamese syllable is, and two keys to compare words by.

Syllables are made from rules, not from a list: onset + rime + tone, with the spelling limits that the
language has (stops take only sắc and nặng; k, gh, ngh stand before e ê i y, c, g, ng before the rest).
Both styles of tone placement (``hòa`` and ``hoà``) are right. Nothing here changes the text of record.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}
_HARD = "b ch d gi h kh l m n nh p ph r s t th tr v x đ"  # onsets that stand before every vowel
_BACK = "c g ng"  # before a ă â o ô ơ u ư
_FRONT = "k gh ngh"  # before e ê i iê

# nucleus: (place of the tone mark, codas); "-" is no coda
_RIMES = {
    "a": (0, "- c ch i m n ng nh o p t u y"),
    "ă": (0, "c m n ng p t"),
    "â": (0, "c m n ng p t u y"),
    "e": (0, "- c m n ng o p t"),
    "ê": (0, "- ch m n nh p t u"),
    "i": (0, "- a ch m n nh p t u"),
    "iê": (1, "c m n ng p t u"),
    "o": (0, "- c i m n ng p t"),
    "oo": (1, "c ng"),
    "ô": (0, "- c i m n ng p t"),
    "ơ": (0, "- i m n p t"),
    "u": (0, "- a c i m n ng p t"),
    "uô": (1, "c i m n ng t"),
    "ư": (0, "- a c i m ng t u"),
    "ươ": (1, "c i m n ng p t u"),
    "oa": (1, "- c ch i m n ng nh o p t y"),
    "oă": (1, "c m n ng t"),
    "oe": (1, "- n o t"),
    "uâ": (1, "n ng t y"),
    "uê": (1, "- ch nh"),
    "uơ": (1, "-"),
    "uy": (1, "- a ch n nh p t u"),
    "uyê": (2, "n t"),
}
# rimes after qu (whose u is the glide), after g (gì, gìn, giếng), with y instead of i, and with no onset
_AFTER_QU = (
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây e en eo et ech ê êch ên ênh êt "
    "i in it o ơ ơi ôc y ych ynh yp yt yên yêt"
)
_AFTER_G = "i im in ip iêc iêng"
_Y_ONSETS = ("", *"bdhklmstv")
_Y_RIMES = "y ych ynh yp yt"
_BARE_Y = "yêm yên yêng yêt yêu"


_TONED = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES}
_SMALL = "".join(sorted(_TONED | {*"ăâđêôơư"}))
LETTERS = frozenset(_SMALL + _SMALL.upper())  # of Vietnamese, those of ASCII apart


class Word(NamedTuple):
    """A run of letters of a text and its offsets."""

    text: str
    start: int
    end: int


@cache
def _rimes() -> dict[str, tuple[frozenset[int], bool]]:
    """Rime → places where the tone mark may stand, and whether the rime ends in a stop."""
    rimes = {}
    for nucleus, (place, codas) in _RIMES.items():
        for coda in codas.replace("-", "").split(" "):
            both = nucleus in ("oa", "oe", "uy") and not coda
            places = frozenset((0, place)) if both else frozenset((place,))
            rimes[nucleus + coda] = (places, coda in ("c", "ch", "p", "t"))
    for rime in _Y_RIMES.split():
        rimes[rime] = (frozenset((0,)), rime[1:] in ("ch", "p", "t"))
    for rime in _BARE_Y.split():
        rimes[rime] = (frozenset((1,)), rime == "yêt")
    rimes["ech"] = (frozenset((0,)), True)
    return rimes


@cache
def _bodies() -> dict[str, tuple[frozenset[int], bool]]:
    """Every syllable without its tone → places of the tone mark (in the syllable), ends in a stop."""
    y_rimes = {"ech", *_Y_RIMES.split(), *_BARE_Y.split()}
    pairs = []
    for rime in _rimes().keys() - y_rimes:
        front, i_like = rime[0] in "eêi", rime[0] == "i"
        onsets = _HARD.split() + (_FRONT if front else _BACK).split()
        if i_like:
            onsets.remove("gi")
        bare = [] if rime.startswith("iê") else [""]
        pairs += [(onset, rime) for onset in onsets + bare]
    pairs += [("qu", rime) for rime in _AFTER_QU.split()]
    pairs += [("g", rime) for rime in _AFTER_G.split()]
    pairs += [(onset, "y") for onset in _Y_ONSETS] + [("", rime) for rime in _BARE_Y.split()]
    bodies: dict[str, tuple[frozenset[int], bool]] = {}
    for onset, rime in pairs:
        places, stop = _rimes()[rime]
        moved = frozenset(len(onset) + place for place in places)
        known = bodies.get(onset + rime, (frozenset(), stop))[0]
        bodies[onset + rime] = (known | moved, stop)
    return bodies


def toneless(word: str) -> tuple[str, str, int]:
    """``word`` without its tone mark, the mark (``""`` for ngang) and the letter that carried it."""
    letters, tone, place = [], "", -1
    for index, char in enumerate(word):
        parts = unicodedata.normalize("NFD", char)
        marks = [mark for mark in parts[1:] if mark in _TONES]
        if marks:
            tone, place = tone + "".join(marks), index
            parts = "".join(part for part in parts if part not in _TONES)
        letters.append(unicodedata.normalize("NFC", parts))
    return "".join(letters), tone, place


@lru_cache(maxsize=1 << 15)
def is_syllable(word: str) -> bool:
    """Can ``word`` (NFC, any case) be a Vietnamese syllable by its onset, rime, tone and spelling?"""
    if not 0 < len(word) <= 7:
        return False
    body, tone, place = toneless(word.lower())
    places, stop = _bodies().get(body, (frozenset(), False))
    if not places or len(tone) > 1:
        return False
    return (not tone or place in places) and (not stop or tone in _STOP_TONES)


def is_skeleton(word: str) -> bool:
    """Is ``word`` (any case) a syllable whose marks are all gone: ``hoach``, ``duong``?"""
    return word.lower() in _skeletons()


@cache
def _skeletons() -> frozenset[str]:
    return frozenset(map(strip_tones, _bodies()))


def syllables(text: str) -> Iterator[Word]:
    """The runs of letters of ``text``, in order; not each need be a syllable."""
    for match in letter_run().finditer(text):
        yield Word(match[0], match.start(), match.end())


def validity(text: str) -> float:
    """Share of valid syllables among the letter runs and the characters foreign to Vietnamese.

    Capitals without any mark (``UBND``) and single ASCII letters say nothing and do not count. Clean
    administrative text has about 0.99; 1.0 where there is nothing to judge.
    """
    return tally(text).share


class Tally(NamedTuple):
    """What :func:`validity` counts: valid syllables among all that can be judged. Tallies add up."""

    good: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """The validity; 1.0 where there is nothing to judge."""
        return self.good / self.total if self.total else 1.0

    @property
    def right(self) -> bool:
        """Is there something to judge, and all of it a syllable?"""
        return 0 < self.good == self.total


def tally(text: str) -> Tally:
    """The counts behind :func:`validity`, for stretches that are judged alone and together."""
    good = total = 0
    for word, times in Counter(letter_run().findall(text)).items():
        if word.isascii() and (len(word) == 1 or word.isupper()):
            continue
        total += times
        good += times * is_syllable(word)
    if not text.isascii():
        total += len(foreign(text))
    return Tally(good, total)


def foreign(text: str) -> list[str]:
    """The characters of ``text`` that Vietnamese has no use for: no letter of it, no typography."""
    return _foreign().findall(text)


def fold(text: str) -> str:
    """The key to compare words by: NFC, no case, one tone style (``hoà`` → ``hòa``); i/y stay apart."""
    folded = unicodedata.normalize("NFC", text).casefold()
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFC", folded)
    return _new_style().sub(lambda match: _old_style()[match[0]], folded)


def strip_tones(text: str) -> str:
    """The skeleton of a text, every mark gone (``Đường`` → ``Duong``); the case stays."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFD", text)
    return _marks().sub("", plain).replace("đ", "d").replace("Đ", "D")


@cache
def letter_run() -> re.Pattern[str]:
    """Letters that stand together."""
    return re.compile(r"[^\W\d_]+")


@cache
def _foreign() -> re.Pattern[str]:
    letters = "".join(sorted(LETTERS))
    return re.compile(rf"[^\x00-\x7f{letters}\u00a0-\u00bf\u00d7\u2010-\u2044\u2190-\u27bf]")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[\u0300-\u036f]+")


@cache
def _old_style() -> dict[str, str]:
    """Open rimes in new style → the same in old style: ``oà`` → ``òa``, ``uỷ`` → ``ủy``."""
    compose = unicodedata.normalize
    pairs = [(first, second) for first, second in ("oa", "oe", "uy")]
    return {a + compose("NFC", b + tone): compose("NFC", a + tone) + b for a, b in pairs for tone in _TONES}


@cache
def _new_style() -> re.Pattern[str]:
    return re.compile(rf"(?<!q)(?:{'|'.join(_old_style())})(?![^\W\d_])")
