"""What a batch over an archive costs and withstands: made documents as text, Word and PDF."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from _bench_scan_pages import MISSED, ROOT, held

SEED = 20_261
FORMS = ("text", "text", "text", "docx", "pdf")  # of five documents
OVERHEAD, SCALES, AGAIN, GROWTH, READ = 1.15, 1.8, 0.05, 1.1, 0.87
KILLS, MUTATED = 20, 500


def archive(folder: Path, count: int, workers: int = 2) -> Path:
    """An archive of ``count`` made documents in folders by hundred; made once, kept for the next measure."""
    target = folder / f"archive-{count}"
    if not target.is_dir():
        shares = [(n, min(100, count - n), target.with_suffix(".part")) for n in range(0, count, 100)]
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_make, shares))
        target.with_suffix(".part").rename(target)
    return target


def _make(share: tuple[int, int, Path]) -> None:
    from corpus_docx import docx_bytes
    from corpus_generate import documents, source
    from corpus_pdf import pdf_bytes

    start, count, target = share
    folder = target / f"{start // 100:03}"
    folder.mkdir(parents=True, exist_ok=True)
    for n, made in enumerate(documents(SEED + start, count, "train")):
        form = FORMS[n % len(FORMS)]
        if form == "text":
            (folder / f"{made.name}.txt").write_text(made.text, "utf-8")
        elif form == "docx":
            (folder / f"{made.name}.docx").write_bytes(docx_bytes(source(made)))
        else:
            (folder / f"{made.name}.pdf").write_bytes(pdf_bytes(made.blocks))


def command(roots: Path, store: Path, *more: str) -> list[str]:
    """The command line of a batch."""
    return [sys.executable, "-m", "extractor", "batch", str(roots), "-o", str(store), *more]


def batch(roots: Path, store: Path, *more: str) -> float:
    """Seconds that a batch takes."""
    begin = time.perf_counter()
    code = subprocess.run(command(roots, store, *more), cwd=ROOT, stderr=subprocess.DEVNULL).returncode
    if code not in (0, 3):
        raise SystemExit(f"bench: the batch ended with exit code {code}")
    return time.perf_counter() - begin


def ask(store: Path, query: str) -> list[tuple[object, ...]]:
    """Rows of a store."""
    import sqlite3

    db = sqlite3.connect(store)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()


def dump(store: Path) -> str:
    """The digest of all that a store holds."""
    import hashlib
    import sqlite3

    digest = hashlib.sha256()
    db = sqlite3.connect(store)
    for line in db.iterdump():
        digest.update(line.encode("utf-8", "surrogatepass"))
    db.close()
    return digest.hexdigest()


# --- the measures


def account(folder: Path, count: int) -> Iterator[tuple[object, ...]]:
    """All documents accounted for, the parent's memory, the rate; then the same archive again."""
    roots, store = archive(folder, count), folder / "account.db"
    store.unlink(missing_ok=True)
    begin = time.perf_counter()
    process = subprocess.Popen(command(roots, store, "-j", "2"), cwd=ROOT, stderr=subprocess.DEVNULL)
    sizes: list[int] = []
    while process.poll() is None:
        sizes.append(_resident(process.pid))
        time.sleep(0.2)
    first = time.perf_counter() - begin
    states = Counter(dict(ask(store, "SELECT state, count(*) FROM files GROUP BY state")))  # type: ignore[arg-type]
    files = sum(1 for path in roots.rglob("*") if path.is_file())
    yield (
        "files accounted for",
        held("account", sum(states.values()) / files, 1.0, least=True),
        f"{files} files",
    )
    yield "of them read", states["read"], f"{states['failed']} failed"
    yield "documents a second", f"{files / first:.0f}", "2 workers"
    quarters = [sizes[n * len(sizes) // 4 : (n + 1) * len(sizes) // 4] for n in range(4)]
    second, last = max(quarters[1]), max(quarters[3])
    yield "parent's memory, last quarter / second", held("memory", last / second, GROWTH), f"{last >> 10} MB"
    again = batch(roots, store, "-j", "2")
    yield "second run / first", held("second run", again / first, AGAIN, form=".3f"), f"{again:.1f} s"
    size = store.stat().st_size / files / 1024
    yield "kB a document in the store", f"{size:.0f}", ""


def _resident(pid: int) -> int:
    """Kilobytes of a process that are its own: pages of the store that the system has mapped do not count."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon")), 0)


def overhead(folder: Path, count: int) -> Iterator[tuple[object, ...]]:
    """A batch with one worker against plain calls in a loop, in turns; two workers against one."""
    roots = archive(folder, count)
    ratios, scales, bare = [], [], []
    for _ in range(3):
        loop = _loop(roots)
        one, two = (_fresh(roots, folder, "-j", n) for n in "12")
        ratios.append(one / loop)
        scales.append(one / two)
        bare.append(_scales())
    yield "one worker / a loop of extract", held("overhead", min(ratios), OVERHEAD, form=".2f"), "least of 3"
    held_scale = held("two workers", max(scales), SCALES, least=True, form=".2f")
    yield "one worker / two", held_scale, f"most of 3; this machine: {max(bare):.2f}"


def _fresh(roots: Path, folder: Path, *more: str) -> float:
    store = folder / "overhead.db"
    for path in folder.glob("overhead.db*"):
        path.unlink()
    return batch(roots, store, *more)


def _loop(roots: Path) -> float:
    """Seconds of plain calls over the archive, in a process of their own."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom extractor import extract\n"
        "for path in sorted(Path(sys.argv[1]).rglob('*')):\n"
        "    if path.is_file(): extract(path)\n"
    )
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", program, str(roots)], cwd=ROOT, check=True)
    return time.perf_counter() - begin


def _scales() -> float:
    """How far two processes that only count go beyond one, here and now."""
    program = "x = 0\nfor n in range(20_000_000): x += n"

    def run(many: int) -> float:
        begin = time.perf_counter()
        for process in [subprocess.Popen([sys.executable, "-c", program]) for _ in range(many)]:
            process.wait()
        return time.perf_counter() - begin

    return 2 * run(1) / run(2)


def kill(folder: Path, count: int) -> Iterator[tuple[object, ...]]:
    """Killed at random moments, parent and workers in turn, and run again: the dump of one run."""
    roots, whole, rng = archive(folder, count), folder / "whole.db", random.Random(SEED)
    for path in folder.glob("whole.db*"):
        path.unlink()
    seconds = batch(roots, whole, "-j", "2")
    expected, same = dump(whole), Counter[str]()
    for turn in range(KILLS):
        victim = "parent" if turn % 2 else "worker"
        store = folder / "killed.db"
        for path in folder.glob("killed.db*"):
            path.unlink()
        process = subprocess.Popen(command(roots, store, "-j", "2"), cwd=ROOT, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.05, seconds * 0.95))
        _kill(process, victim)
        process.wait()
        batch(roots, store, "-j", "2")
        same[victim] += dump(store) == expected
    for victim in ("parent", "worker"):
        said = held(f"killed {victim}", same[victim] / (KILLS // 2), 1.0, least=True)
        yield f"{victim} killed {KILLS // 2} times, then run again: same dump", said, ""
    for more in (("-j", "1"), ("-j", "2", "--cluster", "local")):
        store = folder / "other.db"
        for path in folder.glob("other.db*"):
            path.unlink()
        batch(roots, store, *more)
        yield (
            f"{' '.join(more)}: same dump",
            held("other engine", dump(store) == expected, 1.0, least=True),
            "",
        )


def _kill(process: "subprocess.Popen[bytes]", victim: str) -> None:
    """End the parent, or one of its workers if it has any just then."""
    import psutil

    if victim == "worker":
        try:
            children = psutil.Process(process.pid).children()
        except psutil.Error:
            children = []
        for child in children[:1]:
            os.kill(child.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()


def hostile(folder: Path, count: int) -> Iterator[tuple[object, ...]]:
    """Mutated PDFs and Word files: the batch ends well, nothing hangs, nothing is silently empty."""
    roots, store = folder / "hostile", folder / "hostile.db"
    shutil.rmtree(roots, ignore_errors=True)
    for path in folder.glob("hostile.db*"):
        path.unlink()
    roots.mkdir()
    whole = _mutate(archive(folder, count), roots, random.Random(SEED))
    seconds = batch(roots, store, "-j", "2", "--timeout", "60")
    files = sum(1 for _ in roots.iterdir())
    known = ask(store, "SELECT count(*) FROM files")[0][0]
    yield "accounted for", held("hostile files", known / files, 1.0, least=True), f"{files} files"  # type: ignore[operator]
    ends = Counter(dict(ask(store, "SELECT code, count(*) FROM failures GROUP BY code")))  # type: ignore[arg-type]
    hangs = ends["timeout"] + ends["crashed"] + ends["memory"]
    yield "time limit, crash or memory (each a failure of one file)", hangs, ", ".join(sorted(ends))
    empty = ask(
        store,
        "SELECT count(*) FROM texts WHERE length(trim(clean)) < 20 AND NOT EXISTS "
        "(SELECT 1 FROM notes WHERE notes.document = texts.document)",
    )[0][0]
    yield "under 20 characters, without a word", held("silent empties", empty, 0), ""  # type: ignore[arg-type]
    read = {path for (path,) in ask(store, "SELECT path FROM files WHERE state = 'read'")}
    said = held("PDFs read", len(whole & read) / len(whole), READ, least=True, form=".2f")
    yield "PDFs read, of those not truncated", said, f"{len(whole)} files, {seconds:.0f} s"


def _mutate(source: Path, target: Path, rng: random.Random) -> set[str]:
    """Write the files; returns the names of PDFs that were not cut."""
    files = [path for path in sorted(source.rglob("*")) if path.suffix in (".pdf", ".docx")]
    whole = set()
    for n in range(MUTATED - len(BOMBS)):
        path = files[n % len(files)]
        name = f"{n:03}-{(kind := rng.choice(sorted(MUTATIONS)))}{path.suffix}"
        (target / name).write_bytes(MUTATIONS[kind](bytearray(path.read_bytes()), rng))
        if path.suffix == ".pdf" and kind != "cut":
            whole.add(name)
    for name, make in BOMBS.items():
        (target / name).write_bytes(make())
    return whole


def _cut(data: bytearray, rng: random.Random) -> bytes:
    return bytes(data[: rng.randrange(1, len(data))])


def _flipped(data: bytearray, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 20)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def _zeroed(data: bytearray, rng: random.Random) -> bytes:
    size = rng.randrange(16, 1024)
    start = rng.randrange(max(1, len(data) - size))
    data[start : start + size] = bytes(min(size, len(data) - start))
    return bytes(data)


def _swapped(data: bytearray, rng: random.Random) -> bytes:
    """Two blocks change places."""
    size = rng.randrange(8, 256)
    a, b = (rng.randrange(max(1, len(data) - size)) for _ in "ab")
    data[a : a + size], data[b : b + size] = data[b : b + size], data[a : a + size]
    return bytes(data)


def _bomb() -> bytes:
    """A Word file whose text unpacks to 400 MB."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        with file.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 2**20)
    return out.getvalue()


def _entities() -> bytes:
    """A Word file whose XML doubles itself 60 times."""
    chain = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 60))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "x">{chain}]><x>&a59;</x>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", xml)
    return out.getvalue()


def _pages(kids: Callable[[int], str], count: int) -> bytes:
    body = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids(count)}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, words in enumerate(body, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj {words} endobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(body) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    return out + f"trailer << /Size {len(body) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


MUTATIONS: dict[str, Callable[[bytearray, random.Random], bytes]] = {
    "cut": _cut,
    "flipped": _flipped,
    "swapped": _swapped,
    "zeroed": _zeroed,
}
BOMBS: dict[str, Callable[[], bytes]] = {
    "bomb.docx": _bomb,
    "entities.docx": _entities,
    "loop.pdf": lambda: _pages(lambda count: "2 0 R", 10_000),
    "pages.pdf": lambda: _pages(lambda count: "3 0 R " * count, 10_000),
    "claims.pdf": lambda: _pages(lambda count: "3 0 R", 2_000_000_000),
}
#: measure → what it prints
MEASURES: dict[str, Callable[[Path, int], Iterator[tuple[object, ...]]]] = {
    "account": account,
    "overhead": overhead,
    "kill": kill,
    "hostile": hostile,
}


def run(only: Sequence[str], count: int, scratch: Path | None) -> int:
    """Print the measures; 1 where a bar is missed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as made:
        folder = scratch or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for name in only or MEASURES:
            some = count if name == "account" else min(count, 200 if name == "kill" else 1000)
            print(f"\n== {name}: {some} made documents")
            for said, figure, more in MEASURES[name](folder, some):
                print(f"{said:64}{figure!s:>10}  {more}", flush=True)
    for missed in MISSED:
        print(f"MISSED {missed}")
    return 1 if MISSED else 0
