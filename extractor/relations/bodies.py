"""Who is behind a unit's name, and who has a part in its tasks."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from extractor.ground.assignees import MODAL, is_assignee, names_with
from extractor.ground.canonical import canonical, today
from extractor.ground.cues import cues
from extractor.ground.field import BODY_NAMES, INFERRED, Finding
from extractor.ground.formulas import ANY_BULLET
from extractor.ground.kinds import OTHER, kind_of
from extractor.ground.members import Member, members
from extractor.ground.shape import Shape
from extractor.ground.text import Span

LEAD, PARTNER = "lead", "partner"
_LONGEST = 400  # characters of a list of partners

WITH = Shape(
    "what stands before those with whom something is done; without với a name in capitals has to follow",
    r"(?i:(?<!\p{L})(?:phối\s+hợp|cùng)(?:\s+(?:chặt\s+chẽ|thường\s+xuyên|tốt))?)"
    r"\s+(?:(?i:cùng(?:\s+với)?|với)\s+(?!(?i:việc|công\s+tác|chủ\s+đề|nội\s+dung|thời)(?!\p{L}))(?=\p{L})|(?=\p{Lu}\p{Ll}))",
    yes=("phối hợp với Công an", "Phối hợp chặt chẽ với các", "phối hợp Trạm Y tế", "phối hợp cùng Đoàn"),
    no=("phối hợp dạy bơi", "phối hợp với việc", "phối hợp chặt chẽ giữa"),
)
LEADS = Shape(
    "a body that leads a task which stands among another's: Phòng Kinh tế chủ trì, phối hợp với …",
    rf"[\s{ANY_BULLET}]*"
    r"(?:(?i:giao|đề\s+nghị)\s+)?(?P<body>\p{Lu}[^.;:\n]{2,120}?)\s*,?\s+(?:là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)\s+)?chủ\s+trì(?!\p{L})",
    yes=("Phòng Kinh tế chủ trì, phối hợp với", "- Giao Công an huyện chủ trì"),
    no=("Chủ trì, phối hợp với", "tham mưu, chủ trì"),
    how="match",
)
MARK = Shape(
    "the marks that end a list of names",
    r"[.;:\n|]",
    yes=("; ", "."),
    no=("Công an, Sở Y tế",),
)
WHOLE = Shape(
    "words that end a group or a whole organ, where no other name follows",
    r"(?i:(?:liên\s+quan|cùng\s+cấp)(?!\p{L})(?!\s*(?:,|và)\s+(?:các|(?-i:\p{Lu}))))"
    r"|(?i:tỉnh|huyện|thành|thị|quận)\s+đoàn(?=\s+\p{Ll})(?!\s+và\s)",
    yes=("Tỉnh đoàn chọn", "các đơn vị liên quan "),
    no=("liên quan và các", "liên quan, Công an", "Tỉnh đoàn, Sở"),
)
_WHOLE_ENDS = ("quan", "cấp", "đoàn")
LIST_BEHIND = Shape(
    "a head word of several whose subjects stand behind its colon: Các Sở: Y tế, Nội vụ",
    r"(?i)các\s+(?:sở|phòng|bộ|hội|ban|vụ)(?P<colon>\s*:)[^\n;.]{3,200}",
    yes=("Các Sở: Y tế, Nội vụ",),
    no=("Các Sở, ban, ngành: thực hiện",),
    how="match",
)


def of_unit(text: str, unit: Finding) -> list[tuple[str, Finding]]:
    """``bodies``: the members of the unit; ``roles``: who else leads its tasks or has a part in them."""
    own = members(text, _assigned(text, unit.spans[0]))
    tasks = next((part.spans for name, part in unit.parts if name == "tasks"), ())
    found: list[tuple[dict[str, Any], Span]] = []
    for number, span in enumerate(tasks):
        for role, member in _roles(text, span):
            if role == LEAD and any(_known(member.name)[1] == _known(one.name)[1] for one in own):
                continue
            found.append(({"task": number, "role": role, **_told(member.name)}, member.span))
    parts = [_part("bodies", [(_told(one.name), one.span) for one in own], 0.9)]
    return parts + ([_part("roles", found, 0.85)] if found else [])


def of_issuer(issuer: Finding) -> list[tuple[str, Finding]]:
    """``bodies``: who issues (several of a joint plan)."""
    if issuer.value is None:
        return []
    told = [_told(name) for name in issuer.value.name.split("; ")]
    return [("bodies", Finding(told, issuer.spans, BODY_NAMES, 0.9, INFERRED))]


def _part(name: str, rows: list[tuple[dict[str, Any], Span]], score: float) -> tuple[str, Finding]:
    """A part with a span for each row."""
    data, spans = [row for row, _ in rows], tuple(span for _, span in rows)
    return name, Finding(data, spans, BODY_NAMES, score, INFERRED)


def _told(name: str) -> dict[str, Any]:
    return dict(zip(("name", "body", "kind", "today"), _known(name), strict=True))


@lru_cache(maxsize=1 << 13)
def _known(name: str) -> tuple[str, str, str, str | None]:
    body = canonical(name)
    now = today(body)
    return name, body, kind_of(body), now if now != body else None


def _assigned(text: str, span: Span) -> Span:
    """A unit's words without the verb that assigns, with the subjects that stand behind ``Các Sở:``."""
    modal = MODAL.re.match(span.of(text))
    start = span.start + (modal.end() if modal else 0)
    listed = LIST_BEHIND.re.match(text, start) if text.startswith(":", span.end) else None
    if listed and listed.start("colon") == span.end and len(members(text, Span(*listed.span()))) > 1:
        return Span(*listed.span())
    return Span(start, span.end)


def _roles(text: str, task: Span) -> Iterator[tuple[str, Member]]:
    words = task.of(text).lower()
    leads = LEADS.re.match(text, *task) if "chủ trì" in words else None
    if leads and is_assignee(leads["body"]):
        for member in members(text, Span(*leads.span("body"))):
            yield LEAD, member
    if "phối hợp" not in words and "cùng " not in words:
        return
    reach = task.start
    for match in WITH.re.finditer(text, *task):
        if match.end() < reach:
            continue
        names = _names(text, Span(match.end(), min(task.end, match.end() + _LONGEST)))
        for member in members(text, names) if names.start < names.end else ():
            if _is_body(member.name):
                yield PARTNER, member
        reach = names.end


def _is_body(name: str) -> bool:
    return is_assignee(name) and (name[:1].isupper() or kind_of(name) != OTHER or name.startswith("các "))


def _names(text: str, reach: Span) -> Span:
    """From the start of ``reach`` to the first mark or verb behind the names."""
    mark = MARK.re.search(text, reach.start, reach.end)
    end = mark.start() if mark else reach.end
    if any(word in text[reach.start : end] for word in _WHOLE_ENDS):
        whole = WHOLE.re.search(text, reach.start, end)
        end = whole.end() if whole else end
    for name in ("task_verbs", "partner_ends"):
        verbs = cues(name, flags="").finditer(text, reach.start, end)
        end = next((m.start() for m in verbs if not _in_name(text[reach.start : m.start()], m.group())), end)
    while end > reach.start and text[end - 1] in " ,\t":
        end -= 1
    return Span(reach.start, end)


_NAMED_BY_VERB = frozenset(["các", "những", "ban", "tổ", "đội", "đài", "trạm", "hạt", "đồn", "quỹ", "phòng"])


def _in_name(before: str, verb: str) -> bool:
    """Whether a verb is a part of the name before it: ``Ban chỉ đạo``, ``các tổ chức``."""
    return names_with(before, verb) or before.rstrip().rsplit(" ", 1)[-1].lower() in _NAMED_BY_VERB
