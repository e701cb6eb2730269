"""Small inputs made in code: DOCX by zipfile, PDF by hand."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; ``parts``: the inside of styles, numbering, footnotes, header1 …"""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, inside in parts.items():
            root = roots.get(name, "hdr")
            archive.writestr(f"word/{name}.xml", f"<w:{root} {NAMES}>{inside}</w:{root}>")
        if "header1" in parts:
            archive.writestr(
                "word/_rels/document.xml.rels",
                '<Relationships><Relationship Id="rId1" Target="header1.xml"/></Relationships>',
            )
    return buffer.getvalue()


def p(inside: str = "", properties: str = "") -> str:
    """A paragraph; plain text becomes one run."""
    runs = inside if inside.startswith("<") else f"<w:r><w:t>{inside}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of an automatic list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, overrides: str = "") -> str:
    """numbering.xml with lists 1 and 2 on one definition; ``overrides`` belong to list 2."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


def table(*rows: Sequence[str], borders: bool = False) -> str:
    """A table; a cell is plain text or finished ``<w:p>``/``<w:tcPr>`` elements."""
    edge = "single" if borders else "none"
    sides = "".join(
        f'<w:{s} w:val="{edge}"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "<w:gridCol/>" * max(len(row) for row in rows)
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    looks = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    return f"<w:tbl>{looks}{body}</w:tbl>"


class At(NamedTuple):
    """Text on a PDF page: ``x`` and baseline ``y`` from the top left, in points."""

    x: float
    y: float
    text: str
    size: float = 14.0
    bold: bool = False


class Leaf(NamedTuple):
    """A PDF page: texts in stream order, ruling lines ``(x0, y0, x1, y1)``, a page-size picture."""

    texts: Sequence[At] = ()
    rules: Sequence[tuple[float, float, float, float]] = ()
    picture: bool = False


WIDTH, HEIGHT = 595.0, 842.0


def pdf(*leaves: Leaf, glyphs: dict[str, int] | None = None) -> bytes:
    """A PDF whose letters are half an em wide.

    ``glyphs``: letters that stand in a font without ToUnicode, by glyph number.
    """
    objects: list[bytes] = [b"", b""]

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    letters = "".join(sorted({c for leaf in leaves for at in leaf.texts for c in at.text}))
    fonts = {name: _font(add, base, letters) for name, base in FONTS} | {"G": _numbered_font(add)}
    resources = " ".join(f"/{name} {number} 0 R" for name, number in fonts.items())
    gray = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture = add(_stream(b"\x80", gray))
    kids = []
    for leaf in leaves:
        drawn = add(_stream(_drawing(leaf, letters, glyphs or {})))
        kids.append(
            add(
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {drawn} 0 R"
                f"/Resources<</Font<<{resources}>>/XObject<</P {picture} 0 R>>>>>>".encode()
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    references = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{references}]>>".encode()
    return _file(objects)


FONTS = (("F", "AAAAAA+TimesNewRomanPSMT"), ("B", "AAAAAA+TimesNewRomanPS-BoldMT"))
FIRST = 33
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def /CMapName /X def /CMapType 2 def
1 begincodespacerange <00> <FF> endcodespacerange
{} beginbfchar
{}
endbfchar endcmap CMapName currentdict /CMap defineresource pop end end"""


def _font(add: Callable[[bytes], int], base: str, letters: str) -> int:
    """A font that numbers ``letters`` from FIRST, draws each as a box and maps it by ToUnicode."""
    rows = "\n".join(f"<{at:02X}> <{ord(c):04X}>" for at, c in enumerate(letters, FIRST))
    mapped = add(_stream(_CMAP.format(len(letters), rows).encode()))
    drawn = add(_stream(b"500 0 0 -200 500 700 d1 0 0 400 600 re f"))
    names = [f"/g{at}" for at in range(FIRST, FIRST + len(letters))]
    return add(
        f"<</Type/Font/Subtype/Type3/BaseFont/{base}/FontBBox[0 -200 500 700]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<<{' '.join(f'{name} {drawn} 0 R' for name in names)}>>"
        f"/Encoding<</Type/Encoding/Differences[{FIRST} {' '.join(names)}]>>/Resources<<>>"
        f"/FirstChar {FIRST}/LastChar {FIRST + len(letters) - 1}/Widths[{'500 ' * len(letters)}]"
        f"/ToUnicode {mapped} 0 R>>".encode()
    )


def _numbered_font(add: Callable[[bytes], int]) -> int:
    """A font of glyph numbers without ToUnicode, as Word writes it for letters beyond Windows-1252."""
    base = "BBBBBB+TimesNewRomanPSMT"
    descriptor = add(
        f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[0 -200 1000 900]/Ascent 900/Descent -200"
        "/ItalicAngle 0/CapHeight 700/StemV 80>>".encode()
    )
    inner = add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 500/CIDToGIDMap/Identity>>".encode()
    )
    return add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
        f"/DescendantFonts[{inner} 0 R]>>".encode()
    )


def _drawing(leaf: Leaf, letters: str, glyphs: dict[str, int]) -> bytes:
    parts = [f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"] if leaf.picture else []
    for at in leaf.texts:
        parts.append(f"BT 1 0 0 1 {at.x} {HEIGHT - at.y} Tm {_shown(at, letters, glyphs)} ET")
    parts += [f"0.5 w {a} {HEIGHT - b} m {c} {HEIGHT - d} l S" for a, b, c, d in leaf.rules]
    return "\n".join(parts).encode()


def _shown(at: At, letters: str, glyphs: dict[str, int]) -> str:
    parts = []
    for numbered, run in groupby(at.text, glyphs.__contains__):
        font = "G" if numbered else "B" if at.bold else "F"
        codes = (f"{glyphs[c]:04X}" if numbered else f"{letters.index(c) + FIRST:02X}" for c in run)
        parts.append(f"/{font} {at.size} Tf <{''.join(codes)}> Tj")
    return " ".join(parts)


def _stream(content: bytes, more: str = "") -> bytes:
    packed = zlib.compress(content)
    return f"<<{more}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


def _file(objects: Iterable[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, start)
    return bytes(out)
