"""``run``: an archive becomes a store. Whatever happens on the way, the store is whole and the next run
goes on.

The walk, the store and all decisions are in one thread of the parent; workers only read documents.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from zlib import crc32

from extractor import __version__
from extractor.archive import engines, linking
from extractor.archive.jobs import Job, Limits, Outcome
from extractor.archive.roots import Roots
from extractor.archive.store import Known, Store, key_of
from extractor.archive.walk import Item, below, check
from extractor.assembly import made_by
from extractor.ground.files import DOCUMENTS
from extractor.ground.language import said
from extractor.ground.trouble import Misuse, Trouble
from extractor.record import SCHEMA

#: refusals that say that a file is no document
NO_DOCUMENTS = frozenset(("archive", "not_text", "slides", "spreadsheet", "unknown_format"))
#: failures whose cause may have gone by the next run, which tries these files again
PASSING = frozenset(
    (
        "bad_ocr_model",
        "crashed",
        "memory",
        "needs_ocr",
        "no_libreoffice",
        "unreachable",
        "unreadable_file",
        "vanished",
    )
)

_DAY = 86_400  # seconds
_LEAST_MEMORY, _MOST_MEMORY = 256, 2**20  # MB
_COMMIT = 1.0  # seconds between commits: what a kill can cost


#: what became of a file → how many files a run tells so
STATES = {
    "read": "{n} read",
    "copy": "{n} copies of a file that was read",
    "unchanged": "{n} unchanged",
    "failed": "{n} failed",
    "skipped": "{n} no documents",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a run does. ``retry_failed``: all failures once more; ``force``: every file.

    ``shard`` (n, of): the n-th share of the files, told by their paths; shares of all n make the archive.
    """

    ocr: str = "auto"
    limits: Limits = field(default_factory=Limits)
    retry_failed: bool = False
    force: bool = False
    shard: tuple[int, int] = (1, 1)  # this run's share of the files, as in 3 of 8


@dataclass(slots=True)
class Summary:
    """What a run has done, in files; ``counts``: what the store then holds, by state."""

    done: dict[str, int] = field(default_factory=dict)  # read, copy, unchanged, failed, skipped
    gone: int = 0
    replaced: int = 0  # documents whose files have other bytes now
    counts: dict[str, int] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """What a person wants to know at the end."""
        yield said("{n} files: {what}.", n=sum(self.done.values()), what=self.told())
        if self.gone:
            yield said("{n} files are no longer in the archive; what was read of them is kept.", n=self.gone)
        if self.replaced:
            line = (
                "{n} documents have changed or been replaced: what was read of them before is no longer here."
            )
            yield said(line, n=self.replaced)
        if failed := self.counts.get("failed"):
            yield said("{n} files of the store could not be read: table 'failures' says why.", n=failed)

    def stopped(self) -> str:
        """What a person wants to know who has ended the run."""
        if not self.done:
            return said("stopped before a file was done. The same command begins again.")
        line = "stopped after {n} files ({what}). All of it is kept; the same command goes on."
        return said(line, n=sum(self.done.values()), what=self.told())

    def told(self) -> str:
        """What became of the files."""
        done = [said(words, n=self.done[state]) for state, words in STATES.items() if self.done.get(state)]
        return ", ".join(done) or said("nothing to do")


def run(
    roots: Sequence[str],
    store: Path,
    engine: engines.Engine | None = None,
    options: Options | None = None,
    tell: Callable[[str, str], None] = lambda path, state: None,
) -> Summary:
    """Read what is new, changed, failed for a passing cause, or made by older rules; the rest stays.

    ``tell(path, state)`` is called once for each file. Raises :class:`Trouble` where the archive is not there
    or the store cannot be written; an interrupted run keeps what it has done.
    """
    options = options or Options()
    engine = engine or engines.local(1, options.limits)
    check(roots)
    of_share = _share(*options.shard)
    with Store(store, write=True) as opened:
        given = Roots(roots, opened)
        opened.set_roots(given.places)
        batch = _Batch(opened, options, tell)
        try:
            batch.work((item for item in _items(given, store) if of_share(item.path)), engine)
        finally:
            opened.db.commit()
        return batch.finish(lambda path: of_share(path) and given.holds(path))


def _items(roots: Roots, store: Path) -> Iterator[Item]:
    """The files of all roots; one whose path is that of another root's file gets another."""
    for root, prefix in roots.prefixes:
        for item in below(root, prefix, own=store):
            path = roots.apart(item.path, prefix)
            yield item if path == item.path else replace(item, path=path)


def _share(number: int, of: int) -> Callable[[str], bool]:
    """Whether a path belongs to the n-th share."""
    if not 1 <= number <= of:
        raise Misuse("bad_option", f"share {number}/{of} is none", "Use 1/8 to 8/8, say.", stage="archive")
    return lambda path: crc32(path.encode()) % of == number - 1


class _Batch:
    """One run: which files become jobs, and where their outcomes go."""

    def __init__(self, store: Store, options: Options, tell: Callable[[str, str], None]) -> None:
        self._store, self._options, self._tell = store, options, tell
        recipe = dict(made_by(__version__)) | {"schema": SCHEMA, "ocr": options.ocr}
        self._recipe = store.recipe(recipe)
        store.explain()
        self._at_work: dict[str, tuple[Item, str]] = {}  # path → the file whose job is out, its digest
        self._twins: dict[str, list[Item]] = {}  # digest at work → other files with the same bytes
        self._summary = Summary()
        self._committed = time.monotonic()

    def work(self, items: Iterator[Item], engine: engines.Engine) -> None:
        outcomes = engine(self._jobs(items))
        try:
            for outcome in outcomes:
                self._enter(outcome)
        finally:
            close = getattr(outcomes, "close", None)
            if close:
                close()

    def finish(self, of_run: Callable[[str], bool]) -> Summary:
        """What needs all documents: files that have gone, names, links, the search index."""
        store = self._store
        self._summary.gone = store.forget_unseen(of_run)
        store.name_again()
        if not store.indexed:
            linking.link(store.db)
            store.index()
        store.end()
        store.db.commit()
        self._summary.counts, self._summary.replaced = store.counts(), store.dropped
        return self._summary

    def _jobs(self, items: Iterator[Item]) -> Iterator[Job]:
        for item in items:
            item = self._named(item)
            known = self._store.file(item.path)
            if known and self._stands(known, item):
                self._told(item.path, "unchanged")
            elif item.trouble:
                self._put(Outcome(item.path, "", item.trouble), item)
            else:
                yield from self._job(item)
            self._commit_now_and_then()

    def _named(self, item: Item) -> Item:
        """The item, under a path that no other file of this run has."""
        path, number = item.path, 2
        while not self._store.see(path):
            path, number = f"{item.path} ({number})", number + 1
        return item if path == item.path else replace(item, path=path)

    def _stands(self, known: Known, item: Item) -> bool:
        """Whether what the store has of this file is what this run would find."""
        if item.trouble:
            return known.code == item.trouble.code
        if self._options.force or (known.size, known.stamp) != (item.size, item.stamp) or not item.stamp:
            return False
        if known.state == "failed" and (self._options.retry_failed or known.code in PASSING):
            return False
        if known.made_by != self._recipe:
            return False
        return known.state != "gone"

    def _job(self, item: Item) -> Iterator[Job]:
        """The job of a file, unless another file with the same bytes has it, or has had it."""
        if item.url:
            self._at_work[item.path] = (item, "")
            yield Job(item.path, None, item.url, self._options.ocr)
            return
        try:
            content = item.read()
        except Trouble as trouble:
            self._put(Outcome(item.path, "", trouble), item)
            return
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 in self._twins:
            self._twins[sha256].append(item)
        elif not self._copied(item, sha256):
            self._twins[sha256] = []
            self._at_work[item.path] = (item, sha256)
            yield Job(item.path, content, "", self._options.ocr)

    def _copied(self, item: Item, sha256: str) -> bool:
        """Enter a file whose bytes were read before, under a path that comes before its own or has the same
        suffix: the first path names the document, and its suffix may settle how it is read.
        """
        known = self._store.document(key_of(sha256))
        if not known or known[1] != self._recipe:
            return False
        if known[0] > item.path and _suffix(known[0]) != _suffix(item.path):
            return False
        if self._options.force and known[0] == item.path:
            return False
        news = self._store.put_copy(item.path, item.size, item.stamp, key_of(sha256), self._recipe)
        self._told(item.path, "copy" if news else "unchanged")
        return True

    def _enter(self, outcome: Outcome) -> None:
        if outcome.trouble and outcome.trouble.code == "interrupted":
            return
        item, sha256 = self._at_work.pop(outcome.path)
        outcome = replace(outcome, sha256=outcome.sha256 or sha256)
        self._put(outcome, item)
        for twin in self._twins.pop(outcome.sha256, ()):
            self._put(replace(outcome, path=twin.path), twin, copy=True)
        self._commit_now_and_then()

    def _put(self, outcome: Outcome, item: Item, copy: bool = False) -> None:
        trouble = outcome.trouble
        ours = _suffix(item.path) in DOCUMENTS  # then it is a damaged document
        skipped = item.skipped or bool(trouble and trouble.code in NO_DOCUMENTS and not ours)
        self._store.put(outcome, item.size, item.stamp, self._recipe, skipped)
        self._told(item.path, "skipped" if skipped else "failed" if trouble else "copy" if copy else "read")

    def _told(self, path: str, state: str) -> None:
        self._summary.done[state] = self._summary.done.get(state, 0) + 1
        self._tell(path, state)

    def _commit_now_and_then(self) -> None:
        if time.monotonic() - self._committed > _COMMIT:
            self._store.db.commit()
            self._committed = time.monotonic()


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def engine_of(workers: int, limits: Limits, cluster: str | None) -> engines.Engine:
    """The engine that ``-j`` and ``--cluster`` ask for."""
    if not 1 <= limits.seconds <= _DAY:
        words = f"--timeout {limits.seconds:g} is out of range"
        raise Misuse("bad_option", words, "Use 1 to 86400 seconds.", stage="archive")
    if not _LEAST_MEMORY <= limits.megabytes <= _MOST_MEMORY:
        words = f"--memory {limits.megabytes} is out of range"
        raise Misuse("bad_option", words, f"Use {_LEAST_MEMORY} to {_MOST_MEMORY} MB.", stage="archive")
    if workers < 1:
        words = f"-j {workers} is no number of processes"
        raise Misuse("bad_option", words, "Use 1 or more.", stage="archive")
    if cluster is None:
        return engines.local(workers, limits)
    from extractor.archive.cluster import spread

    return spread(cluster, workers, limits)
