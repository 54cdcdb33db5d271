// The panels: one curve each, on a time axis that all of them share.
import { day, clock, locale, make, number, orOwn, t } from "./common.js";
import { handle } from "./diary-hand.js";
import { bucketTime, colour, looks, paintPoint, paintUnder } from "./diary-paint.js";
import { dayLength, localTime, shifted } from "./diary-time.js";

const slots = ["morning", "evening"];
const air = "--three";

// The library's own legend writes style into markup, which these pages forbid; theirs is another.
if (window.Dygraph) {
  const { PLUGINS: plugins, Plugins: { Legend: legend } } = window.Dygraph;
  window.Dygraph.PLUGINS = plugins.filter((plugin) => plugin !== legend);
}

export const places = (channel) => ["skin.sebum", "air.humidity"].includes(channel) ? 0 : 1;

/** The name of what a panel shows: Moisture · cheek. */
export const nameOf = (channel, site) =>
  orOwn(channel, channel) + (site ? " · " + orOwn("site " + site, site) : "");

/** A skin panel of the answer as rows and points. A row belongs to one slot: null is the other
 * slot's and joined over, NaN is a gap and is not. */
export function skinCurves(panel, bucketDays) {
  const rows = [];
  const points = [];
  const bands = [];
  slots.forEach((slot, place) => {
    const series = panel.slots?.[slot];
    if (!series) return;
    const band = { colour: looks[slot].colour, width: bucketDays * dayLength, points: [] };
    series.date.forEach((date, index) => {
      const x = bucketTime(date, slot, bucketDays);
      const row = [new Date(x), null, null, null, null];
      row[1 + place] = series.value[index] ?? NaN;
      row[3 + place] = series.ma7?.[index] ?? NaN;
      const point = { x, y: series.value[index] ?? null, slot, date, until: shifted(date, bucketDays - 1),
        least: series.min?.[index] ?? null, most: series.max?.[index] ?? null,
        mean: series.ma7?.[index] ?? null, n: series.n?.[index] ?? 1,
        quality: series.quality?.[index] ?? "ok" };
      rows.push({ row, point });
      if (bucketDays > 1) band.points.push(point);
    });
    bands.push(band);
  });
  rows.sort((one, other) => one.point.x - other.point.x);
  for (const { point } of rows) points.push(point);
  return { rows: rows.map(({ row }) => row), points, bands };
}

/** A curve of the air as rows and points. */
export function airCurves(series, offset) {
  const points = series.time_utc_us.map((time, index) => ({ x: localTime(time, offset),
    y: series.mean[index] ?? null, least: series.min?.[index] ?? null,
    most: series.max?.[index] ?? null }));
  const steps = points.slice(1).map((point, index) => point.x - points[index].x);
  return { rows: points.map((point) => [new Date(point.x), point.y ?? NaN]), points,
    bands: [{ colour: air, width: Math.min(...steps, dayLength), points }] };
}

/** A curve with its heading, its reading under the pointer, and its keys. */
export class Panel {
  /**
   * @param content What it shows: { channel, site, unit, rows, points, bands, baselines, epochs,
   *   events, offset, bucketDays, csvPath }
   * @param actions What it asks of the page: as `diary.js` has them
   */
  constructor(content, actions) {
    this.actions = actions;
    this.isAir = content.channel.startsWith("air.");
    this.build(content);
    this.give(content);
  }

  build({ channel, site }) {
    const id = ["panel", channel, site ?? ""].join("-").replaceAll(/[^\w-]/g, "-");
    this.heading = make("h3", { id });
    this.curves = make("div", { class: "curves", "aria-hidden": "true" });
    this.cross = make("div", { class: "cross", hidden: true });
    this.ring = make("div", { class: "ring", hidden: true });
    this.plot = make("div", { class: this.isAir ? "plot low" : "plot", role: "application", tabindex: 0,
      "aria-describedby": "keys" }, this.curves, this.cross, this.ring);
    this.readout = make("p", { class: "readout muted" });
    this.begun = make("ul", { class: "epochs muted" });
    this.csv = make("a", { class: "csv" });
    this.element = make("section", { class: "card panel", "aria-labelledby": id,
      "data-channel": channel, "data-site": site ?? "" },
      make("div", { class: "top" }, this.heading, this.csv), this.plot, this.readout, this.begun);
    handle(this);
  }

  /** Takes another content of the same channel and site. */
  give(content) {
    Object.assign(this, content);
    this.byDate = new Map();
    for (const event of content.events) {
      this.byDate.set(event.local_date, [...this.byDate.get(event.local_date) ?? [], event]);
    }
    this.kept = content.points.filter((point) => point.y !== null);
    if (this.chosen) {
      this.chosen = this.kept.find(({ x, slot }) => x === this.chosen.x && slot === this.chosen.slot);
    }
    this.name();
    this.draw();
  }

  /** Puts the words of the language in. */
  name() {
    const unit = orOwn("unit " + this.channel, this.unit ?? "");
    this.heading.replaceChildren(nameOf(this.channel, this.site), " ",
      make("small", { class: "muted" }, unit));
    this.plot.setAttribute("aria-label", t("plot", nameOf(this.channel, this.site)));
    this.begun.replaceChildren(...this.epochs.map((epoch) => make("li", {}, t("epoch", epoch.epoch,
      clock(epoch.began_utc_us, this.offset, { dateStyle: "medium" }), t("cause", epoch.cause)))));
    this.begun.hidden = this.epochs.length === 0;
    this.csv.href = this.csvPath;
    this.csv.textContent = t("csv of", nameOf(this.channel, this.site));
    this.mark(this.chosen);
  }

  draw() {
    this.graph?.updateOptions({ ...this.looks(), file: this.file(), dateWindow: this.actions.window(),
      valueRange: this.valueRange() });
  }

  /** Draws it for the first time: it is in the page, and has a width. */
  start() {
    if (this.graph) return;
    this.graph = new window.Dygraph(this.curves, this.file(), { ...this.always(), ...this.looks(),
      dateWindow: this.actions.window(), valueRange: this.valueRange() });
    // Those who look into it from outside find it here.
    this.plot.graph = this.graph;
    this.mark(this.chosen);
  }

  file() {
    const columns = this.isAir ? 1 : 4;
    return this.rows.length > 0 ? this.rows
      : [[new Date(this.actions.window()[0]), ...Array(columns).fill(NaN)]];
  }

  always() {
    return {
      labels: this.isAir ? ["x", "mean"] : ["x", ...slots, ...slots.map((slot) => slot + " mean")],
      labelsUTC: true, connectSeparatedPoints: true, drawGapEdgePoints: true, legend: "never",
      interactionModel: {}, highlightCircleSize: 0, strokeWidth: 1,
      underlayCallback: (context, area, graph) => paintUnder(context, area, graph, this),
      axes: {
        x: { drawGrid: false, pixelsPerLabel: 75, axisLabelWidth: 75,
          axisLabelFormatter: (date) => axisDay(date, this.actions.window()) },
        y: { axisLabelWidth: 36, pixelsPerLabel: this.isAir ? 22 : 36, axisLabelFormatter: (value) =>
          new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value) },
      },
    };
  }

  /** What the light and the zoom decide. */
  looks() {
    const lines = { gridLineColor: colour("--line"), axisLineColor: colour("--line"), gridLineWidth: 0.5 };
    if (this.isAir) return { ...lines, colors: [colour(air)], strokeWidth: 1.5 };
    const [begin, end] = this.actions.window();
    const buckets = (end - begin) / dayLength / this.bucketDays;
    const isRoomy = this.actions.width() / buckets > 5;
    const series = {};
    for (const slot of slots) {
      const dashes = looks[slot].dashes.length > 0 ? looks[slot].dashes : null;
      series[slot] = { color: colour(looks[slot].colour), strokePattern: dashes, strokeWidth: 1,
        drawPoints: true, pointSize: 4, drawPointCallback: (graph, name, context, x, y, _, size, index) =>
          this.paint(context, x, y, index, isRoomy) };
      series[slot + " mean"] = { color: colour(looks[slot].colour), strokePattern: dashes, strokeWidth: 3,
        drawPoints: false };
    }
    return { ...lines, series };
  }

  /** A point that has neighbours close by is drawn only where something is wrong with it. */
  paint(context, x, y, index, isRoomy) {
    const point = this.points[index];
    if (!point || point.y === null) return;
    const isDoubtful = point.quality !== "ok";
    // Mornings and evenings take turns, so that every second point is of the same line.
    const isAlone = [-2, 2].every((step) => (this.points[index + step]?.y ?? null) === null);
    if (isRoomy || isDoubtful || isAlone) paintPoint(context, x, y, point.slot, isDoubtful);
  }

  /** From the least to the most of what is shown, with room for the events above. */
  valueRange() {
    const [begin, end] = this.actions.window();
    const values = this.points.filter(({ x }) => x >= begin && x <= end)
      .flatMap(({ y, least, most, mean }) => [y, least, most, mean]);
    for (const { low, high, from, to } of this.baselines ?? []) {
      if (Date.parse(from) < end && (!to || Date.parse(to) + dayLength > begin)) values.push(low, high);
    }
    const known = values.filter((value) => value !== null && Number.isFinite(value));
    if (known.length === 0) return [0, 1];
    const least = known.reduce((one, other) => Math.min(one, other));
    const most = known.reduce((one, other) => Math.max(one, other));
    const size = Math.max(most - least, 1);
    return [least - size * 0.08, most + size * (this.events.length > 0 ? 0.18 : 0.08)];
  }

  /** Shows another window of what it has. */
  move() {
    this.graph?.updateOptions({ ...this.looks(), dateWindow: this.actions.window(),
      valueRange: this.valueRange() });
    this.mark(this.chosen);
  }

  /** Marks a point and says what it is; none takes the mark away. */
  mark(point) {
    this.chosen = point;
    this.ring.hidden = !point || !this.isIn(point.x);
    this.readout.textContent = point ? this.words(point) : "\u00a0";
    if (!point || !this.graph) return;
    this.ring.style.left = this.graph.toDomXCoord(point.x) + "px";
    this.ring.style.top = this.graph.toDomYCoord(point.y) + "px";
  }

  /** The line that goes through all panels at one moment. */
  crossAt(time) {
    this.cross.hidden = time === null || !this.graph || !this.isIn(time);
    if (!this.cross.hidden) this.cross.style.left = this.graph.toDomXCoord(time) + "px";
  }

  isIn(time) {
    const [begin, end] = this.actions.window();
    return time >= begin && time <= end;
  }

  words(point) {
    const count = places(this.channel);
    const unit = orOwn("unit " + this.channel, this.unit ?? "");
    const [least, most] = [number(point.least, count), number(point.most, count)];
    if (this.isAir) {
      const when = clock(point.x * 1000, 0, { dateStyle: "medium", timeStyle: "short" });
      return [t("readout", when, "", number(point.y, count), unit).replace(", :", ":"),
        point.least === null ? null : t("readout span", least, most)].filter(Boolean).join(" · ");
    }
    const [first, last] = [day(point.date), day(point.until)];
    const when = point.date === point.until ? first : `${first} – ${last}`;
    const events = [...this.byDate.get(point.date) ?? []]
      .map(({ kind, letter }) => letter + " " + orOwn("event " + kind, kind));
    return [t("readout", when, t(point.slot), number(point.y, count), unit),
      this.bucketDays > 1 ? t("readout bucket", point.n, least, most) : null,
      point.quality === "ok" ? null : orOwn("quality word " + point.quality, point.quality),
      point.mean === null ? null : t("readout mean", number(point.mean, count)),
      this.bucketDays > 1 ? null : events.join(", ")].filter(Boolean).join(" · ");
  }

  close() {
    this.graph?.destroy();
    this.element.remove();
  }
}

/** A tick of the time axis, as finely as the span asks for. */
function axisDay(date, [begin, end]) {
  const days = (end - begin) / dayLength;
  const options = date.getUTCHours() !== 0 ? { hour: "numeric", minute: "2-digit" }
    : days > 1500 ? { year: "numeric" }
    : days > 150 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
  return clock(date.valueOf() * 1000, 0, options);
}
