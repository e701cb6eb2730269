"""The parent's side of a worker: give it a job, wait, and outlive whatever becomes of it."""

import hashlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from extractor.archive import frames
from extractor.archive.jobs import Job, Limits, Outcome
from extractor.archive.worker import out_of_memory
from extractor.ground.trouble import Trouble

_LIFE = 1000  # documents until a worker is replaced, whatever its libraries have kept by then
_GRACE = 10.0  # seconds that a worker may be late beyond its own alarm
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class Worker:
    """A process that reads documents one by one; started when first needed and after each death."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._stopped = False

    def settle(self, job: Job) -> Outcome:
        """What became of ``job``; never an exception for what a document does."""
        try:
            content = job.content if job.content is not None else _fetched(job.url)
        except Trouble as trouble:
            return Outcome(job.path, "", trouble)
        sha256 = hashlib.sha256(content).hexdigest()
        try:
            parts = self._ask_twice(job, content)
        except Trouble as trouble:
            return Outcome(job.path, sha256, trouble)
        if len(parts) == 1:
            stage, code, message, remedy = json.loads(parts[0])
            return Outcome(job.path, sha256, Trouble(code, message, remedy, stage=stage))
        tables, record, clean, raw, layers = (part.decode("utf-8") for part in parts)
        return Outcome(job.path, sha256, None, json.loads(tables), record, clean, raw, layers)

    def stop(self) -> None:
        """End the process for good; from any thread. A job that it has is refused as interrupted."""
        self._stopped = True
        if self._process is not None:
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End the process, and what it has started."""
        if self._process is None:
            return
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._process = None

    def _ask_twice(self, job: Job, content: bytes) -> list[bytes]:
        """A death may have had another cause than the document: it is tried once more in a new process."""
        try:
            return self._ask(job, content)
        except Trouble as trouble:
            if trouble.code == "timeout":
                raise
            return self._ask(job, content)

    def _ask(self, job: Job, content: bytes) -> list[bytes]:
        process = self._running()
        order = {"name": job.name, "ocr": job.ocr, "seconds": self._limits.seconds}
        ask, answer = process.stdin, process.stdout
        try:
            if ask is None or answer is None:
                raise EOFError("no pipes")
            frames.send(ask, [json.dumps(order).encode(), content])
            parts = frames.receive(_Patient(answer, self._limits.seconds + _GRACE).take)
        except TimeoutError:
            parts = None
            self.close()
            raise _too_slow(self._limits) from None
        except (OSError, EOFError, ValueError):
            parts = None
        if parts is None:
            raise self._death(process)
        self._done += 1
        return parts

    def _running(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise Trouble("interrupted", "the batch was stopped", "Run again.", stage="archive")
        if self._process is not None and self._done >= _LIFE:
            self.close()
        if self._process is None:
            self._process, self._done = _started(self._limits), 0
        return self._process

    def _death(self, process: "subprocess.Popen[bytes]") -> Trouble:
        """Why the worker has died, as a refusal of the document that it had."""
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        code = process.poll()
        self.close()
        if code == -signal.SIGALRM:
            return _too_slow(self._limits)
        if code == -signal.SIGKILL:  # by the system, short of memory, or by somebody's hand
            return out_of_memory()
        how = f"signal {-code}" if code and code < 0 else f"exit code {code}"
        return Trouble(
            "crashed",
            f"reading it ended the program ({how})",
            "Save it anew and try again; please report it with the file.",
            stage="archive",
        )


class _Patient:
    """Reads from a pipe, but not for ever."""

    def __init__(self, pipe: IO[bytes], seconds: float) -> None:
        self._file, self._until = pipe.fileno(), time.monotonic() + seconds

    def take(self, size: int) -> bytes:
        """``size`` bytes, fewer where the other side has gone. Raises :class:`TimeoutError`."""
        got = bytearray()
        while len(got) < size:
            wait = self._until - time.monotonic()
            if wait <= 0 or not select.select([self._file], [], [], wait)[0]:
                raise TimeoutError
            piece = os.read(self._file, min(size - len(got), 2**20))
            if not piece:
                break
            got += piece
        return bytes(got)


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    here = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 - our own module, with a number
        [sys.executable, "-P", "-m", "extractor.archive.worker", str(limits.megabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONPATH": paths},
        start_new_session=True,  # Ctrl-C is for the parent, which ends its workers itself
    )


def _fetched(url: str) -> bytes:
    from extractor.archive.remote import content_of

    return content_of(url)


def _too_slow(limits: Limits) -> Trouble:
    return Trouble(
        "timeout",
        f"reading it takes more than {limits.seconds:g} seconds",
        "Give more with --timeout and add --retry-failed, or split the file.",
        stage="archive",
    )
