"""Plans as pages, set after Nghị định 30/2020/NĐ-CP. Lengths are points, as in ``corpus_page``."""

import random
import re

from corpus_page import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Line,
    Page,
    Piece,
    Setter,
    Word,
    width,
    words_of,
    wrap,
)
from corpus_read import (
    CAPS,
    DATE,
    FREEDOM,
    HEADING,
    MARKS,
    MOTTO,
    NUMBER,
    NUMBERED,
    PART,
    RULE,
    START,
    TYPE,
    Footer,
    footer_of,
    halves,
    letterhead_of,
    listed,
    marked,
    new_issuer,
    opens_footer,
    plain,
    runs,
    unwrapped,
)

SIGN_ROOM = 70
LONG = 9000  # characters from which a plan is set in 13 pt


def spaced(text: str) -> list[str]:
    """Words of ``text``; a run of blanks stays, as it is room for a pen."""
    return re.sub(r" {2,}", lambda m: "\u00a0" * len(m[0]), text).split(" ")


def slot(text: str, hand: bool, style: str) -> list[list[Piece]]:
    """Words of a number or date line, its number or day by hand if asked."""
    pattern = r"^(Số\W*)(\d+)" if NUMBER.match(text) else r"(ngày\s*)(\d+)"
    match = re.search(pattern, text) if hand else None
    if not match:
        return [[(word, style, False)] for word in spaced(text)]
    head, tail = text[: match.start(2)], text[match.end(2) :]
    words = [[(word, style, False)] for word in spaced(head.rstrip())]
    glued = head == head.rstrip()
    digits = [(match[2], style, True)]
    if glued:
        words[-1] += digits
    else:
        words.append(digits)
    rest = spaced(tail)
    if rest[0]:
        words[-1].append((rest[0], style, False))
    return words + [[(word, style, False)] for word in rest[1:]]


def set_letterhead(press: Setter, left: list[str], right: list[str]) -> None:
    """The two columns, thin rules under issuer and motto."""
    x, room, split = 56, 495, 202
    issuers = [i for i, text in enumerate(left) if not NUMBER.match(text) and not re.match("V/v", text)]
    names = [i for i in issuers if not RULE.match(left[i])]
    press.page.issuer = [left[i] for i in names]
    centre, y, rows = x + split / 2, press.y, press.y

    def one(text: str, style: str, size: float, at: int, width_: int, above: float) -> float:
        words = slot(text, press.hand, style)
        press.y = rows + above
        return rows + above + press.block([(words, size, 0)], at, width_, "letterhead", True)

    for i, text in enumerate(left):
        if RULE.match(text):
            if "*" in text:
                rows = one(text, "", 12, x, split, 0)
            continue
        bold = "B" if i in names and (i != names[0] or len(names) == 1) else ""
        rows = one(
            text,
            bold,
            12 if i in issuers or text.startswith("V/v") else 13,
            x,
            split,
            0 if i in issuers else 6,
        )
        if names and i == names[-1] and not any("*" in line for line in left):
            press.rule(centre, rows + 2.5, 62)
            rows += 3
    low, rows = rows, y
    centre = x + split + (room - split) / 2
    for text in right:
        dated = bool(DATE.match(text)) and not FREEDOM.match(text)
        size = 13 if not MOTTO.search(text) else 12.3
        rows = one(text, "I" if dated else "B", size, x + split, room - split, 8 if dated else 0)
        if FREEDOM.match(text) or (MOTTO.search(text) and not any(map(FREEDOM.match, right))):
            press.rule(centre, rows + 2.5, width(text, "B", size) * 0.95)
            rows += 3
    press.y = max(low, rows) + 14


def set_title(press: Setter, lines: list[str]) -> None:
    """Type word and title, a thin rule below."""
    for i, line in enumerate(lines):
        note = plain(line).startswith("(")
        style = "I" if note else "B"
        text = re.sub(r"\s{2,}", " ", plain(line)) if i else plain(line).replace("   ", "\u00a0\u00a0")
        press.paragraph([(text, style)], align="centre", gap=0)
    press.rule(WIDTH / 2 + (LEFT - RIGHT) / 2, press.y + 3, 95)
    press.y += 14


def set_body(press: Setter, line: str) -> None:
    """A heading or a paragraph."""
    text = plain(line)
    if RULE.match(text) and "*" not in text:
        return
    if PART.match(text) and len(text) < 110 and re.search(f"[{CAPS}]{{2}}|^Phần|^Chương|^Mục", text):
        numbered = HEADING.match(text) or NUMBERED.match(text)
        press.need(press.size * 3.6)
        press.paragraph(runs(line, "B"), align="justify" if numbered else "centre")
    elif (HEADING.match(text) and len(text) < 120) or (
        NUMBERED.match(text) and len(text) < 90 and text[-1] not in ".;,"
    ):
        press.need(press.size * 3.6)
        press.paragraph(runs(line, "B"))
    else:
        press.paragraph(runs(line))


def table_end(lines: list[str], i: int) -> int:
    """Where the table ends that begins at line ``i``; 0 if none. Without a ``|`` in front it has two rows."""
    end = next(
        (j for j in range(i, len(lines)) if not re.search(r"^\||\S \| \S", plain(lines[j]))), len(lines)
    )
    return end if end > i + 1 or (end > i and plain(lines[i]).startswith("|")) else 0


def columns(rows: list[list[str]], size: float) -> list[float]:
    """Widths of a table's columns, after their longest texts, in points."""
    room = WIDTH - LEFT - RIGHT
    longest = [
        max(width(plain(cell), "B", size) for cell in column) + 10 for column in zip(*rows, strict=True)
    ]
    wide = [min(max(length, 34), 190) for length in longest]
    return [w * room / sum(wide) for w in wide]


def set_table(press: Setter, lines: list[str]) -> None:
    """Rows ``| a | b |`` with rules around each cell; a row stays on one page."""
    rows = [[cell.strip() for cell in plain(line).strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    count = max(map(len, rows))
    rows = [row + [""] * (count - len(row)) for row in rows]
    size, pad = press.size - 1, 4
    wide = columns(rows, size)
    for i, row in enumerate(rows):
        cells = [
            wrap(words_of([(text, "" if i else "B")]), size, w - 2 * pad)
            for text, w in zip(row, wide, strict=True)
        ]
        high = max(len(cell) for cell in cells) * size * 1.22 + 2 * pad
        press.need(min(high, HEIGHT - TOP - BOTTOM))
        x, y = float(LEFT), press.y
        for cell, w in zip(cells, wide, strict=True):
            press.y = y + pad - 1
            if cell[0]:
                press.block(
                    [([word for line in cell for word in line], size, 0)],
                    x + pad,
                    w - 2 * pad,
                    "table",
                    not i,
                )
            press.page.rules += [(x, y, x + w, y), (x, y + high, x + w, y + high)]
            press.page.rules += [(x, y, x, y + high), (x + w, y, x + w, y + high)]
            x += w
        press.y = y + high
    press.y += 8


def sign_rows(column: list[str]) -> list[tuple[list[list[Piece]], float, float]]:
    """Rows of a signature column with the room above the signer's name."""
    notes = [text for text in column if MARKS.match(text)]
    column = [text for text in column if text not in notes]
    has_name = len(column) > 1
    rows = []
    for i, text in enumerate(column):
        last = has_name and i == len(column) - 1
        if last and notes:
            rows.append((words_of([(" ".join(notes), "I")]), 11, 2))
        rows.append((words_of([(text, "B")]), 13.5, (SIGN_ROOM - 14 * bool(notes)) if last else 0))
    if not has_name:
        rows += [(words_of([(note, "I")]), 12, 2) for note in notes]
    return rows


def block_height(rows: list[tuple[list[list[Piece]], float, float]], room: float) -> float:
    return sum(above + len(wrap(words, size, room)) * size * 1.22 for words, size, above in rows)


def set_signers(press: Setter, foot: Footer) -> float:
    """Signature columns side by side; the height used."""
    both = all(foot.signers)
    places = ((LEFT - 10, 220), (315, 225)) if both else ((LEFT, 1), (295, 243))
    high = 0.0
    for column, (x, room) in zip(foot.signers, places, strict=True):
        if not column:
            continue
        rows = sign_rows(column)
        high = max(high, press.block(rows, x, room, "footer", True))
        named = [i for i, row in enumerate(rows) if row[2] > 20]
        if named:
            top = press.y + block_height(rows[: named[0]], room)
            press.page.signs.append((x, top, x + room, top + rows[named[0]][2]))
    return high


def set_footer(press: Setter, foot: Footer) -> None:
    """Recipients left, signature right; two signers stand over the full width."""
    listed = []
    for text in foot.recipients:
        head = bool(re.match(r"\W*N[oơ]i nhận\W*$", text))
        listed.append((words_of([(text, "BI" if head else "")]), 12 if head else 11, 0))
    room = 205 if any(foot.signers) and not all(foot.signers) else 430
    tall = max([block_height(sign_rows(column), 225) for column in foot.signers if column], default=0)
    press.y += 10
    if not all(foot.signers):
        press.need(max(tall, block_height(listed, room)))
        high = press.block(listed, LEFT, room, "footer", False)
        press.y += max(high, set_signers(press, foot)) + 12
        return
    for signs in (True, False) if foot.signs_first else (False, True):
        press.need(tall if signs else block_height(listed, room))
        press.y += (
            set_signers(press, foot) if signs else press.block(listed, LEFT, room, "footer", False)
        ) + 12


def set_opening(press: Setter, lines: list[str]) -> int:
    """Letterhead and title where ``lines`` begin with them; how many lines they take."""
    near = [i for i, line in enumerate(lines[:45]) if TYPE.match(plain(line))]
    marks = [
        i
        for i, line in enumerate(lines[:25])
        if NUMBER.match(plain(line)) or any(map(MOTTO.match, halves(plain(line))))
    ]
    end = near[0] if near else 0
    if marks and (not near or marks[0] > near[0]):
        dated = [i for i, line in enumerate(lines[:25]) if DATE.match(halves(plain(line))[-1])]
        end = max([*marks, *(i for i in dated if i < marks[-1] + 5)]) + 1
    first = next((i for i, line in enumerate(lines[:end]) if opens_letterhead(line)), 0)
    columns_ = letterhead_of(lines[first:end])
    if not columns_:
        end = near[0] if near else 0
    for line in lines[: first if columns_ else end]:
        if plain(line):
            set_body(press, line)
    if columns_:
        set_letterhead(press, *columns_)
    return end + (set_heading(press, lines[end:]) if near and end <= near[0] else 0)


def opens_letterhead(line: str) -> bool:
    """True for the first line of a letterhead: capitals or two columns, not the heading of a form."""
    text = plain(line)
    return (text.isupper() or len(halves(line)) > 1) and not re.match("MẪU|BIỂU|PHỤ LỤC", text)


def set_heading(press: Setter, lines: list[str]) -> int:
    """Type word and title lines; how many lines they take."""
    title, used = [lines[0]], 1
    double = sum(not plain(line) for line in lines) > len(lines) * 0.4
    for i, line in enumerate(lines[1:9], 1):
        text = plain(line)
        if RULE.match(text) and text:
            used = i + 1
            break
        if (not text and len(title) > 1 and not double) or (text and len(title) > 1 and START.match(text)):
            break
        if text and (text.endswith((".", ";")) or (len(title) > 2 and len(text) > 110)):
            break
        if text:
            title.append(line)
            used = i + 1
    set_title(press, title)
    return used


def set_section(press: Setter, lines: list[str]) -> list[str]:
    """Set one document down to its footer; the lines after it."""
    i = set_opening(press, lines)
    while i < len(lines):
        text = plain(lines[i])
        if opens_footer(lines, i):
            foot, used = footer_of(lines[i:])
            set_footer(press, foot)
            i += max(used, 1)
            if i < len(lines) and any(plain(line) for line in lines[i:]) and new_issuer(lines[i:]):
                return lines[i:]
        elif end := table_end(lines, i):
            set_table(press, lines[i:end])
            i = end
        else:
            if text:
                set_body(press, lines[i])
            i += 1
    return []


def number_pages(press: Setter, top: bool) -> None:
    """The page's number, centred, from the second page on."""
    for number, page in enumerate(press.pages[1:], 2):
        text, x = str(number), (WIDTH + LEFT - RIGHT) / 2
        wide, y = width(text, "", 13), 30.0 if top else HEIGHT - 45.0
        word = Word(text, x - wide / 2, y + 12, 13)
        line = Line(text, (x - wide / 2, y, x + wide / 2, y + 15), "pagenumber", [word])
        page.lines.insert(0 if top else len(page.lines), line)


def layout(text: str, seed: int = 0, hand: bool = False) -> list[Page]:
    """A plan's text as pages; ``hand`` leaves own number and day to a pen, ``seed`` varies the looks.

    Of the usual leadings the first is taken that leaves no footer alone on its page.
    """
    rng = random.Random(seed)
    size = 13 if len(text) > LONG else 14
    leadings = rng.sample((1.2, 1.24, 1.28, 1.32, 1.36), 5)
    tries = (set_text(text, size, leading, hand) for leading in leadings)
    press = next((press for press in tries if not lonely(press.pages)), None)
    press = press or set_text(text, size, leadings[0], hand)
    number_pages(press, rng.random() < 0.7)
    return press.pages


def set_text(text: str, size: float, leading: float, hand: bool) -> Setter:
    """All documents in ``text``, each beginning on a page of its own."""
    press = Setter(size, leading, hand)
    lines = [piece for line in unwrapped(marked(text)) for piece in listed(line)]
    while lines := drop_blank(lines):
        lines = set_section(press, lines)
        if lines:
            press.feed()
    return press


def lonely(pages: list[Page]) -> bool:
    """True where a page holds nothing but a footer."""
    return any({line.part for line in page.lines} == {"footer"} for page in pages)


def drop_blank(lines: list[str]) -> list[str]:
    """``lines`` from the first that is not blank."""
    first = next((i for i, line in enumerate(lines) if plain(line)), len(lines))
    return lines[first:]
