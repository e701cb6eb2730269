"""Where the issuer's place lies today: its province of the 34, the communes that have its commune's land."""

import re
from typing import Any

from extractor.ground.field import INFERRED, MERGER, Finding
from extractor.ground.gazetteer import resolve
from extractor.ground.places import province_of, provinces_named, today
from extractor.ground.succession import heirs

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
    if issuer.value.commune and (told := _communes(issuer.value, province, date.value)):
        above = [proofs[key] for key in ("district", "province") if key in proofs]
        parts.append(("commune_today", _follows(told, [proofs.get("commune", issuer), *above])))
    return parts


def _follows(value: Any, proof: list[Finding]) -> Finding:
    """A part that rests on others: as sure as the least sure of them, with the words of the first."""
    return Finding(value, proof[0].spans[:1], MERGER, min(one.score for one in proof), INFERRED)


def _communes(place: Any, province: str | None, date: str | None) -> list[dict[str, Any]]:
    on = date if date and _DATE.fullmatch(date) else None
    within = tuple(provinces_named(province)) if province else None
    units = resolve(", ".join(filter(None, (place.commune, place.district))), on, within)
    told = {heirs(unit) for unit in units}
    if len(told) != 1:
        return []
    return [{"name": f"{one.unit.kind} {one.unit.name}", "part": one.part} for one in told.pop()]
