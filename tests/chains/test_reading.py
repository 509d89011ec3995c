"""What a link into an agreement points at, before and after its text has changed."""

from pathlib import Path

import pytest

from chains.reading import LinkState, find_words, follow_link, slug_of
from corpus.models import Agreement


def changed(agreement: Agreement, old: str, new: str) -> Agreement:
    assert agreement.text.count(old) == 1
    text = agreement.text.replace(old, new)
    return agreement.model_copy(update={"text": text, "version": "abcdef012345"})


def keep(agreement: Agreement, folder: Path) -> Path:
    (folder / agreement.id).mkdir(parents=True)
    (folder / agreement.id / f"{agreement.version}.txt").write_bytes(agreement.text.encode())
    return folder


def span_of(agreement: Agreement, quote: str) -> tuple[str, str]:
    start = agreement.text.index(quote)
    return str(start), str(start + len(quote))


QUOTE = "Teknologibidraget udgør 400 mio. kr. årligt"


def test_a_link_to_the_text_of_today_is_its_own_words(economy: Agreement, tmp_path: Path) -> None:
    first, last = span_of(economy, QUOTE)
    for version in (economy.version, ""):
        link = follow_link(economy, version, first, last, tmp_path)
        assert link.state is LinkState.SAME
        assert economy.text[link.start : link.end] == link.quote == QUOTE


def test_a_quote_is_found_again_where_the_text_has_moved(
    economy: Agreement, tmp_path: Path
) -> None:
    first, last = span_of(economy, QUOTE)
    now = changed(economy, "1. Indledning", "1. Indledning og baggrund")
    link = follow_link(now, economy.version, first, last, keep(economy, tmp_path))
    assert link.state is LinkState.MOVED
    assert link.start == int(first) + len(" og baggrund")
    assert now.text[link.start : link.end] == QUOTE


def test_a_quote_that_is_gone_is_told_with_its_words(economy: Agreement, tmp_path: Path) -> None:
    first, last = span_of(economy, QUOTE)
    now = changed(economy, QUOTE, "Teknologibidraget udgør 500 mio. kr. årligt")
    link = follow_link(now, economy.version, first, last, keep(economy, tmp_path))
    assert (link.state, link.quote) == (LinkState.GONE, QUOTE)


def test_without_the_old_text_nothing_is_claimed(economy: Agreement, tmp_path: Path) -> None:
    link = follow_link(economy, "0123456789ab", *span_of(economy, QUOTE), tmp_path)
    assert (link.state, link.quote) == (LinkState.UNKNOWN, "")


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("5", ""), ("x", "9"), ("9", "5"), ("-4", "9"), ("0", "99999999"), ("1", "9" * 40),
     ("٣", "٩"), ("1.5", "9")],
)  # fmt: skip
def test_numbers_that_are_none_or_lie_outside_are_bad(
    economy: Agreement, tmp_path: Path, first: str, last: str
) -> None:
    assert follow_link(economy, "", first, last, tmp_path).state is LinkState.BAD


@pytest.mark.parametrize("version", ["../../etc/passwd", "..", "/etc/hosts", "a" * 500, "æ"])
def test_a_version_is_never_a_path(economy: Agreement, tmp_path: Path, version: str) -> None:
    assert follow_link(economy, version, "1", "9", tmp_path).state is LinkState.UNKNOWN


def test_words_are_found_in_any_case_and_over_line_breaks() -> None:
    text = "Nære\nsygehuse, nære sygehuse og NÆRE SYGEHUSE (10 pct.)"
    assert len(find_words(text, "nære sygehuse")) == 3
    assert len(find_words(text, "naere")) == 3
    assert find_words(text, "(10 pct.)") == ((len(text) - 9, len(text)),)
    assert find_words(text, "n") == find_words(text, " ") == find_words(text, "") == ()


def test_a_section_is_named_without_its_agreement() -> None:
    assert slug_of("aftale/4/boks-1", "aftale") == "4/boks-1"
