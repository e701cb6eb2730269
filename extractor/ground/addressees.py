"""To whom something goes, and by way of whom: ``gửi về UBND huyện (qua Phòng Y tế)``."""

from extractor.ground.assignees import is_assignee, names_with, split_subject
from extractor.ground.bodies import head_of
from extractor.ground.cues import cues
from extractor.ground.shape import Shape
from extractor.ground.text import Span

TO = Shape(
    "what stands before the addressee of a report",
    r"(?i)(?<!\p{L})(?P<verb>về|cho|gửi(?:\s+(?:cho|đến|tới|lên|về))?"
    r"|với(?<=báo\s+cáo\s[^.;:,\n]{0,40}với)"
    r"|báo\s+cáo(?:\s+(?:kết\s+quả(?:\s+thực\s+hiện)?|bằng\s+văn\s+bản))?(?:\s+(?:về|cho|lên|tới|đến|với))?)\s+(?=\p{L})",
    yes=(
        "gửi về UBND",
        "báo cáo Sở",
        "gửi Sở Y tế",
        "báo cáo kết quả cho Sở",
        "báo cáo tiến độ với Giám đốc",
    ),
    no=("gửi: ", "phối hợp với Sở"),
)
VIA = Shape(
    "by way of whom: (qua Phòng X …), thông qua Sở Y",
    r"(?i)(?<!\p{L})(?P<bracket>\(\s*)?(?:thông\s+)?qua\s+"
    r"(?!(?:đó|các|số|email|thư(?!\s+ký)|đường|hệ\s+thống|địa\s+chỉ|hộp|điện\s+thoại|fax|bưu|mạng|phần\s+mềm|zalo|trục|việc|kiểm)(?!\p{L}))(?=\p{L})",
    yes=("qua Phòng Y tế", "(qua Sở Y tế", "thông qua Sở Y tế", "(qua Thư ký"),
    no=("qua đó nâng cao", "qua số máy 0238", "qua email abc", "qua điện thoại"),
)
MARK = Shape(
    "the marks that end an addressee; a comma within a name (Văn hóa, Thể thao) does not",
    r"[.;:()|\n]|,(?!\s*(?:chống|ngừa|\p{Lu}))"
    r"|(?<!\b(?:(?i:quận|phường|khu vực|số|cụm|tổ|đội|đồn|vùng|khu|ban chỉ đạo|bcđ)|Phòng|Vụ|Cục))"
    r"\s(?=(?:số\s)?\d)",
    yes=("; ", ", để", "(", " | ", " số 12"),
    no=(", Thể thao", ", chống", "dân số phường", "Phòng 8"),
)
ADDRESS = Shape(
    "an address behind a name in brackets",
    r"(?i)\)|;|\n|,?\s{0,9}(?:số\s+\d|địa\s+chỉ|điện\s+thoại|đt\s*[.:]|sđt|fax|bản\s+mềm|hộp\s+thư|email|thư\s+điện\s+tử|trước\s|để\s)",
    yes=(")", ", số 8", " điện thoại"),
    no=(", công chức",),
)


def recipient(text: str, reach: Span) -> Span | None:
    """The first addressee that is a body: behind ``về``, else behind a verb, else behind ``cho``."""
    found: list[tuple[int, Span]] = []
    by_way = channel(text, reach) or Span(reach.end, reach.end)
    for match in TO.re.finditer(text, reach.start, reach.end, overlapped=True):
        if by_way.start <= match.start() < by_way.end:
            continue
        span = _until(text, Span(match.end(), reach.end), brackets=False)
        words = span.of(text)
        if is_assignee(words) and (words[:1].isupper() or head_of(words)):
            verb = match["verb"].lower()
            found.append((0 if verb.endswith("về") else 2 if verb == "cho" else 1, span))
    return min(found)[1] if found else None


def further(text: str, reach: Span) -> Span | None:
    """The addressee of a second limit, without a verb: ``… trước ngày 22/9 và Sở Y tế trước ngày 29/9``."""
    match = AND.re.match(text, reach.start, reach.end)
    span = _until(text, Span(match.end(), reach.end), brackets=False) if match else reach
    works = split_subject(text, span)[1] is not None  # somebody else's work, and its day
    return span if match and is_assignee(span.of(text)) and not works else None


AND = Shape(
    "between a limit and the next addressee",
    r"\s*(?:,|và|,\s*và)\s+(?:(?:về|cho)\s+)?(?=\p{Lu})",
    yes=(" và Sở", ", Sở"),
    no=(" và kết quả",),
    how="match",
)


def channel(text: str, reach: Span) -> Span | None:
    """By way of whom, the first one named."""
    for match in VIA.re.finditer(text, reach.start, reach.end):
        span = _until(text, Span(match.end(), reach.end), brackets=bool(match["bracket"]))
        if span.start < span.end:
            return span
    return None


def _until(text: str, reach: Span, brackets: bool) -> Span:
    """A name from the start of ``reach`` on: until a mark or a word that ends it.

    In brackets it goes on until they close or an address begins (``qua bà A, công chức …``).
    """
    if brackets:
        ends = [ADDRESS.re.search(text, reach.start, reach.end)]
    else:
        words = cues("to_whom_ends", flags="").finditer(text, reach.start, reach.end)
        ending = (m for m in words if not names_with(text[reach.start : m.start()], m.group()))
        ends = [MARK.re.search(text, reach.start, reach.end), next(ending, None)]
    end = min([match.start() for match in ends if match] or [reach.end])
    while end > reach.start and text[end - 1] in " ,\t":
        end -= 1
    return Span(reach.start, end)
