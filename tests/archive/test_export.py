"""What leaves a store: the same bytes each time, and nothing that a spreadsheet runs."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from extractor import extract
from extractor.archive import FORMS, Store, engine_of, export, merge, run
from extractor.archive.jobs import Limits
from extractor.archive.tables import TABLES
from extractor.ground.cells import safe
from extractor.ground.recurrence import rule
from extractor.ground.trouble import Misuse


@pytest.fixture
def store(tmp_path: Path, corpus: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("thi-tran-2019-attp.txt", "tinh-2019-tre-em.txt", "xa-2026-chuyen-doi-so.txt"):
        shutil.copy(corpus / "plans" / name, folder)
    run([str(folder)], tmp_path / "s.db", engine_of(1, Limits(), None))
    return tmp_path / "s.db"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_holds_every_value(store: Path, tmp_path: Path) -> None:
    export(store, "csv", tmp_path / "csv")
    assert (tmp_path / "csv" / "plans.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    plans = {row["path"]: row for row in read_csv(tmp_path / "csv" / "plans.csv")}
    tasks = read_csv(tmp_path / "csv" / "tasks.csv")
    for file in sorted((tmp_path / "archive").iterdir()):
        plain = extract(file).to_dict(plain=True)
        assert plans[file.name]["number"] == (plain["number"] or "")
        assert plans[file.name]["theme"] == (plain["theme"] or "")
        told = [(row["unit"], row["task"]) for row in tasks if row["path"] == file.name]
        assert told == [(unit["name"], safe(task)) for unit in plain["units"] for task in unit["tasks"]]


def test_jsonl_holds_full_and_plain_records(store: Path, tmp_path: Path) -> None:
    export(store, "jsonl", tmp_path / "full.jsonl")
    export(store, "jsonl", tmp_path / "plain.jsonl", plain=True)
    files = sorted((tmp_path / "archive").iterdir())
    full = [json.loads(line) for line in (tmp_path / "full.jsonl").read_text("utf-8").splitlines()]
    assert full == [extract(file).to_dict() for file in files]
    plain = [json.loads(line) for line in (tmp_path / "plain.jsonl").read_text("utf-8").splitlines()]
    assert [line.pop("path") for line in plain] == [file.name for file in files]
    assert plain == [extract(file).to_dict(plain=True) for file in files]


def test_the_workbook_and_parquet_hold_the_tables(store: Path, tmp_path: Path) -> None:
    import openpyxl
    import pyarrow.parquet

    export(store, "xlsx", tmp_path / "s.xlsx")
    export(store, "parquet", tmp_path / "parquet")
    export(store, "csv", tmp_path / "csv")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == list(TABLES)
    for name in TABLES:
        rows = read_csv(tmp_path / "csv" / f"{name}.csv")
        cells = [["" if cell is None else str(cell) for cell in row] for row in book[name].values]
        assert cells[1:] == [list(row.values()) for row in rows]
        table = pyarrow.parquet.read_table(tmp_path / "parquet" / f"{name}.parquet")
        assert table.num_rows == len(rows)
        assert table.column_names == list(TABLES[name].columns)


def test_two_exports_are_the_same_bytes(store: Path, tmp_path: Path) -> None:
    for form in FORMS:
        first, second = (export(store, form, tmp_path / f"{turn}.{form}") for turn in "ab")
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second], form


@pytest.mark.parametrize("cell", ["=1+1", "+84 123", "-5", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == "'" + cell


def test_hostile_values_stay_words(store: Path, tmp_path: Path) -> None:
    import openpyxl

    bad = '=HYPERLINK("http://x","y")'
    with Store(store, write=True) as opened:
        opened.db.execute("UPDATE plans SET theme = ?, title = ?", (bad, "x" * 40_000))
        opened.db.execute("UPDATE tasks SET task = ?", ("-2+3+cmd|' /C calc'!A0",))
        opened.db.commit()
    export(store, "csv", tmp_path / "csv")
    assert {row["theme"] for row in read_csv(tmp_path / "csv" / "plans.csv")} == {"'" + bad}
    assert {row["task"][:2] for row in read_csv(tmp_path / "csv" / "tasks.csv")} == {"'-"}
    export(store, "xlsx", tmp_path / "s.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["plans"]
    assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row)
    assert max(len(str(cell.value)) for row in sheet.iter_rows() for cell in row) <= 32_767


def test_the_calendar_holds_the_deadlines(store: Path, tmp_path: Path) -> None:
    from icalendar import Calendar

    export(store, "ics", tmp_path / "s.ics")
    events = Calendar.from_ical((tmp_path / "s.ics").read_bytes()).walk("VEVENT")
    days = sorted(event["DTSTART"].dt.isoformat() for event in events if "RRULE" not in event)
    records = [extract(file).to_dict(plain=True) for file in sorted((tmp_path / "archive").iterdir())]
    deadlines = [one for record in records for one in record["deadlines"]]
    assert days == sorted(one["date"] for one in deadlines if one["date"] and len(one["date"]) == 10)
    assert all(event["SUMMARY"].startswith("Báo cáo") for event in events)
    again = [rule(one["recurrence"]) for one in deadlines if one["recurrence"]]
    assert sum("RRULE" in event for event in events) == sum("DAY" in (one or "") for one in again)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("trước ngày 15 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("trước ngày 05 của tháng cuối mỗi quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=5"),
        ("định kỳ hàng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ("trước ngày 15/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"),
        ("trước 16 giờ thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        ("chủ nhật hằng tuần", "FREQ=WEEKLY;BYDAY=SU"),
        ("định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
        ("hằng ngày", "FREQ=DAILY"),
        ("khi có yêu cầu", None),
        ("đột xuất", None),
    ],
)
def test_recurrence_is_read_as_a_rule(words: str, expected: str | None) -> None:
    assert rule(words) == expected


def test_shards_merge_to_the_store_of_one_run(store: Path, tmp_path: Path, dump: object) -> None:
    from extractor.archive import Options

    parts = []
    for number in (1, 2, 3):
        parts.append(tmp_path / f"part{number}.db")
        run([str(tmp_path / "archive")], parts[-1], engine_of(1, Limits(), None), Options(shard=(number, 3)))
    merge(tmp_path / "merged.db", parts[::-1])
    assert dump(tmp_path / "merged.db") == dump(store)  # type: ignore[operator]


def test_merging_keeps_files_of_the_same_name_apart(store: Path, tmp_path: Path, corpus: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(corpus / "plans" / "thi-xa-2012-trong-cay.txt", other / "tinh-2019-tre-em.txt")
    run([str(other)], tmp_path / "huyện.db", engine_of(1, Limits(), None))
    assert merge(store, [tmp_path / "huyện.db"]) == {"read": 4}
    with Store(store) as opened:
        assert next(opened.records())[0] == "huyện/tinh-2019-tre-em.txt"
        assert len(list(opened.records(best=True))) == 4
    with pytest.raises(Misuse):
        merge(store, [store])
    with pytest.raises(Misuse):
        merge(store, [tmp_path / "none.db"])


def test_unknown_forms_and_places_are_refused(store: Path, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="unknown"):
        export(store, "pdf", tmp_path / "x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(Misuse, match="file"):
        export(store, "csv", tmp_path / "file")
    with pytest.raises(Misuse):
        export(tmp_path / "none.db", "csv", tmp_path / "x")


def test_stores_with_the_same_names_are_merged_without_loss(tmp_path: Path, corpus: Path) -> None:
    names = ("doan-2018-he", "thi-tran-2019-attp", "tinh-2019-tre-em")
    for name in names:
        (tmp_path / name / "in").mkdir(parents=True)
        shutil.copy(corpus / "plans" / f"{name}.txt", tmp_path / name / "in" / "plan.txt")
        run([str(tmp_path / name / "in")], tmp_path / name / "archive.db", engine_of(1, Limits(), None))
    counts = merge(tmp_path / "all.db", [tmp_path / name / "archive.db" for name in names])
    assert counts == {"read": 3}
    with Store(tmp_path / "all.db") as opened:
        paths = [path for path, _ in opened.records()]
    assert paths == ["archive-2/plan.txt", "archive/plan.txt", "plan.txt"]


def test_a_merge_keeps_what_says_most(store: Path, tmp_path: Path, dump: object) -> None:
    other = tmp_path / "other.db"
    shutil.copy(store, other)
    with Store(other, write=True) as opened:
        opened.db.execute("UPDATE files SET state = 'gone'")
        opened.db.commit()
    for first, second in ((store, other), (other, store)):
        target = tmp_path / f"{first.stem}-first.db"
        assert merge(target, [first, second]) == {"read": 3}


def test_what_comes_again_stands_on_its_own_days(tmp_path: Path) -> None:
    from icalendar import Calendar

    plan = (
        "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 11/KH-UBND\nAn Bình, ngày 28 tháng 12 năm 2023\n\nKẾ HOẠCH\n"
        "Cải cách hành chính năm 2024\n\nI. TỔ CHỨC THỰC HIỆN\n"
        "1. Các thôn báo cáo kết quả về UBND xã trước ngày 15 hằng tháng.\n"
        "2. Công chức Văn phòng báo cáo UBND huyện định kỳ hằng quý.\n"
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text(plan, "utf-8")
    run([str(tmp_path / "a")], tmp_path / "s.db", engine_of(1, Limits(), None))
    (file,) = export(tmp_path / "s.db", "ics", tmp_path / "s.ics")
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2024-01-15"
    assert "UNTIL=20241231" in event["RRULE"].to_ical().decode()


def test_the_store_is_no_target(store: Path) -> None:
    with pytest.raises(Misuse, match="the store itself"):
        export(store, "jsonl", store)
