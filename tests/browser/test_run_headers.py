"""Every page that the app serves carries the security headers, known or not (SEC-02)."""

from __future__ import annotations

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from corpus.settings import PROJECT
from views.guard import SECURITY

PAGES = ("", "aftaler", "tal", "aftalt", "beregn", "tjek-tal", "hvor-naevnes", "om", "redaktion")
OTHERS = ("aftaler?id=x", "findes-ikke", "a/b/c", "index.html", "oauth2callback",
          "static/nothing.js", "_stcore/health", "_stcore/agent", "%2e%2e/app.py")  # fmt: skip


def test_the_list_of_pages_is_that_of_the_app() -> None:
    app = (PROJECT / "app.py").read_text(encoding="utf-8")
    named = app.count("st.Page(")
    assert named == len(PAGES)
    assert [page for page in PAGES if page and f'url_path="{page}"' not in app] == []


@pytest.mark.parametrize("path", [*PAGES, *OTHERS], ids=lambda p: p or "start")
def test_every_response_carries_the_headers(path: str, app_url: str) -> None:
    try:
        with urlopen(f"{app_url}/{path}", timeout=60) as response:  # noqa: S310
            status, headers = response.status, response.headers
    except HTTPError as error:
        status, headers = error.code, error.headers
    assert status < 500
    assert {name: headers[name] for name in SECURITY} == SECURITY
    if path in PAGES:
        assert status == 200
        assert headers["Content-Type"].startswith("text/html")
        assert headers["Cache-Control"] == "no-store"
