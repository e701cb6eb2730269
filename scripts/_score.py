"""How well the documents are read: extracts them in process and compares the records with gold.

Sets: `corpus`, plans of our own writing, clean and damaged by code; `found`, plans of our own writing as a
stranger's archive would hold them; `scans`, some of both as pictures; `generated`, documents composed on the
fly in the held-out half of the grammar; `real` and `real-scans`, documents that
may lie beside the checkout (../shared). A document that needs a tool this machine lacks is skipped and
named; one that fails otherwise counts as empty. The baseline holds what was wrong when it was written,
document by document; the guard compares the documents that both know. Scans are given some room: another
processor may round otherwise.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor import extract
from extractor.evaluation import Document, Evaluation, Tally, evaluate
from extractor.ground.trouble import Missing

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared"
SETS = {
    "corpus": ROOT / "corpus",
    "found": ROOT / "corpus" / "found",
    "scans": ROOT / "corpus" / "scans",
    "generated": Path(),  # made on the fly
    "real": REAL,
    "real-scans": REAL,
}
MADE = (1, 150, "held-out")  # seed, number and half of the grammar of the set `generated`
SCANS = ("d02-", "d03-", "d06-")  # of the real documents
TOLERANCE = 0.0005
ROOM = {"scans": 0.05, "real-scans": 0.05}


@dataclass
class Run:
    """One set, scored now."""

    evaluation: Evaluation
    seconds: float
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Score the sets, print their tables, and hold or rewrite the baseline."""
    args = parse_args()
    runs = {}
    for name, folder in SETS.items():
        if args.set not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = made(Path(scratch)) if name == "generated" else folder
            if (folder / "plans").is_dir():
                runs[name] = run = score(name, folder, args)
                report(name, run, args.errors)
    if not any(run.evaluation.documents for run in runs.values()):
        return complain("nothing was scored")
    if args.update_baseline:
        args.baseline.write_text(dumped(updated(loaded(args.baseline), runs)), "utf-8")
        print(f"wrote {args.baseline}")
    elif args.guard:
        return guard(loaded(args.baseline), runs, args.baseline)
    return 0


def parse_args() -> argparse.Namespace:
    """The command line; a baseline and a choice of documents exclude each other."""
    ap = argparse.ArgumentParser(
        prog="scripts/score", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("names", nargs="*", help="only documents whose file name holds one of these")
    ap.add_argument("--set", choices=SETS, help="only this set")
    ap.add_argument("--similar", type=float, default=1.0, help="ratio from which two texts count as equal")
    ap.add_argument("--errors", action="store_true", help="every wrong and every missing answer")
    ap.add_argument("--baseline", type=Path, help="fail where the mean or a field is worse than in this file")
    ap.add_argument("--update-baseline", action="store_true", help="write the baseline anew")
    args = ap.parse_args()
    args.guard = args.baseline is not None
    args.baseline = args.baseline or ROOT / "tests" / "baseline.json"
    if (args.guard or args.update_baseline) and (args.names or args.set or args.similar != 1.0):
        ap.error("a baseline is about all documents, judged exactly")
    return args


def made(folder: Path) -> Path:
    """The set `generated`, composed anew; its folder."""
    from corpus_generate import generate

    seed, count, part = MADE
    generate(seed, count, part, "text", "none", folder)
    return folder


def score(name: str, folder: Path, args: argparse.Namespace) -> Run:
    """Extract what has gold in a set, and compare."""
    run = Run(Evaluation(()), 0.0)
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        for path in documents(name, folder, args):
            record = extracted(path, run)
            if record is not None:
                Path(scratch, f"{path.stem}.json").write_text(json.dumps(record), "utf-8")
        run.seconds = time.perf_counter() - begin
        run.evaluation = evaluate(folder / "gold", Path(scratch), similar=args.similar, only=True)
    return run


def documents(name: str, folder: Path, args: argparse.Namespace) -> Iterable[Path]:
    """The documents of a set that have a gold record; its stem is the file's name without last suffix."""
    wanted = {file.stem for file in (folder / "gold").glob("*.json")}
    paths: dict[str, Path] = {}
    for path in sorted((folder / "plans").iterdir()):
        if path.stem in wanted and paths.setdefault(path.stem, path) != path:
            raise SystemExit(f"{paths[path.stem]} and {path} share one gold record: rename one of them")
    for stem in sorted(wanted - set(paths)):
        complain(f"{folder / 'gold' / stem}.json has no document")
    for path in paths.values():
        if folder == REAL and path.name.startswith(SCANS) != (name == "real-scans"):
            continue
        if not args.names or any(part in path.name for part in args.names):
            yield path


def extracted(path: Path, run: Run) -> dict[str, Any] | None:
    """The plain record; ``None`` where a tool is missing, empty where the document fails."""
    try:
        return extract(path).to_dict(plain=True)
    except Missing as trouble:
        run.skipped[path.stem] = str(trouble)
        return None
    except Exception as trouble:  # the measure has to survive what it measures
        run.failed[path.stem] = f"{type(trouble).__name__}: {trouble}"
        return {}


def report(name: str, run: Run, errors: bool) -> None:
    """Print a set's table, and what was left out of it."""
    print(f"== {name} ({run.seconds:.1f} s)")
    print(run.evaluation.table())
    for stem, why in run.skipped.items():
        print(f"skipped {stem}: {why}")
    for stem, why in run.failed.items():
        print(f"FAILED {stem}: {why}")
    if errors:
        print(*run.evaluation.errors, sep="\n")
    print()


def guard(baseline: dict[str, Any], runs: dict[str, Run], file: Path) -> int:
    """Compare with the baseline; 1 where something is worse."""
    if not baseline:
        return complain(f"no baseline in {file}; scripts/score --update-baseline writes one")
    worse = []
    for name, run in runs.items():
        old = baseline.get(name, {"documents": [], "errors": {}})
        lost = set(old["documents"]) - {d.name for d in run.evaluation.documents} - set(run.skipped)
        worse += [f"{name}: {stem} is in the baseline, but not here" for stem in sorted(lost)]
        common = [d for d in run.evaluation.documents if d.name in set(old["documents"])]
        before, now = Evaluation(tuple(remembered(d, old) for d in common)), Evaluation(tuple(common))
        worse += [f"{name}: {line}" for line in differences(before, now, ROOM.get(name, TOLERANCE))]
        new = len(run.evaluation.documents) - len(common)
        print(f"{name}: {len(common)} documents held to the baseline, {new} new, {len(run.skipped)} skipped")
    for line in worse:
        complain(line)
    return 1 if worse else 0


def remembered(now: Document, old: dict[str, Any]) -> Document:
    """A document as the baseline knows it: what there was to find is the gold's, the errors are its own."""
    errors = old["errors"].get(now.name, {})
    tallies = {}
    for name, tally in now.tallies.items():
        fp, fn = errors.get(name, (0, 0))
        tallies[name] = Tally(max(0, tally.tp + tally.fn - fn), fp, fn)
    return Document(now.name, tallies)


def differences(before: Evaluation, now: Evaluation, room: float) -> Iterable[str]:
    """What is worse now by more than ``room``, a line each; of a field four times that."""
    if now.mean < before.mean - room:
        yield f"mean {before.mean:.4f} -> {now.mean:.4f}"
    for name, tally in now.fields.items():
        old = before.fields.get(name, Tally())
        if tally.f1 < old.f1 - 4 * room:
            yield f"{name} {old.f1:.4f} -> {tally.f1:.4f}"
            was = {d.name: d.tallies.get(name, Tally()) for d in before.documents}
            for d in now.documents:
                here = d.tallies.get(name, Tally())
                if here.fp + here.fn > was[d.name].fp + was[d.name].fn:
                    yield from (f"  {error}" for error in here.errors)


def updated(baseline: dict[str, Any], runs: dict[str, Run]) -> dict[str, Any]:
    """The baseline after these runs; what this machine could not read is kept as it was."""
    result = dict(baseline)
    for name, run in runs.items():
        old = baseline.get(name, {"documents": [], "errors": {}})
        kept = [stem for stem in old["documents"] if stem in run.skipped]
        errors = {stem: old["errors"][stem] for stem in kept if stem in old["errors"]}
        for document in run.evaluation.documents:
            wrong = {n: [t.fp, t.fn] for n, t in document.tallies.items() if t.fp or t.fn}
            if wrong:
                errors[document.name] = wrong
        result[name] = {
            "mean": round(run.evaluation.mean, 4),
            "fields": {n: round(t.f1, 4) for n, t in run.evaluation.fields.items()},
            "documents": sorted([*kept, *(d.name for d in run.evaluation.documents)]),
            "errors": dict(sorted(errors.items())),
        }
    return result


def loaded(file: Path) -> dict[str, Any]:
    """The baseline, or nothing where there is none yet."""
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def dumped(baseline: dict[str, Any]) -> str:
    """JSON that shows in a diff which field of which document changed: its [surplus, missing] answers."""
    text = json.dumps(baseline, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", text) + "\n"


def complain(message: str) -> int:
    """Say on stderr what is wrong; the exit code of it."""
    print(f"scripts/score: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
