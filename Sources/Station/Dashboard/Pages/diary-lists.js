// What is said in words and numbers: the table of values, the events, and how a value came to be.
import { ask, clock, day, language, make, number, orOwn, signed, t, Trouble } from "./common.js";
import { nameOf, places } from "./diary-panels.js";

const byID = (id) => document.getElementById(id);
const pageLength = 50;

/** The path of a list with what it is asked for; what is missing is left out. */
export const listPath = (name, about) => name + "?" + new URLSearchParams(
  Object.entries(about).filter(([, value]) => value !== null && value !== undefined && value !== ""));

/** What went wrong, for a person. */
export const toldOf = (error) => error instanceof Trouble ? error.message : t("station off");

/** The table of slot values, page by page. */
export class Table {
  /** @param actions { about(): what is asked for, explain(value) } */
  constructor(actions) {
    this.actions = actions;
    this.cursors = [null];
    byID("newer").addEventListener("click", () => { this.cursors.pop(); this.load(); });
    byID("older").addEventListener("click", () => { this.cursors.push(this.next); this.load(); });
  }

  /** Begins with the latest again. */
  restart() {
    this.cursors = [null];
    return this.load();
  }

  async load() {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    try {
      const answer = await ask(listPath("slots", { ...this.actions.about(), order: "descending",
        limit: pageLength, after: this.cursors.at(-1) }), { signal: asking.signal });
      const isOther = JSON.stringify(this.items) !== JSON.stringify(answer.items);
      this.items = answer.items;
      this.next = answer.next;
      // What is the same stays as it is, and with it the focus of who reads it.
      if (isOther) this.show();
      else this.count();
    } catch (error) {
      if (error.name !== "AbortError") byID("table-state").textContent = toldOf(error);
    }
  }

  count() {
    byID("newer").disabled = this.cursors.length < 2;
    byID("older").disabled = !this.next;
    byID("table-state").textContent = t("rows", this.items.length, this.cursors.length);
  }

  show() {
    if (!this.items) return;
    this.count();
    byID("table").replaceChildren(this.items.length === 0 ? "" : tableOf(
      ["date", "slot", "site", "value", "mean", "week", "baseline", "touches", "quality", "explain"],
      this.items.map((item) => this.row(item))));
  }

  row(item) {
    const count = places(item.channel);
    const when = day(item.local_date);
    return [when, t(item.slot), item.site ? orOwn("site " + item.site, item.site) : "–",
      number(item.value, count) + (item.spread === null ? "" : " ±" + number(item.spread, count)),
      number(item.ma7, count), item.z7 === null ? "–" : signed(item.z7, 1),
      item.z30 === null ? "–" : signed(item.z30, 1), String(item.n_touches), quality(item),
      explainButton(item, when, () => this.actions.explain(
        { date: item.local_date, slot: item.slot, channel: item.channel, site: item.site }))];
  }
}

const explainButton = (item, when, act) => make("button", { type: "button",
  "aria-label": t("explain one", when, t(item.slot)), onclick: act }, t("explain"));

function quality({ quality, reason }) {
  const reasons = (reason ?? "").split(",").filter(Boolean)
    .map((one) => orOwn("reason " + one, one)).join(language === "en" ? ", " : "、");
  const word = orOwn(quality === "ok" ? "quality ok" : "quality word " + quality, quality);
  return reasons ? `${word} (${reasons})` : word;
}

const tableOf = (columns, rows) => make("table", {},
  make("thead", {}, make("tr", {}, ...columns.map((column) =>
    make("th", { scope: "col" }, t("column " + column))))),
  make("tbody", {}, ...rows.map(([first, ...rest]) => make("tr", {},
    make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell))))));

/** The events of the span, the latest first, a hundred at a time. */
export function showEvents(events, offset, csv, shown = 100) {
  const latest = [...events].reverse();
  const rows = latest.slice(0, shown).map((event) => [
    clock(event.time_utc_us, offset, { dateStyle: "medium", timeStyle: "short" }),
    [event.letter, orOwn("event " + event.kind, event.kind)].filter(Boolean).join(" · "),
    number(event.weight, event.weight === 1 ? 0 : 2), event.note ?? ""]);
  const box = byID("events");
  if (rows.length === 0) return box.replaceChildren(make("p", {}, t("no events")));
  box.replaceChildren(tableOf(["time", "event", "weight", "note"], rows),
    latest.length > shown ? make("button", { type: "button", onclick: () =>
      showEvents(events, offset, csv, shown + 100) }, t("more events",
      Math.min(100, latest.length - shown))) : "",
    make("p", {}, make("a", { href: csv, class: "csv" }, t("csv of", t("events")))));
}

/** The dialog that says how a value came to be. */
export class Explanation {
  /** @param closed What is done once it is closed. */
  constructor(closed) {
    this.dialog = byID("explanation");
    byID("explanation-close").addEventListener("click", () => this.dialog.close());
    byID("explanation-back").addEventListener("click", () => this.openBucket(...this.bucket));
    this.dialog.addEventListener("close", () => { this.asking?.abort(); closed(); });
    // A click beside the dialog is one on its backdrop.
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  /** Explains one value: { person, date, slot, channel, site }. */
  async open(about) {
    byID("explanation-back").hidden = !this.bucket;
    await this.tell(t("explanation of", nameOf(about.channel, about.site), orOwn(about.slot, about.slot),
      said(about.date)), async (signal) => {
      const { lines } = await ask(listPath("explain", { ...about, language }), { signal });
      return make("pre", {}, lines.length > 0 ? lines.join("\n") : t("no explanation"));
    });
  }

  /** Lists the values of several days, each with its explanation. */
  async openBucket(about, point, explain) {
    this.bucket = [about, point, explain];
    byID("explanation-back").hidden = true;
    const { channel, site, slot } = about;
    await this.tell(t("bucket of", nameOf(channel, site), t(slot), day(point.date), day(point.until)),
      async (signal) => {
        const { items } = await ask(listPath("slots",
          { ...about, from: point.date, to: point.until, limit: 500 }), { signal });
        return make("div", { class: "scroll" }, tableOf(["date", "value", "quality", "explain"],
          items.map((item) => [day(item.local_date), number(item.value, places(channel)), quality(item),
            explainButton(item, day(item.local_date), () => explain(item.local_date))])));
      });
  }

  async tell(title, asked) {
    this.asking?.abort();
    const asking = this.asking = new AbortController();
    byID("explanation-title").textContent = title;
    byID("explanation-text").replaceChildren(make("p", {}, t("asking")));
    if (!this.dialog.open) this.dialog.showModal();
    let told;
    try { told = await asked(asking.signal); } catch (error) {
      if (error.name === "AbortError") return;
      told = make("p", {}, toldOf(error));
    }
    if (!asking.signal.aborted) byID("explanation-text").replaceChildren(told);
  }

  /** The next explanation is of no bucket. */
  forget() { this.bucket = null; }
}

/** A date in words; one that is none as it is, so that the station says what is wrong with it. */
const said = (date) => {
  try { return day(date); } catch { return date; }
};
