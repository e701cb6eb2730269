"""Zones: letterhead, title, preamble, body, closing, recipients, signature, appendices.

Found by their fixed words (Nghị định 30/2020/NĐ-CP, Phụ lục I), line by line; whatever is missing
is simply not there. The zones tile the text: where columns ran into each other, recipients and
signature take turns. Behind a decision's signature stands the plan that it brings into force: its body is
the body then, and the decision's articles count to the preamble.
"""

from collections.abc import Iterable, Sequence

from extractor.ground import formulas
from extractor.ground.bodies import head_of
from extractor.ground.codes import CODE
from extractor.ground.letterhead import DATELINE
from extractor.ground.paper import Zone
from extractor.ground.text import Span
from extractor.outline.attached import attached_row
from extractor.outline.labels import Label, labels
from extractor.outline.rows import Row, rows_of
from extractor.outline.tail import closing_row, tail_cuts, tail_row, unsigned_end

_HEAD_LINES = 150
_TITLE_CHARS = 600


def zones(text: str) -> tuple[Zone, ...]:
    """The zones of ``text``, in order, without gaps; an empty text has one empty body."""
    rows = rows_of(text)
    if not rows:
        return (Zone("body", Span(0, len(text))),)
    title = title_row(rows)
    if title is None:
        first = _after_letterhead(rows)
        after_title = _after_lines(rows, first)
        title = first if after_title > first else None
    else:
        after_title = _after_title(rows, title)
    cuts = [("letterhead", 0)]
    if title is not None:
        cuts.append(("title", title))
    cuts.append(("preamble", after_title))
    body = _body_row(rows, after_title)
    end = tail_row(rows, body)
    plan = attached_row(rows, title, body, end) if title is not None else None
    if plan is None:
        cuts += [*_main(rows, body, end), *tail_cuts(rows, end)]
    else:
        cuts += [cut for cut in tail_cuts(rows, end) if cut[1] < plan]
        body = _body_row(rows, _after_title(rows, plan))
        end = min(tail_row(rows, body), unsigned_end(rows, body))
        cuts += [("preamble", plan), *_main(rows, body, end), ("appendices", end)]
    return _tiles(text, rows, cuts)


def _main(rows: Sequence[Row], body: int, end: int) -> list[tuple[str, int]]:
    return [("body", body), ("closing", closing_row(rows, body, end))]


def _tiles(text: str, rows: Sequence[Row], cuts: Iterable[tuple[str, int]]) -> tuple[Zone, ...]:
    starts = [(name, rows[at].start if at < len(rows) else len(text)) for name, at in cuts]
    starts[0] = (starts[0][0], 0)
    ends = [start for _, start in starts[1:]] + [len(text)]
    found = [Zone(name, Span(s, e)) for (name, s), e in zip(starts, ends, strict=True) if e > s]
    return tuple(found) or (Zone("body", Span(0, len(text))),)


def title_row(rows: Sequence[Row]) -> int | None:
    """The row that names the document's type in capitals, the first after the motto if there is one.

    Portals repeat the title above the letterhead; the real one follows it.
    """
    found: list[int] = []
    motto = None
    letter = False
    for at, row in enumerate(rows[:_HEAD_LINES]):
        letter = letter or row.words.lower().startswith("kính gửi")
        if letter and not found and formulas.RECIPIENTS.re.match(row.words):
            break  # what a letter sends along has a title, the letter has none
        if motto is None and formulas.MOTTO.re.search(row.words):
            motto = at
        if found and _heads_body(row.words):
            break
        match = formulas.TYPE_LINE.re.match(row.words)
        if (match and _type_alone(match["type"], match["rest"])) or formulas.spaced_type(row.words):
            found.append(at)
    after = [at for at in found if motto is None or at > motto]
    return after[0] if after else (found[0] if found and motto is None else None)


def _type_alone(kind: str, rest: str) -> bool:
    """A type word heads the document when nothing or capitals or a bracket follow it."""
    rest = rest.strip(" *_:")
    if rest[:1].isupper() and not rest.endswith((".", ";", ":")) and len(rest) < 250:
        return True
    return (
        not rest
        or rest[:1] == "("
        or rest.isupper()
        or sum(c.isupper() for c in rest) > 0.6 * sum(c.isalpha() for c in rest)
    )


def _heads_body(words: str) -> bool:
    return any(label.style in ("roman", "part:phần") and label.number == 1 for label in labels(words))


def _after_title(rows: Sequence[Row], title: int) -> int:
    """The first row behind the title's lines."""
    match = formulas.TYPE_LINE.re.match(rows[title].words)
    rest = match["rest"].strip(" *_:") if match else ""
    bare = not rest or rest in formulas.VARIANTS
    size = 0
    for at in range(title + 1, len(rows)):
        words = rows[at].words
        if formulas.RULE.re.fullmatch(words) or formulas.ATTACHED.re.match(words):
            continue
        if at > title + 1 and (_who_decides(rows[at - 1].words, words) or _decides_next(rows, title, at)):
            return at
        size += len(words)
        first = bare and at == title + 1
        if first and _title_with_dot(words, rows[at + 1].words if at + 1 < len(rows) else ""):
            continue
        if _ends_title(words, first) or size > _TITLE_CHARS:
            return at
    return len(rows)


def _title_with_dot(words: str, after: str) -> bool:
    """Whether the line under a bare type word is a title that ends in a dot: the opening follows it."""
    cites = CODE.re.search(words) is not None
    return words.endswith(".") and not cites and len(words) < 250 and bool(formulas.PREAMBLE.re.match(after))


def _decides_next(rows: Sequence[Row], title: int, at: int) -> bool:
    """Whether a line in capitals names who decides: under a decision's title, above its bases."""
    words = rows[at].words
    after = rows[at + 1].words if at + 1 < len(rows) else ""
    if not words.isupper() or not formulas.PREAMBLE.re.match(after):
        return False
    decides = rows[title].words.lstrip(" *_").startswith(("QUYẾT ĐỊNH", "NGHỊ QUYẾT"))
    return decides and (formulas.names_post(words) or head_of(words) is not None)


def _who_decides(before: str, words: str) -> bool:
    """Whether a line in capitals behind a title in small letters names who decides (``CHỦ TỊCH UBND …``)."""
    if not words.isupper() or before.isupper():
        return False
    return formulas.names_post(words) or head_of(words) is not None


def _after_lines(rows: Sequence[Row], first: int) -> int:
    """The row behind a title that lost its type line: the lines in capitals, or one short line.

    15 of 98 plans that were copied from the web have lost the word KẾ HOẠCH.
    """
    at = first
    while at < len(rows) and rows[at].words.isupper() and not labels(rows[at].words) and at - first < 5:
        at += 1
    if at > first or first == 0 or first >= len(rows):
        return at
    words = rows[first].words
    short = len(words) < 200 and not words.endswith((".", ";", ":", ","))
    return first + 1 if short and not labels(words) and not formulas.PREAMBLE.re.match(words) else first


def _ends_title(words: str, first: bool) -> bool:
    """Whether this row can no longer belong to the title."""
    numbered = [label for label in labels(words) if label.style != "bullet"]
    if numbered and numbered[0].number == 1:
        return True
    if words.lower().startswith(("căn cứ", "kính gửi", "chủ đề", "chủ điểm")) or formulas.RECIPIENTS.re.match(
        words
    ):
        return True
    if words.isupper() and len(words) < 300:
        return False
    closed = words.endswith((".", ";", ":", "./."))
    if first:
        return (closed and bool(formulas.PREAMBLE.re.match(words))) or len(words) > 350
    return closed or len(words) > 200 or (bool(formulas.PREAMBLE.re.match(words)) and len(words) > 60)


def _after_letterhead(rows: Sequence[Row]) -> int:
    """Where a document without a type line leaves its letterhead: behind the last of its lines."""
    last = -1
    for at, row in enumerate(rows[:40]):
        numbered = any(label.style != "bullet" for label in labels(row.words))
        if numbered or formulas.RECIPIENTS.re.match(row.words):
            break
        if (
            (formulas.MOTTO.re.search(row.words) and not formulas.PREAMBLE.re.match(row.words))
            or formulas.OWN_NUMBER.re.match(row.words)
            or _dates(row.words)
            or row.words.lower().startswith(("v/v", "kính gửi"))
        ):
            last = at
    return last + 1


def _dates(words: str) -> bool:
    """Whether a line is a date line: with nothing of weight behind the date."""
    match = DATELINE.re.search(words) if len(words) < 120 else None
    return match is not None and len(words) - match.end() < 20 and not formulas.PREAMBLE.re.match(words)


def _body_row(rows: Sequence[Row], start: int) -> int:
    """The first numbered item that opens a list (I. A. 1. Phần thứ nhất, Điều 1) is the body's start.

    Where a Roman one, an ``A`` or a ``Phần`` follows and all before it cites (``Căn cứ`` …), the
    numbered citations belong to the preamble.
    """
    first = None
    for at in range(start, len(rows)):
        if formulas.RECIPIENTS.re.match(rows[at].words):
            break
        if opens_list(labels(rows[at].words)):
            first = at
            break
    if first is None:
        return _bulleted_body(rows, start)
    if labels(rows[first].words)[0].style == "arabic":
        for at in range(first, min(first + 15, len(rows))):
            if _heads_body(rows[at].words):
                between = [r.words for r in rows[first:at] if labels(r.words)]
                cites = sum(bool(formulas.PREAMBLE.re.match(_unlabelled(w))) or "/" in w for w in between)
                return at if cites >= 0.8 * len(between) else first
    return first


def _unlabelled(words: str) -> str:
    found = labels(words)
    return words[found[0].end :] if found else words


def opens_list(readings: Sequence[Label]) -> bool:
    """Whether a label can open the body: a first number, or a lost first number before capitals."""
    return any(
        (
            label.style in ("roman", "upper", "arabic")
            and label.number in (1, 2)
            and bool(label.mark or label.style in ("roman", "arabic"))
        )
        or (label.style.startswith("part") and label.number == 1)
        or (label.style == "decimal" and label.number == 1)
        or (label.style == "lower" and label.number == 1 and label.mark == ")")
        for label in readings
    )


def _bulleted_body(rows: Sequence[Row], start: int) -> int:
    """Without numbers the body begins behind the opening formula (``… như sau:``)."""
    for at in range(start, min(start + 15, len(rows))):
        if formulas.RECIPIENTS.re.match(rows[at].words):
            break
        if rows[at].words.endswith(":"):
            return at + 1
    return start
