"""Characters that show nothing, spaces that are no plain space, bullets of symbol fonts.

From ``tables/mojibake/invisible.tsv``. Runs of plain spaces stay: they tell lost letters, columns and
lost dots. A soft hyphen between the capitals of a document code is its hyphen, within a
word in capitals (``HUYỆN``) nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extractor.ground.tables import table
from extractor.ground.text import Edit
from extractor.ground.vietnamese import is_syllable

NAME = "mojibake/invisible.tsv"
_HYPHENS = "\u00ad\ufffe"


class Invisible(NamedTuple):
    """``broken`` is replaced by ``fixed``; ``rule`` names the class."""

    broken: str
    fixed: str
    rule: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def spaces(text: str) -> Iterator[Edit]:
    """Edits for every invisible or private character of ``text``, and for words glued to a date."""
    for match in _glued().finditer(text):
        yield Edit(match.end(), match.end(), " ", "glued", 0.95)
    if not _any().search(text):
        return
    rows = _rows()
    for match in _any().finditer(text):
        char = match[0]
        row = rows.get(char)
        if char in _HYPHENS and _in_code(text, match.start()):
            yield Edit(match.start(), match.end(), "-", "invisible", 0.95)
        else:
            yield Edit(match.start(), match.end(), row.fixed if row else "", row.rule if row else "control")


def _in_code(text: str, place: int) -> bool:
    """Whether a soft hyphen is a code's: between figures, or capitals that make no syllable together."""
    before, after = text[place - 1 : place], text[place + 1 : place + 4].lstrip(" \n")[:1]
    if before.isupper() and after.isupper():
        left, right = _ends().search(text[max(0, place - 9) : place]), _starts().match(text, place + 1)
        return not (left and right and is_syllable((left[0] + right[0]).lower()))
    return before.isdigit() and after.isdigit() and not _in_year(text, place)


def _in_year(text: str, place: int) -> bool:
    """Whether it stands within the year of a date (``tháng 5 năm 20\xad15``), not in a range of days."""
    after = re.compile(r"\d\d(?![\d/.-])").match(text, place + 1)
    before = text[max(0, place - 8) : place]
    return after is not None and re.search(r"(?:năm\s|\d[/.-])(?:19|20)\Z", before) is not None


@cache
def _ends() -> re.Pattern[str]:
    """The letters that end a text."""
    return re.compile(r"[^\W\d_]+\Z")


@cache
def _starts() -> re.Pattern[str]:
    """The letters that begin one."""
    return re.compile(r"[^\W\d_]+")


@cache
def _rows() -> dict[str, Invisible]:
    return {row.broken: row for row in table(NAME, Invisible).rows}


@cache
def _glued() -> re.Pattern[str]:
    """A date (``03/12/2021``) that the next word touches."""
    return re.compile(r"/\d{1,2}/(?:19|20)\d\d(?=[^\W\d_]{2,7} )")


@cache
def _any() -> re.Pattern[str]:
    """The characters of the table, and control characters except tab and the line ends."""
    return re.compile(f"[{''.join(_rows())}\ufffe\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
