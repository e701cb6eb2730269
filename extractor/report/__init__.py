"""``report``: many records → one self-contained page that compares themes, slogans, cascades and duties.

``render(entries)`` is the room's verb. It reads records only: entries → facts (one document each) → analyses
(themes, slogans, cascade, duties) → payload (compact JSON) → page (HTML).
"""

from extractor.report.entries import Entry, entries_of

__all__ = ["Entry", "entries_of"]
