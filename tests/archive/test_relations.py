"""What a store says of values together: bodies and reports of tasks, provinces of today, late deadlines."""

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from extractor.archive import Store, engine_of, export, run
from extractor.archive.jobs import Limits
from extractor.archive.store import APPLICATION

PARENT = """ỦY BAN NHÂN DÂN
TỈNH THÁI BÌNH
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thái Bình, ngày 05 tháng 01 năm 2024
KẾ HOẠCH
Tổ chức Tết trồng cây năm 2024
I. TỔ CHỨC THỰC HIỆN
1. Các Sở: Y tế, Giáo dục và Đào tạo
- Chủ trì, phối hợp với Tỉnh đoàn hướng dẫn trồng cây.
- Báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 20/3/2024.
2. Sở GD&ĐT
- Báo cáo Sở Y tế trước ngày 15 hằng tháng.
"""
CHILD = """ỦY BAN NHÂN DÂN
HUYỆN KIẾN XƯƠNG
Số: 7/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kiến Xương, ngày 15 tháng 01 năm 2024
KẾ HOẠCH
Tổ chức Tết trồng cây năm 2024
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND tỉnh Thái Bình về tổ chức Tết trồng cây, Ủy ban \
nhân dân huyện ban hành Kế hoạch như sau:
I. TỔ CHỨC THỰC HIỆN
1. Ủy ban nhân dân các xã
- Báo cáo kết quả về Ủy ban nhân dân huyện trước ngày {due}.
"""


def made(tmp_path: Path, due: str = "15/3/2024") -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "tinh.txt").write_text(PARENT, "utf-8")
    (folder / "huyen.txt").write_text(CHILD.format(due=due), "utf-8")
    run([str(folder)], tmp_path / "s.db", engine_of(1, Limits(), None))
    return tmp_path / "s.db"


def test_tasks_are_grouped_by_body_and_kind(tmp_path: Path) -> None:
    with Store(made(tmp_path)) as store:
        counts = store.db.execute(
            "SELECT body, kind, count(*) FROM bodies WHERE role = 'assigned' GROUP BY 1, 2 ORDER BY 1"
        ).fetchall()
        partners = store.db.execute("SELECT task_n, body FROM bodies WHERE role = 'partner'").fetchall()
    assert counts == [
        ("Sở Giáo dục và Đào tạo", "government", 3),
        ("Sở Y tế", "government", 2),
        ("Ủy ban nhân dân cấp xã", "government", 1),
    ]
    assert partners == [(1, "Tỉnh đoàn")]


def test_a_deadline_names_its_task_and_its_rule(tmp_path: Path) -> None:
    with Store(made(tmp_path)) as store:
        rows = store.db.execute(
            "SELECT path, d.n, task, rrule, recipient FROM deadlines AS d JOIN documents USING (document) "
            "JOIN tasks USING (document) WHERE tasks.n = task_n ORDER BY path, d.n"
        ).fetchall()
    assert [(path, n, rrule, to) for path, n, _, rrule, to in rows] == [
        ("huyen.txt", 1, None, "Ủy ban nhân dân huyện"),
        ("tinh.txt", 1, None, "Ủy ban nhân dân tỉnh"),
        ("tinh.txt", 2, "FREQ=MONTHLY;BYMONTHDAY=15", "Sở Y tế"),
    ]
    assert all(task.startswith("Báo cáo") for _, _, task, _, _ in rows)


def test_plans_name_their_province_of_today(tmp_path: Path) -> None:
    with Store(made(tmp_path)) as store:
        found = store.db.execute("SELECT province, province_today FROM plans").fetchall()
    assert found == [("Thái Bình", "Hưng Yên")] * 2


def test_plans_name_their_commune_of_today(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    child = CHILD.format(due="15/3/2024").replace("Kiến Xương, ngày", "Đa Kao, ngày")
    for was, now in (
        ("HUYỆN KIẾN XƯƠNG", "PHƯỜNG ĐA KAO"),
        ("UBND tỉnh Thái Bình", "UBND Thành phố"),
        ("nhân dân huyện ban", "nhân dân phường Đa Kao, Quận 1, thành phố Hồ Chí Minh ban"),
    ):
        child = child.replace(was, now)
    (tmp_path / "archive" / "phuong.txt").write_text(child, "utf-8")
    run([str(tmp_path / "archive")], tmp_path / "s.db", engine_of(1, Limits(), None))
    with Store(tmp_path / "s.db") as store:
        found = store.db.execute("SELECT commune, commune_today FROM plans").fetchall()
    assert found == [("phường Đa Kao", "phường Sài Gòn (một phần); phường Tân Định (một phần)")]
    export(tmp_path / "s.db", "csv", tmp_path / "csv")
    assert "commune_today" in (tmp_path / "csv" / "plans.csv").read_text("utf-8-sig").splitlines()[0]


@pytest.mark.parametrize(
    ("due", "late"), [("15/3/2024", []), ("20/3/2024", []), ("25/3/2024", ["2024-03-25"])]
)
def test_a_deadline_behind_its_parents_last_one_is_late(tmp_path: Path, due: str, late: list[str]) -> None:
    with Store(made(tmp_path, due)) as store:
        assert [row[0] for row in store.db.execute("SELECT date FROM late_deadlines")] == late


def test_bodies_are_exported(tmp_path: Path) -> None:
    export(made(tmp_path), "csv", tmp_path / "csv")
    lines = (tmp_path / "csv" / "bodies.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("path,plan_number,plan_date,task_n,role,printed,body,kind,today")
    assert len(lines) == 1 + 7


def test_a_store_of_the_first_shape_is_brought_to_this_one(tmp_path: Path) -> None:
    first = files("extractor.archive").joinpath("migrations", "0001_first.sql").read_text("utf-8")
    db = sqlite3.connect(tmp_path / "s.db")
    db.executescript(f"{first}\nPRAGMA user_version = 1; PRAGMA application_id = {APPLICATION};")
    db.close()
    with Store(tmp_path / "s.db", write=True) as store:
        assert store.db.execute("PRAGMA user_version").fetchone() == (5,)
        assert store.db.execute("SELECT count(*) FROM bodies").fetchone() == (0,)
