"""Signatures that pens and seals disturb: the marks of a surname, ``PHÓ`` under a seal.

Who signs for the head (``KT. CHỦ TỊCH``) is a deputy, so the post below begins with ``PHÓ`` (Nghị định
30/2020/NĐ-CP, Phụ lục I, mục II.7). Surnames are few: where the first word of a name below a post is none,
and one surname has its letters with other marks, that one is meant. Both are guesses with a probability.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.ground.formulas import signs
from extractor.ground.names import DEGREE, person_name, surnames
from extractor.ground.shape import Shape
from extractor.ground.source import Line, Seen, within
from extractor.ground.text import Edit, Span
from extractor.ground.vietnamese import strip_tones

RULE = "ocr signature"
FOR_HEAD = Shape(
    "a line that says for which head somebody signs",
    r"\s*[KX]\s?[/.]?\s?T[.,/]?\s?(?P<post>\p{Lu}{3,}(?: [\p{Lu}-]+)+)\W*",
    yes=("KT. CHỦ TỊCH", "K/T TRƯỞNG PHÒNG", "KT.GIÁM ĐỐC"),
    no=("TM. ỦY BAN NHÂN DÂN", "KT. Chủ tịch", "TL. CHỦ TỊCH", "KT. 5"),
)
#: how many lines may stand between a post and a name (``(đã ký)``, what a pen left), and how long those are
_BETWEEN, _SHORT = 3, 12
#: how long what is left of a word ``PHÓ`` is at most
_LEFT = 5


def signatures(text: str, lines: Sequence[Line], seen: Sequence[Seen]) -> Iterator[Edit]:
    """Edits for posts and names among the lines that were read from a picture."""
    read = [line for line in lines if within(seen, Span(line.start, line.end))]
    for first, second in pairwise(read):
        yield from _deputy(text, first, second)
    below = -1
    for line in read:
        words = text[line.start : line.end]
        if signs(words.strip()):
            below = 0
        elif 0 <= below <= _BETWEEN:
            edit = _surname(line.start, words)
            if edit:
                yield edit
            below = below + 1 if len(words.strip()) <= _SHORT else -1


def _deputy(text: str, first: Line, second: Line) -> Iterator[Edit]:
    """``PHÓ`` before a post that repeats the head's, or instead of what else stands before it there."""
    head = FOR_HEAD.re.fullmatch(text[first.start : first.end])
    if head is None:
        return
    below = re.fullmatch(
        rf"\s*(?P<rest>.{{0,{_LEFT}}}?)\s?{re.escape(head['post'])}\W*", text[second.start : second.end]
    )
    if below and not re.search(r"(?i)ph|q|\bt\.?m|[kt]\.?[tl]", strip_tones(below["rest"])):
        start, end = (second.start + at for at in below.span("rest"))
        yield Edit(start, end, "PHÓ" if below["rest"] else "PHÓ ", RULE, 0.9)


def _surname(start: int, words: str) -> Edit | None:
    """The edit that gives the first word of a name the marks of the one surname with its letters."""
    bare = words.strip(" *_().,;:/\n")
    begin = words.find(bare)
    degree = DEGREE.re.match(bare)
    begin += degree.end() if degree else 0
    match = re.match(r"(?P<name>[^\W\d_]{2,}) [^\W\d_]+", words[begin:])
    if match is None or match["name"].lower() in surnames():
        return None
    letters = strip_tones(match["name"].lower())
    like = [name for name in surnames() if strip_tones(name) == letters and len(name) == len(match["name"])]
    if len(like) != 1:
        return None
    name = like[0].upper() if match["name"].isupper() else like[0].capitalize()
    rest = words[begin + match.end("name") :]
    if person_name(name + rest) is None:
        return None
    return Edit(start + begin, start + begin + len(name), name, RULE, 0.9)
