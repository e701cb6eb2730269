"""How fast kehoach is, all in one run, since two runs on a shared machine do not compare.

`text`: one plan (the corpus one nearest to 14 kB) to record, in process; underthesea's word_tokenize on the
same text as the yardstick (where it is here; --peers installs it into .venv-bench, never into the product's
environment); start-up, and memory. `speed`: every promise of speed in one table, beside all peers. `growth`:
long texts, and hostile lines that repeat one thing, at doubling lengths; time must double with them.
`memory`: thousands of documents in one process. `repair`: words mended, classes named, speed, beside ftfy and
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
    from pathlib import Path
    from extractor import extract
    extract(Path(sys.argv[1])).to_json()
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
    speed = what.add_parser("speed", help="every promise of speed in one table, and where the time goes")
    speed.add_argument("--peers", action="store_true", help="install the peers into .venv-bench first")
    speed.add_argument("--documents", type=int, default=80, help="texts composed for a round (80)")
    speed.add_argument("--seed", type=int, default=1, help="of what is composed")
    speed.add_argument("--write", action="store_true", help="put the tables into scripts/site as well")
    growth = what.add_parser("growth", help="long texts and hostile lines at doubling lengths")
    growth.add_argument("--only", choices=("long", "hostile"), help="this half")
    memory = what.add_parser("memory", help="one process, thousands of documents: does it grow?")
    memory.add_argument("--documents", type=int, default=5000, help="texts (5,000)")
    memory.add_argument("--seed", type=int, default=1, help="of what is composed")
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
        import _bench_growth

        return _bench_growth.run(args.only)
    if args.what == "memory":
        import _bench_memory

        return _bench_memory.run(args.documents, args.seed)
    if args.what == "speed":
        python = peer_python(args.peers, "eyecite")
        lend_peers(False)
        try:
            import _bench_speed
        except ModuleNotFoundError as error:
            raise SystemExit(f"scripts/bench speed: needs {error.name}: run it with --peers once") from error
        return _bench_speed.run(python, args.documents, args.seed, args.write)
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
