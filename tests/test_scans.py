"""Scans end to end: routes, places, writing by hand, what is asked for. Needs the Vietnamese OCR model."""

import io
import sys
from functools import cache
from pathlib import Path

import pytest

from extractor import Missing, Record, extract
from extractor.pipeline import mended
from extractor.reading import ocr

ROOT = Path(__file__).resolve().parents[1]
SCANS = ROOT / "corpus" / "scans" / "plans"
sys.path.insert(0, str(ROOT / "scripts"))

pytestmark = pytest.mark.skipif(not ocr.available(), reason=ocr.REMEDY)


@cache
def record(name: str) -> Record:
    return extract(SCANS / name)


def fax() -> bytes:
    return (SCANS / "thi-xa-2012-trong-cay.fax.tif").read_bytes()


def faxed_pages() -> list:  # type: ignore[type-arg]
    from PIL import Image, ImageSequence

    return [page.copy() for page in ImageSequence.Iterator(Image.open(io.BytesIO(fax())))]


def test_a_scan_says_how_each_page_was_read() -> None:
    source = record("phuong-2021-tre-em.scan.pdf").to_dict()["source"]
    assert source["origin"] == "ocr"
    assert [route["page"] for route in source["routes"]] == [1, 2, 3]
    assert {route["kind"] for route in source["routes"]} == {"no_text_layer"}
    assert all(0 < route["error"] < 0.05 for route in source["routes"])


def test_a_fax_of_several_pages_is_read_from_tiff() -> None:
    plan = record("thi-xa-2012-trong-cay.fax.tif")
    assert plan.source["media_type"] == "image/tiff"
    assert plan.source["pages"] == 2
    assert plan.number.value == "03/KH-UBND"
    assert plan.date.value == "2012-01-09"
    assert [place.page for place in plan.date.evidence[0].places] == [1]


def test_evidence_lies_tight_around_its_words() -> None:
    plan = record("phuong-2021-tre-em.scan.pdf")
    place = plan.place.evidence[0].places[0]
    assert place.page == 1
    assert place.box is not None
    x0, top, x1, bottom = place.box
    assert 595 / 2 < x0 < x1 < 595
    assert 60 < top < bottom < 160
    assert x1 - x0 < 120


def test_what_is_written_by_hand_is_unreadable_and_never_borrowed() -> None:
    plan = record("thcs-2016-duoi-nuoc.hand.pdf")
    assert (plan.number.value, plan.number.status) == (None, "unreadable")
    assert "\ufffd" in plan.number.evidence[0].quote
    assert plan.date.value == "2016-04"
    assert plan.date.rule == "date_line_unreadable"
    assert plan.symbol.value is None


def test_confidence_falls_with_what_was_hard_to_read() -> None:
    clean = extract(ROOT / "corpus" / "plans" / "phuong-2021-tre-em.txt")
    scanned = record("phuong-2021-tre-em.scan.pdf")
    assert scanned.title.value == clean.title.value
    assert scanned.title.confidence < clean.title.confidence


def test_ocr_can_be_left_out_and_forced(tmp_path: Path) -> None:
    with pytest.raises(Missing) as caught:
        extract(SCANS / "phuong-2021-tre-em.scan.pdf", ocr="never")
    assert caught.value.code == "ocr_off"
    digital = ROOT / "corpus" / "plans" / "tinh-2021-chuyen-doi-so.pdf"
    forced, own = extract(digital, ocr="force"), extract(digital)
    assert {route["kind"] for route in forced.source["routes"]} == {"forced"}
    assert {route["kind"] for route in own.source["routes"]} == {"text_layer"}
    assert own.source["origin"] == "text"
    assert forced.number.value == own.number.value
    assert forced.date.value == own.date.value


def test_a_signature_overlay_is_not_the_text() -> None:
    from corpus_scanfile import Text, to_pdf

    overlay = [Text("Ky boi: Uy ban nhan dan thi xa", 300, 40, visible=True)]
    plan = extract(to_pdf(faxed_pages()[:1], 200, [overlay]))
    assert plan.source["routes"][0]["kind"] == "signature_overlay"
    assert plan.number.value == "03/KH-UBND"


FOREIGN = (
    "CQNG HOA XA HQI CHU NGHIA DQc lfp - Tg do - H4nh phric C6ng ty nghiQp phgc vg tlat thi6t bi n0i dung"
)


@pytest.mark.parametrize("trusted", [False, True])
def test_a_useless_text_layer_is_replaced_by_the_picture(
    monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    """Seen at once, or (``trusted``) only when the repair finds that no word is one."""
    from corpus_scanfile import Text, to_pdf

    layer = [Text(FOREIGN, 60, 60 + 14 * n) for n in range(40)]
    content = to_pdf(faxed_pages()[:1], 200, [layer])
    if trusted:
        monkeypatch.setattr("extractor.reading.layer.route", lambda page, text, frame: "text_layer")
        assert mended(content, ocr="never").legibility.pages == (1,)
    plan = extract(content)
    assert plan.source["routes"][0]["kind"] == "foreign_ocr_layer"
    assert plan.source["routes"][0]["origin"] == "ocr"
    assert plan.number.value == "03/KH-UBND"


def test_a_page_on_its_side_is_set_upright() -> None:
    out = io.BytesIO()
    faxed_pages()[0].transpose(2).save(out, "PNG", dpi=(200, 200))
    plan = extract(out.getvalue())
    assert plan.source["routes"][0]["turn"] in (90, 270)
    assert plan.number.value == "03/KH-UBND"
    box = plan.date.evidence[0].places[0].box
    assert box is not None
    assert box.bottom - box.top > box.x1 - box.x0


def test_two_workers_read_what_one_reads() -> None:
    from extractor import pipe

    paths = sorted(SCANS.iterdir())[:2]
    assert [r.to_json() for r in pipe(paths, workers=2)] == [r.to_json() for r in pipe(paths)]
