import { SlideWright } from 'slidewright/react';

import { useState } from 'react';

/** Texts of your own; the keys are in the package's documentation. */
const messages = { submit: 'Make my slides' };

/** Asked before every call: a good place for a token that is soon over. */
async function headers() {
  return { 'x-requested-by': 'the talks page' };
}

export function App() {
  const [note, setNote] = useState('');
  return (
    <>
      <h1>A talk by tomorrow?</h1>
      <p>Say what it is about. The slides are ready before your coffee is.</p>
      <SlideWright
        provider="presenton"
        endpoint="/relay/presenton"
        slideCount={8}
        messages={messages}
        headers={headers}
        onAccepted={() => setNote('You can close this page: your deck waits here for a day.')}
        onComplete={(event) => setNote(`Made as ${event.detail.formats.join(' and ')}. Good luck!`)}
      />
      <output>{note}</output>
    </>
  );
}
