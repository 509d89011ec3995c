"""All Danish of adding agreements, of versions, backups and the doctor that people read."""

from __future__ import annotations

from corpus.models import Head
from corpus.wording import format_date, join_words

# --- Adding an agreement -----------------------------------------------------------------------

ADD_HELP = {
    "file": "Filen, som den blev modtaget: txt, pdf, docx eller html, højst 20 MiB.",
    "id": "Aftalens id; dannes af titlen, hvis det udelades.",
    "title": "Titel, hvis den ikke står i filen.",
    "short_title": "Kort titel til lister.",
    "date": "Dato for indgåelsen, fx 2026-06-05.",
    "parties": "Parterne, adskilt af komma.",
    "period": "De år, aftalen dækker, fx 2027 eller 2027-2030.",
    "replaces": "Id på en aftale, som denne afløser; kan gentages.",
    "yes": "Spørg ikke; brug det, der står i filen.",
    "remove": "Aftalens id.",
}
ADD_ASK = {
    "--title": "Aftalens titel",
    "--date": "Dato for indgåelsen (ÅÅÅÅ-MM-DD)",
    "--parties": "Parterne, adskilt af komma",
    "--period": "De år, aftalen dækker (2027 eller 2027-2030)",
}
ADD_READING = "Læser {file} …"
ADD_CONFIRM = "Skal aftalen tilføjes sådan?"
ADD_EMBEDDING = "Gør de nye tekststykker søgbare …"
ADDED = (
    "{title} er tilføjet som {id}{pages} på {seconds} sekunder. Fundet med regler og ikke "
    "gennemgået: {sections} afsnit, {figures} tal, {commitments} aftalte forhold."
)
ADD_MORE_HIDDEN = "… og {count} steder mere med skjult tekst."
ADD_NEXT = "Se teksten: python -m ingest show {id} · Fortryd: python -m ingest remove {id}"
REMOVED = (
    "{id} er taget ud af samlingen og ligger i {trash}. Læg filerne tilbage i {corpus} for at "
    "fortryde. Byg indekset igen: python -m ingest build"
)
DOUBTS = {
    "scanned_page": "En side er et billede uden tekst og er ikke med. Få den som tekst",
    "empty_page": "En side er tom",
    "table": "En tabel er skrevet ud med kolonneoverskrift i hver række. Se efter",
    "unit_from_corner": "Enheden i en tabels hjørne er sat bag tabellens tal. Se efter",
    "merged_cells": "En tabel har celler over flere rækker; de står kun ved den første. Se efter",
    "dropped_frame": "Indlejret indhold fra en anden side er ikke taget med",
    "long_block": "Et afsnit er meget langt; måske er dets delinger gået tabt",
    "no_headings": "Der er ikke fundet nogen overskrifter",
}
HIDING = {
    "invisible": "tekst, der ikke kan ses",
    "tiny": "tekst, der er for lille til at læse",
    "off_page": "tekst uden for siden",
    "rotated": "tekst på tværs af resten",
    "style": "tekst, der er skjult",
    "zero_width": "tegn uden bredde",
    "tag": "usynlige tegn, der staver til",
    "bidi": "tegn, der vender skriveretningen",
    "control": "styretegn",
    "variation": "usynlige tegn",
}
REFUSALS = {
    "format": "kun txt, pdf, docx og html kan læses",
    "only_text": "kun .txt og .docx kan tjekkes. Gem den som en af dem, eller indsæt teksten",
    "too_big": "den er over 20 MiB",
    "empty": "den er tom",
    "spoofed": "dens indhold er ikke det, som filnavnet siger. Gem den igen i det rigtige format",
    "ole": "den er i et gammelt Office-format eller indeholder et indlejret objekt. Gem den som "
    "docx eller pdf",
    "macros": "den indeholder makroer eller scripts. Gem den uden",
    "embedded": "der ligger andre filer eller aktivt indhold i den. Gem den uden",
    "encrypted": "den er krypteret eller beskyttet. Få den uden beskyttelse",
    "entities": "den indeholder XML-erklæringer, som ikke tillades",
    "zip_bomb": "den fylder for meget udpakket",
    "zip_names": "den indeholder ulovlige filnavne",
    "damaged": "den er beskadiget og kan ikke læses",
    "encoding": "dens tegnsæt kan ikke læses. Gem den som UTF-8",
    "no_text": "der er ingen tekst i den",
    "scanned": "siderne er billeder uden tekst (indscannet). Få en udgave med tekst",
    "font": "skrifttypen kan ikke læses som tekst. Få en anden udgave",
    "too_many_pages": "den har over 2.000 sider",
    "too_long": "den indeholder mere tekst, end der er plads til",
    "too_deep": "den er indlejret i for mange niveauer",
    "too_slow": "den tager for lang tid at læse",
    "too_much_memory": "den bruger for megen hukommelse",
    "crashed": "læsningen gik ned undervejs",
}
REFUSALS_WITH_DATA = {"scanned", "too_many_pages", "too_big", "encoding"}
NOT_ADDED = {
    "exists": "Der er allerede en aftale med id {detail}. Vælg et andet med --id.",
    "same_file": "Den samme fil er allerede i samlingen som {detail}.",
    "bad_id": "„{detail}“ kan ikke være id. Brug 3-60 små bogstaver a-z, tal og bindestreger.",
    "reviewed": "{detail} er gennemgået af en person og kan ikke fjernes med kommandoen.",
}


def added_head(head: Head, label: str) -> str:
    """Show the head of an agreement before it is added, and which fields a person should check."""
    first, last = head.years.first, head.years.last
    years = f"{first}" if first == last else f"{first}-{last}"
    rows = [
        ("Fil", label), ("Id", head.id), ("Titel", head.title), ("Kort titel", head.short_title),
        ("Dato", format_date(head.date)), ("Parter", join_words(head.parties)), ("Periode", years),
    ]  # fmt: skip
    if head.replaces:
        rows.append(("Afløser", join_words(head.replaces)))
    return "\n".join(f"  {name}: {value}" for name, value in rows)


def pages(count: int | None) -> str:
    """Say how many pages a document has, where it has any."""
    return "" if count is None else " (1 side)" if count == 1 else f" ({count} sider)"


def doubt(code: str) -> str:
    """Say what a person should look at: `<key of DOUBTS>` or `<key>:<page>`."""
    what, _, page = code.partition(":")
    return f"{DOUBTS.get(what, what)}{f' (side {page})' if page else ''}."


def hidden_text(how: str, text: str, page: int | None) -> str:
    """Say that something hidden was left out."""
    place = f" på side {page}" if page is not None else ""
    return f"Udeladt{place}: {HIDING.get(how, how)}: „{text}“"


# --- Versions ----------------------------------------------------------------------------------

GATE_OTHER_CORPUS = "Indekset holder ikke det, samlingen siger."
GATE_COUNTS = "Manifestet tæller {told} (stykker, sætninger, aftaler), indekset {held}."
GATE_EMPTY = "Aftalen {id} har intet tekststykke."
GATE_SENTINEL = "Tekststykket {id} findes ikke ved sin egen tekst."
GATE_RECALL = (
    "Kun {now} pct. af {count} kontrolspørgsmål finder deres sætning mod {was} pct. før. Skal den "
    "bruges alligevel: python -m ingest build --accept-loss."
)
WAITING_FOR_BUILD = "Venter på en anden bygning eller på plads til versionen …"

BACKUP_NO_VERSION = "Der er ingen version at gemme. Byg den først: python -m ingest build"
BACKED_UP = "Gemt i {path}: version {version}, {files} filer."
RESTORED = "Lagt tilbage fra {path}: version {version}, {files} filer, gemt {made}."
RESTORE_WOULD_OVERWRITE = (
    "{path} er der i forvejen. Kør igen med --force for at sætte kopien i stedet; det gamle bliver "
    "liggende ved siden af."
)
ARCHIVE_NOT_WHOLE = "Filen er ikke en hel sikkerhedskopi herfra; intet er rørt."

DOCTOR_OK = "I orden: {text}"
DOCTOR_WRONG = "FEJL: {text}\n  Afhjælpes med: {mend}"
DOCTOR_DISK = "{free} GB ledig plads."
DOCTOR_DISK_FULL = "Der er kun {free} GB ledig plads i {path}."
DOCTOR_MAKE_ROOM = "ryd op på disken, eller sæt ASSISTANT_VAR_DIR til en større"
DOCTOR_CORPUS = (
    "{agreements} aftaler, {figures} tal og {commitments} aftalte forhold passer til teksterne."
)
DOCTOR_POINTER = "versionen {name} er i brug."
DOCTOR_NO_POINTER = "Ingen version er i brug i {path}."
DOCTOR_POINTER_DAMAGED = "Filen {path}, der siger hvilken version der er i brug, kan ikke læses."
DOCTOR_POINTS_NOWHERE = "Versionen {name} skulle være i brug, men dens mappe er væk."
DOCTOR_CACHE = "de gemte vektorer kan læses."
DOCTOR_CACHE_DAMAGED = "De gemte vektorer i {path} er beskadiget."
DOCTOR_LEFTOVER = "{path} er rester af en afbrudt bygning (eller en, der er i gang)."
DOCTOR_VERSIONS = "{kept} ældre versioner, {held} i brug af nogen; de fjernes af sig selv."
DOCTOR_SERVER = "vektorserveren {url} svarer og holder {count} versioner."
DOCTOR_SERVER_EMPTY = "Vektorserveren {url} har ikke versionen {name}."
DOCTOR_START_SERVER = "chroma run (se README, flere maskiner)"
DOCTOR_MODEL = "søgemodellen {name} kan indlæses."
DOCTOR_INDEX = "indekset åbner, og kontrolstykkerne findes blandt {passages}."
