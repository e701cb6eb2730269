"""Confidences: curves that never fall, one for every value that a record can hold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fields import fields
from extractor.ground.calibration import ANY, KNOTS, Calibration, at, calibration, kind_of, place
from extractor.ground.models import read

KINDS = ("absent", "read", "stated", "told")
SMALL = "# name: x\n" + "".join(
    f"{kind}\t{field}\t9\t{' '.join(str(round(k * height, 4)) for k in KNOTS)}\n"
    for kind in KINDS
    for field, height in ((ANY, 0.5), ("title", 0.8))
)


@pytest.mark.parametrize("kind", KINDS)
def test_shipped_confidences_rise_with_the_estimate_and_are_probabilities(kind: str) -> None:
    for field in (*(field.name for field in fields()), "issuer.province", "a field of tomorrow"):
        told = [calibration().of(kind, field, n / 100) for n in range(101)]
        assert all(low <= high for low, high in pairwise(told)), field
        assert 0 <= told[0] <= told[-1] < 1, field


def test_the_file_has_a_curve_for_all_of_each_kind() -> None:
    rows = [line.split("\t") for line in read("calibration.tsv").splitlines() if line[0] != "#"]
    assert {kind for kind, field, *_ in rows if field == ANY} == set(KINDS)
    assert {len(row[3].split(" ")) for row in rows} == {len(KNOTS)}


def test_a_field_without_a_curve_takes_that_of_all() -> None:
    small = Calibration(SMALL)
    assert small.of("stated", "title", 1.0) == 0.8
    assert small.of("stated", "theme", 1.0) == 0.5


def test_kinds() -> None:
    told = kind_of("found", True, "unit_heading_unnumbered")
    assert [kind_of("absent", True), kind_of("found", True), kind_of("blank", False), told] == list(KINDS)


@given(st.floats(-1, 2))
def test_between_knots_a_curve_is_straight(estimate: float) -> None:
    assert at(KNOTS, estimate) == pytest.approx(min(1.0, max(0.0, estimate)))
    low, share = place(estimate)
    assert 0 <= low < len(KNOTS) - 1
    assert 0 <= share <= 1
