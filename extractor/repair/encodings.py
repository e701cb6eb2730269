"""Text in a legacy code page or in glyph numbers: which one, line by line, and its letters.

A line whose words are no Vietnamese is a suspect. Suspects are read by every table (``readings``); the table
under which a sample of them costs least by the counts is taken for each line where enough syllables come out,
then the same again for the lines that are left, because archives mix code pages. A line that could be either
way follows the lines around it. What no table explains stays as it is.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from extractor.ground.text import Edit
from extractor.repair.glyphids import written_out
from extractor.repair.judge import Grade, grade_all, odd, price
from extractor.repair.lookalikes import mild
from extractor.repair.readings import Reading, readings

_SAMPLE = 24  # lines by which a reading is chosen
_CLASSES = 4  # readings that one text may need
_SUSPECT = 0.8  # a line with a lower share of syllables may be in another encoding
_GAIN = 2  # syllables that must come out before a text counts as read
_SHARE = 0.75  # of what is read must be Vietnamese
_BETTER = 0.1  # by how much the share of a line must rise


class Row(NamedTuple):
    """A line: its offset, its words (parted by plain spaces), as they would be without a reading, their grade."""

    start: int
    words: list[str]
    plain: list[str]
    grade: Grade


def decoded(text: str) -> Iterator[Edit]:
    """Edits that give their letters back to the lines of ``text`` that are in a legacy encoding."""
    if "(cid:" in text:
        yield from written_out(text)
        return
    strange = odd(mild(text))
    if not strange:
        return
    rows = list(_rows(text, strange))
    suspects = [row for row in rows if row.grade.share < _SUSPECT]
    used = set[str]()
    while suspects and len(used) < _CLASSES:
        reading = _best(suspects, used)
        taken = _taken(rows, reading) if reading else []
        if not reading or not taken:
            return
        used.add(reading.name)
        yield from _edits(taken, reading)
        done = {row.start for row, _ in taken}
        rows = [row for row in rows if row.start not in done]
        suspects = [row for row in suspects if row.start not in done]


def _rows(text: str, strange: frozenset[str]) -> Iterator[Row]:
    """The lines of ``text``, if one of them is a suspect."""
    plain = mild(text).split("\n")
    found, start, suspect = [], 0, False
    for line, other in zip(text.split("\n"), plain, strict=True):
        words, others = line.split(" "), normalize("NFC", other).split(" ")
        if strange.isdisjoint(others) and strange.isdisjoint(other.split(" ")):
            found.append(Row(start, words, others, Grade(0, 0)))
        else:
            row = Row(start, words, others, grade_all(others))
            suspect = suspect or row.grade.share < _SUSPECT
            found.append(row)
        start += len(line) + 1
    return iter(found) if suspect else iter(())


def _best(suspects: Sequence[Row], used: set[str]) -> Reading | None:
    """The reading that makes most of a sample of the suspects, if it makes Vietnamese of them."""
    sample = suspects[:: -(-len(suspects) // _SAMPLE)]
    present = frozenset().union(*(word for row in sample for word in row.words))
    best, least = None, sum(price(row.plain) for row in sample)
    for reading in readings():
        if reading.name in used or not reading.tells & present:
            continue
        read = [reading.read(row.words) for row in sample]
        gained = sum(grade_all(words).good for words in read) - sum(row.grade.good for row in sample)
        spent = sum(map(price, read)) + reading.penalty
        if gained >= _GAIN and spent < least:
            best, least = reading, spent
    return best


def _taken(rows: Sequence[Row], reading: Reading) -> list[tuple[Row, list[str]]]:
    """The rows that ``reading`` makes better, with their words."""
    taken, unsure = [], []
    for row in rows:
        words = reading.read(row.words)
        if words == row.words:
            continue
        after = grade_all(words)
        if after.share >= _SHARE and after.share >= row.grade.share + _BETTER:
            taken.append((row, words))
        else:
            unsure.append((row, words))
    if 2 * len(taken) >= len(unsure):
        taken += [(row, words) for row, words in unsure if price(words) < price(row.plain)]
        taken.sort(key=lambda pair: pair[0].start)
    return taken


def _edits(taken: Sequence[tuple[Row, list[str]]], reading: Reading) -> Iterator[Edit]:
    """One edit for every word that changes."""
    finished = reading.finish([(row.words, words) for row, words in taken])
    for (row, _), words in zip(taken, finished, strict=True):
        at = row.start
        for old, new in zip(row.words, words, strict=True):
            if new != old:
                yield Edit(at, at + len(old), new, reading.name, reading.sure)
            at += len(old) + 1
