"""One name for a body however it is printed: ``Sở LĐ-TB&XH`` = ``Sở Lao động - Thương binh và Xã hội``.

Short forms are written out, capitals and dashes put as one writes them (``tables/body_names.tsv``), names of
places left out: the same body of another huyện has the same name. The class of the place stays, for a
``Công an xã`` is no ``Công an huyện``; a Sở or a Bộ has but one. What no row tells stays as printed.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.ground.bodies import CLASS_LEVEL, GLOSS, place_parts
from extractor.ground.spelling import proper_case
from extractor.ground.tables import table
from extractor.ground.vietnamese import fold

_LONGEST = 9  # words of a name or a short form
_ONE_LEVEL = ("sở ", "bộ ", "phòng ", "tổng cục ")
_TOP = "^"  # a short form that stands at the begin of the name
_LEVEL = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
_TOWNS = ("thành phố", "tp", "tp.")  # of either level: what stands beside them tells


class BodyName(NamedTuple):
    """Words in names of bodies, with their short forms."""

    name: str
    short: tuple[str, ...]
    behind: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class Renamed(NamedTuple):
    """A body that has gone: until when it stood (ISO, the last day), and what it is today."""

    subject: str
    heads: tuple[str, ...]
    until: str
    today: str


def body_names() -> tuple[BodyName, ...]:
    """The table of names."""
    return table("body_names.tsv", BodyName).rows


def letters(words: str) -> str:
    """What of a name is compared: small letters without ``và``, spaces and signs: ``gdđt``."""
    return "".join(re.findall(r"[^\W_]+", re.sub(r"\bvà\b", " ", fold(words))))


@cache
def _index() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Names by their letters, each with the words of which one has to stand before it."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in body_names():
        found.setdefault(letters(row.name), []).append((row.name, ()))
        for short in row.short:
            found.setdefault(letters(short), []).append((row.name, row.behind))
    return found


def subject(words: str, head: str) -> str | None:
    """The name that ``words`` as a whole stand for behind ``head``: ``("TN&MT", "Sở")``."""
    return _named(letters(words), head)


def _named(key: str, before: str) -> str | None:
    for name, behind in _index().get(key, ()):
        first = not before
        if not behind or (first if behind == (_TOP,) else fold(before).endswith(behind)):
            return name
    return None


@lru_cache(maxsize=1 << 14)
def canonical(name: str) -> str:
    """The one name of a body: ``"Phòng GD&ĐT huyện Đức Cơ"`` → ``"Phòng Giáo dục và Đào tạo"``."""
    words = _written(_without_places(_flat(name)))
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=1 << 14)
def written_out(name: str) -> str:
    """A name with its short forms in full, place and all: ``"TTYT Kbang"`` → ``"Trung tâm Y tế Kbang"``."""
    return _written(_flat(name))


def _flat(name: str) -> str:
    return proper_case(" ".join(GLOSS.re.sub(lambda m: m["long"], name).split()))


def _without_places(name: str) -> str:
    """The name with the class of its place, without the place's own name."""
    for part in reversed(place_parts(name)):
        kept = name[part.start : part.end - len(part.name)].rstrip()
        name = f"{name[: part.start]}{kept}{name[part.end :]}"
    return _levelled(" ".join(name.split()))


@cache
def _tail() -> re.Pattern[str]:
    """Class words at the end of a name: one, or several of them listed."""
    one = "|".join(
        sorted(map(re.escape, [*CLASS_LEVEL, "cấp huyện", "cấp xã", "cấp tỉnh"]), key=len, reverse=True)
    )
    one = one.replace(r"\ ", r"\s")
    listed = rf"(?:{one})(?:\s*(?:,|;|-|/|và|hoặc)\s*(?:{one}))*"
    return re.compile(
        rf"(?i)\s+(?:(?P<all>các|từng|mỗi)\s+)?(?P<of>{listed})"
        r"(?:\s+trên\sđịa\sbàn(?:\s\w+)?|\s+trực\sthuộc(?:\strung\sương)?)?$"
    )


def _levelled(name: str) -> str:
    """The class words at the end: dropped behind a head of one level, ``cấp xã`` where they are several."""
    if name[-3:].lower() == "cấp":
        name = re.sub(r"(?i)\s+cùng\s+cấp$", "", name)
    small = name.lower()
    found = _tail().search(name) if any(kind in small for kind in CLASS_LEVEL) else None
    if not found:
        return name
    before = name[: found.start()]
    if fold(before).startswith(_ONE_LEVEL) and not fold(before).startswith("bộ phận"):
        return before
    kinds = re.split(r"(?i)\s*(?:,|;|-|/|\bvà\b|\bhoặc\b)\s*", fold(found["of"]))
    levels = [CLASS_LEVEL.get(kind, "") for kind in kinds if kind not in _TOWNS]
    several = found["all"] or len(kinds) > 1
    if several:
        level = next((each for each in levels if each), "district")
        return f"{before} {_LEVEL[level]}"
    return f"{before} {fold(found['of'])}"


def _written(name: str) -> str:
    """The name with its short forms written out, and its words as the table has them."""
    words = name.split(" ")
    keys = [letters(word) for word in words]
    out: list[str] = []
    at = 0
    while at < len(words):
        taken, full = _longest(keys, at, out)
        if full:
            last = words[at + taken - 1]
            out.append(full + (last[-1] if last[-1] in ",;)" else ""))
        else:
            out.append(words[at])
        at += taken
    return " ".join(out).replace("–", "-")


def _longest(keys: list[str], at: int, before: list[str]) -> tuple[int, str | None]:
    """How many words from ``at`` on are a name of the table, and which."""
    for end in range(min(len(keys), at + _LONGEST), at, -1):
        if keys[end - 1] and keys[at]:
            key = "".join(keys[at:end])
            if key in _index() and (name := _named(key, " ".join(before))):
                return end - at, name
    return 1, None


@cache
def _renamed() -> dict[str, tuple[str, str]]:
    """Names of bodies that have gone → until when they stood, what they are today."""
    return {
        f"{head} {row.subject}": (row.until, f"{head} {row.today}")
        for row in table("bodies_renamed.tsv", Renamed).rows
        for head in row.heads
    }


def today(body: str) -> str:
    """What a body is called today, by its :func:`canonical` name: ``"Sở Ngoại vụ"`` stays."""
    return _renamed().get(body, ("", body))[1]


def until(body: str) -> str | None:
    """The last day (ISO) on which a body of that name stood; ``None`` where it stands or nobody knows."""
    return _renamed().get(body, (None, ""))[0]
