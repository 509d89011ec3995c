"""`make fuzz`: schemathesis against the API as it is run, over everything that it describes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from eval.load import free_port, serving

_CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,negative_data_rejection,"
    "unsupported_method,allow_header_conformance"
)
_CONFIG = Path(__file__).with_name("schemathesis.toml")
_PROCESSES = 2
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    examples: Annotated[int, typer.Option(min=1, help="For each operation.")] = 250,
    seed: int = 7,
) -> None:
    """Fuzz the API; exit 1 where it answers what its description does not name."""
    port, internal = free_port(), free_port()
    command = ["widget", "--port", str(port), "--internal-port", str(internal)]
    settings = {"ASSISTANT_API_PROCESSES": str(_PROCESSES), "ASSISTANT_API_ASKS_AT_ONCE": "100",
                "ASSISTANT_API_ASKS_PER_MINUTE": "1000000"}  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder, serving(command, url, **settings):
        done = subprocess.run(  # noqa: S603 - our own
            [
                sys.executable, "-m", "schemathesis.cli", "--config-file", str(_CONFIG), "run",
                f"http://127.0.0.1:{internal}/openapi.json", "--url", url,
                "--checks", _CHECKS, "--max-examples", str(examples), "--seed", str(seed),
                "--phases", "examples,coverage,fuzzing", "--workers", "1",
                "--continue-on-failure", "--request-timeout", "60", "--warnings", "off",
                "--output-truncate", "true",
                "--report", "ndjson", "--report-dir", folder,
            ],
            check=False,
        )  # fmt: skip
        counts = _count(Path(folder))
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
    sys.stdout.write(f"{sum(counts.values())} cases ({statuses})\n")
    sys.exit(done.returncode)


def _count(folder: Path) -> dict[str, int]:
    """Return how many cases got each status."""
    counts: dict[str, int] = {}
    for path in folder.rglob("*.ndjson"):
        for line in path.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            recorder = event.get("ScenarioFinished", {}).get("recorder", {})
            for interaction in recorder.get("interactions", {}).values():
                response = interaction.get("response") or {}
                status = str(response.get("status_code", "none"))
                counts[status] = counts.get(status, 0) + 1
    return counts


if __name__ == "__main__":
    app()
