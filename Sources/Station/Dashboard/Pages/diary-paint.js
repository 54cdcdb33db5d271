// What is painted under the curves: baselines, the spread of several days, epochs and events.
import { dayLength, localTime, slotHours, timeOf } from "./diary-time.js";

/** Of each slot: its colour, the dashes of its lines, and the shape of its points. */
export const looks = {
  morning: { colour: "--one", dashes: [], shape: "disc" },
  evening: { colour: "--two", dashes: [6, 3], shape: "diamond" },
};

/** The height of the strip for events at the top of a panel, in pixels. */
export const eventStrip = 18;

let colours = {};

/** A colour of the page as it is now, in its light. */
export const colour = (name) => colours[name] ??=
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The light has changed: the colours are others. */
export const relight = () => { colours = {}; };

/** When a bucket is drawn: in the middle of its days, at the hour of its slot. */
export const bucketTime = (date, slot, bucketDays) =>
  timeOf(date) + Math.floor((bucketDays - 1) / 2) * dayLength + slotHours[slot] * 3_600_000;

/** Paints all that lies under the lines of a panel. */
export function paintUnder(context, area, graph, panel) {
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.w, area.h);
  context.clip();
  for (const baseline of panel.baselines ?? []) paintBaseline(context, area, graph, baseline);
  for (const band of panel.bands) paintBand(context, graph, band);
  for (const epoch of panel.epochs) paintEpoch(context, area, graph, epoch, panel.offset);
  paintEvents(context, area, graph, panel);
  context.restore();
}

function paintBaseline(context, area, graph, baseline) {
  const look = looks[baseline.slot];
  const left = Math.max(area.x - 2, graph.toDomXCoord(timeOf(baseline.from)));
  const right = Math.min(area.x + area.w + 2,
    baseline.to ? graph.toDomXCoord(timeOf(baseline.to) + dayLength) : Infinity);
  if (right <= left) return;
  const [high, centre, low] = [baseline.high, baseline.centre, baseline.low]
    .map((value) => graph.toDomYCoord(value));
  context.fillStyle = context.strokeStyle = colour(look.colour);
  context.globalAlpha = baseline.state === "frozen" ? 0.14 : 0.07;
  context.fillRect(left, high, right - left, low - high);
  context.globalAlpha = 0.8;
  context.lineWidth = 1;
  context.setLineDash(look.dashes);
  line(context, [[left, high], [right, high]]);
  line(context, [[left, low], [right, low]]);
  context.setLineDash([1, 3]);
  line(context, [[left, centre], [right, centre]]);
  context.globalAlpha = 1;
}

/** The least to the most of each bucket, in pieces where there is none. */
function paintBand(context, graph, band) {
  context.fillStyle = colour(band.colour);
  context.globalAlpha = 0.22;
  let piece = [];
  const end = () => {
    if (piece.length > 0) fill(context, graph, piece, band.width);
    piece = [];
  };
  for (const point of band.points) {
    if (point.least === null) end();
    else piece.push(point);
  }
  end();
  context.globalAlpha = 1;
}

function fill(context, graph, piece, width) {
  const xOf = (point) => graph.toDomXCoord(point.x);
  if (piece.length === 1) {
    const [left, right] = [-1, 1].map((side) => graph.toDomXCoord(piece[0].x + side * width / 4));
    const top = graph.toDomYCoord(piece[0].most);
    context.fillRect(left, top, Math.max(2, right - left),
      Math.max(1, graph.toDomYCoord(piece[0].least) - top));
    return;
  }
  context.beginPath();
  for (const point of piece) context.lineTo(xOf(point), graph.toDomYCoord(point.most));
  for (const point of [...piece].reverse()) {
    context.lineTo(xOf(point), graph.toDomYCoord(point.least));
  }
  context.closePath();
  context.fill();
}

function paintEpoch(context, area, graph, epoch, offset) {
  const x = Math.round(graph.toDomXCoord(localTime(epoch.began_utc_us, offset))) + 0.5;
  if (x < area.x || x > area.x + area.w) return;
  context.strokeStyle = context.fillStyle = colour("--bad");
  context.lineWidth = 1.5;
  context.setLineDash([8, 3, 2, 3]);
  line(context, [[x, area.y + eventStrip], [x, area.y + area.h]]);
  context.setLineDash([]);
  context.font = "11px system-ui, sans-serif";
  const isAtEnd = x > area.x + area.w - 30;
  context.textAlign = isAtEnd ? "end" : "start";
  context.fillText("E" + epoch.epoch, x + (isAtEnd ? -3 : 3), area.y + area.h - 4);
}

/** How wide the letter of an event is, in pixels. */
const letterWidth = 11;

/** A tick for each event, and its letter where there is room for most. */
function paintEvents(context, area, graph, panel) {
  context.strokeStyle = context.fillStyle = colour("--ink");
  context.lineWidth = 1;
  context.setLineDash([]);
  context.font = "600 11px system-ui, sans-serif";
  context.textAlign = "center";
  const shown = panel.events
    .map(({ x, letter }) => ({ letter, x: Math.round(graph.toDomXCoord(x)) + 0.5 }))
    .filter(({ x }) => x >= area.x && x <= area.x + area.w);
  const hasRoom = shown.length * letterWidth < area.w;
  let free = -Infinity;
  for (const { x, letter } of shown) {
    line(context, [[x, area.y + 12], [x, area.y + eventStrip]]);
    if (!hasRoom || x < free) continue;
    context.fillText(letter, x, area.y + 10);
    free = x + letterWidth;
  }
}

function line(context, points) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
}

/** Paints a point of a slot: a disc for mornings, a diamond for evenings, crossed where suspect. */
export function paintPoint(context, x, y, slot, isDoubtful) {
  const look = looks[slot];
  context.save();
  context.setLineDash([]);
  context.lineWidth = 1.5;
  context.strokeStyle = colour(look.colour);
  context.fillStyle = look.shape === "disc" ? colour(look.colour) : colour("--card");
  context.beginPath();
  if (look.shape === "disc") context.arc(x, y, 2.5, 0, 2 * Math.PI);
  else for (const [a, b] of [[0, -4], [4, 0], [0, 4], [-4, 0]]) context.lineTo(x + a, y + b);
  context.closePath();
  context.fill();
  context.stroke();
  if (isDoubtful) {
    context.strokeStyle = colour("--bad");
    context.lineWidth = 2;
    line(context, [[x - 5, y - 5], [x + 5, y + 5]]);
    line(context, [[x - 5, y + 5], [x + 5, y - 5]]);
  }
  context.restore();
}
