"""The slots of a letterhead that are filled in after printing: own number, day, month, year.

They are often written by hand or stamped, and Tesseract reads a pen's ``2004`` as a sure ``2044``. So digits
there are believed only where they look printed (as tall as the capitals beside them, on their line) and
further readings, at other scales, give the same. Whatever else fills a slot becomes U+FFFD, which says
"something stands here that cannot be read": never a guess, never an empty slot. Source: Nghị định
30/2020/NĐ-CP, Phụ lục I, mục II.3 and II.4 (number and date line).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from extractor.ground.source import REPLACEMENT, Box
from extractor.ground.vietnamese import strip_tones
from extractor.reading.ocr import Glyph, Token

#: what follows ``tháng`` in a date line
_REST = r"\W*\S{0,4}\W*(?:n[aăâ]m\W*\S{0,6}\W*\S{0,2})?"
#: the part of the page, from its top, in which the slots stand
UPPER = 0.5
#: how far a digit's height and foot may be from those of the print beside it, in heights
HEIGHT, FOOT = 0.22, 0.16
#: confidence under which a digit is not believed
SURE = 0.7
_NUMBER = (
    r"[Ss][ốôồỗổộóòöõoơ06](?!\w*[a-zà-ỹ])\s*[:.;]?(?P<slot>.*?)"
    r"(?P<end>(?:[/\-–]\s?(?=[A-ZĐƯ])|(?=[A-ZĐƯ]{2}))[A-ZĐƯ][A-ZĐƯ0-9&.\-–/ ]*)"
)
_BARE = r"^\W*[Ss][ốôồỗổộóòöõoơ06]\s*[:.;](?P<slot>.*\d.*)(?P<end>$)"
_DAY = r"(?i)ng[aàáảãạ]y(?P<slot>.*?)(?P<end>th[aáàảãạâ]ng)"
_YEAR = r"(?i)n[aăâ]m(?P<slot>\W*\d.*)(?P<end>$)"
_MONTH = r"(?i)th[aáàảãạâ]ng(?P<slot>.*?)(?P<end>n[aăâ]m)"


class Views(NamedTuple):
    """What can be asked of the page's picture about a box (pixels).

    ``again``: what reading it as one line gives, at other scales; ``inked``: is there ink, of any colour?
    ``penned``: has its ink a colour, as of a pen or a stamp?
    """

    again: Callable[[Box], tuple[str, ...]]
    inked: Callable[[Box], bool]
    penned: Callable[[Box], bool]


@dataclass(frozen=True, slots=True)
class _Run:
    """The glyphs of a row, the text they make (blanks between words), the glyph of each character."""

    tokens: tuple[Token, ...]
    glyphs: tuple[Glyph, ...]
    text: str
    owners: tuple[int | None, ...]


def settled(tokens: Sequence[Token], height: int, views: Views, first: bool = True) -> list[Token]:
    """The tokens of a page of ``height`` pixels, unreadable slots of its letterhead marked.

    ``first``: is it the first page? Another has a letterhead only where the motto says so.
    """
    found = list(tokens)
    if not first and not _letterhead(found, height):
        return found
    for patterns in ((_NUMBER, _BARE), (_DAY,), (_MONTH,), (_YEAR,)):
        for run in [_run(row) for row in _rows([t for t in found if t.base < UPPER * height])]:
            matches = (re.search(pattern, run.text) for pattern in patterns)
            match = next((m for m in matches if m and _belongs(m.re.pattern, run, m)), None)
            if match:
                found = _replaced(found, run, match, views)
    return found


def _letterhead(tokens: Sequence[Token], height: int) -> bool:
    """Does the motto of the state or the Party stand in the upper half?"""
    words = strip_tones(" ".join(token.text for token in tokens if token.base < UPPER * height))
    return re.search(r"(?i)doc lap|hanh phuc|xa hoi chu|dang cong san", words) is not None


def _belongs(pattern: str, run: _Run, match: "re.Match[str]") -> bool:
    """Is this the slot, not a citation or a sentence? Nothing but a place stands before it."""
    before = run.text[: match.start()].strip()
    if pattern in (_NUMBER, _BARE):
        marked = run.text[match.start()] == "S" or ":" in match[0][:4]  # a citation has neither
        return marked and not any(map(str.isalnum, before))
    day = re.search(_DAY, run.text)
    if day is None:
        return False
    place = run.text[: day.start()].split()
    named = len(place) <= 6 and all(word[0].isupper() or not word[0].isalnum() for word in place)
    return named and re.fullmatch(_REST, run.text[day.end() :]) is not None


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens that stand on one baseline and follow each other closely, from left to right."""
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: (t.base, t.x0)):
        near = [row for row in rows[-6:] if abs(row[-1].base - token.base) < 0.4 * _tall(token)]
        if near:
            near[-1].append(token)
        else:
            rows.append([token])
    return [part for row in rows for part in _parts(sorted(row, key=lambda t: t.x0))]


def _parts(row: list[Token]) -> list[list[Token]]:
    """A row cut at gaps as wide as those between two columns."""
    parts = [[row[0]]]
    for token in row[1:]:
        last = parts[-1][-1]
        filled = re.search(r"(?i)^(?:s.[:.]?|ng.y|th.ng)$", last.text) is not None
        if token.x0 - last.x1 > (6 if filled else 2.2) * _tall(last):
            parts.append([])
        parts[-1].append(token)
    return parts


def _tall(token: Token) -> float:
    return max(8.0, min(token.bottom - token.top, 60))


def _run(row: Sequence[Token]) -> _Run:
    glyphs: list[Glyph] = []
    text = ""
    owners: list[int | None] = []
    for token in row:
        if text:
            text, owners = text + " ", [*owners, None]
        for glyph in token.glyphs or _even(token):
            for letter in glyph.text:
                text += letter
                owners.append(len(glyphs))
            glyphs.append(glyph)
    return _Run(tuple(row), tuple(glyphs), text, tuple(owners))


def _even(token: Token) -> list[Glyph]:
    """Characters of a token whose engine tells only its box: all of one width."""
    step = (token.x1 - token.x0) / len(token.text)
    edges = [round(token.x0 + at * step) for at in range(len(token.text) + 1)]
    return [
        Glyph(letter, left, token.top, right, token.bottom, token.sure)
        for letter, left, right in zip(token.text, edges, edges[1:], strict=False)
    ]


def _replaced(tokens: list[Token], run: _Run, match: "re.Match[str]", views: Views) -> list[Token]:
    """The tokens with this slot settled: as read, or as U+FFFD."""
    inside = [run.glyphs[at] for at in _owners(run, *match.span("slot")) if run.glyphs[at].text not in ".…_"]
    box = _box(run, match)
    if not inside:
        return _filled(tokens, run, match, box) if views.inked(box) else tokens
    digits = "".join(glyph.text for glyph in inside)
    if (
        re.fullmatch(r"\d{1,5}[a-zA-Z]?", digits)
        and (match["end"] or match.re.pattern == _YEAR)
        and _printed(inside, run, match)
        and _alone(inside, box, views)
        and _same(digits, run, match, views)
    ):
        return tokens
    return _filled(tokens, run, match, box)


def _owners(run: _Run, start: int, end: int) -> list[int]:
    return sorted({at for at in run.owners[start:end] if at is not None})


def _box(run: _Run, match: "re.Match[str]") -> Box:
    """The room between what is printed before and after a slot, as high as the row."""
    before = _owners(run, 0, match.start("slot"))
    after = _owners(run, match.start("end"), match.end("end"))
    tops, lows = [token.top for token in run.tokens], [token.bottom for token in run.tokens]
    lean = 0.2 * (median(lows) - median(tops))  # slanted letters reach into their neighbours' room
    left = run.glyphs[before[-1]].x1 + lean
    right = run.glyphs[after[0]].x0 - lean if after else max(token.x1 for token in run.tokens)
    return Box(left, median(tops) - 4, max(left + 1, right), median(lows))


def _printed(inside: Sequence[Glyph], run: _Run, match: "re.Match[str]") -> bool:
    """Are these digits as tall as the print beside them, on its line, and sure?"""
    if not all(token.glyphs or REPLACEMENT in token.text for token in run.tokens):
        return False  # the engine tells no letters: nothing can be compared
    others = [g for g in run.glyphs if g not in inside and re.fullmatch(r"[A-Z0-9bdhklđt]", g.text)]
    if not others:
        return all(glyph.sure >= SURE for glyph in inside)
    height = median(g.bottom - g.top for g in others)
    foot = median(g.bottom for g in others)
    return all(
        glyph.sure >= SURE
        and abs(glyph.bottom - glyph.top - height) <= HEIGHT * height
        and abs(glyph.bottom - foot) <= FOOT * height + 1
        for glyph in inside
    )


def _same(digits: str, run: _Run, match: "re.Match[str]", views: Views) -> bool:
    """Do further readings of the row find the same digits in this slot?"""
    tokens = run.tokens
    around = Box(
        min(t.x0 for t in tokens) - 6,
        min(t.top for t in tokens) - 6,
        max(t.x1 for t in tokens) + 6,
        max(t.bottom for t in tokens) + 6,
    )
    found = [re.search(match.re.pattern, text) for text in views.again(around)]
    return all(other and re.sub(r"[\s.…_]", "", other["slot"]) == digits for other in found)


def _alone(inside: Sequence[Glyph], box: Box, views: Views) -> bool:
    """Do these digits fill the slot, with no ink of a pen and none beside them?"""
    first, last = inside[0], inside[-1]
    left, right = box._replace(x1=first.x0 - 2), box._replace(x0=last.x1 + 2)
    room = 0.4 * (box.bottom - box.top)  # less holds no digit
    beside = [part for part in (left, right) if part.x1 - part.x0 >= room]
    own = Box(first.x0, min(g.top for g in inside), last.x1, max(g.bottom for g in inside))
    return not views.penned(own) and not any(map(views.inked, beside))


def _filled(tokens: list[Token], run: _Run, match: "re.Match[str]", box: Box) -> list[Token]:
    """The tokens with U+FFFD for what stands in the slot; what stood partly in it is cut."""
    start, end = match.span("slot")
    left, top, right, bottom = map(round, box)
    sign = Token(REPLACEMENT, left, top, right, bottom, run.tokens[0].base, 1.0, run.tokens[0].line)
    before, after = [], []
    at = 0
    for token in run.tokens:
        first, last = at, at + sum(len(glyph.text) for glyph in token.glyphs or _even(token))
        at = last + 1
        if first < start:
            before.append(_part(token, 0, min(last, start) - first))
        if last > end:
            after.append(_part(token, max(first, end) - first, last - first))
    if after and after[0].text[:1] in ("/", "-", "–"):
        sign = sign._replace(text=REPLACEMENT + after[0].text, x1=after[0].x1, sure=after[0].sure)
        del after[0]
    place, gone = tokens.index(run.tokens[0]), set(run.tokens)
    kept = [token for token in [*before, sign, *after] if token.text.strip()]
    return [t for t in tokens[:place] if t not in gone] + kept + [t for t in tokens[place:] if t not in gone]


def _part(token: Token, start: int, end: int) -> Token:
    """Some characters of a token as a token."""
    glyphs = list(token.glyphs) or _even(token)
    text = "".join(glyph.text for glyph in glyphs)
    if (start, end) == (0, len(text)):
        return token
    left, right = glyphs[min(start, len(glyphs) - 1)].x0, glyphs[max(0, min(end, len(glyphs)) - 1)].x1
    own = tuple(glyphs[start:end]) if token.glyphs and len(glyphs) == len(text) else ()
    return token._replace(text=text[start:end].strip(), x0=left, x1=max(left, right), glyphs=own)
