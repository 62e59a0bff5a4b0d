// The entry that holds the module itself, for pages and bundlers that can bring no
// other file along.
import { inflate } from './inflate.js';
import * as glue from './slidewright-glue.js';
import { define } from './widget.js';
import packed from './slidewright.packed.js';

export { SlideWrightElementClass, configure } from './widget.js';
export type * from './types.js';

/** There is no file to load ahead. */
export function wasmUrl(): string | undefined {
  return undefined;
}

define({
  name: 'slidewright',
  glue: async () => glue,
  wasm: () => inflate(packed),
});
