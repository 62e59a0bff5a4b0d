/** What a visitor asks for; also what `submit` takes. */
export interface GenerationRequest {
  prompt?: string;
  slideCount?: number;
  language?: string;
  tone?: string;
  template?: string;
  deckTheme?: string;
  format?: string;
  verbosity?: string;
  instructions?: string;
  contentGeneration?: string;
  imageType?: string;
  smartDesign?: string;
  webSearch?: boolean;
  tableOfContents?: boolean;
  titleSlide?: boolean;
  markdownEmphasis?: boolean;
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
  purpose: 'submit' | 'status' | 'refresh';
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
}

export type State =
  | 'drafting' | 'preparing' | 'submitting' | 'uncertain' | 'waiting'
  | 'done' | 'failed' | 'stopped' | 'overdue';

/** What most events say. No text of a visitor or a provider, and no address. */
export interface JobDetail {
  provider: string;
  state: State;
  stage: 'queued' | 'working' | 'done' | 'failed';
  jobId?: string;
  percent?: number;
  slidesDone?: number;
  slidesTotal?: number;
  credits?: number;
  formats: string[];
}

export interface ErrorDetail extends Partial<JobDetail> {
  /** Stable, for programs. */
  code: string;
  /** Whether the account behind the page may have been charged. */
  charged: 'no' | 'unknown' | 'yes';
}

/** All that is shown, for hosts that draw more. */
export interface Snapshot extends JobDetail {
  step?: string;
  startedAt: number;
  downloads: { url: string; format: string; size?: number }[];
  links: { url: string }[];
  code?: string;
  charged?: 'no' | 'unknown' | 'yes';
}

export interface SlidewrightEvents {
  'slidewright-ready': CustomEvent<JobDetail>;
  'slidewright-change': CustomEvent<{ field: string; value: string }>;
  'slidewright-submit': CustomEvent<{ request: GenerationRequest }>;
  'slidewright-accepted': CustomEvent<JobDetail>;
  'slidewright-status': CustomEvent<JobDetail>;
  'slidewright-complete': CustomEvent<JobDetail & { charged: 'yes' }>;
  'slidewright-download': CustomEvent<JobDetail & { format: string }>;
  'slidewright-error': CustomEvent<ErrorDetail>;
  'slidewright-stop': CustomEvent<JobDetail>;
}

/** The attributes as properties. */
export interface SlidewrightOptions {
  provider: string;
  endpoint: string;
  linksBase: string;
  credentials: 'same-origin' | 'include' | 'omit';
  job: string;
  wasmUrl: string;
  fields: string;
  locked: string;
  prompt: string;
  slideCount: number | string;
  minSlideCount: number | string;
  maxSlideCount: number | string;
  language: string;
  tone: string;
  template: string;
  deckTheme: string;
  format: string;
  verbosity: string;
  instructions: string;
  contentGeneration: string;
  imageType: string;
  smartDesign: string;
  webSearch: boolean | string;
  tableOfContents: boolean | string;
  titleSlide: boolean | string;
  markdownEmphasis: boolean | string;
  disabled: boolean | string;
  deadlineMinutes: number | string;
  colorScheme: 'auto' | 'light' | 'dark';
  providerText: 'details' | 'hide' | 'show';
  messages: Record<string, string> | string;
  headers: Record<string, string> | HeadersFunction;
  beforeSubmit: BeforeSubmit;
  body: Record<string, unknown> | BodyFunction;
  choices: Record<string, (Choice | string)[]>;
}

export interface SlidewrightMethods {
  /** Wants a deck: from the form, or from these fields laid over it. */
  submit(request?: GenerationRequest): void;
  /** Follows a job made elsewhere; not while a request is being sent. */
  watch(jobId: string): void;
  stopWatching(): void;
  /** The same request once more, as a new one. */
  retry(): void;
  /** Back to the form. The draft stays, unless its deck has been made. */
  reset(): void;
  refreshLinks(): void;
  /** What is shown now; `null` until the widget is ready. */
  readonly snapshot: Snapshot | null;
}

/** `<slide-wright>` */
export interface SlideWrightElement
  extends HTMLElement, Partial<SlidewrightOptions>, SlidewrightMethods {
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
}

declare global {
  interface HTMLElementTagNameMap {
    'slide-wright': SlideWrightElement;
  }
}
