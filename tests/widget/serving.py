"""The API as it is run: `python -m widget` with two workers, on ports of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from corpus.settings import PROJECT

PATIENCE_S = 180.0
"""On a slow machine that does other things too."""


@dataclass(frozen=True)
class Server:
    """A running API."""

    process: subprocess.Popen[bytes]
    port: int
    internal_port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def running(self) -> int:
        """Questions being answered or waiting, as the metrics say."""
        with urlopen(f"http://127.0.0.1:{self.internal_port}/metrics", timeout=30) as shown:
            found = re.search(r"^aftale_asks_running (\S+)$", shown.read().decode(), re.MULTILINE)
        assert found is not None
        return int(float(found[1]))

    @property
    def workers(self) -> list[int]:
        """The ids of the processes that answer."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()  # each lists what it started
        below = [pid for thread in threads for pid in (thread / "children").read_text().split()]
        return [int(p) for p in below if "spawn_main" in Path(f"/proc/{p}/cmdline").read_text()]

    @property
    def memory_mb(self) -> float:
        """Memory of the process that takes requests in."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def start(log: Path, **environment: str) -> Server:
    """Start the API and wait until it can answer."""
    port, internal = free_port(), free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    command = [sys.executable, "-m", "widget", "--port", str(port), "--internal-port"]
    with log.open("wb") as told:
        process = subprocess.Popen(
            [*command, str(internal)], cwd=PROJECT, env={**inherited, **environment},
            stdin=subprocess.DEVNULL, stdout=told, stderr=told,
        )  # fmt: skip
    server = Server(process, port, internal)
    if not wait_for(lambda: _answers(server.url) or process.poll() is not None):
        stop(server)
    assert process.poll() is None, log.read_text(encoding="utf-8")[-2000:]
    return server


def stop(server: Server) -> None:
    """Stop it as an operator does."""
    server.process.send_signal(signal.SIGTERM)
    try:
        server.process.wait(60)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait(30)


def wait_for(done, seconds: float = PATIENCE_S) -> bool:
    """Wait until something holds; return whether it came to."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
