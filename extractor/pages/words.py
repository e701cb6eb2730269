"""The words of pages, in Vietnamese and English: ``words.tsv`` of this package and of the page's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from extractor.ground.tables import parse

LANGS = ("vi", "en")


class Word(NamedTuple):
    """One row of a ``words.tsv``: a key, and what it says; ``{name}`` stands for a value."""

    key: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """``words("key", n=3)``: what ``key`` says in the language ``lang``."""

    lang: str
    all: Mapping[str, str]

    @classmethod
    def of(cls, lang: str, *packages: str) -> "Words":
        """The words of some packages; a later one may say a key otherwise."""
        return cls(lang, {row.key: getattr(row, lang) for package in packages for row in rows(package)})

    def __call__(self, key: str, **values: Any) -> str:
        """Raises :class:`KeyError` for a key that no table has."""
        return self.all[key].format(**values)

    def named(self, kind: str, name: str) -> str:
        """What a thing is called, such as a ``field``; one that no table has goes by its own name."""
        return self.all.get(f"{kind}_{name}", name)

    def get(self, key: str, default: str) -> str:
        """What ``key`` says, or ``default``: for keys that come from a record, such as the name of a rule."""
        return self.all.get(key, default)


@cache
def rows(package: str) -> tuple[Word, ...]:
    """The rows of the ``words.tsv`` of a package."""
    name = f"{package}/words.tsv"
    return parse(name, files(package).joinpath("words.tsv").read_text(encoding="utf-8"), Word).rows
