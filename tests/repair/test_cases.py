"""Every case file: what must be mended, and what must stay (`=`)."""

from pathlib import Path
from typing import NamedTuple

import pytest

from extractor.ground.tables import unescaped
from extractor.ground.text import Text
from extractor.repair import mend

CASES = Path(__file__).parent / "cases"

# The layout cases stand below a paragraph that shows how wide the text is wrapped.
FRAME = """Cây xanh giữ đất, giữ nước và làm dịu những ngày nắng nóng; trồng một cây hôm
nay là để dành bóng mát cho lớp trẻ mai sau. Mỗi thôn, mỗi trường học, mỗi cơ
quan chọn giống cây hợp với đất của mình, trồng đúng vụ và chăm sóc đến khi cây
bén rễ."""


class Case(NamedTuple):
    """One row: the text, what it must become, and the name of the case."""

    given: str
    mended: str
    name: str


def read(path: Path) -> list[Case]:
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    found = []
    for given, mended, why in rows[1:]:
        raw = unescaped(given)
        case = Case(raw, raw if mended == "=" else unescaped(mended), f"{path.stem}: {why}")
        if path.stem == "layout":
            case = Case(
                f"{FRAME}\n\n{case.given}", f"{FRAME.replace(chr(10), ' ')}\n\n{case.mended}", case.name
            )
        found.append(case)
    return found


EVERY = [case for path in sorted(CASES.glob("*.tsv")) for case in read(path)]


@pytest.mark.parametrize("case", EVERY, ids=[case.name for case in EVERY])
def test_case(case: Case) -> None:
    text = mend(case.given)
    assert text.clean == case.mended
    assert mend(text.clean).clean == text.clean
    assert Text.replay(case.given, text.ledger()) == text


def test_every_class_has_a_case_that_must_stay() -> None:
    stays = {case.name.partition(":")[0] for case in EVERY if case.given.endswith(case.mended)}
    assert {path.stem for path in CASES.glob("*.tsv")} == stays | {"layout"}
