"""``draw``: from clean text to a :class:`~extractor.ground.paper.Paper`. Never refuses a text."""

from extractor.ground.paper import Paper
from extractor.ground.text import Span
from extractor.outline.regions import zones
from extractor.outline.tree import grow
from extractor.outline.unnumbered import headed

__all__ = ["draw", "headed"]


def draw(text: str) -> Paper:
    """The zones and the section tree of a repaired text (one logical line per line).

    Zones tile ``text``; the sections of the tree tile the body zone.
    """
    found = zones(text)
    body = next((zone.span for zone in found if zone.name == "body"), Span(len(text), len(text)))
    root, notes = grow(text, body)
    return Paper(text, found, root, notes)
