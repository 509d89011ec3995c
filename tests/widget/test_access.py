"""Who may come in, and how much is taken on."""

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from chains import Answer, Assistant, Settings
from corpus import errors
from tests.conftest import ECONOMY
from widget.api import Api
from widget.auth import check_binding, make_token
from widget.capacity import Capacity

ASK, TEXTS = "/api/v1/ask", "/api/v1/texts"
QUESTION = {"question": "Hvad er teknologibidraget?"}


@pytest.fixture
def tokens(tmp_path: Path) -> tuple[Path, str, str]:
    """A file with two tokens; the first may be used from a page elsewhere."""
    one, entry = make_token("kommune", ("https://intra.dk",))
    two, other = make_token("region", ())
    both = {"tokens": [*yaml.safe_load(entry)["tokens"], *yaml.safe_load(other)["tokens"]]}
    path = tmp_path / "tokens.yaml"
    path.write_text(yaml.safe_dump(both), encoding="utf-8")
    assert one not in path.read_text(encoding="utf-8")
    return path, one, two


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_token_opens_and_nothing_else_does(open_api, tokens) -> None:
    path, one, _ = tokens
    client = open_api(api_auth="token", api_tokens_file=path)
    assert client.get(TEXTS, headers=bearer(one)).status_code == 200
    wrong = [
        "",
        "Bearer",
        f"Basic {one}",
        f"Bearer {one[:-1]}",
        f"Bearer {one}x",
        "Bearer " + "a" * 43,
    ]
    for given in wrong:
        response = client.get(TEXTS, headers={"authorization": given})
        assert response.status_code == 401, given
        assert response.headers["www-authenticate"] == "Bearer"
    assert client.get(TEXTS).status_code == 401
    assert client.get(TEXTS, params={"token": one}).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_a_token_is_good_on_its_own_pages_only(open_api, tokens) -> None:
    path, one, two = tokens
    client = open_api(api_auth="token", api_tokens_file=path)
    origin = {"origin": "https://intra.dk"}
    assert client.get(TEXTS, headers={**bearer(one), **origin}).status_code == 200
    assert client.get(TEXTS, headers={**bearer(two), **origin}).status_code == 403


@pytest.mark.parametrize("text", ["tokens: 7", "tokens: [{name: a, sha256: x}]", "][", None])
def test_a_token_file_that_cannot_be_used_is_named(
    fake_assistant: Assistant, tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "tokens.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    settings = Settings(api_auth="token", api_tokens_file=path, _env_file=None)
    with pytest.raises(errors.TokensUnreadable, match=r"tokens\.yaml"):
        Api(fake_assistant, settings)


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("10.0.0.7", {"X-Forwarded-User": "anna"}, 200),
        ("10.0.1.7", {"X-Forwarded-User": "anna"}, 401),
        ("10.0.0.7", {}, 401),
        ("10.0.0.7", {"X-Forwarded-User": " "}, 401),
        ("10.0.0.7", {"X-Forwarded-For": "10.0.0.7", "Remote-User": "anna"}, 401),
        ("unix", {"X-Forwarded-User": "anna"}, 401),
    ],
)
def test_an_identity_is_believed_from_the_proxy_alone(
    open_api, peer: str, headers: dict[str, Any], status: int
) -> None:
    client = open_api(api_auth="proxy", api_proxies=("10.0.0.0/24",), client=(peer, 1))
    assert client.get(TEXTS, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("auth", "host", "good"),
    [("none", "127.0.0.1", True), ("none", "::1", True), ("none", "localhost", True),
     ("none", "0.0.0.0", False), ("none", "::", False), ("none", "10.0.0.1", False),  # noqa: S104
     ("token", "0.0.0.0", True), ("proxy", "0.0.0.0", True)],  # noqa: S104
)  # fmt: skip
def test_without_sign_in_only_the_machine_itself_is_bound(auth, host: str, good: bool) -> None:
    settings = Settings(api_auth=auth, _env_file=None)
    if good:
        check_binding(settings, host)
    else:
        with pytest.raises(errors.UnsafeBinding):
            check_binding(settings, host)


def test_the_21st_question_of_a_minute_waits_and_others_do_not(open_api) -> None:
    client = open_api(api_auth="proxy", api_proxies=("127.0.0.1",), api_asks_per_minute=20)
    body = {"question": "Hvad?", "agreements": ["x"]}  # refused quickly, and counts
    anna, bo = ({"X-Forwarded-User": name} for name in ("anna", "bo"))
    codes = [client.post(ASK, json=body, headers=anna).status_code for _ in range(20)]
    assert codes == [422] * 20
    late = client.post(ASK, json=body, headers=anna)
    assert late.status_code == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert client.post(ASK, json=body, headers=bo).status_code == 422


def test_a_minute_later_there_is_room_again() -> None:
    now = [0.0]
    capacity = Capacity(Settings(api_asks_per_minute=2, _env_file=None), lambda: now[0])
    for _ in range(2):
        capacity.submit("a", lambda _: None).future.result()
    with pytest.raises(errors.TooManyAsks) as refused:
        capacity.submit("a", lambda _: None)
    assert refused.value.retry_after_s == 60
    now[0] = 60.0
    capacity.submit("a", lambda _: None).future.result()
    capacity.close()


def test_so_many_at_once_for_one_and_for_all() -> None:
    settings = Settings(
        api_asks_at_once=2, api_workers=1, api_queue=2, api_stream_queue=3, _env_file=None
    )
    capacity = Capacity(settings)
    release = threading.Event()
    jobs = [capacity.submit(who, lambda _: release.wait(5)) for who in ("a", "a", "b")]
    with pytest.raises(errors.TooManyAsks):
        capacity.submit("a", lambda _: None)
    with pytest.raises(errors.Overloaded):
        capacity.submit("c", lambda _: None)
    jobs.append(capacity.submit("c", lambda _: release.wait(5), streamed=True))
    with pytest.raises(errors.Overloaded):
        capacity.submit("d", lambda _: None, streamed=True)
    release.set()
    assert all(job.future.result() for job in jobs)
    assert capacity.submit("c", lambda _: 7).future.result() == 7
    capacity.close()


class Slow:
    """An assistant whose answers take their time, stage by stage."""

    def __init__(self, answer: Answer, stages: int = 100) -> None:
        self.began = self.ended = self.finished = 0
        self._answer, self._stages = answer, stages
        self.agreements = ()

    def answer(self, question, history, agreements, on_stage) -> Answer:
        self.began += 1
        try:
            for _ in range(self._stages):
                on_stage("understand")
                time.sleep(0.02)
            self.finished += 1
            return self._answer
        finally:
            self.ended += 1


@pytest.fixture
def answer(fake_assistant: Assistant) -> Answer:
    return fake_assistant.answer("Hvad er teknologibidraget?", (), [ECONOMY])


def test_too_slow_an_answer_is_given_up_and_stopped(open_api, answer: Answer) -> None:
    slow = Slow(answer)
    client = open_api(slow, api_timeout_s=0.2)
    response = client.post(ASK, json=QUESTION)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    streamed = client.post(f"{ASK}/stream", json=QUESTION).text
    assert streamed.count("event: error") == 1
    assert '"status":503' in streamed
    _wait(lambda: slow.ended == slow.began == 2)
    assert slow.finished == 0


@pytest.mark.parametrize("path", [ASK, f"{ASK}/stream"])
def test_an_answer_nobody_waits_for_ends_at_its_next_stage(
    fake_assistant: Assistant, answer: Answer, path: str
) -> None:
    slow = Slow(answer)
    api = Api(slow, Settings(_env_file=None))  # type: ignore[arg-type]
    body = b'{"question": "Hvad er teknologibidraget?"}'

    async def hang_up() -> None:
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in given:
                return message
            await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}

        async def send(_: object) -> None:
            return

        headers = [(b"host", b"localhost"), (b"content-type", b"application/json"),
                   (b"content-length", str(len(body)).encode())]  # fmt: skip
        scope = {"type": "http", "method": "POST", "path": path, "raw_path": b"", "scheme": "http",
                 "query_string": b"", "headers": headers, "client": ("127.0.0.1", 1),
                 "http_version": "1.1", "asgi": {"version": "3.0"}}  # fmt: skip
        await api.app(scope, receive, send)

    asyncio.run(hang_up())
    _wait(lambda: slow.ended == 1 and api.capacity.running == 0)
    assert slow.finished == 0
    api.close()


def test_health_answers_while_all_places_are_taken(open_api, answer: Answer) -> None:
    client = open_api(Slow(answer, 20), api_workers=2, api_queue=2)
    with client, ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: client.post(ASK, json=QUESTION).status_code, range(8)))
        asked = pool.submit(client.post, ASK, json=QUESTION)
        began = time.monotonic()
        assert client.get("/healthz").status_code == 200
        assert time.monotonic() - began < 2  # an answer takes 20; `make load` counts milliseconds
        assert asked.result().status_code == 200
    assert sorted(codes) == [200] * 4 + [503] * 4


def _wait(done, seconds: float = 2.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_readiness_is_a_real_search(open_api, fake_assistant: Assistant, monkeypatch) -> None:
    assert open_api().get("/readyz").json()["corpus_version"] == fake_assistant.corpus_version

    def broken() -> None:
        raise errors.IndexDamaged(Path("i"))

    monkeypatch.setattr(fake_assistant, "probe", broken)
    client = open_api()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_measures_are_on_the_internal_port_alone(open_api, fake_assistant: Assistant) -> None:
    api = Api(fake_assistant, Settings(_env_file=None))
    public = TestClient(api.app, "http://localhost", client=("127.0.0.1", 1))
    inside = TestClient(api.internal, "http://localhost", client=("127.0.0.1", 1))
    public.post(ASK, json=QUESTION)
    public.get("/anything/010190-1234")
    shown = inside.get("/metrics").text
    assert 'aftale_requests_total{method="POST",route="/api/v1/ask",status="200"} 1.0' in shown
    assert 'kind="figure"' in shown
    assert "010190" not in shown
    assert inside.get("/docs").status_code == 200
    assert public.get("/docs").status_code == 404
    api.close()
