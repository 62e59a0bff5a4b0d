// The part of wasm-bindgen's output that the shell uses (src/element.rs).
export default function init(source: {
  module_or_path: Promise<Response>;
}): Promise<unknown>;
/** The listener is told of a trap; afterwards nothing happens until the next line's function is called. */
export function onTrap(listener: (error: unknown) => void): void;
export function __wbg_reset_state(): void;
export function mount(
  host: HTMLElement,
  root: ShadowRoot,
  options: object,
  onState?: (name: string) => void,
): number;
export function configure(id: number, options: object): void;
export function call(id: number, method: string, argument: unknown): unknown;
export function unmount(id: number): void;
