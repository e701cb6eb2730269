"""Damage a clean plan the way PDF export, web editors and old keyboards do. Seeded by the plan's name."""

import random
import re
import unicodedata
from collections.abc import Callable

Step = Callable[[str, random.Random], str]
CODE = re.compile(r"\d/[A-ZĐ]+-(?=[A-ZĐ])")
COLUMNS = re.compile(r"\S {5,}\S")  # two columns on one line: not to be wrapped


def cut_lines(line: str, width: int, codes: bool = False) -> list[str]:
    """``line`` in pieces of ``width`` at most, cut at a blank or, after 45 columns, in a code's hyphen."""
    out = []
    while len(line) > width and not COLUMNS.search(line):
        hyphens = [m.end() for m in CODE.finditer(line, 45, width)] if codes else []
        cut = hyphens[-1] if hyphens else line.rfind(" ", 0, width + 1) + 1
        if not cut:
            break
        out.append(line[:cut].rstrip(" "))
        line = line[cut:]
    return [*out, line]


def wrap(text: str, rng: random.Random) -> str:
    """Lines cut at 80 columns, as a PDF prints them."""
    return "\n".join(piece for line in text.split("\n") for piece in cut_lines(line, 80))


def wrap_codes(text: str, rng: random.Random) -> str:
    """As wrap, but of the widths from 72 to 88 the one that cuts most codes after their hyphen."""
    out = []
    for line in text.split("\n"):
        ways = [cut_lines(line, width, codes=True) for width in (80, *range(72, 89))]
        out += max(ways, key=lambda pieces: sum(piece.endswith("-") for piece in pieces))
    return "\n".join(out)


def blank_lines(text: str, rng: random.Random) -> str:
    """A blank line after every printed line."""
    return "\n\n".join(line for line in text.split("\n") if line.strip()) + "\n"


def pages(text: str, rng: random.Random, height: int = 34) -> str:
    """A lone page number every 34 printed lines; the next page's first line starts with one space."""
    out, printed, page, fresh = [], 0, 1, False
    body = text.split("Nơi nhận")[0].count("\n")  # the footer stays on the last page
    for i, line in enumerate(text.split("\n")):
        if fresh and line.strip():
            line, fresh = " " + line, False
        out.append(line)
        printed += bool(line.strip())
        if printed == height and i < body - 6:
            page, printed, fresh = page + 1, 0, True
            out += ["", str(page), ""]
    return "\n".join(out)


def horn(text: str, rng: random.Random) -> str:
    """ư typed as ƣ (U+01A3), and HÕA for HÒA."""
    return text.translate(str.maketrans("ưƯ", "ƣƢ")).replace("HÒA", "HÕA")


def eth(text: str, rng: random.Random) -> str:
    """Icelandic Ð ð for Đ đ."""
    return text.translate(str.maketrans("Đđ", "Ðð"))


def invisible(text: str, rng: random.Random) -> str:
    """Soft hyphens inside words, zero-width marks, no-break spaces."""
    text = re.sub(
        r"(?<=\w\w)(?=\w\w)",
        lambda m: rng.choice(["\u00ad", "\u200b", "\u200d"]) if rng.random() < 0.02 else "",
        text,
    )
    text = re.sub(r"(?<=\w) (?=\w)", lambda m: "\u00a0" if rng.random() < 0.15 else " ", text)
    return "\ufeff" + text


def bullets(text: str, rng: random.Random) -> str:
    """The private-use bullets of Word's symbol fonts."""
    return re.sub(r"^\+ ", "\uf0a7 ", re.sub(r"^- ", "\uf02d ", text, flags=re.M), flags=re.M)


def markdown(text: str, rng: random.Random) -> str:
    """Bold title (over its lines), bold Roman headings, italics in quotes, bold signature."""
    text = re.sub(r"^(KẾ HOẠCH\b.*(?:\n.+)*)", r"**\1**", text, count=1, flags=re.M)
    text = re.sub(r"^([IVX]+[./].*|\d\. [\W\dA-ZĐÀ-ỸƯƠ]+)$", r"**\1**", text, flags=re.M)
    text = re.sub(r"([“\"])([^“”\"\n]+)([”\"])", r"\1*\2*\3", text)
    return re.sub(r"^((?:TM\..*\n)?KT\..*\nPHÓ.*)$", r"**\1**", text, flags=re.M)


def nfd(text: str, rng: random.Random) -> str:
    """Every mark a code point of its own, as macOS writes them; some spaces do not break."""
    text = re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)
    return unicodedata.normalize("NFD", text)


def lost_dots(text: str, rng: random.Random) -> str:
    """The dot after a heading's number dropped with its glyph."""
    return re.sub(r"^(\d)\. (?=[A-ZĐ][^.]{3,60}$)", lambda m: m[1] + "  ", text, flags=re.M)


def lost_spaces(text: str, rng: random.Random) -> str:
    """No space between a date and the next word, nor between a colon and a quote."""
    text = re.sub(r"(ngày \d{1,2}/\d{1,2}/\d{4}) (?=của)", r"\1", text)
    return re.sub(r": “", ":“", text)


def columns(text: str, rng: random.Random) -> str:
    """Letterhead and footer: the two columns of the page come out on the same lines."""
    lines = text.split("\n")
    motto = next(i for i, line in enumerate(lines) if line.startswith("CỘNG HÒA"))
    if motto == 2:
        lines[:4] = [f"{lines[0]:<24}{lines[2]}", f"{lines[1]:<32}{lines[3]}"]
        lines[2:4] = [f"{lines[2]:<32}{lines[3]}"]
    foot = next(i for i, line in enumerate(lines) if line.startswith("Nơi nhận"))
    last = next(i for i in range(foot, len(lines)) if lines[i].startswith("- Lưu"))
    left, right = lines[foot : last + 1], [line for line in lines[last + 1 :] if line.strip()]
    for i, line in zip([*range(len(right) - 1), len(left) - 1], right, strict=True):
        left[i] = f"{left[i]} {line}" if i == 0 else f"{left[i]:<48}{line}"
    return "\n".join(lines[:foot] + left) + "\n"


def wrong_code_page(text: str, rng: random.Random) -> str:
    """UTF-8 read as Windows-1252."""

    def one(byte: int) -> str:
        try:
            return bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            return chr(byte)

    return "".join(map(one, text.encode("utf-8")))


RECIPES: dict[str, tuple[Step, ...]] = {
    "tinh-2019-tre-em": (wrap_codes, pages, blank_lines),
    "huyen-2023-hiv": (wrap_codes, horn, pages, blank_lines),
    "huyen-uy-2015-chi-thi": (wrap_codes, horn, pages),
    "thanh-pho-2020-sot-xuat-huyet": (wrap_codes, bullets, pages, blank_lines),
    "thi-tran-2019-attp": (wrap_codes, eth, bullets),
    "phuong-2021-tre-em": (markdown,),
    "tinh-2025-binh-dang-gioi": (wrap, markdown),
    "so-2022-atvsld": (nfd,),
    "xa-2026-chuyen-doi-so": (invisible,),
    "dac-khu-2025-pccc": (columns, wrap),
    "benh-vien-2024-attp": (lost_dots, lost_spaces, wrap_codes),
    "cong-van-2023-tre-em": (wrong_code_page,),
}


def damage(name: str, clean: str) -> str:
    rng = random.Random(name)
    for step in RECIPES[name]:
        clean = step(clean, rng)
    return clean
