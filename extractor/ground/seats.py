"""Where a body sits: its province, district and commune, each with the words that say so.

The order of evidence is the order of trust: the body's own name, the bodies above it in the
letterhead, how the opening formula names it, the place of the date line, the parent plans' issuers,
what the text calls "tỉnh …", and at last the table of districts. What is not printed of the body
itself is inferred, and says from where.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.ground import places
from extractor.ground.bodies import PlacePart, place_parts
from extractor.ground.letterhead import date_slot
from extractor.ground.paper import Paper
from extractor.ground.text import Span
from extractor.ground.years import plan_year


@dataclass(frozen=True, slots=True)
class Seat:
    """One unit a body belongs to: ``name`` as the record has it, where it was read, how sure."""

    level: str
    name: str
    span: Span
    rule: str
    score: float


Lines = tuple[Span, ...]


def named(text: str, lines: Lines, rule: str, score: float) -> Iterator[Seat]:
    """The units that some lines name with their class (``huyện Kiến Xương``)."""
    for part in place_parts(_as_one(text, lines)):
        yield seat(part, lines[0].start, rule, score)


def _as_one(text: str, lines: Lines) -> str:
    """The words of lines as one: what stands between them is blank (``HUYỆN ĐỨC⏎CƠ``), offsets stay."""
    words, end = "", lines[0].start
    for line in lines:
        words += " " * (line.start - end) + line.of(text).replace("\n", " ")
        end = line.end
    return words


def words_of(paper: Paper, zone: str, span: Span) -> str:
    """The words of a zone; a title's lines are one (``TỈNH CÀ⏎MAU``), offsets stay."""
    words = span.of(paper.text)
    return words.replace("\n", " ") if zone == "title" else words


def seat(part: PlacePart, offset: int, rule: str, score: float) -> Seat:
    """A seat from a printed part: a province bare, a district or commune with its class word."""
    span = Span(offset + part.start, offset + part.end)
    name = capitalised(part.name)
    if part.level == "province":
        return Seat("province", places.province_of(name) or name, span, rule, score)
    return Seat(part.level, f"{part.kind} {name}", span, rule, score)


def capitalised(name: str) -> str:
    """A place name in capitals with capitals only at its words."""
    return " ".join(w.capitalize() for w in name.split()) if name.isupper() and not name.isdigit() else name


def seats(paper: Paper, own: Lines, above: tuple[Lines, ...], level: str, kind: str) -> dict[str, Seat]:
    """The seats of a body, the most trusted evidence first; only levels that ``level`` leaves room for.

    ``own`` are the lines that name it, ``above`` those of the superior bodies of the letterhead; ``kind`` is
    the class word that the body is of (``"huyện"``), where known.
    """
    found: dict[str, Seat] = {}
    for named_so in _own(paper.text, own):
        found.setdefault(named_so.level, named_so)
    room = {each for each, rank in _RANK.items() if 0 < rank <= _RANK.get(level, 3)}
    evidence = _evidence(paper, above, kind)
    while not found.keys() >= room and (candidate := next(evidence, None)):
        if candidate.level in room:
            found.setdefault(candidate.level, candidate)
    if "province" not in found:
        found |= _from_table(found)
    if "province" not in found:
        found |= _most_named(paper)
    year = plan_year(paper)
    return _then(found, paper.text, year.year if year else None)


def _then(found: dict[str, Seat], text: str, year: int | None) -> dict[str, Seat]:
    """The units as they were in the year of the plan; only provinces change their names alone.

    A city that gave its name to its province was a district of it: ``thành phố Huế`` in Thừa Thiên Huế.
    """
    one = found.get("province")
    before = places.province_then(one.name, year) if one else ""
    if one is None or before == one.name:
        return found
    then = {**found, "province": replace(one, name=before)}
    if any(part.kind == "thành phố" for part in place_parts(one.span.words(text))):
        then.setdefault("district", replace(one, level="district", name=f"thành phố {one.name}"))
    return then


_RANK = {"province": 1, "district": 2, "commune": 3, "central": 0}


def _own(text: str, own: Lines) -> Iterator[Seat]:
    yield from named(text, own, "own_name", 0.97)
    yield from _bare_provinces(text, own, "own_name", 0.93)


def _evidence(paper: Paper, above: tuple[Lines, ...], kind: str) -> Iterator[Seat]:
    """What tells besides the name, the dearest look at the text last."""
    text = paper.text
    for lines in above:
        yield from named(text, lines, "letterhead", 0.96)
        yield from _bare_provinces(text, lines, "letterhead", 0.93)
    if kind:
        yield from _same_kind(paper, kind)
    else:
        yield from _commune_of(paper, above)
    yield from _date_line(paper, kind)
    of_commune = kind in _COMMUNE_KINDS or any(
        part.level == "commune" for lines in above for part in place_parts(_as_one(text, lines))
    )
    wanted = ("province", "district") if of_commune else ("province",)
    for zone in ("preamble", "title"):
        for span in paper.spans(zone):
            for part in place_parts(words_of(paper, zone, span)):
                if part.level in wanted:
                    yield seat(part, span.start, "opening_formula", 0.85)
    for span in paper.spans("letterhead") if of_commune else ():  # what a portal says above
        for part in place_parts(span.of(text)):
            if part.level == "district":
                yield seat(part, span.start, "letterhead", 0.85)


def _bare_provinces(text: str, lines: Lines, rule: str, score: float) -> Iterator[Seat]:
    words, offset = _as_one(text, lines), lines[0].start
    for start, end, name in places.find_provinces(_small(words) if words.isupper() else words):
        yield Seat("province", name, Span(offset + start, offset + end), rule, score)


def _small(words: str) -> str:
    """Words in capitals with capitals only at their begins; offsets stay."""
    return " ".join(map(str.capitalize, words.split(" ")))


def _same_kind(paper: Paper, kind: str) -> Iterator[Seat]:
    """The unit of this class that the text names, if it names but one of them often enough."""
    counts: Counter[str] = Counter()
    first: dict[str, list[Seat]] = {}
    for zone in ("title", "preamble", "body", "closing", "recipients"):
        for span in paper.spans(zone):
            parts = place_parts(words_of(paper, zone, span))
            for part, after in zip(parts, [*parts[1:], None], strict=bool(parts)):
                if part.kind == kind:
                    made = [seat(part, span.start, "named_in_text", 0.85)]
                    if after and after.start - part.end <= _NEXT:  # phường X, thị xã Y
                        made.append(seat(after, span.start, "named_in_text", 0.85))
                    counts[made[0].name] += 3 if zone in ("title", "preamble") else 1
                    if len(made) > len(first.get(made[0].name, [])):
                        first[made[0].name] = made
    if counts:
        (name, most), *rest = counts.most_common(2)
        if not rest or most >= 2 * rest[0][1]:
            yield from first[name]


def _date_line(paper: Paper, kind: str) -> Iterator[Seat]:
    """The place of the date line: a province's name, or the seat of a district or commune."""
    slot = date_slot(paper)
    if slot is None or slot.place is None:
        return
    words = slot.place.words(paper.text)
    province = places.province_of(words)
    level = {"huyện": "district", "quận": "district", "thị xã": "district", "thành phố": "district"}.get(
        kind, "commune" if kind else ""
    )
    if level and kind != "tỉnh" and not (province and places.is_central_city(province)):
        bare = place_parts(words)
        if not bare:
            yield Seat(level, f"{kind} {words}", slot.place, "date_line", 0.88)
        for part in bare:
            yield seat(part, slot.place.start, "date_line", 0.9)
    if province and (not level or province != capitalised(words) or kind == "tỉnh"):
        yield Seat("province", province, slot.place, "date_line", 0.88)


def _commune_of(paper: Paper, above: tuple[Lines, ...]) -> Iterator[Seat]:
    """The commune that dates a school's plan, where the district above it has one of that name."""
    slot = date_slot(paper)
    words = slot.place.words(paper.text) if slot and slot.place else ""
    for part in (part for lines in above for part in place_parts(_as_one(paper.text, lines))):
        if slot and slot.place and part.level == "district" and capitalised(part.name) != words:
            found = places.communes_named(words, district=f"{part.kind} {capitalised(part.name)}")
            if len({(unit.kind, unit.name) for unit in found}) == 1:
                yield Seat("commune", f"{found[0].kind} {found[0].name}", slot.place, "date_line", 0.8)


_NEXT = 3
_COMMUNE_KINDS = ("xã", "phường", "thị trấn")


def _from_table(found: dict[str, Seat]) -> dict[str, Seat]:
    """The province of a district, or of a commune, that only one province has."""
    for level in ("district", "commune"):
        below = found.get(level)
        if below is None:
            continue
        kind, _, name = _split(below.name)
        units = (
            places.districts_named(name, kind) if level == "district" else places.communes_named(name, kind)
        )
        names = {unit.province for unit in units}
        if len(names) == 1:
            return {"province": Seat("province", names.pop(), below.span, f"table_of_{level}s", 0.8)}
    return {}


def _split(name: str) -> tuple[str, str, str]:
    for kind in ("thành phố", "thị xã", "thị trấn", "đặc khu", "huyện", "quận", "phường", "xã"):
        if name.startswith(kind + " "):
            return kind, " ", name[len(kind) + 1 :]
    return "", "", name


def _most_named(paper: Paper) -> dict[str, Seat]:
    """The province that the text names most, if clearly so: media names and recipients included."""
    counts: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for zone in ("title", "preamble", "body", "closing", "recipients"):
        for span in paper.spans(zone):
            for start, end, name in places.find_provinces(span.of(paper.text)):
                counts[name] += 1
                first.setdefault(name, Span(span.start + start, span.start + end))
    if not counts:
        return {}
    (name, most), *rest = counts.most_common(2)
    if rest and most < 2 * rest[0][1]:
        return {}
    return {"province": Seat("province", name, first[name], "named_in_text", 0.75)}
