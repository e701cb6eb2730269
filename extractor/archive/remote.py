"""Archives at an address (``s3://bucket/plans``, ``file:///shared/plans``), read through fsspec."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from extractor.archive.walk import MOST_NESTED, Item, members, shown
from extractor.ground.files import MAX_BYTES
from extractor.ground.trouble import Missing, Misuse, Trouble


def items(address: str, prefix: str) -> Iterator[Item]:
    """The files below ``address``, sorted. A worker reads each by its own address."""
    system, top = _opened(address)
    try:
        found = system.find(top, detail=True)
    except Exception as error:  # each protocol raises kinds of its own
        raise _refusal(address, error) from error
    if not found:
        raise Misuse("not_found", f"{address}: nothing is there", "Check the address.", stage="archive")
    for path in sorted(found):
        info = found[path]
        label = shown(path[len(top) :].strip("/") or path.rpartition("/")[2])
        url = system.unstrip_protocol(path)
        if label.lower().endswith(".zip"):
            yield from _zip(system, path, prefix + label)
            continue
        yield Item(prefix + label, int(info.get("size") or -1), _stamp(info), partial(content_of, url), url)


def _zip(system: Any, path: str, label: str) -> Iterator[Item]:
    """The files of a zip at an address: the parent reads them."""
    try:
        with system.open(path, "rb") as file:
            yield from members(file, label, [MOST_NESTED], 1)
    except Exception as error:
        yield Item(label, trouble=_refusal(label, error))


def content_of(url: str) -> bytes:
    """The bytes at an address. Raises :class:`Trouble`."""
    system, path = _opened(url)
    try:
        if system.size(path) > MAX_BYTES:
            raise Trouble(
                "too_large", f"larger than {MAX_BYTES // 2**20} MB", "Split the file.", stage="archive"
            )
        content: bytes = system.cat_file(path)
    except Trouble:
        raise
    except FileNotFoundError:
        raise Trouble("vanished", "it is no longer there", "Run again.", stage="archive") from None
    except Exception as error:
        raise _refusal(url, error) from error
    return content


def _stamp(info: dict[str, Any]) -> str:
    """What changes when the file does; protocols have different names for it."""
    for key in ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "created"):
        if info.get(key):
            return str(info[key])
    return ""


def _opened(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        said = "reading from an address needs fsspec"
        raise Missing("no_fsspec", said, "Install kehoach[cluster].", stage="install") from error
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise Misuse(
            "bad_address",
            f"{address}: {error}",
            "Install what it names, or check the address.",
            stage="archive",
        ) from error
    return system, path


def _refusal(address: str, error: Exception) -> Trouble:
    said = f"{address}: {type(error).__name__}: {error}"
    return Trouble("unreachable", said, "Check the address, the rights and the network.", stage="archive")
