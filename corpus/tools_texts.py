"""All Danish of the pages Beregn, Tjek tal and Hvor nævnes, and of the navigation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from corpus import api_texts
from corpus.check import Verdict
from corpus.danish import format_number
from corpus.wording import join_words

# --- Navigation and the notice -------------------------------------------------------------------

GROUP_ASK, GROUP_SOURCES, GROUP_TOOLS = "Spørg", "Kilder", "Værktøjer"
GROUP_ABOUT, GROUP_EDIT = "Om", "Redaktion"
NAV_ASK, NAV_CALCULATE, NAV_CHECK = "Spørg aftalerne", "Beregn", "Tjek tal"
NAV_PLACES, NAV_ABOUT = "Hvor nævnes", "Om assistenten"

# --- What the pages share ------------------------------------------------------------------------

OPEN_SOURCE = "Åbn i aftalen"
NEW_TAB = "(ny fane)"
QUOTE = "Kilde {marker}: {title}"
DOWNLOAD_CSV = "Hent som csv"
SEARCH_IN = "Søg i"
CHOOSE_ONE = "Vælg mindst én aftale."
AND_MORE = "… og {count} til. De står alle i csv-filen."


def plain(label: str) -> str:
    """Return words that Markdown leaves as they are."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+!|<>$~:" else sign for sign in label)


def percent(share: Decimal) -> str:
    """Print a share in per cent."""
    return f"{format_number(share)} pct."


# --- Beregn --------------------------------------------------------------------------------------

CALC_TITLE = "Beregn"
CALC_INTRO = (
    "Regn med aftalernes egne regler og tal. Resultatet følger med, mens du retter, og hvert trin "
    "og hver kilde vises."
)
CALC_WHICH = "Beregner"
CALC_FIELDS = "Dine tal"
CALC_RESULT = "Resultat"
CALC_READ_AS = "Læst som"
CALC_STEPS = "Sådan er det regnet"
CALC_INPUTS = "Tal, der er brugt"
CALC_ROWS = "resultatet delt op"
CALC_ASSUMPTIONS = "Forudsætninger"
CALC_SOURCES = "Kilder"
CALC_SCENARIO = "Scenarier"
CALC_SAVED = "Egne nøgler og indeks"
CALC_GONE = (
    "Linket gælder beregneren „{name}“, som ikke findes længere. Vælg en anden nedenfor; tallene i "
    "linket er ikke brugt."
)
CALC_NOT_YET = "Ret de markerede felter, så regnes der."
CALC_NO_RESULT = "Med de tal er der ikke noget resultat."
CALC_LINK = "Link til denne beregning"
CALC_LINK_HELP = (
    "Linket indeholder dine tal. Kopiér det, eller brug adressen øverst i browseren; den, der "
    "åbner det, får samme beregning med de aftaler, der er i samlingen til den tid."
)
INPUT_COLUMNS = ("Tal", "Værdi", "Kommer fra")
FROM = {"question": "dit tal", "agreement": "aftalen", "default": "forudsat"}
FROM_AGREEMENT = "aftalen, kilde {marker}"
ROW_COLUMNS = ("Del", "Beløb")
YEAR_COLUMNS = ("År", "Beløb")
SCENARIO_COLUMNS = {
    "proximity_funding": ("Opfyldte kriterier", "Bliver i regionerne", "Efterreguleres"),
    "price_level": ("Område", "Beløb i {to_year}-priser"),
    "shares": ("Andel", "Beløb"),
}
SCENARIO_CAPTIONS = {
    "proximity_funding": "Alle udfald af nærhedsfinansieringen",
    "price_level": "Samme beløb på hvert område",
    "shares": "Samme aftalte beløb ved andre andele",
}
CHOSEN = "valgt"
BAR = "Vist som søjle"
PERCENT_SLIDER = "Andel som skyder (hele procent)"

OWN = {
    "own_key": (
        "Egen fordelingsnøgle",
        "Hver parts beløb = partens andel i procent × beløbet.",
    ),
    "own_index": (
        "Eget pris- eller lønindeks",
        "Beløbet ganges med 1 + satsen for hvert år fremad og deles med det samme bagud.",
    ),
}
OWN_LABEL = "Egne tal – ikke fra aftalerne"
OWN_ASSUMPTION = "Nøgle, satser og beløb er dine egne. Intet af det er aftalt eller kontrolleret."
OWN_AMOUNT, OWN_RESULT = "eget beløb", "omregnet beløb"
OWN_EXAMPLES = {
    "own_key": {"amount": "10", "lines": "Område A: 45\nOmråde B: 35\nOmråde C: 20"},
    "own_index": {
        "amount": "10", "from_year": "2021", "to_year": "2024",
        "lines": "2022: 2,1\n2023: 3,4\n2024: 2,6",
    },
}  # fmt: skip
SAVE_NAME, SAVE, SAVED_AS = "Navn", "Gem", "Gemt som „{name}“."
SAVE_NAMELESS = "Skriv et navn, før du gemmer."
SAVED_NONE = "Du har ikke gemt nogen endnu."
SAVE_KEPT = (
    "Det gemte huskes, så længe siden er åben i denne browser. Vil du beholde det længere, så gem "
    "linket til beregningen: det indeholder nøglen eller satserne."
)
USE, DELETE = "Brug „{name}“", "Slet „{name}“"
MOST_SAVED = "Der er plads til {most}. Slet en, før du gemmer flere."


def own_read(calculator: str, amount: str, count: int) -> str:
    """Say how a calculation with numbers of one's own was read."""
    one, several = ("andel", "andele") if calculator == "own_key" else ("sats", "satser")
    return f"{amount} og {f'1 egen {one}' if count == 1 else f'{count} egne {several}'}"


def own_rate(year: int) -> str:
    """Name the rate of a year."""
    return f"egen sats for {year}"


def own_total(total: Decimal) -> str:
    """Say that the shares of a key are not the whole."""
    return f"Andelene giver tilsammen {format_number(total)} pct. Ret dem, så de giver 100 pct."


def own_line(line: str) -> str:
    """Say that a line cannot be read."""
    return f"Linjen „{line}“ kan ikke læses. Skriv fx „Område A: 12,5“ eller „2024: 2,6“."


def own_twice(name: str) -> str:
    """Say that a name comes twice."""
    return f"„{name}“ står der to gange. Slet den ene linje."


def own_count(most: int) -> str:
    """Say how many lines there may be."""
    return f"Skriv mellem 1 og {most} linjer, en for hver part eller hvert år."


def own_missing(years: Sequence[int]) -> str:
    """Say for which years there is no rate."""
    told = join_words([str(year) for year in years])
    return f"Der mangler en sats for {told}. Tilføj en linje for hvert år."


OWN_NEGATIVE = "En andel kan ikke være under 0. Ret den."

_MIO = "mio. kr."
_UNITS = {
    "amount": _MIO,
    "percent": "pct.",
    "baseline": "ton",
    "inhabitants": "indbyggere",
}
COUNTED = {"inhabitants"}
"""Whole numbers that are shown with points for thousands; years are not."""
_LABELS: Mapping[str | tuple[str, str], tuple[str, str]] = {
    "criteria": ("Opfyldte kriterier", "Et helt antal. Aftalen siger, hvor mange der er i alt."),
    "side": ("Vis", ""),
    "amount": ("Beløb", "Skriv beløbet på dansk, fx 1.554,4."),
    "area": ("Område", "Satsen er forskellig for områderne."),
    "from_year": ("Fra prisniveau", "Året, som beløbet er opgjort i."),
    "to_year": ("Til prisniveau", "Året, som du vil kende beløbet i."),
    "inhabitants": ("Indbyggere", "Et helt antal, fx 58.000."),
    "year": ("År", "Rammen er aftalt for et bestemt år."),
    "subject": ("Aftalt tal", "Skriv, hvad tallet kaldes, med egne ord eller aftalens."),
    "first_year": ("Første år", ""),
    "last_year": ("Sidste år", "Begge år er med."),
    "baseline": ("Udgangspunkt", "Jeres egen udledning før reduktionen."),
    "percent": ("Egen andel", "Højst 100. Skriv fx 12,5."),
    "operation": ("Regneart", ""),
    "first": ("Første tal", "Skriv, hvad tallet kaldes."),
    "second": ("Andet tal", "Skriv, hvad tallet kaldes."),
    "lines": ("Linjer", "En linje for hver: et navn eller et år, kolon og et tal i procent."),
    ("per_unit", "subject"): ("Hvad", "Noget, som aftalen både giver et beløb og et antal for."),
    ("own_key", "lines"): ("Nøgle", "En linje for hver part, fx „Område A: 45“. I alt 100 pct."),
    ("own_index", "lines"): ("Satser", "En linje for hvert år, fx „2024: 2,6“. I procent."),
}
CHOICES = {
    "side": {"kept": "Det, der bliver i regionerne", "settled": "Det, der efterreguleres"},
    "area": {"sundhed": "Sundhed", "regional_udvikling": "Regional udvikling", "anlaeg": "Anlæg"},
    "operation": {"sum": "Læg sammen", "difference": "Forskel", "percentage": "Procent af"},
}


def field_label(calculator: str, field: str) -> str:
    """Name a field, with its unit."""
    name = _label(calculator, field)[0]
    unit = unit_of(calculator, field)
    return f"{name} ({unit})" if unit and unit != name.lower() else name


def field_help(calculator: str, field: str) -> str:
    """Say what to type in a field."""
    return _label(calculator, field)[1]


def unit_of(calculator: str, field: str) -> str:
    """Return the unit of a field; empty where it has none."""
    del calculator  # every calculator counts the same field alike
    return _UNITS.get(field, "")


def _label(calculator: str, field: str) -> tuple[str, str]:
    return _LABELS.get((calculator, field)) or _LABELS[field]


_PROBLEMS = {
    "missing": "Udfyld feltet.",
    "number": "Tallet kan ikke læses. Skriv det på dansk, fx 1.300 eller 1,3.",
    "between": "Tallet skal ligge mellem {low} og {high}.",
    "decimal_max_places": "Tallet må højst have {decimal_places} decimaler.",
    "decimal_max_digits": "Tallet har for mange cifre.",
    "string_pattern_mismatch": "Teksten indeholder tegn, der ikke kan bruges.",
}


def field_problem(calculator: str, field: str, kind: str, given: Mapping[str, object]) -> str:
    """Say what is wrong with a field of a calculator, and what to write instead."""
    told = _PROBLEMS.get(kind) or api_texts.FIELD_ERRORS.get(kind) or api_texts.FIELD_ERROR
    shown = {
        name: format_number(Decimal(value)) if isinstance(value, int | Decimal) else str(value)
        for name, value in given.items()
    }
    return f"{field_label(calculator, field)}: {told.format_map(shown)}"


# --- Tjek tal ------------------------------------------------------------------------------------

CHECK_TITLE = "Tjek tal"
CHECK_INTRO = (
    "Indsæt en mail eller et udkast, eller hent en fil. Hvert tal om aftalerne holdes op mod det, "
    "aftalerne siger. Teksten gemmes ikke."
)
CHECK_TEXT = "Tekst, der skal tjekkes"
CHECK_FILE = "Eller vælg en fil (.txt eller .docx, højst {size} MB)"
CHECK_GO, CHECK_CLEAR = "Tjek tallene", "Ryd"
CHECK_EMPTY = "Der er ingen tekst at tjekke. Indsæt en tekst, eller vælg en fil."
CHECK_TOO_LONG = (
    "Teksten er på {length} tegn, og der er plads til {limit}. Del den op, og tjek en del ad "
    "gangen. Intet er udeladt eller tjekket."
)
CHECK_TOO_BIG = "Filen er for stor; der er plads til {size} MB."
CHECK_FROM_FILE = "Teksten er hentet fra {name}."
CHECK_WORKING = "Holder tallene op mod aftalerne …"
CHECK_NONE = (
    "Der er ingen tal om aftalerne i teksten, så der er intet at holde op mod dem. Årstal, "
    "datoer og nummererede afsnit tælles ikke med."
)
CHECK_SHOWN = "Teksten"
CHECK_LIST = "Tallene"
CHECK_ONLY_OFF = "Vis kun tal, der afviger eller ikke er fundet"
CHECK_COUNT = "Tal om aftalerne i teksten: {count}"
SIGNS = {
    Verdict.RIGHT: "✓",
    Verdict.ROUNDED: "≈",
    Verdict.COMPUTED: "Σ",
    Verdict.WRONG: "✗",
    Verdict.WRONG_UNIT: "✗",
    Verdict.WRONG_YEAR: "✗",
    Verdict.WRONG_SUBJECT: "✗",
    Verdict.NOT_FOUND: "?",
}
"""What stands beside a number, so that no meaning hangs on the colour."""
SHORT = {
    Verdict.RIGHT: "står i aftalen",
    Verdict.ROUNDED: "afrundet",
    Verdict.COMPUTED: "regnet rigtigt",
    Verdict.WRONG: "afviger",
    Verdict.WRONG_UNIT: "forkert enhed",
    Verdict.WRONG_YEAR: "andet år",
    Verdict.WRONG_SUBJECT: "noget andet",
    Verdict.NOT_FOUND: "ikke fundet",
}
CHECK_COLUMNS = ("Nr.", "Tal", "Vurdering", "Aftalen siger", "Citat", "Sted", "Adresse")
CHECK_FILE_NAME = "tjek-tal.csv"


def marked(place: int, said: str) -> str:
    """Say behind a number in a text what became of it."""
    return f"({said}; forklaring {place})"


def format_count(count: int) -> str:
    """Print a count."""
    return format_number(Decimal(count))


# --- Hvor nævnes ---------------------------------------------------------------------------------

PLACES_TITLE = "Hvor nævnes"
PLACES_INTRO = (
    "Find hvert sted, hvor aftalerne nævner et ord. Bøjninger, sammensatte ord og andre navne for "
    "det samme tælles med."
)
PLACES_TERM = "Ord eller navn"
PLACES_TERM_HELP = "Et ord, en forkortelse eller et navn på højst {most} tegn."
PLACES_GO = "Find"
PLACES_EMPTY = "Skriv det ord, du leder efter."
PLACES_LOOKED = "Der er ledt efter {names}, bøjninger og sammensætninger af dem, i {titles}."
PLACES_FORMS = "Sådan står det: {forms}."
PLACES_COLUMNS = ("Afsnit", "Antal")
PLACES_BY_SECTION = "Antal i hvert afsnit"
PLACES_LIST = "Stederne"
PLACES_CSV = ("Ord", "Aftale", "Afsnit", "Sætning", "Adresse")
PLACES_FILE_NAME = "hvor-naevnes-{term}.csv"


def places_found(term: str, words: int, sentences: int) -> str:
    """Say how often a term is named."""
    if not words:
        return f"0 steder: „{term}“ nævnes ikke i de valgte aftaler."
    times = "1 gang" if words == 1 else f"{words} gange"
    return (
        f"„{term}“ nævnes {times} i {'1 sætning' if sentences == 1 else f'{sentences} sætninger'}."
    )


def places_looked(names: Sequence[str], titles: Sequence[str]) -> str:
    """Say what was looked for, and where."""
    each = {name.lower(): name for name in reversed(names)}  # "kl" and "KL" are one
    told = join_words([f"„{name}“" for name in reversed(each.values())])
    return PLACES_LOOKED.format(names=told, titles=join_words(list(titles)))
