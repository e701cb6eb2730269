"""Slots of a letterhead: printed digits stay, whatever else fills one is U+FFFD, an empty one stays empty."""

from collections.abc import Sequence

import pytest

from extractor.ground.source import Box
from extractor.reading.ocr import Glyph, Token
from extractor.reading.slots import Views, settled

HIGH = 1000


def token(text: str, x: int, y: int = 100, tall: int = 20, sure: float = 0.95, drop: int = 0) -> Token:
    """A token whose letters are 10 wide, ``tall`` high and ``drop`` below the baseline ``y``."""
    glyphs = tuple(
        Glyph(letter, x + 10 * at, y + drop - tall, x + 10 * at + 9, y + drop, sure)
        for at, letter in enumerate(text)
    )
    return Token(text, x, y + drop - tall, x + 10 * len(text), y + drop, float(y), sure, 0, glyphs)


def row(*words: str | Token, y: int = 100) -> list[Token]:
    """Words one after the other, a space apart."""
    found: list[Token] = []
    x = 50
    for word in words:
        made = word._replace() if isinstance(word, Token) else token(word, x, y)
        found.append(made)
        x = made.x1 + 12
    return found


MOTTO = row("Độc", "lập", "-", "Tự", "do", y=50)


def views(again: Sequence[str] = (), inked: bool = False, penned: bool = False) -> Views:
    return Views(lambda box: tuple(again), lambda box: inked, lambda box: penned)


def texts(tokens: Sequence[Token]) -> list[str]:
    return [t.text for t in tokens][len(MOTTO) :]


def test_a_printed_number_that_reads_the_same_again_stays() -> None:
    tokens = [*MOTTO, *row("Số:", "62/KH-SYT")]
    assert texts(settled(tokens, HIGH, views(["Số: 62/KH-SYT", "Sô: 62/KH-SYT"]))) == ["Số:", "62/KH-SYT"]


@pytest.mark.parametrize(
    ("again", "penned"), [(["Số: 62/KH-SYT", "Số: 67/KH-SYT"], False), (["Số: 62/KH-SYT"], True)]
)
def test_a_number_that_reads_otherwise_or_is_of_a_pen_is_unreadable(again: list[str], penned: bool) -> None:
    tokens = [*MOTTO, *row("Số:", "62/KH-SYT")]
    assert texts(settled(tokens, HIGH, views(again, penned=penned))) == ["Số:", "\ufffd/KH-SYT"]


def test_digits_of_another_height_or_line_are_a_pens() -> None:
    same = views(["Số: 62 /KH-SYT"])
    for digits in (token("62", 92, tall=32), token("62", 92, drop=9), token("62", 92, sure=0.4)):
        tokens = [*MOTTO, *row("Số:", digits, "/KH-SYT")]
        assert texts(settled(tokens, HIGH, same)) == ["Số:", "\ufffd/KH-SYT"]


def test_letters_in_the_slot_are_no_number() -> None:
    tokens = [*MOTTO, *row("Số:c2044/KH-SYT-CĐN")]
    assert texts(settled(tokens, HIGH, views(["c2044"]))) == ["Số:", "\ufffd/KH-SYT-CĐN"]


def test_an_empty_slot_is_empty_and_one_with_ink_is_not() -> None:
    tokens = [*MOTTO, *row("Số:", token("/KH-UBND", 150))]
    assert texts(settled(tokens, HIGH, views())) == ["Số:", "/KH-UBND"]
    assert texts(settled(tokens, HIGH, views(inked=True))) == ["Số:", "\ufffd/KH-UBND"]


def test_a_number_without_a_symbol_is_not_believed() -> None:
    tokens = [*MOTTO, *row("Số:", "4")]
    assert texts(settled(tokens, HIGH, views(["Số: 4"]))) == ["Số:", "\ufffd"]


def test_day_and_month_of_the_date_line() -> None:
    line = row("Huế,", "ngàyc2O", "tháng", "10", "năm", "2017")
    again = views(["Huế, ngày 20 tháng 10 năm 2017"])
    assert texts(settled([*MOTTO, *line], HIGH, again)) == [
        "Huế,",
        "ngày",
        "\ufffd",
        "tháng",
        "10",
        "năm",
        "2017",
    ]


def test_citations_and_later_pages_are_left_alone() -> None:
    cited = row("theo", "Quyết", "định", "số", "147/QĐ-TTg", "ngày", "2l", "tháng", "01", "năm", "2020")
    assert texts(settled([*MOTTO, *cited], HIGH, views())) == [t.text for t in cited]
    numbered = row("Số:", "62/KH-SYT")
    assert settled(numbered, HIGH, views(["?"]), first=False) == numbered
    low = row("Số:", "62/KH-SYT", y=900)
    assert texts(settled([*MOTTO, *low], HIGH, views(["?"]))) == ["Số:", "62/KH-SYT"]


def test_without_single_letters_nothing_in_a_slot_is_believed() -> None:
    """The ``tesseract`` program tells no letters, so nobody can see whether digits look printed."""
    tokens = [*MOTTO, *(t._replace(glyphs=()) for t in row("Số:", "62/KH-SYT"))]
    assert texts(settled(tokens, HIGH, views(["Số: 62/KH-SYT"]))) == ["Số:", "\ufffd/KH-SYT"]


def test_a_year_that_a_pen_has_ended_is_unreadable() -> None:
    line = row("Huế,", "ngày", "20", "tháng", "10", "năm", "2016")
    again = views(["Huế, ngày 20 tháng 10 năm 2019"])
    assert texts(settled([*MOTTO, *line], HIGH, again))[-2:] == ["năm", "\ufffd"]


def test_the_month_does_not_vouch_for_the_day() -> None:
    line = row("Huế,", "ngày", "4", "tháng", "4", "năm", "2016")
    again = views(["Huế, ngày 1 tháng 4 năm 2016"])
    assert texts(settled([*MOTTO, *line], HIGH, again))[1:5] == ["ngày", "\ufffd", "tháng", "4"]


def test_boxes_lie_where_the_slot_is() -> None:
    found = settled([*MOTTO, *row("Số:", "62/KH-SYT")], HIGH, views(["nothing"]))
    sign = next(t for t in found if "\ufffd" in t.text)
    assert Box(*map(float, sign[1:5])).x0 >= 80
    assert sign.x1 <= 92 + 90
