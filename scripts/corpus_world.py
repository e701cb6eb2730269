"""What a made document is about: a body, its place and its day. No wording in here."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from corpus_said import GRAMMAR, blocks, sections

TABLES = Path(__file__).resolve().parents[1] / "extractor" / "tables"
REFORM = date(2025, 7, 1)
FIRST, LAST = date(2012, 1, 10), date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the units above it; names without class words, kinds the class words."""

    province: str = ""
    province_kind: str = ""
    district: str = ""
    district_kind: str = ""
    commune: str = ""
    commune_kind: str = ""

    def values(self) -> dict[str, str]:
        """The place as the values of ``issuers.txt``."""
        return {
            "p": self.province, "P": f"{self.province_kind} {self.province}", "cp": self.province_kind,
            "d": self.district, "D": f"{self.district_kind} {self.district}", "cd": self.district_kind,
            "c": self.commune, "C": f"{self.commune_kind} {self.commune}", "cc": self.commune_kind,
        }  # fmt: skip


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the extractor."""
    lines = (TABLES / name).read_text("utf-8").splitlines()
    head: list[str] = []
    for line in lines:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if head:
            yield dict(zip(head, cells, strict=False))
        head = head or cells


@cache
def spots(area: str, new: bool) -> tuple[Spot, ...]:
    """The places a body of this area can sit in; district names that occur once, nothing with a figure."""
    eras = {"both", "new" if new else "old"}
    table = list(rows("places.tsv"))
    provinces = {
        row["name"]: Spot(row["name"], row["kind"])
        for row in table
        if row["level"] == "province" and row["era"] in eras and (new or row["name"] != "Huế")
    }
    if area in ("province", "none"):
        return tuple(provinces.values())
    met = Counter(row["name"] for row in table if row["level"] == "district")
    districts = {
        (row["parent"], f"{row['kind']} {row['name']}"): Spot(
            row["parent"], provinces[row["parent"]].province_kind, row["name"], row["kind"]
        )
        for row in table
        if row["level"] == "district" and row["era"] == "old" and row["parent"] in provinces
        if met[row["name"]] == 1 and row["name"] not in provinces and row["name"].replace(" ", "").isalpha()
    }
    if area == "district":
        return tuple(districts.values())
    return tuple(communes(provinces, districts, new))


def communes(provinces: dict[str, Spot], districts: dict[tuple[str, str], Spot], new: bool) -> Iterator[Spot]:
    """The communes of these districts, or of these provinces since the reform."""
    for row in rows("communes.tsv"):
        above = provinces.get(row["province"]) if new else districts.get((row["province"], row["district"]))
        if above is None or (row["era"] == "new") != new:
            continue
        for group in row["units"].split("|"):
            kind, _, names = group.partition(":")
            for name in names.split(";"):
                if name.replace(" ", "").isalpha():
                    yield Spot(
                        above.province, above.province_kind, above.district, above.district_kind, name, kind
                    )


def filled(template: str, values: dict[str, str]) -> str:
    """A template of ``issuers.txt``; ``{x!}`` is the value in capitals."""
    for name, value in values.items():
        template = template.replace(f"{{{name}!}}", value.upper()).replace(f"{{{name}}}", value)
    return template


@dataclass(frozen=True, slots=True)
class Body:
    """The issuing body of one document, all names written out."""

    kind: str
    level: str
    spot: Spot
    area: str
    when: date
    facts: dict[str, list[str]]
    values: dict[str, str]

    def all(self, key: str) -> list[str]:
        """The values of a key of ``issuers.txt`` that hold at the time, filled in."""
        era = "new" if self.when >= REFORM else "old"
        found = self.facts.get(key, []) + self.facts.get(f"{key} {era}", [])
        return [filled(value, self.values) for value in found]

    def one(self, key: str) -> str:
        """The first value of a key, or nothing."""
        return next(iter(self.all(key)), "")

    @property
    def issuer(self) -> dict[str, str | None]:
        """The issuer as the plain record has it."""
        spot, placed = self.spot, self.area
        return {
            "name": self.one("name"),
            "level": self.level,
            "province": spot.province if placed != "none" else None,
            "district": f"{spot.district_kind} {spot.district}"
            if placed in ("district", "commune") and spot.district
            else None,
            "commune": f"{spot.commune_kind} {spot.commune}" if placed == "commune" else None,
        }


@cache
def kinds() -> dict[str, dict[str, list[str]]]:
    """The kinds of bodies."""
    return blocks(GRAMMAR / "shared" / "issuers.txt")


@cache
def names() -> dict[str, list[str]]:
    """Parts of names."""
    return sections(GRAMMAR / "shared" / "names.txt")


def body(rng: random.Random) -> Body:
    """A body, its place and the day on which it writes."""
    kind = rng.choice(sorted(kinds()))
    facts = kinds()[kind]
    era, area = facts.get("era", [""])[0], facts["area"][0]
    first, last = (
        (REFORM, LAST) if era == "new" else (FIRST, REFORM - timedelta(1)) if era == "old" else (FIRST, LAST)
    )
    when = first + timedelta(rng.randrange((last - first).days))
    only = facts.get("only", [""])[0]
    fit = [
        spot
        for spot in spots(area, when >= REFORM)
        if not only or only in (spot.province_kind, spot.district_kind)
    ]
    spot = rng.choice(fit)
    values = {**spot.values(), **of_whom(facts, spot, rng)}
    return Body(kind, facts["level"][0], spot, area, when, facts, values)


def of_whom(facts: dict[str, list[str]], spot: Spot, rng: random.Random) -> dict[str, str]:
    """Name and code of one of several bodies of a kind; of two where they write jointly."""
    school = rng.choice(names()["school"])
    initials = "".join(word[0] for word in school.split())
    values = {**spot.values(), "s": school, "si": initials}
    who, _, code = rng.choice(facts.get("who", ["|"])).partition(" | ")
    who = filled(who, values)
    first, _, second = who.partition(" - ") if "joint" in facts else (who, "", "")
    both = {"first": first, "second": second, "FIRST": first.upper(), "SECOND": second.upper()}
    both["second.full"] = f"{second} {spot.province}" if second == "Tỉnh đoàn" else second
    return {"who": who, "WHO": who.upper(), "code": filled(code, values), **both}


def person(rng: random.Random) -> str:
    """A name composed of its parts."""
    sex = rng.choice("mf")
    parts = (rng.choice(names()[key]) for key in ("surname", f"middle.{sex}", f"given.{sex}"))
    return " ".join(parts)
