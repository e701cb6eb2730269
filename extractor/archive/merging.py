"""``merge``: stores that were filled apart become one, as if one run had filled it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from extractor.archive import linking
from extractor.archive.store import Store, troubles
from extractor.ground.trouble import Misuse

_OF_DOCUMENTS = (
    "records",
    "texts",
    "plans",
    "trust",
    "tasks",
    "deadlines",
    "bodies",
    "slogans",
    "citations",
    "parents",
    "recipients",
    "notes",
    "sketches",
)


def merge(target: Path, sources: Sequence[Path]) -> dict[str, int]:
    """Add the ``sources`` to the store ``target``, which is made where it is not there; returns its counts.

    A path that two stores use for different bytes is written ``<name of the later store>/path``. Of the
    same bytes the record with the first path stays. Raises :class:`Misuse` for what is no store.
    """
    for source in sources:
        with Store(source):
            pass  # refused here, before anything is written
        if source.resolve() == target.resolve():
            raise Misuse("bad_option", f"{source} is merged into itself", "Name another.", stage="archive")
    with troubles(target), Store(target, write=True) as store:
        for source in sources:
            store.db.execute("ATTACH ? AS other", (f"{source.resolve().as_uri()}?mode=ro",))
            _add(store.db, source.stem)
            store.db.commit()
            store.db.execute("DETACH other")
        store.explain()
        store.name_again()
        linking.link(store.db)
        store.index()
        store.db.commit()
        return store.counts()


def _add(db: sqlite3.Connection, name: str) -> None:
    db.execute("INSERT OR IGNORE INTO made_by SELECT * FROM other.made_by")
    db.execute("CREATE TEMP TABLE moved AS SELECT path AS old, path AS new FROM other.files")
    db.execute(
        "UPDATE moved SET new = ? || '/' || old WHERE EXISTS (SELECT 1 FROM main.files AS mine "
        "JOIN other.files AS theirs USING (path) WHERE path = old AND mine.document IS NOT theirs.document)",
        (name,),
    )
    db.execute(
        "CREATE TEMP TABLE taken AS SELECT document FROM other.documents AS theirs "
        "LEFT JOIN main.documents AS mine USING (document) "
        "WHERE mine.document IS NULL OR mine.made_by = theirs.made_by AND theirs.path < mine.path"
    )
    db.execute("DELETE FROM main.documents WHERE document IN (SELECT document FROM taken)")
    db.execute(
        "INSERT INTO main.documents SELECT document, sha256, new, media_type, pages, origin, engine, made_by "
        "FROM other.documents JOIN moved ON path = old WHERE document IN (SELECT document FROM taken)"
    )
    for table in _OF_DOCUMENTS:
        db.execute(
            f"INSERT INTO main.{table} SELECT * FROM other.{table} "  # noqa: S608 - our own names
            "WHERE document IN (SELECT document FROM taken)"
        )
    db.execute(
        "INSERT OR REPLACE INTO main.files SELECT new, size, stamp, state, document, made_by "
        "FROM other.files JOIN moved ON path = old"
    )
    db.execute(
        "INSERT OR REPLACE INTO main.failures SELECT new, stage, code, message, remedy "
        "FROM other.failures JOIN moved ON path = old"
    )
    db.execute("DROP TABLE moved")
    db.execute("DROP TABLE taken")
    db.execute("UPDATE state SET value = 0")
