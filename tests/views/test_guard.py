"""What the app's guard lets in and adds on the way out, around a small app in Streamlit's place."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from chains import Settings, errors
from views.guard import BROWSER_COOKIE, SECURITY, Guard
from views.shell import make_shell, rewrite

SHELL = make_shell()


async def _page(_: Any) -> HTMLResponse:
    answer = HTMLResponse("<html lang='en'>", headers={"etag": "x", "server": "uvicorn"})
    answer.set_cookie("_streamlit_user", "a", max_age=30 * 86_400)
    return answer


async def _media(_: Any) -> HTMLResponse:
    answer = HTMLResponse("<b>egen fil</b>")
    answer.set_cookie("_streamlit_user", "a", max_age=30 * 86_400)
    return answer


async def _down(_: Any) -> PlainTextResponse:
    return PlainTextResponse("Authentication error", 400)


async def _stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("her")
    await socket.close()


INNER = Starlette(
    routes=[
        Route("/media/x", _media),
        Route("/auth/login", _down),
        WebSocketRoute("/_stcore/stream", _stream),
        Route("/{rest:path}", _page, methods=["GET", "HEAD", "POST"]),
    ]
)


def client(peer: str = "127.0.0.1", **given: Any) -> TestClient:
    settings = Settings(_env_file=None, **given)
    guard = Guard(INNER, settings, SHELL)
    return TestClient(guard, "http://localhost:8501", client=(peer, 50_000), cookies={})


@pytest.mark.parametrize("path", ["/", "/aftaler", "/x/y", "/_stcore/agent/mcp", "/auth/login"])
def test_every_page_has_every_header_and_no_banner(path: str) -> None:
    answer = client().get(path)
    assert {name: answer.headers[name] for name in SECURITY} == SECURITY
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "server" not in answer.headers
    assert 'lang="da"' in answer.text


def test_the_page_around_the_app_is_danish_and_runs_nothing_inline() -> None:
    page = client().get("/").text
    assert '<html lang="da">' in page
    assert "<title>Aftaleassistenten</title>" in page
    assert "<script>" not in page
    assert "_stcore/agent" not in page
    assert "You need" not in page
    script = client().get(SHELL.script_path)
    assert script.headers["content-type"].startswith("text/javascript")
    assert "immutable" in script.headers["cache-control"]


def test_another_streamlit_is_refused_rather_than_served_in_english() -> None:
    with pytest.raises(errors.RunRefused) as refused:
        rewrite("<html><head></head><body></body></html>", "/x.js")
    assert refused.value.reason == "shell"


MALFORMED = ["", "a b", "localhost:99999", "localhost@ond", "[::1", "localhost,ond", "localhost/x",
             "ond\\localhost", "localhost:", "-localhost", "localhost#x", "local_host"]  # fmt: skip


@pytest.mark.parametrize("host", MALFORMED)
def test_a_malformed_host_is_refused(host: str) -> None:
    assert client().get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["ond.example", "localhost.ond.example", "127.0.0.2"])
def test_an_unknown_host_is_refused(host: str) -> None:
    answer = client().get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "ASSISTANT_APP_HOSTS" in answer.text


def test_the_public_address_is_a_known_host() -> None:
    given = client(app_url="https://aftaler.example.dk")
    assert given.get("/", headers={"Host": "aftaler.example.dk"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json",
             "/_stcore/metrics", "/_stcore/script-health-check", "/side/_stcore/agent/mcp"],
)  # fmt: skip
def test_what_streamlit_serves_to_programs_is_closed(path: str) -> None:
    assert client().post(path, json={}).status_code == 404


@pytest.mark.parametrize("origin", ["https://ond.example", "null", "http://localhost:9999"])
def test_another_web_page_can_neither_post_nor_open_a_socket(origin: str) -> None:
    one = client()
    assert one.post("/", headers={"Origin": origin}).status_code == 403
    with pytest.raises(WebSocketDisconnect), one.websocket_connect(
        "ws://localhost:8501/_stcore/stream", headers={"Origin": origin}
    ):  # fmt: skip
        pass


def test_the_app_itself_opens_its_socket() -> None:
    headers = {"Origin": "http://localhost:8501"}
    with client().websocket_connect("ws://localhost:8501/_stcore/stream", headers=headers) as one:
        assert one.receive_text() == "her"


def test_a_browser_is_known_again_by_a_random_cookie() -> None:
    one = client()
    first = one.get("/")
    name = one.cookies[BROWSER_COOKIE]
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=31536000" in cookie
    assert "Secure" not in cookie
    one.get("/")
    assert one.cookies[BROWSER_COOKIE] == name
    assert client().get("/").headers["set-cookie"] != cookie


def test_a_cookie_that_is_not_ours_is_replaced() -> None:
    answer = client().get("/", headers={"Cookie": f"{BROWSER_COOKIE}=gaettet"})
    assert "gaettet" not in answer.headers["set-cookie"]


def test_behind_https_no_cookie_travels_without_it_and_a_sign_in_ends_in_time() -> None:
    one = client(app_url="https://aftaler.example.dk", sign_in_hours=9)
    assert "Secure" in one.get("/").headers["set-cookie"]
    cookie = one.get("/media/x").headers["set-cookie"]
    assert "Max-Age=32400" in cookie
    assert "Secure" in cookie


def test_a_file_of_the_users_is_not_taken_for_the_page() -> None:
    answer = client().get("/media/x")
    assert answer.text == "<b>egen fil</b>"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_sign_in_that_does_not_answer_is_told_in_danish() -> None:
    answer = client().get("/auth/login")
    assert answer.status_code == 502
    assert "Login svarer ikke" in answer.text


PROXIED = {"app_auth": "proxy", "app_proxies": ("10.0.0.0/8",)}


@pytest.fixture
def proxied() -> Iterator[TestClient]:
    yield client("10.1.2.3", **PROXIED)


def test_a_proxy_that_is_believed_names_the_user(proxied: TestClient) -> None:
    assert proxied.get("/", headers={"X-Forwarded-User": "anna"}).status_code == 200


@pytest.mark.parametrize("name", [None, "", " ", "x" * 201])
def test_without_a_name_nobody_comes_in(proxied: TestClient, name: str | None) -> None:
    headers = {} if name is None else {"X-Forwarded-User": name}
    assert proxied.get("/", headers=headers).status_code == 401


def test_two_names_are_none(proxied: TestClient) -> None:
    headers = [("X-Forwarded-User", "anna"), ("X-Forwarded-User", "bo")]
    assert proxied.get("/", headers=headers).status_code == 401


@pytest.mark.parametrize("peer", ["192.168.1.4", "127.0.0.1", "testclient"])
def test_a_name_that_no_proxy_gave_is_not_believed(peer: str) -> None:
    forger = client(peer, **PROXIED)
    headers = {"X-Forwarded-User": "anna", "X-Forwarded-For": "10.1.2.3"}
    assert forger.get("/", headers=headers).status_code == 401
    assert forger.get("/media/x", headers=headers).status_code == 401
    with pytest.raises(WebSocketDisconnect), forger.websocket_connect(
        "ws://localhost:8501/_stcore/stream", headers=headers
    ):  # fmt: skip
        pass
