"""What style sheets and attributes of a page hide: not shown, moved away, tiny, white on white."""

from __future__ import annotations

import re
from collections.abc import Iterator

import cssselect
import tinycss2
from lxml import etree

from ingest.parse.parsed import Refused

_MAX_RULES = 2_000
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0\d*)?(?:;|$)|"
    r"font-size:(?:0|0?\.\d|[12](?:\.\d+)?(?:px|pt))|(?:left|top|text-indent|margin-left):-\d{3,}|"
    r"clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0|"
    r"(?:max-)?(?:height|width):0(?:px)?;.*overflow:hidden|(?:^|;)color:transparent"
)
_WHITE = re.compile(
    r"(?:^|;)color:(?:white|#f[\da-f]f[\da-f]f[\da-f]\b|#fff\b|"
    r"rgba?\(25[0-5],25[0-5],25[0-5]|rgba\([\d,]+,0?(?:\.0\d*)?\))"
)
_GROUND = re.compile(r"background(?:-color|-image)?:(?!white|transparent|none|#fff(?:fff)?\b)")


class Looks:
    """What style sheets and attributes of a page do to be seen or not."""

    def __init__(self, root: etree._Element) -> None:
        self.hidden: set[etree._Element] = set()
        self.white: set[etree._Element] = set()
        self.grounded: set[etree._Element] = set()
        rules = 0
        for sheet in root.iter("style"):
            for selector, style in _rules("".join(sheet.itertext())):
                rules += 1
                if rules > _MAX_RULES:
                    raise Refused("too_long", "style")
                self._apply(root, selector, _fold(style))
        for element in root.iter():
            if isinstance(element.tag, str):
                self._see(element, _fold(element.get("style") or ""))
                color = (element.get("color") or "").lower()
                if color in {"white", "#ffffff", "#fff"}:
                    self.white.add(element)
                if (element.get("bgcolor") or "#ffffff").lower() not in {"white", "#ffffff"}:
                    self.grounded.add(element)

    def hide(self, element: etree._Element) -> bool:
        """Return whether an element cannot be seen; white on a coloured ground can."""
        if element.get("hidden") is not None or element in self.hidden:
            return True
        above = [element, *element.iterancestors()]
        return element in self.white and not any(one in self.grounded for one in above)

    def _apply(self, root: etree._Element, selector: str, style: str) -> None:
        if not any(pattern.search(style) for pattern in (_HIDING, _WHITE, _GROUND)):
            return
        try:
            found = root.xpath(cssselect.HTMLTranslator().css_to_xpath(selector))
        except (cssselect.SelectorError, etree.XPathError):
            return  # :hover and the like hide nothing at first
        for element in found:
            self._see(element, style)

    def _see(self, element: etree._Element, style: str) -> None:
        for pattern, elements in (
            (_HIDING, self.hidden), (_WHITE, self.white), (_GROUND, self.grounded),
        ):  # fmt: skip
            if style and pattern.search(style):
                elements.add(element)


def _fold(style: str) -> str:
    return re.sub(r"\s+|!important", "", style.lower())


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude), tinycss2.serialize(rule.content)
        elif rule.type == "at-rule" and rule.at_keyword == "media" and rule.content:
            for_print = "print" in tinycss2.serialize(rule.prelude)
            yield from () if for_print else _rules(tinycss2.serialize(rule.content))
