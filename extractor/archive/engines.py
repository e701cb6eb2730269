"""Who does the work: processes of this machine. (``cluster.py``: those of many.)"""

import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from extractor.archive.isolate import Worker
from extractor.archive.jobs import Job, Limits, Outcome

#: takes jobs as it can and gives their outcomes back in any order
Engine = Callable[[Iterable[Job]], Iterator[Outcome]]

_AHEAD = 2  # jobs in hand for each worker: it never waits for the next


def local(workers: int, limits: Limits) -> Engine:
    """``workers`` processes, each held by a thread that waits for it."""

    def run(jobs: Iterable[Job]) -> Iterator[Outcome]:
        hands = [Worker(limits) for _ in range(workers)]
        free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for hand in hands:
            free.put(hand)

        def settle(job: Job) -> Outcome:
            hand = free.get()
            try:
                return hand.settle(job)
            finally:
                free.put(hand)

        threads = ThreadPoolExecutor(workers)
        waiting: set[Future[Outcome]] = set()
        try:
            for job in jobs:
                waiting.add(threads.submit(settle, job))
                if len(waiting) >= workers * _AHEAD:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (one.result() for one in done)
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for hand in hands:
                hand.stop()
            threads.shutdown(wait=True)
            for hand in hands:
                hand.close()

    return run
