import 'slidewright';
import type {} from 'slidewright/types/solid';

import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';

import { after, before, endpoint, headers } from '../setting';

function App() {
  const [setting, change] = createSignal(before);
  const [heard, hear] = createSignal('');
  return (
    <>
      <slide-wright
        provider="presenton"
        endpoint={endpoint}
        attr:slide-count={setting().count}
        prop:messages={setting().messages}
        prop:headers={headers}
        on:slidewright-ready={() => hear((heard) => `${heard} ready`)}
        on:slidewright-complete={(event) => hear((heard) => `${heard} ${event.detail.state}`)}
      />
      <button id="change" onClick={() => change(after)}>Change</button>
      <p id="heard">{heard()}</p>
    </>
  );
}

render(() => <App />, document.querySelector('#app')!);
