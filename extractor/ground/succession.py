"""Who holds the land of a commune today: the mapping of 2025-07-01, and the mergers before and since.

One commune of old may have gone to several of today, a part to each; nothing tells which part a document
means, so all of them are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from extractor.ground.places import Unit, communes_named, fold_place, keys_of, rows_by, split, squeeze, today
from extractor.ground.vietnamese import strip_tones

MERGER = "2025-07-01"


@dataclass(frozen=True, slots=True)
class Heir:
    """A commune of today that has the land of another: all of it, or a ``part``."""

    unit: Unit
    part: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One commune that went to another on the day ``change``; ``to``: the district of the other, or ""."""

    kind: str
    name: str
    district: str
    change: str
    heir: str
    to: str


@cache
def _steps(province: str, merger: bool, of: str | None = None) -> dict[str, list[Step]]:
    """The steps of a province, or its district ``of``, by key: those of 2025-07-01, or before and since."""
    steps = [
        Step(kind, name, district, change, heir, to)
        for _, district, change, to, heirs in rows_by("successors.tsv", 0).get(province, ())
        if (change == MERGER) == merger and of in (None, district)
        for heir, _, kinds in (group.partition("=") for group in heirs.split(","))
        for kind, name in _members(kinds)
    ]
    index: dict[str, list[Step]] = {}
    for step, key in zip(steps, keys_of([step.name for step in steps]), strict=True):
        index.setdefault(step.name if step.name.startswith("*") else key, []).append(step)
    return index


def _members(kinds: str) -> Iterator[tuple[str, str]]:
    """("xã", "A"), ("xã", "B") of "xã:A;~B"."""
    for group in kinds.split("|"):
        kind, _, names = group.partition(":")
        yield from ((kind, name.lstrip("~")) for name in names.split(";"))


def _key(name: str) -> str:
    """The key of a name; in the tables that of "*sansaho" is itself: a name known without its marks."""
    return squeeze(fold_place(name))


def _unmarked_key(name: str) -> str:
    """Under what a name is found that is known without its marks: "San Sả Hồ" → "*sansaho"."""
    return "*" + "".join(c for c in strip_tones(name).lower() if c.isalnum())


def past_communes(name: str, kind: str | None, province: str) -> list[Unit]:
    """Communes of a province that were gone, or of another class, by 2025-06; their names as given here.

    The tables know some names without their marks only: these count where no other is found.
    """
    index = _steps(province, False)
    for each in (_key(name), _unmarked_key(name)):
        found = {
            (step.kind, step.district): step
            for step in index.get(each, ())
            if step.district and kind in (None, step.kind)
        }
        if found:
            return [_past(step, name, province) for step in found.values()]
    return []


def _past(step: Step, name: str, province: str) -> Unit:
    known = name if step.name.startswith("*") else step.name
    return Unit("commune", step.kind, known, province, step.district, "past", "", _day_before(step.change))


def _day_before(change: str) -> str:
    days = (str(date.fromisoformat(day) - timedelta(1)) if day else "" for day in change.split(".."))
    return "..".join(days)


def heirs(unit: Unit) -> tuple[Heir, ...]:
    """The communes of today that have the land of a commune; none for a district or a province.

    xã Vũ Lễ, huyện Kiến Xương → xã Quang Lịch; phường Điện Biên, quận Ba Đình → four, a part each. Raises
    KeyError for a commune that the tables do not have.
    """
    if unit.level != "commune":
        return ()
    found = dict.fromkeys(_last(unit))
    return tuple(Heir(each, len(found) > 1) for each in sorted(found, key=lambda u: (u.kind, u.name)))


def _last(unit: Unit) -> Iterator[Unit]:
    own = _of(unit)
    if unit.era != "new" and not own:
        raise KeyError(f"{unit.kind} {unit.name}, {unit.district}, {unit.province}")
    for step in own:
        yield from _last(_stands(unit.province, step))
    if not own:
        yield unit


def _of(unit: Unit) -> list[Step]:
    index = _steps(unit.province, unit.era == "old", unit.district or "")
    named = (*index.get(_key(unit.name), ()), *index.get(_unmarked_key(unit.name), ()))
    return [step for step in named if step.kind == unit.kind]


def _stands(province: str, step: Step) -> Unit:
    """The unit that a step leads to, from the table of communes."""
    kind, name = split(step.heir)
    within = province if step.to else today(province)
    for unit in communes_named(name, kind, province=within):
        if (unit.name, unit.district or "") == (name, step.to):
            return unit
    raise KeyError(f"{step.heir}, {step.to or within}")
