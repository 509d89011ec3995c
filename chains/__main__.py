"""`python -m chains "spørgsmål"`: the answer on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError
from tqdm import tqdm

from chains.assistant import Assistant, Explanation
from chains.difference import count_changes
from chains.export import write_csv, write_xlsx
from chains.wording import Told
from corpus import difference_texts, model_texts, texts
from corpus.check import Check
from corpus.difference import Change, Difference, Row
from corpus.errors import (
    AssistantError,
    HistoryTooLong,
    HistoryUnreadable,
    QuestionTooLong,
    UnknownAgreement,
)  # fmt: skip
from corpus.models import Answer, AnswerKind, Turn
from corpus.settings import Settings

_SHOWN = 5
_TURNS = TypeAdapter(tuple[Turn, ...])
_USAGE = (QuestionTooLong, HistoryTooLong, UnknownAgreement, HistoryUnreadable)


def main(
    question: Annotated[str | None, typer.Argument(help="Spørgsmålet.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON.")] = False,
    agreements: Annotated[
        str | None, typer.Option(help="Kun disse aftaler, adskilt af komma.")
    ] = None,
    history: Annotated[
        Path | None, typer.Option(help="Tidligere spørgsmål og svar (JSON).")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help="JSON-linjer med et spørgsmål hver; - er standard-input.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(help="Tjek tallene i en tekst; - er standard-input.")
    ] = None,
    difference: Annotated[
        str | None, typer.Option(help="Sammenlign denne aftale med den i --against.")
    ] = None,
    against: Annotated[str | None, typer.Option(help="Den tidligere aftale.")] = None,
    as_csv: Annotated[
        Path | None, typer.Option("--csv", help="Skriv sammenligningen som CSV.")
    ] = None,
    as_xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help="Skriv sammenligningen som regneark.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Vis også, hvordan svaret er fundet.")
    ] = False,
) -> None:
    """Stil et spørgsmål om aftalerne, og få svar med kilder, eller tjek tallene i en tekst."""
    if sum(given is not None for given in (question, batch, check, difference)) != 1:
        _fail(texts.CLI_NO_QUESTION, 2)
    if (difference is None) != (against is None) or (difference is None and (as_csv or as_xlsx)):
        _fail(difference_texts.CLI_AGAINST, 2)
    try:
        chosen = None if agreements is None else tuple(a for a in agreements.split(",") if a)
        turns = _read_history(history)
        assistant = _open()
        if difference is not None and against is not None:
            found = assistant.library.difference(difference, against)
            for path, write in ((as_csv, write_csv), (as_xlsx, write_xlsx)):
                if path is not None:
                    write(found, path)
                    sys.stderr.write(difference_texts.EXPORTED.format(path=path) + "\n")
            if as_json or not (as_csv or as_xlsx):
                _write(found.model_dump_json() if as_json else render_difference(found))
        elif check is not None:
            checked = assistant.check(_read_text(check), chosen)
            _write(checked.model_dump_json() if as_json else render_check(checked))
        elif batch is not None:
            _run_batch(assistant, batch, chosen)
        elif explain:
            told = assistant.explain(question or "", turns, chosen)
            _write(f"{render_explanation(told)}\n\n{render(told.answer)}")
        else:
            answer = assistant.answer(question or "", turns, chosen)
            _write(answer.model_dump_json() if as_json else render(answer))
    except AssistantError as error:
        _fail(texts.describe_error(error), 2 if isinstance(error, _USAGE) else 1)


def render(answer: Answer) -> str:
    """Return an answer as plain text with its sources and notes."""
    lines = [answer.text.replace("**", "")]
    if answer.citations:
        lines += ["", f"{texts.CHAT_SOURCES}:"]
        lines += [
            texts.CLI_SOURCE.format(
                marker=c.marker,
                title=c.agreement_title,
                section=texts.with_page(c.section, c.page),
                start=c.start,
                end=c.end,
            )
            for c in answer.citations
        ]
    if answer.suggestions:
        choosing = answer.kind is AnswerKind.CLARIFY
        title = texts.CHAT_CHOICES if choosing else texts.CHAT_SUGGESTIONS
        lines += ["", f"{title}:", *(f"- {s}" for s in answer.suggestions)]
    if answer.notes:
        lines += ["", *answer.notes]
    return "\n".join(lines)


def render_check(check: Check) -> str:
    """Return what became of each number as plain text with its sources."""
    if not check.numbers:
        return texts.CHECK_NONE
    lines: list[str] = []
    for number in check.numbers:
        lines += [f"{number.printed}: {texts.VERDICTS[number.verdict]}", f"  {number.says}"]
        lines += [f"  „{citation.quote}“ ({citation.section})" for citation in number.citations]
    return "\n".join(lines)


def render_difference(found: Difference) -> str:
    """Return a comparison of two agreements as plain text; what is continued is only counted."""
    lines = [difference_texts.title(found.new.title, found.old.title), ""]
    for name, rows in found.tables.items():
        counts = count_changes(rows)
        told = [difference_texts.shown(change, n) for change, n in counts.items() if n]
        lines += [f"{difference_texts.TABLES[name]} ({', '.join(told)})"]
        lines += [f"  {_row(row)}" for row in rows if row.change is not Change.CONTINUED]
        lines.append("")
    return "\n".join([*lines, *found.notes])


def _row(row: Row) -> str:
    sides = [f"{side.said or side.label} ({side.period})" if side.period else
             side.said or side.label for side in (row.old, row.new) if side]  # fmt: skip
    side = row.new or row.old
    name = row.series or (side.label if side else "")
    said = "" if sides == [name] else f": {' → '.join(dict.fromkeys(sides))}"
    more = "; ".join(x for x in (row.difference, *row.remarks) if x)
    return f"{difference_texts.CHANGES[row.change]}: {name}{said}" + (f" [{more}]" if more else "")


def render_explanation(told: Explanation) -> str:
    """Return how a question was read, which way it went and what was weighed, as plain text."""
    reading, answer = told.reading, told.answer
    weighed = [f"{name}={value:.2f}" for name, value in told.signals.items()]
    rows = [
        (texts.EXPLAIN_READ, answer.standalone_question),
        (texts.EXPLAIN_WANTS, f"{reading.wants.value}; {reading.years}; {reading.places}"),
        (texts.EXPLAIN_WAY, f"{answer.kind.value} {answer.not_found_reason or ''}".strip()),
        (texts.EXPLAIN_SIGNALS, ", ".join(weighed)),
    ]
    lines = [f"{name}: {value}" for name, value in rows]
    lines += [f"{texts.EXPLAIN_FIGURES}:"]
    lines += [f"  {found.share:.2f} {found.series.label}" for found in told.figures[:_SHOWN]]
    lines += [f"{texts.EXPLAIN_SENTENCES}:"]
    lines += [f"  {c.share:.2f} {c.sentence.text}" for c in told.candidates[:_SHOWN]]
    if told.told is not None:
        lines += [f"{model_texts.EXPLAIN}:", *(f"  {line}" for line in _worded(told.told))]
    return "\n".join(lines)


def _worded(told: Told) -> Iterator[str]:
    """Yield what was kept of a language model's words, and what was dropped and why."""
    if told.failed:
        yield model_texts.EXPLAIN_FAILED.format(reason=told.failed)
    if told.lead_lost:
        yield model_texts.EXPLAIN_LEAD
    for text in told.kept:
        yield f"{model_texts.EXPLAIN_KEPT}: {text}"
    for text, wrong in told.dropped:
        yield f"{model_texts.EXPLAIN_DROPPED}: {model_texts.dropped(text, wrong.rule, wrong.said)}"


def _read_text(path: Path) -> str:
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HistoryUnreadable(path, str(error).splitlines()[0]) from error


def _open() -> Assistant:
    with tqdm(total=0, desc=texts.LOADING_MODEL, bar_format="{desc}", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.set_description_str(texts.embedded(done, total))

        assistant = Assistant.open(Settings(), progress)
    if assistant.is_behind:
        sys.stderr.write(texts.CORPUS_NEWER + "\n")
    return assistant


def _read_history(path: Path | None) -> tuple[Turn, ...]:
    if path is None:
        return ()
    try:
        return _TURNS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise HistoryUnreadable(path, str(error).splitlines()[0]) from error


def _run_batch(assistant: Assistant, path: Path, agreements: tuple[str, ...] | None) -> None:
    """Answer JSON lines `{question, history?, agreements?}`; a bad line gives `{error}`."""
    for line in _lines(path):
        try:
            asked = json.loads(line)
            if isinstance(asked, str):
                asked = {"question": asked}
            turns = _TURNS.validate_python(asked.get("history") or ())
            answer = assistant.answer(asked["question"], turns, asked.get("agreements", agreements))
            _write(answer.model_dump_json())
        except AssistantError as error:
            _write(json.dumps({"error": texts.describe_error(error)}, ensure_ascii=False))
        except (ValueError, KeyError, AttributeError, TypeError):
            _write(json.dumps({"error": texts.CLI_BAD_LINE}, ensure_ascii=False))


def _lines(path: Path) -> Iterator[str]:
    try:
        source = sys.stdin if str(path) == "-" else path.open(encoding="utf-8")
        with source:
            yield from (line for line in source if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise HistoryUnreadable(path, str(error).splitlines()[0]) from error


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _fail(message: str, code: int) -> None:
    sys.stderr.write(message + "\n")
    raise typer.Exit(code)


if __name__ == "__main__":
    typer.run(main)
