"""What holds for every text: the laws of the room, on prose like plans, on damage, on any string at all."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.text import Text
from extractor.ground.vietnamese import is_syllable, syllables
from extractor.repair import STEPS, mend

WORDS = [
    "kế hoạch", "thực hiện", "trồng cây", "nhà trường", "học sinh", "ngành", "đoàn thể", "ủy ban",
    "nhân dân", "xã", "phường", "huyện", "tuyên truyền", "phổ biến", "bảo vệ", "chăm sóc", "kinh phí",
    "báo cáo", "khó khăn", "vướng mắc", "trước ngày 05/6/2023", "số 12/KH-UBND", "năm 2024", "Hà Giang",
    "Ủy ban nhân dân", "UBND", "theo quy định", "các cơ quan", "và", "của", "trong", "đến",
]  # fmt: skip

sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=40).map(
    lambda words: " ".join(words)[:1].upper() + " ".join(words)[1:] + "."
)
marks = st.sampled_from(["- ", "+ ", "a) ", "1. ", "2.1. ", "I. ", "", ""])
blocks = st.tuples(marks, sentences).map("".join)
plans = st.lists(blocks, min_size=1, max_size=12).map("\n\n".join)
noise = st.text(
    st.sampled_from(
        "aáưƣƢÐñÕ cphộ.,;:-–*_#\\<b>&amp;/12\n\n\r\t\f\u00a0\u00ad\u200b\u0301\u0302\u0323\uf0b7⁄|()“”IVXA"
    ),
    max_size=120,
)
anything = st.one_of(noise, st.text(max_size=80))


def unicode_nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def utf8_misread(text: str) -> str:
    return text.encode().decode("latin-1")


def word_2010(text: str) -> str:
    return text.replace("ư", "ƣ").replace("Ư", "Ƣ").replace("Đ", "Ð").replace("đ", "ð")


def symbols(text: str) -> str:
    return text.replace("- ", "\uf02d ").replace(" và ", "\u00a0và ").replace("kế", "kế\u200b")


def letter_spaced(text: str) -> str:
    return "\n".join(" ".join(line) for line in text.split("\n"))


DAMAGES: list[Callable[[str], str]] = [unicode_nfd, utf8_misread, word_2010, symbols, letter_spaced]


def wrapped(text: str, width: int) -> str:
    """The text with a blank line after each line of at most `width` columns, words kept whole."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + 1 + len(word) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@given(st.one_of(anything, plans))
def test_mending_twice_changes_nothing(raw: str) -> None:
    once = mend(raw).clean
    assert mend(once).clean == once


@given(st.one_of(anything, plans))
def test_the_ledger_replays(raw: str) -> None:
    text = mend(raw)
    assert Text.replay(raw, text.ledger()) == text


@given(st.one_of(anything, plans))
def test_what_comes_out_is_nfc_and_has_one_line_end(raw: str) -> None:
    clean = mend(raw).clean
    assert unicodedata.is_normalized("NFC", clean)
    assert "\r" not in clean
    assert "\f" not in clean


@given(plans)
def test_clean_text_stays(text: str) -> None:
    assert mend(text).clean == text
    assert mend(text).layers == ()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@given(text=plans)
def test_damage_is_undone(damage: Callable[[str], str], text: str) -> None:
    assert mend(damage(text)).clean == text


@given(anything)
def test_no_valid_syllable_is_lost_by_a_letter(raw: str) -> None:
    """Every edit of the letter steps leaves at least as many valid syllables in its line."""
    text = Text.of(raw)
    for step in STEPS:
        after = text.edited(step.name, step.propose(text.clean))
        if step.name in ("lookalikes", "dropped"):
            good = [sum(is_syllable(word.text) for word in syllables(t.clean)) for t in (text, after)]
            assert good[0] <= good[1] + text.clean.count(" ") - after.clean.count(" ")
        text = after


@given(st.lists(sentences, min_size=3, max_size=8))
def test_wrapped_items_come_together(items: list[str]) -> None:
    """Bulleted items of any length, wrapped at 80 columns, come out one on a line."""
    whole = [f"- {item}" for item in items]
    broken = "\n".join(wrapped(item, 80) for item in whole)
    lines = mend(broken).clean.split("\n")
    assert len(lines) <= len(broken.split("\n"))
    assert " ".join(lines) == " ".join(whole)
    assert all(line.startswith("- ") or line[0].isupper() or line[0].isdigit() for line in lines)
