"""What confidences are worth: composed documents of the held-out half of the grammar, as text (half of them
damaged) and as scans, and corpus/found, by which the rules were mended.

`--fit` compares ways to calibrate, each fitted anew on the training half.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import _calibrate as cal
from _calibrate import Map, Seen

from extractor import extract
from extractor.ground.calibration import ACCEPTED
from extractor.record import Record

ROOT = Path(__file__).resolve().parents[1]
BARS = {"error": 0.05, "share": 0.8, "right": 0.99}
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 1.01)
SEED = 12

Sets = dict[str, list[Seen]]
Whole = dict[str, tuple[bool, bool]]
"""Document → whether its record is accepted, and whether all of its values are right."""


def run(count: int, scanned: int, fit: bool) -> int:
    """Print the measures; 1 where a bar is missed on held-out texts."""
    sets, wholes = measured(count, scanned)
    shipped: Map = lambda value: value.shipped  # noqa: E731
    for name, values in sets.items():
        print(f"\n{name}: {len(values)} values of {len({v.document for v in values})} documents")
        print("\n".join(reliability(values)))
        print(summary(values, shipped))
        kept = [right for accepted, right in wholes[name].values() if accepted]
        share = sum(kept) / len(kept) if kept else 0.0
        print(f"records accepted {len(kept)} of {len(wholes[name])}, right in every value {share:.3f}")
    print("\nby field, held-out text: values, mean confidence, share right")
    print("\n".join(by_field(sets["held-out, text"])))
    if fit:
        print("\n".join(compared(sets)))
    return held(sets["held-out, text"])


def measured(count: int, scanned: int) -> tuple[Sets, dict[str, Whole]]:
    """Set → its values, and its documents."""
    sources: dict[str, Callable[[], Iterator[tuple[str, dict[str, object], Record]]]] = {
        "held-out, text": lambda: ((m.name, m.gold, r) for m, r in cal.texts("held-out", SEED, count)),
        "held-out, scans": lambda: (
            (m.name, m.gold, r) for m, r in cal.scans("held-out", cal.SCANNED, scanned)
        ),
        "corpus/found, by which rules were mended": found,
    }
    sets: Sets = {}
    wholes: dict[str, Whole] = {}
    for name, source in sources.items():
        sets[name], wholes[name] = [], {}
        for document, gold, record in source():
            values = list(cal.seen(document, gold, record))
            sets[name] += values
            wholes[name][document] = record.accepted, all(value.right for value in values)
    return {name: values for name, values in sets.items() if values}, wholes


def found() -> Iterator[tuple[str, dict[str, object], Record]]:
    """The documents of corpus/found."""
    folder = ROOT / "corpus" / "found"
    for path in sorted((folder / "plans").iterdir()):
        yield path.stem, json.loads((folder / "gold" / f"{path.stem}.json").read_text("utf-8")), extract(path)


def reliability(values: list[Seen]) -> Iterator[str]:
    """A row each bin of confidence."""
    yield f"{'confidence':16}{'values':>8}{'mean':>8}{'right':>8}"
    for low, high in pairwise(BINS):
        part = [v for v in values if low <= v.shipped < high]
        if part:
            mean = sum(v.shipped for v in part) / len(part)
            yield f"{low:.2f} – {min(high, 1):.2f}{len(part):12}{mean:8.3f}{share_right(part):8.3f}"


def share_right(values: list[Seen]) -> float:
    """The share of right values."""
    return sum(value.right for value in values) / len(values) if values else 0.0


def accepted(values: list[Seen], told: Map) -> list[Seen]:
    """The values sure enough to be taken unseen."""
    return [value for value in values if told(value) >= ACCEPTED]


def summary(values: list[Seen], told: Map) -> str:
    """Calibration error, loss, and what would be accepted, on one line."""
    taken = accepted(values, told)
    loss = -sum(math.log(min(max(told(v) if v.right else 1 - told(v), 1e-4), 1.0)) for v in values) / len(
        values
    )
    return (
        f"expected error {cal.expected_error(values, told):.4f}, log loss {loss:.4f}; from {ACCEPTED} on "
        f"{len(taken) / len(values):.3f} of the values, {share_right(taken):.4f} of them right"
    )


def by_field(values: list[Seen]) -> Iterator[str]:
    """A row each field, the worst told first."""
    groups: defaultdict[str, list[Seen]] = defaultdict(list)
    for value in values:
        groups[f"{value.field}{' (absent)' if value.kind == 'absent' else ''}"].append(value)
    rows = [
        (sum(v.shipped for v in part) / len(part), share_right(part), name) for name, part in groups.items()
    ]
    for mean, right, name in sorted(rows, key=lambda row: row[1] - row[0]):
        yield f"{name:24}{len(groups[name]):8}{mean:8.3f}{right:8.3f}"


def compared(sets: Sets) -> Iterator[str]:
    """The ways to calibrate, on every set."""
    values = [value for some in cal.gathered("train") for value in some]
    maps: dict[str, Map] = {"none (the rule's estimate)": lambda value: value.estimate}
    for depth, name in ((1, "one curve a kind"), (2, "a curve a field"), (3, "a curve a rule")):
        maps[name] = cal.told_by(cal.fit(values, depth), depth)
        maps[f"{name}, every value counted"] = cal.told_by(cal.fit(values, depth, math.inf), depth)
    for name, told in maps.items():
        yield f"\n{name}"
        for group, measured in sets.items():
            yield f"  {group:42}{summary(measured, told)}"


def held(values: list[Seen]) -> int:
    """Say which bars are missed; the exit code of it."""
    taken = accepted(values, lambda value: value.shipped)
    got = {
        "error": cal.expected_error(values, lambda value: value.shipped),
        "share": len(taken) / len(values),
        "right": share_right(taken),
    }
    missed = [name for name, bar in BARS.items() if (got[name] > bar if name == "error" else got[name] < bar)]
    print("\nmissed: " + ", ".join(missed) if missed else "\nevery bar is reached")
    return int(bool(missed))
