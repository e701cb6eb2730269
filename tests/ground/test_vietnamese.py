"""Syllables by rule, and the two keys to compare words by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground import vietnamese
from extractor.ground.vietnamese import fold, is_syllable, strip_tones, syllables, validity

YES = """
kế hoạch của ủy ban nhân dân uỷ thuỷ thủy hoà hòa khoẻ khỏe quý quỹ quyết quyền quốc nghị nghiệp ngành
gìn gì giếng giữ giường khuya khuỷu ngoằn ngoéo xoong yêu y ý đường trường nghĩa thuở huơ uống ướt ăn ê ô ở
bia mía tựa xoáy kỹ kĩ lý lí QUYẾT ĐỊNH Phường
"""
NO = """
kh c p nh ưk cế ngế gế kă hoàc cacs cạk UBND xyz website Kạn Đắk nhạ́ ct qaa quu ktra cac cap trươc ngiêm
kuyến qúy gíao hòan thũôc
"""


@pytest.mark.parametrize("word", YES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", NO.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_stops_take_two_tones_only() -> None:
    assert [word for word in ("cấp", "cập", "cầp", "cẩp", "cẫp", "câp") if is_syllable(word)] == [
        "cấp",
        "cập",
    ]


def test_there_are_as_many_syllables_as_the_language_allows() -> None:
    """About 17,000 with both tone styles; the open rimes oa, oe, uy count twice."""
    count = 0
    for body, (places, _) in vietnamese._bodies().items():
        words = {body} | {
            unicodedata.normalize("NFC", body[: place + 1] + tone + body[place + 1 :])
            for place in places
            for tone in vietnamese._TONES
        }
        count += sum(map(is_syllable, words))
    assert 16_800 < count < 17_800


def test_fold() -> None:
    assert fold("HOÀ") == fold("hòa") == "hòa"
    assert fold("Uỷ ban") == fold("Ủy Ban") == "ủy ban"
    assert fold("thuỷ, khoẻ") == "thủy, khỏe"
    assert fold("quý hoàn toàn giỏi") == "quý hoàn toàn giỏi"
    assert fold("lý") != fold("lí")
    assert fold("Ke\u0302\u0301") == "kế"


def test_strip_tones() -> None:
    assert strip_tones("Đường phố Uỷ ban") == "Duong pho Uy ban"
    assert strip_tones("UBND") == "UBND"


def test_syllables_have_their_places() -> None:
    text = "Số: 5/KH, ngày"
    assert [word.text for word in syllables(text)] == ["Số", "KH", "ngày"]
    assert all(text[word.start : word.end] == word.text for word in syllables(text))


def test_validity() -> None:
    assert validity("Kế hoạch của UBND xã, mục b") == 1.0
    assert validity("") == 1.0
    assert validity("KÕ ho¹ch cña huyÖn") < 0.4
    assert validity("This is plain English prose") < 0.7
    assert validity("nhƣ thế") < validity("như thế")


@given(st.text(max_size=60))
def test_keys_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert strip_tones(strip_tones(text)) == strip_tones(text)
    assert 0.0 <= validity(text) <= 1.0
    is_syllable(text)


@given(st.sampled_from(YES.split()))
def test_case_does_not_matter(word: str) -> None:
    assert is_syllable(word.upper())
    assert is_syllable(word.capitalize())
