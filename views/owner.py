"""Whose conversations these are: the signed-in person's, else those of this browser."""

from __future__ import annotations

import re

import streamlit as st

from chains import owner_of

_COOKIE = "aftale_browser"
"""First-party and out of reach of scripts; set by the layer in front of Streamlit."""
_PROXY_NAME = "proxy_name"
"""Where the same layer puts the name that a trusted proxy gave."""
_VALUE = re.compile(r"[A-Za-z0-9_.~-]{20,200}")
_KEPT = "owner"


def find_owner() -> str | None:
    """Return who owns what is asked in this session; None where the browser is not known."""
    if _KEPT not in st.session_state:
        st.session_state[_KEPT] = _find()
    owner: str | None = st.session_state[_KEPT]
    return owner


def _find() -> str | None:
    user = st.user.to_dict()
    if user.get("is_logged_in") and user.get("sub"):
        return owner_of("oidc", str(user.get("iss") or ""), str(user["sub"]))
    if name := str(user.get(_PROXY_NAME) or "").strip():
        return owner_of("proxy", name)
    cookie = dict(st.context.cookies).get(_COOKIE, "")
    return owner_of("browser", cookie) if _VALUE.fullmatch(cookie) else None
