import 'slidewright';
import type {} from 'slidewright/types/preact';

import { render } from 'preact';
import { useState } from 'preact/hooks';

import { after, before, endpoint, headers } from '../setting';

function App() {
  const [setting, change] = useState(before);
  const [heard, hear] = useState('');
  return (
    <>
      <slide-wright
        provider="presenton"
        endpoint={endpoint}
        slide-count={setting.count}
        messages={setting.messages}
        headers={headers}
        onslidewright-ready={() => hear((heard) => `${heard} ready`)}
        onslidewright-complete={(event) => hear((heard) => `${heard} ${event.detail.state}`)}
      />
      <button id="change" onClick={() => change(after)}>Change</button>
      <p id="heard">{heard}</p>
    </>
  );
}

render(<App />, document.querySelector('#app')!);
