"""Who is at the page, as far as it matters: may this person change the corpus?"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chains import LOCAL, Settings

_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def find_editor(settings: Settings) -> str | None:
    """Return the name of a person with the role; None for everybody else.

    Somebody who has signed in (Streamlit's OIDC) is known by e-mail, else by name. `local` counts
    only for a server that listens on the machine itself and a request that no proxy passed on.
    """
    if not settings.admins:
        return None
    user = st.user.to_dict()
    if user.get("is_logged_in"):
        names = (str(user.get("email") or ""), str(user.get("name") or ""))
        verified = user.get("email_verified", True)
        named = names[0] if names[0] in settings.admins and verified else ""
        return named or None
    address = str(st.get_option("server.address") or "")
    headers = dict(st.context.headers)
    if LOCAL in settings.admins and is_local(address, st.context.ip_address, headers):
        return LOCAL
    return None


def is_local(address: str, peer: str | None, headers: Mapping[str, str]) -> bool:
    """Return whether a request comes from the machine itself.

    Args:
        address: What the server listens on.
        peer: Where the request comes from; Streamlit gives None for the machine itself.
        headers: The request's.

    >>> is_local("localhost", None, {"Host": "localhost:8501"})
    True
    >>> is_local("localhost", None, {"Host": "aftaler.example"})
    False
    """
    sent = {name.lower(): value for name, value in headers.items()}
    host = sent.get("host", "localhost").rpartition(":")[0] or sent.get("host", "localhost")
    return (
        address in _LOOPBACK
        and (peer is None or peer in _LOOPBACK)
        and host.strip("[]") in _LOOPBACK
        and not any(name in sent for name in _FORWARDED)
    )
