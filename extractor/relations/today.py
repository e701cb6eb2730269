"""Where the issuer's place lies today: its province of the 34, the communes that have its commune's land."""

import re
from functools import lru_cache
from typing import Any

from extractor.ground.field import INFERRED, MERGER, Finding
from extractor.ground.gazetteer import resolve
from extractor.ground.places import province_of, provinces_named, today
from extractor.ground.succession import heirs

_LONGEST = 300  # characters; a commune with its district has far fewer
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


def places_today(issuer: Finding, date: Finding) -> list[tuple[str, Finding]]:
    """``province_today``, and ``commune_today`` where all that the commune may have been leads to the same.

    ``commune_today`` lists ``{"name": "phường Ba Đình", "part": true}``: several where the commune was split,
    as nothing tells which part of it is meant.
    """
    if issuer.value is None:
        return []
    proofs = dict(issuer.parts)
    province = province_of(issuer.value.province) if issuer.value.province else None
    parts = []
    if province:
        proof = proofs.get("province", issuer)
        parts.append(("province_today", _follows(today(province), [proof])))
    place = ", ".join(filter(None, (issuer.value.commune, issuer.value.district)))
    those = _heirs(place, province, date.value) if issuer.value.commune and len(place) <= _LONGEST else ()
    if those:
        told = [{"name": name, "part": part} for name, part in those]
        above = [proofs[key] for key in ("district", "province") if key in proofs]
        parts.append(("commune_today", _follows(told, [proofs.get("commune", issuer), *above])))
    return parts


def _follows(value: Any, proof: list[Finding]) -> Finding:
    """A part that rests on others: as sure as the least sure of them, with the words of the first."""
    return Finding(value, proof[0].spans[:1], MERGER, min(one.score for one in proof), INFERRED)


@lru_cache(maxsize=1 << 10)
def _heirs(place: str, province: str | None, date: str | None) -> tuple[tuple[str, bool], ...]:
    """Who has the land of a commune today, and whether but a part of it; nobody where that is not certain."""
    on = date if date and _DATE.fullmatch(date) else None
    within = tuple(provinces_named(province)) if province else None
    told = {heirs(unit) for unit in resolve(place, on, within)}
    if len(told) != 1:
        return ()
    return tuple((f"{one.unit.kind} {one.unit.name}", one.part) for one in told.pop())
