"""The app behind nginx, which says who the user is: a forged name is overwritten."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from chains import run_texts
from corpus.settings import PROJECT
from tests.browser.driving import SLOW_MS
from tests.browser.serving import free_url


@pytest.fixture
def proxied(start_app: Callable[..., str], tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of the app and that of the proxy before it."""
    if shutil.which("nginx") is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")
    settings = {"ASSISTANT_APP_AUTH": "proxy", "ASSISTANT_APP_PROXIES": '["127.0.0.1"]'}
    inner, outer = start_app(**settings), free_url()
    conf = (PROJECT / "deploy" / "app-proxy.conf").read_text(encoding="utf-8")
    conf = conf.replace("127.0.0.1:8501", urlsplit(inner).netloc.replace("localhost", "127.0.0.1"))
    conf = conf.replace("listen 8080", f"listen 127.0.0.1:{urlsplit(outer).port}")
    conf = conf.replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "app-user.map").write_text(
        'map $http_x_test_login $app_user { default ""; "1" "Anna"; }\n', encoding="utf-8"
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log;\n"
        f"events {{}}\nhttp {{\n{conf}\n}}\n",
        encoding="utf-8",
    )
    command = ["nginx", "-p", str(tmp_path), "-c", "nginx.conf"]
    nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(outer)
        yield inner, outer
    finally:
        nginx.terminate()
        nginx.wait(30)


def _wait(url: str) -> None:
    deadline = time.monotonic() + SLOW_MS / 1000
    while time.monotonic() < deadline:
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx does not answer")


def test_the_proxy_says_who_it_is_and_nobody_else(
    chromium: Browser, proxied: tuple[str, str]
) -> None:
    _, outer = proxied
    forged = {"X-Forwarded-User": "Admin"}
    refused = httpx.get(outer, headers=forged)
    assert refused.status_code == 401
    assert "gennem jeres login" in refused.text
    assert "server" not in refused.headers or "nginx/" not in refused.headers["server"]
    context = chromium.new_context(extra_http_headers={**forged, "X-Test-Login": "1"})
    page = context.new_page()
    page.goto(outer)
    shown = page.get_by_text(run_texts.SIGNED_IN_AS.format(name="Anna"))
    expect(shown).to_be_attached(timeout=SLOW_MS)
    assert page.get_by_role("button", name=run_texts.SIGN_OUT).count() == 0
    context.close()
