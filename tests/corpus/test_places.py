import pytest

from corpus.places import find_places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Hvad får region midtjylland?", [("region midtjylland", "midtjylland")]),
        ("Region Hovedstadens andel", [("Region Hovedstadens", "Hovedstaden")]),
        ("Aarhus Kommune og Køge", [("Aarhus Kommune", "Aarhus"), ("Køge", "Køge")]),
        ("Odense Universitetshospital", [("Odense Universitetshospital", "Odense")]),
        ("Faaborg-Midtfyns budget", [("Faaborg-Midtfyns", "Faaborg-Midtfyn")]),
        ("vejen til bedre lægedækning i skiven", []),  # names that are everyday words
        ("Danske Regioner og Køgevej", []),
    ],
)
def test_find_places(text: str, places: list[tuple[str, str]]) -> None:
    assert find_places(text) == places
