"""Figures and commitments of an agreement: those of its registers, and by rule what is left.

An agreement without a register has all by rule. One that the review queue is at has what a person
decided, and the rest by rule until it is decided. A register written by hand is all there is.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.agreed import Figure
from corpus.commitment import Commitment
from corpus.models import Agreement, Sentence
from corpus.settings import Settings
from ingest.commitments import CommitmentRegistry
from ingest.coverage import account_for
from ingest.extract import extract_figures
from ingest.extract_commitments import extract_commitments
from ingest.figures import Registry


def figure_register(settings: Settings, agreement: Agreement) -> Registry | None:
    """Return an agreement's register of figures, None where nobody has reviewed any.

    Raises:
        FigureError: the register does not fit the text.
    """
    path = settings.figures_dir / f"{agreement.id}.yaml"
    return Registry(path, agreement) if path.is_file() else None


def commitment_register(settings: Settings, agreement: Agreement) -> CommitmentRegistry | None:
    """Return an agreement's register of commitments, None where nobody has reviewed any.

    Raises:
        CommitmentError: the register does not fit the text.
    """
    path = settings.commitments_dir / f"{agreement.id}.yaml"
    return CommitmentRegistry(path, agreement) if path.is_file() else None


def figures_of(settings: Settings, agreement: Agreement) -> tuple[Figure, ...]:
    """Return the figures of an agreement, reviewed ones and those by rule.

    Raises:
        FigureError: the register does not fit the text.
    """
    register = figure_register(settings, agreement)
    if register is None:
        return extract_figures(agreement)
    if not register.by_queue:
        return register.figures
    left = figures_left(agreement, register, extract_figures(agreement))
    return tuple(sorted((*register.figures, *left), key=lambda figure: figure.place.start))


def figures_left(
    agreement: Agreement, register: Registry | None, by_rule: Sequence[Figure]
) -> list[Figure]:
    """Return the figures by rule that hold a number which the register does not account for."""
    loose = account_for(agreement, register).loose
    return [
        figure
        for figure in by_rule
        if any(one.start < figure.place.end and figure.place.start < one.end for one in loose)
    ]


def commitments_of(
    settings: Settings, agreement: Agreement, sentences: Sequence[Sentence]
) -> tuple[Commitment, ...]:
    """Return the commitments of an agreement, reviewed ones and those by rule.

    Raises:
        CommitmentError: the register does not fit the text.
    """
    register = commitment_register(settings, agreement)
    if register is None:
        return tuple(extract_commitments(agreement.id, sentences))
    if not register.by_queue:
        return register.commitments
    left = extract_commitments(agreement.id, register.account_for(sentences).loose)
    return tuple(sorted((*register.commitments, *left), key=lambda one: one.start))
