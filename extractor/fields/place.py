"""``place``: the place name of the date line."""

from extractor.ground.field import Field, Finding, absent
from extractor.ground.letterhead import date_slot
from extractor.ground.paper import Paper


def find(paper: Paper) -> Finding:
    """What stands before ``, ngày …`` in the date line."""
    slot = date_slot(paper)
    if slot is None or slot.place is None:
        return absent("no_place_line")
    return Finding(slot.place.words(paper.text), (slot.place,), "date_line", 0.96)


FIELD = Field("place", "place of the date line", str, find, rank=50)
