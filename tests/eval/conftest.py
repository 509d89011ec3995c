"""Cases and answers made by hand, with the real agreements under them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chains import Answer, AnswerKind, Settings
from corpus.models import Agreement, Citation, RankedPassage
from eval.asking import planted_settings
from eval.cases import Case, Span, _Entry
from eval.suite import Grounds, lay_grounds

LIFT = (
    "Med aftalen løftes det regionale udgiftsniveau på sundhedsområdet med godt 1,3 mia. kr. "
    "i 2021."
)
MakeCase = Callable[..., Case]
MakeAnswer = Callable[..., Answer]


@pytest.fixture(scope="session")
def grounds(tmp_path_factory: pytest.TempPathFactory) -> Grounds:
    """The agreements, the made-up ones among them."""
    settings = Settings(var_dir=tmp_path_factory.mktemp("var"), _env_file=None)
    return lay_grounds(settings, planted_settings(settings))


@pytest.fixture(scope="session")
def make_case(economy: Agreement) -> MakeCase:
    """A case whose evidence stands in the economy agreement."""

    def make(*snippets: str, history: tuple[str, ...] = (), **fields: Any) -> Case:
        given = {"id": "a", "question": "?", "style": "terse", "evidence": snippets} | fields
        if given.get("kind", "text") == "text":
            given.setdefault("must", [snippets[0]] if snippets else ["x"])
        if not snippets and given.get("kind") in {"figure", "calculation"}:
            given["evidence"] = ["x"]
        entry = _Entry.model_validate(given)
        places = tuple((span_of(economy, snippet),) for snippet in snippets)
        return Case("made", entry, places, history)

    return make


@pytest.fixture(scope="session")
def make_answer(economy: Agreement) -> MakeAnswer:
    """An answer that quotes the economy agreement, marks and all."""

    def make(*quotes: str, **fields: Any) -> Answer:
        citations = tuple(cite(economy, quote, i) for i, quote in enumerate(quotes, 1))
        text = "\n\n".join(f"„{c.quote}“ [{c.marker}]" for c in citations)
        given: dict[str, Any] = {
            "question": "?",
            "standalone_question": "?",
            "kind": AnswerKind.TEXT,
            "text": text,
            "citations": citations,
            "passages": (),
            "corpus_version": "v",
        }
        return Answer(**(given | fields))

    return make


def span_of(agreement: Agreement, text: str) -> Span:
    start = agreement.text.index(text)
    return Span(agreement.id, start, start + len(text))


def cite(agreement: Agreement, quote: str, marker: int) -> Citation:
    place = span_of(agreement, quote)
    return Citation(
        marker=marker,
        agreement_id=agreement.id,
        agreement_title=agreement.head.title,
        section="2. Økonomiske rammer",
        passage_id=f"{agreement.id}:{place.start}-{place.end}",
        quote=quote,
        start=place.start,
        end=place.end,
        agreement_version=agreement.version,
        url="",
    )


def passage(agreement: Agreement, text: str) -> RankedPassage:
    place = span_of(agreement, text)
    return RankedPassage(
        passage_id="p",
        agreement_id=agreement.id,
        section="",
        text=text,
        start=place.start,
        end=place.end,
        score=1.0,
    )
