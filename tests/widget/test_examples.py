"""The clients in `widget/examples`, and the API behind a real nginx."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from chains import Assistant, Settings
from corpus.settings import PROJECT
from tests.browser.hosting import served
from tests.widget.serving import Server, free_port, wait_for
from widget.api import Api
from widget.auth import make_token

pytestmark = [pytest.mark.model, pytest.mark.enable_socket]
EXAMPLES = PROJECT / "widget" / "examples"
QUESTION = 'Hvor mange "nærhospitaler" kan der oprettes?'
STREAM = "/api/v1/ask/stream"


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example's nginx before the server; TLS left out, its files and ports its own."""
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    (folder / "users").write_text("anna:{PLAIN}ord\n", encoding="utf-8")
    example = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    lines = [line for line in example.splitlines() if "ssl_certificate" not in line]
    site = "\n".join(lines)
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8000", f"127.0.0.1:{server.port}"),
        ("aftaler.example.dk", "localhost"),
        ("/etc/nginx/aftaler.users", str(folder / "users")),
    ):
        assert old in site
        site = site.replace(old, new)
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error; user root;\n"
        f"events {{}}\nhttp {{ access_log off;\n{places}{site}\n}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([_program("nginx"), "-c", str(config), "-p", str(folder)])
    url = f"http://localhost:{port}"

    def answers() -> bool:
        try:
            return httpx.get(f"{url}/healthz").status_code == 401
        except httpx.TransportError:
            return False

    assert wait_for(answers), (folder / "error").read_text()
    yield url
    process.terminate()
    process.wait(30)


def test_only_who_signed_in_at_the_proxy_gets_through(proxy: str, server: Server) -> None:
    texts = "/api/v1/texts"
    forged = {"X-Forwarded-User": "bo"}
    assert httpx.get(proxy + texts, headers=forged).status_code == 401
    assert httpx.get(proxy + texts, auth=("anna", "forkert")).status_code == 401
    named = httpx.get(proxy + texts, auth=("anna", "ord"), headers=forged)
    assert named.status_code == 200
    assert "server" not in named.headers or "/" not in named.headers["server"]
    assert "frame-ancestors" in named.headers["content-security-policy"]


def test_stages_pass_the_proxy_as_they_come(proxy: str) -> None:
    parts = []
    body = {"question": QUESTION}
    with httpx.stream("POST", proxy + STREAM, json=body, auth=("anna", "ord"), timeout=120) as got:
        assert got.headers["content-type"].startswith("text/event-stream")
        parts = list(got.iter_raw())
    assert len(parts) > 1, "held back until the end"
    assert b"event: answer" not in parts[0]
    assert b"".join(parts).count(b"event: stage") == 5
    assert b"event: answer" in parts[-1] or b"event: answer" in b"".join(parts[-8:])


def test_a_body_too_large_is_refused_at_the_proxy(proxy: str) -> None:
    huge = httpx.post(proxy + STREAM, content=b"x" * 70_000, auth=("anna", "ord"))
    assert huge.status_code == 413


@pytest.fixture(scope="module")
def service(
    fake_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of a client: where the API is, and its token."""
    folder = tmp_path_factory.mktemp("clients")
    token, entry = make_token("client", ())
    (folder / "tokens.yaml").write_text(entry, encoding="utf-8")
    settings = Settings(
        api_auth="token", api_tokens_file=folder / "tokens.yaml", var_dir=folder, _env_file=None
    )
    api = Api(fake_assistant, settings)
    with served(api.app) as url:
        yield {**os.environ, "AFTALER_URL": url, "AFTALER_TOKEN": token}
    api.close()


def _run(command: str, question: str, environment: dict[str, str]) -> tuple[int, str]:
    name, file = command.split()
    if file == "ask.sh":
        _program("curl")
    program = sys.executable if name == "python" else _program(name)
    done = subprocess.run(
        [program, str(EXAMPLES / file), question],
        env=environment, capture_output=True, timeout=180, check=False,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).decode()


CLIENTS = ("sh ask.sh", "python ask.py", "node ask.mjs")


@pytest.mark.parametrize("command", CLIENTS)
def test_a_client_gets_the_answer(service: dict[str, str], command: str) -> None:
    code, said = _run(command, QUESTION, service)
    assert code == 0, said
    assert "op til 25 nærhospitaler" in said


@pytest.mark.parametrize("command", CLIENTS)
def test_a_client_tells_in_danish_what_was_refused(service: dict[str, str], command: str) -> None:
    code, said = _run(command, "x" * 8_001, service)
    assert code != 0
    assert "felter" in said
    code, said = _run(command, QUESTION, {**service, "AFTALER_TOKEN": "x" * 43})
    assert code != 0
    assert "nøgle" in said
