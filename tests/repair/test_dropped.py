"""Dropped glyphs: what is mended is right, what is not sure stays, and sloppy typing is no damage."""

import random
import sys

import pytest

from extractor.repair import mend

BODY = """Kế hoạch trồng cây và chăm sóc rừng

Thực hiện chủ trương trồng cây của huyện, Ủy ban nhân dân xã xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Huy động các tổ chức, cá nhân và các hộ gia đình khó khăn cùng trồng cây, chăm sóc rừng đầu nguồn.

2. Các cấp ủy, chính quyền, ban, ngành, đoàn thể phân công công việc rõ ràng; nhân dân tự nguyện tham gia.

II. NỘI DUNG THỰC HIỆN

1. Ủy ban nhân dân các xã, phường phân bổ cây giống; Hội Nông dân hướng dẫn kỹ thuật cho các hộ nghèo.

2. Các trường học tổ chức cho học sinh chăm sóc vườn cây; các nhà hảo tâm ủng hộ quỹ trồng rừng.

3. Công tác tuyên truyền được thực hiện ở thôn, bản, chợ phiên và các điểm văn hóa.
"""
HEADINGS = """
III. TỔ CHỨC THỰC HIỆN

1. Ủy ban nhân dân các xã, phường

2. Các tổ chức, cá nhân và các nhà hảo tâm

3. Hộ gia đình khó khăn, hộ nghèo

4. Công tác tuyên truyền ở các điểm văn hóa

5. Các cấp ủy, chính quyền, ban, ngành, đoàn thể
"""


def drop(text: str, letters: str) -> str:
    """Every glyph of `letters` becomes one space."""
    return text.translate({ord(letter): " " for letter in letters})


def spread(text: str, seed: int) -> str:
    """Single spaces doubled at random, as careless typing does."""
    rng = random.Random(seed)
    return "".join(char + " " if char == " " and rng.random() < 0.08 else char for char in text)


@pytest.mark.parametrize("letters", ["âấ", "âấó,.", "ôóâ,", "ấó,l", "ìâè", "hâ", "KCâó,.", "ộâô,."])
def test_headings_come_back(letters: str) -> None:
    """The body is whole, the headings have lost some letters: they are mended or left, never made wrong."""
    damaged = BODY + drop(HEADINGS, letters)
    clean = mend(damaged).clean
    whole = BODY + HEADINGS
    assert len(clean) == len(whole)
    wrong = [(old, new) for old, new in zip(whole, clean, strict=True) if new not in (old, " ")]
    assert wrong == []
    lost = sum(old != new for old, new in zip(whole, damaged, strict=True))
    left = sum(old != new for old, new in zip(whole, clean, strict=True))
    assert left <= 0.35 * lost


def test_a_heading_is_mended_alone() -> None:
    assert mend("I. MỤC ĐÍCH    U C U").clean == "I. MỤC ĐÍCH, YÊU CẦU"
    assert mend("VI. KIẾN NGH   Đ  XUẤT").clean == "VI. KIẾN NGHỊ, ĐỀ XUẤT"


@pytest.mark.parametrize("seed", range(5))
def test_careless_spaces_stay(seed: int) -> None:
    text = spread(BODY + HEADINGS, seed)
    assert mend(text).clean == text


def test_units_codes_and_labels_are_no_pieces() -> None:
    text = (
        BODY
        + "\nđường dài 5 m  và rộng 3 m, 20 km  đất; điểm b  khoản 2; tổ 5  TT Huế; 3 h  sáng; VP th  ký\n"
    )
    assert mend(text).clean == text


def test_nothing_is_invented_where_the_document_shows_no_damage() -> None:
    text = "Các c p của tỉnh\n"
    assert mend(text).clean == text


def test_a_lost_dot_needs_neighbours() -> None:
    assert mend("1. Trồng cây\n2  Chăm sóc\n3. Bảo vệ").clean == "1. Trồng cây\n2. Chăm sóc\n3. Bảo vệ"
    assert mend("2  Chăm sóc cây").clean == "2  Chăm sóc cây"
    rows = "1. Trồng cây\n\nTT\n1  Hộ An\n2  Hộ Bình\n3  Hộ Cúc"
    assert mend(rows).clean == rows


def test_letters_are_learned_from_what_is_missing() -> None:
    """Words that stand nowhere whole in the document come back by their neighbours in plans."""
    whole = (
        "Thực hiện công tác tuyên truyền theo kế hoạch.\n\n"
        "Không ngừng nâng cao chất lượng công việc, tổ chức tập huấn cho cán bộ.\n\n"
        "Phân công cụ thể, bảo đảm số lượng và chất lượng; tham vấn cộng đồng.\n"
    )
    clean = mend(drop(whole, "ôấ")).clean
    assert clean == whole


def test_each_guess_says_how_sure_it_is() -> None:
    text = mend(BODY + drop(HEADINGS, "âấó"))
    sure = [edit.sure for layer in text.layers for edit in layer.edits]
    assert sure
    assert all(0.75 <= value <= 1 for value in sure)


def test_a_full_stop_before_a_capital_is_no_comma() -> None:
    text = BODY + "\nCác c p phân c ng nhiệm vụ cho t ng hộ  Trồng cây trong tháng sáu, các h  khó khăn.\n"
    assert "hộ, Trồng" not in mend(text).clean


def test_careless_spaces_never_ask_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("clean text needs no counts")

    monkeypatch.setattr("extractor.repair.vocabulary.counts", never)
    monkeypatch.setattr("extractor.repair.lost.counts", never)
    for seed in range(3):
        text = spread(BODY, seed)
        assert mend(text).clean == text


def test_a_blank_to_fill_in_stays() -> None:
    text = BODY + drop("\nCác cấp phân công cán bộ hướng dẫn các hộ khó khăn từ ngày      tháng 3.\n", "ấó")
    assert "ngày      tháng" in mend(text).clean


@pytest.mark.parametrize(
    ("lost", "broken", "fixed"),
    [
        ("âãp", "cây trong s n các x ,  hường", "cây trong sân các xã, phường"),
        (".,â", "4  Trạm y tế  nhà d n", "4. Trạm y tế, nhà dân"),
        ("â", "4  Trạm y tế  nhà d n", "4  Trạm y tế  nhà dân"),
        ("K", " inh phí hỗ trợ", "Kinh phí hỗ trợ"),
        ("l", "các xã  phường, tổ chức", "các xã  phường, tổ chức"),
    ],
)
def test_a_known_set_needs_no_proof(lost: str, broken: str, fixed: str) -> None:
    """One line is enough, and nothing outside the set is written."""
    clean = mend(broken, lost=lost).clean
    assert clean == fixed
    assert mend(clean, lost=lost).clean == fixed


@pytest.mark.parametrize("letters", ["âấ", "âấó,.", "KCâó,."])
def test_a_known_set_mends_more(letters: str) -> None:
    damaged = BODY + drop(HEADINGS, letters)
    clean = mend(damaged, lost=letters).clean
    left = [old for old, new in zip(BODY + HEADINGS, clean, strict=True) if old != new and old not in ".,"]
    assert left == []
    assert {new for old, new in zip(damaged, clean, strict=True) if old != new} <= set(letters)


@pytest.mark.parametrize("seed", range(3))
def test_a_known_set_leaves_whole_text(seed: int) -> None:
    text = spread(BODY + HEADINGS, seed)
    assert mend(text, lost="ấâó").clean == text
    assert mend(BODY + HEADINGS, lost="ấâó,.").layers == ()


def test_a_long_text_is_read_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    step = sys.modules["extractor.repair.dropped"]
    monkeypatch.setattr(step, "_PART", len(BODY + HEADINGS) + 99)
    whole = (BODY + HEADINGS + "\n") * 4
    clean = mend((BODY + drop(HEADINGS, "âấó") + "\n") * 4).clean
    assert [new for old, new in zip(whole, clean, strict=True) if new not in (old, " ")] == []
    assert clean.count("Ủy ban nhân dân các xã") == whole.count("Ủy ban nhân dân các xã")


def test_a_word_within_sentences_says_nothing_about_heads() -> None:
    """``kinh phí`` stands small in the body, and ``Kinh phí`` at the head of a line is still ``Kinh``."""
    more = "\n4. Huyện bố trí kinh phí, bổ sung kinh phí và quyết toán kinh phí cho các xã.\n"
    more += "\n5. Kinh phí trồng rừng lấy từ nguồn kinh phí của các xã.\n"
    damaged = BODY + more + drop(HEADINGS, "âấóK") + "\n inh phí\n\n inh phí của xã\n"
    assert mend(damaged).clean.endswith("\nKinh phí\n\nKinh phí của xã\n")
