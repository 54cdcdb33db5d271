// What the analyses found, how sure it is, and what cannot be said.
import { ask, away, clock, follow, head, language, make, number, orOwn, say, shine, t,
  Trouble } from "./common.js";
import { figureBox } from "./figure.js";
import { words } from "./words-findings.js";
import { learn } from "./words.js";

const byID = (id) => document.getElementById(id);
const analyses = ["effects", "humidity", "watch", "forecast", "products", "trials", "what-if"];
const terms = ["claim", "interval", "n", "sd", "none", "hint", "replicated", "randomised", "adjusted",
  "silence"];
let station = null;
let person = new URLSearchParams(location.search).get("person");
let found = null;
let figures = [];

const shows = (figure, finding) => finding.figures.includes(figure.name);

/** Three digits at most, as the sentences have them. */
const brief = (value) =>
  number(value, Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

const unitOf = (finding) => finding.unit === "" ? "" : " " + orOwn("unit " + finding.unit, finding.unit);

const adjusted = (names) =>
  names.map((name) => orOwn("adjusted " + name, orOwn("event " + name, orOwn(name, name))))
    .join(t("list comma"));

/** Interval, readings and adjustments in one line. */
function grounds(finding) {
  const parts = [];
  if (finding.low !== null && finding.high !== null) {
    parts.push(t("interval of", Math.round((finding.level ?? 0.9) * 100), brief(finding.low),
      brief(finding.high), unitOf(finding)));
  }
  if (finding.n > 0) parts.push("n = " + number(finding.n, 0));
  if (finding.adjusted_for.length > 0) parts.push(t("adjusted for", adjusted(finding.adjusted_for)));
  return parts.join(" · ");
}

function claimCard(finding, own) {
  return make("article", { class: "card claim", "data-number": finding.number },
    make("h3", { class: "muted" }, t("analysis " + finding.analysis)),
    make("p", { class: "sentence" }, finding.sentence),
    finding.evidence === null ? null : make("p", { class: "grade" },
      make("strong", {}, t("grade " + finding.evidence)), " ", t("means " + finding.evidence)),
    make("p", { class: "muted" }, grounds(finding)), ...own.map(figureBox));
}

function quietItem(finding) {
  const more = grounds(finding);
  return make("li", {}, finding.sentence,
    more === "" ? null : make("span", { class: "muted" }, " – " + more));
}

/** Of a forecast, the next reading; those after it only where somebody opens them. */
function quietList(analysis, quiet) {
  if (quiet.length === 0) return [];
  const isLater = (finding) => analysis === "forecast" && Number(finding.details.horizon ?? 1) > 1;
  const later = quiet.filter(isLater);
  return [
    make("ul", {}, ...quiet.filter((finding) => !isLater(finding)).map(quietItem)),
    later.length === 0 ? null : make("details", {},
      make("summary", {}, t("later readings", later.length)),
      make("ul", {}, ...later.map(quietItem))),
  ].filter(Boolean);
}

function groupSection(analysis, drawn) {
  const quiet = found.findings.filter((finding) =>
    finding.analysis === analysis && !finding.is_claim && finding.silence === null);
  const own = figures.filter((figure) => figure.analysis === analysis && !drawn.has(figure.name));
  if (quiet.length + own.length === 0) return null;
  return make("section", { "aria-labelledby": "group-" + analysis, "data-analysis": analysis },
    make("h2", { id: "group-" + analysis }, t("analysis " + analysis)),
    make("p", { class: "muted" }, t("about " + analysis)),
    ...own.map(figureBox), ...quietList(analysis, quiet));
}

function showClaims() {
  const claims = found.findings.filter((finding) => finding.is_claim);
  const drawn = new Set();
  byID("claimed").replaceChildren(...claims.map((finding) => {
    const own = figures.filter((figure) => shows(figure, finding) && !drawn.has(figure.name));
    for (const figure of own) drawn.add(figure.name);
    return claimCard(finding, own);
  }));
  if (claims.length === 0) byID("claimed").append(make("p", {}, t("no claims")));
  return drawn;
}

/** What a silence rests on: where it has no count of its own, that of its figure, else none is said. */
function restsOn(finding) {
  const n = finding.n > 0 ? finding.n : figures.find((figure) => shows(figure, finding))?.n;
  return n === undefined ? null : make("span", { class: "muted" }, ` (n = ${number(n, 0)})`);
}

function showSilences() {
  const silent = found.findings.filter((finding) => finding.silence !== null);
  byID("silences").hidden = silent.length === 0;
  byID("silent").replaceChildren(...analyses.flatMap((analysis) => {
    const own = silent.filter((finding) => finding.analysis === analysis);
    if (own.length === 0) return [];
    return [make("h3", {}, t("analysis " + analysis)), make("ul", {}, ...own.map((finding) =>
      make("li", {}, finding.sentence,
        finding.sentence.includes(finding.silence) || language !== "en" ? null
          : ": " + finding.silence,
        restsOn(finding))))];
  }));
}

function showPeople() {
  const people = station?.people ?? [];
  byID("who").hidden = people.length < 2;
  byID("person").replaceChildren(...people.map(({ name }) =>
    make("option", { value: name, selected: name === person }, name)));
}

function show() {
  document.title = t("findings") + " · Skin2Vec";
  byID("meaning").replaceChildren(...terms.flatMap((term) =>
    [make("dt", {}, t("term " + term)), make("dd", {}, t("means " + term))]));
  showPeople();
  if (!found) return;
  const isEmpty = found.findings.length === 0;
  byID("none").hidden = !isEmpty;
  byID("claims").hidden = isEmpty;
  byID("said").textContent = found.made_utc_us === null ? "" : t("made on",
    clock(found.made_utc_us, station?.utc_offset_s ?? 0, { dateStyle: "long", timeStyle: "short" }));
  const drawn = showClaims();
  byID("groups").replaceChildren(
    ...analyses.map((analysis) => groupSection(analysis, drawn)).filter(Boolean));
  showSilences();
}

let asked = 0;

/** Asks again; an answer that another question has overtaken is left alone. */
async function refresh() {
  const turn = ++asked;
  try {
    station ??= await ask("station");
    shine(station.is_night);
    person ??= station.status?.person ?? station.default_person;
    const about = `?person=${encodeURIComponent(person)}&language=${language}`;
    const [answer, drawings] = await Promise.all([ask("findings" + about), ask("figures" + about)]);
    if (turn !== asked) return;
    found = answer;
    figures = drawings.figures;
  } catch (error) {
    if (turn !== asked) return;
    show();
    byID("said").textContent = error instanceof Trouble ? error.message : t("station off");
    return;
  }
  show();
}

byID("person").addEventListener("change", (event) => {
  person = event.target.value;
  history.replaceState(null, "", "?person=" + encodeURIComponent(person));
  refresh();
});

learn(words);
head(refresh);
say();
show();
await refresh();
follow({ status: (status) => away(status === null) });
