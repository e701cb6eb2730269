"""Vietnamese administrative units: provinces, districts and communes, before and since 2025-07-01.

Since 2025-07-01 there are 34 provinces with communes right under them (Nghị quyết 202/2025/QH15), before
there were 63, with districts. Plans name the units of their time, so both are kept (scripts/make_places).
``gazetteer`` resolves names in their context, ``succession`` tells who holds a unit's land today.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from unicodedata import is_normalized, normalize

_SHORT = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn"}
_SHORT |= {"h": "huyện", "q": "quận", "p": "phường", "x": "xã"}
_CLASS = r"(tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu) (.+)"
_ABBREVIATED = r"(t\.?p|tx|tt|[hqpx])(?:\. ?| |(?=\d))(.+)"
_NEW, _OLD = "oàoáoảoãoạoèoéoẻoẽoẹuỳuýuỷuỹuỵ", "òaóaỏaõaọaòeóeỏeõeọeùyúyủyũyụy"  # tone marks, two usages
_OLDER = {_NEW[i : i + 2]: _OLD[i : i + 2] for i in range(0, len(_NEW), 2)}
_OPEN = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)")
_I = re.compile(r"(?<!\w)(?:qu|[hklmst])[iìíỉĩị](?!\w)")
_I_TO_Y = str.maketrans("iìíỉĩị", "yỳýỷỹỵ")
_CHARS = str.maketrans("ð’ʼ‘´`", "đ'''''")
_PERSON = {"hồ chí minh", "hcm", "huế"}  # also names of persons
_WORD = {"hòa bình", "bình định", "hải dương", "thái bình", "cao bằng"}  # also words: peace, ocean …
_LONGER = r"hà\s+nam\s+ninh(?!\s+(?:bình|thuận))|thái\s+bình\s+dương|điện\s+biên\s+phủ|hải\s+dương\s+học"
_SURNAME = r"\b(?:NGUYỄN|Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Đinh|Trịnh|Trương|Thị)\s$"
_FRONT = re.compile(
    r"(?<!\w)(?:(?P<province>tỉnh(?:\s*+(?:[,/;]|và|hoặc)?\s*+thành\s+phố)?)|(?P<at>cố\s+đô|ở|tại)|(?P<city>thành\s+phố|"
    r"t\.?p\.?)|huyện|quận|thị\s+xã|thị\s+trấn|xã|phường|thôn|ấp|đường|phố|sông|h\.|q\.|tx\.?|tt\.?|x\.|p\.)[\s:]*$"
)
_LONGEST = 100  # characters of a name that is remembered
_Index = dict[str, list[tuple[str, str, str, str, str | None, str, str, str]]]  # the fields of units, by key
_AND = re.compile(r"\s{0,9}(?:[,;/–-]|và)\s*(?:(?:thành phố|tỉnh|tp\.?)\s*)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """Unit("commune", "xã", "Vũ Lễ", "Thái Bình", "huyện Kiến Xương", "old", "", "2025-06-30").

    `province`: of a province its own name. `district`: of a commune before 2025-07, with its class (one
    province had a huyện and a thị xã Kỳ Anh). `era`: "old", "new", "both" (the province's name goes on),
    "past" (gone or of another class by 2025-07). `since`, `until`: its first and last day, ISO; "a..b" is one
    of the days from a to b; empty: open, or not known.
    """

    level: str
    kind: str
    name: str
    province: str
    district: str | None
    era: str
    since: str
    until: str


class _Places(NamedTuple):
    """``today``: class, province of today and last day by name; ``spelled``: name by spelling; ``became``:
    names of those who followed, by province and full name of a district."""

    today: dict[str, tuple[str, str, str]]
    spelled: dict[str, str]
    districts: _Index
    provinces: dict[str, list[Unit]]
    became: dict[tuple[str, str], list[str]]


def _level(text: str) -> str:
    """NFC text in lower case and one spelling, character by character (offsets stay)."""
    low = "".join(c.lower()[0] for c in text) if len(text.lower()) != len(text) else text.lower()
    low = _OPEN.sub(lambda m: _OLDER[m[0]], low.translate(_CHARS))
    return _I.sub(lambda m: m[0][:-1] + m[0][-1].translate(_I_TO_Y), low)


def squeeze(level: str) -> str:
    """Key of district and commune names: "Krông A Na" = "Krông Ana", "Đăk Pơ" = "Đắk Pơ", "01" = "1"."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"đ[aă]k", "đắk", re.sub(r"[ '\-–]+", "", level)))


def fold_place(text: str) -> str:
    """Key under which spellings of one name meet: lower case, NFC, one space for spaces and hyphens.

    Tone marks are put as in the older usage ("Thuỷ" → "thủy"), i that ends a syllable becomes y after h, k,
    l, m, s, t, qu ("Quí" → "quý"): both usages occur since Quyết định 240/QĐ of 1984. "TT-Huế" → "tt huế".
    """
    return re.sub(r"[\s\-‐-―]+", " ", _level(normalize("NFC", text))).strip(" .,;:")


def keys_of(names: Sequence[str]) -> list[str]:
    """The keys of names from a table, without line ends; they are folded as a whole, for speed."""
    return squeeze(_level("\n".join(names))).split("\n")[: len(names)]


def rows(name: str) -> list[list[str]]:
    """The rows of a table in their columns."""
    text = files("extractor.tables").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and line[0] != "#"][1:]


@cache
def rows_by(name: str, column: int) -> Mapping[str, list[list[str]]]:
    """The rows of a table by what stands in a column."""
    found: dict[str, list[list[str]]] = {}
    for row in rows(name):
        found.setdefault(row[column], []).append(row)
    return found


@cache
def _places() -> _Places:
    places = _Places({}, {}, {}, {}, {})
    for level, kind, name, parent, era, now, alias, since, last, became in rows("places.tsv"):
        names = [name, *filter(None, alias.split(" | "))]
        if level == "province":
            places.today.setdefault(name, (kind, now, "" if era == "both" else last))
            places.spelled.update(dict.fromkeys(names, name))
            unit = Unit(level, kind, name, name, None, era, since, last)
            places.provinces.setdefault(name, []).append(unit)
        elif became:
            places.became[parent, f"{kind} {name}"] = became.split(" | ")
        for key in {squeeze(fold_place(each)) for each in names if level == "district"}:
            found = level, kind, name, parent, None, era, since, last
            places.districts.setdefault(key, []).append(found)
    return places


@cache
def _communes(province: str = "") -> _Index:
    """Communes by key, of all provinces or of one."""
    index: _Index = {}
    table = rows_by("communes.tsv", 1).get(province, []) if province else rows("communes.tsv")
    folded = keys_of([row[5] for row in table])
    for (era, home, district, since, until, units), low in zip(table, folded, strict=True):
        for group, keys in zip(units.split("|"), low.split("|"), strict=True):
            kind, _, names = group.partition(":")
            for name, key in zip(names.split(";"), keys.partition(":")[2].split(";"), strict=True):
                unit = "commune", kind, name, home, district or None, era, since, until
                index.setdefault(key, []).append(unit)
    return index


@cache
def provinces() -> Mapping[str, str]:
    """Folded spelling → canonical bare name: "đắc lắc" → "Đắk Lắk", "tphcm" → "Hồ Chí Minh"."""
    return {fold_place(spelling): name for spelling, name in _places().spelled.items()}


def readings(text: str) -> Iterator[tuple[str | None, str]]:
    """Kind and folded name: the text as a bare name, then ("huyện", "kiến xương") if a class begins it."""
    folded = fold_place(text)
    yield None, folded
    if m := re.fullmatch(_CLASS, folded) or re.fullmatch(_ABBREVIATED, folded):
        yield _SHORT.get(m[1].replace(".", ""), m[1]), m[2]


def split(full: str) -> tuple[str, str]:
    """Class and name of a full name as the tables have it: "thị xã Sa Pa" → ("thị xã", "Sa Pa")."""
    match = re.fullmatch(_CLASS, full)
    return (match[1], match[2]) if match else ("", full)


@cache
def _renamed() -> Mapping[str, tuple[str, str]]:
    """Provinces whose name alone has changed → the name before, and its last day."""
    return {name: (before, until) for name, before, until in rows("provinces_renamed.tsv")}


def province_then(name: str, year: int | None) -> str:
    """A province's name in a year: ("Huế", 2009) → "Thừa Thiên Huế"; that of today where none is known."""
    before, until = _renamed().get(name, (name, ""))
    return before if year is not None and f"{year:04d}" <= until[:4] else name


def province_of(text: str) -> str | None:
    """Province that `text` names as a whole: "TP. Hồ Chí Minh"; None for the city "thành phố Nam Định"."""
    return _province_of(text) if len(text) <= _LONGEST else _province_of.__wrapped__(text)


@lru_cache(maxsize=1 << 10)
def _province_of(text: str) -> str | None:
    named = ((kind, provinces().get(name)) for kind, name in readings(text))
    fits = [found for kind, found in named if found and (kind in (None, "tỉnh") or _is_class(found, kind))]
    return fits[0] if fits else None


def _is_class(province: str, kind: str) -> bool:
    """Whether a class word means the province: it always had the class, or has it now and has no twin.

    thành phố Đồng Nai is a province's; thành phố Bắc Ninh may be the city in tỉnh Bắc Ninh, before 2025-07.
    """
    first, *later = _places().provinces[province]
    return kind == first.kind or (any(u.kind == kind for u in later) and not districts_named(province, kind))


def is_central_city(name: str) -> bool:
    """Whether a bare name is a city run by the centre (``"Huế"``); Thủ Đức and the rest are of a province."""
    found = provinces().get(fold_place(name))
    return found is not None and _places().today[found][0] == "thành phố"


def today(province: str) -> str:
    """Province of the 34 (Nghị quyết 202/2025/QH15): "Thái Bình" → "Hưng Yên"; KeyError for no province."""
    return _places().today[province_of(province) or province][1]


def until(province: str) -> str | None:
    """The last day (ISO) on which a province stood: "Hà Tây" → "2008-07-31"; None where its name goes on."""
    found = province_of(province)
    return (_places().today[found][2] or None) if found else None


@cache
def _mention() -> re.Pattern[str]:
    gap, spelled = r"(?:\\s*[-–—]\\s*|\\s+)", sorted(map(_level, _places().spelled), key=len, reverse=True)
    either = "|".join(re.sub(r" ?- ?", gap, name).replace(" ", r"\s+") for name in spelled)
    return re.compile(rf"\b(?:(?P<longer>{_LONGER})|{either})\b")


def _composed(text: str) -> tuple[str, list[int]]:
    """Text in NFC and the offset that each of its characters has in `text` (none if they are the same)."""
    if is_normalized("NFC", text):
        return text, []
    clusters = [(m.start(), normalize("NFC", m[0])) for m in re.finditer(r"(?s).[\u0300-\u036f]*", text)]
    return "".join(part for _, part in clusters), [at for at, part in clusters for _ in part] + [len(text)]


def _is_mention(text: str, start: int, end: int, last: int) -> bool:
    """Whether the name at start:end means the province; `last`: where the mention before it ended."""
    raw, before = text[start:end], text[max(0, start - 24) : start]
    key, front = fold_place(raw), _FRONT.search(_level(before))
    if front and (front["province"] or front["city"]):
        return bool(front["province"]) or _is_class(provinces()[key], "thành phố")
    if not raw[0].isupper() or (front and not front["at"]) or re.search(_SURNAME, before):
        return False
    if front or key not in _PERSON | _WORD:
        return True
    alone = key not in _PERSON and not (key == "hòa bình" and raw.isupper())
    listed = start - last < 24 and bool(_AND.fullmatch(_level(text[last:start])))
    return all(word[0].isupper() for word in raw.split()) and (alone or listed)


def find_provinces(text: str) -> list[tuple[int, int, str]]:
    """Mentions of provinces in running text: start and end of the name (class word outside), canonical name.

    A bare name counts when it begins with a capital; in lower case it needs "tỉnh" or "thành phố" in front.
    Not found: "huyện Quảng Ninh", "thành phố Nam Định", "đường Nguyễn Thái Bình", "Hà Nam Ninh". Names of
    persons and words need more: "TP. Hồ Chí Minh", "ở Huế", "Sơn La, Hòa Bình"; not "Đoàn TNCS Hồ Chí Minh".
    """
    text, offsets = _composed(text)
    found: list[tuple[int, int, str]] = []
    for m in _mention().finditer(_level(text)):
        if not m["longer"] and _is_mention(text, *m.span(), found[-1][1] if found else m.start()):
            found.append((m.start(), m.end(), provinces()[fold_place(m[0])]))
    return [(offsets[s], offsets[e], name) for s, e, name in found] if offsets else found


def bare_name(text: str) -> str:
    """A name without its class word, as it is written: "P. Bến Nghé" → "Bến Nghé", "XÃ VŨ LỄ" → "Vũ Lễ"."""
    low = _level(text)
    match = re.fullmatch(_CLASS, low) or re.fullmatch(_ABBREVIATED, low)
    name = text[match.start(2) :] if match else text
    return name.title() if name.isupper() else name


def provinces_named(name: str) -> list[Unit]:
    """Provinces of that name, one for each class that it has had: "Đồng Nai" → tỉnh, then thành phố."""
    for own, bare in readings(name):
        units = _places().provinces.get(provinces().get(bare, ""), ())
        if found := [u for u in units if own in (None, u.kind)] or (list(units) if own == "tỉnh" else []):
            return found
    return []


def followers(province: str, district: str) -> list[str]:
    """Districts that followed one or took a part of it: ("Lào Cai", "huyện Sa Pa") → ["thị xã Sa Pa"].

    "into " stands before one that was there already, ", Hà Nội" behind one of another province.
    """
    return _places().became.get((province, district), [])


def past_districts(province: str) -> list[str]:
    """Names, with their class, of the districts of a province that have followers."""
    return [district for home, district in _places().became if home == province]


def _named(index: _Index, name: str, kind: str | None) -> list[Unit]:
    for own, bare in readings(name):
        wanted = fold_place(kind) if kind else own
        if found := [Unit(*row) for row in index.get(squeeze(bare), ()) if wanted in (None, row[1])]:
            return found
    return []


def districts_named(name: str, kind: str | None = None) -> list[Unit]:
    """Districts of that name, old and past: "huyện Kiến Xương" → of Thái Bình; "TX. Hội An" → past."""
    return _named(_places().districts, name, kind)


def communes_named(
    name: str, kind: str | None = None, district: str | None = None, province: str | None = None
) -> list[Unit]:
    """Communes of that name, old and new: ("Vũ Lễ", "xã", province="Thái Bình") → of huyện Kiến Xương."""
    within = province_of(province) if province else ""
    units = _named(_communes(within), name, kind) if within is not None else []
    if district:
        homes = ("", "huyện", "quận", "thịxã", "thànhphố")
        full = {home + squeeze((own or "") + bare) for own, bare in readings(district) for home in homes}
        units = [unit for unit in units if unit.district and squeeze(_level(unit.district)) in full]
    return units
