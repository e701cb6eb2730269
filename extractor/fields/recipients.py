"""``recipients``: the items of Nơi nhận, the archive copy included."""

from collections.abc import Iterator

from extractor.ground.field import Field, Finding
from extractor.ground.formulas import ARCHIVE_ITEM, RECIPIENTS
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span

ITEM = Shape(
    "a new item within a line: behind a semicolon, or a dash with room before it",
    r";\s*+(?=[-–+•*]|\p{Lu}|\d)|(?<=[;,.\s])\s{2,40}(?=[-–+•]\s?\p{L})|\s{1,40}(?=[-–]\s?Lưu(?!\p{L}))",
    yes=("A; B", "A;- B", "A; 06 xã"),
    no=(", ",),
)
MARK = Shape("the mark of an item", r"[\s\-–—+•*·\uf0b7\uf02d]+", yes=("- ", "+ ", "• "), no=("a",))


def find(paper: Paper) -> list[Finding]:
    """One finding an item, in order; heads of groups (``Gửi bản điện tử:``) are none."""
    found: list[Finding] = []
    for span in _items(paper):
        words = _clean(span.of(paper.text))
        if not words or (words.endswith(":") and not ARCHIVE_ITEM.re.match(words)):
            continue
        score = 0.95 if paper.text[span.start : span.start + 1].strip() else 0.9
        found.append(Finding(words, (span,), "recipients_item", score))
    return found


def _items(paper: Paper) -> Iterator[Span]:
    """The items' spans; a line without a mark goes on with the item before, unless that ended.

    Where items have marks, a line without one is no item of its own.
    """
    text = paper.text
    pieces = [piece for line in _listed(paper) for piece in _pieces(text, line)]
    marked = sum(bool(MARK.re.match(piece.of(text))) for piece in pieces) >= len(pieces) / 2
    pending: Span | None = None
    for piece in pieces:
        words = piece.of(text)
        starts = bool(MARK.re.match(words) or ARCHIVE_ITEM.re.match(words)) or _heads_group(words)
        if pending and not starts and not _ended(pending.of(text), marked):
            pending = Span(pending.start, piece.end)
            continue
        if pending:
            yield _unmarked(text, pending)
        pending = piece
    if pending:
        yield _unmarked(text, pending)


def _listed(paper: Paper) -> Iterator[Span]:
    """The lines of the list, without its head."""
    for span, words in paper.lines("recipients"):
        head = RECIPIENTS.re.match(words)
        rest = Span(span.start + head.end(), span.end) if head else span
        if rest.end > rest.start:
            yield rest


def _heads_group(words: str) -> bool:
    return words.rstrip().endswith(":") and words.strip().lower().startswith("gửi")


def _ended(words: str, marked: bool) -> bool:
    """Whether an item is complete: a final mark; without marks before the items, balanced brackets too."""
    words = words.rstrip()
    if words.endswith((";", ".", ":")):
        return True
    return not marked and words.count("(") <= words.count(")") and not words.endswith((",", "-", "và"))


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in ITEM.re.finditer(text, span.start, span.end):
        end = match.start() + (text[match.start()] == ";")
        if text[start:end].strip():
            yield Span(start, end)
        start = match.end()
    if text[start : span.end].strip():
        yield Span(start, span.end)


def _unmarked(text: str, span: Span) -> Span:
    match = MARK.re.match(text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def _clean(words: str) -> str:
    words = " ".join(words.split())
    while words and words[-1] in ";., ":
        words = words[:-1]
    return words.strip(" *_")


FIELD = Field("recipients", "items of Nơi nhận", str, find, rank=170, many=True)
