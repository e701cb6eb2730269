"""Which documents are the same plan, and which document of the archive a cited plan is.

Both are made anew from the whole store whenever it has changed, so that the order of work leaves no trace.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extractor.archive.sketch import likeness
from extractor.ground.lineage import Known, Lineage, number_key
from extractor.ground.vietnamese import fold

# Of texts that are the same plan: a scan of .5 % wrong characters keeps .8 to .9 of its shingles; plans of
# the same body on the same matter in two years share .3 to .7.
_SAME_TEXT = 0.75
_KIN = 0.4  # enough where issuer, number and date say the same
_MOST_IN_BLOCK = 60  # a block this large is no sign of sameness
_ORIGINS = ("ocr", "mixed", "text")


@dataclass(frozen=True, slots=True)
class _Plan:
    document: int
    path: str
    origin: str
    number: str
    date: str
    issuer: str
    title: str
    body: str | None
    province: str | None
    stated: int  # how many of its single values it states

    @property
    def marks(self) -> tuple[str, str, str, str]:
        """What tells it from other plans."""
        return self.number, self.date, self.issuer, self.title

    @property
    def goodness(self) -> tuple[bool, bool, int, int]:
        """Of copies the best is the signed one, then the one whose text is no OCR, then the fullest."""
        return bool(self.number), len(self.date) == 10, _ORIGINS.index(self.origin), self.stated

    def known(self, best: int) -> Known:
        """What parents are told by; copies share the key of the best."""
        year = int(self.date[:4]) if self.date else None
        return Known(best, self.number, self.date, year, self.body, self.province)


def link(db: sqlite3.Connection) -> None:
    """Fill ``copies`` and ``parents.parent``."""
    plans = {plan.document: plan for plan in _plans(db)}
    best = _copies(db, plans)
    _parents(db, plans, best)


def _plans(db: sqlite3.Connection) -> Iterator[_Plan]:
    stated = " + ".join(
        f"({c} IS NOT NULL)" for c in ("place", "theme", "period_start", "budget", "signer", "authority")
    )
    query = (
        f"SELECT document, path, origin, number, date, issuer, title, province, {stated} "  # noqa: S608
        "FROM documents JOIN plans USING (document) ORDER BY path"
    )
    for document, path, origin, number, date, issuer, title, province, full in db.execute(query):
        keys = (number_key(number or ""), date or "", _key(issuer), _key(title))
        yield _Plan(document, path, origin, *keys, issuer, province, full)


def _key(words: str | None) -> str:
    return " ".join(fold(words or "").split())


# --- copies


def _copies(db: sqlite3.Connection, plans: dict[int, _Plan]) -> dict[int, int]:
    """Fill ``copies``; returns document → best copy."""

    @lru_cache(maxsize=_MOST_IN_BLOCK)
    def sketch(document: int) -> tuple[int, ...]:
        row = db.execute("SELECT sketch FROM sketches WHERE document = ?", (document,)).fetchone()
        return tuple(json.loads(row[0]))

    groups = {document: [plan] for document, plan in plans.items()}
    reasons: dict[int, str] = {}
    for one, other in _candidates(plans):
        if groups[one.document] is groups[other.document]:
            continue
        reason = _same(one, other, sketch)
        if reason and all(_can_be(a, b) for a in groups[one.document] for b in groups[other.document]):
            reasons.setdefault(one.document, reason)
            reasons.setdefault(other.document, reason)
            joined = groups[one.document] + groups[other.document]
            groups |= dict.fromkeys((plan.document for plan in joined), joined)
    best: dict[int, int] = {}
    for document, group in groups.items():
        first = max(sorted(group, key=lambda plan: plan.path), key=lambda plan: plan.goodness)
        best[document] = first.document
    db.execute("DELETE FROM copies")
    db.executemany(
        "INSERT INTO copies VALUES (?, ?, ?)",
        ((document, best[document], reasons.get(document, "only one")) for document in sorted(best)),
    )
    return best


def _candidates(plans: dict[int, _Plan]) -> Iterator[tuple[_Plan, _Plan]]:
    """Pairs that have two of number, date, issuer and title in common, those with number and date first."""
    kinds = list(combinations(range(4), 2))
    for kind, (a, b) in enumerate(kinds):  # one kind of block after the other: a sixth of the memory
        blocks: dict[tuple[str, str], list[_Plan]] = defaultdict(list)
        for plan in plans.values():
            if plan.marks[a] and plan.marks[b]:
                blocks[plan.marks[a], plan.marks[b]].append(plan)
        for block in blocks.values():
            if len(block) > _MOST_IN_BLOCK:
                continue
            for one, other in combinations(block, 2):
                same = [bool(x) and x == y for x, y in zip(one.marks, other.marks, strict=True)]
                if not any(same[c] and same[d] for c, d in kinds[:kind]):  # an earlier block has had the pair
                    yield one, other


def _can_be(one: _Plan, other: _Plan) -> bool:
    """Whether number and date allow two documents to be the same plan."""
    return not (one.number and other.number and one.number != other.number) and _agree(one.date, other.date)


def _same(one: _Plan, other: _Plan, sketch: Callable[[int], tuple[int, ...]]) -> str:
    """Why two documents are the same plan; empty where they are not."""
    if not _can_be(one, other):
        return ""
    numbered = bool(one.number and other.number and one.date and other.date)
    alike = likeness(sketch(one.document), sketch(other.document))
    if numbered and alike >= (_KIN if one.issuer == other.issuer else _SAME_TEXT):
        return f"same number and date, texts alike {alike:.2f}"
    known = bool(one.date and other.date) or one.title == other.title
    if not numbered and known and one.issuer == other.issuer and alike >= _SAME_TEXT:
        return f"same issuer, texts alike {alike:.2f}"
    return ""


def _agree(one: str, other: str) -> bool:
    """Dates that can be the same day: one is the other, or its month or year, or is not known."""
    return one.startswith(other) or other.startswith(one)


# --- parents


def _parents(db: sqlite3.Connection, plans: dict[int, _Plan], best: dict[int, int]) -> None:
    """Fill ``parents.parent`` with the best copy of the document that is meant."""
    order = list(plans.values())
    index = {plan.document: n for n, plan in enumerate(order)}
    lineage = Lineage([plan.known(best[plan.document]) for plan in order])
    links = []
    for document, n, number, date, issuer in db.execute(
        "SELECT document, n, number, date, issuer FROM parents"
    ):
        found = lineage.parent(index[document], number, date, issuer) if number else None
        links.append((None if found is None else best[order[found].document], document, n))
    db.executemany("UPDATE parents SET parent = ? WHERE document = ? AND n = ?", links)
