// What fingers, pointers and keys do on a panel.
/** How near a pointer must be to a point to mean it, in pixels. */
const reach = 32;
/** How far a pointer may move and still click, in pixels. */
const steadiness = 5;

/** Lets a panel be dragged, pinched, clicked and walked through. */
export function handle(panel) {
  const { plot, actions } = panel;
  const pointers = new Map();
  let drag = null;
  const box = plot.appendChild(document.createElement("div"));
  box.className = "chosen";
  box.hidden = true;
  const xOf = (event) => event.clientX - plot.getBoundingClientRect().left;
  const yOf = (event) => event.clientY - plot.getBoundingClientRect().top;

  const begin = () => {
    const places = [...pointers.values()];
    const isZoom = places.length === 1 && places[0].type === "mouse" && !places[0].shift;
    drag = { window: actions.window(), places: places.map(({ x }) => x), isZoom, moved: drag?.moved ?? 0 };
  };

  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !panel.graph) return;
    // One that is not there any more cannot be caught; it then ends by itself.
    try { plot.setPointerCapture(event.pointerId); } catch { /* gone */ }
    pointers.set(event.pointerId, { x: xOf(event), y: yOf(event), type: event.pointerType,
      shift: event.shiftKey });
    begin();
  });

  plot.addEventListener("pointermove", (event) => {
    if (!panel.graph) return;
    const held = pointers.get(event.pointerId);
    if (!held) return event.pointerType === "mouse" ? hover(event) : undefined;
    held.x = xOf(event);
    const places = [...pointers.values()].map(({ x }) => x);
    drag.moved = Math.max(drag.moved, Math.abs(places[0] - drag.places[0]));
    if (drag.moved < steadiness && places.length === 1) return;
    if (drag.isZoom) stretch(box, drag.places[0], places[0]);
    else actions.move(dragged(panel, drag, places), places.length < 2);
  });

  const end = (event, isDone) => {
    if (!pointers.delete(event.pointerId) || !drag) return;
    box.hidden = true;
    if (pointers.size > 0) return begin();
    const { moved, isZoom, places } = drag;
    drag = null;
    if (!isDone) return moved >= steadiness && !isZoom ? actions.settle() : undefined;
    if (moved < steadiness) return click(event);
    if (!isZoom) return actions.settle();
    const [from, to] = [places[0], xOf(event)].sort((one, other) => one - other)
      .map((x) => panel.graph.toDataXCoord(x));
    actions.move([from, to]);
    actions.settle();
  };
  plot.addEventListener("pointerup", (event) => end(event, true));
  plot.addEventListener("pointercancel", (event) => end(event, false));
  plot.addEventListener("pointerleave", () => { if (!drag) actions.cross(null); });

  const hover = (event) => {
    const point = nearest(panel, xOf(event), yOf(event));
    if (point) panel.mark(point);
    actions.cross(point?.x ?? null);
  };
  const click = (event) => {
    const point = nearest(panel, xOf(event), yOf(event));
    if (!point) return;
    panel.mark(point);
    actions.cross(point.x);
    actions.open(panel, point);
  };

  plot.addEventListener("wheel", (event) => wheel(event, panel, xOf(event)), { passive: false });
  plot.addEventListener("keydown", (event) => {
    if (key(event, panel)) event.preventDefault();
  });
}

/** Sideways moves; with Ctrl, as a pinch on a touchpad has it, it zooms. */
function wheel(event, panel, x) {
  const { graph, actions } = panel;
  const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
  if (!graph || (!event.ctrlKey && !isSideways)) return;
  event.preventDefault();
  const [from, to] = actions.window();
  if (event.ctrlKey) {
    const factor = Math.exp(event.deltaY / 200);
    const centre = graph.toDataXCoord(x);
    actions.move([centre - (centre - from) * factor, centre + (to - centre) * factor]);
  } else {
    const shift = event.deltaX / graph.getArea().w * (to - from);
    actions.move([from + shift, to + shift], true);
  }
  actions.settle();
}

function stretch(box, from, to) {
  box.hidden = false;
  box.style.left = Math.min(from, to) + "px";
  box.style.width = Math.abs(to - from) + "px";
}

/** The window that keeps what the fingers began on under the fingers. */
function dragged(panel, drag, places) {
  const { x, w } = panel.graph.getArea();
  const [from, to] = drag.window;
  const timeAt = (place) => from + (place - x) / w * (to - from);
  if (places.length < 2) {
    const shift = timeAt(drag.places[0]) - timeAt(places[0]);
    return [from + shift, to + shift];
  }
  const [one, other] = drag.places.map(timeAt);
  const apart = places[1] - places[0];
  if (Math.abs(apart) < 20) return panel.actions.window();
  const scale = (other - one) / apart;
  const begin = one - (places[0] - x) * scale;
  return scale > 0 ? [begin, begin + w * scale] : panel.actions.window();
}

/** The point that a place means, if any. */
function nearest(panel, x, y) {
  let best = null;
  let distance = reach;
  for (const point of panel.kept) {
    if (!panel.isIn(point.x)) continue;
    const away = Math.hypot(panel.graph.toDomXCoord(point.x) - x,
      (panel.graph.toDomYCoord(point.y) - y) / 3);
    if (away < distance) [best, distance] = [point, away];
  }
  return best;
}

const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** Does what a key asks for; says whether it was one that is known. */
function key(event, panel) {
  const { actions } = panel;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "ArrowLeft": case "ArrowRight": case "Home": case "End": step(panel, steps[event.key]); break;
    case "ArrowUp": case "ArrowDown": cross(panel); break;
    case "Enter": if (panel.chosen) actions.open(panel, panel.chosen); break;
    case "PageUp": actions.shift(-0.5); break;
    case "PageDown": actions.shift(0.5); break;
    case "+": case "=": actions.scale(0.5, panel.chosen?.x); break;
    case "-": actions.scale(2, panel.chosen?.x); break;
    case "Escape": panel.mark(null); actions.cross(null); break;
    default: return false;
  }
  return true;
}

function step(panel, by) {
  const shown = panel.kept.filter(({ x }) => panel.isIn(x));
  if (shown.length === 0) return;
  const here = shown.indexOf(panel.chosen);
  // Where none is marked yet, it begins with the end that the key comes from.
  const next = here >= 0 || !Number.isFinite(by) ? here + by : by < 0 ? shown.length - 1 : 0;
  go(panel, shown[Math.max(0, Math.min(shown.length - 1, next))]);
}

/** To the point of the other slot that is nearest in time. */
function cross(panel) {
  if (!panel.chosen?.slot) return;
  const others = panel.kept.filter(({ x, slot }) => slot !== panel.chosen.slot && panel.isIn(x));
  const away = ({ x }) => Math.abs(x - panel.chosen.x);
  if (others.length > 0) go(panel, others.reduce((one, other) => away(other) < away(one) ? other : one));
}

function go(panel, point) {
  panel.mark(point);
  panel.actions.cross(point.x);
  panel.actions.speak(panel.words(point));
}
