"""Bringing a place of the page into view: a script of ours, served from our own origin.

Streamlit scrolls to headings alone. A component whose script is a file is fetched as a module from
the server itself, which `script-src 'self'` lets through; one given as a string would be a `blob:`.
Streamlit takes files from installed packages only, so the folder is registered here.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_PACKAGE, _NAME = "aftaleassistenten", "scroll"


def scroll_to(target: str, turn: str, *, focus: bool = False) -> None:
    """Bring the element with an id into view, once for each `turn`.

    Args:
        target: The element's id; it may be drawn a little later.
        turn: Another one each time that the page points at a place.
        focus: Let the keyboard go on from there, if it is nowhere else yet.
    """
    name = f"{_PACKAGE}.{_NAME}"
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(name) is None:
        config = ComponentConfig(name=_NAME, asset_dir="assets")
        manager.register_from_manifest(
            ComponentManifest(name=_PACKAGE, version="1", components=[config]),
            Path(__file__).parent,
        )
    draw = st.components.v2.component(name, js="scroll.js", isolate_styles=False)
    draw(data={"target": target, "turn": turn, "focus": focus}, key="scroll", height=0)
