"""A store of an earlier version: refused to readers, brought up to date by a batch."""

import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from extractor import Misuse, extract
from extractor.archive.rows import COLUMNS, rows
from extractor.archive.store import APPLICATION, Store


def columns(db: sqlite3.Connection) -> list[str]:
    return [row[1] for row in db.execute("PRAGMA table_info (plans)")]


def test_an_older_store_is_brought_up_to_date_by_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = sqlite3.connect(path)
    db.executescript(files("extractor.archive").joinpath("migrations/0001_first.sql").read_text("utf-8"))
    db.executescript(f"PRAGMA user_version = 1; PRAGMA application_id = {APPLICATION};")
    assert "accepted" not in columns(db)
    db.close()
    with pytest.raises(Misuse, match="older kehoach"):
        Store(path)
    with Store(path, write=True) as store:
        assert columns(store.db) == ["document", *COLUMNS["plans"]]
    with Store(path) as store:
        assert "accepted" in columns(store.db)


def test_rows_say_whether_a_record_is_accepted(root: Path) -> None:
    sure = extract(root / "corpus/plans/huyen-2023-hiv.damaged.txt")
    place = COLUMNS["plans"].index("accepted")
    assert [rows(record)["plans"][0][place] for record in (sure, extract("Xin chào"))] == [1, 0]
