// A job without our view: the engine of <slide-wright> for hosts that draw their own.
import type { Glue } from './headless-glue.js';
import { kebab } from './kebab.js';
import { type Resident, type Source, keeper, unavailable } from './module.js';
import { PROPERTIES } from './names.js';
import type {
  ErrorDetail, GenerationRequest, Snapshot, SlidewrightEvents, SlidewrightProperties,
  SlidewrightSettings,
} from './types.js';

/** What a job is told: as the element's properties, and `id`. */
export interface JobOptions extends SlidewrightProperties {
  provider: string;
  endpoint: string;
  /** Tells several jobs of a page apart, so that each is taken up again after a reload. */
  id?: string;
}

/** Why a request was not taken. */
export interface JobRefusal {
  /** Whether the words are the host's own: from `beforeSubmit`, or a problem document. */
  fromHost: boolean;
  /** The HTTP status. */
  status?: number;
  code?: string;
  title?: string;
  message?: string;
  action?: { label: string; href: string };
  fields: {
    field: string;
    problem:
      | 'missing' | 'too-long' | 'not-in-range' | 'not-a-choice' | 'file-type' | 'file-too-large'
      | 'too-many-files' | 'choose-again' | 'not-uploaded' | 'no-place-for-file' | 'refused';
    limit?: number;
    min?: number;
    max?: number;
    file?: string;
    /** In the service's own words. */
    said?: string;
    /** Which slide of the outline, counted from 1. */
    slide?: number;
  }[];
}

/** What the element would show, for a view of one's own. */
export interface JobSnapshot extends Snapshot {
  /** Why nothing can be made as the page has it: for developers. */
  problem?: string;
  /** Why there is no engine; nothing else is known then. */
  unavailable?: ErrorDetail;
  refusal?: JobRefusal;
  /** Trouble with the connection, over a job that goes on. */
  notice?:
    | 'offline' | 'unreachable' | 'slow-down' | 'signed-out' | 'unreadable' | 'same-links'
    | 'not-exported';
  /** The service's own words on what happened last, as plain text. */
  said?: string;
  answering: boolean;
  answerTrouble?: 'not-taken' | 'no-reply';
  /** Whether `retry()` (failed) or `sendAgain()` (uncertain) can be offered. */
  canRetry: boolean;
  refreshing: boolean;
  resuming: boolean;
}

/** One job after the other, each from request to deck. It tells the element's events. */
export interface Job extends EventTarget {
  /** What is known now; `null` until the engine is there. */
  readonly snapshot: JobSnapshot | null;
  /** Calls the listener with the snapshot, now and after each change, until the function that it returns is called. */
  subscribe(listener: (snapshot: JobSnapshot | null) => void): () => void;
  /** Changes options; a new provider or endpoint is for the next job. */
  set(options: Partial<JobOptions>): void;
  /** Asks for a deck. Nothing is sent twice: while one is being made, it does nothing. */
  submit(request: GenerationRequest): void;
  /** Files to work from; before `submit`. */
  attach(files: Iterable<File>): void;
  /** Answers the service's question. */
  answer(text: string): void;
  /** Follows a job made elsewhere. */
  watch(jobId: string): void;
  /** Stops asking; the deck may still be made. */
  stop(): void;
  /** Asks again, after `stop()` or past the deadline. */
  keepWaiting(): void;
  /** In doubt whether the request arrived (`uncertain`): sends it once more, with the same key. */
  sendAgain(): void;
  /** After a failure, the same request as a new one. */
  retry(): void;
  /** Back to the beginning. */
  reset(): void;
  refreshLinks(): void;
  /** Forgets all that the browser keeps of this user at this endpoint. */
  forget(): void;
  /** Ends it; what was made is kept, as when a page is left. */
  close(): void;
  addEventListener<K extends keyof SlidewrightEvents>(
    type: K,
    listener: (this: Job, event: SlidewrightEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

let keep: ReturnType<typeof keeper<Glue>>;

/**
 * Where each entry has its module.
 * @internal
 */
export function use(source: Source<Glue>): void {
  keep = keeper(source);
}

/** Settings for all jobs of the page, before the first one is made. */
export function configure(settings: SlidewrightSettings): void {
  keep.configure(settings);
}

/** Loads the engine before the first job needs it. */
export function preload(): Promise<void> {
  return keep.load().then(() => {});
}

/** How many have no `id`: each is told apart by its turn. */
let unnamed = 0;


/** A job that begins as soon as the engine is loaded; what is asked of it meanwhile waits. */
export function createJob(options: JobOptions): Job {
  return new HeadlessJob(options);
}

class HeadlessJob extends EventTarget implements Job, Resident {
  #values: Record<string, unknown> = { memory: {}, locks: keep.locks };
  #place: string;
  #glue?: Glue;
  #id = 0;
  #closed = false;
  #stale = false;
  #unavailable?: ErrorDetail;
  #calls: [string, unknown][] = [];
  #listeners = new Set<(snapshot: JobSnapshot | null) => void>();

  constructor({ id, ...options }: JobOptions) {
    super();
    this.#place = id ?? ` job ${unnamed++}`;
    this.#take(options);
    void this.#start();
  }

  get snapshot(): JobSnapshot | null {
    const known = this.#ask('snapshot') as JobSnapshot | undefined;
    if (known) return known;
    return this.#unavailable ? ({ unavailable: this.#unavailable } as JobSnapshot) : null;
  }

  subscribe(listener: (snapshot: JobSnapshot | null) => void): () => void {
    // A function of its own: the same listener may be there twice.
    const own = (snapshot: JobSnapshot | null) => listener(snapshot);
    this.#listeners.add(own);
    own(this.snapshot);
    return () => void this.#listeners.delete(own);
  }

  set(options: Partial<JobOptions>): void {
    this.#take(options);
    if (this.#id) this.#try((glue) => glue.set(this.#id, this.#values));
  }

  submit(request: GenerationRequest): void {
    this.#call('submit', request);
  }
  attach(files: Iterable<File>): void {
    this.#call('attach', [...files]);
  }
  answer(text: string): void {
    this.#call('answer', text);
  }
  watch(jobId: string): void {
    this.#call('watch', jobId);
  }
  stop(): void {
    this.#call('stopWatching');
  }
  keepWaiting(): void {
    this.#call('keepWaiting');
  }
  sendAgain(): void {
    this.#call('sendAgain');
  }
  retry(): void {
    this.#call('retry');
  }
  reset(): void {
    this.#call('reset');
  }
  refreshLinks(): void {
    this.#call('refreshLinks');
  }
  forget(): void {
    this.#call('forget');
  }

  close(): void {
    this.#closed = true;
    this.#calls = [];
    keep.residents.delete(this);
    if (this.#id) this.#try((glue) => glue.close(this.#id));
    this.#id = 0;
  }

  /** @internal */
  revive(): void {
    if (this.#closed) return;
    keep.residents.add(this);
    this.#id =
      this.#try((glue) => glue.open(this, this.#place, this.#values, () => this.#changed())) ?? 0;
    // A listener may have closed it meanwhile.
    if (this.#closed) this.close();
    if (!this.#id) return;
    this.#ask('ready');
    for (const [method, argument] of this.#calls.splice(0)) this.#call(method, argument);
    this.#changed();
  }

  /** @internal */
  stopped(final: boolean): void {
    this.#id = 0;
    if (final) this.fail();
    else this.#tell({ code: 'module-restarted', charged: 'unknown' });
  }

  /** @internal */
  fail(error?: unknown): void {
    this.#calls = [];
    this.#unavailable = unavailable(error);
    this.#tell(this.#unavailable);
    this.#changed();
  }

  async #start(): Promise<void> {
    try {
      const url = this.#values['wasm-url'];
      if (url) keep.configure({ wasmUrl: String(url) });
      this.#glue = await keep.load();
    } catch (error) {
      if (!this.#closed) this.fail(error);
      return;
    }
    this.revive();
  }

  #take(options: Partial<JobOptions>): void {
    for (const [property, value] of Object.entries(options)) {
      const name = PROPERTIES.includes(property) ? property : kebab(property);
      if (value === undefined) delete this.#values[name];
      else this.#values[name] = value;
    }
  }

  #tell(detail: ErrorDetail): void {
    this.dispatchEvent(new CustomEvent('slidewright-error', { detail }));
  }

  #call(method: string, argument?: unknown): void {
    if (this.#id) this.#ask(method, argument);
    else if (this.#closed) console.warn(`slidewright: ${method}() comes after close()`);
    else if (!this.#unavailable) this.#calls.push([method, argument]);
  }

  #ask(method: string, argument?: unknown): unknown {
    return this.#id ? this.#try((glue) => glue.ask(this.#id, method, argument)) : undefined;
  }

  /** Whatever a trap leaves behind is seen to by the keeper; the host's code goes on. */
  #try<T>(run: (glue: Glue) => T): T | undefined {
    try {
      return this.#glue && run(this.#glue);
    } catch {
      return undefined;
    }
  }

  /** Once for all changes of a step, and never in the middle of one. */
  #changed(): void {
    if (this.#stale) return;
    this.#stale = true;
    queueMicrotask(() => {
      this.#stale = false;
      if (this.#closed) return;
      const snapshot = this.snapshot;
      for (const listener of [...this.#listeners]) {
        try {
          listener(snapshot);
        } catch (error) {
          reportError(error); // As for a listener of events: the others go on.
        }
      }
    });
  }
}
