"""From tokens of an OCR engine to words of a page: specks, scribbles, sizes, trust; lines with places."""

import pytest

from extractor.ground.source import Box, Seen
from extractor.ground.text import Span
from extractor.reading import compose, scan, tokens
from extractor.reading.ocr import Glyph, Token
from extractor.reading.rows import piece_of, row_of
from extractor.reading.typeface import size_of
from extractor.reading.words import Word


def token(
    text: str, x: int, sure: float = 0.95, tall: int = 20, line: int = 0, wide: int | None = None
) -> Token:
    width = 10 * len(text) if wide is None else wide
    return Token(text, x, 100 - tall, x + width, 100, 100.0, sure, line)


def printed(*letters: tuple[str, int, int, int]) -> Token:
    """A word of letters: each its sign, left and right end and foot; the baseline is at 100."""
    glyphs = tuple(Glyph(sign, x0, foot - 20, x1, foot, 0.99) for sign, x0, x1, foot in letters)
    text = "".join(glyph.text for glyph in glyphs)
    return Token(text, glyphs[0].x0, 80, glyphs[-1].x1, 100, 100.0, 0.95, 0, glyphs)


def no_pen(_: Token) -> bool:
    return False


def texts(found: list[Token]) -> list[str]:
    return [t.text for t in found]


def test_specks_go_and_signs_in_use_stay() -> None:
    given = [
        token("-", 0, tall=3, wide=8),
        token("Sở", 20),
        token(".", 50, tall=3, wide=3),
        token("Y", 60, tall=4),
        token("tế", 80),
        token("“", 110, tall=6),
        token(":", 130, 0.3, tall=12),
        token("......", 150, tall=3, wide=40),
    ]
    assert texts(tokens.kept(given)) == ["-", "Sở", "tế", "“", "......"]


def test_what_has_the_shape_of_a_hyphen_is_one() -> None:
    made = tokens.kept([token("~", 0, tall=3, wide=9), token("Báo", 20), token("cáo", 60)])
    assert made[0].text == "-"
    assert made[0].sure <= 0.8


def test_scribbles_go_and_print_stays() -> None:
    scribble = [token("/7⁄se+", 900, 0.1, line=3), token("XÀ", 960, 0.05, line=3)]
    doubtful = [
        token("PHÓ", 900, 0.1, line=4),
        token("CHỦ", 940, 0.2, line=4),
        token("TỊCH", 980, 0.1, line=4),
    ]
    item = [token("-", 0, 0.9, 3, 5, 8), token("SLĐTBXH;", 20, 0.2, line=5)]
    slot = [token("Số:", 0, 0.3, line=6), token("\ufffd/KH-X", 40, 0.3, line=6)]
    kept = tokens.legible([*scribble, *doubtful, *item, *slot], no_pen)
    assert texts(kept) == ["PHÓ", "CHỦ", "TỊCH", "-", "SLĐTBXH;", "Số:", "\ufffd/KH-X"]


def test_a_doubtful_hyphen_stays_only_in_a_list() -> None:
    alone = [token("-", 900, 0.6, 3, 1, 8), token("Đặng", 920, line=1)]
    listed = [
        part
        for line in (2, 3)
        for part in (
            token("-", 60, 0.7, 3, line, 8),
            token("Như", 80, line=line),
            token("trên", 120, line=line),
        )
    ]
    assert texts(tokens.legible([*alone, *listed], no_pen)) == [
        "Đặng",
        "-",
        "Như",
        "trên",
        "-",
        "Như",
        "trên",
    ]


def test_what_a_pen_wrote_goes_however_sure_and_what_it_crosses_stays() -> None:
    pen, post = [token("A", 900, 0.92, line=1)], [token("PHÓ", 900, line=2), token("CHỦ", 940, line=2)]
    name = [token("Lê", 900, line=3), token("Lợi", 930, line=3)]
    slot = [token("Số:", 0, line=4), token("\ufffd/KH-X", 40, line=4)]
    kept = tokens.legible([*pen, *post, *name, *slot], lambda token: token.text != "Lợi")
    assert texts(kept) == ["PHÓ", "CHỦ", "Lê", "Lợi", "Số:", "\ufffd/KH-X"]


@pytest.mark.parametrize(
    ("sign", "x0", "x1", "foot", "after", "parts"),
    [
        (".", 25, 28, 96, "m", ["ổ", "m"]),  # a speck in a blank, above the line
        ("-", 25, 28, 92, "m", ["ổ", "m"]),  # no hyphen is so short
        (".", 25, 28, 100, "H", ["ổ.H"]),  # a full stop whose blank was lost
        ("-", 24, 31, 92, "m", ["ổ-m"]),  # a hyphen
        (".", 21, 24, 96, "m", ["ổ.m"]),  # no room for a blank: the next letter is near
    ],
)
def test_a_speck_in_a_blank_parts_two_words(
    sign: str, x0: int, x1: int, foot: int, after: str, parts: list[str]
) -> None:
    begin = x1 + 5 if parts != ["ổ.m"] else x1 + 1
    word = printed(("ổ", 10, 20, 100), (sign, x0, x1, foot), (after, begin, begin + 12, 100))
    assert texts(tokens.kept([word, token("Báo", 60)])) == [*parts, "Báo"]


def test_figures_and_addresses_are_not_parted() -> None:
    figure = printed(("1", 0, 8, 100), (".", 11, 14, 100), ("5", 17, 25, 100))
    address = printed(
        ("a", 0, 8, 100), ("@", 9, 18, 100), ("b", 19, 27, 100), (".", 30, 33, 97), ("c", 36, 44, 100)
    )
    assert texts(tokens.kept([figure, address])) == ["1.5", "a@b.c"]


def test_trust_rises_with_confidence_and_is_a_probability() -> None:
    values = [tokens.trust(at / 100) for at in range(101)]
    assert values == sorted(values)
    assert 0 < values[0] < 0.5 < values[-1] < 1
    assert tokens.error_of([token("chắc", 0, 0.97)]) < 0.01 < tokens.error_of([token("ngờ", 0, 0.3)])
    assert tokens.error_of([]) == 0.0


@pytest.mark.parametrize(
    ("size", "told", "dpi"),
    [
        ((1654, 2339), 200, 200),
        ((2339, 1654), 200, 200),
        ((1654, 2339), 72, 200),
        ((1654, 2339), None, 200),
        ((3000, 4000), 1, 363),
        ((1, 1), 0, 1),
    ],
)
def test_a_pages_resolution(size: tuple[int, int], told: float | None, dpi: int) -> None:
    """What the file says, where that makes a sheet of paper, else that of A4."""
    assert scan.paper_dpi(size, dpi=told) == dpi


@pytest.mark.parametrize("text", ["Nghị", "UBND", "2017", "không"])
def test_the_size_of_print_is_told_by_its_width(text: str) -> None:
    one, double = size_of(text, 20.0), size_of(text, 40.0)
    assert one is not None
    assert double == pytest.approx(2 * one)
    assert size_of("ở", 7.0) is None


def word(text: str, x: float, order: int, sure: float | None) -> Word:
    gap = " " if order else "\n"
    return Word(text, x, 10.0, x + 7 * len(text), 24.0, 22.0, 14.0, False, gap, order, sure)


def test_words_read_from_a_picture_keep_their_places() -> None:
    row = row_of([word("Kế", 70, 0, 0.9), word("hoạch", 90, 1, 0.8)])
    pieces = [piece_of(row_of([word("Số:", 70, 0, 0.5)]), True), piece_of(row, True)]
    raw, lines = compose.lines_of(pieces)
    seen = compose.seen_in(pieces, lines)
    assert [raw[w.start : w.end] for w in seen] == ["Số:", "Kế", "hoạch"]
    assert seen[1] == Seen(4, 6, Box(70, 10, 84, 24), 0.9)
    pages = compose.tiled([0], len(raw))
    source = compose.source(b"", "", "png", raw, pages, lines, words=seen)
    assert source.seen(Span(7, 9)) == [seen[2]]
    assert source.places(Span(7, 9))[0].box == seen[2].box
    assert source.places(Span(4, 12))[0].box == Box(70, 10, 125, 24)


def test_digital_words_carry_no_places_of_their_own() -> None:
    assert piece_of(row_of([word("Kế", 70, 0, None), word("hoạch", 90, 1, None)]), True).words == ()
