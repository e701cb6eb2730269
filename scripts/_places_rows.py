"""The rows of the tables that scripts/make_places writes."""

from collections import defaultdict
from collections.abc import Iterator

from _places import Commune, District, Sources, first_day, last_day, mapped, split
from _places_earlier import MERGER, OLD_UNTIL, Follow, earlier

HEAD = """\
# what: {what}; Viet Nam
{sources}
# origin: the mapping of underthesea names {origin} as what it was read from; only facts are taken
# also: extractor/tables/places_extra.tsv, by hand
# made by: scripts/make_places (do not edit by hand)
# since, until: first and last day, ISO; a..b = one day of these; empty = open, or not known
"""
PLACES = """\
# level: province or district
# kind: class of the unit, as in law
# name: bare, without the class word
# parent: the province of a district
# era: old = until 2025-06-30, new = of another class since, both = the name goes on, past = gone before
# today: the province of the 34 that holds it now
# alias: other spellings
# became: districts that followed it, or took a part of it; into = one that stood before
level\tkind\tname\tparent\tera\ttoday\talias\tsince\tuntil\tbecame
"""
COMMUNES = """\
# era: old = until 2025-06-30 (with its district, class word included), new = since 2025-07-01 (no district)
# units: bare names by class, as "xã:name;name|phường:name"
era\tprovince\tdistrict\tsince\tuntil\tunits
"""
SUCCESSORS = """\
# province, district: of the commune that was ("" where there were no districts any more)
# change: the day from which the followers stand
# to: the district of the followers, where they have one; their province is the one of today, or the same
# heirs: follower=class:name;~name with ~ where only a part went there; *name = known without its marks only
province\tdistrict\tchange\tto\theirs
"""


def tables(sources: Sources) -> dict[str, str]:
    """File name → text."""
    pairs = list(mapped(sources))
    districts = _districts(pairs)
    risen = {
        (row["parent"], "", "xã", row["name"]): row
        for row in sources.extra
        if (row["what"], row["level"]) == ("risen", "commune")
    }
    before, since = earlier(sources, {old for old, *_ in pairs})
    about = sources.mapping["metadata"]
    told = {
        "sources": "\n".join(f"# source: {line}" for line in sources.said),
        "origin": f"{about['source']} {about['version']}",
    }
    follows = [*before, *_today(pairs, risen)]
    made = (
        (
            "places.tsv",
            "provinces and districts, before and since 2025-07-01",
            PLACES,
            _places(sources, districts),
        ),
        ("communes.tsv", "communes, by district or province", COMMUNES, _communes(pairs, risen, since)),
        ("successors.tsv", "what became of communes", SUCCESSORS, _successors(follows)),
    )
    return {
        name: HEAD.format(what=what, **told) + columns + _text(rows) for name, what, columns, rows in made
    }


def _text(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def _districts(pairs: list[tuple[Commune, Commune, bool]]) -> dict[District, str]:
    districts: dict[District, str] = {}
    for (province, district, *_), new, _ in pairs:
        if districts.setdefault((province, district), new[0]) != new[0]:
            raise SystemExit(f"district in two provinces of today: {district}, {province}")
    return districts


def _places(sources: Sources, districts: dict[District, str]) -> list[list[str]]:
    extra = sources.extra
    alias: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in extra:
        if row["what"] == "alias":
            alias[row["level"], row["parent"]].append(row["name"])
    since, taken = _since(extra), _taken(extra)
    now = {province: today for (province, _), today in districts.items()}
    now |= {row["name"]: row["today"] for row in extra if (row["what"], row["level"]) == ("past", "province")}
    rows = [*_provinces(sources, now), *_past(extra, now)]
    if still := {(row[3], f"{row[1]} {row[2]}") for row in rows} & set(districts):
        raise SystemExit(f"past districts still in the list: {sorted(still)}")
    for (province, full), today in districts.items():
        rows.append(["district", *split(full), province, "old", today, OLD_UNTIL, ""])
    made = []
    for level, kind, name, parent, era, today, until, became in rows:
        other = (
            [] if era in ("past", "new") else alias.pop((level, f"{name}|{parent}" if parent else name), [])
        )
        full = f"{kind} {name}"
        begins = since.pop((parent, full), "")
        became = " | ".join(filter(None, [became, *taken.pop((parent, full), ())]))
        made.append([level, kind, name, parent, era, today, " | ".join(other), begins, until, became])
    if alias or since or taken:
        raise SystemExit(f"of nothing: {sorted(alias)} {sorted(since)} {sorted(taken)}")
    # provinces stay as they are; districts go by province, name and class
    return [row for row in made if not row[3]] + sorted(
        (r for r in made if r[3]), key=lambda r: (r[3], r[2], r[1])
    )


def _since(extra: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """The first days of provinces and districts, by parent and full name."""
    since = {}
    for row in extra:
        if row["what"] == "since" or (row["what"], row["level"]) == ("risen", "province"):
            since[row["parent"], f"{row['kind']} {row['name']}"] = first_day(row["change"])
        for heir in row["became"].split(" | ") if row["what"] == "past" else ():
            name, _, parent = heir.partition(", ")
            if not heir.startswith("into "):
                since[parent or row["parent"], name] = first_day(row["change"])
    return since


def _taken(extra: list[dict[str, str]]) -> dict[tuple[str, str], list[str]]:
    """District → those that were made of a part of it, while it stood or as it went."""
    taken: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in extra:
        for origin in filter(None, row["became"].split(" | ")) if row["what"] == "since" else ():
            taken[row["parent"], origin].append(f"{row['kind']} {row['name']}")
    return taken


def _provinces(sources: Sources, now: dict[str, str]) -> Iterator[list[str]]:
    """Those of the 63, then those of another class since; without other names and first day."""
    lasting = {split(value["name"])[1] for value in sources.mapping["province_names"].values()}
    risen = [row for row in sources.extra if (row["what"], row["level"]) == ("risen", "province")]
    ends = {row["name"]: last_day(row["change"]) for row in risen}
    old = (split(value["name"]) for value in sources.mapping["old_province_names"].values())
    for kind, name in sorted(old, key=lambda pair: pair[1]):
        era, until = ("both", ends.get(name, "")) if name in lasting else ("old", OLD_UNTIL)
        yield ["province", kind, name, "", era, now[name], until, ""]
    for row in risen:
        yield ["province", row["kind"], row["name"], "", "new", row["name"], "", ""]


def _past(extra: list[dict[str, str]], now: dict[str, str]) -> Iterator[list[str]]:
    for row in extra:
        if row["what"] == "past":
            own = [row[key] for key in ("level", "kind", "name", "parent")]
            yield [*own, "past", row["today"] or now[row["parent"]], last_day(row["change"]), row["became"]]


def _today(
    pairs: list[tuple[Commune, Commune, bool]], risen: dict[Commune, dict[str, str]]
) -> Iterator[Follow]:
    """Who followed on 2025-07-01, under the class of today, and what became another class since."""
    for old, new, part in pairs:
        row = risen.get(new)
        now = (*new[:2], row["kind"], new[3]) if row else new
        if old[3]:
            yield old, MERGER, now, part
        if row:
            yield new, first_day(row["change"]), now, False


def _communes(
    pairs: list[tuple[Commune, Commune, bool]],
    risen: dict[Commune, dict[str, str]],
    since: dict[Commune, str],
) -> list[list[str]]:
    rows: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
    for old, new, _ in pairs:
        if old[3]:
            rows["old", *old[:2], first_day(since.get(old, "")), OLD_UNTIL].add(old[2:])
        row = risen.get(new)
        rows["new", *new[:2], MERGER, last_day(row["change"]) if row else ""].add(new[2:])
        if row:
            rows["new", *new[:2], first_day(row["change"]), ""].add((row["kind"], new[3]))
    return [[*place, grouped(units)] for place, units in sorted(rows.items())]


def _successors(follows: list[Follow]) -> list[list[str]]:
    rows: dict[tuple[str, ...], dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for was, change, heir, part in follows:
        rows[*was[:2], change, heir[1]][" ".join(heir[2:])].add((was[2], f"~{was[3]}" if part else was[3]))
    return [
        [*place, ",".join(f"{heir}={grouped(units)}" for heir, units in sorted(heirs.items()))]
        for place, heirs in sorted(rows.items())
    ]


def grouped(units: set[tuple[str, str]]) -> str:
    """{("xã", "A"), ("xã", "B")} → "xã:A;B"."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, name in sorted(units):
        kinds[kind].append(name)
    return "|".join(f"{kind}:{';'.join(names)}" for kind, names in kinds.items())
