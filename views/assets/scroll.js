// Brings one element of the page into view, once for each place that the page points at.
// It is told an element's id and nothing else, so it can show nothing that is not there already.
const PATIENCE_MS = 15000;
const shown = new WeakMap();

function show(target, focus) {
  target.scrollIntoView({ block: "center", behavior: "auto" });
  const active = document.activeElement;
  if (focus && (!active || active === document.body)) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
}

export default function ({ data, parentElement }) {
  if (!data || shown.get(parentElement) === data.turn) return;
  shown.set(parentElement, data.turn);
  const began = performance.now();
  const look = () => {
    if (shown.get(parentElement) !== data.turn) return; // the page points elsewhere by now
    const target = document.getElementById(data.target);
    if (target) {
      show(target, data.focus);
      document.fonts.ready.then(() => requestAnimationFrame(() => show(target, false)));
    } else if (performance.now() - began < PATIENCE_MS) {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}
