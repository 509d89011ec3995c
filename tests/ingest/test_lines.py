from corpus.models import BlockKind
from ingest.lines import classify, read_lines, split_leftovers

TITLE = "Aftale om noget"


def kinds(raw: str) -> list[tuple[str | None, str]]:
    lines = read_lines(raw)
    classify(lines, TITLE)
    return [(line.opens and line.opens.value, line.text[line.skip :]) for line in lines]


def test_a_leading_blank_opens_a_page_or_is_a_bullet_that_lost_its_mark() -> None:
    lines = read_lines("Første linje.\n Anden side.\n\n Et punkt.\n\nLøs linje.\n")
    assert [(line.text, line.page_start, line.marked) for line in lines] == [
        ("Første linje.", False, False),
        ("Anden side.", True, False),
        ("Et punkt.", False, True),
        ("Løs linje.", False, False),
    ]


def test_a_line_knows_where_it_stands_in_the_file() -> None:
    raw = "En\n\n  \u00a0 to \ntre"
    assert [raw[line.start : line.start + len(line.text)] for line in read_lines(raw)] == [
        "En",
        "to",
        "tre",
    ]


def test_leftovers_are_page_numbers_signs_and_the_letterhead() -> None:
    raw = "Teksten\n12\nRegeringen\nDanske Regioner\ner lang.\nL\n.\n2021\nRegeringen\nog slut"
    kept, dropped = split_leftovers(read_lines(raw), ("Regeringen", "Danske Regioner"))
    assert [line.text for line in dropped] == ["12", "Regeringen", "Danske Regioner", "L", "."]
    # A year, or one party alone on a line, may be the end of a sentence.
    assert [line.text for line in kept] == ["Teksten", "er lang.", "2021", "Regeringen", "og slut"]


def test_marks_open_their_blocks() -> None:
    raw = (
        "Boks 2.1\nMål for pladser\n\n\uf0b7 Et punkt.\no Et underpunkt.\n- En streg.\n"
        "Anm.: En note.\nBilag 1. Regnskab\n"
    )
    assert kinds(raw) == [
        ("box", "Boks 2.1"),
        ("box_title", "Mål for pladser"),
        ("bullet", "Et punkt."),
        ("sub_bullet", "Et underpunkt."),
        ("bullet", "En streg."),
        ("note", "Anm.: En note."),
        ("annex", "Bilag 1. Regnskab"),
    ]


def test_a_numbered_list_is_no_run_of_chapters() -> None:
    long = "Parterne er enige om en række temaer, som er nævnt her i den rækkefølge, de har:"
    raw = f"{long}\n1. Nærhed\n2. Læger\n3. Data\n"
    assert [kind for kind, _ in kinds(raw)] == [BlockKind.PARAGRAPH] + [BlockKind.NUMBERED] * 3


def test_only_the_next_number_opens_a_chapter() -> None:
    text = "Parterne er enige om at mødes hvert år og gøre status over alle mål i aftalen."
    raw = f"1. Indledning\n{text}\n{text}\n2. Læger\n{text}\n7. Psykiatri\n{text}\n"
    assert [line for kind, line in kinds(raw) if kind == "chapter"] == [
        "1. Indledning",
        "2. Læger",
    ]
