"""What an archive holds: every file of a folder, of a zip, of zips within, or of a list; sorted, one at a
time.

Nothing is unpacked to disk. A name inside a zip is only a label: one that points out of the zip is refused.
"""

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import IO

from extractor.ground.files import MAX_BYTES, is_system, swollen
from extractor.ground.trouble import Misuse, Trouble

DEEPEST = 3  # zips within zips
MOST_NESTED = 4 * 2**30  # bytes that the zips within one zip may unpack to, all told
MOST_MEMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the archive.

    ``path``: its label, with ``/``; in a zip ``plans.zip/inner/name.pdf``. ``size``: bytes. ``stamp``: time
    of change, or checksum. ``read`` gives the bytes and raises :class:`Trouble`; with ``url`` a worker can
    read them itself. ``trouble``: why the file is not read; ``skipped``: it is no document, which is no
    failure.
    """

    path: str
    size: int = -1
    stamp: str = ""
    read: Callable[[], bytes] = bytes
    url: str = ""
    trouble: Trouble | None = None
    skipped: bool = False


def walk(roots: Sequence[str], own: Path | None = None) -> Iterator[Item]:
    """The files below ``roots`` (folders, zips, files, addresses), without ``own``, the store and its
    companions.

    One root names its files from itself on; of several, each file's path begins with its root as given.
    Raises :class:`Misuse` as :func:`check` does.
    """
    check(roots)
    for root in sorted(roots):
        prefix = "" if len(roots) == 1 else root.replace(os.sep, "/").strip("/") + "/"
        yield from below(root, prefix, own)


def below(root: str, prefix: str, own: Path | None = None) -> Iterator[Item]:
    """The files of one root, whose paths begin with ``prefix``."""
    if "://" in root:
        from extractor.archive.remote import items

        yield from items(root, prefix)
        return
    try:
        Path(root).stat()
    except OSError as error:  # one of many: it costs itself alone
        yield Item(shown(prefix.rstrip("/") or Path(root).name), trouble=_unreadable(error))
    else:
        yield from _local(Path(root), prefix, own)


def check(roots: Sequence[str]) -> None:
    """Raise :class:`Misuse` where nothing is given, or the one root is not there."""
    if not roots:
        raise Misuse("not_found", "no archive was given", "Name a folder, a zip or files.", stage="archive")
    if len(roots) == 1 and "://" not in roots[0]:
        try:
            Path(roots[0]).stat()
        except OSError as error:
            said = f"{roots[0]}: {error.strerror}"
            raise Misuse("not_found", said, "Check the path.", stage="archive") from error


def count(roots: Sequence[str], own: Path | None = None) -> int:
    """How many files :func:`walk` gives; what stands in zips is counted, nothing else is opened."""
    return sum(1 for _ in walk(roots, own))


def _local(root: Path, prefix: str, own: Path | None) -> Iterator[Item]:
    if root.is_dir():
        base = root.resolve()
        for path in _below(root):
            if not (own and _is_store(path, own)):
                yield from _file(path, prefix + path.relative_to(root).as_posix(), base)
    elif root.exists() and _is_zip(root):
        yield from _file_or_zip(root, prefix.rstrip("/"))
    else:
        yield from _file(root, prefix.rstrip("/") or root.name, None)


def _is_store(path: Path, own: Path) -> bool:
    names = {own.name + ending for ending in ("", "-wal", "-shm", "-journal", ".lock")}
    return path.name in names and path.parent.resolve() == own.parent.resolve()


def _below(top: Path) -> Iterator[Path]:
    """Files, and folders that are not entered, in order; links to folders are not followed."""
    waiting = [(str(top), True)]  # the next one last; no recursion: folders may be nested a thousand deep
    while waiting:
        path, enter = waiting.pop()
        if not enter:
            yield Path(path)
            continue
        try:
            with os.scandir(path) as found:
                entries = [(entry.name, entry.path, entry.is_dir(follow_symlinks=False)) for entry in found]
        except OSError:
            yield Path(path)  # said by whoever reads it
            continue
        entries.sort(key=lambda entry: _order(entry[0], entry[2]), reverse=True)
        waiting += [(inner, folder and not name.startswith(".")) for name, inner, folder in entries]


def _file(path: Path, label: str, base: Path | None) -> Iterator[Item]:
    label = shown(label)
    try:
        why, zipped = _no_document(path.name) or _stray(path, base), _is_zip(path)
    except (OSError, RuntimeError) as error:  # no right to look, or links that go in a circle
        broken = error if isinstance(error, OSError) else OSError("a link that leads nowhere")
        yield Item(label, trouble=_unreadable(broken))
        return
    if why:
        yield Item(label, trouble=why, skipped=True)
    elif zipped:
        yield from _file_or_zip(path, label)
    else:
        yield _on_disk(path, label)


def _on_disk(path: Path, label: str) -> Item:
    try:
        status = path.stat()
    except OSError as error:
        return Item(label, trouble=_unreadable(error))
    stamp = str(status.st_mtime_ns)
    if not S_ISREG(status.st_mode):
        locked = path.is_dir() and not path.is_symlink()
        what = "a folder that cannot be opened" if locked else "a link to a folder, a device or a pipe"
        return Item(label, -1, stamp, trouble=_skip("no_file", what), skipped=not locked)
    if status.st_size > MAX_BYTES:
        return Item(label, status.st_size, stamp, trouble=_too_large())

    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _unreadable(error) from error

    return Item(label, status.st_size, stamp, read)


def _order(name: str, folder: bool = False) -> str:
    """What names are sorted by, so that whole paths come in the order of their characters."""
    return name + "/" if folder or name.lower().endswith(".zip") else name


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and path.is_file()


def _file_or_zip(path: Path, label: str) -> Iterator[Item]:
    stamp = ""
    try:
        stamp = str(path.stat().st_mtime_ns)
        with path.open("rb") as file:
            yield from members(file, label, [MOST_NESTED], 1)
    except OSError as error:
        yield Item(label or shown(path.name), stamp=stamp, trouble=_unreadable(error))


def members(file: IO[bytes], label: str, budget: list[int], depth: int) -> Iterator[Item]:
    """The files of a zip. ``budget``: bytes that zips within it may still unpack to, all together."""
    try:
        opened = zipfile.ZipFile(file)
    except Exception as error:  # every kind of exception comes out of damaged zips
        trouble = _damaged("the zip cannot be opened")
        if not label:
            raise trouble from error
        yield Item(label, trouble=trouble)
        return
    with opened:
        infos = sorted(opened.infolist(), key=lambda info: _order(_name(info)))
        if len(infos) > MOST_MEMBERS:
            said = f"the zip names more than {MOST_MEMBERS:,} files"
            yield Item(label, trouble=Trouble("too_large", said, "Unpack it and give the folder."))
        for info in islice(infos, MOST_MEMBERS):
            if not info.is_dir():
                yield from _member(opened, info, label, budget, depth)


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, budget: list[int], depth: int
) -> Iterator[Item]:
    name = _name(info)
    parts = name.replace("\\", "/").split("/")
    path, stamp = shown(f"{label}/{name}" if label else name), f"{info.CRC:08x}"
    trouble = _unsafe(name, parts, info)
    hidden = next((why for part in parts[:-1] if (why := _no_folder(part))), None) or _no_document(parts[-1])
    if trouble or hidden:
        yield Item(path, info.file_size, stamp, trouble=trouble or hidden, skipped=trouble is None)
    elif parts[-1].lower().endswith(".zip"):
        yield from _nested(opened, info, path, budget, depth)
    else:
        yield Item(path, info.file_size, stamp, lambda: _unpacked(opened, info))


def _nested(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, budget: list[int], depth: int
) -> Iterator[Item]:
    budget[0] -= info.file_size
    if depth >= DEEPEST or budget[0] < 0:
        said = f"zips are opened {DEEPEST} deep and to {MOST_NESTED // 2**30} GB"
        trouble = Trouble("too_deep", said, "Unpack it and give the folder.", stage="archive")
        yield Item(path, info.file_size, f"{info.CRC:08x}", trouble=trouble)
        return
    try:
        content = _unpacked(opened, info)
    except Trouble as trouble:
        yield Item(path, info.file_size, f"{info.CRC:08x}", trouble=trouble)
        return
    yield from members(BytesIO(content), path, budget, depth + 1)


def _unpacked(opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        with opened.open(info) as member:
            content = member.read(MAX_BYTES + 1)
    except MemoryError:
        raise _too_large() from None
    except Exception as error:  # bad checksums, unknown packing, cut ends
        raise _damaged(f"the zip's member cannot be unpacked: {error}") from error
    if len(content) > MAX_BYTES:
        raise _too_large()
    return content


def _unsafe(name: str, parts: Sequence[str], info: zipfile.ZipInfo) -> Trouble | None:
    if ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":":
        said = "the name points out of the zip"
        return Trouble("unsafe_name", said, "Unpack the zip with care and give the folder.", stage="archive")
    if info.flag_bits & 1:
        return Trouble("encrypted", "the zip has a password", "Unpack it and give the folder.")
    if info.file_size > MAX_BYTES:
        return _too_large()
    if swollen(info.file_size, info.compress_size):
        return Trouble("too_large", "it unpacks to far more than any document", "Look at it by hand.")
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag for UTF-8 it may be UTF-8 all the same: Python has read it as
    CP437.
    """
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def shown(label: str) -> str:
    """A label as text that any database takes: a byte that is no UTF-8 becomes its number, ``\\xea``."""
    return label.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _no_document(name: str) -> Trouble | None:
    """Why a file of this name is no document: system and lock files, records of an earlier run."""
    low = name.lower()
    if low.startswith("."):
        return _no_folder(name)
    if is_system(name):
        return _skip("system_file", "a file of the operating system or of an open program")
    if low.endswith((".json", ".jsonl", ".part")):
        return _skip("no_document", "data, no document")
    return None


def _no_folder(name: str) -> Trouble | None:
    """Why a folder of a zip holds no documents."""
    if name == "__MACOSX":
        return _skip("system_file", "a file of the operating system or of an open program")
    return _skip("hidden", "a hidden file or folder") if name.startswith(".") and name != "." else None


def _stray(path: Path, base: Path | None) -> Trouble | None:
    """A link that leads out of the archive would bring in what nobody has given."""
    if base is None or not path.is_symlink():
        return None
    if path.exists() and not path.resolve().is_relative_to(base):
        return _skip("link", "a link that leads out of the archive")
    return None


def _skip(code: str, said: str) -> Trouble:
    return Trouble(code, said, "Nothing to do.", stage="archive")


def _too_large() -> Trouble:
    return Trouble("too_large", f"larger than {MAX_BYTES // 2**20} MB", "Split the file.", stage="archive")


def _damaged(said: str) -> Trouble:
    return Trouble("damaged", said, "Get another copy.", stage="archive")


def _unreadable(error: OSError) -> Trouble:
    gone = isinstance(error, FileNotFoundError)
    code, remedy = (
        ("vanished", "Check the path, and run again.")
        if gone
        else ("unreadable_file", "Check the file's permissions.")
    )
    return Trouble(code, error.strerror or "it cannot be read", remedy, stage="archive")
