"""brat's standoff format: a text and its ``.ann``, and corrected ones as a gold record.

Places count code points. A value over several lines, or in several places, is one annotation of several
fragments, as brat wants no line break inside one. What the words do not say stands in a note. Line breaks
other than ``\\n`` are blanks in the text that goes with the annotations: brat would count its lines
otherwise.

The last line is a note ``AsWritten`` with a digest of the others: it tells a file that nobody has touched.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from extractor.ground.paper import trimmed_lines
from extractor.ground.text import Span
from extractor.ground.trouble import Misuse
from extractor.interop.marks import (
    LINKS,
    Link,
    Mark,
    Marked,
    labels,
    marked,
    mend_spans,
    understood,
    written,
)
from extractor.record import Record

_DOUBTFUL, _NOTE, _LOOSE = "Doubtful", "AnnotatorNotes", "WithoutWords"
#: the note by which a file is told that nobody has touched
AS_WRITTEN = "AsWritten"
_BREAKS = "[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]"


def conf() -> str:
    """brat's ``annotation.conf`` for a folder of plans."""
    links = "\n".join(f"{kind}\tArg1:{start}, Arg2:{end}" for kind, (start, end) in LINKS.items())
    return (
        "[entities]\n" + "\n".join(labels()) + "\n\n[relations]\n" + links
        + "\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n"
        + f"{_DOUBTFUL}\tArg:<ENTITY>\n"
    )  # fmt: skip


def standoff(record: Record) -> tuple[str, str]:
    """The text and the annotations of a record, for two files of one name: ``.txt`` and ``.ann``."""
    found = marked(record)
    lines = list(_lines(found))
    if found.marks:
        lines.append(f"#{len(lines) + 1}\t{AS_WRITTEN} T1\t{_digest(lines)}")
    return re.sub(_BREAKS, " ", found.text), "".join(f"{line}\n" for line in lines)


def untouched(annotations: str) -> bool:
    """Whether an ``.ann`` is as :func:`standoff` wrote it, or empty, as brat wants a file to begin with."""
    lines = [line.rstrip("\r") for line in annotations.split("\n") if line.strip()]
    noted = [line for line in lines if f"\t{AS_WRITTEN} " in line]
    rest = [line for line in lines if line not in noted]
    return not rest or any(line.endswith(_digest(rest)) for line in noted)


def _digest(lines: list[str]) -> str:
    """The same in whatever order brat writes the lines."""
    return hashlib.sha256("\n".join(sorted(lines)).encode("utf-8", "replace")).hexdigest()[:16]


def _lines(found: Marked) -> Iterator[str]:
    text = re.sub(_BREAKS, " ", found.text)
    number = {mark.id: f"T{n}" for n, mark in enumerate(found.marks, 1)}
    notes = attributes = 0
    for mark in found.marks:
        places = list(_fragments(mark, text))
        spans = ";".join(f"{span.start} {span.end}" for span in places)
        quote = " ".join(span.of(text) for span in places)
        yield f"{number[mark.id]}\t{mark.label} {spans}\t{quote}"
        if mark.doubtful:
            attributes += 1
            yield f"A{attributes}\t{_DOUBTFUL} {number[mark.id]}"
        if mark.said is not None:
            notes += 1
            yield f"#{notes}\t{_NOTE} {number[mark.id]}\t{written(mark.said)}"
    for n, link in enumerate(found.links, 1):
        yield f"R{n}\t{link.kind} Arg1:{number[link.start]} Arg2:{number[link.end]}"
    if found.loose and found.marks:
        yield f"#{notes + 1}\t{_LOOSE} T1\t{json.dumps(found.loose, ensure_ascii=False)}"


def _fragments(mark: Mark, text: str) -> Iterator[Span]:
    """The stretches of a mark that hold no line break, without the blanks at their ends."""
    for span in mark.spans:
        yield from (line for line, _ in trimmed_lines(text, span))


def back(text: str, annotations: str) -> Marked:
    """The marks of a text and its ``.ann``. Raises :class:`Misuse` where a line is none of brat's, or an
    annotation does not stand at its words.
    """
    marks: dict[str, Mark] = {}
    links: list[Link] = []
    loose: Mapping[str, Any] = {}
    for line in filter(None, annotations.split("\n")):
        try:
            key, about, *rest = line.rstrip("\r").split("\t", 2)
            if key.startswith("T"):
                marks[key] = _mark(key, about, rest[0], text)
            elif key.startswith("R"):
                kind, start, end = about.split()
                links.append(Link(kind, start.partition(":")[2], end.partition(":")[2]))
            elif key.startswith("#"):
                kind, target = about.split()
                if kind == _LOOSE:
                    loose = dict(json.loads(rest[0]))
                elif target in marks and kind != AS_WRITTEN:
                    marks[target] = marks[target]._replace(said=understood(rest[0]))
        except (AttributeError, IndexError, RecursionError, TypeError, ValueError) as error:
            raise Misuse(
                "bad_annotations",
                f"no annotation of brat: {line[:80]!r}: {error}",
                "Mend the line, or remove it.",
                stage="interop",
            ) from error
    kept = tuple(link for link in links if link.kind in LINKS and {link.start, link.end} <= marks.keys())
    return Marked(text, tuple(marks.values()), kept, loose)


def _mark(key: str, about: str, quote: str, text: str) -> Mark:
    label, _, places = about.partition(" ")
    spans = [Span(*map(int, place.split())) for place in places.split(";")]
    if not all(0 <= span.start < span.end <= len(text) for span in spans):
        raise ValueError(f"no place in a text of {len(text)} letters")
    if " ".join(span.of(text) for span in spans) != quote.rstrip("\n"):
        raise ValueError("the text reads otherwise at this place")
    return Mark(key, label, mend_spans(spans))
