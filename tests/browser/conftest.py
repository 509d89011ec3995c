"""One Chromium and one app server for all browser tests, and pages that are watched.

The app is started as `make run` starts it, on a port of its own. It reads the project's index but
writes in a folder of its own. All tests below share the xdist group `browser`, so that
`--dist loadgroup` gives them to one worker.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from corpus.settings import PROJECT, Settings
from tests.browser.driving import SLOW_MS, OpenPage, Seen, wait_quiet

_HERE = Path(__file__).parent
_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
_SHARED = ("index", "models", "vectors")
"""What the app under test reads of the project's own `var/`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.xdist_group("browser"))


# Package scope: Playwright leaves an event loop running, which tests elsewhere could not bear.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The one Chromium; each page has a context, and thus cookies, of its own."""
    path = shutil.which("chromium")
    if path is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def start_app(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., str]]:
    """Start an app with settings (environment variables) of its own; return its address.

    `_var`: the folder it writes in, to start it again over the same one.
    """
    started: list[subprocess.Popen[bytes]] = []

    def start(_var: Path | None = None, **environment: str) -> str:
        var = _var or tmp_path_factory.mktemp("app") / "var"
        make_var(var)
        url = f"http://localhost:{free_port()}"
        log = tmp_path_factory.mktemp("log") / "app.log"
        process = run_app(url, var, log, environment)
        started.append(process)
        wait_for(url, process, log)
        return url

    yield start
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(30)


@pytest.fixture(scope="package")
def app_url(chromium: Browser, start_app: Callable[..., str]) -> str:
    """The address of the real app, its assistant loaded, without a slash at the end."""
    url = start_app()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector('[data-testid="stChatInput"]', timeout=SLOW_MS)
    wait_quiet(page)
    context.close()
    return url


@pytest.fixture
def seen() -> Seen:
    """What the test's pages did; a test that expects an error clears the list."""
    return Seen()


@pytest.fixture
def open_page(chromium: Browser, app_url: str, seen: Seen) -> Iterator[OpenPage]:
    """A function that opens a page; afterwards nothing may have gone wrong on any of them.

    `context` takes what Playwright's `new_context` takes: `color_scheme="dark"`,
    `forced_colors="active"`, `reduced_motion="reduce"`, … A path that is a whole address goes
    there.
    """
    contexts = []

    def open_(path: str = "/", *, width: int = 1280, height: int = 800, **context: Any) -> Page:
        viewport = {"width": width, "height": height}
        made = chromium.new_context(viewport=viewport, locale="da-DK", **context)  # type: ignore[arg-type]
        contexts.append(made)
        page = made.new_page()
        page.set_default_timeout(SLOW_MS)
        url = path if path.startswith("http") else app_url + path
        watch(page, url, seen)
        page.goto(url)
        wait_quiet(page)
        return page

    yield open_
    for one in contexts:
        one.close()
    assert seen.foreign == []
    assert seen.console == []


def watch(page: Page, url: str, seen: Seen) -> None:
    """Note what a page does beside what is asked of it."""
    host = urlsplit(url).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.console.append(message.text)

    def on_request(request: Request) -> None:
        to = urlsplit(request.url)
        if to.scheme in {"http", "https", "ws", "wss"} and to.netloc != host:
            seen.foreign.append(request.url)

    def on_response(response: Response) -> None:
        if response.status >= 400:
            seen.failed.append(f"{response.status} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    page.on("request", on_request)
    page.on("response", on_response)
    page.on("requestfailed", lambda request: seen.failed.append(f"{request.failure} {request.url}"))


def make_var(var: Path) -> None:
    """Make a folder to write in that shows the project's index, model and cached vectors."""
    var.mkdir(parents=True, exist_ok=True)
    for name in _SHARED:
        source = Settings(_env_file=None).var_dir / name
        source.mkdir(parents=True, exist_ok=True)
        if not (var / name).exists():
            (var / name).symlink_to(source, target_is_directory=True)


def run_app(url: str, var: Path, log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the app as `make run` does."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(urlsplit(url).port)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    with log.open("wb") as told:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**inherited, "ASSISTANT_VAR_DIR": str(var), **environment},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.STDOUT,
        )


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; fail with what it said if it ends or does not."""
    deadline = time.monotonic() + SLOW_MS / 1000
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app does not answer:\n{log.read_text(encoding='utf-8')[-2000:]}")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
