"""How our own HTML looks on every page, and which of Streamlit's own parts are hidden.

Colours come in two sets that follow the system, as the theme does; each text colour has at least
4.5:1 on its ground. In forced colours the system's own are used, and signs and words carry what
the colours said.
"""

from __future__ import annotations

LOOK = """<style>
:root { --aa-line: #76858d; --aa-soft: #f1f5f6; --aa-dim: #4d5b62; --aa-link: #0b5a73;
  --aa-bar: #0f4c5c; --aa-ok: #14603a; --aa-ok-soft: #e3f3e9; --aa-off: #9c1f1f;
  --aa-off-soft: #fbe7e5; --aa-near: #7c4300; --aa-near-soft: #fbeeda; --aa-on: #dcebef; }
@media (prefers-color-scheme: dark) { :root { --aa-line: #7d8d96; --aa-soft: #1d272d;
  --aa-dim: #b2bec4; --aa-link: #8fd0e0; --aa-bar: #5fb0c2; --aa-ok: #8fd6a6;
  --aa-ok-soft: #173325; --aa-off: #ffaaa3; --aa-off-soft: #432220; --aa-near: #f2bd7f;
  --aa-near-soft: #3f2e18; --aa-on: #24404a; } }
[data-testid="stAppDeployButton"], [data-testid="stMainMenu"], [data-testid="stDecoration"],
[data-testid="stStatusWidget"], footer { display: none !important; }
[data-testid="stCaptionContainer"] { color: var(--aa-dim) !important; opacity: 1; }
.stMainBlockContainer { max-width: 76rem; padding-inline: clamp(1rem, 4vw, 3rem); }
.stMain:has([data-testid="stChatInput"]) .stMainBlockContainer,
[data-testid="stBottomBlockContainer"] { max-width: 52rem; }
.stMain h1, .stMain h2, .stMain h3 { text-wrap: balance; }
.aa-t a { color: var(--aa-link); }
.aa-t .intro { max-width: 46rem; font-size: 1.05rem; line-height: 1.55; margin: 0; }
.aa-t p { line-height: 1.55; margin: 0 0 .6rem 0; max-width: 46rem; }
.aa-t h3 { font-size: 1.1rem; margin: 1.25rem 0 .4rem 0; padding: 0; }
.aa-t ul, .aa-t ol { padding-left: 1.3rem; margin: 0 0 .75rem 0; line-height: 1.55; }
.aa-t li { margin-bottom: .35rem; max-width: 46rem; }
.aa-t .dim { color: var(--aa-dim); font-size: .9rem; }
.aa-t .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.aa-t .tag { display: inline-block; border: 1px solid currentColor; border-radius: .25rem;
  font-size: .85rem; font-weight: 600; padding: .1rem .5rem; margin: 0 0 .5rem 0; }
.aa-scroll { overflow-x: auto; max-width: 100%; }
.aa-t table { border-collapse: collapse; width: 100%; margin: 0 0 1rem 0; font-size: .95rem; }
.aa-t caption { text-align: left; color: var(--aa-dim); font-size: .9rem; padding: 0 0 .35rem 0; }
.aa-t th, .aa-t td { border: 0; border-bottom: 1px solid var(--aa-line); padding: .45rem .6rem;
  text-align: left; vertical-align: top; }
.aa-t thead th { border-bottom-width: 2px; font-weight: 600; }
.aa-t tbody th { font-weight: 400; }
.aa-t .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.aa-t .keep { white-space: nowrap; }
.aa-t tr.on { background: var(--aa-on); font-weight: 600; }
.aa-t tr.on th { font-weight: 600; }
.aa-t td.bar { width: 34%; min-width: 6rem; vertical-align: middle; }
.aa-t td.bar span { display: block; height: .9rem; background: var(--aa-bar);
  border-radius: .15rem; min-width: 1px; forced-color-adjust: none; }
.aa-result { background: var(--aa-soft); border-left: .3rem solid var(--aa-bar);
  border-radius: .25rem; padding: 1rem 1.2rem; margin: 0 0 1rem 0; }
.aa-result .value { font-size: 2rem; font-weight: 600; line-height: 1.2; margin: 0;
  font-variant-numeric: tabular-nums; }
.aa-result p { margin: .35rem 0 0 0; }
.aa-quote { border-left: 3px solid var(--aa-line); padding: .1rem 0 .1rem .8rem;
  margin: 0 0 .8rem 0; }
.aa-quote p { margin: 0 0 .25rem 0; white-space: pre-line; overflow-wrap: anywhere; }
.aa-quote a, .aa-next { display: inline-block; padding: .2rem 0; min-height: 24px; }
.aa-checked { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2; max-width: 46rem;
  border: 1px solid var(--aa-line); border-radius: .25rem; padding: .8rem 1rem; }
.aa-checked mark { color: inherit; background: none; border-radius: .2rem; padding: .1rem .2rem; }
.aa-checked mark.ok { background: var(--aa-ok-soft); border-bottom: 2px solid var(--aa-ok); }
.aa-checked mark.near { background: var(--aa-near-soft); border-bottom: 2px dashed var(--aa-near); }
.aa-checked mark.off { background: var(--aa-off-soft); border-bottom: 3px double var(--aa-off); }
.aa-checked mark.none { background: var(--aa-soft); border-bottom: 2px dotted var(--aa-dim); }
.aa-checked mark a { display: inline-block; min-width: 24px; min-height: 24px; line-height: 24px;
  text-align: center; font-size: .85rem; font-weight: 600; text-decoration: none;
  color: inherit; white-space: nowrap; }
.aa-t .ok { color: var(--aa-ok); } .aa-t .off { color: var(--aa-off); }
.aa-t .near { color: var(--aa-near); } .aa-t .none { color: var(--aa-dim); }
.aa-counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem 0; padding: 0;
  list-style: none; }
.aa-t ul.aa-counts { padding: 0; }
.aa-counts li { border: 1px solid currentColor; border-radius: .25rem; padding: .15rem .6rem;
  font-weight: 600; margin: 0; }
.aa-verdicts { padding: 0; list-style: none; }
.aa-t ol.aa-verdicts { padding: 0; }
.aa-verdicts > li { border-bottom: 1px solid var(--aa-line); padding: .6rem 0; margin: 0;
  scroll-margin-top: 4rem; }
.aa-verdicts .said { font-weight: 600; }
.aa-group { font-family: inherit; font-size: .85rem; font-weight: 600; margin: .5rem 0 0 0;
  padding: 0; }
[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"] { min-height: 32px; }
.aa-places mark { background: #ffe58a; color: #1a1a1a; padding: .05rem .1rem; }
[data-testid="stTooltipIcon"] button { min-width: 24px; min-height: 24px; }
[data-testid="stSlider"] [role="group"] > div > div[style*="translate"] { width: 24px;
  height: 24px; }
[data-testid="stSliderThumbValue"] * { color: inherit !important; }
[data-testid="stSliderThumbValue"] { color: var(--aa-link) !important; }
@media (prefers-color-scheme: dark) { [role="tab"][aria-selected="true"],
  [role="tab"][aria-selected="true"] * { color: #8fd0e0 !important; } }
@media (min-width: 641px) { [data-testid="stColumn"]:has(.aa-checked) > div {
  position: sticky; top: 1rem; } .aa-checked { max-height: calc(100vh - 9rem); overflow-y: auto; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after {
  animation-duration: .01ms !important; animation-iteration-count: 1 !important;
  transition-duration: .01ms !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) { .aa-t td.bar span { background: CanvasText; }
  .aa-t tr.on { outline: 2px solid Highlight; outline-offset: -2px; }
  .aa-result { border: 1px solid CanvasText; border-left-width: .3rem; }
  .aa-checked mark[class], .aa-t .aa-checked mark a { background: Canvas; color: CanvasText; }
  .aa-places mark { background: Mark; color: MarkText; forced-color-adjust: none; } }
</style>"""
