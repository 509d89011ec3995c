"""All Danish of the pages Aftaler, Tal and Aftalt: what was agreed, to read and look up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from corpus.models import Head
from corpus.standing_texts import STATUS
from corpus.wording import format_date, join_words

# --- Words that all three pages share ------------------------------------------------------------

NOT_STATED = "ikke oplyst"
BY_RULE = "fundet med regler, ikke gennemgået"
REVIEWED = {"ja": "Gennemgået", "nej": "Ikke gennemgået"}
PERS = {"year": "pr. år", "total": "i alt", "once": "ét år eller én gang", "level": "niveau"}
MONEYS = {"moved": "omprioriterede midler", "new": "nye midler"}
FORCES = {"enige": "er enige om", "skal": "skal", "vil": "vil", "kan": "kan", "drøfter": "drøfter",
          "noterer": "noterer sig"}  # fmt: skip
OPEN_IN_TEXT = "Åbn i aftalen"
CLEAR = "Nulstil filtre"
NOTHING = "Intet passer til filtrene. Fjern et filter, eller nulstil dem."
NOT_VERIFIED = (
    "Regnestykket kunne ikke kontrolleres mod aftalens ord og vises derfor ikke. Vælg færre tal."
)
DOWNLOAD_XLSX = "Hent som Excel (xlsx)"
DOWNLOAD_CSV = "Hent som CSV"
AGREEMENT = "Aftale"
THEME = "Tema"
WORDS = "Søg i ord"
WORDS_EXAMPLE = "fx nærhospital"
REVIEW = "Gennemgang"
ALL = "Alle"
PAGE_OF = "Side (af {pages})"
FILTERS = "Filtre"


def date(day: dt.date) -> str:
    """Print a date."""
    return format_date(day)


def years(first: int | None, last: int | None) -> str:
    """Print a span of years; without a last one it is lasting."""
    if first is None:
        return ""
    if last is None:
        return f"{first} og frem"
    return str(first) if first == last else f"{first}-{last}"


def capital(label: str) -> str:
    """Begin with a capital letter."""
    return label[:1].upper() + label[1:]


def filters_dropped(values: Sequence[str]) -> str:
    """Say that a link asks for filters that do not exist."""
    named = join_words([f"„{value[:60]}“" for value in values])
    return (
        f"Linket beder om noget, der ikke findes i samlingen nu: {named}. Det er udeladt; vælg et "
        "andet filter nedenfor."
    )


def shown_of(shown: int, every: int, what: str) -> str:
    """Say how many of all are shown."""
    return f"{shown} af {every} {what}"


def no_entry(register: str, entry_id: str) -> str:
    """Say that a link leads to something that is not there, and what to do."""
    named = f"„{entry_id[:80]}“"
    match register:
        case "figure":
            what, where = f"Tallet {named} findes ikke", "Find det i tabellen på siden Tal"
        case "commitment":
            what, where = f"Det aftalte {named} findes ikke", "Find det i listen på siden Aftalt"
        case "series":
            what, where = f"Serien {named} findes ikke", "Vælg en anden serie på siden Tal"
        case _:
            what, where = f"Afsnittet {named} findes ikke", "Find det i indholdsfortegnelsen"
    return f"{what} i samlingen. Det kan være omdøbt eller fjernet. {where}."


# --- Aftaler -------------------------------------------------------------------------------------

READER_TITLE = "Aftaler"
CHOOSE = "Vælg aftale"
SEARCH = "Søg i aftalens tekst"
SEARCH_SHORT = "Skriv mindst to tegn for at søge. Flere ord skal stå lige efter hinanden."
PREVIOUS, NEXT = "Forrige sted", "Næste sted"
CONTENTS = "Indhold"
PLACE_LINK = "Link til {name}"
TO_QUOTE = "Gå til citatet i teksten"
QUOTE_HEADING = "Citatet"
FIGURE_SIGN = "Understregede beløb og antal er aftalte tal; de fører til tallet på siden Tal."
DATE, PARTIES, PERIOD, STANDING, SOURCE, VERSION = (
    "Indgået", "Parter", "Dækker", "Status", "Kilde", "Tekstens version"
)  # fmt: skip
BY_EDITOR = "redaktionens oplysning"
QUOTE_SAME = "Citatet står ordret i aftalen og er markeret i teksten."
QUOTE_MOVED = (
    "Aftalens tekst er ændret, siden der blev citeret. Citatet står her stadig ordret og er "
    "markeret i teksten."
)
QUOTE_GONE = (
    "Aftalens tekst er ændret, siden der blev citeret, og citatet står her ikke længere. Brug det "
    "ikke uden at spørge igen. Det citerede var:"
)
QUOTE_UNKNOWN = (
    "Aftalens tekst er ændret, siden der blev citeret, og den gamle tekst er ikke gemt. Derfor kan "
    "det ikke ses, om citatet stadig står her. Spørg igen for at få et citat fra den nye tekst, "
    "eller søg efter ordene nedenfor."
)
QUOTE_BAD = (
    "Linket peger ikke på et sted i aftalen. Det kan være skrevet af eller klippet over. Kopiér "
    "hele linket igen, eller søg efter ordene nedenfor."
)
SECTION_HERE = "Afsnittet, som linket peger på, er vist i teksten: {name}"
FIGURE_HERE = "Tallet, som linket peger på, er markeret i teksten: {name}"


def agreement_gone(agreement_id: str) -> str:
    """Say that a link names an agreement that is not in the collection."""
    return (
        f"Aftalen „{agreement_id[:80]}“ findes ikke i samlingen. Linket kan være forkert, eller "
        "aftalen er fjernet. Vælg en aftale nedenfor."
    )


def hits(count: int, current: int) -> str:
    """Say how often the words stand, and which place is shown."""
    if not count:
        return "0 steder. Prøv en anden stavemåde eller kun en del af ordet."
    return "1 sted" if count == 1 else f"{count} steder, viser nummer {current}"


def head_rows(head: Head, version: str) -> list[tuple[str, str]]:
    """Return what is known of an agreement, by name."""

    def marked(field: str, value: str) -> str:
        return f"{value} ({BY_EDITOR})" if field in head.editor else value

    rows = [
        (DATE, marked("date", format_date(head.date))),
        (PARTIES, marked("parties", join_words(list(head.parties)))),
        (PERIOD, marked("years", years(head.years.first, head.years.last))),
        (STANDING, STATUS[head.status]),
        (VERSION, version),
    ]
    return rows


def figure_link(printed: str, label: str) -> str:
    """Name the link of a figure in the text: it begins with what is seen."""
    return f"{printed}: {label}. Vis på siden Tal"


# --- Tal -----------------------------------------------------------------------------------------

FIGURES_TITLE = "Tal"
FIGURES_INTRO = (
    "Alle aftalte tal med kilde. Vælg tal for at regne på dem, eller hent tabellen med citater."
)
YEAR, PAYER, RECEIVER, LEVEL, MEASURE = "År", "Betaler", "Modtager", "Prisniveau", "Enhed"
MEASURES = {"kr": "kroner", "kr_per_inhabitant": "kr. pr. indbygger", "pct": "pct.",
            "pct_point": "procentpoint", "number": "antal"}  # fmt: skip
FIGURES_FOUND = "aftalte tal"
FIGURE_TABLE = "Aftalte tal"
TABLE_COLUMNS = ("Hvad", "Tal", "Enhed", "År", "Betaler", "Modtager", "Prisniveau", "Kilde")
AMOUNT = "Tal"
ALL_SERIES = "Vælg serier"
ALL_FIGURES = "Vis alle tal"
FIGURE_QUOTE = "Aftalens ord"
RELATIONS = "Hænger sammen med"
RELATION = {
    "series": "Samme serie", "replaces": "Træder i stedet for", "replaced_by": "Afløst af",
    "part_of": "Er en del af", "inside": "Ligger inden for", "whole_of": "Omfatter",
}  # fmt: skip
ARGUMENT = "Sådan er tallet læst"
ALSO_CALLED = "Kaldes også"
FACTS = ("Værdi", "Gælder", "Opgjort", "Betaler", "Modtager", "Andel til", "Prisniveau", "Kanal",
         "Midler", "Ligger i", "Gennemgået af")  # fmt: skip
OUTSIDE = "uden for aftalens samlede ramme"
SERIES_TAB, TABLE_TAB, WORK_TAB = "Serier", "Tabel", "Regn på tal"
SERIES_PICK = "Vælg en eller flere serier i samme enhed"
SERIES_NONE = "Vælg en serie for at se den som diagram og tabel."
SERIES_TABLE = "Serien som tabel"
SERIES_HEADING = "Serien år for år"
SERIES_ROW, SERIES_NAME = "Række", "Serie"
PICK = "Vælg tal blandt dem, filtrene viser (rækkefølgen tæller ved forskel og andel)"
PICK_NONE = "Vælg tal"
PICK_LIMIT = 12
OPERATION = "Hvad skal der regnes?"
OPERATIONS = {
    "sum": "Læg sammen", "average": "Gennemsnit", "difference": "Forskel (første minus andet)",
    "share": "Første i procent af andet", "ratio": "Hvor mange gange går andet op i første",
    "change": "Ændring i procent fra første til andet", "prices": "Omregn til andet prisniveau",
}  # fmt: skip
RATE = "Sats"
TO_LEVEL = "Til prisniveau"
FROM_LEVEL = "Fra prisniveau, hvor aftalen ikke oplyser et"
FROM_LEVEL_NONE = "vælg selv"
PICK_ONE = "Vælg mindst ét tal."
PICK_MORE = "Vælg mindst to tal."
PICK_TWO = "Vælg præcis to tal til dette regnestykke; det første er delen eller det gamle tal."
STEPS = "Sådan er det regnet"
SOURCES = "Kilder"
RESULT = "Resultat"


def full_name(label: str, first: int | None, last: int | None) -> str:
    """Name a figure with its years, so that it is told from others of its series."""
    said = years(first, last)
    return capital(f"{label}, {said}" if said else label)


def source_link(title: str, label: str) -> str:
    """Name the link into the text of an agreement; it begins with what is seen."""
    return f"{title}: vis {label} i aftalens tekst"


def chart_alt(at: str, unit: str) -> str:
    """Say what a chart shows; the table below says the same in numbers."""
    return f"Søjlediagram: {unit or 'antal'} for hvert {at.lower()}. Tallene står i tabellen under."


def levels_differ(levels: Sequence[str]) -> str:
    """Refuse to put amounts of different price levels together."""
    return (
        f"Tallene er opgjort i forskellige prisniveauer ({join_words(list(levels))}) og kan ikke "
        "regnes sammen. Omregn dem først til samme prisniveau."
    )


def level_missing(label: str) -> str:
    """Ask for the price level of an amount."""
    return (
        f"Aftalen oplyser ikke, hvilket prisniveau {label} er opgjort i. Vælg selv et under "
        f"„{FROM_LEVEL}“; det står så i resultatet, at det er dit valg."
    )


def level_same(label: str, year: int) -> str:
    """Say that an amount already has the level that is wanted."""
    return f"{capital(label)} er allerede i {year}-prisniveau. Vælg et andet prisniveau."


def level_assumed(labels: Sequence[str], year: int) -> str:
    """Say that a price level is the asker's own choice."""
    return (
        f"Aftalen oplyser ikke prisniveau for {join_words(list(labels))}; {year}-prisniveau er dit "
        "eget valg."
    )


def counted_twice(part: str, whole: str) -> str:
    """Warn that a part is added to its whole."""
    return f"OBS: {part} er en del af {whole}. Lægges de sammen, tæller delen med to gange."


def runs_differ(runs: Sequence[str]) -> str:
    """Warn that amounts run otherwise over time."""
    named = join_words([PERS[run] for run in runs])
    return f"OBS: Tallene er opgjort forskelligt over tid ({named})."


def lasting(name: str, year: int, shown: str) -> str:
    """Say that an amount goes on."""
    return f"{capital(name)}: {shown} hvert år fra {year} og frem."


# --- Aftalt --------------------------------------------------------------------------------------

COMMITMENTS_TITLE = "Aftalt"
COMMITMENTS_INTRO = "Hvem skal gøre hvad, og hvornår: alt aftalt med aftalens egne ord."
ACTOR, FORCE, DEADLINE, SORT = "Hvem", "Status", "Frist", "Sortér efter"
DEADLINES = {"med": "Med frist", "uden": "Uden frist"}
DUE_YEAR = "Frist i år"
SORTS = {"frist": "Frist, tidligste først", "tekst": "Aftalens rækkefølge", "hvem": "Hvem"}
COMMITMENTS_FOUND = "aftalte forhold"
COMMITMENT_TABLE = "Aftalte forhold"
COMMITMENT_HEADS = ("Hvem", "Status", "Hvad", "Frist", "Tema", "Kilde")
ALL_COMMITMENTS = "Vis alt aftalt"
QUOTE = "Aftalens ord"
PARTNERS, CONDITION, STARTS = "Sammen med", "Betingelse", "Fra"
NO_DEADLINE = "ingen frist"

# --- Exports -------------------------------------------------------------------------------------

FIGURE_SHEET, COMMITMENT_SHEET, SOURCE_SHEET = "Aftalte tal", "Aftalt", "Kilder"
FIGURE_COLUMNS = (
    "Hvad", "Værdi", "Værdi, øvre", "Enhed", "Som i aftalen", "Række", "År", "Opgjort", "Betaler",
    "Modtager", "Andel til", "Prisniveau", "Kanal", "Midler", "Tema", "Aftale", "Afsnit", "Citat",
    "Link", "Gennemgået", "Sådan læst", "Id",
)  # fmt: skip
COMMITMENT_COLUMNS = (
    "Hvem", "Status", "Hvad", "Frist", "Frist (år-måned)", "Fra", "Betingelse", "Sammen med",
    "Tema", "Aftale", "Afsnit", "Citat", "Link", "Gennemgået", "Id",
)  # fmt: skip
SOURCE_COLUMNS = (
    "Aftale", "Indgået", "Parter", "Dækker", "Kilde", "Tekstens version", "Samlingens version"
)  # fmt: skip
