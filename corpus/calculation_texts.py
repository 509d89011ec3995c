"""All Danish of figures and calculations that people read; `texts.py` holds the rest."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.agreed import Figure
from corpus.errors import CalculationError

# --- Names of terms ----------------------------------------------------------------------------

OWN_NUMBER = "eget tal"
OWN_SHARE = "egen andel"
OWN_PART = "egen del"
KEPT = "bliver i regionerne"
SETTLED = "efterreguleres (går tilbage)"
ONE_MORE = "værdien af forskellen i opfyldte kriterier"
CONTRIBUTION = "grundbidrag i alt"
INHABITANTS = "indbyggere"
OVER_FRAME = "over rammen"
UNDER_FRAME = "under rammen"
IN_ALL = "i alt"
CHANGE = "ændring i procent"
FALL = "fald i procent"
DIFFERENCE = "forskel"
PERCENTAGE = "andel i procent"
RATIO = "forhold"
AVERAGE = "gennemsnit"
AFTER_REDUCTION = "niveau efter målet"
REDUCTION = "reduktion"
STILL_MISSING = "mangler til målet"
BASELINE = "udgangspunkt"
WHOLE_BILL = "hele regningen"
REST_FOR = "resten til {party}"
PART_OF_PARTY, THAT_PART = "{party}s del", "den del"
READMISSIONS = "genindlæggelser"
EACH = "til hver"
CRITERIA = "opfyldte kriterier"
YEARS = "år"


def regulated(forward: bool) -> str:
    """Name a regulated amount."""
    return "i det senere prisniveau" if forward else "i det tidligere prisniveau"


# --- Titles and formulas of the calculators ----------------------------------------------------

CALCULATORS = {
    "proximity_funding": (
        "Nærhedsfinansiering",
        "Beholdt beløb = andelen for antal opfyldte kriterier × nærhedsfinansieringen; resten "
        "efterreguleres.",
    ),
    "cost_split": (
        "Fordeling på stat, kommuner og regioner",
        "Partens andel × beløbet; er en andel ikke oplyst, er den beløbet minus de oplyste andele.",
    ),
    "price_level": (
        "Pris- og lønregulering",
        "Beløbet × (1 + satsen) til det senere prisniveau; beløbet / (1 + satsen) tilbage.",
    ),
    "basic_contribution": ("Grundbidrag", "Kroner pr. indbygger × antal indbyggere."),
    "conditional_grant": (
        "Budget over for ramme",
        "Budgettet minus den aftalte ramme. Aftalen angiver ikke en modregnings størrelse.",
    ),
    "shares": ("Andel af et beløb", "Andelen × beløbet."),
    "series": (
        "Tal over flere år",
        "Summen af årenes beløb; varige beløb føres videre; vækst = (nyt − gammelt) / gammelt.",
    ),
    "per_unit": ("Beløb pr. enhed", "Beløbet / antallet."),
    "target": (
        "Mål i forhold til et udgangspunkt",
        "Udgangspunktet × (1 − målet i pct.); målene er relative og lægges ikke sammen.",
    ),
    "arithmetic": (
        "Regning med aftalens tal",
        "Sum, forskel, andel, forhold, gennemsnit, ændring i pct. eller omregning.",
    ),
}


def title_of(calculator: str) -> str:
    """Return a calculator's name."""
    return CALCULATORS[calculator][0]


# --- Assumptions and remarks -------------------------------------------------------------------

KEY_BEYOND_TEXT = (
    "Nøglen er i aftalen kun angivet for den fællesoffentlige digitale infrastruktur; at bruge den "
    "på et andet beløb er en antagelse."
)
LASTING_CARRIED_ON = "Det varige beløb er ført videre uændret i de år, der ligger efter aftalens."
NOT_STATED = "ikke oplyst"
NO_PRICE_LEVEL = "Prisniveau er ikke oplyst i aftalen."
MIXED_PRICE_LEVELS = "Beløbene er ikke opgjort i samme prisniveau ({levels})."
EXACT_USED = "Aftalen siger også {rounded} (afrundet); der er regnet med det nøjagtige tal, {exact}"
OWN_IS_YOURS = "{numbers} er dit eget tal og ikke aftalt."
RATE_OF_WHOLE_AREA = (
    "Grundbidraget er reguleret med det samlede regionale områdes sats, selv om det hører til "
    "regional udvikling."
)
RELATIVE_TARGET = (
    "Målet er læst som en relativ reduktion fra udgangspunktet, ikke som procentpoint."
)
EVENLY = "Beløbet er fordelt jævnt på årene; det er en antagelse."
STATED_COUNT = "Aftalen siger „{qualifier} {count}“; regnet med {count}."
NOT_USED = "Ikke brugt i beregningen: {numbers}."
SECOND_READING = "Spørgsmålet kan også læses, så resultatet bliver {result}."
FOR_ALL_REGIONS = "Tallet gælder alle regioner (parter) under ét."


def mixed_price_levels(levels: Sequence[str]) -> str:
    """Warn that amounts of different price levels were put together."""
    return MIXED_PRICE_LEVELS.format(levels=", ".join(levels))


def budget_against_frame(*, over: bool, even: bool) -> str:
    """Say where a budget lies, and what the agreement does not say."""
    where = "præcis på" if even else "over" if over else "under"
    return (
        f"Budgettet ligger {where} den aftalte ramme. Aftalen angiver ingen regel for, hvor stor "
        "en modregning bliver."
    )


# --- Asking back, and saying no ----------------------------------------------------------------

WHICH_FIGURE = "Hvilket tal mener du?"
COMPARE_WHAT = "Hvad skal aftalerne sammenlignes om? Nævn et emne i spørgsmålet."
MISSING_CRITERIA = (
    "Hvor mange af kriterierne er opfyldt? Andelen, der bliver i regionerne, afhænger af det."
)
CRITERIA_RANGE = "Der er {count} kriterier. Skriv et helt antal opfyldte fra 0 til {count}."
MISSING_AREA = "Hvilket område skal reguleres? Aftalen har en sats for hvert."
MISSING_AMOUNT = "Hvilket beløb skal der regnes på? Skriv det i spørgsmålet."
MISSING_INHABITANTS = "Hvilket antal indbyggere skal bruges? Skriv det i spørgsmålet."
MISSING_BASELINE = "Hvad er udgangspunktet? Skriv det i spørgsmålet."
MISSING_SHARE = "Hvor stor er andelen? Skriv den i procent i spørgsmålet."
MISSING_YEARS = "For hvilke år? Beløbet er varigt, så perioden skal nævnes."
MISSING_SUBJECT = "Hvilket tal fra aftalerne skal der regnes på? Nævn det i spørgsmålet."
YEARS_BACKWARDS = "Perioden slutter, før den begynder. Skriv det tidligste år først."
NEGATIVE = "Tallet kan ikke være negativt. Skriv det uden minus."
SHARE_RANGE = "En andel skal ligge fra 0 til 100 pct."
TWO_WAYS = (
    "„{number}“ kan læses på to måder. Skriv fx 1.300 for et tusind tre hundrede eller 1,3 for "
    "én komma tre."
)
DIVISION_BY_ZERO = "Der kan ikke deles med nul. Skriv et antal på mindst 1."
UNIT_MISMATCH = "Tallene har ikke samme slags enhed ({units}) og kan ikke regnes sammen."
NO_RATE = (
    "Det fremgår ikke af aftalerne: der er kun pris- og lønsatser fra {first} til {last}, ikke for "
    "{years}."
)
NO_SET_OFF_RULE = (
    "Det fremgår ikke af aftalerne. De siger, at en overskridelse af driftsbudgetterne i "
    "regnskabet vil indebære en modregning i bloktilskuddet, men ikke, hvor stor den bliver."
)
NO_YEAR = "Det fremgår ikke af aftalerne: {label} er ikke oplyst for {years}."
PART_NOT_STATED = (
    "Det fremgår ikke af aftalerne, hvad {party} betaler til {label}. Spørg efter resten, når de "
    "oplyste andele trækkes fra, hvis det er det, du skal bruge."
)
TOO_LARGE = "Tallet er for stort til at give mening her. Kontrollér det, og prøv igen."

# --- How it is shown ---------------------------------------------------------------------------

READ_AS = "Læst som: {reading}"
AGREED, YOURS, ASSUMED = "aftalt", "dit tal", "antaget"
SOURCES = {"agreement": AGREED, "question": YOURS, "default": ASSUMED}
STEPS = "Sådan er det regnet:"
INPUTS = "Indgår i regnestykket:"
QUALIFIERS = {"exact": "", "about": "ca.", "over": "godt", "up_to": "op til",
              "at_least": "mindst", "range": ""}  # fmt: skip
PER_YEAR = " om året"
ARGUMENT = "Sådan er tallet læst: {argument}"
UNREVIEWED_LEAD = "Aftalens tal er ikke gennemgået endnu. Sætningen, som tallet står i:"


def describe(error: CalculationError) -> str:
    """Say why something cannot be worked out."""
    if error.reason == "division_by_zero":
        return DIVISION_BY_ZERO
    return UNIT_MISMATCH.format(units=" og ".join(unit or "antal" for unit in error.details))


def capitalised(label: str) -> str:
    """Begin a sentence with a label; a name with a small letter keeps it."""
    first = label.split()[0]
    return label if "." in first else label[:1].upper() + label[1:]


def shown(number: str, qualifier: str) -> str:
    """Put the agreement's own word before a number: "op til 25"."""
    return f"{QUALIFIERS[qualifier]} {number}".strip()


def amount(figure: Figure) -> str:
    """Print an agreed figure as the agreement does, with what is counted."""
    number = figure.place.printed
    unit = figure.printed_unit
    if unit and unit.split()[-1].rstrip(".") not in number:
        number = f"{number} kr." if unit.endswith("kr.") else number
    if unit == "pct." and "pct" not in number:
        number = "50 pct."  # printed as "halvdelen"
    said = shown(number, figure.qualifier)
    return f"{said} {figure.noun}".strip()


def when(figure: Figure) -> str:
    """Say for which years, or for which row of a table, a figure holds."""
    if figure.key:
        return f"{figure.key} {CRITERIA}"
    period = figure.period
    if period is None:
        return "uden år"
    if period.last is None:
        return f"fra {period.first}"
    return str(period)


def in_year(figure: Figure, year: int | None) -> str:
    """Say for which years, as the end of a sentence."""
    if figure.key:
        return f" ved {figure.key} {CRITERIA}"
    period = figure.period
    if period is None:
        return ""
    if period.last is None:
        lasting = f" fra {period.first} og frem"
        return lasting if year in {None, period.first} else f"{lasting}, også i {year}"
    span = f"{period.first}-{period.last}"
    if period.first == period.last:
        return f" i {period.first}"
    return f" i alt i {span}" if figure.per == "total" else f" i {span}"


def period_of(figure: Figure | None, year: int | None) -> str:
    """Say in brackets which years an input is taken for."""
    if figure is None:
        return ""
    if year is not None and figure.period is not None and figure.period.last != figure.period.first:
        return when(figure)
    return "" if figure.period is None and not figure.key else when(figure)


def series_lead(label: str, title: str) -> str:
    """Open the list of a series."""
    return f"{capitalised(label)} ({title}):"


def also_rounded(rounded: str, exact: str) -> str:
    """Say that the matter is stated twice, and which is exact."""
    return f"Aftalen siger også {rounded}; det er afrundet, og {exact} er det nøjagtige tal."


def one_input(name: str, numbers: Sequence[str]) -> str:
    """Print one input of a calculation with all its years."""
    return f"{name}: {', '.join(numbers)}"


def source_of(source: str, title: str) -> str:
    """Say whose number an input is."""
    return f"{SOURCES[source]} i {title}" if title else SOURCES[source]


def with_period(number: str, period: str) -> str:
    """Put the years or the row of a table in brackets after a number."""
    return f"{number} ({period})" if period else number


def in_price_level(level: str) -> str:
    """Say the price level that an agreement states."""
    return f" (prisniveau {level})" if level else ""


def reading(title: str, inputs: Sequence[str]) -> str:
    """Say how a question was read."""
    return f"{title} – {'; '.join(inputs)}"


LEADS = {
    KEPT: "**{number}** bliver i regionerne.",
    SETTLED: "**{number}** efterreguleres og går dermed tilbage.",
    ONE_MORE: "Forskellen i opfyldte kriterier er **{number}** værd.",
    CONTRIBUTION: "Grundbidraget er **{number}** i alt.",
    INHABITANTS: "Det svarer til **{number}**.",
    OVER_FRAME: "Budgettet ligger **{number}** over rammen.",
    UNDER_FRAME: "Budgettet ligger **{number}** under rammen.",
    IN_ALL: "Det giver **{number}** i alt.",
    CHANGE: "Ændringen er **{number}**",
    FALL: "Faldet er **{number}**",
    DIFFERENCE: "Forskellen er **{number}**.",
    PERCENTAGE: "Andelen er **{number}**",
    RATIO: "Forholdet er **{number}**.",
    AVERAGE: "Gennemsnittet er **{number}**.",
    AFTER_REDUCTION: "Målet svarer til et niveau på **{number}**",
    REDUCTION: "Målet svarer til en reduktion på **{number}**.",
    STILL_MISSING: "Der mangler **{number}** for at nå målet.",
    WHOLE_BILL: "Hele regningen er **{number}**.",
    EACH: "Det giver **{number}** til hver.",
    OWN_PART: "Den del, du spørger om, er **{number}**.",
    regulated(True): "Beløbet er **{number}** i det senere prisniveau.",
    regulated(False): "Beløbet er **{number}** i det tidligere prisniveau.",
}
"""How a result is told, by what it is; any other is named by its label."""
LEADS_OF_TWO = {
    PERCENTAGE: "{first} udgør **{number}** af {second}.",
    RATIO: "{first} er **{number}** {second}.",
    DIFFERENCE: "Forskellen mellem {first} og {second} er **{number}**.",
}
_PARTIES = ("staten", "kommunerne", "regionerne")


def lead(number: str, what: str) -> str:
    """Open a calculation with its result, as a sentence.

    >>> lead("45,3 mio. kr.", "resten til staten")
    'Resten til staten er **45,3 mio. kr.**'
    >>> lead("124 mio. kr.", "kommunerne")
    'Kommunernes del er **124 mio. kr.**'
    """
    if what in _PARTIES:
        what = f"{what}s del"
    if what.isdigit():
        return _ended(f"I {what} er det **{number}**.")
    if what in LEADS:
        return _ended(LEADS[what].format(number=number))
    return _ended(f"{subject(what)} er **{number}**." if what else f"Det er **{number}**.")


def lead_of_two(what: str, number: str, first: str, second: str) -> str:
    """Open a calculation of one thing beside another."""
    ends = what != DIFFERENCE
    told = LEADS_OF_TWO[what].format(
        number=number, first=_closed(first), second=second if ends else _closed(second)
    )
    return _ended(capitalised(told))


def lead_of_own_part(number: str, share: str, label: str) -> str:
    """Open what a share of the asker's comes to."""
    return _ended(f"{share} af {_closed(label)} er **{number}**.")


def lead_in_all(number: str, label: str, years: Sequence[str]) -> str:
    """Open a sum over years."""
    span = f" i {years[0]}-{years[-1]}" if len(years) > 1 else ""
    return _ended(f"{subject(label)} er i alt **{number}**{span}.")


def subject(label: str) -> str:
    """Begin a sentence with a label, its clause closed: "Den del, der er betinget, er ..."."""
    return capitalised(_closed(label))


def _closed(label: str) -> str:
    return f"{label}," if "," in label else label


def _ended(sentence: str) -> str:
    """End a sentence with one full stop, also after "kr."."""
    bare = sentence.removesuffix(".")
    return bare if bare.endswith(".**") else f"{bare}."


def choice(question: str, chosen: str) -> str:
    """Return a question with one of the choices filled in."""
    return f"{question.rstrip('?. ')} ({chosen})?"
