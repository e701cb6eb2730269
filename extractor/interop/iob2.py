"""IOB2 in the layout of CoNLL-U Plus, for programs that train taggers.

A sentence is a line of the text, a row a token: its number, its letters, its place in the text (code points),
and a column for each label, as values stand inside one another (a citation in a task). ``B-`` begins a value,
``I-`` goes on, ``O`` is outside. A value that cuts through a token takes all of it; one over several lines
begins anew on each; of two values of one label at one token the first has it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.ground.text import Span
from extractor.ground.tokens import tokens
from extractor.ground.trouble import Misuse
from extractor.interop.marks import Mark, labels, marked
from extractor.record import Record

_FIXED = ("ID", "FORM", "START", "END")


class Tagged(NamedTuple):
    """A document as read back: its id, its tokens with their places, and the stretches of each label."""

    id: str
    tokens: tuple[tuple[str, Span], ...]
    marks: tuple[tuple[str, Span], ...]


def head() -> str:
    """The line that names the columns; it stands once, at the top of a file."""
    return f"# global.columns = {' '.join((*_FIXED, *labels()))}\n"


def document(record: Record) -> str:
    """The rows of one document."""
    found = marked(record)
    places = list(tokens(found.text))
    tags = [_tags(found.text, places, (m for m in found.marks if m.label == name)) for name in labels()]
    name = "".join(c if c.isprintable() else " " for c in str(record.source["name"]))
    rows = [f"# newdoc id = {record.id}", f"# name = {name}"]
    number, end = 0, 0
    for place in places:
        if number and "\n" in found.text[end : place.start]:
            rows.append("")
            number = 0
        number, end = number + 1, place.end
        tagged = (column.get(place.start, "O") for column in tags)
        rows.append("\t".join((str(number), place.of(found.text), *map(str, place), *tagged)))
    return "\n".join(rows) + "\n\n"


def _tags(text: str, places: Sequence[Span], marks: Iterable[Mark]) -> dict[int, str]:
    """The tags of the tokens in marks of one label, by the tokens' starts."""
    found: dict[int, str] = {}
    for span, label in sorted((span, mark.label) for mark in marks for span in mark.spans):
        end = -1
        for at in range(bisect_right(places, span.start, key=lambda one: one.end), len(places)):
            place = places[at]
            if place.start >= span.end:
                break
            if place.start not in found:
                goes_on = end >= 0 and "\n" not in text[end : place.start]
                found[place.start] = f"{'I' if goes_on else 'B'}-{label}"
                end = place.end
    return found


def read(content: str) -> list[Tagged]:
    """The documents of a file. Raises :class:`Misuse` for a file of another layout."""
    lines = content.split("\n")
    columns = lines[0].removeprefix("# global.columns = ").split(" ")
    if tuple(columns[: len(_FIXED)]) != _FIXED:
        raise Misuse(
            "bad_annotations",
            "the file does not name its columns",
            "Make it with 'kehoach'.",
            stage="interop",
        )
    starts = [n for n, line in enumerate(lines) if line.startswith("# newdoc id = ")]
    ends = [*starts[1:], len(lines)]
    return [
        _document(lines[start:end], columns[len(_FIXED) :]) for start, end in zip(starts, ends, strict=True)
    ]


def _document(lines: list[str], names: list[str]) -> Tagged:
    found: list[tuple[str, Span]] = []
    marks: list[list[tuple[str, Span]]] = [[] for _ in names]
    for line in lines[1:]:
        if not line or line.startswith("# "):
            continue
        _, form, start, end, *tags = line.split("\t")
        place = Span(int(start), int(end))
        found.append((form, place))
        for column, tag in zip(marks, tags, strict=True):
            if tag.startswith("B-"):
                column.append((tag[2:], place))
            elif tag.startswith("I-"):
                column[-1] = (tag[2:], Span(column[-1][1].start, place.end))
    return Tagged(
        lines[0].removeprefix("# newdoc id = "), tuple(found), tuple(m for column in marks for m in column)
    )
