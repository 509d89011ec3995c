"""A small OpenID provider on this machine: real HTTP, signed tokens, and it always says yes."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID = "aftaleassistenten"
CLIENT_SECRET = "hemmelighed-kun-til-proever"  # noqa: S105


class Provider:
    """The provider; `claims` is what it says of whoever signs in next."""

    def __init__(self) -> None:
        self._key = RSAKey.generate_key(2048, parameters={"kid": "1", "use": "sig"})
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        """The parameters of each sign-in."""
        self.left = 0
        """How many signed out."""
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def _authorize(self, given: dict[str, str]) -> str:
        self.asked.append(given)
        code = secrets.token_urlsafe(16)
        self._codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def _token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self._codes.pop(form.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if asked is None or authorization != f"Basic {basic}":
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "sub": "person-1", "nonce": asked["nonce"],
                  "iat": now, "exp": now + 3_600, **self.claims}  # fmt: skip
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": 3_600,
            "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, self._key),
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, given = urlsplit(self.path).path, _flat(urlsplit(self.path).query)
                if path == "/.well-known/openid-configuration":
                    self._say(provider._metadata())
                elif path == "/jwks":
                    self._say(KeySet([provider._key]).as_dict(private=False))
                elif path == "/authorize":
                    self._send_on(provider._authorize(given))
                elif path == "/leave":
                    provider.left += 1
                    self._send_on(given["post_logout_redirect_uri"])
                else:
                    self.send_error(404)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
                said = provider._token(_flat(body), self.headers.get("authorization", ""))
                self._say(said or {"error": "invalid_grant"}, 200 if said else 400)

            def _say(self, said: Any, status: int = 200) -> None:
                whole = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(whole)))
                self.end_headers()
                self.wfile.write(whole)

            def _send_on(self, url: str) -> None:
                self.send_response(302)
                self.send_header("location", url)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
