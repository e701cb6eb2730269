"""Confidence as a probability: what the estimates of rules were worth on documents with gold records
(``models/calibration.tsv``).

Curves over :data:`KNOTS`, never falling: one a field and one for all, which fields without a curve take;
four kinds of each: for values from text, for values whose words were read from pictures, for values that rest
on headings which have lost their numbers, and for what is absent: how often the document does not state it.
``scripts/train calibration`` makes the file, a line a curve: ``kind TAB field TAB seen TAB p p …``, ``*`` for
any field. Loaded on first need.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from extractor.ground import models
from extractor.ground.field import ABSENT, TOLD

NAME = "calibration.tsv"
#: the estimates at which curves are given; between them they are straight
KNOTS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 1.0)
ANY = "*"
#: the confidence from which a value is taken as it is: of such values at least 99 in 100 are right in
#: documents with a text of their own (the card of the model has the figures)
ACCEPTED = 0.97

Curve = tuple[float, ...]


class Calibration:
    """The curves of one model file."""

    def __init__(self, text: str) -> None:
        rows = (line.split("\t") for line in text.split("\n") if line and line[0] != "#")
        self._curves: dict[tuple[str, str], Curve] = {
            (row[0], row[1]): tuple(map(float, row[3].split(" "))) for row in rows
        }

    def of(self, kind: str, field: str, estimate: float) -> float:
        """The probability that a value is right of which rule, repairs and page say ``estimate``.

        ``kind`` as by :func:`kind_of`; ``field`` by its name, ``issuer.province`` for a part.
        """
        return at(self._curves.get((kind, field)) or self._curves[kind, ANY], estimate)


def kind_of(status: str, read: bool, rule: str = "") -> str:
    """Which curves a value has: ``absent``, ``told`` (by headings that have lost their numbers), ``read``
    (from pictures) or ``stated``.
    """
    if status == ABSENT:
        return ABSENT
    return "told" if rule.endswith(TOLD) else "read" if read else "stated"


def at(curve: Sequence[float], estimate: float) -> float:
    """The height of a curve."""
    low, share = place(estimate)
    return curve[low] + share * (curve[low + 1] - curve[low])


def place(estimate: float) -> tuple[int, float]:
    """Between which knots an estimate stands: the index of the lower, and how far on the way to the next."""
    low = min(max(0, bisect_right(KNOTS, estimate) - 1), len(KNOTS) - 2)
    return low, min(1.0, max(0.0, (estimate - KNOTS[low]) / (KNOTS[low + 1] - KNOTS[low])))


@cache
def calibration() -> Calibration:
    """The shipped curves."""
    return Calibration(models.read(NAME))
