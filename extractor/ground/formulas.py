"""The fixed words by which the parts of an administrative document are known.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (thể thức), and for Party and union documents
Hướng dẫn 36-HD/VPTW; the variants are those that typists make.
"""

from extractor.ground.codes import TYPES
from extractor.ground.cues import cues
from extractor.ground.shape import Shape

#: the marks of list items, as typists and Word have them
BULLETS = "-–—+*•·●○▪■◦"
#: the same within a class of a pattern
ANY_BULLET = BULLETS.replace("-", r"\-")
_TYPE_CAPS = "|".join(
    sorted((n.upper().replace(" ", r"\s+") for n in TYPES if n != "Luật"), key=len, reverse=True)
)

ASIDE = Shape(
    "letterhead lines that name no body: subject lines, urgency and copy stamps, drafts",
    r"(?i)\s*(?:v/v|kính\s+gửi|hỏa\s+tốc|thượng\s+khẩn|khẩn|mật|tối\s+mật|bản\s+sao|đến\s|công\s+văn\s+đến|(?:kh|qđ|ct|cv)\s+số\s|\(?dự\s+thảo)",
    yes=("V/v", "DỰ THẢO", "KHẨN", "(Dự thảo", "KH số 15"),
    no=("SỞ Y TẾ",),
    how="match",
)
TYPE_LINE = Shape(
    "the line that names the document's type in capitals, alone or with the trích yếu behind it",
    rf"[\s*_“\"]*(?P<type>{_TYPE_CAPS})(?!\p{{L}})(?P<rest>[\s*_:]*(?:\p{{Lu}}[^\n]*|\(?[^\n]{{0,90}})?)$",
    yes=(
        "KẾ HOẠCH",
        "KẾ HOẠCH PHÒNG CHỐNG THIÊN TAI NĂM 2014",
        "QUYẾT ĐỊNH",
        "  KẾ HOẠCH ",
        "KẾ HOẠCH HÀNH ĐỘNG",
    ),
    no=("Kế hoạch số 5", "THEO QUYẾT ĐỊNH"),
    how="match",
)
#: What makes a longer type of a type word: no words of the title.
VARIANTS = ("HÀNH ĐỘNG", "PHỐI HỢP", "LIÊN TỊCH", "LIÊN NGÀNH", "CHI TIẾT")


def spaced_type(words: str) -> str | None:
    """The type that a line spells letter by letter (``K Ế   H O Ạ C H``), in sentence case."""
    flat = words.strip(" *_").lstrip()
    if not flat[1:2].isspace():
        return None
    letters = flat.split()
    if len(letters) < 5 or any(len(letter) > 1 for letter in letters):
        return None
    compact = "".join(letters)
    return next((name for name in TYPES if name.upper().replace(" ", "") == compact), None)


def type_at_start(words: str) -> str | None:
    """The type that ``words`` begin with in any case (the longest), in sentence case."""
    flat = words.upper()
    return max((name for name in TYPES if flat.startswith(name.upper())), key=len, default=None)


MOTTO = Shape(
    "the national motto, or the Party's or Youth Union's name in its place",
    r"(?i)(?:cộng\s+h(?:òa|oà)\s+xã\s+hội|độc\s+lập\s*[-–.]?\s*tự\s+do|đảng\s+cộng\s+sản\s+việt\s+nam)|^\s*đoàn\s+(?:tncs|thanh\s+niên\s+cộng\s+sản)\s+hồ\s+chí\s+minh\s*$",
    yes=("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do", "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH"),
    no=("Đoàn TNCS Hồ Chí Minh tỉnh", "độc lập trong xét xử"),
)
MOTTO_REST = Shape(
    "the end of a motto that a narrow column broke: ``CHỦ NGHĨA VIỆT⏎NAM``",
    r"(?i:(?:(?:(?:chủ\s+)?nghĩa\s+)?việt\s+)?nam|(?:hạnh\s+)?phúc)",
    yes=("NAM", "VIỆT NAM", "NGHĨA VIỆT NAM", "Phúc"),
    no=("Nam Định", "XÃ VIỆT NAM", "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM"),
    how="fullmatch",
)
OWN_NUMBER = Shape(
    "the line of the document's own number, blank or not",
    r"(?i:số)\s*+[:.]?\s*+(?:\d|[./…_\-–\s]*[/\-–]\s*\p{Lu})",
    yes=("Số: 12", "Số:      /K", "Số 45", "số: … /K"),
    no=("Sở Y tế", "Số lượng", "Số đơn vị"),
    how="match",
)
RULE = Shape(
    "a line of dashes or stars",
    r"[\s\-–—_*=~.•]+",
    yes=("-------", "***", "_____", "- - -"),
    no=("- a",),
    how="fullmatch",
)
PREAMBLE = Shape(
    "how an opening formula begins (phenomena: Thực hiện 55 of 98, Căn cứ 30 of 98)",
    r"[\s•\-–+*]*(?:(?i:căn\s+cứ|thực\s+hiện|nhằm|trên\s+cơ\s+sở|tiếp\s+tục|xét|theo|để|triển\s+khai|hưởng\s+ứng|được\s+sự|thi\s+hành|chấp\s+hành|quán\s+triệt|nay)(?!\p{L})|(?:Kế\s+hoạch|Quyết\s+định|Chỉ\s+thị|Công\s+văn)\s+(?i:số)|Sau\s|Trong\s|Năm\s|Kính\s+gửi)",
    yes=("Căn cứ", "Thực hiện", "Nhằm", "Kế hoạch số", "THỰC HIỆN", "Kính gửi"),
    no=("Căn hộ", "Về việc"),
    how="match",
)
RECIPIENTS = Shape(
    "the head of the list of recipients",
    r"[\s*_]*(?i:n[ơo]i\s+(?:nhận|gửi))\s*[*_]*\s*(?::\s*|$|(?=[-–+]))",
    yes=("Nơi nhận: ", "NƠI NHẬN :", "Nơi nhận", "*Nơi nhận:"),
    no=("nơi nhận hồ sơ của xã",),
    how="match",
)
AUTHORITY = Shape(
    "the authority under which somebody signs: TM. KT. TL. TUQ. and what they stand for",
    r"[\s*_]*(?P<sign>T\s?/\s?M|TM|K\s?/\s?T|KT|T\s?/\s?L|TL|TUQ|TƯQ|THAY\s+MẶT|THỪA\s+LỆNH|THỪA\s+(?:ỦY|UỶ)\s+QUYỀN)"
    r"(?:\s*[.:]\s*|\s+)(?P<of>\p{Lu}{2}[^\n]*)",
    yes=("TM. ỦY BAN NHÂN DÂN", "KT.CHỦ TỊCH", "T/M BAN THƯỜNG VỤ", "TL. CHỦ TỊCH", "TUQ. CHỦ TỊCH"),
    no=("TMCP", "KTXH", "CHỦ TỊCH"),
    how="match",
)
ACTING = Shape(
    "an acting head: Q. GIÁM ĐỐC, QUYỀN GIÁM ĐỐC",
    r"[\s*_]*(?:(?:Q|QUYỀN)(?:\s*\.\s*|\s+)(?=\p{Lu}{2})|Q\.\s*(?=\p{Lu})|Quyền\s+(?=\p{Lu}))",
    yes=("Q. GIÁM ĐỐC", "QUYỀN GIÁM ĐỐC", "Q.CHỦ TỊCH"),
    no=("QU", "Quyền trẻ em"),
    how="match",
)
_DEPUTY = Shape("a deputy's prefix", r"[\s*_]*(?i:phó|nguyên)\s+", yes=("PHÓ ", "Phó "), no=("PHÒNG ",))
_SMALL = Shape("two small letters: no line in capitals", r"\p{Ll}{2}", yes=("ch",), no=("TTg", "PHÓ"))


def names_post(words: str) -> bool:
    """Whether a line names a post (``PHÓ CHỦ TỊCH``, ``Giám đốc``): ``cues/posts.tsv``."""
    for shape in (ACTING, _DEPUTY):
        match = shape.re.match(words)
        words = words[match.end() :] if match else words
    return cues("posts").match(words.lstrip(" *_\t")) is not None


def signs(words: str) -> bool:
    """Whether a line can only belong to a signature: an authority, or a post in capitals."""
    if words.endswith(":"):
        return False
    if AUTHORITY.re.match(words):
        return True
    return not _SMALL.re.search(words) and names_post(words)


SIGNED = Shape(
    "the note that the original is signed, or an electronic signature's stamp",
    r"(?i)[\s(\[]*(?:đã\s+ký|ký\s+tên|ký\s+bởi|người\s+ký|chữ\s+ký)",
    yes=("(đã ký", "(Đã ký", "Ký bởi"),
    no=("ký kết hợp đồng",),
    how="match",
)
APPENDIX = Shape(
    "the head of an appendix",
    r"[\s*_]*(?:(?:PHỤ\s+LỤC|PHỤ\s+BIỂU|BIỂU\s+MẪU|BIỂU|MẪU|DANH\s+SÁCH|DANH\s+MỤC|BẢNG|PHÂN\s+CÔNG|Phụ\s+lục|Phụ\s+biểu|Biểu|Mẫu\s+số|Mẫu\s+\d)(?!\p{L})|\(?(?:Kèm\s+theo|Ban\s+hành\s+kèm)\s)",
    yes=("PHỤ LỤC", "Phụ lục", "Biểu", "(Kèm theo ", "Mẫu số"),
    no=("phụ lục", "Mẫu mực"),
    how="match",
)
ANNEX = Shape(
    "the head of an appendix in capitals, which no heading of a body is",
    r"[\s*_]*PHỤ\s+(?:LỤC|BIỂU)(?!\p{L})[^\p{Ll}\n]*$",
    yes=("PHỤ LỤC", "PHỤ LỤC I"),
    no=("Phụ lục 1", "PHỤ LỤC kèm theo"),
    how="match",
)
CLOSING = Shape(
    "the closing formula",
    r"[\s*_]*(?:Trên\s+đây\s+là|Trên\s+đây(?!\p{L})|Kế\s+hoạch\s+này\s+(?:có\s+hiệu\s+lực|thay\s+thế|được)|Nhận\s+được\s+[Kk]ế\s+hoạch)",
    yes=("Trên đây là", "Trên đây", "Kế hoạch này có hiệu lực"),
    no=("Trên địa bàn",),
    how="match",
)
TURNS_TO_ALL = Shape(
    "how a last paragraph begins that belongs to no item: it turns to all, or speaks of the whole",
    r"(?:Đề\s+nghị|Yêu\s+cầu|Các|Trong\s+quá\s+trình|Quá\s+trình|Kết\s+thúc|Nhận\s+được|Định\s+kỳ|Căn\s+cứ|Giao|Kế\s+hoạch\s+(?:này|được)|Rất\s+mong|Thủ\s+trưởng|Hằng|Hàng|Trên\s+cơ\s+sở|Sau\s+khi)(?!\p{L})"
    r"|(?:Trước|Chậm\s+nhất|Muộn\s+nhất)(?!\p{L})[^,\n]{0,50},\s+(?:đề\s+nghị|yêu\s+cầu|các|thủ\s+trưởng)(?!\p{L})",
    yes=(
        "Đề nghị",
        "Các",
        "Trong quá trình",
        "Kết thúc",
        "Chậm nhất là ngày 9/6/2022, các đơn vị gửi báo cáo",
    ),
    no=("Cácbon", "Trước ngày 9/6/2022 mua cây giống, phân bón"),
    how="match",
)
ARCHIVE_ITEM = Shape(
    "the last recipients item: the archive copy",
    rf"[\s{ANY_BULLET}]*(?i:lưu)[ \t]*+[:.]?[ \t]*+(?=\p{{Lu}})",
    yes=("- Lưu: VT", "Lưu VT", "- Lưu:VT"),
    no=("lưu ý",),
    how="match",
)
ATTACHED = Shape(
    "the note under the type line of a plan that is attached to a decision",
    r"(?i)\(?\s*(?:ban\s+hành\s+)?kèm\s+theo\s+(?:quyết\s+định|công\s+văn|văn\s+bản)",
    yes=("(Ban hành kèm theo Quyết định", "Kèm theo Công văn"),
    no=("kèm theo Kế hoạch",),
    how="match",
)
