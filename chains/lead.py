"""A calculation -> the plain sentence that opens its answer, fit to be read aloud."""

from __future__ import annotations

from chains.calculators.terms import Term, Worked
from corpus import calculation_texts as texts


def lead_of(worked: Worked) -> str:
    """Return the result as a sentence that says what it is of what."""
    result = worked.result
    number = result.show()
    between = _two(worked)
    if between and result.name in texts.LEADS_OF_TWO:
        first, second = (_name(term) for term in between)
        return texts.lead_of_two(result.name, number, first, second)
    if result.name == texts.OWN_PART and between and between[0].name == texts.OWN_SHARE:
        return texts.lead_of_own_part(number, between[0].show(), between[1].name)
    agreed = list(dict.fromkeys(term.name for term in worked.inputs if term.figure is not None))
    if result.name == texts.IN_ALL and worked.by_year and len(agreed) == len(_names(worked)) == 1:
        return texts.lead_in_all(number, agreed[0], [row.label for row in worked.rows])
    return texts.lead(number, result.name)


def _two(worked: Worked) -> tuple[Term, Term] | None:
    """Return the two inputs of a calculation that has just two, of different names."""
    inputs = worked.inputs
    return (inputs[0], inputs[1]) if len(inputs) == len(_names(worked)) == 2 else None


def _names(worked: Worked) -> list[str]:
    return list(dict.fromkeys(term.name for term in worked.inputs))


def _name(term: Term) -> str:
    """Name an agreed figure by its label, the asker's own number by itself."""
    return term.name if term.figure is not None else term.show()
