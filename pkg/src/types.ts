/** What a visitor asks for; also what `submit` takes. */
export interface GenerationRequest {
  prompt?: string;
  /** Markdown: a heading begins a slide. */
  outline?: string;
  outputType?: string;
  variantCount?: number;
  sections?: string;
  narrativeType?: string;
  rewriteStyle?: string;
  nonInteractive?: boolean;
  knowledgeBase?: boolean;
  /** Which of a template's slides each kind of slide becomes: `title=id text=id table=id`. */
  templateSlides?: string;
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

export type State =
  | 'drafting' | 'preparing' | 'submitting' | 'uncertain' | 'waiting' | 'asking'
  | 'done' | 'failed' | 'stopped' | 'overdue';

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

export interface SlidewrightEvents {
  'slidewright-ready': CustomEvent<JobDetail>;
  'slidewright-change': CustomEvent<{ field: string; value: string }>;
  'slidewright-submit': CustomEvent<{ request: GenerationRequest }>;
  'slidewright-accepted': CustomEvent<JobDetail>;
  'slidewright-status': CustomEvent<JobDetail>;
  'slidewright-question': CustomEvent<RoundDetail>;
  'slidewright-answer': CustomEvent<RoundDetail>;
  'slidewright-complete': CustomEvent<JobDetail & { charged: 'yes' }>;
  'slidewright-download': CustomEvent<JobDetail & { format: string }>;
  'slidewright-error': CustomEvent<ErrorDetail>;
  'slidewright-stop': CustomEvent<JobDetail>;
  /** The job of an earlier visit, or of another tab, was taken up. */
  'slidewright-resume': CustomEvent<JobDetail>;
}

/** The attributes as properties. */
export interface SlidewrightOptions {
  provider: string;
  endpoint: string;
  linksBase: string;
  credentials: 'same-origin' | 'include' | 'omit';
  /** Of `provider="custom"`: JSON, or the address of a file on the page's own origin. */
  descriptor: string | Record<string, unknown>;
  /** Further hosts that files may be sent to, separated by spaces. */
  fileHosts: string;
  job: string;
  /** Where a job is kept: for all tabs, as long as the tab is open, or as the page is. */
  resume: 'local' | 'session' | 'off';
  /** For how long: at most, and usually, 24. */
  resumeHours: number | string;
  /** Whoever uses the page, in the host's own words: nobody sees another's jobs. */
  userScope: string;
  wasmUrl: string;
  fields: string;
  locked: string;
  prompt: string;
  outline: string;
  outputType: string;
  variantCount: number | string;
  sections: string;
  narrativeType: string;
  rewriteStyle: string;
  nonInteractive: boolean | string;
  knowledgeBase: boolean | string;
  templateSlides: string;
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
  /** Answers the service's question; does nothing while nothing is asked. */
  answer(text: string): void;
  /** Follows a job made elsewhere; not while a request is being sent. */
  watch(jobId: string): void;
  stopWatching(): void;
  /** The same request once more, as a new one. */
  retry(): void;
  /** Back to the form. The draft stays, unless its deck has been made. */
  reset(): void;
  refreshLinks(): void;
  /** Forgets all that the browser keeps of this user at this endpoint; on signing out, for one. */
  forget(): void;
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
