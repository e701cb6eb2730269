"""Which unit a name means in its context: "phường 1, thị xã Quảng Trị", "P. Bến Nghé, Q.1".

Never a guess: several that fit are all given, and a name that nothing is known of gives none.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import normalize

from extractor.ground import places
from extractor.ground.places import Unit
from extractor.ground.standing import stood
from extractor.ground.succession import past_communes

_CLASS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)(?!\w)"
_SHORT = r"(?:t\.?p|tx|tt|[hqpx])\.|(?:tp|tx|tt) "
_BREAK = re.compile(rf"\s*[,;]\s*|(?:\s*[-–—])?\s+(?<!thị )(?={_CLASS}|{_SHORT})", re.I)
_BELOW = re.compile(r"(?:thôn|ấp|bản|buôn|làng|xóm|khóm|khu|tổ|số|đường|phố|ngõ|tiểu khu)(?!\w)", re.I)
_COMMUNE = re.compile(r"(?:xã|phường|thị trấn|đặc khu|tt|[xp])(?!\w)", re.I)
_LONGEST = 300  # characters; a name in its context has far fewer
_LEVELS = {"tỉnh": ("province",), "thành phố": ("province", "district"), "thị xã": ("district",)}
_LEVELS |= {"huyện": ("district",), "quận": ("district",)}
_LEVELS |= dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), ("commune",))
_ALL = ("province", "district", "commune")


def resolve(
    text: str, on: str | None = None, within: str | Unit | tuple[Unit, ...] | None = None
) -> tuple[Unit, ...]:
    """The units that a name may mean: one is certain, several are ambiguous, none is unknown.

    ``text``: the unit first, then those it lies in. ``on``: the day, month or year (ISO) of the document;
    units that did not stand then are left out. ``within``: the unit, units or name that the context
    gives, such as the province of the letterhead. ``district`` of a unit is the last one that it lay in.

    ("xã Vũ Lễ", on="2024-05-03", within="tỉnh Thái Bình") → xã Vũ Lễ, huyện Kiến Xương; ("xã Vũ Lễ") →
    that of Thái Bình, that of Lạng Sơn before 2025-07 and that since.
    """
    around = resolve(within, on) if isinstance(within, str) else within
    around = (around,) if isinstance(around, Unit) else around
    if len(text) > _LONGEST:
        return ()
    names = [name for name in _BREAK.split(normalize("NFC", " ".join(text.split()))) if name.strip()]
    while len(names) > 1 and _BELOW.match(names[0]) and any(map(_COMMUNE.match, names[1:])):
        names.pop(0)  # what lies in a commune
    for name in reversed(names):
        around = tuple(_fitting(name.strip(" .,;"), on, around))
    return around if names and around else ()


def _fitting(name: str, on: str | None, around: tuple[Unit, ...] | None) -> Iterator[Unit]:
    for unit in _called(name, around):
        if (on is None or stood(unit, on) is not False) and (
            around is None or any(lies_in(unit, outer) for outer in around)
        ):
            yield unit


def _called(name: str, around: Iterable[Unit] | None) -> list[Unit]:
    kind = next((kind for kind, _ in places.readings(name) if kind), None)
    levels = _LEVELS.get(kind or "", _ALL)
    found: list[Unit] = places.provinces_named(name) if "province" in levels else []
    if "district" in levels:
        found = found + places.districts_named(name)
    return found + _communes(name, kind, around) if "commune" in levels else found


def _communes(name: str, kind: str | None, around: Iterable[Unit] | None) -> list[Unit]:
    if around is None:
        homes = list(dict.fromkeys(places.provinces().values()))
        found = places.communes_named(name)
    else:
        homes = list(dict.fromkeys(home for unit in around for home in _homes(unit)))
        found = [unit for home in homes for unit in places.communes_named(name, province=home)]
    bare = places.bare_name(name)
    return found + [unit for home in homes for unit in past_communes(bare, kind, home)]


def _homes(unit: Unit) -> list[str]:
    """The provinces whose communes may lie in a unit: that of its name, and where its districts went."""
    return sorted({unit.province, *(home for home, _ in _reach(unit))})


def lies_in(unit: Unit, outer: Unit) -> bool:
    """Whether a unit may lie in another; a commune also in what its district was before.

    phường Phú Hậu, quận Phú Xuân lies in thành phố Huế, from which the quận was made.
    """
    if _ALL.index(unit.level) <= _ALL.index(outer.level):
        return unit == outer
    if outer.level == "province" and unit.province == outer.province:
        return True
    return unit.level == "commune" and (unit.province, unit.district) in _reach(outer)


@lru_cache(maxsize=4096)
def _reach(unit: Unit) -> frozenset[tuple[str, str]]:
    """Province and full name of a district and of those that followed it; of all that a province has."""
    if unit.level == "commune":
        return frozenset()
    own = [f"{unit.kind} {unit.name}"] if unit.level == "district" else places.past_districts(unit.province)
    found, wanted = set(), [(unit.province, name) for name in own]
    while wanted:
        home, district = wanted.pop()
        found.add((home, district))
        for heir in places.followers(home, district):
            name, _, other = heir.removeprefix("into ").partition(", ")
            if (next_one := (other or home, name)) not in found:
                wanted.append(next_one)
    return frozenset(found)
