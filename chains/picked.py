"""Calculations on figures that a person has picked: the calculators, with quotes, verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from chains.calculators import price_level
from chains.calculators.arithmetic import BINARY, Operation, work_out
from chains.calculators.terms import Row, Term, Worked, add, from_figure, shared_unit
from chains.citations import verify_numbers
from chains.compose_numbers import compose_calculation
from chains.lead import lead_of
from chains.route import Calculated
from corpus import calculation_texts, reader_texts
from corpus.agreed import Figure, Per
from corpus.calculation import Calculation
from corpus.errors import CalculationError, NotWorkedOut
from corpus.models import Agreement, Citation, Unit
from ingest.index import Corpus

PICKABLE = (
    Operation.SUM, Operation.AVERAGE, Operation.DIFFERENCE, Operation.SHARE, Operation.RATIO,
    Operation.CHANGE,
)  # fmt: skip
"""What can be done with picked figures, besides conversion of prices."""
_CENTURY = 2000


class WorkedOut(BaseModel):
    """A calculation on picked figures, its quotes verified."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lead: str
    """The result as a sentence."""
    calculation: Calculation
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]


class Picked:
    """Figures of one corpus version that a person has picked, in their order."""

    def __init__(
        self,
        figures: Sequence[Figure],
        corpus: Corpus,
        agreements: Mapping[str, Agreement],
        reader_url: str = "",
    ) -> None:
        self._figures, self._corpus = figures, corpus
        self._agreements, self._reader_url = agreements, reader_url

    def work_out(self, operation: Operation) -> WorkedOut:
        """Return the result of an operation; of two figures the first is the part or the old one.

        Raises:
            CalculationError: their units do not go together, or a division by zero.
            NotWorkedOut: too few or too many figures, or price levels that do not go together.
        """
        count = len(self._figures)
        if operation in BINARY and count != 2:
            raise NotWorkedOut(operation, reader_texts.PICK_TWO)
        if count < 2:
            raise NotWorkedOut(operation, reader_texts.PICK_MORE)
        terms = [from_figure(figure) for figure in self._figures]
        shared_unit(terms)  # before the price levels: it is the plainer mistake
        stated = sorted({f.price_level for f in self._figures} - {""})
        if len(stated) > 1:
            raise NotWorkedOut(operation, reader_texts.levels_differ(stated))
        return self._verified(work_out(operation, terms), self._remarks(operation))

    def convert(self, rate: Figure, to_year: int, assumed_year: int | None) -> WorkedOut:
        """Return the figures in the price level of a year, and their sum where there are several.

        Args:
            rate: An agreed rate of price regulation; it says from which year to which.
            to_year: The level that is wanted.
            assumed_year: The level of those figures of which the agreement states none.

        Raises:
            CalculationError: a figure is no amount of money.
            NotWorkedOut: no level, the level wanted, or one that the rate does not cover.
        """
        name = price_level.NAME
        if not self._figures:
            raise NotWorkedOut(name, reader_texts.PICK_ONE)
        period = rate.period
        first, last = (period.first, period.last or period.first) if period else (0, 0)
        rows: list[Row] = []
        for figure in self._figures:
            if figure.unit not in {Unit.KR, Unit.KR_PER_INHABITANT}:
                raise CalculationError("unit_mismatch", figure.printed_unit or figure.noun, "kr.")
            level = _level_of(figure) or assumed_year
            if level is None:
                raise NotWorkedOut(name, reader_texts.level_missing(figure.label))
            if level == to_year:
                raise NotWorkedOut(name, reader_texts.level_same(figure.label, to_year))
            if {level, to_year} != {first, last}:
                said = calculation_texts.NO_RATE.format(
                    first=first, last=last, years=f"{level}-{to_year}"
                )
                raise NotWorkedOut(name, said)
            worked = price_level.regulate(
                from_figure(figure), from_figure(rate), forward=level < to_year
            )
            rows.append(Row(figure.label, worked.result))
        worked = Worked(name, rows[0].term)
        if len(rows) > 1:
            terms: list[Term] = [row.term for row in rows]
            worked = Worked(name, add(terms, calculation_texts.IN_ALL), tuple(rows))
        own = [f.label for f in self._figures if not f.price_level]
        assumed = (reader_texts.level_assumed(own, assumed_year),) if own and assumed_year else ()
        return self._verified(worked, assumed)

    def _remarks(self, operation: Operation) -> tuple[str, ...]:
        """Say what makes a result doubtful: parts beside their whole, other runs."""
        remarks: list[str] = []
        if operation in {Operation.SUM, Operation.AVERAGE}:
            for part in self._figures:
                above = {part.part_of, part.inside} - {"", "outside"}
                for whole in self._figures:
                    same = whole.agreement_id == part.agreement_id and whole is not part
                    if same and above & {whole.id, whole.series}:
                        remarks.append(reader_texts.counted_twice(part.label, whole.label))
        if len({f.per for f in self._figures}) > 1:
            runs = dict.fromkeys(f.per or Per.ONCE for f in self._figures)
            remarks.append(reader_texts.runs_differ([run.value for run in runs]))
        return tuple(dict.fromkeys(remarks))

    def _verified(self, worked: Worked, remarks: tuple[str, ...]) -> WorkedOut:
        draft = compose_calculation(Calculated(worked, remarks, ()), self._corpus, "")
        verified = verify_numbers(draft, self._agreements, self._reader_url)
        if verified is None or draft.calculation is None:
            raise NotWorkedOut(worked.calculator, reader_texts.NOT_VERIFIED)
        return WorkedOut(
            lead=lead_of(worked).replace("**", ""),
            calculation=draft.calculation,
            citations=verified.citations,
            notes=draft.notes,
        )


def _level_of(figure: Figure) -> int | None:
    """Return the year of the price level that the agreement states ("21-pl")."""
    digits = figure.price_level[:2]
    return _CENTURY + int(digits) if digits.isdigit() else None
