"""Answers and sources -> HTML that can load nothing.

Every text is escaped and no attribute takes a value from it, so an image, link or script in a
question or an agreement is shown as the characters it is.
"""

from __future__ import annotations

import re
from html import escape

from chains import (
    Agreement,
    Answer,
    Check,
    Citation,
    Item,
    RankedPassage,
    Verdict,
    review_texts,
    texts,
)

AROUND = 400
"""Characters of the agreement shown before and after a quote."""

STYLE = """<style>
.aa p { margin: 0 0 .75rem 0; line-height: 1.6; }
.aa ul { margin: 0 0 .75rem 0; padding-left: 1.25rem; line-height: 1.6; }
.aa li { margin-bottom: .35rem; }
.aa sup { font-weight: 600; white-space: nowrap; }
.aa .lead { opacity: .85; }
.aa .quote { border-left: 3px solid currentColor; padding-left: .9rem; }
.aa-label { display: inline-block; font-size: .8rem; font-weight: 600; padding: .1rem .55rem;
  border: 1px solid currentColor; border-radius: .25rem; margin-bottom: .6rem; }
.aa-notes { font-size: .85rem; opacity: .85; line-height: 1.5; margin-top: .25rem; }
.aa-source { white-space: pre-line; line-height: 1.6; font-size: .95rem; }
.aa-source .place { font-weight: 600; margin-bottom: .5rem; white-space: normal; }
.aa-source mark { background: #ffe58a; color: #1a1a1a; padding: .05rem 0; }
.aa-check { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.6; margin-bottom: 1rem; }
.aa-check mark { background: none; color: inherit; font-weight: 600; border-bottom: 2px solid; }
.aa-check mark.off { border-bottom-style: wavy; text-decoration: underline wavy; border: 0; }
.aa-numbers { padding-left: 1.25rem; line-height: 1.5; }
.aa-numbers li { margin-bottom: .6rem; }
.aa-numbers .verdict { font-weight: 600; }
.aa-question { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>"""

_HOLDS = {Verdict.RIGHT, Verdict.ROUNDED, Verdict.COMPUTED}
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARK = re.compile(r" \[(\d+)\]")


def question_html(question: str) -> str:
    """Return a question as it was typed."""
    return f'<div class="aa-question">{escape(question)}</div>'


def answer_html(answer: Answer) -> str:
    """Return an answer: its kind as a label, lead, quotes and notes."""
    if answer.citations:
        label = texts.FIGURE_LABEL if answer.kind == "figure" else texts.KINDS[answer.mode]
    else:
        label = texts.NOT_FOUND_LABEL if answer.not_found_reason else ""
    shown = f'<div class="aa-label">{escape(label)}</div>' if label else ""
    blocks = "".join(_block(block) for block in answer.text.split("\n\n"))
    notes = "".join(f"<div>{escape(note)}</div>" for note in answer.notes)
    return f'<div class="aa">{shown}{blocks}<div class="aa-notes">{notes}</div></div>'


def check_html(text: str, check: Check) -> str:
    """Return a pasted text with its numbers numbered, and below what the agreements say of each.

    What does not hold is underlined otherwise and named in words: never by colour alone.
    """
    if not check.numbers:
        return f'<div class="aa"><p>{escape(texts.CHECK_NONE)}</p></div>'
    shown, done, rows = "", 0, ""
    for place, number in enumerate(check.numbers, 1):
        kind = "" if number.verdict in _HOLDS else ' class="off"'
        shown += escape(text[done : number.start])
        shown += f"<mark{kind}>{escape(number.printed)}</mark><sup>{place}</sup>"
        done = number.end
        quotes = "".join(
            f'<p class="quote">„{escape(c.quote)}“ ({escape(c.section)})</p>'
            for c in number.citations
        )
        rows += (
            f'<li><span class="verdict">{escape(number.printed)}: '
            f"{escape(texts.VERDICTS[number.verdict])}.</span> {escape(number.says)}{quotes}</li>"
        )
    shown += escape(text[done:])
    numbers = f'<ol class="aa-numbers">{rows}</ol>'
    return f'<div class="aa"><div class="aa-check">{shown}</div>{numbers}</div>'


def _block(block: str) -> str:
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    kind = "quote" if block.startswith("„") else "lead" if block.endswith(":") else ""
    return f'<p class="{kind}">{_inline(block)}</p>'


def _inline(text: str) -> str:
    safe = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    return _MARK.sub(r"<sup>&nbsp;[\1]</sup>", safe).replace("\n", "<br>")


def source_html(citation: Citation, agreement: Agreement | None) -> str:
    """Return the agreement's text around a quote, the quote marked.

    An answer of before may quote a text that has since been exchanged: then the quote stands alone.
    """
    if agreement is None or agreement.version != citation.agreement_version:
        return (
            f'<div class="aa-source"><div class="place">{escape(citation.section)}</div>'
            f"<mark>{escape(citation.quote)}</mark></div>"
        )
    text = agreement.text
    start = _word_start(text, max(0, citation.start - AROUND))
    end = min(len(text), citation.end + AROUND)
    before = ("… " if start else "") + text[start : citation.start]
    after = text[citation.end : end] + (" …" if end < len(text) else "")
    return (
        f'<div class="aa-source"><div class="place">{escape(citation.section)}</div>'
        f"{escape(before)}<mark>{escape(citation.quote)}</mark>{escape(after)}</div>"
    )


def _word_start(text: str, place: int) -> int:
    while 0 < place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def item_html(item: Item) -> str:
    """Return an item of a review, marked in the text around it."""
    return (
        f'<div class="aa-source"><div class="place">{escape(review_texts.place(item))}</div>'
        f"{escape(item.before)}<mark>{escape(item.text)}</mark>{escape(item.after)}</div>"
    )


def passage_html(passage: RankedPassage) -> str:
    """Return a passage that was looked through."""
    return (
        f'<div class="aa-source"><div class="place">{escape(passage.section)}</div>'
        f"{escape(passage.text)}</div>"
    )


def plain(label: str) -> str:
    r"""Return a text that Streamlit's Markdown leaves as it is: no image, link or emphasis.

    >>> print(plain("![a](http://x.dk) www.x.dk"))
    \!\[a\]\(http\://x.dk\) www\.x.dk
    """
    signs = "".join(f"\\{c}" if c in r"\`*_{}[]()#+!|<>$~:@" else c for c in label)
    return re.sub(r"(?i)(www)\.", r"\1\\.", signs)
