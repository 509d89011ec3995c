// Danish names of Streamlit's own controls, the page's language, one polite live region, and where
// the window stands: at the question that was answered, beside a menu that folds away on a phone.
"use strict";
(() => {
  const { controls, patterns, said } = JSON.parse(
    document.getElementById("aftale-texts").textContent);
  const rules = Object.entries(patterns).map(([from, to]) => [new RegExp(from, "s"), to]);
  const NAMED = [
    "aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"];
  // What people wrote or agreements say is never touched.
  const THEIRS = '[class^="aa"], [class*=" aa-"], [lang]:not(html), textarea, code, mark';

  function danish(text) {
    const whole = text.trim();
    if (Object.hasOwn(controls, whole)) return controls[whole];
    for (const [from, to] of rules) {
      if (from.test(whole)) return whole.replace(from, to);
    }
    return null;
  }

  function nameOf(element) {
    for (const name of NAMED) {
      const value = element.getAttribute(name);
      const new_ = value && danish(value);
      if (new_ && new_ !== value) element.setAttribute(name, new_);
    }
  }

  function textOf(node) {
    if (!node.data.trim() || node.parentElement?.closest(THEIRS)) return;
    const new_ = danish(node.data);
    if (new_ && new_ !== node.data) node.data = new_;
  }

  function mend(root) {
    if (root.nodeType === Node.TEXT_NODE) return textOf(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    nameOf(root);
    for (const element of root.querySelectorAll(NAMED.map((name) => `[${name}]`).join())) {
      nameOf(element);
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) textOf(texts.currentNode);
  }

  // --- What is said to those who listen: at most once at the start and once at the end ----------
  const polite = document.getElementById("aftale-polite");
  let working = false;
  let begun = false;
  let known = 0;
  let timer = 0;

  function say(text) {
    if (polite.textContent !== text) polite.textContent = text;
  }

  function look() {
    timer = 0;
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return;
    const state = app.getAttribute("data-test-connection-state");
    if (state && state !== "CONNECTED" && known) return;
    const messages = document.querySelectorAll('[data-testid="stChatMessage"]');
    const last = messages[messages.length - 1];
    const quiet = app.getAttribute("data-test-script-state") === "notRunning";
    const whole = last?.querySelector(".aa");
    const failed = last?.querySelector('[role="alert"]');
    if (!working && messages.length > known && !quiet && last && !whole && !failed) {
      working = true;
      say(said.working);
    } else if (working && quiet && (whole || failed)) {
      working = false;
      if (whole) say(ready(whole));
      if (whole) stay(messages[messages.length - 2]);
      else say("");  // the error is an alert of its own
    }
    if (quiet) known = messages.length;
    const chat = document.querySelector('[data-testid="stChatInput"]');
    if (quiet && chat && !begun) {  // without a conversation the chat begins at its head
      begun = true;
      if (messages.length === 0) stay(document.querySelector(".stMain h1"));
    }
  }

  function ready(answer) {
    const marks = new Set(Array.from(answer.querySelectorAll("sup"), (mark) => mark.textContent));
    if (marks.size === 0) return said.ready;
    return marks.size === 1 ? said.ready_one : said.ready_more.replace("{n}", marks.size);
  }

  // --- Where the window stands -----------------------------------------------------------------
  const STAY_MS = 1_200;  // so long Streamlit goes on scrolling to the end of a finished answer
  const PHONE = "(max-width: 768px)";

  function stay(question) {
    const until = performance.now() + STAY_MS;
    let free = false;
    const let_go = () => { free = true; };
    const own = ["wheel", "touchmove", "keydown", "pointerdown"];
    for (const name of own) addEventListener(name, let_go, { once: true, passive: true });
    const hold = () => {
      if (free || performance.now() > until || !question?.isConnected) {
        for (const name of own) removeEventListener(name, let_go);
        return;
      }
      question.scrollIntoView({ block: "start", behavior: "instant" });
      requestAnimationFrame(hold);
    };
    hold();
  }

  document.addEventListener("click", (event) => {
    if (!matchMedia(PHONE).matches || !event.target.closest('[data-testid="stPageLink"] a')) return;
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  });

  // --- Streamlit opens and closes its boxes by script: style sheets do not reach that -------------
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...given) {
    const animation = animate.apply(this, given);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) animation.finish();
    return animation;
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.target === polite || change.target.parentElement === polite) continue;
      if (change.type === "attributes") nameOf(change.target);
      else if (change.type === "characterData") textOf(change.target);
      else change.addedNodes.forEach(mend);
    }
    if (document.documentElement.lang !== "da") document.documentElement.lang = "da";
    if (!timer) timer = setTimeout(look, 50);
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...NAMED, "lang", "data-test-script-state", "data-test-connection-state"],
  });
  mend(document.body);
})();
