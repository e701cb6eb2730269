"""Tables: typed rows, escapes, and an error that names file and line."""

from typing import NamedTuple

import pytest

from extractor.ground.tables import BadTable, parse, table


class Fruit(NamedTuple):
    name: str
    weight: int
    price: float
    ripe: bool
    yes: tuple[str, ...]


HEAD = "# about: fruit\n# note\nname\tweight\tprice\tripe\tyes\n"


def test_rows_are_typed() -> None:
    read = parse("fruit.tsv", HEAD + "xoài\t3\t1.5\tyes\tmột | hai\n\n# aside\nna\t1\t2\tno\t\n", Fruit)
    assert read.head == {"about": "fruit"}
    assert read.rows == (Fruit("xoài", 3, 1.5, True, ("một", "hai")), Fruit("na", 1, 2.0, False, ()))


def test_escapes() -> None:
    read = parse("fruit.tsv", HEAD + "a\\u00ADb\\t\\\\u0041\t1\t1\tno\t\\u0041 | \\n\n", Fruit)
    assert read.rows[0].name == "a\u00adb\t\\u0041"
    assert read.rows[0].yes == ("A", "\n")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("xoài\t3\t1.5\tyes", "fruit.tsv:4: 4 cells, but 5 columns"),
        ("xoài\tx\t1.5\tyes\t", "fruit.tsv:4: invalid literal"),
        ("xoài\t3\t1.5\tja\t", "fruit.tsv:4: 'ja'"),
    ],
)
def test_a_bad_row_is_named(row: str, says: str) -> None:
    with pytest.raises(BadTable, match=says):
        parse("fruit.tsv", HEAD + row + "\n", Fruit)


def test_bad_columns_are_named() -> None:
    with pytest.raises(BadTable, match=r"fruit.tsv:1: columns must be name, weight"):
        parse("fruit.tsv", "name\tprice\n", Fruit)
    with pytest.raises(BadTable, match="no line of column names"):
        parse("fruit.tsv", "# about: nothing\n", Fruit)


def test_a_table_is_read_once() -> None:
    from extractor.repair.lookalikes import NAME, Lookalike

    assert table(NAME, Lookalike) is table(NAME, Lookalike)
