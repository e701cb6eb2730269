"""Which tools are on this machine, and the one command that brings what is missing."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from extractor import __version__
from extractor.reading import ocr


@dataclass(frozen=True, slots=True)
class Check:
    """One tool: whether it is ``here``, what was ``found``, how to get it, whether the core needs it."""

    name: str
    here: bool
    found: str
    remedy: str
    needed: bool = True


_OCR = ("numpy", "pillow", "tesserocr")
_CORE = ("lxml", "pdfplumber", "pydantic", "pypdfium2", "regex")
_EXTRAS = (
    ("jinja2", "for kehoach view and report", "report"),
    ("scikit-learn", "for kehoach report", "report"),
    ("underthesea", "for words of themes in kehoach report", "words"),
    ("fastapi", "for kehoach serve", "serve"),
    ("uvicorn", "for kehoach serve", "serve"),
)


def checks() -> Iterator[Check]:
    """The checks, in the order of the rooms."""
    yield Check("kehoach", True, __version__, "")
    yield Check("python", True, platform.python_version(), "")
    for name in _CORE:
        found = _version(name)
        yield Check(name, found is not None, found or "", f"install it: pip install {name}")
    yield _soffice()
    for name, use, extra in _EXTRAS:
        found = _version(name)
        remedy = f"{use}: pip install 'kehoach[{extra}]' ({name} is missing)"
        yield Check(name, found is not None, found or "", remedy, needed=False)
    yield from _scans()


def _scans() -> Iterator[Check]:
    """What scans need: packages, an engine, and its Vietnamese model."""
    for name in _OCR:
        found = _version(name)
        remedy = f"for scans: pip install 'kehoach[ocr]' ({name} is missing)"
        yield Check(name, found is not None, found or "", remedy, needed=False)
    engine = ocr.has_library() or shutil.which("tesseract") is not None
    folder = ocr.models()
    yield Check("Tesseract", engine, "for scans", f"for scans: {ocr.INSTALL}", needed=False)
    where = f"vie in {folder}" if folder else ""
    yield Check("Vietnamese OCR model", folder is not None, where, f"for scans: {ocr.INSTALL}", needed=False)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _soffice() -> Check:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    remedy = "for .doc .rtf .odt: sudo apt-get install libreoffice-writer"
    return Check("LibreOffice", path is not None, "for .doc .rtf .odt", remedy, needed=False)
