"""Parents are found by number, date and body; what was copied is measured and shown."""

from dataclasses import replace

import pytest

from extractor import extract
from extractor.ground.lineage import number_key
from extractor.report.cascade import links
from extractor.report.copying import copied, prepared
from extractor.report.entries import Entry
from extractor.report.facts import Facts, body_of, facts_of
from tests.report.chain import CHAIN


@pytest.fixture(scope="module")
def chain() -> list[Facts]:
    return [facts_of(Entry(path, extract(text).to_dict())) for path, text in CHAIN.items()]


def test_each_plan_finds_the_one_above_it(chain: list[Facts]) -> None:
    found = links(chain)
    assert [(one.child, one.parent, one.days) for one in found] == [
        (1, 0, 20),
        (2, 1, 14),
        (3, 2, 9),
        (3, None, 13),
    ]
    assert all(one.copied and 0.3 < one.copied.ratio < 1 for one in found if one.parent is not None)


def test_a_date_or_a_province_that_contradicts_rules_a_parent_out(chain: list[Facts]) -> None:
    other_day = replace(chain[1], date="2024-03-22")
    assert links([other_day, chain[2]])[1].parent is None
    assert chain[1].province is not None
    elsewhere = replace(chain[1], province=replace(chain[1].province, text="Hà Nam"))
    assert links([elsewhere, chain[2]])[1].parent is None


def test_of_two_bodies_that_fit_alike_none_is_guessed(chain: list[Facts]) -> None:
    assert chain[1].issuer is not None
    vague = replace(chain[2], bases=(replace(chain[2].bases[0], issuer=None),))
    twin = replace(chain[1], id="other", issuer=replace(chain[1].issuer, text="Ủy ban nhân dân tỉnh Hà Nam"))
    assert links([chain[1], twin, vague])[-1].parent is None
    assert links([chain[1], vague])[-1].parent == 0


def test_numbers_are_the_same_however_they_are_printed() -> None:
    assert number_key("031/KH - ubnd") == number_key("31/KH–UBND")


def test_copied_words_are_counted_and_passages_are_of_both_texts(chain: list[Facts]) -> None:
    above, below = body_of(chain[1]), body_of(chain[2])
    found = copied(below, prepared(above))
    assert found is not None
    for child, parent in found.passages:
        assert child in below
        assert parent in above
    assert any("Ninh Bình" in parent and "Nho Quan" in child for child, parent in found.passages)
    assert copied(above, prepared(above)).ratio == 1  # type: ignore[union-attr]
    assert copied("một hai ba bốn năm sáu", prepared("bảy tám chín mười trăm nghìn")).ratio == 0  # type: ignore[union-attr]
    assert copied("", prepared(above)) is None


def test_long_repetition_costs_no_square() -> None:
    text = "và " * 30_000
    assert copied(text, prepared(text)).ratio == 1  # type: ignore[union-attr]
