"""Lost punctuation: the dot of a number at a line's begin, the comma between two words.

A lost mark leaves its space beside the space that follows it. Only two places can be told: behind a
number that begins a line, and between two whole words of a damaged line that make no pair.
"""

from collections.abc import Iterator, Sequence

import regex

from extractor.ground.counts import counts
from extractor.ground.numerals import roman
from extractor.ground.shape import compiled
from extractor.ground.text import Edit


def dots(text: str, damaged: bool, given: bool = False) -> Iterator[Edit]:
    """``2  Tổ chức`` is ``2. Tổ chức`` where its neighbours in the series keep their dots.

    For Arabic numbers it is enough that some number keeps its dot, if the document has lost other glyphs
    or text stands between this number and the next of its series, as in headings and not in cells. Nothing
    is asked if it is known (``given``) that dots were lost.
    """
    for style in ("arabic", "roman"):
        marks = list(_numbers(style).finditer(text))
        dotted = [mark[2] == "." for mark in marks]
        if False not in dotted or (True not in dotted and not given):
            continue
        for index, mark in enumerate(marks):
            if dotted[index]:
                continue
            loose = style == "arabic" and (damaged or _apart(text, marks, index))
            if given or loose or _in_series(marks, dotted, index):
                yield Edit(mark.end(1), mark.end(1) + 1, ".", "dropped dot", 0.9)


def commas_of_names(text: str, mended: set[int]) -> Iterator[Edit]:
    """Two spaces before a capital, in a line that enumerates names and has lost other glyphs, are a comma.

    ``mended``: places of the text where glyphs came back. Left: words that are seen side by side.
    """
    for place in sorted({text.rfind("\n", 0, place) for place in mended}):
        end = text.find("\n", place + 1)
        line = text[place + 1 : end if end >= 0 else len(text)]
        if not compiled(r", \p{Lu}").search(line):
            continue
        for match in _names().finditer(line):
            at = place + 1 + match.end(1)
            if at not in mended and not counts().pair(match[1].lower(), match[2].lower()):
                yield Edit(at, at + 1, ",", "dropped comma", 0.8)


def _in_series(marks: Sequence["regex.Match[str]"], dotted: Sequence[bool], index: int) -> bool:
    """Do numbers that follow one another lead from ``marks[index]`` to one that keeps its dot?"""
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(marks) and _value(marks[at + step]) == _value(marks[at]) + step:
            at += step
            if dotted[at]:
                return True
    return False


def _apart(text: str, marks: Sequence["regex.Match[str]"], index: int) -> bool:
    """Is there text between ``marks[index]`` and the number before or after it in its series?"""
    for first in (index, index - 1):
        if 0 <= first < len(marks) - 1 and _value(marks[first + 1]) == _value(marks[first]) + 1:
            between = text[marks[first].end() : marks[first + 1].start()].split("\n")
            return sum(bool(line.strip()) for line in between) > 1
    return False


def _value(mark: "regex.Match[str]") -> int:
    return int(mark[1]) if mark[1].isdigit() else roman(mark[1]) or -9


def _numbers(style: str) -> "regex.Pattern[str]":
    """The number that begins a line, and its dot or the two spaces in the dot's stead."""
    number = r"\d{1,2}" if style == "arabic" else "[IVX]{1,5}"
    return compiled(rf"(?m)^ *({number})(\.|  )(?= ?\p{{Lu}})")


def _names() -> "regex.Pattern[str]":
    """A whole word, two spaces, and a word with a capital that another one follows."""
    return compiled(r"(?<!\p{L})(\p{L}{2,7})  (\p{Lu}\p{Ll}{1,6})(?= \p{L})")
