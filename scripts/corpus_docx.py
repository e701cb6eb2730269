"""Word and PDF plans from corpus/sources/*.md, with automatic numbering, tables and footnotes.

``<<<`` left ``---`` right ``>>>``: a table of two columns without rules (letterhead, footer);
``=`` centred line; ``#`` ``##`` ``###`` numbered I. 1. a); ``-`` bullet; ``| a | b |`` ruled table;
``**bold**`` ``*italics*``; ``\\\\`` line break; ``[^text]`` footnote.
"""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
INLINE = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|\\\\|\[\^[^\]]+\])")


class Maker:
    def __init__(self) -> None:
        self.doc, self.notes = Document(), []
        self.doc.core_properties.author = "kehoach"
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
        style.paragraph_format.space_after = Pt(4)
        page = self.doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
        self.page_number(page.header.paragraphs[0])
        self.number = self.numbering()

    def page_number(self, paragraph) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {W} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )

    def numbering(self) -> int:
        """One multilevel list: I. then 1. then a)."""
        root = self.doc.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for i, (form, text) in enumerate(LEVELS)
        )
        abstract = parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        )
        root.insert(0, abstract)
        root.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        return 90

    def write(self, paragraph, text: str, bold: bool = False) -> None:
        for piece in filter(None, INLINE.split(text)):
            if piece == "\\\\":
                paragraph.add_run().add_break()
            elif piece.startswith("[^"):
                self.footnote(paragraph, piece[2:-1])
            elif piece.startswith("**"):
                paragraph.add_run(piece[2:-2]).bold = True
            elif piece.startswith("*"):
                paragraph.add_run(piece[1:-1]).italic = True
            else:
                paragraph.add_run(piece).bold = bold or None

    def footnote(self, paragraph, text: str) -> None:
        self.notes.append(text)
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.notes)))
        run._r.append(reference)

    def heading(self, level: int, text: str) -> None:
        paragraph = self.doc.add_paragraph()
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{self.number}"/></w:numPr>')
        )
        head, colon, rest = text.partition(": ")
        title = level == 0 or (level == 1 and not text.endswith(".")) or (colon and len(head) < 60)
        if title and colon:
            self.write(paragraph, head + ":", bold=True)
            self.write(paragraph, " " + rest)
        else:
            self.write(paragraph, text, bold=bool(title))

    def columns(self, left: list[str], right: list[str]) -> None:
        table = self.doc.add_table(rows=1, cols=2)
        for column, cell, width in zip(table.columns, table.rows[0].cells, (Cm(6.4), Cm(9.6)), strict=True):
            column.width = cell.width = width
        footer = left[0].strip("*").startswith("Nơi nhận")
        for cell, lines, side in zip(table.rows[0].cells, (left, right), (0, 1), strict=True):
            for i, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                if side or not footer:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self.write(paragraph, line.strip())
                for run in paragraph.runs:
                    run.font.size = Pt(11)

    def table(self, rows: list[list[str]]) -> None:
        table = self.doc.add_table(rows=0, cols=len(rows[0]))
        table.style = "Table Grid"
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(text).font.size = Pt(12)

    def body(self, source: str) -> None:
        lines = iter(source.splitlines())
        rows: list[list[str]] = []
        for line in lines:
            if rows and not line.startswith("|"):
                self.table(rows)
                rows = []
            if line == "<<<":
                block = list(iter(lambda: next(lines), ">>>"))
                cut = block.index("---")
                self.columns(block[:cut], block[cut + 1 :])
            elif line.startswith("|"):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            elif line.startswith("#"):
                marks, text = line.split(" ", 1)
                self.heading(len(marks) - 1, text)
            elif line.startswith("= "):
                paragraph = self.doc.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                self.write(paragraph, line[2:], bold=True)
            elif line.strip():
                paragraph = self.doc.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                paragraph.paragraph_format.first_line_indent = Cm(1)
                self.write(paragraph, line)

    def attach_footnotes(self) -> None:
        if not self.notes:
            return
        notes = "".join(
            f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f"<w:footnoteRef/></w:r>"
            f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
            for i, text in enumerate(self.notes, 1)
        )
        marks = "".join(
            f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
            for i, kind, tag in (
                (-1, "separator", "separator"),
                (0, "continuationSeparator", "continuationSeparator"),
            )
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        blob = f"{head}<w:footnotes {nsdecls('w')}>{marks}{notes}</w:footnotes>"
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, blob.encode("utf-8"), self.doc.part.package)
        self.doc.part.relate_to(part, RELATION)


def docx_bytes(source: str) -> bytes:
    """The document, zipped with one fixed date so that its bytes stay the same."""
    maker = Maker()
    maker.body(source)
    maker.attach_footnotes()
    raw, out = io.BytesIO(), io.BytesIO()
    maker.doc.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def to_pdf(docx: bytes, target: Path) -> bool:
    """``target`` made by LibreOffice; False where there is none."""
    office = shutil.which("soffice")
    if not office:
        return False
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, target.stem.replace(".", "-") + ".docx")
        source.write_bytes(docx)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.copy(source.with_suffix(".pdf"), target)
    return True
