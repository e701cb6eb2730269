"""Case files: `given -> mended` rows in TSV, escapes as in the tables of the package."""

from pathlib import Path
from typing import NamedTuple

from extractor.ground.tables import unescaped


class Case(NamedTuple):
    """One row of a case file."""

    given: str
    mended: str
    why: str

    def __repr__(self) -> str:
        return self.why


def cases(name: str) -> list[Case]:
    """The rows of `cases/<name>.tsv`; `=` says that the text stays as it is."""
    text = (Path(__file__).parent / "cases" / f"{name}.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    found = []
    for given, mended, why in rows[1:]:
        raw = unescaped(given)
        found.append(Case(raw, raw if mended == "=" else unescaped(mended), why))
    return found
