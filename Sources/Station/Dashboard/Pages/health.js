// How often each part failed, week by week.
import { ask, clock, make, number, t } from "./common.js";

const weeks = 8;
const week = 7 * 86_400;

/** The week of a moment, counted from a Monday, by the station's clock. */
const weekOf = (microseconds, offset) =>
  Math.floor((microseconds / 1e6 + offset + 3 * 86_400) / week);

const failures = (hour) => hour.corrupted + hour.not_acknowledged + hour.other_failures;

/** All hours since a moment; a few pages at most. */
async function hoursSince(from) {
  const hours = [];
  let after = null;
  for (let page = 0; page < 6; page += 1) {
    const { items, next } = await ask(`parts/health?from=${from}&order=descending&limit=5000`
      + (after === null ? "" : "&after=" + encodeURIComponent(after)));
    hours.push(...items);
    if (next === null) break;
    after = next;
  }
  return hours;
}

/** Of each part, one entry a week: null where it was not there. */
function byPart(hours, last, offset) {
  const parts = new Map();
  for (const hour of hours) {
    const place = weekOf(hour.hour_utc_us, offset) - last + weeks - 1;
    if (place < 0 || place >= weeks) continue;
    if (!parts.has(hour.part)) parts.set(hour.part, Array(weeks).fill(null));
    const own = parts.get(hour.part);
    own[place] ??= { hours: 0, failures: 0, recoveries: 0, restarts: 0 };
    own[place].hours += 1;
    own[place].failures += failures(hour);
    own[place].recoveries += hour.recoveries;
    own[place].restarts += hour.restarts;
  }
  return [...parts].sort(([a], [b]) => a.localeCompare(b));
}

function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const rate = (entry) => entry === null ? null : entry.failures / entry.hours;
const rateWords = (entry) => entry === null ? t("not there") : number(rate(entry), 2);

/** A bar a week; an empty week is an outline. */
function chart(part, own, dates, id) {
  const most = Math.max(...own.map((entry) => rate(entry) ?? 0), 0.01);
  const bars = own.map((entry, place) => entry === null
    ? shape("rect", { class: "none", x: place * 24 + 5, y: 2, width: 14, height: 44 })
    : shape("rect", { x: place * 24 + 3, width: 18, y: 46 - 44 * rate(entry) / most,
        height: Math.max(1, 44 * rate(entry) / most) }));
  return shape("svg", { class: "trend", viewBox: "0 0 192 48", role: "img",
    "aria-labelledby": `${id}-title ${id}-desc` },
  shape("title", { id: id + "-title" }, t("failures of", part)),
  shape("desc", { id: id + "-desc" },
    own.map((entry, place) => t("week of", dates[place], rateWords(entry))).join(t("comma"))),
  shape("line", { x1: 0, x2: 192, y1: 47, y2: 47 }), ...bars);
}

const table = (label, heads, rows) =>
  make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label },
    make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((text) =>
      make("th", { scope: "col" }, text)))),
    make("tbody", {}, ...rows.map(([name, ...cells]) => make("tr", {},
      make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell)))))));

const sum = (own, name) => own.reduce((total, entry) => total + (entry?.[name] ?? 0), 0);

/** Fills a place with each part's weeks. */
export async function showHealth(place, station) {
  const offset = station?.utc_offset_s ?? 0;
  const now = station?.status?.time_utc_us ?? station?.now_utc_us ?? Date.now() * 1000;
  const last = weekOf(now, offset);
  const start = (number) => (number * week - 3 * 86_400 - offset) * 1e6;
  const dates = Array.from({ length: weeks }, (_, place) =>
    clock(start(last - weeks + 1 + place), offset, { day: "numeric", month: "short" }));
  const parts = byPart(await hoursSince(start(last - weeks + 1)), last, offset);
  if (parts.length === 0) return place.replaceChildren(make("p", {}, t("no hours")));
  place.replaceChildren(
    make("p", { class: "muted" }, t("trend about", weeks)),
    table(t("trend"), ["part name", "weeks", "this week", "recoveries", "restarts"].map((word) => t(word)),
      parts.map(([part, own], index) => [part, chart(part, own, dates, "trend-" + index),
      rateWords(own[weeks - 1]), number(sum(own, "recoveries"), 0), number(sum(own, "restarts"), 0)])),
    make("details", {}, make("summary", {}, t("weeks as numbers")),
      table(t("weeks as numbers"), [t("part name"), ...dates],
        parts.map(([part, own]) => [part, ...own.map(rateWords)]))));
}
