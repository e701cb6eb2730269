"""The same batch on a cluster of this machine: the same store, also where a worker dies on the way."""

import threading
import time
from collections.abc import Callable
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
