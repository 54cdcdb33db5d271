// Keeps the pages and the last answers, and shows them when the station is off.
const shelf = "skin2vec-1";
const answers = "skin2vec-answers";
/** Each span of the Diary is an answer of its own: the oldest go. */
const mostAnswers = 100;

/** Keeps every file that the pages are made of; what cannot be had now is kept when it is next used. */
async function stock() {
  const pages = await (await fetch("/pages.json")).json();
  const cache = await caches.open(shelf);
  await Promise.allSettled(pages.map((page) => cache.add(page)));
  await self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(stock()));
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => ![shelf, answers].includes(name)).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

/** Whether an answer may be kept: never the news, and nothing that changes anything. */
const mayKeep = (request, path) => request.method === "GET" && path !== "/api/v1/news" && path !== "/pair";

async function put(cache, request, response) {
  const headers = new Headers(response.headers);
  headers.set("x-skin2vec-kept", new Date().toISOString());
  await cache.put(request, new Response(await response.blob(), { status: 200, headers }));
}

async function trim(cache) {
  const old = (await cache.keys()).slice(0, -mostAnswers);
  await Promise.all(old.map((request) => cache.delete(request, { ignoreVary: true })));
}

async function fresh(request) {
  const isAnswer = new URL(request.url).pathname.startsWith("/api/");
  const cache = await caches.open(isAnswer ? answers : shelf);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic") {
      await put(cache, request, response.clone());
      if (isAnswer) await trim(cache);
    }
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreVary: true, ignoreSearch: !isAnswer });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin || !mayKeep(event.request, url.pathname)) return;
  event.respondWith(fresh(event.request));
});
