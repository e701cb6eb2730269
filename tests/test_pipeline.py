"""The Python door: what goes in, what comes out, what is refused and how."""

import ast
import io
import pickle
from pathlib import Path

import pytest

import extractor
from extractor import Missing, Misuse, Record, Trouble, extract, mend, pipe
from extractor.fields import fields
from extractor.record import SCHEMA
from extractor.schema import schema

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN ĐÔNG GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 41/KH-UBND
Đông Giang, ngày 03 tháng 3 năm 2020

KẾ HOẠCH
Tổ chức Tết trồng cây năm 2020

Thực hiện Kế hoạch số 812/KH-UBND ngày 20/02/2020 của UBND tỉnh Quảng Nam,
UBND huyện ban hành Kế hoạch:

I. THỜI GIAN
Từ ngày 10/3/2020 đến ngày 25/3/2020.
II. TỔ CHỨC THỰC HIỆN
1. Hạt Kiểm lâm huyện: Cấp cây giống; báo cáo UBND huyện trước ngày 31/3/2020.
"""


def test_a_text_a_file_and_its_bytes_give_the_same_values(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")
    plain = extract(PLAN).to_dict(plain=True)
    assert plain["number"] == "41/KH-UBND"
    assert plain["issuer"]["name"] == "Ủy ban nhân dân huyện Đông Giang"
    assert plain["issuer"]["province"] == "Quảng Nam"
    assert extract(file).to_dict(plain=True) == plain
    assert extract(file.read_bytes()).to_dict(plain=True) == plain
    assert extract(io.BytesIO(file.read_bytes())).to_dict(plain=True) == plain
    assert extract(file).source["name"] == "ke-hoach.txt"


def test_a_text_is_never_taken_for_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(PLAN, encoding="utf-8")
    assert extract("a.txt").title.value is None


def test_values_say_status_confidence_and_evidence() -> None:
    record = extract(PLAN)
    assert record.theme.status == "absent"
    assert record.theme.value is None
    province = record.issuer.parts["province"]
    assert province.status == "inferred"
    assert province.evidence[0].quote == "tỉnh Quảng Nam"
    assert 0 < record.number.confidence <= 1
    assert extract(PLAN.replace("41/KH", "    /KH")).number.status == "blank"


def test_typed_names_and_fields_agree() -> None:
    names = [field.name for field in fields()]
    assert names == list(extract(PLAN).fields)
    tree = ast.parse(Path(extractor.record.__file__).read_text("utf-8"))
    typed = next(n for n in ast.walk(tree) if isinstance(n, ast.ClassDef) and n.name == "_Fields")
    assert names == [n.target.id for n in typed.body if isinstance(n, ast.AnnAssign)]  # type: ignore[union-attr]
    with pytest.raises(AttributeError, match="no field 'thme'"):
        _ = extract(PLAN).thme  # type: ignore[attr-defined]


def test_mend_keeps_the_way_back() -> None:
    text = mend("Uỷ ban nhân dân phƣờng")
    assert text.clean == "Uỷ ban nhân dân phường"
    at = text.clean.index("ường")
    assert text.raw_span(extractor.ground.text.Span(at, at + 1)).of(text.raw) == "ƣ"


@pytest.mark.parametrize(
    ("make", "code", "exit_code"),
    [
        (lambda d: d / "missing.txt", "not_found", 2),
        (lambda d: d, "is_folder", 2),
        (lambda d: _file(d / "empty.txt", b""), "empty", 4),
        (lambda d: _file(d / "noise.bin", bytes(range(256)) * 20), None, 4),
        (lambda d: _file(d / "scan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64), None, 4),
        (lambda d: _file(d / "cut.pdf", b"%PDF-1.7\n1 0 obj\n<<"), None, 4),
    ],
    ids=["wrong path", "folder", "empty file", "binary", "picture", "damaged pdf"],
)
def test_a_refusal_is_one_line_with_a_remedy(tmp_path: Path, make, code: str | None, exit_code: int) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Trouble) as caught:
        extract(make(tmp_path))
    trouble = caught.value
    assert trouble.exit_code == exit_code
    assert code is None or trouble.code == code
    assert trouble.remedy
    assert "\n" not in str(trouble)
    assert isinstance(trouble, Trouble | Misuse | Missing)
    assert str(pickle.loads(pickle.dumps(trouble))) == str(trouble)


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stream_keeps_its_order_and_outlives_failures(tmp_path: Path, workers: int) -> None:
    good = _file(tmp_path / "a.txt", PLAN.encode())
    records = list(pipe([good, tmp_path / "no.txt", b"", PLAN], workers))
    assert [r.failed for r in records] == [False, True, True, False]
    assert records[1].notes[0].code == "reading.not_found"
    assert records[1].to_dict(plain=True)["number"] is None
    assert records[0].to_dict(plain=True) == records[3].to_dict(plain=True)


def test_records_of_another_schema_are_refused() -> None:
    data = extract(PLAN).to_dict()
    assert data["schema"] == SCHEMA
    for version in ("2.0", "1.99", "", "x"):
        with pytest.raises(Trouble, match="schema"):
            Record.from_dict({**data, "schema": version})
    with pytest.raises(Trouble, match="not a full record"):
        Record.from_dict({"schema": SCHEMA})


def test_the_published_schema_describes_real_records() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for source in (PLAN, "", "Không có gì ở đây cả."):
        assert list(validator.iter_errors(extract(source).to_dict())) == []
    broken = extract(PLAN).to_dict()
    broken["fields"]["number"]["status"] = "certain"
    assert list(validator.iter_errors(broken))


def test_the_package_says_its_version_once() -> None:
    from importlib.metadata import version

    assert version("kehoach") == extractor.__version__


def test_a_page_that_nobody_can_repair_is_named_and_trusted_less() -> None:
    scanned = (
        "III. KINH PHI. Uy ban nhdn ddn huyQn b6 tri kinh phi tr6ng cdy tt ng6n s6ch huyQn ndm 2020; c6c xd "
        "vi thi tr6n tU c6n ddi. C6c co quan, don vi g6p cdy gi6ng vd c6ng 1ao dQng theo kh6 ndng cria minh."
    )
    whole = extract(PLAN)
    record = extract(PLAN + "\f" + scanned)
    note = next(note for note in record.notes if note.code == "foreign_ocr_layer")
    assert note.message.startswith("page 2 was read by an OCR program that knows no Vietnamese")
    assert note.span is not None
    assert record.text is not None
    assert note.span.of(record.text.clean).startswith("III. KINH PHI")
    assert record.number == whole.number
    assert record.theme.status == "absent"
    assert record.theme.confidence < whole.theme.confidence
    dark = extract(scanned)
    assert {note.code for note in dark.notes} >= {"foreign_ocr_layer", "illegible"}
    assert dark.theme.status == "unreadable"


def test_legacy_text_that_stays_is_called_unreadable() -> None:
    record = extract(
        "?y ban nhân dân xã xây d?ng k? ho?ch tr?ng cây ??u n?m c?a xã, các thôn b?n và tr??ng h?c"
    )
    assert [note.code for note in record.notes if note.code.endswith("text")] == ["unreadable_text"]
