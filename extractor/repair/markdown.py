"""Marks of other notations left in the text: Markdown, HTML tags and entities.

Stars and underscores go only where they come in pairs as marks do: not ``VP_th``, ``* item``, ``(*)``
or a rule of stars. The words between them stay as they are.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache

from extractor.ground.text import Edit

_LONGEST = 1500  # a pair of marks further apart than this is no pair
_LINES = 6


def marks(text: str) -> Iterator[Edit]:
    """Edits that take the marks of ``text`` away; they never touch a line break."""
    taken: set[int] = set()
    for edit in _proposed(text):
        places = range(edit.start, max(edit.end, edit.start + 1))
        if taken.isdisjoint(places):
            taken.update(places)
            yield edit


def _proposed(text: str) -> Iterator[Edit]:
    if "\\" in text:
        yield from _cut(_escape(), text)
    if "*" in text:
        yield from _pairs(text, "*")
    if "_" in text:
        yield from _pairs(text, "_")
    if "#" in text:
        yield from _cut(_heading(), text)
    if "<" in text:
        yield from _cut(_tag(), text, "html")
    if "&" in text:
        yield from _entities(text)


def _cut(pattern: re.Pattern[str], text: str, rule: str = "markdown") -> Iterable[Edit]:
    return (Edit(match.start(), match.end(), "", rule) for match in pattern.finditer(text))


def _pairs(text: str, mark: str) -> Iterator[Edit]:
    """Both ends of every pair of equal runs of ``mark`` (three at most), not too far apart."""
    open_runs: dict[int, tuple[int, int]] = {}
    for match in _run(mark).finditer(text):
        start, end = match.span()
        size = end - start
        if size > 3:
            continue
        opened = open_runs.get(size)
        if opened and _closes(text, start, end) and _near(text, opened[1], start):
            yield Edit(*opened, "", "markdown")
            yield Edit(start, end, "", "markdown")
            del open_runs[size]
        elif _opens(text, start, end):
            open_runs[size] = (start, end)


def _opens(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalnum() and bool(after) and (after.isalnum() or after in "“\"'‘([*_…-+")


def _closes(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isspace() and before not in "([“‘" and not after.isalnum()


def _near(text: str, start: int, end: int) -> bool:
    return 0 < end - start <= _LONGEST and text.count("\n", start, end) <= _LINES


def _entities(text: str) -> Iterator[Edit]:
    for match in _entity().finditer(text):
        new = html.unescape(match[0])
        if new != match[0]:
            yield Edit(match.start(), match.end(), " " if new.isspace() else new, "html")


@cache
def _run(mark: str) -> re.Pattern[str]:
    return re.compile(re.escape(mark) + "+")


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"(?<!\\)\\+(?=[-*_.#()\[\]+!~>|])|(?<=[^\s\\])\\+(?=\n)")


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(r"^(?:#{1,6} +)+(?=\S)", re.MULTILINE)


@cache
def _tag() -> re.Pattern[str]:
    names = "b|i|u|em|strong|p|span|div|font|center|sup|sub|h[1-6]|o:p"
    return re.compile(rf"</?(?:{names})(?: [^<>\n]{{0,200}})?/?>", re.IGNORECASE)


@cache
def _entity() -> re.Pattern[str]:
    return re.compile(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
