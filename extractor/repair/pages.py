"""A page with torn regions: each is read once, and priced anew when it is better known what was lost.

Reading a region is dear, pricing its readings anew is cheap; the beam may have lost the right reading
while the prices were wrong, so what stays unsure is read anew, and what letters mend that nothing proves.
"""

from collections.abc import Container, Iterable, Mapping

from extractor.repair.capitals import Capitals, Fill
from extractor.repair.glyphs import Losses, Mark, Reader, Reading, certain, shares
from extractor.repair.torn import Torn
from extractor.repair.vocabulary import HOLE, Vocabulary

_SAFE = 0.99  # a share that a wider look would not change

Kind = tuple[object, ...]  # a region without its place


class Page:
    """Damaged text, its words, and the readings of its regions (those that are alike share them)."""

    def __init__(self, text: str, known: Vocabulary, missing: Mapping[str, float]) -> None:
        self.text, self.known = text, known
        self.capitals = Capitals(known, missing)
        self._reader: Reader | None = None
        self._all: dict[Kind, tuple[Reader, list[Reading]]] = {}

    def read(self, regions: Iterable[Torn], losses: Losses, proven: Container[str] = ()) -> list[Fill]:
        """The changes of the best reading of each region, each with its share among the readings."""
        reader = self._reader
        if not reader or reader.losses is not losses:
            reader = self._reader = Reader(self.known, losses)
        found: dict[Kind, dict[Mark, float]] = {}
        fills = []
        for region in regions:
            kind = region[1:]
            marks = found.get(kind)
            if marks is None:
                marks = found[kind] = shares(self._readings(reader, region, proven))
            for (place, new), share in marks.items():
                fills.append(self.capitals.fill(self.text, region, place, new, share))
        return fills

    def _readings(self, reader: Reader, region: Torn, proven: Container[str]) -> list[Reading]:
        """The readings of a region: those that were made before, if they still stand, else new ones."""
        before, readings = self._all.get(region[1:], (reader, []))
        if readings and before is not reader:
            readings = reader.anew(region, readings, before)
        if not certain(readings, _SAFE) or not _proven(region, readings[0][1], proven):
            readings = reader.readings(region)
        self._all[region[1:]] = reader, readings
        return readings


def _proven(region: Torn, marks: Iterable[Mark], proven: Container[str]) -> bool:
    """Are all the letters that ``marks`` put into holes ``proven``?"""
    return all(
        old != HOLE or new in proven or new.upper() in proven
        for at, word in marks
        for old, new in zip(region.shown[at : at + len(word)], word, strict=True)
    )
