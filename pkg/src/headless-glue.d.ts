// The part of wasm-bindgen's output that a job without a view uses (src/headless.rs).
import type { Glue as Module } from './module.js';

export interface Glue extends Module {
  open(target: EventTarget, place: string, options: object, changed: () => void): number;
  set(id: number, options: object): void;
  ask(id: number, method: string, argument: unknown): unknown;
  close(id: number): void;
}

declare const glue: Glue;
export default glue.default;
export const onTrap: Glue['onTrap'];
export const __wbg_reset_state: Glue['__wbg_reset_state'];
export const open: Glue['open'];
export const set: Glue['set'];
export const ask: Glue['ask'];
export const close: Glue['close'];
