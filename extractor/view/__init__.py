"""The room ``view``: one document beside its source, as one HTML file.

Values left, the most doubtful first; right the pages or the text, with the words of a value marked, the
section tree, and what the repair changed. The page lets its reader correct values and saves them as a gold
record.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.ground.source import Shown
from extractor.ground.text import Span, Text
from extractor.ground.trouble import Trouble
from extractor.pages import Page, Words, render
from extractor.record import Record, Value
from extractor.view.changes import changes
from extractor.view.lines import Ruler, lines
from extractor.view.notes import said
from extractor.view.proofs import Proofs
from extractor.view.repairs import classes
from extractor.view.values import Card, cards, shapes

__all__ = ["Viewed", "view"]

PAGE = Page("extractor.view", "view.html", ("view.css",), ("source.js", "values.js", "edit.js"))


@dataclass(frozen=True, slots=True)
class Viewed:
    """What a page is made of: the record, pictures of the pages where there are any, and the candidates of
    the fields (winner first) where the document itself was at hand.
    """

    record: Record
    pictures: Sequence[Shown] = ()
    considered: Mapping[str, Sequence[Value[Any]]] = field(default_factory=dict)


def view(viewed: Viewed, lang: str = "vi") -> str:
    """The page of one document in the language ``lang`` (``vi`` or ``en``).

    Raises :class:`Trouble` for a record whose values are not of their types.
    """
    try:
        return _view(viewed, lang)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Trouble(
            "bad_record",
            f"not a full record: {error!r}"[:300],
            "Make it again with 'kehoach extract'.",
            stage="view",
        ) from error


def _view(viewed: Viewed, lang: str) -> str:
    record, words = viewed.record, Words.of(lang, "extractor.pages", PAGE.package)
    text = record.text or Text.of("")
    ruler, found = Ruler(text.clean), changes(text)
    proofs = Proofs(ruler, len(text.clean))
    rows = cards(record.fields, viewed.considered, proofs, words)
    headings = [
        (heading, heading.path.count("."), proofs.at(Span(*heading.span), heading.title or heading.path))
        for heading in record.outline
    ]
    return render(
        PAGE,
        lang,
        _title(record, words),
        {
            "proofs": proofs.found,
            "rules": [change.rules for change in found],
            "plain": record.to_dict(plain=True),
            "shapes": shapes(),
            "id": record.id,
            "name": str(record.source["name"]),
        },
        record=record,
        cards=rows,
        tally=_tally(rows),
        headings=headings,
        notes=[said(note, words, proofs) for note in record.notes],
        lines=list(lines(text, found, ruler)) if record.text else [],
        changes=found,
        classes=classes(text, found, words),
        pictures=[(shot, base64.b64encode(shot.jpeg).decode()) for shot in viewed.pictures],
        routes={route["page"]: route for route in record.source.get("routes") or ()},
    )


def _title(record: Record, words: Words) -> str:
    """The document's title, else the name of its source."""
    title = getattr(record.fields.get("title"), "value", None)
    return str(title or record.source["name"] or words("untitled"))


def _tally(rows: Iterable[Card]) -> dict[str, int]:
    """How many values have each grade, best first; grades that none has are left out."""
    grades = [row.grade for card in rows for row in card.rows]
    return {name: grades.count(name) for name in ("dark", "weak", "doubt", "fair", "sure") if name in grades}
