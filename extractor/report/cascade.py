"""Which plan carries out which: parents named, found in the archive or missing, days, words taken over.

A parent is a document of the archive with the number that a child cites; a date or a body that contradicts
rules it out. ``Ủy ban nhân dân tỉnh`` without its name is that of the child's own province. Every child is
compared with its parents alone, so the work grows with the archive, not with its square.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.ground.bodies import unified, written_out
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
    by_number = _by_number(documents)
    found = [
        (child, basis, _parent(documents, child, basis, by_number))
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


def number_key(number: str) -> str:
    """``"031/KH-UBND"`` and ``"31/KH - UBND"`` are one number."""
    key = re.sub(r"\s+", "", number).upper().replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", key)


def _by_number(documents: Sequence[Facts]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for index, facts in enumerate(documents):
        if facts.number:
            found[number_key(facts.number)].append(index)
    return found


def _parent(
    documents: Sequence[Facts], child: int, basis: Basis, by_number: Mapping[str, list[int]]
) -> int | None:
    """The document that a basis names: the one that most speaks for, none where two bodies fit alike."""
    own = documents[child]
    fits = []
    for index in by_number.get(number_key(basis.number), ()):
        if index != child and (fit := _fit(own, documents[index], basis)):
            fits.append((fit, index))
    best = max((fit for fit, _ in fits), default=0)
    tied = [index for fit, index in fits if fit == best]
    bodies = {unified(claim.text) if (claim := documents[i].issuer) else "" for i in tied}
    return tied[0] if best and len(bodies) == 1 else None


def _fit(child: Facts, other: Facts, basis: Basis) -> int:
    """How much speaks for ``other`` as the basis: 0 where something speaks against it, or nothing for it."""
    day = _same_day(basis.date, other.date)
    body = _same_body(child, other, basis)
    if day is False or body is False or (child.id and child.id == other.id):
        return 0
    if day is None and not _just_before(other, child):
        return 0
    return 2 * bool(day) + bool(body)


def _same_day(cited: str | None, own: str | None) -> bool | None:
    """Do two dates agree, as far as both go? ``None``: nothing can be said."""
    if not cited or not own:
        return None
    length = min(len(cited), len(own))
    return cited[:length] == own[:length]


def _same_body(child: Facts, other: Facts, basis: Basis) -> bool | None:
    if not basis.issuer or not other.issuer:
        return None
    cited, own = unified(written_out(basis.issuer)), unified(other.issuer.text)
    if cited == own:
        return True
    if own.startswith(cited):  # "ủy ban nhân dân tỉnh" of the province that the child is in
        return bool(child.province and other.province and child.province.text == other.province.text)
    place = other.province.text if other.province else ""
    return bool(place) and cited.startswith(own) and place.lower() in cited


def _just_before(other: Facts, child: Facts) -> bool:
    return other.year is not None and child.year is not None and 0 <= child.year - other.year <= 1


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
