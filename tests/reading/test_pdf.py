"""Digital PDF: order by place, two-column letterheads, tables, blocks, fonts of glyph numbers, scans."""

import pytest
from reading_builders import At, Leaf, pdf
from reading_checks import check, opens, texts

from extractor.ground.trouble import Missing, Trouble
from extractor.reading import cids, ocr, read
from extractor.reading.characters import text_of
from extractor.reading.columns import Gutter, narrowed
from extractor.reading.pdf import opened
from extractor.reading.rows import row_of, rows_of
from extractor.reading.stretches import lines_of, words_of
from extractor.reading.words import Frame, Word, frame_of, parted

#: 14 points, 7 a letter: a full line has 66 letters between x = 70 and x = 532
FULL = "một dòng chữ vừa đủ dài để chạm tới lề phải của trang giấy mẫu này"


def line(y: float, text: str, x: float = 70.0, bold: bool = False) -> At:
    return At(x, y, text, 14.0, bold)


LEFT = [At(70, 80, "UBND XÃ AN BÌNH", 12), At(84, 96, "TRƯỜNG MẪU", 12, True), At(84, 120, "Số: 7/KH-TM", 12)]
RIGHT = [
    At(300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True),
    At(320, 96, "Độc lập - Tự do - Hạnh phúc", 12, True),
    At(310, 120, "An Bình, ngày 5 tháng 6 năm 2031", 12),
]
TITLE = At(255, 160, "KẾ HOẠCH", 14, True)


def test_a_letterhead_is_read_by_columns_wherever_it_stands_in_the_stream() -> None:
    body = [line(220, FULL, 70), line(236, "rồi hết.")]
    source = read(pdf(Leaf([*body, TITLE, *RIGHT, *LEFT])), "a.pdf")
    assert texts(source) == [
        *(at.text for at in LEFT),
        *(at.text for at in RIGHT),
        "KẾ HOẠCH",
        FULL,
        "rồi hết.",
    ]
    assert source.media_type == "application/pdf"


def test_a_signature_block_is_read_by_columns() -> None:
    left = ["Nơi nhận:", "- Phòng Giáo dục (để b/c);", "- Lưu VT."]
    right = ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]
    leaf = Leaf(
        [line(100, FULL), line(116, "trên đây là kế hoạch.")]
        + [At(70, 150 + 15 * n, text, 11) for n, text in enumerate(left)]
        + [At(330, 148 + 16 * n, text, 13, True) for n, text in enumerate(right)]
        + [At(350, 260, "Trần Thị Mẫu", 13, True)]
    )
    assert texts(read(pdf(leaf))) == [FULL, "trên đây là kế hoạch.", *left, *right, "Trần Thị Mẫu"]


def test_a_line_drawn_at_once_holds_the_words_of_the_page() -> None:
    patched = [
        At(70, 260, "Số:", 14),
        At(100, 260, "12/KH-UBND", 14, True),
        At(70, 290, "một", 20),
        At(110, 290, "hai"),
    ]
    document = opened(pdf(Leaf([*LEFT, *RIGHT, TITLE, line(220, FULL), line(236, "rồi hết."), *patched])))
    page = document[0]
    textpage, frame = page.get_textpage(), frame_of(page)
    lines = lines_of(textpage, text_of(textpage), frame)
    words = words_of(textpage, text_of(textpage), frame)
    assert parted(lines) == words
    whole = next(word for word in lines if word.text == FULL)
    assert whole.inner is not None
    assert (whole.inner.many, whole.inner.head) == (FULL.count(" ") + 1, 91.0)
    assert [word.inner for word in lines if word.base > 250] == [None] * 4


def test_wide_gaps_in_the_body_are_no_columns() -> None:
    leaf = Leaf(
        [
            line(100, "Thời gian:"),
            line(100, "8 giờ", 300),
            line(120, "Địa điểm:"),
            line(120, "Hội trường", 300),
        ]
    )
    assert texts(read(pdf(leaf))) == ["Thời gian: 8 giờ", "Địa điểm: Hội trường"]


def test_a_stamped_number_lands_in_its_gap() -> None:
    leaf = Leaf(
        [*RIGHT[:2], LEFT[0], At(84, 120, "Số:", 12), At(140, 120, "/KH-TM", 12), At(112, 121, "123", 12)]
    )
    assert "Số: 123 /KH-TM" in texts(read(pdf(leaf)))


def test_blocks_by_geometry() -> None:
    leaf = Leaf(
        [
            line(100, FULL[7:], 105),
            line(116, FULL),
            line(132, "hết đoạn này."),
            line(148, FULL[7:], 105),
            line(164, "tiếp theo."),
            line(180, "- " + FULL[9:], 105),
            line(196, FULL),
            line(230, FULL.capitalize()),
            line(246, "đến hết."),
        ]
    )
    assert opens(read(pdf(leaf))) == [True, False, False, True, False, True, False, True, False]


def test_a_sentence_over_the_page_end_goes_on() -> None:
    first = Leaf([line(700, FULL[7:], 105), line(716, FULL), At(300, 800, "1")])
    second = Leaf([line(80, FULL), line(96, "hết.")])
    source = check(read(pdf(first, second)))
    assert [line.opens for line in source.lines] == [True, False, True, False, False]
    assert [page.start for page in source.pages] == [0, source.raw.index("\n1\n") + 3]


def test_a_ruled_table_is_read_by_rows() -> None:
    xs, ys = (70, 110, 300, 530), (200, 225, 265, 290)
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    rules[2] = (xs[1], ys[2], xs[-1], ys[2])
    cells = [
        At(75, 217, "TT"), At(115, 217, "Việc"), At(305, 217, "Ai | làm"), At(75, 262, "1"),
        At(115, 240, "Họp tổ"), At(115, 256, "chuyên môn"), At(305, 245, "Tổ trưởng"), At(115, 282, "Sơ kết"),
    ]  # fmt: skip
    source = read(pdf(Leaf([line(150, "Trước bảng:"), *cells, line(320, "Sau bảng.")], rules)))
    assert texts(source) == [
        "Trước bảng:",
        "| TT | Việc | Ai / làm |",
        "| 1 | Họp tổ chuyên môn | Tổ trưởng |",
        "|  | Sơ kết |  |",
        "Sau bảng.",
    ]
    box = source.lines[2].box
    assert box is not None
    assert box.top < 240 < box.bottom


def test_a_ruled_letterhead_is_no_table() -> None:
    rules = [(60, y, 570, y) for y in (65, 130)] + [(x, 65, x, 130) for x in (60, 280, 570)]
    assert texts(read(pdf(Leaf([*LEFT, *RIGHT, TITLE], rules))))[2:4] == [LEFT[2].text, RIGHT[0].text]


def test_lines_have_places_sizes_and_weight() -> None:
    source = check(read(pdf(Leaf([At(100, 200, "đậm", 16, True), At(100, 230, "thường", 12)]))))
    bold, plain = source.lines
    assert (bold.bold, bold.size, plain.bold, plain.size) == (True, 16.0, False, 12.0)
    assert bold.box is not None
    assert (bold.box.x0, bold.box.x1) == (100.0, 124.0)
    assert bold.box.top < 200 < bold.box.bottom
    assert (source.pages[0].width, source.pages[0].height) == (595.0, 842.0)


def test_glyph_numbers_become_letters() -> None:
    glyphs = {"ế": 1219, "ạ": 1189, "K": 46, "2": 21, "0": 19, "3": 22, "1": 20, "/": 18}
    content = pdf(Leaf([line(100, "Kế hoạch số 1/2031"), line(120, "Kế hoạch 30/2031")]), glyphs=glyphs)
    assert texts(read(content)) == ["Kế hoạch số 1/2031", "Kế hoạch 30/2031"]


@pytest.mark.parametrize(
    ("text", "font", "letters"),
    [
        ("(cid:1250)", "X+TimesNewRomanPSMT", "Ở"),
        ("(cid:889)", "X+TimesNewRomanPS-ItalicMT", "ự"),
        ("(cid:827)", "X+Arial-ItalicMT", "ả"),
        ("(cid:54)(cid:3)", "X+ArialMT", "S "),
        ("(cid:64999)", "X+TimesNewRomanPSMT", "\ufffd"),
        ("a", "X", "a"),
    ],
)
def test_the_glyph_tables(text: str, font: str, letters: str) -> None:
    assert cids.letter_of()(text, font) == letters


def test_decomposed_vietnamese_is_no_glyph_numbers() -> None:
    text = "ê\u0301 a\u0323 o\u0309 u\u031b a\u0306 a\u0303 o\u0300" * 20
    assert not cids.looks_numbered(cids.oddity(text), text)


OVERLAY = At(60, 60, "Ký bởi: Trường Mẫu An Bình", 8)


ENGLISH_OCR = [line(60 + 20 * n, "KE HO~CH day hoc nam hoc moi") for n in range(20)]


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Tesseract."""
    monkeypatch.setattr(ocr, "available", lambda: False)


@pytest.mark.usefixtures("no_ocr")
@pytest.mark.parametrize("layer", [[], [OVERLAY], ENGLISH_OCR])
def test_scans_need_ocr(layer: list[At]) -> None:
    with pytest.raises(Missing) as caught:
        read(pdf(Leaf(layer, picture=True)))
    assert caught.value.code == "needs_ocr"
    assert ocr.INSTALL in caught.value.remedy


@pytest.mark.parametrize("layer", [[], [OVERLAY], ENGLISH_OCR])
def test_scans_are_left_alone_where_the_caller_says_so(layer: list[At]) -> None:
    with pytest.raises(Missing) as caught:
        read(pdf(Leaf(layer, picture=True)), ocr="never")
    assert caught.value.code == "ocr_off"


@pytest.mark.usefixtures("no_ocr")
def test_a_picture_page_among_text_is_noted() -> None:
    source = check(
        read(pdf(Leaf([line(100, FULL)]), Leaf([OVERLAY], picture=True), Leaf([line(100, "Trang cuối.")])))
    )
    assert source.raw == f"{FULL}\nTrang cuối."
    assert source.notes == (
        ("page_without_text", "page 2 is a picture without text of its own and was not read"),
    )
    assert [page.start for page in source.pages] == [0, len(FULL) + 1, len(FULL) + 1]
    assert [page.route and page.route.kind for page in source.pages] == [
        "text_layer",
        "signature_overlay",
        "text_layer",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\nrubbish", "damaged"),
        (pdf(Leaf()), "empty"),
        (pdf(Leaf([line(99, "a")]))[:300], "damaged"),
    ],
)
def test_refusals(content: bytes, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        read(content)
    assert caught.value.code == code


@pytest.mark.usefixtures("no_ocr")
def test_forced_ocr_needs_an_engine() -> None:
    with pytest.raises(Missing):
        read(pdf(Leaf([line(100, FULL)])), ocr="force")


def test_a_truncated_file_is_read_as_far_as_it_goes() -> None:
    content = pdf(Leaf([line(100, FULL)]))
    source = read(content[: content.rindex(b"xref\n0")])
    assert texts(source) == [FULL]
    assert source.notes[0][0] == "truncated"


def word(text: str, x0: float, x1: float, base: float = 100.0, order: int = 0, gap: str = " ") -> Word:
    return Word(text, x0, base - 10, x1, base + 3, base, 12.0, False, gap, order)


def test_a_gutter_narrows_until_a_row_crosses_it() -> None:
    gutter = Gutter(200, 300)
    assert narrowed(gutter, row_of([word("a", 50, 210), word("b", 290, 400)]), 595) == Gutter(210, 290)
    assert narrowed(gutter, row_of([word("a", 350, 400)]), 595) == gutter
    assert narrowed(gutter, row_of([word("a", 50, 400)]), 595) is None


def test_rows_do_not_mix_words_that_lie_on_one_another() -> None:
    words = [
        word("dưới", 50, 90, 100.0, 0),
        word("trên", 55, 95, 102.0, 1, "\n"),
        word("bên", 120, 140, 101.0, 2, "\n"),
    ]
    assert sorted(row.text for row in rows_of(words)) in (["dưới bên", "trên"], ["dưới", "trên bên"])


@pytest.mark.parametrize(
    ("turn", "point"), [(0, (10, 822)), (90, (20, 10)), (180, (585, 20)), (270, (822, 585))]
)
def test_rotated_pages_are_mapped_as_they_are_shown(turn: int, point: tuple[float, float]) -> None:
    width, height = (595, 842) if turn in (0, 180) else (842, 595)
    assert Frame(width, height, turn).mapped(10, 20) == point
