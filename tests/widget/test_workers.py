"""The API as it is run: workers of their own, callers that hang up, drip, or never end."""

from __future__ import annotations

import json
import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from chains import Assistant
from tests.widget.serving import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.enable_socket]
ASK, STREAM = "/api/v1/ask", "/api/v1/ask/stream"
WHO = {"X-Forwarded-User": "anna"}
QUESTIONS = (
    "Hvor mange nærhospitaler kan der oprettes?",
    "Hvad beholder regionerne af nærhedsfinansieringen ved to kriterier?",
    "Hvem vandt kampen i går?",
)
ABORTED = 50


@pytest.fixture
def client(server: Server):
    with httpx.Client(base_url=server.url, headers=WHO, timeout=120) as made:
        yield made


def test_workers_give_the_answers_of_the_assistant(
    client: httpx.Client, assistant: Assistant
) -> None:
    for question in QUESTIONS:
        got = client.post(ASK, json={"question": question}).json()
        own = assistant.answer(question).model_dump(mode="json")
        assert {k: v for k, v in got.items() if k not in {"timings_ms", "request_id"}} == {
            k: v for k, v in own.items() if k != "timings_ms"
        }


def test_workers_refuse_as_the_assistant_does(client: httpx.Client) -> None:
    refused = client.post(ASK, json={"question": "Hvad?", "agreements": ["ukendt"]})
    assert refused.status_code == 422
    assert "ukendt" in refused.json()["detail"]
    refused = client.post("/api/v1/calculators/proximity_funding", json={"criteria": 9})
    assert refused.status_code == 422
    assert "4 kriterier" in refused.json()["detail"]
    text = "Teknologibidraget er 300 mio. kr."
    numbers = client.post("/api/v1/check", json={"text": text}).json()["numbers"]
    assert [n["printed"] for n in numbers] == ["300 mio. kr."]
    assert client.get("/readyz").status_code == 200


def test_stages_come_from_a_worker(client: httpx.Client) -> None:
    streamed = client.post(STREAM, json={"question": QUESTIONS[0]}).text
    events = [line for line in streamed.splitlines() if line.startswith("event: ")]
    assert events == ["event: stage"] * 5 + ["event: answer"]


def test_a_killed_worker_is_replaced(client: httpx.Client, server: Server) -> None:
    before = server.workers
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    with ThreadPoolExecutor(4) as pool:
        bodies = [{"question": f"{question} {n}"} for n in range(4) for question in QUESTIONS]
        answers = list(pool.map(lambda body: client.post(ASK, json=body), bodies))
    lost = [answer for answer in answers if answer.status_code != 200]
    assert all((a.status_code, a.headers["retry-after"]) == (503, "5") for a in lost)
    assert len(lost) <= 1
    assert wait_for(lambda: len(server.workers) == 2 and before[0] not in server.workers)
    assert client.post(ASK, json={"question": QUESTIONS[1]}).status_code == 200


def test_streams_that_nobody_reads_on_are_given_up(server: Server) -> None:
    body = json.dumps({"question": "Hvad er aftalt om kvalitet og om digitalisering?"}).encode()
    head = _head(STREAM, f"content-length: {len(body)}")
    callers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(ABORTED)]
    for caller in callers:
        caller.sendall(head + body)
    assert wait_for(lambda: server.running > 0)
    for caller in callers:
        caller.close()
    assert wait_for(lambda: server.running == 0)


def test_bodies_without_end_are_refused_and_not_kept(server: Server) -> None:
    before = server.memory_mb
    piece = b"10000\r\n" + b"x" * 65_536 + b"\r\n"  # 64 KiB a chunk
    sent = 0
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as caller:
        caller.sendall(_head(ASK, "transfer-encoding: chunked"))
        try:
            for _ in range(16_384):  # 1 GiB, if it were taken
                caller.sendall(piece)
                sent += len(piece)
            answer = caller.recv(64)
        except OSError:  # closed while we sent
            answer = b""
    assert sent < 100 * 2**20
    assert answer in (b"", b"HTTP/1.1 413") or answer.startswith(b"HTTP/1.1 413")
    assert server.memory_mb < before + 10


def test_slow_callers_are_given_up_and_hold_nobody_up(server: Server, client: httpx.Client) -> None:
    callers = [socket.create_connection(("127.0.0.1", server.port), timeout=60) for _ in range(60)]
    for caller in callers:
        caller.sendall(_head(ASK, "content-length: 50") + b"{")
    assert client.get("/healthz").status_code == 200
    assert client.post(ASK, json={"question": QUESTIONS[2]}).status_code == 200
    assert all(caller.recv(12) == b"HTTP/1.1 408" for caller in callers)
    for caller in callers:
        caller.close()


def test_heads_without_end_are_refused(server: Server) -> None:
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=60)) as caller:
        try:
            caller.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: " + b"x" * 200_000)
            answer = caller.recv(12)
        except OSError:
            answer = b""
    assert answer in (b"", b"HTTP/1.1 400", b"HTTP/1.1 431")
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=120)) as caller:
        caller.sendall(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n")
        assert caller.recv(12) == b""


def _head(path: str, *fields: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", "x-forwarded-user: anna",
             "content-type: application/json", *fields]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
