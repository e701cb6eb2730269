"""Glyphs that were dropped: each left exactly one space (``c p`` for ``cấp``, ``kh  khăn``).

The loss is per font run, so the same document shows most words intact elsewhere. A damaged stretch is
mended only where one word of the document (or of the phrases that plans share) explains it and its
neighbours bear it out; the letters so found are the lost set, and what stays ambiguous is tried once
more within that set. Nothing is done in a document that does not show the class, and all that cannot be
told from a plain space stays.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor.ground.shape import compiled
from extractor.ground.text import Edit
from extractor.ground.vietnamese import Word, is_syllable, strip_tones, syllables
from extractor.repair.glyphs import Sheet, best, guesses
from extractor.repair.vocabulary import Vocabulary, phrases, vocabulary

_PROOFS = 2  # distinct words that neighbours must bear out before a document counts as damaged
_LEAST = 3  # suspicious places; a clean document is left after this count
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_CAPITAL = "[A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
_AROUND = 60  # characters of a line that are looked at on both sides of a place


def dropped(text: str) -> Iterator[Edit]:
    """Edits that put lost letters, commas and dots of numbers back."""
    headings = list(_headings(text))
    places = _places(text)
    mended = _mended(text, places) if len(places) >= _LEAST else None
    dots = list(_dots(text, mended is not None)) if "  " in text else []
    yield from headings + dots
    if mended:
        sheet, known = mended
        ends = [match.start() for match in re.finditer("\n", text)]
        damaged = {bisect_left(ends, place) for place in [*sheet.changes, *(edit.start for edit in dots)]}
        for start, end in _stretches(text, places):
            _commas(sheet, known, start, end, bisect_left(ends, start) in damaged)
        taken = {edit.start for edit in headings + dots}
        yield from (edit for edit in sheet.edits() if edit.start not in taken)


def _mended(text: str, places: list[int]) -> tuple[Sheet, Vocabulary] | None:
    """The text with the letters that are proven, if they prove the damage."""
    known, sheet = vocabulary(text), Sheet(text)
    stretches = _stretches(text, places)
    open_ends, before = stretches, -1
    while open_ends and len(sheet.changes) > before:
        before = len(sheet.changes)
        open_ends = [stretch for stretch in open_ends if _letters(sheet, known, *stretch)]
    return (sheet, known) if len(sheet.proven) >= _PROOFS else None


def _places(text: str) -> list[int]:
    """Where the text may be damaged: runs of spaces in a line, pieces of words, a line begun by a space."""
    places = [match.end() for match in _piece().finditer(text)]
    if "  " in text:
        places += [match.end() for match in _gap().finditer(text)]
    if "\n " in text:
        places += [match.end() for match in _begun().finditer(text)]
    return sorted(places)


def _stretches(text: str, places: list[int]) -> list[tuple[int, int]]:
    """The surroundings of the places, each within its line and from word to word, none overlapping."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place < found[-1][1] - _AROUND // 2:
            continue
        floor = max(place - _AROUND, found[-1][1] if found else 0)
        begin = text.rfind("\n", floor, place) + 1
        start = begin or (text.find(" ", floor, place) + 1 if floor else 0)
        end = text.find("\n", place, place + _AROUND)
        if end < 0:
            end = len(text) if len(text) < place + _AROUND else text.rfind(" ", place, place + _AROUND)
        found.append((max(start, floor), max(end, place)))
    return found


def _headings(text: str) -> Iterator[Edit]:
    """A heading that plans share, letter for letter, with spaces where glyphs are lost."""
    for match in _capital_line().finditer(text):
        body = match[1]
        if "  " not in body and all(map(is_syllable, body.replace(",", " ").split())):
            continue
        whole = [phrase for phrase in _by_length().get(len(body), ()) if _aligned(body, phrase)]
        if len(whole) == 1:
            for place, (old, new) in enumerate(zip(body, whole[0], strict=True), match.start(1)):
                if old != new:
                    rule = "dropped letter" if new.isalpha() else "dropped comma"
                    yield Edit(place, place + 1, new, rule, 0.95)


def _aligned(body: str, phrase: str) -> bool:
    """Is ``body`` the ``phrase`` with holes, at least one of them a letter, and two thirds intact?"""
    if any(old not in (new, " ") for old, new in zip(body, phrase, strict=True)):
        return False
    lost = [new for old, new in zip(body, phrase, strict=True) if old != new]
    return any(map(str.isalpha, lost)) and len(lost) * 3 <= len(phrase)


def _letters(sheet: Sheet, known: Vocabulary, start: int, end: int) -> bool:
    """Mend the fragments of a stretch, from left to right, as far as they are proven. Are there any?"""
    line = sheet.line(start, end)
    done, any_left = 0, False
    words = list(syllables(line))
    for index, word in enumerate(words):
        if word.start < done or not _fragment(line, word, known):
            continue
        guess = best(guesses(line, words, index, known, sheet.lost), sheet)
        any_left = True
        if guess:
            sheet.write(start, line, guess)
            done = guess.end
    return any_left


def _fragment(line: str, word: Word, known: Vocabulary) -> bool:
    """Does ``word`` look like what is left of one? Codes, units, labels and abbreviations do not."""
    whole = is_syllable(word.text)
    gap = line[max(0, word.start - 2) : word.start] == "  " or line[word.end : word.end + 2] == "  "
    if whole and not gap and line[: word.start] != " ":
        return False
    before, after = line[word.start - 1 : word.start], line[word.end : word.end + 1]
    if len(word.text) > 5 or before in set("/-_&@.") or after in set("/-_&@)"):
        return False
    ahead = line[: word.start].rstrip()
    if ahead[-1:].isdigit() or (not ahead and after == "." and len(word.text) == 1):
        return False
    if word.text.isupper() and len(word.text) > 1 and not line.isupper():
        return False
    return not whole or not known.has(word.text)


def _dots(text: str, damaged: bool) -> Iterator[Edit]:
    """``2  Tổ chức`` is ``2. Tổ chức`` where its neighbours in the series keep their dots.

    In a document that has lost other glyphs any dotted number is neighbour enough.
    """
    for style in ("arabic", "roman"):
        marks = list(_numbers(style).finditer(text))
        dotted = [mark[2] == "." for mark in marks]
        if True not in dotted or False not in dotted:
            continue
        for index, mark in enumerate(marks):
            bare = not dotted[index]
            if bare and (damaged or _in_series(marks, dotted, index) or _apart(text, marks, index)):
                yield Edit(mark.end(1), mark.end(1) + 1, ".", "dropped dot", 0.9)


def _in_series(marks: Sequence[re.Match[str]], dotted: Sequence[bool], index: int) -> bool:
    """Do numbers that follow one another lead from ``marks[index]`` to one that keeps its dot?"""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(marks) and _value(marks[at + step]) == _value(marks[at]) + step:
            at += step
            if dotted[at]:
                return True
    return False


def _apart(text: str, marks: Sequence[re.Match[str]], index: int) -> bool:
    """Is ``marks[index]`` followed by its successor with text between, as headings are and cells are not?"""
    first, second = (index, index + 1) if index + 1 < len(marks) else (index - 1, index)
    if first < 0 or _value(marks[second]) != _value(marks[first]) + 1:
        first, second = index - 1, index
    if first < 0 or _value(marks[second]) != _value(marks[first]) + 1:
        return False
    between = text[marks[first].end() : marks[second].start()].split("\n")
    return sum(bool(line.strip()) for line in between) > 1


def _value(mark: re.Match[str]) -> int:
    return int(mark[1]) if mark[1].isdigit() else _ROMAN.index(mark[1]) if mark[1] in _ROMAN else -9


def _commas(sheet: Sheet, known: Vocabulary, start: int, end: int, damaged: bool) -> None:
    """Two spaces that stay between two words of a damaged line are a comma, unless the pair is whole."""
    line = sheet.line(start, end)
    for match in _double().finditer(line):
        if not (_intact(match[1], known) and _intact(match[2], known)):
            continue
        if known.pair(match[1], ", ", match[2]):
            sheet.put(start + match.end(1), ",", "dropped comma", 0.9)
        elif damaged and not known.pair(match[1], " ", match[2]):
            sheet.put(start + match.end(1), ",", "dropped comma", 0.8)


def _intact(word: str, known: Vocabulary) -> bool:
    """Is ``word`` whole: known, or a syllable too long to be a rest of one?"""
    return known.has(word) or (
        len(word) > 2 and is_syllable(word) and strip_tones(word[0]) not in "aeiouyAEIOUY"
    )


@cache
def _by_length() -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = {}
    for phrase in phrases("heading"):
        lengths.setdefault(len(phrase), []).append(phrase)
    return lengths


@cache
def _piece() -> re.Pattern[str]:
    """Consonants that stand alone as a word, in no code and behind no number."""
    piece = r"(?:[bcdđghklmnpqrstvx]|[ckpt]h|ng|nh|gh|tr|qu|ngh)"
    return re.compile(rf" {piece}(?= |[^\w/.)&@-])")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\s.])  {1,4}(?=[^\W_])")


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(r"\n (?=[^\W\d_])")


@cache
def _capital_line() -> "regex.Pattern[str]":
    """A line in capitals, its label apart."""
    label = r"(?:(?:[IVX]{1,5}|\d{1,2}|[A-H])(?:[.)/] ?|  ))?"
    return compiled(rf"(?m)^[ \t]*{label}(\p{{Lu}}[\p{{Lu}} ,-]{{5,60}}\p{{Lu}})[ \t]*$")


@cache
def _double() -> re.Pattern[str]:
    return re.compile(r"([^\W\d_]+)  (?=([^\W\d_]+))")


@cache
def _numbers(style: str) -> re.Pattern[str]:
    """The number that begins a line, and its dot or the two spaces in the dot's stead."""
    number = r"\d{1,2}" if style == "arabic" else "[IVX]{1,5}"
    return re.compile(rf"(?m)^ *({number})(\.|  )(?= ?{_CAPITAL})")
