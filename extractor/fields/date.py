"""``date``: the document's own date, partial where day or month are blank; never borrowed."""

from extractor.ground.field import UNREADABLE, Field, Finding, absent, blank
from extractor.ground.letterhead import date_slot
from extractor.ground.paper import Paper


def find(paper: Paper) -> Finding:
    """From the date line; a date whose parts are all blank is ``blank``."""
    slot = date_slot(paper)
    if slot is None:
        return absent("no_date_line")
    if slot.when is None and (slot.garbled or slot.unreadable):
        return Finding(None, (slot.date,), "impossible_date", 0.9, UNREADABLE)
    if slot.when is None:
        return blank(slot.date)
    if slot.when.day is not None:
        return Finding(slot.when.iso, (slot.date,), "date_line", 0.97)
    rule = "date_line_unreadable" if slot.unreadable else "date_line_partial"
    return Finding(slot.when.iso, (slot.date,), rule, 0.94)


FIELD = Field("date", "own date, ISO 8601, partial where the source is", str, find, rank=40)
