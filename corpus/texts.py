"""All Danish that people read: answers, notes, refusals, errors, labels of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from corpus import (
    api_texts,
    calculation_texts,
    chat_texts,
    errors,
    ingest_texts,
    model_texts,
    reader_texts,
    review_texts,
    run_texts,
)
from corpus.agreed import Figure
from corpus.check import Verdict
from corpus.commitment import Commitment, Force
from corpus.models import Head, Passage, SectionKind
from corpus.wording import format_date, join_words

PRODUCT = "Aftaleassistenten"

# --- Answers -----------------------------------------------------------------------------------

LATER_NOT_INCLUDED = (
    "Senere aftaler er ikke i samlingen, så svaret siger ikke, hvad der gælder i dag."
)
NOTE_ORDER_IGNORED = "En instruktion i spørgsmålet er udeladt; kun selve spørgsmålet er besvaret."
REFUSED = (
    "Det kan jeg ikke hjælpe med. Jeg citerer kun, hvad der står i aftalerne, og finder hverken på "
    "tal, citater eller regler. Stil gerne et spørgsmål om indholdet af aftalerne."
)
CLARIFY_EMPTY = (
    "Skriv et spørgsmål om aftalerne, for eksempel: Hvad er der aftalt om sundhedsklynger?"
)
NOT_STATED = "Det fremgår ikke af aftalerne."
NOT_STATED_NEAREST = "De nærmeste afsnit er vist nedenfor, men de svarer ikke på spørgsmålet."
OPINION = (
    "Det fremgår ikke af aftalerne. De siger, hvad parterne er enige om – ikke, om det er godt "
    "eller klogt, eller hvordan det vil gå."
)
OFF_TOPIC = (
    "Det fremgår ikke af aftalerne. Spørgsmålet ser ikke ud til at handle om det, de indeholder."
)
FOREIGN = (
    "Det fremgår ikke af aftalerne, så vidt jeg kan læse spørgsmålet. Aftalerne er på dansk – stil "
    "gerne spørgsmålet på dansk."
)
NOTE_FOREIGN = "Aftalerne er på dansk, så svaret gives på dansk med aftalens egne ord."
MISSING_TABLE = (
    "Det fremgår ikke af aftalerne. Aftalens tekst har kun bilagets titel; selve tabellen er ikke "
    "med i samlingen."
)
OUTCOME = (
    "Det fremgår ikke af aftalerne. De siger, hvad parterne aftalte, men ikke, hvad der siden er "
    "sket."
)


def mended(typed: str, read: str) -> str:
    """Say how a word with a slip was read."""
    return f"„{typed}“ er læst som „{read}“."


def not_stated_for_place(place: str) -> str:
    """Say that nothing is stated for a region, municipality or town."""
    return f"Det fremgår ikke af aftalerne. De opgør ikke det, du spørger om, for {place} alene."


def not_stated_for_years(years: Sequence[int]) -> str:
    """Say that nothing is stated for the years that were asked for."""
    return f"Det fremgår ikke af aftalerne for {join_words([str(year) for year in years])}."


def other_agreement(name: str) -> str:
    """Say that the question is about an agreement that is not in the collection."""
    return f"Det fremgår ikke af aftalerne her: spørgsmålet gælder {name}, som ikke er i samlingen."


def unmentioned(words: Sequence[str]) -> str:
    """Say that what a question is about stands nowhere in the agreements."""
    named = " eller ".join(f"„{word}“" for word in words[:3])
    return f"Det fremgår ikke af aftalerne: de nævner ikke {named} i den sammenhæng."


def named_elsewhere(words: Sequence[str], titles: Sequence[str]) -> str:
    """Say that the agreements asked about do not name what others do."""
    named = " eller ".join(f"„{word}“" for word in words[:3])
    return (
        f"{join_words(titles)} nævner ikke {named}, men det gør en anden aftale i samlingen. "
        "Spørg uden at nævne aftalen for at se, hvad der står der."
    )


def premise_unknown(amount: str) -> str:
    """Say that an amount which the asker takes for agreed does not stand in the agreements."""
    return (
        f"Det fremgår ikke af aftalerne: {amount}, som du nævner, står ikke i dem i den sammenhæng."
    )


def occurrences(
    term: str,
    counts: Sequence[tuple[str, int, Sequence[str]]],
    also: Sequence[str],
    *,
    whole: bool,
) -> str:
    """Say how often a term stands: in all, and of each agreement (short title, count, sections)."""
    total = sum(count for _, count, _ in counts)
    lines = [f"„{term}“ nævnes {_times(total)}: " + join_words(
        [f"{_times(count)} i **{title}**" for title, count, _ in counts]) + "."]  # fmt: skip
    if also:
        lines.append(f"Talt med: {join_words(list(also))}.")
    if not whole:
        lines.append("Af hvert afsnit er det første sted vist.")
        lines += [
            f"{title}: {join_words(list(sections))}." for title, _, sections in counts if sections
        ]
    return " ".join(lines[:3]) + "".join(f"\n\n{line}" for line in lines[3:])


def _times(count: int) -> str:
    return "1 gang" if count == 1 else f"{count} gange"


def no_occurrence(term: str, titles: Sequence[str]) -> str:
    """Say that a term stands nowhere."""
    return (
        f"„{term}“ nævnes ikke i aftalerne: 0 steder i {join_words(list(titles))}, heller ikke som "
        "del af et andet ord."
    )


_FORCES = {
    Force.AGREED: ("er enig i at", "er enige om at"),
    Force.SHALL: ("skal", "skal"),
    Force.WILL: ("vil", "vil"),
    Force.MAY: ("kan", "kan"),
}


def commitment(one: Commitment) -> str:
    """Say in a plain sentence who does what, and by when."""
    several = len(one.actors) > 1 or one.actors[0].endswith(("ne", "Regioner"))
    who = join_words(list(one.actors))
    deadline = f" ({one.deadline})" if one.deadline and one.deadline not in one.act else ""
    said = f"{who[:1].upper()}{who[1:]} {_FORCES[one.force][several]} {one.act}{deadline}"
    return said if said.endswith(".") else f"{said}."


def duties(actors: Sequence[str], *, timed: bool, more: bool) -> str:
    """Open a list of commitments, by deadline or not, whole or not."""
    whose = f" for {join_words(list(actors))}" if actors else ""
    what = "Aftalte frister" if timed else "Det er aftalt"
    rest = " Listen er ikke udtømmende; spørg ind til et emne for at se mere." if more else ""
    order = ", de tidligste først" if timed else ""
    return f"{what}{whose}{order}.{rest}" if rest else f"{what}{whose}{order}:"


def lead(title: str, sections: Sequence[str]) -> str:
    """Open an answer: which agreement, and where in it if that is one place."""
    place = f" ({sections[0]})" if len(sections) == 1 and sections[0] != title else ""
    return f"Ifølge **{title}**{place}:"


def provenance(head: Head, *, later: bool = True) -> str:
    """Say which agreement it is, its date and the years it covers, and that later ones lack."""
    first, last = head.years.first, head.years.last
    years = f"{first}" if first == last else f"{first}-{last}"
    said = f"{head.title} er indgået {format_date(head.date)} og dækker {years}."
    return f"{said} {LATER_NOT_INCLUDED}" if later else said


def provenance_short(head: Head) -> str:
    """Name an agreement with its date and the years it covers, for a side column."""
    first, last = head.years.first, head.years.last
    years = f"{first}" if first == last else f"{first}-{last}"
    return f"{head.title} ({format_date(head.date)}, dækker {years})"


def searched(heads: Sequence[Head]) -> str:
    """Say where one has looked."""
    titles = [f"{head.short_title} ({format_date(head.date)})" for head in heads]
    return f"Der er ledt i {join_words(titles)}. Senere aftaler er ikke i samlingen."


def suggestion(topic: str) -> str:
    """Offer a question that the agreements can answer."""
    return f"Hvad er aftalt om {topic[:1].lower() + topic[1:] if topic[1:2].islower() else topic}?"


def section_name(passage: Passage) -> str:
    """Name the place of a passage by the last parts of its breadcrumb."""
    path = list(passage.path)
    boxes = [i for i, label in enumerate(path) if label.startswith("Boks ")]
    if passage.section_kind is not SectionKind.BOX or not boxes:
        return path[-1]
    annex = [label for label in path[: boxes[-1]] if label.startswith("Bilag")]
    return ", ".join([*annex, path[boxes[-1]], *path[boxes[-1] + 1 :][-1:]])


def with_page(section: str, page: int | None) -> str:
    """Name a place by its section and, where the agreement has pages, its page."""
    return section if page is None else f"{section}, side {page}"


# --- Tjek tal ----------------------------------------------------------------------------------

WORKED_SUM = "lagt sammen"
WORKED_DIFFERENCE = "forskellen"
WORKED_SHARE = "det ene i procent af det andet"
WORKED_PART = "andelen af beløbet"
WORKED_PER = "beløbet delt på antallet"
WORKED_YEARS = "beløbet over årene"
VERDICTS = {
    Verdict.RIGHT: "Står i aftalen",
    Verdict.ROUNDED: "Afrundet",
    Verdict.COMPUTED: "Regnet rigtigt ud",
    Verdict.WRONG: "Afviger fra aftalen",
    Verdict.WRONG_UNIT: "Forkert enhed eller størrelse",
    Verdict.WRONG_YEAR: "Gælder et andet år",
    Verdict.WRONG_SUBJECT: "Gælder noget andet",
    Verdict.NOT_FOUND: "Ikke fundet",
}
CHECK_NONE = "Der er ingen tal om aftalerne i teksten."
CHECK_LABEL = "Tjek tal i en tekst"
CHECK_HELP = "Indsæt en mail eller et udkast. Hvert tal om aftalerne holdes op mod aftalernes tal."
CHECK_BUTTON = "Tjek tallene"
CHECK_WORKING = "Holder tallene op mod aftalerne …"
CHECK_EMPTY = "Indsæt en tekst med tal."


def checked(verdict: Verdict, figures: Sequence[Figure], worked: str, printed: str) -> str:
    """Say what the agreements have to a number of a pasted text."""
    stated = [f"{f.place.printed} ({_figure_name(f)})" for f in figures]
    match verdict:
        case Verdict.RIGHT:
            return f"Aftalen siger {stated[0]}."
        case Verdict.ROUNDED:
            return f"Afrundet: aftalen siger {stated[0]}."
        case Verdict.COMPUTED:
            return (
                f"Står ikke selv i aftalen, men er regnet rigtigt ud ({worked}): {_list(stated)}."
            )
        case Verdict.WRONG:
            return f"Aftalen siger {_list(stated)}, ikke {printed.rstrip('.')}."
        case Verdict.WRONG_UNIT:
            return f"Tjek enheden: aftalen siger {stated[0]}."
        case Verdict.WRONG_YEAR:
            own = f" For det år, teksten nævner, siger aftalen {stated[1]}." if stated[1:] else ""
            return f"Tallet er {stated[0]}.{own}"
        case Verdict.WRONG_SUBJECT if stated[1:]:
            return f"Aftalen siger {_list(stated[:-1])}; {printed} er {_figure_name(figures[-1])}."
        case Verdict.WRONG_SUBJECT:
            return f"I aftalen er tallet {stated[0]}."
        case _:
            return "Tallet står ikke i aftalerne i den sammenhæng og kan ikke regnes ud af dem."


def _list(stated: Sequence[str]) -> str:
    return join_words(list(dict.fromkeys(stated)))


def _figure_name(figure: Figure) -> str:
    period = figure.period
    if period is None:
        return figure.label
    return f"{figure.label}, {period if period.last is not None else f'fra {period.first}'}"


# --- Progress ----------------------------------------------------------------------------------

LOADING_MODEL = "Indlæser sprogmodellen til søgning …"
BUILDING_INDEX = "Bygger søgeindekset (kun første gang) …"
STAGES = {
    "understand": "Læser spørgsmålet …",
    "retrieve": "Søger i aftalerne …",
    "select": "Finder de sætninger, der svarer …",
    "weigh": "Vurderer, om aftalerne svarer på det …",
    "calculate": "Slår aftalte tal op og regner …",
    "compose": "Skriver svaret …",
    "verify": "Kontrollerer citater og tal …",
    "word": "Formulerer svaret og kontrollerer det …",
}


def embedded(done: int, total: int) -> str:
    """Say how far the build of the index is."""
    return f"{BUILDING_INDEX} {done} af {total} tekststykker"


NOTE_WORDS_ONLY = (
    "Søgningen efter betydning er ude af drift lige nu. Der er kun søgt på ordene i spørgsmålet, "
    "så et svar kan være overset; spørg igen senere, eller brug aftalens egne ord."
)
CORPUS_NEWER = (
    "Samlingen er ændret, siden indekset blev bygget; der svares på det gamle. Tag det nye i brug "
    "med: python -m ingest build"
)

# --- The chat page -----------------------------------------------------------------------------

CHAT_TITLE = "Spørg aftalerne"
AI_NOTICE = (
    "Du taler med et AI-system. Svarene er ordrette citater og beregninger med aftalernes tal; de "
    "kan stadig være misforstået eller ufuldstændige. Kontrollér kilden, før du bruger dem."
)
CHAT_INPUT = "Skriv dit spørgsmål om aftalerne"
CHAT_EXAMPLES = "Prøv for eksempel"
EXAMPLES = (
    "Hvor stort er teknologibidraget?",
    "Hvad beholder regionerne af nærhedsfinansieringen ved to opfyldte kriterier?",
    "Hvor mange nærhospitaler bliver der højst, og hvad er der afsat?",
    "Hvilke kriterier skal regionerne leve op til for at få nærhedsfinansiering?",
    "Hvem sidder i partnerskabet om bedre lægedækning?",
)
FEEDBACK = "Var svaret rigtigt?"
FEEDBACK_REASON = "Hvad er der galt? (kan udelades)"
FEEDBACK_KEPT = "Tekst gemmes kun, hvis det er slået til her på stedet; CPR-numre gemmes aldrig."
FEEDBACK_RIGHT = "Svaret er rigtigt"
FEEDBACK_WRONG = "Svaret er forkert"
FEEDBACK_THANKS = "Tak, det er noteret."
CHAT_NEW = "Ny samtale"
CHAT_SCOPE = "Søg i"
CHAT_SCOPE_HELP = "Vælg, hvilke aftaler der må svares ud fra."
CHAT_SCOPE_NONE = "Vælg mindst én aftale i sidebjælken."
CHAT_SOURCES = "Kilder"
CHAT_ALSO_READ = "Også gennemset"
CHAT_CHOICES = "Vælg, hvad du mener"
CHAT_YEAR = "År"
CHAT_AMOUNT = "Beløb"
CHAT_SERIES_TABLE = "Tallene som tabel"
CHAT_SUGGESTIONS = "Det kan aftalerne svare på"
CHAT_STANDALONE = "Læst som: {question}"
CHAT_WORKING = "Finder svar …"
CHAT_FAILED = "Spørgsmålet kunne ikke besvares"
CHAT_YOU = "Du"
CHAT_ASSISTANT = "Assistent"
CHAT_ASK_AGAIN = "Prøv igen"
SOURCE_LABEL = "Kilde [{marker}]: {title}, {section}"
EDITOR_FIELDS = "Titel og dato er redaktionens oplysninger, hvor de ikke står i teksten."

# --- The command line --------------------------------------------------------------------------

CLI_INGEST = "Byg, kontrollér og vis samlingen af aftaler."
CLI_BUILT = "Indekset {name} er klar: {passages} tekststykker, {sentences} sætninger."
CLI_OK = "{id}: {sections} afsnit, {passages} tekststykker, {sentences} sætninger – i orden."
CLI_SOURCE = "[{marker}] {title}, {section} (tegn {start}-{end})"
CLI_NO_QUESTION = (
    "Skriv et spørgsmål, eller angiv en fil med --batch eller --check, eller en aftale med "
    "--difference."
)
CLI_NO_INDEX = "Indekset {name} er ikke bygget endnu. Byg det med: python -m ingest build"
EXPLAIN_READ = "Læst som"
EXPLAIN_WANTS = "Der spørges om (art; år; steder)"
EXPLAIN_WAY = "Vej"
EXPLAIN_SIGNALS = "Er det emnet, og står det der"
EXPLAIN_FIGURES = "Aftalte tal, mest sandsynlige først"
EXPLAIN_SENTENCES = "Sætninger, mest sandsynlige først"
CLI_BAD_LINE = 'Linjen er ikke JSON med feltet "question".'
CLI_COVERAGE = (
    "{id}: {figures} aftalte tal; {numbers} tal i teksten, {share} pct. gjort rede for ({classes})."
)
CLI_LOOSE = "  ikke gjort rede for: {number} (tegn {place}) i „… {around} …“"
CLI_UNREVIEWED = "{id}: tallene er fundet med regler og ikke gennemgået."
CLI_COMMITMENTS = (
    "{id}: {count} aftalte forhold; {sentences} sætninger med aftaleord, {share} pct. gjort rede "
    "for (regler alene: præcision {precision} pct., dækning {recall} pct.)."
)
CLI_LOOSE_SENTENCE = "  ikke gjort rede for: (tegn {place}) „{text}“"
CLI_COMMITMENTS_BY_RULE = "{id}: {count} aftalte forhold er fundet med regler og ikke gennemgået."
CLI_ADAPTED = "Tilpasningen er lært (tab {loss}). Byg nu indekset: python -m ingest build"
CLI_INDEX_OK = "Indekset {name} passer til samlingen."

# --- Errors ------------------------------------------------------------------------------------

_REBUILD = "python -m ingest build --force"


def describe_error(error: errors.AssistantError) -> str:
    """Say what is wrong and what to do about it, in one or two sentences."""
    match error:
        case errors.SourceMissing():
            return f"Aftaleteksten {error.path} mangler eller kan ikke læses. Læg filen tilbage."
        case errors.SourceChanged():
            return (
                f"Aftaleteksten {error.path} er ændret siden den blev godkendt (sha256 passer "
                "ikke). Læg den oprindelige fil tilbage, eller ret sha256 i hovedfilen."
            )
        case errors.SourceEncoding():
            return f"Aftaleteksten {error.path} er ikke UTF-8 ({error.detail}). Gem den som UTF-8."
        case errors.SourceRefused():
            why = ingest_texts.REFUSALS.get(error.reason, error.reason)
            shown = (
                f" ({error.data})"
                if error.data and error.reason in ingest_texts.REFUSALS_WITH_DATA
                else ""
            )
            return f"Filen {error.path} kan ikke bruges: {why}{shown}."
        case errors.NotAdded():
            return ingest_texts.NOT_ADDED[error.reason].format(detail=error.detail)
        case errors.FieldMissing():
            asked = ingest_texts.ADD_ASK[error.option]
            given = f"„{error.given}“ kan ikke læses" if error.given else "Det står ikke i filen"
            return f"{asked}: {given}. Angiv det med {error.option}."
        case errors.HeadError():
            return f"Hovedfilen {error.path} kan ikke bruges: {error.detail}. Ret den."
        case errors.EverydayError():
            return f"Hverdagsordene i {error.path} passer ikke til teksten: {error.detail}."
        case errors.FigureError():
            return (
                f"Tallet i {error.path} passer ikke til aftaleteksten: {error.detail}. Ret "
                "registret, så det siger det samme som teksten."
            )
        case errors.CommitmentError():
            return (
                f"Det aftalte i {error.path} passer ikke til aftaleteksten: {error.detail}. Ret "
                "registret, så citatet står ordret i teksten."
            )
        case errors.StructureError():
            return (
                f"Afsnitsregistret {error.path} passer ikke til aftaleteksten: {error.detail}. Ret "
                "det, eller fjern det."
            )
        case errors.NotAllowed():
            return review_texts.NOT_ALLOWED
        case errors.ReviewConflict():
            return review_texts.conflict(error.by, error.at, error.mine)
        case errors.ReviewRefused():
            return review_texts.REFUSED[error.reason].format(detail=error.detail)
        case errors.UnknownAgreement():
            chosen = f"Aftalen „{error.agreement_id}“ findes ikke" if error.agreement_id else (
                "Der er ikke valgt nogen aftale")  # fmt: skip
            return f"{chosen}. Vælg blandt: {', '.join(error.known)}."
        case errors.UnknownEntry():
            return reader_texts.no_entry(error.register, error.entry_id)
        case errors.QuestionTooLong():
            return (
                f"Spørgsmålet er på {error.length} tegn. Der er plads til {error.limit}. "
                "Forkort det, og prøv igen."
            )
        case errors.HistoryTooLong():
            return f"Samtalen har {error.turns} spørgsmål. Der er plads til {error.limit}."
        case errors.HistoryUnreadable():
            return f"Filen {error.path} kan ikke læses: {error.detail}."
        case errors.EmbeddingError():
            return (
                f"Søgemodellen {error.model} kan ikke indlæses. Kør make setup, sæt "
                "EMBEDDING_MODEL til en model på maskinen, eller tillad at den hentes med "
                f"ASSISTANT_HUB_DOWNLOAD=true. ({error.detail})"
            )
        case errors.StorageError():
            return (
                f"Der kan ikke skrives i {error.path} ({error.detail}). Giv skriveadgang, eller "
                "sæt ASSISTANT_VAR_DIR til en anden mappe."
            )
        case errors.IndexMismatch():
            return (
                f"Indekset {error.path} passer ikke ({error.key}: {error.found}, ventede "
                f"{error.expected}). Byg det igen med: {_REBUILD}"
            )
        case errors.VectorsDown():
            return (
                f"Vektorserveren {error.url} svarer ikke eller afviser os ({error.detail}). Start "
                "den, og se efter CHROMA_URL og ASSISTANT_CHROMA_TOKEN; mangler dens data, så byg "
                f"igen med: {_REBUILD}"
            )
        case errors.IndexProblem():
            return f"Indekset {error.path} er beskadiget. Byg det igen med: {_REBUILD}"
        case errors.CalculationError():
            return calculation_texts.describe(error)
        case errors.BuildBusy():
            return (
                f"En anden proces bygger i {error.path}. Vent, til den er færdig, eller kør igen "
                "uden --no-wait."
            )
        case errors.BuildRefused():
            return (
                f"Versionen {error.name} er bygget, men taget ikke i brug: "
                f"{' '.join(error.reasons)} Den forrige version svarer fortsat."
            )
        case errors.ArchiveError():
            return f"Sikkerhedskopien {error.path} kan ikke bruges: {error.detail}"
        case errors.GoldenError():
            return f"{error.path}: {error.case}: {error.detail}"
        case errors.MakerError():
            return (
                f"Der kan ikke laves en prøveaftale af {error.agreement_id} for {error.years:+d} "
                "år. Prøv et andet --seed."
            )
        case errors.WorkerLost():
            return (
                "En proces, der stiller spørgsmålene, faldt ud, sandsynligvis fordi hukommelsen "
                "slap op. Prøv igen med --workers 1."
            )
        case errors.ConversationsDown() | errors.UnknownConversation() | errors.UnknownShare():
            return chat_texts.describe(error)
        case errors.ApiError() | errors.UnknownPassage() | errors.NotWorkedOut() | (
            errors.AskCancelled() | errors.FeedbackConflict() | errors.UnsafeBinding()
            | errors.TokensUnreadable()
        ):  # fmt: skip
            return api_texts.describe(error)
        case errors.RunRefused():
            return run_texts.REFUSALS[error.reason].format(detail=error.detail)
        case errors.FieldsRefused():
            return " ".join(said for _, said in error.problems)
        case errors.ModelProblem() | errors.ModelFailed():
            return model_texts.describe(error)
        case errors.QuantityError():
            return f"„{error.text}“ kan ikke læses som et dansk tal. Skriv fx 1.300 eller 1,3."
        case _:
            return f"Noget gik galt: {error}. Prøv igen."
