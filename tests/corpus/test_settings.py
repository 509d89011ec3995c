from pathlib import Path

import pytest
from pydantic import ValidationError

from corpus.settings import BUNDLED_MODEL, PROJECT, Settings


def test_the_defaults_lie_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMBEDDING_MODEL", "ASSISTANT_CORPUS_DIR", "ASSISTANT_VAR_DIR"):
        monkeypatch.delenv(name, raising=False)
    settings = Settings(_env_file=None)
    assert settings.agreements_dir == PROJECT / "corpus" / "agreements"
    assert settings.everyday_dir == PROJECT / "corpus" / "everyday"
    assert settings.index_dir == PROJECT / "var" / "index"
    assert settings.embedding_model == BUNDLED_MODEL


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_VAR_DIR", "/srv/var")
    monkeypatch.setenv("EMBEDDING_MODEL", "/srv/model")
    settings = Settings(_env_file=None)
    assert settings.index_dir == Path("/srv/var/index")
    assert settings.embedding_model == "/srv/model"


def test_a_typo_in_the_env_file_is_refused(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("ASSISTANT_VAR_DIR=/srv/var\n", encoding="utf-8")
    assert Settings(_env_file=env).var_dir == Path("/srv/var")
    env.write_text("ASSISTANT_VARDIR=/srv/var\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="assistant_vardir"):
        Settings(_env_file=env)


@pytest.mark.parametrize("wrong", [{"query_threads": 0}, {"max_question_chars": 0}])
def test_limits_have_limits(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)


@pytest.mark.parametrize(
    ("given", "admins"),
    [("", ()), ("local", ("local",)), ("anna@x.dk, bo@x.dk,", ("anna@x.dk", "bo@x.dk"))],
)
def test_who_may_change_the_corpus(
    given: str, admins: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_ADMINS", given)
    assert Settings(_env_file=None).admins == admins


def test_settings_do_not_change() -> None:
    settings = Settings(_env_file=None)
    with pytest.raises(ValidationError, match="frozen"):
        settings.max_turns = 3  # type: ignore[misc]
