"""Bodies that issue, receive and do: their head words, levels, places, and proper spelling.

Levels follow the record's contract: a Sở or a centre under it is ``province``, a Phòng of a huyện
``district``; Party bodies are ``party``, the Front and mass organisations ``union``.
"""

from dataclasses import dataclass
from functools import cache

from extractor.ground.shape import Shape

#: Head words of bodies → their level, ``""`` where the place decides. Longest match wins.
HEADS: dict[str, str] = {
    "ủy ban nhân dân": "", "ubnd": "", "hội đồng nhân dân": "", "hđnd": "", "thường trực hđnd": "",
    "ủy ban mặt trận tổ quốc": "union", "ủy ban mttq": "union", "ubmttq": "union", "mttq": "union",
    "mặt trận tổ quốc": "union", "ban thường trực ủy ban mttq": "union", "ban thường trực ubmttq": "union",
    "liên đoàn lao động": "union", "lđlđ": "union", "công đoàn": "union", "tổng liên đoàn": "union",
    "hội liên hiệp phụ nữ": "union", "hội lhpn": "union", "hội phụ nữ": "union", "hội nông dân": "union",
    "hội cựu chiến binh": "union", "hội ccb": "union", "hội": "union", "tỉnh đoàn": "union", "thành đoàn": "union",
    "huyện đoàn": "union", "thị đoàn": "union", "quận đoàn": "union", "đoàn thanh niên": "union",
    "đoàn tncs": "union", "trung ương đoàn": "union", "ban chấp hành đoàn": "union", "bch đoàn": "union",
    "ban thường vụ đoàn": "union", "btv đoàn": "union", "đoàn xã": "union", "đoàn phường": "union",
    "đoàn trường": "union", "liên đội": "union", "hội đồng đội": "union", "hội chữ thập đỏ": "union",
    "hội sinh viên": "union", "đoàn khối": "union", "đoàn khối các cơ quan": "union",
    "tỉnh ủy": "party", "thành ủy": "party", "huyện ủy": "party", "quận ủy": "party", "thị ủy": "party",
    "đảng ủy": "party", "đảng bộ": "party", "chi bộ": "party", "chi ủy": "party", "ban tuyên giáo": "party",
    "ban tổ chức tỉnh ủy": "party", "ban dân vận": "party", "ủy ban kiểm tra": "party", "ban nội chính": "party",
    "ban bí thư": "party", "bộ chính trị": "party", "ban chấp hành trung ương": "party",
    "ban chấp hành đảng bộ": "party", "ban thường vụ": "party",
    "chính phủ": "central", "thủ tướng chính phủ": "central", "quốc hội": "central", "bộ": "central",
    "văn phòng chính phủ": "central", "tổng cục": "central", "ủy ban dân tộc": "central", "cục": "central",
    "vụ": "central", "thanh tra chính phủ": "central", "ngân hàng nhà nước": "central",
    "ủy ban quốc gia": "central", "ủy ban an toàn giao thông quốc gia": "central",
    "sở": "province", "chi cục": "province", "ban dân tộc": "province", "ban quản lý khu": "province",
    "ban quản lý các khu": "province", "văn phòng ubnd": "", "văn phòng hđnd": "", "văn phòng": "",
    "đài phát thanh và truyền hình": "province", "đài ptth": "province", "báo": "province",
    "phòng": "district", "thanh tra": "", "trạm y tế": "commune", "công chức": "commune",
    "trung tâm y tế": "", "trung tâm": "", "bệnh viện": "", "ban chỉ đạo": "", "ban chỉ huy": "", "ban an toàn": "",
    "ban": "", "công an": "", "bộ chỉ huy quân sự": "province", "bộ chỉ huy": "province", "bchqs": "",
    "ban chqs": "", "bộ đội biên phòng": "province", "đồn biên phòng": "commune", "tòa án nhân dân": "",
    "viện kiểm sát nhân dân": "", "hải quan": "", "kho bạc": "", "bảo hiểm xã hội": "", "cục thuế": "province",
    "chi cục thuế": "district", "hạt kiểm lâm": "district", "đài truyền thanh": "district",
    "trường": "school", "khoa": "school", "học viện": "school", "đại học": "school", "viện đại học": "school",
    "nhà trường": "school", "trường đại học": "school", "cụm trường": "school", "tổ chuyên môn": "school",
    "ban giám hiệu": "school", "hội đồng trường": "school",
    "đoàn kiểm tra": "", "đoàn thanh tra": "", "đoàn": "union", "tổ công tác": "", "tổ": "",
    "công ty": "other", "tổng công ty": "other", "tập đoàn": "other", "doanh nghiệp": "other",
    "ngân hàng": "other", "hợp tác xã": "other", "viện": "central", "thư viện": "", "bảo tàng": "",
    "nhà văn hóa": "", "nhà thiếu nhi": "", "hội đồng": "", "ủy ban": "", "chủ tịch ủy ban nhân dân": "",
    "tổng đội": "union", "đội": "district", "trại": "other", "vườn quốc gia": "province", "quỹ": "",
}  # fmt: skip

CLASS_LEVEL = {
    "tỉnh": "province", "thành phố": "", "tp": "", "tp.": "", "huyện": "district", "quận": "district",
    "thị xã": "district", "tx": "district", "tx.": "district", "xã": "commune", "phường": "commune",
    "thị trấn": "commune", "tt.": "commune", "đặc khu": "commune",
}  # fmt: skip

#: Cities run by the centre; Thủ Đức and the rest are cities of a province.
CENTRAL_CITIES = frozenset({"hà nội", "hồ chí minh", "đà nẵng", "hải phòng", "cần thơ", "huế"})

ABBREVIATED = Shape(
    "UBND and HĐND, which the record writes out",
    r"(?<!\p{L})(?P<abbr>UBND|HĐND|Ubnd|ubnd|hđnd)(?!\p{L})",
    yes=("UBND", "HĐND"),
    no=("UBNDX", "KH-UBNDTP"),
)
PLACE_PART = Shape(
    "a class word and the name behind it: huyện Kiến Xương, phường 1",
    r"(?<!\p{L})(?P<kind>(?i:tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|tx\.?|xã|phường|thị\s+trấn|đặc\s+khu))\s+(?!(?i:hội|ủy|uỷ|đoàn|đội)(?!\p{L}))"
    r"(?P<name>(?:\p{Lu}[\p{L}’'\-]*|\d{1,2})(?:\s+(?:-\s+)?(?:\p{Lu}[\p{L}’'\-]*|\d{1,2}(?!\d)))*)",
    yes=("huyện Kiến Xương", "phường 1", "TP. Hồ Chí Minh", "TỈNH BẮC KẠN", "tỉnh Bà Rịa - Vũng Tàu"),
    no=("các huyện, thị xã", "thành phố trực thuộc"),
)


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(HEADS, key=len, reverse=True))


@cache
def _by_first() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for head in _by_length():
        table.setdefault(head.split()[0], []).append(head)
    return {first: tuple(heads) for first, heads in table.items()}


def unified(text: str) -> str:
    """Lower case, one space, ``uỷ`` as ``ủy``, ``toà`` as ``tòa``: for looking up head words."""
    flat = " ".join(text.lower().split())
    for old, new in (("uỷ", "ủy"), ("toà", "tòa"), ("hoà", "hòa"), ("khoá", "khóa")):
        flat = flat.replace(old, new)
    return flat


def head_of(name: str) -> str | None:
    """The head word that ``name`` begins with (``"Sở Y tế"`` → ``"sở"``), ``None`` where it is no body."""
    flat = unified(name)
    first = flat.split(" ", 1)[0].strip(",;:.") if flat else ""
    for head in _by_first().get(first, ()):
        if flat == head or flat.startswith(head) and not flat[len(head)].isalpha():
            return head
    return None


def written_out(name: str) -> str:
    """``UBND`` and ``HĐND`` in full; the rest as printed."""
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
            return "province" if unified(self.name) in CENTRAL_CITIES else "district"
        return CLASS_LEVEL[self.kind]


_KINDS = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "tt.": "thị trấn"}


def place_parts(text: str) -> list[PlacePart]:
    """The units named in ``text``, in order: ``"phường 1, thị xã Quảng Trị"`` → two parts."""
    found = []
    for match in PLACE_PART.re.finditer(text):
        kind = " ".join(match["kind"].lower().split())
        found.append(PlacePart(_KINDS.get(kind, kind), match["name"], match.start(), match.end()))
    return found


ACRONYMS = frozenset(
    "UBND HĐND MTTQ UBMTTQ THPT THCS TH TNCS GDĐT GD ĐT TP HCM TPHCM PCTT TKCN PCCC CNCH HIV AIDS ATTP ATGT "
    "LĐLĐ LHPN CCB BCH BCĐ BTV XH TB LĐ TT VH TDTT KHKT GDTX GDNN DTNT BT PTDTNT PTDTBT II III IV VI VII VIII IX XI "
    "CDC TW BHXH KH CN".split()
)
_CAPITAL_AFTER = frozenset("sở bộ phòng ban khoa viện cục vụ hội đoàn đài báo trạm - – và".split())
_PLAIN = frozenset(("ban nhân", "hội đồng", "hội nhập"))
_SMALL = frozenset("và của các về cho với trên theo tại thuộc do hoặc".split())


def proper_case(name: str) -> str:
    """A name in capitals as one writes it: ``SỞ Y TẾ TỈNH LÀO CAI`` → ``Sở Y tế tỉnh Lào Cai``.

    Head words get one capital, what follows ``Sở``, ``Phòng``, ``-``, ``và`` another, names behind a
    class word or a school's kind all of theirs; abbreviations stay. Mixed-case names stay as they are.
    """
    if any(c.islower() for c in name):
        return name
    words, out, in_name, before = name.split(), [], False, ""
    for at, word in enumerate(words):
        low = word.lower()
        bare = word.strip(",.()“”\"")
        two = f"{before} {low}"
        if bare in ACRONYMS or any(c.isdigit() for c in word) or not any(c.isalpha() for c in word):
            out.append(word)
            in_name = in_name or bare in ("THPT", "THCS", "TH", "TNCS")
        elif f"{low} {words[at + 1].lower() if at + 1 < len(words) else ''}" in ("xã hội", "huyện ủy", "thị ủy"):
            out.append(word.capitalize())
        elif low in ("ủy", "uỷ") and before in ("huyện", "tỉnh", "thành", "thị", "quận"):
            out.append(low)
            in_name = True
        elif low in CLASS_LEVEL and at or two in CLASS_LEVEL:
            out.append(low)
            in_name = True
        elif two in ("tiểu học", "mầm non", "mẫu giáo", "cơ sở", "phổ thông") and "trường" in name.lower():
            out.append(low)
            in_name = True
        elif low in _SMALL:
            out.append(low)
        elif not at or in_name or before in _CAPITAL_AFTER and two not in _PLAIN and (at < 2 or before != "khoa"):
            out.append(word.capitalize())
        else:
            out.append(low)
        before = low
    return " ".join(out)


def level_of(name: str, kind: str, above: list[str]) -> str:
    """The level of a body: by its head word, its class word, or what stands above it; ``""`` unknown.

    ``kind`` is the class word of its place (``"huyện"``), ``above`` the superior bodies' names.
    """
    head = head_of(name) or ""
    fixed = HEADS.get(head, "")
    if fixed in ("school", "party", "union", "other"):
        return fixed
    if fixed == "central" and head in ("cục", "vụ", "viện") and above and level_of(above[-1], "", []) != "central":
        return level_of(above[-1], "", []) or "province"
    parts = [part.level for part in place_parts(name) if part.level]
    if kind and kind != "thành phố":
        own = CLASS_LEVEL[kind]
    else:
        own = parts[0] if parts else ""
    if above and head_of(above[-1]) == "sở" and head != "sở":
        return "province"
    if fixed:
        return fixed
    if own:
        return own
    if above:
        upper = above[-1]
        upper_head = HEADS.get(head_of(upper) or "", "")
        return upper_head or next((p.level for p in place_parts(upper)), "")
    return "central" if "quốc gia" in unified(name) or "trung ương" in unified(name) else ""
