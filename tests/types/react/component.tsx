// The component of the package: the same in React 18 and 19.
import { createRef } from 'react';
import type { SlideWrightElement } from 'slidewright';
import { SlideWright } from 'slidewright/react';

const ref = createRef<SlideWrightElement>();

export const right = (
  <SlideWright
    key="one" ref={ref} className="deck" id="deck" style={{ margin: 0 }}
    provider="presenton" endpoint="/relay/presenton" slideCount={8} nonInteractive
    messages={{ submit: 'Make it' }} headers={async ({ purpose }) => ({ purpose })}
    onAccepted={(event) => console.log(event.detail.jobId)}
    onClick={(event) => event.currentTarget.submit()}
  >
    <p slot="header">Decks</p>
  </SlideWright>
);
void ref.current?.refreshLinks();

export const wrong = [
  // @ts-expect-error: no such value
  <SlideWright resume="for ever" />,
  // @ts-expect-error: headers are texts
  <SlideWright headers={{ authorization: 5 }} />,
  // @ts-expect-error: no such member of the detail
  <SlideWright onReady={(event) => event.detail.deck} />,
  // @ts-expect-error: no such property
  <SlideWright apiKey="secret" />,
  // @ts-expect-error: another element's ref
  <SlideWright ref={createRef<HTMLInputElement>()} />,
];
