"""With which settings the app may start."""

from typing import Any

import pytest
from typer.testing import CliRunner

from chains import Settings, errors, texts
from views.__main__ import app
from views.serve import check_settings

OIDC = {
    "app_auth": "oidc",
    "app_url": "https://aftaler.example.dk",
    "oidc_metadata_url": "https://login.example.dk/t1/.well-known/openid-configuration",
    "oidc_client_id": "aftaler",
    "oidc_client_secret": "s",
    "cookie_secret": "x" * 32,
}
ANYWHERE = "0.0.0.0"  # noqa: S104


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize(
    ("given", "host"),
    [
        ({}, "127.0.0.1"),
        ({}, "localhost"),
        ({}, "::1"),
        (OIDC, ANYWHERE),
        ({**OIDC, "app_url": "http://localhost:8501"}, "127.0.0.1"),
        ({"app_auth": "proxy", "app_proxies": ("10.0.0.1",)}, ANYWHERE),
    ],
)
def test_it_may_start(given: dict[str, Any], host: str) -> None:
    check_settings(settings(**given), host)


@pytest.mark.parametrize(
    ("given", "host", "reason", "named"),
    [
        ({}, ANYWHERE, "binding", ANYWHERE),
        ({}, "192.168.1.4", "binding", "--host 127.0.0.1"),
        ({**OIDC, "cookie_secret": "x" * 31}, "::1", "cookie_secret", "31"),
        ({**OIDC, "cookie_secret": ""}, "::1", "cookie_secret", "ASSISTANT_COOKIE_SECRET"),
        ({**OIDC, "oidc_client_id": ""}, "::1", "oidc", "ASSISTANT_OIDC_CLIENT_ID"),
        ({**OIDC, "oidc_client_secret": ""}, "::1", "oidc", "ASSISTANT_OIDC_CLIENT_SECRET"),
        ({**OIDC, "app_url": ""}, "::1", "oidc", "ASSISTANT_APP_URL"),
        ({**OIDC, "app_url": "http://aftaler.example.dk"}, "::1", "app_url", "https"),
        ({**OIDC, "app_url": "https://x.dk/sti"}, "::1", "app_url", "https://x.dk/sti"),
        ({**OIDC, "oidc_metadata_url": "https://login.example/common/v2.0/x"}, "::1", "tenants",
         "ASSISTANT_OIDC_TENANTS"),
        ({"app_auth": "proxy"}, ANYWHERE, "proxies", "ASSISTANT_APP_PROXIES"),
        ({"app_auth": "proxy", "app_proxies": ("nginx",)}, ANYWHERE, "proxies", "nginx"),
    ],
)  # fmt: skip
def test_it_may_not_start_and_says_what_to_do(
    given: dict[str, Any], host: str, reason: str, named: str
) -> None:
    with pytest.raises(errors.RunRefused) as refused:
        check_settings(settings(**given), host)
    assert refused.value.reason == reason
    assert named in texts.describe_error(refused.value)


def test_the_command_says_it_in_danish() -> None:
    result = CliRunner().invoke(app, ["--host", ANYWHERE])
    assert result.exit_code == 1
    assert "må appen kun lytte på maskinen selv" in result.stderr
