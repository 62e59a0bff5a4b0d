'use client';
// <SlideWright> for React 18 and 19: React's server rendering loses properties of
// custom elements, and React 18 knows neither their properties nor their events.
import {
  type ForwardRefExoticComponent, type HTMLAttributes, type RefAttributes,
  createElement, forwardRef, useImperativeHandle, useState,
} from 'react';
import 'slidewright';
import { kebab } from './kebab.js';
import { EVENTS } from './names.js';
import type {
  SlideWrightElement, SlidewrightEvents, SlidewrightOptions, SlidewrightProperties,
} from './types.js';

type Pascal<S extends string> = S extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<S>;

/** The element's events: `onComplete` hears `slidewright-complete`. */
export type SlideWrightListeners = {
  [K in keyof SlidewrightEvents as K extends `slidewright-${infer Name}` ? `on${Pascal<Name>}` : never]?:
    (event: SlidewrightEvents[K]) => void;
};

/** The element's options in camel case, its events, and what any element takes. */
export type SlideWrightProps = SlidewrightProperties &
  SlideWrightListeners &
  Omit<HTMLAttributes<SlideWrightElement>, keyof SlidewrightOptions | keyof SlideWrightListeners>;

type Props = Record<string, any>;

const REACTS =
  /^(children|style|hidden|translate|draggable|(on[A-Z]|aria-|data-|auto[CF]|suppress|tabI|acces|contentE|contex|spell|enter|inputM|item).*)$/;
const listenerName = (event: string) => `on${event[0]!.toUpperCase()}${event.slice(1)}`;
const READY = 'slidewright-ready';

/** What outlives a rendering. */
function hold() {
  let props: Props = {};
  let ready = false;
  const hear = (event: Event) => {
    ready ||= event.type === READY;
    props[listenerName(event.type.slice(12))]?.(event);
  };
  const held = {
    element: null as SlideWrightElement | null,
    /** Called after each rendering, and with nothing before the next one. */
    place(element: SlideWrightElement | null, own: Props, all: Props) {
      held.element = element;
      if (!element) return;
      const target = element as unknown as Props;
      // What has become text is an attribute now; React 19 sets it as a property, too.
      for (const name in held.own) if (!(name in own)) target[name] = all[name] ?? undefined;
      for (const name in own) if (own[name] !== held.own[name]) target[name] = own[name];
      held.own = own;
      props = all;
      // The same listener again changes nothing.
      for (const event of EVENTS) element.addEventListener(`slidewright-${event}`, hear);
      // A page that a server rendered may be ready before React comes to it.
      if (!ready && element.snapshot) {
        const { provider, state, stage, formats } = element.snapshot;
        hear(new CustomEvent(READY, { detail: { provider, state, stage, formats } }));
      }
    },
    own: {} as Props,
  };
  return held;
}

/** `<slide-wright>` as a component; `ref` is the element. */
export const SlideWright = forwardRef<SlideWrightElement, SlideWrightProps>(
  function SlideWright(props, ref) {
    const [held] = useState(hold);
    const attributes: Props = {};
    const own: Props = {};
    for (const [name, value] of Object.entries(props as Props)) {
      if (EVENTS.some((event) => listenerName(event) === name)) continue;
      if (name === 'className') attributes['class'] = value;
      // What any element takes, React knows.
      else if (REACTS.test(name)) attributes[name] = value;
      // These are there from the server on, before any script is.
      else if (/^(string|number)$/.test(typeof value)) attributes[kebab(name)] = value;
      else own[name] = value ?? undefined;
    }
    useImperativeHandle(ref, () => held.element!, [held]);
    return createElement('slide-wright', {
      ...attributes,
      ref: (element: SlideWrightElement | null) => held.place(element, own, props),
    });
  },
) as ForwardRefExoticComponent<SlideWrightProps & RefAttributes<SlideWrightElement>>;
