"""What pages stand on: words in both languages, data that cannot break out, numbers as people write them."""

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import extract, pages
from extractor.ground.field import STATUSES
from extractor.ground.trouble import Missing, Misuse
from extractor.pages import LANGS, grade, render
from extractor.pages.embed import inline, policy, sealed
from extractor.pages.formats import count, day, percent
from extractor.pages.words import Words, rows
from extractor.view import PAGE, Viewed, view

HOSTILE = "</script><script>alert(1)</script><!-- ]]> \u2028 \u2029 & \ud800 \x00"
LEAVES = st.none() | st.booleans() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
PACKAGES = ("extractor.pages", "extractor.report", "extractor.view")


@given(JSON)
def test_sealed_data_parses_back_and_never_ends_its_element(data: object) -> None:
    text = sealed(data)
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", text)
    assert json.loads(text) == json.loads(json.dumps(data))


def test_hostile_text_is_sealed() -> None:
    text = sealed({"title": HOSTILE})
    assert "<" not in text
    assert json.loads(text)["title"] == HOSTILE.replace("\ud800", "\ufffd")
    with pytest.raises(ValueError, match="JSON compliant"):
        sealed(float("nan"))


def test_scripts_and_styles_of_ours_end_no_element() -> None:
    assert inline("extractor.pages", "base.js")
    assert inline("extractor.pages", "base.css")


def test_the_policy_allows_what_is_there_and_no_more() -> None:
    said = policy(["a{}"], [])
    assert said.startswith("default-src 'none'")
    assert re.search(r"script-src 'none'; style-src 'sha256-[\w+/]{43}='", said)
    assert "unsafe" not in said


def test_an_unknown_language_and_a_missing_library_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Misuse, match="lang='de'"):
        render(PAGE, "de", "", {})
    monkeypatch.setitem(sys.modules, "jinja2", None)
    pages._environment.cache_clear()
    with pytest.raises(Missing, match="Jinja2"):
        render(PAGE, "vi", "", {})


def test_a_page_names_no_address_and_no_inline_handler(corpus: Path) -> None:
    page = view(Viewed(extract(corpus / "plans" / "tinh-2019-tre-em.txt")))
    body = page.split("<main")[1].split("</main>")[0]
    assert not re.search(r"(?i)(?:https?:|file:)//", body)
    assert not re.search(r"(?i)<[^>]+\s(?:style|on\w+|src|href)=", body)
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']


@pytest.mark.parametrize("package", PACKAGES)
def test_words_stand_in_both_languages_with_the_same_values(package: str) -> None:
    keys = [row.key for row in rows(package)]
    assert len(keys) == len(set(keys))
    for row in rows(package):
        holes = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (row.vi, row.en)]
        assert row.vi, row.key
        assert row.en, row.key
        assert holes[0] == holes[1], row.key


def test_every_field_status_and_grade_has_a_word() -> None:
    from extractor.fields import fields

    for lang in LANGS:
        words = Words.of(lang, "extractor.pages")
        for field in fields():
            assert words(f"field_{field.name}")
        for status in STATUSES:
            assert words(f"status_{status}")
            assert words(f"grade_{grade(0.6, status)}")


def test_numbers_and_dates_read_as_written_in_vietnam() -> None:
    assert (percent(0.963, "vi"), percent(0.9999, "vi"), percent(1, "en")) == (
        "96\u202f%",
        "99\u202f%",
        "100%",
    )
    assert (count(10500, "vi"), count(10500, "en")) == ("10.500", "10,500")
    assert [day(d, "vi") for d in ("2024-04-25", "2024-05", "2022", "quý I", None)] == [
        "25/04/2024", "05/2024", "2022", "quý I", "",
    ]  # fmt: skip
    assert day("2024-05", "en") == "2024-05"


def test_grades_go_with_confidence_and_status() -> None:
    assert [grade(c) for c in (0.95, 0.8, 0.6, 0.2)] == ["sure", "fair", "doubt", "weak"]
    assert (grade(0.9, "absent"), grade(0.1, "unreadable")) == ("none", "dark")


def test_lone_surrogates_of_a_record_do_not_hinder_writing(tmp_path: Path) -> None:
    record = extract("ỦY BAN NHÂN DÂN XÃ \ud800 AN PHÚ\nKẾ HOẠCH\nTrồng cây \udfff năm 2024\n")
    page = view(Viewed(record))
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert "XÃ \ufffd AN" in page
