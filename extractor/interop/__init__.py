"""The room ``interop``: a record in the formats of other programs, and what people annotated there back.

``marks.py`` says what every annotation format carries, ``label_studio.py``, ``brat.py`` and ``iob2.py`` write
it; ``annotations.py`` reads what came back, ``corrected.py`` makes a gold record of it. ``akn.py`` writes the
document as XML, ``archival.py`` the metadata that archives keep. ``forms.py`` knows them by name.
"""

from extractor.interop.annotations import annotated
from extractor.interop.corrected import Gold, gold
from extractor.interop.forms import FORMS, Form, joined, json_form
from extractor.interop.marks import Link, Mark, Marked, marked

__all__ = [
    "FORMS",
    "Form",
    "Gold",
    "Link",
    "Mark",
    "Marked",
    "annotated",
    "gold",
    "joined",
    "json_form",
    "marked",
]
