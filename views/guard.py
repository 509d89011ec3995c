"""What every request to the app passes, and every response before it leaves; pure ASGI.

Host list, origin, a proxy's identity, what Streamlit serves beside the app, security headers, the
page around the app, the browser's cookie.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chains import Settings, errors, run_texts
from views.shell import Shell

BROWSER_COOKIE = "aftale_browser"
"""By what a browser is known again: random, and nothing else is in it."""
_BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR_S = 31_536_000
_LONGEST_NAME = 200
_HOST = re.compile(
    r"(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::(\d{1,5}))?"
)
_CLOSED = ("/_stcore/agent", "/_stcore/metrics", "/_stcore/script-health-check")
"""What Streamlit serves to programs: nobody needs it here."""
_FILES = ("/static/", "/media/", "/component/", "/_stcore/")
"""Where Streamlit serves files; all else that is HTML is the page around the app."""
_SIGN_IN = ("/auth/", "/oauth2callback")
_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Strict-Transport-Security": f"max-age={_YEAR_S}; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""On every response."""


class Guard:
    """The middleware around the whole app."""

    def __init__(self, app: ASGIApp, settings: Settings, shell: Shell) -> None:
        self._app, self._settings, self._shell = app, settings, shell
        self._hosts = {host.lower() for host in settings.app_hosts}
        public = urlsplit(settings.app_url)
        if public.hostname:
            self._hosts.add(public.hostname)
        self._https = public.scheme == "https"
        self._proxies = read_proxies(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        status = self._refuse(scope, headers)
        if scope["type"] == "websocket":
            if status:
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
            return
        leaving = _Leaving(self, scope, headers, send)
        if status:
            await leaving.answer(status)
        elif scope["path"] == self._shell.script_path:
            await leaving.answer(200, self._shell.script, "text/javascript; charset=utf-8")
        else:
            await self._app(scope, receive, leaving.pass_on)

    def _refuse(self, scope: Scope, headers: Headers) -> int:
        """Return the status that a request is refused with by its head alone; 0: it may pass."""
        hosts = headers.getlist("host")
        found = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if found is None or int(found[2] or 0) > 65_535:
            return 400
        if found[1].strip("[]").lower() not in self._hosts:
            return 421
        if any(closed in scope["path"] for closed in _CLOSED):
            return 404
        if scope["type"] == "http" and scope["method"] in {"TRACE", "CONNECT"}:
            return 405
        origins = headers.getlist("origin")
        # Streamlit would ask a foreign service for its own address before it refused another one.
        if origins and (len(origins) > 1 or urlsplit(origins[0]).netloc != hosts[0]):
            return 403
        if self._settings.app_auth == "proxy" and not self._named(scope, headers):
            return 401
        return 0

    def _named(self, scope: Scope, headers: Headers) -> bool:
        """Return whether a proxy that is believed names one user."""
        given = headers.getlist(self._settings.app_identity_header)
        peer = scope.get("client")
        try:
            address = ipaddress.ip_address(peer[0]) if peer else None
        except ValueError:
            return False
        known = address is not None and any(address in network for network in self._proxies)
        return known and len(given) == 1 and 0 < len(given[0].strip()) <= _LONGEST_NAME

    def complete(self, scope: Scope, response: MutableHeaders) -> None:
        """Add to a response what all have."""
        for name, value in SECURITY.items():
            response[name] = value
        del response["server"]
        own = scope["path"] == self._shell.script_path
        if not scope["path"].startswith("/static/") and not own:
            response["Cache-Control"] = "no-store"
        for place, (header, cookie) in enumerate(response.raw):
            if header == b"set-cookie":
                response.raw[place] = (header, self._harden(cookie))

    def _harden(self, cookie: bytes) -> bytes:
        """Let a sign-in live no longer than it holds, and no cookie travel without encryption."""
        if cookie.startswith(b"_streamlit_user"):
            most = int(self._settings.sign_in_hours * 3_600)
            cookie = re.sub(
                rb"(?i)(max-age=)(\d+)", lambda m: m[1] + b"%d" % min(int(m[2]), most), cookie
            )
        if self._https and not re.search(rb"(?i);\s*secure", cookie):
            cookie += b"; Secure"
        return cookie

    def browser_cookie(self, request: Headers) -> str:
        """Return the cookie by which the browser is known again, its own or a new one."""
        given = cookie_parser(request.get("cookie", "")).get(BROWSER_COOKIE, "")
        name = given if _BROWSER.fullmatch(given) else secrets.token_urlsafe(32)
        return f"{BROWSER_COOKIE}={name}; Path=/; HttpOnly; SameSite=Lax; Max-Age={_YEAR_S}"

    @property
    def page(self) -> bytes:
        """The page around the app."""
        return self._shell.page


class _Leaving:
    """One response on its way out."""

    def __init__(self, guard: Guard, scope: Scope, request: Headers, send: Send) -> None:
        self._guard, self._scope, self._request, self._send = guard, scope, request, send
        self._replaced = False

    async def pass_on(self, message: Message) -> None:
        """Send what the app answers, or what stands in its place."""
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            path, status = self._scope["path"], message["status"]
            page = headers.get("content-type", "").startswith("text/html")
            if page and status in {200, 206, 304} and not path.startswith(_FILES):
                self._replaced = True
                await self.answer(200, self._guard.page)
                return
            if status >= 400 and path.startswith(_SIGN_IN):
                self._replaced = True
                await self.answer(502)
                return
            if status == 500:
                self._replaced = True
                await self.answer(500)
                return
            self._guard.complete(self._scope, headers)
        await self._send(message)

    async def answer(
        self, status: int, body: bytes | None = None, kind: str = "text/html; charset=utf-8"
    ) -> None:
        """Send a response of ours: a page that says what went wrong, or `body`."""
        whole = run_texts.page(status).encode() if body is None else body
        message: Message = {"type": "http.response.start", "status": status, "headers": []}
        headers = MutableHeaders(scope=message)
        headers["Content-Type"] = kind
        headers["Content-Length"] = str(len(whole))
        if kind.startswith("text/javascript"):
            headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable"
        elif status == 200:
            headers["Set-Cookie"] = self._guard.browser_cookie(self._request)
        self._guard.complete(self._scope, headers)
        await self._send(message)
        sent = b"" if self._scope["method"] == "HEAD" else whole
        await self._send({"type": "http.response.body", "body": sent})


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def read_proxies(settings: Settings) -> list[Network]:
    """Return the networks of the proxies that are believed.

    Raises:
        RunRefused: one is no address or network.
    """
    found: list[Network] = []
    for given in settings.app_proxies:
        try:
            found.append(ipaddress.ip_network(given, strict=False))
        except ValueError as error:
            raise errors.RunRefused("proxies", given) from error
    return found
