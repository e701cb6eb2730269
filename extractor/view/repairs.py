"""What the repair changed, class by class, for people to read and to switch on and off."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.ground.text import Text
from extractor.pages import Words
from extractor.view.changes import Change
from extractor.view.lines import shown

#: changes of one class that are listed; the text marks all of them
LISTED = 60
_CONTEXT = 28


@dataclass(frozen=True, slots=True)
class Sample:
    """One change with words around it; ``number`` counts the changes of the text."""

    number: int
    left: str
    gone: str
    new: str
    right: str
    sure: float


@dataclass(frozen=True, slots=True)
class Class:
    """A class of damage: its rule in the ledger, its name and reason in words, and its changes;
    ``layout`` ones change no letter and are not marked at first.
    """

    rule: str
    name: str
    reason: str
    count: int
    layout: bool
    samples: tuple[Sample, ...]


def classes(text: Text, found: Sequence[Change], words: Words) -> list[Class]:
    """The classes in the text, those that change letters before those that move lines, many before few."""
    by_rule: dict[str, list[int]] = {}
    for number, change in enumerate(found):
        for rule in change.rules:
            by_rule.setdefault(rule, []).append(number)
    made = [
        Class(
            rule,
            words.get(f"repair_{rule}", rule),
            words.get(f"reason_{rule}", words("reason_unknown")),
            len(numbers),
            rule in LAYOUT,
            tuple(_sample(text, number, found[number]) for number in numbers[:LISTED]),
        )
        for rule, numbers in by_rule.items()
    ]
    return sorted(made, key=lambda one: (one.layout, -one.count, one.rule))


#: classes that move lines and blanks, and change no letter
LAYOUT = frozenset(
    (
        "wrap",
        "page number",
        "page break",
        "running head",
        "columns",
        "line end",
        "space",
        "private",
        "invisible",
    )
)


def _sample(text: Text, number: int, change: Change) -> Sample:
    start, end = change.clean
    left = text.clean[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    left = left[left.find(" ") + 1 :] if len(left) == _CONTEXT else left
    right = text.clean[end : end + _CONTEXT].partition("\n")[0]
    right = right[: right.rfind(" ") + 1] if len(right) == _CONTEXT else right
    return Sample(
        number,
        shown(left),
        _signed(change.raw.of(text.raw)),
        _signed(change.clean.of(text.clean)),
        shown(right),
        change.sure,
    )


def _signed(words: str) -> str:
    """The words of a change, at most some hundred; a line end and a lone blank stand as signs."""
    words = shown(words if len(words) < 160 else words[:80] + " … " + words[-60:]).replace("\n", "⏎")
    return "␣" * len(words) if words.isspace() else words
