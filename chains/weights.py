"""The learned numbers of the selection and of the threshold (`weights.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

WEIGHTS = Path(__file__).with_name("weights.json")


class Threshold(BaseModel):
    """A weight for some of the signals of `chains.signals`; below 0 the answer is no."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    signals: dict[str, float]

    def weigh(self, signals: Mapping[str, float]) -> float:
        """Return how far above the threshold the signals lie."""
        return self.bias + sum(weight * signals[name] for name, weight in self.signals.items())


class Weights(BaseModel):
    """What `python -m eval.train` learned on `dev`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    selection: dict[str, float]
    """A weight for each of `chains.selection.FEATURES`."""
    near: float
    """A sentence is quoted beside the best when its share is at least this part of the best's."""
    figures: dict[str, float]
    """A weight for each of `chains.figure_rank.FEATURES`."""
    about_corpus: Threshold
    """Is the question about the agreements at all?"""
    stated: Threshold
    """Does what was found state what is asked for?"""

    @classmethod
    def load(cls) -> Weights:
        """Return the weights that are in use."""
        return cls.model_validate_json(WEIGHTS.read_bytes())
