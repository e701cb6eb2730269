"""A pattern with its own examples: what it must catch, and what it must leave."""

from dataclasses import dataclass
from functools import cache, cached_property

import regex


@cache
def compiled(pattern: str) -> "regex.Pattern[str]":
    """The compiled pattern; compiled on first use, so that importing a room costs nothing."""
    return regex.compile(pattern)


@dataclass(frozen=True)
class Shape:
    """A pattern (``regex`` syntax) and its proof: every ``yes`` is caught, every ``no`` is not.

    ``about`` says what it stands for and where the rule comes from; ``how`` the rule looks: anywhere
    (``"search"``), at the start (``"match"``) or at the whole words (``"fullmatch"``). One test runs
    all Shapes.
    """

    about: str
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()
    how: str = "search"

    @cached_property
    def re(self) -> "regex.Pattern[str]":
        """The compiled pattern."""
        return compiled(self.pattern)

    def catches(self, words: str) -> bool:
        """Whether the pattern finds ``words`` in its own way."""
        return getattr(self.re, self.how)(words) is not None
