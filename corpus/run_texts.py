"""All Danish of how the app is run: start, refusals, sign-in, and Streamlit's own controls."""

from __future__ import annotations

from html import escape

# --- Start --------------------------------------------------------------------------------------

CLI_HELP = "Start Aftaleassistenten i en browser."
CLI_STARTED = "Aftaleassistenten svarer på {url} (login: {auth}). Stop med Ctrl+C."
REFUSALS = {
    "binding": (
        "Uden login (ASSISTANT_APP_AUTH=none) må appen kun lytte på maskinen selv, ikke på "
        "{detail}. Vælg oidc eller proxy, eller brug --host 127.0.0.1."
    ),
    "port": (
        "Port {detail} kan ikke bruges; måske kører appen allerede. Luk den, eller vælg en anden "
        "med --port."
    ),
    "cookie_secret": (
        "ASSISTANT_COOKIE_SECRET skal være mindst 32 byte ({detail} er sat), så login holder over "
        "en genstart og ikke kan efterlignes. Lav en med: "
        'python -c "import secrets; print(secrets.token_hex(32))"'
    ),
    "oidc": "Login med OIDC mangler {detail}. Sæt den, eller brug ASSISTANT_APP_AUTH=none.",
    "app_url": (
        "ASSISTANT_APP_URL skal være appens fulde adresse uden sti, som https://aftaler.example.dk "
        "– „{detail}“ kan ikke bruges. Uden https kun på maskinen selv."
    ),
    "tenants": (
        "Adressen {detail} lader alle organisationer logge ind. Sæt ASSISTANT_OIDC_TENANTS til "
        "dem, der må."
    ),
    "proxies": (
        "ASSISTANT_APP_PROXIES skal være adresser eller netværk på de proxyer, der må fortælle, "
        "hvem brugeren er: „{detail}“ kan ikke bruges."
    ),
    "shell": (
        "Streamlits side ser ikke ud som ventet ({detail} mangler), så den kan ikke gøres dansk og "
        "sikker. Brug den Streamlit, der står i requirements.txt."
    ),
}

# --- Pages that are not the app's -----------------------------------------------------------------

PAGES = {
    400: ("Forespørgslen kan ikke læses", "Åbn appen igen fra forsiden."),
    401: (
        "Log ind først",
        "Appen kan kun bruges gennem jeres login. Åbn den fra den adresse, I plejer at bruge.",
    ),
    403: ("Ingen adgang", "Forespørgslen kommer fra en anden webside. Åbn appen direkte."),
    404: ("Findes ikke", "Der er intet på denne adresse. Åbn appen fra forsiden."),
    405: ("Metoden kan ikke bruges her", "Åbn appen fra forsiden."),
    421: (
        "Ukendt værtsnavn",
        "Appen svarer ikke på dette navn. Er det rigtigt, skal driften sætte ASSISTANT_APP_HOSTS.",
    ),
    500: ("Der skete en fejl hos os", "Prøv igen om lidt."),
    502: (
        "Login svarer ikke",
        "Jeres login kan ikke nås lige nu. Prøv igen om lidt, og kontakt driften, hvis det bliver "
        "ved.",
    ),
}
BACK = "Til forsiden"
NO_SCRIPT = (
    "Aftaleassistenten kræver JavaScript. Slå det til i browseren, og indlæs siden igen. Spørgsmål "
    "kan også stilles over HTTP-API'et."
)
CRASHED = "Der skete en fejl hos os. Indlæs siden igen; bliver fejlen ved, så sig det til driften."


def page(status: int) -> str:
    """Return a small page that says what went wrong and what to do."""
    title, what = PAGES[status]
    return (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head><body><main><h1>{escape(title)}</h1>"
        f'<p>{escape(what)}</p><p><a href="/">{escape(BACK)}</a></p></main></body></html>\n'
    )


# --- Sign-in --------------------------------------------------------------------------------------

SIGN_IN_TITLE = "Log ind i Aftaleassistenten"
SIGN_IN_WHY = (
    "Aftaleassistenten svarer på spørgsmål om politiske aftaler med ordrette citater. Den er et "
    "AI-system. Log ind med din arbejdskonto for at bruge den."
)
SIGN_IN = "Log ind"
SIGN_IN_AGAIN = "Log ind igen"
SIGN_IN_OTHER = "Log ind med en anden konto"
SIGN_OUT = "Log ud"
SIGNED_IN_AS = "Logget ind som {name}"
NO_NAME = "ukendt navn"
SIGN_IN_PROBLEMS = {
    "old": "Dit login er mere end {hours} timer gammelt. Log ind igen for at fortsætte.",
    "tenant": "Din konto hører ikke til en organisation, der har adgang. Kontakt driften, hvis "
    "den burde have det.",
    "group": "Din konto er ikke med i en gruppe, der har adgang. Kontakt driften, hvis den burde "
    "være det.",
    "claims": "Dit login mangler oplysninger, som appen skal bruge. Kontakt driften.",
}
BEHIND_NOTHING = (
    "Appen er sat til at få brugeren fra en proxy, men er ikke startet med python -m views. "
    "Kontakt driften."
)

# --- What is said to those who listen -------------------------------------------------------------

SAID = {
    "working": "Søger i aftalerne …",
    "ready": "Svar klar.",
    "ready_one": "Svar klar, 1 kilde.",
    "ready_more": "Svar klar, {n} kilder.",
    "lost": "Forbindelsen er afbrudt. Prøver igen …",
    "back": "Forbindelsen er tilbage.",
}

# --- Streamlit's own controls ---------------------------------------------------------------------

CONTROLS = {
    "Add files": "Tilføj filer",
    "Also record audio": "Optag også lyd",
    "Always rerun": "Kør altid igen",
    "An error has occurred, please try again.": "Der skete en fejl. Prøv igen.",
    "App pages": "Sider",
    "Ascending": "Stigende",
    "Autosize": "Tilpas bredden",
    "Browse files": "Vælg filer",
    "Button action menu": "Flere valg",
    "Calendar": "Kalender",
    "Cancel": "Annuller",
    "Cancel (Escape)": "Annuller (Escape)",
    "Choose a date": "Vælg en dato",
    "Choose an option": "Vælg",
    "Choose date": "Vælg dato",
    "Choose date and time": "Vælg dato og tid",
    "Choose date range": "Vælg periode",
    "Choose options": "Vælg",
    "Choose or add an option": "Vælg eller tilføj",
    "Choose or add options": "Vælg eller tilføj",
    "Clear all": "Fjern alle",
    "Clear date": "Fjern datoen",
    "Clear dates": "Fjern datoerne",
    "Clear entry": "Fjern",
    "Clear selection": "Fjern valget",
    "Clear value": "Fjern",
    "Close": "Luk",
    "Close Search": "Luk søgning",
    "Close fullscreen": "Luk fuld skærm",
    "Collapse sidebar": "Skjul sidepanelet",
    "Connecting": "Forbinder",
    "Connection error": "Ingen forbindelse",
    "Copied": "Kopieret",
    "Copied!": "Kopieret",
    "Copy": "Kopiér",
    "Copy column name": "Kopiér kolonnens navn",
    "Copy Vega-Lite spec": "Kopiér diagrammets opskrift",
    "Copy to clipboard": "Kopiér",
    "Data View": "Tal",
    "Date range": "Periode",
    "Dataframe column menu": "Kolonnens menu",
    "Decrement": "Mindre",
    "Delete row(s)": "Slet rækker",
    "Download as CSV": "Hent som CSV",
    "Download as PNG": "Hent som PNG",
    "Drag and drop file here": "Træk en fil hertil",
    "Drag and drop files here": "Træk filer hertil",
    "Edit": "Redigér",
    "Empty": "Tom",
    "Expand sidebar": "Vis sidepanelet",
    "Feedback rating": "Bedømmelse",
    "Format": "Talformat",
    "Fullscreen": "Fuld skærm",
    "Hide column": "Skjul kolonnen",
    "Increment": "Mere",
    "Invalid characters": "Ugyldige tegn",
    "Link to heading": "Link til overskriften",
    "Loading...": "Henter …",
    "Main menu": "Hovedmenu",
    "More pages": "Flere sider",
    "Navigate to home page": "Til forsiden",
    "Next Result": "Næste fund",
    "Next month": "Næste måned",
    "Next page": "Næste side",
    "No content": "Intet indhold",
    "No data": "Ingen data",
    "No options to select": "Intet at vælge",
    "No options to select.": "Intet at vælge.",
    "No results": "Ingen fund",
    "Notifications": "Beskeder",
    "Open": "Åbn",
    "Page not found": "Siden findes ikke",
    "Pagination": "Sideskift",
    "Pin column": "Fastgør kolonnen",
    "Please wait...": "Vent …",
    "Press Enter to apply": "Tryk Enter for at bruge",
    "Press Enter to submit form": "Tryk Enter for at sende",
    "Press Ctrl+Enter to apply": "Tryk Ctrl+Enter for at bruge",
    "Press Ctrl+Enter to submit form": "Tryk Ctrl+Enter for at sende",
    "Press ⌘+Enter to apply": "Tryk ⌘+Enter for at bruge",
    "Press ⌘+Enter to submit form": "Tryk ⌘+Enter for at sende",
    "Previous Result": "Forrige fund",
    "Previous month": "Forrige måned",
    "Previous page": "Forrige side",
    "Remove file": "Fjern filen",
    "Rerun": "Kør igen",
    "Running...": "Arbejder …",
    "Running…": "Arbejder …",
    "Save as PNG": "Gem som PNG",
    "Save as SVG": "Gem som SVG",
    "Scroll tabs left": "Rul faner til venstre",
    "Scroll tabs right": "Rul faner til højre",
    "Search": "Søg",
    "Select all": "Vælg alle",
    "Select...": "Vælg …",
    "Selected values": "Valgte",
    "Send message": "Send",
    "Show chart": "Vis diagram",
    "Show data": "Vis tal",
    "Show/hide columns": "Vis eller skjul kolonner",
    "Sidebar": "Sidepanel",
    "Skip to main content": "Gå til indholdet",
    "Sort ascending": "Sortér stigende",
    "Sort descending": "Sortér faldende",
    "Stop": "Stop",
    "Stop script": "Stop",
    "This app has encountered an error. The original error message is redacted to prevent data "
    "leaks.": "Der skete en fejl hos os. Indlæs siden igen.",
    "Toggle fullscreen": "Fuld skærm til eller fra",
    "Try again": "Prøv igen",
    "Unpin column": "Frigør kolonnen",
    "Upload": "Vælg fil",
    "Uploaded": "Modtaget",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Vælg dato med "
    "piletasterne og Enter. Luk med Escape.",
    "Values": "Værdier",
    "Vega visualization": "Diagram",
    "View fullscreen": "Fuld skærm",
    "axis": "akse",
    "bar": "søjle",
    "file upload": "filer",
    "group mark container": "gruppe",
    "legend": "signaturforklaring",
    "line mark": "linje",
    "line mark container": "linjer",
    "point": "punkt",
    "rect mark container": "søjler",
    "rule mark container": "streger",
    "symbol mark container": "punkter",
    "text mark container": "tekster",
    "visualization": "diagram",
}
"""Streamlit's own words, each as a whole, and what stands in their place."""
PATTERNS = {
    r"^Chat message from (.+)$": "Besked fra $1",
    r"^Remove (.+)$": "Fjern $1",
    r"^Upload (.+)$": "Vælg fil: $1",
    r"^Page (\d+)$": "Side $1",
    r"^Limit (\S+) per file • (.+)$": "Højst $1 pr. fil • $2",
    r"^Limit (\S+) per file$": "Højst $1 pr. fil",
    r"^(\S+) per file • (.+)$": "Højst $1 pr. fil • $2",
    r"^(\S+) per file$": "Højst $1 pr. fil",
    r"^Help for (.+)$": "Hjælp til $1",
    r"^Is Streamlit still running\?.*$": "Serveren svarer ikke. Vent lidt, og indlæs siden igen; "
    "samtalen er gemt.",
    r"^Streamlit server is not responding.*$": "Serveren svarer ikke. Vent lidt, og indlæs siden "
    "igen; samtalen er gemt.",
    r"^The page that you have requested does not seem to exist.*$": "Siden findes ikke. Her er "
    "forsiden i stedet.",
    r"^You have requested page .*$": "Siden findes ikke. Her er forsiden i stedet.",
    r"^X-axis titled '(.+)' for a discrete scale with (\d+) values: (.+)$": "Vandret akse, $1: $2 "
    "værdier, $3",
    r"^Y-axis titled '(.+)' for a discrete scale with (\d+) values: (.+)$": "Lodret akse, $1: $2 "
    "værdier, $3",
    r"^X-axis titled '(.+)' for a \S+ scale with values from (\S+) to (\S+)$": "Vandret akse, $1: "
    "fra $2 til $3",
    r"^Y-axis titled '(.+)' for a \S+ scale with values from (\S+) to (\S+)$": "Lodret akse, $1: "
    "fra $2 til $3",
    r"^Symbol legend titled '(.+)' for .* with (\d+) values: (.+)$": "Signaturer, $1: $3",
    r"^Selected (.+)\. Press Enter.*$": "$1 er valgt.",
}
"""Those that hold a name or number: patterns in the browser's own language of them."""
