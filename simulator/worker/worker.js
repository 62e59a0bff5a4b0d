// The service worker of the static demo: it serves the site's own files, the network
// there or not, and answers in the services' place with the simulator.
//
// Browsers stop workers when they are idle, so nothing that matters is kept here but in
// Cache Storage: the site's files, and the calls that changed something, each with its
// time. A worker that wakes replays them; the simulator then is where it was.
import { begin, handle, initSync, __wbg_reset_state } from './simulator.js';

// Put in by the build: a digest of all; each file that a first visit needs, with its own,
// `''` for pages, which some hosts write something into; the digest of the list of the
// others, which nobody waits for; names of files.
/* global VERSION, FIRST, LATER, LATER_DIGEST, WASM */

const worker = globalThis;
const scope = new URL(worker.registration.scope);
/** The address of a file of the site; an empty path is the site's first page. */
const at = (path) => new URL(`./${path}`, scope);

// Other folders of the origin may hold other copies of this site.
const OURS = `slidewright ${scope.pathname} `;
const FILES = `${OURS}files ${VERSION}`;
const CALLS = `${OURS}calls`;

const DAY = 24 * 60 * 60 * 1000;
// What is replayed at most: far more than anybody does in a day.
const MOST_CALLS = 300;
const MOST_BYTES = 64 * 1024 * 1024;

worker.addEventListener('install', (event) => event.waitUntil(installed()));
worker.addEventListener('activate', (event) => event.waitUntil(activated()));
worker.addEventListener('message', (event) => event.waitUntil(told(event)));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const path = url.pathname.slice(scope.pathname.length);
  if (path.startsWith('sim/')) event.respondWith(simulated(request, `/${path}${url.search}`));
  else if (request.method === 'GET') event.respondWith(file(request, path));
});

async function installed() {
  // Where only this script changed, the files are those of the version that runs.
  const shared = await caches.has(FILES);
  try {
    const cache = await caches.open(FILES);
    await Promise.all(FIRST.map(([path, digest]) => keep(cache, path, digest)));
    await started();
  } catch (error) {
    if (!shared) await caches.delete(FILES);
    const pages = await worker.clients.matchAll({ includeUncontrolled: true });
    for (const page of pages) page.postMessage({ failed: String(error) });
    throw error;
  }
  // Pages of the version before are left to it, or they would meet files of this one.
  if (!worker.registration.active) await worker.skipWaiting();
}

async function activated() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`${OURS}files `) && name !== FILES) await caches.delete(name);
  }
  await current();
  await worker.clients.claim();
}

async function told({ data, source }) {
  switch (data.ask) {
    case 'keep-all':
      await current();
      // What cannot be had now is tried again at the next visit.
      await keepAll().catch(() => {});
      break;
    case 'take-over':
      // A page that is being left is there for a moment yet.
      for (let times = 0; times < 10; times += 1) {
        const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
        const others = pages.filter(
          ({ id, frameType, url }) => id !== source.id && frameType !== 'nested' && url.startsWith(scope.href),
        );
        if (!others.length) return worker.skipWaiting();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      break;
    case 'forget':
      await inTurn(async () => {
        await caches.delete(CALLS);
        world = undefined;
      });
      break;
  }
  return undefined;
}

// ---- The site's files ----

async function keep(cache, path, integrity) {
  // Asked again of the server: a browser may have an older one at hand.
  const found = await fetch(at(path), { cache: 'no-cache', integrity });
  if (!found.ok) throw new Error(`${path} is answered with ${found.status}`);
  // A new response, since one that was redirected is no answer to a navigation.
  const headers = new Headers(found.headers);
  headers.delete('content-encoding');
  headers.delete('content-length');
  await cache.put(at(path), new Response(await found.blob(), { headers }));
}

async function keepAll() {
  const cache = await caches.open(FILES);
  const list = await fetch(at(LATER), { cache: 'no-cache', integrity: LATER_DIGEST });
  for (const [path, digest] of await list.json()) {
    if (!(await cache.match(at(path)))) await keep(cache, path, digest);
  }
}

async function file(request, path) {
  const cache = await caches.open(FILES);
  const folder = path === '' || path.endsWith('/');
  // `index.html` is asked for as the folder, where every host has it.
  const page = folder ? path : path.replace(/(^|\/)index\.html$/, '$1');
  const found = await cache.match(at(page), { ignoreSearch: true });
  if (found) return found;
  if (!folder && (await cache.match(at(`${path}/`)))) {
    return Response.redirect(at(`${path}/`));
  }
  return fetch(request);
}

// ---- The simulator ----

/** The world as it is after all calls so far, and those that are kept; or nothing yet. */
let world;
let last = Promise.resolve();

/** One after the other: a world, and what is kept of it, go together. */
function inTurn(work) {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}

async function simulated(request, target) {
  const { method, signal } = request;
  const headers = [...request.headers].map((pair) => `${pair.join(':')}\n`);
  const head = `${method} ${target}\n${headers.join('')}\n`;
  const body = await request.arrayBuffer();
  const call = new Uint8Array(await new Blob([head, body]).arrayBuffer());
  try {
    const answer = await inTurn(() => answered(call, changes(method, target)));
    return await response(answer, method, signal);
  } catch (error) {
    // Whatever it was: the next call begins with what is kept.
    world = undefined;
    return new Response(`the simulator broke down: ${error}`, { status: 500 });
  }
}

async function answered(call, toKeep) {
  world ??= await replayed();
  // No two calls have the same time: ids are made of it.
  world.now = Math.max(Date.now(), world.now + 1);
  if (toKeep) await writeDown(call);
  return handle(world.now, call);
}

/** Whether the world is another one after it. */
function changes(method, target) {
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) return true;
  // There, it matters which call it is.
  return target.split('/', 3)[2].includes('-times=');
}

async function started() {
  const cache = await caches.open(FILES);
  const wasm = await cache.match(at(WASM));
  initSync({ module: await WebAssembly.compile(await wasm.arrayBuffer()) });
}

async function replayed() {
  await started();
  for (;;) {
    // After a trap, the instance is dead, and `initSync` would give it back.
    if (replayed.before) __wbg_reset_state();
    replayed.before = true;
    begin(new TextEncoder().encode(scope.href.slice(0, -1)));
    const fresh = { now: 0, kept: [] };
    if (await replay(fresh)) return fresh;
  }
}

/** False where a call broke the simulator down; it is not kept any more. */
async function replay(fresh) {
  const cache = await caches.open(CALLS);
  for (const { key, time } of await current()) {
    const call = new Uint8Array(await (await cache.match(key)).arrayBuffer());
    try {
      handle(time, call);
    } catch {
      await cache.delete(key);
      return false;
    }
    fresh.now = time;
    fresh.kept.push({ key, bytes: call.length });
  }
  return true;
}

/** The calls that count, in order; the others go: after a day, or where the clock was put back. */
async function current() {
  const cache = await caches.open(CALLS);
  const now = Date.now();
  const kept = [];
  for (const key of await cache.keys()) {
    const time = timeOf(key);
    if (time < now - DAY || time > now + 60_000) await cache.delete(key);
    else kept.push({ key, time });
  }
  return kept.sort((one, other) => one.time - other.time);
}

/** Before it is answered: what somebody was told must not be forgotten. */
async function writeDown(call) {
  const key = new Request(at(`calls/${world.now}`));
  const cache = await caches.open(CALLS);
  try {
    await cache.put(key, new Response(call));
  } catch {
    // No room: then it is kept as long as this worker lives.
    return;
  }
  const { kept } = world;
  kept.push({ key, bytes: call.length });
  const sum = () => kept.reduce((bytes, it) => bytes + it.bytes, 0);
  while (kept.length > MOST_CALLS || (kept.length > 1 && sum() > MOST_BYTES)) {
    await cache.delete(kept.shift().key);
  }
}

function timeOf(key) {
  return Number(key.url.slice(key.url.lastIndexOf('/') + 1));
}

/** The answer as it is read by a page; see `Simulator::handle`. */
async function response(answer, method, signal) {
  // The head is in plain letters: a byte each.
  const end = answer.findIndex((byte, at) => byte === 10 && answer[at + 1] === 10);
  const [first, ...lines] = new TextDecoder().decode(answer.subarray(0, end)).split('\n');
  const [status, delay, fault] = first.split(' ');
  await passed(Number(delay), signal);
  if (fault) return Response.error();
  const headers = lines.map((line) => line.split(/:(.*)/s, 2));
  const bare = method === 'HEAD' || ['204', '304'].includes(status);
  const body = bare ? null : answer.subarray(end + 2);
  return new Response(body, { status: Number(status), headers });
}

function passed(milliseconds, signal) {
  if (!milliseconds) return undefined;
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', resolve);
  });
}
