"""HTML: blocks are lines, tables as in DOCX, nothing is fetched."""

import pytest
from reading_checks import opens, texts

from extractor.ground.trouble import Trouble
from extractor.reading import read


def page(body: str) -> list[str]:
    return texts(read(f"<html><body>{body}</body></html>".encode(), "a.html"))


def test_blocks_breaks_and_white_space() -> None:
    source = read(
        "<!doctype html><div>KẾ\n  HOẠCH</div><p>một<br>hai <b>ba</b></p><p><b>bốn</b></p>đuôi".encode()
    )
    assert texts(source) == ["KẾ HOẠCH", "một", "hai ba", "bốn", "đuôi"]
    assert opens(source) == [True, True, None, True, True]
    assert [line.bold for line in source.lines] == [False, False, False, True, False]


def test_scripts_styles_and_navigation_are_dropped() -> None:
    assert page("<nav>menu</nav><script>x()</script><style>p{}</style><p hidden>y</p><p>z</p>") == ["z"]


def test_lists_print_their_numbers() -> None:
    assert page("<ol type=I start=3><li>ba<ol type=a><li><p>chữ</p></ol><li>bốn</ol><ul><li>gạch</ul>") == [
        "III. ba", "a. chữ", "IV. bốn", "- gạch",
    ]  # fmt: skip


def test_a_letterhead_is_read_by_columns() -> None:
    head = "<tr><td>TRƯỜNG MẪU<br>Số: 4/KH</td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr>"
    assert page(f"<table>{head}</table>") == ["TRƯỜNG MẪU", "Số: 4/KH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]


def test_a_real_table_is_read_by_rows() -> None:
    rows = "<tr><th rowspan=2>TT</th><th>a|b</th></tr><tr><td><p>c</p><p>d</p></td></tr>"
    assert page(f"<table border=1>{rows}</table>") == ["| TT | a/b |", "|  | c d |"]


def test_a_table_that_frames_the_page_is_read_line_by_line() -> None:
    assert page("<table><tr><td><p>một</p><p>hai</p></td></tr></table>") == ["một", "hai"]


def test_the_charset_that_a_page_names() -> None:
    content = b'<html><meta charset="iso-8859-15"><p>' + "caf\u00e9 \u20ac".encode("iso-8859-15") + b"</p>"
    assert texts(read(content)) == ["caf\u00e9 \u20ac"]


def test_a_saved_web_page() -> None:
    content = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\nContent-Type: text/html; "
        b"charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+S+G6vyBob+G6oWNoPC9wPg==\n--X--\n"
    )
    source = read(content)
    assert texts(source) == ["Kế hoạch"]
    assert source.media_type == "multipart/related"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(Trouble) as caught:
        read(b"<html><body><img src=x></body></html>")
    assert caught.value.code == "empty"


def test_deep_nesting_is_refused_not_cut() -> None:
    with pytest.raises(Trouble) as caught:
        read(b"<html>" + b"<div>" * 5000 + b"x")
    assert caught.value.code == "damaged"
