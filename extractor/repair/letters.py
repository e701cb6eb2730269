"""Letter-spaced lines: ``Đ ộ c  l ậ p``, ``K Ế H O Ạ C H`` are ``Độc lập``, ``KẾ HOẠCH``.

A line is letter-spaced where most of its tokens are single characters. Two or more spaces part its words
where it has them; else the letters are read as syllables by their counts (``segments``) and spaced
by their signs (``signs``). A line that reads as no Vietnamese stays (labels of columns, rows of letters,
other languages), and so do rows of digits.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.segments import Word, coded, known, words_of
from extractor.repair.signs import Atom, atoms, spaced

Range = tuple[int, int]
Chunk = list[Range]

_SHARE = 0.6  # single characters among the tokens of a line
_LEAST = 4  # letters of a line that is judged alone
_COVER = 0.7  # share of letters that stand in syllables
_DEAR = 3.2  # nats a letter: no running text costs more
_SURELY = 3  # lines that make a document sure of the class
_TRUSTED, _READ = 0.99, 0.97


class Row(NamedTuple):
    """A line of the text: where it stands and its tokens."""

    start: int
    end: int
    tokens: tuple[Range, ...]


class Gap(NamedTuple):
    """The spaces between two tokens and how many belong there."""

    start: int
    end: int
    width: int
    sure: float


def letter_spaced(text: str, marks: Sequence[int]) -> tuple[list[Edit], list[Range]]:
    """The edits for letter-spaced lines and the ranges of these lines; ``marks``: spaces before letters."""
    rows = [row for row in _rows(text, marks) if _single(text, row)]
    if not rows:
        return [], []
    wide = len(rows) >= _SURELY and sum(map(_parted, rows)) * 2 > len(rows)
    found = {row: gaps for row in rows if (gaps := _gaps(text, row, wide, _LEAST)) is not None}
    if len(found) >= _SURELY:
        more = (row for row in [*rows, *_short(text)] if row not in found)
        found.update({row: _gaps(text, row, wide, 0) or [] for row in more})
    edits = [
        Edit(start + width, end, "", "letter-spaced", sure)
        for gaps in found.values()
        for start, end, width, sure in gaps
        if end - start > width
    ]
    return edits, sorted((row.start, row.end) for row in found)


def _rows(text: str, marks: Sequence[int]) -> Iterator[Row]:
    """The lines with many ``marks`` for their length."""
    at = 0
    while at < len(marks):
        start = text.rfind("\n", 0, marks[at]) + 1
        end = text.find("\n", marks[at])
        end = len(text) if end < 0 else end
        first = at
        while at < len(marks) and marks[at] < end:
            at += 1
        if (at - first) * 8 >= end - start:
            yield _row(text, start, end)


def _short(text: str) -> Iterator[Row]:
    """Every line whose tokens are all single characters; not the numbers of columns (``1 2 3 4``)."""
    for match in _singles().finditer(text):
        if not "12345678910111213".startswith(match[0].replace(" ", "")):
            yield _row(text, *match.span())


def _row(text: str, start: int, end: int) -> Row:
    return Row(start, end, tuple(match.span() for match in _token().finditer(text, start, end)))


def _single(text: str, row: Row) -> bool:
    """Are most tokens single characters, and most letters such tokens?"""
    single = [start for start, end in row.tokens if end - start == 1]
    if len(single) <= _SHARE * len(row.tokens):
        return False
    letters = sum(map(str.isalpha, text[row.start : row.end]))
    return sum(text[at].isalpha() for at in single) > _SHARE * letters


def _parted(row: Row) -> bool:
    """Do runs of spaces part the tokens of a row into words?"""
    return any(after[0] - before[1] > 1 for before, after in pairwise(row.tokens))


def _gaps(text: str, row: Row, wide: bool, least: int) -> list[Gap] | None:
    """How the tokens of a row are to be parted; None where the row is no Vietnamese."""
    chunks = _chunks(row)
    trust = (wide or _parted(row)) and _wordlike(text, chunks, 7 if wide else 5)
    gaps, words = list(_between(chunks)), list[Word]()
    for index, chunk in enumerate(chunks):
        if len(chunk) > 1:
            here, some = _inside(text, chunk, index == 0, trust)
            gaps += here
            words += some
    return gaps if _sound(words, least) else None


def _between(chunks: Sequence[Chunk]) -> Iterator[Gap]:
    """The gaps between chunks: one space, or as many as were spread (three for one, five for two)."""
    ranges = [(before[-1][1], after[0][0]) for before, after in pairwise(chunks)]
    spread = min((end - start for start, end in ranges if end - start > 1), default=0) == 3
    for start, end in ranges:
        width = end - start
        yield Gap(start, end, (width - 1) // 2 if spread and width % 2 and width > 1 else 1, _TRUSTED)


def _inside(text: str, chunk: Chunk, opens: bool, trust: bool) -> tuple[list[Gap], list[Word]]:
    """The gaps of a chunk and its words: one word where spaces are to be trusted, else as they read."""
    signs = atoms("".join(text[start] for start, _ in chunk))
    if trust:
        words = [Word(atom.text, 0.0) for atom in signs if atom.text.isalpha()]
        places, sure = frozenset[int](), _TRUSTED
    else:
        read, words = _read(signs)
        places, sure = spaced(read, opens), _READ
    pairs = enumerate(pairwise(chunk), 1)
    return [Gap(left, right, int(at in places), sure) for at, ((_, left), (right, _)) in pairs], words


def _chunks(row: Row) -> list[Chunk]:
    """The tokens of a row: single characters that one space parts stand together."""
    chunks: list[Chunk] = []
    for token in row.tokens:
        one = token[1] - token[0] == 1
        last = chunks[-1][-1] if chunks else None
        if last and one and last[1] - last[0] == 1 and token[0] - last[1] == 1:
            chunks[-1].append(token)
        else:
            chunks.append([token])
    return chunks


def _wordlike(text: str, chunks: Sequence[Chunk], longest: int) -> bool:
    """Are most of the chunks one word each: a syllable, or letters fewer than ``longest``?"""
    joined = ["".join(text[start:end] for start, end in chunk) for chunk in chunks]
    runs = [[atom.text for atom in atoms(chunk) if atom.text.isalpha()] for chunk in joined]
    good = [all(is_syllable(run) or len(run) < longest for run in each) for each in runs if each]
    return sum(good) >= _COVER * len(good)


def _read(signs: Sequence[Atom]) -> tuple[list[Atom], list[Word]]:
    """The atoms with their letters read as words, and these words."""
    read: list[Atom] = []
    every: list[Word] = []
    code = False
    for index, atom in enumerate(signs):
        if not atom.text.isalpha():
            code = (code and atom.text in "/-&") or (atom.text == "/" and _numbered(signs, index))
            read.append(atom)
            continue
        start = atom.start
        words = coded(atom.text) if code else words_of(atom.text)
        for word in words:
            read.append(Atom(word.text, start))
            start += len(word.text)
        every += words
    return read, every


def _numbered(signs: Sequence[Atom], index: int) -> bool:
    """Does the slash ``signs[index]`` stand behind a number, or where one is to be filled in?"""
    if index == 1 and len(signs[0].text) < 3:  # the label of a heading: ``1/ MỤC ĐÍCH``
        return len(signs) > 3 and signs[3].text == "-"
    return index > 0 and (signs[index - 1].text.isdigit() or signs[index - 1].text == ":")


def _sound(words: Sequence[Word], least: int) -> bool:
    """Are the words Vietnamese by their syllables and by what they cost?"""
    if not least:
        return True
    letters = sum(len(word.text) for word in words)
    good = [word for word in words if known(word.text)]
    covered = sum(len(word.text) for word in good)
    cheap = sum(word.cost for word in good) <= _DEAR * covered
    return letters >= least and covered >= _COVER * letters and covered > 1.6 * len(good) and cheap


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"[^ \n\r]+")


@cache
def _singles() -> re.Pattern[str]:
    return re.compile(r"(?m)^ *+[^ \n\r\t\f](?: ++[^ \n\r\t\f])+ *\r?$")
