"""Names of persons as signatures print them."""

from functools import cache
from typing import NamedTuple

from extractor.ground.bodies import head_of
from extractor.ground.shape import Shape
from extractor.ground.tables import table
from extractor.ground.vietnamese import is_syllable


class Surname(NamedTuple):
    """One row of ``tables/surnames.tsv``."""

    name: str


@cache
def surnames() -> frozenset[str]:
    """Family names (họ) in lower case."""
    return frozenset(row.name for row in table("surnames.tsv", Surname).rows)


DEGREE = Shape(
    "degrees, ranks and forms of address before a name: no part of it",
    r"(?:(?:(?:PGS|GS|TS|Ts|Bs|Ks|ThS|Th\.S|Ths|THS|BS|BSCK\s?I{0,2}|BS\.?\s?CKI{1,2}|CN|KS|DSCK\s?I{0,2}|DS|NGƯT|NGND|TTƯT|TTND|CKI{1,2}|CVCC|LS|ĐDCKI)\.?\s*)+(?=\p{Lu})|(?i:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý))\s+|(?i:bác\s+sĩ|tiến\s+sĩ|thạc\s+sĩ|dược\s+sĩ|kỹ\s+sư|ông|bà|đ/c)\s*[.:]?\s+)",
    yes=("TS. Hà", "PGS.TS. Hà", "Đại tá Hà", "ThS. Hà", "BSCKII. Hà", "Thượng tá Hà"),
    no=("Tô ",),
    how="match",
)


def unlisted_name(line: str) -> str | None:
    """A name by its form alone (``Hán Trung Kiên``), where a post above it says that one follows.

    Two to four syllables with a capital each, of which no body, post or group begins with the first.
    """
    words = line.strip(" *_().,;:/")
    parts = words.split()
    alike = 2 <= len(parts) <= 4 and all(part.istitle() and is_syllable(part) for part in parts)
    return " ".join(parts) if alike and head_of(words) is None and parts[0] not in _NO_NAMES else None


#: how lines below a post begin that are no names
_NO_NAMES = frozenset(
    (
        "Các",
        "Như",
        "Lưu",
        "Nơi",
        "Đã",
        "Ký",
        "Phó",
        "Trưởng",
        "Chữ",
        "Người",
        "Mẫu",
        "Danh",
        "Phụ",
        "Biểu",
        "Bảng",
        "Thường",
        "Thay",
        "Thừa",
        "Ngày",
    )
)


def person_name(line: str) -> str | None:
    """The name where a line is one: two to six capitalised words, the first a family name.

    Degrees and ranks are left out (``TS. Nguyễn Văn A`` → ``Nguyễn Văn A``), a name in capitals is
    written with capitals only at its words. Names like ``K’Brôih`` (one word with an apostrophe)
    and ``Y Thăng Niê`` count too.
    """
    words = line.strip(" *_().,;:/")
    match = DEGREE.re.match(words + "X")
    if match and match.end() <= len(words):
        words = words[match.end() :].strip()
    parts = words.split()
    if any(c.isdigit() for c in words) or not 1 <= len(parts) <= 6 or any(not p[:1].isupper() for p in parts):
        return None
    if len(parts) == 1:
        return words if any(a in words for a in "’'‘") and 4 <= len(words) <= 20 else None
    if parts[0].lower() not in surnames() and not any(a in parts[0] for a in "’'‘"):
        return None
    return " ".join(p.capitalize() for p in parts) if words.isupper() else " ".join(parts)
