"""One kind of line end: ``\\n``. Others, and those written out as text, become it.

Literal ``\\r\\n`` and ``<br>`` are left by pages that were scraped (a backslash, an r …).
"""

import re
from collections.abc import Iterator
from functools import cache

from extractor.ground.text import Edit

_SIGNS = ("\r", "\\n", "<br", "<BR", "<Br", "\u2028", "\u2029", "\u0085", "\v")


def line_ends(text: str) -> Iterator[Edit]:
    """Edits that turn every other line end of ``text`` into ``\\n``."""
    if not any(sign in text for sign in _SIGNS if sign[0] in text):  # one character is found far sooner
        return
    for match in _other().finditer(text):
        if match[0] == "\r\n":
            yield Edit(match.start(), match.start() + 1, "", "line end")
        else:
            yield Edit(match.start(), match.end(), "\n", "line end")


@cache
def _other() -> re.Pattern[str]:
    written = r"(?:\\r)?\\n(?![a-z])|<[bB][rR] ?/?>"
    return re.compile(rf"\r\n|\r|[\u2028\u2029\u0085\v]|{written}")
