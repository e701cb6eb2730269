"""A pattern with its own examples: what it must catch, and what it must leave."""

from dataclasses import dataclass
from functools import cache

import regex


@cache
def compiled(pattern: str) -> "regex.Pattern[str]":
    """The compiled pattern; compiled on first use, so that importing a room costs nothing."""
    return regex.compile(pattern)


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern (``regex`` syntax) and its proof: every ``yes`` is caught whole, every ``no`` is not.

    ``about`` says what it stands for and where the rule comes from. One test runs all Shapes.
    """

    about: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()

    @property
    def re(self) -> "regex.Pattern[str]":
        """The compiled pattern."""
        return compiled(self.pattern)
