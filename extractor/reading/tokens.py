"""What the tokens of a page are worth: specks and scribbles go, confidences become probabilities.

Pens, seals and dust leave tokens too. What is certain goes (a sign that never stands alone, a stretch of
guesses that are no words); what could be print stays, with its doubt.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from extractor.ground.source import REPLACEMENT
from extractor.ground.vietnamese import tally
from extractor.reading.ocr import Token

#: parts of the usual height of a token: a letter is not smaller; how much wider than high a hyphen is
SPECK, FLAT = 0.3, 1.4
#: signs that specks are taken for; parts of the usual height: the room that a blank and a speck in it take,
#: how wide a printed hyphen is at least, how far from the baseline a printed full stop ends at most
DOTS, BLANK, HYPHEN, LOW = ".-'’*·", 0.42, 0.25, 0.07
#: signs that never stand alone between words, and the confidence under which no sign does
NEVER_ALONE, UNSURE = ".,'`’°ˆ^_¬|~?*¡‡•·", 0.6
#: a line of at most so many words whose mean confidence is lower is no print
FEW, SCRIBBLE = 4, 0.45
#: what no pen leaves: a marked slot, a number line, a date, a document's number
FORMS = rf"{REPLACEMENT}|^S\w{{1,2}}\s?[:.]|(?i:ng[aà]y|th[aá]ng)\b|[-/]\s?[A-ZĐ]{{2}}"
#: what begins the items of lists, and the confidence from which it may stand alone
BULLETS, LONELY = ("-", "–", "+"), 0.8
#: Tesseract's confidence → share of words that are right, counted on 16,500 words of rendered pages
TRUST = (
    (0.0, 0.2),
    (0.4, 0.4),
    (0.6, 0.5),
    (0.8, 0.7),
    (0.9, 0.9),
    (0.92, 0.95),
    (0.95, 0.975),
    (0.96, 0.996),
    (1.0, 0.998),
)
#: of a word that is misread this share of its letters is wrong
WRONG_LETTERS = 0.35


def kept(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without specks, and hyphens for what has the shape of one.

    A speck is a sign that stands alone and has no use there, or a token too small for what it is said to be.
    """
    heights = [token.bottom - token.top for token in tokens if any(map(str.isalnum, token.text))]
    tall = median(heights) if heights else 30
    found = (_shaped(part, tall) for token in tokens for part in _unjoined(token, tall))
    return [token for token in found if token is not None]


def _unjoined(token: Token, tall: float) -> Iterator[Token]:
    """A token cut where a speck in a blank made one word of two: ``đổi.mới``, ``đôn-đốc``, ``-.Nhóm``."""
    text, start = token.text, 0
    if len(token.glyphs) == len(text) and "@" not in text:
        for at in range(1, len(text) - 1):
            if text[at] in DOTS and at > start and _in_blank(token, at, tall):
                yield _cut(token, start, at)
                start = at + 1
    yield _cut(token, start, len(text)) if start else token


def _in_blank(token: Token, at: int, tall: float) -> bool:
    """Has a sign inside a token a blank around it, and not the shape or place of a printed one?"""
    last, sign, following = token.glyphs[at - 1 : at + 2]
    if following.x0 - last.x1 < BLANK * tall or not (last.x1 <= sign.x0 and sign.x1 <= following.x0):
        return False
    if sign.text == "-" or last.text.isdigit():
        return sign.x1 - sign.x0 < HYPHEN * tall and not following.text.isdigit() and not last.text.isdigit()
    return not following.text.isupper() or abs(sign.bottom - token.base) > LOW * tall


def _cut(token: Token, start: int, end: int) -> Token:
    """The characters of a token from ``start`` to ``end``, as a token."""
    glyphs = token.glyphs[start:end]
    return token._replace(text=token.text[start:end], x0=glyphs[0].x0, x1=glyphs[-1].x1, glyphs=glyphs)


def _shaped(token: Token, tall: float) -> Token | None:
    width, height = token.x1 - token.x0, token.bottom - token.top
    if any(map(str.isalnum, token.text)):
        return token if height >= SPECK * tall else None
    if set(token.text) <= {".", "…"}:
        return token if len(token.text) > 2 else None
    if FLAT * height <= width <= 1.2 * tall and height <= 0.25 * tall:
        return token if token.text in ("-", "–") else token._replace(text="-", sure=min(token.sure, 0.8))
    if set(token.text) <= set(NEVER_ALONE):
        return None
    return token if token.sure > UNSURE else None


def legible(tokens: Sequence[Token], penned: Callable[[Token], bool]) -> list[Token]:
    """The tokens without what pens and seals left: stretches of few words that are mostly guesses or in a
    coloured ink, and a doubtful hyphen that begins no list.

    ``penned``: has the ink of a token a colour that print has not?
    """
    parts = list(stretches(tokens))
    bullets = [part[0].x0 for part in parts if part[0].text in BULLETS]
    found: list[Token] = []
    for part in parts:
        if part[0].text in BULLETS and part[0].sure < LONELY and len(part) > 1:
            alone = sum(abs(part[0].x0 - x0) <= part[0].x1 - part[0].x0 + 8 for x0 in bullets) == 1
            part = part[1:] if alone else part
        if len(part) > 1 and part[-1].text in BULLETS and part[-1].sure < LONELY:
            part = part[:-1]
        if not any(char.isalnum() or char == REPLACEMENT for token in part for char in token.text):
            continue
        few = len(part) <= FEW and not _says_something(part)
        if not few or (sureness(part) >= SCRIBBLE and not all(map(penned, part))):
            found += [token._replace(text=_bare(token)) for token in part]
    return found


def sureness(part: Sequence[Token]) -> float:
    """The mean confidence of some tokens, by their letters."""
    letters = sum(len(token.text) for token in part)
    return sum(token.sure * len(token.text) for token in part) / letters if letters else 0.0


def stretches(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens line by line, lines cut at wide gaps."""
    for _, line in groupby(tokens, key=lambda token: token.line):
        yield from apart(list(line))


def _says_something(part: Sequence[Token]) -> bool:
    """Is a doubtful stretch print all the same: an item of a list, a marked slot, nothing but words?"""
    said = " ".join(token.text for token in part)
    if part[0].text in BULLETS or re.search(FORMS, said):
        return True
    if not all(re.fullmatch(r"[^\W\d_]+[.,:;]?", token.text) for token in part):
        return False
    counted = tally(said)
    return counted.right and counted.total > 1


def apart(line: list[Token]) -> Iterator[list[Token]]:
    """A line cut where its words stand far from each other, as in two columns."""
    part = [line[0]]
    for last, token in pairwise(line):
        if not -30 < token.x0 - last.x1 < 1.5 * max(12, last.bottom - last.top, token.bottom - token.top):
            yield part
            part = []
        part.append(token)
    yield part


def _bare(token: Token) -> str:
    """The text of a token without the strokes and specks that stand before it."""
    return re.sub(r"^(?:[=—_|^°~*\\`‘]+[-=—_|^°~*\\`‘]*|[.,:'’](?!\d+$))(?=[\w/])", "", token.text)


def trust(confidence: float) -> float:
    """The probability that a word of this confidence is read right (:data:`TRUST`)."""
    at = max(1, bisect_left(TRUST, confidence, hi=len(TRUST) - 1, key=lambda point: point[0]))
    (low, p), (high, q) = TRUST[at - 1], TRUST[at]
    return round(p + (q - p) * min(1.0, max(0.0, (confidence - low) / (high - low))), 4)


def error_of(tokens: Sequence[Token]) -> float:
    """The share of characters that are likely wrong, by the confidences of their words."""
    letters = sum(len(token.text) for token in tokens)
    wrong = sum(len(token.text) * (1 - trust(token.sure)) for token in tokens)
    return round(WRONG_LETTERS * wrong / letters, 3) if letters else 0.0
