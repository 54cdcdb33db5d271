// Figures of the findings: their SVG taken into the page, where it follows the page's light.
import { language, make, number, t, Trouble } from "./common.js";

let hasStyle = false;

/** SVG without its style, which would not be let in as an element; as a sheet of the page it is. */
const unstyled = (text) => text.replace(/<style>([^<]*)<\/style>/g, (_, style) => {
  if (!hasStyle) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    hasStyle = true;
  }
  return "";
});

/** The drawing of a figure as an element, with its title and its description. */
async function drawing(name) {
  const response = await fetch(address(name, "svg"));
  if (!response.ok) {
    throw new Trouble(await response.json().catch(() => ({ detail: response.statusText })));
  }
  const text = unstyled(await response.text());
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.localName !== "svg") throw new Trouble({ detail: t("figure broken") });
  const own = (id) => `${name}-${id}`;
  for (const element of root.querySelectorAll("[id]")) element.id = own(element.id);
  const labels = root.getAttribute("aria-labelledby") ?? "";
  root.setAttribute("aria-labelledby", labels.split(" ").filter(Boolean).map(own).join(" "));
  return document.importNode(root, true);
}

const address = (name, form) =>
  `/figures/${encodeURIComponent(name)}.${form}` + (form === "svg" ? `?language=${language}` : "");

const link = (figure, form) =>
  make("a", { href: address(figure.name, form), download: `${figure.name}.${form}`,
    "aria-label": t("figure as", form.toUpperCase(), figure.title) }, form.toUpperCase());

/** A figure with how much it rests on, why it shows nothing where it does, and its data. */
export function figureBox(figure) {
  const place = make("div", { class: "scroll", tabindex: 0, role: "group",
    "aria-label": figure.title });
  place.append(make("p", { class: "muted" }, t("figure coming")));
  drawing(figure.name).then(
    (root) => place.replaceChildren(root),
    (error) => place.replaceChildren(make("p", { role: "alert" }, figure.title, ": ",
      error instanceof Trouble ? error.message : t("figure broken"))));
  return make("figure", { class: "figure", "data-name": figure.name }, place,
    make("figcaption", {},
      make("p", {}, "n = " + number(figure.n, 0)),
      figure.silence === null ? null
        : make("p", { class: "reason" }, t("shows nothing", figure.silence)),
      link(figure, "svg"), link(figure, "csv")));
}
