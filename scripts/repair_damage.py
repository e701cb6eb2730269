"""Every class of damage that the repair mends, done to a clean text; seeded, for the benchmark and the tests.

Each function takes the text (NFC) and a random generator and gives the damaged text. Damage by our own tables
shows that damage and repair agree, not that the tables are true: their sources stand in their heads.
"""

import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from extractor.ground.charmaps import charmap
from extractor.ground.tables import table
from extractor.repair.glyphids import NAME as GLYPHS
from extractor.repair.glyphids import Glyph
from extractor.repair.homoglyphs import looks

Damage = Callable[[str, random.Random], str]

ONSET = re.compile(r"(?i)(ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|qu|[bcdđghklmnprstvx])(?=[^\W\d_])")
SYLLABLE = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,7}(?![^\W\d_])")


class Class(NamedTuple):
    """A class: the rules of the ledger that name it, the damage, the share of words that must be intact.

    ``exact``: nothing is lost, so that sentences come back to the letter.
    """

    name: str
    rules: tuple[str, ...]
    damage: Damage
    bar: float = 0.995
    exact: bool = True


def look_alike(text: str, rng: random.Random) -> str:
    """Word 2010's ToUnicode bug: ƣ for ư, HÕA for HÒA."""
    return text.translate(str.maketrans("ưƯ", "ƣƢ")).replace("HÒA", "HÕA").replace("PHÒNG", "PHÕNG")


def letters(old: str, new: str, text: str, rng: random.Random) -> str:
    """Each letter of ``old`` as the one of ``new`` in its place."""
    return text.translate(str.maketrans(old, new))


def code_page(name: str, text: str, rng: random.Random) -> str:
    """As a legacy code page, read as Latin-1."""
    return charmap(name).encode(text)


def surfaces(new: dict[str, str], text: str, rng: random.Random) -> str:
    """TCVN3 with some of its characters shown otherwise, or lost."""
    return charmap("tcvn3").encode(text).translate(str.maketrans(new))


def wrong_table(text: str, rng: random.Random) -> str:
    """TCVN3 that was converted as VNI: its single letters mean others there."""
    single = {row.broken: row.fixed for row in charmap("vni").rows if len(row.broken) == 1}
    return charmap("tcvn3").encode(text).translate(str.maketrans(single))


def half_wrong_table(text: str, rng: random.Random) -> str:
    """The same, where the converter knew all but the letters that both tables have."""
    rows = charmap("tcvn3_as_vni").rows[:17]
    return text.translate({ord(row.fixed): row.broken for row in rows})


def low_bytes(text: str, rng: random.Random) -> str:
    """UTF-16 without its high bytes."""
    return "".join(chr(ord(char) & 0xFF) if char > "\xff" and char.isalpha() else char for char in text)


def misread(page: str, text: str, rng: random.Random, times: int = 1) -> str:
    """UTF-8 read as ``page``; bytes that it leaves undefined show as control characters."""
    for _ in range(times):
        text = "".join(bytes([b]).decode(page, "ignore") or chr(b) for b in text.encode())
    return text


@cache
def gids(face: str) -> dict[int, str]:
    """Character → the character of its glyph number in the upright or the italic face."""
    rows = table(GLYPHS, Glyph).rows
    return {ord(row.char): chr(row.gid) for row in reversed(rows) if row.note in (face, "both", "")}


def glyph_ids(face: str, text: str, rng: random.Random) -> str:
    """Every character as its glyph number; those that are line ends there (``*`` and ``'``) are dropped."""
    shifted = {**gids(face), ord("*"): "", ord("'"): "", ord(" "): " "}
    return text.translate(shifted)


def foreign_glyph_ids(text: str, rng: random.Random) -> str:
    """Only the letters that are none of ASCII."""
    return text.translate({code: new for code, new in gids("upright").items() if code > 126})


def mixed_glyph_ids(text: str, rng: random.Random) -> str:
    """Words whose letters Windows-1252 has are right, the others are glyph numbers: as Word does it."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        return word if all(char < "\u0100" for char in word) else glyph_ids("upright", word, rng)

    return re.sub(r"[^ \n]+", one, text)


def decomposed(text: str, rng: random.Random) -> str:
    """NFD."""
    return unicodedata.normalize("NFD", text)


def tone_first(text: str, rng: random.Random) -> str:
    """Marks one by one, the tone before the modifier."""
    return re.sub(r"([\u0302\u0306\u031b])([\u0300\u0301\u0303\u0309\u0323])", r"\2\1", decomposed(text, rng))


def homoglyphs(share: float, text: str, rng: random.Random) -> str:
    """Letters as those of other scripts."""
    alike = {latin: chr(code) for code, latin in reversed(looks().items())}
    return "".join(alike[c] if c in alike and rng.random() < share else c for c in text)


def split(share: float, text: str, rng: random.Random) -> str:
    """Some syllables in two, behind their onset."""

    def one(match: re.Match[str]) -> str:
        onset = ONSET.match(match[0])
        if match[0].isupper() or not onset or rng.random() >= share:
            return match[0]
        return f"{onset[0]} {match[0][onset.end() :]}"

    return SYLLABLE.sub(one, text)


def spaced(text: str, rng: random.Random) -> str:
    """A space between all letters, those between words lost."""
    return "\n".join(" ".join(line.replace(" ", "")) for line in text.split("\n"))


def widely_spaced(text: str, rng: random.Random) -> str:
    """A space between all characters, three where there was one."""
    return "\n".join(" ".join(line) for line in text.split("\n"))


LOST_HORN = {"\xad": ""}
PDF_HORN = {"\xad": "\u2212", "·": "\u2219"}

CLASSES = (
    Class("look-alike ƣ", ("lookalike",), look_alike),
    Class("Ð for Đ", ("lookalike",), partial(letters, "Đđ", "Ðð")),
    Class("ñ for đ", ("lookalike",), partial(letters, "Đđ", "Ññ")),
    Class("TCVN3", ("tcvn3",), partial(code_page, "tcvn3"), exact=False),
    Class("TCVN3, ư as −", ("tcvn3",), partial(surfaces, PDF_HORN), exact=False),
    Class("TCVN3, ư lost", ("tcvn3",), partial(surfaces, LOST_HORN), 0.99, exact=False),
    Class("TCVN3, ư as -", ("tcvn3",), partial(surfaces, {"\xad": "-"}), 0.99, exact=False),
    Class("VNI", ("vni",), partial(code_page, "vni")),
    Class("VISCII", ("viscii",), partial(code_page, "viscii")),
    Class("VPS", ("vps",), partial(code_page, "vps")),
    Class("CP1258 as 1252", ("cp1258",), partial(code_page, "cp1258")),
    Class("VIQR", ("viqr",), partial(code_page, "viqr"), exact=False),
    Class("VNI Mac", ("vni_mac",), partial(code_page, "vni_mac"), exact=False),
    Class("BK HCM 2", ("bkhcm2",), partial(code_page, "bkhcm2"), exact=False),
    Class("Vietware X", ("vietware_x",), partial(code_page, "vietware_x"), exact=False),
    Class("glyph ids, upright", ("glyph ids",), partial(glyph_ids, "upright"), exact=False),
    Class("glyph ids, italic", ("glyph ids",), partial(glyph_ids, "italic"), exact=False),
    Class("glyph ids, foreign", ("glyph ids",), foreign_glyph_ids, exact=False),
    Class("glyph ids, mixed", ("glyph ids",), mixed_glyph_ids, exact=False),
    Class("UTF-8 as cp1252", ("utf-8 misread",), partial(misread, "cp1252")),
    Class("UTF-8 as cp1258", ("utf-8 misread",), partial(misread, "cp1258")),
    Class("UTF-8 as latin-1", ("utf-8 misread",), partial(misread, "latin-1")),
    Class("UTF-8 as MacRoman", ("utf-8 misread",), partial(misread, "mac_roman")),
    Class("UTF-8 twice", ("utf-8 misread",), partial(misread, "cp1252", times=2)),
    Class("NFD", ("unicode",), decomposed),
    Class("tone first", ("unicode",), tone_first),
    Class("homoglyphs", ("homoglyph",), partial(homoglyphs, 1.0)),
    Class("homoglyphs, some", ("homoglyph",), partial(homoglyphs, 0.3)),
    Class("wrong table", ("tcvn3_as_vni",), half_wrong_table, exact=False),
    Class("wrong table, all", ("tcvn3_as_vni", "tcvn3"), wrong_table, exact=False),
    Class("UTF-16 low byte", ("utf16_low_byte",), low_bytes, exact=False),
    Class("split syllables", ("split syllable",), partial(split, 0.4), 0.98, exact=False),
    Class("letter-spaced", ("letter-spaced",), spaced, 0.99, exact=False),
    Class("letter-spaced wide", ("letter-spaced",), widely_spaced, 0.99, exact=False),
)
