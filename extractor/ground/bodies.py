"""Bodies that issue, receive and do: their head words, levels, places, and proper spelling.

Levels follow the record's contract: a Sở or a centre under it is ``province``, a Phòng of a huyện
``district``; Party bodies are ``party``, the Front and mass organisations ``union``.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractor.ground.places import province_of
from extractor.ground.shape import Shape
from extractor.ground.tables import table
from extractor.ground.vietnamese import fold

CLASS_LEVEL = {
    "tỉnh": "province",
    "thành phố": "",
    "tp": "",
    "tp.": "",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "tx": "district",
    "tx.": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "tt.": "commune",
    "đặc khu": "commune",
}

GLOSS = Shape(
    "a first use with its abbreviation behind: Ủy ban nhân dân (UBND) tỉnh",
    r"(?P<long>\p{L})\s*\((?:sau\s+đây\s+(?:gọi|viết)\s+tắt\s+là\s+)?\p{Lu}[\p{Lu}&\-]+\)",
    yes=("Ủy ban nhân dân (UBND)", "Phòng Giáo dục và Đào tạo (GDĐT)"),
    no=("Ủy ban nhân dân tỉnh", "Phòng (ban) chuyên môn"),
)
ABBREVIATED = Shape(
    "UBND and HĐND, which the record writes out",
    r"(?<!\p{L})(?P<abbr>UBND|HĐND|Ubnd|ubnd|hđnd)(?!\p{L})",
    yes=("UBND", "HĐND"),
    no=("UBNDX", "KH-UBNDTP"),
)
_CLASS = r"(?i:tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|tx\.?|xã|phường|thị\s+trấn|đặc\s+khu)"
#: Words behind a name in capitals that are none of it; those that end names too (``Lý Nhân``, ``Phú Quý``,
#: ``Đại Từ``, ``Ngã Năm``) with what follows them.
_AFTER = (
    r"ĐẾN|VÀ|TRONG|VỀ|THEO|TRÊN|CỦA|NHẰM|ĐỢT|THÁNG|LẦN|NHIỆM|(?i:NĂM)(?=\s+(?:\d|(?i:HỌC)))|TỪ(?=\s+(?:NGÀY|THÁNG"
    r"|NĂM|ĐẦU|NAY|\d))|NHÂN(?=\s+(?:DỊP|NGÀY|KỶ|LỄ|THÁNG))|QUÝ(?=\s+[IVX\d])|KHÓA(?=\s+[IVX\d])|GIAI(?=\s+ĐOẠN)"
    r"|THỰC(?=\s+HIỆN)"
)
PLACE_PART = Shape(
    "a class word and the name behind it: huyện Kiến Xương, phường 1",
    rf"(?<!\p{{L}})(?P<kind>{_CLASS})\s+(?!(?i:hội|ủy|uỷ|đoàn|đội)(?!\p{{L}}))"
    r"(?P<name>(?:\p{Lu}[\p{L}’'\-]*|\d{1,2})"
    rf"(?:[ \t]+(?:[-–][ \t]+)?(?!(?:{_CLASS}|{_AFTER})(?!\p{{L}}))"
    r"(?:\p{Lu}[\p{L}’'\-]*|\d{1,2}(?!\d)))*)",
    yes=(
        "huyện Kiến Xương",
        "phường 1",
        "TP. Hồ Chí Minh",
        "TỈNH BẮC KẠN",
        "tỉnh Bà Rịa - Vũng Tàu",
        "HUYỆN LÝ NHÂN",
    ),
    no=("các huyện, thị xã", "thành phố trực thuộc", "Trung tâm Xã hội"),
)


class Head(NamedTuple):
    """A head word of bodies and the level it stands for; ``place``: the place in the name decides."""

    head: str
    level: str


ORGAN_PLACE = Shape(
    "an organ of the Party or the Youth Union, named by its place: Huyện ủy Ngọc Lặc, Quận đoàn Long Biên",
    r"(?<!\p{L})(?P<kind>(?i:huyện|quận|thị|thành|tỉnh))\s(?i:ủy|uỷ|đoàn)[ \t]+"
    rf"(?P<name>\p{{Lu}}[\p{{L}}’']*(?:[ \t]+(?!(?:{_CLASS}|{_AFTER})(?!\p{{L}}))"
    r"\p{Lu}[\p{L}’']*){0,4})",
    yes=("HUYỆN ỦY NGỌC LẶC", "Tỉnh đoàn Lào Cai", "Thị ủy Bỉm Sơn"),
    no=("Huyện ủy, UBND", "Thường trực Tỉnh ủy"),
)


@cache
def heads() -> dict[str, str]:
    """Head words in lower case → level, ``""`` where the place decides (``tables/bodies.tsv``)."""
    return {row.head: "" if row.level == "place" else row.level for row in table("bodies.tsv", Head).rows}


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    """The head words by their first word, the longest first."""
    found: dict[str, list[str]] = {}
    for head in sorted(heads(), key=len, reverse=True):
        found.setdefault(head.split()[0], []).append(head)
    return {first: tuple(of) for first, of in found.items()}


def unified(text: str) -> str:
    """Lower case, one tone style, one space: for looking up head words."""
    return " ".join(fold(text).split())


def head_of(name: str) -> str | None:
    """The head word that ``name`` begins with (``"Sở Y tế"`` → ``"sở"``), ``None`` where it is no body."""
    flat = unified(name)
    first = flat.split(" ", 1)[0].strip(",;:.") if flat else ""
    for head in _by_first().get(first, ()):
        if flat == head or (flat.startswith(head) and not flat[len(head)].isalpha()):
            return head
    return None


def written_out(name: str) -> str:
    """``UBND`` and ``HĐND`` in full; the rest as printed."""

    name = GLOSS.re.sub(lambda m: m["long"], name)

    def full(abbr: str, at: int) -> str:
        words = "ủy ban nhân dân" if abbr.lower() == "ubnd" else "hội đồng nhân dân"
        return words[0].upper() + words[1:] if at == 0 or abbr[0].isupper() else words

    return ABBREVIATED.re.sub(lambda m: full(m["abbr"], m.start()), name)


@dataclass(frozen=True, slots=True)
class PlacePart:
    """A named unit as a text names it: ``kind`` in lower case, ``name`` as printed, its offsets."""

    kind: str
    name: str
    start: int
    end: int

    @property
    def level(self) -> str:
        """``province``, ``district`` or ``commune``."""
        if self.kind == "thành phố":
            return "province" if province_of(f"thành phố {self.name}") else "district"
        return CLASS_LEVEL[self.kind]


_KINDS = {
    "thị": "thị xã",
    "thành": "thành phố",
    "tp": "thành phố",
    "tp.": "thành phố",
    "tx": "thị xã",
    "tx.": "thị xã",
    "tt.": "thị trấn",
}


#: one of these stands in every name of a unit
_CLASS_WORDS = ("tỉnh", "thành", "tp", "huyện", "quận", "thị", "tx", "xã", "phường", "khu")


def place_parts(text: str) -> list[PlacePart]:
    """The units named in ``text``, in order: ``"phường 1, thị xã Quảng Trị"`` → two parts."""
    small = text.lower()
    if not any(word in small for word in _CLASS_WORDS):
        return []
    found = []
    for shape in (PLACE_PART, ORGAN_PLACE):
        for match in shape.re.finditer(text):
            kind = " ".join(match["kind"].lower().split())
            found.append(PlacePart(_KINDS.get(kind, kind), match["name"], match.start(), match.end()))
    return sorted(found, key=lambda part: part.start)


def level_of(name: str, kind: str, above: list[str]) -> str:
    """The level of a body: by its head word, its class word, or what stands above it; ``""`` unknown.

    ``kind`` is the class word of its place (``"huyện"``), ``above`` the superior bodies' names.
    """
    head = head_of(name) or ""
    fixed = heads().get(head, "")
    if fixed in ("school", "party", "union", "other"):
        return fixed
    if (
        fixed == "central"
        and head in ("cục", "vụ", "viện")
        and above
        and level_of(above[-1], "", []) != "central"
    ):
        return level_of(above[-1], "", []) or "province"
    parts = [part.level for part in place_parts(name) if part.level]
    named = parts[0] if parts else ""
    own = CLASS_LEVEL[kind] if kind and kind != "thành phố" else named
    if above and head_of(above[-1]) == "sở" and head != "sở":
        return "province"
    if fixed:
        return fixed
    if own:
        return own
    if above:
        upper = above[-1]
        upper_head = heads().get(head_of(upper) or "", "")
        return upper_head or next((p.level for p in place_parts(upper)), "")
    return "central" if "quốc gia" in unified(name) or "trung ương" in unified(name) else ""
