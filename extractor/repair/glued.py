"""Words that OCR ran together: ``SởGD&ĐT``, ``QUẢNGNINH``.

A body's first word before an abbreviation is a word of its own. A word in capitals that is no syllable,
and is two in exactly one way, is these two; abbreviations are no syllables and stay.
"""

from collections.abc import Iterator, Sequence

from extractor.ground.shape import Shape
from extractor.ground.source import Seen, within
from extractor.ground.text import Edit, Span
from extractor.ground.vietnamese import is_syllable, strip_tones

RULE = "ocr glued"
HEAD = Shape(
    "the first word of a body glued to its abbreviation",
    r"(?<!\p{L})(?:Sở|Bộ|Phòng|Trường|Đảng|Huyện|Tỉnh)(?=\p{Lu}{2})",
    yes=("SởGD&ĐT", "PhòngGDĐT"),
    no=("Sở GD&ĐT", "SỞ Y TẾ", "SởY"),
)
LOUD = Shape(
    "a long word in capitals",
    r"(?<![\p{L}\d&/.-])\p{Lu}{5,14}(?![\p{L}\d&/])",
    yes=("QUẢNGNINH", "NGHISƠN"),
    no=("Quảngninh", "12/KHUBND", "TTYT"),
)
_SURE = 0.85


def glued(text: str, seen: Sequence[Seen]) -> Iterator[Edit]:
    """Spaces that belong into words among those ``seen``."""
    for match in HEAD.re.finditer(text):
        if within(seen, Span(match.start(), match.end() + 1)):
            yield Edit(match.end(), match.end(), " ", RULE, _SURE)
    for match in LOUD.re.finditer(text):
        if within(seen, Span(*match.span())) and (place := _parted(match[0].lower())):
            yield Edit(match.start() + place, match.start() + place, " ", RULE, _SURE)


def _parted(word: str) -> int:
    """Where the one space belongs; 0 where none does, or it could be two places.

    One of the two syllables has a mark: rows of bare letters may be anything.
    """
    if is_syllable(word) or strip_tones(word) == word:
        return 0
    places = [at for at in range(2, len(word) - 1) if is_syllable(word[:at]) and is_syllable(word[at:])]
    return places[0] if len(places) == 1 else 0
