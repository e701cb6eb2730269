"""What a record notes of its document, in the language of the page."""

from dataclasses import dataclass
from typing import NamedTuple

from extractor.ground.paper import Note
from extractor.ground.tables import table
from extractor.pages import Words
from extractor.view.proofs import Proofs


class _Message(NamedTuple):
    """One row of ``tables/messages.tsv``."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Said:
    """A note in words; ``detail`` as the program wrote it, ``proof`` where it stands in the text."""

    words: str
    detail: str
    proof: int | None


def said(note: Note, words: Words, proofs: Proofs) -> Said:
    """A note in the language of ``words``, where the tables have it."""
    told = words.get(f"note_{note.code}", "") or _message(note.code, words.lang)
    proof = proofs.at(note.span, told or note.message) if note.span else None
    return Said(told or note.message, note.message if told else "", proof)


def _message(code: str, lang: str) -> str:
    if lang != "vi":
        return ""
    code = code.rpartition(".")[2]
    rows = table("messages.tsv", _Message).rows
    return next((f"{row.message}. {row.remedy}." for row in rows if row.code == code), "")
