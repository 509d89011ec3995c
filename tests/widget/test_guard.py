"""What is refused before a route sees it, and what every response carries."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from chains import Assistant
from widget.guard import SECURITY
from widget.logs import set_up

ASK = "/api/v1/ask"
QUESTION = {"question": "Hvad er teknologibidraget?"}
TURN = {"question": "", "answer": ""}
JSON = {"content-type": "application/json"}


@pytest.fixture
def json_log() -> Iterator[io.StringIO]:
    """The log as the command sets it up."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def is_problem(response, status: int) -> bool:
    body = response.json()
    return (
        response.status_code == body["status"] == status
        and response.headers["content-type"] == "application/problem+json"
        and {"type", "title", "detail"} <= body.keys()
        and body["request_id"] == response.headers["x-request-id"]
        and all(name.lower() in response.headers for name in SECURITY)
        and "server" not in response.headers
    )


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/api/v1/passages/nothing:1-2", {}, 404),
        ("GET", "/api/v1/agreements/nothing", {}, 404),
        ("POST", "/api/v1/calculators/nothing", {"json": {}}, 404),
        ("GET", ASK, {}, 405),
        ("BREW", ASK, {}, 405),
        ("POST", ASK, {"content": b"x" * 65_537, "headers": JSON}, 413),
        ("POST", ASK, {"content": b"{}", "headers": {"content-type": "text/plain"}}, 415),
        ("POST", ASK, {"content": b"{}"}, 415),
        ("POST", ASK, {}, 422),
        ("POST", "/healthz", {}, 405),
        ("POST", ASK, {"content": b"{}", "headers": {**JSON, "content-encoding": "gzip"}}, 415),
        ("POST", ASK, {"content": b"\xff", "headers": JSON}, 400),
        ("POST", ASK, {"content": b"{", "headers": JSON}, 422),
        ("POST", ASK, {"content": b"[" * 50_000, "headers": JSON}, 400),
        ("POST", ASK, {"content": b'{"question": "\\ud800"}', "headers": JSON}, 422),
        ("POST", ASK, {"content": b'{"question": "a", "\\ud800": 1}', "headers": JSON}, 422),
        ("POST", ASK, {"json": {**QUESTION, "more": 1}}, 422),
        ("POST", ASK, {"json": {"question": "a" * 8_001}}, 422),
        ("POST", ASK, {"json": {"question": 7}}, 422),
        ("POST", ASK, {"json": {**QUESTION, "agreements": []}}, 422),
        ("POST", ASK, {"json": {**QUESTION, "agreements": ["nothing"]}}, 422),
        ("POST", f"{ASK}/stream", {"json": {**QUESTION, "agreements": ["nothing"]}}, 422),
        ("POST", ASK, {"json": {**QUESTION, "history": [TURN] * 21}}, 422),
        ("GET", "/api/v1/figures?year=1", {}, 422),
        ("POST", "/api/v1/calculators/proximity_funding", {"json": {"criteria": False}}, 422),
        ("POST", "/api/v1/calculators/target", {"json": {"baseline": True}}, 422),
        ("POST", "/api/v1/calculators/target", {"content": b'{"baseline": NaN}', "headers": JSON},
         422),
        ("POST", "/api/v1/calculators/target", {"content": b'{"baseline": 1e999}', "headers": JSON},
         422),
        ("POST", "/api/v1/calculators/series", {"json": {"subject": "a\nb", "first_year": 2021,
                                                         "last_year": 2022}}, 422),
    ],
)  # fmt: skip
def test_every_refusal_is_a_problem_in_danish(
    api: TestClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    assert is_problem(api.request(method, path, **sent), status)


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200),
     ("evil.dk", 421), ("localhost.evil.dk", 421), ("evil.dk:80@localhost", 400), ("", 400),
     ("localhost/", 400), ("local host", 400), ("localhost:99999999", 400), ("a,localhost", 400),
     ("localhost\t", 400), ("[::1", 400), (".localhost", 400)],
)  # fmt: skip
def test_only_named_hosts_are_served(api: TestClient, host: str, status: int) -> None:
    response = api.get("/api/v1/agreements", headers={"host": host})
    assert response.status_code == status


OTHERS = ["https://evil.dk", "https://intra.dk.evil.dk", "https://sub.intra.dk", "null",
          "http://intra.dk", "https://intra.dk:8443",
          "https://INTRA.dk", "https://intra.dk/"]  # fmt: skip


@pytest.mark.parametrize("origin", ["https://intra.dk", *OTHERS])
def test_only_named_origins_may_ask(open_api, origin: str) -> None:
    client = open_api(api_origins=("https://intra.dk",))
    asked = client.get("/api/v1/texts", headers={"origin": origin})
    preflight = client.options(
        ASK, headers={"origin": origin, "access-control-request-method": "POST"}
    )
    if origin in OTHERS:
        assert (asked.status_code, preflight.status_code) == (403, 403)
        assert "access-control-allow-origin" not in {*asked.headers, *preflight.headers}
    else:
        assert (asked.status_code, preflight.status_code) == (200, 204)
        assert asked.headers["access-control-allow-origin"] == origin
    assert "Origin" in asked.headers["vary"]
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"origin": "http://localhost"}, 200), ({"origin": "http://localhost:1"}, 403),
     ({"origin": "http://localhost", "sec-fetch-site": "same-site"}, 403),
     ({"origin": "https://localhost", "sec-fetch-site": "same-origin"}, 200)],
)  # fmt: skip
def test_the_own_pages_may_ask(api: TestClient, headers: dict[str, Any], status: int) -> None:
    assert api.get("/api/v1/texts", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"x-request-id": "abc-12345"}, "abc-12345"),
        ({"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}, "ab" * 16),
        ({"x-request-id": "short"}, None),
        ({"x-request-id": "a b\x1bcdefghij"}, None),
        ({"x-request-id": "a" * 65}, None),
    ],
)
def test_a_valid_request_id_is_kept(
    api: TestClient, headers: dict[str, Any], kept: str | None
) -> None:
    got = api.get("/healthz", headers=headers).headers["x-request-id"]
    assert got == kept if kept else len(got) == 32


def test_an_endless_body_is_left_after_64_kib(open_api) -> None:
    app = open_api().app
    given = 0

    async def endless() -> dict[str, Any]:
        nonlocal given
        given += 1
        return {"type": "http.request", "body": b"x" * 1_000, "more_body": True}

    assert asyncio.run(_call(app, endless, [(b"transfer-encoding", b"chunked")])) == 413
    assert given == 66


def test_a_slow_body_is_given_up(open_api) -> None:
    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    app = open_api(api_body_timeout_s=0.05).app
    assert asyncio.run(_call(app, never, [(b"content-length", b"10")])) == 408


async def _call(app, receive, headers: list[tuple[bytes, bytes]]) -> int:
    scope = {"type": "http", "method": "POST", "path": ASK, "raw_path": b"", "query_string": b"",
             "headers": [(b"host", b"localhost"), (b"content-type", b"application/json"), *headers],
             "client": ("127.0.0.1", 1), "scheme": "http", "http_version": "1.1"}  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return int(sent[0]["status"])


def test_an_unforeseen_error_shows_nothing_of_ours(
    open_api, fake_assistant: Assistant, monkeypatch, json_log
) -> None:
    client = open_api()

    def fail(*_: object) -> None:
        raise RuntimeError("/secret/path 010190-1234 spørgsmål")

    monkeypatch.setattr(fake_assistant, "answer", fail)
    response = client.post(ASK, json=QUESTION)
    assert is_problem(response, 500)
    shown = response.text + json_log.getvalue()
    assert '"error": "RuntimeError"' in shown
    assert "secret" not in shown
    assert "010190" not in shown


def test_the_log_has_one_line_without_the_question(api: TestClient, json_log) -> None:
    api.post(ASK, json={"question": "Hemmelig\n\x1b[31m 010190-1234?"}, headers={
        "x-request-id": "my-request-1"})  # fmt: skip
    lines = json_log.getvalue().strip().splitlines()
    assert len(lines) == 1
    assert "emmelig" not in lines[0]
    entry = json.loads(lines[0])
    assert entry["request_id"] == "my-request-1"
    assert (entry["route"], entry["status"], entry["level"]) == (ASK, 200, "info")
