"""What people have annotated, from the files of Label Studio and brat."""

from collections.abc import Iterator
from pathlib import Path

from extractor.ground.trouble import Misuse, Trouble
from extractor.interop import brat, label_studio
from extractor.interop.marks import Marked

_MOST_BYTES = 2**30


def annotated(source: Path) -> Iterator[tuple[str, Marked | None]]:
    """The documents of ``source`` with their names: an export of Label Studio (JSON), an ``.ann`` with its
    ``.txt`` beside it, or a folder of such files, sorted. ``None`` where nobody has annotated a task yet,
    or changed an ``.ann``.

    Raises :class:`Misuse` for anything else.
    """
    if not source.exists():
        said = f"{source}: no such file or folder"
        raise Misuse("not_found", said, "Check the path.", stage="interop")
    if source.is_dir():
        files = sorted(file for file in source.rglob("*.ann") if file.is_file())
        if not files:
            raise _unknown(source, "holds no .ann files")
        for file in files:
            yield _standoff(file)
    elif source.suffix == ".ann":
        yield _standoff(source)
    elif source.is_file():
        for task in label_studio.tasks_of(_content(source)):
            yield label_studio.name_of(task), label_studio.back(task)
    else:
        raise _unknown(source, "is neither a file nor a folder")


def _standoff(file: Path) -> tuple[str, Marked | None]:
    text = _content(file.with_suffix(".txt")).decode("utf-8", "replace")
    annotations = _content(file).decode("utf-8", "replace")
    try:
        marks = None if brat.untouched(annotations) else brat.back(text, annotations)
        return file.name.removesuffix(".ann"), marks
    except Trouble as trouble:
        said = f"{file.name}: {trouble.message}"
        raise Misuse(trouble.code, said, trouble.remedy, stage="interop") from trouble


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _unknown(file, f"is larger than {_MOST_BYTES >> 20} MB")
        return file.read_bytes()
    except OSError as error:
        raise _unknown(file, error.strerror or "cannot be read") from error


def _unknown(file: Path, why: str) -> Misuse:
    remedy = "Give an export of Label Studio (JSON), or .ann files of brat with their .txt."
    return Misuse("bad_annotations", f"{file}: {why}", remedy, stage="interop")
