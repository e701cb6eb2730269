"""Many machines: the same jobs on ``dask.distributed``, whose scheduler and workers are somebody else's to
start.

A task is a chunk of jobs; on each thread of a cluster's worker they go to a process of their own
(:mod:`.isolate`), so that a document that crashes or hangs costs what it costs on one machine.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from extractor.archive.engines import Engine
from extractor.archive.isolate import Worker
from extractor.archive.jobs import Job, Limits, Outcome
from extractor.ground.trouble import Missing, Misuse, Trouble

LOCAL = "local"
_CHUNK = 16  # jobs of a task: a task costs the scheduler a millisecond or two
_CHUNK_BYTES = 4 * 2**20  # they pass through the scheduler
_AHEAD = 3  # tasks in hand for each thread of the cluster
_WAIT = 15.0  # seconds for the scheduler to answer
_LOOK = 5.0  # seconds between looks at the cluster's health
_RETRIES = 3  # of a task whose worker has died

_mine = threading.local()


def spread(address: str, workers: int, limits: Limits) -> Engine:
    """The engine of the cluster at ``address`` (``tcp://host:8786``); ``"local"`` makes one of
    ``workers``.
    """

    def run(jobs: Iterable[Job]) -> Iterator[Outcome]:
        with _cluster(address, workers) as cluster:
            yield from _through(cluster, jobs, limits)

    return run


def settle(jobs: list[Job], limits: Limits) -> list[Outcome]:
    """What became of ``jobs``: the task, as a cluster's worker does it."""
    worker = getattr(_mine, "worker", None)
    if worker is None or _mine.limits != limits:
        worker, _mine.limits = Worker(limits), limits
        _mine.worker = worker
    return [worker.settle(job) for job in jobs]


def _through(cluster: Any, jobs: Iterable[Job], limits: Limits) -> Iterator[Outcome]:
    """Send chunks, few ahead of what comes back, and give what comes back."""
    at_work: dict[Any, list[Job]] = {}

    def submit(chunk: list[Job]) -> None:
        at_work[cluster.submit(settle, chunk, limits, pure=False, retries=_RETRIES)] = chunk

    most = _AHEAD * max(1, sum(cluster.nthreads().values()))
    for chunk in _chunks(jobs):
        submit(chunk)
        while len(at_work) >= most:
            yield from _settled(cluster, at_work, submit)
    while at_work:
        yield from _settled(cluster, at_work, submit)


def _settled(
    cluster: Any, at_work: dict[Any, list[Job]], submit: Callable[[list[Job]], None]
) -> Iterator[Outcome]:
    """The outcomes of the next tasks. One that killed its workers is tried job by job; a job that does so
    has failed. Raises :class:`Trouble` where the cluster has gone: no document is to blame for that.
    """
    for future in _next(cluster, list(at_work)):
        chunk = at_work.pop(future)
        if future.status == "finished":
            yield from future.result()
        elif future.status != "error":
            submit(chunk)  # lost with its worker
        elif len(chunk) > 1:
            for job in chunk:
                submit([job])
        else:
            yield Outcome(chunk[0].path, "", _lost(future.exception()))


def _next(cluster: Any, futures: list[Any]) -> list[Any]:
    """The futures that are done; waits for the first."""
    from distributed import wait

    while True:
        try:
            wait(futures, timeout=_LOOK, return_when="FIRST_COMPLETED")
        except Exception:  # time is up, a task was lost, the connection broke: what it is shows below
            time.sleep(0.1)
        if cluster.status != "running":
            said = f"the cluster has gone (its client is {cluster.status})"
            remedy = "Start it and run again: the batch goes on."
            raise Trouble("no_cluster", said, remedy, stage="archive", exit_code=1)
        done = [future for future in futures if future.done()]
        if done:
            return done


def _lost(error: BaseException | None) -> Trouble:
    said = f"the cluster's workers died of it, or lost it: {error!r}"
    return Trouble("crashed", said, "See the workers' logs and run again.", stage="archive")


def _chunks(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    size = 0
    for job in jobs:
        chunk.append(job)
        size += len(job.content or b"")
        if len(chunk) >= _CHUNK or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _cluster(address: str, workers: int) -> Any:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        said = "--cluster needs dask.distributed"
        raise Missing("no_dask", said, "Install kehoach[cluster].", stage="install") from error
    if address == LOCAL:
        return _Local(LocalCluster, Client, workers)
    try:
        return Client(address, timeout=_WAIT)
    except (OSError, ValueError, TimeoutError) as error:
        said = f"{address}: no scheduler answers ({error})"
        remedy = "Start one with 'dask scheduler', or check the address."
        raise Misuse("no_cluster", said, remedy, stage="archive") from error


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started here do not hear Ctrl-C: it is for the parent, which ends them
    itself. One that comes meanwhile (a second or two) is lost.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Local:
    """A cluster of this machine, for a try-out; it ends with its client."""

    def __init__(self, cluster: Any, client: Any, workers: int) -> None:
        with _deaf():
            self._cluster = cluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
            )
        self._client = client(self._cluster)

    def __enter__(self) -> Any:
        return self._client

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._cluster.close()
