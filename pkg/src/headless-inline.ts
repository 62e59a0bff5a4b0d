// Jobs without our view, with the module itself in the script.
import * as glue from './headless-glue.js';
import packed from './headless.packed.js';
import { inflate } from './inflate.js';
import { use } from './job.js';

export { configure, createJob, preload } from './job.js';
export type { Job, JobOptions, JobRefusal, JobSnapshot } from './job.js';
export type * from './types.js';

/** There is no file to load ahead. */
export function wasmUrl(): string | undefined {
  return undefined;
}

use({
  name: 'slidewright/headless',
  glue: async () => glue,
  wasm: () => inflate(packed),
});
