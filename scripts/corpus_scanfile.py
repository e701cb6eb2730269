"""Page images written as the files a scanner leaves: PDF and TIFF, the same bytes each time."""

import io
import unicodedata
from dataclasses import dataclass

from corpus_page import Page
from PIL import Image


@dataclass
class Text:
    """Text of a PDF's own, at ``x`` and baseline ``y`` in points from the page's top left corner."""

    text: str
    x: float
    y: float
    size: float = 9
    visible: bool = False


def text_layer(page: Page) -> list[Text]:
    """The lines of ``page`` as an invisible layer, a word each."""
    return [Text(word.text, word.x, word.y, word.size) for line in page.lines for word in line.words]


def winansi(text: str) -> bytes:
    """``text`` in WinAnsi; a letter it lacks loses its marks, as in the layers of old OCR programs."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        bare = unicodedata.normalize("NFD", char)
        for tried in (char, *(bare[:n] for n in (2, 1)), {"đ": "d", "Đ": "D"}.get(char, "?")):
            try:
                out += unicodedata.normalize("NFC", tried).encode("cp1252")
                break
            except UnicodeEncodeError:
                continue
    return out


def one_strip(image: Image.Image) -> bytes:
    """A 1-bit image as a G4 TIFF in one strip."""
    held = io.BytesIO()
    image.save(held, "TIFF", compression="group4", tiffinfo={278: image.height})
    return held.getvalue()


def picture(image: Image.Image, quality: int) -> bytes:
    """The stream object of an image: CCITT G4 if 1-bit, else DCT."""
    head = f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
    if image.mode == "1":
        tags = Image.open(io.BytesIO(held := one_strip(image))).tag_v2
        data = held[tags[273][0] : tags[273][0] + tags[279][0]]
        black = "true" if tags[262] else "false"
        how = f"/K -1 /Columns {image.width} /Rows {image.height} /BlackIs1 {black}"
        head += (
            f" /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << {how} >>"
        )
        return stream(data, head)
    packed = io.BytesIO()
    image.copy().save(packed, "JPEG", quality=quality)
    colour = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    return stream(packed.getvalue(), f"{head} /ColorSpace {colour} /BitsPerComponent 8 /Filter /DCTDecode")


def stream(data: bytes, head: str = "") -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def shown(texts: list[Text], height: float) -> bytes:
    """Operators that set ``texts`` on a page ``height`` points high."""
    out = b""
    for text in texts:
        raw = winansi(text.text).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        how = f"{0 if text.visible else 3} Tr /F1 {text.size:.2f} Tf"
        out += f"BT {how} 1 0 0 1 {text.x:.2f} {height - text.y:.2f} Tm (".encode() + raw + b") Tj ET\n"
    return out


def to_pdf(
    images: list[Image.Image], dpi: int, text_layers: list[list[Text]] | None = None, quality: int = 75
) -> bytes:
    """A PDF of one picture a page; ``text_layers`` holds each page's own text, invisible or not."""
    count = len(images)
    kids = " ".join(f"{4 + 3 * i} 0 R" for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, image in enumerate(images):
        wide, high = image.width * 72 / dpi, image.height * 72 / dpi
        drawn = f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Im Do Q\n".encode()
        own = 4 + 3 * i
        room = f"/Resources << /Font << /F1 3 0 R >> /XObject << /Im {own + 2} 0 R >> >>"
        box = f"/MediaBox [0 0 {wide:.2f} {high:.2f}]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {room} /Contents {own + 1} 0 R >>".encode())
        objects.append(stream(drawn + shown(text_layers[i] if text_layers else [], high)))
        objects.append(picture(image, quality))
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """A PDF file of ``objects``, numbered from 1; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def to_tiff(images: list[Image.Image], dpi: int) -> bytes:
    """A TIFF of all pages: G4 if 1-bit, else JPEG."""
    held = io.BytesIO()
    how = "group4" if images[0].mode == "1" else "jpeg"
    first, *rest = [image.copy() for image in images]
    first.save(held, "TIFF", save_all=True, append_images=rest, compression=how, dpi=(dpi, dpi))
    return held.getvalue()
