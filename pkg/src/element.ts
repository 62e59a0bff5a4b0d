// Generated from pkg/element.toml by `cargo xtask generate`.

import type {
  BeforeSubmit,
  BodyFunction,
  Choice,
  ErrorDetail,
  GenerationRequest,
  HeadersFunction,
  JobDetail,
  RoundDetail,
  Snapshot,
} from './types.js';

/** The states of a widget; also for `:state()`. */
export type State =
  /** The form is filled in. */
  | 'drafting'
  /** The page is asked whether the request may leave. */
  | 'preparing'
  /** The request is on its way. */
  | 'submitting'
  /** Nobody knows whether the request arrived; the visitor is asked. */
  | 'uncertain'
  /** The deck is being made. */
  | 'waiting'
  /** The service asks the visitor something. */
  | 'asking'
  /** The deck is there. */
  | 'done'
  /** It was not made. */
  | 'failed'
  /** Nobody asks any more; the deck may still be made. */
  | 'stopped'
  /** The deadline has passed; the deck may still be made. */
  | 'overdue';

/** What a request can say: one member a field. */
export interface RequestFields {
  /** What the deck is about. */
  prompt?: string;
  /** The deck's slides in Markdown: a heading begins a slide. */
  outline?: string;
  /** One slide or a whole deck: `single_slide`, `deck`. */
  outputType?: string;
  /** How many versions of a single slide. */
  variantCount?: number;
  /** How many slides. */
  slideCount?: number;
  /** The kind of file, such as `pptx` or `pdf`. */
  format?: string;
  /** The deck's language, as a BCP 47 tag. */
  language?: string;
  /** How the deck speaks. */
  tone?: string;
  /** The design that the deck is made in, by the service's name or id for it. */
  template?: string;
  /** Which of the template's sections the deck has, separated by spaces. */
  sections?: string;
  /** Colours and fonts, where they are apart from the template. */
  deckTheme?: string;
  /** A design of the service that lays out each slide anew. */
  smartDesign?: string;
  /** How much text there is on a slide. */
  verbosity?: string;
  /** What becomes of text that the visitor brought along. */
  contentGeneration?: string;
  /** What kind of story the deck tells. */
  narrativeType?: string;
  /** How freely the service rewrites the visitor's words. */
  rewriteStyle?: string;
  /** Where pictures come from. */
  imageType?: string;
  /** Further wishes, beside the topic. */
  instructions?: string;
  /** The service decides by itself what it would otherwise ask. */
  nonInteractive?: boolean;
  /** The service may look things up. */
  webSearch?: boolean;
  /** The service may use what its account has stored. */
  knowledgeBase?: boolean;
  /** There is a table of contents. */
  tableOfContents?: boolean;
  /** There is a title slide. */
  titleSlide?: boolean;
  /** Important words are emphasised. */
  markdownEmphasis?: boolean;
  /** Of Duomi: `title=id text=id table=id`, the template's slides that those of an outline become. Never shown: it is the page's business. */
  templateSlides?: string;
}

/** The attributes of `<slide-wright>`, as JSX writes them. */
export interface SlidewrightAttributes {
  /** The service's dialect: `presenton` is its Cloud v1 and every self-hosted release, `presenton-v3` the current Cloud; `custom` is described by `descriptor`. */
  provider?: 'presenton' | 'presenton-v3' | 'chronicle' | 'duomi' | 'perceptis' | 'custom' | (string & {}) | undefined;
  /** The service's root, or a path of your own site that stands for it and adds the key. The documented paths are appended to it. */
  endpoint?: string | undefined;
  /** Of `provider="custom"`: JSON, or the address of a file on the page's own origin. The package holds Gamma's and SlideSpeak's in `descriptors/`. */
  descriptor?: string | undefined;
  /** Where relative files and pages in the service's replies live, if not at `endpoint`. */
  'links-base'?: string | undefined;
  /** Further hosts (or origins) that visitors' files may be sent to and pictures of templates fetched from, separated by spaces; `self` alone says that the endpoint takes them all. */
  'file-hosts'?: string | undefined;
  /** Whether cookies travel along. Uploads to the page's own origin carry them in any case. Default: `same-origin`. */
  credentials?: 'same-origin' | 'include' | 'omit' | undefined;
  /** The id of a job made elsewhere, to be followed. Nothing is kept of it, since the page knows it. */
  job?: string | undefined;
  /** Where the wasm is, if not beside the script. The first one on a page counts. */
  'wasm-url'?: string | undefined;
  /** The fields shown, in order, separated by spaces or commas; also knows `files`. The preset of a field that is not shown is still sent. */
  fields?: string | undefined;
  /** The fields shown read-only, written like `fields`. */
  locked?: string | undefined;
  /** Narrows the range of `slide-count` from below. */
  'min-slide-count'?: number | string | undefined;
  /** Narrows the range of `slide-count` from above. */
  'max-slide-count'?: number | string | undefined;
  /** The form cannot be sent. */
  disabled?: boolean | 'true' | 'false' | '' | undefined;
  /** What the deck is about. */
  prompt?: string | undefined;
  /** The deck's slides in Markdown: a heading begins a slide. */
  outline?: string | undefined;
  /** One slide or a whole deck: `single_slide`, `deck`. */
  'output-type'?: string | undefined;
  /** How many versions of a single slide. */
  'variant-count'?: number | string | undefined;
  /** How many slides. */
  'slide-count'?: number | string | undefined;
  /** The kind of file, such as `pptx` or `pdf`. */
  format?: string | undefined;
  /** The deck's language, as a BCP 47 tag. */
  language?: string | undefined;
  /** How the deck speaks. */
  tone?: string | undefined;
  /** The design that the deck is made in, by the service's name or id for it. */
  template?: string | undefined;
  /** Which of the template's sections the deck has, separated by spaces. */
  sections?: string | undefined;
  /** Colours and fonts, where they are apart from the template. */
  'deck-theme'?: string | undefined;
  /** A design of the service that lays out each slide anew. */
  'smart-design'?: string | undefined;
  /** How much text there is on a slide. */
  verbosity?: string | undefined;
  /** What becomes of text that the visitor brought along. */
  'content-generation'?: string | undefined;
  /** What kind of story the deck tells. */
  'narrative-type'?: string | undefined;
  /** How freely the service rewrites the visitor's words. */
  'rewrite-style'?: string | undefined;
  /** Where pictures come from. */
  'image-type'?: string | undefined;
  /** Further wishes, beside the topic. */
  instructions?: string | undefined;
  /** The service decides by itself what it would otherwise ask. */
  'non-interactive'?: boolean | 'true' | 'false' | '' | undefined;
  /** The service may look things up. */
  'web-search'?: boolean | 'true' | 'false' | '' | undefined;
  /** The service may use what its account has stored. */
  'knowledge-base'?: boolean | 'true' | 'false' | '' | undefined;
  /** There is a table of contents. */
  'table-of-contents'?: boolean | 'true' | 'false' | '' | undefined;
  /** There is a title slide. */
  'title-slide'?: boolean | 'true' | 'false' | '' | undefined;
  /** Important words are emphasised. */
  'markdown-emphasis'?: boolean | 'true' | 'false' | '' | undefined;
  /** Of Duomi: `title=id text=id table=id`, the template's slides that those of an outline become. Never shown: it is the page's business. */
  'template-slides'?: string | undefined;
  /** Where a job is kept: for all tabs of the browser, as long as the tab is open, or as long as the page is. Default: `local`. */
  resume?: 'local' | 'session' | 'off' | undefined;
  /** For how many hours a job is kept: 24 at most. Default: `24`. */
  'resume-hours'?: number | string | undefined;
  /** A word of your own for whoever is signed in: what is kept for one is never shown to another. A change applies at once. */
  'user-scope'?: string | undefined;
  /** Minutes of watching, after which a job is called overdue. Default: `30`. */
  'deadline-minutes'?: number | string | undefined;
  /** Whether the widget is light or dark: as the visitor's system has it, or always one of them. Default: `auto`. */
  'color-scheme'?: 'auto' | 'light' | 'dark' | undefined;
  /** What becomes of the service's own words: folded under “Details”, hidden, or shown at once. Default: `details`. */
  'provider-text'?: 'details' | 'hide' | 'show' | undefined;
  /** Other texts, as JSON in the attribute; the keys stand in `src/view/messages.rs` of the repository. */
  messages?: string | undefined;
}

/** What can be set as a property: the attributes, in camel case, and what none can carry. */
export interface SlidewrightOptions {
  /** The service's dialect: `presenton` is its Cloud v1 and every self-hosted release, `presenton-v3` the current Cloud; `custom` is described by `descriptor`. */
  provider: 'presenton' | 'presenton-v3' | 'chronicle' | 'duomi' | 'perceptis' | 'custom' | (string & {});
  /** The service's root, or a path of your own site that stands for it and adds the key. The documented paths are appended to it. */
  endpoint: string;
  /** Of `provider="custom"`: JSON, or the address of a file on the page's own origin. The package holds Gamma's and SlideSpeak's in `descriptors/`. */
  descriptor: Record<string, unknown> | string;
  /** Where relative files and pages in the service's replies live, if not at `endpoint`. */
  linksBase: string;
  /** Further hosts (or origins) that visitors' files may be sent to and pictures of templates fetched from, separated by spaces; `self` alone says that the endpoint takes them all. */
  fileHosts: string;
  /** Whether cookies travel along. Uploads to the page's own origin carry them in any case. Default: `same-origin`. */
  credentials: 'same-origin' | 'include' | 'omit';
  /** The id of a job made elsewhere, to be followed. Nothing is kept of it, since the page knows it. */
  job: string;
  /** Where the wasm is, if not beside the script. The first one on a page counts. */
  wasmUrl: string;
  /** The fields shown, in order, separated by spaces or commas; also knows `files`. The preset of a field that is not shown is still sent. */
  fields: string;
  /** The fields shown read-only, written like `fields`. */
  locked: string;
  /** Narrows the range of `slide-count` from below. */
  minSlideCount: number | string;
  /** Narrows the range of `slide-count` from above. */
  maxSlideCount: number | string;
  /** The form cannot be sent. */
  disabled: boolean | string;
  /** What the deck is about. */
  prompt: string;
  /** The deck's slides in Markdown: a heading begins a slide. */
  outline: string;
  /** One slide or a whole deck: `single_slide`, `deck`. */
  outputType: string;
  /** How many versions of a single slide. */
  variantCount: number | string;
  /** How many slides. */
  slideCount: number | string;
  /** The kind of file, such as `pptx` or `pdf`. */
  format: string;
  /** The deck's language, as a BCP 47 tag. */
  language: string;
  /** How the deck speaks. */
  tone: string;
  /** The design that the deck is made in, by the service's name or id for it. */
  template: string;
  /** Which of the template's sections the deck has, separated by spaces. */
  sections: string;
  /** Colours and fonts, where they are apart from the template. */
  deckTheme: string;
  /** A design of the service that lays out each slide anew. */
  smartDesign: string;
  /** How much text there is on a slide. */
  verbosity: string;
  /** What becomes of text that the visitor brought along. */
  contentGeneration: string;
  /** What kind of story the deck tells. */
  narrativeType: string;
  /** How freely the service rewrites the visitor's words. */
  rewriteStyle: string;
  /** Where pictures come from. */
  imageType: string;
  /** Further wishes, beside the topic. */
  instructions: string;
  /** The service decides by itself what it would otherwise ask. */
  nonInteractive: boolean | string;
  /** The service may look things up. */
  webSearch: boolean | string;
  /** The service may use what its account has stored. */
  knowledgeBase: boolean | string;
  /** There is a table of contents. */
  tableOfContents: boolean | string;
  /** There is a title slide. */
  titleSlide: boolean | string;
  /** Important words are emphasised. */
  markdownEmphasis: boolean | string;
  /** Of Duomi: `title=id text=id table=id`, the template's slides that those of an outline become. Never shown: it is the page's business. */
  templateSlides: string;
  /** Where a job is kept: for all tabs of the browser, as long as the tab is open, or as long as the page is. Default: `local`. */
  resume: 'local' | 'session' | 'off';
  /** For how many hours a job is kept: 24 at most. Default: `24`. */
  resumeHours: number | string;
  /** A word of your own for whoever is signed in: what is kept for one is never shown to another. A change applies at once. */
  userScope: string;
  /** Minutes of watching, after which a job is called overdue. Default: `30`. */
  deadlineMinutes: number | string;
  /** Whether the widget is light or dark: as the visitor's system has it, or always one of them. Default: `auto`. */
  colorScheme: 'auto' | 'light' | 'dark';
  /** What becomes of the service's own words: folded under “Details”, hidden, or shown at once. Default: `details`. */
  providerText: 'details' | 'hide' | 'show';
  /** Other texts, as JSON in the attribute; the keys stand in `src/view/messages.rs` of the repository. */
  messages: Record<string, string> | string;
  /** What to add to each call: an object, or a function of `{purpose, jobId, signal}` that returns one or a promise of it. It is asked before every request and, except for lists and downloads, once more after a 401. */
  headers: Record<string, string> | HeadersFunction;
  /** Asked with `(request, {signal, values})` before a request leaves: it returns nothing, a changed request, `false`, or a refusal `{message, action: {label, href}}` that is shown at the button. It may be async. */
  beforeSubmit: BeforeSubmit;
  /** An object laid over the request's body, or a function that rewrites it. */
  body: Record<string, unknown> | BodyFunction;
  /** What can be chosen in a field, in place of the account's own list: `{template: [{value, label, thumbnail}]}`. With thumbnails the field shows pictures. */
  choices: Record<string, (Choice | string)[]>;
}

/** What can be called, and what can only be read. */
export interface SlidewrightMethods {
  /** Wants a deck: from the form, or from these fields laid over it. */
  submit(request?: GenerationRequest): void;
  /** Answers the service's question; does nothing while nothing is asked. */
  answer(text: string): void;
  /** Follows a job made elsewhere; not while a request is being sent. */
  watch(jobId: string): void;
  /** Stops asking for the job's status. The deck may still be made: no service can cancel. */
  stopWatching(): void;
  /** The same request once more, as a new one. */
  retry(): void;
  /** Back to the form. The draft stays, unless its deck has been made. */
  reset(): void;
  /** Gets fresh links to the finished deck, where the service gives them. */
  refreshLinks(): void;
  /** Forgets all that the browser keeps of this user at this endpoint, in other tabs too; on signing out, for one. */
  forget(): void;
  /** All that is shown now, for pages that draw more; `null` until the widget is ready. */
  readonly snapshot: Snapshot | null;
}

/** The events, by name. All bubble and are composed. */
export interface SlidewrightEvents {
  /** The widget can be used. */
  'slidewright-ready': CustomEvent<JobDetail>;
  /** The visitor changed a field. */
  'slidewright-change': CustomEvent<{ field: string; value: string }>;
  /** A request is about to be made. Cancelled, it does not leave. */
  'slidewright-submit': CustomEvent<{ request: GenerationRequest }>;
  /** The service took the request. Told once a job, by the tab that sent it. */
  'slidewright-accepted': CustomEvent<JobDetail>;
  /** The service said something about the job. */
  'slidewright-status': CustomEvent<JobDetail>;
  /** The service asks the visitor something. */
  'slidewright-question': CustomEvent<RoundDetail>;
  /** The visitor's answer arrived. */
  'slidewright-answer': CustomEvent<RoundDetail>;
  /** The deck is there. */
  'slidewright-complete': CustomEvent<JobDetail & { charged: 'yes' }>;
  /** A download was pressed. Cancelled, the page does the rest itself. */
  'slidewright-download': CustomEvent<JobDetail & { format: string }>;
  /** Something went wrong: with a stable `code`, and `charged` (`no`, `unknown`, `yes`). */
  'slidewright-error': CustomEvent<ErrorDetail>;
  /** Nobody asks for the job any more. */
  'slidewright-stop': CustomEvent<JobDetail>;
  /** The job of an earlier visit, or of another tab, was taken up. */
  'slidewright-resume': CustomEvent<JobDetail>;
}
