"""The log: one JSON object a line, no control characters, no CPR number, no text of users."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

from chains import mask_cpr

_SHOWN = frozenset({
    "event", "level", "time", "logger", "request_id", "method", "route", "status", "ms",
    "identity", "error", "at",
})  # fmt: skip
"""The only fields that leave; a new one is added here on purpose."""


def set_up(stream: TextIO | None = None) -> None:
    """Let our log and that of libraries go to standard error (or `stream`) as JSON lines."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("widget").setLevel(logging.INFO)
    logging.getLogger("chains").setLevel(logging.INFO)
    # It would tell of every answer that is given up because nobody waits for it.
    logging.getLogger("langchain_core.callbacks.manager").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def render(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    r"""Return a log entry as one line of JSON.

    >>> render(None, "", {"event": "x\n010190-1234", "question": "Hvem?"})
    '{"event": "x\\n[CPR]"}'
    """
    kept = {name: _mask(value) for name, value in event.items() if name in _SHOWN}
    return json.dumps(kept, ensure_ascii=True, default=str)


def _mask(value: object) -> object:
    return mask_cpr(value) if isinstance(value, str) else value
