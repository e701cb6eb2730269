"""Documents whose numbering is lost, as exports that drop Word's automatic numbers, web editors and OCR leave
it: every number, numbers and bullets, the numbers below the first level, some of them, or misread ones.

The labels are those that the whole document's outline has; nothing else of the text is touched.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus_generate import documents

from extractor import outline
from extractor.ground.text import Span
from extractor.pipeline import repaired
from extractor.reading import given

Source = tuple[str, str, Mapping[str, Any]]
"""The name of a document, its text, its gold record."""

_SHARE = 0.5  # of the numbers that are lost where some are
_MISREAD = {
    "I": "l!1|", "V": "YvW", "X": "Kx", "1": "l!iI", "2": "z?", "3": "äJ", "4": "ÀA", "5": "§S", "6": "ób",
    "7": "?T", "8": "B&", "9": "gq", "a": "ạ@", "b": "ḅ6", "c": "e©", "d": "ả", "đ": "ả",
}  # fmt: skip


def written(folder: Path) -> Iterator[Source]:
    """The documents of a folder of the corpus that are texts, whole ones alone."""
    for path in sorted((folder / "plans").glob("*.txt")):
        gold = folder / "gold" / f"{path.stem}.json"
        if gold.exists() and ".damaged" not in path.name:
            yield path.stem, path.read_text("utf-8"), json.loads(gold.read_text("utf-8"))


def composed(part: str, seed: int, count: int) -> Iterator[Source]:
    """Plans composed in a half of the grammar."""
    for made in documents(seed, count, part, 0.0):
        yield made.name, made.text, made.gold


def labels_of(text: str) -> Iterator[tuple[Span, str, int]]:
    """The printed labels of a text: where each stands (with the blanks behind it), its style and level."""
    read = repaired(given(text, ""))
    paper = outline.draw(read.text.clean)
    for section in paper.root.walk():
        if section.style not in ("root", "lead") and section.label:
            words = section.title or section.content
            label = Span(section.span.start, words.start)
            lead = len(label.of(paper.text)) - len(label.of(paper.text).lstrip())
            if words.end > words.start:
                at = read.text.raw_span(label._replace(start=label.start + lead))
                yield at, section.style, section.path.count(".")


def lose(text: str, way: str, rng: random.Random) -> str:
    """The text with its labels lost in one of the :data:`WAYS`."""
    choose = WAYS[way]
    parts, done = [], 0
    for span, style, level in labels_of(text):
        if span.start >= done:
            parts += [text[done : span.start], choose(span.of(text), style, level, rng)]
            done = span.end
    return "".join([*parts, text[done:]])


def _numbers(label: str, style: str, level: int, rng: random.Random) -> str:
    return label if style == "bullet" else ""


def _some(label: str, style: str, level: int, rng: random.Random) -> str:
    return "" if style != "bullet" and rng.random() < _SHARE else label


def _below(label: str, style: str, level: int, rng: random.Random) -> str:
    return "" if style != "bullet" and level else label


def _misread(label: str, style: str, level: int, rng: random.Random) -> str:
    if style == "bullet" or style.startswith("part"):
        return label
    return "".join(rng.choice(_MISREAD.get(c, c)) for c in label)


#: how numbering gets lost: the label, its style and level → what is left of it
WAYS: dict[str, Callable[[str, str, int, random.Random], str]] = {
    "numbers": _numbers,
    "labels": lambda *_: "",
    "some": _some,
    "below": _below,
    "misread": _misread,
}
