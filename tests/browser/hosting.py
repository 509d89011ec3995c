"""Host pages and APIs in threads of this process, each on a port of its own."""

from __future__ import annotations

import base64
import hashlib
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from corpus.settings import PROJECT
from tests.widget.serving import wait_for

EXAMPLES = PROJECT / "widget" / "examples"
RELEASES = PROJECT / "widget" / "releases"
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}


@contextmanager
def served(app: ASGIApp, sock: socket.socket | None = None) -> Iterator[str]:
    """Serve an app; give its address."""
    sock = sock or bind()
    config = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        assert wait_for(lambda: server.started)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(60)
        sock.close()


def bind() -> socket.socket:
    """Return a socket on a port that is free."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    return sock


def example(name: str, api: str) -> str:
    """Return an example page that asks the API at an address."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    return text.replace("https://aftaler.example.dk", api).replace("HASH", integrity("1.0.0"))


def integrity(version: str) -> str:
    """Return the sha384 of a released file, as an integrity attribute has it."""
    released = (RELEASES / f"aftale-assistent-{version}.js").read_bytes()
    return base64.b64encode(hashlib.sha384(released).digest()).decode()


def pages(files: Mapping[str, str], tokens: list[str], minted: list[str]) -> Starlette:
    """Return a host that has these files, and gives out tokens in turn, noting them in `minted`."""

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in files:
            return Response(status_code=204 if name == "favicon.ico" else 404)
        return Response(files[name], media_type=_KINDS[name.rpartition(".")[2]])

    async def token(_: Request) -> Response:
        minted.append(tokens[min(len(minted), len(tokens) - 1)])
        return JSONResponse({"token": minted[-1]})

    return Starlette(
        routes=[Route("/aftale-token", token, methods=["POST"]), Route("/{name}", file)]
    )
