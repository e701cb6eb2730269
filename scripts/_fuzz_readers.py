"""Damaged files for the readers: any bytes give a record or a refusal in one line, within a limit of time."""

import io
import logging
import random
import re
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import lxml
from _fuzz_laws import check_record, check_values
from _fuzz_texts import BREAKOUTS, PIECES, made, tried_with

from extractor import Trouble, extract

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 20.0  # seconds of the processor for a file of some hundred kB
TWISTED = rb'<w:(p|r|t|tr|tc|tbl|pPr|rPr)[ >].*?</w:\1>|="[^"]*"|>[^<]+<'
_SEEDS = 6  # files of a kind
#: of one input that atheris makes: seconds, memory, bytes
LIMITS = ("-timeout=300", "-rss_limit_mb=4096", "-max_len=131072")

#: What sits at the borders of numbers, lengths and encodings.
TOKENS = (
    b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"-1", b"0", b"4294967296",
    b"99999999999", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&lol;", b"]]>", b"<!--", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"</w:p>", b"<w:p>", b"<w:tbl><w:tr><w:tc>", b"</table>",
    b"<table><tr><td colspan=99999 rowspan=99999>", b"<meta charset=utf-7>", b"endobj", b"endstream",
    b"stream\n", b"/Kids [1 0 R]", b"/Length 99999999", b"/MediaBox [0 0 1e30 1e30]", b"/Rotate 91",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"{\\rtf1", b"\\bin99999999 ", b"PK\x05\x06",
    b"\r\n", b"%PDF-1.7",
)  # fmt: skip


def run(seed: int, first: int, count: int) -> int:
    """Read ``count`` damaged files; print what failed. 1 where anything did."""
    logging.disable()  # what libraries say of damaged files
    tally: Counter[str] = Counter()
    failures, slowest, begin = 0, 0.0, time.monotonic()
    for number in range(first, first + count):
        kind, content = file(seed, number)
        outcome, failure, spent = "", "", 0.0
        try:
            failure, spent = tried_with(read, content, kind)
        except Trouble as trouble:
            outcome = "refused"
            failure = "" if str(trouble) and "\n" not in str(trouble) else f"no one line: {trouble}"
        slowest = max(slowest, spent)
        failure = failure or (f"{spent:.0f} s" if spent > LIMIT else "")
        tally[f"{kind} {outcome or 'read'}"] += 1
        if failure:
            failures += 1
            print(f"seed {seed} number {number} ({kind}, {len(content):,} bytes): {failure}", flush=True)
    kinds = ", ".join(f"{name} {n:,}" for name, n in sorted(tally.items()))
    print(f"{count:,} files ({kinds}), seed {seed}, {time.monotonic() - begin:.0f} s")
    print(f"{failures} failures; the slowest took {slowest:.1f} s")
    return int(failures > 0)


def read(content: bytes, kind: str) -> None:
    """A file to its record, whose laws hold. Raises :class:`Trouble` for what cannot be read."""
    record = extract(content, name=f"fuzzed.{kind}", ocr="never")
    check_values(record)
    check_record(record)


def file(seed: int, number: int) -> tuple[str, bytes]:
    """Kind and bytes of one damaged file; the same for the same seed and number."""
    rng = random.Random(f"file {seed} {number}")
    kind = rng.choice(sorted(wholes()))
    content = rng.choice(wholes()[kind])
    if kind == "docx" and rng.random() < 0.8:  # else hardly any damage comes through the packing
        return kind, repacked(content, rng)
    return kind, spoilt(content, rng)


def spoilt(content: bytes, rng: random.Random) -> bytes:
    """Bytes changed, cut, doubled and spiked in a few places."""
    for _ in range(rng.choice((1, 2, 5, 20))):
        a = rng.randrange(len(content) + 1)
        b = min(len(content), a + rng.choice((0, 1, 4, 30, 500)))
        text = rng.choice((*PIECES, *BREAKOUTS)).encode("utf-8", "surrogatepass")
        new = rng.choice((
            b"", rng.choice(TOKENS), rng.randbytes(rng.randrange(8)), content[a:b] * rng.choice((2, 50)),
            text, content[rng.randrange(len(content) + 1) :][:200],
        ))  # fmt: skip
        content = content[:a] + new + content[b:]
    return content if rng.random() > 0.1 else content[: rng.randrange(len(content) + 1)]


def repacked(content: bytes, rng: random.Random) -> bytes:
    """A package whose parts are damaged one by one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if rng.random() < (0.9 if info.filename == "word/document.xml" else 0.2):
                part = spoilt(part, rng) if rng.random() < 0.1 else twisted(part, rng)
            if rng.random() > 0.03:
                new.writestr(info.filename, part)
    return packed.getvalue()


def twisted(part: bytes, rng: random.Random) -> bytes:
    """XML that stays XML: values of attributes changed, elements doubled, lost, moved and put into others."""
    for _ in range(rng.choice((1, 3, 10))):
        found = list(re.finditer(TWISTED, part, re.DOTALL))
        if not found:
            break
        match, other = rng.choice(found), rng.choice(found)
        whole, text = match[0], rng.choice((*PIECES, *BREAKOUTS))
        if whole[:1] == b"=":
            new = b'="%s"' % rng.choice((b"-1", b"0", b"", b"x", b"99999999999", b"1e9", b"true"))
        elif whole[:1] == b">":
            clean = "".join(c for c in text if c >= " " and not 0xD800 <= ord(c) < 0xE000)
            new = b">%s<" % escape(clean * rng.choice((1, 1, 50))).encode()
        else:
            new = rng.choice((b"", whole * 2, whole * 30, other[0] if other[0][:1] == b"<" else whole))
        part = part[: match.start()] + new + part[match.end() :]
    return part


@cache
def wholes() -> dict[str, tuple[bytes, ...]]:
    """Whole files of every kind that is read in this process."""
    from corpus_docx import docx_bytes
    from corpus_generate import source

    plans = made()[:_SEEDS]
    pages = (f"<html><table><tr><td>{'<p>'.join(plan.text.splitlines())}</table></html>" for plan in plans)
    return {
        "docx": tuple(docx_bytes(source(plan)) for plan in plans),
        "html": tuple(page.encode() for page in pages),
        "pdf": tuple(_pdfs()),
        "txt": tuple(plan.text.encode() for plan in plans),
    }


#: For a Python that has atheris; arguments: the checkout, its scripts, libraries to borrow, options.
GUIDED = """
import sys
sys.path[:0] = sys.argv[1:3]
sys.path.append(sys.argv[3])
import atheris
with atheris.instrument_imports(include=["extractor"]):
    import extractor.fields, extractor.outline, extractor.pipeline, extractor.repair
    from extractor.reading import docx, html, pdf, plain
from extractor import Trouble
import _fuzz_readers
def one(content):
    try:
        _fuzz_readers.read(content, "")
    except Trouble:
        pass
atheris.Setup(["fuzz", *sys.argv[4:]], one)
atheris.Fuzz()
"""


def guided(python: Path, seconds: int, seed: int) -> int:
    """Let atheris choose the damage for a while, beginning with whole files; 1 where anything failed.

    What failed stays in a folder of its own, which atheris names. Instrumented code is slow, so that an
    input has five minutes.
    """
    site = Path(lxml.__file__).parents[1]  # the libraries that this program uses
    kept = Path(tempfile.mkdtemp(prefix="kehoach-failed-"))
    with tempfile.TemporaryDirectory(prefix="kehoach-fuzz-") as folder:
        for kind, contents in wholes().items():
            for at, content in enumerate(contents):
                Path(folder, f"{at}.{kind}").write_bytes(content)
        options = (f"-max_total_time={seconds}", f"-seed={seed}", *LIMITS)
        places = (ROOT, ROOT / "scripts", site)
        command = [python, "-c", GUIDED, *places, *options, f"-artifact_prefix={kept}/", folder]
        failed = subprocess.run(list(map(str, command))).returncode != 0
    if not failed:
        shutil.rmtree(kept)  # slow inputs are kept, too
    return int(failed)


def _pdfs() -> Iterator[bytes]:
    found = sorted((ROOT / "corpus").rglob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))
    for path in found[:_SEEDS]:
        yield path.read_bytes()
