"""What a record notes of its document, in the language of the page."""

from dataclasses import dataclass

from extractor.ground.language import message
from extractor.ground.paper import Note
from extractor.pages import Words
from extractor.view.proofs import Proofs


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
    row = message(code) if lang == "vi" else None
    return f"{row.message}. {row.remedy}." if row else ""
