"""The formats one by one: what stands where."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from extractor import Misuse, extract, pipe
from extractor.interop import FORMS, akn, archival, iob2, joined, label_studio
from extractor.interop.marks import labels
from tests.interop.laws import AKN
from tests.interop.test_corrections import PLAN

DECISION = """ỦY BAN NHÂN DÂN
TỈNH PHÚ YÊN
Số: 74/KH-UBND
Phú Yên, ngày 06 tháng 5 năm 2019
KẾ HOẠCH
Triển khai Tháng hành động vì trẻ em năm 2019
Căn cứ Nghị định số 56/2017/NĐ-CP ngày 09 tháng 5 năm 2017;
I. MỤC ĐÍCH
1. Nâng cao nhận thức:
a) Một <ba> & hai;
b) Hai.
- Ba
1. Lặp lại
2. Hai
II. KINH PHÍ: ngân sách.
"""


def test_the_interface_knows_every_label() -> None:
    root = etree.fromstring(label_studio.config().encode())
    assert [one.get("value") for one in root.iter("Label")] == list(labels())
    assert root.find(".//Label[@value='theme']").get("hint") == "Chủ đề"
    assert {one.get("name") for one in root.iter() if one.get("name")} == {"label", "text", "value", "loose"}


def test_sections_have_names_that_say_where_they_stand() -> None:
    root = etree.fromstring(akn.akn(extract(DECISION)).encode())
    names = [one.get("eId") for one in root.find(f".//{AKN}mainBody").iter() if one.get("eId")]
    assert names == [
        "sec_I",
        "sec_I__para_1",
        "sec_I__para_1__point_a",
        "sec_I__para_1__point_b",
        "sec_I__para_1__point_b__indent_1",
        "sec_I__para_1-2",
        "sec_I__para_2",
        "sec_II",
    ]
    point = root.find(f".//{AKN}point")
    assert point.findtext(f"{AKN}num") == "a)"
    assert point.findtext(f"{AKN}content/{AKN}p") == "Một <ba> & hai;"
    assert root.findtext(f".//{AKN}section/{AKN}heading") == "MỤC ĐÍCH"


def test_the_work_is_identified_by_what_it_says_of_itself() -> None:
    root = etree.fromstring(akn.akn(extract(DECISION)).encode())
    work = root.find(f".//{AKN}FRBRWork")
    assert work.find(f"{AKN}FRBRuri").get("value") == "/akn/vn/doc/ke-hoach/2019-05-06/74-kh-ubnd"
    assert work.find(f"{AKN}FRBRdate").get("date") == "2019-05-06"
    assert root.find(f".//{AKN}docNumber").text == "74/KH-UBND"
    assert root.find(f".//{AKN}ref").get("href") == "/akn/vn/doc/nghi-dinh/2017-05-09/56-2017-nd-cp"
    nothing = etree.fromstring(akn.akn(extract("không có gì")).encode())
    assert nothing.find(f".//{AKN}FRBRdate").get("date") == akn.NO_DAY


def test_depth_is_no_danger() -> None:
    deep = "KẾ HOẠCH\nThử\n" + "".join(f"{'.'.join(['1'] * (n % 5 + 1))}. Mục\n" for n in range(3000))
    assert etree.fromstring(akn.akn(extract(deep)).encode()) is not None


# --- archival


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def row_of(record: Any) -> dict[str, str]:
    (row,) = rows_of(archival.head() + archival.row(record))
    return row


def test_a_row_says_what_the_document_says() -> None:
    row = row_of(extract(DECISION, name="74.txt"))
    assert {head: cell for head, cell in row.items() if cell and head not in ("SHA-256", "Cần kiểm tra")} == {
        "Tên loại văn bản": "Kế hoạch",
        "Số của văn bản": "74",
        "Ký hiệu của văn bản": "KH-UBND",
        "Ngày, tháng, năm văn bản": "06/05/2019",
        "Tên cơ quan, tổ chức ban hành văn bản": "Ủy ban nhân dân tỉnh Phú Yên",
        "Trích yếu nội dung": "Triển khai Tháng hành động vì trẻ em năm 2019",
        "Ngôn ngữ": "Tiếng Việt",
        "Tệp": "74.txt",
    }


def test_the_table_for_people_is_that_of_the_columns(root: Path) -> None:
    says = {"read": "read from the document", "inferred": "inferred", "never": "never filled"}
    page = (root / "scripts" / "site" / "howto" / "interop.md").read_text("utf-8")
    for one in archival.COLUMNS:
        assert f"| {one.head} | {says.get(one.trust, 'not of the circular')} | {one.about} |\n" in page


def test_columns_that_only_an_archive_knows_are_never_filled(corpus: Path) -> None:
    never = [column.head for column in archival.COLUMNS if column.trust == archival.NEVER]
    assert len(never) >= 6
    for path in sorted((corpus / "plans").glob("t*.txt")):
        row = row_of(extract(path))
        assert not any(row[head] for head in never)


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("74/KH-UBND", ("74", "KH-UBND")),
        ("389-KH/TU", ("389", "KH/TU")),
        ("12a/KHLT-SYT", ("12a", "KHLT-SYT")),
        ("KH-UBND", ("KH-UBND", "")),
    ],
)
def test_number_and_symbol_are_told_apart(number: str, parts: tuple[str, str]) -> None:
    record = extract(DECISION)
    fields = {**record.fields, "number": replace(record.number, value=number)}
    row = row_of(replace(record, fields=fields))
    assert (row["Số của văn bản"], row["Ký hiệu của văn bản"]) == parts
    assert ("chưa tách" in row["Cần kiểm tra"]) is (parts[1] == "")


def test_a_day_by_hand_is_named() -> None:
    row = row_of(extract(DECISION.replace("ngày 06 tháng", "ngày      tháng")))
    assert row["Ngày, tháng, năm văn bản"] == "05/2019"
    assert row["Cần kiểm tra"] == "Ngày, tháng, năm văn bản: thiếu ngày"


def test_no_cell_is_a_formula() -> None:
    text = DECISION.replace("Triển khai", "=HYPERLINK(1) Triển khai")
    record = extract(text, name="@cmd.txt")
    fields = {**record.fields, "title": replace(record.title, value="=1+1")}
    row = row_of(replace(record, fields=fields))
    assert (row["Trích yếu nội dung"], row["Tệp"]) == ("'=1+1", "'@cmd.txt")


def test_a_document_that_failed_has_its_row() -> None:
    (record,) = pipe([b"%PDF-1.7\nbroken"])
    row = row_of(record)
    assert row["Ngôn ngữ"] == ""
    assert "fresh copy" in row["Cần kiểm tra"]


# --- several in one file


def test_several_documents_make_one_file(corpus: Path) -> None:
    records = [extract(PLAN, name="a.txt"), extract(DECISION, name="b.txt")]
    tasks = json.loads("".join(joined(FORMS["label-studio"], records)))
    assert [task["data"]["name"] for task in tasks] == ["a.txt", "b.txt"]
    assert json.loads("".join(joined(FORMS["label-studio"], []))) == []
    assert [one.id for one in iob2.read("".join(joined(FORMS["iob2"], records)))] == [r.id for r in records]
    assert [row["Tệp"] for row in rows_of("".join(joined(FORMS["archival"], records)))] == ["a.txt", "b.txt"]
    for name in ("brat", "akn"):
        with pytest.raises(ValueError, match="one document each"):
            list(joined(FORMS[name], records))


def test_a_record_without_its_text_is_refused() -> None:
    record = replace(extract(PLAN), text=None)
    for name in ("label-studio", "brat", "iob2", "akn"):
        with pytest.raises(Misuse, match="holds no text"):
            FORMS[name].files(record)
    assert FORMS["archival"].files(record)


def test_every_row_has_every_column() -> None:
    """The first is a number: a token ``#`` is no comment."""
    (content,) = FORMS["iob2"].files(extract(PLAN.replace("200", "# 200"))).values()
    head, *rows = content.split("\n")
    width = len(head.removeprefix("# global.columns = ").split(" "))
    assert width == 4 + len(labels())
    for row in rows:
        if row and not row.startswith("# "):
            assert re.match(r"\d+\t", row)
            assert row.count("\t") == width - 1
