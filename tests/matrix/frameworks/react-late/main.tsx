// A page whose widget is ready before React comes to it, as where a server rendered it
// and the scripts of the page are many.
import { SlideWright } from 'slidewright/react';

import { useState } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';

import { before, endpoint, headers } from '../setting';

function App() {
  const [heard, hear] = useState('');
  return (
    <>
      <SlideWright
        provider="presenton"
        endpoint={endpoint}
        slideCount={before.count}
        messages={before.messages}
        headers={headers}
        tone={heard ? 'casual' : undefined}
        onReady={(event) => hear((heard) => `${heard} ready ${event.detail.state}`)}
        onComplete={(event) => hear((heard) => `${heard} ${event.detail.state}`)}
      />
      <p id="heard">{heard}</p>
    </>
  );
}

const root = document.querySelector('#app')!;
root.addEventListener('slidewright-ready', () => hydrateRoot(root, <App />), { once: true });
root.innerHTML = renderToString(<App />);
