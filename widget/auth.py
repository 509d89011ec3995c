"""Who asks: anybody on this machine, the holder of a token, or whom a proxy names."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import HTTPConnection

from chains import Settings, errors

_BEARER = re.compile(r"Bearer ([A-Za-z0-9._~+/=-]{20,200})", re.IGNORECASE)
_LONGEST_NAME = 200


class Token(BaseModel):
    """A token as it lies in the file: never itself, only its sha256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=_LONGEST_NAME)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    origins: tuple[str, ...] = ()


class TokenFile(BaseModel):
    """The file of tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Identity:
    """Who asks, and from which web pages elsewhere."""

    name: str
    origins: frozenset[str]

    @property
    def pseudonym(self) -> str:
        """What stands in the log in place of the name."""
        return hashlib.sha256(self.name.encode("utf-8", "replace")).hexdigest()[:12]


class Door:
    """Lets in who may come in."""

    def __init__(self, settings: Settings) -> None:
        """Read the tokens and the proxies' addresses.

        Raises:
            TokensUnreadable: the file cannot be used.
        """
        self._settings = settings
        self._tokens = _read_tokens(settings) if settings.api_auth == "token" else {}
        self._proxies = [ipaddress.ip_network(a, strict=False) for a in settings.api_proxies]
        self.origins = frozenset(settings.api_origins).union(
            *(token.origins for token in self._tokens.values())
        )
        """Every origin that some identity may use the API from."""

    def identify(self, request: HTTPConnection) -> Identity:
        """Return who asks.

        Raises:
            NotAuthenticated: no valid token, or no identity from a proxy that is believed.
            OriginRefused: the page that asks is not on the list.
        """
        match self._settings.api_auth:
            case "none":
                identity = Identity("local", frozenset(self._settings.api_origins))
            case "token":
                identity = self._by_token(request)
            case "proxy":
                identity = self._by_proxy(request)
        _check_origin(request, identity)
        return identity

    async def admit(self, request: Request) -> None:
        """Let a request in, as the dependency of a route; see `identify`."""
        identity = self.identify(request)
        request.state.who, request.state.identity = identity, identity.pseudonym

    def _by_token(self, request: HTTPConnection) -> Identity:
        given = request.headers.getlist("authorization")
        found = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
        token = self._tokens.get(digest(found[1])) if found else None
        if token is None:
            raise errors.NotAuthenticated
        return Identity(token.name, frozenset(token.origins))

    def _by_proxy(self, request: HTTPConnection) -> Identity:
        given = request.headers.getlist(self._settings.api_identity_header)
        known = request.client is not None and self._is_proxy(request.client.host)
        if not known or len(given) != 1 or not 0 < len(given[0].strip()) <= _LONGEST_NAME:
            raise errors.NotAuthenticated
        return Identity(given[0].strip(), frozenset(self._settings.api_origins))

    def _is_proxy(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._proxies)


def _check_origin(request: HTTPConnection, identity: Identity) -> None:
    """Refuse a page elsewhere that is not on the list; the API's own pages pass."""
    given = request.headers.getlist("origin")
    if not given:
        return
    if len(given) == 1:
        site = request.headers.get("sec-fetch-site")
        host = request.headers.get("host", "")  # the guard has compared it with the list
        own = site == "same-origin" if site else urlsplit(given[0]).netloc == host
        if own or given[0] in identity.origins:
            return
    raise errors.OriginRefused


def digest(token: str) -> str:
    """Return what is kept of a token; tokens are 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(name: str, origins: tuple[str, ...]) -> tuple[str, str]:
    """Return a new token, and its entry for the file."""
    token = secrets.token_urlsafe(32)
    entry = Token(name=name, sha256=digest(token), origins=origins).model_dump(mode="json")
    return token, yaml.safe_dump({"tokens": [entry]}, allow_unicode=True, sort_keys=False)


def check_binding(settings: Settings, host: str) -> None:
    """Refuse to be reached from elsewhere without sign-in.

    Raises:
        UnsafeBinding: anybody who reaches `host` could ask.
    """
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if settings.api_auth == "none" and not loopback:
        raise errors.UnsafeBinding(host)


def _read_tokens(settings: Settings) -> dict[str, Token]:
    path = settings.api_tokens_file
    if path is None:
        raise errors.TokensUnreadable(Path("ASSISTANT_API_TOKENS_FILE"), "?")
    try:
        read = TokenFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise errors.TokensUnreadable(path, type(error).__name__) from error
    except ValidationError as error:
        places = ", ".join(".".join(map(str, e["loc"])) for e in error.errors()[:3])
        raise errors.TokensUnreadable(path, places) from error
    return {token.sha256: token for token in read.tokens}
