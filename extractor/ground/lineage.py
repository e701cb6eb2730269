"""Which of many documents a plan names as its basis.

A basis is a document with the number that a child cites; a date or a body that contradicts rules it out. A
number alone stands on many plans, so a day or a body must speak for it, or at least the year before. ``Ủy ban
nhân dân tỉnh`` without its name is that of the child's own province. Where two bodies fit alike there is no
answer.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extractor.ground.bodies import unified, written_out


class Known(NamedTuple):
    """What tells a document from others. ``date`` is ISO, partial where the document is; ``same``: a key
    that copies
    of one plan share.
    """

    same: object
    number: str | None
    date: str | None
    year: int | None
    issuer: str | None
    province: str | None


class Lineage:
    """The documents of an archive, ready to be asked for parents."""

    def __init__(self, documents: Sequence[Known]) -> None:
        self._documents = documents
        self._by_number: Mapping[str, list[int]] = defaultdict(list)
        for index, known in enumerate(documents):
            if known.number:
                self._by_number[number_key(known.number)].append(index)

    def parent(self, child: int, number: str, date: str | None, issuer: str | None) -> int | None:
        """The document that ``child`` cites by number, date and issuer; ``None`` where none or several
        fit.
        """
        own, fits = self._documents[child], []
        for index in self._by_number.get(number_key(number), ()):
            other = self._documents[index]
            if index != child and other.same != own.same and (fit := _fit(own, other, date, issuer)):
                fits.append((fit, index))
        best = max((fit for fit, _ in fits), default=0)
        tied = [index for fit, index in fits if fit == best]
        bodies = {_body(self._documents[index].issuer or "") for index in tied}
        return tied[0] if best and len(bodies) == 1 else None


@lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """``"031/KH-UBND"`` and ``"31/KH - UBND"`` are one number."""
    key = re.sub(r"\s+", "", number).upper().replace("–", "-")
    return re.sub(r"^0+(?=\d)", "", key)


@lru_cache(maxsize=4096)
def _body(name: str) -> str:
    return unified(written_out(name)) if name else ""


def _fit(child: Known, other: Known, date: str | None, issuer: str | None) -> int:
    """How much speaks for ``other`` as the basis: 0 where something speaks against it, or nothing for it."""
    day, body = same_day(date, other.date), _same_body(child, other, issuer)
    if day is False or body is False or (day is None and not _just_before(other, child)):
        return 0
    return 2 * bool(day) + bool(body)


def same_day(cited: str | None, own: str | None) -> bool | None:
    """Do two dates agree, as far as both go? ``None``: nothing can be said."""
    if not cited or not own:
        return None
    length = min(len(cited), len(own))
    return cited[:length] == own[:length]


def _same_body(child: Known, other: Known, issuer: str | None) -> bool | None:
    if not issuer or not other.issuer:
        return None
    cited, own = _body(issuer), _body(other.issuer)
    if cited == own:
        return True
    if own.startswith(cited):  # "ủy ban nhân dân tỉnh" of the province that the child is in
        return bool(child.province and child.province == other.province)
    place = other.province or ""
    return bool(place) and cited.startswith(own) and place.lower() in cited


def _just_before(other: Known, child: Known) -> bool:
    return other.year is not None and child.year is not None and 0 <= child.year - other.year <= 1
