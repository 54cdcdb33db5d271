// All of the diary in one strip, with two handles on what is shown of it.
import { day, make } from "./common.js";
import { skinCurves } from "./diary-panels.js";
import { colour } from "./diary-paint.js";
import { dateOf, dayLength, daysFrom, shifted, timeOf } from "./diary-time.js";

const jumps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 };

/** The strip with its handles; `actions` as the panels have them. */
export class Range {
  constructor(element, actions) {
    this.actions = actions;
    this.strip = make("div", { class: "strip", "aria-hidden": "true" });
    this.shown = make("div", { class: "shown" });
    this.handles = ["from", "to"].map((side) => make("div", { role: "slider", tabindex: 0,
      class: "handle " + side, "data-label": "range " + side,
      onkeydown: (event) => this.key(event, side) }));
    this.whole = make("div", { class: "whole", role: "group", "data-label": "range" },
      this.strip, this.shown, ...this.handles);
    element.replaceChildren(this.whole);
    this.element = element;
    this.drag(this.shown, (shift, [from, to]) => [from + shift, to + shift]);
    this.drag(this.handles[0], (shift, [from, to]) => [Math.min(from + shift, to - dayLength), to]);
    this.drag(this.handles[1], (shift, [from, to]) => [from, Math.max(to + shift, from + dayLength)]);
  }

  /** Takes all of the diary: its first panel is drawn, in buckets. */
  give(timeline) {
    this.first = timeline.first;
    this.last = timeline.last;
    this.element.hidden = !timeline.first || daysFrom(timeline.first, timeline.last) < 4;
    if (this.element.hidden) return;
    this.curves = timeline.panels.length > 0
      ? skinCurves(timeline.panels[0], timeline.bucket_days) : null;
    this.draw();
    this.move();
  }

  /** Draws the strip anew, in the light of now. */
  draw() {
    if (!window.Dygraph || !this.curves || this.curves.rows.length === 0) return;
    this.graph?.destroy();
    const colours = [colour("--one"), colour("--two")];
    this.graph = new window.Dygraph(this.strip, this.curves.rows.map((row) => row.slice(0, 3)), {
      labels: ["x", "morning", "evening"], connectSeparatedPoints: true, legend: "never",
      interactionModel: {}, highlightCircleSize: 0, strokeWidth: 1, colors: colours, labelsUTC: true,
      drawGrid: false, dateWindow: this.bounds(), xRangePad: 0,
      axes: { x: { drawAxis: false }, y: { drawAxis: false } },
    });
  }

  bounds() { return [timeOf(this.first), timeOf(this.last) + dayLength]; }

  /** Puts the handles where the window is. */
  move() {
    if (this.element.hidden || !this.first) return;
    const [begin, end] = this.bounds();
    const shown = this.actions.window();
    const parts = shown.map((time) => Math.max(0, Math.min(1, (time - begin) / (end - begin))));
    this.shown.style.left = parts[0] * 100 + "%";
    this.shown.style.width = (parts[1] - parts[0]) * 100 + "%";
    const dates = [dateOf(shown[0]), dateOf(shown[1] - 1)];
    this.handles.forEach((handle, side) => {
      handle.style.left = parts[side] * 100 + "%";
      handle.setAttribute("aria-valuemin", 0);
      handle.setAttribute("aria-valuemax", daysFrom(this.first, this.last) - 1);
      handle.setAttribute("aria-valuenow", daysFrom(this.first, dates[side]) - 1);
      handle.setAttribute("aria-valuetext", day(dates[side]));
    });
  }

  drag(handle, moved) {
    let begun = null;
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      handle.setPointerCapture(event.pointerId);
      begun = { x: event.clientX, window: this.actions.window() };
    });
    handle.addEventListener("pointermove", (event) => {
      if (!begun) return;
      const [begin, end] = this.bounds();
      const shift = (event.clientX - begun.x) / this.whole.clientWidth * (end - begin);
      this.actions.move(moved(shift, begun.window), handle === this.shown);
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      handle.addEventListener(kind, () => {
        if (begun) this.actions.settle();
        begun = null;
      });
    }
  }

  key(event, side) {
    const [from, to] = this.actions.window();
    const dates = { from: dateOf(from), to: dateOf(to - 1) };
    if (event.key === "Home") dates[side] = side === "from" ? this.first : shifted(dates.from, 2);
    else if (event.key === "End") dates[side] = side === "to" ? this.last : shifted(dates.to, -2);
    else if (jumps[event.key]) dates[side] = shifted(dates[side], jumps[event.key]);
    else return;
    event.preventDefault();
    if (dates.from > dates.to) return;
    this.actions.move([timeOf(dates.from), timeOf(dates.to) + dayLength]);
    this.actions.settle();
  }
}
