// The diary over any span of time: curves, a table, events, and how each value came to be.
import { ask, away, day, follow, head, language, make, orOwn, say, shine, t } from "./common.js";
import { lettered, showKinds, showLegend } from "./diary-legend.js";
import { Explanation, listPath, showEvents, Table, toldOf } from "./diary-lists.js";
import { relight } from "./diary-paint.js";
import { airCurves, nameOf, Panel, skinCurves } from "./diary-panels.js";
import { Range } from "./diary-range.js";
import { Span } from "./diary-span.js";
import { isDate, shifted } from "./diary-time.js";
import { diaryWords } from "./words-diary.js";
import { learn } from "./words.js";

learn(diaryWords);

const byID = (id) => document.getElementById(id);
const airChannels = ["air.humidity", "air.temperature", "air.pm2_5"];
/** How long a zoom must rest before the station is asked, and news before the next, in milliseconds. */
const rest = 150;
const newsRest = 10_000;

let station = null;
let person = null;
let site = null;
/** All of the diary in few points, and the span shown in many. */
let whole = null;
let timeline = null;
/** The value that is explained, while it is. */
let explained = null;
const panels = new Map();
const hiddenKinds = new Set();
let asking = null;
let resting = null;

const width = () => Math.max(100, byID("main").clientWidth - 110);

const span = new Span(
  () => { for (const panel of panels.values()) panel.move(); range.move(); },
  () => {
    writeAddress();
    clearTimeout(resting);
    resting = setTimeout(() => { load(); table.restart(); }, timeline ? rest : 0);
  });

const actions = {
  width,
  window: () => span.time,
  move: (time, keepsLength) => span.move(time, keepsLength),
  settle: () => span.settle(),
  shift: (part) => span.shift(part),
  scale: (factor, around) => span.scale(factor, around),
  cross: (time) => { for (const panel of panels.values()) panel.crossAt(time); },
  speak: (text) => { byID("spoken").textContent = text; },
  open(panel, point) {
    if (panel.isAir) return;
    const about = { slot: point.slot, channel: panel.channel, site: panel.site };
    if (panel.bucketDays === 1) return explain({ ...about, date: point.date });
    explanation.openBucket({ person, ...about }, point, (date) => tell({ ...about, date }));
  },
};

const range = new Range(byID("range"), actions);
const explanation = new Explanation(() => { explained = null; writeAddress(); });
const table = new Table({
  about: () => ({ person, channel: byID("channel").value, site, ...span.dates }),
  explain: (about) => explain(about),
});

function explain(about) {
  explanation.forget();
  return tell(about);
}

function tell(about) {
  explained = about;
  writeAddress();
  return explanation.open({ person, ...about });
}

/** What is shown stands in the address; while a value is explained, that value as well. */
function writeAddress() {
  if (!whole) return;
  const { people, default_person: usual } = station;
  const shown = { person: people.length > 1 && person !== usual ? person : null, site,
    ...(span.first ? span.dates : {}), ...explained };
  history.replaceState(null, "", listPath(location.pathname, shown));
}

function readAddress() {
  const about = Object.fromEntries(new URLSearchParams(location.search));
  const people = station.people.map(({ name }) => name);
  person = people.includes(about.person) ? about.person
    : station.status?.person ?? station.default_person;
  // In an address that explains a value, the site is the value's.
  site = about.date ? null : about.site || null;
  return about;
}

// What is asked of the station

async function begin() {
  try {
    station = await ask("station");
    shine(station.is_night);
    const about = readAddress();
    const { date, slot, channel, site: place } = about;
    if (date) explain({ date, slot, channel, site: place });
    await askWhole();
    startSpan(about);
    hideTrouble();
  } catch (error) {
    showTrouble(error, begin);
  }
}

async function askWhole() {
  const asked = person;
  const answer = await ask(listPath("timeline", { person, points: Math.round(width()) }));
  if (asked !== person) return;
  whole = answer;
  Object.assign(span, { first: whole.first, last: whole.last });
  if (site && !sites().includes(site)) site = null;
  showChoices();
  range.give(whole);
}

function startSpan({ from, to, date }) {
  if (!span.first) return show();
  if (isDate(from) && isDate(to) && from <= to) return span.set(from, to);
  const isEarlier = isDate(date) && date < shifted(span.last, -89);
  if (isEarlier) return span.set(shifted(date, -45), shifted(date, 44));
  span.preset(90);
}

async function load() {
  asking?.abort();
  const own = asking = new AbortController();
  byID("curves").setAttribute("aria-busy", "true");
  try {
    timeline = await ask(listPath("timeline", { person, ...span.dates,
      points: Math.min(2000, Math.round(width())) }), { signal: own.signal });
    hideTrouble();
    show();
  } catch (error) {
    if (error.name !== "AbortError") showTrouble(error, load);
  }
  if (own === asking) byID("curves").removeAttribute("aria-busy");
}

/** Something was committed. */
async function refresh() {
  if (!whole) return begin();
  const before = whole.last;
  try { await askWhole(); } catch (error) { return showTrouble(error, refresh); }
  if (!before) return span.preset(90);
  if (span.extend(before)) return;
  await load();
  if (table.cursors.length === 1) await table.load();
}

function showTrouble(error, again) {
  byID("trouble").hidden = false;
  byID("trouble").replaceChildren(make("p", {}, toldOf(error)),
    make("button", { type: "button", onclick: again }, t("ask again")));
}

const hideTrouble = () => { byID("trouble").hidden = true; };

// What is shown

const sites = () => [...new Set([
  ...station.people.find(({ name }) => name === person)?.sites ?? [],
  ...whole.panels.map((panel) => panel.site).filter(Boolean)])];

function options(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, text]) =>
    make("option", { value, selected: value === chosen }, text)));
}

function showChoices() {
  options(byID("person"), station.people.map(({ name }) => [name, name]), person);
  byID("person-field").hidden = station.people.length < 2;
  options(byID("site"), [["", t("all sites")], ...sites().map((one) => [one, orOwn("site " + one, one)])],
    site ?? "");
  byID("site-field").hidden = sites().length < 2;
  const channels = [...new Set(["skin.moisture", "skin.sebum",
    ...whole.panels.map(({ channel }) => channel)])];
  options(byID("channel"), channels.map((channel) => [channel, nameOf(channel)]),
    byID("channel").value || channels[0]);
}

function show() {
  if (!station || !whole) return;
  document.title = t("diary") + " · Skin2Vec";
  byID("no-curves").hidden = Boolean(window.Dygraph);
  byID("no-curves").textContent = t("no library");
  byID("curves").hidden = !window.Dygraph || !timeline;
  if (!span.first) byID("shown").textContent = t("nothing kept");
  if (!timeline) return;
  const events = lettered(timeline, station.kinds);
  if (window.Dygraph) {
    showLegend(timeline);
    showKinds(events, hiddenKinds, show);
    showPanels(events.filter(({ kind }) => !hiddenKinds.has(kind)));
  }
  showEvents(events, timeline.utc_offset_s,
    "/api/v1/" + listPath("events", { person, ...span.dates, limit: 10_000, form: "csv" }));
  showSpan();
}

function showSpan() {
  const { from, to } = span.dates;
  const isEmpty = !timeline.panels.some(({ slots }) =>
    Object.values(slots ?? {}).some(({ value }) => value.some((one) => one !== null)));
  const text = [t("shown span", day(from), day(to), span.days),
    isEmpty ? t("nothing in span") : t("bucket", timeline.bucket_days)].join(language === "en" ? " " : "");
  // Said again only where it is something else.
  if (byID("shown").textContent !== text) byID("shown").textContent = text;
}

function showPanels(events) {
  const contents = [
    ...timeline.panels.filter((panel) => !site || panel.site === site).map((panel) => ({
      ...panel, ...skinCurves(panel, timeline.bucket_days),
      csvPath: csvOf("slots", { person, channel: panel.channel, site: panel.site }) })),
    ...airChannels.map((channel) => timeline.air.find((series) => series.channel === channel))
      .filter(Boolean).map((series) => ({ ...series, ...airCurves(series, timeline.utc_offset_s),
        site: null, csvPath: csvOf("air/days", { channel: series.channel }) })),
  ];
  const keys = contents.map(({ channel, site }) => `${channel} ${site ?? ""}`);
  for (const [key, panel] of [...panels]) {
    if (keys.includes(key)) continue;
    panel.close();
    panels.delete(key);
  }
  contents.forEach((content, place) => showPanel(keys[place], { ...content, events,
    offset: timeline.utc_offset_s, bucketDays: timeline.bucket_days, epochs: epochsOf(content) }, place));
}

function showPanel(key, content, place) {
  const known = panels.get(key);
  if (known) known.give(content);
  const panel = known ?? new Panel(content, actions);
  panels.set(key, panel);
  const box = byID("panels");
  if (box.children[place] !== panel.element) box.insertBefore(panel.element, box.children[place] ?? null);
  panel.start();
}

const csvOf = (list, about) =>
  "/api/v1/" + listPath(list, { ...about, ...span.dates, limit: 10_000, form: "csv" });

const epochsOf = ({ channel, site }) => timeline.epochs.filter((epoch) =>
  epoch.channel === channel && (epoch.site ?? null) === (site ?? null)
    && (!epoch.person || epoch.person === person));

// What is done

byID("person").addEventListener("change", async () => {
  person = byID("person").value;
  timeline = null;
  try { await askWhole(); } catch (error) { return showTrouble(error, begin); }
  if (span.first) span.settle(); else show();
});
byID("site").addEventListener("change", () => {
  site = byID("site").value || null;
  writeAddress();
  show();
  table.restart();
});
byID("channel").addEventListener("change", () => table.restart());

// The light has changed.
new MutationObserver(() => {
  relight();
  for (const panel of panels.values()) panel.draw();
  if (whole) range.draw();
}).observe(document.documentElement, { attributeFilter: ["data-theme"] });

head(() => {
  if (whole) { showChoices(); range.move(); }
  table.show();
  show();
});
say();
await begin();

let isResting = false;
let isMissed = false;
/** News come often, as the air is committed each minute or so: the first at once, others after a rest. */
function hear() {
  if (isResting) { isMissed = true; return; }
  isResting = true;
  refresh();
  setTimeout(() => {
    isResting = false;
    if (isMissed) { isMissed = false; hear(); }
  }, newsRest);
}
follow({
  status: (status) => {
    away(status === null);
    if (station && (station.status === null) !== (status === null)) hear();
    if (station) station.status = status;
  },
  diary: hear,
});
