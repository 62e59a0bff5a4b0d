// What the typings have to refuse: the check fails where they do not.
import type {} from 'slidewright/types/react';

// @ts-expect-error No such colour scheme.
export const value = <slide-wright color-scheme="pink" />;
// @ts-expect-error A number is no set of texts.
export const property = <slide-wright messages={1} />;
// @ts-expect-error No such member of the event.
export const listener = <slide-wright onslidewright-complete={(event) => event.detail.nothing} />;
