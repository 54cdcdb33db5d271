// How to hold the probe, drawn: in the air, on a wet pad, with a strip, at rest, with a weight.
import { t } from "./common.js";

function shape(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const box = (style, x, y, width, height, round = 0) =>
  shape("rect", { class: style, x, y, width, height, rx: round });
const path = (style, d) => shape("path", { class: style, d });

/** The probe upright, its tip at the foot. */
const upright = (y) => [box("body", 82, y, 36, 70, 10), box("tip", 88, y + 70, 24, 8)];

/** The probe on its back, its tip on top. */
const lying = () => [box("tip", 88, 92, 24, 8), box("body", 82, 100, 36, 28, 6)];

const table = () => path("ground", "M20 129H180");

const scenes = {
  air: () => [...upright(20),
    path("around", "M62 30q-14 34 0 68M138 30q14 34 0 68M44 22q-20 42 0 84M156 22q20 42 0 84")],
  pad: () => [...upright(30), box("thing", 50, 109, 100, 19, 6), table(),
    path("around", "M62 118h76M70 123h60")],
  strip: () => [...upright(28), box("thing", 64, 106, 72, 6, 2), table(),
    path("around", "M40 128V60q0-44 60-44t60 44V128")],
  rest: () => [...lying(), table(), path("around", "M100 80V40M92 50l8-10 8 10")],
  weight: () => [...lying(), path("thing", "M72 91l8-42h40l8 42zM92 49v-8h16v8"),
    shape("text", { x: 100, y: 77 }, "g"), table()],
};

/** A drawing of how to hold the probe, with its words. */
export const picture = (scene) =>
  shape("svg", { class: "picture", viewBox: "0 0 200 140", role: "img",
    "aria-label": t("picture " + scene) }, ...scenes[scene]());
