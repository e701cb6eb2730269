"""Letter-spaced lines: ``Đ ộ c  l ậ p``, ``K Ế H O Ạ C H`` are ``Độc lập``, ``KẾ HOẠCH``.

A line is letter-spaced where most of its tokens are single characters. Two or more spaces part its words
where it has them; else the letters are read as syllables by their counts (``segments``) and spaced
by their signs (``signs``). A line that reads as no Vietnamese stays (labels of columns, rows of letters,
other languages), and so do rows of digits.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import pairwise, repeat
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.segments import Word, coded, known, words_of
from extractor.repair.signs import Atom, atoms, spaced

Range = tuple[int, int]

_NEAR = 16  # characters from one mark to the next in a row that has many
_SHARE = 0.6  # single characters among the tokens of a line
_LEAST = 4  # letters of a line that is judged alone
_COVER = 0.7  # share of letters that stand in syllables
_DEAR = 3.2  # nats a letter: no running text costs more
_SURELY = 3  # lines that make a document sure of the class
_TRUSTED, _READ = 0.99, 0.97


class Chunk(NamedTuple):
    """A longer token, or single characters that one space parts: where they stand, without these spaces."""

    start: int
    end: int
    chars: str

    @property
    def single(self) -> bool:
        """Are its tokens single characters?"""
        return self.end - self.start == 2 * len(self.chars) - 1


class Row(NamedTuple):
    """A line of the text: where it stands and its chunks."""

    start: int
    end: int
    chunks: list[Chunk]


def letter_spaced(text: str, marks: Sequence[int]) -> tuple[list[Edit], list[Range]]:
    """The edits for letter-spaced lines and the ranges of these lines; ``marks``: spaces before letters."""
    rows = [row for row in _rows(text, marks) if _single(row)]
    if not rows:
        return [], []
    wide = len(rows) >= _SURELY and sum(map(_parted, rows)) * 2 > len(rows)
    edits: list[Edit] = []
    done: list[Range] = []
    left: list[Row] = []
    for row in rows:
        found = _edits(row, wide, _LEAST)
        if found is None:
            left.append(row)
        else:
            edits += found
            done.append((row.start, row.end))
    if len(done) >= _SURELY:
        seen = {start for start, _ in done}
        more = {row.start: row for row in [*left, *_short(text)] if row.start not in seen}
        for row in more.values():
            edits += _edits(row, wide, 0) or []
            done.append((row.start, row.end))
    return edits, sorted(done)


def _rows(text: str, marks: Sequence[int]) -> Iterator[Row]:
    """The lines with many ``marks`` for their length, two of them at least."""
    near = [first for first, second in pairwise(marks) if second - first <= _NEAR]
    behind = at = 0
    for mark in near:
        if mark >= behind:
            start = text.rfind("\n", 0, mark) + 1
            behind = text.find("\n", mark)
            behind = len(text) if behind < 0 else behind
            first = at = bisect_left(marks, start, at)
            at = bisect_left(marks, behind, at)
            if (at - first) * 8 >= behind - start:
                yield _row(text, start, behind)


def _short(text: str) -> Iterator[Row]:
    """Every line whose tokens are all single characters; not the numbers of columns (``1 2 3 4``)."""
    for match in _singles().finditer(text):
        if not "12345678910111213".startswith(match[0].replace(" ", "")):
            yield _row(text, *match.span())


def _row(text: str, start: int, end: int) -> Row:
    chunks = []
    for match in _chunk().finditer(text, start, end):
        here = match[0]
        chunks.append(Chunk(*match.span(), here if match.lastgroup else here[::2]))
    return Row(start, end, chunks)


def _single(row: Row) -> bool:
    """Are most tokens single characters, and most letters such tokens?"""
    single = "".join(chunk.chars for chunk in row.chunks if chunk.single)
    other = [chunk.chars for chunk in row.chunks if not chunk.single]
    if len(single) <= _SHARE * (len(single) + len(other)):
        return False
    letters = sum(map(str.isalpha, single))
    return letters > _SHARE * (letters + sum(map(str.isalpha, "".join(other))))


def _parted(row: Row) -> bool:
    """Do runs of spaces part the chunks of a row into words?"""
    return any(after.start - before.end > 1 for before, after in pairwise(row.chunks))


def _edits(row: Row, wide: bool, least: int) -> list[Edit] | None:
    """The edits that part the tokens of a row as they belong; None where it is no Vietnamese."""
    trust = (wide or _parted(row)) and _wordlike(row.chunks, 7 if wide else 5)
    words: list[Word] = []
    taken: list[int] = []
    for index, chunk in enumerate(row.chunks):
        start, end, chars = chunk
        if len(chars) < 2 or not chunk.single:
            continue
        places = range(start + 1, end, 2)
        if trust:
            words += [Word(run, 0.0) for run in _runs(chars)]
            taken += places
        else:
            read, some = _read(atoms(chars))
            words += some
            kept = {start + 2 * at - 1 for at in spaced(read, index == 0)}
            taken += [place for place in places if place not in kept]
    if not _sound(words, least):
        return None
    return [*_between(row.chunks), *_taken(taken, _TRUSTED if trust else _READ)]


def _taken(places: Sequence[int], sure: float) -> Iterable[Edit]:
    """The spaces at some places taken out: so many that they are made without a call for each."""
    ends = [place + 1 for place in places]
    cells = zip(places, ends, repeat(""), repeat("letter-spaced"), repeat(sure), strict=False)
    return map(partial(tuple.__new__, Edit), cells)


def _between(chunks: Sequence[Chunk]) -> Iterator[Edit]:
    """One space between chunks, or as many as were spread (three for one, five for two)."""
    ranges = [(before.end, after.start) for before, after in pairwise(chunks)]
    spread = min((end - start for start, end in ranges if end - start > 1), default=0) == 3
    for start, end in ranges:
        width = end - start
        kept = (width - 1) // 2 if spread and width % 2 and width > 1 else 1
        if width > kept:
            yield Edit(start + kept, end, "", "letter-spaced", _TRUSTED)


def _wordlike(chunks: Sequence[Chunk], longest: int) -> bool:
    """Are most of the chunks one word each: a syllable, or letters fewer than ``longest``?"""
    runs = [found for chunk in chunks if (found := _runs(chunk.chars))]
    good = sum(all(len(run) < longest or is_syllable(run) for run in each) for each in runs)
    return good >= _COVER * len(runs)


@lru_cache(maxsize=1 << 12)
def _runs(chars: str) -> tuple[str, ...]:
    """The runs of letters among some characters."""
    return (chars,) if chars.isalpha() else tuple(atom.text for atom in atoms(chars) if atom.text.isalpha())


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
def _chunk() -> re.Pattern[str]:
    """Single characters that one space parts, or a longer token."""
    return re.compile(r"[^ \n\r](?![^ \n\r])(?: [^ \n\r](?![^ \n\r]))*+|(?P<longer>[^ \n\r]+)")


@cache
def _singles() -> re.Pattern[str]:
    return re.compile(r"(?m)^ *+[^ \n\r\t\f](?: ++[^ \n\r\t\f])+ *\r?$")
