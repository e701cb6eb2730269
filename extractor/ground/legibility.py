"""How far a text can be read: the share of it that is Vietnamese words, and the pages that no repair mends.

The repair judges, the record tells, and whoever reads pictures may ask which pages need it: so the words
for it stand here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from extractor.ground.paper import Note
from extractor.ground.text import Span

FOREIGN_OCR, UNREADABLE, UNREADABLE_SCAN = "foreign_ocr_layer", "unreadable_text", "unreadable_scan"
KINDS = (FOREIGN_OCR, UNREADABLE, UNREADABLE_SCAN)
_SAID = {
    FOREIGN_OCR: "{} read by an OCR program that knows no Vietnamese and cannot be repaired: "
    "read the scan again with a Vietnamese OCR model",
    UNREADABLE: "{} damaged beyond repair: get a better copy, or read the scan with a Vietnamese OCR model",
    UNREADABLE_SCAN: "{} too poor a picture to be read: scan it again with 200 to 300 dots an inch",
}
_VERB = {FOREIGN_OCR: ("was", "were"), UNREADABLE: ("is", "are"), UNREADABLE_SCAN: ("is", "are")}
#: of 231 values found in plans turned into such layers 2 were right
_TRUST = 0.1


class Verdict(NamedTuple):
    """Why a stretch of text cannot be repaired: ``kind`` is one of :data:`KINDS`.

    ``validity`` is its share of valid syllables, ``sure`` the probability that the verdict is right,
    ``reason`` what it rests on, in words.
    """

    kind: str
    validity: float
    sure: float
    reason: str


class BadPage(NamedTuple):
    """A page (``None``: the format knows no pages) that no repair mends, and its span in the clean text."""

    page: int | None
    span: Span
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Legibility:
    """``bad``: the pages that no repair mends, in order; ``validity``: of all the others together."""

    validity: float = 1.0
    length: int = 0
    bad: tuple[BadPage, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the bad pages: what should be read from its picture."""
        return tuple(bad.page for bad in self.bad if bad.page is not None)

    @property
    def lost(self) -> float:
        """The share of the text that stands on bad pages."""
        return sum(bad.span.end - bad.span.start for bad in self.bad) / self.length if self.length else 0.0

    def at(self, span: Span) -> float:
        """How far words at the clean ``span`` can be trusted: 1 where they touch no bad page."""
        touched = (b for b in self.bad if b.span.start < span.end and span.start < b.span.end)
        return min((_TRUST * bad.verdict.validity for bad in touched), default=1.0)

    def notes(self) -> Iterator[Note]:
        """One note for each run of bad pages of one kind."""
        runs = groupby(enumerate(self.bad), lambda at: (at[1].verdict.kind, (at[1].page or 0) - at[0]))
        for (kind, _), run in runs:
            bad = [one for _, one in run]
            span = Span(bad[0].span.start, bad[-1].span.end)
            yield Note(kind, _said(kind, bad[0].page, bad[-1].page), span)


READABLE = Legibility()


def _said(kind: str, first: int | None, last: int | None) -> str:
    """``page 3 was read by …``: one line that says what it is and what to do."""
    one, many = _VERB[kind]
    if first is None:
        return _SAID[kind].format(f"the text {one}")
    return _SAID[kind].format(f"page {first} {one}" if first == last else f"pages {first}-{last} {many}")
