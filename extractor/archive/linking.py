"""Which documents are the same plan, and which document of the archive a cited plan is.

Both are made anew from the whole store whenever it has changed, so that the order of work leaves no trace.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from extractor.archive.sketch import likeness
from extractor.ground.lineage import Known, Lineage, number_key, same_day
from extractor.ground.vietnamese import fold

# Of texts that are the same plan: a scan of .5 % wrong characters keeps .8 to .9 of its shingles; plans of
# the same body on the same matter in two years share .3 to .7.
_SAME_TEXT = 0.75
_KIN = 0.4  # enough where issuer, number and date say the same
_MOST_IN_BLOCK = 60  # a block this large is no sign of sameness
_ORIGINS = ("ocr", "mixed", "text")
_LIKELY = (  # the documents of a number whose date can be the one that is cited, and the child itself
    "document IN (SELECT document FROM marks WHERE number = ?1 AND substr(date, 1, min(length(date), "
    "length(?2))) = substr(?2, 1, min(length(date), length(?2)))) OR document = ?3"
)
_MARKS = ("number", "date", "issuer", "title")


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
    """Fill ``copies`` and ``parents.parent``. What is in memory at a time is one block of likely copies."""
    db.execute("CREATE TEMP TABLE marks (document INTEGER PRIMARY KEY, number, date, issuer, title)")
    for plan in _plans(db, "1 = 1"):
        db.execute("INSERT INTO marks VALUES (?, ?, ?, ?, ?)", (plan.document, *plan.marks))
    db.execute("CREATE INDEX temp.marks_by_number ON marks (number)")
    _copies(db)
    _parents(db)
    db.execute("DROP TABLE marks")


def _plans(db: sqlite3.Connection, which: str, values: Sequence[object] = ()) -> Iterator[_Plan]:
    stated = " + ".join(
        f"({c} IS NOT NULL)" for c in ("place", "theme", "period_start", "budget", "signer", "authority")
    )
    query = (
        f"SELECT document, path, origin, number, date, issuer, title, province, {stated} "  # noqa: S608
        f"FROM documents JOIN plans USING (document) WHERE {which} ORDER BY path"
    )
    for document, path, origin, number, date, issuer, title, province, full in db.execute(query, values):
        keys = (number_key(number or ""), date or "", _key(issuer), _key(title))
        yield _Plan(document, path, origin, *keys, issuer, province, full)


def _key(words: str | None) -> str:
    return " ".join(fold(words or "").split())


# --- copies


def _copies(db: sqlite3.Connection) -> None:
    """Fill ``copies``: each document by itself, then those that are the same plan together."""

    @lru_cache(maxsize=_MOST_IN_BLOCK)
    def sketch(document: int) -> tuple[int, ...]:
        row = db.execute("SELECT sketch FROM sketches WHERE document = ?", (document,)).fetchone()
        return tuple(json.loads(row[0]))

    groups: dict[int, list[_Plan]] = {}
    reasons: dict[int, str] = {}
    for one, other in _candidates(db):
        mine, theirs = (groups.get(plan.document, [plan]) for plan in (one, other))
        if mine is theirs:
            continue
        reason = _same(one, other, sketch)
        if reason and all(_can_be(a, b) for a in mine for b in theirs):
            reasons.setdefault(one.document, reason)
            reasons.setdefault(other.document, reason)
            joined = mine + theirs
            groups |= dict.fromkeys((plan.document for plan in joined), joined)
    db.execute("DELETE FROM copies")
    db.execute("INSERT INTO copies SELECT document, document, 'only one' FROM documents")
    for document, group in groups.items():
        best = max(sorted(group, key=lambda plan: plan.path), key=lambda plan: plan.goodness)
        row = (best.document, reasons[document], document)
        db.execute("UPDATE copies SET best = ?, reason = ? WHERE document = ?", row)


def _candidates(db: sqlite3.Connection) -> Iterator[tuple[_Plan, _Plan]]:
    """Pairs that have two of number, date, issuer and title in common, those with number and date first."""
    kinds = list(combinations(range(4), 2))
    for kind, (a, b) in enumerate(kinds):
        first, second = _MARKS[a], _MARKS[b]
        blocks = db.execute(
            f"SELECT json_group_array(document) FROM marks WHERE {first} != '' AND {second} != '' "  # noqa: S608
            f"GROUP BY {first}, {second} HAVING count(*) BETWEEN 2 AND {_MOST_IN_BLOCK} "
            f"ORDER BY {first}, {second}"
        )
        for (block,) in blocks:
            plans = _plans(db, "document IN (SELECT value FROM json_each(?))", (block,))
            for one, other in combinations(list(plans), 2):
                same = [bool(x) and x == y for x, y in zip(one.marks, other.marks, strict=True)]
                if not any(same[c] and same[d] for c, d in kinds[:kind]):  # an earlier block has had the pair
                    yield one, other


def _can_be(one: _Plan, other: _Plan) -> bool:
    """Whether number and date allow two documents to be the same plan."""
    return (
        not (one.number and other.number and one.number != other.number)
        and same_day(one.date, other.date) is not False
    )


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


# --- parents


def _parents(db: sqlite3.Connection) -> None:
    """Fill ``parents.parent`` with the best copy of the document that is meant."""
    best = "(SELECT best FROM copies WHERE copies.document = ?)"
    links = []
    for document, n, number, date, issuer in db.execute(
        "SELECT document, n, number, date, issuer FROM parents ORDER BY document, n"
    ):
        own = number_key(number or "")
        plans = list(_plans(db, _LIKELY, (own, date or "", document))) if own else []
        keys = [db.execute(f"SELECT {best}", (plan.document,)).fetchone()[0] for plan in plans]
        lineage = Lineage([plan.known(key) for plan, key in zip(plans, keys, strict=True)])
        child = next((at for at, plan in enumerate(plans) if plan.document == document), None)
        found = None if child is None else lineage.parent(child, number, date, issuer)
        links.append((None if found is None else keys[found], document, n))
    db.executemany("UPDATE parents SET parent = ? WHERE document = ? AND n = ?", links)
