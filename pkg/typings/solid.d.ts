// Generated from pkg/element.toml by `cargo xtask generate`.
//
// <slide-wright> in JSX of Solid 1. Import it once, anywhere in the project:
//
//     import type {} from 'slidewright/types/solid';

import type { JSX } from 'solid-js';
import type {
  SlideWrightElement,
  SlidewrightAttributes,
  SlidewrightEvents,
  SlidewrightProperties,
} from '../types.js';

type Marked = {
  [Name in keyof SlidewrightProperties as `prop:${Name}`]?: SlidewrightProperties[Name];
} & {
  [Name in keyof SlidewrightAttributes as `attr:${Name}`]?: SlidewrightAttributes[Name];
};

interface Listeners {
  /** The widget can be used. */
  'on:slidewright-ready'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-ready']>
    | undefined;
  /** The visitor changed a field. */
  'on:slidewright-change'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-change']>
    | undefined;
  /** A request is about to be made. Cancelled, it does not leave. */
  'on:slidewright-submit'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-submit']>
    | undefined;
  /** The service took the request. Told once a job, by the tab that sent it. */
  'on:slidewright-accepted'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-accepted']>
    | undefined;
  /** The service said something about the job. */
  'on:slidewright-status'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-status']>
    | undefined;
  /** The service asks the visitor something. */
  'on:slidewright-question'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-question']>
    | undefined;
  /** The visitor's answer arrived. */
  'on:slidewright-answer'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-answer']>
    | undefined;
  /** The deck is there. */
  'on:slidewright-complete'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-complete']>
    | undefined;
  /** A download was pressed. Cancelled, the page does the rest itself. */
  'on:slidewright-download'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-download']>
    | undefined;
  /** Something went wrong: with a stable `code`, and `charged` (`no`, `unknown`, `yes`). */
  'on:slidewright-error'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-error']>
    | undefined;
  /** Nobody asks for the job any more. */
  'on:slidewright-stop'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-stop']>
    | undefined;
  /** The job of an earlier visit, or of another tab, was taken up. */
  'on:slidewright-resume'?:
    | JSX.EventHandlerWithOptionsUnion<SlideWrightElement, SlidewrightEvents['slidewright-resume']>
    | undefined;
}

/** What `<slide-wright>` takes in JSX. */
export type SlideWrightElementProps = SlidewrightProperties &
  Omit<SlidewrightAttributes, keyof SlidewrightProperties> &
  Marked &
  Listeners &
  JSX.HTMLAttributes<SlideWrightElement>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'slide-wright': SlideWrightElementProps;
    }
  }
}
