"""Table rows become cells whose words stand in the text."""

from chains.tables import cells_of
from corpus.models import Agreement, Block, BlockKind


def rows_of(agreement: Agreement, lines: list[str]) -> list[list[str]]:
    text, blocks = "", []
    for line in lines:
        blocks.append(Block(kind=BlockKind.ROW, start=len(text), end=len(text) + len(line)))
        text += f"{line}\n"
    made = agreement.model_copy(update={"text": text})
    return [[text[a:b] for a, b in row] for row in cells_of(made, blocks)]


def test_the_rows_of_a_plain_text_end_in_a_number(economy: Agreement) -> None:
    lines = ["Antal mål Andel i regionerne", "0 0 pct.", "3+ 100 pct."]
    assert rows_of(economy, lines) == [
        ["Antal mål", "Andel i regionerne"],
        ["0", "0 pct."],
        ["3+", "100 pct."],
    ]


def test_rows_that_name_their_columns_lose_the_names_and_keep_their_gaps(
    economy: Agreement,
) -> None:
    lines = ["Mio. kr. – 2022 – 2023", "Kommuner – 2022: 35,0 mio. kr.; 2023: 203,9 mio. kr.",
             "Regioner – 2023: 25,0 mio. kr."]  # fmt: skip
    assert rows_of(economy, lines) == [
        ["Mio. kr.", "2022", "2023"],
        ["Kommuner", "35,0 mio. kr.", "203,9 mio. kr."],
        ["Regioner", "", "25,0 mio. kr."],
    ]


def test_what_cannot_be_told_apart_is_one_cell_a_row(economy: Agreement) -> None:
    lines = ["kun småt her", "to ord"]
    assert rows_of(economy, lines) == [["kun småt her"], ["to ord"]]
    assert rows_of(economy, []) == []
