"""The formats by name: how a record is written in each, alone or with others in one file."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.interop import akn, archival, brat, iob2, label_studio
from extractor.record import Record


def _nothing() -> str:
    return ""


def _no_files() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    ``files``: ending → content, for a document alone. Where several documents fit into one file, ``piece`` is
    what stands there of each, behind ``head``, before ``tail``, with ``between`` them; else ``None``.
    ``beside``: name → content of what other programs want in the same folder.
    """

    about: str
    files: Callable[[Record], Mapping[str, str]]
    suffix: str
    piece: Callable[[Record], str] | None = None
    head: Callable[[], str] = _nothing
    between: str = ""
    tail: str = ""
    beside: Callable[[], Mapping[str, str]] = _no_files


def joined(form: Form, records: Iterable[Record]) -> Iterator[str]:
    """One file of many documents, in pieces; of a form that has a ``piece``."""
    if form.piece is None:
        raise ValueError(f"{form.suffix} files hold one document each")
    yield form.head()
    for n, record in enumerate(records):
        yield form.between * bool(n) + form.piece(record)
    yield form.tail


def of_pieces(
    about: str,
    suffix: str,
    piece: Callable[[Record], str],
    head: Callable[[], str] = _nothing,
    between: str = "",
    tail: str = "",
    beside: Callable[[], Mapping[str, str]] = _no_files,
) -> Form:
    """A form whose documents fit into one file; one alone is a file of one piece."""

    def files(record: Record) -> Mapping[str, str]:
        return {suffix: head() + piece(record) + tail}

    return Form(about, files, suffix, piece, head, between, tail, beside)


def _standoff(record: Record) -> dict[str, str]:
    text, annotations = brat.standoff(record)
    return {".txt": text, ".ann": annotations}


def _task(record: Record) -> str:
    return json.dumps(label_studio.task(record), ensure_ascii=False)


def _xml(record: Record) -> dict[str, str]:
    return {".xml": akn.akn(record)}


def json_form(**how: Any) -> Form:
    """The record as JSON; ``how`` goes to :meth:`Record.to_json`."""
    return of_pieces("records", ".json", lambda record: record.to_json(**how) + "\n")


#: the forms besides the record's own JSON
FORMS = {
    "label-studio": of_pieces(
        "tasks of Label Studio with predictions",
        ".json",
        _task,
        lambda: "[\n",
        ",\n",
        "\n]\n",
        lambda: {"label-studio.xml": label_studio.config()},
    ),
    "brat": Form(
        "standoff annotations of brat", _standoff, ".ann", beside=lambda: {"annotation.conf": brat.conf()}
    ),
    "iob2": of_pieces("tokens with tags (CoNLL-U Plus)", ".conllup", iob2.document, iob2.head),
    "akn": Form("XML in the manner of Akoma Ntoso 3.0", _xml, ".xml"),
    "archival": of_pieces("metadata of documents for archives (CSV)", ".csv", archival.row, archival.head),
}
