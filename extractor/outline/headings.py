"""Which words of a numbered item are its heading, and which are already its text."""

from extractor.ground.shape import Shape
from extractor.ground.text import Span

_MAX_RUN_IN = 170
_MAX_BARE = 130
_SHORT = 80
_NAME = 45

RUN_IN = Shape(
    "the colon that ends a run-in heading: new words with a capital, a quote or a figure follow",
    r":(?!//)(?!\d)(?=\s*[\p{L}“\"‘(\d])",
    yes=("Thời gian: Từ", "Phạm vi: toàn xã"),
    no=("địa chỉ http://abc", "09:30"),
)
LEADS_ON = Shape(
    "words before a colon that announce a list within the sentence: no heading ends so",
    r"(?i)(?:,\s*(?:gồm|bao gồm|cụ thể|như|trong đó|đó là)|(?<!\p{L})(?:gồm|bao gồm|gồm có|như|như sau"
    r"|sau đây|là|rằng|tại địa chỉ|trong|về|của|với|cho|để|các|từ|địa chỉ|email|điện thoại))\s*$",
    yes=(", gồm", " như sau", "bao gồm"),
    no=("Thời gian", "Nội dung gồm có phần"),
)
LIST_FOLLOWS = Shape(
    "the end of a sentence whose list stands below",
    r"(?i)(?:với|bằng|theo|gồm|cho|tại)\s(?:[^:;.]{0,60}\s)?(?:sau|sau\s+đây|như\s+sau)\s*:$",
    yes=("Treo băng rôn với các khẩu hiệu sau:",),
    no=("Các nội dung sau:", "Với nội dung:"),
)
SENTENCE_END = Shape(
    "a full stop inside: what follows is text (abbreviated titles such as Ông. TS. aside)",
    r"(?<!\b(?:Ông|Bà|TS|ThS|PGS|GS|BS|Tp|TP|Đ/c|PCT|CT|St|H))\.\s+(?=\p{Lu})",
    yes=("Rà soát. Báo cáo",),
    no=("Ông. Hà", "TS. Hà"),
)


def title_of(text: str, span: Span, style: str, has_children: bool) -> tuple[Span | None, Span]:
    """The heading within a numbered item's words, and what follows it.

    ``span`` starts behind the label and ends before the item's first child. A heading is what
    stands before a run-in colon (``2. Thời gian: Từ ngày …``) or a whole first line that ends no
    sentence; an item that is a plain sentence has none (``None`` and the span unchanged). Capital
    lines that go on in the next line are one heading.
    """
    line_end = _first_line(text, span)
    if line_end == span.start:
        return None, span
    words = text[span.start : line_end]
    colon = _run_in(words)
    if colon is not None:
        after = text.find(":", span.start + colon, span.end) + 1
        return _trimmed(text, span.start, span.start + colon), Span(after, span.end)
    below = has_children or bool(text[line_end : span.end].strip())
    if words.isupper() or (style.startswith("part") and not style.endswith("điều")):
        if _goes_on(words):
            line_end = _more_capitals(text, line_end, span.end)
    elif not _bare_heading(words.strip(), below) and not _bare_roman(words.rstrip(), style, below):
        return None, span
    return _trimmed(text, span.start, line_end), Span(line_end, span.end)


def _first_line(text: str, span: Span) -> int:
    """The end of the first line with words, from the span's start."""
    at = span.start
    while at < span.end:
        stop = text.find("\n", at, span.end)
        stop = span.end if stop < 0 else stop
        if text[at:stop].strip():
            return stop
        at = stop + 1
    return span.start


def _run_in(words: str) -> int | None:
    """Where the colon of a run-in heading stands in ``words``; ``None`` where there is none."""
    for match in RUN_IN.re.finditer(words, 0, _MAX_RUN_IN):
        before = words[: match.start()]
        if (
            not before.strip()
            or SENTENCE_END.re.search(before)
            or (before[-1:].isdigit() and words[match.end() : match.end() + 1].isdigit())
        ):
            return None
        if before.count("“") > before.count("”") or before.count("(") > before.count(")"):
            continue
        lead = LEADS_ON.re.search(before)
        if lead:
            return lead.start() if lead.group().startswith(",") and lead.start() <= _NAME else None
        small = words[match.end() :].lstrip()[:1].islower()
        return match.start() if not small or len(before) <= _SHORT else None
    return None


def _bare_heading(words: str, below: bool) -> bool:
    """Whether a line without run-in text is a heading rather than a sentence."""
    if words.endswith((".", ";", ",", "!", "…", "/")) or SENTENCE_END.re.search(words):
        return words.isupper()
    if words.endswith(":"):
        return below and len(words) <= 4 * _MAX_BARE and not LIST_FOLLOWS.re.search(words)
    return below


def _bare_roman(words: str, style: str, below: bool) -> bool:
    """Whether a Roman item in small letters is a heading: any short one but a sentence that stands alone."""
    return style == "roman" and len(words) <= _MAX_BARE and (below or not words.endswith((".", ";")))


def _goes_on(words: str) -> bool:
    """Whether a heading in capitals can go on in the next line: it is long, or ends in the middle."""
    words = words.strip()
    return len(words) > 40 or not words or OPEN_END.re.search(words) is not None


OPEN_END = Shape(
    "words that cannot end a heading",
    r"(?:[,\-–]|(?<!\p{L})(?:VÀ|CỦA|CÁC|CHO|VỀ|TRONG|THỰC|TẠI|VỚI|TỪ|ĐỂ|CÔNG))$",
    yes=("MỤC ĐÍCH,", "TỔ CHỨC VÀ"),
    no=("CHỦ ĐỀ", "NỘI DUNG"),
)


def _more_capitals(text: str, end: int, limit: int) -> int:
    """The end of a heading in capitals that goes on in the following lines."""
    while end < limit:
        stop = text.find("\n", end + 1, limit)
        stop = limit if stop < 0 else stop
        line = text[end + 1 : stop].strip()
        if not line.isupper() or not line[:1].isalpha() or len(line) > 200 or text[end - 1 : end] in ".:;":
            break
        end = stop
    return end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ":.;,"):
        end -= 1
    return Span(start, end) if end > start else None
