"""The room ``archive``: a folder, a zip or a list of files becomes a store of records.

One bad file never stops the rest; workers and their order do not change the result; killed anywhere, the
next run goes on. ``walk.py`` finds the files, ``batch.py`` decides what is to be done, ``engines.py`` and
``cluster.py`` have it done by workers (``isolate.py``, ``worker.py``), ``store.py`` keeps it,
``linking.py`` finds copies and parents, ``exporting.py`` and ``merging.py`` use it.
"""

from extractor.archive.batch import Options, Summary, engine_of, run
from extractor.archive.exporting import FORMS, ending, export, lines
from extractor.archive.jobs import Limits
from extractor.archive.merging import merge
from extractor.archive.progress import Progress
from extractor.archive.store import Store, unfinished
from extractor.archive.walk import check, count

__all__ = [
    "FORMS",
    "Limits",
    "Options",
    "Progress",
    "Store",
    "Summary",
    "check",
    "count",
    "ending",
    "engine_of",
    "export",
    "lines",
    "merge",
    "run",
    "unfinished",
]
