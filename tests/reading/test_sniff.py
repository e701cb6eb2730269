"""The kind of a file is told by its bytes; what is no document is refused by name."""

import zipfile
from io import BytesIO

import pytest
from reading_builders import Leaf, docx, p, pdf

from extractor.ground.trouble import Misuse, Trouble
from extractor.reading import read
from extractor.reading.sniff import kind


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, mimetype if name == "mimetype" else b"x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (docx(p("a")), "docx"),
        (pdf(Leaf()), "pdf"),
        (b"\n\n%PDF-1.4 x", "pdf"),
        (b"{\\rtf1 x}", "rtf"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (zipped("mimetype", mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("xl/workbook.xml"), "spreadsheet"),
        (zipped("ppt/presentation.xml"), "slides"),
        (zipped("a.pdf", "b.pdf"), "archive"),
        (b"PK\x03\x04broken", "broken_zip"),
        (b"<!DOCTYPE html><p>a", "html"),
        ("\ufeff<html>".encode(), "html"),
        (b'<?xml version="1.0"?><w:wordDocument>', "wordxml"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "mhtml"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"MZ\x90\0\3", "program"),
        (b"MZ is how this text begins", "text"),
        (b"plain", "text"),
        (b"", "empty"),
    ],
)
def test_kinds(content: bytes, found: str) -> None:
    assert kind(content) == found


def test_the_suffix_only_breaks_ties() -> None:
    assert kind(b"line<br>line", "a.html") == "html"
    assert kind(b"line<br>line", "a.txt") == "text"
    assert kind(docx(p("a")), "a.pdf") == "docx"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\0\0\0\x18ftypheic" + bytes(9), "unknown_format"),
        (zipped("xl/workbook.xml"), "spreadsheet"),
        (zipped("a.pdf"), "archive"),
        (b"MZ\x90\0\3", "unknown_format"),
        (b"ID3\0\1", "unknown_format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE, "unknown_format"),
    ],
)
def test_refusals_say_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(Trouble) as caught:
        read(content)
    assert caught.value.code == code
    assert caught.value.remedy.endswith(".")


def test_an_unknown_ocr_choice_is_misuse() -> None:
    with pytest.raises(Misuse):
        read(b"a", ocr="perhaps")
