/**
 * The relay on Node: `node node.mjs`, set up by variables (README.md). Beside those of the
 * relay: `HOST` (127.0.0.1) and `PORT` (8080); `RELAY_PROXIES`, how many servers of one's
 * own stand in front, whose `X-Forwarded-For` is believed (0); `RELAY_SITE`, a folder with
 * the site itself, where nothing else serves it.
 */

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';

import { createRelay, fromEnvironment } from './relay.mjs';

/** A listener for `createServer` that answers by a function from `Request` to `Response`. */
export function listener(handle, { origin, proxies = 0 } = {}) {
  return async (incoming, outgoing) => {
    const body = bodyOf(incoming);
    const request = requestOf(incoming, origin, body);
    if (!request) return outgoing.writeHead(400).end();
    try {
      const response = await handle(request, { address: addressOf(incoming, proxies) });
      const rest = body.left();
      // A connection that ends with the answer would be reset by what still comes, and the
      // answer be lost with it.
      if (!outgoing.shouldKeepAlive) await rest;
      send(response, outgoing);
    } catch {
      outgoing.destroy();
    }
  };
}

/** Nothing where the request names no path, as those to a proxy do. */
function requestOf(incoming, origin, { stream }) {
  if (!incoming.url?.startsWith('/')) return undefined;
  try {
    const { method } = incoming;
    const body = method === 'GET' || method === 'HEAD' ? null : stream;
    const root = origin ?? `http://${incoming.headers.host}`;
    const headers = Object.entries(incoming.headersDistinct);
    const pairs = headers.flatMap(([name, values]) => values.map((value) => [name, value]));
    return new Request(root + incoming.url, { method, headers: pairs, body, duplex: 'half' });
  } catch {
    return undefined;
  }
}

/** Milliseconds and bytes for what still comes once the answer is there. */
const REST = { quiet: 1000, time: 30_000, length: 64_000_000 };

/**
 * The body as a stream, and `left`, for when nobody wants more of it: a browser that still sends
 * hears no answer, so the rest is read and thrown away, though not without end.
 */
function bodyOf(incoming) {
  let [controller, over] = [undefined, false];
  const data = (chunk) => {
    controller.enqueue(new Uint8Array(chunk));
    if (controller.desiredSize <= 0) incoming.pause();
  };
  const end = () => {
    over = true;
    controller.close();
  };
  const failed = (error) => {
    over = true;
    controller.error(error);
  };
  const unheard = () => {
    over = true;
    incoming.off('data', data).off('end', end).off('error', failed);
  };
  const start = (given) => {
    controller = given;
    incoming.pause();
    incoming.on('data', data).on('end', end).on('error', failed);
  };
  const stream = new ReadableStream({ start, pull: () => void incoming.resume(), cancel: () => void discarded() });
  let discarding;
  const discarded = () => {
    unheard();
    discarding ??= discard(incoming);
    return discarding;
  };
  const left = () => {
    if (incoming.complete && over) return undefined;
    if (!over) {
      unheard();
      controller.error(new Error('answered already'));
    }
    return discarded();
  };
  return { stream, left };
}

/** Ends when nothing more comes: for good, or for a while. */
function discard(incoming) {
  if (incoming.complete || incoming.destroyed) {
    incoming.on('error', () => {}).resume();
    return undefined;
  }
  return new Promise((resolve) => {
    const stop = () => incoming.destroy();
    const latest = setTimeout(stop, REST.time);
    const quiet = setTimeout(resolve, REST.quiet);
    let length = 0;
    const data = (chunk) => {
      quiet.refresh();
      length += chunk.byteLength;
      if (length > REST.length) stop();
    };
    const { socket } = incoming;
    const done = () => {
      clearTimeout(latest);
      clearTimeout(quiet);
      socket.off('close', done);
      resolve();
    };
    // Once it is answered, a request hears nothing of the end of its connection.
    socket.on('close', done);
    incoming.on('data', data).on('end', done).on('error', done).resume();
  });
}

/** Whoever called the first server of one's own: what stands before that was made up by them. */
function addressOf(incoming, proxies) {
  const passed = incoming.headersDistinct['x-forwarded-for']?.join(',').split(',') ?? [];
  const own = proxies > 0 ? passed.at(-proxies)?.trim() : undefined;
  return own || incoming.socket.remoteAddress;
}

function send(response, outgoing) {
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie') outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader('set-cookie', cookies);
  outgoing.writeHead(response.status);
  if (!response.body) return outgoing.end();
  const body = Readable.fromWeb(response.body);
  outgoing.on('close', () => body.destroy());
  return body.on('error', () => outgoing.destroy()).pipe(outgoing);
}

const TYPES = {
  '.css': 'text/css', '.html': 'text/html;charset=utf-8', '.js': 'text/javascript', '.json': 'application/json',
  '.png': 'image/png', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};

/** The files of a folder, for whatever is not the relay's. */
function files(folder) {
  return async (request) => {
    const path = decodeURIComponent(new URL(request.url).pathname);
    const named = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const inside = named.startsWith(join(folder, sep)) && !path.includes('\0');
    const found = inside && (await stat(named).catch(() => undefined))?.isFile();
    if (!found) return new Response('Not found', { status: 404 });
    const headers = { 'content-type': TYPES[extname(named)] ?? 'application/octet-stream' };
    return new Response(Readable.toWeb(createReadStream(named)), { headers });
  };
}

/** Starts a server from variables. */
function start(variables) {
  const relay = createRelay(fromEnvironment(variables));
  const site = variables.RELAY_SITE ? files(variables.RELAY_SITE) : relay;
  const handle = (request, context) => {
    const own = new URL(request.url).pathname.startsWith('/relay/');
    return (own ? relay : site)(request, context);
  };
  const origin = variables.RELAY_ORIGIN?.split(' ')[0] || undefined;
  const options = { origin, proxies: Number(variables.RELAY_PROXIES ?? 0) };
  const server = createServer({ requestTimeout: 300_000 }, listener(handle, options));
  const [host, port] = [variables.HOST ?? '127.0.0.1', Number(variables.PORT ?? 8080)];
  server.listen(port, host, () => console.log(`http://${host}:${server.address().port}`));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) start(process.env);
