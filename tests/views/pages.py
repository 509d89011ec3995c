"""How the tests of pages open one without a browser, and read what it shows."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from corpus.settings import PROJECT


def open_page(name: str, **query: str) -> AppTest:
    """Open a page of `views/` with an address; nothing may have gone wrong."""
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=180)
    page.run()  # a page is known by its address after a first run
    page.switch_page(f"views/{name}.py")
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def html_of(page: AppTest) -> str:
    """Return all HTML that a page shows."""
    return "\n".join(element.proto.body for element in page.get("html"))
