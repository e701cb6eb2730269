"""Does a process grow that reads one document after the other? Thousands of texts, and some PDFs."""

import gc
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import _bench
from corpus_generate import documents

from extractor import extract

MOST = 1.25  # of the memory behind a fifth of the documents: what is remembered fills up, then nothing grows
PDFS = 20  # texts for one PDF


def run(count: int, seed: int) -> int:
    """Measure and print; 1 where the memory grows."""
    texts = (next(documents(seed + n, 1, "train")).text for n in range(count))
    pdf = min((_bench.ROOT / "corpus" / "plans").glob("*.pdf")).read_bytes()
    good = flat("texts", texts, count, lambda text: extract(text).to_json())
    return int(not (flat("PDFs", (pdf for _ in range(count // PDFS)), count // PDFS, extract) and good))


def flat(kind: str, given: Iterator[object], count: int, call: Callable[..., object]) -> bool:
    """Read all, look at the memory behind each fifth, and say whether the last equals the first."""
    seen = []
    for n, one in enumerate(given, 1):
        call(one)
        if n % max(1, count // 5) == 0:
            gc.collect()
            seen.append(resident())
    ratio = seen[-1] / seen[0]
    _bench.row(f"{count} {kind}", " ".join(f"{mb:6.1f}" for mb in seen) + f" MB  x {ratio:.3f}")
    return ratio <= MOST


def resident() -> float:
    """The memory that this process holds, in MB."""
    if not Path("/proc/self/statm").exists():
        raise SystemExit("scripts/bench memory: needs /proc; run it on Linux")
    pages = re.findall(r"\d+", Path("/proc/self/statm").read_text())[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20
