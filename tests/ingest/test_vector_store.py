"""The same answers from a Chroma server as from a folder, and words alone when it is down."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from chains import Assistant, texts
from corpus.errors import VectorsDown
from corpus.settings import PROJECT, Settings
from ingest.build import process
from ingest.publish import publish
from ingest.vector_store import Server, server_of, versions_on
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, QUESTION, small_settings, write_agreement

pytestmark = [pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])]
QUESTIONS = (
    QUESTION,
    "Hvor mange mio. kr. afsættes til kajer på strækning 3?",
    "Hvem følger op på indsats 5?",
    "Hvad er aftalt om kraner og sejlrender?",
    "Hvad er klokken?",
    "Hvad er summen af beløbene på strækning 1 og 2?",
)
CHROMA = Path(sys.executable).with_name("chroma")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def chroma(folder: Path, port: int) -> Iterator[str]:
    """Run the Rust server with the configuration that is shipped, on another port and folder."""
    text = (PROJECT / "deploy" / "chroma.yaml").read_text(encoding="utf-8")
    config = folder / "chroma.yaml"
    text = text.replace("8100", str(port)).replace("/var/lib/chroma", str(folder / "data"))
    config.write_text(text, encoding="utf-8")
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([CHROMA, "run", config], stdout=log, stderr=log)
    try:
        wait_for(f"{url}/api/v2/heartbeat", 200)
        yield url
    finally:
        server.kill()
        server.wait()


def wait_for(url: str, status: int) -> None:
    for _ in range(300):
        try:
            if httpx.get(url, timeout=1).status_code == status:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(url)


def on_server(root: Path, url: str, token: str = "") -> Settings:
    settings = small_settings(root, grace_s=0.0)
    return Settings(
        **{
            **settings.model_dump(exclude={"chroma_url", "embedding_model", "chroma_token"}),
            "chroma_url": url,
            "chroma_token": token,
            "chroma_timeout_s": 2.0,
            "_env_file": None,
        }
    )


def answers(assistant: Assistant) -> list[str]:
    scope = [None, None, None, [ID], None, None]
    return [
        assistant.answer(question, (), chosen).model_dump_json(exclude={"timings_ms"})
        for question, chosen in zip(QUESTIONS, scope, strict=True)
    ]


def test_a_server_answers_as_a_folder_does_and_words_when_it_is_down(tmp_path: Path) -> None:
    embedded = Assistant.open(small_settings(tmp_path / "a"), embedder=FakeEmbedder())
    expected = answers(embedded)
    embedded.close()
    with chroma(tmp_path, free_port()) as url:
        settings = on_server(tmp_path / "b", url)
        server = server_of(settings)
        assert server is not None
        assistant = Assistant.open(settings, embedder=FakeEmbedder())
        assert answers(assistant) == expected
        first = assistant.corpus_version
        assert versions_on(server) == {first: 5}
        write_agreement(settings.agreements_dir, 500)
        second = publish(settings, process, FakeEmbedder()).name
        while assistant.corpus_version != second:
            time.sleep(0.05)
        assert "501 mio. kr." in "".join(answers(assistant))
        publish(settings, process, FakeEmbedder())  # the first is not in use any more
        assert versions_on(server) == {second: 5}
        before = assistant.answer(QUESTION)
    began = time.monotonic()
    after = assistant.answer(QUESTION)
    assert time.monotonic() - began < 6
    assert after.degraded
    assert after.notes[0] == texts.NOTE_WORDS_ONLY
    assert before.citations
    assert any("mio. kr. til havnen" in citation.quote for citation in after.citations)
    off_topic = assistant.answer("Hvordan bager man rugbrød?")
    assert off_topic.not_found_reason is not None
    with pytest.raises(VectorsDown):
        assistant.probe()
    started = Assistant.open(settings, embedder=FakeEmbedder())  # also one that starts meanwhile
    assert started.answer(QUESTION).degraded
    for each in (assistant, started):
        each.close()


def test_a_server_that_hangs_costs_one_deadline(tmp_path: Path) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        server = Server(f"http://127.0.0.1:{deaf.getsockname()[1]}", "", 0.5)
        began = time.monotonic()
        with pytest.raises(VectorsDown):
            versions_on(server)
        assert time.monotonic() - began < 3


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not on this machine")
def test_the_proxy_lets_nobody_in_without_the_token(tmp_path: Path) -> None:
    inner, outer = free_port(), free_port()
    proxy = (PROJECT / "deploy" / "chroma-proxy.conf").read_text(encoding="utf-8")
    proxy = proxy.replace("8100", str(inner)).replace("listen 8000", f"listen 127.0.0.1:{outer}")
    proxy = proxy.replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "chroma-token.map").write_text(
        'map $http_authorization $chroma_allowed { default 0; "Bearer secret" 1; }\n', "utf-8"
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log {tmp_path}/error.log;\n"
        f"events {{}}\nhttp {{\n{proxy}\n}}\n",
        encoding="utf-8",
    )
    url = f"http://127.0.0.1:{outer}"
    command = ["nginx", "-p", str(tmp_path), "-c", "nginx.conf"]
    with chroma(tmp_path, inner):
        nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            wait_for(url, 401)
            collections = f"{url}/api/v2/tenants/default_tenant/databases/default_database"
            for method, path in (
                ("POST", "/collections"), ("DELETE", "/collections/x"), ("GET", "/collections"),
            ):  # fmt: skip
                assert httpx.request(method, f"{collections}{path}").status_code == 401
            allowed = {"Authorization": "Bearer secret"}
            assert httpx.get(f"{collections}/collections", headers=allowed).status_code == 200
            assert httpx.post(f"{url}/api/v2/reset", headers=allowed).status_code == 403
            with pytest.raises(VectorsDown):
                versions_on(Server(url, "wrong", 2.0))
            settings = on_server(tmp_path / "c", url, "secret")
            assistant = Assistant.open(settings, embedder=FakeEmbedder())
            assert not assistant.answer(QUESTION).degraded
            assistant.close()
        finally:
            nginx.terminate()
            nginx.wait()
