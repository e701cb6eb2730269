"""Names of persons as signatures print them."""

from extractor.ground.shape import Shape

#: Family names (họ) of the Kinh and of the larger minorities, as common knowledge has them.
SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm trịnh mai đào cao "
    "lương lưu trương tạ tô hà từ thái châu quách chu tăng tống nghiêm thân doãn kiều phùng la văn vương "
    "lò vàng giàng sùng lường quàng cầm tòng cà lầu mùa thào hạng bạch bế nông hứa triệu lục mã đàm vi sầm "
    "hoa lữ khổng khúc kim ông mạc mạch nhâm ninh phí quan tiêu tôn trang ung viên y ksor rơ nay siu kpă rmah "
    "thạch danh sơn thi chế điểu cù giáp hàn lại ma thiều tấn tưởng đồng lộ đới đậu chử cung cát bá biện bành "
    "âu an ân tất tào thòng vòng chướng chíu hờ thò lèo lừu lỳ chang pờ giang khương kha kiên lã lạc liêu liễu "
    "long luyện lều mẫn nhan nhữ ngụy ngân phó phù phương quản quế sử sái tiết tri trà trưng tân tiền tuấn vạn viêm "
    "xa đàng đường đái điền đăng a".split()
)
DEGREE = Shape(
    "degrees, ranks and forms of address before a name: no part of it",
    r"(?:(?:(?:PGS|GS|TS|ThS|Th\.S|Ths|THS|BS|BSCK\s?I{0,2}|BS\.?\s?CKI{1,2}|CN|KS|DSCK\s?I{0,2}|DS|NGƯT|NGND|TTƯT|TTND|CKI{1,2}|CVCC|LS|ĐDCKI)\.?\s*)+(?=\p{Lu})|(?i:(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá|úy|uý))\s+|(?i:bác\s+sĩ|tiến\s+sĩ|thạc\s+sĩ|dược\s+sĩ|kỹ\s+sư|ông|bà|đ/c)\s*[.:]?\s+)",
    yes=("TS. ", "PGS.TS. ", "Đại tá ", "ThS. ", "BSCKII. ", "Thượng tá "),
    no=("Tô ",),
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
    if parts[0].lower() not in SURNAMES and not any(a in parts[0] for a in "’'‘"):
        return None
    return " ".join(p.capitalize() for p in parts) if words.isupper() else " ".join(parts)
