"""Capital or small letter: what stood at the head of a word whose first letter was lost.

Its place speaks (the head of a sentence or not), then its neighbours elsewhere in the document, then
which of the two letters was found lost or is missing.
"""

from collections import Counter
from collections.abc import Mapping
from math import exp, log
from typing import NamedTuple

from extractor.repair.torn import Torn
from extractor.repair.vocabulary import HOLE, STOP, Vocabulary


class Fill(NamedTuple):
    """``new`` (a word in its case, or a sign) stands at ``[start, end)``; ``within``: inside a sentence."""

    start: int
    end: int
    new: str
    sure: float
    within: bool = False


class Capitals:
    """Gives words their case.

    ``missing``: how much a letter is missing in the damaged stretches, from 0 to 1; ``within``: how often
    a letter was found lost at the head of a word within a sentence.
    """

    def __init__(self, known: Vocabulary, missing: Mapping[str, float]) -> None:
        self.known, self.missing = known, missing
        self.within: Mapping[str, int] = Counter()
        self._scores: dict[tuple[str, str, str, bool], float] = {}

    def fill(self, text: str, torn: Torn, place: int, word: str, sure: float) -> Fill:
        """``word`` (lower case) at ``place`` of its region, in the case that letters and place ask for."""
        start, end = torn.start + place, torn.start + place + len(word)
        first = torn.opens and not place
        shown = text[start:end]
        if torn.upper or (shown.isupper() and len(shown.replace(HOLE, "")) > 1):
            return Fill(start, end, word.upper(), sure, shown[0] == HOLE and not first)
        if shown[0] != HOLE:
            return Fill(start, end, shown[0] + word[1:], sure)
        if word.isalpha():
            word, case = self._cased(text, start, word, first)
            sure *= case
        return Fill(start, end, word, sure, not first)

    def _cased(self, text: str, start: int, small: str, first: bool) -> tuple[str, float]:
        """``small`` as it must be written, and how sure that is."""
        big, end = small[0].upper() + small[1:], start + len(small)
        before = text[max(0, start - 9) : start].rsplit(HOLE, 2)
        left = before[-2] if len(before) > 1 and not before[-1] else ""
        right = text[end : end + 9].strip().split(HOLE)[0].strip(".,;:)")
        key = left, small, right, first
        score = self._scores.get(key)
        if score is None:
            score = self._scores[key] = self._score(left, small, big, right, first)
        within = self.within
        score += log((within.get(big[0], 0) + 0.1) / (within.get(small[0], 0) + 0.1))
        return big if score > 0 else small, 1 / (1 + exp(-1.5 * abs(score)))

    def _score(self, left: str, small: str, big: str, right: str, first: bool) -> float:
        """How much speaks for a capital, before anything is learned; less than nothing: against it.

        At the head of a sentence only what stands at other heads tells: ``kinh phí`` within sentences says
        nothing against ``Kinh phí``.
        """
        lost, kept = self.missing.get(big[0], 0.0), self.missing.get(small[0], 0.0)
        score = (2.3 if first else -1.5) + 4 * (lost - kept)
        if first:
            left, right = STOP, ""
        many, few = self.known.cased(left, big, right) + 0.3, self.known.cased(left, small, right) + 0.3
        return score + 2 * log(many / few) * (1 - (lost if many < few else kept))
