"""One Chromium and one app server for all browser tests, and pages that are watched.

The app is started as `make run` starts it, on a port of its own. It reads the project's index but
writes in a folder of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.browser.driving import SLOW_MS, OpenPage, Seen, wait_quiet
from tests.browser.serving import (
    FLAGS,
    SHARED,
    SHARED_BY_ALL,
    end,
    free_url,
    make_var,
    run_app,
    wait_for,
)

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.enable_socket)


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
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def running() -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """The apps that run, by address; all are stopped in the end."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    yield started
    for process in started.values():
        end(process)


@pytest.fixture(scope="package")
def start_app(
    running: dict[str, subprocess.Popen[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Start an app with settings (environment variables) of its own; return its address.

    `_var`: the folder it writes in, to start it again over the same one. `_url`: its address, where
    a setting has to name it. `_corpus`: a corpus of its own, of which it builds its own index.
    """

    def start(
        _var: Path | None = None, _url: str = "", _corpus: Path | None = None, **environment: str
    ) -> str:
        var = _var or tmp_path_factory.mktemp("app") / "var"
        make_var(var, SHARED if _corpus is None else SHARED_BY_ALL)
        if _corpus is not None:
            environment["ASSISTANT_CORPUS_DIR"] = str(_corpus)
        url = _url or free_url()
        log = tmp_path_factory.mktemp("log") / "app.log"
        running[url] = run_app(url, var, log, environment)
        wait_for(url, running[url], log)
        return url

    return start


@pytest.fixture(scope="package")
def stop_app(running: dict[str, subprocess.Popen[bytes]]) -> Callable[[str], None]:
    """Stop the app at an address."""

    def stop(url: str) -> None:
        process = running.pop(url)
        end(process)

    return stop


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
