"""Signing in through a real OpenID provider, as a user meets it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from chains import run_texts
from tests.browser.driving import SLOW_MS, wait_quiet
from tests.browser.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.browser.serving import free_url

TENANT = "t-1"
HOURS = 3_600
_OF_THE_CORPUS = [b"nomiaftale", b"sundhedsreform", b"Boks", b"Regioner"]
"""What any page of the app holds, and nothing that an anonymous visitor is sent may."""


@dataclass(frozen=True)
class Guarded:
    """An app with sign-in, and what is needed to start it again."""

    url: str
    var: Path
    settings: dict[str, str]


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture(scope="module")
def guarded(
    provider: Provider,
    start_app: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Guarded:
    url, var = free_url(), tmp_path_factory.mktemp("signed") / "var"
    settings = {
        "ASSISTANT_APP_AUTH": "oidc",
        "ASSISTANT_APP_URL": url,
        "ASSISTANT_OIDC_METADATA_URL": f"{provider.url}/.well-known/openid-configuration",
        "ASSISTANT_OIDC_CLIENT_ID": CLIENT_ID,
        "ASSISTANT_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "ASSISTANT_OIDC_TENANTS": f'["{TENANT}"]',
        "ASSISTANT_COOKIE_SECRET": "kun-til-proever-" * 2,
    }
    start_app(var, url, **settings)
    return Guarded(url, var, settings)


@pytest.fixture
def visit(chromium: Browser, guarded: Guarded) -> Iterator[Page]:
    """A browser that has never been there, at the door."""
    context = chromium.new_context(locale="da-DK")
    page = context.new_page()
    page.set_default_timeout(SLOW_MS)
    page.goto(guarded.url)
    page.get_by_role("heading", name=run_texts.SIGN_IN_TITLE).wait_for()
    yield page
    context.close()


def person(**claims: object) -> dict[str, object]:
    return {"name": "Anna Andersen", "email": "anna@example.dk", "tid": TENANT, **claims}


def sign_in(page: Page, label: str = run_texts.SIGN_IN) -> None:
    wait_quiet(page)
    page.get_by_role("button", name=label, exact=True).click()


def expect_inside(page: Page) -> None:
    shown = page.get_by_text(run_texts.SIGNED_IN_AS.format(name="Anna Andersen"))
    expect(shown).to_be_attached(timeout=SLOW_MS)


def test_who_has_not_signed_in_is_sent_nothing_of_the_corpus(
    chromium: Browser, guarded: Guarded
) -> None:
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda f: sent.append(f if isinstance(f, bytes) else f.encode()))

    for path in ("/", "/redaktion", "/aftaler"):
        context = chromium.new_context()
        page = context.new_page()
        page.on("websocket", listen)
        page.goto(guarded.url + path)
        page.get_by_role("heading", name=run_texts.SIGN_IN_TITLE).wait_for(timeout=SLOW_MS)
        wait_quiet(page)
        assert page.get_by_role("textbox").count() == 0
        context.close()
    whole = b"".join(sent)
    assert run_texts.SIGN_IN_WHY[:30].encode() in whole  # the frames were read
    assert [word for word in _OF_THE_CORPUS if word in whole] == []


def test_signing_in_leads_in_and_signing_out_leads_out(
    visit: Page, provider: Provider, guarded: Guarded
) -> None:
    provider.claims = person()
    left = provider.left
    sign_in(visit)
    expect_inside(visit)
    asked = provider.asked[-1]
    assert asked["redirect_uri"] == f"{guarded.url}/oauth2callback"
    assert asked["max_age"] == str(10 * HOURS)
    cookies = {cookie["name"]: cookie for cookie in visit.context.cookies()}
    held = cookies["_streamlit_user"]
    assert held["httpOnly"]
    assert held["expires"] < time.time() + 10 * HOURS + 60
    visit.get_by_role("button", name=run_texts.SIGN_OUT).click()
    visit.get_by_role("heading", name=run_texts.SIGN_IN_TITLE).wait_for()
    assert provider.left == left + 1


def test_another_organisation_is_refused(visit: Page, provider: Provider) -> None:
    provider.claims = person(tid="t-2")
    sign_in(visit)
    expect(visit.get_by_text(run_texts.SIGN_IN_PROBLEMS["tenant"])).to_be_visible(timeout=SLOW_MS)
    assert visit.get_by_role("textbox").count() == 0


def test_a_sign_in_of_13_hours_ago_is_asked_for_again(visit: Page, provider: Provider) -> None:
    provider.claims = person(auth_time=int(time.time()) - 13 * HOURS)
    sign_in(visit)
    expect(visit.get_by_text("mere end 10 timer gammelt")).to_be_visible(timeout=SLOW_MS)
    assert visit.get_by_role("textbox").count() == 0
    provider.claims = person()
    sign_in(visit, run_texts.SIGN_IN_AGAIN)
    expect_inside(visit)


def test_a_restart_keeps_the_sign_in(
    visit: Page,
    provider: Provider,
    guarded: Guarded,
    start_app: Callable[..., str],
    stop_app: Callable[[str], None],
) -> None:
    provider.claims = person()
    sign_in(visit)
    expect_inside(visit)
    stop_app(guarded.url)
    start_app(guarded.var, guarded.url, **guarded.settings)
    visit.goto(guarded.url)
    expect_inside(visit)
