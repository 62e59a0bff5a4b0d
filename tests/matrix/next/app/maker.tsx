'use client';

import { SlideWright } from 'slidewright/react';

import { useState } from 'react';

const before = { count: 7, messages: { submit: 'Make it' } };
const after = { count: 9, messages: { submit: 'Make it now' } };

/** Asked before every call. */
const headers = () => ({ 'x-host': 'a function of the page' });

export function Maker({ endpoint }: { endpoint: string }) {
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
