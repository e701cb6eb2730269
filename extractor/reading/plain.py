"""Plain text and Markdown: find the encoding, split pages at form feeds, change nothing else.

The order of trials: byte order mark, UTF-16 without mark (by its zero bytes), UTF-8, UTF-8 with a
few bad bytes, Windows-1258 (by combining marks that stand on vowels), Windows-1252. TCVN3, VNI and
their kin come out as their Windows-1252 characters, one for a byte, so that the room ``repair`` can
decode them; statistical detectors fail on exactly those and are not asked.
"""

import codecs
import re

from extractor.ground.source import Source
from extractor.ground.trouble import Trouble
from extractor.reading import compose

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAX_CONTROL_SHARE = 0.05
MAX_GLYPH_SHARE = 0.4  # in good UTF-8: glyph numbers, where spaces and digits are control characters
MAX_NUL_SHARE = 0.001

_CONTROL = r"[\x00-\x08\x0e-\x1b\x7f]"
_CP1258_MARK = "[\u0300\u0301\u0303\u0309\u0323]"
_CP1258_GOOD = "(?i:[aăâeêioôơuưy])[\u0300\u0301\u0303\u0309\u0323]"


def read(content: bytes, name: str, kind: str = "text", ocr: str = "auto") -> Source:
    """The text of ``content`` with ``\\n`` line ends; ``lines`` stays empty, form feeds end pages."""
    raw, notes = decode(content)
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    if not raw.strip():
        raise Trouble("empty", "The file holds nothing but white space", "Check the file and try again.")
    if not _looks_like_text(raw, MAX_CONTROL_SHARE if notes else MAX_GLYPH_SHARE):
        raise Trouble(
            "not_text", "The file is binary data, not text", "Pass a TXT, DOCX, DOC, PDF or HTML file."
        )
    markdown = name.lower().endswith((".md", ".markdown"))
    starts = [0, *(m.end() for m in re.finditer("\f", raw) if m.end() < len(raw))]
    pages = compose.tiled(starts, len(raw))
    return compose.source(content, name, "markdown" if markdown else "text", raw, pages, (), notes)


def decode(content: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The characters of ``content`` and notes ``(code, message)`` about what could not be kept."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _lenient(content[len(mark) :], encoding)
    wide = _wide(content)
    if wide:
        return _lenient(content, wide)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(content):
        return _lenient(content, "utf-8")
    text = content.decode("cp1258", "replace")
    if _is_cp1258(text):
        return text, (("encoding", "read as windows-1258"),)
    return as_cp1252(content), (
        ("encoding", "no Unicode: its bytes were read one by one; the repair names the code page"),
    )


def as_cp1252(content: bytes) -> str:
    """One character a byte: Windows-1252, and Latin-1 for the five bytes that it leaves undefined."""
    if not any(byte in content for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)):
        return content.decode("cp1252")
    table = [bytes([i]).decode("cp1252", "replace") for i in range(256)]
    return content.decode("latin-1").translate({i: c for i, c in enumerate(table) if c != "\ufffd"})


def _lenient(content: bytes, encoding: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError:
        text = content.decode(encoding, "replace")
        return text, (("bad_bytes", f"{text.count(chr(0xFFFD))} characters are no valid {encoding}: U+FFFD"),)


def _wide(content: bytes) -> str:
    """``utf-16-le``/``-be`` where zero bytes fill one side of the pairs, else ``""``."""
    sample = content[:4096]
    pairs = len(sample) // 2
    high, low = sample[1::2].count(0), sample[0::2].count(0)
    if pairs >= 2 and high >= 0.2 * pairs and low <= 0.02 * pairs:
        return "utf-16-le"
    if pairs >= 2 and low >= 0.2 * pairs and high <= 0.02 * pairs:
        return "utf-16-be"
    return ""


def _mostly_utf8(content: bytes) -> bool:
    """Are the bytes UTF-8 with a few bad ones: at least four good sequences for each bad byte?"""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    return good >= 4 * bad


def _is_cp1258(text: str) -> bool:
    """At least five combining tone marks, and nearly all of them on a vowel."""
    marks = len(re.findall(_CP1258_MARK, text))
    return marks >= 5 and len(re.findall(_CP1258_GOOD, text)) >= 0.95 * marks


def _looks_like_text(raw: str, share: float) -> bool:
    controls = len(re.findall(_CONTROL, raw))
    return controls <= share * len(raw) and raw.count("\0") <= MAX_NUL_SHARE * len(raw)
