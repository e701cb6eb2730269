"""Everything that is said of speed, in one table of one run: ours, the peer's, the ratio, the bar.

Each round composes documents that no round has seen (corpus/grammar), as text, DOCX and PDF; every document
is read once a round, by us and by the peers in turn. Times are processor seconds, ratios medians over the
rounds.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple

import _bench
from corpus_docx import docx_bytes
from corpus_generate import documents, source
from corpus_pdf import pdf_bytes

from extractor import assembly, extract, fields, outline, pipeline, relations, repair

SITE = _bench.ROOT / "scripts" / "site" / "explanation" / "speed.md"
BLOCK = re.compile(r"(?<=<!-- made by scripts/bench speed --write -->\n).*?(?=<!-- end -->)", re.DOTALL)
ROUNDS = 3
SMALL = 4  # a DOCX or PDF for so many texts
SCAN = _bench.ROOT / "corpus" / "scans" / "plans" / "thi-xa-2012-trong-cay.fax.tif"


class Bar(NamedTuple):
    """A promise: how many times as fast as ``peer`` (a folder's kind) one of our figures is to be."""

    ours: str
    said: str
    peer: str
    kind: str
    least: float


BARS = (
    Bar("text", "ftfy fix_text alone", "ftfy", "text", 2.0),
    Bar("text", "underthesea word_tokenize alone", "underthesea", "text", 25.0),
    Bar("text", "eyecite on decisions of US courts", "eyecite", "cites", 20.0),
    Bar("text", "Bluebell on acts in its own marks", "bluebell", "acts", 20.0),
    Bar("pdf", "pdfplumber extract_words alone", "pdfplumber", "pdf", 10.0),
    Bar("pdf", "pypdfium2, plain text alone", "pypdfium2", "pdf", 0.3),
    Bar("docx", "python-docx, every paragraph and cell", "python-docx", "docx", 4.0),
)
#: figure → its unit and its own bar
OWN = {"text": ("MB/s", 5.0), "pdf": ("pages/s", 300.0), "docx": ("documents/s", None)}
ROOMS = ("reading", "repair", "judging", "outline", "fields", "relations", "assembly", "JSON")


class Row(NamedTuple):
    """One line of the table, as text."""

    what: str
    ours: str
    peer: str
    ratio: str
    bar: str
    reached: str


def run(python: Path | None, count: int, seed: int, write: bool) -> int:
    """Measure and print; 1 where a bar is missed. ``write`` puts the tables into the documentation."""
    with tempfile.TemporaryDirectory() as folder:
        made = [round_of(Path(folder, str(n)), seed + n, count) for n in range(ROUNDS + 1)]
        rates, shares = measure(made, python)
    rows = [*compared(rates), *limits(rates), *split(shares), *starts(), *weights()]
    said = f"{tabled(Row._fields, rows)}\n\n{tabled(('room', *shares), profile(shares))}\n"
    print(said)
    if write:
        SITE.write_text(BLOCK.sub(lambda _: f"\n{said}\n", SITE.read_text("utf-8")), "utf-8")
    return int(any(row.reached == "no" for row in rows))


def round_of(folder: Path, seed: int, count: int) -> Path:
    """The files of one round: a folder for each kind."""
    for kind in ("text", "docx", "pdf", "cites", "acts"):
        (folder / kind).mkdir(parents=True)
    for n, made in enumerate(documents(seed, count, "held-out")):
        (folder / "text" / f"{n}.txt").write_text(made.text, "utf-8")
        if n % SMALL == 0:
            (folder / "docx" / f"{n}.docx").write_bytes(docx_bytes(source(made)))
            (folder / "pdf" / f"{n}.pdf").write_bytes(pdf_bytes(made.blocks))
    rng = random.Random(seed)
    (folder / "cites" / "decision.txt").write_text(decision(rng), "utf-8")
    (folder / "acts" / "act.txt").write_text(act(rng), "utf-8")
    return folder


def decision(rng: random.Random, paragraphs: int = 60) -> str:
    """A made decision of a US court: the text that eyecite is for."""
    names = ("Hale", "Orton", "Brandt", "Quill", "Mercer", "Lund", "Pryce", "Tolan")

    def paragraph() -> str:
        one, other = rng.sample(names, 2)
        page, year = rng.randrange(1, 900), rng.randrange(1950, 2020)
        case = f"{one} v. {other}, {rng.randrange(300, 590)} U.S. {page}, {page + 2} ({year})"
        again = f"{other} v. {one}, {rng.randrange(300, 990)} F.2d {page + 9} (9th Cir. {year})"
        return (
            f"The court below relied on {case}, and held that the claim was barred. We do not agree. See"
            f" {again}. What was said leaves no doubt that the notice came too late; id. at {page + 3}."
        )

    return "\n\n".join(paragraph() for _ in range(paragraphs))


def act(rng: random.Random, parts: int = 6) -> str:
    """A made act in the marks of Bluebell."""
    topics = ("water", "roads", "schools", "markets", "forests", "health")

    def section(n: int) -> str:
        topic = rng.choice(topics)
        items = "".join(f"    ({letter}) the care of {rng.choice(topics)};\n\n" for letter in "abc")
        return f"  SEC {n}. - Of {topic}\n\n    The office sees to {topic} everywhere, and to\n\n{items}"

    return "".join(
        f"PART {n} - Of {rng.choice(topics)}\n\n" + "".join(section(5 * n + m) for m in range(5))
        for n in range(1, parts + 1)
    )


class Peers:
    """The process of the peers; without one every answer is ``None``."""

    def __init__(self, python: Path | None) -> None:
        command = [python, Path(__file__).with_name("_bench_peers.py")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, text=True, **pipes) if python else None

    def seconds(self, peer: str, folder: Path) -> float | None:
        """How long it takes for the files of a folder."""
        if self._process is None:
            return None
        asked: IO[str] = self._process.stdin  # type: ignore[assignment]
        told: IO[str] = self._process.stdout  # type: ignore[assignment]
        print(peer, folder, sep="\t", file=asked, flush=True)
        answer: float | None = json.loads(told.readline())
        return answer

    def close(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.communicate()


Rates = dict[str, list[float]]  # figure, or peer → its rate in each round
Shares = dict[str, Counter[str]]  # kind of document → seconds by room


def measure(made: list[Path], python: Path | None) -> tuple[Rates, Shares]:
    """Every rate in every round, the first round (which loads and warms) left out."""
    rates: Rates = {}
    shares: Shares = {kind: Counter() for kind in OWN}
    peers = Peers(python)
    for warm, folder in enumerate(made):
        found = {kind: spent(folder / kind) for kind in OWN}
        took = {kind: sum(rooms.values()) for kind, rooms in found.items()}
        rate = {kind: amount(kind, folder) / took[kind] for kind in OWN}
        rate["limit"] = amount("text", folder) / bare(folder / "text")
        for bar in BARS:
            peer = peers.seconds(bar.peer, folder / bar.kind)
            if peer:
                kind = bar.kind if bar.kind in OWN else "text"
                rate[bar.peer] = amount(kind, folder, bar.kind) / peer
        for name, value in rate.items() if warm else ():
            rates.setdefault(name, []).append(value)
        for kind, rooms in found.items() if warm else ():
            shares[kind] += rooms
    peers.close()
    return rates, shares


def amount(kind: str, folder: Path, where: str = "") -> float:
    """What a rate counts: megabytes of text, pages of PDF, DOCX files."""
    files = list((folder / (where or kind)).iterdir())
    if kind == "text":
        return sum(file.stat().st_size for file in files) / 1e6
    return sum(extract(file, ocr="never").source["pages"] for file in files) if kind == "pdf" else len(files)


def spent(folder: Path) -> Counter[str]:
    """Processor seconds by room, for every file of a folder once."""
    rooms: Counter[str] = Counter()
    for file in sorted(folder.iterdir()):
        given = file.read_text("utf-8") if file.suffix == ".txt" else file.read_bytes()
        marks = list(watched(given))
        for name, (begin, end) in zip(ROOMS, pairwise(marks), strict=True):
            rooms[name] += end - begin
    return rooms


def watched(given: str | bytes) -> Iterator[float]:
    """The processor's clock before, between and behind the rooms (:func:`extractor.pipeline.build`)."""
    clock = time.process_time
    yield clock()
    read = pipeline.open_source(given, ocr="never")
    yield clock()
    text = repair.mend(read.raw, read.lines, seen=read.words)
    yield clock()
    legibility = repair.judge(text, read.pages)
    yield clock()
    paper = outline.draw(text.clean)
    yield clock()
    found = fields.find(paper)
    yield clock()
    found, _ = relations.relate(paper, found)
    yield clock()
    record = assembly.assemble(read, text, paper, found, "", legibility)
    yield clock()
    record.to_json()
    yield clock()


def bare(folder: Path) -> float:
    """What no reader of text can do without: decode, look whether it is composed, part the lines."""
    given = [file.read_bytes() for file in folder.iterdir()]

    def least() -> None:
        for content in given:
            text = content.decode("utf-8")
            unicodedata.is_normalized("NFC", text)
            text.split("\n")

    times = 50
    begin = time.process_time()
    for _ in range(times):
        least()
    return (time.process_time() - begin) / times


def compared(rates: Rates) -> Iterator[Row]:
    """Our rates beside their own bars, then beside the peers'."""
    for kind, (unit, least) in OWN.items():
        rate = statistics.median(rates[kind])
        yield Row(f"{kind} → record", f"{shown(rate)} {unit}", "", "", *judged(rate, least, unit))
        for bar in (bar for bar in BARS if bar.ours == kind):
            if bar.peer not in rates:
                yield Row("", "", f"{bar.said}: not here, see --peers", "", f"≥ {bar.least:g} ×", "–")
                continue
            ratio = statistics.median(a / b for a, b in zip(rates[kind], rates[bar.peer], strict=True))
            peer = f"{bar.said}: {shown(statistics.median(rates[bar.peer]))} {unit}"
            yield Row("", "", peer, f"{ratio:.2f} ×", *judged(ratio, bar.least, "×"))


def shown(rate: float) -> str:
    """A rate with as many digits as say something."""
    return f"{rate:.0f}" if rate >= 10 else f"{rate:.2g}"


def judged(value: float, least: float | None, unit: str) -> tuple[str, str]:
    """The bar and whether it is reached."""
    return ("", "") if least is None else (f"≥ {least:g} {unit}", "yes" if value >= least else "no")


def limits(rates: Rates) -> Iterator[Row]:
    """How far off the least that any reader does is."""
    least, ours = statistics.median(rates["limit"]), statistics.median(rates["text"])
    yield Row("decode, NFC check, lines alone", f"{least:.0f} MB/s", "", f"1/{least / ours:.0f}", "", "")


def split(shares: Shares) -> Iterator[Row]:
    """What the room costs that only lays values side by side."""
    rooms = shares["text"]
    share = rooms["relations"] / rooms.total()
    yield Row("relations, share of a text", f"{share:.1%}", "", "", "≤ 3 %", "yes" if share <= 0.03 else "no")
    whole = rooms.total() / (rooms.total() - rooms["relations"])
    yield Row("all on ÷ fields alone", f"{whole:.2f}", "", "", "≤ 1.5", "yes" if whole <= 1.5 else "no")


def starts() -> Iterator[Row]:
    """Processor seconds of fresh processes."""
    for what, arguments, most in (
        ("kehoach --version", ["-m", "extractor", "--version"], 0.2),
        ("import extractor", ["-c", "import extractor"], 0.15),
    ):
        took = statistics.median(child([sys.executable, *arguments]) for _ in range(9))
        yield Row(what, f"{took:.3f} s", "", "", f"≤ {most} s", "yes" if took <= most else "no")


def child(command: list[str]) -> float:
    """Processor seconds of a command."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=_bench.ROOT)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def weights() -> Iterator[Row]:
    """Peak memory of a process that reads one document of a kind."""
    plans = _bench.ROOT / "corpus" / "plans"
    for kind, file in (("text", _bench.corpus_plan()), ("PDF", min(plans.glob("*.pdf"))), ("scan", SCAN)):
        yield Row(f"memory of a worker, {kind}", f"{_bench.peak([file]) / 1024:.0f} MB", "", "", "", "")


def profile(shares: Shares) -> list[tuple[str, ...]]:
    """The share of each room, by kind of document."""
    return [(room, *(f"{rooms[room] / rooms.total():.0%}" for rooms in shares.values())) for room in ROOMS]


def tabled(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
