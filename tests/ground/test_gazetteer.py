"""A name in its context and on its day means one unit, several, or none that is known; never a guess."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from extractor.ground.gazetteer import lies_in, resolve
from extractor.ground.places import Unit, districts_named, followers, rows
from extractor.ground.standing import ends, stood

ROOT = Path(__file__).resolve().parents[2]


def full(unit: Unit) -> str:
    """ "phường 1, thị xã Quảng Trị, Quảng Trị"; the province alone, with its class."""
    within = () if unit.level == "province" else (unit.province,)
    return ", ".join(filter(None, (f"{unit.kind} {unit.name}", unit.district, *within)))


def met(text: str, on: str | None = None, within: str | None = None) -> list[str]:
    return [full(unit) for unit in resolve(text, on, within)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("phường 1, thị xã Quảng Trị", "phường 1, thị xã Quảng Trị, Quảng Trị"),
        ("xã Vũ Lễ, huyện Kiến Xương", "xã Vũ Lễ, huyện Kiến Xương, Thái Bình"),
        ("xã Vũ Lễ huyện Kiến Xương tỉnh Thái Bình", "xã Vũ Lễ, huyện Kiến Xương, Thái Bình"),
        ("XÃ VŨ LỄ - HUYỆN KIẾN XƯƠNG", "xã Vũ Lễ, huyện Kiến Xương, Thái Bình"),
        ("P. Bến Nghé, Q.1", "phường Bến Nghé, quận 1, Hồ Chí Minh"),
        ("Phường 01 - Quận 3 - TP.HCM", "phường 1, quận 3, Hồ Chí Minh"),
        ("TT. Vôi, H. Lạng Giang", "thị trấn Vôi, huyện Lạng Giang, Bắc Giang"),
        ("thôn Đông, xã Vũ Lễ, Kiến Xương, Thái Bình", "xã Vũ Lễ, huyện Kiến Xương, Thái Bình"),
        ("Bản Hồ, Sa Pa", "xã Bản Hồ, thị xã Sa Pa, Lào Cai"),
        ("TX. Kỳ Anh", "thị xã Kỳ Anh, Hà Tĩnh"),
        ("đặc khu Phú Quốc", "đặc khu Phú Quốc, An Giang"),
        ("Bà Rịa - Vũng Tàu", "tỉnh Bà Rịa - Vũng Tàu"),
        ("tỉnh Thừa Thiên Huế", "thành phố Huế"),
        ("thị trấn Thanh Nê, Kiến Xương", "thị trấn Thanh Nê, huyện Kiến Xương, Thái Bình"),
        ("xã San Sả Hồ, tỉnh Lào Cai", "xã San Sả Hồ, thị xã Sa Pa, Lào Cai"),
        ("phường Phú Hậu, thành phố Huế", "phường Phú Hậu, quận Phú Xuân, Huế"),
        ("xã Kỳ Lợi, huyện Kỳ Anh", "xã Kỳ Lợi, thị xã Kỳ Anh, Hà Tĩnh"),  # of the town since 2015
        ("huyện Ba Vì, tỉnh Hà Tây", "huyện Ba Vì, Hà Tây"),
        ("xã Cổ Đô, tỉnh Hà Tây", "xã Cổ Đô, huyện Ba Vì, Hà Nội"),
        ("xã Cổ Đô, huyện Ba Vì, tỉnh Hà Tây", "xã Cổ Đô, huyện Ba Vì, Hà Nội"),
    ],
)
def test_a_name_in_its_context_is_one_unit(text: str, unit: str) -> None:
    assert met(text) == [unit]


@pytest.mark.parametrize(
    ("text", "on", "unit"),
    [
        ("huyện Từ Liêm", "2013", "huyện Từ Liêm, Hà Nội"),
        ("huyện Từ Liêm", "2015", None),
        ("quận Bắc Từ Liêm", "2013-12-31", None),
        ("quận Nam Từ Liêm", "2014-05-01", "quận Nam Từ Liêm, Hà Nội"),
        ("huyện Ba Vì", "2008-07-31", "huyện Ba Vì, Hà Tây"),
        ("huyện Ba Vì", "2008-08-01", "huyện Ba Vì, Hà Nội"),
        ("tỉnh Hà Tây", "2009", None),
        ("quận 2", "2020-12-31", "quận 2, Hồ Chí Minh"),
        ("quận 2", "2021-01-01", None),
        ("Thủ Đức", "2019", "quận Thủ Đức, Hồ Chí Minh"),
        ("Thủ Đức", "2022", "thành phố Thủ Đức, Hồ Chí Minh"),
        ("huyện Sa Pa", "2019-12-31", "huyện Sa Pa, Lào Cai"),
        ("thị xã Sa Pa", "2019-12-31", None),
        ("thị xã Sa Pa", "2020-01-01", "thị xã Sa Pa, Lào Cai"),
        ("huyện Hoành Bồ", "2019", "huyện Hoành Bồ, Quảng Ninh"),
        ("huyện Hoành Bồ", "2020", None),
        ("huyện Quảng Uyên", "2020-02", "huyện Quảng Uyên, Cao Bằng"),
        ("huyện Quảng Hòa", "2020-02", None),
        ("huyện Quảng Hòa", "2020-03", "huyện Quảng Hòa, Cao Bằng"),
        ("huyện Mỹ Hào", "2019-04-30", "huyện Mỹ Hào, Hưng Yên"),
        ("thị xã Mỹ Hào", "2019-05-01", "thị xã Mỹ Hào, Hưng Yên"),
        ("Chí Linh, Hải Dương", "2009", "huyện Chí Linh, Hải Dương"),
        ("Chí Linh, Hải Dương", "2015", "thị xã Chí Linh, Hải Dương"),
        ("Chí Linh, Hải Dương", "2022", "thành phố Chí Linh, Hải Dương"),
        ("huyện Tĩnh Gia", "2019", "huyện Tĩnh Gia, Thanh Hóa"),
        ("thị xã Nghi Sơn", "2021", "thị xã Nghi Sơn, Thanh Hóa"),
        ("thị xã Cửa Lò", "2024-11-30", "thị xã Cửa Lò, Nghệ An"),
        ("thị xã Cửa Lò", "2024-12-01", None),
        ("huyện Mỹ Lộc", "2024-09-01", None),
        ("huyện Đông Sơn", "2024", "huyện Đông Sơn, Thanh Hóa"),
        ("huyện Long Đất", "2024", None),
        ("huyện Đất Đỏ", "2024", "huyện Đất Đỏ, Bà Rịa - Vũng Tàu"),
        ("quận Thuận Hóa", "2025-02", "quận Thuận Hóa, Huế"),
        ("quận Thuận Hóa", "2024-12", None),
        ("thành phố Hoa Lư", "2025-03", "thành phố Hoa Lư, Ninh Bình"),
        ("thành phố Ninh Bình", "2024", "thành phố Ninh Bình, Ninh Bình"),
        ("huyện Phú Quốc", "2021-02-28", "huyện Phú Quốc, Kiên Giang"),
        ("thành phố Phú Quốc", "2021-03-01", "thành phố Phú Quốc, Kiên Giang"),
        ("đặc khu Phú Quốc", "2025-06-30", None),
        ("huyện Kiến Xương", "2025-06-30", "huyện Kiến Xương, Thái Bình"),
        ("huyện Kiến Xương", "2025-07-01", None),
        ("tỉnh Thái Bình", "2025-07-01", None),
        ("tỉnh Hưng Yên", "2025-07-01", "tỉnh Hưng Yên"),
        ("thành phố Bắc Ninh", "2024", "thành phố Bắc Ninh, Bắc Ninh"),
        ("thành phố Đồng Nai", "2025", None),
        ("xã Lộc Ninh, Đồng Nai", "2025-09", "xã Lộc Ninh, Đồng Nai"),
        ("phường Lộc Ninh, Đồng Nai", "2026-11", "phường Lộc Ninh, Đồng Nai"),
        ("tỉnh Đắk Nông", "2007-05", "tỉnh Đắk Nông"),
        ("thị xã Kỳ Anh", "2014", None),
        ("thị xã Kỳ Anh", "2016", "thị xã Kỳ Anh, Hà Tĩnh"),
        ("huyện Vân Hồ", "2012", None),
    ],
)
def test_a_document_names_the_unit_of_its_day(text: str, on: str, unit: str | None) -> None:
    assert met(text, on) == [unit] * bool(unit)


def test_twins_stay_apart_until_the_context_tells() -> None:
    assert met("huyện Kỳ Sơn", "2019") == ["huyện Kỳ Sơn, Hòa Bình", "huyện Kỳ Sơn, Nghệ An"]
    assert met("huyện Kỳ Sơn", "2021") == ["huyện Kỳ Sơn, Nghệ An"]
    assert met("huyện Kỳ Sơn", "2019", "tỉnh Hòa Bình") == ["huyện Kỳ Sơn, Hòa Bình"]
    assert set(met("Kỳ Anh", "2020", "Hà Tĩnh")) >= {"huyện Kỳ Anh, Hà Tĩnh", "thị xã Kỳ Anh, Hà Tĩnh"}
    assert len(met("huyện Châu Thành", "2020")) > 5
    assert met("xã Vũ Lễ", "2024") == [
        "xã Vũ Lễ, huyện Bắc Sơn, Lạng Sơn",
        "xã Vũ Lễ, huyện Kiến Xương, Thái Bình",
    ]
    assert met("xã Vũ Lễ", "2024", "tỉnh Thái Bình") == ["xã Vũ Lễ, huyện Kiến Xương, Thái Bình"]
    assert met("xã Vũ Lễ", "2025-08") == ["xã Vũ Lễ, Lạng Sơn"]
    assert met("thành phố Bắc Ninh") == ["thành phố Bắc Ninh", "thành phố Bắc Ninh, Bắc Ninh"]
    assert met("thành phố Bắc Ninh", "2026-11") == ["thành phố Bắc Ninh"]
    assert {"tỉnh Quảng Trị", "thị xã Quảng Trị, Quảng Trị"} < set(met("Quảng Trị"))


def test_what_is_not_known_is_none() -> None:
    for text in ("", " , ", "xã Atlantis", "phường 1, thị xã Atlantis", "xã Vũ Lễ, huyện Ba Vì", "x" * 5000):
        assert met(text) == []
    assert met("xã Vũ Lễ", None, "Atlantis") == []


def test_the_day_of_a_change_may_be_known_in_part() -> None:
    [unit] = [unit for unit in districts_named("huyện Mỏ Cày") if unit.era == "past"]
    assert unit.until == "2008-12-31..2009-12-30"
    assert [stood(unit, on) for on in ("2008", "2009-05-01", "2010", "1999")] == [True, None, False, None]
    assert met("huyện Mỏ Cày", "2009-05-01") == ["huyện Mỏ Cày, Bến Tre"]
    assert ends("2021-02") == ("2021-02-01", "2021-02-31")
    assert ends("..2023-04-10") == ("", "2023-04-10")


def test_every_follower_of_a_district_is_known_and_begins_when_it_ends() -> None:
    seen = 0
    for level, kind, name, province, era, *_ in rows("places.tsv"):
        if (level, era) != ("district", "past"):
            continue
        own = next(u for u in districts_named(name, kind) if (u.province, u.era) == (province, "past"))
        for heir in followers(province, f"{kind} {name}"):
            named, _, other = heir.removeprefix("into ").partition(", ")
            [unit] = [u for u in districts_named(named) if u.province == (other or province)]
            seen += 1
            after = str(date.fromisoformat(ends(own.until)[1]) + timedelta(1))
            assert ends(unit.since)[0] <= after or heir.startswith("into ")
            assert lies_in(Unit("commune", "xã", "A", unit.province, full_name(unit), "old", "", ""), own)
    assert seen > 140


def full_name(unit: Unit) -> str:
    return f"{unit.kind} {unit.name}"


def test_every_commune_is_found_under_its_own_address() -> None:
    """The first commune of every fifth row of the table."""
    alone: Counter[bool] = Counter()
    for era, province, district, _, _, units in rows("communes.tsv")[::5]:
        group = units.split("|")[0]
        kind, _, names = group.partition(":")
        name = names.split(";")[0]
        on = "2025-06-30" if era == "old" else None
        found = resolve(f"{kind} {name}, {district}" if district else f"{kind} {name}", on, province)
        assert (name, district or None) in {(unit.name, unit.district) for unit in found}
        alone[len(found) == 1] += 1
    assert alone[True] > 0.9 * alone.total()


def test_tables_are_read_when_they_are_asked_for() -> None:
    code = (
        "from extractor.ground import gazetteer, places, succession as s;"
        "gazetteer.resolve('huyện Kiến Xương');"
        "print([read.cache_info().currsize for read in (places._communes, places.rows_by, s._steps)]);"
        "gazetteer.resolve('xã Vũ Lễ, huyện Kiến Xương');"
        "print([read.cache_info().currsize for read in (places._communes, places.rows_by, s._steps)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.split("\n") == ["[0, 0, 0]", "[1, 2, 1]", ""]
