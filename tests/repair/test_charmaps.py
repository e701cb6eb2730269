"""Every code page proves itself by the examples in its head, and all rows of a table are sound."""

import pytest

from extractor.ground.charmaps import Charmap, charmap, charmaps
from extractor.ground.vietnamese import LETTERS
from extractor.repair import mend
from extractor.repair.options import KINDS

ALL = pytest.mark.parametrize("page", charmaps(), ids=[each.name for each in charmaps()])


@ALL
def test_its_examples_mend(page: Charmap) -> None:
    assert page.yes
    for example in page.yes:
        given, _, mended = example.partition(" => ")
        text = mend(given)
        assert text.clean == mended
        assert {edit.rule for layer in text.layers for edit in layer.edits} == {page.name}
        assert mend(mended).layers == ()


@ALL
def test_its_traps_stay(page: Charmap) -> None:
    assert page.leave
    for example in page.leave:
        assert mend(example).layers == ()


@ALL
def test_its_rows_are_letters(page: Charmap) -> None:
    assert page.kind in KINDS
    assert page.about
    assert {char for row in page.rows for char in row.fixed} <= LETTERS | {"₫", "D"}
    assert len(set(page.rows)) == len(page.rows)


def test_orders_are_distinct() -> None:
    assert len({each.order for each in charmaps()}) == len(charmaps())


def test_an_unknown_code_page_is_refused() -> None:
    with pytest.raises(LookupError, match="no table for the code page"):
        charmap("tcvn4")


def test_windows_characters_stand_for_their_bytes() -> None:
    """VPS read as Windows-1252: byte 89 shows as ‰, 8C as Œ."""
    text = charmap("vps").encode("Kế hoạch của huyện về việc triển khai tiêm chủng mở rộng")
    shown = "".join(bytes([ord(c)]).decode("cp1252", "ignore") or c if c < "\u0100" else c for c in text)
    assert shown != text
    assert mend(shown).clean == "Kế hoạch của huyện về việc triển khai tiêm chủng mở rộng"


def test_quotes_in_a_legacy_line_are_quotes() -> None:
    line = "Cuộc thi “Em yêu biển đảo” dành cho học sinh các trường"
    for name in ("tcvn3", "vni", "viscii"):
        assert mend(charmap(name).encode(line)).clean == line


def test_code_pages_may_follow_one_another() -> None:
    first = "Trạm y tế xã phát thuốc và hướng dẫn người dân diệt muỗi"
    second = "Đoàn thanh niên phối hợp với nhà trường tổ chức hội trại"
    third = "Các hộ nghèo được hỗ trợ giống lúa mới"
    mixed = f"- {charmap('tcvn3').encode(first)}.\n- {charmap('vni').encode(second)}.\n- {third}."
    assert mend(mixed).clean == f"- {first}.\n- {second}.\n- {third}."


@pytest.mark.parametrize(
    ("given", "mended"),
    [
        ("céng hoµ x∙ héi chñ nghÜa viÖt nam", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("i. môc ®Ých, yªu cÇu", "I. MỤC ĐÍCH, YÊU CẦU"),
        ("ñy ban nh©n d©n x· triÓn khai nh− sau:", "Ủy ban nhân dân xã triển khai như sau:"),
        ("giao ñy ban nh©n d©n x· thùc hiÖn", "giao Ủy ban nhân dân xã thực hiện"),
        ("Sè: 12/KH-UB, ngµy 5 th¸ng 9", "Số: 12/KH-UB, ngày 5 tháng 9"),
        ("t­ ph¸p, h­íng dÉn, n­íc", "tư pháp, hướng dẫn, nước"),
        ("®îc giao trång c©y trong trêng", "được giao trồng cây trong trường"),
        ("®-îc giao trång c©y trong tr-êng", "được giao trồng cây trong trường"),
    ],
)
def test_what_tcvn3_has_lost(given: str, mended: str) -> None:
    assert mend(given).clean == mended
