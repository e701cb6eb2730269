"""Tokens of Vietnamese text: syllables, numbers with their dots and strokes, signs."""

import re
from collections.abc import Iterator

from extractor.ground.text import Span

#: a token, or a stretch of white space
PIECE = r"\w+(?:[-./]\w+)*|[^\w\s]|\s+"


def tokens(text: str) -> Iterator[Span]:
    """The tokens of ``text`` without the white space between them, in order."""
    for match in re.finditer(PIECE, text):
        if not match[0].isspace():
            yield Span(*match.span())
