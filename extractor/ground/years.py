"""The year that a plan is for, where a date in it does not say its own."""

from extractor.ground.dates import When
from extractor.ground.letterhead import date_slot
from extractor.ground.paper import Paper
from extractor.ground.shape import Shape
from extractor.ground.text import Span

TITLE_YEAR = Shape(
    "the year in a title; a school year counts with its first",
    r"(?i)năm(?:\s+học)?\s*(?P<y>(?:19|20)\d\d)(?!\d)",
    yes=("năm 2022", "năm học 2022"),
    no=("năm 20225", "giai đoạn 2021"),
)


def plan_year(paper: Paper) -> When | None:
    """The year in the title, else of the date line, with the place it was read from."""
    for zone in paper.spans("title"):
        match = TITLE_YEAR.re.search(paper.text, zone.start, zone.end)
        if match:
            return When(int(match["y"]), None, None, Span(*match.span()))
    slot = date_slot(paper)
    return When(slot.when.year, None, None, slot.date) if slot and slot.when else None
