"""The plain vector chain behind HTTP, loaded beside ours: `python -m eval.load_peer PORT N`."""

from __future__ import annotations

import os
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from chains import Assistant, Settings
from eval.peers import peers_of


class _Ask(BaseModel):
    question: str


def make_app() -> FastAPI:
    """Return an app with one route: a question to its ten nearest splits, found in a thread."""
    search = peers_of(Assistant.of_corpus(Settings()))[0].search
    app = FastAPI()

    @app.post("/api/v1/ask")
    def ask(body: _Ask) -> list[dict[str, Any]]:
        return [{"id": span.agreement_id, "text": text} for span, text in search(body.question)]

    @app.get("/healthz")
    async def health() -> str:
        return "ok"

    return app


if __name__ == "__main__":
    port, workers = int(sys.argv[1]), int(sys.argv[2])
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    uvicorn.run("eval.load_peer:make_app", factory=True, port=port, workers=workers,
                log_level="warning", access_log=False)  # fmt: skip
