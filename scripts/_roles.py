"""The model of ``models/roles.tsv``: what lines are, learned from documents whose numbering is lost.

Documents composed in the training half of ``corpus/grammar``, and those of ``corpus/plans``, are read whole;
where outline and units are what gold says, the tree tells the role of every line. Their copies with lost
numbers (``corpus_numbers``) are what the model learns from.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from corpus_numbers import WAYS, Source, composed, lose, written

from extractor import fields, outline
from extractor.evaluation import compare
from extractor.ground.paper import Paper, Section
from extractor.outline.labels import MISREAD, labels
from extractor.outline.roles import features
from extractor.outline.rows import Row, rows_of
from extractor.pipeline import build, repaired
from extractor.reading import given

ROOT = Path(__file__).resolve().parents[1]
ROLES = (
    "letterhead", "title", "preamble", "head", "sub", "unit", "duty", "item", "text", "more", "table",
    "closing", "recipients", "signature",
)  # fmt: skip
SEED = 31
COUNT = 500
SEEN = 4  # documents in which a feature has to stand
LEAST = 3  # hundredths; lighter weights are left out
STRENGTH = 0.3  # of the weights, against a prior that wants none
FLAT = 0.5  # how much of what roles are worth alone the transitions tell already
KEY = 30  # letters of a line's end by which it is found again
WORN = ("whole", *WAYS)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document's text, its rows and the role of each; ``""`` where nobody knows."""

    name: str
    text: str
    rows: Sequence[Row]
    roles: Sequence[str]


def lesson(name: str, text: str, gold: Mapping[str, Any], way: str) -> Lesson | None:
    """A copy of a document with its numbers lost in this way; ``None`` where the whole one is misread."""
    read = repaired(given(text, name))
    tallies = compare(name, gold, build(read).to_dict(plain=True)).tallies
    if any(tallies[key].fp + tallies[key].fn for key in ("outline", "units") if key in tallies):
        return None
    paper = outline.draw(read.text.clean)
    known = list(zip(rows_of(paper.text), roles_of(paper), strict=True))
    if way == "whole":
        return Lesson(name, paper.text, [row for row, _ in known], [role for _, role in known])
    worn = repaired(given(lose(text, way, random.Random(name)), name)).text.clean
    return Lesson(name, worn, rows_of(worn), found_again(known, rows_of(worn)))


def found_again(known: Sequence[tuple[Row, str]], rows: Sequence[Row]) -> list[str]:
    """The roles of rows that stood in the whole document, by the letters of their ends."""
    found = [""] * len(rows)
    matcher = SequenceMatcher(None, [_key(row) for row, _ in known], [_key(row) for row in rows], False)
    for one, other, size in matcher.get_matching_blocks():
        for at in range(size):
            found[other + at] = known[one + at][1]
    return found


def _key(row: Row) -> str:
    readings = labels(row.words)
    words = row.words[readings[0].end :] if readings else MISREAD.re.sub("", row.words, 1)
    return "".join(c for c in words if c.isalnum())[-KEY:]


def roles_of(paper: Paper) -> list[str]:
    """The role of every row of a document that is drawn right."""
    heads = {s.span.start: s for s in paper.root.walk() if s.style != "root"}
    units = {finding.spans[0].start for finding in fields.find(paper)["units"]}
    more = {at for s in heads.values() if s.title for at in range(s.title.start + 1, s.title.end)}
    found = []
    for row in rows_of(paper.text):
        zone = next((z.name for z in paper.zones if z.span.start <= row.start < z.span.end), "body")
        if zone != "body":
            found.append("" if zone == "appendices" else zone)
        elif row.start in heads:
            found.append(_role(heads[row.start], units))
        else:
            found.append("table" if "|" in row.words else "more" if row.start in more else "text")
    return found


def _role(section: Section, units: set[int]) -> str:
    if section.style == "bullet":
        return "item"
    if any(section.span.start <= at < section.own.end for at in units):
        return "unit" if section.title or section.style == "lead" else "duty"
    if section.title is None and section.style != "lead":
        return "item"
    return "head" if section.heads and "." not in section.path else "sub"


def lessons(sources: Iterable[Source], every: bool = False, ways: Sequence[str] = WORN) -> Iterator[Lesson]:
    """Each document in one of the ways after the other, or in ``every`` one."""
    for at, (name, text, gold) in enumerate(sources):
        for way in ways if every else (ways[at % len(ways)],):
            found = lesson(name, text, gold, way)
            if found:
                yield found


def model() -> str:
    """The model file."""
    taught = [*lessons(composed("train", SEED, COUNT)), *lessons(written(ROOT / "corpus"), every=True)]
    return fitted(taught)


def fitted(taught: Sequence[Lesson]) -> str:
    """The model that these lessons teach, as the text of its file."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    rows, answers, stood = [], [], Counter[str]()
    for one in taught:
        found = list(map(set, features(one.rows)))
        stood.update(set().union(*found))
        pairs = [(names, role) for names, role in zip(found, one.roles, strict=True) if role]
        rows += [names for names, _ in pairs]
        answers += [ROLES.index(role) for _, role in pairs]
    names = sorted(name for name, count in stood.items() if count >= SEEN)
    column = {name: at for at, name in enumerate(names)}
    cells = [sorted(column[name] for name in row if name in column) for row in rows]
    ends = np.cumsum([0, *map(len, cells)])
    data = csr_matrix((np.ones(ends[-1]), np.concatenate(cells), ends), shape=(len(rows), len(names)))
    fit = LogisticRegression(C=STRENGTH, max_iter=300, fit_intercept=False).fit(data, answers)
    weights = {name: fit.coef_[:, at] for at, name in enumerate(names)}
    return HEAD + "".join([*_steps(taught), *_lines(weights)])


def _steps(taught: Sequence[Lesson]) -> Iterator[str]:
    """Lines of the transitions: how much likelier a role is behind another than alone, in nats."""
    count = np.full((len(ROLES), len(ROLES)), 0.2)
    first = np.full(len(ROLES), 0.2)
    for one in taught:
        told = [ROLES.index(role) for role in one.roles if role]
        first[told[0]] += 1
        for a, b in pairwise(told):
            count[a, b] += 1
    alone = count.sum(axis=0) / count.sum()
    share = count / count.sum(axis=1, keepdims=True)
    yield f"roles\t{' '.join(ROLES)}\n"
    yield f"first\t{_cells(np.log(first / first.sum()) - FLAT * np.log(alone))}\n"
    for name, row in zip(ROLES, share, strict=True):
        yield f"after {name}\t{_cells(np.log(row) - FLAT * np.log(alone))}\n"


def _lines(weights: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """Lines of features and their weights by role, the lightest left out."""
    for name in sorted(weights):
        cells = [(role, round(100 * value)) for role, value in enumerate(weights[name])]
        kept = " ".join(f"{role}:{value}" for role, value in cells if abs(value) >= LEAST)
        if kept:
            yield f"{name}\t{kept}\n"


def _cells(values: Iterable[float]) -> str:
    return " ".join(str(round(100 * value)) for value in values)


HEAD = """# name: roles
# about: what lines are where numbers are lost: a feature, then role:weight in hundredths (outline/roles.py)
# source: documents composed in the training half of corpus/grammar and corpus/plans, their numbers lost
"""
