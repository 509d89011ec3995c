"""`python -m tests.print_refusals`: what becomes of each hostile file, and how long it takes."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from corpus.errors import SourceRefused
from corpus.settings import Settings
from ingest.add import receive
from tests.bombs import BOMBS, HIDING, PLAIN, PLANTED, SPOOFED

ALLOWED_S = 5.0


def main() -> None:
    """Print a row a file and the totals; exit 1 where one got through or took too long."""
    lines: list[str] = []
    refused = found = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var_dir=Path(folder), _env_file=None)
        for name, file, make, reasons in [*BOMBS, *SPOOFED]:
            data = make()
            began = time.monotonic()
            try:
                receive(settings, file, data)
                reason = "READ"
            except SourceRefused as error:
                reason = error.reason
            seconds = time.monotonic() - began
            good = reason in reasons.split() and seconds <= ALLOWED_S
            refused += good
            lines.append(f"{'' if good else 'NOT '}{reason:18}{seconds:6.1f} s  {name}")
        for name, file, make, how in HIDING:
            received = receive(settings, file, make())
            text = received.agreement.text
            good = PLAIN in text and PLANTED[:12] not in text
            good = good and how in {one.how for one in received.hidden}
            found += good
            lines.append(f"{'' if good else 'NOT '}{how:28}{name}")
    count = len(BOMBS) + len(SPOOFED)
    lines.append(f"refused within {ALLOWED_S:.0f} s: {refused}/{count}")
    lines.append(f"hidden text found and left out: {found}/{len(HIDING)}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(0 if refused == count and found == len(HIDING) else 1)


if __name__ == "__main__":
    main()
