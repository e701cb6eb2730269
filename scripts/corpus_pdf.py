"""A made document as a digital PDF: A4, 13 points, two columns where the document has them."""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO

from corpus_form import Block, Columns
from corpus_page import font_file
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE, LEADING = "Body", 13, 18
WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 85, 57, 57, 57  # points: margins of 3 cm and 2 cm
GAP = 20


def pdf_bytes(blocks: Sequence[Block]) -> bytes:
    """The document's pages; the same blocks give the same bytes."""
    _font()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    y = HEIGHT - TOP
    for x, row in ((x, row) for block in blocks for x, row in _rows(block)):
        if x is None:
            y -= LEADING
            if y < BOTTOM:
                canvas.showPage()
                y = HEIGHT - TOP
            canvas.setFont(FONT, SIZE)
        else:
            canvas.drawString(x, y, row)
    canvas.save()
    return out.getvalue()


def _rows(block: Block) -> Iterator[tuple[float | None, str]]:
    """Line by line: ``None`` for a new line, then what stands where on it."""
    whole = WIDTH - LEFT - RIGHT
    if not isinstance(block, Columns):
        for line in _wrapped(block.text, whole) or [""]:
            yield None, ""
            yield LEFT, line
        return
    half = (whole - GAP) / 2
    left, right = (_wrapped(side.text, half) for side in (block.left, block.right))
    for n in range(max(len(left), len(right))):
        yield None, ""
        for lines, start in ((left, LEFT), (right, LEFT + half + GAP)):
            if n < len(lines) and lines[n]:
                yield start + (half - pdfmetrics.stringWidth(lines[n], FONT, SIZE)) / 2, lines[n]


def _wrapped(text: str, width: float) -> list[str]:
    return [piece for line in text.split("\n") for piece in simpleSplit(line, FONT, SIZE, width) or [""]]


@cache
def _font() -> None:
    pdfmetrics.registerFont(TTFont(FONT, font_file("Serif", "Regular")))
