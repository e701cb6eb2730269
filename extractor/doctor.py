"""Which tools are on this machine, and the one command that brings what is missing."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from extractor import __version__


@dataclass(frozen=True, slots=True)
class Check:
    """One tool: whether it is ``here``, what was ``found``, how to get it, whether the core needs it."""

    name: str
    here: bool
    found: str
    remedy: str
    needed: bool = True


_CORE = ("lxml", "pdfplumber", "pydantic", "pypdfium2", "regex")


def checks() -> Iterator[Check]:
    """The checks, in the order of the rooms."""
    yield Check("kehoach", True, __version__, "")
    yield Check("python", True, platform.python_version(), "")
    for name in _CORE:
        found = _version(name)
        yield Check(name, found is not None, found or "", f"install it: pip install {name}")
    yield _soffice()
    here = find_spec("tesserocr") is not None or shutil.which("tesseract") is not None
    yield Check(
        "OCR (scans)",
        False,
        "",
        "reading scans is not part of this version" + (" (Tesseract is installed)" if here else ""),
        needed=False,
    )


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _soffice() -> Check:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    remedy = "for .doc .rtf .odt: sudo apt-get install libreoffice-writer"
    return Check("LibreOffice", path is not None, "for .doc .rtf .odt", remedy, needed=False)
