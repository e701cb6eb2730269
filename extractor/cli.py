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
from typing import TYPE_CHECKING

from extractor.folders import (
    STDIN,
    Input,
    check_folder,
    free_target,
    inputs_of,
    is_database,
    one_input,
    spared,
    target_of,
    write_whole,
)
from extractor.ground.language import said, told
from extractor.ground.legibility import KINDS
from extractor.ground.trouble import Misuse, Trouble
from extractor.usage import parser

if TYPE_CHECKING:
    from extractor.archive import Store
    from extractor.evaluation import Evaluation
    from extractor.interop import Form
    from extractor.record import Record
    from extractor.report import Entry, Skipped

_MOST_FAILURES = 5  # that a batch names at its end
_MOST_NAMED = 20  # files that a report leaves out
_MOST_STDIN = 2**28  # more than any reader takes: it refuses in words


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        return _RUNS[args.command](args)
    except Trouble as trouble:
        return _refuse(trouble)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say("cannot write the output: {why}. Free some space, or choose another place.", why=error.strerror)
        return 1
    except KeyboardInterrupt:
        _say("stopped.")
        return 130


def _extract(args: argparse.Namespace) -> int:
    inputs, empty = inputs_of(args.path, args.output)
    for folder in empty:
        _say("{path}: this folder holds no documents.", path=folder)
    single = len(inputs) == 1 and args.output is None
    if args.output:
        check_folder(args.output)
    form = _form(args, single)
    taken: set[Path] = set()
    failures = printed = 0
    for one in inputs:
        try:
            record = _record_of(one, args)
            if args.output:
                target = free_target(args.output / one.target, one, taken)
                files = form.files(record)
                for suffix in files:
                    spared(target.with_suffix(suffix), inputs)
                for suffix, content in files.items():
                    write_whole(target.with_suffix(suffix), content)
            elif form.piece:
                _print((form.between if printed else form.head()) + form.piece(record), end="")
                printed += 1
        except Trouble as trouble:
            failures += 1
            code = f"{trouble.stage}.{trouble.code}"
            _say("{path}: [{code}] {why}", path=one.shown, code=code, why=told(trouble))
            if single:
                return trouble.exit_code
            continue
        if printed and not single:
            line = "line {n}: {path}" if args.format == "json" else "document {n}: {path}"
            _say(line, n=printed, path=one.shown)
    if printed:
        _print(form.tail, end="")
    for name, content in form.beside().items() if args.output else ():
        write_whole(args.output / name, content)
    if failures:
        _say(
            "{read} of {all} documents read, {failed} failed (named above).",
            read=len(inputs) - failures,
            all=len(inputs),
            failed=failures,
        )
    return 0 if not failures else 4 if failures == len(inputs) else 3


def _form(args: argparse.Namespace, single: bool) -> "Form":
    """How a record is written."""
    from extractor.interop import FORMS, json_form

    if args.format == "json":
        return json_form(plain=args.plain, text=not args.no_text, indent=1 if single or args.output else None)
    if args.plain or args.no_text:
        words = f"--plain and --no-text are for json, not for {args.format}"
        raise Misuse("bad_option", words, "Leave them out.", stage="interop")
    form = FORMS[args.format]
    if form.piece is None and args.output is None:
        words = f"documents as {args.format} are files of their own"
        raise Misuse("needs_folder", words, "Name a folder for them with -o.", stage="interop")
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
                _say("{path}: note [{code}] {what}", path=one.shown, code=note.code, what=told(note))
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
        _say("{path}: note [{code}] {what}", path=one.shown, code=note.code, what=told(note))
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
        _say("note [{code}] {what}", code=note.code, what=told(note))
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
    try:
        with archive.Progress(total) as progress:
            summary = archive.run(roots, args.output, engine, options, progress.tick)
    except KeyboardInterrupt:
        _say("{line}", line=archive.Summary(progress.done).stopped())
        return 130
    for line in summary.lines():
        _say("{line}", line=line)
    counts = summary.counts
    with archive.Store(args.output) as store:
        for path, trouble in islice(store.failures(), _MOST_FAILURES) if counts.get("failed") else ():
            _say("  {path}: {why}", path=path, why=told(trouble))
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
        _warn_if_unfinished(store)
        if str(args.output) == STDIN:
            if args.format != "jsonl":
                words = f"{args.format} does not go to standard output"
                raise Misuse("bad_option", words, "Name a file, or use jsonl.", stage="archive")
            for line in archive.lines(store, args.plain):
                _print(line)
            return 0
    target = args.output or args.store.with_name(args.store.stem + archive.ending(args.format))
    left: list[str] = []

    def tell(path: str, why: Trouble) -> None:
        left.append(path)
        _say("{path}: left out: {why}", path=path, why=told(why))

    for path in archive.export(args.store, args.format, target, args.plain, tell):
        _say("{path}", path=path)
    return 3 if left else 0


def _warn_if_unfinished(store: "Store") -> None:
    from extractor.archive import unfinished

    if not store.whole:
        _say("{path}: {why}", path=store.path, why=told(unfinished()))


def _gold(args: argparse.Namespace) -> int:
    """Gold records; a field that the annotations do not settle is left out of ``scored`` and named."""
    import json

    from extractor.interop import annotated, gold
    from extractor.interop.brat import AS_WRITTEN

    well = said("If all is right as it is, remove the line '{line}' of its .ann.", line=AS_WRITTEN)
    hint = "" if args.source.is_file() and args.source.suffix != ".ann" else f" {well}"
    taken: set[Path] = set()
    done = 0
    for name, marks in annotated(args.source):
        if marks is None:
            _say("{path}: nobody has annotated it yet; left out.{hint}", path=name, hint=hint)
            continue
        made = gold(marks)
        for field, words in made.open.items():
            line = "{path}: {field} is not scored: what is the value of “{words}”?"
            _say(line, path=name, field=field, words=words[0][:60])
        one = Input(Path(name), target_of(Path(Path(name).name)))
        target = free_target(args.output / one.target, one, taken)
        write_whole(target, json.dumps(made.plain, ensure_ascii=False, indent=1) + "\n")
        done += 1
    _say("{path}: {n} gold records.", path=args.output, n=done)
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
        _say("no document holds these words.")
    return 0 if found else 4


def _merge(args: argparse.Namespace) -> int:
    from extractor import archive

    counts = archive.merge(args.target, args.sources)
    files, read = sum(counts.values()), counts.get("read", 0)
    _say("{path}: {files} files, {read} of them read.", path=args.target, files=files, read=read)
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
        words = f"{file}: no baseline: {error}"
        raise Misuse(
            "bad_baseline", words, "Make one with 'kehoach eval --save FILE'.", stage="eval"
        ) from error


def _warn_about(gold: Path, predicted: Path) -> None:
    """Say what makes a score mean little: records that are missing, or full ones in place of plain ones."""
    missing = [file.stem for file in sorted(gold.glob("*.json")) if not (predicted / file.name).exists()]
    if missing:
        names = ", ".join(missing[:3])
        _say("{n} gold records have no predicted one ({names} …)", n=len(missing), names=names)
    for file in sorted(predicted.glob("*.json"))[:1]:
        if '"schema"' in file.read_text("utf-8", "replace")[:40]:
            _say("these are full records; make plain ones with 'kehoach extract --plain'")


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
        _say("{path}: left out: {why}", path=path, why=told(why))
    if len(made.skipped) > _MOST_NAMED:
        _say("{n} more are left out; the page names them.", n=len(made.skipped) - _MOST_NAMED)
    if not made.documents:
        raise Misuse("empty_store", f"{args.store} holds no full records", "Run 'kehoach extract -o' first.")
    write_whole(args.output, made.html)
    size = f"{len(made.html.encode()) / 1e6:.1f}"
    _say("{path}: {n} documents, {size} MB.", path=args.output, n=made.documents, size=size)
    return 3 if made.skipped and not is_database(args.store) else 0  # what a store could not read is known


def _entries(source: Path) -> "Iterator[Entry | Skipped]":
    """The records of a store, of which copies count once, or of a folder or file of records."""
    from extractor.report import Entry, Skipped, entries_of

    if not is_database(source):
        yield from entries_of(source)
        return
    from extractor import archive

    with archive.Store(source) as store:
        _warn_if_unfinished(store)
        yield from (Entry(path, record) for path, record in store.records(best=True))
        yield from (Skipped(path, trouble) for path, trouble in store.failures())


def _serve(args: argparse.Namespace) -> int:
    from extractor.service import Rules, app, is_loopback, serve

    local = is_loopback(args.host)
    made = app(Rules(args.most * 2**20, args.jobs, args.timeout, args.memory, local))
    if not local:
        warning = (
            "warning: whoever reaches {host} can send documents here; there is no password and no encryption."
        )
        _say(warning, host=args.host)
    url = f"http://{args.host}:{args.port}/openapi.json"
    _say("{url} says what can be asked. Ctrl-C ends it.", url=url)
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
        state = said("ok") if check.here else said("miss")
        _print(f"{state:6}{check.name:24}{check.found if check.here else check.remedy}")
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


def _say(english: str, **values: object) -> None:
    """A line to stderr in the user's language (:func:`said`)."""
    sys.stderr.buffer.write((_shown(f"kehoach: {said(english, **values)}") + "\n").encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


def _refuse(trouble: Trouble) -> int:
    _say("{why}", why=told(trouble))
    return trouble.exit_code


_RUNS: dict[str, Callable[[argparse.Namespace], int]] = {
    "extract": _extract,
    "repair": _repair,
    "outline": _outline,
    "view": _view,
    "batch": _batch,
    "export": _export,
    "gold": _gold,
    "search": _search,
    "merge": _merge,
    "eval": _eval,
    "report": _report,
    "serve": _serve,
    "schema": _schema,
    "doctor": _doctor,
}
