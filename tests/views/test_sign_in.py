"""Who may come in, by what the ID token says; times are seconds since 1970."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from chains import Settings, run_texts
from corpus.settings import PROJECT
from views.sign_in import find_problem

NOW = 1_800_000_000.0
HOUR = 3_600
GOOD = {"iss": "https://login.example", "sub": "1", "iat": int(NOW) - HOUR, "tid": "t-1",
        "groups": ["g-1", "g-2"]}  # fmt: skip


def problem(claims: dict[str, Any], **given: Any) -> str | None:
    return find_problem(claims, Settings(_env_file=None, **given), NOW)


@pytest.mark.parametrize(
    "given", [{}, {"oidc_tenants": ("t-1",)}, {"oidc_groups": ("g-2", "g-9")}, {"sign_in_hours": 8}]
)
def test_who_is_known_comes_in(given: dict[str, Any]) -> None:
    assert problem(GOOD, **given) is None


@pytest.mark.parametrize(
    ("changed", "given", "expected"),
    [
        ({"iat": int(NOW) - 11 * HOUR}, {}, "old"),
        ({"auth_time": int(NOW) - 11 * HOUR}, {}, "old"),
        ({"iat": int(NOW) - 9 * HOUR}, {"sign_in_hours": 8}, "old"),
        ({"tid": "t-2"}, {"oidc_tenants": ("t-1",)}, "tenant"),
        ({"tid": None}, {"oidc_tenants": ("t-1",)}, "tenant"),
        ({"tid": ["t-1"]}, {"oidc_tenants": ("t-1",)}, "tenant"),
        ({"groups": ["g-3"]}, {"oidc_groups": ("g-1",)}, "group"),
        ({"groups": "g-1"}, {"oidc_groups": ("g-1",)}, "group"),
        ({"groups": None}, {"oidc_groups": ("g-1",)}, "group"),
        ({"iat": int(NOW) + HOUR}, {}, "claims"),
        ({"iat": "i går"}, {}, "claims"),
        ({"iat": None}, {}, "claims"),
        ({"iat": True}, {}, "claims"),
        ({"sub": ""}, {}, "claims"),
    ],
)
def test_who_may_not_come_in(changed: dict[str, Any], given: dict[str, Any], expected: str) -> None:
    assert problem({**GOOD, **changed}, **given) == expected


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("auth", "title"), [("proxy", run_texts.BEHIND_NOTHING), ("oidc", run_texts.SIGN_IN_WHY)]
)
def test_started_without_the_guard_nobody_comes_in(
    monkeypatch: pytest.MonkeyPatch, auth: str, title: str
) -> None:
    monkeypatch.setenv("ASSISTANT_APP_AUTH", auth)
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()
    assert not page.exception
    assert title in [page.markdown[0].value, *(error.value for error in page.error)]
    assert not page.chat_input
    assert not page.checkbox
