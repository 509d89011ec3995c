"""`python -m tests.browser.bench`: what the chat takes beside a bare `ask`, and 15 people at once.

One app as `make run` starts it, in Chromium on the same machine. Seconds differ between machines:
what the page adds to `ask` is what counts, and that memory stays where it is.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from chains import Assistant, Settings
from tests.browser.driving import FINISHED, INPUT, MESSAGES, QUIET, SLOW_MS, WHOLE
from tests.browser.serving import FLAGS, end, free_url, make_var, run_app, wait_for

QUESTIONS = (
    "Hvor stort er teknologibidraget?",
    "Hvem leder sundhedsklyngerne?",
    "Hvad er aftalt om licensklinikker?",
    "Hvor meget beholder regionerne, hvis to kriterier er opfyldt?",
    "Hvornår skal kvalitetsplanen være klar?",
)
_PAGES, _SESSIONS, _ROUNDS = 10, 15, 4
_GROWTH = 0.05
"""How much memory may grow from the first round of sessions, which warms up, to the last."""


def main() -> None:
    """Print the times and the memory; exit 1 where a session failed or memory grew."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (url, pid):
        lines, failed = asyncio.run(_measure(url, pid))
    sys.stdout.write("\n".join(lines) + "\n")
    if failed:
        sys.exit(1)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    url = free_url()
    make_var(folder / "var")
    process = run_app(url, folder / "var", folder / "app.log", {})
    try:
        wait_for(url, process, folder / "app.log")
        yield url, process.pid
    finally:
        end(process)


async def _measure(url: str, pid: int) -> tuple[list[str], bool]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        lines = await _times(browser, url)
        more, failed = await _sessions(browser, url, pid)
        await browser.close()
    return lines + more, failed


async def _times(browser: Browser, url: str) -> list[str]:
    """Return how long a page, an answer on it, and the answer alone take, in turn."""
    assistant = Assistant.of_corpus(Settings(_env_file=None))
    page = await _open(browser, url)
    for question in QUESTIONS:  # warm both
        await _ask(page, question)
        assistant.answer(question)
    await page.context.close()
    opened, shown, asked = [], [], []
    for number in range(_PAGES):
        began = time.perf_counter()
        page = await _open(browser, url)
        opened.append(time.perf_counter() - began)
        for question in QUESTIONS[number % 2 :: 2]:
            shown.append(await _ask(page, question))
            began = time.perf_counter()
            assistant.answer(question)
            asked.append(time.perf_counter() - began)
        await page.context.close()
    assistant.close()
    return [
        _row("page ready", opened),
        _row("answer on the screen", shown),
        _row("bare ask, same questions", asked),
        f"the page adds {1000 * (statistics.median(shown) - statistics.median(asked)):.0f} ms",
    ]


async def _sessions(browser: Browser, url: str, pid: int) -> tuple[list[str], bool]:
    """Let 15 people ask at once, several times over, each in a browser of their own."""
    lines, memory, wrong = [], [], 0
    for number in range(_ROUNDS):
        done = await asyncio.gather(*(_session(browser, url) for _ in range(_SESSIONS)))
        wrong += sum(errors for errors, _ in done)
        memory.append(_memory_mb(pid))
        times = [one for _, own in done for one in own]
        lines.append(f"{_row(f'{_SESSIONS} at once, round {number + 1}', times)}"
                     f"   app {memory[-1]:.0f} MB")  # fmt: skip
    grown = memory[-1] / memory[0] - 1
    lines.append(f"errors {wrong}, memory from the first round to the last {grown:+.1%} "
                 f"(at most {_GROWTH:+.0%})")  # fmt: skip
    return lines, wrong > 0 or grown > _GROWTH


async def _session(browser: Browser, url: str) -> tuple[int, list[float]]:
    """Open a page and ask every question; return what went wrong there, and the times."""
    page = await _open(browser, url)
    thrown: list[str] = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    times = [await _ask(page, question) for question in QUESTIONS]
    alerts = await page.locator(f'{MESSAGES} [data-testid="stAlert"]').count()
    answers = await page.locator(f"{MESSAGES} .aa").count()
    await page.context.close()
    return len(thrown) + alerts + abs(len(QUESTIONS) - answers), times


async def _open(browser: Browser, url: str) -> Page:
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    page.set_default_timeout(SLOW_MS)
    await page.goto(url)
    await page.wait_for_selector(INPUT)
    await page.wait_for_selector(QUIET, state="attached")
    return page


async def _ask(page: Page, question: str) -> float:
    """Return the seconds from Enter to the finished answer."""
    before = await page.locator(MESSAGES).count()
    await page.locator(INPUT).fill(question)
    began = time.perf_counter()
    await page.locator(INPUT).press("Enter")
    await page.wait_for_function(FINISHED, arg=[QUIET, MESSAGES, before + 2, WHOLE])
    return time.perf_counter() - began


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _row(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return (f"{name:<28} p50 {1000 * statistics.median(ordered):7.0f} ms   "
            f"p95 {1000 * p95:7.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
