"""At run time nothing is fetched and nothing is told: the main jobs run where the network is refused."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUARD = Path(__file__).with_name("offline")
JOBS = (
    "extract {plans}/tinh-2019-tre-em.txt -o {out}",
    "extract {plans}/so-2024-cchc.docx -o {out}",
    "extract {plans}/tinh-2021-chuyen-doi-so.pdf -o {out}",
    "extract {plans}/huyen-2023-hiv.damaged.txt --format akn -o {out}",
    "repair {plans}/huyen-2023-hiv.damaged.txt",
    "outline {plans}/tinh-2019-tre-em.txt",
    "view {plans}/tinh-2021-chuyen-doi-so.pdf -o {out}/view.html",
    "batch {few} -o {out}/s.db -j 2 --ocr never",
    "export {out}/s.db --format archival",
    "report {out}/s.db -o {out}/report.html",
    "search {out}/s.db trẻ em",
    "eval {gold} {out}",
    "schema",
    "doctor",
)
SCAN = "extract corpus/scans/plans/thi-xa-2012-trong-cay.fax.tif -o {out}"


def run(prefix: list[str], calls: Path, *words: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join(map(str, (GUARD, ROOT)))
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", "KEHOACH_TEST_CALLS": str(calls)}
    line = [*prefix, sys.executable, *words]
    return subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)


def jobs(tmp_path: Path, corpus: Path, prefix: list[str], *lines: str) -> None:
    """Run commands one after the other; none may fail, none may have tried to reach anything."""
    few = tmp_path / "few"
    few.mkdir()
    for name in ("tinh-2019-tre-em.txt", "so-2024-cchc.docx", "tinh-2021-chuyen-doi-so.pdf"):
        shutil.copy(corpus / "plans" / name, few)
    places = {"plans": corpus / "plans", "gold": corpus / "gold", "few": few, "out": tmp_path / "out"}
    calls = tmp_path / "calls"
    for line in lines:
        words = (word.format(**places) for word in line.split())  # a path may hold spaces
        done = run(prefix, calls, "-m", "extractor", *words)
        assert done.returncode == 0, (line, done.stderr)
        assert not calls.exists(), (line, calls.read_text("utf-8"))


def test_the_guard_sees_what_reaches_out(tmp_path: Path) -> None:
    for code in (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://kehoach.example')",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'a', ('127.0.0.1', 9))",
        "import subprocess, sys; subprocess.run([sys.executable, '-P', '-c', 'import socket; "
        "socket.getaddrinfo(chr(97), 1)'])",
    ):
        calls = tmp_path / "calls"
        run([], calls, "-c", code)
        assert "socket." in calls.read_text("utf-8"), code
        calls.unlink()


def test_the_main_jobs_reach_for_nothing(tmp_path: Path, corpus: Path) -> None:
    jobs(tmp_path, corpus, [], *JOBS)


@pytest.mark.slow
def test_a_scan_is_read_without_network(tmp_path: Path, corpus: Path) -> None:
    pytest.importorskip("tesserocr")
    jobs(tmp_path, corpus, [], SCAN)


@pytest.mark.slow
def test_the_main_jobs_run_on_a_machine_without_network(tmp_path: Path, corpus: Path) -> None:
    """The same where the system itself has no network, for programs that are no Python, too."""
    alone = ["unshare", "--map-root-user", "--net"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine does not let a process leave the network")
    scans = [SCAN] if shutil.which("tesseract") else []
    jobs(tmp_path, corpus, alone, *JOBS, *scans)
