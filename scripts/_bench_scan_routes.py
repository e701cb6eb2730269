"""Is each page read the right way? PDFs of every kind of page, and the routes that they must take."""

import random
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from _bench_scan_pages import FOLDERS, QUALITY, held, pictures, table, through
from corpus_ink import seal
from corpus_page import HEIGHT, WIDTH, Page
from corpus_scanfile import Text, assembled, picture, shown, stream
from PIL import Image

from extractor import legacy

DPI = 200
LEAST = 99.0  # per cent of the pages

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points
Expected = tuple[str, str]  # kinds of route that are right, by blanks; origin, or "" where it does not matter


@dataclass
class Sheet:
    """A page of a PDF: text of its own, and images in their boxes."""

    texts: list[Text] = field(default_factory=list)
    images: list[tuple[Image.Image, Box]] = field(default_factory=list)


@dataclass
class Case:
    """A PDF and what is expected of each of its pages; ``None`` where a page is only company."""

    kind: str
    content: bytes
    expected: list[Expected | None]


TEXT, WHOLE = ("text_layer", "text"), (0.0, 0.0, float(WIDTH), float(HEIGHT))


def measure(plans: Sequence[Path], seed: int) -> None:
    """Print the table, and each page that went the wrong way."""
    astray: list[str] = []
    table(
        f"routing: pages read the right way, per cent (bar ≥ {LEAST:g} over all)",
        ("kind of page", "pages", "right", "%"),
        rows(plans, seed, astray),
    )
    if astray:
        print(*astray, sep="\n")


def rows(plans: Sequence[Path], seed: int, astray: list[str]) -> Iterator[tuple[object, ...]]:
    """A row each kind of page."""
    tally: dict[str, list[bool]] = {}
    for case in cases(plans, seed):
        tally.setdefault(case.kind, []).extend(verdicts(case, astray))
    for kind, right in tally.items():
        yield kind, len(right), sum(right), f"{100 * sum(right) / max(1, len(right)):.1f}"
    every = [right for marks in tally.values() for right in marks]
    percent = 100 * sum(every) / max(1, len(every))
    yield "all", len(every), sum(every), held("routing", percent, LEAST, least=True, form=".1f")


def verdicts(case: Case, astray: list[str]) -> Iterator[bool]:
    """Is each page read as expected?"""
    _, source, refusal = through(case.content, f"{case.kind}.pdf")
    for at, expected in enumerate(case.expected):
        if expected is None:
            continue
        page = source.pages[at] if source and at < len(source.pages) else None
        route = (page.route.kind if page.route else "-", page.origin) if page else (refusal, "")
        good = page is not None and route[0] in expected[0].split() and expected[1] in ("", route[1])
        if not good:
            astray.append(f"  {case.kind}, page {at + 1}: {' '.join(route)}; expected {' '.join(expected)}")
        yield good


def cases(plans: Sequence[Path], seed: int) -> Iterator[Case]:
    """PDFs of every kind, from the first two pages of each plan."""
    for path in sorted(FOLDERS[0].glob("*.pdf")):
        content = path.read_bytes()
        count = content.count(b"/Type/Page") - content.count(b"/Type/Pages")
        yield Case("digital", content, [TEXT] * count)
        yield Case("digital, ƣ for ư", lookalikes(content), [TEXT] * count)
    for at, plan in enumerate(plans):
        rng = random.Random(seed + at)
        scans, pages = pictures(plan, "mild", DPI, seed, most=2)
        yield from digital_cases(pages, scans)
        yield from scan_cases(pages, scans, rng)
        yield empty_case(scans[0], seed + at)


def digital_cases(pages: Sequence[Page], scans: Sequence[Image.Image]) -> Iterator[Case]:
    """Pages with text of their own, in letters of TCVN3: alone, beside a seal, beside a picture of text."""
    texts = [tcvn3(page) for page in pages]
    yield Case("digital, TCVN3", pdf_of([Sheet(text) for text in texts]), [TEXT] * len(texts))
    stamp = scans[0].crop((0, 0, 300, 300))
    beside = [Sheet(text, [(stamp, (420.0, 700.0, 510.0, 790.0))]) for text in texts]
    yield Case("digital, with a seal", pdf_of(beside), [TEXT] * len(texts))
    half = [text for text in texts[0] if text.y < HEIGHT / 2 - 20]
    part = scans[0].crop((0, scans[0].height // 2, scans[0].width, round(scans[0].height * 0.85)))
    place = (40.0, HEIGHT / 2, WIDTH - 40.0, HEIGHT / 2 + (WIDTH - 80.0) * part.height / part.width)
    yield Case("text and a picture of text", pdf_of([Sheet(half, [(part, place)])]), [("mixed", "mixed")])


def scan_cases(pages: Sequence[Page], scans: Sequence[Image.Image], rng: random.Random) -> Iterator[Case]:
    """Scans: without text, under a signature's words, under a layer of English OCR."""
    layers = {
        "scan": ("no_text_layer", [[] for _ in pages]),
        "scan, e-signature": ("signature_overlay", [signature_words() for _ in pages]),
        "scan, English OCR": ("foreign_ocr_layer signature_overlay", [foreign(page, rng) for page in pages]),
    }
    for kind, (route, texts) in layers.items():
        sheets = [Sheet(text, [(scan, WHOLE)]) for text, scan in zip(texts, scans, strict=True)]
        yield Case(kind, pdf_of(sheets), [expected_of(route, text) for text in texts])


def expected_of(route: str, texts: list[Text]) -> Expected:
    """The route of a scan; a foreign layer of a few words cannot be told from an overlay."""
    long = sum(len(text.text) for text in texts) > 600
    return (route.split()[0] if long else route, "ocr")


def empty_case(scan: Image.Image, seed: int) -> Case:
    """A scan, then pages on which nothing is written: empty, white paper, a seal alone."""
    rng = np.random.default_rng(seed)
    paper = Image.fromarray(np.clip(rng.normal(250, 3, (scan.height, scan.width)), 0, 255).astype(np.uint8))
    stamped = seal(Image.new("RGB", scan.size, "white"), rng, DPI, (380.0, 600.0), ["ỦY BAN NHÂN DÂN"], "red")
    sheets = [Sheet([], [(image, WHOLE)]) for image in (scan, paper.convert("RGB"), stamped)]
    sheets.insert(1, Sheet())
    return Case(
        "empty, white, a seal alone",
        pdf_of(sheets),
        [None, ("blank", ""), ("blank", ""), ("blank no_text_layer", "")],
    )


def tcvn3(page: Page) -> list[Text]:
    """The lines of a page, visible, in the letters by which TCVN3 fonts show Vietnamese."""
    straight = str.maketrans("“”‘’–—…•", "\"\"''--.-")
    found = []
    for line in page.lines:
        letters = legacy.encode(line.text.translate(straight), "tcvn3", "replace").decode("latin-1")
        found.append(Text(letters, line.words[0].x, line.words[0].y, 0.85 * line.words[0].size, True))
    return found


def signature_words() -> list[Text]:
    """What an e-signature prints over a scan."""
    said = ("Ký bởi: UBND", "Email: vanthu@example.gov.vn", "Ngày ký: 22-10-2024 10:15:12 +07:00")
    return [Text(text, 390, 60 + 9 * at, 7, True) for at, text in enumerate(said)]


#: letters as programs that know English read them: Vietnamese letter → what comes out, one of these
MISREAD = {
    "ộ": "Qo?", "Ộ": "QO", "ò": "o6d", "Ò": "O6", "ô": "6o", "Ô": "6O", "ố": "6S5", "ồ": "6d",
    "ơ": "o\"", "ờ": "d6", "ớ": "6o", "đ": "d", "Đ": "DB", "ư": "u", "ứ": "u\"", "ừ": "i\"", "ự": "g\\",
    "ấ": "6i", "ầ": "A", "ậ": "4Q", "ạ": "?4", "Ạ": "4A", "ả": "ad", "ế": "i6", "ệ": "Q", "ề": "6d",
    "ể": "6e", "ị": "!i", "í": "i(", "ì": "i", "ụ": "q\\", "ủ": "ri", "á": "6i", "à": "d", "ă": "i",
    "ắ": "i", "ê": "€6", "ý": "f", "ỹ": "j",
}  # fmt: skip


def garbled(text: str, rng: random.Random) -> str:
    """Vietnamese as an English OCR program writes it: ``CQNG HOA XA HQI``, digits and signs inside words."""
    out = []
    for letter in text:
        bare = unicodedata.normalize("NFD", letter)[0].replace("đ", "d").replace("Đ", "D")
        out.append(rng.choice(MISREAD.get(letter, bare)) if rng.random() < 0.8 else bare)
    return "".join(out)


def foreign(page: Page, rng: random.Random) -> list[Text]:
    """A page's words as an invisible layer that knows no Vietnamese."""
    return [
        Text(garbled(word.text, rng), word.x, word.y, word.size) for line in page.lines for word in line.words
    ]


def lookalikes(content: bytes) -> bytes:
    """A PDF whose fonts say ``ƣ`` where they show ``ư``, as many of those from Word do."""
    out, changed = bytearray(content), 0
    for match in re.finditer(rb"stream\r?\n", content):
        unpack = zlib.decompressobj()
        try:
            data = unpack.decompress(content[match.end() :])
        except zlib.error:
            continue
        if b"begincmap" in data and b"<01B0>" in data:
            room = len(content) - match.end() - len(unpack.unused_data)
            packed = zlib.compress(data.replace(b"<01B0>", b"<01A3>").replace(b"> <", b"><"), 9)
            if len(packed) <= room:
                out[match.end() : match.end() + room] = packed.ljust(room, b"\0")
                changed += 1
    if not changed:
        raise SystemExit("scripts/bench scan: no ToUnicode map could be changed")
    return bytes(out)


def pdf_of(sheets: Sequence[Sheet]) -> bytes:
    """A PDF of A4 pages."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT]
    kids = []
    for sheet in sheets:
        drawn, names = b"", []
        for at, (image, (x0, top, x1, low)) in enumerate(sheet.images):
            objects.append(picture(image, QUALITY))
            names.append(f"/Im{at} {len(objects)} 0 R")
            drawn += (
                f"q {x1 - x0:.2f} 0 0 {low - top:.2f} {x0:.2f} {HEIGHT - low:.2f} cm /Im{at} Do Q\n".encode()
            )
        objects.append(stream(drawn + shown(sheet.texts, HEIGHT)))
        room = f"/Resources << /Font << /F1 3 0 R >> /XObject << {' '.join(names)} >> >>"
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {room} /Contents {len(objects)} 0 R >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return assembled(objects)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
