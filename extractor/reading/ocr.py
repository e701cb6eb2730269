"""Tesseract with its Vietnamese model: an upright, clean page image becomes words with boxes and confidences.

One engine a process, one thread an engine. tesserocr is the way in; where only the ``tesseract`` program
is here, that is called instead. Nothing of a page's meaning is known here.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from glob import glob
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple
from unicodedata import normalize

from extractor.ground.trouble import Missing, Trouble

LANGUAGE = "vie"
#: where Tesseract's models usually lie; ``TESSDATA_PREFIX`` comes first
FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
INSTALL = "sudo apt-get install tesseract-ocr tesseract-ocr-vie"
REMEDY = f"To read scans, install Tesseract with its Vietnamese model: {INSTALL}"
BETTER = "Scan it again: 200 to 300 dots an inch, the page upright, whole and evenly lit."
#: seconds that one page may take
SECONDS = 60
#: and one line of it
LINE_SECONDS = 8
#: Tesseract's page segmentation modes: columns of text in varying sizes, one line
PAGE, LINE = 4, 7
_ONE = Lock()
_SETTINGS = {"tessedit_do_invert": "0", "load_system_dawg": "1"}


class Glyph(NamedTuple):
    """One recognised character: its box in pixels of the image and Tesseract's confidence, 0 to 1."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    sure: float


class Token(NamedTuple):
    """One recognised word: box and baseline in pixels, confidence 0 to 1, number of its line on the page."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    base: float
    sure: float
    line: int
    glyphs: tuple[Glyph, ...] = ()


Edges = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one image; ``whole`` is false where the time was up before its end."""

    words: list[Token] = field(default_factory=list)
    whole: bool = True


def read(image: Any, dpi: int, mode: int = PAGE, seconds: int = SECONDS) -> Reading:
    """The words of a grey Pillow image of ``dpi`` pixels an inch.

    Raises :class:`Missing` where there is no Tesseract or no Vietnamese model.
    """
    folder = models()
    if folder is None:
        raise missing()
    if has_library():
        return _by_library(image, dpi, mode, seconds, folder)
    return _by_program(image, dpi, mode, seconds, folder)


def missing() -> Missing:
    """The refusal that names what to install."""
    remedy = REMEDY if has_pixels() else f"{REMEDY}; and its packages: pip install 'kehoach[ocr]'"
    return Missing("needs_ocr", "The document is a scan, and there is no Vietnamese OCR here", remedy)


def available() -> bool:
    """Can scans be read here?"""
    engine = has_library() or shutil.which("tesseract") is not None
    return models() is not None and engine and has_pixels()


@cache
def has_pixels() -> bool:
    """Are the packages here that clean pictures?"""
    return all(find_spec(name) is not None for name in ("numpy", "PIL"))


@cache
def identity() -> str:
    """What reads here: the engine's version (of the program none) and the digest of its model."""
    folder = models()
    model = sha256((folder / f"{LANGUAGE}.traineddata").read_bytes()).hexdigest()[:16] if folder else "none"
    if has_library():
        import tesserocr

        version = tesserocr.tesseract_version().split("\n")[0]
    else:
        version = "tesseract program"
    return f"{version}, {LANGUAGE} {model}"


@cache
def models() -> Path | None:
    """The folder that holds the Vietnamese model, or ``None``."""
    prefix = os.environ.get("TESSDATA_PREFIX", "")
    folders = [Path(prefix), Path(prefix, "tessdata")] if prefix else []
    folders += [Path(found) for pattern in FOLDERS for found in sorted(glob(pattern), reverse=True)]
    return next((folder for folder in folders if (folder / f"{LANGUAGE}.traineddata").is_file()), None)


@cache
def has_library() -> bool:
    """Is tesserocr here, and does it load?"""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads make a page slower, not faster
    try:
        import tesserocr
    except ImportError:
        return False
    tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
    return True


@cache
def _engine(folder: Path) -> Any:
    import tesserocr

    try:
        engine = tesserocr.PyTessBaseAPI(path=str(folder), lang=LANGUAGE)
    except RuntimeError as error:
        raise Trouble("bad_ocr_model", f"{folder}/{LANGUAGE}.traineddata cannot be loaded", REMEDY) from error
    for name, value in _SETTINGS.items():
        engine.SetVariable(name, value)
    return engine


def _by_library(image: Any, dpi: int, mode: int, seconds: int, folder: Path) -> Reading:
    with _ONE:
        return _locked(_engine(folder), image, dpi, mode, seconds)


def _locked(engine: Any, image: Any, dpi: int, mode: int, seconds: int) -> Reading:
    """One image at a time: an engine holds one, whatever threads ask."""
    try:
        engine.SetPageSegMode(mode)
        engine.SetImage(image)
        engine.SetSourceResolution(dpi)
        whole = engine.Recognize(seconds * 1000)
        found = engine.GetIterator()
        return Reading(list(_words(found)) if found is not None else [], bool(whole))
    finally:
        engine.Clear()


def _words(found: Any) -> Iterator[Token]:
    from tesserocr import RIL

    line, symbols = -1, _symbols(found)
    for at in _steps(found, RIL.WORD):
        line += at.IsAtBeginningOf(RIL.TEXTLINE)
        text, box = _said(at, RIL.WORD), at.BoundingBox(RIL.WORD)
        if not text or box is None:
            continue
        base = at.Baseline(RIL.WORD)
        level = (base[0][1] + base[1][1]) / 2 if base else box[3]
        left, top, right, bottom = box
        sure, glyphs = at.Confidence(RIL.WORD) / 100, symbols.get(box, ())
        yield Token(text, left, top, right, bottom, level, sure, max(line, 0), glyphs)


def _said(at: Any, level: int) -> str:
    """The text at a place of the iterator; ``""`` for a block without text, on which tesserocr raises."""
    try:
        return _text(at.GetUTF8Text(level) or "")
    except RuntimeError:
        return ""


def _text(found: str) -> str:
    return normalize("NFC", found.strip())


def _symbols(found: Any) -> dict[Edges, tuple[Glyph, ...]]:
    """The characters of each word, by the word's box."""
    from tesserocr import RIL

    words: dict[Edges, list[Glyph]] = {}
    for at in _steps(found, RIL.SYMBOL):
        text, box, word = _said(at, RIL.SYMBOL), at.BoundingBox(RIL.SYMBOL), at.BoundingBox(RIL.WORD)
        if text and box and word:
            left, top, right, bottom = box
            glyph = Glyph(text, left, top, right, bottom, at.Confidence(RIL.SYMBOL) / 100)
            words.setdefault(word, []).append(glyph)
    return {box: tuple(glyphs) for box, glyphs in words.items()}


def _steps(found: Any, level: int) -> Iterator[Any]:
    found.Begin()
    while True:
        if not found.Empty(level):
            yield found
        if not found.Next(level):
            return


def _by_program(image: Any, dpi: int, mode: int, seconds: int, folder: Path) -> Reading:
    """The same by the ``tesseract`` program, through pipes; it tells no single characters."""
    from io import BytesIO

    program = shutil.which("tesseract")
    if program is None:
        raise missing()
    pixels = BytesIO()
    image.save(pixels, "PNG", compress_level=1)
    settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [program, "stdin", "stdout", "--tessdata-dir", str(folder), "-l", LANGUAGE]
    command += ["--dpi", str(dpi), "--psm", str(mode), *settings, "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=pixels.getvalue(),
            capture_output=True,
            timeout=seconds,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return Reading(whole=False)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble("ocr_failed", f"tesseract failed: {error}", "Run 'kehoach doctor'.") from error
    return Reading(list(_rows(done.stdout.decode("utf-8", "replace"))))


def _rows(table: str) -> Iterator[Token]:
    """The words of Tesseract's TSV: columns level, page, block, paragraph, line, word, box, conf, text.

    It tells no baseline: all words of a line get one at four fifths of the line's height.
    """
    line, base = -1, 0.0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        x, y, width, height = map(int, cells[6:10])
        if cells[0] == "4":
            line, base = line + 1, y + 0.8 * height
        elif cells[0] == "5" and cells[11].strip():
            sure = float(cells[10]) / 100
            yield Token(_text(cells[11]), x, y, x + width, y + height, base, sure, max(line, 0))
