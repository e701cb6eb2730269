"""The room ``report``: many records → one page that compares their themes, slogans, cascades and duties.

:func:`report` is its verb. It reads records only: entries → facts (one document each) → analyses (grouping,
cascade, duties) → payload (compact JSON) → page. What is no full record is named on the page and left out.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from extractor.ground.language import told
from extractor.ground.paper import Note
from extractor.ground.trouble import Trouble
from extractor.pages import LANGS, Page, Words, render
from extractor.report.entries import Entry, Skipped, entries_of, no_record
from extractor.report.facts import Facts, facts_of
from extractor.report.national import National, national_themes

__all__ = ["Entry", "Report", "Skipped", "entries_of", "national_themes", "report"]

_SECTIONS = ("themes", "slogans", "cascade", "duties", "trust", "documents")
_SCRIPTS = (
    "data.js",
    "tables.js",
    "panel.js",
    "themes.js",
    "slogans.js",
    "cascade.js",
    "duties.js",
    "main.js",
)
_NO_RECORD = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Report:
    """``html``: the page; ``documents``: how many it counts; ``skipped``: (path, why) of what it could not;
    ``cut``: characters that words of tasks were cut to, to keep the page light.
    """

    html: str
    documents: int
    skipped: tuple[tuple[str, Trouble | Note], ...]
    cut: int | None


def report(
    entries: Iterable[Entry | Skipped],
    *,
    lang: str = "vi",
    themes: Sequence[National] | None = None,
    files: Path | None = None,
    target: Path | None = None,
) -> Report:
    """The report on some documents.

    ``files``: the folder that the entries' paths begin in, ``target``: where the page will lie; where both
    are given, documents that are there get links, and so do pages ``NAME.view.html`` beside them. Raises
    :class:`~extractor.ground.trouble.Missing` without scikit-learn or Jinja2.
    """
    from extractor import __version__
    from extractor.report.payload import payload_of
    from extractor.report.vectors import tokeniser

    documents, skipped = _read(entries)
    named = [(path, told(why, lang)) for path, why in skipped]
    payload = payload_of(
        documents, national_themes() if themes is None else themes, named, _Links(files, target)
    )
    page = Page("extractor.report", "report.html", ("report.css",), _SCRIPTS)
    words = Words.of(lang if lang in LANGS else "vi", "extractor.pages", "extractor.report")
    html = render(
        page,
        lang,
        words("r_title"),
        {"core": payload.core, "parcels": payload.parcels},
        sections=_SECTIONS,
        total=len(documents),
        range=_range(documents, words),
        skipped=named[:1000],
        cut=payload.cut,
        version=__version__,
        words_by=tokeniser(),
    )
    return Report(html, len(documents), tuple(skipped), payload.cut)


def _read(entries: Iterable[Entry | Skipped]) -> tuple[list[Facts], list[tuple[str, Trouble | Note]]]:
    """Facts sorted by path, and what could not be taken: no records, records of failures."""
    documents: list[Facts] = []
    skipped: list[tuple[str, Trouble | Note]] = []
    for entry in entries:
        if isinstance(entry, Skipped):
            skipped.append((entry.path, entry.trouble))
            continue
        try:
            if not entry.record["fields"]:
                skipped.append((entry.path, _failure(entry)))
                continue
            documents.append(facts_of(entry))
        except _NO_RECORD as error:
            skipped.append((entry.path, no_record(f"it is no full record: {error!r}")))
        except Trouble as trouble:
            skipped.append((entry.path, trouble))
    skipped.sort(key=lambda one: (one[0], one[1].message))
    return sorted(documents, key=lambda d: (d.path, d.id)), skipped


def _failure(entry: Entry) -> Note:
    """What the notes of a failed document say."""
    notes = [note for note in entry.record.get("notes", ()) if note.get("message")]
    words = "; ".join(str(note["message"]) for note in notes) or "the document could not be read"
    return Note(str(notes[0].get("code", "")) if notes else "unread", words)


def _range(documents: Sequence[Facts], words: Words) -> str:
    years = sorted({d.year for d in documents if d.year is not None})
    if not years:
        return words("r_no_years")
    if years[0] == years[-1]:
        return words("r_year", first=years[0])
    return words("r_years", first=years[0], last=years[-1])


@dataclass(frozen=True, slots=True)
class _Links:
    """Addresses of a document and of its page, from where the report lies; ``None`` for what is not there."""

    files: Path | None
    target: Path | None

    def __call__(self, path: str) -> tuple[str | None, str | None]:
        if self.files is None or self.target is None:
            return None, None
        file = self.files / path
        views = (file.with_name(file.name + ".view.html"), file.with_name(file.stem + ".view.html"))
        return self._to(file), next((found for view in views if (found := self._to(view))), None)

    def _to(self, file: Path) -> str | None:
        """Never a path out of the archive, never a scheme."""
        if self.files is None or self.target is None:
            return None
        try:
            whole = file.resolve()
            if not whole.is_relative_to(self.files.resolve()) or not whole.is_file():
                return None
        except (OSError, ValueError):
            return None
        there = os.path.relpath(whole, self.target.resolve().parent).replace(os.sep, "/")
        return quote(there if there.startswith("..") else f"./{there}", errors="surrogateescape")
