"""Names of regions and municipalities: a figure for one of them must be stated for it."""

from __future__ import annotations

import re

REGIONS = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland", "Østdanmark")
_SHORT = {"nord": "Nordjylland", "midt": "Midtjylland", "syd": "Syddanmark", "h": "Hovedstaden",
          "øst": "Østdanmark"}  # fmt: skip
"""What regions are called in everyday speech, after "region"."""
PARTS = ("Sønderjylland", "Vestjylland", "Østjylland", "Nordsjælland", "Sydsjælland",
         "Vestsjælland", "Midtsjælland")  # fmt: skip
"""Parts of the country without a council of their own."""

# Names that are also everyday words ("Vejen", "Skive", "Struer") count only beside "kommune".
MUNICIPALITIES = tuple(
    "Albertslund Allerød Assens Ballerup Billund Bornholm Brøndby Brønderslev Dragør Egedal "
    "Esbjerg Faaborg-Midtfyn Favrskov Faxe Fredensborg Fredericia Frederiksberg Frederikshavn "
    "Frederikssund Furesø Gentofte Gladsaxe Glostrup Gribskov Guldborgsund Haderslev Halsnæs "
    "Hedensted Helsingør Herlev Herning Hillerød Hjørring Holbæk Holstebro Horsens Hvidovre "
    "Høje-Taastrup Hørsholm Ikast-Brande Ishøj Jammerbugt Kalundborg Kerteminde Kolding København "
    "Køge Langeland Lejre Lemvig Lolland Lyngby-Taarbæk Læsø Mariagerfjord Middelfart Morsø "
    "Norddjurs Nordfyns Nyborg Næstved Odense Odsherred Randers Rebild Ringkøbing-Skjern Ringsted "
    "Roskilde Rudersdal Rødovre Samsø Silkeborg Skanderborg Slagelse Solrød Sorø Stevns Svendborg "
    "Syddjurs Sønderborg Thisted Tønder Tårnby Vallensbæk Varde Vejle Vesthimmerland Viborg "
    "Vordingborg Aabenraa Aalborg Aarhus Århus Ålborg Skejby Rigshospitalet Bispebjerg Hvidovre "
    "Herlev Køge Gødstrup Falster Fyn Jylland Haslev Ry".split()
)

_NAMES = "|".join(re.escape(name) for name in (*MUNICIPALITIES, *PARTS, *REGIONS))
_PLACE = re.compile(
    rf"\b(?:Region\s+)?({_NAMES})(?:s|es)?\b(?:\s+(?:Kommune|Universitetshospital)\w*)?",
    re.IGNORECASE,
)
_REGION = re.compile(rf"\bregion\s+({'|'.join(_SHORT)})(?:s|es)?\b", re.IGNORECASE)


def find_places(text: str) -> list[tuple[str, str]]:
    """Return (as written, name) of each region, municipality or town that a text names.

    >>> find_places("hvad får region midtjylland og Aarhus Kommune?")
    [('region midtjylland', 'midtjylland'), ('Aarhus Kommune', 'Aarhus')]
    >>> find_places("og Region Nord?")
    [('Region Nord', 'Nordjylland')]
    """
    short = [(match.group(), _SHORT[match[1].lower()]) for match in _REGION.finditer(text)]
    return [(match.group(), match[1]) for match in _PLACE.finditer(text)] + short
