"""What OCR misreads: tones, numbers of headings, figures, formulas; only among words read from pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.source import Box, Line, Seen
from extractor.ground.text import Text
from extractor.repair import mend

BOX = Box(0, 0, 1, 1)


def seen_in(text: str, sure: float = 0.9) -> list[Seen]:
    """Every word of a text as one that was read from a picture."""
    found, at = [], 0
    for line in text.split("\n"):
        for word in line.split(" "):
            if word:
                found.append(Seen(at, at + len(word), BOX, sure))
            at += len(word) + 1
    return found


def lines_in(text: str) -> list[Line]:
    """Every line of a text as a block of its own."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(at, at + len(line), BOX, opens=True))
        at += len(line) + 1
    return found


def mended(text: str, sure: float = 0.9) -> Text:
    return mend(text, lines_in(text), seen=seen_in(text, sure))


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (
            "L MỤC ĐÍCH\n1/ Mục đích:\nA\n2/ Yêu cầu:\nII/ NỘI DUNG",
            "I/ MỤC ĐÍCH\n1/ Mục đích:\nA\n2/ Yêu cầu:\nII/ NỘI DUNG",
        ),
        ("TRƯỜNG. THCS VĂN PHƯƠNG", "TRƯỜNG THCS VĂN PHƯƠNG"),
        ("tố chức thực hiện", "tổ chức thực hiện"),
        ("vì bình đăng giới và phòng, chông bạo lực", "vì bình đẳng giới và phòng, chống bạo lực"),
        ("KÉ HOẠCH", "KẾ HOẠCH"),
        ("Uÿ ban nhân dân", "Ủy ban nhân dân"),
        ("nâng cao tỉnh thần", "nâng cao tinh thần"),
        ("theo đõi, đôn độc", "theo dõi, đôn đốc"),
    ],
)
def test_tones_are_told_by_the_words_around(read: str, right: str) -> None:
    text = mended(read)
    assert text.clean.casefold().replace("uỷ", "ủy") == right.casefold()
    assert all(edit.sure <= 1 for layer in text.layers for edit in layer.edits)


@pytest.mark.parametrize("words", ["Trần Thị Thuý", "Bù Đăng", "QĐ-UBND", "12/KH-UBND", "K’Brôih"])
def test_names_and_codes_stay(words: str) -> None:
    assert mended(words, 0.97).clean == words


@pytest.mark.parametrize(
    "line",
    ["ỦY BAN NHÂN DÂN", "TL. ỦY BAN NHÂN DÂN", "P. HIỆU TRƯỞNG", "Q. GIÁM ĐỐC", "Q. CHỦ TỊCH", "VIỆN TRƯỞNG"],
)
def test_no_post_is_made_of_another(line: str) -> None:
    body = "\n".join(["Kế hoạch này"] * 9)
    assert mended(f"{body}\n{line}", 0.8).clean.endswith(f"\n{line}")


@pytest.mark.parametrize("name", ["Nguyễn Tiến Dũng", "Quàng Văn Hương", "Lê Thị Thúy", "xã Tân Thạnh"])
def test_names_are_left_to_the_engine(name: str) -> None:
    assert mended(f"Đồng chí {name}", 0.95).clean == f"Đồng chí {name}"


def test_a_letter_that_grows_in_small_is_no_crash() -> None:
    assert mended("İ a", 0.5).clean


def test_only_words_from_pictures_are_doubted() -> None:
    words = "tố chức thực hiện\nHI. NỘI DUNG\nngày Ô1 tháng 5 năm 2020"
    assert mend(words, lines_in(words)).clean == words
    assert mended(words).clean != words


def test_sure_words_need_more_proof_than_doubtful_ones() -> None:
    assert mended("quản triệt", 0.5).clean == "quán triệt"
    assert mended("tầm quan trọng", 0.998).clean == "tầm quan trọng"


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("I. A | H. B | HI. C | IV. D", "I. A | II. B | III. C | IV. D"),
        ("L. A | II. B", "I. A | II. B"),
        ("U MỤC ĐÍCH | 1/ Ý | HƯU NỘI DUNG | IV/ LO", "I/ MỤC ĐÍCH | 1/ Ý | III/ NỘI DUNG | IV/ LO"),
        ("I. A | 1. B | 2. C | II. D | 1. E | II. F", "I. A | 1. B | 2. C | II. D | 1. E | III. F"),
        ("1. MỤC ĐÍCH | 2. NỘI DUNG | 3. KINH PHÍ", "1. MỤC ĐÍCH | 2. NỘI DUNG | 3. KINH PHÍ"),
        ("I. MỤC ĐÍCH | I. Ý đồ | 2. Yêu cầu | II. LO", "I. MỤC ĐÍCH | 1. Ý đồ | 2. Yêu cầu | II. LO"),
        ("1. MỤC | I. Ý đồ | 2. Cần | II. TIN | III. LO", "I. MỤC | 1. Ý đồ | 2. Cần | II. TIN | III. LO"),
        ("U MỤC | 1/ TIN | 1. Ý đồ | 2. Cần | III/ LO", "I/ MỤC | II/ TIN | 1. Ý đồ | 2. Cần | III/ LO"),
        ("I. A | II. B | I. A | II. B", "I. A | II. B | I. A | II. B"),
        ("1. Ông A | 2, Ông B | ._3. Ông C", "1. Ông A | 2. Ông B | 3. Ông C"),
        ("TT. Đảng ủy xã | Đài TT", "TT. Đảng ủy xã | Đài TT"),
    ],
)  # fmt: skip
def test_numbers_of_headings_are_told_by_their_order(read: str, right: str) -> None:
    assert mended(read.replace(" | ", "\n"), 0.99).clean.split("\n") == right.split(" | ")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("trước ngày IŠ tháng 10 năm 2018", "trước ngày 15 tháng 10 năm 2018"),
        ("ngày 22 tháng Ô1 năm 20]7", "ngày 22 tháng 01 năm 2017"),
        ("Số: 366KH-BVĐK", "Số: 366/KH-BVĐK"),
        ("Số: 74/KH:UBND", "Số: 74/KH-UBND"),
        ("Chỉ thị số 07/CT-TTø", "Chỉ thị số 07/CT-TTg"),
        ("- Sở Nội vụ (b/€);", "- Sở Nội vụ (b/c);"),
        ("- Phòng PC06 - CAT (đế b/c);", "- Phòng PC06 - CAT (để b/c);"),
        ("TT HĐĐND xã", "TT HĐND xã"),
        ("Nghệ An, ngà 12 tháng 4 năm 2015", "Nghệ An, ngày 12 tháng 4 năm 2015"),
    ],
)
def test_figures_of_closed_forms(read: str, right: str) -> None:
    assert mended(read, 0.99).clean == right


def test_formulas_of_letterhead_and_signature() -> None:
    head = "CỌNG HOA XÃ HỘI CHU NGHIA VIỆT NAM\n_Độc lập - Tư do - Hạnh phúc"
    body = "\n".join(["Kế hoạch này"] * 9)
    clean = mended(f"{head}\n{body}\nVới nhận:\nEHÓ CHỦ TỊCH —\nTS: Lâm-Thị Ngọc Điệp", 0.5).clean
    assert clean.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n")
    assert clean.endswith("\nNơi nhận:\nPHÓ CHỦ TỊCH\nTS. Lâm Thị Ngọc Điệp")
    assert mended(f"{body}\nQ. CHỦ TỊCH", 0.97).clean.endswith("\nQ. CHỦ TỊCH")


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("KT. CHỦ TỊCH | CHỦ TỊCH | Lê Văn A", "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn A"),
        ("KT. GIÁM ĐỐC | Ñ GIÁM ĐỐC | Lê Văn A", "KT. GIÁM ĐỐC | PHÓ GIÁM ĐỐC | Lê Văn A"),
        ("GIÁM ĐỐC | Nguyên Hữu Bình", "GIÁM ĐỐC | Nguyễn Hữu Bình"),
        ("CHỦ TỊCH | (đã ký) | TS. Đồ Thị Lan", "CHỦ TỊCH | (đã ký) | TS. Đỗ Thị Lan"),
        ("TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH | Lê Văn A", "TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH | Lê Văn A"),
        ("KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Kpă Y Thiên", "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Kpă Y Thiên"),
        ("KT. CHỦ TỊCH | Q. CHỦ TỊCH | Lê Văn A", "KT. CHỦ TỊCH | Q. CHỦ TỊCH | Lê Văn A"),
        ("1. Địa bàn | Nguyên Bình", "1. Địa bàn | Nguyên Bình"),
    ],
)
def test_posts_and_surnames_of_a_signature(read: str, right: str) -> None:
    body = "\n".join(["Kế hoạch này"] * 9)
    assert mended(f"{body}\n" + read.replace(" | ", "\n"), 0.97).clean.split("\n")[9:] == right.split(" | ")


WORDS = ["I.", "HI.", "U", "1/", "2,", "tố", "chức", "KÉ", "HOẠCH", "ngày", "Ô1", "tháng", "5", "năm", "20]7"]
WORDS += ["KT.", "CHỦ", "TỊCH\n", "Nguyên", "Hữu", "(đế"]
WORDS += ["Số:", "366KH-X", "Với", "nhận:", "(b/€)", "\ufffd", "\n"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@given(st.one_of(TEXTS, st.text(max_size=200)), st.floats(0, 1))
def test_any_text_from_a_picture_is_mended_and_its_ledger_replays(text: str, sure: float) -> None:
    raw = text.replace("\r", " ")
    found = mend(raw, lines_in(raw), seen=seen_in(raw, sure))
    assert found.raw == raw
    assert Text.replay(raw, found.ledger()) == found


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("Thông tư số 39/2012/TI-BTC", "Thông tư số 39/2012/TT-BTC"),
        ("Chỉ thị 1549-CT/IW", "Chỉ thị 1549-CT/TW"),
        ("số 46/B1111-THH ngày", "số 46/BTTTT-THH ngày"),
        ("Nghị định 14/2025NĐ-CP", "Nghị định 14/2025/NĐ-CP"),
        ("- Lưu: VI, KT.", "- Lưu: VT, KT."),
        ("- SởGD&ĐT;", "- Sở GD&ĐT;"),
        ("TỈNH QUẢNGNINH", "TỈNH QUẢNG NINH"),
    ],
)
def test_symbols_and_words_run_together(read: str, right: str) -> None:
    assert mended(read, 0.9).clean == right
    assert mend(read, lines_in(read)).clean == read  # no picture, no misreading


@pytest.mark.parametrize(
    "words",
    [
        "12/KH-THCS",
        "số 7/QĐ-CTN",
        "- Lưu: VP",
        "TRƯỜNG THPT NGUYỄN DU",
        "MTTQVN",
        "15/11/2017",
        "lớp 10/1B",
        "căn 12-T1",
        "2011-IT",
    ],
)
def test_symbols_and_names_that_nobody_knows_stay(words: str) -> None:
    assert mended(words, 0.9).clean == words
