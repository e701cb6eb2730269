"""``number``: the document's OWN number; a cited one is never borrowed."""

from extractor.ground.codes import tidy
from extractor.ground.field import UNREADABLE, Field, Finding, absent, blank
from extractor.ground.letterhead import own_number
from extractor.ground.paper import Paper


def find(paper: Paper) -> Finding:
    """The number of the letterhead's ``Số:`` line; ``blank`` where the slot is unfilled, ``unreadable`` where
    something stands there that is no printed number.
    """
    slot = own_number(paper)
    if slot is None:
        return absent("no_number_line")
    if slot.unreadable:
        return Finding(None, (slot.span,), "number_unreadable", 0.9, UNREADABLE)
    if slot.number is None:
        return blank(slot.span)
    return Finding(
        tidy(slot.number.of(paper.text)), (slot.number,), "number_line", 0.97 if slot.colon else 0.9
    )


FIELD = Field("number", "own number, spaces removed", str, find, rank=20)
