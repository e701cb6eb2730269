"""Which tools are on this machine, and the one command that brings what is missing."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from extractor import __version__
from extractor.ground.language import said
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
#: what tools are for
USES = ("for scans", "for .doc .rtf .odt", *(use for _, use, _ in _EXTRAS))


def checks() -> Iterator[Check]:
    """The checks, in the order of the rooms."""
    yield Check("kehoach", True, __version__, "")
    yield Check("python", True, platform.python_version(), "")
    for name in _CORE:
        found = _version(name)
        yield Check(
            name, found is not None, found or "", said("install it: {command}", command=f"pip install {name}")
        )
    yield _soffice()
    for name, use, extra in _EXTRAS:
        found = _version(name)
        remedy = _for(use, f"pip install 'kehoach[{extra}]'", name)
        yield Check(name, found is not None, found or "", remedy, needed=False)
    yield from _scans()


def _scans() -> Iterator[Check]:
    """What scans need: packages, an engine, and its Vietnamese model."""
    for name in _OCR:
        found = _version(name)
        remedy = _for("for scans", "pip install 'kehoach[ocr]'", name)
        yield Check(name, found is not None, found or "", remedy, needed=False)
    engine = ocr.has_library() or shutil.which("tesseract") is not None
    folder = ocr.models()
    remedy = _for("for scans", ocr.INSTALL)
    yield Check("Tesseract", engine, said("for scans"), remedy, needed=False)
    where = said("vie in {folder}", folder=folder) if folder else ""
    yield Check(said("Vietnamese OCR model"), folder is not None, where, remedy, needed=False)


def _for(use: str, command: str, missing: str = "") -> str:
    """What brings a tool, behind what it is for."""
    why = said(" ({name} is missing)", name=missing) if missing else ""
    return f"{said(use)}: {command}{why}"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _soffice() -> Check:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    use = "for .doc .rtf .odt"
    remedy = _for(use, "sudo apt-get install libreoffice-writer")
    return Check("LibreOffice", path is not None, said(use), remedy, needed=False)
