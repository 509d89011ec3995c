"""Streamlit's page around the app, made Danish: language, title, script of ours, nothing inline."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from chains import errors, run_texts, texts

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(r"<script>.*?</script>", re.DOTALL)
_SERVICE = re.compile(r'<link rel="service-desc"[^>]*>')
_NO_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)


@dataclass(frozen=True)
class Shell:
    """The page and the one script that it adds."""

    page: bytes
    script: bytes
    script_path: str


def make_shell() -> Shell:
    """Return the page around the app.

    Raises:
        RunRefused: Streamlit's own page lacks what is to be replaced.
    """
    own = (Path(__file__).parent / "shell.js").read_bytes()
    path = f"/aftale/shell-{hashlib.sha256(own).hexdigest()[:12]}.js"
    found = Path(st.__file__).parent / "static" / "index.html"
    return Shell(rewrite(found.read_text(encoding="utf-8"), path).encode(), own, path)


def rewrite(page: str, script_path: str) -> str:
    """Return Streamlit's page with our language, title, texts and script.

    Raises:
        RunRefused: it lacks what is to be replaced.
    """
    page = _COMMENT.sub("", page)
    words = {
        "controls": run_texts.CONTROLS,
        "patterns": run_texts.PATTERNS,
        "said": run_texts.SAID,
    }
    # A block of data is no script: the browser runs nothing of it. "<" could end it early.
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    style = (Path(__file__).parent / "shell.css").read_text(encoding="utf-8")
    ours = (
        f"<style>{style}</style>\n"
        f'    <script type="application/json" id="aftale-texts">{data}</script>\n'
        f'    <script src="{script_path}" defer></script>\n  </head>'
    )
    region = '<div id="aftale-polite" class="aftale-said" role="status" aria-live="polite"></div>'
    for what, pattern, new in (
        ("lang", re.compile('<html lang="en">'), '<html lang="da">'),
        ("title", _TITLE, f"<title>{escape(texts.PRODUCT)}</title>"),
        ("script", _INLINE, ""),
        ("service-desc", _SERVICE, ""),
        ("noscript", _NO_SCRIPT, f"<noscript><p>{escape(run_texts.NO_SCRIPT)}</p></noscript>"),
        ("head", re.compile("</head>"), ours),
        ("root", re.compile('<div id="root">'), f'{region}\n    <div id="root">'),
    ):
        page, count = pattern.subn(lambda _, new=new: new, page, count=1)  # type: ignore[misc]
        if count != 1:
            raise errors.RunRefused("shell", what)
    return page.strip() + "\n"
