"""Every case of `cases/FIELD.txt`: what one field of a small document must be, by the contract.

A block is `# name`, the document, `=>` and the value as JSON; `null` and an object of nulls are the
same. Of an object only the keys that the case names are compared, so what the contract leaves open
can be left out. Below the name `# known failure: why` marks a case that does not hold yet.
"""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from extractor import extract

CASES = Path(__file__).parent / "cases"
BLOCK = re.compile(
    r"^# (?!known failure:)(?P<name>.+)\n(?:# known failure: (?P<fails>.+)\n)?(?P<text>(?s:.*?))\n=>\n"
    r"(?P<value>(?s:.*?))(?=\n+# |\n*\Z)",
    re.MULTILINE,
)


class Case(NamedTuple):
    """One block: the field it is about, the document, and the value that must be found."""

    field: str
    name: str
    fails: str | None
    text: str
    value: Any


def read(path: Path) -> list[Case]:
    return [
        Case(path.stem, m["name"], m["fails"], m["text"], json.loads(m["value"]))
        for m in BLOCK.finditer(path.read_text("utf-8"))
    ]


EVERY = [case for path in sorted(CASES.glob("*.txt")) for case in read(path)]


def params() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{case.field}: {case.name}",
            marks=[pytest.mark.xfail(reason=case.fails, strict=True)] if case.fails else [],
        )
        for case in EVERY
    ]


def named(found: Any, wanted: Any) -> Any:
    """``found`` with no other keys than ``wanted`` names; nothing at all as ``None``."""
    if isinstance(found, dict):
        if all(value is None for value in found.values()):
            return None
        return {key: found[key] for key in wanted} if isinstance(wanted, dict) else found
    if isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        return [named(f, w) for f, w in zip(found, wanted, strict=True)]
    return found


@pytest.mark.parametrize("case", params())
def test_case(case: Case) -> None:
    found = extract(case.text).to_dict(plain=True)[case.field]
    assert named(found, case.value) == case.value


def test_every_block_is_read() -> None:
    heads = sum(
        line.startswith("# ") and not line.startswith("# known failure:")
        for path in CASES.glob("*.txt")
        for line in path.read_text("utf-8").splitlines()
    )
    assert len(EVERY) == heads
    assert len({(case.field, case.name) for case in EVERY}) == heads
