"""`make load`: the API as it is run, under load from this machine, beside a plain vector chain.

Each question is asked in four forms in turn, more of them than a process keeps vectors of, by 120
identities. Nothing is answered from a cache.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
import yaml

_HERE = Path(__file__).resolve().parent
_FORMS = ("{}", "Kære assistent, {}", "Kort: {}", "{} Tak for hjælpen")
_IDENTITIES, _CLIENTS, _STREAMS = 120, 16, 30
_ARRIVALS, _OVERLOAD = 10.0, 2.0
_SILENT_S = 3.0
_START_S, _PATIENCE_S = 300.0, 60.0
ASK, STREAM, HEALTH = "/api/v1/ask", "/api/v1/ask/stream", "/healthz"
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass
class Seen:
    """What came back."""

    seconds: list[float] = field(default_factory=list)
    """Of what was answered."""
    statuses: Counter[int] = field(default_factory=Counter)
    """0: no response at all."""
    without_retry: int = 0
    """Refusals that did not say when to come again."""

    def at(self, share: float) -> float:
        """Return a quantile of the times in ms, 0 where there are none."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Load:
    """Asks a server questions, each as the next identity."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        questions = yaml.safe_load((_HERE / "load_questions.yaml").read_text(encoding="utf-8"))
        forms = [form.format(question) for form in _FORMS for question in questions]
        self._questions = itertools.cycle(forms)
        self._names = itertools.cycle(f"person-{n}" for n in range(_IDENTITIES))
        self._session, self._url = session, url

    async def ask(self, seen: Seen) -> None:
        """Ask one question."""
        started = time.perf_counter()
        try:
            async with self._post(ASK) as response:
                await response.read()
                _note(seen, response, time.perf_counter() - started)
        except (aiohttp.ClientError, TimeoutError):
            seen.statuses[0] += 1

    async def stream(self, seen: Seen, dropped: list[int]) -> None:
        """Follow one answer; its time is that to the first event."""
        started = time.perf_counter()
        try:
            async with self._post(STREAM) as response:
                first = await response.content.readline()
                _note(seen, response, time.perf_counter() - started)
                rest = await response.read()
                if not first.startswith(b"id:") or b"event: answer" not in rest:
                    dropped.append(response.status)
        except (aiohttp.ClientError, TimeoutError):
            seen.statuses[0] += 1
            dropped.append(0)

    async def health(self, seen: Seen, until: float) -> None:
        """Ask for a sign of life 20 times a second."""
        while time.perf_counter() < until:
            started = time.perf_counter()
            async with self._session.get(self._url + HEALTH) as response:
                await response.read()
                _note(seen, response, time.perf_counter() - started)
            await asyncio.sleep(0.05)

    def _post(self, path: str) -> aiohttp.client._RequestContextManager:
        body = {"question": next(self._questions)}
        headers = {"X-Forwarded-User": next(self._names)}
        return self._session.post(self._url + path, json=body, headers=headers)


def _note(seen: Seen, response: aiohttp.ClientResponse, seconds: float) -> None:
    seen.statuses[response.status] += 1
    if response.status == 200:
        seen.seconds.append(seconds)
    elif response.status in {429, 503} and "Retry-After" not in response.headers:
        seen.without_retry += 1


async def _closed(load: Load, clients: int, seconds: float) -> tuple[Seen, Seen, float]:
    """Let clients ask one question after another; also return health and answers a second."""
    seen, health = Seen(), Seen()
    started = time.perf_counter()
    until = started + seconds

    async def client() -> None:
        while time.perf_counter() < until:
            await load.ask(seen)

    await asyncio.gather(load.health(health, until), *(client() for _ in range(clients)))
    return seen, health, len(seen.seconds) / (time.perf_counter() - started)


async def _open(load: Load, rate: float, seconds: float) -> Seen:
    """Ask at random moments, whatever has come back."""
    seen, rng = Seen(), random.Random(7)  # noqa: S311 - arrivals, the same in every run
    due = time.perf_counter()
    until = due + seconds
    tasks: list[asyncio.Task[None]] = []
    while (due := due + rng.expovariate(rate)) < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(load.ask(seen)))
    await asyncio.gather(*tasks)
    return seen


@asynccontextmanager
async def _loading(url: str) -> AsyncIterator[Load]:
    # Shorter than the server keeps a silent connection: else one is used just as it is closed.
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=_SILENT_S)
    patience = aiohttp.ClientTimeout(total=_PATIENCE_S)
    async with aiohttp.ClientSession(connector=connector, timeout=patience) as session:
        load, warm = Load(session, url), Seen()
        await asyncio.gather(*(load.ask(warm) for _ in range(8)))
        yield load


async def measure(url: str, seconds: float) -> tuple[list[str], list[str]]:
    """Return lines on the API, and what was missed."""
    missed: list[str] = []

    def limit(ok: bool, name: str) -> str:
        if not ok:
            missed.append(name)
        return "" if ok else "   MISSED"

    async with _loading(url) as load:
        seen, health, rate = await _closed(load, _CLIENTS, seconds)
        lines = [
            f"closed loop, {_CLIENTS} clients  {rate:5.1f}/s  {_times(seen)}"
            + limit(rate >= 20 and seen.at(0.95) <= 1200 and _clean(seen), "closed loop"),
            f"  health meanwhile         p99 {health.at(0.99):.0f} ms"
            + limit(health.at(0.99) <= 100 and _clean(health), "health"),
        ]
        arriving = await _open(load, _ARRIVALS, seconds)
        lines.append(
            f"open arrivals, {_ARRIVALS:.0f}/s          {_times(arriving)}"
            + limit(arriving.at(0.95) <= 300 and _clean(arriving), "open arrivals")
        )
        streams, dropped = Seen(), list[int]()
        await asyncio.gather(*(load.stream(streams, dropped) for _ in range(_STREAMS)))
        lines.append(
            f"{_STREAMS} streams at once       dropped {len(dropped)}, "
            f"first event p95 {streams.at(0.95):.0f} ms"
            + limit(not dropped and _clean(streams), "streams")
        )
        over = await _open(load, _OVERLOAD * rate, seconds / 3)
        after = await _open(load, _ARRIVALS / 2, 10.0)
        kept = over.at(0.95) <= max(1200.0, 1.25 * seen.at(0.95))
        refused = over.statuses.keys() <= {200, 429, 503} and not over.without_retry
        lines += [
            f"arrivals at {_OVERLOAD:.0f} x that       {_times(over)}"
            + limit(kept and refused, "overload"),
            f"  after it                 {_times(after)}" + limit(_clean(after), "recovery"),
        ]
    return lines, missed


async def _measure_peer(url: str, seconds: float) -> list[str]:
    async with _loading(url) as load:
        seen, _, rate = await _closed(load, _CLIENTS, seconds)
        arriving = await _open(load, _ARRIVALS, seconds)
    return [
        f"closed loop, {_CLIENTS} clients  {rate:5.1f}/s  {_times(seen)}",
        f"open arrivals, {_ARRIVALS:.0f}/s          {_times(arriving)}",
    ]


def _clean(seen: Seen) -> bool:
    return set(seen.statuses) <= {200}


def _times(seen: Seen) -> str:
    counts = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
    return f"p50 {seen.at(0.5):5.0f} ms  p95 {seen.at(0.95):5.0f} ms  ({counts})"


@contextmanager
def serving(command: list[str], url: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it may write in a folder that is thrown away."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-m", *command], env={**os.environ, **more}, stdout=log, stderr=log
        )
        try:
            _wait(url, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    async def ready() -> None:
        async with aiohttp.ClientSession() as session:
            while process.poll() is None:
                try:
                    async with session.get(url + HEALTH):
                        return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.2)
        raise typer.Exit(1)

    asyncio.run(asyncio.wait_for(ready(), _START_S))


def memory_mb(pid: int) -> float:
    """Return the memory of a process and all below it, what is shared counted once."""
    own = 0.0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            own = int(line.split()[1]) / 1024
    threads = Path(f"/proc/{pid}/task").iterdir()  # each lists what it started
    children = [child for each in threads for child in (each / "children").read_text().split()]
    return own + sum(memory_mb(int(child)) for child in children)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@app.command()
def main(
    seconds: Annotated[float, typer.Option(min=1)] = 60.0,
    processes: Annotated[int, typer.Option(min=1)] = os.cpu_count() or 1,
    peer: Annotated[bool, typer.Option(help="Measure the plain chain, too.")] = True,
) -> None:
    """Load the API and print what it kept; exit 1 where it missed a limit."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    _tell(f"processes {processes}, load average before {os.getloadavg()[0]:.1f}")
    command = ["widget", "--port", str(port), "--internal-port", str(free_port())]
    settings = {"ASSISTANT_API_AUTH": "proxy", "ASSISTANT_API_PROXIES": '["127.0.0.1"]',
                "ASSISTANT_API_PROCESSES": str(processes), "ASSISTANT_API_ASKS_PER_MINUTE": "1000",
                "ASSISTANT_API_ASKS_AT_ONCE": "8"}  # fmt: skip
    with serving(command, url, **settings) as process:
        lines, missed = asyncio.run(measure(url, seconds))
        lines.append(f"memory of all processes    {memory_mb(process.pid):.0f} MB")
    _tell(*lines)
    if peer:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        with serving(["eval.load_peer", str(port), str(processes)], url) as process:
            _tell("the plain vector chain, served the same way")
            _tell(*asyncio.run(_measure_peer(url, seconds)))
            _tell(f"memory of all processes    {memory_mb(process.pid):.0f} MB")
    used = resource.getrusage(resource.RUSAGE_SELF)
    _tell(f"processor time of the load itself {used.ru_utime + used.ru_stime:.0f} s; "
          f"load average after {os.getloadavg()[0]:.1f}")  # fmt: skip
    if missed:
        _tell("missed: " + ", ".join(missed))
        raise typer.Exit(1)


def _tell(*lines: str) -> None:
    sys.stdout.write("".join(line + "\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    app()
