"""Word 97 .doc, RTF, ODT and Word XML: LibreOffice turns them into DOCX, the module ``docx`` reads that."""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from extractor.ground.source import Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import compose, docx, sniff

TIME_LIMIT = 120.0
SUFFIXES = {"doc": "doc", "rtf": "rtf", "odt": "odt", "wordxml": "xml"}
PROGRAMS = ("soffice", "libreoffice")
#: a profile in which documents run nothing and fetch nothing
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(content: bytes, name: str, kind: str, ocr: str = "auto") -> Source:
    """The document of an office file; ``media_type`` and ``sha256`` are those of the original.

    LibreOffice keeps no trace of the pages in the DOCX it makes, so the source has none.
    """
    if kind == "odt" and b"manifest:encryption-data" in _manifest(content):
        raise sniff.refusal("encrypted")
    converted = docx.read(to_docx(content, SUFFIXES[kind]), name)
    digest = hashlib.sha256(content).hexdigest()
    return replace(converted, media_type=compose.MEDIA_TYPES[kind], sha256=digest, pages=())


def to_docx(content: bytes, suffix: str, limit: float = TIME_LIMIT) -> bytes:
    """The bytes of the DOCX that LibreOffice makes of a file with this suffix (``limit`` in seconds)."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Missing(
            "no_libreoffice",
            f"Reading .{suffix} files needs LibreOffice, which is not installed",
            "Install it: sudo apt-get install libreoffice-writer",
        )
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        user = Path(folder, "profile", "user")
        user.mkdir(parents=True)
        user.joinpath("registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        given = Path(folder, f"document.{suffix}")
        given.write_bytes(content)
        _run([program, *_arguments(folder), str(given)], folder, limit)
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            raise Trouble(
                "damaged", f"LibreOffice cannot read this .{suffix} file", "Save it as DOCX or PDF in Word."
            )
        return made.read_bytes()


def _arguments(folder: str) -> list[str]:
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
    return [profile, *quiet, "--convert-to", "docx", "--outdir", str(Path(folder, "out"))]


def _run(command: list[str], folder: str, limit: float) -> None:
    """Run the program in a process group of its own; after ``limit`` seconds the group is killed."""
    running = subprocess.Popen(  # noqa: S603 - found by its own name, with our arguments
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
    )
    try:
        running.wait(limit)
    except subprocess.TimeoutExpired:
        raise Trouble(
            "timeout", f"LibreOffice took longer than {limit:.0f} seconds", "Save it as DOCX or PDF in Word."
        ) from None
    finally:
        _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def _manifest(content: bytes) -> bytes:
    import zipfile
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.read("META-INF/manifest.xml")[:1_000_000]
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
        return b""
