"""Ask from Python, with nothing but its own library: `python ask.py "Hvor stort er …?"`.

AFTALER_URL is where the API lies, AFTALER_TOKEN the token, where one is needed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

URL = os.environ.get("AFTALER_URL", "http://localhost:8000")
TRIES = 3


def ask(question: str) -> dict[str, Any]:
    """Return the answer; where the service is busy, wait as long as it says."""
    headers = {"Content-Type": "application/json"}
    if token := os.environ.get("AFTALER_TOKEN"):
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps({"question": question}).encode()
    for left in reversed(range(TRIES)):
        try:
            with urlopen(Request(f"{URL}/api/v1/ask", body, headers), timeout=60) as response:  # noqa: S310 - the address is the caller's
                answer: dict[str, Any] = json.load(response)
                return answer
        except HTTPError as error:
            if error.code not in {429, 503} or not left:
                raise SystemExit(json.load(error)["detail"]) from error
            time.sleep(float(error.headers.get("Retry-After", "5")))
    raise SystemExit(1)


if __name__ == "__main__":
    given = ask(sys.argv[1])
    lines = [given["text"], ""]
    lines += [f"[{c['marker']}] {c['agreement_title']}: {c['quote']}" for c in given["citations"]]
    sys.stdout.write("\n".join(lines) + "\n")
