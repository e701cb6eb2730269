"""The measure: what counts as equal, and what the numbers are."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation import (
    EXACT,
    Evaluation,
    Tally,
    changes,
    compare,
    evaluate,
    intervals,
    loaded,
    match,
    normal,
    same,
    saved,
    verdicts,
)

PLAN = {
    "doc_type": "Kế hoạch",
    "number": "12/KH-UBND",
    "symbol": None,
    "date": "2024-03-05",
    "place": "Kiến Xương",
    "title": "Triển khai Tháng hành động năm 2024",
    "issuer": {
        "name": "Ủy ban nhân dân huyện Kiến Xương",
        "level": "district",
        "district": "huyện Kiến Xương",
    },
    "parent_plans": [{"number": "3/KH-UBND", "date": "2024-01-02", "issuer": "Ủy ban nhân dân tỉnh"}],
    "citations": [{"type": "Nghị định", "number": "30/2020/NĐ-CP", "date": "2020-03-05"}],
    "theme": "Chung tay hành động",
    "period": {"start": "2024-03", "end": "2024-04"},
    "slogans": ["Vì tương lai xanh", "Hãy hành động"],
    "units": [{"name": "Phòng Y tế", "within": "UBND huyện", "tasks": ["Chủ trì", "Báo cáo"]}],
    "deadlines": [{"date": "2024-05-10", "recipient": "Sở Y tế", "via": "Phòng Y tế"}],
    "recipients": ["Như trên", "Lưu: VT"],
    "signer": {"name": "Nguyễn Văn An", "title": "Phó Chủ tịch"},
    "outline": [["I", "MỤC ĐÍCH"], ["I.1", None], ["II", "TỔ CHỨC"]],
}


def with_(**changes: object) -> dict[str, object]:
    return {**PLAN, **changes}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    gold.mkdir()
    predicted.mkdir()
    for name in ("a", "b"):
        (gold / f"{name}.json").write_text(json.dumps(PLAN), "utf-8")
    (predicted / "a.json").write_text(json.dumps(PLAN), "utf-8")
    return gold, predicted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND huyện", "Ủy ban nhân dân huyện"),
        ("Uỷ ban, hoà bình", "ủy ban , hòa bình."),
        ("“Vì trẻ em” – 2024", "Vì trẻ em - 2024"),
        ("12 / KH-UBND", "12/KH-UBND"),
        ("Sở LĐ-TB&XH", "Sở Lao động, Thương binh và Xã hội"),
        ("Quý I", "quý i"),
        (None, ""),
    ],
)
def test_texts_that_say_the_same(one: str | None, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quý", "qúy"),
        ("Sở Y tế", "Sở Y tế tỉnh"),
        ("12/KH-UBND", "13/KH-UBND"),
        ("tuý ý", "tuy ý"),
        ("hòa", "hoa"),
    ],
)
def test_texts_that_differ(one: str, other: str) -> None:
    assert not same(one, other)


def test_similar_lets_a_text_differ_a_little_but_never_a_number() -> None:
    predicted = with_(title="Triển khai Tháng hành động năm 2O24", number="12/KH-U8ND")
    exact, loose = compare("x", PLAN, predicted), compare("x", PLAN, predicted, similar=0.9)
    assert exact.tallies["title"].fn == 1
    assert loose.tallies["title"].tp == 1
    assert loose.tallies["number"].fn == loose.tallies["number"].fp == 1


def test_a_record_agrees_with_itself() -> None:
    document = compare("x", PLAN, PLAN)
    assert document.right
    assert Evaluation((document,)).mean == 1.0
    assert Evaluation((document,)).errors == []


def test_an_empty_record_misses_everything_and_invents_nothing() -> None:
    fields = Evaluation((compare("x", PLAN, {}),)).fields
    assert all(tally.tp == tally.fp == 0 for tally in fields.values())
    assert fields["outline"].fn == 3
    assert "symbol" not in fields, "there was nothing to find"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"date": "2024-03-06"}, {"date"}),
        ({"slogans": ["Hãy hành động"]}, {"slogans"}),
        ({"recipients": ["Lưu: VT", "Như trên"]}, set()),
        ({"citations": PLAN["citations"] * 2}, {"citations"}),
        ({"units": [{"name": "Phòng Y tế", "within": "UBND huyện X", "tasks": 2}]}, set()),
        (
            {"units": [{"name": "Phòng Y tế", "within": "UBND", "tasks": ["Chủ trì"]}]},
            {"units.within", "units.tasks"},
        ),
        ({"outline": [["I", "MỤC ĐÍCH"], ["I.1", "Thừa"], ["III", "TỔ CHỨC"]]}, {"outline", "outline.title"}),
        (
            {"parent_plans": [{"number": "3/KH-UBND", "date": "2024-01-02", "issuer": "UBND tỉnh Hà Nam"}]},
            set(),
        ),
    ],
)
def test_a_change_counts_in_its_own_fields_only(changes: dict[str, object], wrong: set[str]) -> None:
    document = compare("x", PLAN, with_(**changes))
    assert {name for name, tally in document.tallies.items() if tally.fp or tally.fn} == wrong


def test_scored_names_the_fields_that_gold_settles() -> None:
    gold = with_(scored=["number", "issuer"])
    assert set(compare("x", gold, {}).tallies) == {
        "number", "issuer.name", "issuer.level", "issuer.province", "issuer.district", "issuer.commune",
    }  # fmt: skip


def test_a_list_that_gold_does_not_have_is_not_scored() -> None:
    gold = {key: value for key, value in PLAN.items() if key != "units"}
    assert not any(name.startswith("units") for name in compare("x", gold, PLAN).tallies)


def test_match_takes_the_first_that_is_left() -> None:
    tally = match(["a", "a", "b"], ["a", "c", "a"], lambda g, p: g == p, "x")
    assert tally == Tally(2, 1, 1, ("x: missing 'b'", "x: not in gold 'c'"))


def test_a_missing_record_counts_as_empty_unless_told_otherwise(folders: tuple[Path, Path]) -> None:
    every, there = evaluate(*folders), evaluate(*folders, only=True)
    assert (len(every.documents), every.whole) == (2, 1)
    assert (len(there.documents), there.whole, there.mean) == (1, 1, 1.0)
    assert every.fields["date"] == Tally(1, 0, 1, ("b date: missing '2024-03-05'",))
    assert every.fields["date"].f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "content", ["{broken", "[]", '"text"', '{"units": "text", "outline": [[1], null, 7]}']
)
def test_a_broken_record_counts_as_empty(folders: tuple[Path, Path], content: str) -> None:
    (folders[1] / "b.json").write_text(content, "utf-8")
    assert evaluate(*folders).fields == evaluate(folders[0], folders[1]).fields
    assert evaluate(*folders).whole == 1


def test_the_table_and_the_data_say_the_same(folders: tuple[Path, Path]) -> None:
    evaluation = evaluate(*folders)
    head, *rows, summary = evaluation.table().splitlines()
    data = evaluation.to_dict()
    assert head.split() == ["field", "tp", "fp", "fn", "P", "R", "F1"]
    assert [row.split()[0] for row in rows] == list(data["fields"])
    assert summary == f"mean field F1 {data['mean']:.4f} over 2 documents, 1 of them right in every field"
    assert json.loads(json.dumps(data)) == data


def test_nothing_to_compare_is_no_success(tmp_path: Path) -> None:
    assert evaluate(tmp_path, tmp_path).mean == 0.0


@given(st.text())
def test_normalising_never_fails_and_is_about_words(text: str) -> None:
    assert normal(f"  “{text}” ") == normal(text)


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_every_item_counts_once(gold: list[str], predicted: list[str]) -> None:
    tally = match(gold, predicted, lambda g, p: g == p)
    assert tally.tp + tally.fn == len(gold)
    assert tally.tp + tally.fp == len(predicted)


def test_exact_counts_every_character() -> None:
    changed = with_(title="triển khai Tháng hành động năm 2024.", number="12/KH-UBND ")
    exact, soft = compare("x", PLAN, changed, EXACT), compare("x", PLAN, changed)
    assert soft.right
    assert {name for name, tally in exact.tallies.items() if tally.fp or tally.fn} == {"number", "title"}


def test_verdicts_say_of_each_value_whether_it_is_right() -> None:
    unit = {"name": "Sở Y tế", "within": None, "tasks": ["Báo cáo"]}
    changed = with_(
        theme=None,
        slogans=["Hãy hành động", "Thêm vào"],
        units=[unit, {"name": "Phòng Y tế", "within": "UBND huyện", "tasks": ["Chủ trì"]}],
        issuer={**PLAN["issuer"], "district": "huyện Tiền Hải"},  # type: ignore[dict-item]
    )
    found = verdicts(PLAN, changed)
    assert found["theme"] == [{"": False}]
    assert found["slogans"] == [{"": True}, {"": False}]
    assert found["units"] == [
        {"name": False, "within": False, "tasks": False},
        {"name": True, "within": True, "tasks": False},
    ]
    assert found["issuer"] == [
        {"name": True, "level": True, "province": True, "district": False, "commune": True}
    ]
    assert all(all(v.values()) for some in verdicts(PLAN, PLAN).values() for v in some)
    assert set(verdicts(with_(scored=["number"]), PLAN)) == {"number"}


def runs() -> tuple[Evaluation, Evaluation]:
    """An earlier run, and one that found a title and lost a date."""
    changes = [{}, {"title": "Khác"}, {"slogans": []}, {}] * 5
    before = [compare(f"d{n}", PLAN, with_(**change)) for n, change in enumerate(changes)]
    later = [{**change} for change in changes]
    later[1], later[3] = {}, {"date": "2020-01-01"}
    now = [compare(f"d{n}", PLAN, with_(**change)) for n, change in enumerate(later)]
    return Evaluation(tuple(before)), Evaluation(tuple(now))


def test_intervals_hold_the_figure_and_come_out_the_same() -> None:
    before, _ = runs()
    bounds = intervals(before)
    assert bounds == intervals(before)
    assert bounds["mean"].value == pytest.approx(before.mean)
    assert bounds["whole"].value == before.whole / 20
    assert all(bound.low <= bound.value <= bound.high for bound in bounds.values())
    assert bounds["slogans"].low < bounds["slogans"].high
    assert bounds["number"].low == bounds["number"].high == 1.0
    assert intervals(Evaluation(()))["mean"].value == 0.0


def test_gains_and_losses_against_a_saved_run(tmp_path: Path) -> None:
    before, now = runs()
    file = tmp_path / "before.json"
    file.write_text(saved(before), "utf-8")
    change = changes(loaded(file), now)
    assert change.documents == 20
    assert change.gains["title"].value > 0 > change.gains["date"].value
    assert (change.better, change.worse) == (("d1 title 2 wrong, now 0",), ("d3 date 0 wrong, now 2",))
    same_again = changes(before, before)
    assert not same_again.better
    assert all(gain.value == gain.low == gain.high == 0 for gain in same_again.gains.values())
    assert changes(Evaluation(()), now).documents == 0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"kehoach_eval": 1, "documents": {"a": {"b": [1]}}}'])
def test_what_was_not_saved_is_no_baseline(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"."):
        loaded(file)
