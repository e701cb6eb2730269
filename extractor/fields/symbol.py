"""``symbol``: the symbol of a document whose number is blank (``Số:     /KH-UBND``)."""

from extractor.ground.codes import tidy
from extractor.ground.field import Field, Finding, absent
from extractor.ground.letterhead import own_number
from extractor.ground.paper import Paper


def find(paper: Paper) -> Finding:
    """The symbol behind a blank number; absent where a number stands there, readable or not, or no slot."""
    slot = own_number(paper)
    if slot is None or slot.number is not None or slot.unreadable or slot.symbol is None:
        return absent("number_filled" if slot and (slot.number or slot.unreadable) else "no_symbol")
    return Finding(tidy(slot.symbol.of(paper.text)), (slot.symbol,), "blank_number_line", 0.96)


FIELD = Field("symbol", "symbol where the number is blank", str, find, rank=30)
