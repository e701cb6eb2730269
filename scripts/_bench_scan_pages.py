"""What the measures of `bench scan` share: plans rendered and read, their print aligned with the reading."""

import random
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from _bench_repair import LAYOUT, rules_of  # noqa: E402
from corpus_page import Page  # noqa: E402
from corpus_plan import layout  # noqa: E402
from corpus_scan import draw  # noqa: E402
from corpus_scanfile import to_pdf  # noqa: E402
from corpus_wear import wear  # noqa: E402
from PIL import Image  # noqa: E402

from extractor import Trouble, assembly, extract  # noqa: E402
from extractor.ground.source import Source  # noqa: E402
from extractor.record import Record  # noqa: E402

FOLDERS = (ROOT / "corpus" / "plans", ROOT / "corpus" / "found" / "plans")
ODD = ("moi-truong-tam-ky", "phong-thu-dan-su-xa", "hoc-tap-suot-doi", "thanh-pho-2020-sot-xuat-huyet")
QUALITY = 92  # of the JPEG in the scanned PDF: next to no damage of its own
LONGEST = 12  # an inserted run of more characters is a stamp or a footer, no misreading
MISSED: list[str] = []


def chosen(count: int) -> list[Path]:
    """``count`` undamaged text plans, half of each folder, evenly spread over their names."""
    both = [undamaged(folder) for folder in FOLDERS]
    few = min(len(both[0]), (count + 1) // 2)
    return [
        plan for plans, take in zip(both, (few, count - few), strict=True) for plan in spread(plans, take)
    ]


def undamaged(folder: Path) -> list[Path]:
    """The text plans with a gold record in which the repair finds nothing to mend but their layout.

    Left out: those with hard line ends (drawn as they are, each of their lines is a paragraph), and those
    whose letterhead is one line or none at all (:data:`ODD`), which no office prints so.
    """
    layout = {*LAYOUT} - {"wrap"}
    plans = (path for path in sorted(folder.glob("*.txt")) if gold_of(path).is_file())
    return [
        path
        for path in plans
        if ".damaged" not in path.name and path.stem not in ODD and rules_of(text_of(path)).keys() <= layout
    ]


def spread(items: Sequence[Path], count: int) -> list[Path]:
    """``count`` of ``items``, at equal steps."""
    count = min(count, len(items))
    return [items[(2 * at + 1) * len(items) // (2 * count)] for at in range(count)]


def text_of(plan: Path) -> str:
    """The text of a plan."""
    return plan.read_text("utf-8")


def gold_of(plan: Path) -> Path:
    """The gold record of a plan."""
    return plan.parent.parent / "gold" / f"{plan.stem}.json"


def pictures(
    plan: Path, level: str, dpi: int, seed: int, hand: bool = False, most: int | None = None
) -> tuple[list[Image.Image], list[Page]]:
    """The first ``most`` pages of a plan as scanned images, and as they were printed."""
    seed = own_seed(plan, seed)
    rng = random.Random(seed)
    pages = layout(text_of(plan), seed, hand)[:most]
    ink = rng.choice(("blue", "blue", "black"))
    return wear([draw(page, dpi, rng, ink) for page in pages], pages, level, seed, dpi), pages


def own_seed(plan: Path, seed: int) -> int:
    """The seed of a plan's looks: the same whichever plans stand beside it."""
    return seed + zlib.crc32(plan.stem.encode())


@dataclass(frozen=True)
class Read:
    """A rendered plan as kehoach reads it; no record and a ``refusal`` where it does not."""

    plan: Path
    pages: list[Page]
    record: Record | None
    source: Source | None
    refusal: str = ""

    @property
    def raw(self) -> str:
        """The text as OCR gave it."""
        return self.record.text.raw if self.record and self.record.text else ""

    @property
    def clean(self) -> str:
        """The text after the repair."""
        return self.record.text.clean if self.record and self.record.text else ""

    @property
    def plain(self) -> dict[str, Any]:
        """The plain record; empty where there is none."""
        return self.record.to_dict(plain=True) if self.record else {}


@cache
def read(plan: Path, level: str, dpi: int, seed: int, hand: bool = False) -> Read:
    """A plan as a scanned PDF through the whole pipeline."""
    images, pages = pictures(plan, level, dpi, seed, hand)
    return Read(plan, pages, *through(to_pdf(images, dpi, quality=QUALITY), f"{plan.stem}.pdf"))


def through(content: bytes, name: str) -> tuple[Record | None, Source | None, str]:
    """The record of a file, the reading it was made from, and the code of a refusal or a defect."""
    with watched() as sources:
        try:
            record = extract(content, name=name)
        except Trouble as trouble:
            return None, None, trouble.code
        except Exception as error:  # the measure has to survive what it measures
            said = f"DEFECT {type(error).__name__}: {error}"
            MISSED.append(f"{name} {said}")
            return None, None, said
    return record, sources[-1], ""


@contextmanager
def watched() -> Iterator[list[Source]]:
    """Every reading from which a record is made meanwhile."""
    sources: list[Source] = []
    plain = assembly.assemble

    def assemble(source: Source, *more: Any) -> Record:
        sources.append(source)
        return plain(source, *more)

    assembly.assemble = assemble
    try:
        yield sources
    finally:
        assembly.assemble = plain


_SIGNS = str.maketrans("“”„«»‘’‚´`–—―−‐‑­…", "\"\"\"\"\"'''''-------.")


def fold(text: str) -> str:
    """Text without what does not count: forms of quotes and dashes, cell borders, runs of blanks or dots."""
    text = unicodedata.normalize("NFC", text).translate(_SIGNS).replace("|", " ")
    return re.sub(r"\s+", " ", re.sub(r"\.{2,}", ".", text)).strip()


@dataclass
class Print:
    """Printed characters (or words), and of each the page (from 1) if it is body or table, else 0."""

    units: list[str]
    owners: list[int]


BODY = ("body", "table")


def printed_words(pages: Sequence[Page]) -> Print:
    """The words of all pages in reading order."""
    whole = Print([], [])
    for number, page in enumerate(pages, 1):
        for line in page.lines:
            words = fold(line.text).split()
            whole.units += words
            whole.owners += [number if line.part in BODY else 0] * len(words)
    return whole


def printed(pages: Sequence[Page]) -> Print:
    """The characters of all pages, a blank after each word; the blank belongs to the word before it."""
    words = printed_words(pages)
    whole = Print([], [])
    for word, owner in zip(words.units, words.owners, strict=True):
        whole.units += [*word, " "]
        whole.owners += [owner] * (len(word) + 1)
    return whole


@dataclass
class Wrong:
    """Misread characters of body and tables by page, and of how many; the characters of long insertions;
    what was read for what.
    """

    pages: Counter[int] = field(default_factory=Counter)
    of: Counter[int] = field(default_factory=Counter)
    extra: int = 0
    pairs: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Wrong characters, in per cent."""
        return 100 * self.pages.total() / max(1, self.of.total())

    def __add__(self, other: "Wrong") -> "Wrong":
        return Wrong(
            self.pages + other.pages, self.of + other.of, self.extra + other.extra, self.pairs + other.pairs
        )


def wrong(pages: Sequence[Page], found: str) -> Wrong:
    """The characters of body and tables that ``found``, the text of the whole document, has wrong.

    Letterheads, footers and page numbers are aligned, too, but nothing in them counts, nor what is inserted
    beside them, nor an insertion of more than :data:`LONGEST` characters anywhere.
    """
    whole, other = printed(pages), fold(found) + " "
    count = Wrong(of=Counter(owner for owner in whole.owners if owner))
    for tag, i1, i2, j1, j2 in opcodes("".join(whole.units), other):
        if tag in ("replace", "delete"):
            owners = [owner for owner in whole.owners[i1:i2] if owner]
            count.pages.update(owners)
            count.pairs[f"{''.join(whole.units[i1:i2])}→{other[j1:j2]}"] += bool(owners)
        elif tag == "insert" and (owner := inside(whole.owners, i1)):
            if j2 - j1 > LONGEST:
                count.extra += j2 - j1
            else:
                count.pages[owner] += j2 - j1
                count.pairs[f"→{other[j1:j2]}"] += 1
    return count


def inside(owners: Sequence[int], at: int) -> int:
    """The page of the body in which ``at`` lies; 0 beside what is no body."""
    before, after = owners[max(0, at - 1)], owners[min(at, len(owners) - 1)]
    return before if before and after else 0


def opcodes(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """The steps of the cheapest way from one sequence to the other."""
    try:
        from rapidfuzz.distance import Levenshtein
    except ImportError:
        raise SystemExit(
            "scripts/bench scan: rapidfuzz is missing; --peers installs it into .venv-bench"
        ) from None
    return (tuple(step) for step in Levenshtein.opcodes(one, other))


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table, each row as it comes; the first column is wide."""
    print(f"\n== {title}")
    wide = [max(9, len(cell) + 1) for cell in head[1:]]
    print(f"{head[0]:30}" + "".join(f"{cell:>{w}}" for cell, w in zip(head[1:], wide, strict=True)))
    for row in rows:
        cells = [str(cell) for cell in row]
        print(
            f"{cells[0]:30}" + "".join(f"{cell:>{w}}" for cell, w in zip(cells[1:], wide, strict=False)),
            flush=True,
        )


def held(name: str, value: float, bar: float, least: bool = False, form: str = ".2f") -> str:
    """A figure as a cell, with ``!`` where it misses its bar, which is then remembered."""
    good = value >= bar if least else value <= bar
    if not good:
        MISSED.append(f"{name} {value:{form}} ({'≥' if least else '≤'} {bar:g})")
    return f"{value:{form}}{' ' if good else '!'}"
