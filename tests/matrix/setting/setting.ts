// What every one of these pages says to its widget, and how it changes its mind.

/** The test says in the address where its service is. */
export const endpoint = new URLSearchParams(location.search).get('endpoint') ?? '';

export const before = { count: 7, messages: { submit: 'Make it' } };
export const after = { count: 9, messages: { submit: 'Make it now' } };

/** Asked before every call. */
export const headers = () => ({ 'x-host': 'a function of the page' });
