import { SlideWright } from 'slidewright/react';

import { useState } from 'react';
import { createRoot } from 'react-dom/client';

import { after, before, endpoint, headers } from './setting';

function App() {
  const [setting, change] = useState(before);
  const [heard, hear] = useState('');
  return (
    <>
      <SlideWright
        provider="presenton"
        endpoint={endpoint}
        slideCount={setting.count}
        messages={setting.messages}
        headers={headers}
        onReady={() => hear((heard) => `${heard} ready`)}
        onComplete={(event) => hear((heard) => `${heard} ${event.detail.state}`)}
      />
      <button id="change" onClick={() => change(after)}>Change</button>
      <p id="heard">{heard}</p>
    </>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
