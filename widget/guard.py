"""What every request passes before a route sees it, and every response before it leaves.

Pure ASGI: request id, host list, body limits (also of bodies without a length), JSON only, CORS,
security headers, one log line and the measures. Nothing is parsed here.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chains import Settings
from widget.metrics import Metrics
from widget.problems import problem_response

_LOG = structlog.get_logger("widget")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_TRACE = re.compile(r"00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_HOST = re.compile(
    r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(\d{1,5}))?"
)
_JSON = re.compile(r"application/json(?:\s*;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)
_METHODS = "GET, POST"
_ALLOWED_HEADERS = "authorization, content-type, idempotency-key, traceparent, x-request-id"
SECURITY = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
}
"""On every response; a route may set one of its own."""


class _Gone(Exception):
    """The caller hung up while sending."""


class Guard:
    """The middleware around the whole app."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        origins: frozenset[str],
        metrics: Metrics,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app, self._settings, self._clock = app, settings, clock
        self._origins, self._metrics = origins, metrics
        self._hosts = {host.lower() for host in settings.api_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; only HTTP is served."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        started = self._clock()
        status, unread = 0, _has_body(headers)

        async def finish(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answered = MutableHeaders(scope=message)
                if unread:  # or the server would go on to take in what is thrown away
                    answered["Connection"] = "close"
                self._complete(answered, headers, request_id)
            await send(message)

        try:
            refused = self._refuse(scope, headers, request_id)
            if refused is not None:
                await refused(scope, receive, finish)
                return
            try:
                whole = await self._read_body(headers, receive)
            except TimeoutError:
                await problem_response(request_id, 408)(scope, receive, finish)
                return
            if whole is None:
                await problem_response(request_id, 413)(scope, receive, finish)
                return
            unread = False
            await self._app(scope, _replay(whole, receive), finish)
        except _Gone:
            status = 499
        except Exception as error:  # noqa: BLE001 - the outermost boundary: told, never shown
            _LOG.error("failed", request_id=request_id, error=type(error).__name__,
                       at=places(error))  # fmt: skip
            if not status:
                await problem_response(request_id, 500)(scope, receive, finish)
        finally:
            self._note(scope, request_id, status or 499, self._clock() - started)

    def _refuse(self, scope: Scope, headers: Headers, request_id: str) -> Response | None:
        """Return what refuses a request by its head alone, or answers a preflight."""
        hosts = headers.getlist("host")
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if found is None:
            return problem_response(request_id, 400)
        if found[1].strip("[]").lower() not in self._hosts:
            return problem_response(request_id, 421)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            known = headers.get("origin") in self._origins
            return Response(status_code=204) if known else problem_response(request_id, 403)
        if scope["method"] == "POST" and _has_body(headers):
            given = headers.getlist("content-type")
            if len(given) != 1 or not _JSON.fullmatch(given[0].strip()):
                return problem_response(request_id, 415)
            if headers.get("content-encoding", "identity") != "identity":
                return problem_response(request_id, 415)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return problem_response(request_id, 400)
        if len(length) > 12 or int(length) > self._settings.api_body_bytes:
            return problem_response(request_id, 413)
        return None

    async def _read_body(self, headers: Headers, receive: Receive) -> bytes | None:
        """Return the whole body, None where it is too large; nothing beyond the limit is kept."""
        if "content-length" not in headers and "transfer-encoding" not in headers:
            return b""
        body = bytearray()
        async with asyncio.timeout(self._settings.api_body_timeout_s):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _Gone
                body += message.get("body", b"")
                if len(body) > self._settings.api_body_bytes:
                    return None
                if not message.get("more_body", False):
                    return bytes(body)

    def _complete(self, response: MutableHeaders, request: Headers, request_id: str) -> None:
        for name, value in SECURITY.items():
            response.setdefault(name, value)
        response["X-Request-ID"] = request_id
        response.add_vary_header("Origin")
        origin = request.get("origin")
        if origin in self._origins and len(request.getlist("origin")) == 1:
            response["Access-Control-Allow-Origin"] = str(origin)
            response["Access-Control-Allow-Methods"] = _METHODS
            response["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
            response["Access-Control-Expose-Headers"] = "x-request-id, retry-after"
            response["Access-Control-Max-Age"] = "600"

    def _note(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        state: dict[str, Any] = scope.get("state", {})
        route = getattr(scope.get("route"), "path", "")
        self._metrics.note(route or "-", scope["method"], status, seconds)
        _LOG.info(
            "request",
            request_id=request_id,
            method=scope["method"] if scope["method"].isalpha() else "-",
            route=route or "-",  # the template: a path may hold anything
            status=status,
            ms=round(seconds * 1000, 1),
            identity=state.get("identity", "-"),
        )


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    if _REQUEST_ID.fullmatch(given):
        return given
    trace = _TRACE.fullmatch(headers.get("traceparent", ""))
    return trace[1] if trace else secrets.token_hex(16)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that has been read, then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def places(error: BaseException) -> list[str]:
    """Return where an error arose, without its message: that may hold what a user wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-8:]]
