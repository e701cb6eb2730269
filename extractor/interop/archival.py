"""The metadata of documents that an archive has to keep, as CSV: one row a document.

The columns are those of a document ("văn bản") in the data that Thông tư 05/2025/TT-BNV wants of digital
archives, as far as this project knows them; the circular's annex decides, so compare the heads with it before
data are handed over. :data:`COLUMNS` says of each how far to trust it: ``read`` from the document,
``inferred``, or ``never`` filled, as only the archive knows it. What a person should check stands in the last
column.
"""

import csv
import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

from extractor.ground.calibration import ACCEPTED
from extractor.ground.cells import safe
from extractor.ground.field import ABSENT, BLANK, FOUND, INFERRED, UNREADABLE, WITHHELD
from extractor.ground.shape import Shape
from extractor.record import Record, Value

READ, GUESSED, NEVER, OURS = "read", "inferred", "never", "ours"
CODE = Shape(
    "a document's number before its symbol",
    r"(?P<number>\d{1,6}[A-Za-zĐđ]?)(?:\s*[/-]\s*(?P<symbol>\S.*))?",
    yes=("281/KH-UBND", "389-KH/TU", "12a/KHLT-SYT-SGDĐT", "281"),
    no=("KH-UBND", "/KH-UBND", "281 KH"),
    how="fullmatch",
)
_STATUS = {
    FOUND: "đọc được",
    INFERRED: "suy ra",
    BLANK: "để trống",
    ABSENT: "không thấy",
    UNREADABLE: "không đọc được",
    WITHHELD: "chưa đủ chắc",
}


class Column(NamedTuple):
    """``trust`` is ``read``, ``inferred``, ``never``, or ``ours`` for columns that no circular asks for;
    ``field`` names the value of the record that it rests on.
    """

    head: str
    trust: str
    about: str
    cell: Callable[[Record], str] = lambda record: ""
    field: str = ""


def head() -> str:
    """The mark by which Excel knows UTF-8, and the row of heads."""
    return "\ufeff" + _row([column.head for column in COLUMNS])


def row(record: Record) -> str:
    """The row of a record. One whose source could not be read has its name and the reason."""
    return _row([column.cell(record) for column in COLUMNS])


def _row(cells: list[str]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    return file.getvalue()


def _value(record: Record, name: str) -> Value[object] | None:
    value = record.fields.get(name)
    return value if isinstance(value, Value) and value.value is not None else None


def _words(name: str) -> Callable[[Record], str]:
    def cell(record: Record) -> str:
        value = _value(record, name)
        return str(value.value) if value else ""

    return cell


def _number(record: Record) -> str:
    """What stands before the symbol; a number of another form as a whole."""
    printed = _words("number")(record)
    match = CODE.re.fullmatch(printed)
    return match["number"] if match else printed


def _symbol(record: Record) -> str:
    match = CODE.re.fullmatch(_words("number")(record))
    return (match["symbol"] or "") if match else _words("symbol")(record)


def _date(record: Record) -> str:
    """Day, month and year as the document has them (``06/05/2019``, ``05/2019``)."""
    return "/".join(reversed(_words("date")(record).split("-")))


def _issuer(record: Record) -> str:
    value = _value(record, "issuer")
    return str(getattr(value.value, "name", "")) if value else ""


def _pages(record: Record) -> str:
    """The pages of a PDF or pictures; other formats have none until somebody prints them."""
    kind = str(record.source["media_type"])
    return str(record.source["pages"]) if kind == "application/pdf" or kind.startswith("image/") else ""


def _language(record: Record) -> str:
    """The program reads Vietnamese; a text that it cannot read may be anything."""
    dark = record.failed or any(note.code == "illegible" for note in record.notes)
    return "" if dark else "Tiếng Việt"


def _origin(record: Record) -> str:
    """A document of page pictures was digitised; of any other nobody can tell by its file."""
    return "Số hóa" if record.source["origin"] == "ocr" else ""


def _to_check(record: Record) -> str:
    """Columns whose value is less than sure, and why."""
    if record.failed:
        return "; ".join(note.message for note in record.notes)
    return "; ".join(_doubts(record))


def _doubts(record: Record) -> Iterator[str]:
    for column in COLUMNS:
        value = record.fields.get(column.field)
        if not isinstance(value, Value) or (column.field == "symbol" and _value(record, "number")):
            continue
        if value.confidence < ACCEPTED or value.status in (INFERRED, BLANK, UNREADABLE, WITHHELD):
            yield f"{column.head}: {_STATUS.get(value.status, value.status)}, {value.confidence:.2f}"
        elif column.field == "date" and value.value is not None and len(str(value.value)) != _DAY:
            yield f"{column.head}: thiếu ngày"
        elif column.field == "number" and value.value and not CODE.re.fullmatch(str(value.value)):
            yield f"{column.head}: chưa tách được số và ký hiệu"


_DAY = len("2024-05-01")
COLUMNS = (
    Column("Mã định danh văn bản", NEVER, "given by the archive"),
    Column("Mã hồ sơ", NEVER, "given by the archive"),
    Column("Số thứ tự văn bản trong hồ sơ", NEVER, "given by the archive"),
    Column("Tên loại văn bản", READ, "doc_type", _words("doc_type"), "doc_type"),
    Column("Số của văn bản", READ, "number, before its symbol", _number, "number"),
    Column("Ký hiệu của văn bản", READ, "number behind its figures, or symbol", _symbol, "symbol"),
    Column("Ngày, tháng, năm văn bản", READ, "date; 05/2019 where the day is not known", _date, "date"),
    Column("Tên cơ quan, tổ chức ban hành văn bản", READ, "issuer.name, written out", _issuer, "issuer"),
    Column("Trích yếu nội dung", READ, "title", _words("title"), "title"),
    Column("Ngôn ngữ", GUESSED, "Vietnamese, unless the text is illegible", _language),
    Column("Số lượng trang của văn bản", READ, "counted in PDF and pictures, else empty", _pages),
    Column("Ghi chú", NEVER, "for the archivist"),
    Column("Ký hiệu thông tin", NEVER, "given by the archive"),
    Column("Từ khóa", NEVER, "given by the archive"),
    Column("Chế độ sử dụng", NEVER, "decided by the archive"),
    Column("Mức độ tin cậy", GUESSED, "Số hóa where every page is a picture, else empty", _origin),
    Column("Bút tích", NEVER, "handwriting is not looked for"),
    Column("Tình trạng vật lý", NEVER, "of the paper"),
    Column("Tệp", OURS, "name or path of the file", lambda record: str(record.source["name"])),
    Column("SHA-256", OURS, "digest of the file", lambda record: record.id),
    Column("Cần kiểm tra", OURS, "columns that are not sure, and why", _to_check),
)
