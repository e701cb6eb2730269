"""Pages to look at: in the measure of the boxes, small in sum, and none where there is nothing to see."""

from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from extractor.reading import read
from extractor.reading import shots as module
from extractor.reading.shots import ALL, MOST, _chosen, shots

SCANS = ("phuong-2021-tre-em.scan.pdf", "thi-xa-2012-trong-cay.fax.tif")


@pytest.mark.slow
@pytest.mark.parametrize("name", SCANS)
def test_pages_have_the_size_in_which_boxes_are_told(corpus: Path, name: str) -> None:
    content = (corpus / "scans" / "plans" / name).read_bytes()
    pages = read(content, name).pages
    made = list(shots(content, name))
    assert [one.page for one in made] == [page.number for page in pages]
    for one, page in zip(made, pages, strict=True):
        assert one.width == pytest.approx(page.width, abs=1)
        assert one.height == pytest.approx(page.height, abs=1)
        picture = Image.open(BytesIO(one.jpeg))
        assert picture.width / picture.height == pytest.approx(one.width / one.height, rel=0.01)


def test_many_pages_stay_small_together(corpus: Path) -> None:
    one = pypdfium2.PdfDocument((corpus / "scans" / "plans" / SCANS[0]).read_bytes())
    many = pypdfium2.PdfDocument.new()
    for _ in range(10):
        many.import_pages(one)
    file = BytesIO()
    many.save(file)
    made = list(shots(file.getvalue()))
    assert len(made) == 30
    assert sum(len(shot.jpeg) for shot in made) <= ALL


def test_text_and_damaged_files_show_nothing(corpus: Path) -> None:
    assert not list(shots("KẾ HOẠCH".encode()))
    assert not list(shots((corpus / "plans" / "so-2024-cchc.docx").read_bytes()))
    assert not list(shots(b"%PDF-1.4 broken"))
    assert not list(shots(b"\x89PNG\r\n\x1a\n broken"))


def test_a_page_that_cannot_be_drawn_is_left_out(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = module._rendered

    def broken(page: Any, dpi: float) -> Any:
        if next(turns) == 0:
            raise pypdfium2.PdfiumError("broken")
        return drawn(page, dpi)

    turns = count()
    monkeypatch.setattr(module, "_rendered", broken)
    made = list(shots((corpus / "scans" / "plans" / SCANS[0]).read_bytes()))
    assert [shot.page for shot in made] == [2, 3]


def test_pages_with_values_go_first_where_there_are_too_many() -> None:
    chosen = _chosen(MOST + 50, [MOST + 50, 3])
    assert len(chosen) == MOST
    assert {3, MOST + 50} <= set(chosen)
    assert chosen == sorted(chosen)
