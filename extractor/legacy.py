"""The legacy code pages of Vietnamese as Python codecs: TCVN3, VNI, VISCII, VPS and their kin.

>>> from extractor import legacy
>>> legacy.decode("KÕ ho¹ch n¨m 2004".encode("latin-1"), "tcvn3")
'Kế hoạch năm 2004'

After ``legacy.register()`` they work wherever Python takes an encoding: ``bytes.decode("vni")``,
``open(path, encoding="tcvn3")``. The tables are those of the repair (``tables/charmaps``); a byte that a
table leaves free means what it means in Windows-1252, as Word's fonts had it. Nothing is guessed here: what
encoding a text is in, and where a full stop is no mark of VIQR, the repair tells. VISCII, VPS, BK HCM 1 and
ISC use those bytes for letters, so that curly quotes and dashes have no code there.
"""

import codecs
from functools import partial
from typing import Any

from extractor.ground.charmaps import Charmap, charmap, charmaps

__all__ = ["decode", "encode", "names", "register"]

_KINDS = ("charmap", "marks")  # the others only tell how a text was spoilt


def names() -> tuple[str, ...]:
    """The code pages that can be decoded and encoded, the likelier ones first."""
    return tuple(each.name for each in charmaps() if each.kind in _KINDS)


def decode(content: bytes, name: str) -> str:
    """The text of ``content`` in the code page ``name``; every byte means something.

    Raises ``LookupError`` for a name that is not among :func:`names`.
    """
    page = _page(name)
    return page.decode(content.decode("latin-1")).translate(_free())


def encode(text: str, name: str, errors: str = "strict") -> bytes:
    """``text`` (NFC) in the code page ``name``; a capital that it has no code for becomes the small letter.

    ``errors``: as in ``str.encode``, for characters that the code page lacks. Raises ``LookupError`` for an
    unknown name, ``UnicodeEncodeError`` for such a character where ``errors`` is ``"strict"``.
    """
    page = _page(name)
    used = {char for broken in page.letters for char in broken}
    parts = []
    for place, char in enumerate(text):
        if char < "\x80" or page.knows(char):
            parts.append(page.encode(char).encode("latin-1"))
        elif (byte := char.encode("cp1252", "ignore")) and byte.decode("latin-1") not in used:
            parts.append(byte)
        else:
            parts.append(_unknown(page.name, text, place, errors))
    return b"".join(parts)


def register() -> None:
    """Make Python know the code pages by their names (once for the whole program)."""
    codecs.register(_search)


def _page(name: str) -> Charmap:
    found = charmap(name.lower().replace("-", "_"))
    if found.kind not in _KINDS:
        raise LookupError(f"{name} is no code page to write or read; use one of {', '.join(names())}")
    return found


def _unknown(name: str, text: str, place: int, errors: str) -> bytes:
    error = UnicodeEncodeError(name, text, place, place + 1, "not in this code page")
    new, _ = codecs.lookup_error(errors)(error)
    return new.encode("latin-1") if isinstance(new, str) else new


def _free() -> dict[int, str]:
    """What bytes from 80 to 9F show as in Windows-1252, for those that a table has left."""
    pairs = ((byte, bytes([byte]).decode("cp1252", "ignore")) for byte in range(0x80, 0xA0))
    return {byte: char for byte, char in pairs if char}


def _search(name: str) -> codecs.CodecInfo | None:
    if name not in names():
        return None
    return codecs.CodecInfo(
        encode=lambda text, errors="strict": (encode(text, name, errors), len(text)),
        decode=lambda content, errors="strict": (decode(bytes(content), name), len(content)),
        incrementalencoder=partial(_Encoder, name),
        incrementaldecoder=partial(_Decoder, name),
        name=name,
    )


class _Encoder(codecs.IncrementalEncoder):
    """Every character is encoded for itself."""

    def __init__(self, name: str, errors: str = "strict") -> None:
        super().__init__(errors)
        self.name = name

    def encode(self, input: str, final: bool = False) -> bytes:
        return encode(input, self.name, self.errors)


class _Decoder(codecs.BufferedIncrementalDecoder):
    """Letters of several bytes never span a line end, so whole lines are decoded, and the rest at last."""

    def __init__(self, name: str, errors: str = "strict") -> None:
        super().__init__(errors)
        self.name = name

    def _buffer_decode(self, input: Any, errors: str, final: bool) -> tuple[str, int]:
        end = len(input) if final else bytes(input).rfind(b"\n") + 1
        return decode(bytes(input[:end]), self.name), end
