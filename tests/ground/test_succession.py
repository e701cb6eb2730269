"""Every commune that was leads to the communes of today that have its land."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from extractor.ground.gazetteer import resolve
from extractor.ground.places import Unit, communes_named, districts_named, rows, today
from extractor.ground.succession import MERGER, Heir, heirs


def communes(column: str) -> Iterator[tuple[str, str]]:
    """Class and name of each unit of a cell: "xã:A;~B|phường:C"."""
    for group in column.split("|"):
        kind, _, names = group.partition(":")
        yield from ((kind, name) for name in names.split(";"))


COMMUNES = [
    Unit("commune", kind, name, province, district or None, era, since, until)
    for era, province, district, since, until, cell in rows("communes.tsv")
    for kind, name in communes(cell)
]
STEPS = [
    (province, district, change, to, group.partition("=")[0], kind, name)
    for province, district, change, to, cell in rows("successors.tsv")
    for group in cell.split(",")
    for kind, name in communes(group.partition("=")[2])
]


def test_every_old_commune_leads_to_communes_that_stand_today() -> None:
    standing = {unit for unit in COMMUNES if unit.era == "new" and not unit.until}
    assert len(standing) == 3321
    for unit in COMMUNES:
        found = heirs(unit)
        assert found
        assert {heir.unit for heir in found} <= standing
        assert {heir.part for heir in found} == {len(found) > 1}
        if unit.era == "old":
            assert {heir.unit.province for heir in found} == {today(unit.province)}


def test_every_commune_of_today_was_one_or_more_before() -> None:
    led = {heir.unit for unit in COMMUNES if unit.era == "old" for heir in heirs(unit)}
    alone = {(unit.name, unit.province) for unit in COMMUNES if unit.era == "new" and not unit.until} - {
        (unit.name, unit.province) for unit in led
    }
    assert {name for name, _ in alone} == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}


def test_every_commune_gone_before_leads_to_communes_of_today() -> None:
    gone = [step for step in STEPS if step[2] != MERGER and step[1]]
    assert len(gone) > 1900
    for province, district, _, _, _, kind, name in gone:
        assert heirs(Unit("commune", kind, name.lstrip("~"), province, district, "past", "", ""))


def test_a_part_is_marked_where_several_follow() -> None:
    """The mark is for the readers of the table; the program counts."""
    ways: dict[tuple[str, ...], set[str]] = defaultdict(set)
    marked: dict[tuple[str, ...], set[bool]] = defaultdict(set)
    for province, district, change, to, heir, kind, name in STEPS:
        was = province, district, change, kind, name.lstrip("~")
        ways[was].add(f"{heir}, {to}")
        marked[was].add(name.startswith("~"))
    assert all(marked[was] == {len(to) > 1} for was, to in ways.items())
    split = Counter(len(to) for was, to in ways.items() if was[2] == MERGER)
    assert split[1] > 9500
    assert 380 < split.total() - split[1] < 450


def test_every_districts_communes_are_in_its_province() -> None:
    for unit in COMMUNES:
        if unit.district:
            assert unit.province in {each.province for each in districts_named(unit.district)}


def test_twins_of_one_province_are_not_taken_for_parts_of_each_other() -> None:
    """The source takes communes of one name for one that was split; their districts tell them apart."""
    for district, heir in (("thành phố Mỹ Tho", "Đạo Thạnh"), ("thành phố Sa Đéc", "Sa Đéc")):
        assert [one.unit.name for one in heirs(*communes_named("phường 4", district=district))] == [heir]
    for district, heir in (("huyện Bình Gia", "Hồng Phong"), ("huyện Cao Lộc", "Đồng Đăng")):
        assert [one.unit.name for one in heirs(*communes_named("xã Hồng Phong", district=district))] == [heir]
    [split] = communes_named("xã Kim Chung", district="huyện Hoài Đức")
    assert [one.unit.name for one in heirs(split)] == ["Tây Tựu", "Hoài Đức"]


def test_a_commune_of_no_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="Atlantis"):
        heirs(Unit("commune", "xã", "Atlantis", "Hà Nội", "huyện Ba Vì", "old", "", ""))


def test_a_commune_that_goes_on_is_its_own_heir() -> None:
    [unit] = resolve("xã Quang Lịch", "2025-08")
    assert heirs(unit) == (Heir(unit, False),)


def full(unit: Unit) -> str:
    return f"{unit.kind} {unit.name}, {unit.province}"


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("phường 1, thị xã Quảng Trị", ["phường Quảng Trị, Quảng Trị"]),
        ("xã Vũ Lễ, huyện Kiến Xương", ["xã Quang Lịch, Hưng Yên"]),
        ("phường Bến Nghé, quận 1", ["phường Sài Gòn, Hồ Chí Minh"]),
        ("phường Đa Kao, quận 1", ["phường Sài Gòn, Hồ Chí Minh", "phường Tân Định, Hồ Chí Minh"]),
        ("phường Thảo Điền, thành phố Thủ Đức", ["phường An Khánh, Hồ Chí Minh"]),
        ("phường Thảo Điền, quận 2", ["phường An Khánh, Hồ Chí Minh"]),
        ("phường 6, quận 3", ["phường Xuân Hòa, Hồ Chí Minh"]),
        ("phường Thắng Tam, thành phố Vũng Tàu", ["phường Vũng Tàu, Hồ Chí Minh"]),
        ("phường Phú Cường, thành phố Thủ Dầu Một", ["phường Thủ Dầu Một, Hồ Chí Minh"]),
        ("phường Hàng Bạc, quận Hoàn Kiếm", ["phường Hoàn Kiếm, Hà Nội"]),
        ("phường Nguyễn Trung Trực, quận Ba Đình", ["phường Ba Đình, Hà Nội"]),
        ("phường Minh An, thành phố Hội An", ["phường Hội An, Đà Nẵng"]),
        ("phường Dương Đông, thành phố Phú Quốc", ["đặc khu Phú Quốc, An Giang"]),
        ("phường 1, thành phố Đà Lạt", ["phường Xuân Hương - Đà Lạt, Lâm Đồng"]),
        ("phường Bãi Cháy, thành phố Hạ Long", ["phường Bãi Cháy, Quảng Ninh"]),
        ("phường Lộc Thọ, thành phố Nha Trang", ["phường Nha Trang, Khánh Hòa"]),
        ("phường Vĩnh Ninh, thành phố Huế", ["phường Thuận Hóa, Huế"]),
        ("phường Mường Thanh, thành phố Điện Biên Phủ", ["phường Điện Biên Phủ, Điện Biên"]),
        ("thị trấn Lim, huyện Tiên Du", ["phường Tiên Du, Bắc Ninh"]),
        ("phường 4, thành phố Mỹ Tho", ["phường Đạo Thạnh, Đồng Tháp"]),
        ("phường 4, thành phố Cao Lãnh", ["phường Cao Lãnh, Đồng Tháp"]),
        ("phường 4, thành phố Sa Đéc", ["phường Sa Đéc, Đồng Tháp"]),
        ("xã Tiền Phong, huyện Yên Dũng", ["phường Tiền Phong, Bắc Ninh"]),
        ("xã San Sả Hồ, huyện Sa Pa", ["xã Tả Van, Lào Cai"]),
        ("xã Lộc Ninh, tỉnh Đồng Nai", ["phường Lộc Ninh, Đồng Nai"]),
        ("huyện Kiến Xương", []),
    ],
)
def test_a_commune_has_its_heirs_of_today(text: str, today: list[str]) -> None:
    [unit] = resolve(text)
    found = heirs(unit)
    assert [full(heir.unit) for heir in found] == today
    assert {heir.part for heir in found} <= {len(today) > 1}
