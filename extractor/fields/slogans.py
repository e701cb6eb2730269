"""``slogans``: khẩu hiệu and thông điệp, one string each."""

from extractor.ground.assignees import is_assignee, split_subject
from extractor.ground.field import Field, Finding
from extractor.ground.formulas import BULLETS
from extractor.ground.paper import Paper, Section, trimmed_lines
from extractor.ground.sections import bullet_words
from extractor.ground.shape import Shape
from extractor.ground.text import Span

HEADING = Shape(
    "a heading that is about slogans as such; tasks that mention them are none",
    r"(?i)^[\s*]*(?:\d+[.)]\s*)?(?:về\s+)?(?:nội\s+dung\s+)?(?:(?:các|một\s+số|những|hệ\s+thống)\s+)?(?:câu\s+)?(?:khẩu\s+hiệu|thông\s+điệp|slogan)(?!\p{L})(?!\s+(?:được\s+treo|phải))",
    yes=(
        "Thông điệp và khẩu hiệu tuyên truyền",
        "Các khẩu hiệu và thông điệp",
        "Một số khẩu hiệu",
        "KHẨU HIỆU",
    ),
    no=("Treo băng rôn, khẩu hiệu", "Tuyên truyền thông điệp"),
)
BANNERS = Shape(
    "a task that hangs out words and lists them below",
    r"(?i)(?<!\p{L})(?:băng\s+rôn|khẩu\s+hiệu|pa\s?nô|áp\s+phích|thông\s+điệp)(?!\p{L})",
    yes=("treo 12 băng rôn",),
    no=("băng hình",),
)
HUNG_OUT = Shape(
    "a heading about banners and slogans alike",
    r"(?i)(?:(?:băng\s?rôn|pa\s?nô|áp\s+phích|cờ\s+phướn)(?:,|\s+và|,\s+và|\s*-)?\s+)+(?:câu\s+)?(?:khẩu\s+hiệu|thông\s+điệp)",
    yes=("Băng rôn, khẩu hiệu", "Pa nô, áp phích và khẩu hiệu"),
    no=("Treo băng rôn, khẩu hiệu",),
    how="fullmatch",
)
HANGS = Shape(
    "what is done with banners",
    r"(?i)\W*(?:treo|in|làm|lắp(?:\s+đặt)?|đặt|dán|căng|trang\s+trí|chạy|thiết\s+kế|số\s+lượng|nội\s+dung|kinh\s+phí|giao|\d+)\s",
    yes=("Treo 05 băng rôn tại cổng chợ", "10 băng rôn"),
    no=("Giữ sạch dòng sông quê em",),
    how="match",
)
ANNOUNCED = Shape(
    "a task that ends in the slogans it lists below",
    r"(?i)(?<=(?:với|bằng|có|theo|treo)\s(?:(?:các|những|một\s+số|nội\s+dung)\s)*)(?:khẩu\s+hiệu|thông\s+điệp)(?:\s+(?:tuyên\s+truyền|chính|sau(?:\s+đây)?|như\s+sau))*:?$",
    yes=("Treo băng rôn với các khẩu hiệu", "Cổ động trực quan với các khẩu hiệu sau:"),
    no=("Treo băng rôn, khẩu hiệu tại trụ sở", "Chủ đề, khẩu hiệu"),
)
LISTED_BELOW = Shape(
    "a clause about slogans whose words follow below",
    r"(?i)(?:khẩu\s+hiệu|thông\s+điệp)[^.;:\n]{0,120}?\s(?:nội\s+dung(?:\s+như)?(?:\s+sau(?:\s+đây)?)?|như\s+sau|sau(?:\s+đây)?|gồm(?:\s+có)?)\s*:$",
    yes=("treo băng rôn, khẩu hiệu tại cổng trường với nội dung sau:", "các khẩu hiệu như sau:"),
    no=("treo khẩu hiệu, thực hiện các việc:", "khẩu hiệu. Các việc sau:"),
)
MERGED = Shape(
    "a merged heading in which slogans have a part",
    r"(?i)(?<!\p{L})(?:khẩu\s+hiệu|thông\s+điệp)(?!\p{L})",
    yes=("THỜI GIAN, CHỦ ĐỀ VÀ KHẨU HIỆU",),
    no=("khẩu phần",),
)
QUOTE = Shape(
    "a slogan in quotes",
    r"[“\"«](?P<slogan>[^“”\"»\n]{6,250})[”\"»“]",
    yes=("“Không kỳ thị người nhiễm HIV”",),
    no=("“”",),
)


def find(paper: Paper) -> list[Finding]:
    """The items below the first slogan headings: bullets, lines, or quotes parted by ``;``."""
    found: list[Finding] = []
    for section in paper.root.walk():
        if _announces(paper, section):
            found += _items(paper, section)
    if not found:
        found = _merged(paper) or _hung(paper) or _appended(paper)
    unique: dict[str, Finding] = {}
    for finding in found:
        unique.setdefault(finding.value, finding)
    return list(unique.values())


def _announces(paper: Paper, section: Section) -> bool:
    """A numbered heading, or a bullet that ends in a colon or has items below it."""
    if any(
        HEADING.re.match((child.title or bullet_words(paper, child)).of(paper.text))
        for child in section.children
    ):
        return False  # ``THÔNG ĐIỆP VÀ THỜI GIAN``: one of its items alone
    if section.title:
        words = section.title.of(paper.text)
        if section.children and _leads_on(paper, section):
            return True
        if section.children and (ANNOUNCED.re.search(words) or HUNG_OUT.re.fullmatch(words)):
            return not _tasks_below(paper, section)
        return HEADING.re.match(words) is not None and len(words) < 120
    if section.style == "root":
        return False
    span = bullet_words(paper, section)
    words = span.of(paper.text)
    if not HEADING.re.match(words):
        return bool(section.children) and words.endswith(":") and BANNERS.re.search(words) is not None
    return bool(section.children) or ":" in words[:160]


def _is_task(paper: Paper, section: Section) -> bool:
    """Whether an item says what to do with banners, or who does: it is no slogan itself."""
    if HANGS.re.match(paper.text, section.content.start, section.own.end):
        return True
    name, rest = split_subject(paper.text, bullet_words(paper, section))
    return rest is not None and is_assignee(name.of(paper.text))


def _leads_on(paper: Paper, section: Section) -> bool:
    """Whether the last sentence before the items announces them (``… cờ phướn. Khẩu hiệu:``)."""
    words = paper.text[section.content.start : section.own.end].rstrip()
    last = words[max(words.rfind(". "), words.rfind("\n")) + 1 :].lstrip()
    if not words.endswith(":"):
        return False
    return HEADING.re.match(last) is not None or (
        LISTED_BELOW.re.search(last) is not None and not _tasks_below(paper, section)
    )


def _tasks_below(paper: Paper, section: Section) -> bool:
    return 2 * sum(_is_task(paper, child) for child in section.children) >= len(section.children)


def _items(paper: Paper, section: Section) -> list[Finding]:
    text = paper.text
    if section.children:
        spans = [
            _quoted_whole(paper, child) if not child.title else Span(child.title.start, child.own.end)
            for child in section.children
        ]
        return [_found(text, span, "slogan_list", 0.94) for span in spans if span.end > span.start]
    lines = [span for span, _ in trimmed_lines(text, section.content)]
    quotes = [
        Span(*m.span("slogan")) for m in QUOTE.re.finditer(text, section.content.start, section.content.end)
    ]
    if len(quotes) >= max(1, len(lines) - 1):
        return [_found(text, span, "slogan_quotes", 0.9) for span in quotes]
    if len(lines) > 1 and text[lines[0].end - 1] == ":":
        lines = lines[1:]
    if len(lines) == 1:
        return [_found(text, span, "slogan_run_in", 0.85) for span in _parted(text, lines[0])]
    return [_found(text, span, "slogan_lines", 0.85) for span in lines]


def _quoted_whole(paper: Paper, section: Section) -> Span:
    """A bullet's first line, and the next where a quote goes on (a couplet)."""
    first = bullet_words(paper, section)
    words = first.of(paper.text)
    if words.count("“") > words.count("”") or words.count('"') % 2:
        lines = [span for span, _ in trimmed_lines(paper.text, Span(first.start, section.own.end))]
        return Span(first.start, lines[min(1, len(lines) - 1)].end)
    return first


def _parted(text: str, line: Span) -> list[Span]:
    """The pieces of a run-in list (``gồm: A; B; C.``)."""
    start = line.start
    colon = text.find(":", line.start, line.end)
    if 0 <= colon < line.start + 160 and colon + 1 < line.end:
        start = colon + 1
    spans = []
    while start < line.end:
        stop = text.find(";", start, line.end)
        stop = line.end if stop < 0 else stop
        words = text[start:stop].strip()
        if words:
            at = text.index(words, start)
            spans.append(Span(at, at + len(words)))
        start = stop + 1
    return spans


def _merged(paper: Paper) -> list[Finding]:
    """A merged section without parts of its own: quotes behind the word khẩu hiệu."""
    for section in paper.root.walk():
        if section.title and MERGED.re.search(section.title.of(paper.text)):
            match = MERGED.re.search(paper.text, section.content.start, section.span.end)
            if match:
                line_end = paper.text.find("\n", match.end(), section.span.end)
                end = section.span.end if line_end < 0 else line_end
                return [
                    _found(paper.text, Span(*m.span("slogan")), "slogan_quotes", 0.75)
                    for m in QUOTE.re.finditer(paper.text, match.end(), end)
                ]
    return []


HUNG = Shape(
    "banners whose words follow a colon in quotes",
    r"(?i)(?:băng\s+rôn|khẩu\s+hiệu|pa\s?nô|áp\s+phích|thông\s+điệp|khẩu\s+ngữ)[^.;:\n“\"]{0,160}:?\s*(?=[“\"])(?P<rest>[^\n]{8,900})",
    yes=("băng rôn: “Bếp sạch, người khỏe”",),
    no=("treo băng rôn, khẩu hiệu tại trụ sở",),
)


def _hung(paper: Paper) -> list[Finding]:
    """Slogans that a task quotes (``Treo 03 băng rôn: “…”; “…”``)."""
    body = paper.zone("body")
    found = []
    for match in HUNG.re.finditer(paper.text, body.start, body.end):
        for quote in QUOTE.re.finditer(paper.text, *match.span("rest")):
            found.append(_found(paper.text, Span(*quote.span("slogan")), "slogan_on_banner", 0.7))
    return found


def _appended(paper: Paper) -> list[Finding]:
    """The bullets of an appendix that is headed by slogans."""
    found: list[Finding] = []
    headed = False
    for span, words in paper.lines("appendices"):
        bullet = words[0] in BULLETS and len(words) > 3
        if headed and bullet:
            start = span.start + len(words) - len(words.lstrip(f"{BULLETS} \t"))
            found.append(_found(paper.text, Span(start, span.end), "slogan_appendix", 0.8))
        elif found:
            break
        else:
            heads = len(words) < 120 and HEADING.re.match(words) is not None
            headed = heads or (headed and words[0] == "(")
    return found


def _found(text: str, span: Span, rule: str, score: float) -> Finding:
    words = span.words(text).strip(f' .;,_“”"«»{BULLETS}')
    return Finding(words, (span,), rule, score)


FIELD = Field("slogans", "khẩu hiệu and thông điệp, no final dot", str, find, rank=130, many=True)
