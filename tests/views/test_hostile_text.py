"""What stands in an agreement or a link can load nothing and leads nowhere but to our own pages."""

import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
import yaml
from streamlit.testing.v1 import AppTest

from chains import Assistant, reader_texts
from corpus.settings import PROJECT
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, small_settings
from views.shared import shelf

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
PAYLOADS = (
    "![a](http://evil.example/a.png)",
    '<img src="http://evil.example/b.png" onerror="alert(1)">',
    "<script src=//evil.example/c.js></script>",
    "<svg onload=alert(1)><image href=http://evil.example/d></svg>",
    "<style>@import url(http://evil.example/e.css)</style>",
    '<iframe src="javascript:alert(1)"></iframe>',
    "[klik](javascript:alert(1))",
    '" onmouseover="alert(1)" x="',
    "'><a href='data:text/html,x'>",
    "</article></div><base href=http://evil.example/>",
    "&lt;img src=http://evil.example/f&gt;",
    "[ref]: http://evil.example/g.png",
)
_TAGS = {
    "a", "article", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "h2", "h3",
    "h4", "h5", "li", "mark", "nav", "ol", "p", "section", "span", "style", "summary", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"id", "class", "href", "aria-label", "role", "lang", "scope", "tabindex"}
_LINK = re.compile(r"(?:#|(?:aftaler|tal|aftalt)(?:\?[\w%.&=+-]*)?$)")


class Looked(HTMLParser):
    """What a page's HTML holds besides text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An agreement of payloads that nobody has reviewed, behind the fake embedder."""
    settings = small_settings(tmp_path_factory.mktemp("hostile"))
    lines = ["Aftale om havnen for 2030"]
    for number, payload in enumerate(PAYLOADS, 1):
        lines.append(f"{number}. Kapitel {payload}")
        lines.append(
            f"Parterne er enige om {payload} i 2030. Der afsættes {number} mio. kr. til {payload}."
        )
    data = "\n\n".join(lines).encode()
    (settings.agreements_dir / f"{ID}.txt").write_bytes(data)
    head_file: Path = settings.agreements_dir / f"{ID}.yaml"
    head = yaml.safe_load(head_file.read_text("utf-8"))
    head |= {"sha256": hashlib.sha256(data).hexdigest(), "title": f"Aftale {PAYLOADS[0]}",
             "short_title": f"Aftale {PAYLOADS[1]}", "parties": [PAYLOADS[2]]}  # fmt: skip
    head_file.write_text(yaml.safe_dump(head, allow_unicode=True), "utf-8")
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    yield assistant
    assistant.close()
    st.cache_resource.clear()


def open_page(assistant: Assistant, name: str, **query: str) -> AppTest:
    shelf().assistant = assistant
    page = AppTest.from_file(str(PROJECT / "views" / f"{name}.py"), default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def check(page: AppTest) -> str:
    html = "\n".join(element.proto.body for element in page.get("html"))
    looked = Looked()
    looked.feed(html)
    assert looked.tags <= _TAGS
    assert looked.attributes <= _ATTRIBUTES
    assert [link for link in looked.links if not _LINK.match(link)] == []
    shown = [*page.error, *page.warning, *page.info, *page.success, *page.markdown, *page.header]
    for one in shown:  # Streamlit reads these as Markdown
        assert not re.search(r"(?<!\\)(?:!\[|\]\(|<[a-z/])", one.value)
    return html


def test_a_hostile_agreement_is_shown_as_the_characters_it_is(hostile: Assistant) -> None:
    html = check(open_page(hostile, "agreements", id=ID, soeg="kr. til"))
    assert "&lt;script src=//evil.example/c.js&gt;&lt;/script&gt;" in html
    figures, commitments = hostile.library.figures, hostile.library.commitments
    assert figures
    assert commitments
    assert reader_texts.BY_RULE in check(open_page(hostile, "figures"))
    assert reader_texts.BY_RULE in check(open_page(hostile, "commitments"))
    for entry in figures[:3]:
        check(open_page(hostile, "figures", id=entry.entry_key))
        check(open_page(hostile, "agreements", id=ID, tal=entry.figure_id))
    for one in commitments[:3]:
        check(open_page(hostile, "commitments", id=one.entry_key))
    for section in hostile.library.sections(ID):
        check(open_page(hostile, "agreements", id=ID, afsnit=section.id.removeprefix(f"{ID}/")))


def test_an_agreement_that_nobody_has_reviewed_is_told(hostile: Assistant) -> None:
    page = open_page(hostile, "agreements", id=ID)
    assert any("ikke gennemgået af en person" in one.value for one in page.warning)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_link_is_told_as_text(hostile: Assistant, payload: str) -> None:
    check(open_page(hostile, "agreements", id=payload))
    check(open_page(hostile, "agreements", id=ID, afsnit=payload, soeg=payload))
    check(open_page(hostile, "figures", id=payload, soeg=payload, tema=payload, valgt=payload))
    check(open_page(hostile, "commitments", id=payload, hvem=payload))
