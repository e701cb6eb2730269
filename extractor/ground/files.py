"""Files as they lie in folders and zips: which are documents by their name, and what is too much for one."""

#: endings of every kind that a reader reads
DOCUMENTS = frozenset(
    (".txt", ".md", ".html", ".htm", ".mht", ".docx", ".docm", ".doc", ".rtf", ".odt", ".pdf", ".xml")
) | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".jp2"}
#: bytes of the largest file that is read
MAX_BYTES = 200 * 2**20

_SYSTEM = frozenset(("thumbs.db", "desktop.ini"))
# No document is packed so well: from 4 MB on, to less than a 300th of its size
_SMALL = 4 * 2**20
_MOST_PACKED = 300


def is_system(name: str) -> bool:
    """Whether a file of this name is the operating system's own, or the lock of a document that is open."""
    return name.lower() in _SYSTEM or name.startswith("~$")


def swollen(size: int, packed: int) -> bool:
    """Whether a member of a zip unpacks (bytes) to far more than any document, as bombs do."""
    return size > _SMALL and size > _MOST_PACKED * max(1, packed)
