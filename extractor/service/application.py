"""The service as an application: who may ask, what a worker is given, what comes back."""

import asyncio
import json
import logging
import queue
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit

from extractor import __version__
from extractor.archive.isolate import Worker
from extractor.archive.jobs import Job, Limits
from extractor.ground.language import message
from extractor.ground.trouble import Message, Missing, Misuse, Trouble
from extractor.pipeline import defect
from extractor.record import Record
from extractor.service.description import PROBLEM, describe, extracts, refusals
from extractor.withholding import withhold

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_AHEAD = 4  # requests for each worker; more are sent away
_SENDING = 60.0  # seconds that the bytes of a document may take to come
#: what a refusal is in HTTP, by its code; all others are 422: the document cannot be read
_HTTP = {
    "bad_request": 422,
    "foreign_host": 403,
    "foreign_page": 403,
    "no_such_path": 404,
    "slow_request": 408,
    "too_large": 413,
    "defect": 500,
    "crashed": 500,
    "busy": 503,
    "interrupted": 503,
    "no_package": 503,
    "needs_ocr": 503,
    "no_libreoffice": 503,
    "timeout": 504,
    "memory": 507,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """``most_bytes`` of a document; ``jobs`` worker processes; ``seconds`` and ``megabytes`` that a document
    may take there; ``local``: for programs of this machine alone.
    """

    most_bytes: int = 50 * 2**20
    jobs: int = 1
    seconds: float = 120.0
    megabytes: int = 3072
    local: bool = True


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches ``host``."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def serve(made: "FastAPI", host: str, port: int) -> None:
    """Answer until the process is told to end. Raises :class:`Misuse` where nothing can listen there."""
    import uvicorn

    logging.getLogger("uvicorn.error").addFilter(_is_for_people)
    try:
        uvicorn.run(
            made, host=host, port=port, log_level="warning", server_header=False, timeout_keep_alive=5
        )
    except SystemExit as stop:
        said = f"nothing can listen at {host}:{port}"
        raise Misuse("cannot_listen", said, "Choose another port with --port.", stage="service") from stop


def _is_for_people(entry: logging.LogRecord) -> bool:
    """No bare error of the system: the refusal says it in words."""
    return not isinstance(entry.msg, OSError)


class _Hands:
    """The worker processes; each request takes one and gives it back."""

    def __init__(self, rules: Rules) -> None:
        self.workers = [Worker(Limits(rules.seconds, rules.megabytes)) for _ in range(max(1, rules.jobs))]
        self._free: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self.workers:
            self._free.put(worker)
        self._places = threading.Semaphore(len(self.workers) * _AHEAD)

    def __enter__(self) -> None:
        if not self._places.acquire(blocking=False):
            raise Trouble("busy", "all workers are busy", "Try again in a few seconds.", stage="service")

    def __exit__(self, *_: object) -> None:
        self._places.release()

    def record(self, job: Job) -> Record:
        """The full record. Raises :class:`Trouble`."""
        worker = self._free.get()
        try:
            outcome = worker.settle(job)
        finally:
            self._free.put(worker)
        if outcome.trouble:
            raise outcome.trouble
        data: dict[str, Any] = json.loads(outcome.record)
        notes = data.pop("notes")
        data |= {"text": {"raw": outcome.raw, "layers": json.loads(outcome.layers)}, "notes": notes}
        return Record.from_dict(data)

    def close(self) -> None:
        """End them all; no request is left when a server closes."""
        for worker in self.workers:
            worker.close()


def app(rules: Rules | None = None) -> "FastAPI":
    """The service as an ASGI application. Raises :class:`Missing` where the extra is not installed."""
    rules = rules or Rules()
    try:
        from fastapi import FastAPI, Query, Request
        from fastapi.exceptions import RequestValidationError
        from fastapi.responses import JSONResponse, Response
        from starlette.concurrency import run_in_threadpool
        from starlette.exceptions import HTTPException
    except ImportError as error:
        remedy = "Install kehoach[serve] (it brings fastapi and uvicorn)."
        raise Missing("no_package", "the service needs fastapi", remedy, stage="install") from error

    hands = _Hands(rules)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        hands.close()

    def refused(trouble: Trouble) -> JSONResponse:
        status = _HTTP.get(trouble.code, 422)
        headers = {"Retry-After": "5"} if trouble.code == "busy" else None
        return JSONResponse(problem(trouble, status), status, headers, media_type=PROBLEM)

    made = FastAPI(
        title="kehoach",
        version=__version__,
        summary="Vietnamese administrative plans as records, each value with its proof",
        docs_url=None,
        redoc_url=None,
        lifespan=life,
        telemetry={  # off, whatever the environment says
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )

    @made.middleware("http")
    async def at_home(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        stranger = _stranger(request) if rules.local else None
        return refused(stranger) if stranger else await go_on(request)

    @made.exception_handler(Trouble)
    async def on_trouble(_: Request, trouble: Trouble) -> JSONResponse:
        return refused(trouble)

    @made.exception_handler(Exception)
    async def on_defect(_: Request, error: Exception) -> JSONResponse:
        return refused(defect(error))

    @made.exception_handler(RequestValidationError)
    async def on_bad_query(_: Request, error: RequestValidationError) -> JSONResponse:
        said = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
        return refused(Trouble("bad_request", said, "See openapi.json.", stage="service"))

    @made.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> JSONResponse:
        code = "no_such_path" if error.status_code == 404 else "bad_request"
        trouble = Trouble(code, str(error.detail), "See openapi.json.", stage="service")
        data = problem(trouble, error.status_code)
        return JSONResponse(data, error.status_code, error.headers, media_type=PROBLEM)

    @made.get("/health", summary="Whether the service is there", responses=refusals(403))
    async def health() -> dict[Literal["version"], str]:
        return {"version": __version__}

    ocr_choice = Literal["auto", "never", "force"]
    name_given = Annotated[str, Query(max_length=255, description="the file's name, for the record")]
    least = Annotated[float, Query(ge=0, le=1, description="withhold values that are less sure")]

    async def answer(request: Request, name: str, ocr: str, least: float, **how: bool) -> Response:
        with hands:
            content = await _content(request, rules.most_bytes)
            said = await run_in_threadpool(_answer, hands, Job(name, content, ocr=ocr), least, how)
        return Response(said, media_type="application/json")

    @made.post("/extract", summary="The full record of a document", **extracts("Record"))
    async def extract(
        request: Request,
        name: name_given = "",
        ocr: ocr_choice = "auto",
        min_confidence: least = 0.0,
        text: Annotated[bool, Query(description="with the text and its edits")] = True,
    ) -> Response:
        return await answer(request, name, ocr, min_confidence, text=text)

    @made.post("/extract/plain", summary="The values of a document alone", **extracts("PlainRecord"))
    async def extract_plain(
        request: Request, name: name_given = "", ocr: ocr_choice = "auto", min_confidence: least = 0.0
    ) -> Response:
        return await answer(request, name, ocr, min_confidence, plain=True)

    describe(made)
    return made


def problem(trouble: Trouble, status: int) -> dict[str, Any]:
    """A refusal for programs and people: what is wrong and what to do, in English and Vietnamese."""
    row = message(trouble.code) or Message(trouble.code, trouble.message, trouble.remedy)
    return {
        "type": f"urn:kehoach:{trouble.stage}.{trouble.code}",
        "status": status,
        "title": trouble.message,
        "detail": trouble.remedy,
        "title_vi": row.message,
        "detail_vi": row.remedy,
    }


def _stranger(request: "Request") -> Trouble | None:
    """Why a request is none of a program of this machine, if it is none."""
    remedy = "Call it from a program of this machine, as localhost."
    if not is_loopback(_host(request)):
        return Trouble("foreign_host", "the request names another host", remedy, stage="service")
    if "origin" in request.headers:
        return Trouble("foreign_page", "the request is that of a web page", remedy, stage="service")
    return None


def _host(request: "Request") -> str:
    """The host that a request names, without its port; ``""`` where it is none."""
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:  # brackets that hold no address
        return ""


def _answer(hands: _Hands, job: Job, least: float, how: dict[str, bool]) -> bytes:
    """The record as JSON, as the request wants it; in a thread, so that others are answered meanwhile."""
    record = hands.record(job)
    return (withhold(record, least) if least else record).to_json(**how).encode("utf-8", "replace")


async def _content(request: "Request", most: int) -> bytes:
    """The body, of which no more is read than may be. Raises :class:`Trouble`."""
    too_large = Trouble(
        "too_large", f"the document is larger than {most} bytes", "Split the file.", stage="service"
    )
    from starlette.requests import ClientDisconnect

    said = request.headers.get("content-length", "0")
    if said.isdecimal() and int(said) > most:
        raise too_large
    content = bytearray()
    try:
        async with asyncio.timeout(_SENDING):
            async for piece in request.stream():
                content += piece
                if len(content) > most:
                    raise too_large
    except TimeoutError as error:
        said = f"the document did not come within {_SENDING:g} seconds"
        raise Trouble("slow_request", said, "Send it again.", stage="service") from error
    except ClientDisconnect as error:
        said = "whoever sent the document has hung up"
        raise Trouble("slow_request", said, "Send it again.", stage="service") from error
    return bytes(content)
