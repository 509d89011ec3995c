from html.parser import HTMLParser

import pytest

from chains import Answer, AnswerKind, Check, CheckedNumber, Citation, Verdict, chat_texts, texts
from corpus.models import Agreement
from ingest.index import Corpus
from views.render import (
    answer_html,
    check_html,
    passage_html,
    plain,
    question_html,
    safe_link,
    source_html,
)

_TAGS = {"div", "h2", "p", "ul", "li", "sup", "strong", "mark", "br"}
PAYLOADS = [
    "![x](https://evil.example/a.png)",
    "![x][1]\n\n[1]: https://evil.example/b.png",
    "<img src=https://evil.example/c.png>",
    "<script src='https://evil.example/d.js'></script>",
    "<svg onload=fetch('https://evil.example/e')>",
    "<iframe src='https://evil.example/f'></iframe>",
    "<style>@import url(https://evil.example/g.css)</style>",
    "<div style='background:url(https://evil.example/h)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "<link rel=stylesheet href=https://evil.example/i.css>",
    "<object data='https://evil.example/j'></object>",
    '"><img src=x onerror=alert(1)>',
    "**<b>fed</b>**",
]


class Reader(HTMLParser):
    """Collects every tag and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def answer_with(text: str) -> Answer:
    return Answer(
        question=text,
        standalone_question=text,
        kind=AnswerKind.NOT_FOUND,
        text=f"„{text}“ [1]",
        notes=(text,),
        corpus_version="v",
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_an_answer_can_load_or_run(payload: str, reform: Agreement) -> None:
    citation = Citation(
        marker=1,
        agreement_id="a",
        agreement_title=payload,
        section=payload,
        passage_id="a:0-1",
        quote=payload,
        start=0,
        end=len(payload),
        agreement_version="v",
        url=payload,
    )
    agreement = reform.model_copy(update={"text": payload * 3})
    for html in (
        question_html(payload),
        answer_html(answer_with(payload)),
        source_html(citation, agreement),
    ):
        read = Reader(html)
        assert read.tags <= _TAGS
        assert read.attributes <= {"class"}
        assert payload.split("\n")[0].strip("*") in read.text


def test_a_source_shows_the_quote_marked_in_its_context(corpus: Corpus, reform: Agreement) -> None:
    quote = "op til 25 nærhospitaler"
    start = reform.text.index(quote)
    citation = Citation(
        marker=1,
        agreement_id=reform.id,
        agreement_title="",
        section="Boks 1.1",
        passage_id="",
        quote=quote,
        start=start,
        end=start + len(quote),
        agreement_version=reform.version,
        url="",
    )
    html = source_html(citation, reform)
    assert f"til at oprette <mark>{quote}</mark>. Midlerne" in html


HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//aftaler?",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/aftaler?id=a",
    "///evil.example/aftaler?id=a",
    "/\\evil.example/aftaler?id=a",
    "\\\\evil.example\\aftaler?id=a",
    "http://læser.example/aftaler?id=a",
    "https://evil.example/aftaler?id=a",
    "https://reader.example@evil.example/aftaler?id=a",
    "https://reader.example.evil.example/aftaler?id=a",
    "https://reader.example:8443/aftaler?id=a",
    "https://xn--reder-lqa.example/aftaler?id=a",
    "/redaktion?id=a",
    "/aftaler",
    "/aftaler?id=a\n[x](https://evil.example)",
    '/aftaler?id=a"onmouseover="alert(1)',
    "/aftaler?id=<svg onload=alert(1)>",
    " /aftaler?id=a",
    "/aftaler?id=\u202egro.live",
    "",
]


@pytest.mark.parametrize("url", HOSTILE)
@pytest.mark.parametrize("reader", ["", "https://reader.example"])
def test_a_link_leads_to_our_reader_or_nowhere(url: str, reader: str) -> None:
    assert safe_link(url, reader) == ""


@pytest.mark.parametrize("reader", ["", "https://reader.example"])
def test_a_citations_own_link_is_kept(reader: str) -> None:
    url = f"{reader}/aftaler?id=reform-2022&v=ab12&fra=7&til=9"
    assert safe_link(url, reader) == url
    assert safe_link(url, "http://reader.example") == ("" if reader else url)


def test_a_label_is_shown_as_the_characters_it_is() -> None:
    assert plain("[x](//e) `a` :red[b] $c$ <i>") == (
        "\\[x\\]\\(//e\\) \\`a\\` \\:red\\[b\\] \\$c\\$ \\<i\\>"
    )


@pytest.mark.parametrize(
    ("update", "label"),
    [
        ({}, chat_texts.NOT_FOUND_LABEL),
        ({"kind": AnswerKind.CLARIFY}, chat_texts.CLARIFY_LABEL),
        ({"kind": AnswerKind.REFUSED}, chat_texts.REFUSED_LABEL),
        ({"mode": "calculated", "cited": True}, chat_texts.KINDS["calculated"]),
        ({"mode": "model", "cited": True}, chat_texts.KINDS["model"]),
        ({"mode": "quote", "cited": True}, chat_texts.KINDS["quote"]),
        ({"kind": AnswerKind.FIGURE, "cited": True}, chat_texts.FIGURE_LABEL),
    ],
)
def test_every_answer_says_in_words_how_it_was_made(update: dict[str, object], label: str) -> None:
    fields = dict(update)
    if fields.pop("cited", False):
        citation = Citation(marker=1, agreement_id="a", agreement_title="A", section="s",
                            passage_id="a:0-1", quote="q", start=0, end=1, agreement_version="v",
                            url="")  # fmt: skip
        fields = {"kind": AnswerKind.TEXT, "citations": (citation,), **fields}
    answer = answer_with("x").model_copy(update=fields)
    assert f'<h2 class="aa-label">{label}</h2>' in answer_html(answer)


def test_a_passage_shows_its_section(corpus: Corpus) -> None:
    from corpus.models import RankedPassage

    passage = corpus.passages[0]
    ranked = RankedPassage(
        passage_id=passage.id,
        agreement_id=passage.agreement_id,
        section="A › B",
        text="x < y",
        start=0,
        end=5,
        score=1.0,
    )
    assert "x &lt; y" in passage_html(ranked)
    assert "A › B" in passage_html(ranked)


def test_a_checked_text_is_escaped_and_says_each_verdict_in_words() -> None:
    text = "<b>4 mio. kr.</b> og 5 pct."
    numbers = tuple(
        CheckedNumber(
            printed=printed,
            start=text.index(printed),
            end=text.index(printed) + len(printed),
            verdict=verdict,
            says="Aftalen siger <i>4 mia. kr.</i>",
        )
        for printed, verdict in (("4 mio. kr.", Verdict.WRONG_UNIT), ("5 pct.", Verdict.RIGHT))
    )
    shown = check_html(text, Check(numbers=numbers))
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert '<mark class="off">4 mio. kr.</mark><sup>1</sup>' in shown
    assert "<mark>5 pct.</mark><sup>2</sup>" in shown
    assert texts.VERDICTS[Verdict.WRONG_UNIT] in shown
    assert texts.VERDICTS[Verdict.RIGHT] in shown


def test_a_text_without_numbers_says_so() -> None:
    assert texts.CHECK_NONE in check_html("Hej", Check(numbers=()))
