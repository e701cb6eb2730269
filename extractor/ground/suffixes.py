"""The endings of names by which people know documents."""

#: of every kind that a reader reads
DOCUMENTS = frozenset(
    (".txt", ".md", ".html", ".htm", ".mht", ".docx", ".docm", ".doc", ".rtf", ".odt", ".pdf", ".xml")
) | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp", ".jp2"}
