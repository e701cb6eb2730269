"""``issuer``: the body that issues, its level and its seat.

Resolved in the order that real plans support (letterhead → opening formula → signature → closing
formula); of 98 plans 45 have a letterhead that is incomplete or lost. What the letterhead leaves
out, the place above all, is completed from the rest of the text and marked as inferred.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from extractor.ground import seats as where
from extractor.ground.bodies import head_of, level_of, place_parts, unified, written_out
from extractor.ground.field import INFERRED, Field, Finding, absent
from extractor.ground.formulas import names_post
from extractor.ground.letterhead import body_lines
from extractor.ground.paper import Paper, once
from extractor.ground.places import find_provinces, is_central_city
from extractor.ground.shape import Shape
from extractor.ground.spelling import proper_case
from extractor.ground.text import Span


@dataclass(frozen=True, slots=True)
class Issuer:
    """``name`` in full, UBND/HĐND with their place; ``level``; the seat as far as it is known."""

    name: str
    level: str
    province: str | None
    district: str | None
    commune: str | None


@dataclass(frozen=True, slots=True)
class _Body:
    """A body as the document names it: the spans of its words, the name, where it was found."""

    spans: tuple[Span, ...]
    name: str
    rule: str
    score: float
    above: tuple[tuple[Span, ...], ...] = ()


CONTINUES = Shape(
    "a letterhead line that begins like a body but goes on the line before it",
    r"(?i)^(?:phòng,?\s+(?:chống|ngừa|cháy)|hội\s+nhập|ban\s+hành|tổ\s+chức|và\s|bộ\s+phận|báo\s+động)",
    yes=("PHÒNG CHỐNG THIÊN TAI", "VÀ XÃ HỘI"),
    no=("PHÒNG GIÁO DỤC", "HỘI NÔNG DÂN"),
    how="match",
)
OPEN_END = Shape(
    "a line that cannot end a body's name",
    r"(?i)(?:,|-|–|\svà|\scủa|\scác|\stheo)\s*$",
    yes=("SỞ VĂN HÓA,",),
    no=("SỞ Y TẾ",),
)
ORGAN = Shape(
    "an organ of the body above it, with no name of its own",
    r"(?i)ban\s+(?:thường\s+(?:trực|vụ)|chấp\s+hành|bí\s+thư)|thường\s+trực",
    yes=("BAN THƯỜNG TRỰC", "Ban Chấp hành"),
    no=("BAN CHẤP HÀNH ĐOÀN TỈNH",),
    how="fullmatch",
)
ORGAN_OF = Shape(
    "an organ that acts for the union whose name follows",
    r"(?i)ban\s+(?:thường\s+(?:trực|vụ)|chấp\s+hành)\s+(?=(?:tỉnh|thành|huyện|thị|quận|xã)\s+đoàn(?!\p{L})|liên\s+đoàn"
    r"|công\s+đoàn|hội\s|đoàn\s|ủy\s+ban\s+(?:mttq|mặt\s+trận))",
    yes=("Ban Thường vụ Liên đoàn Lao động", "Ban Chấp hành Hội Nông dân"),
    no=("Ban Thường vụ Huyện ủy", "Ban Chấp hành Đảng bộ"),
    how="match",
)
JOINT = Shape(
    "two bodies on one line of a joint letterhead",
    r"(?<!\s)\s{1,9}[-–]\s{1,9}(?=\p{Lu})|(?<!\s)\s{1,9}VÀ\s{1,9}(?=\p{Lu})",
    yes=("SỞ Y TẾ - TỈNH ĐOÀN",),
    no=("-",),
)
ISSUES = Shape(
    "the issuing clause of the opening formula: a body, then the verb, then the plan",
    r"(?:^|[.,;:\n”)]\s{0,9}+|\s(?:nay|Nay)\s{1,9})(?P<body>\p{Lu}[^.;:\n]{2,170}?)\s{0,9},?\s{1,9}(?:(?:thống\s{1,9}nhất|tiến\s{1,9}hành|đã)\s{1,9})?(?:ban\s{1,9}hành|xây\s{1,9}dựng|lập|đề\s{1,9}ra|triển\s{1,9}khai|tổ\s{1,9}chức|phát\s{1,9}động|có|thực\s{1,9}hiện)\s{1,9}(?:và\s{1,9}(?:ban\s{1,9}hành|triển\s{1,9}khai|tổ\s{1,9}chức)\s{1,9}(?:thực\s{1,9}hiện\s{1,9})?)?(?:nội\s{1,9}dung\s{1,9})?(?:\p{L}+\s{1,9}){0,3}?(?i:kế\s{1,9}hoạch|tháng|tuần|các\s{1,9}hoạt)",
    yes=("\nSở Y tế xây dựng Kế hoạch", ". Ủy ban nhân dân huyện Kiến Xương ban hành Kế hoạch"),
    no=("Căn cứ tình hình thực tế",),
)
CLOSING = Shape(
    "the closing formula names the body: Trên đây là Kế hoạch … của UBND xã X",
    r"Trên\s+đây\s+là\s+(?i:kế\s+hoạch)[^.;\n]{0,220}?\scủa\s+(?P<body>\p{Lu}[^.;,:/\n]{2,120})",
    yes=("Trên đây là Kế hoạch tổ chức Tết trồng cây của UBND xã Hòa Bình",),
    no=("Trên đây là Kế hoạch năm 2020",),
)
ON_BEHALF = Shape(
    "the body for which somebody signs",
    r"^[\s*_]*(?:TM|T/M|T\s?/\s?M)\s*+[.:]?\s*+(?P<body>\p{Lu}[^\n]{3,120})$",
    yes=("TM. ỦY BAN NHÂN DÂN", "T/M BAN CHẤP HÀNH"),
    no=("KT. CHỦ TỊCH",),
)
_SEAT = ("province", "district", "commune")
_GENERIC = frozenset({"ủy ban nhân dân", "ubnd", "hội đồng nhân dân", "hđnd"})
#: bodies of a place, which a letterhead may leave out: ``BỆNH VIỆN ĐA KHOA``
_OF_A_PLACE = frozenset({"bệnh viện", "trung tâm", "trung tâm y tế", "ban chỉ đạo", "ban quản lý"})
_KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu")


def find(paper: Paper) -> Finding:
    """The body with its level and seat; ``absent`` where no evidence names one."""
    bodies = _letterhead(paper) or list(islice(_elsewhere(paper), 1))
    if not bodies:
        return absent("no_body_named", 0.6)
    main = _completed(bodies[0], _elsewhere(paper)) if len(bodies) == 1 else bodies[0]
    values = [_resolve(paper, body if body is not bodies[0] else main) for body in bodies]
    if len(values) == 1:
        return values[0]
    seat = [next((getattr(v.value, key) for v in values if getattr(v.value, key)), None) for key in _SEAT]
    joint = Issuer("; ".join(v.value.name for v in values), values[0].value.level, *seat)
    parts = {key: part for v in reversed(values) for key, part in v.parts}
    return Finding(
        joint, tuple(s for v in values for s in v.spans), "joint_letterhead", 0.85, parts=tuple(parts.items())
    )


def candidates(paper: Paper) -> Iterator[Finding]:
    """The issuer, then the bodies that the other places name, each for itself."""
    found = find(paper)
    if found.value is None:
        return
    yield found
    for body in (*_letterhead(paper)[:1], *_elsewhere(paper)):
        yield _resolve(paper, body)


def _elsewhere(paper: Paper) -> Iterator[_Body]:
    """The bodies that opening formula, decider, signature and closing name, the most trusted first."""
    yield from (
        body for where_named in (_opening, _decider, _signature, _closing) if (body := where_named(paper))
    )


def _letterhead(paper: Paper) -> list[_Body]:
    """The issuing bodies of the letterhead: the last body, or both of a joint one."""
    groups: list[list[Span]] = []
    before = ""
    for span, words in body_lines(paper):
        head = head_of(words)
        if (
            head and groups and not CONTINUES.re.match(words) and not OPEN_END.re.search(before)
        ) or not groups:
            groups.append([span])
        else:
            groups[-1].append(span)
        before = words
    bodies = [_Body(tuple(g), _name(paper, g), "letterhead", 0.96) for g in groups]
    bodies = [b for b in bodies if head_of(b.name)]
    while len(bodies) > 1 and ORGAN.re.fullmatch(bodies[-1].name):
        bodies.pop()
    if not bodies:
        return []
    last = bodies[-1]
    above = tuple(b.spans for b in bodies[:-1])
    pieces = _joint(paper, last)
    return [_Body(spans, name, "letterhead", 0.93, above) for spans, name in pieces] or [
        replace(last, above=above)
    ]


def _joint(paper: Paper, body: _Body) -> list[tuple[tuple[Span, ...], str]]:
    """The bodies of a joint letterhead line (``SỞ Y TẾ - TỈNH ĐOÀN``), none where it is one body."""
    groups: list[list[Span]] = [[]]
    for span in body.spans:
        words, start = span.of(paper.text), 0
        for cut in JOINT.re.finditer(words):
            if _stands_alone(words[cut.end() :]):
                groups[-1].append(Span(span.start + start, span.start + cut.start()))
                groups.append([])
                start = cut.end()
        groups[-1].append(Span(span.start + start, span.end))
    if len(groups) == 1:
        return []
    return [(tuple(group), _name(paper, group)) for group in groups]


def _stands_alone(words: str) -> bool:
    head = head_of(words)
    return (head is not None and len(head) > 3 and not CONTINUES.re.match(words)) or (head == "sở")


def _name(paper: Paper, spans: list[Span]) -> str:
    """A name from letterhead lines, spelled as the running text spells it where it does."""
    words = " ".join(span.words(paper.text) for span in spans).strip(" *_-.,")
    return _as_in_text(paper, words) or proper_case(words)


def _as_in_text(paper: Paper, words: str) -> str | None:
    if not words.isupper() or len(words) < 6:
        return None
    low, text = words.lower(), _small(paper)
    if len(text) != len(paper.text):
        return None
    at = text.find(low, paper.zone("preamble").start)
    while at >= 0:
        found = paper.text[at : at + len(words)]
        if not found.isupper():
            return found[:1].upper() + found[1:]
        at = text.find(low, at + 1)
    return None


@once
def _small(paper: Paper) -> str:
    return paper.text.lower()


def _opening(paper: Paper) -> _Body | None:
    best: _Body | None = None
    for zone in paper.spans("preamble"):
        for match in ISSUES.re.finditer(paper.text, zone.start, zone.end, overlapped=True):
            span = _from_head(paper.text, Span(*match.span("body")))
            organ = ORGAN_OF.re.match(paper.text, *span) if span else None
            if span:
                span = span._replace(start=organ.end()) if organ else span
                best = _Body((span,), span.words(paper.text), "opening_formula", 0.9)
    return best


def _decider(paper: Paper) -> _Body | None:
    """The body whose head decides: ``GIÁM ĐỐC BỆNH VIỆN ĐA KHOA TỈNH PHÚ THỌ`` above a decision's bases."""
    span, words = next(paper.lines("preamble"), (None, ""))
    if span is None or not words.isupper() or not names_post(words):
        return None
    starts = [at for at in range(1, len(words)) if words[at - 1] == " " and head_of(words[at:])]
    if not starts:
        return None
    body = Span(span.start + starts[0], span.end)
    return _Body((body,), proper_case(body.words(paper.text)), "decider", 0.85)


def _from_head(text: str, span: Span) -> Span | None:
    """The body's words from its head word on (``Nay liên đội trường …``); the last head that fits."""
    words = span.of(text)
    if head_of(words):
        return span
    for at in range(len(words) - 1, -1, -1):
        if words[at].isupper() and words[max(0, at - 2) : at] == ", " and head_of(words[at:]):
            return Span(span.start + at, span.end)
    return None


def _signature(paper: Paper) -> _Body | None:
    for span, words in paper.lines("signature"):
        match = ON_BEHALF.re.match(words)
        if match and head_of(match["body"]):
            at = Span(span.start + match.start("body"), span.start + match.end("body"))
            return _Body((at,), proper_case(match["body"].strip(" *_.")), "signature", 0.7)
    return None


def _closing(paper: Paper) -> _Body | None:
    for zone in paper.spans("closing"):
        match = CLOSING.re.search(paper.text, zone.start, zone.end)
        if match and head_of(match["body"]):
            return _Body(
                (Span(*match.span("body")),), " ".join(match["body"].split()), "closing_formula", 0.75
            )
    return None


def _completed(body: _Body, others: Iterable[_Body]) -> _Body:
    """A generic body (``ỦY BAN NHÂN DÂN``) gets its fuller name from another part, a hospital its place."""
    generic = unified(body.name) in _GENERIC or _bare_kind(body.name)
    if not generic and head_of(body.name) not in _OF_A_PLACE:
        return body
    for other in others:
        full, own = unified(written_out(other.name)), unified(written_out(body.name))
        rest = full.removeprefix(own).strip() if full.startswith(f"{own} ") else ""
        if rest and (generic or rest.startswith(_KINDS)):
            return replace(other, score=min(body.score, other.score), above=body.above)
    return body


def _bare_kind(name: str) -> bool:
    """``Ủy ban nhân dân huyện``: the class is there, the name is not."""
    return unified(name).endswith(tuple(f" {kind}" for kind in _KINDS))


def _resolve(paper: Paper, body: _Body) -> Finding:
    name = written_out(body.name)
    kind = _kind(name) or (_kind_in_title(paper) if unified(name) in _GENERIC else "")
    level = level_of(name, kind, [" ".join(line.of(paper.text) for line in lines) for lines in body.above])
    room = {"school": "commune", "union": "commune", "party": "commune", "other": "commune"}.get(
        level, level or "commune"
    )
    found = where.seats(paper, body.spans, body.above, room, kind) if level != "central" else {}
    name, status = _with_place(_without_place(name), kind, found)
    level = "district" if level == "province" and _was_district(found) else level or _level_of_seats(found)
    value = Issuer(name, level, *(found[k].name if k in found else None for k in _SEAT))
    parts = tuple(
        (k, Finding(s.name, (s.span,), s.rule, s.score, "found" if s.rule == "own_name" else INFERRED))
        for k, s in found.items()
    )
    inferred = body.rule != "letterhead" or status == INFERRED
    return Finding(value, body.spans, body.rule, body.score, INFERRED if inferred else "found", parts)


def _kind(name: str) -> str:
    """The class word of the unit whose body this is: ``UBND huyện …`` → ``huyện``."""
    flat = unified(name)
    found = [(flat.find(f" {kind}"), kind) for kind in _KINDS if f" {kind} " in flat + " "]
    found = [row for row in found if not flat[row[0] + 1 :].startswith(("xã hội", "thị ủy", "huyện ủy"))]
    if found:
        return min(found)[1]
    parts = place_parts(name)
    return parts[0].kind if parts else ""


def _kind_in_title(paper: Paper) -> str:
    """The class of the unit that the title speaks of (``trên địa bàn huyện X``)."""
    for span in paper.spans("title"):
        for part in place_parts(where.words_of(paper, "title", span)):
            return part.kind
    return ""


def _without_place(name: str) -> str:
    """A Sở, Phòng, school or faculty keeps its own name without its place (the record's contract)."""
    if head_of(name) not in ("sở", "phòng", "trường", "khoa"):
        return name
    parts = place_parts(name)
    if parts and parts[-1].end == len(name) and parts[0].start > 6:
        name = name[: parts[0].start].rstrip(" ,-")
    if head_of(name) == "sở":
        for start, end, _ in find_provinces(" ".join(word.capitalize() for word in name.split())):
            name = name[:start].rstrip(" ,-") if end == len(name) and start > 5 else name
    return name


def _with_place(name: str, kind: str, found: dict[str, where.Seat]) -> tuple[str, str]:
    """UBND and HĐND, and their own bodies (``Đảng ủy UBND tỉnh``), completed with the place that is known."""
    flat = unified(name)
    generic = flat in ("ủy ban nhân dân", "hội đồng nhân dân")
    of_a_council = any(body in flat for body in ("ủy ban nhân dân", "hội đồng nhân dân"))
    if not (generic or (_bare_kind(name) and of_a_council)):
        return name, "found"
    for level in reversed(_SEAT):
        unit = found.get(level)
        if unit is None:
            continue
        words = unit.name if level != "province" else f"{_province_kind(unit.name)} {unit.name}"
        if kind and not words.lower().startswith(kind):
            continue
        body = name[: -len(kind)].rstrip() if kind and _bare_kind(name) else name
        return f"{body} {words}", INFERRED
    return name, "found"


def _province_kind(name: str) -> str:
    return "thành phố" if is_central_city(name) else "tỉnh"


def _was_district(found: dict[str, where.Seat]) -> bool:
    """Whether the same words name the city and, today, its province."""
    city, province = found.get("district"), found.get("province")
    return city is not None and province is not None and city.span == province.span


def _level_of_seats(found: dict[str, where.Seat]) -> str:
    return next((level for level in reversed(_SEAT) if level in found), "other")


FIELD = Field(
    "issuer", "the body that issues, its level and seat", Issuer, find, rank=70, candidates=candidates
)
