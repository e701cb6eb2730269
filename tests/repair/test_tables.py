"""Every row of the room's tables carries its examples; here they all run (patterns: test_examples.py)."""

from typing import Any

import pytest

from extractor.ground.tables import table
from extractor.ground.text import Text
from extractor.repair import mend
from extractor.repair.lookalikes import NAME as LOOKALIKES
from extractor.repair.lookalikes import Lookalike
from extractor.repair.segments import NAME as WORDS
from extractor.repair.segments import Term
from extractor.repair.spacing import NAME as INVISIBLE
from extractor.repair.spacing import Invisible
from extractor.repair.split import split
from extractor.repair.vocabulary import NAME as PHRASES
from extractor.repair.vocabulary import Phrase

ROWS: list[Any] = [
    *table(LOOKALIKES, Lookalike).rows,
    *table(INVISIBLE, Invisible).rows,
    *(row for row in table(PHRASES, Phrase).rows if row.yes or row.no),
    *(row for row in table(WORDS, Term).rows if row.yes or row.no),
]


@pytest.mark.parametrize("row", ROWS, ids=[repr(row[0]) for row in ROWS])
def test_row(row: Any) -> None:
    for example in row.yes:
        given, _, mended = example.partition(" => ")
        assert mend(given).clean == mended
    for example in row.no:
        assert mend(example).clean == example


def test_every_lookalike_has_an_example() -> None:
    assert [row.broken for row in table(LOOKALIKES, Lookalike).rows if not row.yes] == []


def test_phrases_are_known_once() -> None:
    phrases = [row.phrase for row in table(PHRASES, Phrase).rows]
    assert len(phrases) == len(set(phrases))


def test_every_word_stands_once_and_comes_back() -> None:
    words = [row.word for row in table(WORDS, Term).rows]
    assert len(words) == len(set(words))
    lines = [f"Các cơ quan {word} của tỉnh" for word in words]
    spaced = "\n".join(" ".join(line.replace(" ", "")) for line in lines)
    assert Text.of(spaced).edited("split", split(spaced)).clean.split("\n") == lines
