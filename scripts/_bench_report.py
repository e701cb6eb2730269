"""How long a report of many records takes, how large it gets, and how soon Chromium paints it.

The records are those of the corpus's plans, varied: other numbers, days, years, provinces, districts, words
of themes and slogans worn, tasks reworded with figures of their own, and chains of parents: ministry →
province → district → commune, whose texts share a part. Seeded; written as one JSON Lines file.
"""

import copy
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
BARS = {"seconds": 60.0, "bytes": 15_000_000, "paint": 2.0}
CHAIN = ("central", "province", "district", "commune")


def seeds() -> list[dict]:
    """The full records of the corpus's text plans."""
    from extractor import pipe

    plans = [
        *sorted((ROOT / "corpus/plans").glob("*.txt")),
        *sorted((ROOT / "corpus/found/plans").glob("*.txt")),
    ]
    return [r.to_dict() for r in pipe(plans) if not r.failed and r.issuer.value]


def varied(count: int, seed: int) -> Iterator[dict]:
    """`count` records, each `{"path", "record"}`; every fourth begins a chain of up to four."""
    from extractor.ground.places import provinces

    dice = random.Random(seed)
    originals, places = seeds(), sorted(set(provinces().values()))
    made = 0
    while made < count:
        original = dice.choice(originals)
        province, year, parent = dice.choice(places), dice.randint(2012, 2026), None
        for step, level in enumerate(CHAIN[dice.randint(0, 3) :]):
            if made == count:
                return
            record = vary(original, dice, province, level, year, parent, step)
            fields = record["fields"]
            parent = (fields["number"]["value"], fields["date"]["value"], fields["issuer"]["value"]["name"])
            yield {"path": f"kho/{year}/{made:05}.txt", "record": record}
            made += 1


def vary(
    original: dict, dice: random.Random, province: str, level: str, year: int, parent: tuple | None, step: int
) -> dict:
    """One record: the original with its own facts, and evidence to match."""
    from corpus_themes import wear

    record = copy.deepcopy(original)
    fields, number = record["fields"], dice.randrange(1, 9999)
    record["source"] |= {
        "sha256": f"{dice.getrandbits(256):064x}",
        "origin": "ocr" if dice.random() < 0.3 else "text",
    }
    name = {"central": "Bộ Y tế", "province": f"Ủy ban nhân dân tỉnh {province}"}.get(
        level, f"Ủy ban nhân dân {'huyện' if level == 'district' else 'xã'} Số {number % 90}"
    )
    state(
        fields["issuer"],
        fields["issuer"]["value"]
        | {"name": name, "level": level, "province": None if level == "central" else province},
    )
    state(fields["number"], f"{number}/KH-{'BYT' if level == 'central' else 'UBND'}")
    state(fields["date"], f"{year}-{min(12, 2 + 2 * step):02}-{dice.randint(1, 28):02}")
    if fields["title"]["value"]:
        state(fields["title"], re.sub(r"(?i)năm \d{4}", f"năm {year}", fields["title"]["value"]))
    if fields["theme"]["value"] and dice.random() < 0.5:
        state(fields["theme"], wear(fields["theme"]["value"], dice))
    fields["slogans"] = [one for one in fields["slogans"] if dice.random() < 0.85]
    for slogan in fields["slogans"]:
        if dice.random() < 0.7:
            state(slogan, wear(slogan["value"], dice))
    for unit in fields["units"]:
        unit["value"]["tasks"] = [
            f"{task} (chỉ tiêu {dice.randint(5, 95)}, đợt {dice.randint(1, 9)})"
            for task in unit["value"]["tasks"]
        ]
    fields["parent_plans"] = [basis(parent)] if parent and dice.random() < 0.9 else fields["parent_plans"]
    if "text" in record and dice.random() < 0.5:
        words = record["text"]["raw"].split(" ")
        for at in dice.sample(range(len(words)), len(words) // 20):
            words[at] = wear(words[at], dice) or "x"
        record["text"] = {"raw": " ".join(words), "layers": []}
    return record


def state(item: dict, value: object) -> dict:
    """Give a value other words; its quote says the same."""
    item |= {"value": value, "status": "found"}
    item["evidence"] = [
        {
            "quote": value if isinstance(value, str) else value["name"],
            "span": [0, 1],
            "places": [{"page": 1, "box": None}],
        }
    ]
    return item


def basis(parent: tuple) -> dict:
    """A parent plan as a record holds it."""
    number, day, issuer = parent
    quote = f"Kế hoạch số {number} của {issuer}"
    proof = {"quote": quote, "span": [0, len(quote)], "places": [{"page": 1, "box": None}]}
    value = {"number": number, "date": day, "issuer": issuer}
    return {
        "value": value,
        "status": "found",
        "confidence": 0.95,
        "rule": "opening_formula",
        "evidence": [proof],
    }


def run(count: int, seed: int, keep: Path | None = None) -> int:
    """Make, report, open; 1 where a bar is missed."""
    from extractor.report import entries_of, report

    with tempfile.TemporaryDirectory() as folder:
        lines, page = Path(folder) / "records.jsonl", keep or Path(folder) / "report.html"
        with open(lines, "w", encoding="utf-8") as file:
            for one in varied(count, seed):
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
        print(f"{count:,} records, {lines.stat().st_size / 1e6:.0f} MB of JSON")
        begin, busy = time.perf_counter(), time.process_time()
        made = report(entries_of(lines))
        page.write_text(made.html, "utf-8")
        seconds, busy = time.perf_counter() - begin, time.process_time() - busy
        size = page.stat().st_size
        print(f"report   {seconds:6.1f} s ({busy:.1f} s of a core)   {size / 1e6:.1f} MB")
        print(f"         {made.documents:,} documents, {len(made.skipped)} left out, tasks cut to {made.cut}")
        paint, ready = painted(page)
        print(f"Chromium first paint {paint:.2f} s, charts drawn after {ready:.2f} s")
    return int(seconds > BARS["seconds"] or size > BARS["bytes"] or paint > BARS["paint"])


def painted(page: Path) -> tuple[float, float]:
    """Seconds from the start of loading to the first paint with content, and to the first charts."""
    from tests.browser import running

    with running() as browser, browser.open(page) as opened:
        opened.page.wait_for_selector("html[data-ready]", timeout=60_000)
        opened.page.wait_for_selector("#themes .cell", timeout=60_000)
        ready = opened.evaluate("performance.now()") / 1000
        paint = opened.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
        if opened.errors:
            print("console:", *opened.errors[:3])
    return float(paint), float(ready)


if __name__ == "__main__":
    sys.exit(
        run(
            int(sys.argv[1]) if len(sys.argv) > 1 else 10_000,
            1,
            Path(sys.argv[2]) if len(sys.argv) > 2 else None,
        )
    )
