"""Headings whose numbers are lost, told by their words and their place.

A fall-back: a document whose numbering is whole never asks the model (``outline/roles.py``). What gives a
lost number away is cheap to see: no headings at all, or bare lines that look like some.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from extractor.ground.paper import Note, Paper, Zone, trimmed_lines
from extractor.ground.text import Span
from extractor.outline.labels import labels, words_begin
from extractor.outline.roles import LONGEST, roles
from extractor.outline.rows import Row, rows_of
from extractor.outline.tree import ASTRAY, grow

_ABOVE = ("letterhead", "title")
_BELOW = ("recipients", "signature", "appendices")
_DOUBTFUL = 2  # lines that look like headings without a number, from which on numbers may be lost,
_SHARE = 0.25  # and how many they are beside each heading that has its number
_CELL = 60  # letters that a cell has at most
_CELLS = 4  # short lines behind each other that are cells rather than headings
_MISREAD = 2  # headings with what a misread number leaves; more than have one: then no number is trusted
_LONGEST_HEAD = 130  # letters
_NO_HEAD = '.;,!?…”"'  # what ends no heading


def headed(paper: Paper) -> Paper | None:
    """The paper with the headings that its words tell; ``None`` where no number seems lost."""
    if not _seems_lost(paper):
        return None
    rows = rows_of(paper.text)[:LONGEST]
    told = dict(zip(rows, roles().told(rows), strict=True))
    heads = {row: one.role for row, one in told.items() if one.heads and "|" not in row.words}
    zones = _redrawn(paper, heads, [row for row, one in told.items() if one.role == "closing"])
    body = next((zone.span for zone in zones if zone.name == "body"), _nowhere(paper))
    wrong = sum(words_begin(row.words) > 0 and not labels(row.words) for row in heads)
    misread = wrong >= _MISREAD and wrong > sum(bool(labels(row.words)) for row in heads)
    root, notes = grow(paper.text, body, {row.start: role for row, role in heads.items()}, misread)
    found = sum(section.style == "told" for section in root.walk())
    said = f"the numbers of {found} headings seem lost; their words tell them"
    return Paper(paper.text, zones, root, (*notes, Note("numbers_lost", said))) if found else None


def _nowhere(paper: Paper) -> Span:
    return Span(len(paper.text), len(paper.text))


def _inside(paper: Paper) -> Span:
    """What stands between title and recipients or signature."""
    start = max((zone.span.end for zone in paper.zones if zone.name in _ABOVE), default=0)
    attached = paper.spans("preamble")[1:]  # the plan behind a decision's signature
    start = attached[0].start if attached else start
    below = (zone.span.start for zone in paper.zones if zone.name in _BELOW and zone.span.start >= start)
    return Span(start, min(below, default=len(paper.text)))


def _seems_lost(paper: Paper) -> bool:
    """Whether enough lines look like headings, but have no number, or one that is misread or out of order."""
    bare = _bare(trimmed_lines(paper.text, _inside(paper)))
    astray = sum(note.code in ASTRAY for note in paper.notes)
    if len(bare) + astray < _DOUBTFUL:
        return False
    sections = [section for section in paper.root.walk() if section.title or section.style == "lead"]
    headings = sum(section.heads for section in sections)
    taken = sorted(section.title or section.own for section in sections)
    free = sum(not _within(at, taken) for at in bare)
    return free + astray >= max(_DOUBTFUL, _SHARE * headings)


def _bare(lines: Iterable[tuple[Span, str]]) -> list[int]:
    """Where lines begin that look like headings; cells of a table without its frame, a line each, do not."""
    found: list[int] = []
    run: list[int] = []
    for span, words in (*lines, (Span(0, 0), ".")):
        if len(words) <= _CELL and words[-1] not in ".;:" and words[0] not in "-+*":
            run.append(span.start if _looks_bare(words) else -1)
            continue
        found += run if len(run) < _CELLS else []
        found += [span.start] if _looks_bare(words) else []
        run = []
    return [at for at in found if at >= 0]


def _within(at: int, spans: Sequence[Span]) -> bool:
    before = bisect_right(spans, at, key=lambda span: span.start) - 1
    return before >= 0 and at < spans[before].end


def _looks_bare(words: str) -> bool:
    if len(words) > _LONGEST_HEAD or words[-1] in _NO_HEAD or "|" in words:
        return False
    if labels(words):
        return False
    return words[words_begin(words) :][:1].isupper()


def _redrawn(paper: Paper, heads: Mapping[Row, str], closing: Sequence[Row]) -> tuple[Zone, ...]:
    """The zones with a body from its first heading to what closes it, where rules saw neither."""
    inside = _inside(paper)
    found = [row.start for row in heads if inside.start <= row.start < inside.end]
    if not found:
        return paper.zones
    body, closes = paper.zone("body"), paper.zone("closing").start
    start = min(found[0], body.start if body.end > body.start else found[0])
    if closes <= found[-1]:
        below = [span.start for span, _ in trimmed_lines(paper.text, Span(found[-1], inside.end))][:2]
        closes = next((row.start for row in closing if below[-1] < row.start < inside.end), inside.end)
    closes = min(closes, inside.end)
    cuts = (("preamble", inside.start, start), ("body", start, closes), ("closing", closes, inside.end))
    drawn = [Zone(name, Span(low, high)) for name, low, high in cuts if high > low]
    before = [zone for zone in paper.zones if zone.span.end <= inside.start]
    return (*before, *drawn, *(zone for zone in paper.zones if zone.span.start >= inside.end))
