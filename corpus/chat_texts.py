"""Danish of the chat page: conversations, sharing, what can be taken along, the note in Word."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from corpus import errors
from corpus.conversation import QuoteState
from corpus.models import Answer, AnswerKind, Head
from corpus.standing_texts import STATUS
from corpus.wording import format_date

_HERE = ZoneInfo("Europe/Copenhagen")

# --- Conversations -------------------------------------------------------------------------------

CONVERSATIONS = "Dine samtaler"
SEARCH = "Søg i dine samtaler"
SEARCH_NONE = "Ingen af dine samtaler indeholder det."
NO_CONVERSATIONS = "Du har ingen gemte samtaler endnu."
NOT_KEPT = (
    "Samtalen gemmes ikke, for browseren kan ikke genkendes. Tillad cookies fra denne side for at "
    "beholde dine samtaler. Indtil da forsvinder de, når siden lukkes."
)
KEPT = (
    "Samtalerne er kun dine. De slettes, når de ikke har været brugt i {days} dage. CPR-numre "
    "gemmes aldrig."
)
MORE = "Vis flere samtaler"
MANAGE = "Samtalen"
TITLE = "Titel"
RENAME = "Gem titlen"
RENAMED = "Titlen er gemt."
DELETE = "Slet samtalen"
DELETE_SURE = "Ja, slet samtalen og de svar, jeg har delt fra den, for altid"
DELETED = "Samtalen er slettet."
OWN_DATA = "Dine data"
EXPORT_ALL = "Hent alle dine samtaler (JSON)"
DELETE_ALL = "Slet alt, der er gemt om dig"
DELETE_ALL_SURE = "Ja, jeg vil slette alle mine samtaler og delte svar for altid"
DELETED_ALL = "Alt, der var gemt om dig, er slettet."
SHOW_EARLIER = "Vis tidligere ({count} spørgsmål)"
MOVED_ASIDE = (
    "Databasen med samtaler var beskadiget. Den er lagt til side som {name}, og en ny er begyndt. "
    "Bed den, der driver tjenesten, om at se på den gamle."
)
OTHER_FORM = (
    "Svaret er gemt af en anden udgave af programmet. Kun teksten kan vises; stil spørgsmålet igen "
    "for at få kilderne."
)
CPR_MASKED = "Et CPR-nummer i dit spørgsmål er fjernet. Det er hverken brugt eller gemt."
GUIDE = "Sådan gør du"
GUIDE_STEPS = (
    "**Spørg** med dine egne ord. Svaret er aftalens egne sætninger eller en beregning på aftalens "
    "tal.",
    "**Se efter i kilden.** Under hvert svar står citaterne ordret i deres sammenhæng. „Åbn i "
    "aftalen“ viser stedet i hele teksten.",
    "**Spørg videre**, fx „Og hvem betaler?“. Linjen „Læst som“ viser, hvordan opfølgningen er "
    "forstået.",
    "**Ret** et spørgsmål, og spørg igen: samtalen fortsætter derfra.",
    "**Tag svaret med** som tekst med henvisninger, som fodnoter eller som notat i Word.",
    "**Del** et enkelt svar med et link. Når linket åbnes, holdes citaterne op mod aftalerne igen.",
    "**Siger svaret nej**, står det ikke i aftalerne. Prøv et af forslagene, eller brug aftalens "
    "egne ord.",
)

# --- The page ------------------------------------------------------------------------------------

THEMES = {
    "Penge": (
        "Hvad lyder puljen til nærhospitaler på?",
        "Hvad er bloktilskuddet til regionerne?",
    ),
    "Beregning": (
        "Hvor meget udbetales af nærhedsfinansieringen, hvis tre kriterier er opfyldt?",
        "Del 75 mio. kr. efter nøglen i digital infrastruktur",
    ),
    "Frister": (
        "Hvilke frister har regionerne?",
        "Hvad skal kommunerne levere inden 2023?",
    ),
    "Indhold": (
        "Hvad er aftalt om lægedækning?",
        "Hvad er en sundhedsklynge?",
    ),
}
KINDS = {
    "quote": "Ordret citat fra aftalen",
    "calculated": "Beregnet ud fra aftalens tal",
    "model": "Formuleret af en sprogmodel ud fra citaterne",
}
FIGURE_LABEL = "Aftalt tal med ordret citat"
NOT_FOUND_LABEL = "Ikke fundet i aftalerne"
CLARIFY_LABEL = "Modspørgsmål – vælg, hvad du mener"
REFUSED_LABEL = "Afvist"
CITED = "Citeret ({count})"
ALSO_READ = "Også gennemset ({count})"
OPEN_SOURCE = "Åbn [{marker}] i aftalen: {place}"
EDIT = "Ret"
EDIT_LABEL = "Ret spørgsmålet"
EDIT_CUTS = "Svaret her og alt efter det slettes, når du spørger igen."
EDIT_DO = "Spørg igen"
EDIT_BACK = "Fortryd"
WHOLE_QUESTION = "Hele spørgsmålet"
STOP = "Stop"
STOPPED = "Stoppet, før der kom et svar."
ASK_THIS = "Spørg igen"

# --- Sharing -------------------------------------------------------------------------------------

SHARE = "Del svaret"
SHARE_SAYS = (
    "Alle, der har linket og adgang til assistenten, kan se dette spørgsmål og svar – ikke resten "
    "af samtalen."
)
SHARE_DO = "Lav et link"
SHARE_COPY = "Linket til svaret"
UNSHARE = "Stop deling"
UNSHARED = "Linket virker ikke længere."
SHARED_TITLE = "Delt svar"
SHARED_MADE = "Svaret er givet {when} på samlingens version {version}."
SHARED_HOLDS = "Alle citater er holdt op mod aftalerne igen og står der fortsat ordret."
SHARED_NONE = "Svaret har ingen citater, der kan holdes op mod aftalerne."
SHARED_BROKEN = (
    "Kilden er ændret, siden svaret blev givet: {count} af {total} citater står ikke længere "
    "ordret i samlingen. Brug ikke svaret; stil spørgsmålet igen."
)
SHARED_NEWER = "Samlingen er ændret, siden svaret blev givet, så et nyt svar kan se anderledes ud."
SHARED_ASK = "Stil spørgsmålet igen"
SHARED_BACK = "Til dine egne samtaler"
STATES = {
    QuoteState.HOLDS: "Står ordret i aftalen",
    QuoteState.MOVED: "Står ordret i aftalen, men et andet sted end før",
    QuoteState.GONE: "Står ikke længere i aftalen",
    QuoteState.WITHDRAWN: "Aftalen er ikke længere i samlingen",
}

# --- Taking along --------------------------------------------------------------------------------

TAKE = "Tag med"
COPY_ANSWER = "Svar med henvisninger"
COPY_FOOTNOTES = "Fodnoter"
COPY_NO_FOOTNOTES = "Svaret har ingen citater."
WORD_ANSWER = "Hent svaret som notat (Word)"
WORD_CONVERSATION = "Hent samtalen som notat (Word)"
WORD_EMPTY = "Der er ingen svar i samtalen endnu, så der er ikke noget at hente."
FILE_NAME = "notat-{name}-{date}.docx"
FILE_DATA = "mine-samtaler-{date}.json"
SOURCES = "Kilder:"

NOTE_TITLE = "Notat: {title}"
NOTE_SUBJECT = "Spørgsmål og svar om politiske aftaler"
NOTE_KEYWORDS = "aftaler; citater; Aftaleassistenten"
NOTE_ABOUT = (
    "Notatet er trukket fra Aftaleassistenten, et AI-system. Citaterne er sammenholdt tegn for "
    "tegn med aftalerne. Senere aftaler kan have ændret det aftalte; se efter i kilden før brug."
)
NOTE_MADE = "Udskrevet"
NOTE_COUNT = "Spørgsmål"
NOTE_ASKED = "Spurgt"
NOTE_READ_AS = "Læst som"
NOTE_HOW = "Sådan er svaret lavet"
NOTE_VERSION = "Samlingens version"
NOTE_ANSWER = "Svar"
NOTE_CALCULATION = "Beregning"
NOTE_FORMULA = "Formel"
NOTE_STEPS = "Trin"
NOTE_INPUTS = ("Tal", "Værdi", "Kommer fra")
NOTE_SOURCES = {
    "question": "spørgsmålet",
    "agreement": "aftalen",
    "default": "beregnerens forvalg",
}
NOTE_RESULT = "Resultat"
NOTE_ROWS = "Resultat for hver"
NOTE_ROW = ("Hvad", "Beløb")
NOTE_ASSUMPTIONS = "Forudsætninger"
NOTE_CITED = "Citater"
NOTE_NOTES = "Bemærk"
NOTE_PAGE = "Side"


def scope(chosen: int, count: int) -> str:
    """Say in how many of the agreements is searched."""
    if chosen == count:
        return f"Søger i alle aftaler ({count})"
    return f"Søger i {chosen} af {count} aftaler"


def place(section: str, page: int | None, start: int, end: int) -> str:
    """Name a place of an agreement: section, page where there are pages, characters."""
    printed = "" if page is None else f", side {page}"
    return f"{section}{printed}, tegn {start}-{end}"


def cited(title: str, date: dt.date | None, where: str, version: str) -> str:
    """Name the source of a quote in full, as a footnote does."""
    dated = f" af {format_date(date)}" if date else ""
    return f"{title}{dated}, {where} (tekstversion {version})."


def when(time: dt.datetime) -> str:
    """Print a time as the clock here shows it: "23. november 2026 kl. 19.45"."""
    local = time.astimezone(_HERE)
    return f"{format_date(local.date())} kl. {local:%H.%M}"


def how_made(answer: Answer) -> str:
    """Say how an answer came about: quoted, calculated, worded by a model, asked back, or a no."""
    if answer.kind is AnswerKind.CLARIFY:
        return CLARIFY_LABEL
    if answer.kind is AnswerKind.REFUSED:
        return REFUSED_LABEL
    if answer.not_found_reason or not answer.citations:
        return NOT_FOUND_LABEL
    return FIGURE_LABEL if answer.kind is AnswerKind.FIGURE else KINDS[answer.mode]


def now(head: Head) -> str:
    """Say what an agreement is now that is no longer in force."""
    return f"{head.title} er nu {STATUS[head.status]}."


def describe(
    error: errors.ConversationsDown | errors.UnknownConversation | errors.UnknownShare,
) -> str:
    """Say what is wrong with the conversations and what to do about it."""
    match error:
        case errors.UnknownConversation():
            return "Samtalen findes ikke længere. Vælg en anden i listen, eller begynd en ny."
        case errors.UnknownShare():
            return (
                "Svaret findes ikke længere: linket er forkert, eller den, der delte svaret, har "
                "slettet det. Stil spørgsmålet selv."
            )
        case _ if error.reason == "damaged":
            return MOVED_ASIDE.format(name=error.detail)
        case _ if error.reason == "newer":
            return (
                f"Databasen med samtaler ({error.path}) er lavet af en nyere udgave af programmet. "
                "Samtalen gemmes ikke. Opdatér programmet."
            )
        case _:
            return (
                "Databasen med samtaler er optaget lige nu. Du kan spørge videre, men svarene "
                "gemmes ikke; prøv igen om lidt."
            )
