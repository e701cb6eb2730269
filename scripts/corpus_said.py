"""Words that carry what they say: a grammar's variants, filled in, each piece of text with its facts.

A grammar file has sections ``[slot]`` with one variant a line. In a variant ``{name}`` is a value or another
slot, ``{^name}`` the same with a capital, ``<a|b|>`` a choice, ``¶`` a line break. A fact is a pair (name,
value); facts of the pieces stay in the order of the text, so that gold is collected, never searched for.
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).resolve().parents[1] / "corpus" / "grammar"
PARTS = ("train", "held-out")
HOLE = re.compile(r"\{(\^?)([^{}]+)\}|<((?:[^<>{}]|\{[^{}]*\})*)>")

Fact = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text, and the facts it states in the order in which it states them."""

    text: str
    facts: tuple[Fact, ...] = ()

    def __add__(self, other: "Said | str") -> "Said":
        more = other if isinstance(other, Said) else Said(other)
        return Said(self.text + more.text, self.facts + more.facts)

    def capital(self) -> "Said":
        """The same with a capital first letter."""
        return Said(self.text[:1].upper() + self.text[1:], self.facts)

    def known(self, *facts: Fact) -> "Said":
        """The same with more facts behind its own."""
        return Said(self.text, self.facts + facts)

    def without(self, *names: str) -> "Said":
        """The same without the facts of these names."""
        return Said(self.text, tuple(fact for fact in self.facts if fact[0] not in names))

    def of(self, name: str) -> list[Any]:
        """The values of the facts of a name."""
        return [value for key, value in self.facts if key == name]


Value = str | Said | Callable[[], "str | Said"]


def joined(pieces: Iterable[Said], by: str) -> Said:
    """Pieces in a row with ``by`` between them."""
    row = list(pieces)
    return Said(by.join(piece.text for piece in row), tuple(fact for piece in row for fact in piece.facts))


def sections(path: Path) -> dict[str, list[str]]:
    """Slot → variants of one file; blank lines and lines with ``#`` in front are notes."""
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and "{" not in line:
            rows = found.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            rows.append(line)
    return found


def slots(part: str) -> dict[str, list[str]]:
    """All slots of a part of the grammar; its campaigns apart."""
    if part not in PARTS:
        raise ValueError(f"no part {part!r} of the grammar: choose one of {', '.join(PARTS)}")
    files = sorted((GRAMMAR / part).glob("*.txt"))
    found = {
        name: rows for file in files if file.name != "campaigns.txt" for name, rows in sections(file).items()
    }
    return {**found, "none": [""]}


def blocks(path: Path) -> dict[str, dict[str, list[str]]]:
    """Section → key → values, of a file whose lines are ``key: value``."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, rows in sections(path).items():
        block = found.setdefault(name, {})
        for row in rows:
            key, _, value = row.partition(": ")
            block.setdefault(key, []).append(value)
    return found


class Voice:
    """Speaks in the variants of one part: draws, fills in, and never looks back at what it said."""

    def __init__(self, part: str, rng: random.Random, words: Mapping[str, list[str]]) -> None:
        self.part, self.rng, self.words = part, rng, words
        self.values: dict[str, Value] = {}

    def chance(self, share: float) -> bool:
        """True in ``share`` of the draws."""
        return self.rng.random() < share

    def pick(self, slot: str) -> str:
        """A variant of a slot, as it stands in the grammar."""
        return self.rng.choice(self.words[slot])

    def say(self, slot: str, **values: Value) -> Said:
        """A variant of a slot, filled in."""
        return self.fill(self.pick(slot), **values)

    def fill(self, template: str, **values: Value) -> Said:
        """A template, filled in; ``values`` go before the voice's own values, those before slots."""
        out, at = Said(""), 0
        for hole in HOLE.finditer(template):
            out += template[at : hole.start()].replace("¶", "\n")
            at = hole.end()
            capital, name, choice = hole.groups()
            if name is not None:
                piece = self.value(name, values)
                out += piece.capital() if capital else piece
                continue
            piece = self.fill(self.rng.choice(choice.split("|")), **values)
            out += piece
            if not piece.text and out.text.endswith(" ") and template[at : at + 1] == " ":
                at += 1  # the blank behind a word that was left out
        return out + template[at:].replace("¶", "\n")

    def value(self, name: str, values: Mapping[str, Value]) -> Said:
        """The value, or a variant of the slot, of this name."""
        found = values.get(name, self.values.get(name))
        if callable(found):
            found = found()
        if found is None:
            return self.fill(self.pick(name), **values)
        return found if isinstance(found, Said) else Said(found)

    def deck(self, cards: list[str]) -> Callable[[], str]:
        """Draws one card after the other in random order, anew when all are drawn."""
        left: list[str] = []

        def draw() -> str:
            if not left:
                left.extend(self.rng.sample(cards, len(cards)))
            return left.pop()

        return draw
