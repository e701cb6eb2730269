"""How fast kehoach is, all in one run, since two runs on a shared machine do not compare.

`text`: one plan (the corpus one nearest to 14 kB) to record, in process; underthesea's word_tokenize on the
same text as the yardstick (where it is here; --peers installs it into .venv-bench, never into the product's
environment); start-up, and memory. `growth`: hostile lines that repeat one thing, at doubling lengths;
time must double with them. `repair`: words mended, classes named, speed, beside ftfy and
underthesea. `scan`: plans rendered as scans and read again. `archive`: a batch over thousands of made
documents. `calibration`: what confidences are worth. `learned`: learned parts beside the rules. `themes`:
grouping and labels on corpus/themes.
`report`: a report of many records: seconds, bytes, first paint. `view`: the page of a scan of fifteen pages.
Trust the ratios, not the absolutes.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / ".venv-bench"
SIZE = 14_000
SCANNED = ("cer", "fields", "hand", "calibration", "routing", "speed", "workers", "hostile")

ARCHIVE = ("account", "overhead", "kill", "hostile")

PEER = """
import json, sys, time
from importlib.metadata import version
from underthesea import word_tokenize
text = open(sys.argv[1], encoding="utf-8").read()
word_tokenize(text, use_token_normalize=False)
times = []
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    word_tokenize(text, use_token_normalize=False)
    times.append(time.perf_counter() - begin)
print(json.dumps({"version": version("underthesea"), "times": times}))
"""
# Not ru_maxrss, where it can be avoided: on Linux a child starts with its parent's.
MEMORY = """
import os, re, resource, sys
if len(sys.argv) > 1:
    from extractor import extract
    extract(open(sys.argv[1], encoding="utf-8").read()).to_json()
if os.path.exists("/proc/self/status"):
    print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> int:
    """Measure and print."""
    ap = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = ap.add_subparsers(dest="what", required=True)
    text = what.add_parser("text", help="one plan, text to record")
    text.add_argument("plan", nargs="?", type=Path, help="a text file (the corpus plan nearest to 14 kB)")
    text.add_argument("--peers", action="store_true", help="install the yardstick into .venv-bench first")
    text.add_argument("--repeat", type=int, default=30)
    repair = what.add_parser("repair", help="every class of damage, beside ftfy and underthesea")
    repair.add_argument("--peers", action="store_true", help="install the yardsticks into .venv-bench first")
    what.add_parser("growth", help="hostile lines at doubling lengths")
    scan = what.add_parser(
        "scan", help="rendered scans: characters, fields, handwriting, routes, speed, hostile"
    )
    scan.add_argument("--peers", action="store_true", help="install rapidfuzz into .venv-bench first")
    scan.add_argument(
        "--only", choices=SCANNED, action="append", default=[], help="this measure (more: again)"
    )
    scan.add_argument("--plans", type=int, default=12, help="how many plans are rendered (12)")
    scan.add_argument("--errors", action="store_true", help="what is read for what, and each wrong answer")
    scan.add_argument("--seed", type=int, default=1, help="of the pages' looks and damages")
    themes = what.add_parser("themes", help="grouping and labels of themes on corpus/themes")
    themes.add_argument(
        "--errors", action="store_true", help="each wrong answer of the half that is tuned on"
    )
    themes.add_argument("--peers", action="store_true", help="install underthesea into .venv-bench first")
    report = what.add_parser("report", help="a report of many varied records: time, size, first paint")
    report.add_argument("--records", type=int, default=10_000, help="how many (10,000)")
    report.add_argument("--seed", type=int, default=1, help="of how they vary")
    archive = what.add_parser("archive", help="a batch: memory, speed, kills, hostile files")
    archive.add_argument(
        "--only", choices=ARCHIVE, action="append", default=[], help="this measure (more: again)"
    )
    archive.add_argument("--documents", type=int, default=10_000, help="how many are made (10,000)")
    archive.add_argument("--scratch", type=Path, help="a folder to work in, which keeps the made archives")
    calibration = what.add_parser("calibration", help="confidences against the share of right values")
    calibration.add_argument("--documents", type=int, default=1200, help="how many are composed (1,200)")
    calibration.add_argument("--scans", type=int, default=40, help="how many are read as scans (40)")
    calibration.add_argument("--fit", action="store_true", help="compare ways to calibrate, fitted anew")
    learned = what.add_parser("learned", help="learned parts beside the rules: part, rule, model, kept")
    learned.add_argument("--documents", type=int, default=80, help="how many are composed (80)")
    learned.add_argument("--taught", type=int, default=240, help="how many teach the rankers (240)")
    what.add_parser("view", help="the page of a scan of fifteen pages: time and size")
    args = ap.parse_args()
    if args.what == "view":
        import _bench_view

        return _bench_view.run()
    if args.what == "learned":
        import _bench_learned

        return _bench_learned.run(args.documents, args.taught)
    if args.what == "calibration":
        import _bench_calibration

        return _bench_calibration.run(args.documents, args.scans, args.fit)
    if args.what == "archive":
        import _bench_archive

        return _bench_archive.run(args.only, args.documents, args.scratch)
    if args.what == "growth":
        return bench_growth()
    if args.what == "repair":
        import _bench_repair

        return _bench_repair.run(peer_python(args.peers, "ftfy"))
    if args.what == "scan":
        lend_peers(args.peers)
        import _bench_scan

        return _bench_scan.run(args.only, args.plans, args.seed, args.errors)
    if args.what == "themes":
        lend_peers(args.peers)
        import _bench_themes

        return _bench_themes.run(args.errors)
    if args.what == "report":
        import _bench_report

        return _bench_report.run(args.records, args.seed)
    bench_text(args.plan or corpus_plan(), args.repeat, args.peers)
    return 0


#: What a hostile document may begin with, and repeat without end: near misses of every kind of pattern.
REPEATED = (
    ("I. Thời gian: ", "5,"),
    ("từ ngày 01/6/2024", " "),
    ("A, ngày ", ". "),
    ("a", "\u0301"),
    ("\nSở Y tế xây ", "\n"),
    ("", "\t"),
    ("", "; "),
    ("Lưu", "\n"),
    ("", "SỞ Y TẾ, "),
    ("", "số A-1/X-2 12/KH-UBND "),
    ("", "chủ đề “a "),
    ("", "báo cáo trước ngày "),
    ("", "gửi về Sở Y tế qua Phòng "),
    ("", "1. a\n"),
    ("", "a) x\n1. y\n"),
    ("", "- a\n+ b\n* c\n"),
    ("", "a b c d\n"),
    ("", "Số: "),
    ("", "Nơi nhận: - A; "),
)


#: The same for the repair alone: pieces of every class of damage, and near misses.
DAMAGED = (
    "*", "_a ", "\\", "&amp", "<p ", "a  ", "1\n", "MỤC ĐÍCH ", "c p ", "\n", "\f", "1. ",
    "e\u0301\u0302", "ƣ", "ð", "/KH–A", "(", "“", "Ã", "1⁄", "1  A\n", "ab\n", "A, ngày",
    "- A; CHỦ TỊCH", "A Độc lập - ", "qu ốc gia h ọc t ập ", "to àn th ể", "K Ế H O Ạ C H ",
    "K Ế   H O Ạ C H   ", "Đ ộ c l ậ p\n", "1 2 / K H - ", "a ", "Ă ", "đ ộ", "Đ ộ c . ", "A\u00ad",
    "kh  khăn các c p\n", "các xã  phường c p ", "Õ ¹ ", "KÕ ho¹ch n¨m ", "aù eä oâ ", "Ӄ Ҥ ", "FͯD ",
    "a^. ", "áº ", "cđa ", "(cid:75)", "о ", "a\u0301 ", "\xad−",
)  # fmt: skip


def bench_growth() -> int:
    """Time each at three lengths; 1 where the longest costs over 2.8 times the one before it."""
    from extractor import extract, mend

    hostile = [(begin + unit, extract, f"KẾ HOẠCH\nA\n{begin}", unit) for begin, unit in REPEATED]
    hostile += [(unit, mend, "", unit) for unit in DAMAGED]
    worst = 0.0
    for name, call, begin, unit in hostile:
        count = 4000 if call is extract else 40_000 // len(unit)
        texts = [f"{begin}{unit * n}\nb" for n in (count, 2 * count, 4 * count)]
        times = [min(timed(lambda text=text, call=call: call(text)) for _ in range(2)) for text in texts]
        ratio = times[2] / times[1] if times[2] > 0.05 else 1.0
        worst = max(worst, ratio)
        row(repr(name)[:24], " ".join(f"{t * 1e3:8.1f}" for t in times) + f" ms  x {ratio:.2f}")
    return int(worst > 2.8)


def corpus_plan() -> Path:
    """The undamaged corpus plan that is nearest to 14 kB."""
    plans = [path for path in (ROOT / "corpus" / "plans").glob("*.txt") if ".damaged" not in path.name]
    if not plans:
        raise SystemExit("scripts/bench: no text plan in corpus/plans; name one")
    return min(plans, key=lambda path: (abs(path.stat().st_size - SIZE), path.name))


def bench_text(plan: Path, repeat: int, peers: bool) -> None:
    """Time one plan, its yardstick, and the start-up."""
    text = plan.read_text("utf-8")
    row("plan", f"{plan.name}, {len(text):,} characters, {plan.stat().st_size:,} bytes")
    python = peer_python(peers)
    first, ours = time_extract(text, repeat)
    peer = time_peer(python, plan, repeat) if python else None
    ours += time_extract(text, repeat)[1]  # again, so that a busy neighbour hits both sides
    seconds = statistics.median(ours)
    row(
        "text to record", f"{seconds * 1e3:.2f} ms (best {min(ours) * 1e3:.2f}; first call {first * 1e3:.0f})"
    )
    row(
        "  throughput",
        f"{plan.stat().st_size / seconds / 1e6:.2f} MB/s, {len(text) / seconds / 1e6:.2f} M chars/s",
    )
    if peer:
        other = statistics.median(peer["times"])
        row(
            f"underthesea {peer['version']} words",
            f"{other * 1e3:.2f} ms (best {min(peer['times']) * 1e3:.2f})",
        )
        row("  kehoach is faster by", f"{other / seconds:.1f} times")
    else:
        row("underthesea words", "not here; --peers installs it into .venv-bench")
    bench_start(plan)


def bench_start(plan: Path) -> None:
    """Time the start-up, and weigh one extraction."""
    bare = [sys.executable, "-c", "pass"]
    for name, statement in (
        ("import extractor", "import extractor"),
        ("import extract", "from extractor import extract"),
    ):
        begin, loaded = alternate(bare, [sys.executable, "-c", statement])
        row(name, f"{(loaded - begin) * 1e3:.0f} ms over a bare interpreter ({begin * 1e3:.0f})")
    program, script = alternate(
        [ROOT / ".venv/bin/kehoach", "--version"], [ROOT / "scripts/kehoach", "--version"]
    )
    row(
        "kehoach --version", f"{program * 1e3:.0f} ms; by scripts/kehoach {(script - program) * 1e3:.0f} more"
    )
    idle, used = peak([]), peak([plan])
    row("peak memory", f"{used / 1024:.0f} MB (bare interpreter {idle / 1024:.0f})")


def row(name: str, value: str) -> None:
    """One line of the table."""
    print(f"{name:26} {value}", flush=True)


def time_extract(text: str, repeat: int) -> tuple[float, list[float]]:
    """Seconds of a first call, and of each one after it."""
    from extractor import extract

    first = timed(lambda: extract(text))
    return first, [timed(lambda: extract(text)) for _ in range(repeat)]


def time_peer(python: Path, plan: Path, repeat: int) -> dict[str, object]:
    """The yardstick's version and seconds, measured in its own environment."""
    output = subprocess.run(
        [python, "-c", PEER, plan, str(repeat)], check=True, capture_output=True, text=True
    ).stdout
    return json.loads(output.splitlines()[-1])


def peer_python(install: bool, library: str = "underthesea") -> Path | None:
    """An interpreter that has the peers, if any."""
    there = BENCH / "bin" / "python"
    if install:
        print("kehoach: setting up .venv-bench …", file=sys.stderr)
        pip = [there, "-m", "pip", "--disable-pip-version-check", "install", "-r"]
        for step in ([sys.executable, "-m", "venv", BENCH], [*pip, ROOT / "requirements" / "bench.txt"]):
            run = subprocess.run(step, capture_output=True, text=True)
            if run.returncode:
                raise SystemExit(f"{run.stdout}{run.stderr}scripts/bench: could not set up .venv-bench")
    for python in (Path(sys.executable), there):
        probe = [python, "-c", f"import {library}"]
        if python.exists() and subprocess.run(probe, capture_output=True).returncode == 0:
            return python
    return None


def lend_peers(install: bool) -> None:
    """Let this program import what it lacks from .venv-bench, whose Python is the same."""
    peer_python(install, "rapidfuzz")
    sys.path += map(str, BENCH.glob(f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"))


def alternate(one: list[object], other: list[object], repeat: int = 9) -> tuple[float, float]:
    """Median seconds of two commands, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        for command, found in zip((one, other), times, strict=True):
            found.append(timed(lambda c=command: subprocess.run(c, check=True, stdout=subprocess.DEVNULL)))
    return statistics.median(times[0]), statistics.median(times[1])


def peak(arguments: list[Path]) -> int:
    """Peak memory of a fresh interpreter, in kB."""
    return int(subprocess.check_output([sys.executable, "-c", MEMORY, *arguments]))


def timed(call: Callable[[], object]) -> float:
    """Seconds a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
