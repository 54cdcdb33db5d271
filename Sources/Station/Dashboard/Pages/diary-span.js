// What is shown of the diary: from which day to which, and the controls that say so.
import { make } from "./common.js";
import { dateOf, dayLength, daysFrom, isDate, leastSpan, shifted, timeOf } from "./diary-time.js";

const byID = (id) => document.getElementById(id);
const presets = [["14 days", 14], ["90 days", 90], ["1 year", 365], ["all", Infinity]];

/** The span shown, within the diary. */
export class Span {
  /** From which moment to which: local time as if it were UTC, in milliseconds. */
  time = [0, dayLength];
  /** The first and the last date of the diary; null where it is empty. */
  first = null;
  last = null;

  /**
   * @param moved The window is another, perhaps in the middle of a drag.
   * @param settled It will stay so for now: the station may be asked.
   */
  constructor(moved, settled) {
    Object.assign(this, { moved, settled, isDrawing: false });
    for (const [word, days] of presets) {
      byID("presets").append(make("button", { type: "button", "data-word": word, "data-days": days,
        "aria-pressed": "false", onclick: () => this.preset(days) }));
    }
    const moves = { "earlier": () => this.shift(-0.5), "later": () => this.shift(0.5),
      "zoom in": () => this.scale(0.5), "zoom out": () => this.scale(2) };
    for (const [word, act] of Object.entries(moves)) {
      byID("moves").append(make("button", { type: "button", "data-word": word, onclick: act }));
    }
    for (const side of ["from", "to"]) {
      byID(side).addEventListener("change", () => this.typed(side));
    }
  }

  get dates() { return { from: dateOf(this.time[0]), to: dateOf(this.time[1] - 1) }; }

  get days() { return daysFrom(this.dates.from, this.dates.to); }

  /** A window within the diary, neither too short nor too long. */
  within([from, to], keepsLength = false) {
    const bounds = this.first ? [timeOf(this.first), timeOf(this.last) + dayLength] : [from, to];
    const most = bounds[1] - bounds[0];
    const least = Math.min(leastSpan, most);
    const length = Math.min(most, Math.max(least, to - from));
    const begin = Math.min(Math.max(from, bounds[0]), bounds[1] - length);
    if (keepsLength) return [begin, begin + length];
    return [begin, Math.min(bounds[1], Math.max(begin + least, to))];
  }

  /** Shows another window, drawn once a frame; the station is asked once it has settled. */
  move(time, keepsLength = false) {
    this.time = this.within(time, keepsLength);
    if (this.isDrawing) return;
    this.isDrawing = true;
    requestAnimationFrame(() => { this.isDrawing = false; this.show(); });
  }

  /** Shows whole days, of what it is on now. */
  settle() { this.set(this.dates.from, this.dates.to); }

  /** Shows the dates from one to another. */
  set(from, to) {
    this.time = this.within([timeOf(from), timeOf(to) + dayLength]);
    this.show();
    this.settled();
  }

  preset(days) {
    if (!this.first) return;
    const from = days === Infinity ? this.first : shifted(this.last, 1 - days);
    this.set(from < this.first ? this.first : from, this.last);
  }

  /** Moves by a part of what is shown, at least by a day. */
  shift(part) {
    if (!this.first) return;
    const days = Math.sign(part) * Math.max(1, Math.round(Math.abs(part) * this.days));
    this.time = this.within(this.time.map((time) => time + days * dayLength), true);
    this.settle();
  }

  /** Makes the span longer or shorter around a moment. */
  scale(factor, around = (this.time[0] + this.time[1]) / 2) {
    if (!this.first) return;
    this.time = this.within(this.time.map((time) => around + (time - around) * factor));
    this.settle();
  }

  /** The diary has gone on: what was shown to its end goes on with it; says whether it did. */
  extend(before) {
    const { from, to } = this.dates;
    if (to !== before || this.last <= before) return false;
    const isPreset = presets.some(([, days]) => days === this.days);
    this.set(isPreset && from !== this.first ? shifted(this.last, 1 - this.days) : from, this.last);
    return true;
  }

  typed(side) {
    if (!this.first) return;
    const { from, to } = { ...this.dates, [side]: byID(side).value };
    if (!isDate(from) || !isDate(to)) this.show();
    else if (from <= to) this.set(from, to);
    else this.set(byID(side).value, byID(side).value);
  }

  show() {
    const { from, to } = this.dates;
    for (const [side, date] of [["from", from], ["to", to]]) {
      byID(side).value = date;
      byID(side).min = this.first;
      byID(side).max = this.last;
    }
    const isAll = from === this.first && to === this.last;
    for (const button of byID("presets").children) {
      const days = Number(button.dataset.days);
      button.setAttribute("aria-pressed", String(
        days === Infinity ? isAll : !isAll && to === this.last && this.days === days));
    }
    this.moved();
  }
}
