"""Glyphs that were dropped: each left exactly one space (``c p`` for ``cấp``, ``kh  khăn``).

The loss is per font run, so the same document shows most words intact elsewhere. A damaged stretch is
mended only where one word of the document (or of the phrases that plans share) explains it and its
neighbours bear it out; the letters so found are the lost set, and what stays ambiguous is tried once
more within that set. Nothing is done in a document that does not show the class, and all that cannot be
told from a plain space stays.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import regex

from extractor.ground.shape import compiled
from extractor.ground.text import Edit
from extractor.ground.vietnamese import Word, is_syllable, syllables
from extractor.repair.glyphs import Sheet, Stretch, best, guesses
from extractor.repair.points import commas, dots
from extractor.repair.vocabulary import Vocabulary, phrases, vocabulary

_PROOFS = 2  # distinct words that neighbours must bear out before a document counts as damaged
_LEAST = 3  # suspicious places; a clean document is left after this count
_AROUND = 60  # characters of a line that are looked at on both sides of a place

Range = tuple[int, int]


def dropped(text: str) -> Iterator[Edit]:
    """Edits that put lost letters, commas and dots of numbers back."""
    places = _places(text)
    stretches = _stretches(text, places) if len(places) >= _LEAST else []
    mended = _mended(text, stretches) if stretches else None
    first = list(_headings(text))
    if "  " in text and _numbered().search(text):
        first += dots(text, mended is not None)
    yield from first
    if mended:
        sheet, known = mended
        ends = [match.start() for match in re.finditer("\n", text)]
        damaged = {bisect_left(ends, place) for place in [*sheet.changes, *(edit.start for edit in first)]}
        for start, end in stretches:
            commas(sheet, known, start, end, bisect_left(ends, start) in damaged)
        taken = {edit.start for edit in first}
        yield from (edit for edit in sheet.edits() if edit.start not in taken)


def _mended(text: str, stretches: list[Range]) -> tuple[Sheet, Vocabulary] | None:
    """The text with the letters that are proven, if they prove the damage; then those within the lost set."""
    known, sheet = vocabulary(text), Sheet(text)
    for final in (False, True):
        changed = stretches
        while changed:
            changed = [stretch for stretch in changed if _letters(sheet, known, *stretch, final)]
        if len(sheet.proven) < _PROOFS:
            return None
    return sheet, known


def _letters(sheet: Sheet, known: Vocabulary, start: int, end: int, final: bool) -> bool:
    """Mend the fragments of a stretch, from left to right, as far as they are proven. Were there any?"""
    line = sheet.line(start, end)
    stretch = Stretch(line, tuple(syllables(line)), start == 0 or sheet.chars[start - 1] == "\n")
    done = 0
    for index, word in enumerate(stretch.words):
        if word.start < done or not _fragment(stretch, index, known):
            continue
        guess = best(guesses(stretch, index, known, sheet.lost, final), sheet, line, final)
        if guess:
            sheet.write(start, stretch, guess, final)
            done = guess.end
    return done > 0


def _fragment(stretch: Stretch, index: int, known: Vocabulary) -> bool:
    """Does a word look like what is left of one? Codes, units, labels and abbreviations do not."""
    line, word = stretch.line, stretch.words[index]
    whole = is_syllable(word.text)
    gap = line[max(0, word.start - 2) : word.start] == "  " or line[word.end : word.end + 2] == "  "
    if whole and not gap and (line[: word.start] != " " or not stretch.opens):
        return False
    if _apart(line, word, stretch.opens):
        return False
    if not whole or not known.has(word.text):
        return True
    words = stretch.words
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    signs = (" ", ", ")
    return not any(
        known.pair(before, sign, word.text) or known.pair(word.text, sign, after) for sign in signs
    )


def _apart(line: str, word: Word, opens: bool) -> bool:
    """A code, a unit behind a number, a label, an abbreviation: short without being a fragment."""
    before, after = line[word.start - 1 : word.start], line[word.end : word.end + 1]
    if len(word.text) > 6 or before in set("/-_&@.") or after in set("/-_&@)"):
        return True
    ahead = line[: word.start].rstrip()
    if ahead[-1:].isdigit():
        return True
    if not ahead and opens and (after == "." or set(word.text) <= set("IVX")) and len(word.text) < 5:
        return True
    return word.text.isupper() and len(word.text) > 1 and not line.isupper()


def _places(text: str) -> list[int]:
    """Where the text may be damaged: runs of spaces in a line, pieces of words, a line begun by a space."""
    places = [match.end() for match in _piece().finditer(text)]
    if "  " in text:
        places += [match.end() for match in _gap().finditer(text)]
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
