"""Headings whose numbers are lost are told by their words; documents that have their numbers never ask."""

import re

import pytest

from extractor import extract
from extractor.ground.field import TOLD
from extractor.outline import draw, headed, unnumbered
from extractor.outline.roles import HEADS, Roles, roles
from extractor.outline.rows import rows_of
from extractor.pages.words import Words
from extractor.pipeline import drawn
from extractor.view.values import rule_words

HEAD = """UBND HUYỆN KRÔNG PẮC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 37/KH-UBND
Krông Pắc, ngày 06 tháng 4 năm 2021

KẾ HOẠCH
Thu gom vỏ bao bì thuốc bảo vệ thực vật năm 2021

Thực hiện Kế hoạch số 510/KH-UBND ngày 02/3/2021 của UBND tỉnh Đắk Lắk, UBND huyện ban hành Kế hoạch như sau:

"""
BODY = """I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Giữ sạch nguồn nước, đất canh tác của bà con.
- Tạo thói quen bỏ vỏ bao bì đúng nơi quy định.
2. Yêu cầu
- Việc thu gom phải an toàn, không để tồn đọng qua mùa mưa.
II. THỜI GIAN, KHẨU HIỆU
1. Thời gian: Từ ngày 15/4/2021 đến ngày 30/9/2021.
2. Khẩu hiệu tuyên truyền
- Ruộng sạch vỏ thuốc, giếng trong nước lành!
- Mỗi thửa rẫy một bể thu gom!
III. NỘI DUNG THỰC HIỆN
1. Tuyên truyền
- Phát 40 buổi trên loa các buôn bằng tiếng Việt và tiếng Ê Đê.
2. Xây bể chứa
- Đặt 120 bể bê tông ở đầu bờ lô cà phê.
IV. KINH PHÍ
Từ nguồn sự nghiệp môi trường năm 2021 của huyện.
V. TỔ CHỨC THỰC HIỆN
1. Phòng Nông nghiệp và Phát triển nông thôn
- Chủ trì hướng dẫn các xã vị trí đặt bể.
- Tổng hợp số liệu thu gom theo tuần.
2. Phòng Tài nguyên và Môi trường
- Hợp đồng với đơn vị đủ điều kiện tiêu hủy.
3. Đề nghị Hội Nông dân huyện
- Vận động hội viên ký cam kết.
4. Ủy ban nhân dân các xã, thị trấn
- Bố trí người gom mỗi tháng hai lần.
- Báo cáo kết quả về UBND huyện trước ngày 10/10/2021.
"""
TAIL = """
Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Y Thuận Niê
"""
WHOLE = HEAD + BODY + TAIL
NUMBER = re.compile(r"^(?:[IV]+|\d)\. ", re.MULTILINE)
LOST = HEAD + NUMBER.sub("", BODY) + TAIL
BELOW = HEAD + re.sub(r"(?m)^\d\. ", "", BODY) + TAIL
MISREAD = HEAD + NUMBER.sub(lambda m: m[0].translate(str.maketrans("IV12", "lYz!")), BODY) + TAIL
UNITS = [
    ("Phòng Nông nghiệp và Phát triển nông thôn", 2),
    ("Phòng Tài nguyên và Môi trường", 1),
    ("Hội Nông dân huyện", 1),
    ("Ủy ban nhân dân các xã, thị trấn", 2),
]


def units(text: str) -> list[tuple[str, int]]:
    found = extract(text).to_dict(plain=True)["units"]
    return [(unit["name"], len(unit["tasks"])) for unit in found]


@pytest.mark.parametrize("text", [LOST, BELOW, MISREAD], ids=["lost", "lost below", "misread"])
def test_units_are_found_below_headings_without_numbers(text: str) -> None:
    assert units(text) == units(WHOLE) == UNITS


def test_a_plan_that_has_its_numbers_never_asks_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> Roles:
        raise AssertionError("the model was asked")

    before = extract(WHOLE).to_json()
    monkeypatch.setattr(unnumbered, "roles", asked)
    assert headed(draw(WHOLE)) is None
    assert extract(WHOLE).to_json() == before
    with pytest.raises(AssertionError, match="asked"):
        extract(LOST)


def test_values_that_rest_on_the_model_say_so_and_are_less_sure() -> None:
    sure, told = extract(WHOLE), extract(LOST)
    for one, other in zip(sure.fields["units"], told.fields["units"], strict=True):
        assert other.rule == one.rule + TOLD
        assert other.confidence < one.confidence
        assert other.evidence[0].quote == one.evidence[0].quote
    assert "numbers_lost" in [note.code for note in told.notes]
    assert "numbers_lost" not in [note.code for note in sure.notes]
    assert not told.accepted
    assert told.fields["number"] == sure.fields["number"]


def test_what_rules_find_without_the_model_stays_theirs() -> None:
    text = LOST.replace("KẾ HOẠCH\nThu gom", "KẾ HOẠCH\nHưởng ứng chủ đề “Đất sạch, mùa vàng” và thu gom")
    theme = extract(text).fields["theme"]
    assert theme.value == "Đất sạch, mùa vàng"
    assert not theme.rule.endswith(TOLD)


def test_headings_without_numbers_are_no_outline_but_stand_in_the_tree() -> None:
    assert extract(LOST).outline == ()
    paper = drawn(LOST)
    titles = [s.title.of(paper.text) for s in paper.root.children if s.title]
    assert titles == re.findall(r"(?m)^[IV]+\. (.+)$", BODY)


def test_a_printed_number_goes_on_behind_lost_ones() -> None:
    text = LOST.replace("KINH PHÍ\n", "IV. KINH PHÍ\n").replace("Đề nghị Hội", "3. Đề nghị Hội")
    assert units(text) == UNITS
    assert [heading.path for heading in extract(text).outline] == ["IV", "3"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Một dòng", "A\nB\nC\nD\nE\nF\nG\nH\nI", LOST[:400], "- \n" * 40]
)
def test_any_text_is_drawn(text: str) -> None:
    paper = drawn(text)
    assert "".join(zone.span.of(paper.text) for zone in paper.zones) == paper.text


def test_the_model_tells_roles_of_rows_with_their_probability() -> None:
    rows = rows_of(LOST)
    told = dict(zip((row.words for row in rows), roles().told(rows), strict=True))
    assert told["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"].role == "letterhead"
    assert told["TỔ CHỨC THỰC HIỆN"].role == "head"
    assert told["Phòng Tài nguyên và Môi trường"].role == "unit"
    assert told["- Mỗi thửa rẫy một bể thu gom!"].role == "item"
    assert all(0.5 <= one.sure <= 1.0 and one.heads == (one.role in HEADS) for one in told.values())
    assert roles().told([]) == []


def test_a_reader_is_told_in_words() -> None:
    words = Words("vi", {"rule_unit_heading": "tiêu đề đơn vị", "rule_unnumbered": "mất số"})
    assert rule_words("unit_heading" + TOLD, words) == "tiêu đề đơn vị (mất số)"


@pytest.mark.parametrize("label", ["Phần IIII", "PHẦN IIV", "Chương IIX", "Mục VX"])
def test_a_number_that_is_none_is_no_crash(label: str) -> None:
    assert extract(f"{label}\nNỘI DUNG\n- Dọn vệ sinh.\n").text is not None
