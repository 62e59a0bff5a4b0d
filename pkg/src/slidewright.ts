// The shell of <slide-wright>: it defines the element, keeps what is set before
// the wasm is there, paints at once, and forwards. All behaviour is in Rust.
import { ATTRIBUTES, METHODS, PROPERTIES } from './names.js';
import type { SlideWrightElement } from './types.js';

export type * from './types.js';

type Glue = typeof import('./slidewright-glue.js');

const TAG = 'slide-wright';

let wasmUrl: string | undefined;
let loading: Promise<Glue> | undefined;

/** Settings for all widgets of the page, before the first one loads. */
export function configure(settings: { wasmUrl?: string | URL }): void {
  if (settings.wasmUrl) chooseWasm(String(settings.wasmUrl));
}

function chooseWasm(url: string): void {
  const absolute = new URL(url, document.baseURI).href;
  if (wasmUrl && wasmUrl !== absolute) {
    console.warn(`slidewright: this page already uses ${wasmUrl}; ${absolute} is ignored`);
  } else {
    wasmUrl = absolute;
  }
}

/** One module for all widgets of the page; its code and its glue come in parallel. */
function load(): Promise<Glue> {
  wasmUrl ??= new URL('./slidewright.wasm', import.meta.url).href;
  return (loading ??= start(wasmUrl).catch((error) => {
    loading = undefined; // The next widget may try again.
    throw error;
  }));
}

const RESTARTING = 'Something went wrong here. Starting again…';
const UNAVAILABLE = 'This form could not be loaded. Please check your connection and reload the page.';

/** How often in a minute a module that stopped is started anew. */
const MOST_RESTARTS = 3;

/** What gives back the locks that the module holds: once it is dead, it does not. */
const locks = new Set<() => void>();

/** The elements that the module shows. */
const shown = new Set<SlideWright>();
let restarts: number[] = [];

/** A module that trapped is dead for all elements: it is made anew, and they with it. */
function restart(glue: Glue, error: unknown): void {
  console.error('slidewright: the module stopped; it is started again.', error);
  const now = performance.now();
  restarts = restarts.filter((at) => now - at < 60_000);
  restarts.push(now);
  const elements = [...shown];
  const tooMany = restarts.length > MOST_RESTARTS;
  for (const element of elements) element.stopped(tooMany);
  for (const release of locks) release();
  locks.clear();
  if (tooMany) return;
  // Not at once: what called the module may still be under way, and the visitor shall see why.
  setTimeout(() => {
    try {
      glue.__wbg_reset_state();
      // Those that came meanwhile, too.
      for (const element of shown) element.revive();
    } catch (error) {
      for (const element of elements) element.fail(error);
    }
  }, 1000);
}

async function start(url: string): Promise<Glue> {
  const wasm = fetch(url).then((response) => {
    if (response.ok) return response;
    throw new Error(`${url} answered ${response.status}`);
  });
  wasm.catch(() => {}); // Reported below, once the glue is there.
  const glue: Glue = await import('./slidewright-glue.js');
  await glue.default({ module_or_path: wasm });
  glue.onTrap((error) => restart(glue, error));
  return glue;
}

const camel = (name: string) => name.replace(/-./g, (dash) => dash[1]!.toUpperCase());
const propertyNames: Record<string, string> = {};
for (const name of ATTRIBUTES) propertyNames[camel(name)] = name;
for (const name of PROPERTIES) propertyNames[name] = name;

let skeleton: CSSStyleSheet | undefined;

// On a server there is no HTMLElement; importing must be harmless there.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

class SlideWright extends Base {
  static observedAttributes = ATTRIBUTES;

  /** Loads the module before the first widget needs it. */
  static preload(): Promise<void> {
    return load().then(() => {});
  }

  // Attributes and properties alike, by the attribute's name; the last one set counts.
  // What `memory` holds outlives the module, where the page wants nothing kept by the browser.
  #values: Record<string, unknown> = { memory: {}, locks };
  #root = this.attachShadow({ mode: 'open' });
  #internals?: ElementInternals;
  #glue?: Glue;
  #id = 0;
  #starting = false;
  #stale = false;
  #calls: [string, unknown][] = [];

  constructor() {
    super();
    try {
      this.#internals = this.attachInternals();
    } catch {
      // Without it there is no :state(), and nothing else is missing.
    }
  }

  attributeChangedCallback(name: string, _old: string | null, value: string | null): void {
    this.set(name, value ?? undefined);
  }

  connectedCallback(): void {
    // Set by frameworks before the element was defined; they hide the accessors.
    for (const property of Object.keys(propertyNames)) {
      if (Object.hasOwn(this, property)) {
        const value = (this as Record<string, unknown>)[property];
        delete (this as Record<string, unknown>)[property];
        (this as Record<string, unknown>)[property] = value;
      }
    }
    if (!this.#id && !this.#starting) void this.#start();
  }

  disconnectedCallback(): void {
    // A node that is only moved is connected again by the end of this task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#calls = [];
      shown.delete(this);
      if (this.#id) this.#ask((glue) => glue.unmount(this.#id));
      this.#id = 0;
    });
  }

  async #start(): Promise<void> {
    this.#starting = true;
    this.#paint();
    try {
      const url = this.#values['wasm-url'];
      if (url) chooseWasm(String(url));
      this.#glue = await load();
    } catch (error) {
      this.fail(error);
      return;
    } finally {
      this.#starting = false;
    }
    this.revive();
  }

  /** @internal */
  revive(): void {
    if (!this.isConnected) return;
    shown.add(this);
    this.#id = this.#ask((glue) => glue.mount(this, this.#root, this.#values, this.#onState)) ?? 0;
    if (this.#id) for (const [method, argument] of this.#calls.splice(0)) this.call(method, argument);
  }

  /** @internal The module is dead; it comes again, unless `final`. */
  stopped(final: boolean): void {
    this.#id = 0;
    this.#say(final ? UNAVAILABLE : RESTARTING, final ? 'module-unavailable' : 'module-restarted');
  }

  /** Whatever a trap leaves behind is seen to by `restart`; the host's code goes on. */
  #ask<T>(run: (glue: Glue) => T): T | undefined {
    try {
      return this.#glue && run(this.#glue);
    } catch {
      return undefined;
    }
  }

  #onState = (name: string): void => {
    try {
      this.#internals?.states.clear();
      this.#internals?.states.add(name);
    } catch {
      // Engines before :state() want names with dashes, or know no states.
    }
  };

  /** Something in the widget's place until it is there, of about its size. */
  #paint(): void {
    try {
      if (!skeleton) {
        skeleton = new CSSStyleSheet();
        skeleton.replaceSync(
          ':host{display:block}:host([hidden]){display:none}[aria-busy]{height:19rem;border-radius:14px;background:#8883}',
        );
      }
      this.#root.adoptedStyleSheets = [skeleton];
    } catch {
      // In another document's tree; it is unstyled for a moment.
    }
    const box = document.createElement('div');
    box.ariaBusy = 'true';
    this.#root.replaceChildren(box);
  }

  /** @internal */
  fail(error: unknown): void {
    console.error('slidewright: the widget could not be loaded.', error);
    this.#calls = [];
    this.#say(UNAVAILABLE, 'module-unavailable');
  }

  #say(text: string, code: string): void {
    const box = document.createElement(code === 'module-restarted' ? 'p' : 'slot');
    if (box instanceof HTMLSlotElement) box.name = 'unavailable';
    box.className = 'frame';
    box.role = 'status';
    box.textContent = text;
    this.#root.replaceChildren(box);
    const charged = code === 'module-restarted' ? 'unknown' : 'no';
    const detail = { code, charged };
    this.dispatchEvent(new CustomEvent('slidewright-error', { detail, bubbles: true, composed: true }));
  }

  /** @internal */
  set(name: string, value: unknown): void {
    if (value === undefined) delete this.#values[name];
    else this.#values[name] = value;
    if (this.#stale) return;
    // Frameworks set many at once.
    this.#stale = true;
    queueMicrotask(() => {
      this.#stale = false;
      if (this.#id) this.#ask((glue) => glue.configure(this.#id, this.#values));
    });
  }

  /** @internal */
  get(name: string): unknown {
    return this.#values[name];
  }

  /** @internal */
  call(method: string, argument: unknown): void {
    if (!this.#id) {
      // What is asked of an element outside the page must not happen some day.
      if (this.isConnected) this.#calls.push([method, argument]);
      else console.warn(`slidewright: ${method}() needs the element to be in the document`);
      return;
    }
    // What was set just before applies to the call.
    this.#ask((glue) => {
      glue.configure(this.#id, this.#values);
      glue.call(this.#id, method, argument);
    });
  }

  get snapshot(): unknown {
    return this.#id ? this.#ask((glue) => glue.call(this.#id, 'snapshot', undefined)) : null;
  }
}

for (const [property, name] of Object.entries(propertyNames)) {
  Object.defineProperty(SlideWright.prototype, property, {
    configurable: true,
    enumerable: true,
    get(this: SlideWright) {
      return this.get(name);
    },
    set(this: SlideWright, value: unknown) {
      this.set(name, value ?? undefined);
    },
  });
}
for (const method of METHODS) {
  Object.defineProperty(SlideWright.prototype, method, {
    configurable: true,
    value(this: SlideWright, argument?: unknown) {
      this.call(method, argument);
    },
  });
}

if (globalThis.customElements) {
  if (customElements.get(TAG)) {
    console.warn(`slidewright: <${TAG}> is already defined; this copy stands back`);
  } else {
    customElements.define(TAG, SlideWright);
  }
}

/** The class of `<slide-wright>`. */
export const SlideWrightElementClass = SlideWright as unknown as {
  new (): SlideWrightElement;
  preload(): Promise<void>;
};
