"""The child process: `python -m ingest.parse.child FORMAT`, file on stdin, JSON on stdout.

A refusal is `!reason detail`. The caps are set before a byte is read. Nothing here may import
more than it must: a child is started for each file.
"""

from __future__ import annotations

import os
import signal
import sys

from ingest.parse.content import MAX_BYTES
from ingest.parse.parsed import Parsed, Refused, check_size, to_json

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 30
STEP_CPU_S = 4.0
"""CPU time for a page or another step: a file that spins is stopped long before `CPU_S`."""
OUTPUT_BYTES = 32 * 1024 * 1024


def main() -> int:
    """Parse stdin; 0 also for a refusal."""
    _cap()
    try:
        text = to_json(_parse(sys.stdin.buffer.read(MAX_BYTES + 1), sys.argv[1]))
    except Refused as refused:
        text = f"!{refused.reason} {refused.detail}"
    except MemoryError:
        text = "!too_much_memory"
    except RecursionError:
        text = "!too_deep"
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.flush()
    return 0


def _parse(data: bytes, extension: str) -> Parsed:
    if extension == "pdf":
        from ingest.parse.pdf import parse_pdf

        parsed = parse_pdf(data, start_step)
    elif extension == "docx":
        from ingest.parse.docx import parse_docx

        parsed = parse_docx(data, start_step)
    else:
        from ingest.parse.html import parse_html

        parsed = parse_html(data)
    check_size(parsed.lines)
    return parsed


def start_step() -> None:
    """Give the next page or part its own CPU time; over it the kernel ends the process."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, STEP_CPU_S)


def _cap() -> None:
    if sys.platform == "win32":
        return  # no such limits there: the parent's clock alone holds
    import resource

    os.nice(19)  # whoever is asking goes first
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    start_step()


if __name__ == "__main__":
    sys.exit(main())
