"""How well themes are grouped and labelled, on corpus/themes: two halves, of which B was never tuned on."""

import csv
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BARS = {"F1": 0.97, "labels": 0.95}


class Score(NamedTuple):
    """Pairwise precision, recall, F1 of the grouping; share of labels that are right; what is wrong."""

    wordings: int
    themes: int
    precision: float
    recall: float
    f1: float
    labels: float
    errors: tuple[str, ...]


def rows(half: str, only: str | None = None) -> list[dict[str, str]]:
    """The labelled wordings of a half: those of `wordings.tsv` and `worn.tsv`."""
    found = []
    for name in ("wordings", "worn"):
        with open(ROOT / "corpus" / "themes" / f"{name}.tsv", encoding="utf-8", newline="") as file:
            found += [
                row | {"made": name}
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if half in (row["half"], "AB") and only in (None, name)
            ]
    return found


def score(labelled: list[dict[str, str]], years: bool = True) -> Score:
    """Group and label the wordings as a report does; without `years` they are grouped by words alone."""
    from extractor.report.grouping import Stated, judged
    from extractor.report.national import national_themes

    stated = [Stated(r["wording"], *((r["campaign"], int(r["year"])) if years else ())) for r in labelled]
    found = judged(stated, national_themes())
    true = [r["theme"] for r in labelled]
    ours = [j.group for j in found]
    both = pairs(list(zip(true, ours, strict=True)))
    precision, recall = both / max(1, pairs(ours)), both / max(1, pairs(true))
    errors = []
    right = 0
    for row, judgement in zip(labelled, found, strict=True):
        said = judgement.label or "own"
        right += said == row["label"]
        if said != row["label"]:
            errors.append(f"{row['theme']}: {row['label']} read as {said}: {row['wording']}")
    errors += split_or_mixed(labelled, ours)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Score(len(true), len(set(true)), precision, recall, f1, right / len(true), tuple(errors))


def pairs(groups: list[object]) -> int:
    """How many pairs stand together."""
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())


def split_or_mixed(labelled: list[dict[str, str]], ours: list[int]) -> list[str]:
    """The wordings that do not stand in their theme's largest group."""
    home = {}
    for theme in {row["theme"] for row in labelled}:
        home[theme] = Counter(
            g for r, g in zip(labelled, ours, strict=True) if r["theme"] == theme
        ).most_common(1)[0][0]
    lost = [
        f"{r['theme']}: apart: {r['wording']}"
        for r, g in zip(labelled, ours, strict=True)
        if home[r["theme"]] != g
    ]
    mixed = [f"{a} and {b}: together" for a, b in combinations(sorted(home), 2) if home[a] == home[b]]
    return lost + mixed


def run(errors: bool) -> int:
    """Print the table; 1 where the held-out half misses a bar."""
    from extractor.report.vectors import tokeniser

    print(f"words told apart by {tokeniser()}")
    print(f"{'set':34}{'wordings':>9}{'themes':>8}{'P':>8}{'R':>8}{'F1':>8}{'labels':>8}")
    held = None
    for name, half, only, years in (
        ("A, tuned on", "A", None, True),
        ("B, held out", "B", None, True),
        ("B, written by hand", "B", "wordings", True),
        ("B, worn", "B", "worn", True),
        ("A and B in one archive", "AB", None, True),
        ("A and B, campaign and year unknown", "AB", None, False),
    ):
        begin = time.perf_counter()
        got = score(rows(half, only), years)
        labels = f"{got.labels:8.4f}" if years else f"{'–':>8}"
        print(
            f"{name:34}{got.wordings:9}{got.themes:8}{got.precision:8.4f}{got.recall:8.4f}{got.f1:8.4f}{labels}"
            f"  {time.perf_counter() - begin:.1f} s"
        )
        if half == "B" and held is None:
            held = got
        if errors and half == "A":
            print(*(f"    {line}" for line in got.errors), sep="\n")
    return int(held is None or held.f1 < BARS["F1"] or held.labels < BARS["labels"])


if __name__ == "__main__":
    sys.exit(run("--errors" in sys.argv))
