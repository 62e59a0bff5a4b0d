// React 18 writes attributes, and knows neither properties nor events of elements.
import { createRef } from 'react';
import type { SlideWrightElement } from 'slidewright';
import type {} from 'slidewright/types/react';

const ref = createRef<SlideWrightElement>();

export const right = (
  <slide-wright
    key="one" ref={ref} class="deck" id="deck" style={{ margin: 0 }} hidden
    provider="presenton" endpoint="/relay/presenton" slide-count={8} max-slide-count="20"
    non-interactive disabled={false} resume="session" messages='{"submit":"Make it"}'
    onClick={(event) => event.currentTarget.submit()}
  >
    <p slot="header">Decks</p>
    Needs JavaScript.
  </slide-wright>
);
void ref.current?.refreshLinks();

export const wrong = [
  // @ts-expect-error: no such value
  <slide-wright resume="for ever" />,
  // @ts-expect-error: no number
  <slide-wright endpoint={5} />,
  // @ts-expect-error: an attribute with a dash is known, too
  <slide-wright slide-count={{ from: 5 }} />,
  // @ts-expect-error: React 18 would write `[object Object]`
  <slide-wright messages={{ submit: 'Make it' }} />,
  // @ts-expect-error: nor can it hand on a function
  <slide-wright headers={() => ({})} />,
  // @ts-expect-error: nor set a property
  <slide-wright slideCount={8} />,
  // @ts-expect-error: no such attribute
  <slide-wright apikey="secret" />,
  // @ts-expect-error: another element's ref
  <slide-wright ref={createRef<HTMLInputElement>()} />,
];
