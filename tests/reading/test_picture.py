"""Picture files of every kind, whole, odd, hostile and broken: a clear outcome in bounded time."""

import struct
import warnings
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from extractor.ground.source import Source
from extractor.ground.trouble import Missing, Trouble
from extractor.reading import ocr, read

pytest.importorskip("numpy", reason="reading pictures needs numpy")
Image = pytest.importorskip("PIL.Image", reason="reading pictures needs Pillow")
ImageDraw = pytest.importorskip("PIL.ImageDraw")
ImageFont = pytest.importorskip("PIL.ImageFont")

FACE = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
LINE = "Kế hoạch của Ủy ban nhân dân tỉnh"
STARTS = ("Căn cứ", "Thực hiện Nghị quyết và", "Theo")

pytestmark = [
    pytest.mark.skipif(not ocr.available(), reason="Tesseract or its Vietnamese model is not installed"),
    pytest.mark.skipif(not FACE.exists(), reason="fonts-liberation2 is not installed"),
]


@cache
def page(lines: int = 3) -> Image.Image:
    """A small page, RGB, 150 dots an inch: ``lines`` times :data:`LINE`."""
    image = Image.new("RGB", (1240, 800), "white")
    pen, face = ImageDraw.Draw(image), ImageFont.truetype(str(FACE), 29)
    for at in range(lines):
        pen.text((130, 120 + 60 * at), f"{STARTS[at % 3]} {LINE}", font=face, fill=10)
    return image


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    held = BytesIO()
    image.save(held, form, **how)
    return held.getvalue()


def lines_in(source: Source) -> int:
    return source.raw.count(LINE)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, bits: int = 1, colour: int = 0, rows: int = 0) -> bytes:
    """A PNG that says it has ``width`` x ``height`` pixels and holds ``rows`` white rows of them."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b"\0" + b"\xff" * -(-width * bits * channels // 8)) for _ in range(rows))
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", body + packer.flush()), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def refused(content: bytes) -> str:
    """The code of the refusal of a file; what it says is one line with a remedy."""
    with pytest.raises(Trouble) as caught:
        read(content)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value.code


def alpha(image: Image.Image) -> Image.Image:
    """Black ink on nothing: the page is in the alpha channel."""
    ink = Image.new("LA", image.size, 0)
    ink.putalpha(image.convert("L").point([255 - v for v in range(256)]))
    return ink


def deep(image: Image.Image) -> Image.Image:
    """12 bits of grey in 16."""
    import numpy as np

    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 16)


KINDS = {
    "png": lambda: saved(page(), "PNG", dpi=(150, 150)),
    "png of 16 bits": lambda: saved(deep(page()), "PNG"),
    "png with a transparent colour": lambda: saved(page().quantize(8), "PNG", transparency=0),
    "png that is all alpha": lambda: saved(alpha(page()), "PNG"),
    "jpeg in CMYK": lambda: saved(page().convert("CMYK"), "JPEG"),
    "gif": lambda: saved(page(), "GIF"),
    "webp": lambda: saved(page(), "WEBP"),
    "bmp": lambda: saved(page(), "BMP"),
    "jpeg 2000": lambda: saved(page(), "JPEG2000"),
    "tiff, white is 0": lambda: saved(page().convert("L"), "TIFF", tiffinfo={262: 0}),
    "tiff of floats": lambda: saved(page().convert("F"), "TIFF"),
    "a negative": lambda: saved(page().convert("L").point([255 - v for v in range(256)]), "PNG"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read(kind: str) -> None:
    assert lines_in(read(KINDS[kind]())) == 3


@pytest.mark.parametrize("dpi", [0, 1, 72, 99999])
def test_a_wrong_resolution_does_no_harm(dpi: int) -> None:
    source = read(saved(page(), "PNG", dpi=(dpi, dpi)))
    assert lines_in(source) == 3


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("held", [2, 3, 6, 8])
def test_exif_says_how_the_camera_was_held(form: str, held: int) -> None:
    way = {2: 0, 3: 3, 6: 2, 8: 4}[held]  # the transposition that undoes it
    exif = Image.Exif()
    exif[0x0112] = held
    source = read(saved(page().transpose(way), form, exif=exif))
    assert lines_in(source) == 3
    assert source.pages[0].route is not None
    assert source.pages[0].route.turn == 0


def test_the_box_of_a_line_is_on_the_page() -> None:
    source = read(KINDS["png"]())
    box = source.lines[0].box
    assert box is not None
    assert abs(box.x0 - 130 * 72 / 150) < 3
    assert abs(box.top - 125 * 72 / 150) < 6
    assert source.pages[0].origin == "ocr"


REFUSED = {
    "one pixel": (lambda: saved(Image.new("L", (1, 1)), "PNG"), "nothing_read"),
    "no pixel": (lambda: png(0, 0), "damaged"),
    "no pixel (gif)": (lambda: b"GIF89a" + bytes(4) + b"\0\0\0;", "damaged"),
    "black": (lambda: saved(Image.new("L", (800, 1100), 0), "PNG"), "nothing_read"),
    "white": (lambda: saved(Image.new("L", (800, 1100), 255), "PNG"), "nothing_read"),
    "a long strip": (lambda: saved(page().resize((30000, 200)), "PNG"), "nothing_read"),
    "a high strip": (lambda: saved(page().resize((200, 30000)), "PNG"), "nothing_read"),
    "a bomb": (lambda: png(30000, 30000, rows=1), "too_large"),
    "a bomb under the limit of the decoder": (lambda: png(10100, 10100, rows=1), "too_large"),
    "a huge empty page": (lambda: png(7000, 7000, 8, 6, rows=7000), "nothing_read"),
    "a header alone": (lambda: png(1000, 1400), "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_no_page_is_a_clear_refusal(case: str) -> None:
    make, code = REFUSED[case]
    assert refused(make()) == code


CUT = ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP", "JPEG2000")


def outcome(content: bytes) -> set[str]:
    """The codes of the notes of a file that is read, or the code of its refusal."""
    try:
        return {code for code, _ in read(content).notes}
    except Trouble as trouble:
        return {trouble.code}


@pytest.mark.parametrize("form", CUT)
@pytest.mark.parametrize("share", [0.001, 0.2, 0.6, 0.999])
def test_a_file_cut_anywhere_is_refused_or_says_so(form: str, share: float) -> None:
    whole = saved(page(), form)
    assert outcome(whole[: max(30, int(len(whole) * share))]) & {"damaged", "truncated"}


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "GIF"])
@pytest.mark.parametrize("at", [9, 17, 25, 40, 100])
def test_bytes_changed_anywhere_never_break_out(form: str, at: int) -> None:
    whole = saved(page(1), form)
    outcome(whole[:at] + b"\xff\x00\x7f\x01" + whole[at + 4 :])


def fax() -> tuple[bytes, list[tuple[int, int]]]:
    """Three pages as 1-bit TIFF (G4), and place and length of the data of each page."""
    sheet = page().convert("1", dither=Image.Dither.NONE)
    made = saved(sheet, "TIFF", compression="group4", save_all=True, append_images=[sheet, sheet])
    found = []
    with Image.open(BytesIO(made)) as file:
        for at in range(3):
            file.seek(at)
            found.append((file.tag_v2[273][0], sum(file.tag_v2[279])))
    return made, found


def test_every_page_of_a_fax_is_read() -> None:
    source = read(fax()[0])
    assert [page.number for page in source.pages] == [1, 2, 3]
    assert lines_in(source) == 9


def test_a_broken_page_costs_only_itself() -> None:
    made, places = fax()
    start, length = places[1]
    source = read(made[:start] + b"\x9d" * length + made[start + length :])
    assert len(source.pages) == 3
    assert lines_in(source) >= 6
    assert source.raw[source.pages[2].start :].count(LINE) == 3


def test_pages_before_the_damage_are_kept() -> None:
    made, places = fax()
    source = read(made[: places[2][0]])
    assert source.raw.count(LINE) == 6
    assert any(code == "truncated" and "page 3" in said for code, said in source.notes)


def test_decoders_write_no_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refused(fax()[0][:1000]) == "damaged"


def test_never_means_never() -> None:
    with pytest.raises(Missing):
        read(KINDS["png"](), ocr="never")
