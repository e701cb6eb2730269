"""The page of one document in a real Chromium: clicks reach the proof, corrections become gold, nothing
leaves.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.evaluation import evaluate
from extractor.record import Record
from extractor.view import Viewed, view
from extractor.view.opening import opened
from tests.browser import Browser, Opened
from tests.view.test_view import HOSTILE, hostile

TEXT, SCAN = "plans/huyen-2023-hiv.damaged.txt", "scans/plans/phuong-2021-tre-em.scan.pdf"


def written(page: str, folder: Path) -> Path:
    file = folder / "trang.html"
    file.write_text(page, "utf-8", errors="replace")
    return file


@pytest.fixture(scope="module")
def text(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = corpus / TEXT
    return written(view(opened(plan, plan.name)), tmp_path_factory.mktemp("text"))


@pytest.fixture(scope="module")
def record(corpus: Path) -> Record:
    return extract(corpus / TEXT)


@pytest.fixture(scope="module")
def scan(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = corpus / SCAN
    return written(view(opened(plan, plan.name)), tmp_path_factory.mktemp("scan"))


def calm(page: Opened) -> bool:
    """Nothing was said on the console, nothing asked for outside the file."""
    assert page.errors == []
    assert page.requests == []
    return True


def marked(page: Opened) -> str:
    """The marked words of the text, without what the repair took out."""
    marks = "[...document.querySelectorAll('#text mark')].filter(mark => !mark.closest('del'))"
    return " ".join(page.evaluate(f"{marks}.map(mark => mark.textContent)"))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def in_sight(page: Opened, selector: str, panel: str) -> bool:
    script = """([inner, outer]) => { const a = document.querySelector(inner).getBoundingClientRect(),
        b = document.querySelector(outer).getBoundingClientRect();
        return a.bottom > b.top && a.top < Math.min(b.bottom, innerHeight); }"""
    return bool(page.evaluate(script, [selector, panel]))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "dark"),
    [((1400, 900), False), ((1400, 900), True), ((400, 800), False)],
    ids=["light", "dark", "narrow"],
)
def test_both_pages_are_calm_and_without_fault(
    browser: Browser, text: Path, scan: Path, size: tuple[int, int], dark: bool
) -> None:
    with browser.open(scan, size=size, dark=dark) as page:
        page.click("button.value")
        assert page.faults() == []
        assert calm(page)
    with browser.open(text, size=size, dark=dark) as page:
        page.click("#field-units .edit")
        for tab in ("text", "outline", "repairs"):
            page.click(f"#tab-{tab}")
            assert page.faults() == []
        assert calm(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_click_on_every_value_marks_its_very_words(browser: Browser, text: Path, record: Record) -> None:
    with browser.open(text) as page:
        page.click("input[value=clean]")
        for name, value in record.fields.items():
            many = value if isinstance(value, tuple) else (value,)
            quotes = {squeezed("".join(e.quote for e in one.evidence)) for one in many if one.evidence}
            buttons = page.page.locator(f"#field-{name} button.value")
            assert buttons.count() == sum(1 for one in many if one.evidence)
            for at in range(buttons.count()):
                buttons.nth(at).click()
                assert squeezed(marked(page)) in quotes
                assert in_sight(page, "#text mark", "#panel-text")
        assert calm(page)


def test_the_page_of_a_scan_shows_the_box_of_a_value(browser: Browser, scan: Path) -> None:
    with browser.open(scan) as page:
        page.click("#field-theme button.value")
        assert page.count(".page rect.on") == 1
        assert in_sight(page, ".page rect.on", "#panel-pages")
        assert page.evaluate("document.querySelector('.page rect.on').closest('.page').dataset.page") == "1"
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 500)")
        page.click("#field-signer button.value")
        assert page.evaluate("document.querySelector('.page rect.on').closest('.page').dataset.page") == "3"
        page.click("#tab-text")
        page.click("#field-theme button.value")
        assert "Chung tay bảo đảm" in marked(page)
        assert calm(page)


def test_a_box_on_the_page_leads_to_its_value(browser: Browser, scan: Path) -> None:
    with browser.open(scan) as page:
        page.click("#field-theme button.value")
        box = page.evaluate("document.querySelector('.page rect.on').dataset.proof")
        page.press("Escape")
        assert page.count(".page rect.on") == 0
        page.page.locator(f".page rect[data-proof='{box}']").click(force=True)
        assert page.evaluate("document.activeElement.closest('.card').id") == "field-theme"
        assert calm(page)


def test_sections_lead_to_their_headings(browser: Browser, text: Path) -> None:
    with browser.open(text) as page:
        page.click("#tab-outline")
        page.click(".tree button >> text=KINH PHÍ")
        assert marked(page) == "KINH PHÍ"
        assert page.evaluate("document.querySelector('#tab-text').ariaSelected") == "true"
        assert calm(page)


def test_repairs_are_marked_and_switched(browser: Browser, text: Path) -> None:
    with browser.open(text) as page:
        assert page.count("#text del") > 30
        page.click("input[value=raw]")
        assert "ngƣời" in page.text("#text")
        page.click("input[value=clean]")
        assert "ƣ" not in page.text("#text")
        assert page.count("#text del") == 0
        page.click("#tab-repairs")
        assert "ƣ cho ư" in page.text("#panel-repairs")
        page.click(".sample")
        assert page.evaluate("document.querySelector('.edit.on del').textContent") in ("Õ", "ƣ")
        before = page.count("#text del")
        page.click("#tab-repairs")
        page.click("[data-rule=lookalike]")
        page.click("#tab-text")
        assert page.count("#text del") < before - 30
        assert calm(page)


def test_order_filter_and_keys(browser: Browser, text: Path, scan: Path) -> None:
    first = "document.querySelector('#cards .card').dataset.name"
    with browser.open(scan) as page:
        assert page.evaluate("Number(document.querySelector('#cards .card').dataset.doubt) < .75")
        page.page.select_option("#order", "rank")
        assert page.evaluate(first) == "doc_type"
        all_rows = page.count(".row")
        page.click("#only")
        assert 0 < page.count(".row") < all_rows
        page.click("#only")
        page.click("#next")
        assert page.evaluate("document.activeElement.closest('.row').dataset.doubt < .75")
        page.page.locator("button.value").nth(0).focus()
        page.press("ArrowDown", "Enter")
        assert page.evaluate("document.querySelectorAll('button.value')[1].classList.contains('on')")
        assert page.text("#said").startswith("Chứng cứ")
        page.page.locator("#tab-pages").focus()
        page.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == "tab-text"
        assert calm(page)
    with browser.open(text) as page:
        page.click("#only")
        assert page.count("#calm") == 1


def edited(page: Opened, name: str, at: int, words: str) -> None:
    page.click(f"[data-name={name}] .edit")
    page.page.locator(f"[data-name={name}] .editor textarea").nth(at).fill(words)
    page.click(f"[data-name={name}] .keep")


def test_corrections_become_a_gold_record(
    browser: Browser, text: Path, record: Record, tmp_path: Path
) -> None:
    with browser.open(text) as page:
        assert page.page.locator("#export").is_disabled()
        edited(page, "theme", 0, "  Chủ đề \n đã sửa ")
        edited(page, "units", 2, "Việc một\n\n Việc hai ")
        edited(page, "deadlines", 0, "2023-12-21")
        edited(page, "budget", 0, "")
        page.click("#field-number .confirm")
        page.click("#field-slogans .edit")
        page.click("#field-slogans .editor fieldset button")
        page.click("#field-slogans .keep")
        page.click("#tab-outline")
        edited(page, "outline", 1, "MỤC TIÊU CHUNG")
        assert "Chủ đề đã sửa" in page.text("#field-theme .corrected")
        gold: dict[str, Any] = json.loads(page.saved("#export"))
        assert calm(page)
    plain = record.to_dict(plain=True)
    assert gold["scored"] == ["number", "theme", "slogans", "units", "deadlines", "budget", "outline"]
    assert (gold["theme"], gold["budget"], gold["number"]) == ("Chủ đề đã sửa", None, plain["number"])
    assert gold["units"][0]["tasks"] == ["Việc một", "Việc hai"]
    assert gold["units"][1:] == plain["units"][1:]
    assert gold["deadlines"][0]["date"] == "2023-12-21"
    assert gold["slogans"] == plain["slogans"][1:]
    assert gold["outline"][0] == ["I", "MỤC TIÊU CHUNG"]
    assert set(gold) == {*plain, "scored"}
    for folder, made in (("gold", gold), ("predicted", plain)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(json.dumps(made), "utf-8")
    tallies = evaluate(tmp_path / "gold", tmp_path / "predicted").fields
    assert tallies["number"].f1 == 1.0
    assert tallies["theme"].f1 == 0.0
    assert "issuer.name" not in tallies


def test_a_correction_can_be_undone_and_a_draft_is_kept(browser: Browser, text: Path, record: Record) -> None:
    theme = record.theme.value
    with browser.open(text) as page:
        edited(page, "theme", 0, "Khác")
        page.click("#field-number .confirm")
        page.page.reload()
        assert page.count("#draft") == 1
        assert "Khác" in page.text("#field-theme .corrected")
        page.click("#field-theme .confirm")
        assert page.count("#field-theme .corrected") == 0
        page.click("#field-theme .confirm")
        gold = json.loads(page.saved("#export"))
        assert (gold["theme"], gold["scored"]) == (theme, ["number", "theme"])
        spoilt = json.dumps({"plain": {"units": "none"}, "settled": {"units": True}})
        page.evaluate("draft => localStorage.setItem(localStorage.key(0), draft)", spoilt)
        page.page.reload()
        assert page.count("#draft") == 0
        assert page.page.locator("#export").is_disabled()
        assert calm(page)


def test_a_gold_record_without_corrections_is_the_plain_record(
    browser: Browser, text: Path, record: Record
) -> None:
    with browser.open(text) as page:
        page.click("#confirm-all")
        for name in ("issuer", "units", "deadlines", "parent_plans", "citations", "signer", "period"):
            page.click(f"#field-{name} .edit")
            page.click(f"#field-{name} .keep")
        gold = json.loads(page.saved("#export"))
    scored = gold.pop("scored")
    assert gold == json.loads(record.to_json(plain=True))
    assert scored == list(gold)


def test_a_hostile_record_does_nothing(browser: Browser, record: Record, tmp_path: Path) -> None:
    file = written(view(Viewed(Record.from_dict(hostile(record)))), tmp_path)
    with browser.open(file) as page:
        page.click("button.value")
        page.click("#tab-repairs")
        page.click("#field-theme .edit")
        page.click("#field-theme .keep")
        assert page.evaluate("typeof window.hacked") == "undefined"
        assert page.evaluate("document.title") == HOSTILE
        assert json.loads(page.saved("#export"))["theme"] is not None
        assert calm(page)


def test_without_scripts_everything_can_be_read(browser: Browser, text: Path) -> None:
    with browser.open(text, scripts=False) as page:
        assert "Ngân sách huyện cấp qua Trung tâm Y tế huyện" in page.text("#text")
        assert page.count("#field-theme") == 1


def test_it_prints_on_a4(browser: Browser, text: Path, tmp_path: Path) -> None:
    import pypdfium2

    with browser.open(text, dark=True) as page:
        page.pdf(tmp_path / "in.pdf")
    printed = pypdfium2.PdfDocument(str(tmp_path / "in.pdf"))
    assert [round(side) for side in printed[0].get_size()] == [595, 842]
    words = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
    assert "Tháng hành động quốc gia" in words
    assert "Tải bản ghi chuẩn" not in words
