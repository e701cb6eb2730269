"""The room and its door: what it takes, what it names and leaves out, the same bytes for the same records."""

import json
from pathlib import Path

import pytest

from extractor import Misuse, extract
from extractor.cli import main
from extractor.report import Entry, Skipped, entries_of, national_themes, report
from extractor.report.facts import facts_of
from tests.report.chain import CHAIN

pytest.importorskip("sklearn", reason="SKIPPED: the report needs scikit-learn")


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return [
        Entry(path, extract(text, name=path.rpartition("/")[2]).to_dict()) for path, text in CHAIN.items()
    ]


def test_the_order_of_records_leaves_no_trace(entries: list[Entry]) -> None:
    assert report(entries).html == report(entries[::-1]).html


def test_no_records_and_records_without_text_make_a_page(entries: list[Entry]) -> None:
    assert report([]).documents == 0
    bare = [Entry(e.path, {k: v for k, v in e.record.items() if k != "text"}) for e in entries]
    assert report(bare).documents == 4


def test_what_is_no_record_is_named_and_the_rest_goes_on(entries: list[Entry], tmp_path: Path) -> None:
    for number, entry in enumerate(entries):
        (tmp_path / f"{number}.json").write_text(json.dumps(entry.record), "utf-8")
    (tmp_path / "plain.json").write_text("{}")
    (tmp_path / "no.json").write_text("nothing")
    (tmp_path / "new.json").write_text(json.dumps({**entries[0].record, "schema": "99.0"}))
    (tmp_path / "bent.json").write_text(json.dumps({**entries[0].record, "fields": {"title": 5, "x": None}}))
    (tmp_path / "failed.json").write_text(
        json.dumps(
            {**entries[0].record, "fields": {}, "notes": [{"code": "x", "message": "broken", "span": None}]}
        )
    )
    made = report(entries_of(tmp_path))
    assert made.documents == 4
    assert [path for path, _ in made.skipped] == sorted(
        ("01.txt", "01.txt", "new.json", "no.json", "plain.json")
    )
    assert ("01.txt", "broken") in [(path, why.message) for path, why in made.skipped]
    found = [one.path for one in entries_of(tmp_path) if isinstance(one, Entry)]
    assert found[:2] == ["01.txt", "02.txt"]


def test_lines_with_and_without_a_path(entries: list[Entry], tmp_path: Path) -> None:
    file = tmp_path / "kho.jsonl"
    lines = [json.dumps({"path": e.path, "record": e.record}) for e in entries[:2]]
    file.write_text("\n".join([*lines, json.dumps(entries[2].record), "{", ""]), "utf-8")
    found = list(entries_of(file))
    assert [one.path for one in found] == ["bo/01.txt", "tinh/02.txt", "03.txt", "kho.jsonl:4"]
    assert isinstance(found[-1], Skipped)
    with pytest.raises(Misuse, match="no such file"):
        entries_of(tmp_path / "none")


def test_a_goal_in_the_title_is_no_year(entries: list[Entry]) -> None:
    record = json.loads(json.dumps(entries[0].record))
    record["fields"]["title"]["value"] = "Chuyển đổi số giai đoạn 2021 - 2025, định hướng đến năm 2030"
    record["fields"]["date"]["value"] = "2021-09-13"
    facts = facts_of(Entry("a", record))
    assert (facts.year, facts.year_from) == (2021, "date")


def test_a_user_adds_themes(tmp_path: Path) -> None:
    file = tmp_path / "themes.tsv"
    file.write_text(
        "campaign\tyear\ttheme\tstanding\tseen\nTháng Thanh niên\t2031\tMột\tnational\tta\n", "utf-8"
    )
    assert national_themes(file)[0].theme == "Một"
    file.write_text("campaign\tyear\na\tb", "utf-8")
    with pytest.raises(Misuse, match="columns must be"):
        national_themes(file)


def test_a_large_archive_cuts_words_of_tasks_and_says_so(
    entries: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.report.payload.MOST_BYTES", 1000)
    made = report(entries)
    assert made.cut == 0
    assert "được rút còn 0 ký tự" in made.html


def test_the_command_reads_a_store_and_a_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], entries: list[Entry]
) -> None:
    kho = tmp_path / "kho"
    for path, text in CHAIN.items():
        (kho / path).parent.mkdir(parents=True)
        (kho / path).write_text(text, "utf-8")
    (kho / "hỏng.docx").write_bytes(b"PK\x03\x04 broken")
    assert main(["batch", str(kho), "-o", str(tmp_path / "kho.sqlite"), "-j", "1"]) == 3
    page = tmp_path / "report.html"
    capfd.readouterr()
    code = main(["report", str(tmp_path / "kho.sqlite"), "-o", str(page), "--files", str(kho)])
    said = capfd.readouterr().err
    assert code == 0
    assert "hỏng.docx: left out" in said
    assert "4 documents" in said
    assert page.read_text("utf-8").startswith("<!doctype html>")
    records = tmp_path / "records"
    records.mkdir()
    (records / "a.json").write_text(json.dumps(entries[0].record), "utf-8")
    (records / "b.json").write_text("{", "utf-8")
    assert main(["report", str(records), "-o", str(page)]) == 3
    assert main(["report", str(tmp_path / "nowhere"), "-o", str(page)]) == 2
    (tmp_path / "empty").mkdir()
    assert main(["report", str(tmp_path / "empty"), "-o", str(page)]) == 2
