"""What a user reads, in the user's language: Vietnamese where the locale says so, else English.

The code says every line in English; ``tables/lines.tsv`` has each in Vietnamese, by its English words.
Refusals and notes have a code, by which ``tables/messages.tsv`` tells them in Vietnamese.
"""

import os
from functools import cache
from typing import NamedTuple

from extractor.ground.paper import Note
from extractor.ground.tables import table
from extractor.ground.trouble import Message, Trouble

_LOCALE = ("KEHOACH_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set


class Line(NamedTuple):
    """One row of ``tables/lines.tsv``: what a line says; ``{name}`` stands for a value."""

    en: str
    vi: str


def vietnamese() -> bool:
    """Whether the user reads Vietnamese."""
    return next((said for name in _LOCALE if (said := os.environ.get(name))), "").startswith("vi")


def said(english: str, **values: object) -> str:
    """A line in the user's language, its ``{places}`` filled with ``values``."""
    words = _lines().get(english, english) if vietnamese() else english
    return words.format(**values)


def told(what: Trouble | Note, lang: str = "") -> str:
    """A refusal or note in ``lang`` (``"vi"``, ``"en"``; else the user's): what is wrong, what to do."""
    row = message(what.code) if lang == "vi" or (not lang and vietnamese()) else None
    if row:
        return f"{row.message} ({what.message}). {row.remedy}."
    return str(what) if isinstance(what, Trouble) else what.message


def message(code: str) -> Message | None:
    """What a code, alone or behind its stage, means in Vietnamese."""
    return _messages().get(code.rpartition(".")[2])


@cache
def _lines() -> dict[str, str]:
    return {row.en: row.vi for row in table("lines.tsv", Line).rows}


@cache
def _messages() -> dict[str, Message]:
    return {row.code: row for row in table("messages.tsv", Message).rows}
