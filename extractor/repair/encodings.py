"""Text in a legacy code page or in glyph numbers: which one, line by line, and its letters.

A line that holds what no Vietnamese word can is a suspect; where there are such lines, so is one whose
words are no Vietnamese. Suspects are read by every table that they could be in (``readings``); the one under
which a sample of them costs least by the counts is taken for each line that it makes better, then the same
again for the lines that are left, because archives mix code pages. What no table explains stays as it is.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import is_normalized

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.repair.glyphids import written_out
from extractor.repair.grades import (
    grade,
    grade_all,
    is_measure,
    is_whole,
    odd,
    price,
    price_behind,
    strange_characters,
)
from extractor.repair.homoglyphs import looks
from extractor.repair.lookalikes import NAME, Lookalike
from extractor.repair.readings import Reading, readings
from extractor.repair.unicode import composed

_SAMPLE, _LARGE = 32, 200  # words by which a reading is chosen, and where two are close
_TIE = 12.0  # in nats
_LATER = 12.0  # nats by which a row that fits none well must be likelier in a rarer reading of its text
_ALONE = 4  # lines that are tried alone
_FEW = 12  # words of them by which a reading is left aside at once
_CLOSE = 0.2  # when its share of syllables is so much lower than that of the best
_CLASSES = 4  # readings that one text may need
_PLAIN = 0.6  # share of syllables among the ASCII words of a line that tells Vietnamese from other languages
_SUSPECT = 0.8  # a line with a lower share of syllables may be in another encoding
_GAIN = 2  # words that must become syllables (or one, if it is the only strange one among others)
_WELL = 0.9  # a line with such a share of syllables has been read
_HALF = 0.5  # of a sample, in which lines of other code pages may stand and letters may be lost
_SHARE = 0.75  # of what is read must be Vietnamese
_BETTER = 0.1  # by how much the share of a line must rise, or
_CHEAPER = 3.0  # by how many nats its price must fall


class Row(NamedTuple):
    """A line: its offset, its text, the text as it is but for look-alikes; what it is suspected for."""

    start: int
    line: str
    plain: str
    suspect: bool
    telling: bool = False


Taken = list[tuple[Row, list[str]]]
Ways = list[tuple[list[str], Reading]]


def decoded(text: str) -> Iterator[Edit]:
    """Edits that give their letters back to the lines of ``text`` that are in a legacy encoding."""
    if "(cid:" in text:
        yield from written_out(text)
        return
    alike, letters = _harmless()
    plain = text if strange_characters(text).isdisjoint(alike) else text.translate(letters)
    suspects = [row for row in _rows(text, plain) if row.suspect]  # of clean texts no other row is kept
    first = _likeliest(suspects, ())
    if first:
        for reading, taken in _shared_out(list(_rows(text, plain)), first).items():
            yield from _edits(sorted(taken, key=lambda each: each[0].start), reading)


def _likeliest(suspects: Sequence[Row], used: Collection[Reading]) -> Reading | None:
    """The reading not yet ``used`` that makes Vietnamese of some suspects: all, or a group of them."""
    names = [each.name for each in used]
    groups = {tuple(row.start for row in group): group for group in _groups(suspects) if group}
    return next(filter(None, (_best(group, names) for group in groups.values())), None)


def _shared_out(rows: Sequence[Row], first: Reading) -> dict[Reading, Taken]:
    """Which rows each reading takes, with their words; ``first`` is the likeliest one.

    A suspect goes to the first reading under which hardly anything strange is left; any other row, when the
    readings of the text are known, to the one that makes it likeliest, if that is likelier than it is now.
    """
    rest: dict[int, tuple[Row, Ways]] = {row.start: (row, []) for row in rows}
    taken: dict[Reading, Taken] = {}
    reading: Reading | None = first
    while reading:
        taken[reading] = list(_well_read(rest, reading))
        for row, _ in taken[reading]:
            del rest[row.start]
        suspects = [row for row, _ in rest.values() if row.suspect]
        reading = _likeliest(suspects, taken) if len(taken) < _CLASSES else None
    for row, ways in rest.values():
        if ways:
            dear = [price(words) + _LATER * at for at, (words, _) in enumerate(ways)]
            words, reading = ways[dear.index(min(dear))]
            if _better(row, words, reading.loses) or (
                reading.loses and not row.suspect and row.line.isascii()
            ):
                taken[reading].append((row, words))
    return taken


def _groups(suspects: Sequence[Row]) -> Iterator[list[Row]]:
    """All that tell; parts of them, since other languages may stand among them; the longest alone."""
    telling = [row for row in suspects if row.telling]
    yield telling
    shares = [grade_all(filter(str.isascii, row.line.split(" "))).share for row in telling]
    yield [row for row, share in zip(telling, shares, strict=True) if share >= _PLAIN]
    yield [row for row, share in zip(telling, shares, strict=True) if share < _PLAIN]
    for row in sorted(telling, key=lambda row: -len(row.line))[:_ALONE]:
        yield [row]


def _well_read(rest: dict[int, tuple[Row, Ways]], reading: Reading) -> Iterator[tuple[Row, list[str]]]:
    """The suspects in which ``reading`` leaves hardly anything strange; what it makes of others is kept."""
    read = reading.read([row.line for row, _ in rest.values()])
    strange = odd("\n".join(map(" ".join, read)))
    for (row, ways), words in zip(rest.values(), read, strict=True):
        if row.suspect and (strange.isdisjoint(words) or _well(row, words, reading.loses)):
            yield row, words
        else:
            ways.append((words, reading))


def _well(row: Row, words: list[str], loses: bool) -> bool:
    """Is hardly anything strange left, no control character, and more gained than spoilt?"""
    gained, spoilt = _gained(row.line.split(" "), words, loses)
    return grade_all(words).share >= _WELL and len(gained) >= max(spoilt, 1) and " ".join(words).isprintable()


def _rows(text: str, plain: str) -> Iterator[Row]:
    """The lines of ``text``; none where no word tells of any reading but by the mark of a footnote."""
    strange = odd(plain)
    telling = {word for word in strange if _telling().search(word) and not is_measure(word)}
    if all(map(_has_footnote, telling)):
        return
    start = 0
    marked = any("\u0300" <= char <= "\u036f" for char in strange_characters(plain))
    for line, other in zip(text.split("\n"), plain.split("\n"), strict=True):
        words = other.split(" ")
        holds = not strange.isdisjoint(words) or not is_normalized("NFC", other)  # no other line is suspect
        tells = holds and line != "" and not telling.isdisjoint(words)
        suspect = tells or (holds and line != "" and _strange(other))
        yield Row(start, line, composed(other) if marked else other, suspect, tells)
        start += len(line) + 1


def _has_footnote(word: str) -> bool:
    """Is a word a syllable with the mark of a footnote (``giao¹.``)? Yet ``to¹`` is ``toạ`` in TCVN3: such
    words say that a text is clean where all that are strange are of their kind.
    """
    core = word.rstrip('.,;:!?)”"')
    return is_whole(core.rstrip("¹²³")) and not core[-1].isalpha()


def _strange(line: str) -> bool:
    """Has a line too few syllables, however its marks are composed?"""
    share = grade_all(line.split(" ")).share
    return share < _SUSPECT and grade_all(composed(line).split(" ")).share < _SUSPECT


Priced = tuple[float, list[str], Reading]


def _best(suspects: Sequence[Row], used: Sequence[str], size: int = _SAMPLE) -> Reading | None:
    """The reading that makes most of a sample of the suspects, if it makes Vietnamese of them."""
    line, plain = _sample(suspects, size)
    priced = sorted(_priced(line, _promising(line, used)), key=lambda each: each[0])
    if not priced or priced[0][0] >= price(plain) - _CHEAPER:
        return None
    if size < _LARGE and len(plain) >= size and _tied(*priced[:2]):
        return _best(suspects, used, _LARGE)
    return priced[0][2]


def _tied(first: Priced, second: Priced | None = None) -> bool:
    """Are two readings about as likely, and different in more than capitals?"""
    if not second or second[0] > first[0] + _TIE:
        return False
    return any(one.lower() != other.lower() for one, other in zip(first[1], second[1], strict=True))


def _promising(line: str, used: Sequence[str]) -> list[Reading]:
    """The readings that the first words of a sample do not rule out."""
    few = " ".join(line.split(" ")[:_FEW])
    found = [each for each in readings() if each.name not in used and each.may_be(line)]
    shares = [grade_all(each.read([few])[0]).share for each in found]
    return [each for each, share in zip(found, shares, strict=True) if share >= max(shares) - _CLOSE]


def _priced(line: str, promising: Sequence[Reading]) -> Iterator[Priced]:
    """What a sample costs under each reading that makes syllables of it, and its words."""
    words = line.split(" ")
    for reading in promising:
        least = _HALF if reading.loses or len(words) >= _SAMPLE // 2 else _SHARE
        read = reading.read([line])[0]
        gained, spoilt = _gained(words, read, reading.loses)
        after = grade_all(read)
        enough = len(gained) >= _GAIN or (gained and after.right and len(gained[0]) > 2 < len(words))
        if enough and len(gained) > spoilt and after.share >= least:
            yield price(read) + reading.penalty, read, reading


def _sample(suspects: Sequence[Row], size: int) -> tuple[str, list[str]]:
    """Words of some rows from all over the text, as one line; and as they are but for look-alikes."""
    rows = suspects[:: -(-len(suspects) * 4 // size)]
    share = -(-size // len(rows))
    words, plain = list[str](), list[str]()
    for row in rows:
        words += row.line.split(" ")[:share]
        plain += row.plain.split(" ")[:share]
    return " ".join(words), plain


def _gained(words: Sequence[str], read: Sequence[str], loses: bool) -> tuple[list[str], int]:
    """The words that became syllables, and how many others changed without need.

    A measure (``25ºC``) or a lone sign (``½``) proves nothing; a syllable that becomes a rarer one,
    and a word that is strange afterwards (unless the reading ``loses`` letters), speak against the reading.
    """
    gained, spoilt = [], 0
    for old, new in zip(words, read, strict=True):
        if new != old and not is_measure(old):
            before, after = is_whole(old), grade(new)
            if after.right and not before and len(old) > 1:
                gained.append(old)
            elif (after.good < after.total and (before or not loses)) or (
                before and price_behind(new, "") > price_behind(old, "")
            ):
                spoilt += 1
    return gained, spoilt


def _better(row: Row, words: list[str], loses: bool) -> bool:
    """Do more words of a row become right than are spoilt, or are all that change right and likelier?"""
    plain = row.plain.split(" ")
    if words == plain:
        return False
    before, after = grade_all(plain), grade_all(words)
    gained, spoilt = _gained(row.line.split(" "), words, loses)
    changed = [grade(new) for old, new in zip(row.line.split(" "), words, strict=True) if new != old]
    if (not gained or len(gained) < spoilt) and any(one.good < one.total for one in changed):
        return False
    if after.share >= _SHARE and after.share >= before.share + _BETTER:
        return True
    return after.share >= before.share and price(words) + _CHEAPER < price(plain)


def _edits(taken: Taken, reading: Reading) -> Iterator[Edit]:
    """One edit for every word that changes."""
    finished = reading.finish([words for _, words in taken])
    for (row, _), words in zip(taken, finished, strict=True):
        at = row.start
        for old, new in zip(row.line.split(" "), words, strict=True):
            if new != old:
                yield Edit(at, at + len(old), new, reading.name, reading.sure)
            at += len(old) + 1


@cache
def _harmless() -> tuple[frozenset[str], dict[int, str]]:
    """Letters that single look-alikes explain: a text that they make Vietnamese is in no other encoding."""
    rows = table(NAME, Lookalike).rows
    alike = {ord(row.broken): row.fixed for row in rows if row.when in ("always", "eth", "syllable")}
    alike = {**looks(), **alike}
    return frozenset(map(chr, alike)), alike


@cache
def _telling() -> re.Pattern[str]:
    """What no Vietnamese word holds and some reading explains."""
    return re.compile("|".join(reading.tell for reading in readings()))
