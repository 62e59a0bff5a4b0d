// Generated from pkg/element.toml by `cargo xtask generate`.
//
// <slide-wright> in templates of Vue 3. Import it once, anywhere in the project:
//
//     import type {} from 'slidewright/types/vue';

import type { HTMLAttributes, PublicProps } from 'vue';
import type {
  SlideWrightElement,
  SlidewrightEvents,
  SlidewrightProperties,
} from '../types.js';

interface Listeners {
  /** The widget can be used. */
  onSlidewrightReady?: ((event: SlidewrightEvents['slidewright-ready']) => void) | undefined;
  /** The visitor changed a field. */
  onSlidewrightChange?: ((event: SlidewrightEvents['slidewright-change']) => void) | undefined;
  /** A request is about to be made. Cancelled, it does not leave. */
  onSlidewrightSubmit?: ((event: SlidewrightEvents['slidewright-submit']) => void) | undefined;
  /** The service took the request. Told once a job, by the tab that sent it. */
  onSlidewrightAccepted?: ((event: SlidewrightEvents['slidewright-accepted']) => void) | undefined;
  /** The service said something about the job. */
  onSlidewrightStatus?: ((event: SlidewrightEvents['slidewright-status']) => void) | undefined;
  /** The service asks the visitor something. */
  onSlidewrightQuestion?: ((event: SlidewrightEvents['slidewright-question']) => void) | undefined;
  /** The visitor's answer arrived. */
  onSlidewrightAnswer?: ((event: SlidewrightEvents['slidewright-answer']) => void) | undefined;
  /** The deck is there. */
  onSlidewrightComplete?: ((event: SlidewrightEvents['slidewright-complete']) => void) | undefined;
  /** A download was pressed. Cancelled, the page does the rest itself. */
  onSlidewrightDownload?: ((event: SlidewrightEvents['slidewright-download']) => void) | undefined;
  /** Something went wrong: with a stable `code`, and `charged` (`no`, `unknown`, `yes`). */
  onSlidewrightError?: ((event: SlidewrightEvents['slidewright-error']) => void) | undefined;
  /** Nobody asks for the job any more. */
  onSlidewrightStop?: ((event: SlidewrightEvents['slidewright-stop']) => void) | undefined;
  /** The job of an earlier visit, or of another tab, was taken up. */
  onSlidewrightResume?: ((event: SlidewrightEvents['slidewright-resume']) => void) | undefined;
}

/** What `<slide-wright>` takes in a template. */
export type SlideWrightElementProps = SlidewrightProperties & Listeners & HTMLAttributes & PublicProps;

/** `<slide-wright>` as a component, which is how Vue's tools see elements. */
export interface SlideWrightComponent {
  new (): SlideWrightElement & { $props: SlideWrightElementProps };
}

declare module 'vue' {
  export interface GlobalComponents {
    'slide-wright': SlideWrightComponent;
  }
}
