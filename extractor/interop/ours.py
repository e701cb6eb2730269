"""Whose a file is: what an earlier run has written may be written anew, what people have made is theirs."""

from pathlib import Path

from extractor.ground.trouble import Misuse
from extractor.interop.brat import untouched

#: how the files begin that are written for a document
_HEADS = {
    ".json": ('{\n "schema"', '{\n "doc_type"', '[\n{"data"'),
    ".xml": ('<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso',),
    ".csv": ("\ufeffMã định danh văn bản,",),
    ".conllup": ("# global.columns = ID FORM START END doc_type",),
}


def refuse_others(target: Path) -> None:
    """Raise :class:`Misuse` for a file that is there and not as an earlier run has written it."""
    if target.is_file() and not is_ours(target):
        said = f"{target} is there, and not as an earlier run has written it"
        raise Misuse("not_ours", said, "Choose another folder with -o, or move it.", stage="record")


def is_ours(file: Path) -> bool:
    """Whether a file is what an earlier run wrote, or empty: then nothing is lost. Annotations that people
    have changed are theirs, with the text that they stand in.
    """
    try:
        with file.open("rb") as opened:
            head = opened.read(200).decode("utf-8", "replace")
        if not head:
            return True
        if file.suffix not in (".txt", ".ann"):
            return head.startswith(_HEADS.get(file.suffix, ""))
        return untouched(file.with_suffix(".ann").read_text("utf-8", "replace"))
    except OSError:
        return False
