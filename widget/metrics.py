"""What is measured, for Prometheus: requests by route and status, answers by kind, places taken."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from chains import Answer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 5.0, 10.0, 30.0)
_METHODS = frozenset({"GET", "POST", "OPTIONS", "HEAD"})


class Metrics:
    """The measures of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "aftale_requests", "Requests", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "aftale_request_seconds", "Time to the end of the response", ("route",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._answers = Counter(
            "aftale_answers", "Answers", ("kind", "mode", "degraded"), registry=self._registry
        )
        self._running = Gauge(
            "aftale_asks_running", "Questions answered or waiting", registry=self._registry
        )

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request; an unknown method is one of its own, or callers could make series."""
        known = method if method in _METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def note_answer(self, answer: Answer) -> None:
        """Count an answer."""
        self._answers.labels(answer.kind.value, answer.mode, str(answer.degraded).lower()).inc()

    def follow(self, running: Callable[[], float]) -> None:
        """Read the number of questions under way from here."""
        self._running.set_function(running)

    def render(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self._registry)
