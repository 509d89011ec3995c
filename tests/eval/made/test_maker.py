"""Made agreements hold what the pipeline demands, and say what was done to them."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.models import BlockKind
from corpus.settings import PROJECT, Settings
from eval.cases import load_cases
from eval.made.maker import Made, Original, make, read_original
from eval.made.write import make_many, real_cases, write_corpus, write_truth
from ingest.build import process

ECONOMY, REFORM = "oekonomiaftale-regioner-2021", "sundhedsreform-udmoentning-2022"


@pytest.fixture(scope="module")
def pairs() -> Iterator[dict[str, tuple[Original, Made]]]:
    made = {original.agreement.id: (original, one)
            for original, one in make_many(PROJECT / "corpus", 2, 7)}  # fmt: skip
    yield made


def test_the_same_seed_makes_the_same_agreement(
    pairs: dict[str, tuple[Original, Made]], tmp_path: Path
) -> None:
    original, made = pairs[ECONOMY]
    again = make(read_original(PROJECT / "corpus", ECONOMY), 1, 7, tmp_path)
    assert (again.raw, again.figures, again.truth) == (made.raw, made.figures, made.truth)
    other = make(original, 1, 8, tmp_path)
    assert other.raw != made.raw


@pytest.mark.parametrize("id_", [ECONOMY, REFORM])
def test_years_amounts_sections_and_words_are_others(
    pairs: dict[str, tuple[Original, Made]], id_: str
) -> None:
    original, made = pairs[id_]
    assert made.head.years.first == original.agreement.head.years.first + 1
    assert made.head.date.year == original.agreement.head.date.year + 1
    assert len(made.truth.changed) >= 8
    assert len(made.truth.added_sections) == len(made.truth.dropped_sections) == 2
    headings = {made.agreement.text[b.start : b.end] for b in made.agreement.blocks
                if b.kind is BlockKind.HEADING}  # fmt: skip
    assert set(made.truth.added_sections) <= headings
    for gone in made.truth.dropped_sections:
        assert gone not in made.agreement.text
    same = {original.agreement.text[b.start : b.end] for b in original.agreement.blocks}
    kept = [b for b in made.agreement.blocks if made.agreement.text[b.start : b.end] in same]
    assert 0.2 < len(kept) / len(made.agreement.blocks) < 0.8  # near-duplicates, not copies


def test_a_made_corpus_is_read_like_any_other_and_sums_hold(
    pairs: dict[str, tuple[Original, Made]], tmp_path: Path
) -> None:
    write_corpus(PROJECT / "corpus", tmp_path / "corpus", [made for _, made in pairs.values()])
    corpus = process(Settings(corpus_dir=tmp_path / "corpus", var_dir=tmp_path, _env_file=None))
    assert len(corpus.agreements) == 4
    by_id = {f.figure_key: f for f in corpus.figures}
    id_ = pairs[REFORM][1].head.id
    assert id_ == "sundhedsreform-udmoentning-2023"
    whole = by_id[id_, "samlet-varigt"].amount
    parts = (by_id[id_, "omstilling-kommuner-2030-"], by_id[id_, "regioner-varigt"])
    assert whole == sum((part.amount for part in parts), Decimal(0))


def test_questions_ask_for_the_amount_that_stands_there_now(
    pairs: dict[str, tuple[Original, Made]], tmp_path: Path
) -> None:
    cases = real_cases(PROJECT / "corpus")
    original, made = pairs[ECONOMY]
    write_truth(tmp_path, original, made, cases)
    named = load_cases((made.agreement,), tmp_path / "named")  # every snippet is found
    plain = load_cases((made.agreement,), tmp_path / "plain")
    assert len(named) > 150 and 20 < len(plain) < len(named)
    changed = {f.id: f for f in original.figures if f.id in made.amounts}
    asked = {case.id.removesuffix(":named").rpartition(":")[2]: case for case in named}
    seen = 0
    for case in cases:
        own = asked.get(case.id)
        if own is None or not case.is_number:
            continue
        spans = [s for places in case.evidence for s in places]
        figure = next((f for f in changed.values()
                       if any(s.start <= f.place.start < s.end for s in spans)), None)  # fmt: skip
        if figure is not None and own.entry.value != case.entry.value:
            seen += 1
            printed = str(own.entry.value).replace(".", ",")
            shown = [made.agreement.text[s.start : s.end] for p in own.evidence for s in p]
            assert any(printed in text.replace(".", "") for text in shown), own.question
    assert seen > 10
