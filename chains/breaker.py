"""A circuit breaker: after some failures in a row nobody waits for what does not answer.

Own code, for of the libraries one holds its lock while it waits (one call at a time) and another
lets everybody through at once when it tries again.
"""

from __future__ import annotations

import threading
import time


class Breaker:
    """Closed: all are let through. Open: none. Then one is, and what becomes of it decides."""

    def __init__(self, failures: int, open_s: float) -> None:
        self._most, self._open_s = failures, open_s
        self._lock = threading.Lock()
        self._failures = 0
        self._opened: float | None = None
        self._trying = False

    def enter(self) -> bool:
        """Return whether to try; whoever was let through tells of it by `succeed` or `fail`."""
        with self._lock:
            if self._opened is None:
                return True
            if self._trying or time.monotonic() - self._opened < self._open_s:
                return False
            self._trying = True
            return True

    def succeed(self) -> None:
        """Let everybody through again."""
        with self._lock:
            self._failures, self._opened, self._trying = 0, None, False

    def fail(self) -> None:
        """Count a failure; open after the last that is borne, or when the trial failed."""
        with self._lock:
            self._failures += 1
            if self._trying or (self._opened is None and self._failures >= self._most):
                self._opened, self._trying = time.monotonic(), False
