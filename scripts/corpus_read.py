"""Plans as text: which of their lines are letterhead, heading, table or footer."""

import re
import unicodedata
from dataclasses import dataclass, field

from corpus_page import Run

BOLD, ITALIC, STAR = "\x01", "\x02", "\ue000"
CAPS = "A-ZĐÀ-ÖØ-ÝĂƠƯẠ-Ỹ"
MOTTO = re.compile(
    r"CỘNG H(?:ÒA|OÀ|ÕA) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|^ĐOÀN TNCS HỒ CHÍ MINH$"
)
FREEDOM = re.compile(r"[ĐÐ]ộc lập\s*[-–]\s*Tự do.*")
DATE = re.compile(r"\S.*?,?\s*ngày\s*[\d…._]*\s*tháng\s.*năm\s*\S+\s*$")
NUMBER = re.compile(r"^Số\b")
RULE = re.compile(r"^[\s*_—–=-]+$")
TYPE = re.compile(
    r"^(?:KẾ HOẠCH|K Ế\s+H O Ạ C H|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|HƯỚNG DẪN|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|PHƯƠNG ÁN|"
    r"ĐỀ ÁN|CHỈ THỊ|NGHỊ QUYẾT|CÔNG ĐIỆN|PHỤ LỤC)(?!\s*:)"
)
GAP = re.compile(r"(?<=\S)(?<!Số)(?<!Số:)(?<!ngày)(?<!tháng)\s{3,}(?=[^\s/…])")
START = re.compile(
    r"^(?:Căn cứ|Thực hiện (?:Kế|Công|Chỉ|Nghị|Quyết|Chương|văn|các|Luật|Hướng|Thông)|Nhằm|Để |Xét|Theo |"
    r"Ngày \d|Năm \d|Nay |Kính gửi|Đ[uư]ợc|[IVX]+\s?[-./)]|[A-Z1-9][-./)]|[-+•|*]\s?\S)"
)
HEADING = re.compile(r"^(?:[IVX]+|[A-H])\s?[-./)]+\s*\S|^[IVX]+ (?=[A-ZĐ]{2})")
PART = re.compile(rf"^(?:Phần|Chương|Mục|PHẦN|CHƯƠNG)\s+(?:thứ|[IVX\d])|^[{CAPS}\d\s,.:&/()–-]{{6,}}$")
NUMBERED = re.compile(r"^(?!\d+/\d)\d+(?:\.\d+)*\s?[-./)]+\s*\S")
POST = re.compile(
    rf"^\W*(?:TM|T/M|T\.M|KT|K/T|TL|TUQ|Q)\s?\.?\s?[{CAPS}]|^\W*(?:QUYỀN |PHÓ )?(?:GIÁM ĐỐC|HIỆU TRƯỞNG|"
    r"CHỦ TỊCH|BÍ THƯ|TRƯỞNG|THỦ TRƯỞNG|CHỦ NHIỆM|BỘ TRƯỞNG|CHI CỤC TRƯỞNG|CỤC TRƯỞNG|DUYỆT|NGƯỜI LẬP|CHÁNH)"
)
NAME = re.compile(rf"^(?:[\w.]+\s+)?(?:[{CAPS}][\w’'-]*\s*){{1,6}}$")
MARKS = re.compile(r"\(?\s*(?:đã ký|ký tên|ký,).*", re.IGNORECASE)


def plain(text: str) -> str:
    """``text`` without the marks of style, blanks cut off at its ends."""
    return text.replace(BOLD, "").replace(ITALIC, "").strip()


def marked(text: str) -> list[str]:
    """Lines in NFC with Markdown's pairs of stars turned into BOLD and ITALIC, each line on its own."""
    text = unicodedata.normalize("NFC", text.replace("\ufeff", "").replace("\t", "    "))
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))
    text = text.replace("\\*", STAR).replace("\\_", "_")
    for stars, mark in (("***", BOLD + ITALIC), ("**", BOLD), ("*", ITALIC)):
        star = re.escape(stars)
        pair = rf"(?<!\*){star}(?=[^\s*])((?:[^*\n]|\n(?!\s*\n))+?)(?<=[^\s*]){star}(?!\*)"
        text = re.sub(pair, lambda m, mark=mark: mark + m[1] + mark[::-1], text)
    out, held = [], ""
    for line in text.replace(STAR, "*").split("\n"):
        row = held + line.rstrip()
        held = "".join(mark for mark in (BOLD, ITALIC) if row.count(mark) % 2)
        out.append(row + held)
    return out


def unwrapped(lines: list[str]) -> list[str]:
    """Lines cut at a fixed width put together again: a long one runs on in one that begins in lower case."""
    out: list[str] = []
    blank = False
    for line in lines:
        text = plain(line)
        last = next((plain(done) for done in reversed(out) if plain(done)), "")
        loose = blank and len(last) < 60
        if text and last.endswith(",") and HEADING.match(last) and (last + text).isupper():
            out[-1] += " " + line.strip()
            continue
        if text and len(last) > 55 and not loose and last[-1] not in ".;:" and runs_on(text):
            while not plain(out[-1]):
                out.pop()
            out[-1] += " " + line.strip()
        elif text or not blank:
            out.append(line)
            blank = not text
            continue
        blank = False
    return out


def runs_on(text: str) -> bool:
    return text[0].islower() and not re.match(r"\w[).]", text)


def runs(line: str, style: str = "") -> list[Run]:
    """The line as pieces of one style each, ``style`` laid under all."""
    out, bold, italic = [], "B" in style, "I" in style
    for piece in re.split(f"([{BOLD}{ITALIC}])", line.strip()):
        if piece == BOLD:
            bold = not bold or "B" in style
        elif piece == ITALIC:
            italic = not italic or "I" in style
        elif piece:
            out.append((piece, "B" * bold + "I" * italic))
    return out


def halves(line: str) -> list[str]:
    """A letterhead line as its one or two columns."""
    parts = [part.strip() for part in GAP.split(line.strip()) if part.strip()]
    if len(parts) > 1:
        return [parts[0], " ".join(parts[1:])]
    for pattern in (MOTTO, FREEDOM):
        if (match := pattern.search(line)) and line[: match.start()].strip():
            return [line[: match.start()].strip(), line[match.start() :].strip()]
    if NUMBER.match(line) and (match := re.match(r"(Số.*?/.*?)\s+([^/]*,\s*ngày.*)$", line)):
        return [match[1], match[2]]
    return [line.strip()]


def letterhead_of(lines: list[str]) -> tuple[list[str], list[str]] | None:
    """Left and right column of a letterhead, or None where ``lines`` are none."""
    left: list[str] = []
    right: list[str] = []
    for line in filter(None, map(plain, lines)):
        if len(line) > 120:
            return None
        parts = halves(line)
        if len(parts) == 2:
            left.append(parts[0])
            right.append(parts[1])
        elif MOTTO.search(line) or FREEDOM.match(line) or (DATE.match(line) and not line.startswith("V/v")):
            right.append(line)
        else:
            left.append(line)
    known = any(MOTTO.search(text) for text in right) or any(NUMBER.match(text) for text in left)
    return (left, [text for text in right if not RULE.match(text)]) if known and left else None


@dataclass
class Footer:
    """Recipients at the left and one or two signature columns; ``signs_first`` if they stand above."""

    recipients: list[str] = field(default_factory=list)
    signers: list[list[str]] = field(default_factory=lambda: [[], []])
    signs_first: bool = False


def ends_footer(text: str) -> bool:
    """True for a line that no footer has."""
    return bool(len(text) > 95 or TYPE.match(text) or MOTTO.search(text) or HEADING.match(text))


def is_item(text: str) -> bool:
    return bool(re.match(r"^[-+•–*]\s?\S", text) or re.match(r"\W*N[oơ]i nhận", text))


def is_signer(text: str) -> bool:
    caps = text.upper() == text and any(map(str.isalpha, text))
    return bool(POST.match(text) or caps or MARKS.match(text) or (NAME.match(text) and text[-1] not in ";,."))


def footer_parts(text: str) -> list[str]:
    """A footer's line as its one or two columns; a post behind an item is the second also after one blank."""
    parts = [part.strip() for part in re.split(r"(?<=\S)\s{3,}(?=\S)", text)]
    match = re.match(rf"(\W*N[oơ]i nhận\s*:|-.*?[;.,)])\s+([{CAPS}][{CAPS}.,\s]{{5,}})$", text)
    return [match[1], match[2].strip()] if match and len(parts) == 1 and POST.match(match[2]) else parts


def footer_of(lines: list[str]) -> tuple[Footer, int]:
    """The footer that ``lines`` begin with and how many of them it takes."""
    foot, listing, used = Footer(), False, 0
    for i, line in enumerate(lines):
        text = plain(line)
        parts = footer_parts(text)
        if text and (ends_footer(text) or new_issuer(lines[i:])):
            break
        if not text:
            continue
        used = i + 1
        right = len(line) - len(line.lstrip()) >= 20
        if right or not listing or not is_item(parts[0]):
            listing = listing and not is_signer(parts[0]) and not right
        if is_item(parts[0]):
            listing = True
        if not foot.recipients and not any(foot.signers):
            foot.signs_first = not listing
        if right:
            foot.signers[1].append(text)
        elif listing:
            foot.recipients.append(parts[0])
            foot.signers[1] += parts[1:]
        elif len(parts) > 1:
            foot.signers[0].append(parts[0])
            foot.signers[1] += parts[1:]
        elif foot.signers[0] and line[:1].strip():
            foot.signers[0].append(text)
        else:
            foot.signers[1].append(text)
        listing = listing or (len(parts) > 1 and bool(foot.recipients))
    return foot, used


def new_issuer(lines: list[str]) -> bool:
    """True where a second letterhead begins: a capital line, soon the motto."""
    near = [plain(line) for line in lines if plain(line)][:6]
    return near[0].isupper() and not POST.match(near[0]) and any(map(MOTTO.search, near[1:]))


def opens_footer(lines: list[str], i: int) -> bool:
    """True where line ``i`` opens a footer: its heading, or a post with a few short lines to its name."""
    text = plain(lines[i])
    parted = is_item(text) and not text.startswith("-") and len(footer_parts(text)) == 2
    if parted or re.match(r"\W*N[oơ]i nhận\s*:?\s*$", text):
        return True
    near = [plain(line) for line in lines[i : i + 12] if plain(line)]
    short = all(len(line) < 90 for line in near) and not any(map(NUMBERED.match, near))
    return i > len(lines) * 0.3 and bool(POST.match(text)) and text.isupper() and short


def listed(line: str) -> list[str]:
    """Recipients that stand on one line, an item a line; other lines as they are."""
    match = re.match(r"\W*(N[oơ]i nhận\s*:)\s*(- .*; - .*)", line)
    return [match[1], *re.split(r"(?<=;) (?=- )", match[2])] if match else [line]
