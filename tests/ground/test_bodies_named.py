"""Names of bodies: one name for each, the members of several, their kinds, what has been renamed."""

from itertools import chain

import pytest

from extractor.ground.canonical import Renamed, body_names, canonical, letters, today, until, written_out
from extractor.ground.kinds import KINDS, kind_of, unit_kinds, work_of
from extractor.ground.members import members
from extractor.ground.tables import table
from extractor.ground.text import Span


def test_a_row_of_names_catches_its_yes_and_leaves_its_no() -> None:
    for row in body_names():
        assert row.yes, row.name
        assert [yes for yes in row.yes if row.name not in canonical(yes)] == [], row.name
        assert [no for no in row.no if row.name in canonical(no)] == [], row.name


def test_no_short_form_stands_for_two_names_behind_the_same_words() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in body_names():
        for short in (row.name, *row.short):
            for behind in row.behind if short in row.short and row.behind else ("",):
                assert seen.setdefault((letters(short), behind), row.name) == row.name


def test_names_of_the_table_are_their_own_names() -> None:
    for row in body_names():
        assert row.name.lower() in canonical(f"Trường {row.name}").lower()


def test_kinds_of_units_catch_their_yes_and_leave_their_no() -> None:
    for row in unit_kinds():
        assert row.yes, row.work
        assert row.kind in KINDS
        for name in row.yes:
            assert (work_of(name), kind_of(name)) == (row.work, row.kind), name
        for name in row.no:
            assert work_of(name) != row.work, name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("SỞ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI TỈNH LÀO CAI", "Sở Lao động - Thương binh và Xã hội"),
        ("Phòng GD&ĐT huyện Đức Cơ", "Phòng Giáo dục và Đào tạo"),
        ("UBND các xã, thị trấn", "Ủy ban nhân dân cấp xã"),
        ("UBND các huyện, thị xã, thành phố", "Ủy ban nhân dân cấp huyện"),
        ("UBND xã Hòa Bình", "Ủy ban nhân dân xã"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("CÔNG AN HUYỆN", "Công an huyện"),
        ("Bộ phận Một cửa xã", "Bộ phận Một cửa xã"),
        ("Phòng Y tế cùng cấp", "Phòng Y tế"),
        ("Tổ Hóa - Sinh", "Tổ Hóa - Sinh"),
    ],
)
def test_a_body_has_one_name(printed: str, name: str) -> None:
    assert canonical(printed) == name
    assert canonical(name) == name


def test_a_name_written_out_keeps_its_place() -> None:
    assert written_out("TTYT huyện Kbang") == "Trung tâm Y tế huyện Kbang"


def test_what_has_been_renamed_has_a_name_of_today_that_stands() -> None:
    rows = table("bodies_renamed.tsv", Renamed).rows
    for row in rows:
        for head in row.heads:
            old = f"{head} {row.subject}"
            assert until(old) == row.until
            assert until(today(old)) is None, "its name of today has gone, too"
    assert today("Sở Giao thông vận tải") == "Sở Xây dựng"
    assert until("Bộ Giao thông vận tải") == "2025-02-28"
    assert today(canonical("Sở Y tế tỉnh Cà Mau")) == "Sở Y tế"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            "Các Sở: Y tế, Giáo dục và Đào tạo, Lao động - Thương binh và Xã hội",
            ["Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Lao động - Thương binh và Xã hội"],
        ),
        (
            "Các phòng Nội vụ, Văn hóa và Thông tin huyện",
            ["Phòng Nội vụ", "Phòng Văn hóa và Thông tin huyện"],
        ),
        ("Huyện đoàn, Hội Nông dân huyện", ["Huyện đoàn", "Hội Nông dân huyện"]),
        ("Hội LHPN, Công an xã Vũ Lễ", ["Hội LHPN xã Vũ Lễ", "Công an xã Vũ Lễ"]),
        ("CÔNG AN, QUÂN SỰ HUYỆN", ["CÔNG AN HUYỆN", "QUÂN SỰ HUYỆN"]),
        ("Sở Giáo dục và Đào tạo và Sở Y tế", ["Sở Giáo dục và Đào tạo", "Sở Y tế"]),
        (
            "UBND các huyện, thành phố; các đơn vị liên quan",
            ["UBND các huyện, thành phố", "các đơn vị liên quan"],
        ),
    ],
)
def test_members_are_parted_and_share_head_and_place(words: str, names: list[str]) -> None:
    text = f"Giao {words} thực hiện."
    found = members(text, Span(5, 5 + len(words)))
    assert [one.name for one in found] == names
    for one in found:
        assert one.span.of(text) in text
        assert one.span.of(text) in f"{words} {one.name}"


@pytest.mark.parametrize(
    "words",
    [
        "Các phòng, ban, ngành, đoàn thể huyện",
        "CÁC PHÒNG, BAN, NGÀNH, ĐOÀN THỂ",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Văn phòng HĐND và UBND",
        "Trung tâm Phòng, chống HIV/AIDS",
        "Phòng Thông tin - Báo chí - Xuất bản",
        "Ông Trần Đức Ngọc - Tổng phụ trách Đội",
        "UBND các xã, phường, thị trấn",
        "Các phòng, ban, đoàn thể là thành viên Ban Chỉ đạo",
        "Các Tổng cục, Cục, Vụ, Viện, Trường thuộc Bộ",
        "Các Sở, Ban, Ngành, Đoàn thể cấp tỉnh",
        "Ban Chỉ đạo (Phòng Y tế, cơ quan thường trực)",
    ],
)
def test_a_name_with_commas_is_one_body(words: str) -> None:
    assert [one.name for one in members(words, Span(0, len(words)))] == [words]


def test_any_words_have_members() -> None:
    marks = [", ", " và ", "; ", "(", ")", "Các Sở: ", "các ", "", "Sở Y tế", "phòng", "xã", "huyện Đức Cơ"]
    for words in map("".join, zip(chain(marks, marks), chain(marks[3:], marks, marks), strict=False)):
        for one in members(words, Span(0, len(words))):
            assert canonical(one.name) is not None


def test_a_name_without_words_stays_without() -> None:
    """A letterhead that ends in ``;`` leaves one behind its last body."""
    assert [canonical(name) for name in ("", " ")] == ["", ""]
