// Generated from pkg/element.toml by `cargo xtask generate`.

/** Attributes that the address may say. */
export const ATTRIBUTES = /* @__PURE__ */ (
  'provider fields locked min-slide-count max-slide-count disabled prompt outline output-type ' +
  'variant-count slide-count format language tone template sections deck-theme smart-design verbosity ' +
  'content-generation narrative-type rewrite-style image-type instructions non-interactive web-search ' +
  'knowledge-base table-of-contents title-slide markdown-emphasis template-slides resume ' +
  'deadline-minutes color-scheme'
).split(' ');

/** Events that carry no words of a visitor or a service. */
export const EVENTS = /* @__PURE__ */ (
  'slidewright-ready slidewright-accepted slidewright-status slidewright-complete slidewright-download ' +
  'slidewright-error slidewright-stop slidewright-resume'
).split(' ');

/** Custom properties that are colours, without their `--slidewright-`. */
export const COLORS = /* @__PURE__ */ (
  'text quiet surface field line accent on-accent bad bad-surface note-surface'
).split(' ');

/** Those that are lengths. */
export const LENGTHS = /* @__PURE__ */ (
  'radius gap'
).split(' ');
