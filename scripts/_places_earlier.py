"""Communes that were gone, or had another class, before 2025-07-01, and who followed them.

The list of 2025-06 has, without marks, the names that went into each of its communes. The list of 2023 has
their marks, and codes of the statistics office, which go on in one of those who follow.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from _places import Commune, Sources, bare, split

OLD_UNTIL, MERGER = "2025-06-30", "2025-07-01"
#: the list of 2023 has the city of Tân Uyên, made on this day, and not yet thị xã Việt Yên of 2024
SNAPSHOT = "2023-04-10"
Follow = tuple[Commune, str, Commune, bool]  # who was, the change, who followed, only a part
_KEY = re.compile(r"(xa|phuong|thitran)(.+)")
_CLASS = {"xa": "xã", "phuong": "phường", "thitran": "thị trấn"}


def earlier(sources: Sources, old: set[Commune]) -> tuple[list[Follow], dict[Commune, str]]:
    """Who followed whom, and since when communes of 2025-06 stood, where that is known."""
    ledger = _Ledger(sources, old)
    follows = [*ledger.of_snapshot(), *ledger.unmarked()]
    since = {
        unit: change
        for was, change, unit, _ in follows
        if unit not in ledger.went_on and (was[3][0] != "*" and (change[0] != "." or was[3] == unit[3]))
    }
    return list(dict.fromkeys(follows)), since


class _Ledger:
    def __init__(self, sources: Sources, old: set[Commune]) -> None:
        self.snapshot = sources.snapshot
        self.names = {bare(unit[0]): unit[0] for unit in old} | {"thuathienhue": "Huế"}
        self.homes = _lineage(sources)
        self.changes = {row["name"]: row["change"] for row in sources.extra if row["what"] == "arranged"}
        self.by_code: dict[str, Commune] = {}
        self.stands: dict[tuple[str, str, str], list[Commune]] = defaultdict(list)
        self.called: dict[tuple[str, str, str], list[Commune]] = defaultdict(list)
        self.marked: set[tuple[str, str, Commune]] = set()
        self.went_on: set[Commune] = set()
        for province, district, full, code, others in sources.earlier:
            unit = (self.names[bare(split(province)[1])], " ".join(split(district)), *split(full))
            if unit not in old:
                raise SystemExit(f"not in the mapping: {unit}")
            self.by_code[code] = unit
            self.stands[unit[0], unit[2], bare(unit[3])].append(unit)
            for kind, key in _keys(unit, others):
                self.called[unit[0], kind, key].append(unit)

    def near(self, province: str, district: str, units: list[Commune]) -> list[Commune]:
        """Those of the units that lie in the district or in one that followed it."""
        homes = self.homes.get((province, bare(district)), {bare(district)})
        return [unit for unit in dict.fromkeys(units) if bare(unit[1]) in homes]

    def of_snapshot(self) -> Iterator[Follow]:
        """The communes of 2023 that do not go on, with their heirs; the others are noted as going on."""
        for province, district, full, code in self.snapshot:
            was = (self.names[bare(split(province)[1])], " ".join(split(district)), *split(full))
            place, key = was[:2], (was[0], was[2], bare(was[3]))
            called, coded = (
                self.near(*place, self.called[key]),
                self.near(*place, [self.by_code.get(code, was)]),
            )
            self.marked |= {(was[2], key[2], unit) for unit in called}
            if same := self.near(*place, self.stands[key]):
                self.went_on |= set(same)
            elif called or (coded and coded[0][2] != was[2]):
                heirs = list(dict.fromkeys(called + [unit for unit in coded if unit != was]))
                change = self.changes.get(was[0], f"{SNAPSHOT}..{OLD_UNTIL}")
                yield from ((was, change, unit, len(heirs) > 1) for unit in heirs)
            else:
                self.went_on |= set(coded)  # the same under another spelling

    def unmarked(self) -> Iterator[Follow]:
        """Those that only the names without marks tell of: gone before 2023."""
        for (province, kind, key), units in self.called.items():
            for unit in units:
                if (kind, key, unit) in self.marked or self.near(*unit[:2], self.stands[province, kind, key]):
                    continue
                name = unit[3] if key == bare(unit[3]) else key if key.isdigit() else f"*{key}"
                shared = len(self.near(province, unit[1], units)) > 1
                yield (province, unit[1], kind, name), f"..{SNAPSHOT}", unit, shared


def _keys(unit: Commune, others: list[str]) -> set[tuple[str, str]]:
    """Class and key of each other name; only those are taken that the list has without their class too."""
    found = set()
    for key in others:
        if (match := _KEY.fullmatch(key)) and (
            match[2] == bare(unit[3]) or match[2] in others or match[2].isdigit()
        ):
            found.add((_CLASS[match[1]], match[2].lstrip("0")))
    return found - {(unit[2], bare(unit[3]))}


def _lineage(sources: Sources) -> dict[tuple[str, str], set[str]]:
    """District that was → keys of itself and of all that followed it in its province."""
    follows = {
        (row["parent"], bare(row["kind"] + row["name"])): {
            bare(heir.removeprefix("into ")) for heir in row["became"].split(" | ") if ", " not in heir
        }
        for row in sources.extra
        if (row["what"], row["level"]) == ("past", "district")
    }
    lineage = {}
    for province, district in follows:
        homes, found = set(), {district}
        while found:
            homes |= found
            found = {heir for one in found for heir in follows.get((province, one), ())} - homes
        lineage[province, district] = homes
    return lineage
