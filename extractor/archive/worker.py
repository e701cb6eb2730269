"""A worker: one process that reads documents, one after the other, and can die without loss.

``python -m extractor.archive.worker MEGABYTES`` takes messages of :mod:`.frames` on stdin and answers on
stdout. A document that hangs ends the process by an alarm of the system, which no code of ours can hold up;
one that wants too much memory is refused it.
"""

import json
import os
import resource
import signal
import sys
from typing import Any

from extractor.archive import frames
from extractor.archive.rows import rows
from extractor.ground.trouble import Trouble
from extractor.record import Record


def main() -> None:
    """Answer until stdin ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand between the answers
    _limit_memory(int(sys.argv[1]) * 2**20)
    while (parts := frames.receive(sys.stdin.buffer.read)) is not None:
        order = json.loads(parts[0])
        signal.setitimer(signal.ITIMER_REAL, order["seconds"])
        answer = _answer(parts[1], order["name"], order["ocr"])
        signal.setitimer(signal.ITIMER_REAL, 0)
        frames.send(answers, answer)


def _limit_memory(most: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _answer(content: bytes, name: str, ocr: str) -> list[bytes]:
    from extractor.pipeline import defect, extract

    try:
        return _told(extract(content, name=name, ocr=ocr))
    except Trouble as trouble:
        return _refused(out_of_memory() if _starved(trouble) else trouble)
    except MemoryError:
        return _refused(out_of_memory())
    except Exception as error:  # a defect of ours costs one document
        return _refused(defect(error))


def _starved(error: BaseException | None) -> bool:
    """Whether want of memory is behind a refusal: to a reader it looks like damage."""
    while error is not None and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def _told(record: Record) -> list[bytes]:
    text = record.text
    clean, raw, layers = (text.clean, text.raw, text.ledger()) if text else ("", "", [])
    parts: tuple[Any, ...] = (_json(rows(record)), record.to_json(text=False), clean, raw, _json(layers))
    return [part.encode("utf-8", "replace") for part in parts]


def _refused(trouble: Trouble) -> list[bytes]:
    said = [trouble.stage, trouble.code, trouble.message, trouble.remedy]
    return [_json(said).encode("utf-8", "replace")]


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def out_of_memory() -> Trouble:
    """The refusal of a document that needs more memory than it may have."""
    return Trouble(
        "memory",
        "reading it takes more memory than a document may have",
        "Give more with --memory, or split the file.",
        stage="archive",
    )


if __name__ == "__main__":
    main()
