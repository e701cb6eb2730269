"""Which plan carries out which: parents named, found in the archive or missing, days, words taken over.

``ground/lineage.py`` finds the parents. Every child is compared with its parents alone, so the work grows
with the archive, not with its square.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.ground.lineage import Known, Lineage
from extractor.report.copying import Copied, Prepared, copied, prepared
from extractor.report.facts import Basis, Facts, body_of

_LATEST = 5 * 366  # days a plan may follow its parent by


@dataclass(frozen=True, slots=True)
class Link:
    """A child (its index) and a basis of it; ``parent`` is its index where the archive holds it.

    ``days`` from the parent's date to the child's, where both are whole; ``copied`` where both have a text.
    """

    child: int
    basis: Basis
    parent: int | None
    days: int | None
    copied: Copied | None


def links(documents: Sequence[Facts]) -> list[Link]:
    """The links of all documents, in their order."""
    lineage = Lineage([_known(facts) for facts in documents])
    found = [
        (child, basis, lineage.parent(child, basis.number, basis.date, basis.issuer))
        for child, facts in enumerate(documents)
        for basis in facts.bases
    ]
    taken = _taken(documents, [(c, p) for c, _, p in found if p is not None])
    return [
        Link(
            c,
            b,
            p,
            _days(documents[p].date if p is not None else b.date, documents[c].date),
            taken.get((c, p)),
        )
        for c, b, p in found
    ]


def _known(facts: Facts) -> Known:
    issuer, province = (claim.text if claim else None for claim in (facts.issuer, facts.province))
    return Known(facts.id or facts.path, facts.number, facts.date, facts.year, issuer, province)


def _days(parent: str | None, child: str | None) -> int | None:
    """Days between two whole dates; ``None`` where one is partial, or the gap is no follow-up."""
    try:
        days = (date.fromisoformat(child or "") - date.fromisoformat(parent or "")).days
    except ValueError:
        return None
    return days if abs(days) <= _LATEST else None


def _taken(
    documents: Sequence[Facts], pairs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int | None], Copied]:
    """What children took over; each parent's text is made ready once, and let go after its last child."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in dict.fromkeys(pairs):
        children[parent].append(child)
    found: dict[tuple[int, int | None], Copied] = {}
    for parent, own in children.items():
        found |= {(child, parent): one for child, one in _from(documents, parent, own)}
    return found


def _from(documents: Sequence[Facts], parent: int, children: Sequence[int]) -> Iterator[tuple[int, Copied]]:
    source: Prepared = prepared(body_of(documents[parent]))
    for child in children:
        one = copied(body_of(documents[child]), source)
        if one:
            yield child, one
