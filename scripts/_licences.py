"""What kehoach runs on, with its licences, as the packages themselves state them.

The closure of the core and of every extra is walked over the metadata of what is installed. What fails is
a licence of the GPL's family (an extra may not bring one either); a package of the core or of an extra that
requirements/runtime.txt pins, which has no pin there or no row in requirements/LICENSES.md; a row that says
less than the package. An extra that is not installed is named and left to its row.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
CORE = "core"
#: families of licences, by what their names hold
FAMILIES = (
    "0BSD",
    "AGPL",
    "Apache",
    "BSD",
    "CC0",
    "CNRI",
    "ISC",
    "LGPL",
    "MIT",
    "MPL",
    "PSF",
    "Unlicense",
    "Zlib",
)
REFUSED = {"AGPL", "GPL", "LGPL"}
_NAMES = {"Python Software Foundation": "PSF", "Mozilla Public License": "MPL", "HPND": "MIT"}


class Row(NamedTuple):
    """A package, its version (empty: not installed), its licence, what brought it, and for which part of
    kehoach (``core`` or an extra).
    """

    name: str
    version: str
    licence: str
    by: str
    part: str


def families(licence: str) -> set[str]:
    """The families that the words of a licence name; ``GPL`` alone is none of the others."""
    words = licence
    for name, short in _NAMES.items():
        words = words.replace(name, short)
    words = re.sub(r"GPL-[\d.]+(?:-or-later|-only)?(?:-with| WITH )\S*[Ee]xception\S*", "", words)
    found = {name for name in FAMILIES if re.search(rf"(?<![A-Za-z]){name}", words)}
    spelled = re.search(r"(?<![A-Za-z])GPL|(?<!Lesser )(?<!Library )General Public License", words)
    return found | ({"GPL"} if spelled else set()) | ({"LGPL"} if "Lesser General" in words else set())


def licence_of(package: Distribution) -> str:
    """The licence as the metadata say it: an SPDX expression, else a short word, else the classifiers."""
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    if said and "\n" not in said and families(said):
        return said
    classifiers = package.metadata.get_all("Classifier") or []
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License :: OSI")]
    return " AND ".join(named) or said.partition("\n")[0]


def closure(wanted: list[str], part: str) -> Iterator[Row]:
    """What some requirements bring, with all below them; extras of packages are followed."""
    by = "kehoach" if part == CORE else f"kehoach[{part}]"
    todo = [(Requirement(one), by) for one in wanted]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        need, above = todo.pop(0)
        key = (canonicalize_name(need.name), frozenset(need.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            package = distribution(need.name)
        except PackageNotFoundError:
            yield Row(need.name, "", "", above, part)
            continue
        yield Row(need.name, package.version, licence_of(package), above, part)
        for line in package.requires or ():
            inner = Requirement(line)
            extras = need.extras or {""}
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                todo.append((inner, need.name))


def rows(project: Path = ROOT / "pyproject.toml") -> list[Row]:
    """Every package of every part, the core first."""
    stated = tomllib.loads(project.read_text("utf-8"))["project"]
    parts = {CORE: stated["dependencies"], **stated["optional-dependencies"]}
    return [
        row for part, needs in parts.items() if part not in ("all", "dev") for row in closure(needs, part)
    ]


def stated_in(table: str) -> dict[str, str]:
    """Package → licence, as LICENSES.md has it: rows of the table, and words like ``skops (MIT)``."""
    said = re.findall(r"([A-Za-z][\w.-]+)(?: from [\d.]+ on)? \(([^():;*]+)", table)
    said += re.findall(r"^\| (\S+) \| ([^|]+?) \|", table, re.MULTILINE)
    return {canonicalize_name(name): licence for name, licence in said}


def faults(found: list[Row], table: str, pins: set[str]) -> Iterator[str]:
    """What is wrong, a line each; ``table`` is LICENSES.md, ``pins`` the packages of runtime.txt."""
    stated = stated_in(table)
    ours = (row for row in found if row.by.startswith("kehoach"))
    loose = {row.part for row in ours if canonicalize_name(row.name) not in pins} - {CORE}
    for row in found:
        name = canonicalize_name(row.name)
        written = stated.get(name, "")
        if families(row.licence) & REFUSED:
            yield f"{row.name} ({row.by}): {row.licence} is not allowed"
        elif row.part not in loose and (name not in pins or not written):
            yield f"{row.name} ({row.by}): it needs a pin in runtime.txt and a row in LICENSES.md"
        if row.version and not families(row.licence):
            yield f"{row.name}: no licence that is known: {row.licence!r}"
        elif written and not families(row.licence) <= families(written):
            yield f"{row.name}: its metadata say {row.licence}, LICENSES.md {written}"


def main() -> int:
    """Print the list; 1 where something is wrong."""
    found = rows()
    shown: dict[str, Row] = {}
    for row in found:
        shown.setdefault(canonicalize_name(row.name), row)
    for row in shown.values():
        said = row.licence if row.version else "not installed here"
        print(f"{row.name:24}{row.version:16}{said:40}{row.by}")
    folder = ROOT / "requirements"
    pinned = re.findall(r"^([\w.-]+)==", (folder / "runtime.txt").read_text("utf-8"), re.MULTILINE)
    wrong = list(
        faults(found, (folder / "LICENSES.md").read_text("utf-8"), set(map(canonicalize_name, pinned)))
    )
    for line in dict.fromkeys(wrong):
        print(f"licences: {line}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
