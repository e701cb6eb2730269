"""``units``: the responsible units of the assigning section, with their tasks."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.ground.assignees import is_assignee, names_no_unit, split_subject, unit_name
from extractor.ground.field import Field, Finding
from extractor.ground.formulas import BULLETS, names_post
from extractor.ground.paper import Paper, Section, trimmed_lines
from extractor.ground.sections import bullet_words
from extractor.ground.shape import Shape
from extractor.ground.text import Span
from extractor.ground.unit_rows import unit_rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the unit it belongs to where that is printed above it, and its tasks' words."""

    name: str
    within: str | None
    tasks: tuple[str, ...]


ASSIGNING = Shape(
    "a heading of the section that assigns the work",
    r"(?i)(?:tổ\s+chức\s+(?:triển\s+khai\s+)?thực\s+hiện|tổ\s+chức\s+triển\s+khai|phân\s+công(?!\s+lao)|trách\s+nhiệm|biện\s+pháp\s+tổ\s+chức|nhiệm\s+vụ\s+của\s+các|phân\s+nhiệm|giao\s+nhiệm\s+vụ)",
    yes=(
        "TỔ CHỨC THỰC HIỆN",
        "Phân công nhiệm vụ",
        "TRÁCH NHIỆM CỦA CÁC ĐƠN VỊ",
        "Tổ chức triển khai thực hiện",
    ),
    no=("Tổ chức lễ phát động", "Mục đích"),
)


_SHORT = 70
_FEWEST = 2  # paragraphs of one unit alone are no list of units


ENDS = Shape(
    "what among run-in units is none and belongs to none",
    r"(?i)(?:nguồn\s+)?kinh\s+phí|chế\s+độ\s+báo\s+cáo",
    yes=("Kinh phí", "Nguồn kinh phí"),
    no=("Tuyên truyền", "Tập huấn"),
    how="match",
)


@dataclass(frozen=True, slots=True)
class _Assigned:
    """A unit as found: the span of its name, the section it heads, and words behind a colon.

    ``whole``: these words are all of its work, paragraphs below them are not.
    """

    name: Span
    section: Section
    run_in: Span | None
    whole: bool = False


def find(paper: Paper) -> list[Finding]:
    """Units with tasks of their own, in order; nested units name the one they stand within."""
    found: list[Finding] = []
    for section in _assigning(paper):
        found += (
            _units_in(paper, section, None)
            or _tabled(paper, section)
            or _run_in(paper, section)
            or _said(paper, section)
        )
    return found


def _tabled(paper: Paper, section: Section) -> list[Finding]:
    """Units that stand in a table's rows, a task a row."""
    rows = [
        row
        for part in section.walk()
        for row in unit_rows(paper.text, Span(part.content.start, part.own.end))
    ]
    tasks: dict[str, tuple[Span, list[Span]]] = {}
    for name, task in rows:
        tasks.setdefault(unit_name(name.of(paper.text)), (name, []))[1].append(task)
    return [_unit(paper, name, its, "unit_row", 0.85, "task_cell") for name, its in tasks.values()]


def _run_in(paper: Paper, section: Section) -> list[Finding]:
    """Units that begin paragraphs without a number (``Phòng Y tế: Tham mưu …``), with what follows.

    Among them a post is a unit, too (``Trợ lý đào tạo: …``); ``Kinh phí: …`` ends the work of the last one.
    """
    lines = [(line, _before_colon(paper.text, line)) for line, _ in trimmed_lines(paper.text, section.span)]
    if sum(is_assignee(name.of(paper.text)) for _, name in lines) < _FEWEST:
        return []
    named: list[tuple[Span, list[Span]]] = []
    tasks = list[Span]()
    for line, name in lines:
        if is_assignee(name.of(paper.text)) or _alike(paper.text, name, line):
            tasks = []
            if not names_no_unit(name.of(paper.text)):
                named.append((name, tasks))
            line = Span(name.end + 1, line.end)
        if line.of(paper.text).strip() and paper.text[line.start] != "|":
            tasks.append(line)
    return [_unit(paper, name, tasks, "unit_run_in", 0.85) for name, tasks in named if tasks]


def _before_colon(text: str, line: Span) -> Span:
    """The words before the colon of a line, none where it has no colon."""
    colon = _colon(text, line)
    return Span(line.start, line.start if colon is None else colon)


def _alike(text: str, name: Span, line: Span) -> bool:
    """Whether words before a colon are a post among units (``Trợ lý đào tạo: …``), or end their work."""
    words = name.of(text)
    short = 0 < len(words) < _SHORT and words[0].isupper() and not any(map(str.isdigit, words))
    return short and name.end + 1 < line.end and (names_post(words) or ENDS.re.match(words) is not None)


def _said(paper: Paper, section: Section) -> list[Finding]:
    """Units that are the subjects of paragraphs without a number, a task each."""
    said = [(_subject(paper.text, line), line) for line, _ in trimmed_lines(paper.text, section.own)]
    if sum(name is not None for name, _ in said) < _FEWEST:
        return []
    closing = paper.lines("closing") if section.span.end >= paper.zone("body").end else ()
    for line, _ in closing:  # ``Đề nghị Đài Truyền thanh …``, which may turn to all
        name = _subject(paper.text, line)
        if name is None or unit_name(name.of(paper.text)).startswith("Các "):
            break
        said.append((name, line))
    return [_unit(paper, name, [line], "unit_subject", 0.8) for name, line in said if name]


def _subject(text: str, line: Span) -> Span | None:
    """The unit that is the subject of a paragraph."""
    name, rest = split_subject(text, line)
    return name if rest and text[line.end - 1] != ":" and is_assignee(name.of(text)) else None


def _unit(
    paper: Paper, name: Span, tasks: list[Span], rule: str, score: float, part: str = "task_items"
) -> Finding:
    words = tuple(_clean(task.of(paper.text)) for task in tasks)
    parts = (("tasks", Finding(None, tuple(tasks), part, score)),)
    return Finding(Unit(unit_name(name.of(paper.text)), None, words), (name,), rule, score, parts=parts)


def _assigning(paper: Paper) -> Iterator[Section]:
    """The assigning sections: the outermost whose headings say so."""
    stack = list(reversed(paper.root.children))
    while stack:
        section = stack.pop()
        if section.title and ASSIGNING.re.search(section.title.of(paper.text)):
            yield section
        else:
            stack.extend(reversed([child for child in section.children if child.heads]))


def _units_in(paper: Paper, parent: Section, within: str | None) -> list[Finding]:
    found: list[Finding] = []
    assigned = [_assigned(paper, child) for child in parent.children]
    known = sum(unit is not None and unit.section.heads for unit in assigned)
    for child, unit in zip(parent.children, assigned, strict=True):
        if unit is None and known >= max(2, len(parent.children) / 2):
            unit = _among_units(paper, child)
        if unit is None:
            if child.heads and child.children and within is None:
                found += _units_in(paper, child, None)
            continue
        name = unit_name(unit.name.of(paper.text))
        inner = _units_in(paper, child, None if _assigns_all(paper, child) else name) if child.heads else []
        inner_sections = {s for f in inner for s in f.spans[:1]}
        tasks = _tasks(paper, unit, skip=inner_sections)
        if tasks:
            found.append(_finding(paper, unit, name, within, tasks))
        found += inner
    return found


def _assigns_all(paper: Paper, section: Section) -> bool:
    """Whether a heading assigns the work of all below it (``Trách nhiệm của các đơn vị``): it is no group."""
    words = section.title.of(paper.text) if section.title else ""
    return ASSIGNING.re.search(words) is not None and unit_name(words).lower().startswith("các ")


def _finding(paper: Paper, unit: _Assigned, name: str, within: str | None, tasks: list[Span]) -> Finding:
    words = tuple(_clean(span.of(paper.text)) for span in tasks)
    score = 0.93 if unit.section.heads else 0.8
    parts = (("tasks", Finding(None, tuple(tasks), "task_items", score)),)
    return Finding(
        Unit(name, within, words),
        (unit.name,),
        "unit_heading" if unit.section.title else "unit_subject",
        score,
        parts=parts,
    )


def _assigned(paper: Paper, section: Section) -> _Assigned | None:
    """The unit that a section is about, from its heading, its run-in words or its subject."""
    text = paper.text
    if section.title:
        name, rest = split_subject(text, section.title, heading=True)
        if not is_assignee(name.of(text)):
            return None
        return _Assigned(name, section, rest if rest and _says_task(text, rest, section) else None)
    words = bullet_words(paper, section)
    colon = _colon(text, words)
    if colon is not None:
        name = Span(words.start, colon)
        if not is_assignee(name.of(text)):
            return None
        return _Assigned(name, section, Span(colon + 1, words.end), whole=section.style == "bullet")
    if section.style == "bullet":
        return None
    name, rest = split_subject(text, words)
    if rest is None or not is_assignee(name.of(text)):
        return None
    return _Assigned(name, section, words, whole=True)


def _among_units(paper: Paper, section: Section) -> _Assigned | None:
    """A short heading among units is one, too, whatever it is called (``Trợ lý đào tạo``)."""
    if section.title is None:
        return None
    words = section.title.of(paper.text)
    short = len(words) < _SHORT and any(map(str.isalpha, words))
    return _Assigned(section.title, section, None) if short and not names_no_unit(words) else None


def _says_task(text: str, rest: Span, section: Section) -> bool:
    return not section.children and not text[section.content.start : section.own.end].strip()


def _colon(text: str, words: Span) -> int | None:
    at = text.find(":", words.start, min(words.end, words.start + 200))
    return at if at >= 0 and text[words.start : at].count("(") == text[words.start : at].count(")") else None


def _tasks(paper: Paper, unit: _Assigned, skip: set[Span]) -> list[Span]:
    """Each bullet or lettered item; each paragraph where there are none; lead-ins are no tasks."""
    text, section = paper.text, unit.section
    items = [child for child in section.children if not _stands_in(child, skip)]
    if items:
        return [span for child in items for span in _item_tasks(paper, child)] or _paragraphs(paper, unit)
    return _paragraphs(paper, unit) if not skip else _only_sentences(text, _paragraphs(paper, unit))


def _only_sentences(text: str, spans: list[Span]) -> list[Span]:
    return [span for span in spans if text[span.end - 1] in ".;"]


def _stands_in(child: Section, names: set[Span]) -> bool:
    return any(child.own.start <= name.start < child.own.end for name in names)


def _item_tasks(paper: Paper, child: Section) -> list[Span]:
    first = (
        Span(child.title.start, child.own.end) if child.title else Span(child.content.start, child.own.end)
    )
    lines = [span for span, _ in trimmed_lines(paper.text, first)]
    if child.children and (
        not lines or lines[0].of(paper.text).endswith(":") or (child.title and len(lines) == 1)
    ):
        return [span for below in child.children for span in _item_tasks(paper, below)]
    if not lines:
        return []
    return [Span(lines[0].start, lines[-1].end)]


def _paragraphs(paper: Paper, unit: _Assigned) -> list[Span]:
    section = unit.section
    reach = unit.run_in or section.content
    end = reach.end if unit.whole and reach.end > reach.start + 1 else max(reach.end, section.own.end)
    lines = [span for span, _ in trimmed_lines(paper.text, Span(reach.start, end))]
    return [
        span
        for span in lines
        if (words := span.of(paper.text))[-1] != ":" and words[0] != "|" and any(c.isalpha() for c in words)
    ]


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(f" ;{BULLETS}")


FIELD = Field("units", "responsible units with their tasks", Unit, find, rank=140, many=True)
