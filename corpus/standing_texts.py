"""All Danish on how an agreement stands: superseded, changed, withdrawn, not reviewed."""

from __future__ import annotations

from corpus.models import Head
from corpus.wording import format_date

STATUS = {"current": "gældende", "superseded": "afløst", "withdrawn": "trukket tilbage"}
REPLACED = "{title} er afløst af {by}."
CHANGED = "{title} er ændret ved {by}."
SUPERSEDED = "{title} er afløst; af hvilken aftale er ikke oplyst."
WITHDRAWN = "{title} er trukket tilbage og indgår ikke længere i svar; teksten kan stadig læses."
UNREVIEWED = (
    "{title} er ikke gennemgået af en person: afsnit, tal og aftalte forhold er fundet med regler."
)
PARTLY_REVIEWED = (
    "{title} er ved at blive gennemgået af en person: nogle tal og aftalte forhold er endnu kun "
    "fundet med regler."
)


def dated(head: Head) -> str:
    """Name an agreement with its date."""
    return f"{head.short_title} ({format_date(head.date)})"


def newer(head: Head) -> str:
    """Say that a newer agreement of the same kind is in the collection."""
    return f"En nyere aftale af samme slags er i samlingen: {dated(head)}."


def by_default(head: Head, others: int) -> str:
    """Say that the newest was taken because the question names none."""
    more = "1 anden aftale" if others == 1 else f"{others} andre aftaler"
    return (
        f"Spørgsmålet nævner ikke år eller aftale; svaret er fra den nyeste, {head.short_title}. "
        f"Der er {more} af samme slags i samlingen – nævn året for at få svar fra en af dem."
    )


def differs(head: Head, label: str, printed: str, period: str, level: str) -> str:
    """Warn that another agreement in force has another figure for the same year."""
    years = f" for {period.removesuffix('-')}{' og frem' if period.endswith('-') else ''}"
    stated = f" ({level})" if level else ""
    return (
        f"OBS: {head.short_title} gælder også og siger {printed}{years if period else ''}{stated} "
        f"om {label}; svaret er fra den anden aftale."
    )
