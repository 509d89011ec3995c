"""The app as a server: Streamlit inside our guard, on one port, in this process."""

from __future__ import annotations

import ipaddress
import json
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.runtime.secrets import SecretsValue
from streamlit.web.bootstrap import load_config_options

from chains import Settings, errors, run_texts
from views.guard import Guard, read_proxies
from views.shell import Shell, make_shell
from views.sign_in import PROVIDER, PROXY_NAME

_APP = Path(__file__).parent.parent / "app.py"
_ALL_TENANTS = ("/common/", "/organizations/", "/consumers/", "{tenantid}")
_SECRET_BYTES = 32
_GRACE_S = 20


def check_settings(settings: Settings, host: str) -> None:
    """Refuse to start in a way that lets in who may not.

    Raises:
        RunRefused: says which setting, and what to do.
    """
    if settings.app_auth == "none" and not _is_loopback(host):
        raise errors.RunRefused("binding", host)
    if settings.app_url:
        _check_url(settings.app_url)
    if settings.app_auth == "proxy" and not read_proxies(settings):
        raise errors.RunRefused("proxies", "")
    if settings.app_auth != "oidc":
        return
    for name in ("app_url", "oidc_metadata_url", "oidc_client_id", "oidc_client_secret"):
        value = getattr(settings, name)
        if not (value if isinstance(value, str) else value.get_secret_value()):
            raise errors.RunRefused("oidc", f"ASSISTANT_{name.upper()}")
    length = len(settings.cookie_secret.get_secret_value().encode())
    if length < _SECRET_BYTES:
        raise errors.RunRefused("cookie_secret", str(length))
    if not settings.oidc_tenants and any(
        part in settings.oidc_metadata_url for part in _ALL_TENANTS
    ):
        raise errors.RunRefused("tenants", settings.oidc_metadata_url)


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))
    if not safe or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise errors.RunRefused("app_url", url)


def _is_loopback(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost"


def make_app(settings: Settings, host: str, port: int, shell: Shell) -> st.App:
    """Return Streamlit's app behind the guard, its own options set for this server."""
    app = st.App(
        _APP,
        secrets=_secrets(settings),
        middleware=[Middleware(Guard, settings=settings, shell=shell)],
        on_script_error=_tell_crash,
    )
    load_config_options(_options(settings, host, port))
    return app


def _options(settings: Settings, host: str, port: int) -> dict[str, object]:
    """Return Streamlit's options; they win over its files and environment variables."""
    options: dict[str, object] = {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "global.developmentMode": False,
        "runner.magicEnabled": False,
    }
    if settings.cookie_secret.get_secret_value():
        options["server.cookieSecret"] = settings.cookie_secret.get_secret_value()
    if settings.app_auth == "proxy":
        # Only this server sets it, so a page knows by it that the guard has been passed.
        options["server.trustedUserHeaders"] = json.dumps(
            {settings.app_identity_header: PROXY_NAME}
        )
    return options


def _secrets(settings: Settings) -> dict[str, SecretsValue] | None:
    """Return what `st.login` reads: Streamlit knows it as a file of secrets only."""
    if settings.app_auth != "oidc":
        return None
    return {
        "auth": {
            "redirect_uri": f"{settings.app_url.rstrip('/')}/oauth2callback",
            "cookie_secret": settings.cookie_secret.get_secret_value(),
            PROVIDER: {
                "client_id": settings.oidc_client_id,
                "client_secret": settings.oidc_client_secret.get_secret_value(),
                "server_metadata_url": settings.oidc_metadata_url,
                # Let the provider ask again of somebody who signed in there longer ago than that.
                "authorize_params": {"max_age": int(settings.sign_in_hours * 3_600)},
            },
        }
    }


def _tell_crash(_: Exception) -> bool:
    """Show what a person can do in place of Streamlit's English; the trace is in the log."""
    st.error(run_texts.CRASHED, icon=":material/error:")
    return True


def serve(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        settings: The settings.
        host: The address to listen on.
        port: The port; 0: any that is free.
        tell: Is given the app's address once it listens.

    Raises:
        RunRefused: the settings are not safe, or the port cannot be had.
    """
    check_settings(settings, host)
    shell = make_shell()
    with _listen(host, port) as listening:
        taken = listening.getsockname()[1]
        app = make_app(settings, host, taken, shell)
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # the peer's address is what `proxy` believes
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        shown = "localhost" if _is_loopback(host) else host
        tell(settings.app_url or f"http://{shown}:{taken}")
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError) as error:
        raise errors.RunRefused("port", str(port)) from error
