// What the signs in the curves mean, and which events are drawn.
import { make, orOwn, t } from "./common.js";
import { localTime } from "./diary-time.js";

/** Without E, which is for epochs. */
const alphabet = [..."ABCDFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

/** The events in the order of time, each with the letter of its kind. */
export function lettered({ events, utc_offset_s: offset }, kinds) {
  const own = [...new Set(events.map(({ kind }) => kind))].filter((kind) => !kinds.includes(kind));
  const places = new Map([...kinds, ...own.sort()].map((kind, place) => [kind, place]));
  return events.map((event) => ({ ...event, letter: alphabet[places.get(event.kind)] ?? "·",
    x: localTime(event.time_utc_us, offset) })).sort((one, other) => one.x - other.x);
}

const shapes = {
  "disc": ["circle", { cx: 18, cy: 8, r: 3.5, class: "full" }],
  "diamond": ["path", { d: "M18 3l5 5l-5 5l-5-5z", class: "hollow" }],
  "line": ["path", { d: "M0 8h36" }],
  "dashes": ["path", { d: "M0 8h36", "stroke-dasharray": "6 3" }],
  "thick line": ["path", { d: "M0 8h36", "stroke-width": 3 }],
  "thick dashes": ["path", { d: "M0 8h36", "stroke-width": 3, "stroke-dasharray": "6 3" }],
  "cross": ["path", { d: "M13 3l10 10m0-10l-10 10", "stroke-width": 2, class: "bad" }],
  "band": ["path", { d: "M0 2h36v12h-36z", class: "band" }],
  "edges": ["path", { d: "M0 2h36m0 12h-36" }],
  "dashed edges": ["path", { d: "M0 2h36m0 12h-36", "stroke-dasharray": "6 3" }],
  "epoch": ["path", { d: "M18 -1v18", "stroke-dasharray": "6 2 2 2", "stroke-width": 1.5, class: "bad" }],
  "gap": ["path", { d: "M0 8h12m12 0h12" }],
};

function sign(slot, names) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  for (const [name, value] of Object.entries({ width: 36, height: 16, class: "sign " + slot,
    "aria-hidden": "true" })) picture.setAttribute(name, value);
  for (const name of names) {
    const [tag, attributes] = shapes[name];
    const shape = picture.appendChild(document.createElementNS(space, tag));
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  }
  return picture;
}

/** Explains the signs that are drawn; the spread of several days only where there is one. */
export function showLegend({ bucket_days: bucketDays, epochs }) {
  const signs = [
    ["legend morning", "morning", ["line", "disc"]], ["legend evening", "evening", ["dashes", "diamond"]],
    ["legend morning mean", "morning", ["thick line"]],
    ["legend evening mean", "evening", ["thick dashes"]],
    ["legend morning baseline", "morning", ["band", "edges"]],
    ["legend evening baseline", "evening", ["band", "dashed edges"]],
    bucketDays > 1 ? ["legend envelope", "morning", ["band"]] : null,
    ["legend suspect", "morning", ["cross"]], ["legend gap", "morning", ["gap"]],
    epochs.length > 0 ? ["legend epoch", "morning", ["epoch"]] : null,
  ].filter(Boolean);
  document.getElementById("legend").replaceChildren(...signs.map(([word, slot, names]) =>
    make("li", {}, sign(slot, names), " ", t(word))));
}

/** A button for each kind of event that there is, by which it is drawn or not. */
export function showKinds(events, hidden, changed) {
  const kinds = [...new Map(events.map(({ kind, letter }) => [kind, letter]))]
    .sort(([, one], [, other]) => one.localeCompare(other));
  const box = document.getElementById("kinds");
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.kind : null;
  box.replaceChildren(...kinds.map(([kind, letter]) =>
    make("button", { type: "button", "data-kind": kind, "aria-pressed": String(!hidden.has(kind)),
      onclick: () => {
        if (!hidden.delete(kind)) hidden.add(kind);
        changed();
      } }, letter + " " + orOwn("event " + kind, kind))));
  if (focused) [...box.children].find(({ dataset }) => dataset.kind === focused)?.focus();
  box.hidden = kinds.length === 0;
}
