// What the probe's raw readings mean: what is in force, and measuring it anew, step by step.
import { ask, make, number, orOwn, t, Trouble } from "./common.js";
import { picture } from "./calibration-pictures.js";

const byID = (id) => document.getElementById(id);

/** In m/s² (Conférence générale des poids et mesures, 1901). */
const standardGravity = 9.80665;

/** From one measurement's beginning to the next, and from one spoken reading to the next. */
const [period, silence] = [1_000, 3_000];

/** How each is measured, and what its numbers are; `old` is what was in force. */
const subjects = {
  "skin.moisture": { steps: ["air", "pad"], parameters: ([air, pad]) =>
    ({ air_picofarads: air, reference_picofarads: pad }) },
  "skin.sebum": { steps: ["strip"], parameters: ([fresh], old) =>
    ({ fresh_strip_counts: fresh, full_scale_absorbance: old.full_scale_absorbance }) },
  "skin.force": { steps: ["rest", "weight"], needsOld: true, parameters: ([zero, loaded], old, grams) => {
    const conductance = (counts) => counts / (old.supply_counts - counts);
    return { supply_counts: old.supply_counts, zero_counts: zero, newtons_per_unit:
      grams / 1000 * standardGravity / (conductance(loaded) - conductance(zero)) };
  } },
};

const numbersOf = (calibration) => JSON.parse(calibration.parameters);
const places = (name) => name.endsWith("counts") ? 0 : 3;
const numberWords = (name, value) => value === undefined ? "–" : number(value, places(name));
const listed = (numbers) => Object.entries(numbers).map(([name, value]) =>
  `${orOwn("parameter " + name, name)}: ${numberWords(name, value)}`).join(t("semicolon"));

/** Shows what is in force, with a way to measure it anew, and all that was before. */
export function showCalibrations(items, moment, open) {
  byID("subjects").replaceChildren(...Object.entries(subjects).flatMap(([channel, subject]) => {
    const current = items.find((item) => item.channel === channel && item.valid_to_utc_us === null);
    if (!current && (subject.needsOld || channel === "skin.sebum")) return [];
    return [make("article", { class: "card subject", "aria-label": t(channel) },
      make("h3", {}, t(channel)),
      make("p", {}, current ? listed(numbersOf(current)) : t("no calibration")),
      current ? make("p", { class: "muted" }, t("in force since", moment(current.valid_from_utc_us)),
        " · ", orOwn("by " + current.who, current.who), " · ", orOwn("why " + current.why, current.why))
        : null,
      make("button", { type: "button", "data-subject": channel, onclick: () => open(channel, current) },
        t("calibrate", t(channel))))];
  }));
  byID("earlier").hidden = items.length === 0;
  byID("calibrations").replaceChildren(...items.map((item) => make("li", {},
    make("p", { class: "muted" }, `${orOwn(item.channel, item.channel)} · ${item.part} · `,
      item.valid_to_utc_us === null ? t("in force since", moment(item.valid_from_utc_us))
        : t("from to", moment(item.valid_from_utc_us), moment(item.valid_to_utc_us))),
    make("p", {}, listed(numbersOf(item))),
    make("p", {}, orOwn("by " + item.who, item.who), " – ", orOwn("why " + item.why, item.why)))));
}

/** Whether two readings in a row are steady, and the same: within half a percent, or the part's noise. */
const agree = (one, other) => one !== null && one.is_steady && other.is_steady
  && Math.abs(one.median - other.median)
    <= Math.max(other.raw_unit === "pF" ? 0.02 : 20, 0.005 * Math.abs(other.median));

/** One measuring from the first step to the new numbers: all that it knows while the dialog is open. */
class Wizard {
  constructor(channel, current, who, done) {
    Object.assign(this, { channel, current, who, done, subject: subjects[channel] });
    this.old = current ? numbersOf(current) : {};
    this.dialog = byID("wizard");
    this.grams = null;
    this.begin();
  }

  begin() {
    Object.assign(this, { step: 0, taken: [], last: null, isTaking: false, part: null, spoken: 0 });
    this.turn = (this.turn ?? 0) + 1;
    this.show();
    this.listen(this.turn);
  }

  get isMeasuring() { return this.dialog.open && this.step < this.subject.steps.length; }

  show() {
    const { steps } = this.subject;
    const isOver = this.step === steps.length;
    const titles = [...steps.map((step) => t("step " + step)), t("step compare")];
    this.dialog.replaceChildren(
      make("h2", { id: "wizard-title" }, t("calibrate", t(this.channel))),
      make("p", { class: "muted" }, t("wizard about")),
      make("ol", {}, ...titles.map((title, place) => {
        const isHere = place === this.step;
        const value = this.taken[place];
        return make("li", { "aria-current": isHere ? "step" : null },
          make("h3", { tabindex: isHere ? -1 : null }, title, value === undefined ? ""
            : ` – ✓ ${t("taken")} ${this.raw(value)}`),
          ...(isHere ? (isOver ? this.comparison() : this.measuring(steps[place])) : []));
      })),
      make("p", { class: "trouble", id: "wizard-trouble", role: "alert" }),
      make("div", { class: "row" },
        isOver ? make("button", { type: "button", class: "main", id: "wizard-keep",
          onclick: () => this.keep() }, t("keep new")) : null,
        isOver ? make("button", { type: "button", onclick: () => this.begin() }, t("measure again")) : null,
        make("button", { type: "button", id: "wizard-cancel", onclick: () => this.dialog.close() },
          t("cancel"))));
    this.dialog.querySelector("li[aria-current] h3").focus();
  }

  measuring(step) {
    return [picture(step), make("p", {}, t("hold " + step)),
      step === "weight" ? make("div", { class: "fields" },
        make("label", { for: "grams" }, t("grams")),
        make("input", { id: "grams", inputmode: "decimal", autocomplete: "off", required: true,
          value: this.grams ?? "", "aria-describedby": "wizard-trouble" })) : null,
      make("div", { class: "live" }, make("p", { class: "number", id: "live-number" }, "…"),
        make("p", { id: "live-state" }, t("measuring"))),
      make("p", { class: "heard", id: "heard", "aria-live": "polite" }),
      make("button", { type: "button", class: "main", id: "wizard-take", onclick: () => this.take() },
        t("take it"))].filter(Boolean);
  }

  /** From now on two steady readings in a row that agree are the step's number. */
  take() {
    if (this.subject.steps[this.step] === "weight") {
      this.grams = Number(byID("grams").value.trim().replace(",", "."));
      if (!(this.grams > 0)) {
        this.say(t("grams wrong"));
        return byID("grams").focus();
      }
    }
    this.say("");
    this.isTaking = true;
    this.last = null;
    byID("wizard-take").disabled = true;
    byID("live-state").textContent = t("taking");
    this.dialog.querySelector("li[aria-current] h3").focus();
  }

  say(text) { byID("wizard-trouble").textContent = text; }

  raw(value) {
    return this.unit === "pF" ? number(value, 2) + " pF" : `${number(value, 0)} ${t("counts")}`;
  }

  /** Measures about once a second for as long as a step asks for it. */
  async listen(turn) {
    while (this.isMeasuring && turn === this.turn) {
      const began = performance.now();
      try {
        const reading = await ask("calibration/measure",
          { method: "POST", body: { channel: this.channel } });
        if (!this.isMeasuring || turn !== this.turn) return;
        this.hear(reading);
      } catch (error) {
        if (!this.isMeasuring || turn !== this.turn) return;
        this.last = null;
        this.say(error instanceof Trouble ? error.message : t("no answer"));
      }
      const rest = Math.max(0, period - (performance.now() - began));
      await new Promise((resume) => setTimeout(resume, rest));
    }
  }

  hear(reading) {
    this.part = reading.part;
    this.unit = reading.raw_unit;
    if (byID("wizard-trouble").textContent !== t("grams wrong")) this.say("");
    if (this.isTaking && agree(this.last, reading)) return this.finish(reading);
    this.last = this.isTaking ? reading : null;
    const state = t(reading.is_steady ? "steady" : "not steady");
    byID("live-number").textContent = this.raw(reading.median);
    byID("live-state").textContent = `±${number(reading.spread, this.unit === "pF" ? 3 : 0)} · `
      + (reading.is_steady ? "● " : "○ ") + state + (this.isTaking ? " · " + t("taking") : "");
    if (performance.now() - this.spoken < silence) return;
    this.spoken = performance.now();
    byID("heard").textContent = `${this.raw(reading.median)}${t("comma")}${state}`;
  }

  finish(reading) {
    this.taken.push(reading.median);
    this.step += 1;
    Object.assign(this, { isTaking: false, last: null });
    this.show();
  }

  comparison() {
    this.parameters = this.subject.parameters(this.taken, this.old, this.grams);
    return [
      make("table", {}, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("number")),
        make("th", { scope: "col" }, t("old")), make("th", { scope: "col" }, t("new")))),
      make("tbody", {}, ...Object.entries(this.parameters).map(([name, value]) => make("tr", {},
        make("th", { scope: "row" }, orOwn("parameter " + name, name)),
        make("td", {}, numberWords(name, this.old[name])),
        make("td", {}, make("strong", {}, numberWords(name, value))))))),
      make("p", {}, t("new baseline", t(this.channel))),
      make("div", { class: "fields" }, make("label", { for: "by" }, t("who calibrates")),
        make("input", { id: "by", value: this.who, maxlength: 100, autocomplete: "off" }),
        make("label", { for: "reason" }, t("why calibrate")),
        make("input", { id: "reason", value: t("measured on the page"), maxlength: 500,
          autocomplete: "off" })),
    ];
  }

  async keep() {
    byID("wizard-keep").disabled = true;
    try {
      await ask("calibrations", { method: "POST", body: { part: this.part, channel: this.channel,
        who: byID("by").value.trim() || this.who, why: byID("reason").value.trim()
          || t("measured on the page"), parameters: this.parameters } });
    } catch (error) {
      byID("wizard-keep").disabled = false;
      return this.say(error instanceof Trouble ? error.message : t("no answer"));
    }
    this.outcome = t("calibrated", t(this.channel));
    this.dialog.close();
  }
}

/** Opens the steps; contacts are no taps until it is closed, whichever way that is. */
export function openWizard(channel, current, who, done) {
  const dialog = byID("wizard");
  dialog.showModal();
  const wizard = new Wizard(channel, current, who, done);
  const leave = () => navigator.sendBeacon("/api/v1/calibration/end",
    new Blob(["{}"], { type: "application/json" }));
  addEventListener("pagehide", leave);
  dialog.addEventListener("close", async () => {
    removeEventListener("pagehide", leave);
    // Where it is not heard, the station ends by itself after a while.
    await ask("calibration/end", { method: "POST", body: {} }).catch(() => null);
    await done(wizard.outcome ?? t("nothing changed"));
  }, { once: true });
}
