"""A DOCX file as a set of XML parts, opened with limits: no entities, no network, no zip bombs."""

import zipfile
from io import BytesIO
from typing import Any

from extractor.ground.files import swollen
from extractor.ground.trouble import Trouble

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE_DOCUMENT = "/relationships/officeDocument"

MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 10_000


class Package:
    """The parts of a DOCX; :meth:`part` parses one of them. Raises :class:`Trouble` when damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            members = self._zip.infolist()
        except Exception as error:  # every library here raises kinds of its own on hostile bytes
            raise damaged() from error
        _check(members)
        self._names = {member.filename for member in members}
        self.main = self._main_part()

    def part(self, name: str, without: bytes = b"") -> Any | None:
        """The root element of the part ``name`` (``"styles.xml"`` beside the main part), or ``None``.

        ``without``: the tag, as written, of elements that nobody asks for; none of them lies in another.
        """
        folder = self.main.rpartition("/")[0]
        path = name if "/" in name else f"{folder}/{name}" if folder else name
        return self._parsed(path, without) if path in self._names else None

    def target(self, relation: str) -> str | None:
        """The path of the part that the relation id of the main part points at."""
        folder, _, file = self.main.rpartition("/")
        root = self.part(f"{folder}/_rels/{file}.rels")
        for found in root if root is not None else ():
            if isinstance(found.tag, str) and found.get("Id") == relation:
                target: str = found.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        return None

    def _main_part(self) -> str:
        if "_rels/.rels" in self._names:
            for relation in self._parsed("_rels/.rels"):
                if isinstance(relation.tag, str) and relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
                    target: str = relation.get("Target", "").lstrip("/")
                    if target in self._names:
                        return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise damaged()

    def _parsed(self, path: str, without: bytes = b"") -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            with self._zip.open(path) as member:
                content = member.read(MAX_UNPACKED)
            if _STRICT in content:
                content = content.replace(_STRICT, W[1:-1].encode())
            if without and (root := _root(_shorn(content, without), parser)) is not None:
                return root
            return etree.fromstring(content, parser)
        except Exception as error:  # every library here raises kinds of its own on hostile bytes
            raise damaged() from error


def _shorn(content: bytes, tag: bytes) -> bytes:
    """XML without the elements of a tag; what does not look like one whole element stays."""
    opening, closing = b"<" + tag + b" ", b"</" + tag + b">"
    first, *parts = content.split(opening)
    kept = [first]
    for part in parts:
        _, closed, behind = part.partition(closing)
        kept.append(behind if closed else opening + part)
    return b"".join(kept)


def _root(content: bytes, parser: Any) -> Any | None:
    """The root element, or ``None`` where this is no XML (a comment held a tag that was cut)."""
    from lxml import etree

    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def _check(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise Trouble(
            "encrypted", "The DOCX is protected by a password", "Save it without password and try again."
        )
    bomb = any(swollen(member.file_size, member.compress_size) for member in members)
    if bomb or len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED:
        raise Trouble(
            "too_large", "The DOCX unpacks to more than 200 MB", "Save it anew in Word and try again."
        )


def damaged() -> Trouble:
    """The refusal of a file whose zip or XML cannot be read."""
    return Trouble(
        "damaged", "The DOCX is damaged: its zip or XML cannot be read", "Open and save it again in Word."
    )


def child(element: Any, *path: str) -> Any | None:
    """The first descendant by local names (``child(p, "pPr", "numPr")``), or ``None``."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element


def value(element: Any, *path: str) -> str | None:
    """The ``w:val`` of :func:`child`, or ``None``."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val")


def switch(element: Any, name: str) -> bool | None:
    """An on/off property of ``element``; ``None`` where it is not named."""
    found = element.find(W + name)
    return None if found is None else is_on(found)


def is_on(element: Any) -> bool:
    """The meaning of an on/off element: on unless its ``w:val`` is 0, false or off."""
    return element.get(W + "val", "true") not in ("0", "false", "off", "none")
