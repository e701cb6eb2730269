"""Letter-spaced lines: ``Đ ộ c  l ậ p``, ``K Ế H O Ạ C H`` are ``Độc lập``, ``KẾ HOẠCH``.

A line is letter-spaced where most of its tokens are single characters. Two or more spaces part its words
where it has them; else the letters are read as syllables by their counts (``segments``) and spaced
by their signs (``signs``). A line that reads as no Vietnamese stays (labels of columns, rows of letters,
other languages), and so do rows of digits.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable
from extractor.repair.segments import Word, words_of
from extractor.repair.signs import Atom, atoms, spaced

Range = tuple[int, int]

_SHARE = 0.6  # single characters among the tokens of a line
_LEAST = 4  # letters of a line that is judged alone
_COVER = 0.7  # share of letters that stand in syllables
_DEAR = 3.2  # nats a letter: no running text costs more
_SURELY = 3  # lines that make a document sure of the class
_TRUSTED, _READ = 0.98, 0.95


class Row(NamedTuple):
    """A line of the text: where it stands and its tokens."""

    start: int
    end: int
    tokens: list[Range]


class Gap(NamedTuple):
    """The spaces between two tokens and how many belong there."""

    start: int
    end: int
    width: int
    sure: float


def letter_spaced(text: str, marks: Sequence[int]) -> tuple[list[Edit], list[Range]]:
    """The edits for letter-spaced lines and the ranges of these lines; ``marks``: spaces before letters."""
    rows = [row for row in _rows(text, marks) if _candidate(text, row)]
    wide = sum(_parted(row) for row in rows) * 2 > len(rows)
    gaps = [_gaps(text, row, wide, _LEAST) for row in rows]
    if sum(each is not None for each in gaps) >= _SURELY:
        taken = {row.start for row in rows}
        more = [row for row in _short(text) if row.start not in taken]
        rows = [*rows, *more]
        gaps = [each or _gaps(text, row, wide, 0) for row, each in zip(rows, [*gaps, *[None] * len(more)], strict=True)]
    done = [(row.start, row.end) for row, each in zip(rows, gaps, strict=True) if each is not None]
    edits = [edit for each in gaps for gap in each or () for edit in _edit(gap)]
    return edits, sorted(done)


def _edit(gap: Gap) -> Iterator[Edit]:
    """The spaces of a gap that are too many go."""
    if gap.end - gap.start > gap.width:
        yield Edit(gap.start + gap.width, gap.end, "", "letter-spaced", gap.sure)


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
    return Row(start, end, [match.span() for match in _token().finditer(text, start, end)])


def _candidate(text: str, row: Row) -> bool:
    """Are most tokens single characters, and most letters such tokens?"""
    single = [start for start, end in row.tokens if end - start == 1]
    letters = sum(map(str.isalpha, text[row.start : row.end]))
    return len(single) > _SHARE * len(row.tokens) and sum(text[at].isalpha() for at in single) > _SHARE * letters


def _parted(row: Row) -> bool:
    """Do runs of spaces part the tokens of a row into words?"""
    return any(b[0] - a[1] > 1 for a, b in zip(row.tokens, row.tokens[1:], strict=False))


def _gaps(text: str, row: Row, wide: bool, least: int) -> list[Gap] | None:
    """How the tokens of a row are to be parted; None where the row is no Vietnamese."""
    chunks = _chunks(row)
    trust = wide or (_parted(row) and _wordlike(text, chunks))
    floor = min((b[0][0] - a[-1][1] for a, b in zip(chunks, chunks[1:], strict=False) if b[0][0] - a[-1][1] > 1), default=0)
    gaps: list[Gap] = []
    words: list[Word] = []
    for index, chunk in enumerate(chunks):
        if index:
            left, right = chunks[index - 1][-1][1], chunk[0][0]
            width = right - left
            gaps.append(Gap(left, right, (width - 1) // 2 if floor == 3 and width % 2 else 1, _TRUSTED))
        if len(chunk) == 1:
            continue
        signs = atoms("".join(text[start] for start, _ in chunk))
        if trust:
            read = [Atom(atom.text, atom.start) for atom in signs]
            words += [Word(atom.text, 1.0 * len(atom.text)) for atom in read if atom.text.isalpha()]
            glued = frozenset[int]()
        else:
            read, some = _read(signs)
            words += some
            glued = spaced(read, index == 0)
        for at, ((_, left), (right, _)) in enumerate(zip(chunk, chunk[1:], strict=False), 1):
            gaps.append(Gap(left, right, int(at in glued), _TRUSTED if trust else _READ))
    return gaps if _sound(words, least) else None


def _chunks(row: Row) -> list[list[Range]]:
    """The tokens of a row: single characters that one space parts stand together."""
    chunks: list[list[Range]] = []
    for token in row.tokens:
        one = token[1] - token[0] == 1
        last = chunks[-1][-1] if chunks else None
        if last and one and last[1] - last[0] == 1 and token[0] - last[1] == 1:
            chunks[-1].append(token)
        else:
            chunks.append([token])
    return chunks


def _wordlike(text: str, chunks: Sequence[Sequence[Range]]) -> bool:
    """Are most of the chunks one word each?"""
    joined = ["".join(text[start:end] for start, end in chunk) for chunk in chunks]
    whole = [chunk for chunk in joined if any(map(str.isalpha, chunk))]
    good = sum(is_syllable(chunk.strip(_SIGNS)) or len(chunk) < 6 for chunk in whole)
    return good >= _COVER * len(whole)


_SIGNS = ".,:;()“”\"'!?-–/*+"


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
        if code and atom.text.isupper():
            read.append(atom)
            continue
        start = atom.start
        words = words_of(atom.text)
        for word in words:
            read.append(Atom(word.text, start))
            start += len(word.text)
        every += words
    return read, every


def _numbered(signs: Sequence[Atom], index: int) -> bool:
    """Does the slash ``signs[index]`` stand behind a number, or where one is to be filled in?"""
    return index > 0 and (signs[index - 1].text.isdigit() or signs[index - 1].text == ":")


def _sound(words: Sequence[Word], least: int) -> bool:
    """Are the words Vietnamese by their syllables and by what they cost?"""
    letters = sum(len(word.text) for word in words)
    if letters < least or not words and least:
        return False
    good = [word for word in words if is_syllable(word.text)]
    covered = sum(len(word.text) for word in good)
    if not least:
        return True
    return covered >= _COVER * letters and sum(word.cost for word in good) <= _DEAR * covered


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"[^ \n]+")


@cache
def _singles() -> re.Pattern[str]:
    return re.compile(r"(?m)^ *[^ \n](?: +[^ \n])+ *$")
