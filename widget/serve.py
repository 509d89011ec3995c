"""Two servers in one process: callers' and, on the machine itself only, the operators'."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from widget.api import Api

_GRACE_S = 20
"""How long answers under way may take once the process is told to stop."""
_KEEP_ALIVE_S = 5
_HEAD_BYTES = 32_768
_HEAD_S = 10.0
_INTERNAL_HOST = "127.0.0.1"


class _Protocol(H11Protocol):
    """HTTP that closes a connection whose next request does not come whole within its time.

    uvicorn waits for ever for the rest of a head, and its other parser keeps a head of any size.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect(None)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect(self.cycle)

    def _expect(self, last: RequestResponseCycle | None) -> None:
        """Close the connection unless another request has begun by then."""

        def close() -> None:
            if self.cycle is last and not self.transport.is_closing():
                self.transport.close()

        self.loop.call_later(_HEAD_S, close)


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: one handler stops both servers."""
        yield


def serve(api: Api, host: str, port: int, internal_port: int) -> None:
    """Serve until SIGTERM or SIGINT; then take no more and finish what is under way.

    Raises:
        SystemExit: a port cannot be had.
    """
    asyncio.run(_serve(api, host, port, internal_port))


async def _serve(api: Api, host: str, port: int, internal_port: int) -> None:
    servers = [
        _Server(_config(api.app, host, port)),
        _Server(_config(api.internal, _INTERNAL_HOST, internal_port)),
    ]

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop)
    try:
        async with asyncio.TaskGroup() as group:
            for server in servers:
                group.create_task(server.serve())
    finally:
        api.close()


def _config(app: ASGIApp, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=_Protocol,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the peer's address is what `proxy` believes
        ws="none",
        lifespan="off",
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )
