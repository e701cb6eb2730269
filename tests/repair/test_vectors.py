"""The test vectors of the specification of broken text, where it lies beside the checkout."""

import re
from pathlib import Path

import pytest

from extractor.repair import mend

SPEC = Path(__file__).resolve().parents[3] / "shared" / "mojibake.md"


def vectors() -> list[tuple[str, str, str]]:
    """Broken, fixed, and the letters that are known to be lost (``(set {â ã p})``)."""
    if not SPEC.is_file():
        return []
    found = []
    for line in SPEC.read_text("utf-8").partition("Test vectors")[2].partition("\n## ")[0].splitlines():
        row = re.fullmatch(r"\| (.+) \| (.+?)(?: \(set \{(.+)\}\))? \|", line)
        if row and row[1] not in ("broken", "---"):
            broken = row[1].replace("⏎", "\n")
            fixed = broken if row[2] == "(unchanged)" else row[2]
            found.append((broken, fixed, (row[3] or "").replace(" ", "")))
    return found


@pytest.mark.skipif(not SPEC.is_file(), reason="no specification beside the checkout")
def test_there_are_vectors() -> None:
    assert len(vectors()) >= 20


@pytest.mark.parametrize(("broken", "fixed", "lost"), vectors())
def test_vector(broken: str, fixed: str, lost: str) -> None:
    assert mend(broken, lost=lost).clean == fixed
