// The part of wasm-bindgen's output that the shell uses (src/element.rs).
import type { Glue as Module } from './module.js';

export interface Glue extends Module {
  mount(
    host: HTMLElement,
    root: ShadowRoot,
    options: object,
    onState?: (name: string) => void,
  ): number;
  configure(id: number, options: object): void;
  call(id: number, method: string, argument: unknown): unknown;
  unmount(id: number): void;
}

declare const glue: Glue;
export default glue.default;
export const onTrap: Glue['onTrap'];
export const __wbg_reset_state: Glue['__wbg_reset_state'];
export const mount: Glue['mount'];
export const configure: Glue['configure'];
export const call: Glue['call'];
export const unmount: Glue['unmount'];
