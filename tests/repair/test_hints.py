"""What a format knows of its lines is believed; the words decide only where it is silent."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.source import Line
from extractor.ground.text import Text
from extractor.repair import mend


def hinted(rows: Sequence[tuple[str, bool | None]]) -> tuple[str, list[Line]]:
    """The raw text of the rows and its lines."""
    lines, start = [], 0
    for words, opens in rows:
        lines.append(Line(start, start + len(words), opens=opens))
        start += len(words) + 1
    return "\n".join(words for words, _ in rows), lines


def mended(*rows: tuple[str, bool | None]) -> str:
    raw, lines = hinted(rows)
    text = mend(raw, lines)
    assert Text.replay(raw, text.ledger()) == text
    return text.clean


def test_a_line_that_opens_no_block_is_joined() -> None:
    given_rows = ("- Giao Phòng Kinh tế.", True), ("Hạn cuối tháng", False), ("6 năm 2020", False)
    assert mended(*given_rows) == "- Giao Phòng Kinh tế. Hạn cuối tháng 6 năm 2020"


def test_a_line_that_opens_a_block_is_not_joined() -> None:
    rows = ("Các thôn tổ chức trồng cây và chăm sóc cây ở ven sông, ven suối của", True), ("huyện", True)
    assert mended(*rows) == f"{rows[0][0]}\n{rows[1][0]}"


def test_codes_and_syllables_are_joined_without_a_space() -> None:
    assert mended(("Nghị định 5/2020/NĐ-", True), ("CP của", False)) == "Nghị định 5/2020/NĐ-CP của"
    assert mended(("các ngàn", True), ("h của xã", False)) == "các ngành của xã"
    assert mended(("Sở Lao động -", True), ("Thương binh", False)) == "Sở Lao động - Thương binh"


def test_where_the_format_is_silent_the_words_decide() -> None:
    rows = ("Các thôn tổ chức trồng cây và chăm sóc cây ở ven sông, ven suối của", True), ("huyện.", None)
    assert mended(*rows) == f"{rows[0][0]} {rows[1][0]}"
    assert mended(("Trồng cây.", True), ("- Chăm sóc", None)) == "Trồng cây.\n- Chăm sóc"


def test_steps_before_keep_the_lines_in_step() -> None:
    rows = ("**Trƣờng\u00a0học**", True), ("\uf0b7 trồng\u200b cây", True), ("và chăm", False)
    assert mended(*rows) == "Trường học\n• trồng cây và chăm"


def test_columns_are_set_apart_in_hinted_text_too() -> None:
    assert (
        mended(("Nơi nhận: KT. CHỦ TỊCH", True), ("- Như trên;", True))
        == "Nơi nhận:\nKT. CHỦ TỊCH\n- Như trên;"
    )


def test_hints_that_do_not_fit_the_lines_are_ignored() -> None:
    raw = "Trồng cây.\nChăm sóc cây."
    assert mend(raw, [Line(0, 5, opens=False)]).clean == raw


@given(st.lists(st.tuples(st.text("aàư.,-1A ƢÐ|*\u00a0", max_size=30), st.sampled_from([True, False, None]))))
def test_any_hints_are_accepted(rows: list[tuple[str, bool | None]]) -> None:
    raw, lines = hinted(rows)
    text = mend(raw, lines)
    assert Text.replay(raw, text.ledger()) == text
