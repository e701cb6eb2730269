"""Candidates for issuer, theme, parent plans and deadlines, ranked by a small model over named features: an
experiment, which ``scripts/bench learned`` repeats beside the rules.

The candidates of issuer and theme are those of the fields; every plan that is cited could be a parent, every
date behind the title a deadline. A logistic model learns from documents of the training half of the grammar,
whole, damaged, without numbers and without letterhead, which of them gold holds.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

from corpus_damage import blank_lines, eth, horn, lost_dots, nfd, wrap_codes
from corpus_numbers import Source, lose

from extractor import outline
from extractor.evaluation import same
from extractor.ground.codes import citations_in
from extractor.ground.cues import cues
from extractor.ground.dates import dates_in
from extractor.ground.letterhead import own_document
from extractor.ground.paper import Paper
from extractor.ground.text import Span
from extractor.pipeline import Mended, build, considered, repaired
from extractor.reading import given
from extractor.record import Record

Features = dict[str, float | str]
WORN: Mapping[str, Callable[[str, random.Random], str]] = {
    "whole": lambda text, rng: text,
    "wrapped": wrap_codes,
    "horn": horn,
    "eth": eth,
    "decomposed": nfd,
    "dots": lambda text, rng: blank_lines(lost_dots(text, rng), rng),
    "numbers": lambda text, rng: lose(text, "numbers", rng),
    "headless": lambda text, rng: headless(text),
}
_TELLING = ("báo cáo", "trước", "kế hoạch", "chủ đề", "gửi")
_NEAR = 60  # letters around a candidate that give features


@dataclass(frozen=True, slots=True)
class Candidate:
    """One that could be the value: its features, whether gold has it, whether the rules took it."""

    features: Features
    right: bool
    taken: bool


def headless(text: str) -> str:
    """The text from its type line on: what portals leave of a letterhead."""
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines[:20]) if line.strip(" *").startswith("KẾ HOẠCH")), 0)
    return "\n".join(lines[at:])


def gathered(sources: Iterable[Source], every: bool = False) -> Iterator[dict[str, list[Candidate]]]:
    """The candidates by field of each document, worn in one way after the other, or in ``every`` way."""
    for at, (name, text, gold) in enumerate(sources):
        for way in WORN if every else (tuple(WORN)[at % len(WORN)],):
            read = repaired(given(WORN[way](text, random.Random(name)), name))
            yield candidates(read, gold)


def candidates(read: Mended, gold: Mapping[str, Any]) -> dict[str, list[Candidate]]:
    """All candidates of one document."""
    record, paper = build(read), outline.draw(read.text.clean)
    settled = set(gold.get("scored", gold))
    found: dict[str, list[Candidate]] = {}
    if "issuer" in settled and gold.get("issuer"):
        found["issuer"] = list(_single(read, paper, "issuer", gold["issuer"]["name"]))
    if "theme" in settled:
        found["theme"] = list(_single(read, paper, "theme", gold.get("theme")))
    if "parent_plans" in settled:
        found["parent_plans"] = list(_parents(paper, record, gold))
    if "deadlines" in settled:
        found["deadlines"] = list(_deadlines(paper, record, gold))
    return found


def _single(read: Mended, paper: Paper, field: str, wanted: str | None) -> Iterator[Candidate]:
    rows = considered(read).get(field, ())
    for at, value in enumerate(rows):
        words = value.value.name if field == "issuer" else value.value
        span = value.evidence[0].span if value.evidence else Span(0, 0)
        features = _around(paper, span) | {
            "rule": value.rule, "estimate": float(value.estimate or 0), "rank": str(min(at, 4)),
            "length": len(words) / 100, "agreed": float(sum(_says(one, field) == words for one in rows)),
        }  # fmt: skip
        yield Candidate(features, bool(wanted) and same(wanted, words), at == 0)


def _says(value: Any, field: str) -> str:
    return str(value.value.name if field == "issuer" else value.value)


def _parents(paper: Paper, record: Record, gold: Mapping[str, Any]) -> Iterator[Candidate]:
    taken = {value.value.number for value in record.fields["parent_plans"]}
    wanted = {row["number"] for row in gold["parent_plans"] or ()}
    own, seen = own_document(paper), set()
    for cited in citations_in(paper.text, Span(0, len(paper.text))):
        if cited.is_plan and not own.is_cited_by(cited) and cited.number not in seen:
            seen.add(cited.number)
            features = _around(paper, cited.span) | {"dated": float(cited.when is not None)}
            features["by"] = float(cited.by is not None)
            features["order"] = str(min(len(seen), 4))
            yield Candidate(features, cited.number in wanted, cited.number in taken)


def _deadlines(paper: Paper, record: Record, gold: Mapping[str, Any]) -> Iterator[Candidate]:
    taken = {value.value.date for value in record.fields["deadlines"]}
    wanted = {row["date"] for row in gold["deadlines"] or ()}
    seen: set[str] = set()
    for name in ("body", "closing"):
        for zone in paper.spans(name):
            for day in dates_in(paper.text, zone.start, zone.end):
                if day.iso not in seen and day.iso:
                    seen.add(day.iso)
                    yield Candidate(_around(paper, day.span), day.iso in wanted, day.iso in taken)


def _around(paper: Paper, span: Span) -> Features:
    """Where a candidate stands, and the words beside it."""
    text = paper.text
    zone = next((z.name for z in paper.zones if z.span.start <= span.start < z.span.end), "none")
    line = text[text.rfind("\n", 0, span.start) + 1 : text.find("\n", span.end) % (len(text) + 1)]
    before = text[max(0, span.start - _NEAR) : span.start].lower().split()
    after = text[span.end : span.end + _NEAR].lower().split()
    found: Features = {"zone": zone, f"zone {zone} place": span.start / max(1, len(text))}
    found |= {f"before {word}": 1.0 for word in before[-4:]} | {f"after {word}": 1.0 for word in after[:3]}
    found |= {f"line {word}": 1.0 for word in _TELLING if word in line}
    found["verb"] = float(cues("task_verbs", flags="").search(line) is not None)
    return found


def learned(documents: Sequence[dict[str, list[Candidate]]], field: str) -> Callable[[Features], float]:
    """The probability that gold has a candidate, by a logistic model over these documents."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [one for document in documents for one in document.get(field, ())]
    names = DictVectorizer()
    data = names.fit_transform([one.features for one in rows])
    answers = [one.right for one in rows]
    if len(set(answers)) < 2:
        return lambda features: 1.0
    fit = LogisticRegression(max_iter=500).fit(data, answers)
    known = {name: float(fit.coef_[0, at]) for name, at in names.vocabulary_.items()}
    start = float(fit.intercept_[0])

    def told(features: Features) -> float:
        cells = ((f"{name}={v}", 1.0) if isinstance(v, str) else (name, v) for name, v in features.items())
        return 1 / (1 + exp(-start - sum(known.get(name, 0.0) * value for name, value in cells)))

    return told


def chosen(rows: Sequence[Candidate], told: Callable[[Features], float], many: bool) -> list[Candidate]:
    """What the model takes: all that are likelier than not, or the likeliest."""
    if many:
        return [one for one in rows if told(one.features) > 0.5]
    return [max(rows, key=lambda one: told(one.features))] if rows else []
