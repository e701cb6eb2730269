"""Page images made fit for reading: what goes, what stays, and the way back to the picture as it came."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.ground.source import Box

np = pytest.importorskip("numpy", reason="page images need numpy")
Image = pytest.importorskip("PIL.Image", reason="page images need Pillow")
ImageDraw = pytest.importorskip("PIL.ImageDraw")
ImageFont = pytest.importorskip("PIL.ImageFont")
ImageChops = pytest.importorskip("PIL.ImageChops")
ImageFilter = pytest.importorskip("PIL.ImageFilter")

from extractor.reading import image, lay, pixels, sheet  # noqa: E402
from extractor.reading.sheet import Pose  # noqa: E402

FACE = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
DPI = 150
A4 = (1240, 1754)
SENTENCE = "Các sở, ban, ngành tỉnh và Ủy ban nhân dân các huyện, thành phố tổ chức thực hiện kế hoạch"
WORDS = SENTENCE.split()

needs_face = pytest.mark.skipif(not FACE.exists(), reason="fonts-liberation2 is not installed")


def text_page(lines: int = 30, size: tuple[int, int] = A4, left: int = 150, right: int = 1130) -> Image.Image:
    """A page of ``lines`` lines of words between two x, the words of each line others than of the last."""
    page = Image.new("RGB", size, "white")
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(str(FACE), 28)
    for line in range(lines):
        x, at = left, line * 7
        while x + pen.textlength(WORDS[at % len(WORDS)], face) < right:
            pen.text((x, 150 + 45 * line), WORDS[at % len(WORDS)], font=face, fill=12)
            x, at = x + round(pen.textlength(WORDS[at % len(WORDS)] + " ", face)), at + 1
    return page


def forth(pose: Pose, x: float, y: float) -> tuple[float, float]:
    """The point of the clean page that shows the point ``(x, y)`` of the picture."""
    width, height = pose.width, pose.height
    if pose.sheet:
        a, b, c, d, e, f, g, h = pose.sheet
        u, v, w = np.linalg.inv(np.array([[a, b, c], [d, e, f], [g, h, 1]])) @ np.array([x, y, 1])
        x, y = float(u / w), float(v / w)
        width, height = pose.flat
    x, y = {0: (x, y), 90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}[pose.turn]
    upright = (height, width) if pose.turn % 180 else (width, height)
    x, y = sheet._rotated(x, y, pose.tilt, upright)
    if pose.fold:
        right = x >= pose.fold
        half = (max(pose.fold, upright[0] - pose.fold), upright[1])
        x, y = sheet._rotated(x - right * pose.fold, y, pose.tilts[right], half)
        y += right * upright[1]
    return x, y


CORNERS = np.array([[90.0, 70.0], [1210.0, 40.0], [1290.0, 1800.0], [40.0, 1750.0]])
POSES = [
    Pose(turn, tilt, 1300, 1900, plane, flat, fold, tilts)
    for turn in (0, 90, 180, 270)
    for tilt in (0.0, -2.7, 5.0)
    for plane, flat in (((), (0, 0)), (sheet.perspective((1100, 1556), CORNERS), (1100, 1556)))
    for fold, tilts in ((0, (0.0, 0.0)), (640, (1.5, -2.0)))
]


@pytest.mark.parametrize("pose", POSES)
def test_a_point_goes_forth_and_comes_back(pose: Pose) -> None:
    for x, y in ((650.0, 930.0), (300.0, 400.0), (1000.0, 1500.0), (200.0, 1600.0), (900.0, 200.0)):
        there = forth(pose, x, y)
        assert pose.point(*there) == pytest.approx((x, y), abs=1e-6)
        box = pose.back(Box(there[0] - 4, there[1] - 4, there[0] + 4, there[1] + 4))
        assert box.x0 < x < box.x1
        assert box.top < y < box.bottom


def test_a_sheet_leads_to_its_corners() -> None:
    plane = sheet.perspective((100, 140), CORNERS)
    flat = ((0, 0), (100, 0), (100, 140), (0, 140))
    assert [sheet.seen(plane, x, y) for x, y in flat] == [pytest.approx(c) for c in CORNERS.tolist()]


def marked(page: Image.Image) -> Image.Image:
    """The page with a black square whose middle is (900, 1400)."""
    page = page.copy()
    page.paste((0, 0, 0), (885, 1385, 915, 1415))
    return page


def middle(picture: Image.Image, least: int = 12) -> tuple[float, float]:
    """The middle of the thickest black spot."""
    dark = pixels.darkest(picture.convert("L").point([255 - v for v in range(256)]), least) > 200
    ys, xs = np.nonzero(dark)
    return float(xs.mean() + 0.5) * least, float(ys.mean() + 0.5) * least


def on_table(page: Image.Image) -> Image.Image:
    """A photograph of the page on a brown table, seen from the side, half of it in the shade."""
    size = (1400, 1950)
    corners = np.array([[80, 90], [1330, 60], [1370, 1880], [50, 1840]], dtype=float)
    inverse = np.linalg.inv(np.append(np.array(sheet.perspective(page.size, corners)), 1).reshape(3, 3))
    data = tuple((inverse / inverse[2, 2]).ravel()[:8])
    how = (size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    out = Image.new("RGB", size, (112, 80, 50))
    out.paste(page.transform(*how), (0, 0), Image.new("L", page.size, 255).transform(*how))
    shade = np.linspace(1, 0.7, size[0])[None, :, None]
    return Image.fromarray((np.asarray(out) * shade).astype(np.uint8))


def spread_of(left: Image.Image, right: Image.Image) -> Image.Image:
    out = Image.new("RGB", (left.width + right.width, left.height), "white")
    out.paste(left, (0, 0))
    out.paste(right, (left.width, 0))
    return out


LAID: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda page: page,
    "tilted": lambda page: page.rotate(2.3, Image.Resampling.BICUBIC, fillcolor="white"),
    "on its side": lambda page: page.transpose(Image.Transpose.ROTATE_90),
    "on a table": on_table,
    "on a table, on its side": lambda page: on_table(page).transpose(Image.Transpose.ROTATE_90),
    "left of another": lambda page: spread_of(page, text_page()),
    "right of another": lambda page: spread_of(text_page(), page),
    "in a spread that is tilted": lambda page: spread_of(text_page(), page).rotate(1, fillcolor="white"),
}


@needs_face
@pytest.mark.parametrize("how", LAID)
def test_what_is_clean_is_found_on_the_picture(how: str) -> None:
    picture = LAID[how](marked(text_page()))
    clean = image.cleaned(picture, DPI)
    x, y = middle(clean.image)
    assert clean.pose.point(x, y) == pytest.approx(middle(picture), abs=12)


@needs_face
@pytest.mark.parametrize("how", LAID)
def test_the_colour_of_ink_is_seen_in_its_place(how: str) -> None:
    page = text_page()
    ImageDraw.Draw(page).line((600, 1300, 700, 1360), fill=(20, 40, 200), width=9)
    black = middle(LAID[how](marked(text_page())))
    clean = image.cleaned(LAID[how](marked(page)), DPI)
    scale = clean.pose.width / LAID[how](page).width
    x, y = forth(clean.pose, black[0] * scale, black[1] * scale)
    assert not image.penned(clean, Box(x - 40, y - 40, x + 40, y + 40))
    if how == "as it is":
        assert image.penned(clean, Box(590, 1290, 710, 1370))
        assert image.inked(clean, Box(590, 1290, 710, 1370))
        assert not image.inked(clean, Box(200, 1600, 300, 1650))


@needs_face
@pytest.mark.parametrize("how", LAID)
def test_a_pen_is_seen_wherever_the_page_lies(how: str) -> None:
    page = text_page()
    ImageDraw.Draw(page).rectangle((870, 1380, 930, 1420), fill=(20, 40, 200))
    picture = LAID[how](page)
    red, _, blue = (np.asarray(channel).astype(int) for channel in picture.split())
    ys, xs = np.nonzero(blue - red > 90)
    clean = image.cleaned(picture, DPI)
    x, y = forth(clean.pose, float(xs.mean()), float(ys.mean()))
    assert image.penned(clean, Box(x - 45, y - 35, x + 45, y + 35))


@needs_face
def test_a_sheet_on_a_table_fills_the_page() -> None:
    clean = image.cleaned(on_table(text_page()), DPI)
    assert clean.pose.sheet
    assert clean.image.height / clean.image.width == pytest.approx(2**0.5, abs=0.01)
    assert abs(clean.pose.tilt) < 0.5
    assert np.mean(np.asarray(clean.image)) > 225


@needs_face
def test_scans_are_no_sheets_on_tables() -> None:
    lid = Image.new("RGB", (1300, 1754), (30, 30, 30))
    lid.paste(text_page(), (0, 0))
    for picture in (text_page(), lid, Image.new("RGB", A4, "white"), Image.new("RGB", A4, "black")):
        assert sheet.found(picture) is None


@needs_face
def test_a_spread_is_two_pages() -> None:
    clean = image.cleaned(spread_of(text_page(), text_page()), DPI)
    assert abs(clean.pose.fold - 1240) < 60
    assert clean.image.height == 2 * 1754


@needs_face
def test_a_spread_without_resolution_has_letters_of_full_size() -> None:
    clean = image.cleaned(spread_of(text_page(), text_page()), round(1754 / 8.27))
    assert clean.pose.fold
    assert clean.dpi == pytest.approx(DPI, abs=8)


def ruled(page: Image.Image) -> Image.Image:
    """A table over the whole width, without text."""
    pen = ImageDraw.Draw(page)
    for y in range(200, 1001, 100):
        pen.line((100, y, page.width - 100, y), fill=0, width=2)
    for x in (100, 500, 876, 1300, page.width - 100):
        pen.line((x, 200, x, 1000), fill=0, width=2)
    return page


WIDE = (1754, 1240)
WHOLE: dict[str, Callable[[], Image.Image]] = {
    "lines across": lambda: text_page(20, WIDE, 150, 1600),
    "a column at the left": lambda: text_page(20, WIDE, 150, 750),
    "a ruled table": lambda: ruled(Image.new("RGB", WIDE, "white")),
    "nothing": lambda: Image.new("RGB", WIDE, "white"),
    "an upright page": text_page,
}


@needs_face
@pytest.mark.parametrize("kind", WHOLE)
def test_other_pages_are_not_split(kind: str) -> None:
    assert not image.cleaned(WHOLE[kind](), DPI).pose.fold


@needs_face
@pytest.mark.parametrize("lines", [1, 2, 3, 8, 34])
@pytest.mark.parametrize("dpi", [85, 150, 300])
def test_lines_are_seen_to_stand_or_lie(lines: int, dpi: int) -> None:
    page = pixels.small_copy(text_page(lines).convert("L"), dpi)
    assert not lay.lies(page)
    assert lay.lies(page.transpose(Image.Transpose.ROTATE_90))


@needs_face
@pytest.mark.parametrize("degrees", [-4.0, -0.5, 0.0, 0.3, 3.0])
def test_tilt(degrees: float) -> None:
    page = text_page().convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert lay.tilt_of(pixels.small_copy(page, DPI)) == pytest.approx(-degrees, abs=0.12)


SMALL_SIGNS = "ii ị ỉ ì í. ....... : ; - -- • + * ă ẫ ệ Đ, 1. a) “x” … !"


@needs_face
@pytest.mark.parametrize("size", [20, 28, 45])
def test_specks_go_and_signs_stay(size: int) -> None:
    page = Image.new("L", (1400, 600), 255)
    pen, face = ImageDraw.Draw(page), ImageFont.truetype(str(FACE), size)
    pen.text((60, 100), SMALL_SIGNS, font=face, fill=0)
    page = page.crop((0, 0, 1400, 600))
    dusty = page.copy()
    rng = np.random.default_rng(5)
    for x, y in zip(rng.integers(20, 1380, 12), range(250, 590, 28), strict=False):
        ImageDraw.Draw(dusty).ellipse((x, y, x + 3, y + 3), fill=30)
    assert pixels.unspecked(dusty, DPI) == page
    assert pixels.unspecked(page, DPI) == page


def test_a_negative_becomes_positive() -> None:
    page = Image.new("L", (600, 800), 20)
    ImageDraw.Draw(page).rectangle((100, 100, 400, 130), fill=240)
    assert np.median(np.asarray(pixels.positive(page))) > 200
    for blank in (0, 128, 255):
        plain = Image.new("L", (600, 800), blank)
        assert pixels.positive(plain) == plain


@needs_face
def test_only_soft_pages_are_made_lighter() -> None:
    crisp = text_page().convert("L")
    assert pixels.cleared(crisp) is crisp
    soft = crisp.filter(ImageFilter.GaussianBlur(1.2))
    clear = np.asarray(pixels.cleared(soft))
    assert np.all(clear[np.asarray(soft) >= pixels.PALE] == 255)
    assert clear.min() < 128
    blank = Image.new("L", (300, 300), 255)
    assert pixels.cleared(blank) is blank


@needs_face
def test_a_pen_has_a_colour_and_print_under_a_seal_has_none() -> None:
    page = text_page()
    seal = Image.new("RGB", page.size, "white")
    ImageDraw.Draw(seal).ellipse((150, 500, 450, 800), fill=(235, 150, 150))
    page = ImageChops.multiply(page, seal)
    ImageDraw.Draw(page).line((700, 1500, 900, 1700), fill=(90, 105, 140), width=5)
    clean = image.cleaned(page, DPI)
    assert image.tinted(clean, Box(690, 1490, 910, 1710))
    assert not image.tinted(clean, Box(150, 645, 450, 685))
    assert not image.tinted(clean, Box(600, 645, 900, 685))
    assert not image.tinted(image.cleaned(page.convert("L"), DPI), Box(690, 1490, 910, 1710))


def test_red_and_blue_go_and_a_blue_page_stays() -> None:
    page = Image.new("RGB", (800, 800), "white")
    pen = ImageDraw.Draw(page)
    for y in range(100, 700, 20):
        pen.line((100, y, 700, y), fill="black", width=3)
    pen.ellipse((300, 300, 500, 500), outline=(200, 20, 30), width=8)
    assert np.min(np.asarray(pixels.without_colour(page))[301:306, 398:402]) > 150
    blue = Image.new("RGB", (800, 800), "white")
    ImageDraw.Draw(blue).rectangle((100, 100, 700, 200), fill=(20, 30, 160))
    assert np.max(np.asarray(pixels.without_colour(blue))[110:190, 110:690]) < 100


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (41, 41), (64, 64), (63, 2000), (3000, 50)])
@pytest.mark.parametrize("shade", [0, 128, 255])
@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_any_size_comes_through(size: tuple[int, int], shade: int, mode: str) -> None:
    for dpi in (1, 24, 180, 400):
        clean = image.cleaned(Image.new("L", size, shade).convert(mode), dpi)
        assert clean.blank or (mode, shade) == ("1", 128)  # a pattern of dots
