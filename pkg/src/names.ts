// Generated from pkg/element.toml by `cargo xtask generate`.

/** The attributes of `<slide-wright>`; each is a property too, in camel case. */
export const ATTRIBUTES = /* @__PURE__ */ (
  'provider endpoint descriptor links-base file-hosts credentials job wasm-url fields locked ' +
  'min-slide-count max-slide-count disabled prompt outline output-type variant-count slide-count format ' +
  'language tone template sections deck-theme smart-design verbosity content-generation narrative-type ' +
  'rewrite-style image-type instructions non-interactive web-search knowledge-base table-of-contents ' +
  'title-slide markdown-emphasis template-slides resume resume-hours user-scope deadline-minutes ' +
  'color-scheme provider-text messages'
).split(' ');

/** Properties that no attribute can carry. */
export const PROPERTIES = /* @__PURE__ */ (
  'headers beforeSubmit body choices'
).split(' ');

/** Methods that are handed on as they are. */
export const METHODS = /* @__PURE__ */ (
  'submit answer watch stopWatching retry reset refreshLinks forget'
).split(' ');

/** Events, without their `slidewright-`. */
export const EVENTS = /* @__PURE__ */ (
  'ready change submit accepted status question answer complete download error stop resume'
).split(' ');
