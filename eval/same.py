"""`make same`: the `dev` cases by HTTP, command line and chat; their Answers must be the same."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any
from unittest.mock import patch

import httpx
import typer

from chains import Answer, Assistant, Settings
from corpus.settings import PROJECT
from eval.asking import planted_settings
from eval.cases import Case, load_cases
from eval.load import free_port, serving
from eval.suite import lay_grounds

_APART = {"timings_ms", "request_id"}
_SLOW_S = 120.0
_PROCESSES = 2
Fields = dict[str, Any]
Asked = tuple[str, list[dict[str, str]]]
"""A question and the turns before it."""
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def dev_cases(settings: Settings, planted: Settings) -> list[Case]:
    """Return the cases of `dev` that ask the project's own corpus."""
    cases = load_cases(lay_grounds(settings, planted).agreements)
    return [case for case in cases if case.split == "dev" and not case.entry.corpus]


def spread(cases: Sequence[Case], count: int) -> list[Case]:
    """Return so many cases, taken from every type in turn."""
    by_type = [list(group) for _, group in groupby(sorted(cases, key=_type), key=_type)]
    rounds = (group[n] for n in range(len(cases)) for group in by_type if n < len(group))
    return [case for case, _ in zip(rounds, range(count), strict=False)]


def _type(case: Case) -> str:
    return case.type


def differences(cases: Sequence[Case], url: str, headers: dict[str, str]) -> list[str]:
    """Return for each case that is answered in different ways its id and the fields that differ."""
    asked, by_http = _by_http(cases, url, headers)
    by_line = _by_command_line(asked)
    by_chat = _by_chat(cases)
    found = []
    for case, one, *others in zip(cases, by_http, by_line, by_chat, strict=True):
        for name, other in zip(("command line", "chat"), others, strict=True):
            differ = sorted(k for k in one.keys() | other.keys() if one.get(k) != other.get(k))
            if differ:
                found.append(f"{case.id} by {name}: {', '.join(differ)}")
    return found


def _by_http(
    cases: Sequence[Case], url: str, headers: dict[str, str]
) -> tuple[list[Asked], list[Fields]]:
    """Ask the conversations of cases; return what was asked last, too."""
    asked: list[Asked] = []
    answers: list[Fields] = []
    with httpx.Client(base_url=url, headers=headers, timeout=_SLOW_S) as client:
        for case in cases:
            history: list[dict[str, str]] = []
            for question in (*case.history, case.question):
                body = {"question": question, "history": history}
                response = client.post("/api/v1/ask", json=body).raise_for_status()
                answer = response.json()
                history = [*history, {"question": question, "answer": answer["text"]}]
            asked.append((case.question, history[:-1]))
            answers.append(_plain(answer))
    return asked, answers


def _by_command_line(asked: Sequence[Asked]) -> list[Fields]:
    lines = [json.dumps({"question": question, "history": past}) for question, past in asked]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asked.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-m", "chains", "--batch", str(path)],
            cwd=PROJECT, capture_output=True, check=True, timeout=60 + _SLOW_S * len(asked),
        )  # fmt: skip
    return [_plain(json.loads(line)) for line in done.stdout.decode().splitlines()]


def _by_chat(cases: Sequence[Case]) -> list[Fields]:
    """Type the questions into the chat page, and take the Answers that it is given."""
    from streamlit.testing.v1 import AppTest  # late: it sets up logging of its own

    answers: list[Fields] = []
    with _noting() as noted:
        for case in cases:
            page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=_SLOW_S).run()
            for question in (*case.history, case.question):
                page.chat_input[0].set_value(question).run()
            answers.append(_plain(json.loads(noted[-1].model_dump_json())))
    return answers


@contextmanager
def _noting() -> Iterator[list[Answer]]:
    """Keep every answer that the chat is given."""
    noted: list[Answer] = []
    answer = Assistant.answer

    def note(self: Assistant, *given: Any, **named: Any) -> Answer:  # noqa: ANN401 - passed on
        noted.append(answer(self, *given, **named))
        return noted[-1]

    with patch.object(Assistant, "answer", note):
        yield noted


def _plain(answer: Fields) -> Fields:
    return {name: value for name, value in answer.items() if name not in _APART}


@app.command()
def main(sample: Annotated[int, typer.Option(min=0, help="0: all of them.")] = 0) -> None:
    """Compare the three ways; exit 1 where an Answer differs."""
    warnings.simplefilter("ignore")
    settings = Settings()
    cases = dev_cases(settings, planted_settings(settings))
    chosen = spread(cases, sample or len(cases))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    more = {"ASSISTANT_API_PROCESSES": str(_PROCESSES), "ASSISTANT_API_ASKS_PER_MINUTE": "1000000"}
    command = ["widget", "--port", str(port), "--internal-port", str(free_port())]
    with serving(command, url, **more):
        found = differences(chosen, url, {})
    sys.stdout.write("".join(line + "\n" for line in found))
    sys.stdout.write(f"{len(chosen)} cases by HTTP, command line and chat: {len(found)} differ\n")
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    app()
