"""How alike two texts are, told from 64 numbers each instead of from the texts.

The bottom-k sketch (Broder, 1997): the k least hashes of a text's shingles, here of four words. A quarter
of the shingles is enough, those whose first word says so; letters count without their marks, so that a scan
that loses some tones is still like its Word file.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from zlib import crc32

SIZE = 64
_EVERY = 4  # one word in so many begins a shingle
_SPREAD = 2654435761  # Knuth's multiplier: neighbours in, strangers out


def sketch(text: str) -> list[int]:
    """The 64 least hashes (fewer of a short text), ascending."""
    letters = unicodedata.normalize("NFD", text).encode("ascii", "ignore").translate(_plain())
    hashes = list(map(crc32, letters.split()))
    shingles = {
        (31 * first + 17 * hashes[n + 1] + 7 * hashes[n + 2] + hashes[n + 3]) * _SPREAD & 0xFFFFFFFF
        for n, first in enumerate(hashes[:-3])
        if first % _EVERY == 0
    }
    return sorted(shingles)[:SIZE]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of shingles that two texts have in common (Jaccard), as estimated from their sketches."""
    least = sorted({*one, *other})[:SIZE]
    shared = {*one} & {*other}
    return sum(hashed in shared for hashed in least) / len(least) if least else 0.0


@cache
def _plain() -> bytes:
    """A table for ``bytes.translate``: small letters and digits, all else blank."""
    return bytes(byte if chr(byte).isalnum() else 32 for byte in bytes(range(128)).lower()) + b" " * 128
