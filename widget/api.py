"""The HTTP API: two apps, one that callers reach and one for those who run it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)

from chains import Assistant, AssistantError, Settings, api_texts
from widget import asking, reading
from widget.auth import Door
from widget.bodies import Status
from widget.capacity import Capacity
from widget.docs import describe, render
from widget.guard import Guard
from widget.metrics import Metrics
from widget.problems import documented, install, problem_response
from widget.workers import Answering

VERSION = "1.0.0"
_HERE = Path(__file__).resolve().parent
_READY_S = 2.0
"""How long the sign of one search holds, so that asking often costs nothing."""
_PROBE_S = 5.0
_PAGE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {frames}; "
    "require-trusted-types-for 'script'"
)
_RELEASED = "/widget/{version}/aftale-assistent.js"
_SHORT, _FOR_EVER = "public, max-age=300", "public, max-age=31536000, immutable"
_FILES = {
    "/widget/v1/aftale-assistent.js": ("aftale-assistent.js", "text/javascript; charset=utf-8"),
    "/demo": ("demo.html", "text/html; charset=utf-8"),
    "/demo/demo.css": ("demo.css", "text/css; charset=utf-8"),
    "/embed/embed.css": ("embed.css", "text/css; charset=utf-8"),
}


class Readiness:
    """Whether questions can be answered, found out by a real search."""

    def __init__(self, assistant: Assistant, capacity: Capacity) -> None:
        self._assistant, self._capacity = assistant, capacity
        self._until, self._ok = 0.0, False
        self._lock = asyncio.Lock()

    async def check(self) -> bool:
        """Return whether a search came back within its deadline, a moment ago at most."""
        loop = asyncio.get_running_loop()
        async with self._lock:
            if loop.time() < self._until:
                return self._ok
            try:
                await asyncio.wait_for(self._capacity.read(self._assistant.probe), _PROBE_S)
                self._ok = True
            except (AssistantError, TimeoutError):
                self._ok = False
            self._until = loop.time() + _READY_S
            return self._ok


class Api:
    """Both apps and what they share; made where an event loop may not run yet."""

    def __init__(
        self, assistant: Assistant, settings: Settings, answering: Answering | None = None
    ) -> None:
        """Put the apps together; `answering` makes the answers in place of the assistant.

        Raises:
            TokensUnreadable: the file of tokens cannot be used.
        """
        self.assistant, self.settings = assistant, settings
        self.answering = answering or assistant
        self.metrics, self.capacity = Metrics(), Capacity(settings)
        self.metrics.follow(lambda: self.capacity.running)
        self.door = Door(settings)
        self._readiness = Readiness(assistant, self.capacity)
        self.app = self._public()
        self.internal = self._internal()

    def close(self) -> None:
        """Take no more questions."""
        self.capacity.close()

    def _public(self) -> FastAPI:
        app = self._bare()
        app.include_router(
            asking.make_router(
                self.assistant,
                self.answering,
                self.settings,
                self.door,
                self.capacity,
                self.metrics,
            )
        )
        app.include_router(reading.make_router(self.assistant, self.door, self.capacity))
        self._add_health(app)
        for path, (name, media_type) in _FILES.items():
            app.add_api_route(path, _file(_HERE / name, media_type), include_in_schema=False)
        for release in sorted((_HERE / "releases").glob("aftale-assistent-*.js")):
            path = _RELEASED.format(version=release.stem.removeprefix("aftale-assistent-"))
            send = _file(release, "text/javascript; charset=utf-8", cache=_FOR_EVER)
            app.add_api_route(path, send, include_in_schema=False)
        embed = _file(_HERE / "embed.html", "text/html; charset=utf-8", self.settings.api_frames)
        app.add_api_route("/embed", embed, include_in_schema=False)
        app.openapi = lambda: describe(app)  # type: ignore[method-assign]
        app.add_middleware(
            Guard, settings=self.settings, origins=self.door.origins, metrics=self.metrics
        )
        return app

    def _internal(self) -> FastAPI:
        app = self._bare()
        self._add_health(app)
        public = self.app

        async def metrics() -> Response:
            return PlainTextResponse(self.metrics.render(), media_type="text/plain; version=0.0.4")

        async def openapi() -> Response:
            return JSONResponse(public.openapi())

        async def docs() -> Response:
            return HTMLResponse(render(public.openapi()))

        app.add_api_route("/metrics", metrics)
        app.add_api_route("/openapi.json", openapi)
        app.add_api_route("/docs", docs)
        own = self.settings.model_copy(update={"api_hosts": ("localhost", "127.0.0.1", "::1")})
        app.add_middleware(Guard, settings=own, origins=frozenset(), metrics=Metrics())
        return app

    def _bare(self) -> FastAPI:
        app = FastAPI(
            title=api_texts.API_TITLE, version=VERSION, description=api_texts.API_DESCRIPTION,
            openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
        )  # fmt: skip
        install(app)
        return app

    def _add_health(self, app: FastAPI) -> None:
        async def health() -> Status:
            return Status()

        async def ready(request: Request) -> Status | Response:
            if not await self._readiness.check():
                return problem_response(request.state.request_id, 503, headers={"Retry-After": "5"})
            return Status(corpus_version=self.assistant.corpus_version)

        app.add_api_route("/healthz", health, operation_id="health", tags=["run"],
                          summary=api_texts.SUMMARIES["health"],
                          responses=documented(400, 405, 421, 500))  # fmt: skip
        app.add_api_route("/readyz", ready, operation_id="ready", tags=["run"],
                          summary=api_texts.SUMMARIES["ready"], response_model=Status,
                          responses=documented(400, 405, 421, 500, 503))  # fmt: skip


def _file(
    path: Path, media_type: str, frames: tuple[str, ...] = (), cache: str = _SHORT
) -> Callable[[], Awaitable[Response]]:
    """Return what sends a file; `frames` are the pages elsewhere that may show it."""

    async def send() -> Response:
        script = media_type.startswith("text/javascript")
        headers = {
            "Cache-Control": cache,
            "Content-Security-Policy": _PAGE_CSP.format(frames=" ".join(frames) or "'none'"),
            "Cross-Origin-Resource-Policy": "cross-origin" if script else "same-origin",
        }
        if script:  # so that pages elsewhere may load it with an integrity attribute
            headers["Access-Control-Allow-Origin"] = "*"
        return FileResponse(path, media_type=media_type, headers=headers)

    return send
