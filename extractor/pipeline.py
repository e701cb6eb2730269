"""The order of the rooms: bytes → Source → Text → Paper → findings → related findings → Record.

Only this module knows all rooms. Read it and you have seen the whole machine.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from extractor import __version__, assembly, fields, outline, reading, relations, repair
from extractor.ground.files import MAX_BYTES
from extractor.ground.legibility import UNREADABLE_SCAN, Legibility
from extractor.ground.paper import Note, Paper
from extractor.ground.source import Shown, Source
from extractor.ground.text import Text
from extractor.ground.trouble import Misuse, Trouble
from extractor.reading.shots import shots
from extractor.record import Record, Value

Input = str | Path | bytes | IO[bytes]

_AHEAD = 4  # documents that a worker may have waiting
_LONGEST_PATH = 4096


@dataclass(frozen=True, slots=True)
class Mended:
    """A document as read, its repaired text, and what of that stays unreadable (``.pages``, ``.notes()``)."""

    source: Source
    text: Text
    legibility: Legibility


def extract(source: Input, *, name: str | None = None, ocr: str = "auto") -> Record:
    """The record of one document.

    ``source``: a ``str`` is the text itself, a ``Path`` a file, ``bytes`` or a binary file its
    content. ``name`` is what the record calls the source (default: the file's name). ``ocr``:
    ``"auto"`` reads pages that have no usable text of their own from their pictures, ``"never"`` none,
    ``"force"`` all. Raises :class:`~extractor.Trouble` (with ``remedy`` and ``exit_code``) where the
    source cannot be read; never for what its text says.
    """
    record = build(mended(source, name=name, ocr=ocr))
    if isinstance(source, str) and _names_a_file(source):
        said = "this text is the name of a file; to read the file, give a pathlib.Path"
        return replace(record, notes=(*record.notes, Note("looks_like_a_path", said)))
    return record


def _names_a_file(text: str) -> bool:
    try:
        return 0 < len(text) < _LONGEST_PATH and "\n" not in text and Path(text).is_file()
    except (OSError, ValueError):
        return False


def build(read: Mended) -> Record:
    """The record of a document that has been read and mended."""
    paper, findings = _understood(read.text.clean)
    found, doubts = relations.relate(paper, findings)
    paper = replace(paper, notes=(*paper.notes, *doubts))
    return assembly.assemble(read.source, read.text, paper, found, __version__, read.legibility)


def _understood(text: str) -> tuple[Paper, dict[str, Any]]:
    """The paper of a repaired text, and what its fields find.

    Where numbers seem lost, headings are told by their words, and what rules have not found is found below
    them; the paper is the numbered one wherever that makes no difference.
    """
    paper = outline.draw(text)
    findings = fields.find(paper)
    headed = outline.headed(paper)
    if headed is None:
        return paper, findings
    more = fields.completed(findings, fields.find(headed))
    return (paper, findings) if more == findings else (headed, more)


def considered(read: Mended) -> dict[str, tuple[Value[Any], ...]]:
    """The candidates of every field that judges between several: the value of the record, then those that
    lost. No record holds them; they are found anew.
    """
    paper = outline.draw(read.text.clean)
    found = fields.considered(paper)
    understood, _ = _understood(read.text.clean)
    if understood.root != paper.root:
        found = fields.more_considered(found, fields.considered(understood))
    return assembly.proven(read.source, read.text, found, read.legibility)


def pictures(content: bytes, name: str = "", first: Collection[int] = ()) -> Iterator[Shown]:
    """The pages of a PDF or picture file to look at, in the measure of the record's boxes."""
    return shots(content, name, first)


def mended(source: Input, *, name: str | None = None, ocr: str = "auto") -> Mended:
    """The reading of one document and its repair.

    Pages whose text layer no repair mends are read once more from their pictures, where there are any.
    """
    held = source if isinstance(source, str | Path | bytes) or not hasattr(source, "read") else source.read()
    name = name or getattr(source, "name", None)
    first = repaired(open_source(held, name=name, ocr=ocr))
    bad = {page.page: page.verdict.kind for page in first.legibility.bad if page.page}
    useless = {number: kind for number, kind in bad.items() if kind != UNREADABLE_SCAN}
    if ocr != "auto" or not useless or first.source.media_type != reading.RENDERED:
        return first
    try:
        second = repaired(open_source(held, name=name, ocr=ocr, again=useless))
    except Trouble:
        return first  # what could be read stays
    return second if second.legibility.lost < first.legibility.lost else first


def repaired(source: Source) -> Mended:
    """A document that has been read, with its repair."""
    text = repair.mend(source.raw, source.lines, seen=source.words)
    return Mended(source, text, repair.judge(text, source.pages))


def open_source(
    source: Input, *, name: str | None = None, ocr: str = "auto", again: Mapping[int, str] | None = None
) -> Source:
    """The reading of one document, before any repair; ``again`` as in :func:`reading.read`."""
    if ocr not in reading.OCR_CHOICES:
        raise Misuse("bad_option", f"ocr={ocr!r} is unknown", f"Use one of {', '.join(reading.OCR_CHOICES)}.")
    if isinstance(source, str):
        return reading.given(source, name or "")
    if isinstance(source, Path):
        return reading.read(content_of(source), name or source.name, ocr=ocr, again=again)
    if isinstance(source, bytes):
        return reading.read(source, name or "", ocr=ocr, again=again)
    if not hasattr(source, "read"):
        kind = type(source).__name__
        raise Misuse(
            "bad_source", f"a document cannot be a {kind}", "Give a str, a Path, bytes or a binary file."
        )
    return reading.read(source.read(), name or "", ocr=ocr, again=again)


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
    if path.stat().st_size > MAX_BYTES:
        raise Trouble("too_large", f"{path.name} is larger than {MAX_BYTES // 2**20} MB", "Split the file.")
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

    waiting: deque[Future[Record]] = deque()
    with ProcessPoolExecutor(workers) as pool:
        for source in map(_sendable, sources):
            waiting.append(pool.submit(_settled, source, ocr))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _sendable(source: Any) -> Any:
    """What can go to another process: a file that is open here is read here."""
    if not hasattr(source, "read") or isinstance(source, Path):
        return source
    try:
        return source.read()
    except OSError:
        return source  # it fails again where the failure becomes a record


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


def explained(text: Text) -> Iterator[str]:
    """Every edit of a repair as a line to read: class, place, before → after."""
    from extractor.repair.explain import explain

    yield from map(str, explain(text))


def paper_of(record: Record) -> Paper:
    """The zones and section tree of a record, drawn anew from its text (no text: an empty paper)."""
    clean = record.text.clean if record.text else ""
    told = any(note.code == "numbers_lost" for note in record.notes)
    return _understood(clean)[0] if told else outline.draw(clean)


def drawn(source: Input, *, name: str | None = None) -> Paper:
    """The zones and section tree of one document; headings that have lost their numbers are told by their
    words.
    """
    return _understood(mended(source, name=name).text.clean)[0]
