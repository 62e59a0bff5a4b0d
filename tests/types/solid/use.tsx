// Solid sets properties; `attr:`, `prop:` and `on:` say what is meant.
import type { SlideWrightElement } from 'slidewright';
import type {} from 'slidewright/types/solid';

let element: SlideWrightElement | undefined;

export const right = () => (
  <slide-wright
    ref={(it) => (element = it)} class="deck" id="deck" style={{ margin: '0' }} hidden
    provider="presenton" endpoint="/relay/presenton" slideCount={8} max-slide-count="20"
    nonInteractive disabled={false} attr:resume="session" messages={{ submit: 'Make it' }}
    prop:headers={async ({ purpose }) => ({ purpose })}
    beforeSubmit={(request) => ({ ...request, slideCount: 5 })}
    on:slidewright-accepted={(event) => console.log(event.detail.jobId, event.currentTarget.snapshot)}
    onClick={(event) => event.currentTarget.submit()}
  >
    <p slot="header">Decks</p>
    Needs JavaScript.
  </slide-wright>
);
export const maybe = (prompt?: string) => <slide-wright prompt={prompt} />;
element?.refreshLinks();

export const wrong = () => [
  // @ts-expect-error: no such value
  <slide-wright resume="for ever" />,
  // @ts-expect-error: nor as an attribute
  <slide-wright attr:resume="for ever" />,
  // @ts-expect-error: no number
  <slide-wright endpoint={5} />,
  // @ts-expect-error: an attribute with a dash is known, too
  <slide-wright slide-count={{ from: 5 }} />,
  // @ts-expect-error: headers are texts
  <slide-wright prop:headers={{ authorization: 5 }} />,
  // @ts-expect-error: no such member of the detail
  <slide-wright on:slidewright-ready={(event) => event.detail.deck} />,
  // @ts-expect-error: no such attribute
  <slide-wright apikey="secret" />,
];
