"""What a report is made of: full records with their paths, from a folder, a JSON Lines file or one record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.ground.trouble import Misuse, Trouble
from extractor.record import SCHEMA

_MOST_BYTES = 2**26  # of one record


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of an archive: where it lies there, and its full record as JSON data."""

    path: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or line that is no full record, and why: it is named, and the rest goes on."""

    path: str
    trouble: Trouble


def entries_of(source: Path) -> Iterator[Entry | Skipped]:
    """The records that ``source`` holds, sorted by path; raises :class:`Misuse` where there is none such."""
    if source.is_dir():
        return _folder(source)
    if not source.is_file():
        remedy = "Give a store, a folder of records ('kehoach extract -o'), or a .jsonl file."
        raise Misuse("not_found", f"{source}: no such file or folder", remedy, stage="report")
    return _lines(source) if source.suffix in (".jsonl", ".ndjson") else iter([_read(source, source.name)])


def _folder(folder: Path) -> Iterator[Entry | Skipped]:
    for file in sorted(folder.rglob("*.json")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield _read(file, file.relative_to(folder).as_posix())


def _read(file: Path, shown: str) -> Entry | Skipped:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Skipped(shown, no_record(f"it is larger than {_MOST_BYTES >> 20} MB"))
        return _entry(file.read_bytes(), shown)
    except OSError as error:
        return Skipped(shown, no_record(error.strerror or "it cannot be read"))


def _lines(file: Path) -> Iterator[Entry | Skipped]:
    with open(file, "rb") as lines:
        for number, line in enumerate(iter(lambda: lines.readline(_MOST_BYTES), b""), 1):
            if line.strip():
                yield _entry(line, f"{file.name}:{number}")


def _entry(content: bytes, shown: str) -> Entry | Skipped:
    """The entry of one record; a line may wrap it as ``{"path": …, "record": …}``."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return Skipped(shown, no_record("it is no JSON"))
    path = shown
    if isinstance(data, dict) and isinstance(data.get("record"), dict):
        path, data = str(data.get("path") or shown), data["record"]
    problem = _problem(data)
    return Skipped(shown, no_record(problem)) if problem else Entry(_document(path, data), data)


def _document(path: str, data: Mapping[str, Any]) -> str:
    """The path of the document: the record's folder and the name that the source had."""
    name = str(data["source"].get("name") or "")
    if not path.endswith(".json") or not name:
        return name if name and ":" in path else path
    folder = path.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def _problem(data: Any) -> str | None:
    if not isinstance(data, dict) or not {"schema", "source", "fields"} <= data.keys():
        return "it is no full record (a plain one has no proof)"
    major, _, minor = str(data["schema"]).partition(".")
    ours = SCHEMA.split(".")
    if major != ours[0] or not minor.isdigit() or int(minor) > int(ours[1]):
        return f"its schema {data['schema']} is not that of this version ({SCHEMA})"
    shaped = isinstance(data["source"], dict) and isinstance(data["fields"], dict)
    return None if shaped else "it is no full record"


def no_record(why: str) -> Trouble:
    """The refusal of what is no full record."""
    return Trouble("bad_record", why, "Make it again with 'kehoach extract'.", stage="report")


def only_entries(found: Iterable[Entry | Skipped]) -> Iterator[Entry]:
    """The entries alone."""
    return (one for one in found if isinstance(one, Entry))
