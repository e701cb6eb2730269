"""How well plain records agree with gold records: precision, recall and F1, field by field.

Works on plain JSON records only (values, no evidence) and knows nothing of how they were made. Two
texts are equal where they differ in nothing but case, quotes, dashes, spacing, the place of the tone
mark or a usual abbreviation; with ``similar`` under 1 they may also differ a little (OCR). Numbers,
dates and codes always have to be equal. Items of a list are matched one to one, in order.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache, reduce
from operator import add
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

Json = Mapping[str, Any]
Item = tuple[Any, ...]
"""What is compared of a list's row: keys that must be equal first, a text (where there is one) last."""
Equal = Callable[[Any, Any], bool]


class Bounds(Protocol):
    """Between what a figure stands."""

    @property
    def low(self) -> float:
        """The lower bound."""

    @property
    def high(self) -> float:
        """The upper one."""


CODES = ("number", "symbol", "date", "period.start", "period.end")
TEXTS = (
    "doc_type", "place", "title", "issuer.name", "issuer.level", "issuer.province", "issuer.district",
    "issuer.commune", "theme", "signer.name", "signer.title",
)  # fmt: skip

EXACT, SOFT, SIMILAR = 2.0, 1.0, 0.9
"""How strictly texts are compared: by each character; by their words (:func:`normal`); from this ratio on.

Keys by which the rows of a list find each other are always compared by their words.
"""

_WRITTEN_OUT = (
    (r"\bubnd\b", "ủy ban nhân dân"),
    (r"\bhđnd\b", "hội đồng nhân dân"),
    (r"\bubmttqvn\b|\bubmttq\b", "ủy ban mặt trận tổ quốc việt nam"),
    (r"\bsở lđ\s*[-,]\s*tb\s*&\s*xh\b|\bsở lao động\s*-\s*tbxh\b", "sở lao động, thương binh và xã hội"),
    (r"\blđ\s*-?\s*tb\s*&?\s*xh\b", "lao động, thương binh và xã hội"),
    (r"\blao động\s*-\s*thương binh\b", "lao động, thương binh"),
    (r"\bttvhtt\b", "trung tâm văn hóa thông tin"),
)
_TONE_PLACES = (
    ("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"),
    ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"),
    ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """Right, wrongly found and missed answers, and the wrong ones in words."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    errors: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.errors + other.errors)

    def __bool__(self) -> bool:
        """Whether there was anything to find or anything found."""
        return bool(self.tp or self.fp or self.fn)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """The share of what was to be found that was found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """One document's tallies, by field."""

    name: str
    tallies: Mapping[str, Tally]

    @property
    def right(self) -> bool:
        """Whether every scored field is right."""
        return not any(tally.fp or tally.fn for tally in self.tallies.values())


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measure of a folder of records, by document and by field."""

    documents: tuple[Document, ...]

    @property
    def fields(self) -> dict[str, Tally]:
        """The tally of each field over all documents; fields that occur nowhere are left out."""
        names = dict.fromkeys(name for document in self.documents for name in document.tallies)
        sums = {
            name: reduce(add, (d.tallies[name] for d in self.documents if name in d.tallies))
            for name in names
        }
        return {name: tally for name, tally in sums.items() if tally}

    @property
    def mean(self) -> float:
        """The mean of the fields' F1."""
        scores = [tally.f1 for tally in self.fields.values()]
        return sum(scores) / len(scores) if scores else 0.0

    @property
    def whole(self) -> int:
        """How many documents are right in every scored field."""
        return sum(document.right for document in self.documents)

    @property
    def errors(self) -> list[str]:
        """Every wrong or missing answer, field by field."""
        return [error for tally in self.fields.values() for error in tally.errors]

    def summary(self) -> str:
        """The closing line of the table."""
        seen = len(self.documents)
        return (
            f"mean field F1 {self.mean:.4f} over {seen} documents, {self.whole} of them right in every field"
        )

    def table(
        self,
        beside: Mapping[str, "Evaluation"] = MappingProxyType({}),
        bounds: Mapping[str, "Bounds"] = MappingProxyType({}),
    ) -> str:
        """A line a field, and the summary. ``beside``: the F1 of the same records by other measures, a column
        each; ``bounds``: the interval of each F1, ``mean`` and ``whole``.
        """
        head = f"{'field':24}{'tp':>5}{'fp':>5}{'fn':>5}{'P':>8}{'R':>8}{'F1':>8}"
        head += "".join(f"{name:>9}" for name in beside) + ("   95 % of draws" if bounds else "")
        others = {name: other.fields for name, other in beside.items()}
        rows = [
            f"{name:24}{t.tp:5}{t.fp:5}{t.fn:5}{t.precision:8.3f}{t.recall:8.3f}{t.f1:8.3f}"
            + "".join(f"{other.get(name, Tally()).f1:9.3f}" for other in others.values())
            + (f"  [{bounds[name].low:.3f}, {bounds[name].high:.3f}]" if name in bounds else "")
            for name, t in self.fields.items()
        ]
        rows += [
            f"{name}: mean field F1 {other.mean:.4f}, {other.whole} documents right in every field"
            for name, other in beside.items()
        ]
        if bounds:
            mean, whole = bounds["mean"], bounds["whole"]
            rows.append(
                f"in 95 % of draws: mean [{mean.low:.4f}, {mean.high:.4f}], "
                f"documents right in every field [{whole.low:.1%}, {whole.high:.1%}]"
            )
        return "\n".join([head, *rows, self.summary()])

    def to_dict(self) -> dict[str, Any]:
        """The same as plain data, unrounded."""
        return {
            "mean": self.mean,
            "documents": len(self.documents),
            "whole": self.whole,
            "fields": {
                name: {
                    "tp": t.tp, "fp": t.fp, "fn": t.fn,
                    "precision": t.precision, "recall": t.recall, "f1": t.f1,
                }
                for name, t in self.fields.items()
            },
            "errors": self.errors,
        }  # fmt: skip


def evaluate(gold: Path, predicted: Path, *, similar: float = 1.0, only: bool = False) -> Evaluation:
    """Compare two folders of plain records, one ``<stem>.json`` a document.

    A predicted record that is missing or unreadable counts as empty; with ``only``, a document that
    has no predicted record is left out. A gold record that cannot be read is an error of the caller's.
    """
    return Evaluation(
        tuple(
            compare(file.stem, json.loads(file.read_text("utf-8")), _read(predicted / file.name), similar)
            for file in sorted(gold.glob("*.json"))
            if not only or (predicted / file.name).exists()
        )
    )


def compare(name: str, gold: Json, predicted: Json, similar: float = 1.0) -> Document:
    """Compare two plain records. Where the gold one has ``scored``, only the fields it names count."""
    tallies = {}
    for field in (*CODES, *TEXTS):
        if settles(gold, field):
            equal = _text_equal(max(SOFT, similar) if field in CODES else similar)
            tallies[field] = match(_single(gold, field), _single(predicted, field), equal, f"{name} {field}")
    for field, rows in LISTS.items():
        if settles(gold, field) and _root(field) in gold:
            equal = item_equal(field, similar)
            tallies[field] = match(rows(gold), rows(predicted), equal, f"{name} {field}")
    return Document(name, tallies)


def match(gold: Iterable[Any], predicted: Iterable[Any], equal: Equal, where: str = "") -> Tally:
    """Match two lists one to one: each gold item takes the first predicted one that is left and equal."""
    rest, hits, missing = list(predicted), 0, []
    for wanted in gold:
        at = next((i for i, found in enumerate(rest) if equal(wanted, found)), None)
        if at is None:
            missing.append(f"{where}: missing {_shown(wanted)}")
        else:
            del rest[at]
            hits += 1
    surplus = [f"{where}: not in gold {_shown(found)}" for found in rest]
    return Tally(hits, len(rest), len(missing), (*missing, *surplus))


@lru_cache(maxsize=1 << 14)
def normal(text: str | None) -> str:
    """The words of a text, without what does not count: case, quotes, dashes, spacing, short forms."""
    if text is None:
        return ""
    s = unicodedata.normalize("NFC", str(text)).casefold()
    for old, new in _TONE_PLACES:
        s = re.sub(rf"(?<!q){old}(?!\w)", new, s)
    s = re.sub(r"[–—−]", "-", s)
    s = re.sub(r"[\"“”‘’'«»*_]", "", s)
    s = re.sub(r"\s+", " ", s).strip()
    for short, words in _WRITTEN_OUT:
        s = re.sub(short, words, s)
    s = re.sub(r"\s*([-,;:/&])\s*", r"\1", s)
    return s.strip(" .;:,-+/")


def same(a: Any, b: Any, similar: float = SOFT) -> bool:
    """Whether two texts say the same, or are at least ``similar`` (a ratio of equal characters).

    With :data:`EXACT` every character counts.
    """
    if similar > SOFT:
        return unicodedata.normalize("NFC", str(a)) == unicodedata.normalize("NFC", str(b))
    x, y = _normal(a), _normal(b)
    if x == y:
        return True
    if similar >= 1:
        return False
    matcher = SequenceMatcher(None, x, y, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # cheap upper bounds first
    return all(ratio() >= similar for ratio in bounds)


def _normal(value: Any) -> str:
    return normal(None if value is None else str(value))


def _text_equal(similar: float) -> Equal:
    return lambda a, b: same(a, b, similar)


def item_equal(field: str, similar: float = 1.0) -> Equal:
    """How the rows of a list field are compared."""
    if field in ("slogans", "units", "recipients"):
        return lambda g, p: same(g[0], p[0], similar)
    if field not in OPEN_ENDED:
        return lambda g, p: bool(g == p)
    gap = OPEN_ENDED[field]

    def equal(g: Item, p: Item) -> bool:
        key = g[0] == p[0] or (field == "units.within" and same(g[0], p[0], similar))
        if similar > SOFT:
            return key and same(g[1], p[1], similar)
        return key and (same(g[1], p[1], similar) or _normal(p[1]).startswith(_normal(g[1]) + gap))

    return equal


# The text after the key may be completed ("tỉnh" to "tỉnh Hà Nam"); mostly only by whole words.
OPEN_ENDED = {
    "parent_plans.issuer": "",
    "units.within": " ",
    "deadlines.recipient": " ",
    "deadlines.via": " ",
    "outline.title": " ",
}


def _rows(record: Json, key: str) -> list[Any]:
    value = record.get(key)
    return [row for row in value if row is not None] if isinstance(value, list) else []


def _row_dicts(record: Json, key: str) -> list[Json]:
    return [row if isinstance(row, dict) else {} for row in _rows(record, key)]


def _outline(record: Json) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in _rows(record, "outline") if isinstance(row, list) and len(row) == 2]


def _tasks(unit: Json) -> str:
    """How many tasks a unit has; a record may give the count instead of the list."""
    tasks = unit.get("tasks")
    return str(tasks) if isinstance(tasks, int) else str(len(tasks or []))


def _with(record: Json, key: str) -> list[Item]:
    return [(row.get("date"), row[key]) for row in _row_dicts(record, "deadlines") if row.get(key)]


# Each list field: the rows of a record, as what is compared of them.
LISTS: Mapping[str, Callable[[Json], list[Item]]] = {
    "parent_plans": lambda r: [
        (_normal(p.get("number")), p.get("date")) for p in _row_dicts(r, "parent_plans")
    ],
    "parent_plans.issuer": lambda r: [
        (_normal(p.get("number")), p.get("issuer")) for p in _row_dicts(r, "parent_plans")
    ],
    "citations": lambda r: [
        (_normal(c.get("type")), _normal(c.get("number")), c.get("date")) for c in _row_dicts(r, "citations")
    ],
    "slogans": lambda r: [(s,) for s in _rows(r, "slogans")],
    "units": lambda r: [(u.get("name"),) for u in _row_dicts(r, "units")],
    "units.within": lambda r: [
        (_normal(u.get("name")), u["within"]) for u in _row_dicts(r, "units") if u.get("within")
    ],
    "units.tasks": lambda r: [(_normal(u.get("name")), _tasks(u)) for u in _row_dicts(r, "units")],
    "deadlines": lambda r: [(d.get("date"),) for d in _row_dicts(r, "deadlines")],
    "deadlines.recipient": lambda r: _with(r, "recipient"),
    "deadlines.via": lambda r: _with(r, "via"),
    "recipients": lambda r: [(x,) for x in _rows(r, "recipients")],
    "outline": lambda r: [(path,) for path, _ in _outline(r)],
    "outline.title": lambda r: [(path, title) for path, title in _outline(r) if title],
}


def _root(field: str) -> str:
    return field.partition(".")[0]


def settles(gold: Json, field: str) -> bool:
    """Whether a gold record says anything of ``field``."""
    scored = gold.get("scored")
    return not scored or _root(field) in scored


def _single(record: Json, path: str) -> list[Any]:
    """The value at a dotted path, as a list of one or none."""
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return [value] if value else []


def _shown(value: Any) -> str:
    return repr(value[0] if isinstance(value, tuple) and len(value) == 1 else value)


def _read(file: Path) -> Json:
    try:
        record = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
