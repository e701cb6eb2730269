"""Automatic numbers of a DOCX as the page shows them (ECMA-376 part 1, 17.9)."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from extractor.reading.package import W, child, value

_KEPT_BULLETS = ("+", "*", "•")


class Level(NamedTuple):
    """One level of a list: its first number, its format, its text (``"%1.%2."``) and what follows it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted. :meth:`label` counts on."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def label(self, number: str | None, level: int, style: str | None = None) -> str:
        """The number printed before the next paragraph of list ``number``, with the gap after it.

        ``style``: the paragraph style that brought the list; its level may be told by the list alone.
        Returns ``""`` for no list (``numId`` 0 or unknown).
        """
        if number is None or number not in self.numbers:
            return ""
        abstract, overrides, starts = self.numbers[number]
        levels = {**self.abstract.get(abstract, {}), **overrides}
        if style is not None:
            level = next((n for n, known in levels.items() if known.style == style), level)
        if level not in levels:
            return ""
        counts = self._count(number, abstract, levels, starts, level)
        text = _printed(levels, counts, level)
        return text + levels[level].gap if text else ""

    def _count(
        self, number: str, abstract: str, levels: dict[int, Level], starts: dict[int, int], level: int
    ) -> list[int]:
        counts = self._counts.setdefault(abstract, [None] * 9)
        if number not in self._seen:
            self._seen.add(number)
            for at in starts:
                counts[at] = None
        first = {n: starts.get(n, known.start) for n, known in levels.items()}
        now = counts[level]
        counts[level] = first[level] if now is None else now + 1
        for lower in range(level + 1, 9):
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart > 0 and level < restart):
                counts[lower] = None
        return [first.get(n, 1) if count is None else count for n, count in enumerate(counts)]


def _printed(levels: dict[int, Level], counts: list[int], level: int) -> str:
    own = levels[level]
    if own.form == "bullet":
        mark = own.text.strip()
        return mark if mark in _KEPT_BULLETS else "-" if mark else ""

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        form = levels[at].form if at in levels else "decimal"
        return numeral(counts[at], "decimal" if own.legal and form != "none" else form) if at >= 0 else ""

    return re.sub(r"%([1-9])", one, own.text)


def numeral(number: int, form: str) -> str:
    """``(4, "upperRoman")`` → ``"IV"``; formats that plans do not use come out as decimals.

    Letters go as Word counts them: a … z, then aa, bb.
    """
    if form in ("upperRoman", "lowerRoman"):
        text = _roman(number)
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * min((number - 1) // 26 + 1, 30)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form in ("none", "bullet") else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    hundreds = ("", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM")
    return "M" * (number // 1000) + hundreds[number // 100 % 10] + tens[number // 10 % 10] + ones[number % 10]


def numbering_of(root: Any | None, styles: Any) -> Numbering:
    """The lists of ``numbering.xml``; ``styles`` resolves lists that point at a numbering style."""
    found = Numbering()
    if root is None:
        return found
    links = {}
    for element in root.findall(W + "abstractNum"):
        name = element.get(W + "abstractNumId", "")
        found.abstract[name] = dict(_level(e) for e in element.findall(W + "lvl"))
        links[name] = value(element, "numStyleLink")
    for element in root.findall(W + "num"):
        overrides, starts = _overrides(element)
        found.numbers[element.get(W + "numId", "")] = (
            value(element, "abstractNumId") or "",
            overrides,
            starts,
        )
    for name, link in links.items():
        number = styles.numbering(link)[0] if link else None
        if number in found.numbers and not found.abstract[name]:
            found.abstract[name] = found.abstract.get(found.numbers[number][0], {})
    found.numbers.pop("0", None)
    return found


def _overrides(element: Any) -> tuple[dict[int, Level], dict[int, int]]:
    levels: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element.findall(W + "lvlOverride"):
        at, start, level = override.get(W + "ilvl"), value(override, "startOverride"), child(override, "lvl")
        if level is not None:
            levels.update([_level(level)])
        if start is not None:
            starts[_number(at, 0) % 9] = _number(start, 1)
    return levels, starts


def _level(element: Any) -> tuple[int, Level]:
    gap = "" if value(element, "suff") == "nothing" else " "
    restart = value(element, "lvlRestart")
    legal = child(element, "isLgl") is not None
    return _number(element.get(W + "ilvl"), 0) % 9, Level(
        _number(value(element, "start"), 0),
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        gap,
        None if restart is None else _number(restart, 0),
        legal,
        value(element, "pStyle"),
    )


def _number(text: str | None, otherwise: int) -> int:
    """``text`` as a list number (0 … 32767, Word's range), ``otherwise`` where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
