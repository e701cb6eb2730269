"""What the project runs on is allowed, pinned and written down; the script that says so tells what is not."""

import pytest

from scripts._licences import Row, families, faults, main, rows, stated_in


def test_all_that_is_installed_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    code = main()
    out, err = capsys.readouterr()
    assert (code, err) == (0, "")
    listed = {line.split()[0].lower() for line in out.splitlines()}
    assert listed >= {"lxml", "pdfminer.six", "cryptography", "fastapi", "dask"}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0", {"BSD", "0BSD", "MIT", "Zlib", "CC0"}),
        ("Apache 2.0", {"Apache"}),
        ("GPL-3.0-or-later", {"GPL"}),
        ("GNU General Public License v3 (GPLv3)", {"GPL"}),
        ("LGPLv3+", {"LGPL"}),
        ("GNU Lesser General Public License v2 or later", {"LGPL"}),
        ("AGPL-3.0-only", {"AGPL"}),
        ("MIT AND GPL-3.0-with-GCC-exception", {"MIT"}),
        ("HPND", {"MIT"}),
        ("Proprietary", set()),
    ],
)
def test_families_are_told(said: str, found: set[str]) -> None:
    assert families(said) == found


TABLE = "| package | licence | needed by |\n| good | MIT | kehoach |\n| less | MIT | good |\n"


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (Row("good", "1", "MIT", "kehoach", "core"), ""),
        (Row("bad", "1", "GPL-3.0", "good", "core"), "is not allowed"),
        (Row("bad", "1", "AGPL-3.0", "kehoach[x]", "x"), "is not allowed"),
        (Row("new", "1", "MIT", "good", "core"), "needs a pin"),
        (Row("new", "1", "MIT", "kehoach", "core"), "needs a pin"),
        (Row("loose", "1", "MIT", "kehoach[x]", "x"), ""),
        (Row("less", "1", "MPL-2.0", "good", "core"), "its metadata say MPL-2.0"),
        (Row("odd", "1", "Beerware", "kehoach[x]", "x"), "no licence that is known"),
        (Row("away", "", "", "kehoach[x]", "x"), ""),
    ],
)
def test_what_is_wrong_is_named(row: Row, wrong: str) -> None:
    said = "\n".join(faults([row], TABLE, {"good", "less"}))
    assert bool(said) is bool(wrong)
    assert wrong in said


def test_rows_are_read_from_both_tables() -> None:
    stated = stated_in("| `ml` | scikit-learn (BSD-3-Clause), skops (MIT) |\n" + TABLE)
    assert {name: stated[name] for name in ("skops", "scikit-learn", "good")} == {
        "skops": "MIT",
        "scikit-learn": "BSD-3-Clause",
        "good": "MIT",
    }


def test_a_package_stands_once_a_part_and_says_what_brought_it() -> None:
    found = rows()
    names = [(row.name.lower(), row.part) for row in found]
    assert len(set(names)) == len(names)
    assert {row.by for row in found} >= {"kehoach", "kehoach[serve]", "pdfplumber"}
