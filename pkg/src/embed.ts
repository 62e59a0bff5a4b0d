// The page that other sites show in a frame (`embed.html`). Its address says how it is
// set up, and anybody can write an address: so it says what a form looks like, and
// nothing of where requests go, what is loaded or whose job is shown.
import './slidewright.js';
import { ATTRIBUTES, COLORS, EVENTS, LENGTHS } from './embed-names.js';

const said = new URLSearchParams(location.search);
// What stands behind the `#` does not get into a server's log.
new URLSearchParams(location.hash.slice(1)).forEach((value, name) => said.set(name, value));

const page = document.documentElement;
const widget = document.querySelector('slide-wright') as HTMLElement;
const parentOrigin = origin(said.get('parent-origin'));

dress();
for (const name of EVENTS) {
  widget.addEventListener(name, (event) => tell({ type: 'event', name, detail: (event as CustomEvent).detail }));
}
new ResizeObserver(measure).observe(page);
setUp();

function setUp(): void {
  for (const name of ATTRIBUTES) {
    const value = said.get(name);
    if (value !== null && value !== 'false' && !widget.hasAttribute(name)) widget.setAttribute(name, value);
  }
  if (!widget.hasAttribute('endpoint')) {
    const endpoint = ours(said.get('endpoint'));
    if (endpoint) widget.setAttribute('endpoint', endpoint);
  }
}

/** A path of this site below the one that the page allows; or nothing. */
function ours(wanted: string | null): string | undefined {
  if (!wanted) return undefined;
  const allowed = document.querySelector<HTMLMetaElement>('meta[name=slidewright-endpoints]')?.content;
  try {
    const { href, origin, pathname } = new URL(wanted, location.href);
    const below = new URL(allowed!, location.href).pathname.replace(/\/*$/, '/');
    // A path and nothing else, as it is written: what a server would decode once more
    // may lead out of it.
    const plain = href === origin + pathname && !/[%;]|\/\//.test(pathname);
    if (plain && origin === location.origin && pathname.startsWith(below)) return pathname;
  } catch {
    // No address at all.
  }
  console.error(`slidewright: the endpoint ${wanted} is not below ${allowed}, which this page's slidewright-endpoints allows.`);
  return undefined;
}

function dress(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('body { margin: 0 }');
  document.adoptedStyleSheets = [sheet];
  const scheme = said.get('color-scheme');
  // As the widget, or the frame would get a background of its own.
  page.style.colorScheme = scheme === 'light' || scheme === 'dark' ? scheme : 'light dark';
  const language = said.get('lang');
  if (language && /^[a-z\d-]{2,35}$/i.test(language)) page.lang = language;
  if (said.get('dir') === 'rtl') page.dir = 'rtl';
  for (const name of COLORS) style(name, 'color');
  for (const name of LENGTHS) style(name, 'width');
}

/** Plain values: a function could load something, or take a value from elsewhere. */
function style(name: string, like: string): void {
  const value = said.get(name);
  if (value && /^[#\w.% -]+$/.test(value) && CSS.supports(like, value)) {
    widget.style.setProperty(`--slidewright-${name}`, value);
  }
}

function measure(): void {
  tell({ type: 'height', height: Math.ceil(page.getBoundingClientRect().height) });
}

/** Only to whoever the address names: the browser keeps it from anybody else. */
function tell(message: object): void {
  if (parentOrigin && parent !== window) parent.postMessage({ slidewright: 1, ...message }, parentOrigin);
}

function origin(value: string | null): string | undefined {
  try {
    const { origin, protocol } = new URL(value ?? '');
    return /^https?:$/.test(protocol) && origin === value ? origin : undefined;
  } catch {
    return undefined;
  }
}
