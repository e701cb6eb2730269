"""The repair against every class of damage, beside ftfy and underthesea in the same run.

Whole plans of the corpus are damaged, one class at a time, and mended with counts that never saw them; then
the words that are as before are counted. Then single lines: is their class named right? Then speed, growth,
and, where they lie beside the checkout, the real documents.
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import _train  # noqa: E402
from repair_damage import CLASSES, Class  # noqa: E402

from extractor import mend  # noqa: E402
from extractor.ground import counts, models  # noqa: E402

SHIPPED = models.read
SHARED = ROOT.parent / "shared"
EVERY = 5  # of the corpus plans each fifth is held out
LINES = 150  # lines of six syllables and more whose class must be named

# Runs in the environment of the peers; kehoach is measured beside ftfy, in turns.
PEER = """
import json, sys, time
from itertools import pairwise
from difflib import SequenceMatcher
sys.path[:0] = sys.argv[2:3]
sys.path += sys.argv[3:]
import ftfy
from extractor import mend
try:
    from underthesea import text_normalize
except ImportError:
    text_normalize = None
def intact(whole, other):
    a, b = whole.split(), other.split()
    return sum(block.size for block in SequenceMatcher(None, a, b, False).get_matching_blocks()), len(a)
def best(call, text):
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        call(text)
        times.append(time.perf_counter() - begin)
    return min(times)
def straight(text):
    return ftfy.fix_text(text, uncurl_quotes=False)
found = {}
for name, pairs in json.load(open(sys.argv[1], encoding="utf-8")).items():
    row = found[name] = {"ftfy": [0, 0], "underthesea": [0, 0], "times": [0.0, 0.0]}
    for whole, damaged in pairs:
        for key, call in (("ftfy", straight), ("underthesea", text_normalize)):
            if call:
                good, total = intact(whole, call(damaged))
                row[key][0] += good
                row[key][1] += total
        mend(damaged)
        for at, call in enumerate((mend, straight)):
            row["times"][at] += best(call, damaged)
print(json.dumps(found))
"""


def run(python: Path | None) -> int:
    """Print every table; 1 where a bar is missed."""
    plans, lines = held_out(), []
    for text in plans.values():
        lines += [line for line in text.split("\n") if len(re.findall(r"[^\W\d_]+", line)) >= 6]
    random.Random(1).shuffle(lines)
    hide(plans)
    whole = {name: mend(text).clean for name, text in plans.items()}
    pairs: dict[str, list[tuple[str, str]]] = {
        "(clean)": list(zip(whole.values(), whole.values(), strict=True))
    }
    for each in CLASSES:
        pairs[each.name] = [(whole[name], damaged(each, text)) for name, text in plans.items()]
    peers = measure_peers(python, pairs) if python else {}
    print(f"{len(plans)} plans held out of the counts, {sum(map(len, whole.values())):,} characters")
    head = ("class", "before", "kehoach", "bar", "ftfy", "under.", "docs", "lines", "x ftfy")
    print("{:20} {:>7} {:>8} {:>6} {:>7} {:>7} {:>7} {:>7} {:>7}".format(*head))
    missed = [each.name for each in CLASSES if not measure(each, pairs[each.name], lines[:LINES], peers)]
    clean_text(whole, peers)
    records(plans)
    growth()
    real()
    print("missed: " + ", ".join(missed) if missed else "every bar of the table is reached")
    return int(bool(missed))


#: What a clean plan may need: line ends joined, columns set apart, Markdown taken out.
LAYOUT = ("wrap", "columns", "markdown", "html", "page number", "page break", "line end", "glued")


def held_out() -> dict[str, str]:
    """Each fifth clean text plan of the corpus, those left out whose letters are damaged as they are."""
    plans = {path.stem: path.read_text("utf-8") for path in _train.plans() if path.parent.name == "plans"}
    clean = [name for name, text in plans.items() if rules_of(text).keys() <= {*LAYOUT}]
    return {name: plans[name] for name in clean[::EVERY]}


def rules_of(text: str) -> Counter[str]:
    """What the repair does to a text: rule → edits."""
    return Counter(edit.rule for layer in mend(text).layers for edit in layer.edits)


def hide(plans: dict[str, str]) -> None:
    """Count the syllables again without these plans, as long as this program runs."""
    text = _train.counted(plans)
    count_by(lambda name: text)


def count_by(read: Callable[[str], str]) -> None:
    """Use another file of counts from now on."""
    models.read = read  # type: ignore[assignment]
    counts.counts.cache_clear()
    counts.cost.cache_clear()


def damaged(each: Class, text: str) -> str:
    """The text with this damage, always the same."""
    return each.damage(text, random.Random(each.name))


def measure(each: Class, pairs: list[tuple[str, str]], lines: list[str], peers: dict[str, Any]) -> bool:
    """One row of the table; whether its bars are reached."""
    good = total = before = named = 0
    for whole, broken in pairs:
        text = mend(broken)
        one, of = intact(whole, text.clean)
        good, total, before = good + one, total + of, before + intact(whole, broken)[0]
        named += class_of(text) in each.rules
    told, asked = named_lines(each, lines)
    share, right = good / total, told / asked
    peer = peers.get(each.name, {})
    cells = [f"{before / total:7.3f}", f"{share:8.4f}", f"{each.bar:6.3f}"]
    cells += [
        f"{peer[key][0] / peer[key][1]:7.3f}" if peer.get(key, [0, 0])[1] else "      -" for key in PEERS
    ]
    cells += [f"{named:3}/{len(pairs):<3}", f"{right:7.3f}"]
    cells += [f"{peer['times'][1] / peer['times'][0]:7.2f}" if peer else "      -"]
    print(f"{each.name:20} " + " ".join(cells), flush=True)
    return share >= each.bar and named == len(pairs) and right >= 0.98


PEERS = ("ftfy", "underthesea")


def named_lines(each: Class, lines: list[str]) -> tuple[int, int]:
    """How many lines that the damage changes in two words or more have their class named right."""
    told = asked = 0
    for line in lines:
        broken = damaged(each, line)
        if sum(a != b for a, b in zip(line.split(), broken.split(), strict=False)) > 1:
            asked += 1
            told += class_of(mend(broken)) in each.rules
    return told, asked


def class_of(text: Any) -> str:
    """The rule that most edits of a ledger name."""
    rules = Counter(e.rule for layer in text.layers for e in layer.edits if e.rule not in LAYOUT)
    return rules.most_common(1)[0][0] if rules else ""


def intact(whole: str, other: str) -> tuple[int, int]:
    """How many words of ``whole`` stand in ``other``, by alignment, and of how many."""
    a, b = whole.split(), other.split()
    return sum(block.size for block in SequenceMatcher(None, a, b, False).get_matching_blocks()), len(a)


def measure_peers(python: Path, pairs: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """What the peers make of the damaged texts, and how fast they and kehoach are, in one process."""
    site = next(ROOT.glob(".venv/lib/python3*/site-packages"))
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(pairs, file)
        file.flush()
        command = [python, "-c", PEER, file.name, ROOT, site]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def clean_text(whole: dict[str, str], peers: dict[str, Any]) -> None:
    """Clean text stays, and how fast."""
    edited = sum(map(rules_of, whole.values()), Counter())
    print(f"clean text            edits: {dict(edited) or 'none'}")
    if peers:
        row = peers["(clean)"]
        ratio = row["times"][1] / row["times"][0]
        ours, other = (sum(row["times"][at] for row in peers.values()) for at in (0, 1))
        print(f"  speed               {ratio:.2f} x ftfy (bar 4); damages {other / ours:.2f} x (bar 1)")


def records(plans: dict[str, str]) -> None:
    """From bytes to record: how many fields of a plan in a legacy code page are those of the plan itself."""
    from extractor import extract, legacy

    same: Counter[str] = Counter()
    total = 0
    for text in plans.values():
        whole = extract(text).to_dict(plain=True)
        total += len(whole)
        for page in ("tcvn3", "vni", "viscii", "vps", "cp1258", "viqr"):
            content = legacy.encode(straight(text), page, "replace")
            found = extract(content, name="plan.txt").to_dict(plain=True)
            same[page] += sum(straight(str(found[key])) == straight(str(whole[key])) for key in whole)
    print(f"records of .txt files  fields as in Unicode, of {total}: {dict(same)}")


def straight(text: str) -> str:
    """Typography that some code pages lack, in ASCII."""
    return text.translate(str.maketrans("“”‘’–…", "\"\"''-."))


def growth() -> None:
    """Time against length, to 10 MB: of a plan again and again, whole and in TCVN3."""
    text = min(held_out().values(), key=lambda text: abs(len(text) - 6000))
    for name, unit in (("clean", text), ("TCVN3", damaged(CLASSES[3], text))):
        times, size = [], len(unit.encode())
        for goal in (1_250_000, 2_500_000, 5_000_000, 10_000_000):
            long = unit * (goal // size)
            times.append(min(seconds(long) for _ in range(2)))
        ratios = [b / a for a, b in pairwise(times)]
        print(
            f"growth, {name:12}  to 10 MB: {times[-1]:.1f} s, x {max(ratios):.2f} at most when length doubles"
        )


def seconds(text: str) -> float:
    """How long it takes to mend a text."""
    begin = time.perf_counter()
    mend(text)
    return time.perf_counter() - begin


def real() -> None:
    """The real documents, where they lie beside the checkout."""
    if not SHARED.is_dir():
        print("no real documents beside the checkout")
        return
    count_by(SHIPPED)  # which hold no word of them
    for path in sorted((SHARED / "plans").glob("00[03]*.txt")):
        print(f"{path.name[:3]}                   edits: {dict(rules_of(path.read_text('utf-8'))) or 'none'}")
    dropped_glyphs()
    without_tounicode()


def dropped_glyphs() -> None:
    """Letters and punctuation put back in the plan that lost them, the set of lost letters not given."""
    raw = next((SHARED / "plans").glob("001*.txt")).read_text("utf-8")
    found = dict(dropped(raw))
    plain = raw.translate(str.maketrans("ƣƢ", "ưƯ"))
    rows = (
        (SHARED / "mojibake" / "dropped_glyphs_seed001.tsv").read_text("utf-8").replace("␣", " ").split("\n")
    )
    tally: Counter[tuple[str, bool]] = Counter()
    for broken, fixed in (row.split("\t")[:2] for row in rows[2:] if "\t" in row):
        at = plain.find(broken.replace("ƣ", "ư"))
        for place, (old, new) in enumerate(zip(broken, fixed, strict=False), at):
            if old != new and at >= 0:
                tally["letters" if new.isalpha() else "signs", found.get(place) == new] += 1
            elif place in found and old == " ":
                tally["false", True] += 1
    counted = {
        key: f"{tally[key, True]} of {tally[key, True] + tally[key, False]}" for key in ("letters", "signs")
    }
    print(f"001 dropped glyphs    {counted}, false insertions {tally['false', True]}")


def dropped(raw: str) -> Iterator[tuple[int, str]]:
    """Where in ``raw`` a lost glyph was put back, and which."""
    from extractor.ground.text import Span, Text

    text, step = mend(raw), Text.of(raw)
    for layer in text.layers:
        for edit in layer.edits:
            if edit.rule.startswith("dropped"):
                yield step.raw_span(Span(edit.start, edit.end)).start, edit.new
        step = step.edited(layer.name, layer.edits)


def without_tounicode() -> None:
    """The PDF whose fonts lack ToUnicode, against its clean text: words in any order (columns differ)."""
    from extractor.pipeline import mended

    path = SHARED / "plans" / "d01-1105-kh-dkt.pdf"
    ours = Counter(re.findall(r"[^\s|]+", mended(path).text.clean))
    whole = Counter(re.findall(r"[^\s|]+", path.with_suffix(".clean.txt").read_text("utf-8")))
    wrong = sum(len(word) * count for word, count in (whole - ours).items())
    text = re.sub(r"[\s|]", "", mended(path).text.clean)
    codes = {word for word in whole if re.search(r"\d", word) and word not in text}
    total = sum(len(word) * count for word, count in whole.items())
    print(f"d01 without ToUnicode {wrong / total:.4f} of characters differ; codes lost: {codes or 'none'}")
