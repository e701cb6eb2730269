"""What a document says does not change with its blanks, bullets and line ends."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor import extract

CORPUS = Path(__file__).parents[1] / "corpus"
PLANS = sorted([*CORPUS.glob("plans/*.txt"), *CORPUS.glob("found/plans/*.txt")])
#: a way to type a document → the change, and in how many of a hundred documents a value may differ: an own
#: mark can be a part of a value, and columns can be told by their blanks alone
WAYS: dict[str, tuple[Callable[[str], str], int]] = {
    "no-break spaces": (lambda text: text.replace(" ", "\u00a0"), 0),
    "line ends of Windows, blanks at the ends": (lambda text: text.replace("\n", "  \r\n"), 0),
    "a margin": (lambda text: re.sub(r"(?m)^", "    ", text), 1),
    "no blank lines": (lambda text: re.sub(r"\n\s*\n", "\n", text), 1),
    "a blank line after every line": (lambda text: re.sub(r"\n+", "\n\n", text), 1),
    "straight quotes": (lambda text: re.sub("[“”]", '"', text), 1),
    "long dashes": (lambda text: re.sub(r"(?m)^(\s*)- ", r"\1– ", text), 1),
    "round bullets": (lambda text: re.sub(r"(?m)^(\s*)- ", r"\1• ", text), 1),
}


def values(text: str) -> dict[str, object]:
    """The plain record, its strings without blanks, quotes, bullets and dashes."""
    plain = extract(text).to_dict(plain=True)
    plain.pop("outline")
    return {field: re.sub(r"[\s“”\"–•-]|\\n", "", repr(value)) for field, value in plain.items()}


@pytest.fixture(scope="module")
def told() -> dict[Path, dict[str, object]]:
    """What every document says as it is."""
    return {path: values(path.read_text("utf-8")) for path in PLANS}


@pytest.mark.parametrize("way", WAYS)
def test_values_stay(way: str, told: dict[Path, dict[str, object]]) -> None:
    change, allowed = WAYS[way]
    other = {path.name for path in PLANS if values(change(path.read_text("utf-8"))) != told[path]}
    assert len(other) <= allowed * len(PLANS) / 100, sorted(other)
