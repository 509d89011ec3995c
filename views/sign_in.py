"""Who is at the page: may this person see it, and may this person change the corpus?"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st
from streamlit.errors import StreamlitAuthError

from chains import LOCAL, Settings, run_texts
from views.guard import BROWSER_COOKIE
from views.render import plain

PROVIDER = "konto"
"""What Streamlit calls the one OpenID provider (without an underscore)."""
PROXY_NAME = "proxy_name"
"""Under which key of `st.user` the name lies that a proxy gave and the guard let pass."""
_SKEW_S = 300

_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Person:
    """Who is at the page."""

    name: str
    """As it is shown; empty where nobody signs in."""
    key: tuple[str, ...]
    """What tells this person, or where nobody signs in this browser, from all others."""


def admit(settings: Settings) -> Person:
    """Return who is at the page; who may not see it gets the sign-in page and nothing else."""
    match settings.app_auth:
        case "none":
            return Person("", ("browser", _browser()))
        case "proxy":
            name = str(st.user.to_dict().get(PROXY_NAME) or "").strip()
            if not name:
                _stop_at_door(run_texts.BEHIND_NOTHING)
            return Person(name, ("proxy", name))
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        _stop_at_door()
    problem = find_problem(claims, settings, time.time())
    if problem:
        hours = f"{settings.sign_in_hours:g}".replace(".", ",")
        _stop_at_door(run_texts.SIGN_IN_PROBLEMS[problem].format(hours=hours), problem)
    name = str(claims.get("name") or claims.get("email") or run_texts.NO_NAME)
    return Person(name, ("oidc", str(claims["iss"]), str(claims["sub"])))


def find_problem(claims: Mapping[str, object], settings: Settings, now_s: float) -> str | None:
    """Return why somebody who has signed in may not come in; None: may.

    Args:
        claims: Those of the ID token.
        settings: The settings.
        now_s: Seconds since 1970.

    Returns:
        `claims`, `old`, `tenant` or `group`, as in `run_texts.SIGN_IN_PROBLEMS`.
    """
    issued, there = claims.get("iat"), claims.get("auth_time")
    times = [issued] if there is None else [issued, there]
    numbers = [float(t) for t in times if type(t) in {int, float}]  # type: ignore[arg-type]
    if not claims.get("iss") or not claims.get("sub") or len(numbers) != len(times):
        return "claims"
    if max(numbers) > now_s + _SKEW_S:
        return "claims"
    if now_s - min(numbers) > settings.sign_in_hours * 3_600:
        return "old"
    if settings.oidc_tenants and claims.get("tid") not in settings.oidc_tenants:
        return "tenant"
    groups = claims.get("groups")
    mine = set(map(str, groups)) if isinstance(groups, list) else set()
    if settings.oidc_groups and not mine & set(settings.oidc_groups):
        return "group"
    return None


def show_person(person: Person, settings: Settings) -> None:
    """Say at the side who has signed in, with a way out."""
    if not person.name:
        return
    with st.sidebar:
        st.caption(run_texts.SIGNED_IN_AS.format(name=plain(person.name)))
        if settings.app_auth == "oidc":
            st.button(run_texts.SIGN_OUT, icon=":material/logout:", on_click=st.logout)


def _stop_at_door(problem: str = "", kind: str = "") -> NoReturn:
    """Show the sign-in page and let nothing else run."""
    st.title(run_texts.SIGN_IN_TITLE)
    st.write(run_texts.SIGN_IN_WHY)
    if problem:
        st.error(problem, icon=":material/lock:")
    if problem != run_texts.BEHIND_NOTHING:
        label = run_texts.SIGN_IN_OTHER if kind in {"tenant", "group"} else run_texts.SIGN_IN
        if st.button(run_texts.SIGN_IN_AGAIN if kind == "old" else label, type="primary"):
            try:
                st.login(PROVIDER)
            except StreamlitAuthError:
                st.error(run_texts.BEHIND_NOTHING)
    st.stop()


def _browser() -> str:
    """Return by what this browser is known: its cookie, or without the guard this session."""
    cookie = st.context.cookies.get(BROWSER_COOKIE)
    return cookie or str(st.session_state.setdefault(BROWSER_COOKIE, secrets.token_urlsafe(32)))


def find_editor(settings: Settings) -> str | None:
    """Return the name of a person with the role; None for everybody else.

    Somebody who has signed in (Streamlit's OIDC) is known by e-mail, else by what a proxy says.
    `local` counts only for a server that listens on the machine itself and a request that no proxy
    passed on.
    """
    if not settings.admins:
        return None
    user = st.user.to_dict()
    if settings.app_auth == "proxy":
        name = str(user.get(PROXY_NAME) or "").strip()
        return name if name in settings.admins and name != LOCAL else None
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
