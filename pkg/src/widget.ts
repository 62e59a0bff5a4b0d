// The shell of <slide-wright>: it defines the element, keeps what is set before
// the wasm is there, paints at once, and forwards. All behaviour is in Rust.
import type { Glue } from './slidewright-glue.js';
import { type Source, keeper, unavailable } from './module.js';
import { ATTRIBUTES, METHODS, PROPERTIES } from './names.js';
import type { ErrorDetail, SlideWrightElement, SlidewrightSettings } from './types.js';
import { keepTyping } from './typing.js';

const TAG = 'slide-wright';

const RESTARTING = 'Something went wrong here. Starting again…';
const UNAVAILABLE = 'This form could not be loaded. ';
const ADVICE: Record<string, string> = {
  failed: 'Please check your connection and reload the page.',
  unsupported: 'It needs WebAssembly, which your browser lacks or has off.',
};
const OTHERWISE = 'Please try again later, or tell the owner of this site.';

let keep: ReturnType<typeof keeper<Glue>>;

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
    return keep.load().then(() => {});
  }

  /** Settings for all widgets of the page, before the first one loads. */
  static configure(settings: SlidewrightSettings): void {
    keep.configure(settings);
  }

  // Attributes and properties alike, by the attribute's name; the last one set counts.
  // What `memory` holds outlives the module, where the page wants nothing kept by the browser.
  #values: Record<string, unknown> = { memory: {}, locks: keep.locks };
  #root = this.attachShadow({ mode: 'open' });
  // Without it there is no :state(), and nothing else is missing.
  #internals: ElementInternals | undefined = this.attachInternals?.();
  #glue?: Glue;
  #id = 0;
  #starting = false;
  #stale = false;
  #calls: [string, unknown][] = [];

  constructor() {
    super();
    keepTyping(this.#root);
  }

  attributeChangedCallback(name: string, _old: string | null, value: string | null): void {
    this.set(name, value ?? undefined);
  }

  connectedCallback(): void {
    // Set by frameworks before the element was defined; they hide the accessors.
    const own = this as Record<string, unknown>;
    for (const property in propertyNames) {
      if (Object.hasOwn(own, property)) {
        const value = own[property];
        delete own[property];
        own[property] = value;
      }
    }
    if (!this.#id && !this.#starting) void this.#start();
  }

  disconnectedCallback(): void {
    // A node that is only moved is connected again by the end of this task.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#calls = [];
      keep.residents.delete(this);
      if (this.#id) this.#ask((glue) => glue.unmount(this.#id));
      this.#id = 0;
    });
  }

  async #start(): Promise<void> {
    this.#starting = true;
    this.#paint();
    // A page that imports this calls configure() next, when its elements are already here.
    await new Promise((then) => setTimeout(then));
    try {
      const url = this.#values['wasm-url'];
      if (url) keep.configure({ wasmUrl: String(url) });
      this.#glue = await keep.load();
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
    if (!this.isConnected || this.#id) return;
    keep.residents.add(this);
    this.#id = this.#ask((glue) => glue.mount(this, this.#root, this.#values, this.#onState)) ?? 0;
    if (!this.#id) return;
    // What listeners ask for comes after what was asked before.
    this.#starting = true;
    this.#ask((glue) => glue.call(this.#id, 'ready', undefined));
    this.#starting = false;
    for (const [method, argument] of this.#calls.splice(0)) this.call(method, argument);
  }

  /** @internal */
  stopped(final: boolean): void {
    this.#id = 0;
    if (final) this.fail();
    else this.#say('p', RESTARTING, { code: 'module-restarted', charged: 'unknown' });
  }

  /** Whatever a trap leaves behind is seen to by the keeper; the host's code goes on. */
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
    box.setAttribute('aria-busy', 'true');
    this.#root.replaceChildren(box);
  }

  /** @internal */
  fail(error?: unknown): void {
    this.#calls = [];
    const detail = unavailable(error);
    const text = UNAVAILABLE + (ADVICE[detail.reason!] ?? OTHERWISE);
    (this.#say('slot', text, detail) as HTMLSlotElement).name = 'unavailable';
  }

  #say(tag: string, text: string, detail: ErrorDetail): HTMLElement {
    const box = document.createElement(tag);
    box.className = 'frame';
    box.setAttribute('role', 'status');
    box.textContent = text;
    this.#root.replaceChildren(box);
    this.dispatchEvent(new CustomEvent('slidewright-error', { detail, bubbles: true, composed: true }));
    return box;
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
    if (!this.#id || this.#starting) {
      // What is asked of an element outside the page, or without a module, must not happen some day.
      if (this.#starting || keep.residents.has(this)) this.#calls.push([method, argument]);
      else console.warn(`slidewright: ${method}() needs the element in the document, and loaded`);
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
  (SlideWright.prototype as unknown as Record<string, unknown>)[method] = function (
    this: SlideWright,
    argument?: unknown,
  ) {
    this.call(method, argument);
  };
}

type ElementClass = {
  new (): SlideWrightElement;
  preload(): Promise<void>;
  configure(settings: SlidewrightSettings): void;
};

/** The class of `<slide-wright>`: of the copy that the page registered first. */
export let SlideWrightElementClass = SlideWright as unknown as ElementClass;

/** Settings for all widgets of the page, before the first one loads. */
export function configure(settings: SlidewrightSettings): void {
  SlideWrightElementClass.configure?.(settings);
}

/**
 * Defines the element, unless the page has it already.
 * @internal
 */
export function define(source: Source<Glue>): void {
  keep = keeper(source);
  if (!globalThis.customElements) return;
  const taken = customElements.get(TAG);
  if (taken) {
    console.warn(`slidewright: <${TAG}> is already defined; this copy stands back`);
    SlideWrightElementClass = taken as unknown as ElementClass;
  } else {
    customElements.define(TAG, SlideWright);
  }
}
