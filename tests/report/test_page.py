"""The page in a real Chromium: every number against the records, filters, clicks to the proof, no fault."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import extract, pipe
from extractor.report import Entry, report
from tests.browser import Browser, Opened
from tests.conftest import ROOT
from tests.report import recount
from tests.report.chain import CHAIN, THEME

pytest.importorskip("sklearn", reason="SKIPPED: the report needs scikit-learn")
HOSTILE = "</script><script>document.title='x'</script><img src=x onerror=alert(1)>=1+1"


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """The corpus, a chain of four, the plans beside the checkout where they are, and a hostile title."""
    folders = [ROOT / "corpus/plans", ROOT / "corpus/found/plans"]
    files = [file for folder in folders for file in sorted(folder.iterdir()) if file.suffix != ".pdf"]
    files.append(ROOT / "corpus/scans/plans/thi-xa-2012-trong-cay.fax.tif")
    files += sorted((ROOT.parent / "shared" / "plans").glob("00*.txt"))
    read = zip(files, pipe(files), strict=True)
    found = [Entry(f"{f.parent.parent.name}/{f.name}", r.to_dict()) for f, r in read if not r.failed]
    found += [Entry(path, extract(text).to_dict()) for path, text in CHAIN.items()]
    evil = json.loads(found[-1].record and json.dumps(found[-1].record))
    evil["fields"]["title"]["value"] = evil["fields"]["issuer"]["value"]["name"] = HOSTILE
    evil["fields"]["number"] |= {"value": None, "status": "absent"}
    evil["source"]["sha256"] = "0" * 64
    return [*found, Entry("../../etc/passwd", evil)]


@pytest.fixture(scope="module")
def records(entries: list[Entry]) -> list[dict[str, Any]]:
    return [
        dict(entry.record) for entry in sorted(entries, key=lambda e: (e.path, e.record["source"]["sha256"]))
    ]


@pytest.fixture(scope="module")
def page(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "kho" / "bo").mkdir(parents=True)
    (folder / "kho/bo/01.txt").write_text(CHAIN["bo/01.txt"], "utf-8")
    (folder / "kho/bo/01.txt.view.html").write_text("<p>view</p>", "utf-8")
    target = folder / "report.html"
    target.write_text(report(entries, files=folder / "kho", target=target).html, "utf-8")
    return target


@pytest.fixture
def opened(browser: Browser, page: Path) -> Iterator[Opened]:
    with browser.open(page) as one:
        ready(one)
        yield one
        assert one.errors == []
        assert one.requests == []


def ready(opened: Opened) -> None:
    opened.page.wait_for_selector("html[data-ready]", timeout=60_000)
    opened.evaluate("R.drawAll()")


def numbers(opened: Opened, kind: str) -> Counter[str]:
    """Key → number, of all charts' parts of one kind that can be clicked; those of zero are left out."""
    found = opened.evaluate(
        "[...document.querySelectorAll('[data-key]')].map((one) => [one.dataset.key, +one.dataset.n])"
    )
    return Counter({key: n for key, n in found if key.startswith(kind) and n})


def table(opened: Opened, name: str) -> list[list[str]]:
    """The rows of a table, from the CSV that it saves."""
    text = opened.saved(f'[data-csv="{name}"]')
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]


def home(opened: Opened, name: str) -> dict[str, str]:
    names = "core.groups.map((g) => (Array.isArray(g) ? g[0] : g))"
    return opened.evaluate(
        f"(() => {{ const core = R.core.{name}, names = {names}; "
        "return Object.fromEntries(core.word.map((w, row) => [core.words[w], names[core.group[row]]])); })()"
    )


def test_heat_map_and_tiles_count_the_records(opened: Opened, records: list[dict[str, Any]]) -> None:
    assert numbers(opened, "heat") == recount.heat(records, "issued")
    assert numbers(opened, "tile") == recount.tiles(records, "63")
    opened.click('#themes [data-choice="today"]')
    assert numbers(opened, "heat") == recount.heat(records, "today")
    assert numbers(opened, "tile") == recount.tiles(records, "34")


def test_labels_and_groups_of_themes_count_the_records(opened: Opened, records: list[dict[str, Any]]) -> None:
    stating = [r for r in records if recount.value(r, "theme")]
    labels = numbers(opened, "label")
    assert sum(labels.values()) == len(stating)
    groups = recount.grouped(records, "theme", home(opened, "themes"))
    rows = table(opened, "Các chủ đề")
    assert {row[0]: tuple(map(int, row[2:5])) for row in rows} == groups
    for row in rows:
        assert sum(map(int, row[5:])) == int(row[2])
    by_label = [sum(int(row[5 + at]) for row in rows) for at in range(5)]
    assert by_label == [labels[f"label|{label}"] for label in (0, 1, 2, 3, -1)]
    chain = next(row for row in rows if row[0] == THEME)
    assert chain[1] == "Tháng hành động vì trẻ em 2024"
    assert [int(n) for n in chain[5:9]] == [3, 1, 0, 0]


def test_slogans_and_their_flow_count_the_records(opened: Opened, records: list[dict[str, Any]]) -> None:
    own = home(opened, "slogans")
    groups = recount.grouped(records, "slogans", own)
    rows = table(opened, "Khẩu hiệu")
    assert {row[0]: tuple(map(int, row[1:4])) for row in rows} == groups
    by: dict[tuple[str, int], set[str]] = {}
    campaigns = opened.evaluate("R.docs.campaign.map((at) => R.core.campaigns[at] ?? null)")
    for record, campaign in zip(records, campaigns, strict=True):
        said = {own[slogan["value"]] for slogan in record["fields"]["slogans"]}
        if said and campaign and recount.year(record):
            by.setdefault((campaign, recount.year(record) or 0), set()).update(said)
    for campaign, year, before, added, dropped, kept in table(opened, "Thêm và bỏ theo năm"):
        now, then = by[campaign, int(year)], by[campaign, int(before)]
        assert [int(added), int(dropped), int(kept)] == [len(now - then), len(then - now), len(now & then)]


def test_variants_stand_side_by_side(opened: Opened) -> None:
    opened.page.locator("#slogans .opener", has_text="bằng cả").first.click()
    words = opened.page.locator("#slogans .variants").inner_text()
    assert "tinh thần" in words
    assert opened.text("#slogans .variants .x, #slogans .variants .c") in ("tinh", "tâm")


def test_the_cascade_is_whole(opened: Opened, records: list[dict[str, Any]]) -> None:
    all_cited = recount.cited(records)
    missing = {(r[0], r[1], r[2]): int(r[3]) for r in table(opened, "Kế hoạch cấp trên chưa có trong kho")}
    links = table(opened, "Từng cặp kế hoạch")
    assert len(links) + sum(missing.values()) == sum(all_cited.values())
    assert all(all_cited[basis] >= n for basis, n in missing.items())
    days = {row[0].split(" – ")[0]: row[3] for row in links}
    assert {days[n] for n in ("58/KH-UBND", "77/KH-UBND", "19/KH-UBND")} == {"20", "14", "9"}
    levels = numbers(opened, "level")
    assert sum(levels.values()) == sum(all_cited.values())
    assert levels["level|central|province"] == levels["level|province|district"] == 1
    assert levels["level|district|commune"] >= 1
    opened.click("#cascade [data-table='Từng cặp kế hoạch'] .opener")
    opened.page.wait_for_selector("#cascade .pair .differs, #cascade .inner p")


def test_duties_and_calendar_count_the_records(opened: Opened, records: list[dict[str, Any]]) -> None:
    rows = table(opened, "Đơn vị và nhiệm vụ")
    assert sum(int(row[3]) for row in rows) == recount.unit_sums(records)[1]
    assert opened.evaluate("R.core.duties.doc.length") == recount.unit_sums(records)[0]
    assert numbers(opened, "due") == recount.due_months(records)
    said = {row[0]: int(row[1]) for row in table(opened, "Báo cáo định kỳ")}
    assert said == recount.recurring(records)
    opened.click('#duties [data-choice="force"]')
    kinds = {row[1] for row in table(opened, "Đơn vị và nhiệm vụ")}
    assert kinds == {"Công an, quân sự"}
    opened.click("#duties .opener")
    opened.page.wait_for_selector("#duties .inner .trust")


def test_statuses_and_notes_count_the_records(opened: Opened, records: list[dict[str, Any]]) -> None:
    assert numbers(opened, "status") == recount.statuses(records)
    stating = [r for r in records if recount.value(r, "theme")]
    check_note(opened, "#themes .foot-note", stating, [r["fields"]["theme"] for r in stating])
    placed = [r["fields"]["issuer"] for r in stating if recount.province(r)]
    parts = [item.get("parts", {}).get("province", item) for item in placed]
    said = opened.page.locator("#themes .foot-note").nth(1).inner_text()
    share = sum(part["status"] == "inferred" for part in parts) / len(parts)
    assert f"tỉnh do suy ra {int(share * 100 + 0.5)}" in said
    slogans = [r for r in records if r["fields"]["slogans"]]
    check_note(opened, "#slogans .foot-note", slogans, [s for r in slogans for s in r["fields"]["slogans"]])
    doing = [r for r in records if r["fields"]["units"]]
    check_note(opened, "#duties .foot-note", doing, [u for r in doing for u in r["fields"]["units"]])


def check_note(opened: Opened, selector: str, records: list[dict[str, Any]], items: list[Any]) -> None:
    said = opened.text(selector)
    assert int(re.search(r"n = (\d+)", said)[1]) == len(records)  # type: ignore[index]
    wanted = [min(99, int(s * 100 + 0.5)) if s < 1 else 100 for s in recount.shares(records, items)]
    assert [int(n) for n in re.findall(r"(\d+)\s%", said)] == wanted


@pytest.mark.parametrize(("name", "wanted"), [("year", "2021"), ("level", "commune"), ("origin", "scan")])
def test_filters_leave_what_they_say(
    opened: Opened, records: list[dict[str, Any]], name: str, wanted: str
) -> None:
    has = {
        "year": lambda r: str(recount.year(r)),
        "level": lambda r: (recount.value(r, "issuer") or {}).get("level"),
        "origin": lambda r: "text" if r["source"]["origin"] == "text" else "scan",
    }[name]
    chosen = [r for r in records if has(r) == wanted]
    opened.page.select_option(f'select[name="{name}"]', wanted)
    opened.evaluate("R.drawAll()")
    assert opened.text("#chosen").startswith(f"{len(chosen)} ")
    assert numbers(opened, "heat") == recount.heat(chosen, "issued")
    assert numbers(opened, "status") == recount.statuses(chosen)
    assert numbers(opened, "due") == recount.due_months(chosen)
    opened.click("#filters button[type=reset]")
    opened.page.wait_for_timeout(100)  # a form is empty after its reset event
    assert opened.text("#chosen").startswith(f"{len(records)} ")


def test_every_cell_lists_its_documents_with_their_proof(
    opened: Opened, records: list[dict[str, Any]]
) -> None:
    for key, n in list(numbers(opened, "heat").items())[:8]:
        opened.click(f'[data-key="{key}"]')
        items = opened.page.locator("#panel .item")
        assert items.count() == n
        quotes = {e["quote"] for r in records for e in r["fields"]["theme"]["evidence"]}
        shown = items.first.locator("blockquote").evaluate(
            "(node) => { const own = node.cloneNode(true); "
            "own.querySelectorAll('.x').forEach((x) => x.remove()); return own.textContent; }"
        )
        assert any(shown in quote or quote in shown for quote in quotes)
        assert items.first.locator(".trust").count() == 1
        opened.press("Escape")
        assert not opened.evaluate("document.getElementById('panel').open")
        assert opened.evaluate("document.activeElement.dataset.key") == key


def test_documents_that_are_there_can_be_opened(opened: Opened) -> None:
    files = opened.evaluate("R.docs.path.map((path, at) => [path, R.docs.file[at], R.docs.view[at]])")
    linked = {path: (file, view) for path, file, view in files if file}
    assert linked == {"bo/01.txt": ("./kho/bo/01.txt", "./kho/bo/01.txt.view.html")}


def test_keys_walk_the_heat_map_and_headings_sort(opened: Opened) -> None:
    opened.page.locator("#themes .heat button").first.focus()
    opened.press("ArrowDown", "ArrowRight")
    place = opened.evaluate(
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]"
    )
    assert place == [2, 2]
    assert opened.evaluate("document.querySelectorAll('#themes .heat [tabindex=\"0\"]').length") == 1
    opened.click("#documents th button")
    assert opened.evaluate("document.querySelector('#documents th').getAttribute('aria-sort')") == "ascending"


def test_a_hostile_document_stays_text_and_no_formula(opened: Opened) -> None:
    assert opened.evaluate("document.title") == "Báo cáo so sánh kế hoạch"
    assert opened.evaluate("document.querySelectorAll('img').length") == 0
    opened.click("#documents th button")
    assert HOSTILE in [row[0] for row in table(opened, "Văn bản")]
    years = {row[5] for row in table(opened, "Văn bản")}
    shown = opened.evaluate(
        "[...document.querySelectorAll('#documents tbody tr')].map((tr) => tr.cells[5].textContent)"
    )
    assert set(shown) <= years
    unsafe = opened.evaluate("K.csv([['=1+1', '+a', '-b', '@c', 5]])")
    assert unsafe.strip("\ufeff\r\n").count("'") == 4


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault(browser: Browser, page: Path, dark: bool) -> None:
    with browser.open(page, dark=dark) as one:
        ready(one)
        one.click("#themes .opener")
        one.click("#duties .opener")
        assert one.faults() == []
        one.click("#themes .cell:not(.none)")
        assert one.faults() == []


def test_narrow_printed_english_and_without_scripts(
    browser: Browser, page: Path, entries: list[Entry], tmp_path: Path
) -> None:
    with browser.open(page, size=(390, 800)) as one:
        ready(one)
        assert one.evaluate("document.documentElement.scrollWidth") <= 390
        one.pdf(tmp_path / "report.pdf")
        assert (tmp_path / "report.pdf").stat().st_size > 10_000
    english = tmp_path / "en.html"
    english.write_text(report(entries[:3], lang="en").html, "utf-8")
    with browser.open(english) as one:
        ready(one)
        assert one.text("h1") == "Plans compared"
        assert one.errors == []
    with browser.open(page, scripts=False) as one:
        assert "JavaScript" in one.page.content()
