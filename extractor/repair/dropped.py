"""Glyphs that were dropped: each left exactly one space (``c p`` for ``cấp``, ``kh  khăn``).

The loss is per font run, so the same document shows most words intact elsewhere. Which letters were lost
is learned from the damaged stretches (``lost``), where words are torn is told by gaps and fragments
(``torn``), and each torn region is read with what its words cost beside their neighbours (``glyphs``).
Nothing is done in a document that does not show the class, and what stays ambiguous stays a space.
"""

import re
from collections.abc import Iterator
from functools import cache

import regex

from extractor.ground.shape import compiled
from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.capitals import Fill
from extractor.repair.lost import read
from extractor.repair.points import commas_of_names, dots
from extractor.repair.vocabulary import COMMA, HOLE, STOP, phrases

_LEAST = 3  # suspicious places; a clean document is left after this count
_RULES = {",": "dropped comma", ".": "dropped dot"}
_PART = 1 << 18  # characters that are read together
_AROUND = 60  # characters of a line that are looked at on both sides of a place

Range = tuple[int, int]


def dropped(text: str, lost: str = "") -> Iterator[Edit]:
    """Edits that put lost letters, commas and dots of numbers back.

    ``lost``: the letters and signs that were lost, where a person or the file's fonts say so. Then no
    others are written, and a single place is mended; else several must prove that something was lost.
    """
    given = frozenset(lost) - {HOLE}
    mended = list(_mended(text, given))
    first = list(_headings(text))
    if "  " in text and _numbered().search(text):
        alone = "\n" not in text.strip()  # a damaged line that stands alone has no series to tell
        first += dots(text, bool(mended), STOP in given or (bool(mended) and alone))
    if given:
        first = [edit for edit in first if edit.new in given]
    yield from first
    taken = {edit.start for edit in first}
    for fill in mended:
        rule = _RULES.get(fill.new, "dropped letter")
        for place, char in enumerate(fill.new, fill.start):
            if text[place] == HOLE and place not in taken:
                taken.add(place)
                yield Edit(place, place + 1, char, rule, round(fill.sure, 3))
    if mended and (not given or COMMA in given):
        yield from commas_of_names(text, taken)


def _mended(text: str, lost: frozenset[str]) -> Iterator[Fill]:
    """What reading the damaged stretches finds, part by part: all that is remembered of one is bounded."""
    for start, end in _parts(text):
        part = text[start:end]
        places = _places(part)
        if len(places) >= (1 if lost else _LEAST):
            for fill in read(part, list(_joined(part, _stretches(part, places))), lost):
                yield fill._replace(start=fill.start + start, end=fill.end + start)


def _parts(text: str) -> Iterator[Range]:
    """Runs of whole lines, as long as a long plan."""
    start = 0
    while start < len(text):
        end = min(len(text), start + _PART)
        if end < len(text):
            end = text.rfind("\n", start, end) + 1 or text.rfind(HOLE, start, end) + 1 or end
        yield start, end
        start = end


def _places(text: str) -> list[int]:
    """Where the text may be damaged: runs of spaces in a line, pieces of words, a line begun by a space."""
    places = [match.end() for match in _piece().finditer(text)]
    if "  " in text:
        places += [match.end() for match in _gap().finditer(text)]
    if text[:1] == HOLE and text[1:2].isalpha():
        places.append(1)
    if "\n " in text:
        places += [match.end() for match in _begun().finditer(text)]
    return sorted(places)


def _stretches(text: str, places: list[int]) -> list[Range]:
    """The surroundings of the places, each within its line and from word to word, none overlapping."""
    found: list[Range] = []
    for place in places:
        last = found[-1][1] if found else 0
        if found and place < last - _AROUND // 2:
            continue
        floor = max(place - _AROUND, last)
        start = text.rfind("\n", floor, place) + 1
        if not start and floor:
            start = text.find(" ", floor, place) + 1 or place
        end = text.find("\n", place, place + _AROUND)
        if end < 0:
            end = len(text) if len(text) < place + _AROUND else text.rfind(" ", place, place + _AROUND)
        found.append((start, max(end, place, start)))
    return found


def _joined(text: str, stretches: list[Range]) -> Iterator[Range]:
    """Stretches of one line that touch, in one."""
    start, end = stretches[0]
    for begin, stop in stretches[1:]:
        if text[end:begin].strip(" ") or (end == begin and text[end - 1 : end] == "\n"):
            yield start, end
            start = begin
        end = stop
    yield start, end


def _headings(text: str) -> Iterator[Edit]:
    """A heading that plans share, letter for letter, with spaces where glyphs are lost."""
    for match in _capital_lines(text):
        body = match[1]
        known = _by_length().get(len(body))
        if not known or ("  " not in body and all(map(is_syllable, body.replace(",", " ").split()))):
            continue
        whole = [phrase for phrase in known if _aligned(body, phrase)]
        if len(whole) == 1:
            for place, (old, new) in enumerate(zip(body, whole[0], strict=True), match.start(1)):
                if old != new:
                    rule = "dropped letter" if new.isalpha() else "dropped comma"
                    yield Edit(place, place + 1, new, rule, 0.95)


def _capital_lines(text: str) -> "Iterator[regex.Match[str]]":
    """The lines in capitals that may be headings."""
    start = 0
    for line in text.split("\n"):
        if line.isupper() and (match := _capital_line().match(text, start)):
            yield match
        start += len(line) + 1


def _aligned(body: str, phrase: str) -> bool:
    """Is ``body`` the ``phrase`` with holes, at least one of them a letter, and two thirds intact?"""
    if any(old not in (new, " ") for old, new in zip(body, phrase, strict=True)):
        return False
    lost = [new for old, new in zip(body, phrase, strict=True) if old != new]
    return any(map(str.isalpha, lost)) and len(lost) * 3 <= len(phrase)


@cache
def _by_length() -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = {}
    for phrase in phrases("heading"):
        lengths.setdefault(len(phrase), []).append(phrase)
    return lengths


@cache
def _piece() -> re.Pattern[str]:
    """Consonants that stand alone as a word, in no code and behind no number."""
    some = "[bcdđghklmnpqrstvx][hgru]{0,2}"  # soon told from most words
    piece = r"(?:[bcdđghklmnpqrstvx]|[ckpt]h|ng|nh|gh|tr|qu|ngh)"
    return re.compile(rf" (?={some}[^\w/.)&@-]){piece}(?=[^\w/.)&@-])")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"  (?<=[^\s.]  ) {0,3}(?=[^\W_])")


@cache
def _numbered() -> re.Pattern[str]:
    """A number that two spaces follow."""
    return re.compile(r"  (?<=[\dIVX]  )")


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(r"\n (?=[^\W\d_])")


@cache
def _capital_line() -> "regex.Pattern[str]":
    """A line in capitals, its label apart."""
    label = r"(?:(?:[IVX]{1,5}|\d{1,2}|[A-H])(?:[.)/] ?|  ))?"
    return compiled(rf"(?m)^[ \t]*{label}(\p{{Lu}}[\p{{Lu}} ,-]{{5,60}}\p{{Lu}})[ \t]*$")
