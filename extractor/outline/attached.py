"""The plan that a decision brings into force, and that stands behind the decision's signature.

Of 112 plans 14 stand inside a decision: two titles, ``(Ban hành kèm theo Quyết định số …)`` under the second;
number, date and signature are the decision's, the work to be done is the plan's.
"""

from collections.abc import Sequence

from extractor.ground import formulas
from extractor.ground.shape import Shape
from extractor.outline.rows import Row

PROMISED = Shape(
    "an article that brings a plan into force",
    r"(?i)(?:ban\s+hành|phê\s+duyệt)\s+(?:[^.;\n]{0,40}?quyết\s+định\s+này\s*,?\s+)?(?:bản\s+)?kế\s+hoạch",
    yes=("Ban hành kèm theo Quyết định này Kế hoạch", "Phê duyệt Kế hoạch cải cách hành chính"),
    no=("Giao chỉ tiêu kế hoạch", "thực hiện kế hoạch"),
)
_PLANS = ("KẾ HOẠCH", "CHƯƠNG TRÌNH", "PHƯƠNG ÁN", "ĐỀ ÁN")
_NEAR = 12  # rows of a title in which the note may stand


def attached_row(rows: Sequence[Row], title: int, body: int, end: int) -> int | None:
    """The row with the type of the plan behind the decision whose title, articles and signature begin there.

    The note under it, or an article of the decision, has to say so; annexes with a title of their own have
    neither a plan's type nor a decision before them.
    """
    if _type(rows[title].words) != "QUYẾT ĐỊNH":
        return None
    promised = any(PROMISED.re.search(row.words) for row in rows[body:end])
    for at in range(end, len(rows)):
        if _type(rows[at].words) in _PLANS and (promised or _has_note(rows, at)):
            return at
    return None


def _type(words: str) -> str:
    match = formulas.TYPE_LINE.re.match(words)
    return " ".join(match["type"].split()) if match else ""


def _has_note(rows: Sequence[Row], at: int) -> bool:
    return any(formulas.ATTACHED.re.match(row.words) for row in rows[at + 1 : at + _NEAR])
