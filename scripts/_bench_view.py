"""The page of a scan of fifteen pages: how long it takes beside reading the scan, and how much it weighs."""

import time
from io import BytesIO
from pathlib import Path

import pypdfium2

from extractor import pipeline
from extractor.view import Viewed, view

ROOT = Path(__file__).resolve().parents[1]
SCAN = ROOT / "corpus" / "scans" / "plans" / "phuong-2021-tre-em.scan.pdf"
PAGES, SECONDS, MEGABYTES = 15, 5.0, 8.0


def repeated(content: bytes, pages: int) -> bytes:
    """A scan whose pages are those of ``content`` again and again."""
    one, many = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    while len(many) < pages:
        many.import_pages(one, list(range(min(len(one), pages - len(many)))))
    file = BytesIO()
    many.save(file)
    return file.getvalue()


def run() -> int:
    """Measure and print; 1 where a bar is missed."""
    content = repeated(SCAN.read_bytes(), PAGES)
    begin = time.perf_counter()
    read = pipeline.mended(content, name="scan.pdf")
    record = pipeline.build(read)
    reading = time.perf_counter() - begin
    begin = time.perf_counter()
    shots = tuple(pipeline.pictures(content, "scan.pdf"))
    drawn = time.perf_counter() - begin
    page = view(Viewed(record, shots, pipeline.considered(read)))
    took, size = time.perf_counter() - begin, len(page.encode()) / 1e6
    print(f"{PAGES} pages read            {reading:6.1f} s")
    print(
        f"their page                {took:6.2f} s, pictures {drawn:.2f}; {took / reading:.0%} of the reading"
    )
    print(f"its size                  {size:6.2f} MB")
    return int(took > SECONDS or size > MEGABYTES)
