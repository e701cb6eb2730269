"""The same batch on a cluster of this machine: the same store, also where a worker dies on the way."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from extractor.archive import Limits, Options, engine_of, run
from extractor.ground.trouble import Misuse

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


def test_a_cluster_gives_the_same_store(folder: Path, tmp_path: Path, dump: Callable[[Path], str]) -> None:
    run([str(folder)], tmp_path / "one.db", engine_of(1, Limits(), None))
    run([str(folder)], tmp_path / "many.db", engine_of(2, Limits(), "local"))
    assert dump(tmp_path / "many.db") == dump(tmp_path / "one.db")


def test_a_worker_that_dies_costs_nothing(
    folder: Path, tmp_path: Path, dump: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.archive import cluster

    monkeypatch.setattr(cluster, "_CHUNK", 1)
    run([str(folder)], tmp_path / "one.db", engine_of(1, Limits(), None))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as many:

        def kill() -> None:
            time.sleep(0.3)
            next(iter(many.workers.values())).process.process._process.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        run([str(folder)], tmp_path / "many.db", engine_of(2, Limits(), many.scheduler_address))
        killer.join()
    assert dump(tmp_path / "many.db") == dump(tmp_path / "one.db")


def test_files_at_an_address_are_read_by_the_workers(folder: Path, tmp_path: Path) -> None:
    summary = run([f"file://{folder}"], tmp_path / "s.db", engine_of(1, Limits(), None), Options())
    assert summary.done["read"] >= 4
    again = run([f"file://{folder}"], tmp_path / "s.db", engine_of(1, Limits(), None), Options())
    assert set(again.done) == {"unchanged"}
    with pytest.raises(Misuse):
        run([f"file://{tmp_path}/none"], tmp_path / "s.db", engine_of(1, Limits(), None))


def test_no_scheduler_is_a_refusal(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.archive import cluster

    monkeypatch.setattr(cluster, "_WAIT", 0.5)
    with pytest.raises(Misuse, match="no scheduler"):
        run([str(folder)], tmp_path / "s.db", engine_of(1, Limits(), "tcp://127.0.0.1:9"), Options())


def has_read(store: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT count(*) FROM files").fetchone()[0])
    except sqlite3.OperationalError:
        return False


def test_ctrl_c_ends_a_local_cluster_in_one_line(tmp_path: Path, corpus: Path, root: Path) -> None:
    plan = (corpus / "plans" / "tinh-2019-tre-em.txt").read_text("utf-8")
    (tmp_path / "in").mkdir()
    for number in range(600):
        (tmp_path / "in" / f"{number}.txt").write_text(f"{plan}\n{number}", "utf-8")
    args = ("batch", str(tmp_path / "in"), "-o", str(tmp_path / "s.db"), "-j", "1", "--cluster", "local")
    batch = subprocess.Popen(
        [sys.executable, "-m", "extractor", *args],
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=root,
        env=os.environ | {"KEHOACH_LOCALE": "C"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 60
    while not has_read(tmp_path / "s.db") and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(batch.pid, signal.SIGINT)
    said = batch.communicate(timeout=60)[1].decode()
    assert batch.returncode == 130
    assert said.startswith("kehoach: stopped after ")
    assert said.count("\n") == 1
