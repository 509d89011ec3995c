/* <aftale-assistent>: ask the agreements from any page. One file, no build, no storage, no cookies.
 *
 *   <script src="https://HOST/widget/v1/aftale-assistent.js" defer></script>
 *   <aftale-assistent mode="inline"></aftale-assistent>
 *
 * Attributes  api (the API's origin; default: where this file came from), mode (button | inline),
 *             agreements (ids, comma between)
 * Property    getToken: a function that gives, or promises, a bearer token; it is called with true
 *             where the last one was refused, and the request is made once more
 * Methods     open(), close(), ask(question), stop(), clear()
 * Events      aa-open, aa-close, aa-question, aa-answer, aa-error
 * Properties for colours and sizes: --aa-accent, --aa-on-accent, --aa-background, --aa-text,
 * --aa-muted, --aa-border, --aa-mark, --aa-radius, --aa-font, --aa-width, --aa-height
 * Light or dark as the page is: it follows the page's own color-scheme.
 * Parts       button, panel, log, question, answer, source, input, send
 *
 * Everything shown is a text node: nothing of an answer or an agreement can become markup.
 */
(() => {
  "use strict";
  const HERE = document.currentScript?.src || location.href;
  const UNREACHABLE = "Aftaleassistenten svarer ikke. Prøv igen senere."; // the texts are there
  const AGAIN = "Prøv igen";
  const MOST_TURNS = 20;
  const LONGEST_TURN = 1500;
  const LONGEST_QUESTION = 8000;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; display: block !important; color-scheme: inherit; }
    :host([hidden]) { display: none !important; }
    .root { all: initial; color-scheme: inherit; display: block;
      --accent: var(--aa-accent, light-dark(#0b5394, #8ec5ff));
      --on: var(--aa-on-accent, light-dark(#fff, #10202f));
      --bg: var(--aa-background, light-dark(#fff, #1b1d20));
      --fg: var(--aa-text, light-dark(#1a1a1a, #f2f2f2));
      --muted: var(--aa-muted, light-dark(#4d4d4d, #c4c4c4));
      --line: var(--aa-border, light-dark(#767676, #8d8d8d));
      --mark: var(--aa-mark, #ffe58a); --radius: var(--aa-radius, 6px);
      font: medium/1.5 var(--aa-font, system-ui, sans-serif); color: var(--fg); text-align: start; }
    * { box-sizing: border-box; }
    button, textarea { font: inherit; color: inherit; border-radius: var(--radius); }
    button { min-height: 2.75em; padding: .4em .9em; border: 1px solid var(--line);
      background: var(--bg); cursor: pointer; text-align: start; }
    button.main { background: var(--accent); color: var(--on); border-color: var(--accent); }
    button:focus-visible, textarea:focus-visible, summary:focus-visible, a:focus-visible,
      .log:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    button.main:focus-visible { outline-color: var(--fg); }
    .launch { position: fixed; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483000; }
    .panel { display: flex; flex-direction: column; background: var(--bg);
      border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; }
    .panel[hidden], .launch[hidden] { display: none; }
    .floating { position: fixed; inset-block-end: 1em; inset-inline-end: 1em; z-index: 2147483000;
      inline-size: min(var(--aa-width, 27em), calc(100vw - 2em));
      block-size: min(var(--aa-height, 40em), calc(100vh - 2em));
      box-shadow: 0 6px 30px rgb(0 0 0 / .3); }
    .inline { inline-size: 100%; max-block-size: var(--aa-height, none); }
    header { display: flex; flex-wrap: wrap; gap: .5em; align-items: center; padding: .5em .75em;
      border-block-end: 1px solid var(--line); }
    header button { white-space: nowrap; }
    h2 { flex: 1 1 auto; margin: 0; font-size: 1.1em; }
    .intro, .notes { color: var(--muted); font-size: .875em; margin: 0; }
    .log { flex: 1; overflow: auto; padding: .75em; display: flex; flex-direction: column;
      gap: 1em; }
    .you { align-self: end; max-inline-size: 90%; padding: .4em .75em; white-space: pre-wrap;
      overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: var(--radius); }
    article { overflow-wrap: anywhere; }
    article p { margin: 0 0 .6em; } article p.quote { border-inline-start: 3px solid;
      padding-inline-start: .75em; }
    article ul, article ol { margin: 0 0 .6em; padding-inline-start: 1.4em; }
    .label { display: inline-block; border: 1px solid; border-radius: 3px; padding: 0 .5em;
      font-size: .8125em; font-weight: 600; margin-block-end: .5em; }
    button.mark { all: unset; cursor: pointer; font-weight: 600; text-decoration: underline;
      padding-inline: .25em; color: var(--accent); }
    button.mark:focus-visible { outline: 3px solid var(--accent); }
    details { border: 1px solid var(--line); border-radius: var(--radius);
      padding: .25em .6em; margin-block: .4em; }
    summary { cursor: pointer; min-block-size: 2em; font-size: .9375em; }
    mark { background: var(--mark); color: #1a1a1a; } a { color: var(--accent); }
    .passage { white-space: pre-line; font-size: .9375em; }
    .row { display: flex; flex-wrap: wrap; gap: .4em; margin-block: .4em; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .1em .75em; margin: 0 0 .5em; }
    dt { color: var(--muted); } dd { margin: 0; }
    h3, h4 { font-size: .9375em; margin: .5em 0 .25em; }
    .error { border-inline-start: 4px solid #c62828; padding-inline-start: .75em; }
    form { display: flex; gap: .5em; align-items: end; padding: .6em .75em;
      border-block-start: 1px solid var(--line); }
    textarea { flex: 1; min-inline-size: 0; min-block-size: 2.75em; padding: .5em; resize: vertical;
      border: 1px solid var(--line); background: var(--bg); }
    textarea::placeholder { color: var(--muted); opacity: 1; white-space: nowrap; overflow: hidden;
      text-overflow: ellipsis; }
    .sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
      clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) { button.main { border: 2px solid; } }
  `);

  /** An element with properties and children; strings become text nodes. */
  const el = (name, props = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(props)) {
      if (key === "on") for (const [type, call] of Object.entries(value)) node.addEventListener(type, call);
      else if (key in node && key !== "part") node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== ""));
    return node;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  /** Wait until the page's deferred scripts have run, which may set getToken. */
  const scriptsRun = () => {
    const [loading] = performance.getEntriesByType("navigation");
    if (document.readyState === "complete" || loading?.domContentLoadedEventStart > 0) return null;
    return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  };

  class Problem extends Error {
    constructor(body) {
      super(body.detail || UNREACHABLE);
      this.problem = body;
    }
  }

  /** The events of a stream, as [name, data]; fetch, for EventSource cannot post. */
  async function* events(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      for (const part of parts) {
        const fields = Object.fromEntries(
          part.split("\n").filter((l) => l && l[0] !== ":").map((l) => {
            const at = l.indexOf(":");
            return [l.slice(0, at), l.slice(at + 1).replace(/^ /, "")];
          }),
        );
        if (fields.event && fields.data) yield [fields.event, JSON.parse(fields.data)];
      }
    }
  }

  class AftaleAssistent extends HTMLElement {
    #texts = null;
    #turns = [];
    #running = null;
    #parts = {};
    getToken = null;

    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#start();
    }

    disconnectedCallback() {
      this.stop();
    }

    get #inline() {
      return this.getAttribute("mode") === "inline";
    }

    async #start() {
      const root = el("div", { className: "root", lang: "da" });
      this.shadowRoot.replaceChildren(root);
      await scriptsRun();
      try {
        this.#texts = await (await this.#fetch("/api/v1/texts")).json();
        this.#build(root);
      } catch (error) {
        const said = error instanceof Problem ? error.message : UNREACHABLE;
        root.append(el("div", { className: "error" }, el("p", { role: "alert" }, said),
          el("button", { type: "button", on: { click: () => this.#start() } }, AGAIN)));
        this.#tell("aa-error", { message: said });
      }
    }

    #build(root) {
      const t = this.#texts;
      const log = el("div", { className: "log", part: "log", role: "log", tabIndex: 0, "aria-label": t.title });
      const status = el("div", { className: "sr", role: "status" });
      const input = el("textarea", {
        part: "input", rows: 1, maxLength: LONGEST_QUESTION, placeholder: t.placeholder, "aria-label": t.placeholder,
        on: {
          keydown: (event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              form.requestSubmit();
            }
          },
        },
      });
      const send = el("button", { className: "main", part: "send", type: "submit" }, t.send);
      const stop = el("button", { type: "button", hidden: true, on: { click: () => this.stop() } }, t.stop);
      const form = el("form", {
        on: {
          submit: (event) => {
            event.preventDefault();
            if (input.value.trim()) this.ask(input.value);
          },
        },
      }, input, send, stop);
      const fresh = el("button", { type: "button", on: { click: () => this.clear() } }, t.new);
      const shut = this.#inline ? null
        : el("button", { type: "button", on: { click: () => this.close() } }, t.close);
      const title = el("h2", { id: "title" }, t.title);
      const panel = el("section", {
        className: `panel ${this.#inline ? "inline" : "floating"}`, part: "panel", hidden: !this.#inline,
        role: this.#inline ? "region" : "dialog",
        on: { keydown: (event) => event.key === "Escape" && !this.#inline && this.close() },
      }, el("header", {}, title, fresh, shut), log, status, form);
      panel.setAttribute("aria-labelledby", "title");
      this.#parts = { log, status, input, send, stop, panel };
      root.append(panel);
      if (!this.#inline) {
        const launch = el("button", {
          className: "launch main", part: "button", type: "button", "aria-expanded": "false",
          on: { click: () => this.open() },
        }, t.open);
        launch.setAttribute("aria-haspopup", "dialog");
        this.#parts.launch = launch;
        root.append(launch);
      }
      this.clear();
    }

    open() {
      const { panel, launch, input } = this.#parts;
      if (!panel || !launch) return;
      panel.hidden = false;
      launch.hidden = true;
      launch.setAttribute("aria-expanded", "true");
      input.focus();
      this.#tell("aa-open");
    }

    close() {
      const { panel, launch } = this.#parts;
      if (!panel || !launch) return;
      panel.hidden = true;
      launch.hidden = false;
      launch.setAttribute("aria-expanded", "false");
      launch.focus();
      this.#tell("aa-close");
    }

    clear() {
      this.stop();
      this.#turns = [];
      const t = this.#texts;
      const examples = t.examples.map((q) => this.#asks(q));
      this.#parts.log.replaceChildren(
        el("p", { className: "intro" }, t.intro), el("p", { className: "intro" }, t.later),
        el("div", {}, el("p", { className: "intro" }, `${t.examples_label}:`), el("div", { className: "row" }, ...examples)),
      );
    }

    stop() {
      this.#running?.abort();
    }

    /** Ask; gives the answer, or null where it was stopped or failed. */
    async ask(question) {
      if (!this.#texts) return null;
      this.stop();
      const t = this.#texts;
      const { log, status, input, send, stop } = this.#parts;
      const running = (this.#running = new AbortController());
      input.value = "";
      const place = el("article", { part: "answer", "aria-label": t.assistant });
      const working = el("p", { className: "intro" }, t.working);
      place.append(working);
      log.append(el("div", { className: "you", part: "question" }, el("span", { className: "sr" }, `${t.you}: `), question), place);
      place.scrollIntoView({ block: "nearest" });
      send.hidden = true;
      stop.hidden = false;
      status.textContent = t.working;
      this.#tell("aa-question", { question });
      try {
        const answer = await this.#stream(question, running.signal, (label) => {
          working.textContent = label;
        });
        const earlier = this.#turns.map((turn) => turn.question);
        this.#turns.push({ question, answer: [...answer.text].slice(0, LONGEST_TURN).join("") });
        this.#turns = this.#turns.slice(-MOST_TURNS);
        place.replaceChildren(...this.#answer(answer, earlier));
        status.textContent = t.answered;
        this.#tell("aa-answer", { answer });
        return answer;
      } catch (error) {
        const stopped = running.signal.aborted;
        const said = stopped ? t.stopped : error instanceof Problem ? error.message : t.offline;
        const id = error instanceof Problem && error.problem.request_id;
        place.replaceChildren(
          el("div", { className: stopped ? "" : "error" }, el("p", {}, said),
            id ? el("p", { className: "notes" }, fill(t.request_id, { id })) : null),
          this.#asks(question, t.retry),
        );
        status.textContent = said;
        if (!stopped) this.#tell("aa-error", { message: said });
        return null;
      } finally {
        if (this.#running === running) {
          this.#running = null;
          send.hidden = false;
          stop.hidden = true;
        }
        place.scrollIntoView({ block: "nearest" });
      }
    }

    async #stream(question, signal, onStage) {
      const agreements = this.getAttribute("agreements");
      const body = { question, history: this.#turns };
      if (agreements) body.agreements = agreements.split(",").map((id) => id.trim());
      const response = await this.#fetch("/api/v1/ask/stream", body, signal);
      let answer = null;
      for await (const [name, data] of events(response.body)) {
        if (name === "stage") onStage(data.label);
        else if (name === "answer") answer = data;
        else if (name === "error") throw new Problem(data);
      }
      if (!answer) throw new Error("ended early");
      return answer;
    }

    async #fetch(path, body = null, signal = null, more = {}) {
      const send = async (refused) => {
        const token = this.getToken ? await this.getToken(refused) : null;
        const headers = { ...more, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
        if (body) headers["Content-Type"] = "application/json";
        return fetch(new URL(path, this.getAttribute("api") || HERE), {
          method: body ? "POST" : "GET", headers, signal, body: body && JSON.stringify(body),
          credentials: "same-origin", cache: "no-store", referrerPolicy: "no-referrer",
        });
      };
      let response = await send(false);
      if (response.status === 401 && this.getToken) response = await send(true); // it has expired
      if (response.ok) return response;
      const kind = response.headers.get("content-type") || "";
      throw new Problem(kind.includes("json") ? await response.json() : {});
    }

    #asks(question, label = question) {
      return el("button", { type: "button", on: { click: () => this.ask(question) } }, label);
    }

    *#answer(answer, earlier) {
      const t = this.#texts;
      const label = answer.citations.length ? (answer.kind === "figure" ? t.figure : t.kinds[answer.mode])
        : answer.not_found_reason ? t.not_found : "";
      if (label) yield el("div", { className: "label" }, label);
      if (answer.standalone_question !== answer.question) {
        yield el("p", { className: "notes" }, fill(t.standalone, { question: answer.standalone_question }));
      }
      const sources = new Map(answer.citations.map((c) => [String(c.marker), this.#source(c)]));
      for (const block of answer.text.split("\n\n")) yield this.#block(block, sources);
      if (answer.calculation) yield this.#calculation(answer.calculation);
      if (sources.size) yield el("div", {}, el("h3", {}, t.sources), ...sources.values());
      if (answer.notes.length) yield el("div", {}, ...answer.notes.map((n) => el("p", { className: "notes" }, n)));
      if (answer.suggestions.length) {
        yield el("h3", {}, answer.kind === "clarify" ? t.choices : t.suggestions);
        yield el("div", { className: "row" }, ...answer.suggestions.map((s) => this.#asks(s)));
      }
      yield this.#feedback(answer, earlier);
    }

    #block(block, sources) {
      const lines = block.split("\n");
      if (lines.every((line) => line.startsWith("- "))) {
        return el("ul", {}, ...lines.map((line) => el("li", {}, ...this.#words(line.slice(2), sources))));
      }
      const kind = block.startsWith("„") ? "quote" : "";
      const parts = lines.flatMap((line, i) => [...(i ? [el("br")] : []), ...this.#words(line, sources)]);
      return el("p", { className: kind }, ...parts);
    }

    /** Bold and marks of a line; all else is text. */
    #words(line, sources) {
      return line.split(/(\*\*.+?\*\*|\[\d+\])/).map((part) => {
        if (/^\*\*.+\*\*$/.test(part)) return el("strong", {}, part.slice(2, -2));
        const marker = /^\[(\d+)\]$/.exec(part)?.[1];
        const source = sources.get(marker);
        if (!source) return part;
        const show = () => {
          source.open = true;
          source.querySelector("summary").focus();
        };
        return el("button", {
          className: "mark", type: "button", "aria-label": fill(this.#texts.open_source, { marker }), on: { click: show },
        }, part);
      });
    }

    #source(citation) {
      const t = this.#texts;
      const where = [citation.agreement_title, citation.section.split(" › ").pop(),
        citation.page ? fill(t.page, { page: citation.page }) : ""].filter(Boolean).join(", ");
      const text = el("div", { className: "passage" }, el("mark", {}, citation.quote));
      const link = /^https?:\/\//.test(citation.url)
        ? el("a", { href: citation.url, target: "_blank", rel: "noopener noreferrer" }, t.reader) : null;
      let fetched = false;
      const load = async () => {
        if (fetched) return;
        fetched = true;
        try {
          const path = `/api/v1/passages/${encodeURIComponent(citation.passage_id)}`;
          const passage = await (await this.#fetch(path)).json();
          const chars = [...passage.text]; // offsets count code points
          const [start, end] = [citation.start - passage.start, citation.end - passage.start];
          const held = chars.slice(Math.max(start, 0), end).join("");
          if (passage.agreement_version !== citation.agreement_version || held !== citation.quote) return;
          text.replaceChildren(chars.slice(0, start).join(""), el("mark", {}, held), chars.slice(end).join(""));
        } catch {
          text.append(el("p", { className: "notes" }, t.passage_gone));
        }
      };
      return el("details", { part: "source", on: { toggle: load } },
        el("summary", {}, `[${citation.marker}] ${where}`), text, link);
    }

    #calculation(work) {
      const t = this.#texts;
      const from = { question: t.from_you, agreement: t.from_agreement, default: t.default };
      const inputs = work.inputs.flatMap((i) => [el("dt", {}, i.name), el("dd", {}, `${i.display} (${from[i.source]})`)]);
      const list = (name, items) => el(name, {}, ...items.map((item) => el("li", {}, item)));
      return el("details", {}, el("summary", {}, t.calculation),
        work.read_as ? el("p", {}, `${t.read_as}: ${work.read_as.replace(/^Læst som:\s*/, "")}`) : null,
        el("h4", {}, t.inputs), el("dl", {}, ...inputs),
        el("h4", {}, t.steps), list("ol", work.steps),
        el("p", {}, `${t.result}: `, el("strong", {}, work.result.display)),
        work.assumptions.length ? el("h4", {}, t.assumptions) : null,
        work.assumptions.length ? list("ul", work.assumptions) : null);
    }

    #feedback(answer, history) {
      const t = this.#texts;
      const reason = el("textarea", { rows: 2, maxLength: 1000, "aria-label": t.feedback_reason });
      const key = newId();
      const send = async (right) => {
        const { question, kind, text, citations, corpus_version } = answer;
        const body = { right, reason: reason.value, question, kind, text, citations, corpus_version, history };
        try {
          await this.#fetch("/api/v1/feedback", body, null, { "Idempotency-Key": `${key}-${right}` });
          const thanks = el("p", { className: "notes", role: "status", tabIndex: -1 }, t.feedback_thanks);
          box.replaceWith(thanks);
          thanks.focus(); // the button that had it is gone
        } catch (error) {
          box.append(el("p", { className: "error", role: "alert" }, error instanceof Problem ? error.message : t.offline));
        }
      };
      const pick = (right, label) => el("button", { type: "button", on: { click: () => send(right) } }, label);
      const box = el("details", {}, el("summary", {}, t.feedback),
        el("p", { className: "notes" }, `${t.feedback_reason} ${t.feedback_kept}`), reason,
        el("div", { className: "row" }, pick(true, t.feedback_right), pick(false, t.feedback_wrong)));
      return box;
    }

    #tell(name, detail = {}) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }
  }

  if (!customElements.get("aftale-assistent")) customElements.define("aftale-assistent", AftaleAssistent);
})();
