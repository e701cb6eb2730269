"""``export``: a store as JSON lines, CSV, an Excel workbook, Parquet files or a calendar, and in the formats
of :mod:`extractor.interop`.

The same archive gives the same bytes. A cell that a spreadsheet would take for a formula gets an apostrophe
before it (OWASP, CSV injection): documents are strangers' words.
"""

import csv
import errno
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from extractor import __version__
from extractor.archive.rows import NUMBERS
from extractor.archive.store import Store
from extractor.archive.tables import TABLES, Table
from extractor.ground.cells import safe
from extractor.ground.trouble import Missing, Misuse, Trouble

if TYPE_CHECKING:
    from extractor.interop import Form
    from extractor.record import Record

Writer = Callable[[Store, Path], list[Path]]

Tell = Callable[[str, Trouble], None]
#: a name that a file system refuses beside others, or for its length: it costs one document
_BAD_NAMES = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG}
_MOST_ROWS = 1_048_575  # of Excel, below the head


def export(store: Path, form: str, target: Path, plain: bool = False, tell: Tell | None = None) -> list[Path]:
    """Write ``store`` as ``form`` (a key of :data:`FORMS` or of those in :mod:`extractor.interop`);
    returns the files.

    ``target``: a folder (csv, parquet: one file a table; brat, akn: files of each document), else a file.
    ``plain``: jsonl of plain records. ``tell(path, why)`` is called for a document whose name fits no file
    there, or whose file somebody has changed, and the others are written; without it such a document is a
    :class:`Misuse`, as an unknown form and a place that cannot be written are.
    """
    foreign = _interop()
    if form not in FORMS and form not in foreign:
        remedy = f"Use one of {', '.join((*FORMS, *foreign))}."
        raise Misuse("bad_option", f"format {form!r} is unknown", remedy, stage="archive")
    if target.exists() and target.resolve() == store.resolve():
        raise Misuse("bad_option", f"{target} is the store itself", "Choose another file.", stage="archive")
    with Store(store) as opened:
        try:
            if form == "jsonl":
                return _jsonl(opened, target, plain)
            if form in FORMS:
                return FORMS[form](opened, target)
            if foreign[form].piece:
                return _in_one(foreign[form], opened, target)
            return _in_many(foreign[form], opened, target, tell)
        except OSError as error:
            said = f"{target}: {error.strerror or error}"
            raise Misuse("cannot_write", said, "Choose another place with -o.", stage="archive") from error


def lines(store: Store, plain: bool = False) -> Iterator[str]:
    """The records as JSON, one a line, by path; plain ones begin with their path."""
    from extractor.record import Record

    for path, data in store.records():
        record = {"path": path, **Record.from_dict(data).to_dict(plain=True)} if plain else data
        yield json.dumps(record, ensure_ascii=False)


def _jsonl(store: Store, target: Path, plain: bool = False) -> list[Path]:
    with _whole(target) as part, _fresh(part) as file:
        for line in lines(store, plain):
            file.write(line + "\n")
    return [target]


def _csv(store: Store, target: Path) -> list[Path]:
    """One file a table, in UTF-8 with the mark by which Excel knows it."""

    def write(table: Table, path: Path) -> None:
        with _fresh(path, encoding="utf-8-sig") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(table.columns)
            writer.writerows(map(safe, row) for row in table.rows(store))

    return _each(target, ".csv", write)


def _xlsx(store: Store, target: Path) -> list[Path]:
    """One workbook, a sheet a table (several where it has more rows than Excel takes)."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise _missing("an Excel workbook", "xlsxwriter") from error
    from datetime import datetime

    text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with _whole(target) as part, xlsxwriter.Workbook(str(part), text | {"constant_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # no clock: the same bytes every time
        bold = book.add_format({"bold": True})
        for name, table in TABLES.items():
            _sheets(book, name, table, store, bold)
    return [target]


def _sheets(book: Any, name: str, table: Table, store: Store, bold: Any) -> None:
    sheet, at = None, 0
    for number, row in enumerate(_with_head(table, store)):
        if (number % _MOST_ROWS == 1 and number > 1) or sheet is None:
            sheet, at = book.add_worksheet(name if sheet is None else f"{name} {number // _MOST_ROWS + 1}"), 1
            sheet.write_row(0, 0, list(table.columns), bold)
            sheet.freeze_panes(1, 1)
        if number:
            for column, cell in enumerate(map(safe, row)):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, cell)
            at += 1


def _with_head(table: Table, store: Store) -> Iterator[tuple[Any, ...]]:
    yield tuple(table.columns)
    yield from table.rows(store)


def _parquet(store: Store, target: Path) -> list[Path]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise _missing("Parquet", "pyarrow") from error

    def write(table: Table, path: Path) -> None:
        types = ((name, getattr(pyarrow, NUMBERS.get(name, "string"))()) for name in table.columns)
        schema = pyarrow.schema(types)
        with pyarrow.parquet.ParquetWriter(path, schema) as writer:
            for rows in _in_groups(table.rows(store), 10_000):
                columns = [list(column) for column in zip(*rows, strict=True)]
                writer.write_table(pyarrow.table(columns, schema=schema))

    return _each(target, ".parquet", write)


def _ics(store: Store, target: Path) -> list[Path]:
    from extractor.archive.calendar import calendar

    with _whole(target) as part, _fresh(part) as file:
        file.write(calendar(store))
    return [target]


def _records(store: Store) -> "Iterator[Record]":
    """The records, called by their paths."""
    from extractor.record import Record

    for path, data in store.records():
        yield Record.from_dict({**data, "source": {**data["source"], "name": path}})


def _failures(store: Store) -> "Iterator[Record]":
    """Records of the documents that could not be read."""
    from extractor.assembly import failure

    for path, trouble in store.failures():
        yield failure(path, "", __version__, trouble)


def _in_one(form: "Form", store: Store, target: Path) -> list[Path]:
    """One file of all documents; a table of documents has a row of those that could not be read, too."""
    from extractor.interop import joined

    records = chain(_records(store), _failures(store) if form.suffix == ".csv" else ())
    with _whole(target) as part, _fresh(part) as file:
        for piece in joined(form, records):
            file.write(piece)
    return [target, *_beside(form, target.parent)]


def _in_many(form: "Form", store: Store, target: Path, tell: Tell | None) -> list[Path]:
    """A file (or two) a document, below ``target`` as in the archive, with all of its name."""
    for record in _records(store):
        name = record.source["name"]
        place = target.joinpath(*(p for p in name.split("/") if p not in ("", ".", "..")))
        try:
            _write_files(place, form.files(record))
        except Misuse as trouble:
            if tell is None:
                raise
            tell(name, trouble)
    return [target, *_beside(form, target)]


def _write_files(place: Path, files: Mapping[str, str]) -> None:
    """The files of a document. Raises :class:`Misuse` where its name fits none, or one is somebody else's."""
    from extractor.interop.ours import refuse_others

    targets = {place.with_name(place.name + suffix): content for suffix, content in files.items()}
    try:
        for target in targets:
            refuse_others(target)
        for target, content in targets.items():
            with _whole(target) as part, _fresh(part) as file:
                file.write(content)
    except OSError as error:
        if error.errno not in _BAD_NAMES:
            raise
        said = f"{place}: no file can have this name ({error.strerror})"
        raise Misuse("no_name", said, "Rename the document in the archive.", stage="archive") from error


def _beside(form: "Form", folder: Path) -> Iterator[Path]:
    for name, content in form.beside().items():
        with _whole(folder / name) as part, _fresh(part) as file:
            file.write(content)
        yield folder / name


def _in_groups(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    group: list[tuple[Any, ...]] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _each(target: Path, suffix: str, write: Callable[[Table, Path], None]) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for name, table in TABLES.items():
        with _whole(target / (name + suffix)) as part:
            write(table, part)
        made.append(target / (name + suffix))
    return made


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A path to write to; what is written takes its place whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        with suppress(OSError):  # a name too long to be
            part.unlink(missing_ok=True)


def _fresh(path: Path, encoding: str = "utf-8") -> IO[str]:
    return path.open("w", encoding=encoding, newline="", errors="replace")


def _missing(what: str, package: str) -> Missing:
    remedy = f"Install kehoach[tables] (it brings {package})."
    return Missing("no_package", f"writing {what} needs {package}", remedy, stage="install")


#: the name of a form → what writes it
FORMS: dict[str, Writer] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "ics": _ics,
}


def ending(form: str) -> str:
    """What the files of a form add to the stem of a store: an ending, or the rest of a folder's name."""
    found = _interop().get(form)
    if found:
        return f"-{form}" + (found.suffix if found.piece else "")
    return f"-{form}" if form in ("csv", "parquet") else f".{form}"


def _interop() -> "dict[str, Form]":
    """The formats of other programs; workers, which import this package, do without them."""
    from extractor.interop import FORMS as found

    return found
