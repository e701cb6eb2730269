"""What is announced for the whole country: campaigns, their themes by year; which campaign a title names."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.ground.tables import BadTable, parse, table
from extractor.ground.trouble import Misuse
from extractor.ground.vietnamese import fold


class Campaign(NamedTuple):
    """A campaign or lasting programme and the words of titles that tell it."""

    campaign: str
    words: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class National(NamedTuple):
    """The theme announced for a campaign's year, and where the wording was seen (see the table's head)."""

    campaign: str
    year: int
    theme: str
    standing: str
    seen: str


def national_themes(extra: Path | None = None) -> tuple[National, ...]:
    """The table's themes, and those of a user's file (same columns) before them."""
    own = table("themes.tsv", National).rows
    if extra is None:
        return own
    try:
        return (*parse(extra.name, extra.read_text("utf-8-sig").replace("\r\n", "\n"), National).rows, *own)
    except (OSError, UnicodeDecodeError, BadTable) as error:
        remedy = "Give UTF-8 text with tabs: campaign, year, theme, standing, seen."
        raise Misuse("bad_table", f"{extra}: {error}", remedy, stage="report") from error


def campaigns() -> Sequence[Campaign]:
    """The table of campaigns."""
    return table("campaigns.tsv", Campaign).rows


@lru_cache(maxsize=1 << 14)
def campaign_of(title: str) -> str | None:
    """The campaign that a title names; of several the first, of two that begin together the longer."""
    words = f" {_plain(title)} "
    found = [
        (at, -len(phrase), row.campaign)
        for row in campaigns()
        for phrase in _phrases(row)
        if (at := words.find(f" {phrase} ")) >= 0
    ]
    return min(found)[2] if found else None


@cache
def _phrases(row: Campaign) -> tuple[str, ...]:
    return tuple(_plain(phrase) for phrase in row.words)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
