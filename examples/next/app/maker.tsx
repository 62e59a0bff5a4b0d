'use client';

import type { HeadersContext } from 'slidewright';
import { SlideWright } from 'slidewright/react';

import { useState } from 'react';

import { issuePass } from './pass';

/** Asked before every call: what costs something brings a pass of this site. */
async function headers({ purpose }: HeadersContext): Promise<Record<string, string>> {
  const costs = ['submit', 'upload', 'export'].includes(purpose);
  return costs ? { 'x-pass': await issuePass() } : {};
}

export function Maker() {
  const [note, setNote] = useState('');
  return (
    <>
      <SlideWright
        provider="presenton"
        endpoint="/relay/presenton"
        slideCount={8}
        headers={headers}
        onAccepted={() => setNote('You can close this page: your deck waits here for a day.')}
        onComplete={(event) => setNote(`Made as ${event.detail.formats.join(' and ')}. Good luck!`)}
      />
      <output>{note}</output>
    </>
  );
}
