// The module as it stands in a script: packed, since a script is text.
import { compile, trouble } from './module.js';

/** Unpacks and compiles it. No address is involved, not even `data:`, which strict policies forbid. */
export async function inflate(packed: string): Promise<WebAssembly.Module> {
  if (!globalThis.DecompressionStream) {
    throw trouble('unsupported', 'this browser has no DecompressionStream; the usual entry needs none.');
  }
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return compile(await new Response(stream).arrayBuffer(), 'the module in this script');
}
