"""The bodies that a name of several joins: ``Các Sở: Y tế, Nội vụ`` → ``Sở Y tế``, ``Sở Nội vụ``.

Names hold commas and ``và`` themselves (``Sở Văn hóa, Thể thao và Du lịch``): a piece begins a body where it
begins with a head word or is a group (``các …``), behind a head of several where it is a subject that
``tables/body_names.tsv`` knows; everything else goes on the name before it.
"""

from dataclasses import dataclass
from functools import lru_cache

from extractor.ground.assignees import names_no_unit
from extractor.ground.bodies import CLASS_LEVEL, head_of, place_parts, unified
from extractor.ground.canonical import subject
from extractor.ground.shape import Shape
from extractor.ground.text import Span

BETWEEN = Shape(
    "what may stand between two bodies",
    r"\s*[,;/]\s*(?:(?:và|cùng|hoặc)\s+(?:với\s+)?)?|\s+(?:và|cùng(?:\s+với)?|hoặc|với)\s+",
    yes=(", ", " và ", "; ", " cùng với "),
    no=("của", " - "),
)
SEVERAL = Shape(
    "one head word for several bodies; their subjects follow",
    r"(?i)(?:(?:lãnh\s+đạo|thủ\s+trưởng|giám\s+đốc)\s+)?các\s+(?P<head>sở|phòng|bộ|hội|ban|vụ)\s*(?:[:(]\s*)?(?=\p{L})",
    yes=("Các Sở: Y tế", "các Phòng Nội vụ, Tài chính", "Các Hội: Nông dân, Phụ nữ"),
    no=("Sở Y tế", "Các Sở", "các trường"),
    how="match",
)
_GROUP = ("các ", "những ", "toàn thể ", "tất cả ")
#: head words that name nobody by themselves
_GENERIC = frozenset(
    [
        *("phòng", "ban", "ngành", "sở", "bộ", "cục", "tổng cục", "vụ", "viện", "khoa", "tổ", "đội", "trạm"),
        *(
            "trường",
            "trung tâm",
            "bệnh viện",
            "đoàn thể",
            "hội",
            "hội đoàn thể",
            "hội quần chúng",
            "ban ngành",
        ),
        *(
            "đơn vị",
            "địa phương",
            "tổ chức",
            "cơ quan",
            "cá nhân",
            "chi bộ",
            "đảng bộ",
            "chi đoàn",
            "đoàn viên",
        ),
        *("hội viên", "doanh nghiệp", "hợp tác xã", "công ty", "trường học", "xã", "phường", "huyện"),
    ]
)
_OF = (" cấp ", " thuộc ", " trực thuộc", " là ", " trên địa bàn", " có liên quan", " liên quan")
_NO_HEAD = (
    "phòng chống",
    "phòng, chống",
    "phòng ngừa",
    "phòng cháy",
    "hội nhập",
    "tổ chức",
    "đoàn kết",
    "ban hành",
)
#: what begins a body though no field takes it for an issuer
_ALSO = ("đài ", "báo ", "quân sự", "biên phòng", "chi đoàn ", "điện lực ", "bưu điện ")
_LONGEST = 600  # characters of a name; what is longer is a text, and stays whole
_ENDS = " \t,;.:"


@dataclass(frozen=True, slots=True)
class Member:
    """One body: its words in the text, and its name with head and place that it shares with others."""

    span: Span
    name: str


def members(text: str, span: Span) -> list[Member]:
    """The bodies named at ``span``, in order; one where nothing is to be parted."""
    if span.end - span.start > _LONGEST:
        return [Member(span, " ".join(span.of(text).split()))]
    at = span.start
    return [Member(Span(at + one.span.start, at + one.span.end), one.name) for one in _parted(span.of(text))]


@lru_cache(maxsize=1 << 13)
def _parted(words: str) -> tuple[Member, ...]:
    """The same for the words alone; archives name the same bodies again and again."""
    span = Span(0, len(words))
    several = SEVERAL.re.match(words)
    if several:
        head = several["head"].capitalize()
        found = _subjects(words, Span(several.end(), span.end), head)
        if found:
            return tuple(found)
    return tuple(_with_place(_headed(words, span)))


def _pieces(text: str, span: Span) -> list[Span]:
    found, start = [], span.start
    for match in BETWEEN.re.finditer(text, span.start, span.end):
        found.append(Span(start, match.start()))
        start = match.end()
    found.append(Span(start, span.end))
    return [_trimmed(text, piece) for piece in found]


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return Span(start, end)


def _subjects(text: str, span: Span, head: str) -> list[Member]:
    """The members behind one head: the longest runs of pieces that are a subject, else piece by piece.

    None where no subject is known (``các phòng chuyên môn``).
    """
    pieces = [piece for piece in _pieces(text, span) if piece.start < piece.end]
    found: list[Member] = []
    at, known = 0, 0
    while at < len(pieces):
        if _begins(text, pieces[at], None) and found:
            found += _with_place(_headed(text, Span(pieces[at].start, span.end)))
            break
        run, named = _longest(text, pieces[at:], head)
        words = Span(pieces[at].start, pieces[at + run - 1].end)
        known += named
        found.append(Member(words, f"{head} {' '.join(words.of(text).split())}"))
        at += run
    return found if known else []


def _longest(text: str, pieces: list[Span], head: str) -> tuple[int, bool]:
    for run in range(min(len(pieces), 4), 0, -1):
        words = Span(pieces[0].start, pieces[run - 1].end).of(text)
        if subject(_bare(words), head):
            return run, True
    return 1, False


def _bare(words: str) -> str:
    """A subject without the class of the place behind it: ``Nội vụ huyện``."""
    parts = place_parts(words)
    words = words[: parts[-1].start] if parts and parts[-1].end == len(words) else words
    low = unified(words)
    cut = next((len(kind) for kind in CLASS_LEVEL if low.endswith(f" {kind}")), 0)
    return words[: len(words) - cut].strip() if cut else words.strip()


def _headed(text: str, span: Span) -> list[Member]:
    groups: list[Span] = []
    for piece in _pieces(text, span):
        if piece.start == piece.end:
            continue
        joined = Span(groups[-1].start, piece.end) if groups else piece
        if not groups or (_begins(text, piece, groups[-1]) and not subject(_bare(joined.of(text)), "")):
            groups.append(piece)
        else:
            groups[-1] = joined
    return [Member(group, " ".join(group.of(text).split())) for group in groups]


def _begins(text: str, piece: Span, before: Span | None) -> bool:
    """Whether a piece names a body of its own: a head word and a name behind it, or a group of them.

    Inside brackets, behind ``của`` and of bare head words (``phòng, ban, ngành``) nothing begins.
    """
    words = piece.of(text)
    low = unified(words)
    if low.startswith(_NO_HEAD) or names_no_unit(words) or _alone(low) in _GENERIC:
        return False
    if before is not None and (opened := before.of(text)).count("(") > opened.count(")"):
        return False
    if low.startswith(_GROUP):
        return True
    head = head_of(words) or next((also for also in _ALSO if low.startswith(also)), None)
    return head is not None and (words[:1].isupper() or words[len(head) :].strip()[:1].isupper())


def _alone(low: str) -> str:
    """A piece (in small letters) without what says whose or where: ``trường thuộc bộ`` → ``trường``."""
    return _bare(low[: min(at for at in (*map(low.find, _OF), len(low)) if at >= 0)])


def _with_place(found: list[Member]) -> list[Member]:
    """A class word or place at the end of the last name is that of all: ``Công an, Quân sự huyện``."""
    if len(found) < 2:
        return found
    last = found[-1].name
    tail = _place_of(last)
    if not tail or unified(last).startswith(_GROUP):
        return found
    return [
        one if _place_of(one.name) or not _needs_place(one.name) else Member(one.span, f"{one.name} {tail}")
        for one in found
    ]


def _place_of(name: str) -> str:
    """The class word, or the place with it, that a name ends with; ``""`` where there is none."""
    parts = place_parts(name)
    if parts and parts[-1].end == len(name):
        return name[parts[-1].start :]
    low = unified(name)
    kind = next((kind for kind in CLASS_LEVEL if low.endswith(f" {kind}")), "")
    return name[len(name) - len(kind) :] if kind else ""


def _needs_place(name: str) -> bool:
    """Whether a body may be of any place; ``Huyện đoàn`` and a group say theirs."""
    low = unified(name)
    own = ("huyện", "tỉnh ", "thành ", "thị ", "quận", "sở ", "bộ ", "phòng ", "báo ")
    return not low.startswith((*_GROUP, *own))
