// The page that lies open beside the bed.
import { ask, away, clock, day, follow, head, language, make, number, orOwn, say, shine, t,
  Trouble } from "./common.js";

const byID = (id) => document.getElementById(id);
const dimensions = ["oil", "hydration", "elasticity", "gloss", "sensitivity"];
let station = null;
let tonight = null;
let person = null;
let moment = null;
let resting = null;

/** How long a word about the last tap stays, in milliseconds. */
const staying = 45_000;

function showState() {
  const state = station?.status ? moment?.state ?? "ready" : "off";
  const box = byID("state");
  box.dataset.state = state;
  byID("state-word").textContent = t("state " + state);
  byID("state-detail").textContent = detail(state);
}

function detail(state) {
  if (!moment) return "";
  const who = station.people.length > 1 && moment.person ? moment.person + " · " : "";
  switch (state) {
    case "hold": case "lift": case "site":
      return who + t("touch of", moment.site ?? "", moment.touches + 1);
    case "counted": return who + t("counted", moment.accepted, moment.touches);
    case "again": return who + orOwn("refusal " + (moment.refusal ?? "").split(":")[0], "");
    case "saved": return who + t("counted", moment.accepted, moment.touches);
    case "not_saved": return t("held");
    default: return "";
  }
}

function hear(tap) {
  moment = tap;
  showState();
  clearTimeout(resting);
  if (["saved", "again"].includes(tap.state)) {
    resting = setTimeout(() => { moment = { ...tap, state: "ready" }; showState(); }, staying);
  }
  if (tap.state === "saved") refresh();
}

const places = (channel) => ["skin.sebum", "air.humidity"].includes(channel) ? 0 : 1;

function valueCard(value) {
  const unit = orOwn("unit " + value.channel, "");
  const spread = value.spread === null ? "" : " ±" + number(value.spread, places(value.channel));
  return make("article", { class: "card", "aria-label": t(value.channel) + " " + (value.site ?? "") },
    make("h3", { class: "muted" },
      t(value.channel) + (value.site ? " · " + orOwn("site " + value.site, value.site) : "") + " · "
        + day(value.local_date, { weekday: "short", day: "numeric", month: "short" }) + " "
        + t(value.slot)),
    make("p", { class: "number" }, number(value.value, places(value.channel)),
      make("small", { class: "muted" }, spread + " " + unit)),
    make("p", {}, t("compared week", value.words.week)),
    make("p", {}, t("compared baseline", value.words.baseline)),
    value.quality === "ok" ? null : make("p", {}, t("quality " + value.quality), " ",
      (value.reason ?? "").split(",").map((reason) => orOwn("reason " + reason, reason)).join(", ")),
    make("a", { href: `/diary?date=${value.local_date}&slot=${value.slot}&channel=${value.channel}`
      + `&site=${encodeURIComponent(value.site ?? "")}` }, t("explain")));
}

function showValues() {
  byID("when").textContent = clock(tonight.now_utc_us, tonight.utc_offset_s,
    { dateStyle: "full", timeStyle: "short" }) + " · " + t(tonight.slot);
  const shown = ["skin.moisture", "skin.sebum"].flatMap((channel) => {
    const sites = [...new Set(tonight.values.filter((value) => value.channel === channel)
      .map((value) => value.site))];
    return sites.map((site) => {
      const own = tonight.values.filter((value) => value.channel === channel && value.site === site);
      return own.find((value) => value.local_date === tonight.date && value.slot === tonight.slot)
        ?? own.find((value) => value.local_date === tonight.date) ?? own[0];
    });
  });
  byID("values").replaceChildren(...shown.map(valueCard));
  if (shown.length === 0) byID("values").append(make("p", {}, t("no values")));
}

function showAir() {
  const order = ["air.temperature", "air.humidity", "air.pm2_5", "air.co2", "air.voc_index"];
  const rows = order.map((channel) => tonight.air.find((row) => row.channel === channel))
    .filter(Boolean);
  byID("air").replaceChildren(...rows.map((row) =>
    make("div", { class: "card" }, make("p", { class: "muted" }, t(row.channel)),
      row.value === null
        ? make("p", {}, t("absent"), " ", orOwn("absence " + row.reason, row.reason ?? ""))
        : make("p", { class: "number" }, number(row.value, places(row.channel)),
            make("small", { class: "muted" }, " " + t("unit " + row.channel))))));
  if (rows.length === 0) byID("air").append(make("p", {}, t("no air")));
}

function showScores() {
  byID("scores").replaceChildren(...dimensions.map((dimension) =>
    make("fieldset", { class: "score" }, make("legend", {}, t("score " + dimension)),
      make("div", { class: "choices" }, ...[0, 1, 2, 3, 4, 5].map((value) =>
        make("button", { type: "button", "data-dimension": dimension, "data-value": value,
          "aria-pressed": tonight.scores[dimension] === value ? "true" : "false",
          "aria-label": t("score " + dimension) + " " + value,
          onclick: () => score(dimension, value) }, String(value)))))));
}

function showEvents() {
  byID("events").replaceChildren(...station.kinds.map((kind) =>
    make("button", { type: "button", "data-kind": kind, onclick: () => event(kind) },
      t("event " + kind))));
  byID("noted").replaceChildren(...tonight.events.map((noted) =>
    make("li", {}, clock(noted.time_utc_us, tonight.utc_offset_s, { timeStyle: "short" }), " ",
      orOwn("event " + noted.kind, noted.kind), noted.note ? " – " + noted.note : "", " ",
      make("button", { type: "button", onclick: () => withdraw(`events/${noted.event_id}`,
        orOwn("event " + noted.kind, noted.kind)) }, t("take back")))));
  if (tonight.events.length === 0) byID("noted").append(make("li", { class: "muted" }, t("nothing")));
}

function showPeople() {
  byID("who").hidden = station.people.length < 2;
  const chosen = station.status?.person ?? station.default_person;
  byID("people").replaceChildren(...station.people.map(({ name }) =>
    make("button", { type: "button", "aria-pressed": name === chosen ? "true" : "false",
      onclick: () => save("person", { person: name }, name) }, name)));
}

async function save(path, body, name, undo) {
  try {
    const answer = await ask(path, { method: "POST", body });
    tell(t("saved it", name), undo?.(answer));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    tell(error.message);
  }
  await refresh();
}

const score = (dimension, value) =>
  save("scores", { person, date: tonight.date, dimension, value },
    t("score " + dimension) + " " + value,
    () => () => withdraw(`scores/${tonight.date}/${dimension}?person=${encodeURIComponent(person)}`,
      t("score " + dimension)));

const event = (kind) =>
  save("events", { person, kind }, t("event " + kind),
    (answer) => answer.number && (() => withdraw(`events/${answer.number}`, t("event " + kind))));

async function withdraw(path, name) {
  try {
    await ask(path, { method: "DELETE" });
    tell(t("taken back", name));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    tell(error.message);
  }
  await refresh();
}

/** One line at the foot, with a way back. */
function tell(text, undo) {
  const box = byID("undo");
  box.replaceChildren(make("span", {}, text),
    undo ? make("button", { type: "button", id: "undo-button", onclick: undo }, t("undo")) : null);
  box.hidden = false;
}

async function refresh() {
  try {
    station = await ask("station");
    shine(station.is_night);
    const chosen = station.status?.person ?? station.default_person;
    person = chosen;
    tonight = await ask("tonight?person=" + encodeURIComponent(person));
  } catch (error) {
    if (!station || !tonight) {
      byID("state-word").textContent = t("state off");
      byID("state-detail").textContent = error.message;
    }
    return;
  }
  moment ??= station.tap;
  show();
}

function show() {
  if (!station || !tonight) return;
  showState();
  showPeople();
  showValues();
  showScores();
  showEvents();
  showAir();
  document.title = t("tonight") + " · Skin2Vec";
}

head(refresh);
say();
await refresh();
follow({
  tap: hear,
  status: (status) => {
    if (!station) return;
    const was = station.status;
    station.status = status;
    away(status === null);
    if ((was === null) !== (status === null)) { refresh(); }
    if (status?.time_utc_us && tonight) {
      tonight.now_utc_us = status.time_utc_us;
      byID("when").textContent = clock(status.time_utc_us, tonight.utc_offset_s,
        { dateStyle: "full", timeStyle: "short" }) + " · " + t(tonight.slot);
    }
  },
  diary: refresh,
  lost: () => {
    if (!station) return;
    station.status = null;
    showState();
  },
});
