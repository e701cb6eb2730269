"""Who can be given work: bodies, groups of bodies, posts and persons, as headings name them."""

from functools import lru_cache

from extractor.ground.bodies import head_of
from extractor.ground.cues import cues
from extractor.ground.formulas import ANY_BULLET
from extractor.ground.names import person_name
from extractor.ground.shape import Shape
from extractor.ground.text import Span

MODAL = Shape(
    "the verb before a unit's name: it stays a modality, not a part of the name",
    rf"(?i)^[\s{ANY_BULLET}]*(?:đề\s+nghị|giao(?!\s+thông)(?:\s+cho)?|yêu\s+cầu|kính\s+đề\s+nghị|mời|đối\s+với|phân\s+công"
    r"|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|về\s+phía|riêng)\s*:?\s+",
    yes=("Đề nghị ", "Giao ", "Yêu cầu ", "Đối với ", "Trách nhiệm của "),
    no=("Đề án ", "Giao thông "),
    how="match",
)
HOLDS_SUMMARY = Shape(
    "names of offices that end in tổng hợp: it is no verb there",
    r"(?i)(?:phòng|ban|tổ|khoa|bộ\s+phận|trung\s+tâm|vụ)\s+(?:[^,;.:\n]{0,30}\s)?"
    r"(?:kế\s+hoạch|dịch\s+vụ|nội|ngoại|hành\s+chính|nghiên\s+cứu|thông\s+tin|kinh\s+tế|văn\s+phòng)(?:\s*-)?\s*$"
    r"|^\s*(?:phòng|ban|tổ|đội)\s+$",
    yes=("Phòng Kế hoạch ", "Trung tâm Dịch vụ ", "Khoa Nội ", "Đội "),
    no=("Phòng Y tế ", "Ủy ban nhân dân xã ", "Sở Nội vụ "),
)
ENTITLED = Shape(
    "those to whom several things are done: the verb behind the comma is one of them",
    r"(?<!\p{L})được\s+\p{Ll}+\s\p{Ll}+,\s*$",
    yes=("các tổ chức được kiểm tra, ",),
    no=("Các đơn vị được giao, phân công ", "Trạm Y tế "),
)
WHOLE_ORGAN = Shape(
    "names that end in đoàn or đội and are whole: the verb behind them begins the work",
    r"(?i)(?<!\p{L})(?:trung\s+ương|tỉnh|huyện|thành|thị|quận|xã|chi|liên|công)\s+(?:đoàn|đội)\s*$",
    yes=("Văn phòng Tỉnh đoàn ", "Huyện đoàn", "Liên đội "),
    no=("Đoàn ", "các đội "),
)
_NAMED_BY_VERB = frozenset(["các", "những", "ban", "tổ", "đội", "đoàn", "đài", "trạm", "hạt", "đồn", "quỹ"])
_COMMITTEES = (["ủy", "ban"], ["uỷ", "ban"])  # whole without a verb, unlike ``Ban chỉ đạo``
_PROGRAMMES = frozenset(["chương", "công", "quy", "tờ"])
_MAX_NAME = 420
_MAX_UNKNOWN = 120


def unit_name(words: str) -> str:
    """A unit's name: without the verb that assigns and without the final colon."""
    flat = " ".join(words.split())
    match = MODAL.re.match(flat)
    while match:
        flat = flat[match.end() :]
        match = MODAL.re.match(flat)
    flat = flat.strip(" :;.-–*_")
    return flat[:1].upper() + flat[1:]


def is_assignee(words: str) -> bool:
    """Whether words name somebody who can be given work.

    A body, a group, a post or a person (``tables/bodies.tsv``, ``cues/assignees.tsv``); behind a verb
    that assigns (``Đề nghị …``) any name will do. What ``cues/no_assignees.tsv`` begins is none.
    Several fields ask about the same headings.
    """
    return len(words) <= _MAX_NAME and bool(words.strip()) and _is_assignee(words)


@lru_cache(maxsize=1 << 10)
def _is_assignee(words: str) -> bool:
    name = unit_name(words)
    if names_no_unit(name):
        return False
    if head_of(name) or cues("assignees").match(name) or person_name(name.split(" - ")[0]):
        return True
    assigned = MODAL.re.match(words) is not None
    return assigned and not name.isupper() and len(name) < _MAX_UNKNOWN


def names_no_unit(words: str) -> bool:
    """Whether a heading among units is about money, time, reports or steps (``cues/no_assignees.tsv``)."""
    return cues("no_assignees").match(words.lstrip()) is not None


def names_with(before: str, word: str) -> bool:
    """Whether ``word`` ends a name that ``before`` begins: ``Phòng Kế hoạch tổng hợp``."""
    return word.lower() == "tổng hợp" and HOLDS_SUMMARY.re.search(before) is not None


def _names(before: str, verb: str) -> bool:
    """Whether the words before a verb make it part of a name: ``Ban chỉ đạo``, ``các đơn vị được giao``."""
    if names_with(before, verb):
        return True
    if WHOLE_ORGAN.re.search(before):
        return False
    words = before.lower().split()
    if words[-1:] == ["được"] or words[-2:] == ["hội", "đồng"] or ENTITLED.re.search(before):
        return True
    if verb.lower() == "trình":
        return words[-1:] != [] and words[-1] in _PROGRAMMES
    return words[-1:] != [] and words[-1] in _NAMED_BY_VERB and words[-2:] not in _COMMITTEES


def split_subject(text: str, words: Span, heading: bool = False) -> tuple[Span, Span | None]:
    """A sentence's subject and the rest from its verb on; without a verb all is name.

    In a ``heading`` only verbs that always begin work count: names hold verbs, too (``Ban Chỉ đạo
    thực hiện công tác trẻ em``).
    """
    modal = MODAL.re.match(text[words.start : words.end])
    start = words.start + (modal.end() if modal else 0)
    verbs = cues("heading_verbs" if heading else "task_verbs", flags="")
    found = verbs.finditer(text, min(start + 3, words.end), words.end)
    match = next((m for m in found if not _names(text[start : m.start()], m.group())), None)
    if match is None:
        return words, None
    end = match.start()
    while end > words.start and text[end - 1] in " ,\t":
        end -= 1
    return Span(words.start, end), Span(match.start(), words.end)
