/**
 * The attributes of `<slide-wright>`; each is a property too, in camel case.
 * (Design: "The element".)
 */
export const ATTRIBUTES = [
  'provider', 'endpoint', 'links-base', 'credentials', 'job', 'wasm-url',
  'resume', 'resume-hours', 'user-scope',
  'descriptor', 'file-hosts',
  'fields', 'locked', 'prompt', 'outline', 'output-type', 'slide-count', 'variant-count', 'min-slide-count', 'max-slide-count',
  'language', 'tone', 'template', 'deck-theme', 'format', 'verbosity', 'instructions',
  'content-generation', 'narrative-type', 'rewrite-style', 'sections', 'template-slides',
  'non-interactive', 'knowledge-base', 'image-type', 'smart-design', 'web-search', 'table-of-contents',
  'title-slide', 'markdown-emphasis', 'disabled',
  'deadline-minutes', 'color-scheme', 'provider-text', 'messages',
] as const;

/** Properties that no attribute can carry. */
export const PROPERTIES = ['headers', 'beforeSubmit', 'body', 'choices'] as const;

/** Methods that are handed on as they are. */
export const METHODS = ['submit', 'answer', 'watch', 'stopWatching', 'retry', 'reset', 'refreshLinks', 'forget'] as const;
