"""Clean lines that look like damage: no letter of them changes, wherever they stand."""

from pathlib import Path

import pytest

from extractor import legacy
from extractor.repair import mend

TRAPS = [
    line
    for line in (Path(__file__).parent / "cases" / "traps.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
BODY = """Thực hiện chương trình công tác, Ủy ban nhân dân xã xây dựng kế hoạch trồng cây.
Các thôn chuẩn bị hố trồng, phân bón và cây giống trước ngày 15 tháng 02.
Trường học tổ chức cho học sinh chăm sóc vườn cây trong suốt mùa khô."""


@pytest.mark.parametrize("line", TRAPS)
def test_a_trap_alone(line: str) -> None:
    assert mend(line).layers == ()


@pytest.mark.parametrize("page", ["tcvn3", "vni"])
@pytest.mark.parametrize("line", TRAPS)
def test_a_trap_beside_a_legacy_text(line: str, page: str) -> None:
    body = legacy.encode(BODY, page).decode("latin-1")
    clean = mend(f"{body}\n- {line}\n").clean
    assert clean.startswith("Thực hiện chương trình")
    assert clean.rstrip("\n").endswith(f"- {line}")


@pytest.mark.parametrize(
    "foreign",
    [
        "Комитет принял решение о проведении мероприятий в области охраны окружающей среды.",
        "The committee adopted the résumé of the naïve façade project in the café.\n" * 4,
        "Le comité a été créé par décret; l'élève âgé, où, çà et là, forêt, île, Noël.\n" * 4,
    ],
)
def test_other_languages_hide_no_legacy_text(foreign: str) -> None:
    body = legacy.encode(BODY, "tcvn3").decode("latin-1")
    clean = mend(f"{foreign}\n{body}\n").clean
    assert "Thực hiện chương trình" in clean
    assert "vườn cây trong suốt mùa khô" in clean
    assert foreign.split("\n")[0] in clean
