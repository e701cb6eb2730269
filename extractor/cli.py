"""``kehoach COMMAND …``: the door for people. Data on stdout, messages on stderr, no rule in here.

Exit codes: 0 well · 1 internal error · 2 wrong usage · 3 some inputs failed · 4 nothing could be read.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from extractor import __version__
from extractor.folders import (
    Input,
    free_target,
    inputs_of,
    is_database,
    one_input,
    spared,
    target_of,
    write_whole,
)
from extractor.ground.legibility import KINDS
from extractor.ground.paper import Note
from extractor.ground.trouble import Message, Misuse, Trouble

if TYPE_CHECKING:
    from extractor.evaluation import Evaluation
    from extractor.interop import Form
    from extractor.record import Record
    from extractor.report import Entry, Skipped

_MOST_FAILURES = 5  # that a batch names at its end
_MOST_NAMED = 20  # files that a report leaves out
_FORMATS = ("label-studio", "brat", "iob2", "akn", "archival")  # those of interop
_MOST_STDIN = 2**28  # more than any reader takes: it refuses in words


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, then exit 2."""
        self.exit(2, f"kehoach: {message}. See '{self.prog} --help'.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = _parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    except Trouble as trouble:
        return _refuse(trouble)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(f"kehoach: cannot write the output: {error.strerror}. Free some space, or choose another place.")
        return 1
    except KeyboardInterrupt:
        _say("kehoach: stopped.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="kehoach", description="Turn Vietnamese administrative plans (kế hoạch) into records."
    )
    parser.add_argument("--version", action="version", version=f"kehoach {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)

    extract = _command(commands, "extract", "records of documents as JSON", _extract)
    extract.add_argument("path", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    extract.add_argument("-o", "--output", type=Path, metavar="DIR", help="write one DIR/<stem>.json each")
    extract.add_argument(
        "--format", choices=("json", *_FORMATS), default="json", help="for other programs (default: json)"
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

    repair = _command(commands, "repair", "the repaired text of a document", _repair)
    repair.add_argument("path", metavar="PATH", help="a file, or - for standard input")
    repair.add_argument(
        "--explain", action="store_true", help="print every edit instead: class, place, before, after"
    )

    outline = _command(commands, "outline", "the section tree of a document, to read", _outline)
    outline.add_argument("path", metavar="PATH", help="a file, or - for standard input")

    view = _command(commands, "view", "a page for people: one document beside its source", _view)
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

    batch = _command(commands, "batch", "a whole archive into a store; again: only what is new", _batch)
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
    batch.add_argument(
        "--timeout", type=_SECONDS, default=600, metavar="S", help="seconds a document may take"
    )
    batch.add_argument(
        "--memory",
        type=_MEGABYTES,
        default=3072,
        metavar="MB",
        help="memory a document may take (default: 3072)",
    )
    batch.add_argument("--retry-failed", action="store_true", help="try all failed files again")
    batch.add_argument("--force", action="store_true", help="read every file again")
    batch.add_argument(
        "--shard", default="1/1", metavar="N/OF", help="the n-th share of the files; see merge"
    )
    batch.add_argument(
        "--cluster", metavar="ADDRESS", help="a dask scheduler (tcp://host:8786), or 'local' for a try-out"
    )

    export = _command(commands, "export", "tables of a store: plans, tasks, deadlines …", _export)
    export.add_argument("store", type=Path, metavar="STORE", help="made by 'kehoach batch'")
    export.add_argument(
        "--format",
        choices=("jsonl", "csv", "xlsx", "parquet", "ics", *_FORMATS),
        default="xlsx",
        help="default: xlsx",
    )
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="a folder (csv, parquet, brat, akn), else a file",
    )
    export.add_argument("--plain", action="store_true", help="jsonl: plain records")

    gold = _command(commands, "gold", "gold records of what people annotated in other programs", _gold)
    gold.add_argument(
        "source",
        type=Path,
        metavar="ANNOTATIONS",
        help="an export of Label Studio (JSON), or brat's .ann files",
    )
    gold.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="write one DIR/<stem>.json each"
    )

    search = _command(commands, "search", "documents of a store that hold words, marks or not", _search)
    search.add_argument("store", type=Path, metavar="STORE", help="made by 'kehoach batch'")
    search.add_argument("words", nargs="+", metavar="WORD", help="words; '\"an toan\"' stand together")
    search.add_argument("-n", "--most", type=_COUNT, default=50, metavar="N", help="how many (default: 50)")

    merge = _command(commands, "merge", "several stores into one", _merge)
    merge.add_argument("target", type=Path, metavar="STORE", help="the store that takes the others in")
    merge.add_argument("sources", type=Path, nargs="+", metavar="OTHER", help="a store to take in")

    evaluate = _command(commands, "eval", "precision, recall and F1 of plain records against gold", _eval)
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

    report = _command(commands, "report", "one page that compares the records of many documents", _report)
    report.add_argument(
        "store", type=Path, metavar="STORE", help="a store, a folder of full records, or a .jsonl file"
    )
    report.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the page, an .html")
    report.add_argument("--lang", choices=("vi", "en"), default="vi", help="the language of the page")
    report.add_argument("--themes", type=Path, metavar="FILE", help="more national themes, as a table")
    report.add_argument(
        "--files", type=Path, metavar="DIR", help="where the documents lie, so that the page can open them"
    )

    serve = _command(commands, "serve", "records by HTTP for other programs of this machine", _serve)
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
    serve.add_argument(
        "--timeout", type=_SECONDS, default=120, metavar="S", help="seconds a document may take"
    )
    serve.add_argument(
        "--memory",
        type=_MEGABYTES,
        default=3072,
        metavar="MB",
        help="memory a document may take (default: 3072)",
    )

    _command(commands, "schema", "the JSON Schema of the full record", _schema)
    _command(commands, "doctor", "which tools are here, and how to get what is missing", _doctor)
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    about: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".")
    parser.set_defaults(run=run)
    return parser


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


def _extract(args: argparse.Namespace) -> int:
    inputs, empty = inputs_of(args.path, args.output)
    for folder in empty:
        _say(f"kehoach: {folder}: this folder holds no documents.")
    single = len(inputs) == 1 and args.output is None
    form = _form(args, single)
    taken: set[Path] = set()
    failures = printed = 0
    for one in inputs:
        try:
            record = _record_of(one, args)
            if args.output:
                target = free_target(args.output / one.target, one, taken)
                for suffix, content in form.files(record).items():
                    write_whole(spared(target.with_suffix(suffix), inputs), content)
            elif form.piece:
                _print((form.between if printed else form.head()) + form.piece(record), end="")
                printed += 1
        except Trouble as trouble:
            failures += 1
            _say(f"kehoach: {one.shown}: [{trouble.stage}.{trouble.code}] {_told(trouble)}")
            if single:
                return trouble.exit_code
            continue
        if printed and not single:
            _say(f"kehoach: {'line' if args.format == 'json' else 'document'} {printed}: {one.shown}")
    if printed:
        _print(form.tail, end="")
    for name, content in form.beside().items() if args.output else ():
        write_whole(args.output / name, content)
    if failures:
        read = len(inputs) - failures
        _say(f"kehoach: {read} of {len(inputs)} documents read, {failures} failed (named above).")
    return 0 if not failures else 4 if failures == len(inputs) else 3


def _form(args: argparse.Namespace, single: bool) -> "Form":
    """How a record is written."""
    from extractor.interop import FORMS, json_form

    if args.format == "json":
        return json_form(plain=args.plain, text=not args.no_text, indent=1 if single or args.output else None)
    if args.plain or args.no_text:
        said = f"--plain and --no-text are for json, not for {args.format}"
        raise Misuse("bad_option", said, "Leave them out.", stage="interop")
    form = FORMS[args.format]
    if form.piece is None and args.output is None:
        said = f"documents as {args.format} are files of their own"
        raise Misuse("needs_folder", said, "Name a folder for them with -o.", stage="interop")
    return form


def _record_of(one: Input, args: argparse.Namespace) -> "Record":
    """The record of one input; its notes on the document or whole pages go to stderr."""
    from extractor.pipeline import defect, extract
    from extractor.withholding import withhold

    try:
        record = extract(_content(one), name=_name(one), ocr=args.ocr)
        if args.min_confidence:
            record = withhold(record, args.min_confidence)
        for note in record.notes:
            if note.span is None or note.code in {*KINDS, "withheld"}:
                _say(f"kehoach: {one.shown}: note [{note.code}] {_told(note)}")
        return record
    except (Trouble, KeyboardInterrupt):
        raise
    except Exception as error:  # one document must not end the run
        raise defect(error) from error


def _content(one: Input) -> Path | bytes:
    return one.path if one.path else sys.stdin.buffer.read(_MOST_STDIN)


def _name(one: Input) -> str:
    """The name that the record gives; bytes that are no UTF-8 are shown as such."""
    return os.fsencode(one.path.name).decode("utf-8", "replace") if one.path else "stdin"


def _repair(args: argparse.Namespace) -> int:
    from extractor.pipeline import explained, mended

    one = one_input(args.path)
    read = mended(_content(one), name=_name(one))
    text = read.text
    for note in read.legibility.notes():
        _say(f"kehoach: {one.shown}: note [{note.code}] {_told(note)}")
    if args.explain:
        for line in explained(text):
            _print(_shown(line))
    else:
        _print(text.clean, end="" if text.clean.endswith("\n") else "\n")
    return 0


def _outline(args: argparse.Namespace) -> int:
    from extractor.pipeline import drawn

    one = one_input(args.path)
    paper = drawn(_content(one), name=_name(one))
    for section in paper.root.walk():
        if section.heads:
            title = section.title.words(paper.text) if section.title else "–"
            path = section.path if section.numbered else "?"
            _print(_shown(f"{'  ' * section.path.count('.')}{path}  {title}"))
    for note in paper.notes:
        _say(f"kehoach: note [{note.code}] {note.message}")
    return 0


def _view(args: argparse.Namespace) -> int:
    from extractor.view import view
    from extractor.view.opening import opened

    one = one_input(args.path)
    viewed = opened(_content(one), _name(one), source=args.source, ocr=args.ocr)
    write_whole(args.output, view(viewed, args.lang))
    return 0


def _batch(args: argparse.Namespace) -> int:
    from extractor import archive

    roots = [*args.archive, *(_listed(args.list) if args.list else ())]
    archive.check(roots)
    for given in args.archive:
        if "://" not in given and not os.path.lexists(given):
            raise Misuse("not_found", f"no such file or folder: {given}", "Check the path.", stage="archive")
    for name in (signal.SIGTERM, signal.SIGHUP):  # what ends a job on a cluster ends it as Ctrl-C does
        signal.signal(name, signal.default_int_handler)
    limits = archive.Limits(args.timeout, args.memory)
    workers = os.cpu_count() or 1 if args.jobs is None else args.jobs
    engine = archive.engine_of(workers, limits, args.cluster)
    options = archive.Options(args.ocr, limits, args.retry_failed, args.force, _share(args.shard))
    total = archive.count(roots, args.output) if sys.stderr.isatty() and options.shard == (1, 1) else None
    with archive.Progress(total) as progress:
        summary = archive.run(roots, args.output, engine, options, progress.tick)
    for line in summary.lines(_vietnamese()):
        _say(f"kehoach: {line}")
    counts = summary.counts
    with archive.Store(args.output) as store:
        for path, trouble in islice(store.failures(), _MOST_FAILURES) if counts.get("failed") else ():
            _say(f"kehoach:   {path}: {_told(trouble)}")
    return 0 if not counts.get("failed") else 3 if counts.get("read") else 4


def _listed(given: str) -> list[str]:
    """The paths of a list; empty lines are none."""
    try:
        content = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
    except OSError as error:
        raise Misuse("not_found", f"{given}: {error.strerror}", "Check the path of the list.") from error
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [os.fsdecode(line) for raw in lines if (line := raw.rstrip(b"\r"))]


def _share(given: str) -> tuple[int, int]:
    number, _, of = given.partition("/")
    if not (number.isdecimal() and of.isdecimal()):
        raise Misuse("bad_option", f"--shard {given} is none", "Use 1/8 to 8/8, say.", stage="archive")
    return int(number), int(of)


def _export(args: argparse.Namespace) -> int:
    from extractor import archive

    with archive.Store(args.store) as store:
        if not store.indexed:
            _say(f"kehoach: {args.store}: {_told(archive.unfinished())}")
        if args.output is None and args.format == "jsonl":
            for line in archive.lines(store, args.plain):
                _print(line)
            return 0
    target = args.output or args.store.with_name(args.store.stem + archive.ending(args.format))
    left: list[str] = []

    def tell(path: str, why: str) -> None:
        left.append(path)
        _say(f"kehoach: {path}: left out, no file can have its name here: {why}. Rename it in the archive.")

    for path in archive.export(args.store, args.format, target, args.plain, tell):
        _say(f"kehoach: {path}")
    return 3 if left else 0


def _gold(args: argparse.Namespace) -> int:
    """Gold records; a field that the annotations do not settle is left out of ``scored`` and named."""
    import json

    from extractor.interop import annotated, gold
    from extractor.interop.brat import AS_WRITTEN

    well = f" If all is right as it is, remove the line '{AS_WRITTEN}' of its .ann."
    hint = "" if args.source.is_file() and args.source.suffix != ".ann" else well
    taken: set[Path] = set()
    done = 0
    for name, marks in annotated(args.source):
        if marks is None:
            _say(f"kehoach: {name}: nobody has annotated it yet; left out.{hint}")
            continue
        made = gold(marks)
        for field, words in made.open.items():
            _say(f"kehoach: {name}: {field} is not scored: what is the value of “{words[0][:60]}”?")
        one = Input(Path(name), target_of(Path(Path(name).name)))
        target = free_target(args.output / one.target, one, taken)
        write_whole(target, json.dumps(made.plain, ensure_ascii=False, indent=1) + "\n")
        done += 1
    _say(f"kehoach: {args.output}: {done} gold records.")
    return 0 if done else 4


def _search(args: argparse.Namespace) -> int:
    from extractor import archive

    found = 0
    with archive.Store(args.store) as store:
        if not store.indexed:
            raise archive.unfinished()
        for path, number, around in store.search(" ".join(args.words), args.most):
            _print(_shown(f"{path}\t{number or '–'}\t{around}"))
            found += 1
    if not found:
        nothing = (
            "Không có văn bản nào chứa các chữ này." if _vietnamese() else "no document holds these words."
        )
        _say(f"kehoach: {nothing}")
    return 0 if found else 4


def _merge(args: argparse.Namespace) -> int:
    from extractor import archive

    counts = archive.merge(args.target, args.sources)
    _say(f"kehoach: {args.target}: {sum(counts.values())} files, {counts.get('read', 0)} of them read.")
    return 0


def _eval(args: argparse.Namespace) -> int:
    from extractor.evaluation import EXACT, SIMILAR, changes, evaluate, intervals, saved

    before = _baseline(args.baseline) if args.baseline else None
    for folder in (args.gold, args.predicted):
        if not folder.is_dir():
            raise Misuse(
                "no_folder", f"{folder}: no such folder", "Give two folders of JSON records.", stage="eval"
            )
    _warn_about(args.gold, args.predicted)
    try:
        result, exact, near = (
            evaluate(args.gold, args.predicted, similar=similar, only=args.only)
            for similar in (args.similar, EXACT, min(SIMILAR, args.similar))
        )
    except ValueError as error:
        raise Misuse(
            "bad_record", f"a record is no JSON: {error}", "Mend or remove it.", stage="eval"
        ) from error
    if not result.documents:
        raise Misuse(
            "empty_folder", f"{args.gold} holds no gold records", "Give a folder of JSON.", stage="eval"
        )
    _print(result.table({"exact": exact, "similar": near}, intervals(result)))
    for line in changes(before, result).lines() if before else ():
        _print(line)
    if args.errors:
        for line in result.errors:
            _print(line)
    if args.save:
        write_whole(args.save, saved(result))
    return 0


def _baseline(file: Path) -> "Evaluation":
    from extractor.evaluation import loaded

    try:
        return loaded(file)
    except (OSError, ValueError) as error:
        said = f"{file}: no baseline: {error}"
        raise Misuse(
            "bad_baseline", said, "Make one with 'kehoach eval --save FILE'.", stage="eval"
        ) from error


def _warn_about(gold: Path, predicted: Path) -> None:
    """Say what makes a score mean little: records that are missing, or full ones in place of plain ones."""
    missing = [file.stem for file in sorted(gold.glob("*.json")) if not (predicted / file.name).exists()]
    if missing:
        _say(f"kehoach: {len(missing)} gold records have no predicted one ({', '.join(missing[:3])} …)")
    for file in sorted(predicted.glob("*.json"))[:1]:
        if '"schema"' in file.read_text("utf-8", "replace")[:40]:
            _say("kehoach: these are full records; make plain ones with 'kehoach extract --plain'")


def _report(args: argparse.Namespace) -> int:
    from extractor.report import national_themes, report

    made = report(
        _entries(args.store),
        lang=args.lang,
        themes=national_themes(args.themes),
        files=args.files,
        target=args.output,
    )
    for path, why in made.skipped[:_MOST_NAMED]:
        _say(f"kehoach: {path}: left out: {why}")
    if len(made.skipped) > _MOST_NAMED:
        _say(f"kehoach: {len(made.skipped) - _MOST_NAMED} more are left out; the page names them.")
    if not made.documents:
        raise Misuse("empty_store", f"{args.store} holds no full records", "Run 'kehoach extract -o' first.")
    write_whole(args.output, made.html)
    _say(f"kehoach: {args.output}: {made.documents} documents, {len(made.html.encode()) / 1e6:.1f} MB.")
    return 3 if made.skipped and not is_database(args.store) else 0  # what a store could not read is known


def _entries(source: Path) -> "Iterator[Entry | Skipped]":
    """The records of a store, of which copies count once, or of a folder or file of records."""
    from extractor.report import Entry, Skipped, entries_of

    if not is_database(source):
        yield from entries_of(source)
        return
    from extractor import archive

    with archive.Store(source) as store:
        yield from (Entry(path, record) for path, record in store.records(best=True))
        yield from (Skipped(path, trouble) for path, trouble in store.failures())


def _serve(args: argparse.Namespace) -> int:
    from extractor.service import Rules, app, is_loopback, serve

    local = is_loopback(args.host)
    made = app(Rules(args.most * 2**20, args.jobs, args.timeout, args.memory, local))
    if not local:
        _say(
            f"kehoach: warning: whoever reaches {args.host} can send documents here; there is no password "
            "and no encryption."
        )
    _say(f"kehoach: http://{args.host}:{args.port}/openapi.json says what can be asked. Ctrl-C ends it.")
    serve(made, args.host, args.port)
    return 0


def _schema(_: argparse.Namespace) -> int:
    import json

    from extractor.schema import schema

    _print(json.dumps(schema(), ensure_ascii=False, indent=1))
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from extractor.doctor import checks

    missing = 0
    for check in checks():
        said = check.found if check.here else check.remedy
        _print(f"{'ok  ' if check.here else 'miss'}  {check.name:24}{said}")
        missing += check.needed and not check.here
    return 4 if missing else 0


def _print(words: str, end: str = "\n") -> None:
    """Data to stdout in UTF-8, whatever the terminal's locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write((words + end).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _shown(words: str) -> str:
    """Words of a document or a file's name, with control characters spelled out: a terminal obeys them."""
    return "".join(c if c.isprintable() or c == "\t" else f"\\x{ord(c):02x}" for c in words)


def _say(words: str) -> None:
    sys.stderr.buffer.write((_shown(words) + "\n").encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


def _told(said: Trouble | Note) -> str:
    """A refusal or note in the user's language: Vietnamese where the locale says so, else English."""
    message = said.message
    if _vietnamese():
        from extractor.ground.tables import table

        for row in table("messages.tsv", Message).rows:
            if row.code == said.code:
                return f"{row.message} ({message}). {row.remedy}."
    return str(said) if isinstance(said, Trouble) else message


def _vietnamese() -> bool:
    names = ("KEHOACH_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((v for name in names if (v := os.environ.get(name))), "").startswith("vi")


def _refuse(trouble: Trouble) -> int:
    _say(f"kehoach: {_told(trouble)}")
    return trouble.exit_code
