/**
 * The relay between the widget and the services that make decks: a function from `Request`
 * to `Response`, in this one file, with web standards alone. So the same file runs on Node,
 * Deno, Bun, Cloudflare Workers and Vercel; README.md beside it has the few lines for each.
 *
 * It keeps the whole contract of README.md. Its answer to `/relay/presenton/api/v1/…` is
 * that of Presenton to `/api/v1/…`, where the call is one that the widget makes, comes from
 * a page of the site, from a visitor who asked for this job, and within the limits.
 *
 * Nothing is kept between two calls but what counts and what was answered to a submit:
 * who a visitor is, and what is theirs, is signed, and comes back with the call.
 */

/** @typedef {(request: Request, context?: Context) => Promise<Response>} Relay */

/**
 * What a host knows of a call beside the request.
 * @typedef {object} Context
 * @property {string} [address] the visitor's address; without it all share one budget
 * @property {(work: Promise<unknown>) => void} [waitUntil] keeps work alive after the answer
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEGABYTE = 1_000_000;

/**
 * @typedef {object} Options
 * @property {string} secret signs sessions and ids: 32 characters at least, the same in every copy
 * @property {Record<string, {key?: string, url?: string, direct?: boolean, fixed?: object,
 *   limits?: Partial<typeof LIMITS>}>} services by name; `key` is the service's own, `url` its
 *   root where it is not the usual one, `fixed` sets members of the request's body whatever the
 *   page says, `direct` leaves relative files to the page's `links-base`
 * @property {string} [path] where the relay is on the site
 * @property {string[]} [origins] the site's own origins; without them, the one that was called
 * @property {Partial<typeof LIMITS>} [limits] for all services
 * @property {Partial<typeof RATE>} [rate]
 * @property {Partial<typeof PATIENCE>} [patience]
 * @property {(request: Request, call: {service: string, purpose: string}) => unknown} [authorize]
 *   the site's own session: true lets pass; a text, or a number, says who it is, whose jobs are
 *   then the same on every device; false, nothing, an empty text or a problem
 *   (`{title, detail, action}`) refuses with 401
 * @property {Store} [store] what submits were answered, for all copies of the relay
 * @property {{take(name: string, burst: number, seconds: number): number | Promise<number>}} [budget]
 *   seconds to wait for another call of that name, 0 where it may pass
 * @property {(what: unknown) => void} [log] hears what went wrong
 */

/** What a page may ask for, unless the site says otherwise. */
export const LIMITS = {
  minSlides: 1,
  maxSlides: 20,
  webSearch: false,
  imageTypes: ['stock'],
  files: 10,
  variants: 10,
  uploadBytes: 10 * MEGABYTE,
  bodyBytes: 256_000,
};

/** What a visitor may ask for in a time; an address, behind which several may be, `shared` times that. */
export const RATE = { callsPerMinute: 120, decksPerHour: 10, uploadsPerHour: 30, shared: 4 };

/**
 * Seconds: for a service's answer, by purpose, less than the widget waits itself; how long a
 * submit of unknown outcome bars its repeats, which is for those that browsers and proxies make
 * by themselves, and no longer than the widget's visitor thinks about sending it again; how long
 * an answered one is remembered.
 */
export const PATIENCE = { submit: 55, export: 55, upload: 300, other: 25, doubt: 2 * MINUTE, answered: DAY };

/** What `fetch` fails with where there was no connection, and so nothing was sent. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'ConnectionRefused',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Refusals of a service that was sent nothing. */
const unsent = new WeakSet();

/** Longest answer of a service that is no file; the widget reads no more either. */
const LONGEST_REPLY = 2 * 1024 * 1024;

/** @param {Options} options @returns {Relay} */
export function createRelay(options) {
  const site = settled(options);
  return async (request, context = {}) => {
    try {
      return sealed(await answer(site, request, context));
    } catch (thrown) {
      if (thrown instanceof Response) return sealed(thrown);
      site.log(thrown);
      return sealed(problem(500, 'Something went wrong here.', { code: 'relay_failed' }));
    }
  };
}

/** The order matters: what is cheap to refuse, and tells nothing, is refused first. */
async function answer(site, request, context) {
  const call = found(site, request);
  fromOwnPage(site, request, call);
  const at = `at ${household(context.address)}`;
  await withinBudget(site, 'calls', [at]);
  const visitor = await recognised(site, request, at, call);
  await withinBudget(site, 'calls', visitor.sessions);
  await opened(site, call, visitor);
  if (['upload', 'target'].includes(call.route.purpose)) await withinBudget(site, 'uploads', visitor.names);
  switch (call.route.purpose) {
    case 'submit': {
      const work = submitted(site, request, call, visitor);
      // A visitor who leaves does not unmake the deck: what becomes of it has to be remembered.
      context.waitUntil?.(work.catch(() => {}));
      return work;
    }
    case 'upload':
      return withSession(visitor, await uploaded(site, request, call, visitor));
    case 'file':
      return file(call, await forwarded(site, call, {}));
    default: {
      const sent = request.method === 'POST' ? await document(site, request, call, visitor) : {};
      const reply = await relayed(site, call, visitor, sent);
      return withSession(visitor, reply);
    }
  }
}

// --- Options -----------------------------------------------------------------------------

/** @param {Options} options */
function settled(options) {
  if (typeof options.secret !== 'string' || options.secret.length < 32) {
    throw new Error('the relay needs a secret of 32 characters at least');
  }
  const services = Object.entries(options.services ?? {}).map(([name, given]) => {
    const known = Object.hasOwn(SERVICES, name) ? SERVICES[name] : undefined;
    if (!known) throw new Error(`the relay knows no service ${name}`);
    const limits = { ...LIMITS, ...options.limits, ...given.limits };
    const url = (given.url ?? known.url ?? '').replace(/\/+$/, '');
    if (!/^https?:\/\//.test(url)) throw new Error(`the service ${name} needs an address`);
    return [name, { ...known, ...given, name, limits, url }];
  });
  return {
    path: '/relay',
    origins: [],
    authorize: undefined,
    log: (what) => console.error(what),
    store: memory(),
    budget: buckets(),
    ...options,
    rate: { ...RATE, ...options.rate },
    patience: { ...PATIENCE, ...options.patience },
    services: new Map(services),
    sign: signer(options.secret),
  };
}

/**
 * Options from variables: `RELAY_SECRET`, `RELAY_ORIGIN` (several separated by spaces),
 * `RELAY_OPTIONS` (JSON: `limits`, `rate`, `patience`, and `services` for what else there is
 * to say of one), `RELAY_AUTHORIZE` (an address of the site that answers 2xx to a call
 * with the cookies of somebody who is signed in) with `RELAY_SIGN_IN` (where to do so), and
 * for each service `PRESENTON_KEY`, `PRESENTON_URL` and so on.
 * @param {Record<string, string | undefined>} variables @returns {Options}
 */
export function fromEnvironment(variables) {
  const more = JSON.parse(variables.RELAY_OPTIONS || '{}');
  const services = { ...more.services };
  for (const name of Object.keys(SERVICES)) {
    const prefix = name.toUpperCase().replaceAll('-', '_');
    const [key, url] = [variables[`${prefix}_KEY`], variables[`${prefix}_URL`]];
    if (key || url) services[name] = { ...(key && { key }), ...(url && { url }), ...services[name] };
  }
  const origins = (variables.RELAY_ORIGIN ?? '').split(' ').filter(Boolean);
  const authorize = variables.RELAY_AUTHORIZE && asked(variables.RELAY_AUTHORIZE, variables.RELAY_SIGN_IN);
  return { ...more, secret: variables.RELAY_SECRET ?? '', services, origins, ...(authorize && { authorize }) };
}

/** Asks the site itself whether somebody is signed in. */
function asked(address, signIn) {
  return async (request) => {
    const headers = { cookie: request.headers.get('cookie') ?? '' };
    const reply = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await reply.body?.cancel();
    const action = signIn && { label: 'Sign in', href: signIn };
    return reply.ok || { title: 'Please sign in first.', ...(action && { action }) };
  };
}

// --- Services ----------------------------------------------------------------------------

const text = (value) => typeof value === 'string';
const flag = (value) => typeof value === 'boolean';
const object = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
/** An object of these texts and nothing else: what stands there in another form, nobody would check. */
const texts = (needed, possible = []) => (value) =>
  object(value) &&
  needed.every((name) => Object.hasOwn(value, name)) &&
  Object.entries(value).every(([name, it]) => text(it) && (needed.includes(name) || possible.includes(name)));
const slideCount = (value, { minSlides, maxSlides }) =>
  Number.isInteger(value) && value >= minSlides && value <= maxSlides;
const slideList = (slide) => (value, { maxSlides }) =>
  Array.isArray(value) && value.length >= 1 && value.length <= maxSlides && value.every(slide);
const search = (value, { webSearch }) => value === false || (value === true && webSearch);
const images = (value, { imageTypes }) => imageTypes.includes(value);
const fileList = (file) => (value, { files }) =>
  Array.isArray(value) && value.length <= files && value.every(file);
const textList = (value) => Array.isArray(value) && value.length <= 100 && value.every(text);
const size = (value, { uploadBytes }) => Number.isInteger(value) && value >= 1 && value <= uploadBytes;
const versions = (value, { variants }) => Number.isInteger(value) && value >= 1 && value <= variants;
const pages = (value) => value === 'presentation';

/** A key that names its own scheme (`Basic …`, for a server of one's own) is taken as it is. */
const bearer = (key) => ['authorization', /^(basic|bearer) /i.test(key) ? key : `Bearer ${key}`];
const apiKey = (key) => ['x-api-key', key];

const PRESENTON = {
  content: text, n_slides: slideCount, language: text, tone: text, theme: text, export_as: text,
  verbosity: text, instructions: text, content_generation: text, image_type: images, web_search: search,
  include_table_of_contents: flag, include_title_slide: flag, markdown_emphasis: flag, files: fileList(text),
};

/** What is signed in an answer: ids, and the files that only the key opens. */
const PRESENTON_TASK = { '/id': 'job', '/data/presentation_id': 'deck', '/data/path': 'file' };
const PRESENTON_STATUS = { purpose: 'status', signs: PRESENTON_TASK, pages: ['/data/edit_path'] };
const PRESENTON_EXPORT = {
  purpose: 'export',
  fields: { id: text, export_as: text },
  opens: { '/id': 'deck' },
  signs: { '/presentation_id': 'deck', '/path': 'file' },
  pages: ['/edit_path'],
};
const PRESENTON_UPLOAD = { purpose: 'upload', signs: { '/*': 'upload' } };

/**
 * What the widget calls, service by service, and nothing else. Of a submit's body only
 * `fields` are passed on; `count` is set where the page leaves the number of slides open,
 * `sets` what no page has a say in;
 * `signs` and `opens` name what is signed in answers, and checked in what is sent; `drops`
 * are addresses of the service's own that no page needs.
 */
const SERVICES = {
  presenton: {
    url: 'https://api.presenton.ai',
    auth: bearer,
    routes: {
      'POST /api/v1/ppt/presentation/generate/async': {
        purpose: 'submit',
        fields: { ...PRESENTON, template: text, slides_markdown: slideList(text) },
        count: ['n_slides', 'slides_markdown'],
        opens: { '/files/*': 'upload' },
        signs: PRESENTON_TASK,
        pages: ['/data/edit_path'],
      },
      'GET /api/v1/ppt/presentation/status/:job': PRESENTON_STATUS,
      'POST /api/v1/ppt/presentation/export': PRESENTON_EXPORT,
      'POST /api/v1/ppt/files/upload': PRESENTON_UPLOAD,
      'GET /api/v1/ppt/template/all': { purpose: 'list' },
      'GET /app_data/:mark/exports/:name?job=:job': { purpose: 'file' },
    },
  },
  'presenton-v3': {
    url: 'https://api.presenton.ai',
    auth: bearer,
    routes: {
      'POST /api/v3/presentation/generate/async': {
        purpose: 'submit',
        fields: {
          ...PRESENTON, standard_template: text, smart_design: text,
          slides: slideList(texts(['content'], ['layout'])),
        },
        count: ['n_slides', 'slides'],
        opens: { '/files/*': 'upload' },
        signs: PRESENTON_TASK,
        pages: ['/data/edit_path'],
      },
      'GET /api/v3/async-task/status/:job': PRESENTON_STATUS,
      'POST /api/v3/presentation/export': PRESENTON_EXPORT,
      'POST /api/v3/files/upload': PRESENTON_UPLOAD,
      'GET /api/v3/standard-template/all': { purpose: 'list' },
      'GET /api/v3/theme/all': { purpose: 'list' },
      'GET /api/v3/smart-design/all': { purpose: 'list' },
    },
  },
  perceptis: {
    url: 'https://app.perceptis.ai',
    auth: bearer,
    routes: {
      'POST /api/v1/generate': {
        purpose: 'submit',
        // The documents promise that a repeat with the same key is harmless.
        repeatable: true,
        fields: {
          prompt: text, output_type: text, variant_count: versions, template_name: text,
          reference_images: fileList(texts(['data', 'mime_type'])), use_web_search: search, use_knowledge_base: search,
        },
        inline: true,
        signs: { '/job_id': 'job' },
      },
      'GET /api/v1/status/:job': { purpose: 'status', signs: { '/job_id': 'job' } },
    },
  },
  duomi: {
    auth: apiKey,
    routes: {
      'POST /api/v1/presentations/generate-deck': {
        purpose: 'submit',
        fields: { slides: slideList(object) },
        signs: { '/generation_id': 'job' },
        drops: ['/status_url'],
      },
      'GET /api/v1/presentations/:job/status': { purpose: 'status', signs: { '/generation_id': 'job' } },
      'GET /api/v1/templates?limit=100': { purpose: 'list' },
    },
  },
  chronicle: {
    url: 'https://api.chroniclehq.com',
    auth: bearer,
    routes: {
      'POST /api/v1/presentations/generate': {
        purpose: 'submit',
        fields: {
          prompt: text, template_id: text, selected_section_ids: textList,
          attachments: fileList(texts(['url'], ['id', 'file_name', 'type'])), non_interactive: flag,
          section_count: slideCount, language: text, narrative_type: text, rewrite_style: text,
        },
        opens: { '/attachments/*/url': 'upload' },
        signs: { '/generation_id': 'job' },
        drops: ['/poll_url'],
      },
      'GET /api/v1/presentations/generate/:job/status': { purpose: 'status', signs: { '/generation_id': 'job' } },
      'POST /api/v1/presentations/generate/:job/message': { purpose: 'answer', fields: { content: text } },
      'GET /api/v1/templates': { purpose: 'list' },
      'POST /api/v1/uploads/create-target': {
        purpose: 'target',
        fields: { file_name: text, content_type: text, declared_file_size: size },
        signs: { '/download_url': 'upload' },
      },
    },
  },
  gamma: {
    url: 'https://public-api.gamma.app',
    auth: apiKey,
    routes: {
      'POST /v1.0/generations': {
        purpose: 'submit',
        fields: {
          inputText: text, numCards: slideCount, exportAs: text, textMode: text, themeId: text,
          additionalInstructions: text, format: pages,
          textOptions: { language: text, amount: text, tone: text },
        },
        count: ['numCards'],
        // Left open, each picture is made by a model, and billed.
        sets: ({ imageTypes }) =>
          imageTypes.includes('ai-generated') ? {} : { imageOptions: { source: 'webFreeToUseCommercially' } },
        signs: { '/generationId': 'job' },
      },
      'GET /v1.0/generations/:job': { purpose: 'status', signs: { '/generationId': 'job' } },
      'GET /v1.0/themes': { purpose: 'list' },
    },
  },
  slidespeak: {
    url: 'https://api.slidespeak.co',
    auth: apiKey,
    routes: {
      'POST /api/v1/presentation/generate': {
        purpose: 'submit',
        fields: {
          plain_text: text, length: slideCount, response_format: text, tone: text, template: text,
          verbosity: text, custom_user_instructions: text, include_cover: flag, include_table_of_contents: flag,
        },
        count: ['length'],
        signs: { '/task_id': 'job' },
      },
      'GET /api/v1/task_status/:job': {
        purpose: 'status',
        signs: { '/task_id': 'job', '/task_result/request_id': 'deck' },
      },
      'GET /api/v1/presentation/download/:deck': { purpose: 'refresh' },
      'GET /api/v1/presentation/templates': { purpose: 'list' },
    },
  },
};

// --- Calls -------------------------------------------------------------------------------

/** The call that a request makes: one of a service's routes, with what stands in its path. */
function found(site, request) {
  const url = new URL(request.url);
  const nothing = () => problem(404, 'There is nothing here.', { code: 'not_found' });
  if (!url.pathname.startsWith(`${site.path}/`)) throw nothing();
  const [name, ...path] = url.pathname.slice(site.path.length + 1).split('/');
  const service = site.services.get(name);
  if (!service) throw nothing();
  const methods = [];
  for (const [pattern, route] of Object.entries(service.routes)) {
    const [method, place] = pattern.split(' ');
    const values = matched(place, path, url.searchParams);
    if (values && method === request.method) return { service, route, place, values, url };
    if (values) methods.push(method);
  }
  if (methods.length === 0) throw nothing();
  throw problem(405, 'That is not done here.', { code: 'method_not_allowed' }, { allow: methods.join(', ') });
}

/** The values of a pattern's variables, where path and query are as it says, member by member. */
function matched(place, path, query) {
  const [wantedPath, wantedQuery = ''] = place.split('?');
  const wanted = wantedPath.slice(1).split('/');
  const parameters = new URLSearchParams(wantedQuery);
  if (wanted.length !== path.length || query.size !== parameters.size) return undefined;
  const pairs = wanted.map((it, at) => [it, decoded(path[at])]);
  for (const [name, it] of parameters) pairs.push([it, query.get(name) ?? undefined]);
  const values = {};
  for (const [it, value] of pairs) {
    if (value === undefined) return undefined;
    if (!it.startsWith(':')) {
      if (value !== it) return undefined;
    } else {
      values[it.slice(1)] = value;
    }
  }
  return values;
}

/** A segment that can be nothing but a name, however it was encoded; else nothing. */
function decoded(segment) {
  try {
    const name = decodeURIComponent(segment);
    const climbs = name === '' || name === '.' || name === '..';
    return climbs || /[/\\\u0000-\u001f\u007f]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}

/** Where the call goes, put together from the pattern: nothing of the page's own path is passed on. */
function destination(call) {
  const [path, query] = call.place.split('?');
  const filled = path.replace(/:(\w+)\/?/g, (whole, name) => {
    const value = call.values[name];
    return value === '' ? '' : encodeURIComponent(value) + (whole.endsWith('/') ? '/' : '');
  });
  return call.service.url + filled + (query && call.route.purpose !== 'file' ? `?${query}` : '');
}

/**
 * Whether a page of the site's own makes the call. A foreign page cannot set the header without
 * a preflight, which nobody answers here; a file is asked for by a link, which sets none.
 */
function fromOwnPage(site, request, call) {
  const [origin, from, mark] = ['origin', 'sec-fetch-site', 'x-slidewright'].map((it) => request.headers.get(it));
  const own = site.origins.length > 0 ? site.origins : [call.url.origin];
  const isFile = call.route.purpose === 'file';
  const right = origin === null ? request.method === 'GET' : own.includes(origin);
  const near = from === null || from === 'same-origin' || (isFile && from === 'none');
  if (!right || !near || !(isFile || mark === '1')) {
    throw problem(403, 'This can be used from its own site only.', { code: 'foreign_origin' });
  }
}

// --- Visitors ----------------------------------------------------------------------------

/**
 * Who calls: the sessions that the cookies prove, or the one of the site's own user. Two tabs
 * may each have got a first session at once, so there may be several, by different names.
 */
async function recognised(site, request, at, call) {
  const user = await authorised(site, request, call);
  const [prefix] = cookieName(site, request);
  const sessions = [];
  for (const pair of (request.headers.get('cookie') ?? '').split('; ')) {
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    if (!name.startsWith(prefix) || sessions.length === 4) continue;
    const session = await unmarked(site, value, 'session');
    if (session !== undefined) sessions.push(session);
  }
  if (user !== undefined) {
    // Whoever signs in keeps what they began before.
    const session = await site.sign('user', user);
    return { sessions: [session, ...sessions], session, names: [session, at] };
  }
  const visitor = { sessions, session: sessions[0], names: [...sessions.slice(0, 1), at] };
  const begins = ['submit', 'upload', 'target'].includes(call.route.purpose);
  if (begins && visitor.session === undefined) {
    // A browser that repeats its very first request has no cookie yet. The key is as hard to
    // guess as a session, so it makes one that is the same both times.
    const key = call.route.purpose === 'submit' ? keyOf(request) : crypto.randomUUID();
    visitor.session = await site.sign('first', key);
    visitor.sessions = [visitor.session];
    visitor.cookie = await cookie(site, request, visitor.session);
  }
  return visitor;
}

/** Lasts longer than any link to a deck. */
async function cookie(site, request, session) {
  const [prefix, secure] = cookieName(site, request);
  const value = await marked(site, session, 'session');
  // In a frame of another site browsers send back nothing less; what that opens to foreign pages
  // `fromOwnPage` refuses.
  const scope = secure ? 'SameSite=None; Secure; Partitioned' : 'SameSite=Lax';
  const attributes = `Path=/; Max-Age=${30 * DAY}; HttpOnly; ${scope}`;
  return `${prefix}${session.slice(0, 6)}=${value}; ${attributes}`;
}

/** How cookies of sessions begin, and whether they are for TLS alone; then no other host can set one. */
function cookieName(site, request) {
  const secure = new URL(site.origins[0] ?? request.url).protocol === 'https:';
  return [secure ? '__Host-slidewright-' : 'slidewright-', secure];
}

async function authorised(site, request, call) {
  if (!site.authorize) return undefined;
  const said = await site.authorize(request, { service: call.service.name, purpose: call.route.purpose });
  if (said === true) return undefined;
  if (['string', 'bigint'].includes(typeof said) && said !== '') return `${said}`;
  if (Number.isFinite(said)) return `${said}`;
  // A user without a name would be every user without one.
  if (!said || typeof said === 'object') {
    const { title = 'Please sign in first.', status = 401, ...rest } = said || {};
    throw problem(status, title, { code: 'signed_out', ...rest });
  }
  throw new Error(`authorize answered a ${typeof said}`);
}

function withSession(visitor, reply) {
  if (!visitor.cookie) return reply;
  const headers = new Headers(reply.headers);
  headers.append('set-cookie', visitor.cookie);
  return new Response(reply.body, { status: reply.status, headers });
}

/** An address, or of the long ones the network that one connection has to itself. */
function household(address = 'somewhere') {
  const short = address.includes('.') ? address.slice(address.lastIndexOf(':') + 1) : address;
  if (!short.includes(':')) return short;
  const [before, after] = short.split('%')[0].split('::');
  const groups = (part) => (part ? part.split(':') : []);
  const left = after === undefined ? 0 : 8 - groups(before).length - groups(after).length;
  const all = [...groups(before), ...Array(Math.max(left, 0)).fill('0'), ...groups(after)];
  return all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

// --- Marks -------------------------------------------------------------------------------

/** Signs parts, so that no two lists of parts look alike: 128 bits, for a path. */
function signer(secret) {
  const bytes = new TextEncoder().encode(secret);
  let key;
  return async (...parts) => {
    // Not before there is a call: Workers do no such work while they load.
    key ??= crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const whole = new TextEncoder().encode(JSON.stringify(parts));
    return base64(new Uint8Array(await crypto.subtle.sign('HMAC', await key, whole)).slice(0, 16));
  };
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function marked(site, value, ...about) {
  return `${value}.${await site.sign('mark', value, ...about)}`;
}

async function unmarked(site, value, ...about) {
  const dot = value.lastIndexOf('.');
  const plain = value.slice(0, Math.max(dot, 0));
  return same(value, await marked(site, plain, ...about)) ? plain : undefined;
}

/** Takes as long for a near miss as for any. */
function same(one, other) {
  let difference = one.length ^ other.length;
  for (let at = 0; at < other.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/** What a visitor was given under one of their sessions; a 404 where they were not. */
async function theirs(site, call, visitor, value, kind) {
  for (const session of visitor.sessions) {
    const plain = typeof value === 'string' && (await unmarked(site, value, session, call.service.name, kind));
    if (plain) return plain;
  }
  throw problem(404, 'There is nothing here.', { code: 'not_found' });
}

/** Puts the service's own ids into the call's path. */
async function opened(site, call, visitor) {
  const { values } = call;
  for (const kind of ['job', 'deck']) {
    if (kind in values) values[kind] = await theirs(site, call, visitor, values[kind], kind);
  }
  if ('mark' in values) {
    // Files lie side by side under names that can be guessed: each has to be signed itself.
    const path = call.place.split('?')[0].replace('/:mark', '').replace(':name', values.name);
    await theirs(site, call, visitor, `${path}.${values.mark}`, 'file');
    values.mark = '';
  }
}

/** Changes what stands at a pointer, of which `*` is every item of a list. */
async function changed(tree, pointer, change) {
  const [step, ...rest] = pointer.slice(1).split('/');
  if (tree === null || typeof tree !== 'object') return;
  const items = Array.isArray(tree) ? Object.keys(tree) : [];
  const places = step === '*' ? items : Object.hasOwn(tree, step) ? [step] : [];
  for (const place of places) {
    if (rest.length > 0) await changed(tree[place], `/${rest.join('/')}`, change);
    else tree[place] = await change(tree[place]);
  }
}

/** Changes an answer into what a page gets to see of it. A refusal gives nobody anything to sign. */
async function shown(site, call, visitor, tree, ok) {
  const { route, service } = call;
  for (const [pointer, kind] of Object.entries(ok ? route.signs ?? {} : {})) {
    await changed(tree, pointer, async (value) => {
      if (typeof value !== 'string' && typeof value !== 'number') return value;
      const about = [visitor.session, service.name, kind];
      if (kind !== 'file') return marked(site, `${value}`, ...about);
      return service.direct ? value : fileMarked(site, value, about);
    });
  }
  // A page of the service's own, relative to it, is not behind the relay.
  const relative = (value) => (/^https?:\/\//i.test(value) || service.direct ? value : undefined);
  for (const pointer of route.pages ?? []) await changed(tree, pointer, relative);
  for (const pointer of route.drops ?? []) await changed(tree, pointer, () => undefined);
}

/** A relative path gets its mark as a folder, so that the file keeps its name; a whole address is left. */
async function fileMarked(site, path, about) {
  const parts = /^\/?app_data(\/exports\/[^/\\]+)$/.exec(path);
  if (!parts) return path;
  const value = `/app_data${parts[1]}`;
  return `/app_data/${await site.sign('mark', value, ...about)}${parts[1]}`;
}

// --- Bodies ------------------------------------------------------------------------------

/** A JSON body as it is passed on: nothing but what is known, within limits, and signed. */
async function document(site, request, call, visitor) {
  const { route, service } = call;
  const { limits } = service;
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw problem(415, 'Only JSON is taken here.', { code: 'unsupported_type' });
  }
  // Files within the text take a third more than by themselves.
  const most = limits.bodyBytes + (route.inline ? Math.ceil(limits.uploadBytes * 1.4) : 0);
  const given = parsed(await whole(request.body, most, () => tooLarge()));
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    throw problem(400, 'This is no JSON object.', { code: 'unreadable' });
  }
  const fixed = route.purpose === 'submit' ? { ...route.sets?.(limits), ...service.fixed } : {};
  const body = { ...allowed({ ...given, ...fixed }, route.fields, limits, fixed), ...fixed };
  const [count, ...instead] = route.count ?? [];
  if (count && ![count, ...instead].some((name) => name in body)) {
    body[count] = Math.max(limits.minSlides, Math.min(8, limits.maxSlides));
  }
  for (const [pointer, kind] of Object.entries(route.opens ?? {})) {
    await changed(body, pointer, (value) => theirs(site, call, visitor, value, kind));
  }
  const sent = written(body, () => problem(400, 'This is nested too deeply.', { code: 'unreadable' }));
  return { body: sent, headers: { 'content-type': 'application/json' } };
}

/** The members that a service documents; one that goes too far is refused by name. */
function allowed(given, fields, limits, fixed) {
  const body = {};
  for (const [name, may] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null || Object.hasOwn(fixed, name)) continue;
    const inner = typeof may === 'object';
    if (inner ? typeof value !== 'object' || Array.isArray(value) : !may(value, limits)) {
      const detail = `The site does not allow this value of ${name}.`;
      throw problem(422, 'This cannot be asked for here.', { code: 'not_allowed', detail, member: name });
    }
    body[name] = inner ? allowed(value, may, limits, fixed) : value;
  }
  return body;
}

/** A form with a file goes on as it comes, and is cut off where it grows too long. */
async function uploaded(site, request, call, visitor) {
  const type = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data;\s*boundary="?[\w'()+,./:=?-]{1,70}"?$/i.test(type) || !request.body) {
    throw problem(415, 'Only forms with files are taken here.', { code: 'unsupported_type' });
  }
  const most = call.service.limits.uploadBytes + 10_000;
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge();
  let left = most;
  const counted = new TransformStream({
    transform(chunk, controller) {
      left -= chunk.byteLength;
      if (left < 0) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
  const body = request.body.pipeThrough(counted);
  const reply = relayed(site, call, visitor, { body, headers: { 'content-type': type } });
  // A service may answer to what came of it, and fetch may fail in its own words.
  await reply.catch(() => {});
  if (left < 0) throw tooLarge();
  return reply;
}

/** A stream's text, whose length is counted as it comes: what it announces is not believed. */
async function whole(stream, most, otherwise) {
  if (!stream) return '';
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let [said, length] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return said + decoder.decode();
    length += value.byteLength;
    if (length > most) {
      reader.cancel().catch(() => {});
      throw otherwise();
    }
    said += decoder.decode(value, { stream: true });
  }
}

function parsed(said) {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}

function tooLarge() {
  return problem(413, 'This is too large.', { code: 'too_large' });
}

// --- The service -------------------------------------------------------------------------

/** Sends a call on. Of the page's own headers nothing goes along. */
async function forwarded(site, call, { body, headers }) {
  const { service, route } = call;
  const seconds = site.patience[route.purpose] ?? site.patience.other;
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), seconds * 1000);
  const [name, value] = service.key ? service.auth(service.key) : [];
  const accept = route.purpose === 'file' ? '*/*' : 'application/json';
  try {
    const reply = await fetch(destination(call), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { accept, ...headers, ...(name && { [name]: value }) },
      body: body ?? null,
      // An address that a service names could be any, and the key would go there.
      redirect: 'manual',
      signal: ends.signal,
      ...(typeof body === 'object' && { duplex: 'half' }),
    });
    if (reply.type === 'opaqueredirect' || (reply.status >= 300 && reply.status < 400)) {
      await reply.body?.cancel();
      throw problem(502, 'The service could not be reached.', { code: 'redirected' });
    }
    // A file may take as long as the line does.
    if (route.purpose === 'file') return reply;
    const said = await whole(reply.body, LONGEST_REPLY, () => {
      return problem(502, 'The service said too much.', { code: 'reply_too_large' });
    });
    return { status: reply.status, headers: reply.headers, said };
  } catch (thrown) {
    if (thrown instanceof Response) throw thrown;
    if (ends.signal.aborted) throw problem(504, 'The service takes too long.', { code: 'timed_out' });
    const unreachable = problem(502, 'The service could not be reached.', { code: 'unreachable' });
    if (NO_CONNECTION.has(thrown.cause?.code ?? thrown.code)) unsent.add(unreachable);
    throw unreachable;
  } finally {
    clearTimeout(timer);
  }
}

/** A call and its answer: status and `Retry-After` as they are, JSON signed, the rest as plain text. */
async function relayed(site, call, visitor, sent) {
  const { status, headers, said } = await forwarded(site, call, sent);
  const tree = parsed(hushed(said, call.service.key));
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
  const json = isProblem ? 'application/problem+json' : 'application/json';
  const type = tree === undefined ? 'text/plain;charset=utf-8' : json;
  const kept = { 'content-type': type };
  const wait = headers.get('retry-after');
  if (wait !== null) kept['retry-after'] = wait;
  const bare = status === 204 || status === 205;
  if (tree !== undefined) await shown(site, call, visitor, tree, status >= 200 && status < 300);
  const body = tree === undefined ? hushed(said, call.service.key) : written(tree, unreadable);
  return new Response(bare ? null : body, { status: status >= 200 ? status : 502, headers: kept });
}

function unreadable() {
  return problem(502, 'The service gave no answer that could be read.', { code: 'unreadable_reply' });
}

/** Some of what can be read is nested too deeply to be written. */
function written(tree, otherwise) {
  try {
    return JSON.stringify(tree);
  } catch {
    throw otherwise();
  }
}

/** Some services repeat in their complaint the key that they did not like. */
function hushed(said, key) {
  return key && key.length >= 8 ? said.replaceAll(key, '…') : said;
}

/** A file is saved and never shown: shown, it would be a page of the site's own. */
function file(call, reply) {
  if (!reply.ok) {
    reply.body?.cancel().catch(() => {});
    const status = [404, 410, 429].includes(reply.status) ? reply.status : 502;
    return problem(status, 'The file cannot be had.', { code: 'no_file' });
  }
  const disposition = reply.headers.get('content-disposition') ?? '';
  const name = encodeURIComponent(call.values.name);
  const headers = new Headers({
    'content-type': reply.headers.get('content-type') ?? 'application/octet-stream',
    'content-disposition': /^attachment\b/i.test(disposition) ? disposition : `attachment; filename*=UTF-8''${name}`,
  });
  // Where it was unpacked on the way, the length is no longer that of what is sent.
  const length = reply.headers.get('content-length');
  if (length !== null && !reply.headers.has('content-encoding')) headers.set('content-length', length);
  return new Response(reply.body, { status: 200, headers });
}

// --- Submits -----------------------------------------------------------------------------

/**
 * What one key was answered. All copies of a relay need the same one: `add` has to be atomic,
 * and true for one caller alone. Records may be forgotten after so many seconds.
 * @typedef {object} Store
 * @property {(name: string, record: object, seconds: number) => boolean | Promise<boolean>} add
 * @property {(name: string) => object | undefined | Promise<object | undefined>} get
 * @property {(name: string, record: object, seconds: number) => void | Promise<void>} put
 * @property {(name: string) => void | Promise<void>} drop
 */

function keyOf(request) {
  const key = request.headers.get('idempotency-key') ?? '';
  if (/^[\x21-\x7e]{16,128}$/.test(key)) return key;
  throw problem(400, 'This request has no mark of its own.', { code: 'no_idempotency_key' });
}

/**
 * One POST a key. A clear refusal made nothing, nor did a call without a connection: both are
 * forgotten. An answer is remembered. An outcome that nobody knows bars repeats for a while,
 * since they may be billed again.
 */
async function submitted(site, request, call, visitor) {
  const key = keyOf(request);
  const sent = await document(site, request, call, visitor);
  const { route, service } = call;
  if (route.repeatable) sent.headers['idempotency-key'] = key;
  const name = await site.sign('key', service.name, key);
  const mine = { session: visitor.session, body: await site.sign('body', sent.body), state: 'pending' };
  const { doubt, answered } = site.patience;
  if (!(await site.store.add(name, mine, Math.max(doubt, site.patience.submit + 5)))) {
    return repeated(site, request, visitor, name, mine);
  }
  let reply;
  try {
    await withinBudget(site, 'decks', visitor.names);
    reply = await relayed(site, call, visitor, sent);
    // A 2xx that is no answer leaves open whether there is a deck.
    if (reply.ok && reply.headers.get('content-type') !== 'application/json') {
      reply = unreadable();
    }
  } catch (thrown) {
    if (!(thrown instanceof Response)) site.log(thrown);
    reply = thrown instanceof Response ? thrown : problem(500, 'Something went wrong here.', { code: 'relay_failed' });
  }
  const said = { status: reply.status, headers: [...reply.headers], said: await reply.text() };
  const refused = reply.status >= 400 && reply.status < 500 && reply.status !== 408;
  if (reply.ok) {
    await site.store.put(name, { ...mine, state: 'answered', ...said }, answered);
  } else if (refused || route.repeatable || unsent.has(reply)) {
    await site.store.drop(name);
  } else {
    // When to come again is over by the time that a repeat hears it.
    const headers = said.headers.filter(([name]) => name !== 'retry-after');
    await site.store.put(name, { ...mine, state: 'unknown', ...said, headers }, doubt);
  }
  return withSession(visitor, replayed(said));
}

/** The first reply, for which a repeat waits where it is still to come. */
async function repeated(site, request, visitor, name, mine) {
  const end = Date.now() + site.patience.submit * 1000;
  for (;;) {
    const first = await site.store.get(name);
    if (!first) return problem(409, 'Please press the button again.', { code: 'refused_before' });
    const known = visitor.sessions.includes(first.session);
    const begun = !known && (await site.sign('first', keyOf(request))) === first.session;
    if (!(known || begun) || first.body !== mine.body) {
      return problem(409, 'Another request came under the same mark.', { code: 'idempotency_conflict' });
    }
    if (first.state !== 'pending') {
      const lost = begun || visitor.cookie ? { cookie: await cookie(site, request, first.session) } : {};
      return withSession(lost, replayed(first));
    }
    if (Date.now() > end) return problem(504, 'The service takes too long.', { code: 'timed_out' });
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

function replayed({ status, headers, said }) {
  return new Response(said, { status, headers });
}

/** A store for one copy of the relay, that forgets the oldest rather than grow. */
export function memory(most = 10_000) {
  const records = new Map();
  const get = (name) => {
    const kept = records.get(name);
    if (kept && kept.until > Date.now()) return kept.record;
    records.delete(name);
    return undefined;
  };
  const put = (name, record, seconds) => {
    records.delete(name);
    if (records.size >= most) records.delete(records.keys().next().value);
    records.set(name, { record, until: Date.now() + seconds * 1000 });
  };
  const add = (name, record, seconds) => get(name) === undefined && (put(name, record, seconds), true);
  return { add, get, put, drop: (name) => void records.delete(name) };
}

// --- Budgets -----------------------------------------------------------------------------

/** Whether each of these may make another call of a kind; the address is shared by several. */
async function withinBudget(site, kind, names) {
  const seconds = kind === 'calls' ? MINUTE : HOUR;
  const burst = site.rate[kind === 'calls' ? 'callsPerMinute' : `${kind}PerHour`];
  for (const name of names) {
    const most = name.startsWith('at ') ? burst * site.rate.shared : burst;
    const wait = await site.budget.take(`${kind} ${name}`, most, seconds);
    if (wait > 0) {
      const after = { 'retry-after': `${Math.ceil(wait)}` };
      throw problem(429, 'That is too much at once. Please wait a little.', { code: 'too_many' }, after);
    }
  }
}

/** Buckets that fill up again with time; of very many, those used last are kept. */
export function buckets(most = 50_000) {
  const levels = new Map();
  return {
    take(name, burst, seconds) {
      if (burst < 1) return seconds;
      const now = Date.now() / 1000;
      const { level, at } = levels.get(name) ?? { level: burst, at: now };
      const there = Math.min(burst, level + ((now - at) * burst) / seconds);
      levels.delete(name);
      if (levels.size >= most) levels.delete(levels.keys().next().value);
      levels.set(name, { level: there < 1 ? there : there - 1, at: now });
      return there < 1 ? ((1 - there) * seconds) / burst : 0;
    },
  };
}

// --- Answers -----------------------------------------------------------------------------

/** A refusal in the form that the widget shows: RFC 9457. */
function problem(status, title, more = {}, headers = {}) {
  const body = JSON.stringify({ title, status, ...more });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** Whatever a service says: it is kept by nobody, guessed at by no browser, and can run nothing. */
function sealed(reply) {
  const headers = new Headers(reply.headers);
  headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
  headers.set('content-security-policy', "default-src 'none'; sandbox");
  return new Response(reply.body, { status: reply.status, headers });
}
