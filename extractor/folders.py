"""What the command line reads and where it writes: paths, folders, targets that nobody else has."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from extractor.ground.files import DOCUMENTS, is_system
from extractor.ground.trouble import Misuse

STDIN = "-"


class Input(NamedTuple):
    """One document to read: its path (``None``: standard input) and where its record goes below ``-o``."""

    path: Path | None
    target: Path

    @property
    def shown(self) -> str:
        return str(self.path) if self.path else STDIN


def inputs_of(paths: Iterable[str], output: Path | None) -> tuple[list[Input], list[Path]]:
    """The documents that the given paths name; a folder stands for all files below it, sorted.

    What an earlier run has written below ``output`` is no document. Folders without documents are
    returned beside.
    """
    found: list[Input] = []
    empty: list[Path] = []
    for given in paths:
        path = Path(given)
        if not given:
            raise Misuse("not_found", "an empty path was given", "Name a file or a folder.")
        if given == STDIN:
            found.append(Input(None, Path("stdin.json")))
        elif path.is_dir():
            below = [file for file in _files(path) if not _no_document(file, output)]
            found += [Input(file, target_of(file.relative_to(path))) for file in below]
            if not below:
                empty.append(path)
        else:
            found.append(Input(path, target_of(Path(path.name))))
    if not found:
        raise Misuse("empty_folder", "there is nothing to read", "Give a folder with documents.")
    return found, empty


def one_input(given: str) -> Input:
    """The one document that ``repair`` and ``outline`` take."""
    return Input(None if given == STDIN else Path(given), Path())


def is_database(path: Path) -> bool:
    """Is this file an SQLite database, as a store is?"""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _no_document(file: Path, output: Path | None) -> bool:
    """Lock files, system files and records of an earlier run, which a folder may hold beside documents."""
    if output and output.resolve() in file.resolve().parents and file.suffix == ".json":
        return True
    return is_system(file.name) or file.suffix in (".json", ".part")


def target_of(path: Path) -> Path:
    """Where a record goes: the file's name without its suffix (``12.KH-UBND`` has none)."""
    name = path.stem if path.suffix.lower() in DOCUMENTS else path.name
    return path.with_name(name + ".json")


def free_target(target: Path, one: Input, taken: set[Path]) -> Path:
    """A target that no earlier input of this run has: ``a.docx`` beside ``a.pdf`` keeps its suffix."""
    if target in taken and one.path:
        target = target.with_name(one.path.name + ".json")
    number, first = 2, target
    while target in taken:
        target = first.with_name(f"{first.stem}-{number}.json")
        number += 1
    taken.add(target)
    return target


def spared(target: Path, inputs: Iterable[Input]) -> Path:
    """``target``, unless it is a document that is read, or a file that ``extract`` has not written: what is
    written never takes the place of either.
    """
    from extractor.interop.ours import refuse_others

    paths = (one.path for one in inputs if one.path and one.path.exists())
    if target.exists() and any(map(target.samefile, paths)):
        said = f"{target} is the document itself"
        raise Misuse("cannot_write", said, "Choose another folder with -o.", stage="record")
    refuse_others(target)
    return target


def check_folder(folder: Path) -> None:
    """Raise :class:`Misuse` where nothing can be written into ``folder``, be it there or not."""
    there = next((path for path in (folder, *folder.parents) if os.path.lexists(path)), folder)
    if not there.is_dir():
        why = f"{there} is a file"
    elif not os.access(there, os.W_OK | os.X_OK):
        why = f"{there}: nobody may write there"
    else:
        return
    raise Misuse("cannot_write", why, "Name a folder with -o.", stage="record")


def write_whole(target: Path, words: str) -> None:
    """Write whole or not at all."""
    part: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(".part", ".kehoach-", target.parent)
        part = Path(name)
        with open(handle, "w", encoding="utf-8", newline="\n", errors="replace") as file:
            file.write(words)
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        if part:
            part.unlink(missing_ok=True)
        remedy = "Choose another folder with -o, or a shorter name."
        raise Misuse("cannot_write", f"{target}: {error.strerror}", remedy, stage="record") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
