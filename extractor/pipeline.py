"""The order of the rooms: bytes → Source → Text → Paper → findings → Record.

Only this module knows all rooms. Read it and you have seen the whole machine.
"""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from extractor import __version__, assembly, fields, outline, reading, repair
from extractor.ground.legibility import Legibility
from extractor.ground.paper import Note, Paper
from extractor.ground.source import Source
from extractor.ground.text import Text
from extractor.ground.trouble import Misuse, Trouble
from extractor.record import Record

Input = str | Path | bytes | IO[bytes]

_CHUNK = 8
_AHEAD = 3  # chunks a worker may have waiting
_LONGEST_PATH = 4096


def extract(source: Input, *, name: str | None = None, ocr: str = "auto") -> Record:
    """The record of one document.

    ``source``: a ``str`` is the text itself, a ``Path`` a file, ``bytes`` or a binary file its
    content. ``name`` is what the record calls the source (default: the file's name). ``ocr`` is
    ``"auto"``, ``"never"`` or ``"force"``. Raises :class:`~extractor.Trouble` (with ``remedy`` and
    ``exit_code``) where the source cannot be read; never for what its text says.
    """
    record = build(open_source(source, name=name, ocr=ocr))
    if isinstance(source, str) and _names_a_file(source):
        said = "this text is the name of a file; to read the file, give a pathlib.Path"
        return replace(record, notes=(*record.notes, Note("looks_like_a_path", said)))
    return record


def _names_a_file(text: str) -> bool:
    try:
        return 0 < len(text) < _LONGEST_PATH and "\n" not in text and Path(text).is_file()
    except (OSError, ValueError):
        return False


def build(source: Source) -> Record:
    """The record of a document that has been read."""
    text = repair.mend(source.raw, source.lines)
    paper = outline.draw(text.clean)
    legibility = repair.judge(text, source.pages)
    return assembly.assemble(source, text, paper, fields.find(paper), __version__, legibility)


def open_source(source: Input, *, name: str | None = None, ocr: str = "auto") -> Source:
    """The reading of one document, before any repair."""
    if ocr not in reading.OCR_CHOICES:
        raise Misuse("bad_option", f"ocr={ocr!r} is unknown", f"Use one of {', '.join(reading.OCR_CHOICES)}.")
    if isinstance(source, str):
        return reading.given(source, name or "")
    if isinstance(source, Path):
        return reading.read(content_of(source), name or source.name, ocr=ocr)
    if isinstance(source, bytes):
        return reading.read(source, name or "", ocr=ocr)
    if not hasattr(source, "read"):
        kind = type(source).__name__
        raise Misuse(
            "bad_source", f"a document cannot be a {kind}", "Give a str, a Path, bytes or a binary file."
        )
    return reading.read(source.read(), name or "", ocr=ocr)


def content_of(path: Path) -> bytes:
    """The bytes of a file; a wrong path, a folder or a locked file is a clear refusal."""
    if not path.exists():
        raise Misuse("not_found", f"{path}: no such file", "Check the path.")
    if path.is_dir():
        raise Misuse(
            "is_folder", f"{path} is a folder", "Give files, or use 'kehoach extract FOLDER -o DIR'."
        )
    if not path.is_file():
        raise Misuse("no_file", f"{path} is no regular file", "Give a file.")
    if path.stat().st_size > reading.MAX_BYTES:
        raise Trouble(
            "too_large", f"{path.name} is larger than {reading.MAX_BYTES // 2**20} MB", "Split the file."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            "unreadable_file", f"{path.name}: {error.strerror}", "Check the file's permissions."
        ) from error


def pipe(sources: Iterable[Input], workers: int = 1, *, ocr: str = "auto") -> Iterator[Record]:
    """The records of many documents, in order.

    A source that cannot be read gives a record with ``failed`` set and a note that says why; nothing
    ends the stream. With ``workers`` over 1, that many processes share the work.
    """
    if workers < 1:
        raise Misuse("bad_option", f"workers={workers} is no number of processes", "Use 1 or more.")
    if workers == 1:
        yield from (_settled(source, ocr) for source in sources)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    waiting: deque[Future[list[Record]]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for chunk in _chunks(map(_sendable, sources)):
            waiting.append(pool.submit(_settle_all, chunk, ocr))
            if len(waiting) >= workers * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _chunks(sources: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(sources)
    while chunk := list(islice(stream, _CHUNK)):
        yield chunk


def _sendable(source: Any) -> Any:
    """What can go to another process: a file that is open here is read here."""
    if not hasattr(source, "read") or isinstance(source, Path):
        return source
    try:
        return source.read()
    except OSError:
        return source  # it fails again where the failure becomes a record


def _settle_all(sources: list[Any], ocr: str) -> list[Record]:
    return [_settled(source, ocr) for source in sources]


def _settled(source: Input, ocr: str = "auto", name: str | None = None) -> Record:
    """The record, or the record of the failure; never an exception."""
    content: Input | None = None
    try:
        content = content_of(source) if isinstance(source, Path) else source
        return extract(content, name=name or getattr(source, "name", None), ocr=ocr)
    except Trouble as trouble:
        return failed(source, content, trouble)
    except Exception as error:  # a defect of ours must not end somebody's batch
        return failed(source, content, defect(error))


def defect(error: Exception) -> Trouble:
    """An error of ours as a refusal."""
    return Trouble(
        "defect",
        f"internal error: {error!r}",
        "Please report it with the file.",
        stage="pipeline",
        exit_code=1,
    )


def failed(source: Any, content: Any, trouble: Trouble) -> Record:
    """The record of a source that could not be read; its id is that of the bytes, where there are any."""
    name = source.name if isinstance(source, Path) else ""
    digest = hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""
    return assembly.failure(name, digest, __version__, trouble)


def repaired(source: Input, *, name: str | None = None) -> Text:
    """The repaired text of one document with its ledger."""
    read = open_source(source, name=name)
    return repair.mend(read.raw, read.lines)


def judged(source: Input, *, name: str | None = None) -> tuple[Text, Legibility]:
    """The repaired text of one document, and what of it stays unreadable (``.pages``, ``.notes()``)."""
    read = open_source(source, name=name)
    text = repair.mend(read.raw, read.lines)
    return text, repair.judge(text, read.pages)


def explained(text: Text) -> Iterator[str]:
    """Every edit of a repair as a line to read: class, place, before → after."""
    from extractor.repair.explain import explain

    yield from map(str, explain(text))


def drawn(source: Input, *, name: str | None = None) -> Paper:
    """The zones and section tree of one document."""
    return outline.draw(repaired(source, name=name).clean)
