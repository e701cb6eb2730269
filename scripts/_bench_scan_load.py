"""What reading scans costs: against Tesseract alone, over two processes, and on hostile files."""

import json
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from _bench_scan_pages import MISSED, QUALITY, ROOT, held, pictures, table
from _bench_scan_routes import Sheet, pdf_of
from corpus_scanfile import to_pdf, to_tiff
from PIL import Image, ImageDraw

from extractor import extract, pipe
from extractor.reading import ocr

SLOWER, SCALES = 1.15, 1.6
ROUNDS = 3
SECONDS, MEMORY = 300, 8 * 2**30  # what a hostile file may take before it is stopped


def timed(call: Callable[[], object]) -> float:
    """Seconds a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def speed(plans: Sequence[Path], seed: int) -> None:
    """The whole chain against Tesseract alone, in turns."""
    head = ("level, dots an inch", "pages", "chain s", "ocr s", "ratio", "bar")
    table("speed: bytes to record against Tesseract alone on the same images", head, speed_rows(plans, seed))


def speed_rows(plans: Sequence[Path], seed: int) -> Iterator[tuple[object, ...]]:
    """A row each level; seconds are medians a page."""
    for level, dpi in (("mild", 200), ("mild", 300), ("hard", 300)):
        chain, alone, ratios, count = [], [], [], 0
        for plan in plans:
            images, pages = pictures(plan, level, dpi, seed, most=3)
            content, count = to_pdf(images, dpi, quality=QUALITY), count + len(pages)
            with watched_engine() as calls:
                extract(content)
            for _ in range(ROUNDS):
                whole = timed(lambda content=content: extract(content))
                bare = timed(lambda calls=calls: [recognised(*call) for call in calls])
                ratios.append(whole / bare)
                chain.append(whole / len(pages))
                alone.append(bare / len(pages))
        ratio = held(f"speed {level}, {dpi}", statistics.median(ratios), SLOWER, form=".3f")
        seconds = (f"{statistics.median(times):.3f}" for times in (chain, alone))
        yield f"{level}, {dpi}", count, *seconds, ratio, f"≤ {SLOWER}"


@contextmanager
def watched_engine() -> Iterator[list[tuple[Any, int]]]:
    """The image and the pixels an inch of each page that is handed to the engine meanwhile."""
    calls: list[tuple[Any, int]] = []
    plain = ocr.read

    def read(image: Any, dpi: int, mode: int = ocr.PAGE, *more: Any, **named: Any) -> Any:
        if mode == ocr.PAGE:
            calls.append((image, dpi))
        return plain(image, dpi, mode, *more, **named)

    ocr.read = read
    try:
        yield calls
    finally:
        ocr.read = plain
    if not calls:
        raise SystemExit("scripts/bench scan: no page went through extractor.reading.ocr.read")


def recognised(image: Any, dpi: int) -> object:
    """Tesseract with the engine and settings of the reader, its result left where it is."""
    if not ocr.has_library():
        return ocr.read(image, dpi)
    engine = ocr._engine(ocr.models())
    engine.SetPageSegMode(ocr.PAGE)
    engine.SetImage(image)
    engine.SetSourceResolution(dpi)
    engine.Recognize(ocr.SECONDS * 1000)
    return engine.Clear()


def workers(plans: Sequence[Path], seed: int) -> None:
    """One process against two."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for at, plan in enumerate(plans):
            images, _ = pictures(plan, "mild", 200, seed, most=2)
            paths.append(Path(scratch, f"{at:02} {plan.stem}.pdf"))
            paths[-1].write_bytes(to_pdf(images, 200, quality=QUALITY))
        head = ("two processes", "files", "1: s", "2: s", "ratio", "bar")
        table("workers: pipe(workers=2) against 1", head, worker_rows(paths))


def worker_rows(paths: Sequence[Path]) -> Iterator[tuple[object, ...]]:
    """What two processes gain here for pure arithmetic, then for scans; scans have a bar only where
    arithmetic reaches it.
    """
    one, two = zip(*(spun() for _ in range(ROUNDS)), strict=True)
    yield "arithmetic alone", "", f"{min(one):.2f}", f"{min(two):.2f}", f"{min(one) / min(two):.2f} "
    list(pipe(paths[:1]))
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(2):
        for count, found in times.items():
            found.append(timed(lambda count=count: list(pipe(paths, workers=count))))
    best = {count: min(found) for count, found in times.items()}
    bar = SCALES if min(one) / min(two) >= SCALES else 0.0
    ratio = held("workers", best[1] / best[2], bar, least=True)
    yield (
        "scans",
        len(paths),
        f"{best[1]:.2f}",
        f"{best[2]:.2f}",
        ratio,
        f"≥ {SCALES}" if bar else "none here",
    )


def spun() -> tuple[float, float]:
    """Seconds that a loop takes twice in a row, and in two processes at once."""
    one = timed(lambda: [spin(), spin()])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(abs, (1, 2)))
        return one, timed(lambda: [future.result() for future in [pool.submit(spin) for _ in range(2)]])


def spin(rounds: int = 8_000_000) -> int:
    """Arithmetic that needs no memory."""
    total = 0
    for at in range(rounds):
        total = (total * 31 + at) & 0xFFFF
    return total


CHILD = """
import json, re, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
from extractor import Trouble, extract
begin = time.perf_counter()
try:
    record = extract(Path(sys.argv[1]))
    notes = " ".join(sorted({note.code for note in record.notes}))
    said = f"record, {record.source['pages']} pages ({notes})"
except Trouble as trouble:
    said = f"refused: {trouble.code}"
except BaseException as error:
    said = f"DEFECT: {error!r}"[:150]
seconds = time.perf_counter() - begin
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(json.dumps([said, seconds, memory]))
"""


def hostile() -> None:
    """Files that are no scans of plans: a record or a clear refusal, in time and in little memory."""
    with tempfile.TemporaryDirectory() as scratch:
        head = ("file", "kB", "seconds", "MB", "outcome")
        table("hostile files (bar: a record or a refusal)", head, hostile_rows(Path(scratch)))


def hostile_rows(folder: Path) -> Iterator[tuple[object, ...]]:
    """A row each file."""
    for name, make in FILES.items():
        path = folder / name
        path.write_bytes(make())
        said, seconds, memory = outcome(path)
        if not said.startswith(("record", "refused")):
            MISSED.append(f"hostile {name}: {said}")
        yield name, path.stat().st_size // 1024, f"{seconds:.1f}", memory, f"  {said}"
        path.unlink()


def outcome(path: Path) -> tuple[str, float, int | str]:
    """What comes of a file in a process of its own, after how many seconds, with how many MB at most."""
    command = [sys.executable, "-c", CHILD, path, str(MEMORY)]
    begin = time.perf_counter()
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        said, seconds, memory = json.loads(done.stdout.splitlines()[-1])
    except subprocess.TimeoutExpired:
        return f"STOPPED after {SECONDS} s", time.perf_counter() - begin, "-"
    except (ValueError, IndexError):
        return f"DIED ({done.returncode}): {done.stderr[-120:].strip()}", time.perf_counter() - begin, "-"
    return said, seconds, memory


def saved(image: Image.Image, form: str, **how: Any) -> bytes:
    """An image as a file."""
    held_ = BytesIO()
    image.save(held_, form, **how)
    return held_.getvalue()


def lettered(size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    """A grey page with a few lines of text."""
    image = Image.new("L", size, 255)
    for at in range(10):
        ImageDraw.Draw(image).text(
            (150, 150 + 60 * at), "KE HOACH so 12/KH-UBND nam 2024", fill=0, font_size=34
        )
    return image


def great_png(side: int = 30_000) -> bytes:
    """A white 1-bit PNG of ``side`` × ``side`` pixels, packed row by row."""
    pack, row = zlib.compressobj(9), b"\0" + b"\xff" * ((side + 7) // 8)
    data = b"".join(pack.compress(row) for _ in range(side)) + pack.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def tiny_pages(count: int = 2000) -> bytes:
    """A PDF whose pages each show a picture of 90 × 120 pixels."""
    small = lettered().resize((90, 120))
    return to_pdf([small] * count, 11)


FILES: dict[str, Callable[[], bytes]] = {
    "blank.png": lambda: saved(Image.new("L", (1654, 2339), 255), "PNG"),
    "black.png": lambda: saved(Image.new("L", (1654, 2339), 0), "PNG"),
    "one-pixel.png": lambda: saved(Image.new("L", (1, 1), 0), "PNG"),
    "one-pixel.pdf": lambda: to_pdf([Image.new("L", (1, 1), 0)], 200),
    "noise.png": lambda: saved(Image.effect_noise((1654, 2339), 120), "PNG"),
    "wide-30000x200.png": lambda: saved(lettered((30_000, 200)), "PNG"),
    "high-200x30000.png": lambda: saved(lettered((200, 30_000)), "PNG"),
    "great-30000x30000.png": great_png,
    "half.tif": lambda: half(to_tiff([lettered().convert("1")] * 2, 200)),
    "half.jpg": lambda: half(saved(lettered(), "JPEG", quality=80)),
    "half-scan.pdf": lambda: half(to_pdf([lettered()] * 2, 200)),
    "2000-blank.pdf": lambda: pdf_of([Sheet()] * 2000),
    "2000-tiny.pdf": tiny_pages,
}


def half(content: bytes) -> bytes:
    """The first half of a file."""
    return content[: len(content) // 2]
