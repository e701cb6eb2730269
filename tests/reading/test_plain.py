"""Plain text: every encoding that plans come in, pages at form feeds, no binary rubbish."""

import pytest
from reading_checks import check

from extractor.ground.trouble import Trouble
from extractor.reading import read

TEXT = "KẾ HOẠCH\nTổ chức Ngày hội đọc sách năm 2031 của trường"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_all_its_encodings(encoding: str) -> None:
    source = check(read(TEXT.encode(encoding), "a.txt"))
    assert source.raw == TEXT
    assert source.lines == ()
    assert source.media_type == "text/plain"


def test_big_endian_mark() -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")).raw == TEXT


def test_line_ends_become_line_feeds() -> None:
    assert read(b"one\r\ntwo\rthree\nfour").raw == "one\ntwo\nthree\nfour"


def test_a_bad_byte_is_kept_as_a_sign_and_noted() -> None:
    source = read(TEXT.encode() + b" \xff.")
    assert source.raw == TEXT + " \ufffd."
    assert source.notes[0][0] == "bad_bytes"


def test_legacy_bytes_keep_one_character_each() -> None:
    content = "KÕ ho¹ch tæ chøc ngµy héi ®äc s¸ch".encode("cp1252") + b"\x81\x90"
    source = read(content)
    assert len(source.raw) == len(content)
    assert source.raw.startswith("KÕ ho¹ch tæ chøc")
    assert source.raw.endswith("\x81\x90")


def test_windows_1258_by_its_marks() -> None:
    text = "kê\u0301 hoa\u0323ch tô\u0309 chư\u0301c nga\u0300y hô\u0323i đo\u0323c sa\u0301ch"
    assert read(text.encode("cp1258")).raw == text


def test_form_feeds_end_pages_and_stay() -> None:
    source = check(read("trang một\fTrang hai\fTrang ba".encode()))
    assert [source.raw[page.start : page.end] for page in source.pages] == [
        "trang một\f",
        "Trang hai\f",
        "Trang ba",
    ]


def test_markdown_by_its_suffix() -> None:
    assert read(b"# Title", "a.md").media_type == "text/markdown"


def test_stray_html_tags_do_not_make_a_web_page() -> None:
    assert read("<b>KẾ HOẠCH</b> năm 2031".encode(), "a.txt").media_type == "text/plain"


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b" \n ", "empty"), (b"\0\1\2\3" * 50, "not_text")]
)
def test_refusals(content: bytes, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        read(content, "a.txt")
    assert caught.value.code == code
    assert "\n" not in str(caught.value)
