"""Put before every Python of a test: an attempt to reach another machine is refused and written down.

An audit hook cannot be taken back, and it sees what a library does behind our back, in worker processes too.
"""

import os
import sys
from typing import Any

_CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")


def _guard(event: str, args: tuple[Any, ...]) -> None:
    if event in _CALLS and not _is_local(args):
        with open(os.environ["KEHOACH_TEST_CALLS"], "a", encoding="utf-8") as file:
            file.write(f"{event} {args[1:] or args}\n")
        raise OSError("no network in this test")


def _is_local(args: tuple[Any, ...]) -> bool:
    """A socket of files is no network."""
    return getattr(args[0], "family", None) == 1


if "KEHOACH_TEST_CALLS" in os.environ:
    sys.addaudithook(_guard)
