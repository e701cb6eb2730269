"""The house from outside: what the repo holds, what it must not hold, and what the wheel carries."""

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

# Written in pieces, so that this file holds none of them.
FORBIDDEN = {
    "an absolute path of a machine": re.compile(r"(?<![\w.~/])/(?:work|root|home|Users)/\w"),
    "a registry address": re.compile(r"(?i)(?:index[-_]url|find[-_]links|registry)\s*[= ]\s*\S*://"),
    "an address of a package index": re.compile(r"(?i)https?://\S*/(?:simple|pypi|packages)/"),
    "a numeric address": re.compile(r"https?://\d+\.\d+\.\d+\.\d+"),
}
PIN = re.compile(r"([A-Za-z0-9][\w.-]*)==([\w.!+]+)")


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    """Every file that is, or would be, committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in listing.stdout.split("\0") if name and (root / name).is_file()]


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: Path) -> dict[str, str]:
    """The pinned packages of a requirements file; any other line but comments and -r is a failure."""
    found = {}
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            name, version = PIN.fullmatch(line).groups()
            found[canonical(name)] = version
    return found


def test_nothing_tells_of_the_machine_it_was_made_on(root: Path, files: list[Path]) -> None:
    found = []
    for file in files:
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{file.relative_to(root)}: {what}" for what, pattern in FORBIDDEN.items() if pattern.search(text)
        ]
    assert found == []


def test_no_lock_file_with_addresses(files: list[Path]) -> None:
    assert not [file for file in files if file.name in ("uv.lock", "poetry.lock", "Pipfile.lock", "pip.conf")]


@pytest.mark.parametrize("name", ["runtime", "build", "dev", "bench"])
def test_requirements_are_exact_pins_and_nothing_else(root: Path, name: str) -> None:
    assert pins(root / "requirements" / f"{name}.txt")


def test_every_dependency_is_pinned(root: Path, project: dict[str, Any]) -> None:
    have = set()
    for name, wanted in (
        ("runtime", project["project"]["dependencies"]),
        ("build", project["build-system"]["requires"]),
        ("dev", project["project"]["optional-dependencies"]["dev"]),
    ):
        have |= set(pins(root / "requirements" / f"{name}.txt"))
        assert {canonical(re.split(r"[<>=!~\[; ]", w)[0]) for w in wanted} <= have, name


def test_pins_do_not_contradict_each_other(root: Path) -> None:
    both: dict[str, str] = {}
    for name in ("runtime", "build", "dev"):
        for package, version in pins(root / "requirements" / f"{name}.txt").items():
            assert both.setdefault(package, version) == version


def test_every_pin_of_the_core_has_its_licence(root: Path) -> None:
    table = (root / "requirements" / "LICENSES.md").read_text("utf-8")
    rows = {
        canonical(name): licence
        for name, licence in re.findall(r"^\| (\S+) \| (.+?) \|", table, re.MULTILINE)
    }
    for package in pins(root / "requirements" / "runtime.txt"):
        assert not re.search(r"\bA?L?GPL", rows[package])


def test_scripts_are_documented_and_executable(root: Path) -> None:
    for script in (root / "scripts").iterdir():
        if script.is_file() and not script.suffix:
            head, about, *_ = script.read_text("utf-8").splitlines()
            assert script.stat().st_mode & 0o111, script
            assert head.startswith("#!/usr/bin/env "), script
            assert about.startswith(("# ", '"""')), script


def test_importing_the_package_loads_nothing_heavy(root: Path) -> None:
    code = "import sys, extractor; print(*sorted(sys.modules))"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], cwd=root, text=True).split())
    heavy = {
        "PIL",
        "distributed",
        "jinja2",
        "lxml",
        "numpy",
        "pdfminer",
        "pdfplumber",
        "pypdfium2",
        "sklearn",
        "spacy",
    }
    assert not loaded & heavy


@pytest.mark.slow
def test_the_wheel_carries_package_tables_and_models(root: Path, files: list[Path], tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, root]
    made = subprocess.run(build, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = tmp_path.glob("kehoach-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    inside = {file.relative_to(root).as_posix() for file in files}
    wanted = {name for name in inside if name.startswith("extractor/")}
    wanted |= {
        f"extractor/_models/{name.removeprefix('models/')}" for name in inside if name.startswith("models/")
    }
    assert wanted <= names
    assert "extractor/py.typed" in names
    assert any(name.startswith("extractor/tables/") and name.endswith(".tsv") for name in names)
    assert not {name.split("/")[0] for name in names} - {"extractor", "kehoach-0.1.0.dist-info"}


def test_the_command_starts_in_any_folder_and_any_locale(root: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "kho lưu trữ"
    venv.create(checkout / ".venv", with_pip=False, symlinks=True)
    (packages,) = (checkout / ".venv" / "lib").glob("python3*/site-packages")
    (packages / "_editable_impl_kehoach.pth").write_text(f"{checkout}\n", "utf-8")
    (checkout / "extractor.py").write_text("found = 1\n")
    command = '. "$1" && root=$2 && point_from_here'
    subprocess.run(["bash", "-c", command, "-", root / "scripts" / "_setup.sh", checkout], check=True)
    done = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", "import extractor; print(extractor.__file__)"],
        env={"LC_ALL": "C"}, cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.rstrip() == bytes(checkout / "extractor.py")
