from typing import Any

import pytest

from chains import Settings
from chains.model_host import base_url, check_host, is_in_house
from corpus.errors import ModelNoConsent, ModelUnknown, ModelUnsafe


def make(url: str, model: str = "openai:x", **given: Any) -> Settings:
    return Settings(llm_model=model, llm_base_url=url, _env_file=None, **given)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080/v1",
        "http://127.0.0.1:8080/v1",
        "http://[::1]/v1",
        "http://10.1.2.3/v1",
        "https://192.168.1.9/v1",
        "http://172.16.0.1/v1",
        "http://[fd00::1]/v1",
        "http://llm.regionen.dk/v1",
    ],
)
def test_a_server_in_the_house_needs_no_consent(url: str) -> None:
    assert check_host(make(url, llm_house_hosts=("LLM.regionen.dk",)), "openai")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "https://localhost.evil.dk/v1",
        "https://127.0.0.1.evil.dk/v1",
        "https://8.8.8.8/v1",
        "https://169.254.169.254/v1",
        "https://llm.regionen.dk.evil.com/v1",
        "",
    ],
)
def test_one_outside_does_not_start_without_consent(url: str) -> None:
    house = ("llm.regionen.dk",)
    with pytest.raises(ModelNoConsent):
        check_host(make(url, llm_house_hosts=house), "openai")
    assert not check_host(make(url, llm_house_hosts=house, llm_outside_consent=True), "openai")


def test_outside_only_encrypted() -> None:
    with pytest.raises(ModelUnsafe):
        check_host(make("http://llm.example.com/v1", llm_outside_consent=True), "openai")


@pytest.mark.parametrize("url", ["ftp://x/v1", "llm.example.com", "https://a:b@127.0.0.1/v1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ModelUnknown):
        check_host(make(url, llm_outside_consent=True), "openai")


def test_the_environment_moves_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere/v1")
    monkeypatch.setenv("OLLAMA_HOST", "http://elsewhere")
    assert base_url(make(""), "openai") == "https://api.openai.com/v1"
    assert is_in_house(base_url(make(""), "ollama"), ())
