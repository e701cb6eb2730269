"""``merge``: stores that were filled apart become one, as if one run had filled it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from extractor.archive import linking
from extractor.archive.rows import COLUMNS
from extractor.archive.store import Store, address
from extractor.ground.trouble import Misuse

_OF_DOCUMENTS = ("records", "texts", "sketches", *COLUMNS)  # tables whose rows hang on a document
_RANKS = "read failed skipped gone"  # what a state says, most first
_CLASHES = (
    "SELECT path FROM main.files AS mine JOIN other.files AS theirs USING (path) "
    "WHERE mine.document IS NOT theirs.document"
)


def merge(target: Path, sources: Sequence[Path]) -> dict[str, int]:
    """Add the ``sources`` to the store ``target``, which is made where it is not there; returns its counts.

    A path that two stores use for different bytes is written ``<name of the later store>/path``. Of the
    same bytes the record with the first path stays. Raises :class:`Misuse` for what is no store.
    """
    whole = True
    for source in sources:
        with Store(source) as other:  # refused here, before anything is written
            whole = other.whole and whole
        if source.resolve() == target.resolve():
            raise Misuse("bad_option", f"{source} is merged into itself", "Name another.", stage="archive")
    with Store(target, write=True) as store:
        for source in sources:
            store.db.execute("ATTACH ? AS other", (address(source),))
            store.touched()
            _add(store.db, source.stem)
            store.db.commit()
            store.db.execute("DETACH other")
        store.explain()
        store.name_again()
        linking.link(store.db)
        store.index()
        if not whole:
            store.begin()
        store.db.commit()
        return store.counts()


def _add(db: sqlite3.Connection, name: str) -> None:
    db.execute("INSERT OR IGNORE INTO made_by SELECT * FROM other.made_by")
    db.execute("CREATE TEMP TABLE moved (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID")
    db.execute("INSERT INTO moved SELECT path, path FROM other.files")
    for (path,) in db.execute(_CLASHES).fetchall():
        db.execute("UPDATE moved SET new = ? WHERE old = ?", (_free(db, name, path), path))
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
    _add_files(db)
    db.execute(
        "INSERT OR IGNORE INTO main.roots SELECT place, prefix FROM other.roots "
        "WHERE prefix NOT IN (SELECT prefix FROM main.roots)"
    )
    db.execute("DROP TABLE moved")
    db.execute("DROP TABLE taken")


def _add_files(db: sqlite3.Connection) -> None:
    """Files that are in both stores keep the state that says most; what they are made by is their
    record's.
    """
    db.execute(
        "REPLACE INTO main.files SELECT new, theirs.size, theirs.stamp, theirs.state, theirs.document, "
        "coalesce(documents.made_by, theirs.made_by) FROM other.files AS theirs "
        "JOIN moved ON theirs.path = old LEFT JOIN main.documents ON documents.document = theirs.document "
        "LEFT JOIN main.files AS mine ON mine.path = new WHERE mine.path IS NULL "
        "OR instr(?1, theirs.state) < instr(?1, mine.state)",
        (_RANKS,),
    )
    db.execute(
        "REPLACE INTO main.failures SELECT new, stage, code, message, remedy FROM other.failures AS said "
        "JOIN moved ON said.path = old JOIN main.files AS mine ON mine.path = new "
        "WHERE mine.state IN ('failed', 'skipped')"
    )


def _free(db: sqlite3.Connection, name: str, path: str) -> str:
    """A path below the store's name that no file has."""
    number, free = 2, f"{name}/{path}"
    while db.execute(
        "SELECT 1 FROM main.files WHERE path = ?1 UNION ALL SELECT 1 FROM moved WHERE new = ?1", (free,)
    ).fetchone():
        free, number = f"{name}-{number}/{path}", number + 1
    return free
