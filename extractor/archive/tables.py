"""The tables that a store gives away: what columns they have, and where in the store these stand.

Rows come by the documents' paths, so that two stores of the same archive export the same bytes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from extractor.archive.store import Store


class Table(NamedTuple):
    """``columns``: name → SQL; ``source``: what stands after ``FROM``; ``order``: within a document."""

    about: str
    columns: dict[str, str]
    source: str
    order: str = "n"

    def rows(self, store: Store) -> Iterator[tuple[Any, ...]]:
        """The rows, by path."""
        chosen = ", ".join(f"{sql} AS {name}" for name, sql in self.columns.items())
        order = ", ".join(filter(None, ("path", self.order)))
        query = f"SELECT {chosen} FROM {self.source} ORDER BY {order}"  # noqa: S608 - all from below
        yield from store.db.execute(query)


_PLAN = [
    "doc_type",
    "number",
    "symbol",
    "date",
    "year",
    "place",
    "title",
    "issuer",
    "level",
    "province",
    "province_today",
    "district",
    "commune",
    "commune_today",
    "theme",
    "period_start",
    "period_end",
    "scope",
    "budget",
    "signer",
    "signer_title",
    "authority",
    "least_confidence",
    "unreadable",
    "accepted",
]


_MEANING = {"message_vi": "meanings.message", "remedy_vi": "meanings.remedy"}


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _listed(table: str, *names: str) -> tuple[dict[str, str], str]:
    """Columns and source of a table with many rows a document: path and number of the plan before its own."""
    plan = {"path": "documents.path", "plan_number": "plans.number", "plan_date": "plans.date"}
    own = {name: f"{table}.{name}" for name in (*names, "confidence", "page")}
    joined = f"{table} JOIN documents USING (document) JOIN plans USING (document)"
    return plan | own, joined


TABLES = {
    "plans": Table(
        "one row a document; best_copy: the path of its best copy, itself where there is none better",
        _same("path", "sha256")
        | {name: f"plans.{name}" for name in _PLAN}
        | _same("media_type", "pages", "origin")
        | {"best_copy": "(SELECT path FROM documents AS b WHERE b.document = copies.best)"},
        "documents JOIN plans USING (document) LEFT JOIN copies USING (document)",
        "",
    ),
    "tasks": Table("one row a task of a responsible unit", *_listed("tasks", "n", "unit", "within", "task")),
    "deadlines": Table(
        "one row a deadline of a report",
        *_listed(
            "deadlines", "date", "recurrence", "rrule", "recipient", "via", "reporter", "task_n", "text"
        ),
    ),
    "bodies": Table(
        "one row a body that has a part in a task; task_n: the task's number in its document",
        *_listed("bodies", "task_n", "role", "printed", "body", "kind", "today"),
    ),
    "slogans": Table("one row a slogan", *_listed("slogans", "slogan")),
    "citations": Table("one row a cited document", *_listed("citations", "type", "number", "date")),
    "parents": Table(
        "one row a plan that is carried out; parent_path: where in the archive it is",
        _listed("parents", "number", "date", "issuer")[0]
        | {"parent_path": "(SELECT path FROM documents AS b WHERE b.document = parents.parent)"},
        _listed("parents")[1],
    ),
    "notes": Table(
        "one row a note on a document; message_vi: what its code means, in Vietnamese",
        {"path": "path", "code": "notes.code", "message": "notes.message"} | _MEANING,
        "notes JOIN documents USING (document) LEFT JOIN meanings USING (code)",
    ),
    "failures": Table(
        "one row a file that was not read, and why; message_vi, remedy_vi: the same in Vietnamese",
        _same("path", "state", "stage")
        | {name: f"failures.{name}" for name in ("code", "message", "remedy")}
        | _MEANING,
        "files JOIN failures USING (path) LEFT JOIN meanings USING (code)",
        "",
    ),
}
