"""PDF bytes -> lines, through PDFium: checks of the file, then page by page what can be seen on it.

A page is drawn, and a word whose place on the drawing is of one colour is hidden: that finds white
text, covered text, clipped text and switched-off layers alike, whatever made them so.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.parse.parsed import Hidden, Parsed, ParsedLine, Refused
from ingest.parse.pdf_blocks import read_blocks
from ingest.parse.pdf_lines import Char, Page
from ingest.parse.pdf_shapes import read_shapes
from ingest.parse.unseen import drop_unseen

MAX_PAGES = 2_000
_MAX_CHARS_PER_PAGE = 60_000
_DRAWING_PIXELS = 2_500_000
_CONTRAST = 25
"""Of 255; what differs less from its ground nobody reads."""
_TINY_PT = 3.0
_PAGE_CHARS = 20
_UNREADABLE_SHARE = 0.05
_TEXT_PAGES_SHARE = 0.8
_ACTIVE = re.compile(rb"/(?:Launch|RichMedia|EmbeddedFiles?|JavaScript)\b")
_UNDRAWN = {3, 7}  # text rendering modes: neither filled nor stroked; only a clipping path


class _Look(NamedTuple):
    """What the characters of a text object have in common."""

    size: float
    angle: int
    bold: bool
    undrawn: bool


def parse_pdf(data: bytes, start_step: Callable[[], None]) -> Parsed:
    """Return a PDF as lines, `start_step` called before each page.

    Raises:
        Refused: damaged, encrypted, embedded, macros, too_many_pages, scanned, font, too_deep.
    """
    if match := _ACTIVE.search(data):
        name = match[0].decode()
        raise Refused("macros" if name in {"/Launch", "/JavaScript"} else "embedded", name)
    document = _open(data)
    pages: list[Page] = []
    hidden: list[Hidden] = []
    doubts: list[str] = []
    scanned: list[int] = []
    empty: list[int] = []
    unread = read = 0
    for number in range(1, len(document) + 1):
        start_step()
        try:
            page, unseen, bad, has_image = _read_page(document, number)
        except pdfium.PdfiumError as error:
            raise Refused("damaged", f"page {number}") from error
        hidden += unseen
        unread, read = unread + bad, read + len(page.chars)
        if len(page.chars) < _PAGE_CHARS:
            (scanned if has_image else empty).append(number)
        pages.append(page)
    start_step()
    count = len(pages)
    if scanned and len(scanned) > (1 - _TEXT_PAGES_SHARE) * count:
        raise Refused("scanned", ", ".join(map(str, scanned[:10])))
    if unread > _UNREADABLE_SHARE * (unread + read) and unread > _PAGE_CHARS:
        raise Refused("font", f"{unread} / {unread + read}")
    doubts += [f"scanned_page:{number}" for number in scanned]
    doubts += [f"empty_page:{number}" for number in empty]
    lines, more = read_blocks(pages)
    kept, unseen = drop_unseen(ParsedLine(*line) for line in lines)
    return Parsed(tuple(kept), (*hidden, *unseen), (*doubts, *more), count)


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        encrypted = code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY} or b"/Encrypt" in data
        raise Refused("encrypted" if encrypted else "damaged", str(error)[:60]) from error
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Refused("encrypted")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("embedded", "attachment")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused("macros", "JavaScript")
    if raw.FPDF_GetFormType(document) >= raw.FORMTYPE_XFA_FULL:
        raise Refused("embedded", "XFA")
    if count > MAX_PAGES:
        raise Refused("too_many_pages", str(count))
    if count == 0:
        raise Refused("no_text", "0")
    return document


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[Page, list[Hidden], int, bool]:
    """Return (page, what is hidden on it, characters without a meaning, has an image)."""
    page = document[number - 1]
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, i)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in {raw.FPDF_ANNOT_FILEATTACHMENT, raw.FPDF_ANNOT_RICHMEDIA, raw.FPDF_ANNOT_MOVIE}:
            raise Refused("embedded", f"page {number}")
    raw.FPDFPage_SetRotation(page, 0)
    left, bottom, right, top = page.get_bbox()
    frames, rules, has_image = read_shapes(page, (left, bottom, right, top))
    chars, hidden, bad = _chars(page, number, (left, bottom, right, top))
    page.close()
    angle = Counter(char.angle for char in chars).most_common(1)[0][0] if chars else 0
    turned = [char for char in chars if char.angle != angle]
    if turned:
        hidden.append(Hidden("rotated", "".join(c.text for c in turned)[:200], number))
    chars = [_upright(char, angle) for char in chars if char.angle == angle]
    width, height = right - left, top - bottom
    turn = angle % 180 != 0
    return (
        Page(
            number=number,
            width=height if turn else width,
            height=width if turn else height,
            chars=chars,
            frames=[] if turn else frames,
            rules=[] if turn else rules,
        ),
        hidden, bad, has_image,
    )  # fmt: skip


def _upright(char: Char, angle: int) -> Char:
    """Turn the place of a character of a page that is printed sideways."""
    if angle == 0:
        return char
    if angle == 90:
        x0, x1, y0, y1 = char.y0, char.y1, -char.x1, -char.x0
        base = -char.x_base
    elif angle == 180:
        x0, x1, y0, y1 = -char.x1, -char.x0, -char.y1, -char.y0
        base = -char.base
    else:
        x0, x1, y0, y1 = -char.y1, -char.y0, char.x0, char.x1
        base = char.x_base
    return Char(char.text, x0, x1, y0, y1, base, base, char.size, char.bold, 0, char.spaced)


def _chars(
    page: pdfium.PdfPage, number: int, box: tuple[float, float, float, float]
) -> tuple[list[Char], list[Hidden], int]:
    left, bottom, right, top = box
    opened = page.get_textpage()
    text_page = opened.raw
    count = raw.FPDFText_CountChars(text_page)
    if count > _MAX_CHARS_PER_PAGE:
        raise Refused("too_long", f"page {number}")
    scale = min(2.0, math.sqrt(_DRAWING_PIXELS / max(1.0, (right - left) * (top - bottom))))
    drawing = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_numpy()
    drawing = drawing.reshape(drawing.shape[0], drawing.shape[1])
    words: list[list[tuple[Char, str]]] = [[]]
    x0, x1, y0, y1, x, y = (ctypes.c_double() for _ in range(6))
    loose = raw.FS_RECTF()
    bad, spaced, high = 0, True, 0
    looks: dict[int, _Look] = {}
    for i in range(count):
        code = raw.FPDFText_GetUnicode(text_page, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        generated = raw.FPDFText_IsGenerated(text_page, i) == 1
        if code == 2 or (generated and code == 0x2D):
            code, generated = 0x2D, False  # PDFium's sign for a hyphen at the end of a line
        if generated or code in {9, 10, 13, 32, 160} or 0x2000 <= code <= 0x200A:
            spaced = True
            if words[-1]:
                words.append([])
            continue
        if (
            code in {0, 0xFFFD, 0xFFFE, 0xFFFF}
            or raw.FPDFText_HasUnicodeMapError(text_page, i) == 1
        ):
            bad += 1
            continue
        raw.FPDFText_GetCharBox(text_page, i, x0, x1, y0, y1)
        raw.FPDFText_GetLooseCharBox(text_page, i, loose)
        raw.FPDFText_GetCharOrigin(text_page, i, x, y)
        item = raw.FPDFText_GetTextObject(text_page, i)
        key = ctypes.addressof(item.contents) if item else 0
        if key not in looks:
            looks[key] = _look(text_page, i, item)
        look = looks[key]
        char = Char(
            chr(code), min(loose.left, x0.value), max(loose.right, x1.value), y0.value, y1.value,
            y.value, x.value, look.size, look.bold, look.angle, spaced,
        )  # fmt: skip
        how = ""
        if look.size < _TINY_PT:
            how = "tiny"
        elif x1.value < left or x0.value > right or y1.value < bottom or y0.value > top:
            how = "off_page"
        elif look.undrawn:
            how = "invisible"
        elif not _contrasts(drawing, x0.value - left, x1.value - left,
                            top - y1.value, top - y0.value, scale):  # fmt: skip
            how = "faint"
        words[-1].append((char, how))
        spaced = False
    opened.close()
    return (*_sift(words, number), bad)


def _contrasts(
    drawing: np.ndarray[Any, Any], x0: float, x1: float, y0: float, y1: float, scale: float
) -> bool:
    rows = slice(max(0, int(y0 * scale) - 1), max(0, math.ceil(y1 * scale) + 1))
    columns = slice(max(0, int(x0 * scale) - 1), max(0, math.ceil(x1 * scale) + 1))
    place = drawing[rows, columns]
    return place.size > 0 and int(place.max()) - int(place.min()) >= _CONTRAST


def _sift(words: list[list[tuple[Char, str]]], number: int) -> tuple[list[Char], list[Hidden]]:
    """Keep the words that can be seen; a word is faint where most of its letters are."""
    kept: list[Char] = []
    hidden: list[Hidden] = []
    for word in words:
        faint = 2 * sum(how == "faint" for _, how in word) > len(word)
        gone = [(char, how) for char, how in word if how not in {"", "faint"} or (faint and how)]
        if len(gone) < len(word):
            lost = {id(char) for char, _ in gone}
            kept += [char for char, _ in word if id(char) not in lost]
        if gone:
            how = "invisible" if gone[0][1] == "faint" else gone[0][1]
            text = "".join(char.text for char, _ in gone)
            if hidden and hidden[-1].how == how and len(hidden[-1].text) < 200:
                hidden[-1] = Hidden(how, f"{hidden[-1].text} {text}", number)
            else:
                hidden.append(Hidden(how, text, number))
    return kept, hidden


def _look(text_page: Any, i: int, item: Any) -> _Look:  # noqa: ANN401 (C handles)
    """Return what all characters of a text object have in common."""
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    raw.FPDFText_GetMatrix(text_page, i, matrix)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text_page, i, red, green, blue, alpha)
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page, i, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    heavy = any(word in name for word in ("bold", "black", "heavy"))
    mode = raw.FPDFTextObj_GetTextRenderMode(item) if item else 0
    return _Look(
        size=raw.FPDFText_GetFontSize(text_page, i) * math.hypot(matrix.c, matrix.d),
        angle=round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360,
        bold=heavy or raw.FPDFText_GetFontWeight(text_page, i) >= 600,
        undrawn=mode in _UNDRAWN or alpha.value == 0,
    )
