// The demo page: it chooses what the widget talks to and how it looks, and shows what a
// host would write for that. The widget itself needs none of this.
import './slidewright/slidewright.js';

const root = new URL('./', location.href);
const byId = (id) => document.getElementById(id);
const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

// ---- What there is ----

const OUTLINE = `# Bees in the city
Why they do so well here

# What they find
- Parks and balconies
- Lime trees in June

# A year
| Month | Work |
| --- | --- |
| May | Swarms |
| July | Honey |`;

/** `attributes` are the page's part of a setting, `preset` only this page's. */
const SERVICES = {
  presenton: {
    label: 'Presenton, self-hosted',
    fields: 'prompt outline files slide-count format language tone template verbosity content-generation instructions web-search table-of-contents title-slide',
  },
  'presenton-v3': {
    label: 'Presenton Cloud',
    fields: 'prompt outline files slide-count format language tone template deck-theme smart-design verbosity content-generation image-type instructions web-search table-of-contents title-slide',
  },
  chronicle: {
    label: 'Chronicle',
    attributes: { 'file-hosts': 'self' },
    fields: 'prompt outline template sections files non-interactive slide-count language narrative-type rewrite-style',
  },
  duomi: {
    label: 'Duomi',
    attributes: { 'template-slides': 'title=slide_title text=slide_text table=slide_table' },
    preset: { outline: OUTLINE },
    fields: 'outline',
  },
  perceptis: {
    label: 'Perceptis',
    fields: 'prompt outline output-type variant-count files template',
  },
  gamma: {
    label: 'Gamma, by a descriptor',
    descriptor: true,
    fields: 'prompt outline slide-count format language content-generation verbosity tone deck-theme instructions',
  },
  slidespeak: {
    label: 'SlideSpeak, by a descriptor',
    descriptor: true,
    fields: 'prompt outline slide-count format tone template verbosity instructions title-slide table-of-contents',
  },
};

/** `of` are the services that can do so; `not` says why another cannot. */
const SCENARIOS = {
  normal: { label: 'It works', tokens: 'duration=9000' },
  question: {
    label: 'It asks two questions',
    tokens: 'duration=20000,questions=2',
    of: ['chronicle'],
    not: 'of these services, Chronicle alone asks',
  },
  partial: {
    label: 'A slide is missing',
    tokens: 'duration=9000,bad-slides=1',
    of: ['duomi'],
    not: 'Duomi alone tells how each slide fared',
  },
  failure: { label: 'It fails half way', tokens: 'duration=6000,fail=model' },
  slow: { label: 'It takes a minute and a half', tokens: 'duration=90000' },
  expired: {
    label: 'Links end after 20 seconds',
    tokens: 'duration=6000,life=20',
    of: ['duomi'],
    not: 'Duomi alone says when its links end',
  },
  offline: {
    label: 'The network goes for a while',
    tokens: 'duration=15000,status=drop,status-times=4',
  },
};

const can = (scenario, service) => SCENARIOS[scenario].of?.includes(service) ?? true;
const fieldsOf = (service) => SERVICES[service].fields.split(' ');

/** What is chosen. */
const chosen = { service: 'presenton', scenario: 'normal', fields: new Set(), look: {} };
// After a reload it is the same, so that the widget takes its job up again.
const [service, scenario] = location.hash.slice(1).split(',');
if (Object.hasOwn(SERVICES, service)) chosen.service = service;
if (Object.hasOwn(SCENARIOS, scenario)) chosen.scenario = scenario;

// ---- The widget ----

const EVENTS = 'ready change submit accepted status question answer complete download error stop resume';

/** Null until it is known whether the simulator answers. */
let widget = null;

function insert(usable) {
  widget = made('slide-wright');
  for (const name of EVENTS.split(' ')) widget.addEventListener(`slidewright-${name}`, heard);
  if (!usable) {
    // A job of an earlier visit would be asked for where nobody knows it, and given up.
    widget.setAttribute('resume', 'off');
    widget.setAttribute('disabled', '');
  }
  dress();
  byId('stage').replaceChildren(widget);
}

/** What the widget is told: as here, and as on the page of a host. */
function attributes(here) {
  const { descriptor, attributes = {}, preset = {} } = SERVICES[chosen.service];
  const folder = here ? `${root.pathname}slidewright` : '/slidewright';
  const all = fieldsOf(chosen.service);
  const fields = all.filter((name) => chosen.fields.has(name));
  return {
    provider: descriptor ? 'custom' : chosen.service,
    ...(descriptor && { descriptor: `${folder}/descriptors/${chosen.service}.json` }),
    endpoint: here
      ? `${root.pathname}sim/${chosen.service},${SCENARIOS[chosen.scenario].tokens}`
      : `/relay/${chosen.service}`,
    ...attributes,
    ...(here && preset),
    ...(fields.length < all.length && { fields: fields.join(' ') }),
    ...(chosen.look.scheme && { 'color-scheme': chosen.look.scheme }),
  };
}

const CHANGING = ['provider', 'endpoint', 'descriptor', 'file-hosts', 'template-slides', 'outline', 'fields', 'color-scheme'];

function dress() {
  const wanted = attributes(true);
  for (const name of CHANGING) {
    if (name in wanted) widget?.setAttribute(name, wanted[name]);
    else widget?.removeAttribute(name);
  }
  for (const name of ['accent', 'radius']) {
    const value = chosen.look[name];
    if (value) widget?.style.setProperty(`--slidewright-${name}`, value);
    else widget?.style.removeProperty(`--slidewright-${name}`);
  }
  write();
}

function heard({ type, detail }) {
  const { code, field, formats, jobId, percent, round, state } = detail ?? {};
  const words = [
    type,
    code ?? field ?? state,
    percent !== undefined && `${percent} %`,
    round && `round ${round}`,
    jobId && `job ${jobId.slice(0, 12)}`,
    formats?.length && formats.join(', '),
  ];
  const list = byId('events');
  list.append(made('li', { textContent: words.filter(Boolean).join(' · ') }));
  while (list.children.length > 200) list.firstChild.remove();
  list.scrollTop = list.scrollHeight;
}

// ---- Its code ----

const quoted = (value) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function write() {
  const words = Object.entries(attributes(false)).map(([name, value]) => `\n  ${name}="${quoted(value)}"`);
  byId('embed').textContent =
    '<script type="module" src="/slidewright/slidewright.js"></' +
    `script>\n<slide-wright${words.join('')}>Needs JavaScript.</slide-wright>`;

  const style = ['accent', 'radius']
    .filter((name) => chosen.look[name])
    .map((name) => `  --slidewright-${name}: ${chosen.look[name]};\n`);
  byId('style').textContent = `slide-wright {\n${style.join('')}}`;
  byId('style-sample').hidden = !style.length;

  const { descriptor } = SERVICES[chosen.service];
  byId('code-hint').textContent = [
    `/relay/${chosen.service} is a path of your own site that passes requests on and adds the key.`,
    descriptor && 'The descriptor comes with the package.',
    chosen.service === 'duomi' && 'Put the ids of your own template\'s slides into template-slides.',
    chosen.service === 'chronicle' && 'file-hosts names the hosts that visitors\' files may be sent to.',
  ]
    .filter(Boolean)
    .join(' ');
  frame();
}

const SANDBOX = 'allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox';

function frame() {
  const { descriptor } = SERVICES[chosen.service];
  const address = (here) => {
    const { 'file-hosts': hosts, outline, ...said } = attributes(here);
    const { accent, radius } = chosen.look;
    const values = { ...said, ...(outline && { outline }), ...(accent && { accent }), ...(radius && { radius }) };
    const origin = here ? location.origin : 'https://their.site';
    // Slashes and commas are as good in there as encoded, and can be read.
    const words = new URLSearchParams({ ...values, 'parent-origin': origin }).toString();
    const path = here ? `${root.pathname}slidewright/embed.html` : '/slidewright/embed.html';
    return `${path}#${words.replaceAll('%2F', '/').replaceAll('%2C', ',').replaceAll('%3A', ':')}`;
  };
  byId('iframe').textContent = descriptor
    ? 'A service by a descriptor needs a page of its own: an address may not name one.'
    : `<iframe src="${quoted(address(false))}"\n  title="Make a slide deck" width="100%" height="520"\n  sandbox="${SANDBOX}"></iframe>`;
  const framed = byId('framed');
  if (!byId('frame').open || descriptor || document.documentElement.dataset.simulator !== 'ready') {
    framed.replaceChildren();
    return;
  }
  const src = address(true);
  if (framed.firstChild?.getAttribute('src') === src) return;
  const inner = made('iframe', { title: 'The widget in a frame' });
  inner.setAttribute('sandbox', SANDBOX);
  inner.setAttribute('src', src);
  framed.replaceChildren(inner);
}

// As tall as what is in it, as the documentation has it.
addEventListener('message', ({ source, data }) => {
  const inner = byId('framed').firstChild;
  if (source !== inner?.contentWindow || data?.slidewright !== 1) return;
  if (data.type === 'height') inner.style.blockSize = `${Math.min(data.height, 4000)}px`;
});

async function copy(button) {
  const sample = byId(button.dataset.copy);
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(sample.textContent);
    button.textContent = 'Copied';
  } catch {
    // Where a page may not: then it is selected, for the visitor's own keys.
    getSelection().selectAllChildren(sample);
    button.textContent = 'Selected: press Ctrl or ⌘ and C';
  }
  setTimeout(() => (button.textContent = label), 3000);
}

// ---- The settings ----

function showScenarios() {
  const choices = Object.entries(SCENARIOS).map(([name, { label, not }]) => {
    const possible = can(name, chosen.service);
    const input = made('input', {
      type: 'radio', name: 'scenario', value: name, disabled: !possible, checked: name === chosen.scenario,
    });
    const why = possible ? [] : [made('small', { textContent: `Not here: ${not}.` })];
    return made('label', { className: 'choice' }, input, made('span', {}, label, ...why));
  });
  byId('scenarios').replaceChildren(byId('scenarios').firstElementChild, ...choices);
}

function showFields() {
  const choices = fieldsOf(chosen.service).map((name) => {
    const input = made('input', { type: 'checkbox', name: 'field', value: name, checked: chosen.fields.has(name) });
    return made('label', { className: 'choice' }, input, name.replaceAll('-', ' '));
  });
  byId('fields').replaceChildren(byId('fields').firstElementChild, ...choices);
}

function choose(service) {
  chosen.service = service;
  chosen.fields = new Set(fieldsOf(service));
  if (!can(chosen.scenario, service)) chosen.scenario = 'normal';
  showScenarios();
  showFields();
  again();
}

function again() {
  history.replaceState(null, '', `#${chosen.service},${chosen.scenario}`);
  dress();
  widget?.reset?.();
}

byId('service').append(
  ...Object.entries(SERVICES).map(([value, { label }]) => made('option', { value, textContent: label })),
);
byId('service').addEventListener('change', ({ target }) => choose(target.value));
byId('scenarios').addEventListener('change', ({ target }) => {
  chosen.scenario = target.value;
  again();
});
byId('fields').addEventListener('change', ({ target }) => {
  if (target.checked) chosen.fields.add(target.value);
  else chosen.fields.delete(target.value);
  // A form without a field is none.
  if (!chosen.fields.size) chosen.fields.add(target.value);
  target.checked = chosen.fields.has(target.value);
  dress();
});
byId('look').addEventListener('input', ({ target }) => {
  const { id, value } = target;
  if (id === 'scheme') chosen.look.scheme = value === 'auto' ? '' : value;
  else chosen.look[id] = id === 'radius' ? `${value}px` : value;
  dress();
});
byId('plain').addEventListener('click', () => {
  chosen.look = {};
  for (const input of byId('look').querySelectorAll('input')) input.value = input.defaultValue;
  byId('scheme').value = 'auto';
  dress();
});
byId('frame').addEventListener('toggle', frame);
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button));
}
byId('forget').addEventListener('click', async () => {
  // Also where this page was loaded past the worker.
  const registration = await navigator.serviceWorker?.getRegistration(root);
  registration?.active?.postMessage({ ask: 'forget' });
  widget?.forget?.();
  widget?.reset?.();
});
// What a browser keeps of a form across a reload is not what is chosen here.
byId('service').value = chosen.service;
choose(chosen.service);

// ---- The simulator ----

/** `ready`, or why it is not: `none`, `uncontrolled`, `failed`. */
function say(state, text, button) {
  document.documentElement.dataset.simulator = state;
  const line = byId('state');
  line.classList.toggle('bad', state !== 'ready');
  line.replaceChildren(text, ...(button ? [' ', button] : []));
}

const reload = () => made('button', { type: 'button', textContent: 'Reload', onclick: () => location.reload() });

function ready() {
  say('ready', 'Ready. All of it happens in this browser; from now on also without a network.');
  insert(true);
  frame();
  const keepAll = () => navigator.serviceWorker.controller?.postMessage({ ask: 'keep-all' });
  // What a first visit does not need waits for it.
  addEventListener('slidewright-ready', () => (globalThis.requestIdleCallback ?? setTimeout)(keepAll), { once: true });
}

function failed(text, button) {
  if (document.documentElement.dataset.simulator) return;
  say('failed', text, button);
  insert(false);
}

async function start() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    say('none', 'The demo needs service workers, which there are none of here: because of the browser, a private window, or the address, which has to be https or localhost. The form below cannot be sent; its code and the documentation are as good as anywhere.');
    insert(false);
    return;
  }
  const worker = new URL('worker.js', root).href;
  // Another folder's worker may be in control of this one, too.
  const ours = () => serviceWorker.controller?.scriptURL === worker;
  const controlled = ours();
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data.failed) failed(`The simulator could not be started: ${data.failed}`, reload());
  });
  serviceWorker.addEventListener('controllerchange', () => {
    // Another version has taken over: this page is of the one before.
    if (controlled) location.reload();
    else if (ours() && !document.documentElement.dataset.simulator) ready();
  });
  try {
    const before = await serviceWorker.getRegistration(root);
    if (!controlled && before?.scope === root.href && before.active) {
      say('uncontrolled', 'The page was loaded past the simulator, as a forced reload does. Load it once more, and it works.', reload());
      insert(false);
      return;
    }
    if (controlled) ready();
    const trusted = globalThis.trustedTypes?.createPolicy('slidewright-site', { createScriptURL: (url) => url });
    const registration = await serviceWorker.register(trusted?.createScriptURL(worker) ?? worker, {
      updateViaCache: 'none',
    });
    const { installing, waiting } = registration;
    waiting?.postMessage({ ask: 'take-over' });
    installing?.addEventListener('statechange', () => {
      // With a reason, if it has one: that comes first.
      if (installing.state === 'redundant') setTimeout(failed, 1000, 'The simulator could not be started.', reload());
    });
  } catch (error) {
    failed(`The simulator could not be started: ${error.message}`, reload());
  }
}

byId('state').textContent = 'Starting the simulator …';
byId('stage').replaceChildren(made('p', { className: 'waits', textContent: 'The widget comes with the simulator.' }));
start();
