"""Records as data frames: ``frame(records)`` for pandas, Polars or Arrow.

The columns and their types are those of the store's tables (``kehoach export --format parquet``) and do not
depend on what the records hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractor.archive.rows import COLUMNS, NUMBERS, rows
from extractor.ground.trouble import Missing, Misuse
from extractor.record import Record

KINDS = ("pandas", "polars", "arrow")


def frame(records: Record | Iterable[Record], table: str = "plans", kind: str = "pandas") -> Any:
    """One row a document (``table="plans"``), or a row each task, deadline, slogan, citation, parent …

    ``name`` and ``sha256`` say which document a row is of. ``kind``: ``"pandas"``, ``"polars"`` or
    ``"arrow"`` (a ``pyarrow.Table``). A record of a failure gives no rows. Raises :class:`Misuse` for an
    unknown table or kind and for what is no record, :class:`Missing` where the library is not here.
    """
    if table not in COLUMNS or kind not in KINDS:
        known = ", ".join(KINDS if table in COLUMNS else COLUMNS)
        said = f"{kind!r} is no kind of frame" if table in COLUMNS else f"{table!r} is no table"
        raise Misuse("bad_option", said, f"Use one of {known}.", stage="frame")
    made = _arrow(records, table)
    if kind == "arrow":
        return made
    _library(kind)
    if kind == "pandas":
        return made.to_pandas()
    import polars

    return polars.from_arrow(made)


def _each(records: Any) -> Iterator[Record]:
    """The records, of one as of many. Raises :class:`Misuse` for what is none."""
    remedy = "Give records, as extract() or pipe() make them; Record.from_json() reads them from JSON."
    if isinstance(records, Record):
        records = (records,)
    elif isinstance(records, str | bytes | Mapping) or not isinstance(records, Iterable):
        said = f"a frame is made of records, not of a {type(records).__name__}"
        raise Misuse("no_records", said, remedy, stage="frame")
    for record in records:
        if not isinstance(record, Record):
            said = f"a frame is made of records, and one of these is a {type(record).__name__}"
            raise Misuse("no_records", said, remedy, stage="frame")
        yield record


def _arrow(records: Record | Iterable[Record], table: str) -> Any:
    pyarrow = _library("pyarrow")
    names = ("name", "sha256", *COLUMNS[table])
    found = [
        (record.source["name"], record.id, *row)
        for record in _each(records)
        if not record.failed
        for row in rows(record)[table]
    ]
    columns = [list(column) for column in zip(*found, strict=True)] if found else [[] for _ in names]
    return pyarrow.table(columns, schema=schema(names))


def schema(names: Iterable[str]) -> Any:
    """The Arrow schema of columns of these names."""
    pyarrow = _library("pyarrow")
    return pyarrow.schema([(name, getattr(pyarrow, NUMBERS.get(name, "string"))()) for name in names])


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        remedy = f"Install {'kehoach[tables]' if name == 'pyarrow' else name}."
        raise Missing("no_package", f"a data frame needs {name}", remedy, stage="install") from error
