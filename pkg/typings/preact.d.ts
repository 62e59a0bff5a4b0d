// Generated from pkg/element.toml by `cargo xtask generate`.
//
// <slide-wright> in JSX of Preact 10 and 11. Import it once, anywhere in the project:
//
//     import type {} from 'slidewright/types/preact';

import type { ClassAttributes, HTMLAttributes } from 'preact';
import type {
  SlideWrightElement,
  SlidewrightAttributes,
  SlidewrightEvents,
  SlidewrightProperties,
} from '../types.js';

interface Listeners {
  /** The widget can be used. */
  'onslidewright-ready'?: ((event: SlidewrightEvents['slidewright-ready']) => void) | undefined;
  /** The visitor changed a field. */
  'onslidewright-change'?: ((event: SlidewrightEvents['slidewright-change']) => void) | undefined;
  /** A request is about to be made. Cancelled, it does not leave. */
  'onslidewright-submit'?: ((event: SlidewrightEvents['slidewright-submit']) => void) | undefined;
  /** The service took the request. Told once a job, by the tab that sent it. */
  'onslidewright-accepted'?: ((event: SlidewrightEvents['slidewright-accepted']) => void) | undefined;
  /** The service said something about the job. */
  'onslidewright-status'?: ((event: SlidewrightEvents['slidewright-status']) => void) | undefined;
  /** The service asks the visitor something. */
  'onslidewright-question'?: ((event: SlidewrightEvents['slidewright-question']) => void) | undefined;
  /** The visitor's answer arrived. */
  'onslidewright-answer'?: ((event: SlidewrightEvents['slidewright-answer']) => void) | undefined;
  /** The deck is there. */
  'onslidewright-complete'?: ((event: SlidewrightEvents['slidewright-complete']) => void) | undefined;
  /** A download was pressed. Cancelled, the page does the rest itself. */
  'onslidewright-download'?: ((event: SlidewrightEvents['slidewright-download']) => void) | undefined;
  /** Something went wrong: with a stable `code`, and `charged` (`no`, `unknown`, `yes`). */
  'onslidewright-error'?: ((event: SlidewrightEvents['slidewright-error']) => void) | undefined;
  /** Nobody asks for the job any more. */
  'onslidewright-stop'?: ((event: SlidewrightEvents['slidewright-stop']) => void) | undefined;
  /** The job of an earlier visit, or of another tab, was taken up. */
  'onslidewright-resume'?: ((event: SlidewrightEvents['slidewright-resume']) => void) | undefined;
}

/** What `<slide-wright>` takes in JSX. */
export type SlideWrightElementProps = SlidewrightProperties &
  Omit<SlidewrightAttributes, keyof SlidewrightProperties> &
  Listeners &
  HTMLAttributes<SlideWrightElement> &
  ClassAttributes<SlideWrightElement>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'slide-wright': SlideWrightElementProps;
    }
  }
}
