"""A model that tells the truth: a server that words the draft which it is sent, by rule.

It speaks OpenAI's protocol, so what is measured is the whole way there and back.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from corpus.words import split_sentences

_LINE = re.compile(
    r"^\[(?P<mark>\d+)\] (?:\((?P<section>[^\n]*?)\) „(?P<quote>.*?)“$|(?P<own>.*)$)",
    re.MULTILINE | re.DOTALL,
)
_OTHER_WORDS = (
    (re.compile(r"\bDer afsættes\b"), "Der bliver afsat"),
    (re.compile(r"\bder afsættes\b"), "der bliver afsat"),
    (re.compile(r"\bkr\. årligt\b"), "kr. om året"),
    (re.compile(r"\bpct\."), "procent"),
    (re.compile(r"\bbl\.a\."), "blandt andet"),
    (re.compile(r"^Parterne er enige om, at "), "Det er aftalt, at "),
    (re.compile(r",? jf\. [^,;]*?(?=\.$|,)"), ""),
)
_QUOTES = 3


def word(asked: str) -> str:
    """Return the claims that a truthful model would make of a draft, as JSON."""
    claims: list[dict[str, object]] = []
    quoted = 0
    for match in _LINE.finditer(asked.split("---\n", 1)[-1]):
        mark, text = int(match["mark"]), match["quote"] or match["own"] or ""
        if mark == 0 and claims:
            continue  # the rows of the calculation stand below as they are
        if mark and (quoted := quoted + 1) > _QUOTES:
            break
        for start, end in split_sentences(text.split("\n")[0])[:1]:
            said = text[start:end]
            for pattern, other in _OTHER_WORDS:
                said = pattern.sub(other, said)
            claims.append({"text": said, "marks": [mark]})
    return json.dumps({"claims": claims[:4]}, ensure_ascii=False)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Answer one request in a stream."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        delta = {"role": "assistant", "content": word(body["messages"][1]["content"])}
        for choice in ({"index": 0, "delta": delta},
                       {"index": 0, "delta": {}, "finish_reason": "stop"}):  # fmt: skip
            piece = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m",
                     "choices": [choice]}  # fmt: skip
            self.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def truthful_model() -> Iterator[str]:
    """Serve the model on this machine as long as the block lasts, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
