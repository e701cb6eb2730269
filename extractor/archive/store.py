"""The store: one SQLite file that one process writes and anybody reads (Datasette opens it as it is).

``migrations/`` holds its shape, which comments explain; ``PRAGMA user_version`` counts the migrations that a
store has had, ``PRAGMA application_id`` tells it from other databases.
"""

import fcntl
import hashlib
import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self

from extractor.archive.jobs import Outcome
from extractor.archive.rows import SOURCE
from extractor.ground.tables import table
from extractor.ground.trouble import Message, Misuse, Trouble
from extractor.ground.vietnamese import strip_tones

APPLICATION = 0x4B484143
_PATIENCE = 2.0  # seconds to wait for a store's lock


class Known(NamedTuple):
    """What the store knows of a file."""

    size: int
    stamp: str
    state: str
    document: int | None
    made_by: str
    code: str | None  # of its failure


class Store:
    """An open store. Use it as a context manager; what is not committed at the end is undone.

    ``write``: make it where it is not there, bring it to the newest shape, and keep other writers out.
    Raises :class:`Misuse` for a path that holds no store, is locked, or cannot be written.
    """

    def __init__(self, path: Path, write: bool = False) -> None:
        self.path = path
        self.dropped = 0  # documents that have gone with the last file that had their bytes
        self._lock = _locked(path) if write else None
        try:
            self.db = _opened(path, write)
            if write:
                _migrate(self.db)
        except BaseException as error:
            self._unlock()
            if isinstance(error, sqlite3.Error):
                raise _refusal(path, error) from error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.db.close()
        self._unlock()
        if isinstance(error, sqlite3.Error):
            raise _refusal(self.path, error) from error

    def _unlock(self) -> None:
        if self._lock:
            Path(self._lock.name).unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    # --- what a batch asks

    def recipe(self, made_by: Mapping[str, Any]) -> str:
        """The key of what records are made by, which the store learns here."""
        words = json.dumps(made_by, ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256(words.encode()).hexdigest()[:12]
        self.db.execute("INSERT OR IGNORE INTO made_by VALUES (?, ?)", (key, words))
        return key

    def roots(self) -> list[tuple[str, str]]:
        """Place and prefix of all that batches were given."""
        return self.db.execute("SELECT place, prefix FROM roots").fetchall()

    def has_below(self, prefix: str) -> bool:
        """Whether the path of a file begins with ``prefix``, or is it without its slash."""
        query = "SELECT 1 FROM files WHERE path >= ?1 AND substr(path, 1, length(?1)) = ?1 LIMIT 1"
        alone = self.db.execute("SELECT 1 FROM files WHERE path = ?", (prefix.rstrip("/"),)).fetchone()
        return bool(alone or self.db.execute(query, (prefix,)).fetchone())

    def below(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Path and size of the files that were read whose paths begin with ``prefix``, by path."""
        query = (
            "SELECT path, size FROM files WHERE path >= ?1 AND substr(path, 1, length(?1)) = ?1 "
            "AND state = 'read' AND path NOT LIKE '%.zip/%' ORDER BY path"
        )
        yield from self.db.execute(query, (prefix,))

    def set_roots(self, roots: Iterable[tuple[str, str]]) -> None:
        """Keep what :meth:`roots` gives."""
        self.db.execute("DELETE FROM roots")
        self.db.executemany("INSERT INTO roots VALUES (?, ?)", roots)

    def explain(self) -> None:
        """Give the store the meanings of all codes, as ``tables/messages.tsv`` has them."""
        rows = [(row.code, row.message, row.remedy) for row in table("messages.tsv", Message).rows]
        self.db.execute("DELETE FROM meanings")
        self.db.executemany("INSERT INTO meanings VALUES (?, ?, ?)", rows)

    def file(self, path: str) -> Known | None:
        """What is known of the file at ``path``."""
        row = self.db.execute(
            "SELECT size, stamp, state, document, made_by, code FROM files LEFT JOIN failures USING (path) "
            "WHERE path = ?",
            (path,),
        ).fetchone()
        return Known(*row) if row else None

    def document(self, document: int) -> tuple[str, str] | None:
        """The first path and the recipe of a document that was read."""
        row = self.db.execute(
            "SELECT path, made_by FROM documents WHERE document = ?", (document,)
        ).fetchone()
        return tuple(row) if row else None

    # --- what a batch writes

    def put(self, outcome: Outcome, size: int, stamp: str, recipe: str, skipped: bool = False) -> None:
        """Enter what became of a file, in place of what was known of it."""
        self.begin()
        key = key_of(outcome.sha256) if outcome.sha256 else self._document_of(outcome.path)
        state = "skipped" if skipped else "failed" if outcome.trouble else "read"
        self._set_file(outcome.path, size, stamp, state, key, recipe)
        if outcome.trouble:
            trouble = outcome.trouble
            said = (trouble.stage, trouble.code, trouble.message, trouble.remedy)
            self.db.execute("INSERT INTO failures VALUES (?, ?, ?, ?, ?)", (outcome.path, *said))
        elif key is not None and self._newer(key, outcome.path, recipe):
            self._put_document(key, outcome, recipe)

    def put_copy(self, path: str, size: int, stamp: str, document: int, recipe: str) -> bool:
        """Enter a file whose bytes are those of a document that the store has; returns whether that is
        news.
        """
        news = self._document_of(path) != document
        if news:
            self.begin()
            self.touched()
        self._set_file(path, size, stamp, "read", document, recipe)
        return news

    def _set_file(
        self, path: str, size: int, stamp: str, state: str, document: int | None, recipe: str
    ) -> None:
        before = self._document_of(path)
        self.db.execute("DELETE FROM failures WHERE path = ?", (path,))
        self.db.execute(
            "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", (path, size, stamp, state, document, recipe)
        )
        if before is not None and before != document:
            self._drop_orphan(before)

    def _document_of(self, path: str) -> int | None:
        row = self.db.execute("SELECT document FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def _drop_orphan(self, document: int) -> None:
        """A document goes with the last file that had its bytes, not with one that cannot be read just
        now.
        """
        self.touched()
        self.dropped += self.db.execute(
            "DELETE FROM documents WHERE document = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM files WHERE document = ?1)",
            (document,),
        ).rowcount

    def _newer(self, key: int, path: str, recipe: str) -> bool:
        """Of copies the one with the first path gives its name to the record, whichever came first."""
        known = self.document(key)
        return known is None or known[1] != recipe or path <= known[0]

    def _put_document(self, key: int, outcome: Outcome, recipe: str) -> None:
        self.touched()
        tables = dict(outcome.tables)
        ((media_type, pages, origin, engine),) = tables.pop(SOURCE)
        known = self.document(key)
        path = min(outcome.path, known[0]) if known else outcome.path
        self.db.execute("DELETE FROM documents WHERE document = ?", (key,))
        row = (key, outcome.sha256, path, media_type, pages, origin, engine, recipe)
        self.db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.db.execute("INSERT INTO records VALUES (?, ?)", (key, outcome.record))
        self.db.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?)", (key, outcome.clean, outcome.raw, outcome.layers)
        )
        for name, rows in tables.items():
            if rows:
                marks = ", ".join("?" * (len(rows[0]) + 1))
                self.db.executemany(
                    f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608 - names from rows.py
                    ((key, *row) for row in rows),
                )

    def see(self, path: str) -> bool:
        """Note that the archive has this file: :meth:`forget_unseen` will ask. ``False``: a second time."""
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY) WITHOUT ROWID")
        return self.db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (path,)).rowcount > 0

    def forget_unseen(self, of_run: Callable[[str], bool]) -> int:
        """Mark files of a run that it has not seen; what was read of them stays. Returns how many."""
        self.db.create_function("of_run", 1, of_run, deterministic=True)
        self.db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY) WITHOUT ROWID")
        unseen = "state != 'gone' AND path NOT IN (SELECT path FROM seen) AND of_run(path)"
        self.db.execute(f"DELETE FROM failures WHERE path IN (SELECT path FROM files WHERE {unseen})")  # noqa: S608
        return self.db.execute(f"UPDATE files SET state = 'gone' WHERE {unseen}").rowcount  # noqa: S608

    def name_again(self) -> None:
        """Give documents whose first file has changed or gone the name of the first that is left."""
        query = (
            "SELECT document, first, json FROM documents JOIN records USING (document) JOIN "
            "(SELECT document, min(path) AS first FROM files WHERE state = 'read' GROUP BY document) "
            "USING (document) "
            "WHERE first != documents.path"
        )
        for document, first, record in self.db.execute(query).fetchall():
            data = json.loads(record)
            data["source"]["name"] = first.rpartition("/")[2]
            self.db.execute("UPDATE documents SET path = ? WHERE document = ?", (first, document))
            words = json.dumps(data, ensure_ascii=False)
            self.db.execute("UPDATE records SET json = ? WHERE document = ?", (words, document))

    def begin(self) -> None:
        """Note that a run has changed something, and has not come to its end."""
        self.db.execute("UPDATE state SET value = 0 WHERE name = 'whole' AND value = 1")

    def end(self) -> None:
        """Note that a run has come to its end."""
        self.db.execute("UPDATE state SET value = 1 WHERE name = 'whole'")

    @property
    def whole(self) -> bool:
        """Whether the last run has come to its end."""
        query = "SELECT min(value) FROM state WHERE name IN ('whole', 'indexed')"
        return bool(self.db.execute(query).fetchone()[0])

    def touched(self) -> None:
        """Links and search no longer stand for all that is here; the search is empty rather than wrong."""
        if self.db.execute("UPDATE state SET value = 0 WHERE name = 'indexed' AND value = 1").rowcount:
            self.db.execute("INSERT INTO search (search) VALUES ('delete-all')")

    @property
    def indexed(self) -> bool:
        """Whether links and search stand for all that is here."""
        return bool(self.db.execute("SELECT value FROM state WHERE name = 'indexed'").fetchone()[0])

    def index(self) -> None:
        """Make the search index anew: its bytes depend on the documents alone, not on the order of work."""
        self.db.execute("INSERT INTO search (search) VALUES ('rebuild')")
        self.db.execute("UPDATE state SET value = 1 WHERE name = 'indexed'")

    # --- what others read

    def counts(self) -> dict[str, int]:
        """State → number of files."""
        return dict(self.db.execute("SELECT state, count(*) FROM files GROUP BY state"))

    def search(self, words: str, most: int = 50) -> Iterator[tuple[str, str | None, str]]:
        """Path, number and the words around of documents that hold all ``words``, the fittest first.

        Marks and capitals do not count (``duong`` finds ``Đường``); words in double quotes stand together.
        """
        pieces = re.findall(r'"([^"]+)"|([^\s"]+)', strip_tones(words))
        asked = " AND ".join(f'folded:"{together or alone}"' for together, alone in pieces)
        if not any(map(str.isalnum, asked.replace("folded", "").replace("AND", ""))):
            raise Misuse("bad_option", "no words to look for", "Give a word or more.", stage="archive")
        query = (
            "SELECT path, number, snippet(search, 1, '', '', '', 16), clean FROM search "
            "JOIN documents ON document = search.rowid JOIN plans USING (document) "
            "JOIN texts USING (document) WHERE search MATCH ? ORDER BY rank, path LIMIT ?"
        )
        for path, number, around, clean in self.db.execute(query, (asked, most)):
            start = clean.replace("đ", "d").replace("Đ", "D").find(around)  # the folded text is as long
            yield path, number, " ".join(clean[start : start + len(around)].split())

    def records(self, best: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """Path and full record (as JSON data) of each document, by path; of copies the ``best`` alone."""
        query = (
            "SELECT path, json, raw, layers FROM documents JOIN records USING (document) "
            "JOIN texts USING (document) LEFT JOIN copies USING (document) WHERE NOT ? OR best IS NULL "
            "OR best = document OR NOT EXISTS (SELECT 1 FROM documents AS b WHERE b.document = best) "
            "ORDER BY path"
        )
        for path, record, raw, layers in self.db.execute(query, (best,)):
            data = json.loads(record)
            notes = data.pop("notes")
            yield path, data | {"text": {"raw": raw, "layers": json.loads(layers)}, "notes": notes}

    def failures(self) -> Iterator[tuple[str, Trouble]]:
        """Path and refusal of each document that could not be read, by path."""
        query = (
            "SELECT path, stage, code, message, remedy FROM failures JOIN files USING (path) "
            "WHERE state = 'failed' ORDER BY path"
        )
        for path, stage, code, message, remedy in self.db.execute(query):
            yield path, Trouble(code, message, remedy, stage=stage)


def key_of(sha256: str) -> int:
    """The key of a document: 60 bits of its digest, which SQLite holds as a whole number."""
    return int(sha256[:15], 16)


def _refusal(path: Path, error: sqlite3.Error) -> Trouble:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return Trouble(
            "disk_full",
            f"{path}: the disk is full",
            "Free some space and run again: it goes on where it was.",
            stage="archive",
            exit_code=1,
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        said = f"{path} cannot be written"
        return Misuse("cannot_write", said, "Choose another place for the store with -o.", stage="archive")
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Misuse(
            "no_store", f"{path} is no store, or a damaged one", "Name another file.", stage="archive"
        )
    said = f"{path}: {error}"
    return Trouble("store", said, "Check the disk and run again.", stage="archive", exit_code=1)


def unfinished() -> Trouble:
    """What to say of a store whose last batch was ended: links and search are not there yet."""
    said = "the last batch was ended before it was done: files may be missing, copies and parents unknown"
    return Trouble("unfinished", said, "Run 'kehoach batch' again.", stage="archive")


def _opened(path: Path, write: bool) -> sqlite3.Connection:
    if not write and not path.is_file():
        raise Misuse("no_store", f"{path}: no such store", "Make it with 'kehoach batch'.", stage="archive")
    db = sqlite3.connect(address(path, write), uri=True, timeout=30)
    try:
        _check(db, path, empty_is_well=write)
        db.execute("PRAGMA foreign_keys = ON")
        if not write:
            db.execute("PRAGMA query_only = ON")
        else:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA temp_store = FILE")
    except BaseException:
        db.close()
        raise
    return db


def address(path: Path, write: bool = False) -> str:
    """How SQLite is to open a store. Where nobody can write, nobody has to be feared either."""
    mode = "mode=rwc" if write else "mode=rw" if os.access(path.parent, os.W_OK) else "immutable=1"
    left = path.with_name(path.name + "-wal")
    if mode == "immutable=1" and left.exists() and left.stat().st_size:
        said = f"{path}: a batch was ended before its work was in the store"
        remedy = f"Copy it together with {left.name} to a folder where you may write."
        raise Misuse("unfinished", said, remedy, stage="archive")
    return f"{path.resolve().as_uri()}?{mode}"


def _check(db: sqlite3.Connection, path: Path, empty_is_well: bool) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    empty = not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and not (empty and empty_is_well):
        raise Misuse("no_store", f"{path} is no store of kehoach", "Name another file.", stage="archive")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_migrations()):
        said = f"{path} was made by a newer kehoach"
        raise Misuse("store_version", said, "Update kehoach.", stage="archive")
    if version < len(_migrations()) and not empty_is_well:
        said = f"{path} was made by an older kehoach"
        raise Misuse("store_version", said, "Run 'kehoach batch' on it once.", stage="archive")


def _migrate(db: sqlite3.Connection) -> None:
    """Bring a store to the newest shape; each step whole or not at all."""
    for number, script in enumerate(_migrations(), 1):
        if db.execute("PRAGMA user_version").fetchone()[0] < number:
            told = f"PRAGMA user_version = {number}; PRAGMA application_id = {APPLICATION};"
            db.executescript(f"BEGIN; {script}\n{told} COMMIT;")


def _migrations() -> list[str]:
    folder = files("extractor.archive").joinpath("migrations")
    found = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".sql"))
    return [file.read_text("utf-8") for _, file in found]


def _taken(file: IO[bytes]) -> bool:
    """Whether the lock is ours; what a writer that was killed had begun may hold it for a moment longer."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)


def _locked(path: Path) -> IO[bytes]:
    """A lock file beside the store: one writer at a time. It is freed when its process dies."""
    lock = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("ab")
    except OSError as error:
        raise Misuse(
            "cannot_write", f"{path}: {error.strerror}", "Choose another place with -o.", stage="archive"
        ) from error
    if not _taken(file):
        file.close()
        said = f"{path} is being written by another kehoach"
        raise Misuse("locked", said, "Wait for it, or choose another store.", stage="archive")
    if lock.exists() and lock.stat().st_ino == os.fstat(file.fileno()).st_ino:
        return file
    file.close()  # its holder has just removed it: this lock would keep nobody out
    return _locked(path)
