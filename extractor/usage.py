"""What can be typed: commands, their arguments and what they mean, and how a wrong line is told.

All words are those of :mod:`~extractor.ground.language`.
"""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from extractor import __version__
from extractor.ground.language import said

FORMATS = ("label-studio", "brat", "iob2", "akn", "archival")  # those of interop

#: what argparse says of a wrong line, in one version of Python or another, and what :func:`_number` does
WRONG = (
    "argument {name}: {what}",
    "the following arguments are required: {names}",
    "unrecognized arguments: {given}",
    "ambiguous option: {given} could match {names}",
    "invalid choice: {given} (choose from {names})",
    "expected one argument",
    "expected at least one argument",
    "ignored explicit argument {given}",
    "{given} is no whole number from {least} to {most}",
    "{given} is no number from {least} to {most}",
)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = said("arguments"), said("options")
        self.add_argument("-h", "--help", action="help", help="show this help and end")

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        """As ever; ``help`` is told in the user's language."""
        return super().add_argument(*names, **how | {"help": said(how["help"])})

    def error(self, message: str) -> NoReturn:
        """One line, then exit 2."""
        see = said("See '{command}'.", command=f"{self.prog} --help")
        self.exit(2, f"kehoach: {retold(message)}. {see}\n")


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line of usage, behind its word."""
        super().add_usage(usage, actions, groups, said("usage: ") if prefix is None else prefix)


def retold(message: str) -> str:
    """What argparse says, in the user's language."""
    for form in WRONG:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form))
        match = re.fullmatch(pattern, message, re.S)
        if match:
            values = match.groupdict()
            return said(form, **values | ({"what": retold(values["what"])} if "what" in values else {}))
    return message


def parser() -> argparse.ArgumentParser:
    """What reads a command line; ``args.command`` names the command."""
    about = said("Turn Vietnamese administrative plans (kế hoạch) into records.")
    parser = _Parser(prog="kehoach", description=about)
    parser.add_argument(
        "--version", action="version", version=f"kehoach {__version__}", help="the version of the program"
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    extract = _command(commands, "extract", "records of documents as JSON")
    extract.add_argument("path", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    extract.add_argument("-o", "--output", type=Path, metavar="DIR", help="write one DIR/<stem>.json each")
    extract.add_argument(
        "--format", choices=("json", *FORMATS), default="json", help="for other programs (default: json)"
    )
    extract.add_argument("--plain", action="store_true", help="values only")
    extract.add_argument(
        "--no-text", action="store_true", help="leave the text and its edits out of the full record"
    )
    extract.add_argument(
        "--ocr", choices=("auto", "never", "force"), default="auto", help="when to read page images"
    )
    extract.add_argument(
        "--min-confidence",
        type=_PROBABILITY,
        default=0.0,
        metavar="P",
        help="withhold values that are less sure (0 to 1)",
    )

    repair = _command(commands, "repair", "the repaired text of a document")
    repair.add_argument("path", metavar="PATH", help="a file, or - for standard input")
    repair.add_argument(
        "--explain", action="store_true", help="print every edit instead: class, place, before, after"
    )

    outline = _command(commands, "outline", "the section tree of a document, to read")
    outline.add_argument("path", metavar="PATH", help="a file, or - for standard input")

    view = _command(commands, "view", "a page for people: one document beside its source")
    view.add_argument(
        "path", metavar="PATH", help="a document, a full record (JSON), or - for standard input"
    )
    view.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the HTML file to write"
    )
    view.add_argument(
        "--source", type=Path, metavar="FILE", help="the document of a record, to show its pages"
    )
    view.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the page")
    view.add_argument(
        "--ocr", choices=("auto", "never", "force"), default="auto", help="when to read page images"
    )

    batch = _command(commands, "batch", "a whole archive into a store; again: only what is new")
    batch.add_argument("archive", nargs="*", metavar="ARCHIVE", help="a folder, a zip, files or s3://…")
    batch.add_argument(
        "--from",
        dest="list",
        metavar="LIST",
        help="a text file with one path a line, or - for standard input",
    )
    batch.add_argument("-o", "--output", type=Path, metavar="STORE", required=True, help="the store (SQLite)")
    batch.add_argument("-j", "--jobs", type=_JOBS, metavar="N", help="worker processes (default: one a core)")
    batch.add_argument("--ocr", choices=("auto", "never", "force"), default="auto", help="see extract")
    _limited(batch, seconds=600)
    batch.add_argument("--retry-failed", action="store_true", help="try all failed files again")
    batch.add_argument("--force", action="store_true", help="read every file again")
    batch.add_argument(
        "--shard", default="1/1", metavar="N/OF", help="the n-th share of the files; see merge"
    )
    batch.add_argument(
        "--cluster", metavar="ADDRESS", help="a dask scheduler (tcp://host:8786), or 'local' for a try-out"
    )

    export = _command(commands, "export", "tables of a store: plans, tasks, deadlines …")
    export.add_argument("store", type=Path, metavar="STORE", help="made by 'kehoach batch'")
    export.add_argument(
        "--format",
        choices=("jsonl", "csv", "xlsx", "parquet", "ics", *FORMATS),
        default="xlsx",
        help="default: xlsx",
    )
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="a folder (csv, parquet, brat, akn), else a file (default: beside the store); "
        "jsonl: - for standard output",
    )
    export.add_argument("--plain", action="store_true", help="jsonl: plain records")

    gold = _command(commands, "gold", "gold records of what people annotated in other programs")
    gold.add_argument(
        "source",
        type=Path,
        metavar="ANNOTATIONS",
        help="an export of Label Studio (JSON), or brat's .ann files",
    )
    gold.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="write one DIR/<stem>.json each"
    )

    search = _command(commands, "search", "documents of a store that hold words, marks or not")
    search.add_argument("store", type=Path, metavar="STORE", help="made by 'kehoach batch'")
    search.add_argument("words", nargs="+", metavar="WORD", help="words; '\"an toan\"' stand together")
    search.add_argument("-n", "--most", type=_COUNT, default=50, metavar="N", help="how many (default: 50)")

    merge = _command(commands, "merge", "several stores into one")
    merge.add_argument("target", type=Path, metavar="STORE", help="the store that takes the others in")
    merge.add_argument("sources", type=Path, nargs="+", metavar="OTHER", help="a store to take in")

    evaluate = _command(commands, "eval", "precision, recall and F1 of plain records against gold")
    evaluate.add_argument("gold", type=Path, metavar="GOLD", help="folder of gold records")
    evaluate.add_argument(
        "predicted", type=Path, metavar="PREDICTED", help="folder of plain records, same stems"
    )
    evaluate.add_argument(
        "--similar",
        type=_PROBABILITY,
        default=1.0,
        metavar="R",
        help="texts count as equal from this ratio on",
    )
    evaluate.add_argument("--save", type=Path, metavar="FILE", help="keep what was right, for --baseline")
    evaluate.add_argument(
        "--baseline", type=Path, metavar="FILE", help="gains and losses against a run that was saved"
    )
    evaluate.add_argument(
        "--only", action="store_true", help="leave out documents that have no predicted record"
    )
    evaluate.add_argument("--errors", action="store_true", help="list every miss")

    report = _command(commands, "report", "one page that compares the records of many documents")
    report.add_argument(
        "store", type=Path, metavar="STORE", help="a store, a folder of full records, or a .jsonl file"
    )
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the page, an .html")
    report.add_argument("--lang", choices=("vi", "en"), default="vi", help="the language of the page")
    report.add_argument("--themes", type=Path, metavar="FILE", help="more national themes, as a table")
    report.add_argument(
        "--files", type=Path, metavar="DIR", help="where the documents lie, so that the page can open them"
    )

    serve = _command(commands, "serve", "records by HTTP for other programs of this machine")
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        help="where to listen (default: 127.0.0.1, for this machine alone)",
    )
    serve.add_argument("--port", type=_PORT, default=8765, metavar="N", help="default: 8765")
    serve.add_argument(
        "-j", "--jobs", type=_JOBS, default=1, metavar="N", help="worker processes (default: 1)"
    )
    serve.add_argument(
        "--most", type=_COUNT, default=50, metavar="MB", help="size a document may have (default: 50)"
    )
    _limited(serve, seconds=120)

    _command(commands, "schema", "the JSON Schema of the full record")
    _command(commands, "doctor", "which tools are here, and how to get what is missing")
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, about: str
) -> argparse.ArgumentParser:
    about = said(about)
    parser = commands.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".")
    parser.set_defaults(command=name)
    return parser


def _limited(command: argparse.ArgumentParser, seconds: int) -> None:
    """What a document may take of time and memory."""
    command.add_argument(
        "--timeout", type=_SECONDS, default=seconds, metavar="S", help="seconds a document may take"
    )
    command.add_argument(
        "--memory",
        type=_MEGABYTES,
        default=3072,
        metavar="MB",
        help="memory a document may take (default: 3072)",
    )


def _number(kind: type[int] | type[float], least: float, most: float) -> Callable[[str], float]:
    """What reads a number from ``least`` to ``most``, or says that it is none."""

    def read(given: str) -> float:
        try:
            number = kind(given)
        except ValueError:
            number = kind(least - 1)
        if not least <= number <= most:
            what = "whole number" if kind is int else "number"
            raise argparse.ArgumentTypeError(f"{given[:40]!r} is no {what} from {least:g} to {most:.0f}")
        return number

    return read


_PORT, _COUNT = _number(int, 0, 65535), _number(int, 1, 10_000_000)
_PROBABILITY, _JOBS = _number(float, 0, 1), _number(int, 1, 1024)
_SECONDS, _MEGABYTES = _number(float, 1, 86_400), _number(int, 256, 2**20)  # as the archive has them
