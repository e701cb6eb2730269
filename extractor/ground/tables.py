"""Tables of words and characters: TSV files that a linguist edits, read as typed rows.

A table begins with head lines ``# key: value``, then one line of column names, then rows. Cells are
literal UTF-8; ``\\uXXXX``, ``\\t``, ``\\n`` and ``\\\\`` are escapes. Lines that begin with ``#`` and
empty lines say nothing below the head. A cell of several values parts them by ``" | "``.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

Row = TypeVar("Row", bound=tuple[Any, ...])


class BadTable(ValueError):
    """A table that does not read: the message names file and line."""


class Table(NamedTuple, Generic[Row]):
    """``head``: what stands above the columns, by key; ``rows``: in the order of the file."""

    name: str
    head: dict[str, str]
    rows: tuple[Row, ...]


@cache
def table(name: str, kind: type[Row]) -> Table[Row]:
    """The table ``name`` (a path below ``extractor/tables``) as rows of the NamedTuple ``kind``."""
    return parse(name, files("extractor.tables").joinpath(name).read_text(encoding="utf-8"), kind)


def parse(name: str, text: str, kind: type[Row]) -> Table[Row]:
    """Read a table from its text. The columns must be the fields of ``kind``, in its order.

    Field types: ``str``, ``int``, ``float``, ``bool`` (``yes``/``no``), ``tuple[str, ...]``.
    Raises :class:`BadTable` with file and line for a row that does not fit.
    """
    wanted = get_type_hints(kind)
    head: dict[str, str] = {}
    rows: list[Row] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            key, colon, value = line[1:].partition(":")
            if rows is None and colon:
                head[key.strip()] = unescaped(value.strip())
        elif rows is None and line.strip():
            if line.split("\t") != list(wanted):
                raise BadTable(f"{name}:{number}: columns must be {', '.join(wanted)}")
            rows = []
        elif rows is not None and line.strip(" "):
            rows.append(_row(line, kind, wanted, f"{name}:{number}"))
    if rows is None:
        raise BadTable(f"{name}: no line of column names")
    return Table(name, head, tuple(rows))


def unescaped(cell: str) -> str:
    """The text that a cell means: ``\\u00AD`` and its like resolved."""
    return _escape().sub(_character, cell) if "\\" in cell else cell


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, parted by ``" | "``."""
    return tuple(unescaped(part.strip(" ")) for part in cell.split(" | ") if part.strip(" "))


def _row(line: str, kind: type[Row], wanted: dict[str, Any], where: str) -> Row:
    cells = line.split("\t")
    if len(cells) != len(wanted):
        raise BadTable(f"{where}: {len(cells)} cells, but {len(wanted)} columns ({', '.join(wanted)})")
    try:
        typed = [_reader(want)(cell) for want, cell in zip(wanted.values(), cells, strict=True)]
    except (ValueError, KeyError) as error:
        raise BadTable(f"{where}: {error}") from None
    return kind(*typed)


def _reader(want: Any) -> Callable[[str], Any]:
    readers: dict[Any, Callable[[str], Any]] = {
        str: unescaped,
        int: int,
        float: float,
        bool: {"yes": True, "no": False}.__getitem__,
        tuple[str, ...]: values,
    }
    return readers[want]


def _character(match: re.Match[str]) -> str:
    code = match[1]
    return {"t": "\t", "n": "\n", "\\": "\\"}.get(code) or chr(int(code[1:], 16))


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(r"\\(u[0-9A-Fa-f]{4}|[tn\\])")
