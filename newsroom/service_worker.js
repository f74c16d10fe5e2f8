// Shows a page of ours where a page cannot be loaded. It keeps that page and nothing else: news that is
// withdrawn must not come back out of somebody's browser.
const CACHE = "offline-{version}";
const PAGE = "/offline/";

const keep = async () => {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { cache: "reload" });
  // Such as that of a pause: it would be shown for as long as this release is there.
  if (!answer.ok) throw new Error(`${PAGE} was answered with ${answer.status}`);
  const html = await answer.clone().text();
  const parts = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|woff2|svg))"/g)].map((found) => found[1]);
  await cache.put(PAGE, answer);
  await cache.addAll([...new Set(parts)]);
};

// Nothing is loaded ahead of this script: a page of the desk would be asked for twice, and what it says
// once would be said to nobody.
const forget = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("offline-") && name !== CACHE).map((name) => caches.delete(name)));
};

const load = async (event) => {
  try {
    return await fetch(event.request);
  } catch (error) {
    const kept = event.request.mode === "navigate" ? PAGE : event.request;
    return (await caches.match(kept, { cacheName: CACHE })) || Promise.reject(error);
  }
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url, destination } = event.request;
  const { origin, pathname } = new URL(url);
  // The desk keeps what is typed there by itself.
  if (method !== "GET" || origin !== location.origin || pathname.startsWith("/desk/")) return;
  if (mode === "navigate" || destination === "style" || destination === "font") event.respondWith(load(event));
});
