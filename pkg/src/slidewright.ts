// The usual entry: the module lies beside it, in a file of its own.
import { define } from './widget.js';

export { SlideWrightElementClass, configure } from './widget.js';
export type * from './types.js';

/**
 * Where the WebAssembly is, for `<link rel="preload" as="fetch" crossorigin>`; nothing
 * in an entry that holds it itself.
 */
export function wasmUrl(): string | undefined {
  // As it stands: this is what bundlers look for, to bring the file along.
  return new URL('./slidewright.wasm', import.meta.url).href;
}

define({
  name: 'slidewright',
  glue: () => import('./slidewright-glue.js'),
  wasm: () => wasmUrl()!,
});
