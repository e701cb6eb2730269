"""How much chance is in a figure, and what changed against an earlier run.

Documents are drawn anew with replacement (the bootstrap of Efron 1979), the same draws for both runs of a
comparison; the seed is fixed, so that the same records give the same intervals.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.evaluation.agreement import Document, Evaluation, Tally

DRAWS = 400
_LEVEL = 0.95
_MOST = 400  # documents drawn one by one; of more, so many groups are drawn
_SEED = 1

Figures = Mapping[str, float]
"""Field → F1, ``"mean"`` (of the fields' F1), ``"whole"`` (share of documents right in every field)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds between which 95 of 100 draws have it."""

    value: float
    low: float
    high: float


def intervals(now: Evaluation, before: Evaluation | None = None) -> dict[str, Interval]:
    """The interval of every figure; with ``before`` (the same documents, in the same order) of its gain."""
    return _bounds(now.documents, before.documents if before else None)


def _bounds(now: Sequence[Document], before: Sequence[Document] | None) -> dict[str, Interval]:
    names = sorted({name for document in now for name in document.tallies})
    here, there = _groups(now, names), _groups(before, names) if before is not None else None

    def figures(weights: Sequence[int]) -> Figures:
        one = _figures(here, weights, names)
        if there is None:
            return one
        other = _figures(there, weights, names)
        return {name: one[name] - other.get(name, 0.0) for name in one}

    told = figures([1] * len(here))
    draw = _drawing(len(here))
    draws = [figures(draw()) for _ in range(DRAWS)] if here else []
    return {
        name: _interval(value, [one[name] for one in draws if name in one]) for name, value in told.items()
    }


def _groups(documents: Sequence[Document], names: Sequence[str]) -> list[list[int]]:
    """What is drawn: documents, or groups of them, as counts: right, of, then tp, fp, fn of each field."""
    groups = [[0] * (2 + 3 * len(names)) for _ in range(min(len(documents), _MOST))]
    for at, document in enumerate(documents):
        row = groups[at % _MOST]
        row[0] += document.right
        row[1] += 1
        for n, name in enumerate(names):
            tally = document.tallies.get(name)
            if tally:
                row[2 + 3 * n] += tally.tp
                row[3 + 3 * n] += tally.fp
                row[4 + 3 * n] += tally.fn
    return groups


def _figures(groups: list[list[int]], weights: Sequence[int], names: Sequence[str]) -> Figures:
    drawn = [
        [weight * n for n in row] if weight != 1 else row
        for row, weight in zip(groups, weights, strict=True)
        if weight
    ]
    sums = [sum(column) for column in zip(*drawn, strict=True)] or [0] * (2 + 3 * len(names))
    found = {}
    for n, name in enumerate(names):
        tally = Tally(*sums[2 + 3 * n : 5 + 3 * n])
        if tally:
            found[name] = tally.f1
    mean = sum(found.values()) / len(found) if found else 0.0
    return {**found, "mean": mean, "whole": sums[0] / sums[1] if sums[1] else 0.0}


def _drawing(count: int) -> Callable[[], list[int]]:
    rng = random.Random(_SEED)  # noqa: S311 (no secret hangs on it)

    def draw() -> list[int]:
        taken = Counter(rng.choices(range(count), k=count))
        return [taken[at] for at in range(count)]

    return draw


def _interval(value: float, drawn: list[float]) -> Interval:
    drawn.sort()
    cut = round(len(drawn) * (1 - _LEVEL) / 2)
    return Interval(value, drawn[cut], drawn[-1 - cut]) if drawn else Interval(value, value, value)


def saved(evaluation: Evaluation) -> str:
    """An evaluation as JSON, for a later comparison: right, surplus, missing, by document and field."""
    rows = {
        document.name: {name: [t.tp, t.fp, t.fn] for name, t in document.tallies.items()}
        for document in evaluation.documents
    }
    lines = (f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in rows.items())
    return '{"kehoach_eval": 1, "documents": {\n' + ",\n".join(lines) + "\n}}\n"


def loaded(file: Path) -> Evaluation:
    """An evaluation that was saved. Raises ``ValueError`` for anything else."""
    data: Any = json.loads(file.read_text("utf-8"))
    if not isinstance(data, dict) or data.get("kehoach_eval") != 1:
        raise ValueError("not written by --save")
    try:
        return Evaluation(
            tuple(
                Document(
                    name,
                    {
                        field: Tally(int(counts[0]), int(counts[1]), int(counts[2]))
                        for field, counts in row.items()
                    },
                )
                for name, row in data["documents"].items()
            )
        )
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ValueError(f"not written by --save: {error!r}") from error


@dataclass(frozen=True, slots=True)
class Change:
    """What changed between two runs: documents both know, gains by figure, and documents that turned."""

    documents: int
    gains: Mapping[str, Interval]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    def lines(self) -> list[str]:
        """For people: fields that changed, then documents with fewer and with more wrong answers."""
        rows = [
            f"{'gain' if gain.value > 0 else 'loss' if gain.value < 0 else 'same'} {name:24}"
            f"{gain.value:+8.4f}  [{gain.low:+.4f}, {gain.high:+.4f}]"
            for name, gain in self.gains.items()
            if gain.value or name in ("mean", "whole")
        ]
        rows += [f"better: {line}" for line in self.better] + [f"worse: {line}" for line in self.worse]
        return [f"against the baseline, {self.documents} documents that both know", *rows]


def changes(before: Evaluation, now: Evaluation) -> Change:
    """Gains and losses on the documents that both runs know; only fields that both scored count."""
    old = {document.name: document for document in before.documents}
    pairs = [(old[document.name], document) for document in now.documents if document.name in old]
    both = [(_shared(one, other), _shared(other, one)) for one, other in pairs]
    turned = [
        (f"{new.name} {name}", _wrong(was), _wrong(new.tallies[name]))
        for earlier, new in both
        for name, was in earlier.tallies.items()
    ]
    return Change(
        len(both),
        _bounds([new for _, new in both], [earlier for earlier, _ in both]),
        tuple(f"{name} {was} wrong, now {is_}" for name, was, is_ in turned if is_ < was),
        tuple(f"{name} {was} wrong, now {is_}" for name, was, is_ in turned if is_ > was),
    )


def _shared(one: Document, other: Document) -> Document:
    return Document(one.name, {name: t for name, t in one.tallies.items() if name in other.tallies})


def _wrong(tally: Tally) -> int:
    return tally.fp + tally.fn
