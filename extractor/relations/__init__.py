"""``relate``: what the values of one document say of each other.

Fields find values one by one and never look at each other; here they are laid side by side: the bodies behind
a unit's name and whom it works with, the report that stands in a task, the rule of what comes again, the
place of today. What is told goes into the ``parts`` of the findings (data as JSON has it, so that a record
comes back from its own JSON); what cannot be true at once becomes a :class:`Note`.
"""

from collections.abc import Mapping
from typing import Any

from extractor.ground.field import Finding
from extractor.ground.paper import Note, Paper
from extractor.relations import bodies, doubts, reports
from extractor.relations.today import places_today

__all__ = ["relate"]


def relate(paper: Paper, findings: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """The findings with the parts that follow from others, and notes on what contradicts.

    ``units`` get ``bodies``, ``roles`` and ``reports``, ``deadlines`` ``rrule``, the issuer ``bodies``,
    ``province_today`` and ``commune_today``; no value changes, and nothing is taken away.
    """
    found = dict(findings)
    limits = reports.limits(found["deadlines"])
    found["units"] = [
        _with(unit, bodies.of_unit(paper.text, unit) + reports.within(unit, limits))
        for unit in found["units"]
    ]
    found["deadlines"] = [_with(one, reports.again(one)) for one in found["deadlines"]]
    issuer = findings["issuer"]
    found["issuer"] = _with(issuer, bodies.of_issuer(issuer) + places_today(issuer, findings["date"]))
    return found, tuple(doubts.doubts(findings))


def _with(found: Finding, parts: list[tuple[str, Finding]]) -> Finding:
    if not parts:
        return found
    return Finding(found.value, found.spans, found.rule, found.score, found.status, (*found.parts, *parts))
