"""What people change in other programs comes back as gold."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor import Misuse, extract
from extractor.interop import annotated, brat, gold, label_studio
from tests.interop import laws

PLAN = """ỦY BAN NHÂN DÂN XÃ AN BÌNH
Số: 12/KH-UBND
An Bình, ngày 5 tháng 3 năm 2024
KẾ HOẠCH
Tổ chức Tết trồng cây 😀 năm 2024
I. CHỦ ĐỀ: “Trồng cây gây rừng”
II. TỔ CHỨC THỰC HIỆN
1. Trạm Y tế xã
- Chuẩn bị thuốc.
- Báo cáo kết quả về Ủy ban nhân dân xã trước ngày 10/4/2024.
2. Đoàn Thanh niên xã
- Trồng 200 cây.
"""


@pytest.fixture
def task() -> dict[str, Any]:
    return laws.annotated(extract(PLAN))


def result_of(task: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = task["annotations"][0]["result"]
    return found


def region(task: dict[str, Any], label: str, words: str, name: str = "abc") -> dict[str, Any]:
    """A region as Label Studio makes it, on the first ``words`` of the text."""
    start = task["data"]["text"].index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "type": "labels", "from_name": "label", "to_name": "text", "value": value}


def gold_of(task: dict[str, Any]) -> Any:
    back = label_studio.back(task)
    assert back is not None
    return gold(back)


def test_a_region_that_moves_moves_the_value(task: dict[str, Any]) -> None:
    theme = next(one for one in result_of(task) if one["id"] == "theme")
    theme["value"]["end"] -= len(" gây rừng")
    assert gold_of(task).plain["theme"] == "Trồng cây"


def test_an_emoji_comes_back_from_its_stand_in(task: dict[str, Any]) -> None:
    assert "😀" not in task["data"]["text"]
    assert gold_of(task).plain["title"] == "Tổ chức Tết trồng cây 😀 năm 2024"


def test_a_region_that_is_removed_leaves_no_value(task: dict[str, Any]) -> None:
    result = result_of(task)
    result[:] = [one for one in result if one.get("id") != "theme"]
    made = gold_of(task)
    assert made.plain["theme"] is None
    assert "theme" in made.plain["scored"]


def test_a_new_task_joins_its_unit(task: dict[str, Any]) -> None:
    result = result_of(task)
    result.append(region(task, "task", "200 cây"))
    unit = gold_of(task).plain["units"][1]
    assert unit == {"name": "Đoàn Thanh niên xã", "within": None, "tasks": ["Trồng 200 cây."]}
    second = next(
        one["id"] for one in result if one["type"] == "labels" and one["value"]["text"].startswith("Đoàn")
    )
    link = {"type": "relation", "from_id": second, "to_id": "abc", "direction": "right", "labels": ["does"]}
    result.append(link)
    assert gold_of(task).plain["units"][1]["tasks"] == ["Trồng 200 cây.", "200 cây"]


def test_a_new_value_stands_where_its_words_do(task: dict[str, Any]) -> None:
    result_of(task).append(region(task, "slogans", "Trồng cây gây rừng"))
    result_of(task).append(region(task, "slogans", "Chuẩn bị thuốc.", "def"))
    assert gold_of(task).plain["slogans"] == ["Trồng cây gây rừng", "Chuẩn bị thuốc"]


def test_a_value_that_words_do_not_tell_is_written_beside(task: dict[str, Any]) -> None:
    """A citation has a type, a number and a day: its words alone settle nothing."""
    cited = region(task, "citations", "12/KH-UBND")
    result_of(task).append(cited)
    made = gold_of(task)
    assert made.open == {"citations": ("12/KH-UBND",)}
    assert "citations" not in made.plain["scored"]
    value = {"type": "Kế hoạch", "number": "12/KH-UBND", "date": None}
    said = {**cited["value"], "text": [json.dumps(value)]}
    result_of(task).append({**cited, "type": "textarea", "from_name": "value", "value": said})
    made = gold_of(task)
    assert made.plain["citations"] == [value]
    assert "citations" in made.plain["scored"]


@pytest.mark.parametrize("said", ["5/3/2024 is no JSON", '{"type": "Kế hoạch"}', "[1]"])
def test_a_value_of_another_shape_settles_nothing(task: dict[str, Any], said: str) -> None:
    value = next(one for one in result_of(task) if one["type"] == "textarea" and one["id"] == "issuer")
    value["value"]["text"] = [said]
    assert "issuer" not in gold_of(task).plain["scored"]


def test_a_value_that_is_wiped_out_is_that_of_the_words(task: dict[str, Any]) -> None:
    value = next(one for one in result_of(task) if one["type"] == "textarea" and one["id"] == "doc_type")
    value["value"]["text"] = []
    assert gold_of(task).plain["doc_type"] == "KẾ HOẠCH"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a/b/c.txt", "c.txt"),
        ("..", "task"),
        ("/", "task"),
        ("a\0b", "a_b"),
        ("", "7"),
        ("x" * 999, "x" * 200),
    ],
)
def test_a_task_is_called_like_a_file(name: str, file: str) -> None:
    assert label_studio.name_of({"id": 7, "data": {"name": name}}) == file


def test_relations_in_a_circle_end(task: dict[str, Any]) -> None:
    result = result_of(task)
    result.append(region(task, "theme", "gây rừng"))
    for start, end in (("theme", "abc"), ("abc", "theme")):
        result.append({"type": "relation", "from_id": start, "to_id": end, "labels": ["same"]})
    assert label_studio.back(task) is not None


def test_only_what_people_finished_counts(task: dict[str, Any]) -> None:
    task["annotations"][0]["was_cancelled"] = True
    assert label_studio.back(task) is None
    assert label_studio.back({"data": {"text": "a"}, "predictions": task["predictions"]}) is None


@pytest.mark.parametrize(
    "content",
    [b"no json", b"[1]", b'[{"text": "JSON-MIN", "label": []}]', b'{"data": 3}', b"[" * 100_000],
)
def test_what_is_no_export_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_bytes(content)
    with pytest.raises(Misuse, match="no export of Label Studio"):
        list(annotated(file))


def test_a_region_outside_its_text_is_refused(task: dict[str, Any]) -> None:
    next(one for one in result_of(task) if one["type"] == "labels")["value"]["end"] = 10**6
    with pytest.raises(Misuse, match="1000000"):
        label_studio.back(task)


@pytest.mark.parametrize(
    "annotations",
    [5, ["x"], [5], [{"result": 5}], [{"result": ["x"]}]]
    + [
        [{"result": [{"id": "a", "type": "labels", "value": {"start": s, "end": e, "labels": ["theme"]}}]}]
        for s, e in ((1e400, 5), (-5, -1), (1, 1), (2, 1), (None, 1), ("a", 1))
    ],
    ids=str,
)
def test_an_export_with_odd_parts_is_refused(annotations: Any, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps([{"data": {"text": "ABCDEF", "name": "a"}, "annotations": annotations}]))
    with pytest.raises(Misuse, match="no export of Label Studio"):
        list(annotated(file))


@pytest.mark.parametrize(
    "said",
    [
        '{"name":"x","tasks":5}',
        '{"name":"x","tasks":"abc"}',
        '{"name":"x","tasks":[5]}',
        '{"name":5}',
        '{"within":[]}',
    ],
)
def test_a_unit_of_odd_parts_is_left_open(said: str) -> None:
    made = gold(brat.back("Trạm Y tế xã", f"T1\tunits 0 12\tTrạm Y tế xã\n#1\tAnnotatorNotes T1\t{said}\n"))
    assert made.open["units"] == ("Trạm Y tế xã",)
    assert "units" not in made.plain["scored"]


# --- brat


def test_brat_says_tasks_notes_and_doubts() -> None:
    text, lines = brat.standoff(extract(PLAN))
    assert text == extract(PLAN).text.clean
    assert "\ttask " in lines
    assert "\tAnnotatorNotes T" in lines
    assert "does Arg1:T" in lines
    assert "due Arg1:T" in lines


def test_brat_takes_what_people_add() -> None:
    text, lines = brat.standoff(extract(PLAN))
    start = text.index("Chuẩn bị thuốc")
    lines += f"T99\tslogans {start} {start + 14}\tChuẩn bị thuốc\nA9\tDoubtful T99\nE1\tsome:T99\n"
    assert gold(brat.back(text, lines)).plain["slogans"] == ["Chuẩn bị thuốc"]
    assert gold(brat.back(text, lines.replace("\n", "\r\n"))).plain["slogans"] == ["Chuẩn bị thuốc"]


@pytest.mark.parametrize(
    "line",
    [
        "T1\ttheme 0 3\tXYZ",
        "T1\tunits 1 1\t",
        "T1\tunits -3 -1\tAB",
        "T1\tunits 2 1\t",
        "T1\tunits 1 9\tBC",
        "#1\tWithoutWords T1\t" + "[" * 100_000,
        "T1\ttheme a b\tABC",
        "T1\ttheme",
        "R1\tdoes T1",
        "#1\tAnnotatorNotes",
        "nothing",
    ],
)
def test_a_line_that_is_none_of_brats_is_refused(line: str, tmp_path: Path) -> None:
    if line == "nothing":
        assert brat.back("ABC", line + "\tsaid").marks == ()
        return
    with pytest.raises(Misuse, match="no annotation of brat"):
        brat.back("ABC", line)
    (tmp_path / "a.txt").write_text("ABC")
    (tmp_path / "a.ann").write_text(line)
    with pytest.raises(Misuse, match="a\\.ann: no annotation"):
        list(annotated(tmp_path))


def test_annotations_need_their_text(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="holds no"):
        list(annotated(tmp_path))
    with pytest.raises(Misuse, match="no such file"):
        list(annotated(tmp_path / "none.json"))
    (tmp_path / "a.ann").write_text("")
    with pytest.raises(Misuse, match=r"a\.txt"):
        list(annotated(tmp_path / "a.ann"))
