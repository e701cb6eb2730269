"""Is a PDF damaged inside? A reader takes what it can of a damaged stream and does not say so.

A stream of text (``/FlateDecode``) carries its own proof: its end, and a checksum of what it holds. Streams
of pictures and fonts are left alone, and so is a file that is encrypted.
"""

import re
import zlib

#: bytes that are unpacked to look; what stands beyond is trusted
_MOST = 2**26
_PIECE = 2**20
_HEAD = 500  # bytes before a stream in which its dictionary stands
_BEGIN = rb"(?<!end)stream\r?\n"
_OTHER = rb"/Subtype\s*/Image|/Length1\b|/Filter\s*\[[^\]]*/\w+\s*/"  # pictures, fonts, several filters


def damaged(content: bytes) -> bool:
    """Whether a stream that may hold text is cut, cannot be unpacked, or has not the checksum it names."""
    if b"/Encrypt" in content:
        return False
    left = _MOST
    for match in re.finditer(_BEGIN, content):
        head = content[max(0, match.start() - _HEAD) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if b"/FlateDecode" in head and not re.search(_OTHER, head):
            end = content.find(b"endstream", match.end())
            size = _size(content[match.end() : end if end > 0 else len(content)], left)
            if size is None:
                return True
            left -= size
            if left <= 0:
                break
    return False


def _size(packed: bytes, most: int) -> int | None:
    """How much a stream holds, or ``None`` where it is damaged; no more than ``most`` is looked at."""
    inflate, checksum, size = zlib.decompressobj(-15), 1, 0
    rest = packed[2:]  # behind the head of zlib
    try:
        while rest and not inflate.eof and size < most:
            piece = inflate.decompress(rest, _PIECE)
            rest, size, checksum = inflate.unconsumed_tail, size + len(piece), zlib.adler32(piece, checksum)
        checksum = zlib.adler32(inflate.flush(), checksum) if not rest else checksum
    except zlib.error:
        return None
    if size >= most:
        return size
    said = inflate.unused_data[:4]  # some programs leave it out
    whole = inflate.eof and (len(said) < 4 or int.from_bytes(said, "big") == checksum)
    return size if whole else None
