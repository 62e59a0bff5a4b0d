// Jobs without our view; the module lies beside it, in a file of its own.
import { use } from './job.js';

export { configure, createJob, preload } from './job.js';
export type { Job, JobOptions, JobRefusal, JobSnapshot } from './job.js';
export type * from './types.js';

/**
 * Where the WebAssembly is, for `<link rel="preload" as="fetch" crossorigin>`; nothing
 * in an entry that holds it itself.
 */
export function wasmUrl(): string | undefined {
  // As it stands: this is what bundlers look for, to bring the file along.
  return new URL('./headless.wasm', import.meta.url).href;
}

use({
  name: 'slidewright/headless',
  glue: () => import('./headless-glue.js'),
  wasm: () => wasmUrl()!,
});
