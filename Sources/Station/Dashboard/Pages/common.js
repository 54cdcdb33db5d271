// What all pages share: the words, the light, the questions to the station, and its news.
import { forget, keep, kept, remember, remembered, renew } from "./keeping.js";
import { words } from "./words.js";

const languages = ["en", "zh-Hans"];

/** The language of the page: the chosen one, else the browser's. */
export let language = languages.includes(remembered("language"))
  ? remembered("language")
  : (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh-Hans" : "en";

/** The word of a key, with what it is about put in; a key that is missing shows itself. */
export function t(key, ...about) {
  const word = words[language][key] ?? words.en[key] ?? key;
  return typeof word === "function" ? word(...about) : word;
}

/** A word where there is one, else what it was asked for: a person's own kinds and names. */
export const orOwn = (key, own) => words[language][key] ?? words.en[key] ?? own;

const tongueOf = (locale) => {
  const { language, script } = new Intl.Locale(locale).maximize();
  return `${language}-${script}`;
};

/** How dates and numbers are written: as the browser would, where it speaks the page's language. */
export const locale = () =>
  navigator.languages.find((one) => tongueOf(one) === tongueOf(language))
  ?? (language === "en" ? "en-GB" : language);

export const number = (value, places) =>
  value === null || value === undefined
    ? "–"
    : new Intl.NumberFormat(locale(), {
        minimumFractionDigits: places, maximumFractionDigits: places,
      }).format(value).replace("-", "−");

export const signed = (value, places) => (value > 0 ? "+" : "") + number(value, places);

/** A moment by the station's clock, not the browser's: its offset is added, and UTC shown. */
export const clock = (microseconds, offset, options) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(
    new Date(microseconds / 1000 + offset * 1000));

export const day = (text, options = { dateStyle: "medium" }) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(
    new Date(text + "T00:00:00Z"));

/** An element with its attributes and children; text is never taken for markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** What went wrong with a question, as the server said it. */
export class Trouble extends Error {
  constructor(problem) {
    super([problem.detail, problem.hint].filter(Boolean).join(" – "));
    this.problem = problem;
  }
}

/** Asks the interface; what was kept while the station is off. Throws a Trouble where it refuses. */
export async function ask(path, { method = "GET", ...rest } = {}) {
  let response;
  try {
    response = await send(path, { method, ...rest });
  } catch (error) {
    const last = method === "GET" && !rest.signal?.aborted ? kept(path) : undefined;
    if (!last) throw error;
    keptSince(last.time);
    return last.answer;
  }
  if (response.headers.get("x-skin2vec-kept")) keptSince(response.headers.get("x-skin2vec-kept"));
  else renew(response.headers.get("x-skin2vec-pages")).catch(() => { /* the next answer tries again */ });
  if (response.status === 401) {
    await forget();
    location.assign("/pair");
  }
  if (!response.ok) {
    throw new Trouble(await response.json().catch(() => ({ detail: response.statusText })));
  }
  const answer = await response.json();
  if (method === "GET") keep(path, answer);
  return answer;
}

const send = (path, { method, body, signal }) => fetch("/api/v1/" + path, {
  method, signal,
  headers: { "accept": "application/json", "accept-language": language,
    ...(body === undefined ? {} : { "content-type": "application/json" }) },
  body: body === undefined ? undefined : JSON.stringify(body),
});

/** Puts the words of the language into everything that names one. */
export function say(root = document) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) {
    element.textContent = t(element.dataset.word);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
}

/** Dark and warm while the sun is down, unless somebody chose otherwise. */
export function shine(isNight) {
  const theme = remembered("theme") ?? (isNight ? "night" : "day");
  document.documentElement.dataset.theme = theme;
  remember("light", isNight ? "night" : "day");
}

function keptSince(time) {
  const note = document.getElementById("away");
  note.textContent = t("kept since", new Intl.DateTimeFormat(locale(), {
    dateStyle: "medium", timeStyle: "short" }).format(new Date(time)));
  note.hidden = false;
}

/** Whether the station answers, as a line above the page. */
export function away(isAway) {
  const note = document.getElementById("away");
  if (isAway && note.hidden) {
    note.textContent = t("station off");
    note.hidden = false;
  } else if (!isAway) {
    note.hidden = true;
  }
}

/** The station's news: each handler hears of its kind; comes back by itself. */
export function follow(handlers) {
  const source = new EventSource("/api/v1/news");
  for (const kind of ["tap", "status", "diary"]) {
    source.addEventListener(kind, (event) => handlers[kind]?.(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => {
    away(true);
    handlers.lost?.();
    // A refusal ends it for good, as when too many follow: ask again.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(handlers), 10_000);
  });
}

const pages = [["/", "tonight"], ["/diary", "diary"], ["/findings", "findings"], ["/station", "station"]];

/** The head of each page: where one is, and the switches for language and light. */
export function head(changed) {
  const here = location.pathname === "/tonight" ? "/" : location.pathname;
  const nav = make("nav", { "data-label": "pages" }, ...pages.map(([path, word]) =>
    make("a", { href: path, "data-word": word, "aria-current": here === path ? "page" : null })));
  const other = () => language === "en" ? "中文" : "English";
  const tongue = make("button", { id: "language", lang: language === "en" ? "zh-Hans" : "en",
    onclick: () => {
      language = language === "en" ? "zh-Hans" : "en";
      remember("language", language);
      tongue.textContent = other();
      tongue.lang = language === "en" ? "zh-Hans" : "en";
      say();
      changed();
    } }, other());
  const light = make("button", { id: "light", "data-word": "light", onclick: () => {
    const next = document.documentElement.dataset.theme === "night" ? "day" : "night";
    if (next === remembered("light")) try { localStorage.removeItem("theme"); } catch { /* private */ }
    else remember("theme", next);
    document.documentElement.dataset.theme = next;
  } });
  document.querySelector("header").append(nav, light, tongue);
  say();
}

document.documentElement.dataset.theme = remembered("theme") ?? remembered("light") ?? "day";
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/worker.js").catch(() => {});
