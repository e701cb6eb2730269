"""UTF-8 that was read as a single-byte code page: ``Káº¿ hoáº¡ch`` for ``Kế hoạch``.

Every character stands for one byte; two or three of them are the UTF-8 of one character. This runs before
everything else, because cleaning destroys the evidence (NBSP and soft hyphen are bytes here), and once more
for text that was misread twice. Where a byte is lost already (``hÃ nh``, ``hiá»n``), the syllable tells it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extractor.ground.text import Edit
from extractor.ground.vietnamese import LETTERS
from extractor.repair.grades import grade, settle

_PAGES = {
    "cp1252": ("á»", "áº", "Ã", "Ä", "Æ", "â€"),
    "mac_roman": ("√", "·∫", "·ª", "∆∞"),
    "cp1258": ("á»", "áº", "Ä‘", "Æ°"),
}
_LEAST = 2  # letters that must come out before a text counts as misread
_LOST = (0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD)  # bytes that Windows-1252 lacks, or that cleaners take


def misread(text: str) -> Iterator[Edit]:
    """Edits that give back the characters of the code page that explains most of ``text``."""
    yield from _edits(text)


@lru_cache(maxsize=2)
def _edits(text: str) -> tuple[Edit, ...]:
    """All of them; the step is asked twice about a text that it leaves as it is."""
    pages = _pages(text)
    found = [_decoded(text, page) for page in pages]
    edits = max(found, key=len, default=[])
    if sum(edit.new.isalpha() and text[edit.end - 1] != "\u00a0" for edit in edits) < _LEAST:
        return ()  # a letter and a no-break space are found in clean texts: ``XÃ⍽HỘI``
    maimed = pages[found.index(edits)] == "cp1252"
    return (*edits, *(_maimed(text, {edit.start for edit in edits}) if maimed else ()))


def _pages(text: str) -> list[str]:
    """The code pages whose signs ``text`` shows."""
    if text.isascii():
        return []
    return [page for page, tells in _PAGES.items() if _shows(text, tells)]


def _shows(text: str, tells: Iterable[str]) -> bool:
    """Does ``text`` hold one of ``tells``? Their last characters are rare, and sooner found than pairs."""
    return any(tell in text for tell in tells if tell[-1] in text)


def _decoded(text: str, page: str) -> list[Edit]:
    edits = []
    for match in _sequence(page).finditer(text):
        new = _character(match[0], page)
        if new:
            edits.append(Edit(match.start(), match.end(), new, "utf-8 misread"))
    return edits


def _maimed(text: str, done: set[int]) -> Iterator[Edit]:
    """Sequences that have lost their last byte, or have a space, ``?`` or U+FFFD in its place."""
    for match in _maimed_sequence().finditer(text):
        if match.start(2) in done:
            continue
        before, lead, sign, after = match.groups()
        head = "".join(_character(each, "cp1252") or each for each in _parts(before))
        tail = "".join(_character(each, "cp1252") or each for each in _parts(after))
        ways = [head + char + rest for char in _candidates(lead) for rest in _rests(sign, tail)]
        right = [way for way in ways if grade(way.split(" ")[0]).right]
        if right:
            best = settle([right])[0][len(head) :]
            parts = sign == " " == best[1:2] and (after or text[match.end() : match.end() + 1] != " ")
            kept = " " if parts else ""
            yield Edit(match.start(2), match.end(3), best[0] + kept, "utf-8 misread", 0.8)


def _rests(sign: str, tail: str) -> list[str]:
    """What can follow: where the sign is a space, it can be the lost byte or a space."""
    return [f" {tail}", tail] if sign == " " else [tail]


def _parts(text: str) -> list[str]:
    return [part for part in _sequence_or_letter().findall(text) if part]


@cache
def _candidates(lead: str) -> list[str]:
    """The Vietnamese letters that ``lead`` begins, if one of the lost bytes ends them."""
    first = bytes(_bytes("cp1252")[char] for char in lead)
    found = (bytes([*first, last]).decode("utf-8", "ignore") for last in _LOST)
    return [char for char in found if char in LETTERS]


@cache
def _character(sequence: str, page: str) -> str:
    """The character whose UTF-8 ``sequence`` stands for, ``""`` where there is none."""
    bytes_of = _bytes(page)
    return bytes(bytes_of.get(char, 0xFF) for char in sequence).decode("utf-8", "ignore")


@cache
def _bytes(page: str) -> dict[str, int]:
    """Character → byte, for the bytes that UTF-8 needs; undefined bytes surface as control characters."""
    pairs = {chr(byte): byte for byte in range(0x80, 0x100)} if page.startswith("cp") else {}
    for byte in range(0x80, 0x100):
        char = bytes([byte]).decode(page, "ignore")
        if char:
            pairs[char] = byte
    return pairs


def _among(page: str, first: int, last: int) -> str:
    return re.escape("".join(char for char, byte in _bytes(page).items() if first <= byte <= last))


@cache
def _sequence(page: str) -> re.Pattern[str]:
    """Two or three characters whose bytes are the UTF-8 of a letter of Vietnamese, a mark, or typography.

    Other first bytes are letters of other code pages as well. The sets of first characters are one at first,
    so that the search is fast.
    """
    two = _among(page, 0xC2, 0xC6) + _among(page, 0xCC, 0xCC)
    three = _among(page, 0xE1, 0xE2) + _among(page, 0xEF, 0xEF)
    more = f"[{_among(page, 0x80, 0xBF)}]"
    accents = f"[{_among(page, 0xCB, 0xCB)}][{_among(page, 0x86, 0x86)}{_among(page, 0x9C, 0x9C)}]"
    return re.compile(rf"[{two}{three}]{more}(?:(?<=[{two}].)|{more}(?<=[{three}]..))|{accents}")


@cache
def _sequence_or_letter() -> re.Pattern[str]:
    return re.compile(f"{_sequence('cp1252').pattern}|.")


@cache
def _maimed_sequence() -> re.Pattern[str]:
    """The first bytes of a letter, without the last; the letters and sequences around it."""
    around = f"(?:{_sequence('cp1252').pattern}|[a-zA-Z])"
    more = f"[{_among('cp1252', 0x80, 0xBF)}]"
    return re.compile(rf"({around}{{0,6}})(á[º»]|[ÃÄÆ])(?!{more})([\ufffd? ]?)({around}{{0,6}})")
