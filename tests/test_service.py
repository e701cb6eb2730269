"""``kehoach serve``: what it answers, what it refuses, and that it keeps to its own description."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from extractor import extract
from extractor.cli import main
from extractor.service import PROBLEM, Rules, is_loopback

pytest.importorskip("fastapi")

MOST = 2**19


@pytest.fixture(scope="module")
def asgi() -> Any:
    from extractor.service import app

    return app(Rules(most_bytes=MOST))


@pytest.fixture(scope="module")
def client(asgi: Any) -> Iterator[Any]:
    from starlette.testclient import TestClient

    with TestClient(asgi, base_url="http://localhost") as made:
        yield made


def test_a_record_is_that_of_the_library(client: Any, corpus: Path) -> None:
    path = corpus / "plans" / "tinh-2019-tre-em.txt"
    asked = {"name": path.name, "ocr": "never"}
    expected = extract(path)
    answer = client.post("/extract", params=asked, content=path.read_bytes())
    assert answer.status_code == 200
    assert answer.json() == expected.to_dict()
    short = client.post("/extract", params={**asked, "text": "false"}, content=path.read_bytes())
    assert short.json() == expected.to_dict(text=False)
    plain = client.post("/extract/plain", params=asked, content=path.read_bytes())
    assert plain.json() == expected.to_dict(plain=True)
    sure = client.post("/extract", params={**asked, "min_confidence": 0.9999}, content=path.read_bytes())
    assert sure.json()["fields"]["theme"]["status"] == "withheld"


def test_a_pdf_is_read(client: Any, corpus: Path) -> None:
    path = corpus / "plans" / "tinh-2021-chuyen-doi-so.pdf"
    answer = client.post("/extract/plain", params={"ocr": "never"}, content=path.read_bytes())
    assert answer.json()["number"] == extract(path, ocr="never").number.value


@pytest.mark.parametrize(
    ("path", "content", "status", "code"),
    [
        ("/extract", b"", 422, "reading.empty"),
        ("/extract", b"%PDF-1.7\nbroken", 422, "reading.damaged"),
        ("/extract?ocr=perhaps", b"a", 422, "service.bad_request"),
        ("/extract?name=" + "a" * 256, b"a", 422, "service.bad_request"),
        ("/extract?min_confidence=2", b"a", 422, "service.bad_request"),
        ("/extract", b"a" * (MOST + 1), 413, "service.too_large"),
        ("/nowhere", b"a", 404, "service.no_such_path"),
        ("/health", b"a", 405, "service.bad_request"),
    ],
)
def test_a_refusal_says_what_to_do_in_two_languages(
    client: Any, path: str, content: bytes, status: int, code: str
) -> None:
    answer = client.post(path, content=content)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    said = answer.json()
    assert (said["status"], said["type"]) == (status, f"urn:kehoach:{code}")
    assert all(said[key] and "\n" not in said[key] for key in ("title", "detail", "title_vi", "detail_vi"))


def test_no_more_is_read_than_may_be(client: Any) -> None:
    """A body whose size nobody says ends where the limit is."""
    sent = []

    def pieces() -> Iterator[bytes]:
        for _ in range(MOST // 1000 + 10):
            sent.append(1)
            yield b"a" * 1000

    assert client.post("/extract", content=pieces()).status_code == 413


def test_who_hangs_up_ends_quietly(asgi: Any) -> None:
    """No exception goes up to the server, which would print it."""
    said = iter(
        [{"type": "http.request", "body": b"KE", "more_body": True}] + [{"type": "http.disconnect"}] * 9
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(said)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/extract", "query_string": b"", "http_version": "1.1"}
    call = asgi({**scope, "headers": [(b"host", b"localhost")]}, receive, send)
    with ThreadPoolExecutor(1) as other:  # this thread may have a loop of a browser
        other.submit(asyncio.run, call).result()
    assert [message["status"] for message in sent if "status" in message] in ([], [408])


def test_strangers_are_sent_away(client: Any) -> None:
    assert client.get("/health", headers={"host": "kehoach.example"}).status_code == 403
    assert client.get("/health", headers={"host": "127.0.0.1.example:8765"}).status_code == 403
    assert client.get("/health", headers={"origin": "http://localhost"}).status_code == 403
    for host in ("[::1", "[zz]", "[]", ""):
        answer = client.get("/health", headers={"host": host})
        assert answer.json()["type"] == "urn:kehoach:service.foreign_host", host
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765"):
        answer = client.get("/health", headers={"host": host})
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_service_for_others_takes_any_host() -> None:
    from starlette.testclient import TestClient

    from extractor.service import app

    with TestClient(app(Rules(local=False)), base_url="http://kehoach.example") as made:
        assert made.get("/health").status_code == 200


def test_no_page_is_served_that_fetches(client: Any) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/")] == [404, 404, 404]


def test_nothing_is_told_to_others(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """FastAPI would hand requests to whatever a program around it has set up for OpenTelemetry."""
    trace = pytest.importorskip("opentelemetry.trace")
    asked: list[str] = []

    class Provider(trace.TracerProvider):  # type: ignore[misc, name-defined]
        def get_tracer(self, *args: Any, **kwargs: Any) -> Any:
            asked.append(args[0])
            return trace.NoOpTracer()

    monkeypatch.setattr(trace, "get_tracer_provider", Provider)
    assert client.post("/extract/plain", content="KẾ HOẠCH\nThử".encode()).status_code == 200
    assert asked == []


def test_a_service_that_is_busy_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than four requests a worker are sent away, and told when to come again."""
    from starlette.testclient import TestClient

    from extractor import service

    monkeypatch.setattr("extractor.service.application._AHEAD", 0)
    with TestClient(service.app(Rules()), base_url="http://localhost") as made:
        answer = made.post("/extract", content=b"a")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:kehoach:service.busy")
    assert answer.headers["retry-after"] == "5"


def test_a_document_that_takes_too_long_is_refused() -> None:
    from starlette.testclient import TestClient

    from extractor.service import app

    with TestClient(app(Rules(seconds=0.001)), base_url="http://localhost") as made:
        answer = made.post("/extract", content="KẾ HOẠCH\n".encode() * 20_000)
        assert (answer.status_code, answer.json()["type"]) == (504, "urn:kehoach:archive.timeout")
        assert made.get("/health").status_code == 200


def test_loopback_is_told() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "kehoach.example", "")))


def test_a_defect_is_a_refusal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.testclient import TestClient

    from extractor import service

    def broken(*_: Any) -> bytes:
        raise KeyError("boom")

    monkeypatch.setattr("extractor.service.application._answer", broken)
    with TestClient(service.app(), base_url="http://localhost", raise_server_exceptions=False) as made:
        answer = made.post("/extract", content=b"a")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert answer.json()["type"] == "urn:kehoach:pipeline.defect"


def test_a_port_that_is_taken_is_named(root: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = [sys.executable, "-m", "extractor", "serve", "--port", str(port)]
        done = subprocess.run(line, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert f"nothing can listen at 127.0.0.1:{port}. Choose another port" in done.stderr
    assert "Errno" not in done.stderr


def test_listening_for_others_is_warned_of(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("extractor.service.app", lambda rules: rules)
    monkeypatch.setattr("extractor.service.serve", lambda *args: asked.append(args))
    assert main(["serve"]) == 0
    assert "warning" not in capsys.readouterr().err
    assert main(["serve", "--host", "0.0.0.0", "--port", "99"]) == 0
    assert "warning: whoever reaches 0.0.0.0" in capsys.readouterr().err
    assert [(host, port, rules.local) for rules, host, port in asked] == [
        ("127.0.0.1", 8765, True),
        ("0.0.0.0", 99, False),
    ]


def test_it_keeps_to_its_description(asgi: Any) -> None:
    """Requests after the description and against it; whether bytes are a document, no schema says."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import CHECKS
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    home = {"host": "localhost"}
    description = schemathesis.openapi.from_asgi("/openapi.json", asgi, headers=home)
    checks = [check for check in CHECKS.get_all() if check is not positive_data_acceptance]
    for operation in description.get_all_operations():
        modes = list(schemathesis.GenerationMode)
        for mode in modes if operation.ok().path != "/health" else [schemathesis.GenerationMode.POSITIVE]:

            @settings(
                max_examples=20,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.ok().as_strategy(generation_mode=mode))
            def keeps(case: Any) -> None:
                case.validate_response(case.call(headers=home), checks=checks)

            keeps()


def test_its_schemas_are_those_of_the_record(client: Any, corpus: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    described = client.get("/openapi.json").json()
    path = corpus / "plans" / "xa-2026-chuyen-doi-so.damaged.txt"
    for where, name in (("/extract", "Record"), ("/extract/plain", "PlainRecord")):
        answer = client.post(where, content=path.read_bytes()).json()
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(answer)))
