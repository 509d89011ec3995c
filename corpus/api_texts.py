"""All Danish of the HTTP API: problems, descriptions, and the labels of the widget."""

from __future__ import annotations

from corpus import errors

# --- Problems ------------------------------------------------------------------------------------

TITLES = {
    400: "Forespørgslen kan ikke læses",
    401: "Log ind først",
    403: "Ingen adgang",
    404: "Findes ikke",
    405: "Metoden kan ikke bruges her",
    408: "Forespørgslen kom for langsomt",
    409: "Er i strid med en tidligere forespørgsel",
    413: "Forespørgslen er for stor",
    415: "Kun JSON kan læses",
    421: "Ukendt værtsnavn",
    422: "Indholdet kan ikke bruges",
    429: "For mange spørgsmål",
    499: "Afbrudt",
    500: "Der skete en fejl hos os",
    503: "Ikke klar lige nu",
}
DETAILS = {
    400: "Forespørgslen er ikke en, som tjenesten forstår. Se beskrivelsen af API'et.",
    404: "Der er intet på denne adresse.",
    405: "Brug en af de metoder, der står i svarets Allow-felt.",
    408: "Send hele forespørgslen på én gang, og prøv igen.",
    413: "En forespørgsel må højst fylde 64 KiB. Forkort den, og prøv igen.",
    415: "Send indholdet som application/json i UTF-8.",
    421: "Tjenesten svarer ikke på dette værtsnavn. Sæt ASSISTANT_API_HOSTS, hvis det er rigtigt.",
    422: "Et eller flere felter kan ikke bruges; se errors.",
    500: "Fejlen er noteret. Prøv igen, og nævn forespørgslens id, hvis den bliver ved.",
    503: "Prøv igen om lidt.",
}
FIELD_ERRORS = {
    "missing": "Feltet mangler.",
    "extra_forbidden": "Feltet kendes ikke.",
    "json_invalid": "Indholdet er ikke gyldig JSON.",
    "string_type": "Feltet skal være tekst.",
    "string_unicode": "Teksten indeholder tegn, der ikke er gyldige.",
    "string_too_long": "Teksten er for lang; der er plads til {max_length} tegn.",
    "string_too_short": "Teksten er for kort.",
    "string_pattern_mismatch": "Teksten har ikke den rigtige form.",
    "too_long": "Der er for mange; der er plads til {max_length}.",
    "too_short": "Der er for få.",
    "int_type": "Feltet skal være et helt tal.",
    "int_parsing": "Feltet skal være et helt tal.",
    "int_from_float": "Feltet skal være et helt tal.",
    "decimal_parsing": "Feltet skal være et tal.",
    "decimal_type": "Feltet skal være et tal.",
    "bool_type": "Feltet skal være true eller false.",
    "list_type": "Feltet skal være en liste.",
    "tuple_type": "Feltet skal være en liste.",
    "model_attributes_type": "Feltet skal være et objekt.",
    "model_type": "Feltet skal være et objekt.",
    "dict_type": "Feltet skal være et objekt.",
    "greater_than": "Tallet skal være større end {gt}.",
    "greater_than_equal": "Tallet skal være mindst {ge}.",
    "less_than": "Tallet skal være mindre end {lt}.",
    "less_than_equal": "Tallet må højst være {le}.",
    "literal_error": "Vælg en af: {expected}.",
    "enum": "Vælg en af: {expected}.",
}
FIELD_ERROR = "Feltet kan ikke bruges."


def describe(error: errors.AssistantError) -> str:
    """Say what is wrong with a request or with the set-up of the API."""
    match error:
        case errors.UnknownPassage():
            return f"Tekststykket „{error.passage_id[:100]}“ findes ikke i den gældende samling."
        case errors.NotWorkedOut():
            return error.said
        case errors.AskCancelled():
            return "Spørgsmålet blev afbrudt, før svaret var klar."
        case errors.FeedbackConflict():
            return "Nøglen i Idempotency-Key er allerede brugt til en anden tilbagemelding."
        case errors.NotAuthenticated():
            return "Send en gyldig nøgle, eller log ind gennem jeres proxy."
        case errors.OriginRefused():
            return (
                "Websiden, der spørger, har ikke lov til at bruge tjenesten. Dens adresse skal stå "
                "i listen over tilladte oprindelser."
            )
        case errors.TooManyAsks():
            return (
                "Du har stillet mange spørgsmål på kort tid. Prøv igen om "
                f"{_seconds(error.retry_after_s)}."
            )
        case errors.Overloaded():
            return f"Mange spørger lige nu. Prøv igen om {_seconds(error.retry_after_s)}."
        case errors.AnswerTooSlow():
            return f"Svaret tog for lang tid. Prøv igen om {_seconds(error.retry_after_s)}."
        case errors.AnswerLost():
            return f"Svaret gik tabt undervejs. Prøv igen om {_seconds(error.retry_after_s)}."
        case errors.UnsafeBinding():
            return (
                f"Uden login (ASSISTANT_API_AUTH=none) må tjenesten kun lytte på maskinen selv, "
                f"ikke på {error.host}. Vælg token eller proxy, eller brug --host 127.0.0.1."
            )
        case errors.TokensUnreadable():
            return (
                f"Nøglefilen {error.path} kan ikke bruges: {error.detail}. Sæt "
                "ASSISTANT_API_TOKENS_FILE, og lav en nøgle med: python -m widget token NAVN"
            )
        case _:
            return "Forespørgslen er afvist."


def _seconds(count: int) -> str:
    return "1 sekund" if count == 1 else f"{count} sekunder"


# --- What the API is -----------------------------------------------------------------------------

API_TITLE = "Aftaleassistenten"
API_DESCRIPTION = (
    "Spørgsmål og svar om politiske aftaler. Hvert svar består af ordrette citater, der kan åbnes "
    "i aftalen, og hvert tal står i et citat eller er regnet ud i svaret. Fejl er RFC 9457 "
    "(application/problem+json) på dansk. Hver forespørgsel har et id i X-Request-ID."
)
SUMMARIES = {
    "ask": "Stil et spørgsmål, og få svaret med kilder",
    "askStream": "Stil et spørgsmål, og følg trinene frem til svaret (server-sent events)",
    "checkNumbers": "Tjek tallene i en tekst mod aftalerne",
    "listAgreements": "Aftalerne i samlingen",
    "getAgreement": "En aftale med tekst og afsnit",
    "getPassage": "Et tekststykke",
    "findFigures": "Aftalte tal",
    "listCalculators": "Beregnerne og deres felter",
    "sendFeedback": "Sig, om et svar var rigtigt",
    "getTexts": "Widgetens danske tekster",
    "health": "Om processen kører",
    "ready": "Om der kan svares (en rigtig søgning)",
}
EXAMPLE_QUESTION = "Hvor stort er teknologibidraget?"
EXAMPLE_FOLLOW_UP = "Er det beløbet hvert år?"
EXAMPLE_CHECK = "Der er afsat 4 mia. kr. til op til 25 nærhospitaler."
EXAMPLE_REASON = "Svaret gælder et andet år."
EXAMPLE_FIGURE = "nærhospitaler"
STREAM_DOC = (
    'Hændelser: `stage` (`{"stage", "label"}`; understand, retrieve, calculate, compose, '
    "verify), derefter `answer` med hele svaret eller `error` med et problem. En kommentar holder "
    "forbindelsen i live hvert 15. sekund. Intet vises, før det er kontrolleret."
)

CLI_HELP = "Start HTTP-API'et og widgeten, eller lav en nøgle til det."
CLI_STARTED = "Aftaleassistenten svarer på http://{host}:{port} (login: {auth})."
CLI_INTERNAL = "Måling og dokumentation: http://127.0.0.1:{port}/metrics og /docs."
CLI_NEW = (
    "Nøglen vises kun nu; giv den til modtageren:\n  {token}\n"
    "Læg dette i nøglefilen (ASSISTANT_API_TOKENS_FILE):\n{entry}"
)

# --- The calculators -----------------------------------------------------------------------------

CALCULATORS = {
    "proximity_funding": "Nærhedsfinansiering: hvad regionerne beholder eller betaler tilbage",
    "cost_split": "Fordeling efter nøglen 40/40/20 (fælles digital infrastruktur)",
    "price_level": "Et beløb regnet om mellem pris- og lønniveauer",
    "basic_contribution": "Grundbidraget for et antal indbyggere",
    "conditional_grant": "Et budget holdt op mod den aftalte ramme",
    "series": "Summen af et aftalt beløb over flere år",
    "per_unit": "Hvad noget aftalt koster i gennemsnit pr. styk",
    "target": "Klimamålet brugt på jeres eget udgangspunkt",
    "shares": "En andel af et aftalt beløb",
    "arithmetic": "To aftalte tal lagt sammen, trukket fra eller i procent",
}
SIDES = {
    "kept": "Hvor meget beholder regionerne af nærhedsfinansieringen ved {criteria} opfyldte "
    "kriterier?",
    "settled": "Hvor meget efterreguleres af nærhedsfinansieringen ved {criteria} opfyldte "
    "kriterier?",
}
ASK_SPLIT = "Fordel {amount} mio. kr. efter nøglen 40/40/20"
ASK_PRICES = (
    "Hvad er {amount} mio. kr. i {from_year}-priser på {area} regnet om til {to_year}-priser?"
)
ASK_CONTRIBUTION = "Hvad er grundbidraget for {inhabitants} indbyggere?"
ASK_FRAME = "Budgettet for {area} er {amount} mio. kr. i {year}, hvor meget ligger det over rammen?"
ASK_SERIES = "Hvor meget er {subject} i alt i {first_year}-{last_year}?"
ASK_UNIT = "Hvad koster {subject} i gennemsnit?"
ASK_TARGET = "Hvor meget skal vi ned på, hvis vi udledte {baseline} ton i udgangspunktet?"
ASK_SHARE = "Antag, at vores andel er {percent} pct. af {subject}. Hvor stort er vores beløb?"
OPERATIONS = {
    "sum": "Hvad er {first} og {second} lagt sammen?",
    "difference": "Hvad er forskellen mellem {first} og {second}?",
    "percentage": "Hvor mange procent udgør {first} af {second}?",
}
AREAS = {
    "sundhed": "sundhed",
    "regional_udvikling": "regional udvikling",
    "anlaeg": "anlæg",
}
CALCULATOR_NO_RESULT = "Det kan ikke regnes ud med de felter. Spørgsmålet blev læst som: {question}"
EXAMPLE_SERIES = "beløbet til kommunerne til omstillingen til det nære sundhedsvæsen"
EXAMPLE_UNIT = "et nærhospital"
EXAMPLE_SHARE = "regionernes teknologibidrag"
EXAMPLE_FIRST = "teknologibidraget"
EXAMPLE_SECOND = "nærhedsfinansieringen"

# --- The widget ----------------------------------------------------------------------------------

WIDGET = {
    "open": "Spørg aftalerne",
    "close": "Luk",
    "send": "Spørg",
    "stop": "Stop",
    "stopped": "Afbrudt.",
    "retry": "Prøv igen",
    "you": "Du",
    "assistant": "Assistent",
    "placeholder": "Skriv dit spørgsmål om aftalerne",
    "working": "Finder svar …",
    "source": "Kilde {marker}",
    "open_source": "Vis kilde {marker} i aftalen",
    "reader": "Åbn i aftalen",
    "page": "side {page}",
    "calculation": "Sådan er det regnet ud",
    "read_as": "Læst som",
    "inputs": "Tal, der er brugt",
    "steps": "Udregning",
    "assumptions": "Forudsætninger",
    "result": "Resultat",
    "from_you": "dit tal",
    "from_agreement": "fra aftalen",
    "default": "forudsat",
    "offline": "Tjenesten svarer ikke. Se efter forbindelsen, og prøv igen.",
    "passage_gone": "Kilden kunne ikke hentes; citatet står her.",
    "answered": "Svaret er klar.",
    "request_id": "Forespørgslens id: {id}",
}
DEMO_TITLE = "Intranet – prøveside"
