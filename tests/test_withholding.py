"""``--min-confidence``: what is not sure enough is not said, and that is said."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.record import Record, Value, flat
from extractor.withholding import withhold

PLAN = "corpus/plans/huyen-2023-hiv.damaged.txt"


@pytest.fixture(scope="module")
def record(root: Path) -> Record:
    return extract(root / PLAN)


def doubted(record: Record, name: str, confidence: float = 0.3) -> Record:
    """The record with one field less sure."""
    given: Any = record.fields[name]
    doubt = (
        (replace(given[0], confidence=confidence), *given[1:])
        if isinstance(given, tuple)
        else replace(given, confidence=confidence)
    )
    return replace(record, fields={**record.fields, name: doubt})


def test_sure_values_stay(record: Record) -> None:
    assert withhold(record, 0.0) == record
    least = min(value.confidence for value in flat(record.fields.values()))
    assert withhold(record, least) == record


def test_a_doubtful_value_is_none_but_can_be_looked_up(record: Record) -> None:
    kept = withhold(doubted(record, "title"), 0.5)
    title: Value[Any] = kept.title
    assert (title.value, title.status, title.confidence) == (None, "withheld", 0.3)
    assert title.evidence == record.title.evidence
    assert kept.to_dict(plain=True)["title"] is None
    (note,) = (note for note in kept.notes if note.code == "withheld")
    assert note.span == record.title.evidence[0].span
    assert Record.from_json(kept.to_json()) == kept


def test_an_item_of_a_list_goes_with_a_note(record: Record) -> None:
    kept = withhold(doubted(record, "parent_plans"), 0.5)
    assert kept.parent_plans == record.parent_plans[1:]
    assert [note.code for note in kept.notes].count("withheld") == 1


def test_an_unsure_absence_is_no_absence(record: Record) -> None:
    name = next(n for n, v in record.fields.items() if isinstance(v, Value) and v.status == "absent")
    assert withhold(doubted(record, name), 0.5).fields[name].status == "withheld"


def test_a_part_goes_alone(record: Record) -> None:
    issuer = record.issuer
    part = replace(issuer.parts["province"], confidence=0.3)
    unsure = replace(
        record,
        fields={**record.fields, "issuer": replace(issuer, parts={**issuer.parts, "province": part})},
    )
    kept = withhold(unsure, 0.5).issuer
    assert issuer.value is not None
    assert kept.value == replace(issuer.value, province=None)
    assert kept.parts["province"].status == "withheld"


def test_everything_can_be_withheld(record: Record) -> None:
    plain = withhold(record, 1.0).to_dict(plain=True)
    assert plain["doc_type"] is None
    assert plain["issuer"] == dict.fromkeys(("name", "level", "province", "district", "commune"))
    assert plain["citations"] == []


def test_a_record_is_accepted_where_all_is_sure() -> None:
    damaged = "C6ng ty TNHH m6t thanh vien ban hanh k6 hoach s6 cua don vi. " * 30
    assert not extract(damaged).accepted
    assert not extract("Xin chào").accepted


def test_the_estimate_stays_beside_the_confidence(record: Record) -> None:
    assert all(value.estimate is not None for value in flat(record.fields.values()))
    data = record.to_dict()
    del data["fields"]["title"]["estimate"], data["accepted"]
    data["schema"] = "1.1"
    old = Record.from_dict(data)
    assert old.title.estimate is None
    assert not old.accepted


@pytest.mark.parametrize("least", [0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 1.0])
@pytest.mark.parametrize(
    "plan", ["plans/attp-hong-linh.txt", "plans/hiv-can-tho.txt", "plans/bau-cu-ba-tri.txt"]
)
def test_a_part_that_is_no_key_is_withheld_too(root: Path, plan: str, least: float) -> None:
    kept = withhold(extract(root / "corpus/found" / plan), least)
    values = list(flat(kept.fields.values()))
    assert all(value.confidence >= least or value.status in ("withheld", "unreadable") for value in values)
    assert Record.from_json(kept.to_json()) == kept
