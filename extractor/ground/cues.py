"""Cue words: tables of words that a linguist edits, read as one pattern each.

A row of ``tables/cues/NAME.tsv`` holds ``words`` (a space stands for any white space), ``unless``
(what must not follow, parted by `` | ``), and examples: ``yes`` must be caught (empty: the words
themselves), ``no`` must not. One test runs all rows.
"""

from functools import cache
from typing import NamedTuple

import regex

from extractor.ground.tables import table


class Cue(NamedTuple):
    """One row of a cue table."""

    words: str
    unless: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def cue_rows(name: str) -> tuple[Cue, ...]:
    """The rows of ``tables/cues/NAME.tsv``."""
    return table(f"cues/{name}.tsv", Cue).rows


@cache
def cues(name: str, flags: str = "(?i)") -> "regex.Pattern[str]":
    """One pattern for all rows of a table: whole words, the longest first, any case unless told."""
    rows = sorted(cue_rows(name), key=lambda row: len(row.words), reverse=True)
    words = "|".join(_pattern(row) for row in rows)
    return regex.compile(rf"{flags}(?<!\p{{L}})(?:{words})(?!\p{{L}})")


def _pattern(row: Cue) -> str:
    words = r"\s+".join(regex.escape(word) for word in row.words.split(" "))
    if not row.unless:
        return words
    unless = "|".join(r"\s+".join(regex.escape(w) for w in phrase.split(" ")) for phrase in row.unless)
    return rf"{words}(?!\p{{L}})(?!,?\s+(?:{unless})(?!\p{{L}}))"
