"""How a batch and its workers talk: a count, the sizes, the parts. No pickle: a worker may have been taken
over.
"""

import struct
from collections.abc import Callable, Sequence
from typing import IO

_MOST_PARTS = 16


def send(file: IO[bytes], parts: Sequence[bytes]) -> None:
    """Write one message of up to 16 parts."""
    file.write(struct.pack(f">B{len(parts)}Q", len(parts), *map(len, parts)))
    for part in parts:
        file.write(part)
    file.flush()


def receive(take: Callable[[int], bytes]) -> list[bytes] | None:
    """The parts of the next message, ``None`` at the end. ``take(n)`` gives n bytes, fewer at the end only.

    Raises :class:`EOFError` where the message breaks off, :class:`ValueError` where it is none.
    """
    head = take(1)
    if not head:
        return None
    if head[0] > _MOST_PARTS:
        raise ValueError(f"a message of {head[0]} parts")
    sizes = struct.unpack(f">{head[0]}Q", _whole(take, 8 * head[0]))
    return [_whole(take, size) for size in sizes]


def _whole(take: Callable[[int], bytes], size: int) -> bytes:
    got = take(size) if size else b""
    if len(got) < size:
        raise EOFError(f"{len(got)} of {size} bytes")
    return got
