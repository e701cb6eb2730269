"""How good records are, measured on plain JSON alone: nothing in here knows how they were made.

``agreement`` counts what two records share, ``verdicts`` says of each value whether it is right, ``sampling``
how much chance is in a figure and what changed against an earlier run.
"""

from extractor.evaluation.agreement import (
    EXACT,
    SIMILAR,
    SOFT,
    Document,
    Evaluation,
    Tally,
    compare,
    evaluate,
    match,
    normal,
    same,
)
from extractor.evaluation.sampling import Interval, changes, intervals, loaded, saved
from extractor.evaluation.verdicts import Verdict, verdicts

__all__ = [
    "EXACT",
    "SIMILAR",
    "SOFT",
    "Document",
    "Evaluation",
    "Interval",
    "Tally",
    "Verdict",
    "changes",
    "compare",
    "evaluate",
    "intervals",
    "loaded",
    "match",
    "normal",
    "same",
    "saved",
    "verdicts",
]
