// What this browser keeps of the station: its pages for a week, and what Tonight shows. A service worker
// keeps more, but browsers allow one only on the board itself or over https.

/** What was kept under a name before; null where nothing may be kept. */
export const remembered = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
export const remember = (key, value) => {
  try { localStorage.setItem(key, value); } catch { /* private */ }
};

const isKept = (path) => /^(station|tonight)($|\?)/.test(path);

/** Keeps an answer for the time when the station is off. */
export function keep(path, answer) {
  if (!isKept(path)) return;
  remember("answer " + path, JSON.stringify({ time: new Date().toISOString(), answer }));
}

/** What was last answered, and when; undefined where nothing was. */
export function kept(path) {
  const text = isKept(path) ? remembered("answer " + path) : null;
  return text === null ? undefined : JSON.parse(text);
}

/** Forgets all answers: whoever was let in is not any more. */
export async function forget() {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith("answer ")) localStorage.removeItem(key);
    }
    for (const name of await caches.keys()) await caches.delete(name);
  } catch { /* private, or no caches where there is no https */ }
}

// Which edition of the pages this one was loaded from.
let edition = remembered("pages");
let isRenewing = false;

/** After an upgrade of the station: fetches all pages anew, so that none mixes two editions. */
export async function renew(served) {
  if (served === null || served === edition || isRenewing) return;
  if (edition === null) {
    edition = served;
    remember("pages", served);
    return;
  }
  isRenewing = true;
  try {
    const paths = await (await fetch("/pages.json", { cache: "reload" })).json();
    await Promise.all(paths.map((path) => fetch(path, { cache: "reload" })));
    remember("pages", served);
    // Without a memory it would load for ever.
    if (remembered("pages") === served) location.reload();
  } finally {
    isRenewing = false;
  }
}
