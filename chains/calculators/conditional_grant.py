"""Betinget bloktilskud: budgets against the frames that the block grant depends on.

Economy agreement for 2021, Bilag 2, Boks 1: 1 mia. kr. on the operating budgets, ½ mia. kr. on the
capital budgets. The agreement states no rule for the size of the modregning.
"""

from __future__ import annotations

from chains.calculators.terms import Term, Worked, subtract
from corpus import calculation_texts as texts

NAME = "conditional_grant"


def against_frame(budget: Term, frame: Term) -> Worked:
    """Return by how much a budget is over or under the frame, as a positive amount."""
    over = budget.amount > frame.amount
    if over:
        result = subtract(budget, frame, texts.OVER_FRAME)
    else:
        result = subtract(frame, budget, texts.UNDER_FRAME)
    remark = texts.budget_against_frame(over=over, even=budget.amount == frame.amount)
    return Worked(NAME, result, remarks=(remark,))
