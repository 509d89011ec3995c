"""All Danish of the comparison of two agreements that people read."""

from __future__ import annotations

from corpus.difference import Change

CHANGES = {
    Change.NEW: "Nyt",
    Change.DROPPED: "Udgået",
    Change.CHANGED: "Ændret",
    Change.CONTINUED: "Videreført",
}
TABLES = {"figures": "Tal", "commitments": "Aftalte forhold", "sections": "Afsnit"}
COLUMNS = (
    "Ændring", "Tema", "Hvad", "Før", "Før: år eller frist", "Før: prisniveau", "Nu",
    "Nu: år eller frist", "Nu: prisniveau", "Forskel", "Bemærkninger", "Før: citat", "Før: afsnit",
    "Nu: citat", "Nu: afsnit",
)  # fmt: skip
TABLE_COLUMN = "Tabel"
AS_PRINTED = (
    "Beløb er sammenlignet, som de er trykt, og ikke omregnet mellem prisniveauer; år står ved."
)
MATCHED_BY_RULE = (
    "Hvad der svarer til hvad, er fundet med regler (betegnelse, ordlyd, enhed, part) og kan være "
    "forkert; citaterne står ved."
)
NO_FIGURES = "{title}: ingen tal fundet."
UNREVIEWED = "{title}: tal og aftalte forhold er fundet med regler og ikke gennemgået."
SAME_NUMBER_OTHER_LEVEL = "samme tal, men prisniveauet er et andet ({old} mod {new})"
OTHER_LEVEL = "ikke trukket fra hinanden: prisniveauet er et andet ({old} mod {new})"
NO_LEVEL = "ikke oplyst"
OTHER_UNIT = "ikke trukket fra hinanden: enheden er en anden"
OTHER_RUN = "ikke trukket fra hinanden: det ene er pr. år, det andet ikke"
OTHER_YEARS = "gælder ikke samme år"
YEAR_NOT_STATED = "året er kun oplyst i den ene aftale"
FORCE = "status: {old} → {new}"
DEADLINE = "frist: {old} → {new}"
ACTORS = "hvem: {old} → {new}"
WORDING = "ordlyden er ændret"
NO_DEADLINE = "ingen"
EXPORTED = "Skrevet: {path}"
CLI_AGAINST = "Angiv begge aftaler: --difference NY --against GAMMEL."


def shown(change: Change, count: int) -> str:
    """Count the rows of one kind: "Ændret: 12"."""
    return f"{CHANGES[change]}: {count}"


def title(new: str, old: str) -> str:
    """Head the comparison."""
    return f"{new} sammenlignet med {old}"
