"""A stated figure or a calculation -> a draft: the result first, then how it came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chains.calculators.terms import Term, Worked
from chains.compose import Quote
from chains.lead import lead_of
from chains.route import Calculated
from chains.selection import leans_on_previous
from chains.stated import AskBack, FigureAnswer
from corpus import calculation_texts as texts
from corpus.agreed import Figure, Per, Place
from corpus.calculation import (
    Calculation,
    CalculationInput,
    Result,
    ResultRange,
    ResultRow,
    StatedFigure,
)
from corpus.danish import in_unit
from corpus.models import AnswerKind, NotFoundReason
from ingest.index import Corpus

MARK = "⟦{}⟧"
"""Stands for the mark of the quote with this place, until the quotes are verified."""


@dataclass(frozen=True)
class NumberDraft:
    """An answer that is a number, its quotes not yet verified."""

    kind: AnswerKind
    text: str
    quotes: tuple[Quote, ...]
    sources: tuple[str, ...]
    """Where its numbers may come from beside the quotes."""
    notes: tuple[str, ...]
    calculation: Calculation | None = None
    suggestions: tuple[str, ...] = ()
    reason: NotFoundReason | None = None
    figures: tuple[StatedFigure, ...] = ()


class Quotes:
    """Collects the sentences that hold figures, each once, in order."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.found: list[Quote] = []

    def mark(self, figure: Figure, place: Place | None = None) -> str:
        """Return the placeholder of the sentence that prints a figure."""
        quote = self._quote(figure, (place or figure.place).start)
        if quote is None:
            return ""
        same = [i for i, q in enumerate(self.found) if (q.start, q.end) == (quote.start, quote.end)
                and q.passage.agreement_id == quote.passage.agreement_id]  # fmt: skip
        if same:
            return MARK.format(same[0])
        self.found.append(quote)
        return MARK.format(len(self.found) - 1)

    def _quote(self, figure: Figure, start: int) -> Quote | None:
        own = self._corpus.sentences_of.get(figure.agreement_id, [])
        for number, sentence in enumerate(own):
            if not sentence.start <= start < sentence.end:
                continue
            before = own[number - 1] if number else None
            goes_on = (
                before is not None
                and leans_on_previous(sentence.text)
                and (before.block, before.passage_id) == (sentence.block, sentence.passage_id)
            )
            first = before.start if before is not None and goes_on else sentence.start
            passage = self._corpus.passage_by_id[sentence.passage_id]
            return Quote(passage, first, sentence.end, item=False)
        return None


def compose_figure(answer: FigureAnswer, corpus: Corpus) -> NumberDraft:
    """Return the draft for a stated figure, the years of a series, or two that belong together."""
    quotes = Quotes(corpus)
    titles = _titles(corpus)
    figures = answer.figures
    for figure in figures:
        for place in (figure.place, *figure.rounded):
            quotes.mark(figure, place)
    if not figures[0].reviewed:
        return _draft(AnswerKind.FIGURE, [texts.UNREVIEWED_LEAD], quotes, (), [])
    if len({figure.series for figure in figures}) == len(figures):
        lines = [_sentence(figure, answer.year, titles) for figure in figures]
    else:
        rows = [f"- {texts.when(f)}: **{texts.amount(f)}**{_per(f)}" for f in figures]
        title = titles[answer.series.agreement_id]
        lines = [texts.series_lead(answer.series.label, title), "\n".join(rows)]
    for figure in figures:
        for place in figure.rounded:
            lines.append(texts.also_rounded(place.printed, figure.place.printed))
    notes = list(dict.fromkeys(f.argument for f in figures if f.argument))
    notes = [texts.ARGUMENT.format(argument=note) for note in notes]
    money = [f for f in figures if "kr" in f.printed_unit]
    if money and not any(f.price_level for f in figures):
        notes.append(texts.NO_PRICE_LEVEL)
    years = [texts.when(f) for f in figures] + ([str(answer.year)] if answer.year else [])
    years += titles.values()
    draft = _draft(AnswerKind.FIGURE, lines, quotes, years, notes)
    return replace(draft, figures=tuple(_stated(f, quotes) for f in figures))


def _stated(figure: Figure, quotes: Quotes) -> StatedFigure:
    unit = figure.printed_unit or figure.noun
    mark = quotes.mark(figure)
    high = machine(in_unit(figure.high, unit)) if figure.high is not None else None
    return StatedFigure(
        figure_id=figure.id,
        label=figure.label,
        value=machine(in_unit(figure.amount, unit)),
        unit=unit,
        display=texts.amount(figure),
        period=str(figure.period or ""),
        per=figure.per or "",
        price_level=figure.price_level,
        qualifier=figure.qualifier.value,
        high=high,
        marker=int(mark.strip("⟦⟧")) + 1 if mark else None,
    )


def _titles(corpus: Corpus) -> dict[str, str]:
    return {agreement.id: agreement.head.short_title for agreement in corpus.agreements}


def _sentence(figure: Figure, year: int | None, titles: Mapping[str, str]) -> str:
    level = texts.in_price_level(figure.price_level)
    when = texts.in_year(figure, year)
    label = texts.subject(figure.label)
    said = f"{label} er **{texts.amount(figure)}**{_per(figure)}{when}{level}"
    return f"{said} ({titles[figure.agreement_id]})."


def _per(figure: Figure) -> str:
    """Say that an amount is yearly, where it is not that of one named year alone."""
    one_year = figure.period is not None and figure.period.first == figure.period.last
    yearly = figure.per is Per.YEAR and "kr" in figure.printed_unit
    return texts.PER_YEAR if yearly and not one_year else ""


def compose_calculation(found: Calculated, corpus: Corpus, question: str) -> NumberDraft:
    """Return the draft for a calculation."""
    quotes = Quotes(corpus)
    worked = found.worked
    marks = [quotes.mark(t.figure) if t.figure else "" for t in worked.inputs]
    groups = _by_name(worked.inputs, marks)
    titles = _titles(corpus)
    inputs = [_input_line(terms, mark, titles) for terms, mark in groups]
    parts = [_input_text(terms) for terms, _ in groups]
    reading = texts.reading(texts.title_of(worked.calculator), parts)
    lines = [lead_of(worked)]
    if len(worked.rows) > 1:
        lines.append("\n".join(f"- {row.label}: {row.term.show()}" for row in worked.rows))
    lines.append(texts.READ_AS.format(reading=reading))
    lines += [texts.STEPS, "\n".join(f"- {step}" for step in worked.steps)] if worked.steps else []
    lines += [texts.INPUTS, "\n".join(inputs)]
    notes = [*worked.remarks, *found.assumptions]
    if found.unused:
        notes.append(texts.NOT_USED.format(numbers=", ".join(found.unused).rstrip(".")))
    if found.other:
        notes.append(texts.SECOND_READING.format(result=found.other.rstrip(".")))
    arguments = [t.figure.argument for t in worked.inputs if t.figure and t.figure.argument]
    notes += [texts.ARGUMENT.format(argument=a) for a in dict.fromkeys(arguments)]
    if worked.result.is_money and not any(t.figure and t.figure.price_level for t in worked.inputs):
        notes.append(texts.NO_PRICE_LEVEL)
    sources = (*worked.steps, *inputs, *(t.show() for t in worked.inputs), worked.result.show(),
               *(f"{row.label} {row.term.show()}" for row in worked.rows), question)  # fmt: skip
    draft = _draft(AnswerKind.CALCULATION, lines, quotes, sources, notes)
    calculation = _calculation(worked, marks, reading, found)
    return NumberDraft(
        draft.kind, draft.text, draft.quotes, draft.sources, draft.notes, calculation
    )


def _by_name(terms: Sequence[Term], marks: Sequence[str]) -> list[tuple[list[Term], str]]:
    """Group inputs of one name, each with the marks of the quotes that print them."""
    groups: dict[str, tuple[list[Term], list[str]]] = {}
    for term, mark in zip(terms, marks, strict=True):
        own, seen = groups.setdefault(term.name, ([], []))
        own.append(term)
        if mark and mark not in seen:
            seen.append(mark)
    return [(own, " ".join(seen)) for own, seen in groups.values()]


def _input_text(terms: Sequence[Term]) -> str:
    """Print inputs of one name: "midlerne til X 35 mio. kr. (2022), 203,9 mio. kr. (2023)"."""
    shown = [
        texts.with_period(
            texts.shown(term.show(), term.qualifier), texts.period_of(term.figure, term.year)
        )
        for term in terms
    ]
    return texts.one_input(terms[0].name, list(dict.fromkeys(shown)))


def _input_line(terms: Sequence[Term], mark: str, titles: Mapping[str, str]) -> str:
    figure = terms[0].figure
    source = texts.source_of(terms[0].source, titles[figure.agreement_id] if figure else "")
    return f"- {_input_text(terms)} – {source}" + (f" {mark}" if mark else "")


def compose_ask_back(back: AskBack, corpus: Corpus, question: str) -> NumberDraft:
    """Return the draft for a question back or a "not found" with what is true."""
    quotes = Quotes(corpus)
    if back.reason is not None:
        for figure in back.figures[:1]:
            quotes.mark(figure)
    kind = AnswerKind.NOT_FOUND if back.reason else AnswerKind.CLARIFY
    suggestions = tuple(texts.choice(question, choice) for choice in back.choices)
    draft = _draft(kind, [back.text], quotes, (back.text,), [])
    return NumberDraft(
        kind, draft.text, draft.quotes, draft.sources, (), None, suggestions, back.reason
    )


def _draft(
    kind: AnswerKind,
    lines: Sequence[str],
    quotes: Quotes,
    sources: Sequence[str],
    notes: Sequence[str],
) -> NumberDraft:
    body = [line for line in lines if line]
    if kind is AnswerKind.FIGURE or (kind is AnswerKind.NOT_FOUND and quotes.found):
        for place, quote in enumerate(quotes.found):
            offset = quote.passage.start
            said = quote.passage.text[quote.start - offset : quote.end - offset]
            body.append(f"„{said}“ {MARK.format(place)}")
    return NumberDraft(kind, "\n\n".join(body), tuple(quotes.found), tuple(sources),
                       tuple(dict.fromkeys(notes)))  # fmt: skip


def _calculation(
    worked: Worked, marks: Sequence[str], reading: str, found: Calculated
) -> Calculation:
    title, formula = texts.CALCULATORS[worked.calculator]
    result = worked.result
    span = None
    if result.high is not None:
        span = ResultRange(
            low=machine(result.value), high=machine(in_unit(result.high, result.unit))
        )
    return Calculation(
        calculator=worked.calculator,
        title=title,
        formula=formula,
        read_as=reading,
        inputs=tuple(_input(t, m) for t, m in zip(worked.inputs, marks, strict=True)),
        steps=worked.steps,
        result=Result(value=machine(result.value), unit=result.unit, display=result.show()),
        range=span,
        rows=tuple(
            ResultRow(label=row.label, value=machine(row.term.value), unit=row.term.unit,
                      display=row.term.show())
            for row in worked.rows
        ),
        by_year=worked.by_year,
        assumptions=(*worked.remarks, *found.assumptions),
        unused=found.unused,
    )  # fmt: skip


def _input(term: Term, mark: str) -> CalculationInput:
    return CalculationInput(
        name=term.name,
        value=machine(term.value),
        unit=term.unit,
        display=term.show(),
        source=term.source,
        figure_id=term.figure.id if term.figure else None,
        marker=int(mark.strip("⟦⟧")) + 1 if mark else None,
        qualifier=term.qualifier.value,
        high=machine(in_unit(term.high, term.unit)) if term.high is not None else None,
    )


def machine(number: object) -> str:
    """Return a machine decimal without exponent."""
    return format(number.normalize() + 0, "f")  # type: ignore[attr-defined]
