"""``deadlines``: by when somebody has to report, to whom, by what way.

A reporting deadline is a clause that speaks of reporting and names a date or a recurrence as its
limit. Dates of events, and of handing in a unit's own plan, are none; nor is ``báo cáo … theo quy
định`` without a date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractor.ground.addressees import channel, further, recipient
from extractor.ground.assignees import is_assignee, unit_name
from extractor.ground.cues import cues
from extractor.ground.dates import When, dates_in
from extractor.ground.field import FOUND, INFERRED, Field, Finding
from extractor.ground.formulas import ANY_BULLET, BULLETS
from extractor.ground.limits import LIMIT, ONWARD, REPORTS, Limit, limits_of
from extractor.ground.paper import Paper, Section, trimmed_lines
from extractor.ground.shape import Shape
from extractor.ground.text import Span
from extractor.ground.years import plan_year


@dataclass(frozen=True, slots=True)
class Deadline:
    """``date`` ISO, ``None`` where recurring; ``recurrence`` and ``text`` in the source's words."""

    date: str | None
    recurrence: str | None
    recipient: str | None
    via: str | None
    reporter: str | None
    text: str


_Whom = tuple[Span | None, Span | None]  # the recipient, and by way of whom


class _Lead(NamedTuple):
    """What a line says of the reports listed below it (``… báo cáo về Sở theo từng đợt:``)."""

    whom: _Whom
    reporter: str | None


CLAUSE = Shape(
    "the end of a clause: a semicolon, or a full stop before a capital",
    r";\s(?![^()\n]{0,200}\))|(?<!\d)\.\s{1,9}(?=\p{Lu}|[-+])|(?<=\d)\.\s{1,9}(?=\p{Lu})|;\s{0,9}$|\./\.",
    yes=("; ", "./."),
    no=(", ",),
)
BEFORE_SUBJECT = Shape(
    "an adverbial before the subject",
    r"(?i)(?:trên\s+cơ\s+sở|căn\s+cứ|định\s+kỳ|kết\s+thúc|sau\s+khi|trước|hằng|hàng|mỗi|vào|chậm\s+nhất)(?!\p{L})",
    yes=("Trên cơ sở", "Kết thúc", "Mỗi chiều"),
    no=("Các đơn vị",),
)
LEAD = Shape(
    "a line that ends in reporting, whose limits are listed below",
    r"[Bb]áo\s+cáo(?:(?!(?:,|\svà)\s(?:thực\s+hiện|triển\s+khai|tổ\s+chức|xây\s+dựng)(?!\p{L}))(?:[^.;\n]|\.(?=\S))){0,240}:$",
    yes=("Các ngành báo cáo kết quả về Sở (qua Phòng Y tế) theo từng đợt:", "Trung tâm báo cáo UBND huyện:"),
    no=("Các thôn báo cáo và thực hiện các bước sau:", "Các đơn vị báo cáo, thực hiện nhiệm vụ như sau:"),
)
ITEM = Shape(
    "what stands before the limit in an item of a list of reports",
    rf"^[\s{ANY_BULLET}]*"
    r"(?:(?:\p{Lu}|\d)[^:;.\n]{0,40}:\s*)?",
    yes=("- Đợt 1: ", "- "),
    no=(),
)
_CLAUSE = 1500
_ONLY_DATE = 45


def find(paper: Paper) -> list[Finding]:
    """All reporting deadlines of body and closing, in order; the same duty said twice is one."""
    year = plan_year(paper)
    found: dict[tuple[str | None, ...], Finding] = {}
    lead: _Lead | None = None
    for reach, unit in _reaches(paper):
        for line in _lines(paper.text, reach):
            words = line.of(paper.text).lower()
            lead = lead if lead and words[0] in BULLETS else None
            if lead or "báo " in words or "kết quả" in words:
                for finding in _in_line(paper.text, line, lead.reporter if lead else unit, year, lead):
                    d: Deadline = finding.value
                    found.setdefault(
                        (d.date, d.recurrence, (d.recipient or "").lower(), (d.via or "").lower()), finding
                    )
            if words[-1] == ":" and LEAD.re.search(line.of(paper.text)):
                lead = _Lead(_addressed(paper.text, line), _subject(paper.text, line) or unit)
    return list(found.values())


def _lines(text: str, reach: Span) -> Iterator[Span]:
    """The lines of ``reach``; a line that is but a date limit (a table's next cell) joins the one before."""
    before: Span | None = None
    for span, words in trimmed_lines(text, reach):
        if before and len(words) < _ONLY_DATE and LIMIT.re.match(words) and any(dates_in(words)):
            before = Span(before.start, span.end)
            continue
        if before:
            yield before
        before = span
    if before:
        yield before


def _reaches(paper: Paper) -> Iterator[tuple[Span, str | None]]:
    """The sections' own words with the unit in whose section they stand, then the closing."""
    stack: list[tuple[Section, str | None]] = [(paper.root, None)]
    while stack:
        section, unit = stack.pop()
        title = section.title.of(paper.text) if section.title else ""
        unit = unit_name(title) if title and is_assignee(title) else unit
        yield section.own, unit
        stack.extend((child, unit) for child in reversed(section.children))
    for span in paper.spans("closing"):
        yield span, None


def _in_line(
    text: str, line: Span, unit: str | None, year: When | None, lead: _Lead | None
) -> Iterator[Finding]:
    speaks = lead is not None
    told: _Whom = lead.whom if lead else (None, None)
    for clause in _clauses(text, line):
        words = clause.of(text)
        reports = bool(REPORTS.re.search(words))
        if reports or (speaks and LIMIT.re.match(ITEM.re.sub("", words))):
            limits = sorted(limits_of(text, clause, year), key=lambda limit: limit.span)
            if lead and not reports and not (limits and _ends(text, limits[-1].span.end, clause.end)):
                continue  # a day of other work
            addressed = _shared(text, clause, limits, told)
            for limit, whom in zip(limits, addressed, strict=True):
                yield _finding(text, clause, whom, limit, unit)
            told = addressed[-1] if limits else _addressed(text, clause)
        speaks = reports


def _ends(text: str, start: int, end: int) -> bool:
    """Whether nothing but marks and a bracket stands there."""
    rest = text[start:end].strip(" .;,")
    return not rest or rest[0] == "("


def _shared(text: str, clause: Span, limits: list[Limit], told: _Whom) -> list[_Whom]:
    """To whom each report of a clause goes: as said with it, or before, or behind the last
    (``sơ kết trước ngày …, tổng kết trước ngày … gửi về Sở``).
    """
    found: list[_Whom] = []
    floor = clause.start
    for limit in limits:
        last = limit is limits[-1] or limit.recurrence
        own = _addressed(text, Span(floor, clause.end if last else limit.span.end))
        told = own if own[0] else told
        found.append(told)
        floor = limit.span.end
    behind = next((whom for whom in found if whom[0]), told)
    return [whom if whom[0] else behind for whom in found]


def _clauses(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    ends = [
        *((m.start(), m.end()) for m in CLAUSE.re.finditer(text, line.start, line.end)),
        (line.end, line.end),
    ]
    for stop, following in ends:
        while stop - start > _CLAUSE:  # nobody writes so long a clause: keep time linear
            yield Span(start, start + _CLAUSE)
            start += _CLAUSE
        if start < stop:
            yield Span(start, stop)
        start = following


def _addressed(text: str, reach: Span) -> _Whom:
    """To whom, and by way of whom; what the addressee does onward with the reports stays out."""
    onward = ONWARD.re.search(text, reach.start, reach.end)
    said = Span(reach.start, onward.start()) if onward else reach
    if not REPORTS.re.search(text, *said):
        said = reach
    to = recipient(text, said) or recipient(text, reach) or further(text, reach)
    low = to.end if to else reach.start
    return to, channel(text, Span(low, said.end if to and to.end < said.end else reach.end))


def _finding(text: str, clause: Span, addressed: _Whom, limit: Limit, unit: str | None) -> Finding:
    to, via = addressed
    value = Deadline(
        limit.date,
        limit.recurrence,
        _words(text, to),
        _words(text, via),
        _subject(text, clause) or unit,
        clause.words(text).strip(f" ;.{BULLETS}"),
    )
    score = (0.9 if to else 0.75) - (0.15 if limit.inferred or limit.recurrence else 0)
    status = INFERRED if limit.inferred else FOUND
    rule = "report_by_date" if limit.date else "report_recurring"
    places = (("date" if limit.date else "recurrence", limit.span), ("recipient", to), ("via", via))
    parts = tuple((key, Finding(getattr(value, key), (span,), rule, score)) for key, span in places if span)
    return Finding(value, (clause,), rule, score, status, parts)


def _words(text: str, span: Span | None) -> str | None:
    return span.words(text).strip(" ,;.()*_") if span else None


def _subject(text: str, clause: Span) -> str | None:
    """The unit that is the subject of the clause."""
    start = clause.start
    while start < clause.end and text[start] in f" \t{BULLETS}":
        start += 1
    comma = text.find(", ", start, min(clause.end, start + 200))
    if comma > 0 and BEFORE_SUBJECT.re.match(text, start, comma):
        start = comma + 2
    match = cues("task_verbs", flags="").search(text, start, min(clause.end, start + 200))
    subject = text[start : match.start()] if match else ""
    return unit_name(subject) if subject.strip() and is_assignee(subject) else None


FIELD = Field("deadlines", "reporting deadlines", Deadline, find, rank=150, many=True)
