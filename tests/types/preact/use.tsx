// Preact sets a property where the element has one, an attribute otherwise.
import { createRef } from 'preact';
import type { SlideWrightElement } from 'slidewright';

const ref = createRef<SlideWrightElement>();

export const right = (
  <slide-wright
    key="one" ref={ref} class="deck" id="deck" style={{ margin: 0 }} hidden
    provider="presenton" endpoint="/relay/presenton" slideCount={8} max-slide-count="20"
    nonInteractive disabled={false} resume="session" messages={{ submit: 'Make it' }}
    headers={async ({ purpose }) => ({ purpose })}
    beforeSubmit={(request) => ({ ...request, slideCount: 5 })}
    onslidewright-accepted={(event) => console.log(event.detail.jobId)}
    onClick={(event) => event.currentTarget.submit()}
  >
    <p slot="header">Decks</p>
    Needs JavaScript.
  </slide-wright>
);
export const maybe = (prompt?: string) => <slide-wright prompt={prompt} />;
void ref.current?.refreshLinks();

export const wrong = [
  // @ts-expect-error: no such value
  <slide-wright resume="for ever" />,
  // @ts-expect-error: no number
  <slide-wright endpoint={5} />,
  // @ts-expect-error: an attribute with a dash is known, too
  <slide-wright slide-count={{ from: 5 }} />,
  // @ts-expect-error: headers are texts
  <slide-wright headers={{ authorization: 5 }} />,
  // @ts-expect-error: no such member of the detail
  <slide-wright onslidewright-ready={(event) => event.detail.deck} />,
  // @ts-expect-error: no such attribute
  <slide-wright apikey="secret" />,
];
