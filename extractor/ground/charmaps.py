"""Legacy code pages and fonts of Vietnamese, one table each (``tables/charmaps/*.tsv``).

A row says which characters a letter shows as when its bytes are read as Latin-1 or Windows-1252. The head of
a table names its class, the order of trials, the pattern that tells it (``tell``; without one, any character
of its own), texts that must mend (``yes``) and that must stay (``leave``). A new code page is a new file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from extractor.ground.tables import table, values

FOLDER = "charmaps"
_TOUCHING = "touching"  # a row that holds only where a letter stands beside


class Row(NamedTuple):
    """``broken`` stands for the letter (or letters) ``fixed``; ``note``: ``touching``, ``self`` …"""

    broken: str
    fixed: str
    note: str


@dataclass(frozen=True, eq=False)
class Charmap:
    """One code page.

    ``kind``: ``charmap`` (every row holds), ``marks`` (its marks are punctuation too) or ``choices`` (a
    character may stand for any of its rows; for itself too, where a row's note is ``self``).
    """

    name: str
    about: str
    kind: str
    order: int
    tell: str
    yes: tuple[str, ...]
    leave: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)

    @cached_property
    def letters(self) -> dict[str, str]:
        """Broken → fixed, where a byte shows as its Latin-1 character."""
        found: dict[str, str] = {}
        for row in self.rows:
            if row.note != _TOUCHING:
                found.setdefault(row.broken, row.fixed)
        return found

    @cached_property
    def choices(self) -> dict[str, str]:
        """Broken → every letter that it can be; itself first, where the table says ``self``."""
        found: dict[str, str] = {}
        for row in self.rows:
            own = row.broken if row.note == "self" else ""
            found[row.broken] = found.get(row.broken, own) + row.fixed
        return found

    @cached_property
    def wide(self) -> dict[int, str]:
        """What Windows-1252 shows for bytes from 80 to 9F of the table (``“``) → what Latin-1 shows."""
        used = {char for broken in self.letters for char in broken}
        return {ord(_as_cp1252(char)): char for char in used if _as_cp1252(char) != char}

    @cached_property
    def wide_signs(self) -> frozenset[str]:
        """The characters of :attr:`wide`."""
        return frozenset(map(chr, self.wide))

    @cached_property
    def touching(self) -> dict[str, str]:
        """Broken → fixed where a letter stands beside, and no digit."""
        return {row.broken: row.fixed for row in self.rows if row.note == _TOUCHING}

    @cached_property
    def tells(self) -> frozenset[str]:
        """The characters that the table changes, but for those of ASCII."""
        return frozenset("".join([*self.letters, *self.wide_signs, *self.touching])) - frozenset(_PLAIN)

    def decode(self, text: str, wide: bool = False) -> str:
        """``text``, read as Latin-1 (``wide``: as Windows-1252), as its letters; what has no row stays."""
        for broken, fixed in self.touching.items():
            if broken in text:
                text = self._beside(broken).sub(self._codes[ord(fixed)], text)
        if wide:
            text = text.translate(self.wide)
        if self._single:
            return text.translate(self._single)
        return self._pattern.sub(lambda match: self.letters[match[0]], text)

    def knows(self, letter: str) -> bool:
        """Has the code page a code for ``letter``, or one for its small letter?"""
        return ord(letter) in self._codes

    def encode(self, text: str) -> str:
        """``text`` (NFC) as this code page shows it, read as Latin-1; letters it has no code for stay."""
        return text.translate(self._codes)

    def _beside(self, broken: str) -> re.Pattern[str]:
        """``broken`` where a letter stands beside, be it one that shows as another sign."""
        letter = rf"(?:[^\W\d_]|[{re.escape(''.join(sorted(self.tells - {*self.touching})))}])"
        sign = re.escape(broken)
        return re.compile(rf"(?<={letter}){sign}(?!\d)|(?<![\w]){sign}(?={letter})")

    @cached_property
    def small(self) -> str:
        """The letters whose capitals have no code of their own."""
        letters = sorted({row.fixed for row in self.rows if row.fixed.islower() and len(row.fixed) == 1})
        if self.kind != "charmap" and any(
            row.fixed.isupper() for row in self.rows if row.fixed not in "ĂÂĐÊÔƠƯ"
        ):
            return ""
        return "".join(each for each in letters if self.decode(self.encode(each.upper())) != each.upper())

    @cached_property
    def _single(self) -> dict[int, str]:
        """The table of ``str.translate``, where no row is longer than a character."""
        if any(len(broken) > 1 for broken in self.letters):
            return {}
        return {ord(broken): fixed for broken, fixed in self.letters.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self.letters, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest)))

    @cached_property
    def _codes(self) -> dict[int, str]:
        codes: dict[int, str] = {}
        for row in self.rows:
            if len(row.fixed) == 1:
                codes.setdefault(ord(row.fixed), row.broken)
        for letter, broken in list(codes.items()):  # a font of capitals has the codes of the small letters
            codes.setdefault(ord(chr(letter).upper()), broken)
        return codes


# Letters that tables of two codes begin with, and what every text has.
_PLAIN = "".join(map(chr, range(32, 127)))


@cache
def charmaps() -> tuple[Charmap, ...]:
    """Every code page there is a table for, in the order of trials."""
    return tuple(sorted(_read(), key=lambda charmap: charmap.order))


def charmap(name: str) -> Charmap:
    """The code page ``name``. Raises ``LookupError`` for a name that has no table."""
    for found in charmaps():
        if found.name == name:
            return found
    raise LookupError(f"no table for the code page {name!r}")


def _read() -> Iterator[Charmap]:
    for file in files("extractor.tables").joinpath(FOLDER).iterdir():
        if file.name.endswith(".tsv"):
            head, rows = table(f"{FOLDER}/{file.name}", Row)[1:]
            known = (head["name"], head["about"], head["kind"], int(head["order"]), head.get("tell", ""))
            yield Charmap(*known, values(head.get("yes", "")), values(head.get("leave", "")), rows)


def _as_cp1252(char: str) -> str:
    if not "\x80" <= char <= "\x9f":
        return char
    return char.encode("latin-1").decode("cp1252", "ignore") or char
