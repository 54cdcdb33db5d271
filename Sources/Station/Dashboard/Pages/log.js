// The log: newest first, a page at a time, by the station's clock.
import { ask, clock, make, orOwn, t, Trouble } from "./common.js";

const byID = (id) => document.getElementById(id);
const importances = ["error", "warning", "notice", "info", "debug"];
const marks = { error: "✕ ", warning: "▲ ", notice: "● " };

/** Where each page that was left began; null is the newest. */
let before = [];
let place = null;
let next = null;
let importance = "notice";
let offset = 0;

/** Binds the controls, once. */
export function startLog() {
  byID("importance").addEventListener("change", (event) => {
    importance = event.target.value;
    [before, place] = [[], null];
    load();
  });
  byID("log-older").addEventListener("click", () => {
    before.push(place);
    place = next;
    load(true);
  });
  byID("log-newer").addEventListener("click", () => {
    place = before.pop() ?? null;
    load(true);
  });
}

/** Shows the page that is open, in the language of the page. */
export async function showLog(utcOffset) {
  offset = utcOffset;
  byID("importance").replaceChildren(...importances.map((word) =>
    make("option", { value: word, selected: word === importance }, t("priority " + word))));
  await load();
}

function line(entry) {
  return make("li", { "data-priority": entry.priority },
    make("p", { class: "muted" },
      clock(entry.time_utc_us, offset, { dateStyle: "medium", timeStyle: "medium" }), " · ",
      make("span", { class: "mark" }, (marks[entry.priority] ?? "") + t("priority " + entry.priority)),
      " · ", orOwn("kind " + entry.kind, entry.kind)),
    make("p", { lang: "en" }, entry.text));
}

async function load(isTurned = false) {
  const said = byID("log-said");
  try {
    const answer = await ask(`log?importance=${importance}&limit=50`
      + (place === null ? "" : `&before=${place}`));
    next = answer.next;
    byID("log").replaceChildren(...answer.items.map(line));
    said.textContent = answer.items.length === 0 ? t("no lines") : t("lines shown", answer.items.length);
    said.classList.remove("trouble");
  } catch (error) {
    next = null;
    byID("log").replaceChildren();
    said.textContent = error instanceof Trouble ? error.message : t("no answer");
    said.classList.add("trouble");
  }
  byID("log-older").hidden = next === null;
  byID("log-newer").hidden = place === null;
  if (isTurned) byID("log-title").scrollIntoView();
  // A button that had the focus may have gone.
  if (isTurned && document.activeElement === document.body) byID("importance").focus();
}
