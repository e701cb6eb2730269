"""Themes that are one fall together: measured on corpus/themes, of which half was never tuned on."""

import sys

import pytest

from tests.conftest import ROOT

pytest.importorskip("sklearn", reason="SKIPPED: the report needs scikit-learn")
sys.path.insert(0, str(ROOT / "scripts"))

import _bench_themes as bench
import corpus_themes

from extractor.report.grouping import Stated, joined, judged
from extractor.report.national import National, national_themes


def test_the_labelled_set_is_large_and_fresh() -> None:
    rows = bench.rows("AB")
    assert len(rows) >= 300
    assert len({row["theme"] for row in rows}) >= 20
    worn = (ROOT / "corpus/themes/worn.tsv").read_text("utf-8")
    assert worn == corpus_themes.HEAD + "".join(corpus_themes.worn())
    halves = [{row["theme"] for row in bench.rows(half)} for half in "AB"]
    assert not halves[0] & halves[1]


@pytest.mark.parametrize("half", ["A", "B"])
def test_groups_and_labels_reach_their_bars(half: str) -> None:
    got = bench.score(bench.rows(half))
    assert got.f1 >= bench.BARS["F1"]
    assert got.labels >= bench.BARS["labels"]


def test_syllables_do_where_underthesea_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.report import vectors

    monkeypatch.setattr(vectors, "_segmenter", lambda: None)
    vectors.tokeniser.cache_clear()
    try:
        assert vectors.tokeniser() == vectors.SYLLABLES
        assert bench.score(bench.rows("B")).f1 >= bench.BARS["F1"]
    finally:
        vectors.tokeniser.cache_clear()


def test_a_theme_of_two_years_is_one_and_the_year_decides_the_label() -> None:
    themes = [
        National("Tháng", 2019, "Chấm dứt bạo lực đối với phụ nữ và trẻ em", "national", ""),
        National("Tháng", 2020, "Chấm dứt bạo lực đối với phụ nữ và trẻ em", "national", ""),
        National("Tháng", 2021, "Một chủ đề khác hẳn cho mọi nhà", "national", ""),
    ]
    wording = "CHẤM DỨT BẠO LỰC ĐỐI VỚI PHỤ NỮ VÀ TRẺ EM"
    found = judged([Stated(wording, "Tháng", year) for year in (2019, 2020, 2021, 2022)], themes)
    assert [one.label for one in found] == ["verbatim", "verbatim", "own", None]
    assert len({one.group for one in found}) == 1


def test_no_theme_is_met_before_it_was_announced() -> None:
    found = judged(
        [Stated("Uống rượu bia thì không lái xe", "Năm An toàn giao thông", 2010)], national_themes()
    )
    assert found[0].group >= 0


def test_misprints_of_a_slogan_follow_the_frequent_wording() -> None:
    counted = {"trẻ em hôm nay thế giới ngày mai": 9, "trẻ em hôm nay thế giới ngày mau": 1}
    counted |= {"tre em hom nay the gioi ngay mai": 1, "không ma túy cho mọi nhà": 2}
    groups = joined(counted)
    assert len(set(groups.values())) == 2
    assert groups["tre em hom nay the gioi ngay mai"] == "trẻ em hôm nay thế giới ngày mai"
    assert joined({}) == {}
