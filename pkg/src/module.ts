// How the wasm module comes into the page, what can keep it out, and how it is
// started again. One for all elements of an entry.
import type { ErrorDetail, SlidewrightSettings } from './types.js';

/** What each entry's glue has. */
export interface Glue {
  default(source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  /** The listener is told of a trap; from then on nothing happens until `__wbg_reset_state`. */
  onTrap(listener: (error: unknown) => void): void;
  __wbg_reset_state(): void;
}

/** Where an entry has its module. */
export interface Source<G extends Glue> {
  /** By which it is imported; the file and the inline entry are named after it. */
  name: string;
  glue(): Promise<G>;
  /** Its address, or the module itself. */
  wasm(): string | Promise<WebAssembly.Module>;
}

/** What lives from the module. */
export interface Resident {
  /** The module is dead; it comes again, unless `final`. */
  stopped(final: boolean): void;
  revive(): void;
  fail(error: unknown): void;
}

type Reason = NonNullable<ErrorDetail['reason']>;

/** Why there is no module. */
export type Trouble = Error & { reason: Reason };

export const trouble = (reason: Reason, message: string, cause?: unknown): Trouble =>
  Object.assign(new Error(`slidewright: ${message}`, { cause }), { reason });

/** What hosts are told of it. */
export function unavailable(error: unknown): ErrorDetail {
  const { reason, message } = (error ?? {}) as Trouble;
  return { code: 'module-unavailable', charged: 'no', ...(reason && { reason, message }) };
}

const MAGIC = [0, 97, 115, 109];
/**
 * Tries it with the smallest module there is, before anything is fetched. Some engines
 * compile what a policy forbids, and only then refuse to run it.
 */
function mayRun(): void {
  if (!globalThis.WebAssembly) {
    throw trouble('unsupported', 'this browser has no WebAssembly, or it is off.');
  }
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(...MAGIC, 1, 0, 0, 0)));
  } catch (error) {
    throw trouble(
      'blocked',
      "the Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src.",
      error,
    );
  }
}

/** Compiles the bytes of a module. `name` is what a complaint calls them. */
export async function compile(bytes: BufferSource, name: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw trouble('damaged', `${name} is damaged or cut off, or needs a newer browser.`, error);
  }
}

async function fetched(
  url: string,
  name: string,
  integrity = '',
): Promise<WebAssembly.Module> {
  const file = name.split('/').at(-1);
  const advice = `If a bundler moved the script, call configure({ wasmUrl }) with the address of 'slidewright/${file}.wasm', or import '${name}/inline'.`;
  const load = async (init?: RequestInit) => {
    const response = await fetch(url, { integrity, ...init });
    if (response.ok) return response;
    throw trouble('not-found', `${url} answered ${response.status}. ${advice}`);
  };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    let response = await load();
    if (response.headers.get('content-type') === 'application/wasm') {
      try {
        return await WebAssembly.compileStreaming(response);
      } catch {
        response = await load({ cache: 'force-cache' }); // To see what is wrong with it.
      }
    }
    // With another type, or none, browsers refuse to compile a response, not its bytes.
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if ((error as Trouble).reason) throw error;
    throw trouble('failed', `${url} could not be fetched: see network, CORS, connect-src, integrity.`, error);
  }
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) {
    // Spaces may come before the first tag.
    const what = bytes.find((byte) => byte > 32) === 60 ? 'a web page' : 'something else';
    throw trouble('not-wasm', `the file at ${url} is ${what}, not WebAssembly. ${advice}`);
  }
  return compile(bytes, `the file at ${url}`);
}

/** How often in a minute a module that stopped is started anew. */
const MOST_RESTARTS = 3;

/** The module of one entry. */
export function keeper<G extends Glue>(source: Source<G>) {
  let chosen: string | undefined;
  let integrity: string | undefined;
  let loading: Promise<G> | undefined;
  let failed = false;
  let restarts: number[] = [];
  /** Who lives from the module. */
  const residents = new Set<Resident>();
  /** What gives back the locks that the module holds: once it is dead, it does not. */
  const locks = new Set<() => void>();

  /** The first one to choose, chooses for all, unless nothing is found there. */
  function configure({ wasmUrl: url, wasmIntegrity }: SlidewrightSettings): void {
    integrity = wasmIntegrity ?? integrity;
    if (!url) return;
    let absolute = String(url);
    try {
      absolute = new URL(url, document.baseURI).href;
    } catch {
      // That it is no address is said when it is fetched.
    }
    if (chosen && chosen !== absolute && !failed) {
      console.warn(`slidewright: this page already uses ${chosen}; ${absolute} is ignored`);
    } else {
      chosen = absolute;
      failed = false;
    }
  }

  /** The module and its glue, which come in parallel. */
  function load(): Promise<G> {
    return (loading ??= start().catch((error) => {
      loading = undefined; // The next one may try again, elsewhere too.
      failed = true;
      console.error(error);
      throw error;
    }));
  }

  async function start(): Promise<G> {
    mayRun();
    const from = chosen ?? source.wasm();
    if (typeof from === 'string') chosen = from;
    const wasm = typeof from === 'string' ? fetched(from, source.name, integrity) : from;
    wasm.catch(() => {}); // Reported below, once the glue is there.
    const glue = await source.glue().catch((error) => {
      throw trouble('failed', `the glue of ${source.name} could not be loaded.`, error);
    });
    const module = await wasm;
    try {
      await glue.default({ module_or_path: module });
    } catch (error) {
      throw trouble('other-version', 'WebAssembly and script are of different versions.', error);
    }
    glue.onTrap((error) => restart(glue, error));
    return glue;
  }

  /** A module that trapped is dead for all: it is made anew, and they with it. */
  function restart(glue: G, error: unknown): void {
    console.error('slidewright: the module stopped and is started again.', error);
    const now = performance.now();
    restarts = restarts.filter((at) => now - at < 60_000);
    restarts.push(now);
    const tooMany = restarts.length > MOST_RESTARTS;
    const struck = [...residents];
    for (const resident of struck) resident.stopped(tooMany);
    for (const release of locks) release();
    locks.clear();
    if (tooMany) {
      // Who comes later shall be told, too.
      loading = Promise.reject(trouble('failed', 'the module stopped too often.', error));
      loading.catch(() => {});
      return;
    }
    // Not at once: what called the module may still be under way, and the visitor shall see why.
    setTimeout(() => {
      try {
        glue.__wbg_reset_state();
        // Those that came meanwhile, too.
        for (const resident of residents) resident.revive();
      } catch (error) {
        for (const resident of struck) resident.fail(error);
      }
    }, 1000);
  }

  return { configure, load, residents, locks };
}
