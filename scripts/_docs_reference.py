"""The reference pages, as Markdown, from the code itself: commands, record, store, Python, refusals."""

import argparse
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields as keys
from dataclasses import is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args

ROOT = Path(__file__).resolve().parents[1]
MIGRATIONS = ROOT / "extractor" / "archive" / "migrations"
FUNCTIONS = ("extract", "mend", "pipe", "diff", "frame", "withhold")
CLASSES = {
    "What a record is made of": (
        "record.Record",
        "record.Value",
        "record.Evidence",
        "record.Heading",
        "difference.Change",
    ),
    "Text and its repair": ("ground.text.Text", "ground.text.Layer", "ground.text.Edit", "ground.text.Span"),
    "What goes wrong": ("ground.trouble.Trouble", "ground.trouble.Misuse", "ground.trouble.Missing"),
}
MODULES = {"Old code pages": "legacy", "spaCy": "spacy_pipe", "Other programs": "interop"}


def pages() -> dict[str, str]:
    """Name → text of every page of the reference."""
    made = {
        "commands": commands(),
        "record": record(),
        "store": store(),
        "python": python(),
        "refusals": refusals(),
    }
    return {f"reference/{name}": "\n".join(lines) + "\n" for name, lines in made.items()}


def commands() -> Iterator[str]:
    """Every command with its arguments, from the parser."""
    from extractor.cli import __doc__ as about
    from extractor.usage import parser

    os.environ["KEHOACH_LOCALE"] = "C"  # whatever the reader of the terminal reads

    yield "# Commands\n"
    yield (
        "Data goes to standard output, messages to standard error. "
        + about.partition("\n\n")[2].strip()
        + "\n"
    )
    (choices,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    for name, command in choices.choices.items():
        yield f"## kehoach {name}\n\n{command.description}\n"
        yield from table(
            ("argument", "meaning"), (_argument(a) for a in command._actions if a.dest != "help")
        )


def _argument(action: argparse.Action) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{action.metavar}`"
    value = "" if action.nargs == 0 or not action.option_strings else f" `{_value(action)}`"
    given = (
        action.default
        if isinstance(action.default, int | float) and not isinstance(action.default, bool)
        else ""
    )
    help = action.help or ""
    return names + value, help + (f" (default: {given:g})" if given != "" and "default" not in help else "")


def _value(action: argparse.Action) -> str:
    return "|".join(action.choices) if action.choices else str(action.metavar or action.dest.upper())


def record() -> Iterator[str]:
    """The fields of a record and the keys of their values, from the fields themselves."""
    from extractor.fields import fields
    from extractor.ground.field import STATUSES
    from extractor.ground.source import ROUTES
    from extractor.record import SCHEMA

    yield f"# The record\n\nSchema {SCHEMA}. `kehoach schema` prints it as JSON Schema.\n"
    yield "The **plain** record (`--plain`) holds values only. In the **full** one each is an object with"
    yield f"`value`, `status` ({', '.join(f'`{s}`' for s in STATUSES)}), `confidence`, `rule`, `evidence`"
    yield "and, where a composed value needs them, `parts`: see [how evidence"
    yield "works](../explanation/evidence.md).\n"
    yield "## Fields\n"
    yield from table(
        ("field", "value", "what it is"),
        ((f"`{f.name}`", ("list of " if f.many else "") + _kind(f.value), f.about) for f in fields()),
    )
    yield "`outline`: every numbered heading as `path`, `title`, `span`; plain: `[path, title]`.\n"
    for field in fields():
        if is_dataclass(field.value):
            yield f"### Keys of `{field.name}`\n\n{_first(field.value.__doc__)}\n"
            yield from table(("key", "value"), ((f"`{k.name}`", _kind(k.type)) for k in keys(field.value)))
    yield "## Source\n"
    yield "`source` says what was read: `name`, `sha256`, `media_type`, `pages`, `origin` (`text`, `ocr`,"
    yield (
        "`mixed`), `engine`, and for each page of a PDF or picture in `routes` which way it was read: "
        + ", ".join(f"`{route}`" for route in ROUTES)
    )


def _kind(kind: Any) -> str:
    if isinstance(kind, UnionType):
        return " or ".join("`null`" if part is type(None) else _kind(part) for part in get_args(kind))
    if is_dataclass(kind) and isinstance(kind, type):
        return f"[object](#keys-of-{_owner(kind)})"
    inner = get_args(kind)
    return f"list of {_kind(inner[0])}" if inner else {str: "text", int: "number"}.get(kind, str(kind))


def _owner(kind: type) -> str:
    from extractor.fields import fields

    return next(f.name for f in fields() if f.value is kind)


def store() -> Iterator[str]:
    """The tables of a store: columns as SQLite has them, words from the comments of the migrations."""
    sql = "\n".join(path.read_text("utf-8") for path in sorted(MIGRATIONS.glob("*.sql")))
    db = sqlite3.connect(":memory:")
    db.executescript(sql)
    head = re.match(r"(?:--.*\n)+", sql)
    yield "# The tables of a store\n\nMade from `extractor/archive/migrations`; any SQL tool opens a store.\n"
    yield from (
        re.sub(r"^-- ?(\w+)  ", r"\n`\1`: ", line).removeprefix("--").strip(" ")
        for line in head[0].splitlines()
    )
    yield ""
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if f"CREATE TABLE {name} (" not in sql:  # the search index has tables of its own
            continue
        about, comments = _comments(sql, name)
        yield f"## {name}\n\n{about}\n"
        rows = db.execute(f"PRAGMA table_info({name})").fetchall()
        yield from table(
            ("column", "type", ""),
            ((f"`{r[1]}`", r[2].lower() or "text", comments.get(r[1], "")) for r in rows),
        )
    yield "## Views and search\n"
    for name, about in re.findall(r"^CREATE VIEW (\w+) AS +-- (.*)$", sql, re.M):
        yield f"`{name}`: {about}\n"
    yield "`search`: the text, found without marks: `SELECT path FROM search JOIN documents"
    yield "ON document = search.rowid WHERE search MATCH 'an toan thuc pham'`."


def _comments(sql: str, name: str) -> tuple[str, dict[str, str]]:
    """What a migration says of a table, and of its columns."""
    found = re.search(rf"CREATE TABLE {name} \( *(?:-- ([^\n]*))?\n(.*?)^\)", sql, re.S | re.M)
    columns = re.findall(r"^ +(\w+) .*?-- (.*)$", found[2], re.M)
    return _sentence(found[1] or ""), dict(columns)


def python() -> Iterator[str]:
    """The library, from its docstrings."""
    yield "# Python\n\n`from extractor import …`; examples stand in the README under *From Python*.\n"
    yield "## Functions\n"
    yield from _directives("autofunction", (f"extractor.{name}" for name in FUNCTIONS))
    for title, classes in CLASSES.items():
        yield f"## {title}\n"
        yield from _directives("autoclass", (f"extractor.{name}" for name in classes), ":members:")
    for title, name in MODULES.items():
        yield f"## {title}\n"
        yield from _directives("automodule", [f"extractor.{name}"], ":members:")


def _directives(kind: str, names: Iterable[str], *options: str) -> Iterator[str]:
    yield "```{eval-rst}"
    for name in names:
        yield from (f".. {kind}:: {name}", *(f"   {option}" for option in options), "")
    yield "```\n"


def refusals() -> Iterator[str]:
    """Codes of failures and notes, from the table of their Vietnamese words."""
    from extractor.ground.tables import table as rows_of
    from extractor.ground.trouble import Message

    yield "# Refusals and notes\n"
    yield "What a code in `failures`, `notes` or on the command line means, and what to do, in Vietnamese.\n"
    yield from table(
        ("code", "nghĩa là", "cách xử lý"),
        ((f"`{m.code}`", m.message, m.remedy) for m in rows_of("messages.tsv", Message).rows),
    )


def table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table, with an empty line behind it; nothing where it has no rows."""
    rows = [[cell.replace("|", "\\|").replace("<", "&lt;") for cell in line] for line in lines]
    if rows:
        for row in (list(head), ["---"] * len(rows[0]), *rows):
            yield "| " + " | ".join(row) + " |"
        yield ""


def _first(doc: str | None) -> str:
    return " ".join((doc or "").partition("\n\n")[0].split())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "." if words else ""
