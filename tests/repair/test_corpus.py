"""On plans of our own: a clean one stays (its columns are set apart), a damaged one becomes the clean one."""

from pathlib import Path

import pytest

from extractor.repair import mend

PLANS = Path(__file__).parents[2] / "corpus" / "plans"
CLEAN = [path for path in sorted(PLANS.glob("*.txt")) if not path.stem.endswith(".damaged")]
DAMAGED = sorted(PLANS.glob("*.damaged.txt"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_plans_stay(path: Path) -> None:
    text = mend(path.read_text("utf-8"))
    assert {edit.rule for layer in text.layers for edit in layer.edits} <= {"columns"}


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.stem)
def test_damaged_plans_are_mended(path: Path) -> None:
    """Line for line, but for the order of columns and the sign of a bullet."""
    whole = lines(path.with_name(path.name.replace(".damaged", "")))
    found = lines(path)
    missing = [line for line in whole if line not in set(found)]
    assert len(missing) <= 0.05 * len(whole) + 1


def lines(path: Path) -> list[str]:
    clean = mend(path.read_text("utf-8")).clean
    return [
        " ".join(line.replace(":“", ": “").split()).lstrip("-+▪• ")
        for line in clean.split("\n")
        if line.strip()
    ]
