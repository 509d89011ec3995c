import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from chains import Settings
from chains.llm import ChatWriter, open_writer
from corpus.errors import ModelFailed, ModelNoConsent, ModelPackageMissing, ModelUnknown
from tests.chains.conftest import SHORT
from tests.llm_server import (
    LlmServer,
    break_off,
    cut,
    drip,
    fail,
    hang,
    redirect,
    say,
    say_in_turn,
    serve,
    stall,
)

ASK = [("system", "Svar."), ("human", "Borgeren 010190-1234 spørger om 20 mio. kr.")]
SLACK_S = 10
"""What a busy machine may add to a deadline."""
_OPENED: list[ChatWriter] = []


class Form(BaseModel):
    said: str


@pytest.fixture
def settings(llm: LlmServer, tmp_path: Path) -> Settings:
    return Settings(
        llm_model="openai:test",
        llm_base_url=llm.url,
        var_dir=tmp_path / "var",
        _env_file=None,
        **SHORT,
    )


@pytest.fixture(autouse=True)
def opened() -> Iterator[list[ChatWriter]]:
    """Let go of every writer of a test, and of its connections."""
    _OPENED.clear()
    yield _OPENED
    for writer in _OPENED:
        writer.close()


def open_(settings: Settings) -> ChatWriter:
    writer = open_writer(settings)
    assert writer is not None
    _OPENED.append(writer)
    return writer


def write(writer: ChatWriter, seconds: float = 30.0) -> str:
    return writer.write(ASK, Form, time.monotonic() + seconds).said


def test_what_the_model_says_is_read_into_the_form(llm: LlmServer, settings: Settings) -> None:
    llm.reply = say('Her er det:\n```json\n{"said": "To ord."}\n```')
    assert write(open_(settings)) == "To ord."
    asked = llm.seen[0]
    assert "tools" not in asked and "functions" not in asked
    assert asked["temperature"] == 0 and asked["stream"] is True


def test_no_cpr_number_leaves(llm: LlmServer, settings: Settings) -> None:
    llm.reply = say('{"said": "x"}')
    write(open_(settings))
    assert "010190" not in str(llm.seen) and "[CPR]" in str(llm.seen)


@pytest.mark.parametrize(
    ("reply", "reason", "calls"),
    [
        (hang, "slow", 1),
        (stall, "slow", 1),
        (drip, "slow", 1),
        (cut, "garbage", 2),
        (break_off, "garbage", 2),
        (fail(429, "3600"), "status 429", 2),
        (fail(500), "status 500", 2),
        (fail(401), "status 401", 1),
        (say("Beklager, det kan jeg ikke hjælpe med."), "garbage", 2),
        (say('{"other": 1}'), "garbage", 2),
        (say("x" * 30_000), "garbage", 1),
    ],
    ids=["hang", "stall", "drip", "cut", "broken", "429", "500", "401", "refusal", "form", "long"],
)
def test_every_fault_ends_in_time(
    reply: object, reason: str, calls: int, llm: LlmServer, settings: Settings
) -> None:
    llm.reply = reply  # type: ignore[assignment]
    writer = open_(settings)
    began = time.monotonic()
    with pytest.raises(ModelFailed) as failed:
        write(writer, settings.llm_total_s)
    assert failed.value.reason == reason
    assert time.monotonic() - began < settings.llm_total_s + SLACK_S
    assert len(llm.seen) == calls


def test_a_server_that_is_not_there(llm: LlmServer, settings: Settings) -> None:
    llm.server_close()
    with pytest.raises(ModelFailed) as failed:
        write(open_(settings))
    assert failed.value.reason == "connect"


def test_one_retry_mends_a_fault(llm: LlmServer, settings: Settings) -> None:
    llm.reply = say_in_turn('{"said', '{"said": "x"}')
    assert write(open_(settings)) == "x"


def test_a_redirect_is_not_followed(llm: LlmServer, settings: Settings) -> None:
    with serve() as other:
        llm.reply = redirect(f"{other.url}/chat/completions")
        with pytest.raises(ModelFailed, match="status 307"):
            write(open_(settings))
        assert other.seen == []


def test_a_dead_model_is_left_alone_and_tried_again(llm: LlmServer, settings: Settings) -> None:
    given = {"llm_failures": 5, "llm_open_s": 0.2}
    writer = open_(settings.model_copy(update=given))
    llm.reply = fail(500)
    for _ in range(5):
        with pytest.raises(ModelFailed, match="status 500"):
            write(writer)
    before = len(llm.seen)
    with pytest.raises(ModelFailed, match="open"):
        write(writer)
    assert len(llm.seen) == before
    llm.reply = say('{"said": "x"}')
    deadline = time.monotonic() + 60
    while True:
        try:
            assert write(writer) == "x"
            break
        except ModelFailed:
            assert time.monotonic() < deadline


def test_tokens_and_cost_are_logged_and_no_question(
    llm: LlmServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    llm.reply = say('{"said": "x"}')
    priced = settings.model_copy(update={"llm_kr_per_million_in": 10.0})
    with caplog.at_level(logging.INFO, logger="chains"):
        write(open_(priced))
    line = caplog.messages[-1]
    assert "tokens_in=100" in line and "tokens_out=20" in line and "cost_kr=0.0010" in line
    assert "20 mio" not in caplog.text


def test_the_days_budget_is_for_all_processes(llm: LlmServer, settings: Settings) -> None:
    llm.reply = say('{"said": "x"}')
    poor = settings.model_copy(update={"llm_daily_tokens": 200})
    write(open_(poor))
    write(open_(poor))  # 240 of 200: the last one that was let through
    with pytest.raises(ModelFailed, match="budget"):
        write(open_(poor))
    assert len(llm.seen) == 2


def test_nothing_is_traced(
    llm: LlmServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as elsewhere:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "k")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", elsewhere.url)
        llm.reply = say('{"said": "x"}')
        write(open_(settings))
        assert elsewhere.seen == []


def test_the_key_is_in_no_print(settings: Settings) -> None:
    held = Settings(llm_model="openai:x", llm_api_key="hemmelig", _env_file=None)
    assert "hemmelig" not in repr(held)


@pytest.mark.parametrize("name", ["gpt-4o", "openai:", "ukendt:x", ":x"])
def test_a_name_that_says_nothing_is_refused(name: str, settings: Settings) -> None:
    with pytest.raises(ModelUnknown):
        open_writer(settings.model_copy(update={"llm_model": name}))


def test_a_missing_package_is_named(settings: Settings) -> None:
    given = {"llm_model": "mistralai:x", "llm_outside_consent": True, "llm_base_url": ""}
    with pytest.raises(ModelPackageMissing) as missing:
        open_writer(settings.model_copy(update=given))
    assert missing.value.package == "langchain-mistralai"


def test_without_a_model_there_is_no_writer() -> None:
    assert open_writer(Settings(_env_file=None, llm_model="")) is None


def test_outside_the_house_only_with_consent(settings: Settings) -> None:
    with pytest.raises(ModelNoConsent):
        open_writer(settings.model_copy(update={"llm_base_url": ""}))
