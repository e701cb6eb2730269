"""What ``kehoach view`` is given: a document, or a record with or without its document beside it."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from extractor import pipeline
from extractor.ground.trouble import Misuse, Trouble
from extractor.record import Record
from extractor.view import Viewed

#: bytes of a record
MOST = 64 * 1024 * 1024


def opened(given: Path | bytes, name: str, *, source: Path | None = None, ocr: str = "auto") -> Viewed:
    """What the page of ``given`` is made of; ``source`` is the document of a record, for pictures of its
    pages.

    Raises :class:`Trouble` for what is neither, :class:`Misuse` for a ``source`` that the record was not
    made of.
    """
    content = pipeline.content_of(given) if isinstance(given, Path) else given
    if re.match(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]", content):
        return _of_record(content, name, source)
    if source is not None:
        raise Misuse(
            "source_of_document", f"{name} is a document itself", "Leave --source out.", stage="view"
        )
    read = pipeline.mended(content, name=name, ocr=ocr)
    record = pipeline.build(read)
    shots = pipeline.pictures(content, name, _pages(record))
    return Viewed(record, tuple(shots), pipeline.considered(read))


def _of_record(content: bytes, name: str, source: Path | None) -> Viewed:
    if len(content) > MOST:
        raise Trouble(
            "too_large",
            f"{name} is larger than {MOST // 2**20} MB",
            "Give the document itself.",
            stage="view",
        )
    try:
        record = Record.from_json(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError) as error:
        raise Trouble(
            "bad_record", f"{name} is no record", "Make it with 'kehoach extract'.", stage="view"
        ) from error
    if source is None:
        return Viewed(record)
    document = pipeline.content_of(source)
    if hashlib.sha256(document).hexdigest() != record.id:
        raise Misuse(
            "other_source",
            f"{source.name} is not the document that {name} was made of",
            "Give the very file, or make the record again.",
            stage="view",
        )
    return Viewed(record, tuple(pipeline.pictures(document, source.name, _pages(record))))


def _pages(record: Record) -> frozenset[int]:
    """The pages on which values stand."""
    return frozenset(
        place.page
        for value in _values(record.fields.values())
        for one in getattr(value, "evidence", ())
        for place in one.places
        if isinstance(place.page, int)
    )


def _values(found: Iterable[object]) -> Iterable[object]:
    for value in found:
        yield from value if isinstance(value, tuple) else (value,)
