"""What kind of file is this? Told by its bytes; the suffix of its name only breaks ties."""

import re

from extractor.ground.trouble import Trouble

CONVERT = "Save it as DOCX or PDF and try again."

#: first bytes → kind, in order of trial
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\x00\x00\x00\x0cjP  ", "jp2"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"\xff\xfb", "media"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf'\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"SQLite format 3\x00", "unknown"),
)

#: the lengths that the second header of a BMP file may have
BMP_HEADS = tuple(length.to_bytes(4, "little") for length in (12, 40, 52, 56, 64, 108, 124))

#: kind → code, message, remedy of the refusal
REFUSALS = {
    "empty": ("empty", "The file is empty (0 bytes)", "Check the download or the copy and try again."),
    "heic": ("unknown_format", "The file is a HEIC photograph", "Save it as JPEG and try again."),
    "spreadsheet": ("spreadsheet", "The file is a spreadsheet, not a document", CONVERT),
    "slides": ("slides", "The file is a presentation, not a document", CONVERT),
    "archive": ("archive", "The file is an archive of files", "Unpack it and give the folder."),
    "program": ("unknown_format", "The file is a program, not a document", "Choose another file."),
    "media": ("unknown_format", "The file is sound or video, not a document", "Choose another file."),
    "encrypted": (
        "encrypted",
        "The file is protected by a password",
        "Save it without password and try again.",
    ),
    "broken_zip": (
        "damaged",
        "The file is a damaged zip or DOCX",
        "Get a fresh copy or save it again in Word.",
    ),
    "unknown": ("unknown_format", "The file is of no format known here", CONVERT),
}

_TAGS = r"(?i)<(?:!doctype html|html|head|body|meta|table|div|center|p|h[1-6]|article)\b"
_ANY_TAG = r"(?i)</?[a-z][a-z0-9]*[ >/]"


def refusal(kind: str) -> Trouble:
    """The :class:`Trouble` for a kind that no reader takes."""
    code, message, remedy = REFUSALS.get(kind, REFUSALS["unknown"])
    return Trouble(code, message, remedy)


def kind(content: bytes, name: str = "") -> str:
    """A key of ``READERS`` or of :data:`REFUSALS` for ``content``; never raises."""
    if not content:
        return "empty"
    found = _by_magic(content)
    if found == "zip":
        return _zip_kind(content)
    if found == "ole":
        return _ole_kind(content)
    if found in ("program", "media") and _printable(content[:512]):
        found = ""
    return found or _text_kind(content, name.lower())


def _by_magic(content: bytes) -> str:
    if content[:4] == b"RIFF" and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "webp" if content[8:12] == b"WEBP" else "media"
    if content[:2] == b"BM" and content[6:10] == bytes(4) and content[14:18] in BMP_HEADS:
        return "bmp"
    if content[4:8] == b"ftyp":
        return "heic" if content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif") else "media"
    for magic, found in MAGIC:
        if content.startswith(magic):
            return found
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    for magic, found in MAGIC[:2]:
        if head.startswith(magic):
            return found
    return "pdf" if b"%PDF-1." in content[:1024] and b" obj" in content else ""


def _printable(head: bytes) -> bool:
    return not any(byte < 9 or 14 <= byte < 32 for byte in head)


def _zip_kind(content: bytes) -> str:
    import zipfile
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except Exception:  # a hostile archive may break zlib or struct, not only zipfile
        return "broken_zip"
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        return {b"text": "odt", b"spre": "spreadsheet", b"pres": "slides"}.get(mime[35:39], "unknown")
    for prefix, found in (("word/", "docx"), ("xl/", "spreadsheet"), ("ppt/", "slides")):
        if any(member.startswith(prefix) for member in names):
            return found
    return "archive"


def _ole_kind(content: bytes) -> str:
    """Kind of an OLE file by the names of its streams (UTF-16) and the header of its Word stream."""
    streams = (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "spreadsheet"),
        ("Book", "spreadsheet"),
        ("PowerPoint Document", "slides"),
    )
    for stream, found in streams:
        if stream.encode("utf-16-le") in content:
            locked = found == "doc" and content[512:514] == b"\xec\xa5" and content[523] & 1
            return "encrypted" if locked else found
    return "unknown"


def _text_kind(content: bytes, name: str) -> str:
    head = content[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    start = head.decode("latin-1")
    if start.startswith("<"):
        if "<w:wordDocument" in start or "<pkg:package" in start:
            return "wordxml"
        if re.search(_TAGS, start):
            return "html"
    if (
        re.match(r"(?:From:|MIME-Version:|Content-Type:)", start, re.IGNORECASE)
        and "multipart/related" in start
    ):
        return "mhtml"
    suffixed = name.endswith((".html", ".htm", ".xhtml"))
    return "html" if suffixed and re.search(_ANY_TAG, start) else "text"
