"""Where the values of a record stand: what the page marks when a value is clicked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from extractor.ground.text import Span
from extractor.record import Evidence
from extractor.view.lines import Ruler


@dataclass(slots=True)
class Proofs:
    """Collects proofs and numbers them; ``found`` is what the page's script gets."""

    ruler: Ruler
    length: int
    found: list[dict[str, Any]] = field(default_factory=list)

    def add(self, evidence: Sequence[Evidence], label: str, main: bool = False) -> int | None:
        """The number of a proof; ``None`` where there is none. ``main`` ones are outlined on the pages."""
        spans = [self.span(one.span) for one in evidence]
        places = [
            [int(place.page), *_sides(place.box)] for one in evidence for place in one.places if place.page
        ]
        if not evidence:
            return None
        self.found.append({"spans": spans, "places": places, "label": label, "main": main})
        return len(self.found) - 1

    def at(self, span: Span, label: str) -> int:
        """The number of a proof that is a stretch of the text alone."""
        self.found.append({"spans": [self.span(span)], "places": [], "label": label, "main": False})
        return len(self.found) - 1

    def span(self, span: Span) -> list[int]:
        """A span inside the text, as browsers count."""
        start = min(max(0, int(span.start)), self.length)
        return self.ruler.span(Span(start, min(max(start, int(span.end)), self.length)))


def _sides(box: Sequence[float] | None) -> list[float]:
    """The four sides of a box with one decimal; none where there is no box that a page could have."""
    sides = [round(float(side), 1) for side in box or ()]
    return sides if len(sides) == 4 and all(isfinite(side) and abs(side) < 1e6 for side in sides) else []
