"""The room ``reading``: bytes become a :class:`Source`, the text as found, nothing tidied.

A bad file is a clear :class:`Trouble`, never a hang and never a silent empty. The kind of a file is
told by its bytes (:mod:`extractor.reading.sniff`); :data:`READERS` names the module that reads it.
Each such module has ``read(content, name, kind, ocr) -> Source`` and imports its libraries inside.
"""

from collections.abc import Mapping
from importlib import import_module

from extractor.ground.files import MAX_BYTES
from extractor.ground.source import Source
from extractor.ground.trouble import Misuse, Trouble
from extractor.reading import sniff

#: kind → module whose ``read`` reads it. A new format is one more row and one more file.
READERS = {
    "text": "plain",
    "html": "html",
    "mhtml": "html",
    "docx": "docx",
    "pdf": "pdf",
    "doc": "office",
    "rtf": "office",
    "odt": "office",
    "wordxml": "office",
    "png": "picture",
    "jpeg": "picture",
    "tiff": "picture",
    "webp": "picture",
    "gif": "picture",
    "bmp": "picture",
    "jp2": "picture",
}
#: media type of documents whose pages can be read from their pictures instead
RENDERED = "application/pdf"
OCR_CHOICES = ("auto", "never", "force")


def read(
    content: bytes, name: str = "", *, ocr: str = "auto", again: Mapping[int, str] | None = None
) -> Source:
    """The document in ``content``; ``name`` (a file name) is kept and settles only what bytes leave open.

    ``ocr``: ``"auto"`` (pictures of pages that have no text of their own), ``"never"`` or ``"force"``.
    ``again``: numbers of pages whose text layer was found to be useless, with the key of ``ROUTES`` that says
    why; their pictures are read. Raises :class:`Trouble` for anything that cannot be read,
    :class:`Misuse` for an unknown ``ocr``.
    """
    if ocr not in OCR_CHOICES:
        raise Misuse("bad_option", f"ocr={ocr!r} is unknown", f"Use one of {', '.join(OCR_CHOICES)}.")
    if len(content) > MAX_BYTES:
        megabytes = len(content) // (1024 * 1024)
        raise Trouble(
            "too_large", f"The file has {megabytes} MB, more than 200 MB", "Split it and try again."
        )
    kind = sniff.kind(content, name)
    if kind not in READERS:
        raise sniff.refusal(kind)
    reader = import_module(f"extractor.reading.{READERS[kind]}")
    more = {"again": again} if again and READERS[kind] == "pdf" else {}
    source: Source = reader.read(content, name, kind, ocr, **more)
    return source


def given(text: str, name: str = "") -> Source:
    """A text that a caller holds already: any string will do; form feeds end pages."""
    from extractor.reading import compose

    raw = text.replace("\r\n", "\n").replace("\r", "\n")
    content = text.encode("utf-8", "surrogatepass")
    return compose.source(content, name, "text", raw, compose.split_pages(raw))
