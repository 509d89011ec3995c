"""Where a language model answers: in the house, or outside, where it needs somebody's consent."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from corpus.errors import ModelNoConsent, ModelUnknown, ModelUnsafe
from corpus.settings import Settings

_OWN = {"ollama": "http://127.0.0.1:11434", "openai": "https://api.openai.com/v1"}
"""Where those providers answer whose client may be told: never what the environment says."""


def base_url(settings: Settings, provider: str) -> str:
    """Return where the model answers, empty where only the provider's package knows."""
    return settings.llm_base_url or _OWN.get(provider, "")


def is_in_house(url: str, house: tuple[str, ...]) -> bool:
    """Return whether a URL leads to this machine, to a private address or to a server of the house.

    Names are not looked up: what they lead to may change after they were looked at.
    """
    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host in {name.lower() for name in house}:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    private = address.is_private and not (address.is_link_local or address.is_unspecified)
    return address.is_loopback or private


def check_host(settings: Settings, provider: str) -> bool:
    """Return whether the model is in the house.

    Raises:
        ModelUnknown: the address is none.
        ModelNoConsent: it is outside, and no setting says that this is agreed.
        ModelUnsafe: it is outside, and the way there is not encrypted.
    """
    url = base_url(settings, provider)
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username):
        raise ModelUnknown(settings.llm_model, "base_url")
    if url and is_in_house(url, settings.llm_house_hosts):
        return True
    if not settings.llm_outside_consent:
        raise ModelNoConsent(parts.hostname or provider)
    if parts.scheme == "http":
        raise ModelUnsafe(f"{parts.scheme}://{parts.hostname}")
    return False
