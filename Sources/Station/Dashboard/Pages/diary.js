// The diary over any span of time: curves, a table, events, and how each value came to be.
import { ask, away, day, follow, head, language, make, orOwn, say, shine, t } from "./common.js";
import { letters, showKinds, showLegend } from "./diary-legend.js";
import { Explanation, listPath, showEvents, Table, toldOf } from "./diary-lists.js";
import { relight } from "./diary-paint.js";
import { airCurves, nameOf, Panel, skinCurves } from "./diary-panels.js";
import { Range } from "./diary-range.js";
import { dateOf, dayLength, daysFrom, isDate, leastSpan, localTime, shifted, timeOf }
  from "./diary-time.js";
import { diaryWords } from "./words-diary.js";
import { learn } from "./words.js";

learn(diaryWords);

const byID = (id) => document.getElementById(id);
const presets = [["14 days", 14], ["90 days", 90], ["1 year", 365], ["all", Infinity]];
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
/** From which moment to which is shown: local time as if it were UTC, in milliseconds. */
let shownTime = [0, dayLength];
const panels = new Map();
const hiddenKinds = new Set();
let asking = null;
let resting = null;
let isMoving = false;

const dates = () => ({ from: dateOf(shownTime[0]), to: dateOf(shownTime[1] - 1) });
const width = () => Math.max(100, byID("main").clientWidth - 110);

const actions = {
  window: () => shownTime,
  width,
  /** Shows another window; the station is asked once it has settled. */
  move(range, keepsLength = false) {
    shownTime = within(range, keepsLength);
    if (isMoving) return;
    isMoving = true;
    requestAnimationFrame(() => { isMoving = false; showWindow(); });
  },
  settle: () => setSpan(dates().from, dates().to),
  shift(part) {
    const by = part * (shownTime[1] - shownTime[0]);
    const days = Math.sign(by) * Math.max(1, Math.round(Math.abs(by) / dayLength));
    shownTime = within(shownTime.map((time) => time + days * dayLength), true);
    actions.settle();
  },
  scale(factor, around = (shownTime[0] + shownTime[1]) / 2) {
    shownTime = within(shownTime.map((time) => around + (time - around) * factor));
    actions.settle();
  },
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
const explanation = new Explanation(() => writeAddress());
const table = new Table({
  about: () => ({ person, channel: byID("channel").value, site, ...dates() }),
  explain: (about) => explain(about),
});

function explain(about) {
  explanation.forget();
  return tell(about);
}

function tell(about) {
  writeAddress(about);
  return explanation.open({ person, ...about });
}

// The span

/** A window within the diary, neither too short nor too long. */
function within([from, to], keepsLength = false) {
  const bounds = whole?.first
    ? [timeOf(whole.first), timeOf(whole.last) + dayLength] : [from, to];
  const most = bounds[1] - bounds[0];
  const length = Math.min(most, Math.max(Math.min(leastSpan, most), to - from));
  const begin = Math.min(Math.max(from, bounds[0]), bounds[1] - length);
  const least = begin + Math.min(leastSpan, most);
  return [begin, keepsLength ? begin + length : Math.min(bounds[1], Math.max(least, to))];
}

/** Shows the dates from one to another, and asks the station for them. */
function setSpan(from, to) {
  shownTime = within([timeOf(from), timeOf(to) + dayLength]);
  shownTime = [timeOf(dates().from), timeOf(dates().to) + dayLength];
  showWindow();
  writeAddress();
  clearTimeout(resting);
  resting = setTimeout(() => { load(); table.restart(); }, timeline ? rest : 0);
}

function setPreset(days) {
  const { first, last } = whole;
  if (!first) return;
  setSpan(days === Infinity || shifted(last, 1 - days) < first ? first : shifted(last, 1 - days), last);
}

/** What is shown stands in the address; while a value is explained, that value as well. */
function writeAddress(about) {
  const { people, default_person: usual } = station;
  const shown = { person: people.length > 1 && person !== usual ? person : null, site,
    ...(whole?.first ? dates() : {}), ...about };
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
    await askWhole();
    startSpan(about);
    hideTrouble();
    if (about.date) explain({ date: about.date, slot: about.slot, channel: about.channel, site: about.site });
  } catch (error) {
    showTrouble(error, begin);
  }
}

async function askWhole() {
  const asked = person;
  const answer = await ask(listPath("timeline", { person, points: Math.round(width()) }));
  if (asked !== person) return;
  whole = answer;
  if (site && !sites().includes(site)) site = null;
  showChoices();
  range.give(whole);
}

function startSpan({ from, to, date }) {
  if (!whole.first) return show();
  if (isDate(from) && isDate(to) && from <= to) return setSpan(from, to);
  const isEarlier = isDate(date) && date < shifted(whole.last, -89);
  if (isEarlier) return setSpan(shifted(date, -45), shifted(date, 44));
  setPreset(90);
}

async function load() {
  asking?.abort();
  const own = asking = new AbortController();
  byID("curves").setAttribute("aria-busy", "true");
  try {
    timeline = await ask(listPath("timeline", { person, ...dates(),
      points: Math.min(2000, Math.round(width())) }), { signal: own.signal });
    hideTrouble();
    show();
  } catch (error) {
    if (error.name !== "AbortError") showTrouble(error, load);
  }
  if (own === asking) byID("curves").removeAttribute("aria-busy");
}

/** Something was committed: what is shown to the end goes on with the diary. */
async function refresh() {
  if (!whole) return begin();
  const wasLast = whole.last;
  const days = daysFrom(dates().from, dates().to);
  const wasPreset = presets.find(([, count]) => count === days);
  const wasAll = dates().from === whole.first;
  try { await askWhole(); } catch (error) { return showTrouble(error, refresh); }
  if (!wasLast) return whole.first ? setPreset(90) : undefined;
  if (dates().to === wasLast && whole.last > wasLast) {
    const from = wasPreset && !wasAll ? shifted(whole.last, 1 - days) : dates().from;
    return setSpan(from, whole.last);
  }
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

/** What follows the window at once, before the station has answered. */
function showWindow() {
  const { from, to } = dates();
  for (const [id, date] of [["from", from], ["to", to]]) {
    byID(id).value = date;
    byID(id).min = whole.first;
    byID(id).max = whole.last;
  }
  const days = daysFrom(from, to);
  const isAll = from === whole.first && to === whole.last;
  for (const button of byID("presets").children) {
    const count = Number(button.dataset.days);
    button.setAttribute("aria-pressed",
      String(count === Infinity ? isAll : !isAll && to === whole.last && days === count));
  }
  for (const panel of panels.values()) panel.move();
  range.move();
}

function show() {
  if (!station || !whole) return;
  document.title = t("diary") + " · Skin2Vec";
  byID("no-curves").hidden = Boolean(window.Dygraph);
  byID("no-curves").textContent = t("no library");
  byID("curves").hidden = !window.Dygraph || !timeline;
  if (!whole.first) byID("shown").textContent = t("nothing kept");
  if (!timeline) return;
  const events = eventsShown();
  if (window.Dygraph) {
    showLegend(timeline);
    showKinds(events, hiddenKinds, show);
    showPanels(events.filter(({ kind }) => !hiddenKinds.has(kind)));
  }
  showEvents(events, timeline.utc_offset_s,
    "/api/v1/" + listPath("events", { person, ...dates(), limit: 10_000, form: "csv" }));
  showSpan();
}

function showSpan() {
  const { from, to } = dates();
  const isEmpty = !timeline.panels.some(({ slots }) =>
    Object.values(slots ?? {}).some(({ value }) => value.some((one) => one !== null)));
  const text = [t("shown span", day(from), day(to), daysFrom(from, to)),
    isEmpty ? t("nothing in span") : t("bucket", timeline.bucket_days)].join(language === "en" ? " " : "");
  // Said again only where it is something else.
  if (byID("shown").textContent !== text) byID("shown").textContent = text;
}

const eventsShown = () => {
  const known = letters(timeline.events, station.kinds);
  return timeline.events.map((event) => ({ ...event, letter: known.get(event.kind),
    x: localTime(event.time_utc_us, timeline.utc_offset_s) }))
    .sort((one, other) => one.x - other.x);
};

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
  "/api/v1/" + listPath(list, { ...about, ...dates(), limit: 10_000, form: "csv" });

const epochsOf = ({ channel, site }) => timeline.epochs.filter((epoch) =>
  epoch.channel === channel && (epoch.site ?? null) === (site ?? null)
    && (!epoch.person || epoch.person === person));

// What is done

for (const [word, days] of presets) {
  byID("presets").append(make("button", { type: "button", "data-word": word, "data-days": days,
    "aria-pressed": "false", onclick: () => { if (whole) setPreset(days); } }));
}
const moves = { "earlier": () => actions.shift(-0.5), "later": () => actions.shift(0.5),
  "zoom in": () => actions.scale(0.5), "zoom out": () => actions.scale(2) };
for (const [word, act] of Object.entries(moves)) {
  byID("moves").append(make("button", { type: "button", "data-word": word,
    onclick: () => { if (whole?.first) act(); } }));
}
for (const id of ["from", "to"]) {
  byID(id).addEventListener("change", () => {
    const { from, to } = { ...dates(), [id]: byID(id).value };
    if (!whole?.first) return;
    if (!isDate(from) || !isDate(to)) return showWindow();
    if (from <= to) setSpan(from, to);
    else setSpan(byID(id).value, byID(id).value);
  });
}
byID("person").addEventListener("change", async () => {
  person = byID("person").value;
  timeline = null;
  try { await askWhole(); } catch (error) { return showTrouble(error, begin); }
  if (whole.first) setSpan(dates().from, dates().to); else show();
});
byID("site").addEventListener("change", () => {
  site = byID("site").value || null;
  writeAddress();
  show();
  table.restart();
});
byID("channel").addEventListener("change", () => table.restart());

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
