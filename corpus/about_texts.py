"""All Danish of the page Om: what the assistant is, what it is built on, and how to use it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from corpus.danish import format_number
from corpus.wording import format_date

TITLE = "Om assistenten"
WHAT = "Hvad assistenten er"
WHAT_TEXT = (
    "Aftaleassistenten er et AI-system, der svarer på spørgsmål om de politiske aftaler i "
    "samlingen. Den finder de sætninger, der svarer, og viser dem ordret. Tal slås op i et "
    "register, som er bundet til aftalernes egne ord, og regnes ud af faste regler. En "
    "sprogmodel finder ikke på noget: er den slået til, må den kun formulere det, der står."
)
CAN = "Det kan den"
CAN_LIST = (
    "Vise den sætning i aftalen, der svarer på et spørgsmål, med et link til stedet.",
    "Slå aftalte beløb, andele, antal og frister op, og sige hvilket år og prisniveau de gælder.",
    "Regne efter aftalernes regler og vise hvert trin.",
    "Tjekke tallene i en tekst mod aftalerne.",
    "Finde hvert sted, hvor et ord nævnes.",
    "Sige fra, når svaret ikke står i aftalerne, og hvorfor.",
)
CANNOT = "Det kan den ikke"
CANNOT_LIST = (
    "Vide, hvad der gælder i dag: senere aftaler, love og cirkulærer er ikke i samlingen.",
    "Vurdere, om en aftale er god, eller om den er blevet fulgt.",
    "Svare for en enkelt kommune eller region, hvor aftalen kun har tal for dem alle.",
    "Læse de tabeller, som kun ligger som bilag uden for aftalens tekst.",
    "Erstatte din egen kontrol. Åbn kilden, før et svar bruges i en sag.",
)
CORPUS = "Samlingen"
CORPUS_COLUMNS = ("Aftale", "Indgået", "Dækker", "Tekstens udgave")
CORPUS_VERSION = "Søgeindeksets udgave: {version}"
CORPUS_BEHIND = "Aftalerne er ændret, siden indekset blev bygget. Der svares på den ældre udgave."
EVALUATION = "Så godt svarer den"
EVALUATION_TEXT = (
    "Målt på spørgsmål til aftalerne, hvor svaret er kendt på forhånd. Andelen er af de spørgsmål, "
    "der hører til rækken."
)
EVALUATION_COLUMNS = ("Mål", "Andel")
EVALUATION_NONE = "Der er ingen måling på denne maskine. Kør python -m eval for at lave en."
EVALUATION_BASELINE = "Tallene er dem, der fulgte med denne udgave af programmet."
EVALUATION_NO_TIME = "Tallene er fra den seneste måling på denne maskine."
MEASURES = {
    "right": "Rigtige svar i alt",
    "figures_exact": "Aftalte tal, der var nøjagtige",
    "calculations_exact": "Beregninger, der var nøjagtige",
    "text_right": "Svar med tekst, der var rigtige",
    "quotes_exact": "Citater, der var ordrette",
    "numbers_grounded": "Tal, der havde belæg",
    "numbers_not_wrong": "Svar uden et forkert tal",
    "unanswerable_refused": "Spørgsmål uden svar, hvor den sagde fra",
    "answerable_answered": "Spørgsmål med svar, hvor den svarede",
}
PRIVACY = "Dine oplysninger"
PRIVACY_LIST = (
    "Spørgsmål og tekster behandles på den maskine, som assistenten kører på. Ingen andre "
    "tjenester kontaktes, medmindre din organisation har sluttet en sprogmodel til.",
    "Teksten i Tjek tal og tallene i Beregn gemmes ikke. Et link til en beregning indeholder de "
    "tal, du har skrevet.",
    "Dine samtaler gemmes, så du kan finde dem igen. Kun du kan se dem; du kan hente og slette "
    "dem, og de slettes af sig selv efter 90 dage uden brug.",
    "Tilbagemeldinger på svar gemmes. Spørgsmålets tekst gemmes kun med, hvis din organisation har "
    "valgt det, og CPR-numre slettes først.",
    "Skriv ikke personoplysninger; der er ikke brug for dem.",
)
ACCESS = "Tilgængelighed"
ACCESS_TEXT = (
    "Siderne kan bruges med tastatur og skærmlæser, ved 400 procents forstørrelse og i mørkt tema, "
    "som følger indstillingen på din maskine. Betydning vises aldrig med farve alene."
)
ACCESS_LINK = "Læs tilgængelighedserklæringen"
ACCESS_NONE = "Din organisation har ikke angivet en tilgængelighedserklæring her endnu."
GUIDE = "Sådan gør du"
GUIDES = {
    "Spørg aftalerne": (
        "Skriv et spørgsmål, som du ville stille det til en kollega, og tryk på Enter.",
        "Læs svaret, og åbn kilden under det. Citatet er markeret i aftalens tekst.",
        "Spørg videre: „Og i 2024?“ læses sammen med dit forrige spørgsmål.",
        "Vælg i sidebjælken, hvilke aftaler der må svares ud fra.",
    ),
    "Aftaler": (
        "Vælg en aftale, og find afsnittet i oversigten, eller søg i teksten.",
        "Et citat, som du åbner fra et svar, er markeret og rullet frem.",
        "Hvert afsnit har sit eget link, som du kan sende videre.",
    ),
    "Tal": (
        "Vælg aftale, emne og år for at se de aftalte tal.",
        "Hent tabellen som regneark; kilden står ved hvert tal.",
    ),
    "Aftalt": (
        "Vælg, hvem der skal gøre noget, et emne eller en frist.",
        "Åbn kilden for at se den ordrette aftale.",
    ),
    "Beregn": (
        "Vælg en beregner, og ret tallene. Resultatet ændrer sig med det samme.",
        "Se under resultatet, hvordan der er regnet, og hvilke tal der er aftalens og dine.",
        "Kopiér linket, hvis en kollega skal se den samme beregning.",
        "Med egen nøgle eller eget indeks regner du på tal, der ikke er aftalt; det står ved dem.",
    ),
    "Tjek tal": (
        "Indsæt din tekst, eller vælg en .txt- eller .docx-fil, og tryk på Tjek tallene.",
        "Hvert tal får et tegn, en farve og et nummer, som fører til forklaringen.",
        "✓ står i aftalen, ≈ er afrundet, Σ er regnet rigtigt, ✗ afviger, ? er ikke fundet.",
        "Hent listen som csv, hvis den skal med i sagen.",
    ),
    "Hvor nævnes": (
        "Skriv et ord, en forkortelse eller et navn, og tryk på Find.",
        "Åbn et sted for at se det i aftalen.",
        "Får du 0 steder, så se, hvad der er ledt efter, og prøv et kortere ord.",
    ),
}


def measured(when: dt.datetime) -> str:
    """Say when the figures were measured."""
    return f"Tallene er fra den seneste måling på denne maskine, {format_date(when.date())}."


def share(value: float) -> str:
    """Print a share as a percentage."""
    return f"{format_number(Decimal(str(value)) * 100, 1)} pct."
