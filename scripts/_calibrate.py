"""The curves of ``models/calibration.tsv``: what estimates were worth on documents with gold records.

A document is composed (``corpus_generate``), damaged or drawn as a scan, and read; each value is then right
or wrong (``extractor.evaluation.verdicts``). What rests on headings that have lost their numbers is counted
in ``corpus/found``, which the model that tells them never saw. Every curve is counted at the knots, drawn
towards the one above it as if that had been seen ``PRIOR`` times, and made to rise (isotonic regression).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from corpus_generate import STEPS, Made, damaged, documents
from corpus_numbers import WAYS, Source, lose
from corpus_numbers import written as written_ones
from sklearn.isotonic import isotonic_regression

from extractor import extract
from extractor.evaluation import verdicts
from extractor.ground.calibration import ANY, KNOTS, NAME, at, kind_of, place
from extractor.ground.field import UNREADABLE
from extractor.record import Record, Value

SEED = 11
SCANNED = 501  # the seed of documents that become scans
TEXTS = 2400
SCANS = 60
LEVELS = ("clean", "mild", "mild", "hard", "fax")
PRIOR = 10.0  # how many values the curve above counts as, at each knot
LIMIT = 50.0  # what all values at a knot count at most: a grammar repeats itself, a thousand documents or ten
CEILING = 0.99  # of values read in documents of other hands, never seen before, .985 of the surest were right
Key = tuple[str, ...]
Curves = Mapping[Key, tuple[int, tuple[float, ...]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One value that was read: where it came from, the rule's estimate, and whether it is right."""

    document: str
    kind: str
    field: str
    rule: str
    estimate: float
    right: bool
    shipped: float

    @property
    def keys(self) -> tuple[Key, ...]:
        """The curves that learn from it, from that of all to that of its rule."""
        names = (self.kind, self.field, self.rule)
        return (self.kind, ANY), names[:2], names


def texts(part: str, seed: int, count: int) -> Iterator[tuple[Made, Record]]:
    """Composed documents as text, every other one damaged in some way, with their records."""
    kinds = tuple(STEPS)
    for n, made in enumerate(documents(seed, count, part)):
        kind = "none" if n % 2 else kinds[n // 2 % len(kinds)]
        yield made, extract(damaged(made, kind, random.Random(f"damage {made.name}")), name=made.name)


def scans(part: str, seed: int, count: int) -> Iterator[tuple[Made, Record]]:
    """Composed documents as scans of every level of wear, with their records."""
    from corpus_scan import scan
    from corpus_scanfile import to_pdf

    for n, made in enumerate(documents(seed, count, part)):
        drawn = scan(made.text, LEVELS[n % len(LEVELS)], 200, n)
        yield made, extract(BytesIO(to_pdf(drawn.images, drawn.dpi)), name=f"{made.name}.pdf")


def seen(name: str, gold: Mapping[str, Any], record: Record) -> Iterator[Seen]:
    """The values of a record with their verdicts; those that claim nothing (unreadable) are left out."""
    read = record.source["origin"] == "ocr"
    for field, judged in verdicts(gold, record.to_dict(plain=True)).items():
        given = record.fields[field]
        for value, verdict in zip(given if isinstance(given, tuple) else (given,), judged, strict=True):
            own = [right for key, right in verdict.items() if key not in value.parts]
            if own:
                yield from _one(name, field, value, all(own), read)
            for key, part in value.parts.items():
                if key in verdict:
                    yield from _one(name, f"{field}.{key}", part, verdict[key], read)


def _one(name: str, field: str, value: Value[Any], right: bool, read: bool) -> Iterator[Seen]:
    if value.status != UNREADABLE:
        estimate = value.confidence if value.estimate is None else value.estimate
        kind = kind_of(value.status, read and bool(value.evidence), value.rule)
        yield Seen(name, kind, field, value.rule, estimate, right, value.confidence)


def fit(values: Iterable[Seen], depth: int = 2, limit: float = LIMIT) -> Curves:
    """Key → how many values were seen, and the curve. ``depth``: 1 all fields together, 2 each field, 3 each
    rule of each field.
    """
    groups: defaultdict[Key, list[Seen]] = defaultdict(list)
    for value in values:
        for key in value.keys[:depth]:
            groups[key].append(value)
    curves: dict[Key, np.ndarray] = {}
    for key in sorted(groups, key=lambda key: (key[1] != ANY, len(key), key)):
        above = np.array(KNOTS) if key[1] == ANY else curves[groups[key][0].keys[len(key) - 2]]
        curves[key] = _curve(groups[key], above, limit)
    return {key: (len(groups[key]), tuple(map(float, curve))) for key, curve in curves.items()}


def _curve(values: list[Seen], above: np.ndarray, limit: float) -> np.ndarray:
    """A value counts at the two knots around its estimate; values of one document count less, the more
    they are: they are right and wrong together.
    """
    many = Counter(value.document for value in values)
    right, count = np.zeros(len(KNOTS)), np.zeros(len(KNOTS))
    for value in values:
        low, share = place(value.estimate)
        weight = many[value.document] ** -0.5
        for knot, part in ((low, 1 - share), (low + 1, share)):
            count[knot] += weight * part
            right[knot] += weight * part * value.right
    kept = np.minimum(1.0, limit / np.maximum(count, 1e-9))
    weights = count * kept + PRIOR
    rising = isotonic_regression((right * kept + PRIOR * above) / weights, sample_weight=weights)
    return np.minimum(rising, CEILING)


Map = Callable[[Seen], float]


def expected_error(values: list[Seen], told: Map, bins: int = 15) -> float:
    """The expected calibration error: the distance of mean confidence and share of right values in bins of
    equal numbers of values, weighed by these.
    """
    pairs = sorted((told(value), value.right) for value in values)
    cut = [pairs[len(pairs) * i // bins : len(pairs) * (i + 1) // bins] for i in range(bins)]
    gaps = (abs(sum(p for p, _ in part) - sum(right for _, right in part)) for part in cut)
    return sum(gaps) / len(pairs)


HEAD = """# name: calibration
# about: what estimates are worth: kind, field, values seen, share of right ones at each knot (calibration.py)
# source: documents composed in the training half of corpus/grammar, as text, damaged and as scans
"""
KINDS = ("absent", "read", "stated", "told")
EVEN = "".join(f"{kind}\t{ANY}\t0\t{' '.join(map(str, KNOTS))}\n" for kind in KINDS)


def told_by(curves: Curves, depth: int = 2) -> Map:
    """What curves say of a value."""

    def told(value: Seen) -> float:
        found = (curves[key][1] for key in reversed(value.keys[:depth]) if key in curves)
        return at(next(found, KNOTS), value.estimate)

    return told


def gathered(
    part: str, seed: int = SEED, count: int = TEXTS, scanned: int = SCANS
) -> tuple[list[Seen], list[Seen]]:
    """The values of new documents: as text, and as scans."""
    sources = texts(part, seed, count), scans(part, SCANNED, scanned)
    one, two = (
        [value for made, record in source for value in seen(made.name, made.gold, record)]
        for source in sources
    )
    return one, two


def unnumbered(sources: Iterable[Source], every: bool = True) -> list[Seen]:
    """The values that rest on headings told by their words, where numbers are lost in ``every`` way, or in
    one after the other.
    """
    found = []
    for turn, (name, text, gold) in enumerate(sources):
        for way in WAYS if every else (tuple(WAYS)[turn % len(WAYS)],):
            record = extract(lose(text, way, random.Random(name)), name=name)
            found += [value for value in seen(name, gold, record) if value.kind == "told"]
    return found


def model() -> str:
    """The model file."""
    path = Path(__file__).resolve().parents[1] / "models" / NAME
    if not path.exists():  # records need one; estimates do not depend on it
        path.write_text(EVEN, "utf-8")
    values = [value for some in gathered("train") for value in some]
    values += unnumbered(written_ones(path.parents[1] / "corpus" / "found"))
    return written(fit(values))


def written(curves: Curves) -> str:
    """Curves as the text of their file."""
    rows = (
        f"{kind}\t{field}\t{count}\t{' '.join(f'{p:.4f}' for p in curve)}\n"
        for (kind, field), (count, curve) in sorted(curves.items())
    )
    return HEAD + "".join(rows)
