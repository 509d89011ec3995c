"""`python -m tests.browser.screenshots`: the pictures of the README, from the app as it is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from corpus.settings import PROJECT
from tests.browser.driving import SLOW_MS, ask, wait_quiet
from tests.browser.serving import FLAGS, end, free_url, make_var, run_app, wait_for

FOLDER = PROJECT / "docs"
_SETTLE_MS = 1_500
"""Until nothing scrolls or fades any more."""


def main() -> None:
    """Write `chat.png` and `reader.png`."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        var, log, url = Path(folder) / "var", Path(folder) / "app.log", free_url()
        make_var(var)
        process = run_app(url, var, log, {})
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            wait_for(url, process, log)
            page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="da-DK")
            page.set_default_timeout(SLOW_MS)
            page.goto(url)
            wait_quiet(page)
            ask(page, "Hvem sidder i partnerskabet om bedre lægedækning?")
            _take(page, "chat.png")
            page.goto(url + str(page.locator('a[href^="/aftaler?"]').first.get_attribute("href")))
            wait_quiet(page)
            _take(page, "reader.png")
        finally:
            browser.close()
            end(process)


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(_SETTLE_MS)
    page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    main()
