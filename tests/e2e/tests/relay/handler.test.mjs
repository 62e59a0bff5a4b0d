// The handler in code: what a site can bring along, which no variable says.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';

import { listener } from '../../../../examples/relay/node.mjs';
import { buckets, createRelay, memory } from '../../../../examples/relay/relay.mjs';

const ORIGIN = 'https://site.example';
const PRESENTON = `${ORIGIN}/relay/presenton/api/v1/ppt/presentation`;
const secret = 'thirty-two characters at the very least';

/** A service that counts its calls, and answers when it is let. */
function service(t, ready = Promise.resolve()) {
  const calls = [];
  t.mock.method(globalThis, 'fetch', async (address, init) => {
    calls.push({ address: String(address), ...init });
    await ready;
    return Response.json({ id: 'task-1', status: 'pending', created_at: 'now' });
  });
  return calls;
}

function copy(more = {}) {
  const services = { presenton: { key: 'sk-of-the-site' } };
  return createRelay({ secret, origins: [ORIGIN], services, log: () => {}, ...more });
}

function submit(key, headers = {}) {
  const all = { origin: ORIGIN, 'x-slidewright': '1', 'content-type': 'application/json', 'idempotency-key': key };
  const body = JSON.stringify({ content: 'Bees', n_slides: 3 });
  return new Request(`${PRESENTON}/generate/async`, { method: 'POST', headers: { ...all, ...headers }, body });
}

function status(id, headers = {}) {
  return new Request(`${PRESENTON}/status/${id}`, { headers: { 'x-slidewright': '1', ...headers } });
}

const KEY = 'a-key-that-nobody-else-has';

test('copies with one secret answer for one another', async (t) => {
  service(t);
  const reply = await copy()(submit(KEY));
  const cookie = reply.headers.get('set-cookie').split(';')[0];
  const { id } = await reply.json();
  assert.equal((await copy()(status(id, { cookie }))).status, 200);
  assert.equal((await copy({ secret: `${secret}!` })(status(id, { cookie }))).status, 404);
});

test('on TLS the cookie is for this host and for TLS alone, and lives in a frame of another site', async (t) => {
  service(t);
  const cookie = (await copy()(submit(KEY))).headers.get('set-cookie');
  const wanted = /^__Host-slidewright-[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=None; Secure; Partitioned$/;
  assert.match(cookie, wanted);
});

test('without TLS the cookie stays on the site', async (t) => {
  service(t);
  const origins = ['http://site.example'];
  const reply = await copy({ origins })(submit(KEY, { origin: origins[0] }));
  const wanted = /^slidewright-[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/;
  assert.match(reply.headers.get('set-cookie'), wanted);
});

test('a frame of another site is of the own origin, and that site is not', async (t) => {
  const calls = service(t);
  const relay = copy();
  assert.equal((await relay(submit(KEY, { 'sec-fetch-site': 'same-origin' }))).status, 200);
  for (const from of ['cross-site', 'same-site', 'none']) {
    assert.equal((await relay(submit(`${KEY}-${from}`, { 'sec-fetch-site': from }))).status, 403);
  }
  assert.equal(calls.length, 1);
});

test('copies with one store send a submit once', async (t) => {
  let open;
  const calls = service(t, new Promise((resolve) => (open = resolve)));
  const store = memory();
  const replies = [copy({ store })(submit(KEY)), copy({ store })(submit(KEY))];
  while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
  open();
  const [first, second] = await Promise.all(replies);
  assert.equal(calls.length, 1);
  assert.equal(await first.text(), await second.text());
});

test('work goes on after a visitor left', async (t) => {
  service(t);
  const kept = [];
  const reply = await copy()(submit(KEY), { waitUntil: (work) => kept.push(work) });
  assert.equal(kept.length, 1);
  assert.equal((await kept[0]).status, reply.status);
});

test('a user of the site has their jobs on each device, and others have not', async (t) => {
  service(t);
  const relay = copy({ authorize: (request) => request.headers.get('x-user') ?? false });
  const reply = await relay(submit(KEY, { 'x-user': 'first' }));
  assert.equal(reply.headers.get('set-cookie'), null);
  const { id } = await reply.json();
  assert.equal((await relay(status(id, { 'x-user': 'first' }))).status, 200);
  assert.equal((await relay(status(id, { 'x-user': 'second' }))).status, 404);
  assert.equal((await relay(status(id))).status, 401);
});

test('the site says in its own words why not', async (t) => {
  const calls = service(t);
  const why = { status: 402, title: 'No decks left.', action: { label: 'Upgrade', href: '/plans' } };
  const reply = await copy({ authorize: () => why })(submit(KEY));
  assert.equal(reply.status, 402);
  assert.equal(reply.headers.get('content-type'), 'application/problem+json');
  const { title, action } = await reply.json();
  assert.deepEqual({ title, action }, { title: why.title, action: why.action });
  assert.equal(calls.length, 0);
});

test('a check that fails lets nobody pass', async (t) => {
  const calls = service(t);
  const authorize = () => {
    throw new Error('the site is down');
  };
  assert.equal((await copy({ authorize })(submit(KEY))).status, 500);
  assert.equal(calls.length, 0);
});

test('what authorize answers is a user, a yes or a no, and nothing by chance', async (t) => {
  const calls = service(t);
  const asked = (said) => copy({ authorize: () => said })(submit(`${KEY}-${calls.length}`));
  for (const said of ['', false, null, undefined, Number.NaN]) assert.equal((await asked(said)).status, 401, `${said}`);
  for (const said of [Number.POSITIVE_INFINITY, () => 'user']) {
    assert.equal((await asked(said)).status, 500, `${said}`);
  }
  assert.equal(calls.length, 0);
  for (const said of ['user', 7, 7n]) {
    const reply = await asked(said);
    assert.equal(reply.status, 200, `${said}`);
    assert.equal(reply.headers.get('set-cookie'), null, `${said}`);
  }
  assert.notEqual((await asked(true)).headers.get('set-cookie'), null);
});

test('a user with a number is told from others', async (t) => {
  service(t);
  const relay = copy({ authorize: (request) => Number(request.headers.get('x-user')) });
  const { id } = await (await relay(submit(KEY, { 'x-user': '1' }))).json();
  assert.equal((await relay(status(id, { 'x-user': '1' }))).status, 200);
  assert.equal((await relay(status(id, { 'x-user': '2' }))).status, 404);
});

test('whoever signs in keeps what they began before', async (t) => {
  service(t);
  const relay = copy({ authorize: (request) => request.headers.get('x-user') ?? true });
  const reply = await relay(submit(KEY));
  const cookie = reply.headers.get('set-cookie').split(';')[0];
  const { id } = await reply.json();
  assert.equal((await relay(status(id, { cookie, 'x-user': 'first' }))).status, 200);
  assert.equal((await relay(status(id, { 'x-user': 'first' }))).status, 404);
});

/** A service that fails as `fetch` does, and then answers. */
function failing(t, failure) {
  const calls = [];
  t.mock.method(globalThis, 'fetch', async (address) => {
    calls.push(address);
    if (calls.length === 1) throw failure();
    return Response.json({ id: 'task-1', status: 'pending' });
  });
  return calls;
}

function broken(code) {
  return () => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

test('where there was no connection, the same submit is sent again', async (t) => {
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED']) {
    const calls = failing(t, broken(code));
    const relay = copy();
    assert.equal((await relay(submit(KEY))).status, 502, code);
    assert.equal((await relay(submit(KEY))).status, 200, code);
    assert.equal(calls.length, 2, code);
    t.mock.restoreAll();
  }
});

test('where there was one, it is not, for two minutes', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 0 });
  for (const code of ['ECONNRESET', 'UND_ERR_SOCKET', 'ETIMEDOUT', 'EPIPE']) {
    const calls = failing(t, broken(code));
    const relay = copy();
    assert.equal((await relay(submit(KEY))).status, 502, code);
    t.mock.timers.tick(119_000);
    assert.equal((await relay(submit(KEY))).status, 502, code);
    assert.equal(calls.length, 1, code);
    t.mock.timers.tick(2_000);
    assert.equal((await relay(submit(KEY))).status, 200, code);
    t.mock.method(globalThis, 'fetch').mock.restore();
  }
});

test('a repeat is not told to wait for what is over', async (t) => {
  t.mock.method(globalThis, 'fetch', async () => new Response('{}', { status: 503, headers: { 'retry-after': '7' } }));
  const relay = copy();
  assert.equal((await relay(submit(KEY))).headers.get('retry-after'), '7');
  const repeat = await relay(submit(KEY));
  assert.equal(repeat.status, 503);
  assert.equal(repeat.headers.get('retry-after'), null);
});

test('a refusal is shown as it is, and its members are not signed', async (t) => {
  const said = { id: 'no-such-task', detail: 'Not found', message: 'Gone' };
  for (const path of ['ppt/presentation/generate/async', 'ppt/files/upload']) {
    t.mock.method(globalThis, 'fetch', async () => Response.json(said, { status: 404 }));
    const isForm = path.endsWith('upload');
    const type = isForm ? 'multipart/form-data; boundary=x' : 'application/json';
    const headers = { origin: ORIGIN, 'x-slidewright': '1', 'content-type': type, 'idempotency-key': KEY };
    const body = isForm ? '--x--\r\n' : '{"content":"Bees"}';
    const reply = await copy()(new Request(`${ORIGIN}/relay/presenton/api/v1/${path}`, { method: 'POST', headers, body }));
    assert.equal(reply.status, 404);
    assert.deepEqual(await reply.json(), said, path);
    t.mock.restoreAll();
  }
});

test('an upload that is answered by no list has no names to sign', async (t) => {
  const said = { status: 'stored', count: 1 };
  t.mock.method(globalThis, 'fetch', async () => Response.json(said));
  const headers = { origin: ORIGIN, 'x-slidewright': '1', 'content-type': 'multipart/form-data; boundary=x' };
  const address = `${ORIGIN}/relay/presenton/api/v1/ppt/files/upload`;
  const reply = await copy()(new Request(address, { method: 'POST', headers, body: '--x--\r\n' }));
  assert.deepEqual(await reply.json(), said);
});

const URLS = { duomi: { url: 'https://duomi.example' } };

/** A submit to any service: its status, and what was passed on. */
async function asks(t, name, path, body, more = {}) {
  const sent = [];
  t.mock.method(globalThis, 'fetch', async (address, init) => {
    sent.push(JSON.parse(init.body));
    return Response.json({ id: 'task-1', job_id: 'task-1', generation_id: 'task-1', generationId: 'task-1' });
  });
  const services = { [name]: { key: 'sk-of-the-site', ...URLS[name], ...more } };
  const headers = {
    origin: ORIGIN, 'x-slidewright': '1', 'content-type': 'application/json', 'idempotency-key': KEY,
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`${ORIGIN}/relay/${name}${path}`, { method: 'POST', headers, body: text });
  const reply = await copy({ services })(request);
  t.mock.restoreAll();
  const code = reply.ok ? undefined : (await reply.json()).code;
  return { status: reply.status, code, sent: sent[0] };
}

const V1 = ['presenton', '/api/v1/ppt/presentation/generate/async'];
const V3 = ['presenton-v3', '/api/v3/presentation/generate/async'];
const PERCEPTIS = ['perceptis', '/api/v1/generate'];
const DUOMI = ['duomi', '/api/v1/presentations/generate-deck'];
const CHRONICLE = ['chronicle', '/api/v1/presentations/generate'];
const GAMMA = ['gamma', '/v1.0/generations'];

test('lists have items of the shape that the widget sends', async (t) => {
  const picture = { data: 'AAAA', mime_type: 'image/png' };
  const right = [
    [V1, { slides_markdown: ['# Bees'] }],
    [V3, { slides: [{ content: '# Bees' }, { content: '# Wasps', layout: 'title' }] }],
    [PERCEPTIS, { prompt: 'Bees', reference_images: [picture], variant_count: 10 }],
    [DUOMI, { slides: [{ template_slide_id: 'a1', slide_data: { texts: ['Bees'] } }] }],
  ];
  for (const [call, body] of right) {
    assert.equal((await asks(t, ...call, body)).status, 200, JSON.stringify(body));
  }
  const wrong = [
    [V1, { slides_markdown: [{ content: '# Bees' }] }],
    [V1, { content: 'Bees', files: [{ name: '/etc/passwd' }] }],
    [V3, { slides: ['# Bees'] }],
    [V3, { slides: [{ content: '# Bees', web_search: true }] }],
    [PERCEPTIS, { prompt: 'Bees', reference_images: ['https://elsewhere.example'] }],
    [PERCEPTIS, { prompt: 'Bees', reference_images: [{ ...picture, url: 'https://elsewhere.example' }] }],
    [PERCEPTIS, { prompt: 'Bees', variant_count: 11 }],
    [DUOMI, { slides: ['Bees'] }],
    [CHRONICLE, { prompt: 'Bees', attachments: ['https://elsewhere.example'] }],
    [CHRONICLE, { prompt: 'Bees', attachments: [{ id: '1' }] }],
    [CHRONICLE, { prompt: 'Bees', attachments: [{ url: ['https://elsewhere.example'] }] }],
    [CHRONICLE, { prompt: 'Bees', attachments: [null] }],
  ];
  for (const [call, body] of wrong) {
    const { status, code, sent } = await asks(t, ...call, body);
    assert.deepEqual([status, code, sent], [422, 'not_allowed', undefined], JSON.stringify(body));
  }
});

test('as many files as the form takes', async (t) => {
  const picture = { data: 'AAAA', mime_type: 'image/png' };
  const body = (length) => ({ prompt: 'Bees', reference_images: Array(length).fill(picture) });
  assert.equal((await asks(t, ...PERCEPTIS, body(10))).status, 200);
  assert.equal((await asks(t, ...PERCEPTIS, body(11))).status, 422);
});

test('pictures by a model are for sites that allow them', async (t) => {
  const body = { inputText: 'Bees', imageOptions: { source: 'aiGenerated', model: 'dear' } };
  const { sent } = await asks(t, ...GAMMA, body);
  assert.deepEqual(sent.imageOptions, { source: 'webFreeToUseCommercially' });
  const fixed = { imageOptions: { source: 'noImages' } };
  assert.deepEqual((await asks(t, ...GAMMA, body, { fixed })).sent.imageOptions, fixed.imageOptions);
  const limits = { imageTypes: ['stock', 'ai-generated'] };
  assert.equal('imageOptions' in (await asks(t, ...GAMMA, body, { limits })).sent, false);
});

test('what is nested without end is refused, and tells nothing', async (t) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"slides":[{"template_slide_id":"a1","slide_data":${deep}}]}`;
  const { status, code } = await asks(t, ...DUOMI, body);
  assert.deepEqual([status, code], [400, 'unreadable']);
});

test('where no decks are allowed, it says when to ask again', async (t) => {
  service(t);
  const reply = await copy({ rate: { decksPerHour: 0 } })(submit(KEY));
  assert.equal(reply.status, 429);
  assert.equal(reply.headers.get('retry-after'), '3600');
});

test('a household has one budget, however its address is written', async (t) => {
  service(t);
  const household = async (address) => {
    const names = [];
    const budget = { take: (name) => (names.push(name), 0) };
    await copy({ budget })(status('task-1'), { address });
    return names[0];
  };
  const same = ['2001:db8::1', '2001:db8::2:3:4:5', '2001:0db8:0:0:9::', '2001:db8:0:0:1:2:3:4', '2001:db8::1%eth0'];
  for (const address of same) assert.equal(await household(address), 'calls at 2001:db8:0:0', address);
  assert.equal(await household('::1'), 'calls at 0:0:0:0');
  assert.equal(await household('::ffff:192.0.2.7'), 'calls at 192.0.2.7');
  assert.notEqual(await household('2001:db8:1::1'), await household('2001:db8::1'));
});

/** Says this to the handler on Node, and what it answers until `enough` of it is there. */
async function saying(t, pieces, enough) {
  const server = createServer(listener(async () => new Response('no', { status: 403 })));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect(server.address().port, '127.0.0.1');
  t.after(() => {
    socket.destroy();
    server.close();
    server.closeAllConnections();
  });
  let said = '';
  socket.setEncoding('latin1').on('error', () => {});
  const heard = new Promise((resolve) => {
    socket.on('data', (more) => (said += more) && enough(said) && resolve());
    socket.on('close', resolve);
  });
  for (const piece of pieces) {
    if (socket.destroyed) break;
    const drained = new Promise((resolve) => socket.once('drain', resolve));
    if (!socket.write(piece)) await Promise.race([drained, heard]);
  }
  await heard;
  return said;
}

const LONG = Buffer.alloc(4_000_000);
const head = (connection, length) =>
  `POST / HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\nContent-Length: ${length}\r\n\r\n`;

test('a connection whose body nobody wanted carries the next call', { timeout: 10_000 }, async (t) => {
  const answers = (said) => said.split('HTTP/1.1 403').length - 1;
  const pieces = [head('keep-alive', LONG.length), LONG, head('keep-alive', 0)];
  assert.equal(answers(await saying(t, pieces, (said) => answers(said) === 2)), 2);
});

test('an answer reaches who still sends on a connection that ends with it', { timeout: 10_000 }, async (t) => {
  const said = await saying(t, [head('close', LONG.length), LONG], () => false);
  assert.match(said, /^HTTP\/1\.1 403/);
});

test('who promises more than they send is answered all the same', { timeout: 10_000 }, async (t) => {
  const said = await saying(t, [head('close', LONG.length), 'short'], () => false);
  assert.match(said, /^HTTP\/1\.1 403/);
});

test('who never ends is cut off in the end', { timeout: 20_000 }, async (t) => {
  let taken = 0;
  const pieces = function* () {
    yield head('keep-alive', 1e9);
    for (; taken < 50; taken += 1) yield LONG;
  };
  const said = await saying(t, pieces(), () => false);
  assert.match(said, /^HTTP\/1\.1 403/);
  assert.ok(taken >= 10 && taken < 30, `${taken} pieces of four megabytes were taken`);
});

test('a secret that is short, or a service that is unknown, is a mistake at once', () => {
  assert.throws(() => createRelay({ secret: 'short', services: {} }), /32 characters/);
  assert.throws(() => createRelay({ secret, services: { elsewhere: { key: 'x' } } }), /elsewhere/);
  assert.throws(() => createRelay({ secret, services: { duomi: { key: 'x' } } }), /address/);
});

test('what is kept stays bounded', () => {
  const store = memory(2);
  for (const name of ['one', 'two', 'three']) assert.equal(store.add(name, { name }, 60), true);
  assert.equal(store.get('one'), undefined);
  assert.deepEqual(store.get('three'), { name: 'three' });
  assert.equal(store.add('three', {}, 60), false);
  const budget = buckets(1);
  assert.equal(budget.take('one', 1, 60), 0);
  assert.ok(budget.take('one', 1, 60) > 0);
  assert.equal(budget.take('two', 1, 60), 0);
});

test('as a Worker and as a function of Vercel it is the same', async (t) => {
  const calls = service(t);
  const variables = { RELAY_SECRET: secret, RELAY_ORIGIN: ORIGIN, PRESENTON_KEY: 'sk-of-the-site' };
  const worker = await import('../../../../examples/relay/cloudflare.mjs');
  const kept = [];
  const context = { waitUntil: (work) => kept.push(work) };
  assert.equal((await worker.default.fetch(submit(KEY), variables, context)).status, 200);
  assert.equal(kept.length, 1);
  Object.assign(process.env, variables);
  const { GET, POST } = await import('../../../../examples/relay/vercel.mjs');
  assert.equal((await POST(submit(KEY))).status, 200);
  assert.equal((await GET(status('task-1'))).status, 404);
  assert.equal(calls.length, 2);
  for (const { headers } of calls) assert.equal(headers.authorization, 'Bearer sk-of-the-site');
});
