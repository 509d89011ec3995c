"""A real HTTP server that speaks OpenAI's protocol and does what a test asks of it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Handler", dict[str, Any]], None]
PIECE = 40
"""Characters that a streamed piece holds."""


class Handler(BaseHTTPRequestHandler):
    """One request; the server's `reply` answers it."""

    protocol_version = "HTTP/1.1"
    server: LlmServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append(body)
        with suppress(BrokenPipeError, ConnectionResetError):  # nobody listens any more
            self.server.reply(self, body)
        self.close_connection = True

    def open_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()

    def piece(self, text: str) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}}
        self.event({"choices": [choice]})

    def event(self, said: dict[str, Any]) -> None:
        held = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", **said}
        self.wfile.write(f"data: {json.dumps(held)}\n\n".encode())
        self.wfile.flush()

    def done(self, tokens_in: int = 100, tokens_out: int = 20) -> None:
        self.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out,
                 "total_tokens": tokens_in + tokens_out}  # fmt: skip
        self.event({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class LlmServer(ThreadingHTTPServer):
    """Answers by `reply`, which a test may exchange; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: Reply = say("{}")
        self.seen: list[dict[str, Any]] = []
        self.freed = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def serve() -> Iterator[LlmServer]:
    server = LlmServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.freed.set()
        server.shutdown()
        server.server_close()
        thread.join()


def say(text: str) -> Reply:
    """Stream a text and end well."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        handler.open_stream()
        for start in range(0, len(text), PIECE):
            handler.piece(text[start : start + PIECE])
        handler.done()

    return reply


def say_in_turn(*texts: str) -> Reply:
    """Stream one text after the other, the last again and again."""
    left = list(texts)

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        say(left.pop(0) if len(left) > 1 else left[0])(handler, body)

    return reply


def claims(*pairs: tuple[str, list[int]]) -> str:
    """Return claims as the model would write them."""
    return json.dumps({"claims": [{"text": t, "marks": m} for t, m in pairs]}, ensure_ascii=False)


def fail(status: int, after: str = "") -> Reply:
    """Refuse with a status."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        told = json.dumps({"error": {"message": "no", "type": "x"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(told)))
        if after:
            handler.send_header("Retry-After", after)
        handler.end_headers()
        handler.wfile.write(told)

    return reply


def hang(handler: Handler, body: dict[str, Any]) -> None:
    """Take the question and say nothing."""
    handler.server.freed.wait(30)


def stall(handler: Handler, body: dict[str, Any]) -> None:
    """Begin well and then say nothing more."""
    handler.open_stream()
    handler.piece('{"claims": [')
    handler.server.freed.wait(30)


def drip(handler: Handler, body: dict[str, Any]) -> None:
    """Say a blank now and then, without end."""
    handler.open_stream()
    until = time.monotonic() + 30
    while time.monotonic() < until and not handler.server.freed.wait(0.1):
        handler.piece(" ")


def cut(handler: Handler, body: dict[str, Any]) -> None:
    """Break off in the middle."""
    handler.open_stream()
    handler.piece('{"claims": [{"text": "Regionerne')
    handler.done()


def break_off(handler: Handler, body: dict[str, Any]) -> None:
    """Close the connection in the middle of a stream."""
    handler.open_stream()
    handler.piece('{"claims": [{"text"')
    handler.connection.close()


def redirect(url: str) -> Reply:
    """Send the caller elsewhere."""

    def reply(handler: Handler, body: dict[str, Any]) -> None:
        handler.send_response(307)
        handler.send_header("Location", url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply
