"""How well plans are read that come as scans: rendered, worn by code, read through the whole pipeline.

Characters, fields, what a pen wrote, confidences; with `_bench_scan_routes` the ways pages are read, and with
`_bench_scan_load` speed, workers and hostile files. ``!`` marks a figure that misses its bar.
"""

import json
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import _bench_scan_load as load
import _bench_scan_pages as pages
import _bench_scan_routes as routes
from _bench_repair import hide
from _bench_scan_pages import held, table

from extractor import extract, mend
from extractor.evaluation import Evaluation, Tally, compare

#: most wrong characters in per cent: pixels an inch → level → bar
CER = {300: {"clean": 0.2, "mild": 0.5, "hard": 1.5}, 200: {"clean": 0.3, "mild": 0.6, "hard": 2.0}}
#: points of field F1 that a scan may cost
LOSS = {"mild": 1.0, "hard": 5.0}
DPI = 200  # of all measures but the first
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.01)


@dataclass(frozen=True)
class Plans:
    """The plans to measure by, the seed of their looks, and whether to print what is wrong."""

    paths: Sequence[Path]
    seed: int
    errors: bool = False

    def read(self, level: str, dpi: int = DPI, hand: bool = False) -> Iterator[pages.Read]:
        """Each plan, rendered and read; the same again costs nothing."""
        for path in self.paths:
            yield pages.read(path, level, dpi, self.seed, hand)


def run(only: Sequence[str], count: int, seed: int, errors: bool) -> int:
    """Print the measures asked for (all, where none is named); 1 where a bar is missed."""
    plans = Plans(pages.chosen(count), seed, errors)
    hide({path.stem: "" for path in plans.paths})
    print(f"{len(plans.paths)} plans, held out of the counts: {', '.join(path.stem for path in plans.paths)}")
    for name, measure in MEASURES.items():
        if not only or name in only:
            measure(plans)
    print("\nmissed: " + "; ".join(pages.MISSED) if pages.MISSED else "\nevery bar is reached")
    return int(bool(pages.MISSED))


def cer(plans: Plans) -> None:
    """Wrong characters in body and tables."""
    head = ("level, dots an inch", "plans", "chars", "raw %", "repaired %", "bar", "extra", "worst")
    pairs: dict[str, Counter[str]] = {}
    table("characters: wrong in body and tables, per cent", head, cer_rows(plans, pairs))
    print("extra: characters of runs longer than 12 that stand inside the body and are not printed there")
    for name, counted in pairs.items() if plans.errors else ():
        print(
            f"  {name}: " + "  ".join(f"{pair} {count}" for pair, count in counted.most_common(25) if count)
        )


def cer_rows(plans: Plans, pairs: dict[str, Counter[str]]) -> Iterator[tuple[object, ...]]:
    """A row each level and resolution, and what the repair does to the print itself; ``pairs`` gets what is
    read for what after the repair.
    """
    alone = pages.Wrong()
    for path in plans.paths:
        sheets = pages.layout(pages.text_of(path), pages.own_seed(path, plans.seed))
        lines = "\n".join(line.text for sheet in sheets for line in sheet.lines)
        alone += pages.wrong(sheets, mend(lines).clean)
    yield "the print itself", len(plans.paths), alone.of.total(), "", f"{alone.share:.2f} ", "", alone.extra
    for dpi, bars in CER.items():
        for level, bar in bars.items():
            raw, clean, worst = pages.Wrong(), pages.Wrong(), (0.0, "")
            for read in plans.read(level, dpi):
                raw += pages.wrong(read.pages, read.raw)
                own = pages.wrong(read.pages, read.clean)
                clean, worst = clean + own, max(worst, (own.share, read.plan.stem))
            name = f"{level}, {dpi}"
            pairs[name] = clean.pairs
            cells = (
                held(f"CER {name} {kind}", each.share, bar) for kind, each in (("raw", raw), ("", clean))
            )
            yield (
                name,
                len(plans.paths),
                raw.of.total(),
                *cells,
                f"≤ {bar}",
                clean.extra,
                f"  {worst[0]:.2f} {worst[1]}",
            )


def fields(plans: Plans) -> None:
    """Field F1 of scans beside that of the same plans as text."""
    head = ("level, field", "text", "scan", "loss", "alike .9", "loss .9", "bar", "whole")
    wrongs: list[str] = []
    table("fields: mean F1, and the points that scans lose", head, fields_rows(plans, wrongs))
    if plans.errors:
        print(*wrongs, sep="\n")


def fields_rows(plans: Plans, wrongs: list[str]) -> Iterator[tuple[object, ...]]:
    """A row each level, below it the fields that lose; ``wrongs`` gets what is not even alike."""
    texts = {path.stem: extract(path).to_dict(plain=True) for path in plans.paths}
    text = evaluated(plans, texts, 1.0)
    for level, bar in LOSS.items():
        scans = {read.plan.stem: read.plain for read in plans.read(level)}
        scan, near = (evaluated(plans, scans, similar) for similar in (1.0, 0.9))
        losses = [100 * (text.mean - other.mean) for other in (scan, near)]
        one, two = (
            held(f"fields {level}{how}", loss, bar) for how, loss in zip(("", " alike"), losses, strict=True)
        )
        whole = f"{scan.whole}/{len(scans)}"
        yield level, f"{text.mean:.4f}", f"{scan.mean:.4f}", one, f"{near.mean:.4f}", two, f"≤ {bar:g}", whole
        for name, tally in text.fields.items():
            f1s = [other.fields.get(name, Tally()).f1 for other in (scan, near)]
            if f1s[0] < tally.f1:
                yield (
                    f"  {name}",
                    f"{tally.f1:.4f}",
                    *(cell for f1 in f1s for cell in (f"{f1:.4f}", f"{100 * (tally.f1 - f1):.2f} ")),
                )
        wrongs += [f"  {level}: {error}" for error in near.errors]


def evaluated(plans: Plans, records: dict[str, dict[str, Any]], similar: float) -> Evaluation:
    """Plain records (by stem) against the gold ones."""
    golds = ((path.stem, json.loads(pages.gold_of(path).read_text("utf-8"))) for path in plans.paths)
    return Evaluation(tuple(compare(stem, gold, records[stem], similar) for stem, gold in golds))


def hand(plans: Plans) -> None:
    """What is made of a number and a day that a pen wrote."""
    head = ("level, field", "right", "abstained", "cut", "invented", "bar")
    invented: list[str] = []
    table("by hand: own number and day", head, hand_rows(plans, invented))
    print(*invented, sep="\n") if invented else None


def hand_rows(plans: Plans, invented: list[str]) -> Iterator[tuple[object, ...]]:
    """A row each level and field; what was invented goes into ``invented``."""
    for level in ("clean", *LOSS):
        tally = {
            name: dict.fromkeys(("right", "abstained", "cut", "invented"), 0) for name in ("number", "date")
        }
        for read in plans.read(level, hand=True):
            gold = json.loads(pages.gold_of(read.plan).read_text("utf-8"))
            for name in penned(read, gold):
                verdict = judged(gold[name], read.plain.get(name))
                tally[name][verdict] += 1
                if verdict == "invented":
                    invented.append(
                        f"{level} {read.plan.stem}: {name} {read.plain[name]!r} is {gold[name]!r}"
                    )
        for name, row in tally.items():
            cell = held(f"hand {level} {name} invented", row["invented"], 0, form="d")
            yield f"{level}, {name}", row["right"], row["abstained"], row["cut"], cell, "= 0"


def penned(read: pages.Read, gold: dict[str, Any]) -> Iterator[str]:
    """The fields of a plan that its first page shows in handwriting."""
    lines = [line for line in read.pages[0].lines if any(word.hand for word in line.words)]
    for name, here in (("number", lambda text: text.startswith("Số")), ("date", lambda text: "ngày" in text)):
        if gold.get(name) and any(here(line.text) for line in lines):
            yield name


def judged(gold: str, found: str | None) -> str:
    """``right``, ``abstained`` (nothing, or less that agrees), ``cut`` (the digits without the letters behind
    them) or ``invented``.
    """
    if found == gold:
        return "right"
    if not found or gold.startswith(f"{found}-") or (not found[0].isdigit() and gold.endswith(found)):
        return "abstained"
    return "cut" if gold.startswith((f"{found}/", f"{found}-")) else "invented"


def calibration(plans: Plans) -> None:
    """Confidences of words and pages against what is true of them."""
    levels = ("clean", *LOSS)
    seen = {level: [pair for read in plans.read(level) for pair in words_of(read)] for level in levels}
    head = ("sure of a word", *(f"{level} {what}" for level in levels for what in ("words", "right")))
    table("calibration: share of words that are right", head, bin_rows(seen))
    table(
        "calibration: errors of pages, per cent of the characters",
        ("level", "pages", "told", "true", "gap", "order"),
        page_rows(plans, levels),
    )
    print("gap: mean difference of told and true; order: rank correlation of told and true over the pages")


def words_of(read: pages.Read) -> Iterator[tuple[float, bool]]:
    """Confidence and truth of each word that was read where body or table is printed."""
    if read.source is None:
        return
    whole = pages.printed_words(read.pages)
    raw = read.source.raw
    found = [
        (word, seen.sure)
        for seen in read.source.words
        for word in pages.fold(raw[seen.start : seen.end]).split()
    ]
    for tag, i1, i2, j1, j2 in pages.opcodes(whole.units, [word for word, _ in found]):
        if tag in ("equal", "replace"):
            for owner, (_, sure) in zip(whole.owners[i1:i2], found[j1:j2], strict=True):
                if owner:
                    yield sure, tag == "equal"
        elif tag == "insert" and j2 - j1 < 3 and pages.inside(whole.owners, i1):
            yield from ((sure, False) for _, sure in found[j1:j2])


def bin_rows(seen: dict[str, list[tuple[float, bool]]]) -> Iterator[tuple[object, ...]]:
    """A row each bin of confidence, and the mean distance of confidence and truth."""
    gaps = dict.fromkeys(seen, 0.0)
    for low, high in pairwise(BINS):
        row: list[object] = []
        for level, pairs in seen.items():
            inside = [(sure, right) for sure, right in pairs if low <= sure < high]
            row += [len(inside), f"{share(right for _, right in inside):.4f}" if inside else "-"]
            gaps[level] += abs(sum(sure - right for sure, right in inside)) / max(1, len(pairs))
        yield f"{low:.2f} to {min(high, 1):.2f}", *row
    yield "mean gap", *(cell for level in seen for cell in ("", f"{gaps[level]:.4f}"))
    yield (
        "all",
        *(
            cell
            for pairs in seen.values()
            for cell in (len(pairs), f"{share(right for _, right in pairs):.4f}")
        ),
    )


def share(values: Any) -> float:
    """The share of true values."""
    listed = list(values)
    return sum(listed) / max(1, len(listed))


def page_rows(plans: Plans, levels: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """A row each level: the errors that routes tell, and the true ones."""
    for level in levels:
        pairs = [pair for read in plans.read(level) for pair in errors_of(read)]
        if pairs:
            told, true = (statistics.fmean(side) for side in zip(*pairs, strict=True))
            gap = statistics.fmean(abs(a - b) for a, b in pairs)
            yield level, len(pairs), f"{told:.2f}", f"{true:.2f}", f"{gap:.2f}", f"{order(pairs):.2f}"


def order(pairs: Sequence[tuple[float, float]]) -> float:
    """The rank correlation of pairs (Spearman); 0 where one side never changes."""
    try:
        return statistics.correlation(*map(ranks, zip(*pairs, strict=True)))
    except statistics.StatisticsError:
        return 0.0


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, equal ones sharing theirs."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


def errors_of(read: pages.Read) -> Iterator[tuple[float, float]]:
    """Told and true share of wrong characters of each page read by OCR, in per cent."""
    if read.source is None:
        return
    count = pages.wrong(read.pages, read.raw)
    for page in read.source.pages:
        if page.route and page.route.error is not None and count.of[page.number]:
            yield 100 * page.route.error, 100 * count.pages[page.number] / count.of[page.number]


MEASURES = {
    "cer": cer,
    "fields": fields,
    "hand": hand,
    "calibration": calibration,
    "routing": lambda plans: routes.measure(plans.paths, plans.seed),
    "speed": lambda plans: load.speed(plans.paths, plans.seed),
    "workers": lambda plans: load.workers(plans.paths, plans.seed),
    "hostile": lambda plans: load.hostile(),
}
