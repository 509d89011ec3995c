from dataclasses import replace

from corpus.models import Agreement, Section
from corpus.settings import Settings
from ingest.clean import clean
from ingest.index import Corpus
from ingest.read import read_corpus
from ingest.structure import structure

# Read off the two files by hand: the indent is the depth, | parts a box from its title.
ECONOMY = """
1. Indledning
2. Økonomiske rammer
  Anvendelse af eksterne konsulenter
  Budgetlovsrevision
3. Håndtering af indsatsen mod COVID-19
  Overvågning af infektioner og smitsomme sygdomme
  Pukkelafvikling som følge af udskudt aktivitet
  Anvendelse af privat kapacitet
  Enklere arbejdsgange for personalet i sundhedsvæsenet
  Regionale erfaringer med omstilling af kapaciteten
4. Behandlingsomstilling og god opgaveløsning
  Teknologibidrag
    Boks 1: Understøttende tiltag i økonomiaftalen for 2021
  Nærhedsfinansiering
    Boks 2: Kriterier i nærhedsfinansiering for 2021
    Boks 3: Efterregulering af nærhedsfinansiering
  Nationale mål
  Kvalitetsfondsbyggerier - Viden og evaluering
  Rammerne for udarbejdelsen af vejledninger og anbefalinger
5. Nærhed og velfærd
  Sundhedsaftale
  Nærhedsreform
  Forum for udvikling af velfærden
  Den Sociale Investeringsfond
  Evaluering af det specialiserede socialområde
6. Mere personale i sundhedsvæsenet
  Flere hænder på sundheds-, ældre- og socialområdet
  Opfølgning på prioritering af ansættelse af 1.000 flere sygeplejersker
    Boks 4: Opsummering af anbefalinger fra task force om social- og sundhedsmedarbejdere
  Bedre lægedækning i hele landet
7. En styrket psykiatri
  10-års plan for psykiatrien
  Et kapacitetsløft i behandlingspsykiatrien
  Kapacitet i retspsykiatrien
  Justeret model for de særlige pladser
8. Samarbejde om digitalisering
  Investeringsfond for nye teknologier og digitale velfærdsløsninger
  Cyber- og informationssikkerhed
9. Regional udvikling
  Undersøgelse af rammerne for de regionale udviklingsopgaver
  Lokalbaner
10. Klima
  FN’s verdensmål
11. Øvrige temaer
  Offentligt privat samarbejde om udbud
Bilag 1. Samarbejde om digitalisering
  Fremtidssikring af den fællesoffentlige infrastruktur
  Mere behandling i eget hjem – telemedicin til borgere med hjertesvigt
  Fællesoffentlige it-systemer på sundhedsområdet
  Sundhed.dk
  Sygehusmedicinregisteret
Bilag 2. Regionernes økonomi for 2021
  Boks 1: Økonomiske forudsætninger vedrørerende sundhed
  Boks 2: Økonomiske forudsætninger vedrørerende regional udvikling
  Boks 3: Øvrige økonomiske forudsætninger
"""

FRONT = (
    "Aftale mellem regeringen, Danske Regioner og KL om udmøntning og implementering af en "
    "sundhedsreform"
)
THEME_3 = "Data og digitalisering skal understøtte kvalitet og et fleksibelt og nært sundhedsvæsen"
THEME_5 = (
    "Medarbejderen i centrum – tid til kerneopgaven gennem god ledelse, bedre organisering og "
    "smartere opgaveløsning"
)
CLUSTERS = "Eksempler på muligt fokus i udmøntning af midler til opstart af sundhedsklynger i 2022"
REFORM = f"""
{FRONT}
Indledning
1. Omstilling til det nære sundhedsvæsen
  Boks 1.1: Initaitiver – Omstilling til det nære sundhedsvæsen
  Boks 1.2: Aftalte målsætninger – Omstilling til det nære sundhedsvæsen
  Opstart af sundhedsklyngerne
    Boks 1.3: {CLUSTERS}
2. Flere læger til almen praksis og bedre lægedækning
  Boks 2.1: Initaitiver – Flere læger til almen praksis og bedre lægedækning
  Boks 2.2: Aftalte målsætninger – Flere læger til almen praksis og bedre lægedækning
3. {THEME_3}
  Boks 3.1: Initaitiver – {THEME_3}
4. Hurtig og målrettet indsats i hele landet
  Boks 4.1: Initaitiver – Hurtig og målrettet indsats i hele landet
5. {THEME_5}
  Boks 5.2: Aftalte målsætninger – {THEME_5}
  Boks 5.1: Initaitiver – {THEME_5}
6. Mere lighed i sundhed
  Boks 6.1: Initaitiver – Mere lighed i sundhed
Bilag
"""


def sections(corpus: Corpus, agreement: Agreement) -> list[Section]:
    return [section for section in corpus.sections if section.agreement_id == agreement.id]


def outline(corpus: Corpus, agreement: Agreement) -> list[str]:
    return [
        "  " * (len(section.path) - 1) + section.heading for section in sections(corpus, agreement)
    ]


def kind_and_number(line: str) -> tuple[str, str]:
    first, second, *_ = [*line.split(), ""]
    if first in {"Boks", "Bilag"}:
        return {"Boks": "box", "Bilag": "annex"}[first], second.rstrip(":.")
    if first.rstrip(".").isdigit() and first.endswith("."):
        return "chapter", first.rstrip(".")
    return ("front" if line == FRONT else "heading"), ""


def test_every_section_of_the_economy_agreement(corpus: Corpus, economy: Agreement) -> None:
    assert outline(corpus, economy) == ECONOMY.strip("\n").split("\n")


def test_every_section_of_the_reform(corpus: Corpus, reform: Agreement) -> None:
    assert outline(corpus, reform) == REFORM.strip("\n").split("\n")


def test_kinds_and_numbers(corpus: Corpus) -> None:
    lines = (ECONOMY.strip("\n") + REFORM.rstrip("\n")).split("\n")
    assert [(section.kind.value, section.number) for section in corpus.sections] == [
        kind_and_number(line) for line in lines
    ]


def test_breadcrumbs(corpus: Corpus) -> None:
    paths = {section.id: section.path for section in corpus.sections}
    reform = "sundhedsreform-udmoentning-2022"
    economy = "oekonomiaftale-regioner-2021"
    assert paths[f"{economy}/4/naerhedsfinansiering/boks-3"] == (
        "4. Behandlingsomstilling og god opgaveløsning",
        "Nærhedsfinansiering",
        "Boks 3",
    )
    assert paths[f"{economy}/bilag-2/boks-3"] == ("Bilag 2. Regionernes økonomi for 2021", "Boks 3")
    assert paths[f"{reform}/1/opstart-af-sundhedsklyngerne/boks-1.3"] == (
        "1. Omstilling til det nære sundhedsvæsen",
        "Opstart af sundhedsklyngerne",
        "Boks 1.3",
    )
    assert paths[f"{reform}/indledning"] == ("Indledning",)


def test_boxes_of_body_and_annex_are_apart(corpus: Corpus, economy: Agreement) -> None:
    third = [s for s in sections(corpus, economy) if s.kind == "box" and s.number == "3"]
    assert [s.heading for s in third] == [
        "Boks 3: Efterregulering af nærhedsfinansiering",
        "Boks 3: Øvrige økonomiske forudsætninger",
    ]
    body, annex = (economy.text[s.start : s.end] for s in third)
    assert "3+ 100 pct." in body
    assert "pct. inklusiv medicin." in annex


def test_ids_are_unique(corpus: Corpus) -> None:
    ids = [section.id for section in corpus.sections]
    assert len(ids) == len(set(ids))


def test_a_heading_that_comes_twice_has_two_ids() -> None:
    text = "Parterne er enige om at mødes hvert år og gøre status over alle mål i aftalen.\n"
    (source, _) = read_corpus(Settings(_env_file=None).agreements_dir)
    twice = replace(source, raw=f"1. Mål\n{text}Økonomi\n{text}Økonomi\n{text}")
    ids = [section.id.partition("/")[2] for section, _ in structure(clean(twice))]
    assert ids == ["1", "1/oekonomi", "1/oekonomi-2"]


def test_each_block_that_is_no_heading_belongs_to_one_section(corpus: Corpus) -> None:
    for agreement in corpus.agreements:
        owned = sorted(number for _, blocks in structure(agreement) for number in blocks)
        body = [i for i, block in enumerate(agreement.blocks) if not block.kind.is_heading]
        assert owned == body


def test_text_behind_a_box_is_the_chapters(corpus: Corpus, economy: Agreement) -> None:
    (box,) = [s for s in sections(corpus, economy) if s.heading.startswith("Boks 3: Efter")]
    assert economy.text[box.start : box.end].endswith("3+ 100 pct.")
    parent = next(s for s in sections(corpus, economy) if s.heading == "Nærhedsfinansiering")
    assert "der ikke foretages en efterregulering" in economy.text[box.end : parent.end]


def test_a_section_holds_its_children(corpus: Corpus) -> None:
    spans = {(s.agreement_id, s.path): (s.start, s.end) for s in corpus.sections}
    for section in corpus.sections:
        outer = spans.get((section.agreement_id, section.path[:-1]))
        if outer:
            assert outer[0] <= section.start < section.end <= outer[1]
