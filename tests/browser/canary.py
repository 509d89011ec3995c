"""A server that nothing may ever reach, and what would lead a browser there."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Canary:
    """Notes every request."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        canary = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.asked.append(self.path)
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            do_POST = do_HEAD = do_OPTIONS = do_GET

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(30)


def payloads(url: str) -> list[str]:
    """Return texts that would make a careless page ask `url`."""
    return [
        f"![a]({url}/inline.png)",
        f'![b](<{url}/angle.png> "titel")',
        f"![c][ref]\n\n[ref]: {url}/reference.png",
        f"[![d]({url}/linked.png)]({url}/link)",
        f'<img src="{url}/img.png">',
        f"<img src=x onerror=\"fetch('{url}/onerror')\">",
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/svg.png"/></svg>',
        f'<svg><use href="{url}/use.svg#a"/></svg>',
        f'<iframe src="{url}/frame"></iframe>',
        f'<div style="background:url({url}/css.png)">e</div>',
        f"<style>@import url({url}/import.css); body {{ background: url({url}/body.png) }}</style>",
        f'<link rel="stylesheet" href="{url}/sheet.css"><link rel="prefetch" href="{url}/fetch">',
        f'<script>fetch("{url}/script")</script><script src="{url}/script.js"></script>',
        f'<video src="{url}/video.mp4" poster="{url}/poster.png"></video>',
        f'<audio src="{url}/sound.mp3"></audio><object data="{url}/object"></object>',
        f'<embed src="{url}/embed"><input type="image" src="{url}/input.png">',
        f'<meta http-equiv="refresh" content="0;url={url}/refresh">',
        f'<picture><source srcset="{url}/set.png"><img srcset="{url}/set2.png"></picture>',
        f'[klik](data:text/html,<script>fetch("{url}/data")</script>)',
        f":material/home: {url}/auto.png $\\includegraphics{{{url}/tex.png}}$",
    ]
