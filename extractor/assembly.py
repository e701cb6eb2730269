"""``assemble``: the record of one document from what every room said of it."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import prod
from pathlib import Path
from typing import Any

from extractor.ground.calibration import ACCEPTED, calibration, kind_of
from extractor.ground.field import ABSENT, FOLLOWS, UNREADABLE, Finding
from extractor.ground.legibility import READABLE, Legibility
from extractor.ground.paper import Note, Paper
from extractor.ground.source import Seen, Source, origin
from extractor.ground.text import Span, Text
from extractor.ground.trouble import Trouble
from extractor.record import Evidence, Heading, Record, Value, flat


def assemble(
    source: Source,
    text: Text,
    paper: Paper,
    findings: Mapping[str, Any],
    version: str,
    legibility: Legibility = READABLE,
) -> Record:
    """The record of one document from what every room said of it.

    ``legibility`` says how much of the text is Vietnamese words, and which pages nobody can repair: below
    a half nothing can be called absent; every confidence is weighed by it, and by the page it rests on.
    The record is accepted where every value reads :data:`ACCEPTED` and all of the text can be read.
    """
    dark = legibility.validity < 0.5 or legibility.lost >= 0.5
    proof = _Proof(source, text, _guesses(text), legibility, dark)
    values = {
        name: tuple(proof.value(name, f) for f in found)
        if isinstance(found, list)
        else proof.value(name, found)
        for name, found in findings.items()
    }
    outline = tuple(
        Heading(s.path, s.title.words(paper.text) if s.title else None, s.title or s.own)
        for s in paper.root.walk()
        if s.numbered
    )
    notes = [Note(code, message) for code, message in source.notes] + list(paper.notes)
    if all(
        getattr(values.get(name), "value", None) is None for name in ("doc_type", "number", "title", "issuer")
    ):
        notes.append(Note("no_plan", "nothing in it looks like an administrative document"))
    notes += legibility.notes()
    if dark:
        notes.append(
            Note("illegible", "most of the text is no Vietnamese: values are unreadable rather than absent")
        )
    taken = not dark and not legibility.bad and all(map(_accepted, flat(values.values())))
    return Record(_source(source), dict(made_by(version)), values, outline, text, tuple(notes), taken)


def proven(
    source: Source, text: Text, findings: Mapping[str, list[Finding]], legibility: Legibility = READABLE
) -> dict[str, tuple[Value[Any], ...]]:
    """Findings as values with their proof, for those that look at more than the record holds."""
    proof = _Proof(source, text, _guesses(text), legibility, False)
    return {name: tuple(proof.value(name, one) for one in found) for name, found in findings.items()}


def failure(name: str, sha256: str, version: str, trouble: Trouble) -> Record:
    """The record of a source that could not be read: no fields, one note that says why."""
    source: dict[str, Any] = {
        "name": name,
        "sha256": sha256,
        "media_type": None,
        "pages": 0,
        "origin": None,
        "engine": None,
        "routes": [],
    }
    return Record(
        source, dict(made_by(version)), {}, notes=(Note(f"{trouble.stage}.{trouble.code}", str(trouble)),)
    )


@dataclass(frozen=True, slots=True)
class _Proof:
    """Turns findings into values: quotes, places, and confidence after what was guessed."""

    source: Source
    text: Text
    guesses: list[tuple[Span, float]]
    legibility: Legibility
    dark: bool

    def value(self, field: str, finding: Finding) -> Value[Any]:
        """``field`` by its name, ``issuer.province`` for a part."""
        spans = [span for span in finding.spans if span.end > span.start]
        raw = [self.text.raw_span(span) for span in spans]
        evidence = tuple(map(self._evidence, spans, raw))
        estimate = finding.score * self._weight(spans) * self._sure(raw)
        kind = kind_of(finding.status, any(map(self.source.seen, raw)), finding.rule)
        confidence = calibration().of(kind, field, estimate)
        status = UNREADABLE if self.dark and finding.status == ABSENT else finding.status
        parts = {name: self.value(f"{field}.{name}", part) for name, part in finding.parts}
        numbers = round(confidence, 3), round(estimate, 3)
        return Value(finding.value, status, numbers[0], finding.rule, evidence, parts, numbers[1])

    def _evidence(self, span: Span, raw: Span) -> Evidence:
        return Evidence(span.of(self.text.clean), span, tuple(self.source.places(raw)))

    def _weight(self, spans: list[Span]) -> float:
        """What the text as a whole and the worst page under the evidence leave of a confidence.

        A value that was found nowhere may stand on a page that cannot be read.
        """
        validity = self.legibility.validity
        whole = min(1.0, validity * 1.02) if validity < 0.93 else 1.0
        if not self.legibility.bad:
            return whole
        if not spans:
            return min(whole, 1.0 - self.legibility.lost)
        return min(whole, *map(self.legibility.at, spans))

    def _sure(self, spans: list[Span]) -> float:
        """The probability that the evidence (raw spans) is read right.

        The least sure repair inside it, 1 where nothing was guessed; words that were read from a picture
        have all to be right: their probabilities, or those of their repairs, are multiplied.
        """
        sure = 1.0
        if not self.guesses and not self.source.words:
            return sure
        for span in spans:
            seen = self.source.seen(span)
            sure *= prod(map(self._word, seen))
            guesses = self._guessed(span)
            read = [Span(word.start, word.end) for word in seen]
            sure = min([sure, *(p for at, p in guesses if not any(_touch(at, word) for word in read))])
        return sure

    def _word(self, word: Seen) -> float:
        """The probability that a word from a picture is right after its repair.

        An edit of most of its letters replaces the engine's doubt, one of a sign or two adds its own.
        """
        guesses = self._guessed(word)
        if not guesses:
            return word.sure
        edited = sum(min(at.end, word.end) - max(at.start, word.start) for at, _ in guesses)
        least = min(p for _, p in guesses)
        return least if edited >= 0.6 * (word.end - word.start) else least * word.sure

    def _guessed(self, span: Span | Seen) -> list[tuple[Span, float]]:
        """The guesses that touch a raw span."""
        first = bisect_right(self.guesses, span.start, key=lambda guess: guess[0].end)
        last = bisect_left(self.guesses, span.end, lo=first, key=lambda guess: guess[0].start)
        return self.guesses[first:last]


def _accepted(value: Value[Any]) -> bool:
    """Whether nobody has to look; what only follows from other values is as sure as these."""
    return value.rule in FOLLOWS or (value.status != UNREADABLE and value.confidence >= ACCEPTED)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _guesses(text: Text) -> list[tuple[Span, float]]:
    """The raw stretches that a guess has changed, in order, each with its probability."""
    found = []
    for at, layer in enumerate(text.layers):
        for edit in layer.edits:
            if edit.sure < 1.0:
                span = Span(edit.start, edit.end)
                for below in reversed(text.layers[:at]):
                    span = below.before(span)
                found.append((Span(span.start, max(span.end, span.start + 1)), edit.sure))
    return sorted(found)


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": len(source.pages),
        "origin": origin(source),
        "engine": source.engine,
        "routes": [
            {"page": page.number, "origin": page.origin, **page.route._asdict()}
            for page in source.pages
            if page.route is not None
        ],
    }


@cache
def made_by(version: str) -> Mapping[str, Any]:
    """Version and digests of tables and models: the same three give the same record."""
    models: Traversable = files("extractor").joinpath("_models")
    if not models.is_dir():  # a checkout, where they lie beside the package
        models = Path(__file__).resolve().parents[1] / "models"
    return {
        "version": version,
        "tables": _digest(files("extractor.tables")),
        "models": _digest(models) if models.is_dir() else None,
    }


def _digest(folder: Traversable) -> str:
    sha = hashlib.sha256()
    for path, content in sorted(_contents(folder, "")):
        sha.update(path.encode() + b"\0" + content + b"\0")
    return sha.hexdigest()


def _contents(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            if not item.name.startswith("__"):
                yield from _contents(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".tsv", ".json", ".npz")):
            yield prefix + item.name, item.read_bytes()
