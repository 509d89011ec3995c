"""How an agreement looks: outline beside the text, boxes, tables, marks in every colour scheme.

Marks and links are told apart by line and outline too. Signs of ours are drawn by the style, so
that a copied text is the agreement's own.
"""

from __future__ import annotations

READER_STYLE = """<style>
.aa-reader { display: grid; grid-template-columns: minmax(13rem, 17rem) minmax(0, 1fr); gap: 2rem; }
.aa-reader nav.wide { position: sticky; top: 7.5rem; align-self: start; max-height: 80vh;
  overflow-y: auto; font-size: .9rem; }
.aa-reader details.narrow { display: none; }
.aa-reader nav ul, .aa-reader details ul { list-style: none; margin: 0; padding: 0; }
.aa-reader nav ul ul, .aa-reader details ul ul { padding-left: .9rem; }
.aa-reader nav a, .aa-reader details a { display: block; padding: .2rem .3rem; line-height: 1.35;
  min-height: 24px; color: inherit; text-decoration: none; overflow-wrap: anywhere; }
.aa-reader nav a:hover, .aa-reader details a:hover { text-decoration: underline; }
.aa-reader summary { padding: .4rem 0; min-height: 24px; font-weight: 600; cursor: pointer; }
.aa-reader article { max-width: 44rem; line-height: 1.65; overflow-wrap: break-word; }
.aa-reader article h3 { font-size: 1.35rem; line-height: 1.3; margin: 2rem 0 .6rem; padding: 0; }
.aa-reader article h4 { font-size: 1.1rem; line-height: 1.3; margin: 1.5rem 0 .4rem; padding: 0; }
.aa-reader article h5 { font-size: 1rem; line-height: 1.4; margin: 0 0 .6rem; padding: 0; }
.aa-reader p, .aa-reader ul, .aa-reader ol { margin: 0 0 .8rem; }
.aa-reader article ul { padding-left: 1.4rem; }
.aa-reader article ol { list-style: none; padding-left: .4rem; }
.aa-reader article li { margin-bottom: .4rem; }
.aa-reader .box { border: 1px solid color-mix(in srgb, currentColor 45%, transparent);
  border-left-width: 5px; border-radius: .25rem; padding: 1rem 1.1rem .4rem; margin: 1.2rem 0;
  background: color-mix(in srgb, currentColor 4%, transparent); }
.aa-reader .note { font-size: .9rem; }
.aa-reader [id] { scroll-margin-top: 8rem; }
.aa-reader .perma { display: inline-block; min-width: 24px; min-height: 24px; text-align: center;
  color: inherit; text-decoration: none; font-weight: 400; }
.aa-reader .perma::after { content: "#"; }
.aa-reader .perma:hover { text-decoration: underline; }
.aa-reader a.figure { color: inherit; text-decoration: underline dotted 2px;
  text-underline-offset: .2em; }
.aa-reader a.figure.here { outline: 3px solid; outline-offset: 2px; border-radius: .1rem; }
.aa-reader sup a.figure { padding: 0 .2rem; font-weight: 700; }
.aa-reader sup a.figure::after { content: "+"; }
.aa-reader mark { background: #ffe58a; color: #1a1a1a; }
.aa-reader mark.quote { border-bottom: 2px solid #8a5a00; padding: .1rem 0; }
.aa-reader mark.hit { background: #cfe6ff; color: #1a1a1a; }
.aa-reader mark.now { outline: 2px solid CanvasText; outline-offset: 1px; font-weight: 700; }
.aa-reader .here > h3, .aa-reader .here > h4, .aa-reader .here > h5, .aa-reader h3.here,
.aa-reader h4.here, .aa-reader h5.here { border-left: 5px solid; padding-left: .6rem; }
.aa-table { border-collapse: collapse; width: 100%; margin: 0 0 1rem; font-size: .95rem; }
.aa-table th, .aa-table td { text-align: left; vertical-align: top; padding: .4rem .6rem;
  border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); }
.aa-table thead th { border-bottom: 2px solid; }
.aa-table .num { text-align: right; font-variant-numeric: tabular-nums; }
.aa-table tbody th { font-weight: 400; }
.aa-scroll { overflow-x: auto; max-width: 100%; }
.aa-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
dl.aa-head.aa-head { display: grid; grid-template-columns: max-content minmax(0, 1fr);
  gap: .2rem 1.2rem; margin: 0 0 1rem; padding: 0; }
.aa-head dt { font-weight: 600; }
.aa-head dd { margin: 0; overflow-wrap: anywhere; }
.aa-title.aa-title { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .6rem; padding: 0; }
.aa-title + dl.aa-head.aa-head { grid-template-columns: max-content 1fr max-content 1fr;
  font-size: .92rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-find) { position: sticky; top: 0; z-index: 5;
  background: color-mix(in srgb, Canvas 85%, transparent); backdrop-filter: blur(10px);
  padding: .8rem 0; }
.aa-count { line-height: 1.35; min-height: 2.5rem; display: flex; align-items: center; }
@media (max-width: 56rem) {
  .aa-reader { display: block; }
  .aa-reader nav.wide { display: none; }
  .aa-reader details.narrow { display: block; margin-bottom: 1rem; }
  dl.aa-head.aa-head, .aa-title + dl.aa-head.aa-head { grid-template-columns: 1fr; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-find) { position: static; }
  .aa-head dd { margin-bottom: .4rem; }
}
@media (forced-colors: active) {
  .aa-reader sup a.figure { padding: 0 .2rem; font-weight: 700; }
.aa-reader sup a.figure::after { content: "+"; }
.aa-reader mark { background: Mark; color: MarkText; forced-color-adjust: none; }
}
</style>"""
