"""DOCX: numbers, notes, boxes and tables as the page shows them."""

import zipfile
from io import BytesIO

import pytest
from reading_builders import docx, level, lists, numbered, p, r, table
from reading_checks import check, opens, texts

from extractor.ground.trouble import Trouble
from extractor.reading import read
from extractor.reading.numbering import numeral

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def lines(body: str, **parts: str) -> list[str]:
    return texts(read(docx(body, **parts), "a.docx"))


def test_paragraphs_tabs_hyphens_and_symbols() -> None:
    inside = (
        "<w:r><w:t>Số</w:t><w:tab/><w:t>12/KH</w:t><w:noBreakHyphen/><w:t>TV</w:t><w:softHyphen/></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>'
    )
    assert lines(p(inside)) == ["Số\t12/KH-TV•"]


def test_hidden_and_deleted_text_is_left_out_inserted_text_stays() -> None:
    body = p(
        r("hiện") + r(" ẩn", "<w:vanish/>") + "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        f"<w:ins>{r(' thêm')}</w:ins><w:moveFrom>{r('cũ')}</w:moveFrom>"
    )
    assert lines(body) == ["hiện thêm"]


def test_wrappers_are_opened() -> None:
    body = p(f"<w:hyperlink>{r('một ')}</w:hyperlink><w:smartTag>{r('hai ')}</w:smartTag>") + (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('ba')}</w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["một hai ", "ba"]


def test_fields_show_their_result() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(p(r("trang ") + field + r(" hết"))) == ["trang 7 hết"]


def test_an_unfinished_field_swallows_no_later_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert lines(p(r("một") + begin) + p("hai")) == ["một", "hai"]


def test_a_break_goes_on_but_a_list_mark_after_it_may_open() -> None:
    source = read(docx(p("<w:r><w:t>Dòng một</w:t><w:br/><w:t>tiếp</w:t><w:br/><w:t>- mục</w:t></w:r>")))
    assert texts(source) == ["Dòng một", "tiếp", "- mục"]
    assert opens(source) == [True, False, None]


def test_numbers_count_nest_and_restart() -> None:
    definition = lists(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")
    )
    body = (
        numbered("Mục đích") + numbered("một", level=1) + numbered("chữ", level=2) + numbered("chữ", level=2)
        + numbered("hai", level=1) + numbered("Nội dung") + numbered("lại một", level=1)
    )  # fmt: skip
    assert lines(body, numbering=definition) == [
        "I. Mục đích", "1. một", "a) chữ", "b) chữ", "2. hai", "II. Nội dung", "1. lại một",
    ]  # fmt: skip


def test_legal_numbers_are_decimal_and_levels_join() -> None:
    definition = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    assert lines(numbered("A") + numbered("B", level=1), numbering=definition) == ["I. A", "1.1. B"]


def test_a_start_override_begins_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    definition = lists(level(0, "decimal", "%1."), overrides=override)
    body = numbered("a") + numbered("b") + numbered("c", number=2) + numbered("d", number=2)
    assert lines(body, numbering=definition) == ["1. a", "2. b", "5. c", "6. d"]


@pytest.mark.parametrize(
    ("mark", "shown"), [("\uf0b7", "- a"), ("–", "- a"), ("+", "+ a"), ("*", "* a"), ("•", "• a")]
)
def test_bullets(mark: str, shown: str) -> None:
    assert lines(numbered("a"), numbering=lists(level(0, "bullet", mark))) == [shown]


def test_number_zero_and_suffix_nothing() -> None:
    definition = lists(level(0, "decimal", "%1)", '<w:suff w:val="nothing"/>'))
    assert lines(numbered("a") + numbered("b", number=0), numbering=definition) == ["1)a", "b"]


def test_a_style_brings_its_number_and_its_looks() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1"><w:basedOn w:val="H"/></w:style>'
    )
    source = read(
        docx(p("Mục", '<w:pStyle w:val="H1"/>'), styles=styles, numbering=lists(level(0, "decimal", "%1.")))
    )
    assert texts(source) == ["1. Mục"]
    assert (source.lines[0].bold, source.lines[0].size) == (True, 14.0)


def test_how_a_table_style_dresses_rows_is_no_look_of_a_text() -> None:
    band = '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    look = '<w:style w:type="paragraph" w:styleId="H"><w:rPr><w:sz w:val="28"/></w:rPr></w:style>'
    dressed = f'<w:style w:type="table" w:styleId="T">{band}{band}<w:tblStylePr w:type="x" /></w:style>{look}'
    commented = f"<!-- <w:tblStylePr -->{look}<w:style><w:tblStylePr></w:tblStylePr></w:style>"
    for styles in (dressed, commented):
        source = read(docx(p("Mục", '<w:pStyle w:val="H"/>'), styles=styles))
        assert (source.lines[0].bold, source.lines[0].size) == (False, 14.0)


def test_bold_means_all_runs() -> None:
    source = read(
        docx(p(r("đậm", "<w:b/>")) + p(r("đậm", "<w:b/>") + r(" thường")) + p(r("x", '<w:b w:val="0"/>')))
    )
    assert [line.bold for line in source.lines] == [True, False, False]


def test_footnotes_follow_their_paragraph() -> None:
    notes = f'<w:footnote w:id="4">{p("<w:r><w:footnoteRef/></w:r>" + r(" Lời chú"))}</w:footnote>'
    body = p(r("Câu") + '<w:r><w:footnoteReference w:id="4"/></w:r>' + r(" tiếp")) + p("Sau")
    assert lines(body, footnotes=notes) == ["Câu[1] tiếp", "[1] Lời chú", "Sau"]


def test_footnotes_of_a_table_follow_it() -> None:
    notes = f'<w:footnote w:id="4">{p("Lời chú")}</w:footnote>'
    cell = p(r("ô") + '<w:r><w:footnoteReference w:id="4"/></w:r>')
    assert lines(table([cell, "b"], ["c", "d"], borders=True), footnotes=notes) == [
        "| ô[1] | b |", "| c | d |", "[1] Lời chú",
    ]  # fmt: skip


def test_text_boxes_follow_once_but_a_letterhead_comes_first() -> None:
    body = (
        p(r("KẾ HOẠCH") + BOX.format(p("Số: 3/KH-TV")))
        + p("x") * 9
        + p(r("neo") + BOX.format(p("trong hộp")))
    )
    assert lines(body) == ["Số: 3/KH-TV", "KẾ HOẠCH", *["x"] * 9, "neo", "trong hộp"]


def test_a_letterhead_is_read_by_columns() -> None:
    cell = p("<w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t><w:br/><w:t>Độc lập - Tự do</w:t></w:r>")
    source = read(
        docx(table(["UBND XÃ AN BÌNH", cell], ["Số: 9/KH-UBND", "An Bình, ngày 2 tháng 3 năm 2031"]))
    )
    assert texts(source) == [
        "UBND XÃ AN BÌNH", "Số: 9/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do",
        "An Bình, ngày 2 tháng 3 năm 2031",
    ]  # fmt: skip
    assert opens(source)[3] is None


def test_a_signature_without_borders_is_a_layout() -> None:
    assert lines(table([p("Nơi gửi:") + p("- Lưu VT"), p("KT. CHỦ TỊCH") + p("Lê Văn Mẫu")])) == [
        "Nơi gửi:", "- Lưu VT", "KT. CHỦ TỊCH", "Lê Văn Mẫu",
    ]  # fmt: skip


def test_a_real_table_is_read_by_rows() -> None:
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("gộp")
    below = "<w:tcPr><w:vMerge/></w:tcPr>" + p("")
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("rộng")
    body = table(["TT", "Việc | ai"], [merged, p("a") + p("b")], [below, "c"], [wide], borders=True)
    assert lines(body) == ["| TT | Việc / ai |", "| gộp | a b |", "|  | c |", "| rộng |"]


def test_numbers_and_nested_tables_in_cells() -> None:
    inner = table(["x", "y"], ["z", "t"], borders=True)
    body = table([numbered("một"), inner + p("")], [numbered("hai"), "b"], borders=True)
    assert lines(body, numbering=lists(level(0, "decimal", "%1."))) == [
        "| 1. một | x y z t |",
        "| 2. hai | b |",
    ]


def test_the_page_header_serves_where_the_body_has_no_motto() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="rId1"/></w:sectPr>'
    header = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines(p("KẾ HOẠCH") + section, header1=header) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
    ]
    assert lines(p("KẾ HOẠCH") + section, header1=p("Trang")) == ["KẾ HOẠCH"]


def test_pages_begin_at_breaks_once() -> None:
    manual = p('<w:r><w:br w:type="page"/></w:r>')
    rendered = p("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>")
    section = p("hết", "<w:sectPr/>") + p("bốn") + "<w:sectPr/>"
    body = p("một") + manual + rendered + p("ba", "<w:pageBreakBefore/>") + section
    source = check(read(docx(body)))
    assert [source.raw[page.start : page.end].strip() for page in source.pages] == [
        "một",
        "hai",
        "ba\nhết",
        "bốn",
    ]


def test_damaged_empty_and_encrypted_files_are_told_apart() -> None:
    whole = docx(p("a"))
    for content, code in ((whole[:-40], "damaged"), (docx("<w:p>"), "damaged"), (docx(p("")), "empty")):
        with pytest.raises(Trouble) as caught:
            read(content)
        assert caught.value.code == code


def test_a_zip_bomb_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 20_000_000)
    with pytest.raises(Trouble) as caught:
        read(buffer.getvalue())
    assert caught.value.code == "too_large"


def test_entities_are_not_resolved() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        body = p(r("a&amp;b")).replace("a&amp;b", "a&bomb;b")
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE x [<!ENTITY bomb SYSTEM "file:///etc/hostname">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        )
    assert texts(read(buffer.getvalue())) == ["a"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (29, "lowerRoman", "xxix"),
        (5, "lowerLetter", "e"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
    ],
)
def test_numerals(number: int, form: str, text: str) -> None:
    assert numeral(number, form) == text
