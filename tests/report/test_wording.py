"""Two wordings side by side: what is a misprint, what a change, and what the whole makes of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.report.marks import marks
from extractor.report.wording import (
    ALTERED,
    LABELS,
    OWN,
    SHORTENED,
    VERBATIM,
    is_misprint,
    key_of,
    label,
    similarity,
    steps,
)

BASE = "Chung tay bảo vệ trẻ em, hãy lên tiếng phòng, chống xâm hại, bạo lực trẻ em"
WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy áảãạ,.-“”0123\n", max_size=60)


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (BASE.upper() + "!", VERBATIM),
        ("Chung tay bảo vệ trẻ em, hãy lên tiếng phòng chống xâm hại , bạo lực trẻ em .", VERBATIM),
        ("Chung tay bão vệ trẻ em, hãylên tiếng phòng, chông xâm hại, bạo lục trẻ cm", VERBATIM),
        ("Hãy lên tiếng phòng, chống xâm hại trẻ em", SHORTENED),
        ("Chung tay bảo vệ trẻ em", SHORTENED),
        ("Chung tay bảo vệ trẻ em, hãy lên tiếng phòng, chống bạo lực xâm hại trẻ em", ALTERED),
        ("Lắng nghe trẻ em nói", OWN),
        ("Trẻ em", OWN),
        ("", OWN),
    ],
)
def test_what_a_wording_makes_of_the_national_theme(own: str, wanted: str) -> None:
    assert label(BASE, own) == wanted


@pytest.mark.parametrize(
    ("word", "of", "yes"),
    [
        ("bão", "bảo", True), ("nghco", "nghèo", True), ("203o", "2030", True), ("truong", "trường", True),
        ("tâm", "tinh", False), ("2025", "2030", False), ("gái", "trai", False), ("vì", "của", False),
    ],
)  # fmt: skip
def test_a_misprint_is_no_other_word(word: str, of: str, yes: bool) -> None:
    assert is_misprint(word, of) is yes


def test_case_tone_style_and_short_forms_say_nothing() -> None:
    assert key_of("Quản lí HOÀ bình; ATTP") == key_of("quản lý hòa bình: an toàn thực phẩm")


def test_a_changed_word_is_marked_and_the_rest_is_not() -> None:
    assert marks("bằng cả tinh thần", "bằng cả tâm thần") == [
        ["s", "bằng cả "], ["x", "tinh "], ["c", "tâm"], ["s", " thần"],
    ]  # fmt: skip


@given(WORDS, WORDS)
def test_marks_give_the_wording_again_and_labels_are_four(base: str, own: str) -> None:
    assert "".join(text for kind, text in marks(base, own) if kind != "x") == own
    assert label(base, own) in LABELS
    assert 0 <= similarity(base, own) <= 1
    kept = [step.base for step in steps(base, own) if step.base]
    assert kept == sorted(kept)


@given(WORDS)
def test_a_wording_is_verbatim_of_itself(own: str) -> None:
    assert label(own, own) == (VERBATIM if key_of(own) else OWN)
