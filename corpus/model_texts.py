"""All Danish that people read about the language model: notes, errors, what was dropped and why."""

from __future__ import annotations

from corpus import errors

NOTE_WORDED = (
    "Indledningen er formuleret af en sprogmodel og kontrolleret af programmet mod citaterne."
)
NOTE_UNUSED = "Sprogmodellens tekst kunne ikke bekræftes i aftalen, så svaret er givet uden den."
NOTE_DOWN = "Sprogmodellen gav ikke et brugbart svar i tide, så svaret er givet uden den."
NOTE_SPENT = "Dagens forbrug af sprogmodellen er opbrugt, så svaret er givet uden den."
EXPLAIN = "Sprogmodellen"
EXPLAIN_KEPT = "beholdt"
EXPLAIN_DROPPED = "udeladt"
EXPLAIN_FAILED = "intet svar ({reason})"
EXPLAIN_LEAD = "svarets tal er ikke med i teksten"
RULES = {
    "word": "siger noget, kilden ikke siger",
    "number": "tallet står ikke i kilden",
    "reservation": "forbeholdet ved tallet er et andet",
    "period": "årligt eller varigt passer ikke",
    "year": "året er et andet",
    "step": "fra, til eller med er et andet",
    "for_whom": "beløbet er til en anden",
    "crossed": "hører til et andet tal",
    "turned": "nægtelse, skal, kan eller vil er ændret",
    "dropped": "forbehold eller nægtelse mangler",
    "added": "forbehold eller nægtelse er lagt til",
    "actor": "det er en anden, der handler",
    "role": "giver og modtager er byttet",
    "order": "byttet om på, hvad der siges om hvad",
    "done": "siger, at det er sket",
    "condition": "betingelsen er ændret",
    "agreed": "enigheden står ikke i kilden",
    "form": "tegn eller længde, som et svar ikke må have",
    "marks": "uden henvisning til udkastet",
    "empty": "siger intet",
    "no_source": "uden kilde",
}


def dropped(text: str, rule: str, said: str) -> str:
    """Say what was left out of a model's wording, and why."""
    why = RULES.get(rule, rule)
    return f"„{text}“ – {why}" + (f" ({said})" if said else "")


def describe(error: errors.ModelProblem | errors.ModelFailed) -> str:
    """Say what is wrong with the language model and what to do about it."""
    match error:
        case errors.ModelUnknown():
            return (
                f"LLM_MODEL={error.name} kan ikke bruges. Skriv udbyder og model, fx openai:navn, "
                "azure_openai:navn eller ollama:navn, eller lad den være tom."
            )
        case errors.ModelPackageMissing():
            return (
                f"LLM_MODEL={error.name} kræver pakken {error.package}. Kør pip install "
                f"{error.package}, eller lad LLM_MODEL være tom."
            )
        case errors.ModelNoConsent():
            return (
                f"Sprogmodellen på {error.host} ligger uden for huset: spørgsmål og citater ville "
                "forlade det. Er det aftalt, så sæt ASSISTANT_LLM_OUTSIDE_CONSENT=true; er det "
                "husets egen server, så skriv den i ASSISTANT_LLM_HOUSE_HOSTS."
            )
        case errors.ModelUnsafe():
            return (
                f"Forbindelsen til sprogmodellen på {error.url} er ikke krypteret. Brug en "
                "adresse, der begynder med https."
            )
        case _:
            return f"Sprogmodellen gav intet brugbart svar ({error}). Svaret gives uden den."
