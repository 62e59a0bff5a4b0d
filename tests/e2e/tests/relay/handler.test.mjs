// The handler in code: what a site can bring along, which no variable says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

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

test('on TLS the cookie is for this host and for TLS alone', async (t) => {
  service(t);
  const cookie = (await copy()(submit(KEY))).headers.get('set-cookie');
  assert.match(cookie, /^__Host-slidewright-[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
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
