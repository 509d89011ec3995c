"""All Danish of the review and of the editors' page that people read."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.review import Item, ItemKind, Progress, ReviewStatus

KINDS = {
    ItemKind.STRUCTURE: "Afsnit",
    ItemKind.FIGURE: "Tal",
    ItemKind.COMMITMENT: "Aftalt forhold",
}
STATUS = {
    ReviewStatus.UNREVIEWED: "ikke gennemgået",
    ReviewStatus.PARTLY: "delvist gennemgået",
    ReviewStatus.REVIEWED: "gennemgået",
}
QUESTIONS = {
    ItemKind.STRUCTURE: "Er det læst rigtigt?",
    ItemKind.FIGURE: "Er det et aftalt tal, og er det læst rigtigt?",
    ItemKind.COMMITMENT: "Er det noget, parterne har aftalt, og er det læst rigtigt?",
}
DOUBTS = {
    "heading_amount": "Læst som overskrift, men der står et beløb eller en procent i den",
    "heading_sentence": "Læst som overskrift, men ligner en sætning",
    "maybe_heading": "Læst som tekst, men ligner en overskrift",
    "no_unit": "Tallet har ingen enhed",
    "no_years": "Sætningen siger ikke, hvilket år tallet gælder",
    "per_guessed": "Om det er pr. år, i alt eller én gang, står der ikke",
    "not_read": "Reglerne kunne ikke læse tallet",
    "no_actor": "Hvem der skal handle, står der ikke",
    "no_act": "Hvad der er aftalt, er ikke skrevet kort; citatet står alene",
}
FIELDS = {
    "figure.label": "Betegnelse (kort, som et navneord)",
    "figure.value": "Værdi med enhed, som den er trykt",
    "figure.kind": "Hvad det er",
    "figure.per": "Pr. år, i alt eller én gang",
    "figure.years": "År (2027, 2027-2030 eller 2027- for varigt)",
    "figure.price_level": "Prisniveau",
    "figure.payer": "Hvem betaler",
    "figure.receiver": "Hvem modtager",
    "figure.party": "Hvis andel det er",
    "figure.theme": "Tema",
    "figure.noun": "Hvad der tælles",
    "figure.argument": "Begrundelse for læsningen",
    "commitment.theme": "Tema",
    "commitment.actor": "Hvem, adskilt af komma",
    "commitment.with": "Sammen med, adskilt af komma",
    "commitment.act": "Hvad, fx „nedsætte en arbejdsgruppe“",
    "commitment.force": "Status",
    "commitment.deadline": "Frist, som den er trykt",
    "commitment.due": "Frist som ÅÅÅÅ eller ÅÅÅÅ-MM",
    "commitment.starts": "Begynder, som ÅÅÅÅ eller ÅÅÅÅ-MM",
    "commitment.condition": "Betingelse, som den er trykt",
    "structure.kind": "Hvad det er",
}
CHOICES = {
    "": "(ikke oplyst)",
    "amount": "beløb",
    "share": "andel",
    "rate": "sats",
    "count": "antal",
    "target": "mål",
    "threshold": "grænse",
    "year": "pr. år",
    "total": "i alt",
    "once": "én gang",
    "level": "niveau",
    "paragraph": "tekst",
    "heading": "overskrift",
    "chapter": "kapitel",
    "bullet": "punkt på en liste",
    "box": "boks",
    "box_title": "bokstitel",
    "annex": "bilag",
}
REFUSED = {
    "no_reason": "Skriv en begrundelse for at afvise.",
    "no_undo": "{detail} har ingen afgørelse at fortryde i denne aftale.",
    "no_terminal": "Der er ingen terminal at taste i ({detail}). Brug siden Redaktion.",
    "unknown_field": "Feltet {detail} findes ikke.",
    "empty_field": "Feltet „{detail}“ skal udfyldes.",
    "value_elsewhere": "„{detail}“ står ikke dér i teksten. Skriv værdien, som den er trykt.",
    "does_not_fit": "Det passer ikke til teksten: {detail}. Ret det, eller afvis det.",
    "not_covered": "Afgørelsen dækker ikke hele „{detail}“. Skriv hele værdien, som den er trykt.",
    "reads_otherwise": (
        "„{detail}“ alene siger et andet tal end sætningen. Afvis det med en begrundelse, og skriv "
        "tallet ind i registret i hånden."
    ),
}
CONFLICT = (
    "{who} har afgjort det imens{when}. Intet er skrevet over; din afgørelse er ikke gemt: {mine}."
)
CONFLICT_CHANGED = "Det er ændret, siden du så det. Intet er gemt; se på det igen: {mine}."
NOT_ALLOWED = "Det kan kun de, der er nævnt i indstillingen ASSISTANT_ADMINS."

# --- Command line ------------------------------------------------------------------------------

CLI_HELP = "Aftalens id."
CLI_AS = "Dit navn; gemmes med hver afgørelse."
CLI_STATUS = "Vis kun, hvor langt gennemgangen er."
CLI_KEYS = "[j]a  [r]et  [a]fvis  [s]enere  [f]ortryd  [q] slut"
CLI_REASON = "Begrundelse"
CLI_EMPTY_HINT = "(Enter: som foreslået; - for tomt)"
CLI_UNDONE = "Fortrudt: „{text}“"
CLI_BUILD = "Tag afgørelserne i brug med: python -m ingest build"
CLI_UNKNOWN_KEY = "Tast et af bogstaverne."
CLI_LEFT = "{id}: gennemgangen er i gang; {left} er fundet med regler og ikke afgjort endnu."

# --- The editors' page -------------------------------------------------------------------------

TITLE = "Redaktion"
INTRO = "Tilføj aftaler, gennemgå det, reglerne har fundet, og sammenlign med tidligere aftaler."
TABS = ("Aftaler", "Tilføj", "Gennemgå", "Sammenlign")
SIGNED_IN = "Du afgør som {name}."
YOUR_NAME = "Dit navn"
YOUR_NAME_HELP = "Gemmes med hver afgørelse."
STANDING = {"current": "gældende", "superseded": "afløst", "withdrawn": "trukket tilbage"}
COLUMNS = ("Aftale", "Id", "Gælder", "Gennemgang", "Mangler", "Afgjort", "Af")
BEHIND = "Samlingen er ændret, siden den version, der svares fra, blev bygget."
PUBLISH = "Tag ændringerne i brug"
PUBLISHING = "Bygger en ny version …"
PUBLISHED = "De nye svar er i brug nu, på andre servere inden for få sekunder."
REMOVE = "Tag en aftale ud"
REMOVE_WHICH = "Aftale, som ingen har gennemgået"
REMOVE_SURE = "Ja, tag den ud af samlingen"
REMOVED = "Aftalen er taget ud og ligger i {place}."
UPLOAD = "Fil (txt, PDF, DOCX eller HTML, højst {size} MiB)"
TOO_BIG = "Filen er over {size} MiB."
READING = "Læser filen …"
HEAD = "Det står i filen; ret eller udfyld, hvad der mangler"
TITLE_FIELD = "Titel"
DATE_FIELD = "Dato (fx 2026-06-05)"
PARTIES_FIELD = "Parter, adskilt af komma"
PERIOD_FIELD = "Periode (2027 eller 2027-2030)"
REPLACES_FIELD = "Afløser"
FOUND = "Læst: {words} ord{pages}, {headings} overskrifter og bokse."
HIDDEN = "Udeladt, fordi det er skjult i filen"
LOOK = "Se efter"
ADD = "Tilføj aftalen"
ADDED = "{title} er tilføjet som {id} og svarer nu, mærket som ikke gennemgået."
WHICH = "Aftale"
ACCEPT = "Godkend"
REJECT = "Afvis"
LATER = "Senere"
UNDO = "Fortryd min seneste"
REASON = "Begrundelse (kræves)"
DONE = "Aftalen er gennemgået: hvert tal og hver sætning med aftaleord er gjort rede for."
NEW = "Aftale"
AGAINST = "Sammenlign med"
COMPARE = "Sammenlign"
NO_OTHER = "Der skal være mindst to aftaler at sammenligne."
COMPARED = ("Ændring", "Hvad", "Før", "Nu", "Forskel")
DOWNLOAD_XLSX = "Hent som regneark (xlsx)"
DOWNLOAD_CSV = "Hent som csv"
ROWS_SHOWN = "De første {shown} af {count} rækker; filerne har dem alle."


def how_far(progress: Progress) -> str:
    """Say how far a review is: "2 tal og 5 aftalte forhold mangler, 12 afgjort"."""
    left = ", ".join(f"{KINDS[kind].lower()}: {count}" for kind, count in progress.left.items())
    by = f" af {', '.join(progress.reviewers)}" if progress.reviewers else ""
    state = STATUS[progress.status]
    return f"{progress.title}: {state}. Mangler {left}. Afgjort: {progress.decided}{by}."


def field_name(kind: ItemKind, name: str) -> str:
    """Name a field of an item."""
    return FIELDS[f"{kind}.{name}"]


def shown_value(value: str) -> str:
    """Say a field's value as people do: "amount" is "beløb"."""
    return CHOICES.get(value, value)


def place(item: Item) -> str:
    """Say where an item stands: section and page."""
    page = f", side {item.page}" if item.page is not None else ""
    return f"{KINDS[item.kind]} · {item.section}{page}"


def conflict(by: str, at: str, mine: str) -> str:
    """Say that somebody was faster, and repeat what the other decided so that it is not lost."""
    if not by:
        return CONFLICT_CHANGED.format(mine=mine)
    when = f" kl. {at[11:16]} (UTC)" if at else ""
    return CONFLICT.format(who=by, when=when, mine=mine)


def own_decision(accept: bool, fields: Mapping[str, str], reason: str) -> str:
    """Repeat what somebody decided."""
    if not accept:
        return f"afvist („{reason}“)"
    changed = ", ".join(f"{name}: {shown_value(value)}" for name, value in fields.items())
    return f"godkendt med {changed}" if changed else "godkendt"
