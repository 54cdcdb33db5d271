// How the station is, what it keeps, and what can be set right on it.
import { ask, away, clock, follow, head, locale, make, number, orOwn, say, shine, t,
  Trouble } from "./common.js";
import { openWizard, showCalibrations } from "./calibration.js";
import { showHealth } from "./health.js";
import { showLog, startLog } from "./log.js";
import { words as calibrationWords } from "./words-calibration.js";
import { words } from "./words-station.js";
import { learn } from "./words.js";

const byID = (id) => document.getElementById(id);
let station = null;
let shown = 0;

const counters = ["samples", "corrupted", "not_acknowledged", "other_failures", "recoveries", "restarts"];

/** From one drawing of the parts to the next, in milliseconds: news come each second. */
const period = 5_000;

/** A length of time in its largest unit: `3 hours`. */
function span(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const [unit, size] = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]]
    .find(([, size]) => seconds >= 2 * size) ?? ["second", 1];
  return new Intl.NumberFormat(locale(), { style: "unit", unit, unitDisplay: "long",
    maximumFractionDigits: 0 }).format(Math.floor(seconds / size));
}

const size = (bytes) => bytes === null || bytes === undefined ? "–"
  : bytes >= 1e6 ? number(bytes / 1e6, 1) + " MB" : number(bytes / 1e3, 0) + " kB";

const moment = (microseconds) =>
  clock(microseconds, station?.utc_offset_s ?? 0, { dateStyle: "medium", timeStyle: "short" });

const facts = (pairs) => pairs.filter(([, value]) => value !== null && value !== undefined)
  .flatMap(([name, value]) => [make("dt", {}, t(name)), make("dd", {}, value)]);

const trouble = (error) => make("p", { class: "trouble", role: "alert" },
  error instanceof Trouble ? error.message : t("no answer"));

/** Words about the settings: those that are known, else as the station said them. */
const settingsWords = (text) =>
  text.startsWith("refused, the old ones stay")
    ? t("settings refused") + text.slice("refused, the old ones stay".length)
    : orOwn("settings " + text, text);

function showFacts() {
  const status = station.status;
  byID("facts").replaceChildren(...(status === null ? facts([["answers", t("state off")]]) : facts([
    ["runs since", `${moment(status.started_utc_us)} (${span(status.uptime_s)})`],
    ["clock", t("clock " + status.clock)],
    ["zone", station.zone],
    ["last tap", status.last_tap],
    ["held taps", number(status.pending_taps, 0) + (status.pending_taps > 0 ? " – " + t("held") : "")],
    ["journal", t(status.journal_volatile ? "journal forgets" : "journal keeps")],
    ["settings are", settingsWords(status.settings)],
    ["simulated", status.simulated ? t("yes, simulated") : null],
  ])));
}

function showPeople() {
  const chosen = station.status?.person ?? station.default_person;
  byID("people").replaceChildren(...(station.people.length < 2
    ? [make("p", {}, chosen)]
    : station.people.map(({ name }) =>
        make("button", { type: "button", "aria-pressed": name === chosen ? "true" : "false",
          onclick: () => choose(name) }, name))));
}

async function choose(name) {
  try {
    await ask("person", { method: "POST", body: { person: name } });
    tell(t("saved it", name));
    if (station.status) station.status.person = name;
    showPeople();
  } catch (error) {
    tell(error instanceof Trouble ? error.message : t("no answer"));
  }
}

const mark = (state) => ({ running: "● ", lost: "✕ " })[state] ?? "○ ";

function partCard(part) {
  const counted = counters.filter((name) => part.counters[name] > 0)
    .map((name) => `${t("counter " + name)} ${number(part.counters[name], 0)}`);
  return make("article", { class: "card part", "aria-label": part.part },
    make("h3", {}, part.product ?? part.part),
    make("dl", { class: "facts" }, ...facts([
      ["part name", part.part],
      ["state is", make("span", { class: "state", "data-state": part.state },
        mark(part.state) + orOwn("part " + part.state, part.state))],
      ["says", part.says], ["last value", part.age_s === null ? t("none so far")
        : t("ago", span(part.age_s))],
      ["runs for", part.uptime_s === null ? null : span(part.uptime_s)],
      ["serial", part.serial], ["firmware", part.firmware],
      ["counted since start", counted.join(t("comma")) || "–"],
    ])));
}

function showParts() {
  shown = performance.now();
  const parts = station.status?.parts ?? [];
  byID("parts").replaceChildren(...parts.map(partCard));
  if (parts.length === 0) byID("parts").append(make("p", {}, t(station.status ? "no parts" : "state off")));
}

function showWritten() {
  const status = station.status;
  if (!status) return byID("written").replaceChildren(make("p", {}, t("state off")));
  const [today, limit] = [status.written_today_bytes, status.limit_per_day_bytes];
  const words = limit === null ? t("written no limit", size(today))
    : t("written of", size(today), size(limit), number(100 * today / limit, 0));
  byID("written").replaceChildren(
    make("p", { id: "written-words" }, words),
    ...(limit === null ? [] : [make("meter", { min: 0, max: limit, high: 0.8 * limit, optimum: 0,
      value: Math.min(today, limit), "aria-labelledby": "written-title",
      "aria-describedby": "written-words", "aria-valuetext": words })]),
    make("dl", { class: "facts" }, ...facts([["yesterday", size(status.written_yesterday_bytes)],
      ["mean of 7 days", size(status.mean_of_7_days_bytes)]])));
}

function showStation() {
  if (!station) return;
  for (const piece of [showFacts, showPeople, showParts, showWritten]) piece();
}

function showBackups({ folder, backups }) {
  return [make("p", {}, t("backups in"), " ", make("code", {}, folder)),
    backups.length === 0 ? make("p", {}, t("no backups"))
      : make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("backups") },
          make("table", {}, make("thead", {}, make("tr", {}, ...["made", "size", "file"].map((word) =>
            make("th", { scope: "col" }, t(word))))),
          make("tbody", {}, ...backups.map((backup) => make("tr", {},
            make("td", {}, moment(backup.made_utc_us)), make("td", {}, size(backup.bytes)),
            make("td", {}, make("code", {}, backup.name)))))))];
}

function showSettings({ path, text, state }) {
  return [make("p", {}, path === null ? t("settings built in") : make("code", {}, path),
    state === "" ? null : " – " + settingsWords(state)),
  text === "" ? "" : make("details", {}, make("summary", {}, t("settings shown")),
    make("pre", { lang: "en" }, text))];
}

function showDevices({ devices }) {
  if (devices.length === 0) return [make("p", {}, t("no devices"))];
  return [
    make("ul", {}, ...devices.map((device) =>
      make("li", {}, device.name, " – ", t("paired on", moment(device.paired_utc_us))))),
    make("button", { type: "button", id: "unpair-open",
      onclick: () => { byID("unpair").showModal(); byID("unpair-no").focus(); } }, t("unpair all")),
  ];
}

/** Asks for something and shows it in its place, or why it is not there. */
async function fill(place, path, shownAs) {
  try {
    byID(place).replaceChildren(...shownAs(await ask(path)));
  } catch (error) {
    byID(place).replaceChildren(trouble(error));
  }
}

const fillDevices = () => fill("devices", "devices", showDevices);

async function unpair() {
  byID("unpair").close();
  try {
    tell((await ask("devices", { method: "DELETE" })) && t("unpaired"));
  } catch (error) {
    tell(error instanceof Trouble ? error.message : t("no answer"));
  }
  await fillDevices();
}

function tell(text) { byID("told").textContent = text; }

async function refresh() {
  document.title = t("station") + " · Skin2Vec";
  byID("pair-address").textContent = location.origin + "/pair";
  try {
    station = await ask("station");
    shine(station.is_night);
    showStation();
  } catch (error) {
    if (station) showStation();
    else byID("facts").replaceChildren(make("dt", {}, t("answers")), make("dd", {}, trouble(error)));
  }
  await Promise.all([
    fillCalibrations(), fill("backups", "backups", showBackups), fill("settings", "settings", showSettings),
    fillDevices(), showLog(station?.utc_offset_s ?? 0),
  ]);
  await showHealth(byID("health"), station).catch((error) =>
    byID("health").replaceChildren(trouble(error)));
}

async function fillCalibrations() {
  try {
    const { items } = await ask("calibrations?order=descending&limit=50");
    showCalibrations(items, moment, (subject, current) =>
      openWizard(subject, current, station?.status?.person ?? station?.default_person ?? "", async (text) => {
        tell(text);
        await fillCalibrations();
        document.querySelector(`[data-subject="${subject}"]`)?.focus();
      }));
  } catch (error) {
    byID("subjects").replaceChildren(trouble(error));
  }
}

byID("unpair-no").addEventListener("click", () => byID("unpair").close());
byID("unpair-yes").addEventListener("click", unpair);
learn(words);
learn(calibrationWords);
head(refresh);
startLog();
say();
await refresh();
follow({
  status: (status) => {
    away(status === null);
    if (!station) return;
    const changed = (status === null) !== (station.status === null);
    station.status = status;
    if (changed || performance.now() - shown >= period) showStation();
  },
});
