"""What is drawn on a page of a PDF besides letters: frames around text, lines, pictures."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.parse.pdf_lines import Rect

_MAX_OBJECTS = 20_000
_MAX_SHAPES = 600


def read_shapes(
    page: pdfium.PdfPage, box: tuple[float, float, float, float]
) -> tuple[list[Rect], list[Rect], bool]:
    """Return (filled or stroked rectangles, thin lines, whether an image covers much)."""
    left, bottom, right, top = box
    area = max(1.0, (right - left) * (top - bottom))
    frames: list[Rect] = []
    rules: list[Rect] = []
    covered = 0.0
    values = [ctypes.c_float() for _ in range(4)]
    for i in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE}:
            continue
        if not raw.FPDFPageObj_GetBounds(item, *values):
            continue
        x0, y0, x1, y1 = (value.value for value in values)
        w, h = x1 - x0, y1 - y0
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            covered += w * h
        elif min(w, h) < 2.5 and max(w, h) > 20:
            rules.append(Rect(x0, y0, x1, y1))
        elif w > 60 and h > 8 and w * h < 0.9 * area and not _is_white(item):
            frames.append(Rect(x0, y0, x1, y1))
    if len(rules) > _MAX_SHAPES:
        rules = []  # a drawing, no table
    frames = sorted(frames, key=lambda r: (r.x0 - r.x1) * (r.y1 - r.y0))[:_MAX_SHAPES]
    return frames, rules, covered > 0.4 * area


def _is_white(item: Any) -> bool:  # noqa: ANN401 (a C handle)
    """True for a path that is filled with white and has no line around it."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value or not fill.value:
        return not stroke.value
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return min(red.value, green.value, blue.value) > 250 or alpha.value == 0
