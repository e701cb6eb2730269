"""What values say of each other: bodies, roles, reports in tasks, rules, provinces of today, doubts."""

from pathlib import Path
from typing import Any

import pytest

from extractor import Record, extract, relations

HEAD = """ỦY BAN NHÂN DÂN
TỈNH {province}
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{province}, ngày {date}
KẾ HOẠCH
Tổ chức Tết trồng cây năm 2024
"""
BODY = """Thực hiện Kế hoạch số 12/KH-BYT ngày {cited} của Bộ Y tế, Ủy ban nhân dân tỉnh ban hành Kế hoạch:
I. MỤC ĐÍCH
Trồng cây xanh nơi công cộng.
II. TỔ CHỨC THỰC HIỆN
1. Các Sở: Nông nghiệp và Phát triển nông thôn, Giáo dục và Đào tạo
- Chủ trì, phối hợp với Tỉnh đoàn, Hội Nông dân tỉnh và các đơn vị liên quan hướng dẫn trồng cây.
- Sở Tài chính chủ trì cấp kinh phí; phối hợp chặt chẽ giữa các ngành.
- Báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày {due}.
2. Ủy ban nhân dân các huyện, thành phố
- Phối hợp dạy học sinh cách trồng cây.
- Báo cáo Sở Nông nghiệp và Phát triển nông thôn trước ngày 15 hằng tháng.
"""
WELL: dict[str, str] = {
    "province": "THÁI BÌNH",
    "number": "15/KH-UBND",
    "date": "05 tháng 01 năm 2024",
    "cited": "02/01/2024",
    "due": "20/3/2024",
}


def made(**changed: str) -> Record:
    return extract((HEAD + BODY).format(**WELL | changed))


def codes(record: Record) -> list[str]:
    return [note.code for note in record.notes]


def part(value: Any, name: str) -> Any:
    return value.parts[name].value


def test_members_of_a_group_are_named_each_with_its_kind() -> None:
    first, second = made().units
    assert [(one["name"], one["body"]) for one in part(first, "bodies")] == [
        ("Sở Nông nghiệp và Phát triển nông thôn",) * 2,
        ("Sở Giáo dục và Đào tạo",) * 2,
    ]
    assert part(first, "bodies")[0]["today"] == "Sở Nông nghiệp và Môi trường"
    assert part(second, "bodies") == [
        {
            "name": "Ủy ban nhân dân các huyện, thành phố",
            "body": "Ủy ban nhân dân cấp huyện",
            "kind": "government",
            "today": None,
        }
    ]
    quotes = [proof.quote for proof in first.parts["bodies"].evidence]
    assert quotes == ["Nông nghiệp và Phát triển nông thôn", "Giáo dục và Đào tạo"]


def test_partners_and_leads_are_told_from_the_words_of_a_task() -> None:
    first, second = made().units
    told = [(one["task"], one["role"], one["body"], one["kind"]) for one in part(first, "roles")]
    assert told == [
        (0, "partner", "Tỉnh đoàn", "union"),
        (0, "partner", "Hội Nông dân tỉnh", "union"),
        (0, "partner", "Các đơn vị liên quan", "other"),
        (1, "lead", "Sở Tài chính", "government"),
    ]
    assert "roles" not in second.parts
    assert len(first.parts["roles"].evidence) == len(told)


def test_a_report_knows_its_task_and_how_often_it_comes() -> None:
    record = made()
    first, second = record.units
    assert part(first, "reports") == [{"task": 2, "deadline": 0}]
    assert part(second, "reports") == [{"task": 1, "deadline": 1}]
    assert record.deadlines[0].value.recipient == "Ủy ban nhân dân tỉnh"
    assert "rrule" not in record.deadlines[0].parts
    assert part(record.deadlines[1], "rrule") == "FREQ=MONTHLY;BYMONTHDAY=15"


def test_an_issuer_has_its_bodies_and_its_province_of_today() -> None:
    issuer = made().issuer
    assert issuer.value is not None
    assert issuer.value.province == "Thái Bình"
    assert part(issuer, "province_today") == "Hưng Yên"
    assert [one["body"] for one in part(issuer, "bodies")] == ["Ủy ban nhân dân tỉnh"]


COMMUNE = """ỦY BAN NHÂN DÂN
{commune}
Số: 7/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{at}, ngày {date}
KẾ HOẠCH
Tổ chức Tết trồng cây
Ủy ban nhân dân {named} ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Trồng cây xanh nơi công cộng.
"""


@pytest.mark.parametrize(
    ("named", "date", "today"),
    [
        ("xã Vũ Lễ, huyện Kiến Xương, tỉnh Thái Bình", "05 tháng 01 năm 2024", {"xã Quang Lịch": False}),
        ("phường 1, thị xã Quảng Trị, tỉnh Quảng Trị", "05 tháng 01 năm 2019", {"phường Quảng Trị": False}),
        (
            "phường Đa Kao, Quận 1, thành phố Hồ Chí Minh",
            "05 tháng 01 năm 2024",
            {"phường Sài Gòn": True, "phường Tân Định": True},
        ),
        ("xã Quang Lịch, tỉnh Hưng Yên", "05 tháng 01 năm 2026", {"xã Quang Lịch": False}),
        ("xã San Sả Hồ, huyện Sa Pa, tỉnh Lào Cai", "05 tháng 01 năm 2018", {"xã Tả Van": False}),
        ("xã Atlantis, huyện Kiến Xương, tỉnh Thái Bình", "05 tháng 01 năm 2024", None),
        ("xã Vũ Lễ, tỉnh Thái Bình", "05 tháng 01 năm 2026", None),  # no such commune any more
    ],
)
def test_a_commune_has_its_commune_of_today(named: str, date: str, today: dict[str, bool] | None) -> None:
    commune = named.split(",")[0]
    at = "Quảng Trị" if commune == "phường 1" else commune.partition(" ")[2]
    issuer = extract(COMMUNE.format(commune=commune.upper(), at=at, date=date, named=named)).issuer
    assert issuer.value is not None
    assert issuer.value.commune == commune
    told = issuer.parts.get("commune_today")
    assert (told and {one["name"]: one["part"] for one in told.value}) == today
    if told:
        assert told.status == "inferred"
        assert told.confidence <= min(issuer.parts[key].confidence for key in ("commune", "province"))


def test_nothing_is_doubted_where_nothing_contradicts() -> None:
    assert codes(made()) == []


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("symbol_against_type", {"number": "15/QĐ-UBND"}),
        ("citation_after_date", {"cited": "06/01/2024"}),
        ("deadline_before_date", {"due": "04/01/2024"}),
        ("province_gone", {"date": "02 tháng 7 năm 2025", "cited": "02/01/2025", "due": "20/9/2025"}),
    ],
)
def test_a_contradiction_is_noted_where_it_stands(code: str, changed: dict[str, str]) -> None:
    record = made(**changed)
    assert codes(record) == [code]
    assert record.text is not None
    span = record.notes[0].span
    assert span is not None
    assert span.of(record.text.clean)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "15/UBND-KTN"},  # no type in the symbol
        {"number": "     /KH-UBND"},  # a blank number
        {"cited": "05/01/2024"},  # of the same day
        {"due": "05/01/2024"},
        {"date": "30 tháng 6 năm 2025", "cited": "02/01/2025", "due": "20/9/2025"},  # the province's last day
        {"date": "     tháng 01 năm 2024", "due": "01/01/2024"},  # a partial date says nothing
    ],
)
def test_what_may_be_is_not_doubted(changed: dict[str, str]) -> None:
    assert codes(made(**changed)) == []


def test_related_values_come_back_from_json() -> None:
    record = made()
    again = Record.from_json(record.to_json())
    assert again.to_json() == record.to_json()
    assert again.units[0].parts["roles"].value == part(record.units[0], "roles")


def test_every_quote_of_a_part_stands_at_its_span(corpus: Path) -> None:
    for path in sorted((corpus / "plans").glob("*.txt"))[:12]:
        record = extract(path)
        assert record.text is not None
        for value in (*record.units, *record.deadlines, record.issuer):
            for one in value.parts.values():
                assert all(proof.quote == proof.span.of(record.text.clean) for proof in one.evidence)


def test_no_plan_of_the_corpus_is_doubted(corpus: Path) -> None:
    doubted = {"symbol_against_type", "province_gone", "period_backwards", "citation_after_date"}
    for path in sorted((corpus / "plans").glob("*.txt")):
        assert not {*codes(extract(path))} & {*doubted, "deadline_before_date"}, path.name


def test_what_follows_from_other_values_makes_no_record_doubtful(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = sorted((corpus / "plans").glob("*.txt"))
    taken = [extract(path).accepted for path in plans]
    assert any(taken)
    monkeypatch.setattr(relations, "relate", lambda paper, findings: (dict(findings), ()))
    assert [extract(path).accepted for path in plans] == taken
