// What the element's attributes, properties, methods and events are made of; the lists
// themselves are in `element.ts`.
import type {
  RequestFields, SlidewrightEvents, SlidewrightMethods, SlidewrightOptions, State,
} from './element.js';

export type * from './element.js';

/** What a visitor asks for; also what `submit` takes. */
export interface GenerationRequest extends RequestFields {
  /** The files that the visitor chose; read-only. */
  readonly files?: { name: string; type: string; size: number }[];
  /** Laid over the body that is sent; `null` removes a member. */
  body?: Record<string, unknown>;
}

/** A link that a refusal offers. */
export interface Action {
  label: string;
  href: string;
}

/** What `beforeSubmit` returns to keep a request from being sent. */
export interface Refusal {
  message: string;
  action?: Action;
}

/** What `headers` is asked with. */
export interface HeadersContext {
  purpose:
    | 'submit' | 'status' | 'answer' | 'refresh' | 'export' | 'upload' | 'list' | 'download';
  jobId: string | null;
  /** Aborted when the call is not wanted any more. */
  signal: AbortSignal;
}

/** What `beforeSubmit` is given beside the request. */
export interface SubmitContext {
  signal: AbortSignal;
  /** The named controls in the slot `before-submit`. */
  values: Record<string, string>;
}

type Maybe<T> = T | Promise<T>;
export type HeadersFunction = (context: HeadersContext) => Maybe<Record<string, string>>;
export type BeforeSubmit = (
  request: GenerationRequest,
  context: SubmitContext,
) => Maybe<void | false | GenerationRequest | Refusal>;
export type BodyFunction = (body: Record<string, unknown>) => Maybe<Record<string, unknown> | void>;

export interface Choice {
  value: string;
  label?: string;
  thumbnail?: string;
  /** For a section: the template that it belongs to. */
  of?: string;
  /** For a template of structured slides: the slide for each kind. */
  slides?: { title?: string; text?: string; table?: string };
}

/** What most events say. No text of a visitor or a provider, and no address. */
export interface JobDetail {
  provider: string;
  state: State;
  stage: 'queued' | 'working' | 'asking' | 'done' | 'failed';
  jobId?: string;
  percent?: number;
  slidesDone?: number;
  slidesTotal?: number;
  credits?: number;
  tokens?: number;
  /** The deck lacks slides that were asked for. */
  partial?: boolean;
  formats: string[];
}

export interface ErrorDetail extends Partial<JobDetail> {
  /** Stable, for programs. */
  code: string;
  /** Whether the account behind the page may have been charged. */
  charged: 'no' | 'unknown' | 'yes';
  /** Of `module-unavailable` alone: why the module is not there. */
  reason?: 'not-found' | 'not-wasm' | 'damaged' | 'blocked' | 'unsupported' | 'other-version' | 'failed';
  /** Of `module-unavailable` alone: what is wrong and what to do, for developers. */
  message?: string;
}

/** A question, or what was answered to it: with the texts. */
export interface RoundDetail extends JobDetail {
  /** Counted from 1. */
  round: number;
  question?: string;
  answer?: string;
}

/** All that is shown, for hosts that draw more. */
export interface Snapshot extends JobDetail {
  step?: string;
  phase?: string;
  question?: string;
  rounds: { question?: string; answer?: string }[];
  slides: { number: number; state: 'waiting' | 'done' | 'failed'; error?: string }[];
  startedAt: number;
  downloads: {
    url: string;
    format: string;
    size?: number;
    variant?: number;
    /** Milliseconds since 1970. */
    expiresAt?: number;
  }[];
  links: { url: string }[];
  code?: string;
  charged?: 'no' | 'unknown' | 'yes';
}

/** The options as a page sets them; `undefined` takes one back. */
export type SlidewrightProperties = {
  [Name in keyof SlidewrightOptions]?: SlidewrightOptions[Name] | undefined;
};

/** For all widgets, or all jobs, of a page, before the first one loads. */
export interface SlidewrightSettings {
  /** Where the WebAssembly is, if not beside the script. */
  wasmUrl?: string | URL | undefined;
  /** Its digest, as in `integrity.json` of the package: nothing else is run. */
  wasmIntegrity?: string | undefined;
}

/** `<slide-wright>` */
export interface SlideWrightElement
  extends HTMLElement, SlidewrightProperties, SlidewrightMethods {
  addEventListener<K extends keyof SlidewrightEvents>(
    type: K,
    listener: (this: SlideWrightElement, event: SlidewrightEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof SlidewrightEvents>(
    type: K,
    listener: (this: SlideWrightElement, event: SlidewrightEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'slide-wright': SlideWrightElement;
  }
}
