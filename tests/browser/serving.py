"""The app as `make run` starts it, for tests, times and pictures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from corpus.settings import PROJECT, Settings

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
"""Of Chromium."""
SHARED_BY_ALL = ("models",)
SHARED = ("index", "models", "vectors")
"""What the app under test reads of the project's own `var/`."""
_START_S = 120.0


def make_var(var: Path, shared: tuple[str, ...] = SHARED) -> None:
    """Make a folder to write in that shows the project's index, model and cached vectors."""
    var.mkdir(parents=True, exist_ok=True)
    for name in shared:
        source = Settings(_env_file=None).var_dir / name
        source.mkdir(parents=True, exist_ok=True)
        if not (var / name).exists():
            (var / name).symlink_to(source, target_is_directory=True)


def run_app(url: str, var: Path, log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the app as `make run` does."""
    command = [sys.executable, "-m", "views", "--port", str(urlsplit(url).port)]
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
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310
                return
        except HTTPError:  # it answers, and wants to know who asks
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the app does not answer:\n{log.read_text(encoding='utf-8')[-2000:]}")


def free_url() -> str:
    """Return an address on a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://localhost:{found.getsockname()[1]}"


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop an app."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(30)
