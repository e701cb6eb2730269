"""The page of one document as text: what it holds, in which order, and that nothing breaks out of it."""

import contextlib
import copy
import dataclasses
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from extractor import extract, pipeline
from extractor.evaluation import evaluate
from extractor.ground.source import Shown
from extractor.ground.trouble import Misuse, Trouble
from extractor.pages.words import Words
from extractor.record import Record
from extractor.view import Viewed, view
from extractor.view.lines import Ruler
from extractor.view.opening import opened
from extractor.view.proofs import Proofs
from extractor.view.values import cards

HOSTILE = "</script><script>hacked=1</script><img src=x onerror=hacked=1><!--\u2028 \"'&{{7*7}}"


@pytest.fixture(scope="module")
def plan(corpus: Path) -> Path:
    return corpus / "plans" / "huyen-2023-hiv.damaged.txt"


@pytest.fixture(scope="module")
def record(plan: Path) -> Record:
    return extract(plan)


def sealed(page: str) -> dict[str, Any]:
    """The data that the page's scripts get."""
    (text,) = re.findall(r'<script type="application/json" id="sealed">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(text)["data"]
    return data


def test_every_value_stands_on_the_page_and_points_at_its_words(plan: Path) -> None:
    viewed = opened(plan, plan.name)
    page = view(viewed)
    data = sealed(page)
    assert data["plain"] == viewed.record.to_dict(plain=True)
    text = viewed.record.text
    assert text is not None
    quotes = {text.clean[a:b] for proof in data["proofs"] for a, b in proof["spans"]}
    for value in viewed.record.fields.values():
        for one in value if isinstance(value, tuple) else (value,):
            assert {evidence.quote for evidence in one.evidence} <= quotes
    assert "Cộng đồng sáng tạo - Quyết tâm chấm dứt dịch bệnh AIDS vào năm 2030" in page
    assert "30/10/2023" in page


@pytest.mark.parametrize(("lang", "words"), [("vi", "một phần"), ("en", "a part")])
def test_a_commune_that_was_split_is_told_with_its_parts(tmp_path: Path, lang: str, words: str) -> None:
    head = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐA KAO\nSố: 7/KH-UBND\nĐa Kao, ngày 05/01/2024\nKẾ HOẠCH\nTrồng cây\n"
    named = "Ủy ban nhân dân phường Đa Kao, Quận 1, thành phố Hồ Chí Minh ban hành Kế hoạch như sau:\n"
    (tmp_path / "a.txt").write_text(head + named, "utf-8")
    page = view(opened(tmp_path / "a.txt", "a.txt"), lang)
    for heir in ("phường Sài Gòn", "phường Tân Định"):
        assert f"{heir} · {words}" in page


def test_the_doubtful_come_first(record: Record) -> None:
    made = cards(record.fields, {}, Proofs(Ruler(""), 0), Words.of("vi", "extractor.pages", "extractor.view"))
    assert [card.doubt for card in made] == sorted(card.doubt for card in made)
    assert {card.name for card in made} == set(record.fields)
    for card in made:
        assert [row.doubt for row in card.rows] == sorted(row.doubt for row in card.rows)


def test_what_cannot_be_read_stands_before_low_confidence() -> None:
    words = Words.of("vi", "extractor.pages", "extractor.view")
    plan = extract(
        "UBND TỈNH\nSố: \ufffd\ufffd/KH-UBND\nHà Nội, ngày 3 tháng 3 năm 2020\nKẾ HOẠCH\nTrồng cây"
    )
    first = cards(plan.fields, {}, Proofs(Ruler(""), 0), words)[0]
    assert (first.name, first.grade) == ("number", "dark")


def test_losing_candidates_are_told_with_a_reason() -> None:
    text = (
        "UBND XÃ HÒA BÌNH\nSố: 3/KH-UBND\nHòa Bình, ngày 3 tháng 3 năm 2020\nKẾ HOẠCH\nTrồng cây\n\n"
        "I. CHỦ ĐỀ\nChủ đề: “Một cây xanh cho mỗi nhà”\n\nII. NỘI DUNG\n"
        "Hưởng ứng Tháng hành động với chủ đề “Vì môi trường trong lành hơn” trên toàn xã.\n"
    )
    read = pipeline.mended(text)
    considered = pipeline.considered(read)
    assert considered["theme"][0] == pipeline.build(read).theme
    assert "Vì môi trường trong lành hơn" in [one.value for one in considered["theme"][1:]]
    page = view(Viewed(pipeline.build(read), (), considered))
    assert "Ứng viên khác, không được chọn (1)" in page
    assert "Vì môi trường trong lành hơn" in page


def test_the_first_candidate_is_the_value_on_every_plan_of_the_corpus(corpus: Path) -> None:
    for file in sorted((corpus / "plans").glob("*.txt")):
        read = pipeline.mended(file)
        record = pipeline.build(read)
        for name, found in pipeline.considered(read).items():
            value = record.fields[name]
            first = found[0] if found else None
            own = {key: part for key, part in value.parts.items() if first and key in first.parts}
            kept = dataclasses.replace(
                value, parts=own
            )  # what follows from other fields is the record's alone
            assert first == (kept if value.value is not None else None), file.name


def hostile(record: Record) -> dict[str, Any]:
    """A record whose every text is hostile."""
    data = json.loads(record.to_json())

    def spoilt(one: Any) -> Any:
        if isinstance(one, dict):
            return {
                key: value if key in ("status", "schema", "span", "box") else spoilt(value)
                for key, value in one.items()
            }
        if isinstance(one, list):
            return [spoilt(value) for value in one]
        return HOSTILE if isinstance(one, str) else one

    data = {**spoilt({k: v for k, v in data.items() if k != "schema"}), "schema": data["schema"]}
    data["text"] = {
        "raw": HOSTILE * 40,
        "layers": [{"layer": HOSTILE, "edits": [[3, 5, HOSTILE, HOSTILE, 0.5]]}],
    }
    return data


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_of_a_record_becomes_markup(record: Record, lang: str) -> None:
    made = Record.from_dict(hostile(record))
    picture = Shown(1, 595.0, 842.0, b"")
    page = view(Viewed(made, (picture,), {"theme": (made.theme, made.theme)}), lang)
    clean = view(Viewed(record, (picture,)), lang)
    assert page.count("<script") == clean.count("<script")
    assert "<img src=x" not in page
    assert "<!--" not in page
    assert "\u2028" not in page.split('id="sealed">')[1].split("</script>")[0]
    assert "49" not in sealed(page)["plain"]["title"]
    assert sealed(page)["plain"]["title"] == HOSTILE


def test_a_record_of_wrong_types_is_shown_or_refused(record: Record) -> None:
    data = json.loads(record.to_json())
    data["text"]["layers"] = data["text"]["layers"][:1]
    paths = [path for path in leaves(data) if path[0] != "schema"]
    rng = random.Random(7)
    for path in rng.sample(paths, 150):
        spoilt = copy.deepcopy(data)
        node = spoilt
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = rng.choice([None, -1, 10**12, "x", [], {}, float("nan"), [{}], True])
        with contextlib.suppress(Trouble):
            assert sealed(view(Viewed(Record.from_dict(spoilt))))


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything in JSON data that is no container."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = [leaf for key, value in items for leaf in leaves(value, (*path, key))]
    return found or [path]


def test_a_record_without_text_says_so(record: Record) -> None:
    bare = Record.from_dict(record.to_dict(text=False))
    page = view(Viewed(bare))
    assert "không kèm văn bản" in page
    assert "huyện Tân Kỳ" in page
    assert "“" in page  # quotes stand with their values instead


def test_the_record_of_a_failure_is_a_page_too(tmp_path: Path) -> None:
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    (failed,) = pipeline.pipe([empty])
    assert "Tệp rỗng" in view(Viewed(failed))


def test_a_record_and_its_document_are_told_apart(record: Record, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "ban-ghi.json"
    file.write_text("\ufeff" + record.to_json(), "utf-8")
    assert opened(file, file.name).record == record
    assert opened(file, file.name, source=plan).record == record
    with pytest.raises(Misuse, match="not the document"):
        opened(file, file.name, source=file)
    with pytest.raises(Misuse, match="document itself"):
        opened(plan, plan.name, source=plan)


@pytest.mark.parametrize("text", ['{"schema": "9.0"}', "{}", '{"a"', '{ "a":' * 100_000, '{"schema": "1.1"}'])
def test_what_is_no_record_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "ban-ghi.json"
    file.write_text(text, "utf-8")
    with pytest.raises(Trouble) as refused:
        opened(file, file.name)
    assert "\n" not in str(refused.value)


def test_the_plain_record_of_the_page_scores_as_gold(plan: Path, record: Record, tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold", tmp_path / "predicted"
    for folder in (gold, predicted):
        folder.mkdir()
    plain = sealed(view(Viewed(record)))["plain"]
    (gold / "a.json").write_text(json.dumps({**plain, "scored": ["theme", "units", "outline"]}), "utf-8")
    (predicted / "a.json").write_text(record.to_json(plain=True), "utf-8")
    result = evaluate(gold, predicted)
    assert result.mean == 1.0
    assert {name.split(".")[0] for name in result.fields} == {"theme", "units", "outline"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_field_without_a_word_goes_by_its_name(
    record: Record, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor import pages
    from extractor.pages import words

    every = words.rows
    monkeypatch.setattr(
        words, "rows", lambda package: tuple(row for row in every(package) if row.key != "field_theme")
    )
    pages._environment.cache_clear()
    try:
        page = view(Viewed(record), lang)
    finally:
        pages._environment.cache_clear()
    assert re.search(r'id="field-theme"[^<]*<[^§]{0,400}?>\s*theme\b', page)
    assert "field_theme" not in page
