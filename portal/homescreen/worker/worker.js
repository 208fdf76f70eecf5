// Keeps what somebody noted down readable without a connection. Pages come from the network, always; from here only
// where the network is silent. Registered for people who note things down or installed the portal, for nobody else
// (homescreen.js). Kept are pages as every visitor gets them: asked for without cookies, or answered without regard to
// them. A new release has a new name here: what the old one kept goes.
"use strict";
const RELEASE = "@RELEASE@";
const FILES = "dateien-" + RELEASE, PAGES = "seiten-" + RELEASE;
const OFFLINE = "/offline/", BOOKMARKS = "/merkliste/", RESULTS = "/angebote/";
const FRESH = 6 * 3600 * 1000, MOST_FILES = 60;
// Names that change with their content: what is here under a name is what the server has.
const isFile = (path) => /^\/(static|theme)\//.test(path);

self.addEventListener("install", (event) => {
  event.waitUntil(keep(OFFLINE).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name !== FILES && name !== PAGES && /^(dateien|seiten)-/.test(name)) await caches.delete(name);
    }
    if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (!event.data || !Array.isArray(event.data.keep)) return;
  event.waitUntil(keepThese(event.data.keep.filter((each) => typeof each === "string")));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (isFile(url.pathname)) event.respondWith(file(event.request));
});

async function page(event, url) {
  let answer;
  try {
    answer = (await event.preloadResponse) || (await fetch(event.request));
  } catch (error) {
    return (await keptPage(url)) || Response.error();
  }
  if (url.pathname === RESULTS && isForEverybody(answer)) {
    const copy = answer.clone();
    event.waitUntil(only(RESULTS, url.pathname + url.search, copy).catch(() => {}));
  }
  return answer;
}

async function keptPage(url) {
  const cache = await caches.open(PAGES);
  const language = url.searchParams.get("sprache");
  return (await cache.match(url.pathname + url.search))
    || (language && (await cache.match(OFFLINE + "?sprache=" + language)))
    || cache.match(OFFLINE);
}

async function file(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  return kept || fetch(request);
}

// As the server's own memory of pages decides it: nothing that depends on who asks.
function isForEverybody(answer) {
  const control = (answer.headers.get("Cache-Control") || "").toLowerCase();
  return answer.ok && !answer.redirected && answer.type === "basic"
    && !/cookie|authorization|\*/i.test(answer.headers.get("Vary") || "")
    && !/no-store|private/.test(control)
    && (answer.headers.get("Content-Type") || "").startsWith("text/html");
}

// Only pages that may be kept, each once: the newest list of bookmarks, the newest results.
async function keepThese(addresses) {
  const cache = await caches.open(PAGES);
  const wanted = addresses.slice(0, 3);
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (url.pathname === BOOKMARKS && !wanted.includes(url.pathname + url.search)) await cache.delete(request);
  }
  for (const address of wanted) {
    const path = new URL(address, self.location.origin).pathname;
    if (path !== OFFLINE && path !== BOOKMARKS) continue;
    const kept = await cache.match(address);
    const age = kept ? Date.now() - Number(kept.headers.get("X-Kept-At")) : Infinity;
    if (age > FRESH) await keep(address).catch(() => {});
  }
}

async function keep(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!isForEverybody(answer)) return;
  await store(address, answer);
}

async function only(path, address, answer) {
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (url.pathname === path && url.pathname + url.search !== address) await cache.delete(request);
  }
  await store(address, answer);
}

async function store(address, answer) {
  const text = await answer.text();
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "X-Kept-At": String(Date.now()) });
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers.set("Content-Security-Policy", policy);
  await keepFiles(text);
  await (await caches.open(PAGES)).put(address, new Response(text, { headers: headers }));
}

async function keepFiles(text) {
  const cache = await caches.open(FILES);
  const found = new Set();
  for (const match of text.matchAll(/(?:href|src)="(\/(?:static|theme)\/[^"#]+)/g)) found.add(match[1]);
  const missing = [];
  for (const name of [...found].slice(0, MOST_FILES)) if (!(await cache.match(name))) missing.push(name);
  await Promise.all(missing.map(async (name) => {
    const answer = await fetch(name, { credentials: "omit" });
    if (answer.ok && answer.type === "basic") await cache.put(name, answer);
  }));
}
