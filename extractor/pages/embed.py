"""What goes into a page as it is: its own styles and scripts, and data that no script or comment can end."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

#: what could end the element that holds data or open a comment in it, and what JavaScript once took for
#: line ends
_RISKY = re.compile("[<>&\u2028\u2029\ufffe\uffff\ud800-\udfff]")


@cache
def inline(package: str, name: str) -> str:
    """A style or script of ours, to stand in its element as it is.

    Raises :class:`ValueError` for one that could end its element or open a comment: a bug of ours, as
    nothing of a document ever goes in.
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
    if re.search(r"(?i)</(?:script|style)|<!--", text):
        raise ValueError(f"{package}/{name} would end its own element")
    return text


def sealed(data: Any) -> str:
    """``data`` as JSON that stands in a ``<script type="application/json">``: no ``<`` at all, and it
    parses back.

    Lone surrogates become U+FFFD. Raises :class:`ValueError` for NaN and infinities, :class:`TypeError` for
    what JSON does not have.
    """
    return _RISKY.sub(_escaped, json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{0xFFFD if 0xD800 <= code < 0xE000 else code:04x}"


def writable(page: str) -> str:
    """The page without what no file can hold: lone surrogates become U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", page)


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """The Content-Security-Policy of a page: these styles and scripts, pictures inside the file, nothing
    else.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digests(scripts)}",
            f"style-src {_digests(styles)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digests(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests) or "'none'"
