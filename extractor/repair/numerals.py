"""Labels of headings that OCR misread: ``H.`` → ``II.``, ``HI.`` → ``III.``, ``L.`` → ``I.``, ``Ì.`` → ``1.``

No letter tells, the order does: of all ways to read the labels of a document the one is taken that counts
I, II, III … with the fewest misreadings (a path of least cost over the labels). A label that fits no count
stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from extractor.ground.numerals import to_roman
from extractor.ground.shape import Shape
from extractor.ground.source import Line, Seen, within
from extractor.ground.text import Edit, Span

RULE = "ocr numeral"
LABEL = Shape(
    "a label at a line's start that may be a Roman number, as OCR may give it",
    r"\s*[^\w\s(]{0,2}\s?(?P<label>[IVXLHTJUƯYÌÍÏilv1|!]{1,6})(?P<mark>[.,:/]{1,2}|\s?[-–./]|\))\s*(?=[\p{Lu}“\"])"
    r"|\s*(?P<label>[IVXHLUƯ]{1,4})(?P<mark>)\s+(?=\p{Lu}{2})",
    yes=(
        "II. NỘI DUNG",
        "HI. Tổ chức",
        "L. Mục đích",
        "1. Mục tiêu",
        "IV- KINH PHÍ",
        "I/ X",
        "U MỤC ĐÍCH",
        "L MỤC ĐÍCH",
    ),
    no=("Hai. A", "2. Yêu cầu", "(1) Ở", "XI măng"),
    how="match",
)
MARK = Shape(
    "a number at a line's start whose full stop was read as another sign",
    r"\s*(?:\d{1,2}|[IVX]{1,4}|[a-zđ])/?(?P<mark>[,;])\s+(?=\p{Lu})",
    yes=("3, Các khoa", "1/, Trạm Y tế", "II, NỘI DUNG"),
    no=("3. Các khoa", "3,5 tỷ", "ba, Các"),
    how="match",
)
SPECK = Shape(
    "specks before the number of a line",
    r"\s*(?P<specks>(?:[^\w\s(“‘+–-]|_){1,3}\s?)(?=(?:\d{1,2}|[IVX]{1,4})[.,)/]\s*\p{Lu})",
    yes=("._5, Kinh phí", "}IV. Tổ chức", '"3. Phạm vi'),
    no=("5. Kinh phí", "(1) Ở xã", "- Từ 5. A"),
    how="match",
)
#: what OCR makes of I, II and V: the letters that may stand behind it, and what each costs
_SEEN_AS = {
    "I": (("I", 0.0),),
    **dict.fromkeys("l1|!ÌÍÏi", (("I", 0.4),)),
    **dict.fromkeys("LTJUƯ", (("I", 0.5),)),
    "H": (("II", 0.3), ("I", 0.6)),
    **dict.fromkeys("vY", (("V", 0.4),)),
}
#: costs: an I, a V or X too few or too many; a number left out; a new count; a label that is no such number
_STROKE, _LETTER, _SKIP, _ANEW, _OTHER = 1.3, 1.6, 2.0, 3.0, 2.0
#: what it costs more to take a 1 for an I: less than to begin a count with II, more than nothing
_ARABIC = 1.0
#: what it costs to leave a 1 uncounted that stands before capitals, with no 2 after it
_LONE = 1.8
_MOST = 20
#: a line's label is 2, in Arabic figures
_SECOND = r"\s*2\s?[.,:)/-]"


class Label(NamedTuple):
    """A label in the text: its span and letters; whether the words behind it are in capitals; whether an
    Arabic 2 follows before the next such label; the mark behind it, ``""`` where it was lost (``U``: ``I/``).
    """

    start: int
    end: int
    text: str
    loud: bool
    second: bool
    mark: str


def numerals(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits for the labels of headings among lines that were read from a picture."""
    yield from _marks(text, lines, seen)
    labels = _labels(text, lines, seen)
    counted = _counted(labels)
    if sum(number is not None for number in counted) < 2:
        return  # one label makes no count
    marks = Counter(label.mark for label in labels if label.mark and label.text != "1")
    usual = marks.most_common(1)[0][0] if marks else "."
    for label, number in zip(labels, counted, strict=True):
        written = to_roman(number) if number else "1" if label.second and len(label.text) == 1 else label.text
        if number and not label.mark:
            written += usual
        if written != label.text:
            yield Edit(label.start, label.end, written, RULE, 0.95)


def _marks(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Edit]:
    """Specks before labels, and full stops behind them that were read as commas."""
    for line in _read(lines, seen):
        start = line.start
        specks = SPECK.re.match(text[start : line.end])
        if specks:
            yield Edit(start + specks.start("specks"), start + specks.end("specks"), "", RULE, 0.9)
            start += specks.end("specks")
        match = MARK.re.match(text[start : line.end])
        if match:
            at = start + match.start("mark")
            yield Edit(at, at + 1, ".", RULE, 0.95)


def _read(lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Line]:
    """The lines that may begin a block and were read from a picture."""
    return (line for line in lines if line.opens is not False and within(seen, Span(line.start, line.end)))


def _labels(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> list[Label]:
    found: list[Label] = []
    for line in _read(lines, seen):
        words = text[line.start : line.end]
        match = LABEL.re.match(words)
        if match:
            start, end = match.span("label")
            behind = words[match.end() :].strip()
            loud = behind.isupper() and len(behind) > 1
            if match["mark"] or loud:
                mark = match["mark"].strip()
                found.append(Label(line.start + start, line.start + end, match["label"], loud, False, mark))
        elif found and re.match(_SECOND, words):
            found[-1] = found[-1]._replace(second=True)
    return found


def _counted(labels: Sequence[Label]) -> list[int | None]:
    """The number of each label, or ``None`` for one that is not counted; the cheapest path over all."""
    paths: dict[int, tuple[float, list[int | None]]] = {0: (0.0, [])}
    for label in labels:
        costs = _costs(label)
        following: dict[int, tuple[float, list[int | None]]] = {}
        for last, (spent, path) in paths.items():
            for number, cost in [(None, _other(label)), *costs.items()]:
                step = 0.0 if number is None else _step(last, number)
                key, total = last if number is None else number, spent + cost + step
                if key not in following or total < following[key][0]:
                    following[key] = (total, [*path, number])
        paths = following
    return min(paths.values(), key=lambda kept: kept[0])[1]


def _step(last: int, number: int) -> float:
    if number == last + 1:
        return 0.0
    return _ANEW if number == 1 else _SKIP * abs(number - last - 1) if number > last else 9.0


def _other(label: Label) -> float:
    """What it costs to leave a label uncounted: little for one that stands before an Arabic 2."""
    if label.text == "1" and label.loud and not label.second:
        return _LONE
    if label.text == "1" or (label.text in "li" and not label.loud):
        return 0.0
    if label.second and len(label.text) == 1 and not label.loud:
        return 0.3
    roman = label.loud or bool(set(label.text) & set("IVX"))
    return _OTHER * len(label.text) * (1.0 if roman else 0.5)


def _costs(label: Label) -> dict[int, float]:
    """Number → what it costs to read the label as that number."""
    found: dict[int, float] = {}
    arabic = _ARABIC if label.text == "1" else 0.0
    for reading in product(*(_SEEN_AS.get(letter, ((letter, 0.0),)) for letter in label.text)):
        strokes, cost = "".join(part for part, _ in reading), arabic + sum(more for _, more in reading)
        for number in range(1, _MOST + 1):
            slips = _slips(strokes, to_roman(number))
            if slips is not None:
                found[number] = min(found.get(number, 99.0), cost + slips)
    return found


def _slips(strokes: str, roman: str) -> float | None:
    """The cost of one letter too many or too few, 0 for none; ``None`` for more."""
    if strokes == roman:
        return 0.0
    short, long = sorted((strokes, roman), key=len)
    if len(long) - len(short) != 1:
        return None
    for at, letter in enumerate(long):
        if long[:at] + long[at + 1 :] == short:
            return _STROKE if letter == "I" else _LETTER
    return None
